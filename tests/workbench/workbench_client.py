"""What tests of the workbench share: a client, its log-in, and forms and JSON sent as our own pages do."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from httpx import Response
from litestar import Litestar
from litestar.testing import TestClient

Client = TestClient[Litestar]
SignIn = Callable[[str], Client]
"""Gives a client that is logged in as somebody."""
PASSWORD = "correct horse battery"
HERE = "http://127.0.0.1"


def csrf(client: Client) -> str:
    """The token that a page carries."""
    found = re.search(r'data-csrf="([0-9a-f]+)"', client.get("/login").text)
    assert found
    return found[1]


def post(client: Client, path: str, form: dict[str, Any], **more: Any) -> Response:
    """Send a form as a page of ours would."""
    data = {**form, "_csrf_token": csrf(client)}
    return client.post(path, data=data, follow_redirects=False, **more)


def send(client: Client, path: str, body: object, method: str = "POST") -> Response:
    """Send JSON as a page of ours would."""
    return client.request(method, path, json=body, headers={"x-csrf-token": csrf(client)})
