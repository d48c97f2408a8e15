"""What is said when something can't be done: problem details (RFC 9457) to programs, a page to people."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect

from sijill.store import DecisionError, FilterError, NotFoundError, StoreError, UnreachableError
from sijill.workbench.context import page
from sijill.workbench.passwords import WeakPasswordError

PROBLEM = "application/problem+json"


class Problem(msgspec.Struct):
    """What went wrong. `detail` says it in words, `errors` where a value was not what is wanted."""

    title: str
    status: int
    detail: str
    errors: list[Any] = []


_STATUS: dict[type[Exception], int] = {
    NotFoundError: 404,
    DecisionError: 409,
    FilterError: 400,
    WeakPasswordError: 400,
    UnreachableError: 503,
    StoreError: 409,
}


def _told(request: Request[Any, Any, Any], error: Exception) -> tuple[int, str, list[Any], dict[str, str]]:
    if isinstance(error, HTTPException):
        extra = error.extra if isinstance(error.extra, list) else []
        return error.status_code, error.detail, extra, dict(error.headers or {})
    for kind, status in _STATUS.items():
        if isinstance(error, kind):
            return status, str(error), [], {}
    request.logger.exception("a fault of ours")
    return 500, "a fault of ours; it is in the log", [], {}


def answer(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """The answer to a request that an error ended."""
    status, detail, errors, headers = _told(request, error)
    path = request.url.path
    if path.startswith("/api/"):
        if status == 401:
            headers["WWW-Authenticate"] = "Bearer"
        problem = Problem(HTTPStatus(status).phrase, status, detail, errors)
        return Response(problem, status_code=status, media_type=PROBLEM, headers=headers)
    if status == 401 and request.method == "GET":
        back = path + (f"?{request.url.query}" if request.url.query else "")
        return Redirect(f"/login?next={quote(back, safe='')}")
    answered = page(request, "fault.html", status=status, code=status, detail=detail)
    answered.headers.update(headers)
    return answered
