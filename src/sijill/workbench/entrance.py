"""Who comes in: the middleware that knows people by their session or token, and the one that refuses forged requests."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection
from litestar.exceptions import HTTPException
from litestar.middleware.authentication import AbstractAuthenticationMiddleware, AuthenticationResult
from litestar.middleware.csrf import CSRFMiddleware
from litestar.types import Receive, Scope, Send

from sijill.workbench.roles import Role, User
from sijill.workbench.settings import Settings


class Entrance(AbstractAuthenticationMiddleware):
    """Sets the user of a request: None for somebody unknown, whom only guards stop."""

    async def authenticate_request(
        self, connection: ASGIConnection[Any, Any, Any, Any]
    ) -> AuthenticationResult:
        settings: Settings = connection.app.state.settings
        _check_host(connection, settings.hosts)
        return AuthenticationResult(user=User(settings.name, Role.admin, signed_in=False), auth=None)


def _check_host(connection: ASGIConnection[Any, Any, Any, Any], hosts: tuple[str, ...]) -> None:
    """Answer to our own names only, so that no other site can make its name lead here (DNS rebinding)."""
    given = connection.headers.get("host", "")
    name = given if given.endswith("]") else given.rpartition(":")[0] or given
    if "*" not in hosts and name.lower() not in hosts:
        raise HTTPException(status_code=421, detail=f"this workbench doesn't answer to {given!r}")


class CSRF(CSRFMiddleware):
    """Wants the token of our own pages with everything that changes something, except from programs: what comes with
    an API token carries no cookie that a browser would add by itself."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope.get("auth") == "token":
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)
