"""The API as its own description has it: whatever fits the description, or doesn't, no answer is a fault of ours."""

from __future__ import annotations

import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error

from sijill.store import Store
from sijill.store.users import make_token
from sijill.workbench import Settings, create_app


@pytest.fixture(scope="session")
def served(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of a running workbench, and a token of an admin's."""
    path = tmp_path_factory.mktemp("served") / "register.db"
    path.write_bytes(filled.read_bytes())
    with Store.open(path) as store:
        secret, _ = make_token(store, "schemathesis", "Huda", "admin")
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(create_app(path, Settings(name="Huda")), log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}", secret
    server.should_exit = True
    thread.join(10)


def operations() -> list[Any]:
    """Every operation that the API describes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.db"
        Store.create(path).close()
        app = create_app(path, Settings(name="Huda"))
    described = app.openapi_schema.to_schema()
    return [found.ok() for found in schemathesis.openapi.from_dict(described).get_all_operations()]


@pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.label)
def test_no_server_error(operation: Any, served: tuple[str, str]) -> None:
    address, secret = served

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(case=operation.as_strategy())
    def run(case: schemathesis.Case) -> None:
        answer = case.call(base_url=address, headers={"Authorization": f"Bearer {secret}"}, timeout=30)
        case.validate_response(answer, checks=[not_a_server_error])

    run()
