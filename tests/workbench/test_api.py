"""The API: what it tells of events, reports and what is looked up, and how it says what is wrong."""

from __future__ import annotations

import pytest
from conftest import Client


def test_api_describes_itself(client: Client) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert described["info"]["title"] == "Sijill"
    assert "/api/v1/events" in described["paths"]
    assert not [path for path in described["paths"] if not path.startswith("/api/v1/")]
