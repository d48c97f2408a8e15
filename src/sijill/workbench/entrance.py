"""Who comes in: the middleware that knows people by their session or token, and the one that refuses forged requests."""

from __future__ import annotations

from typing import Any

from anyio.to_thread import run_sync
from litestar.connection import ASGIConnection
from litestar.exceptions import HTTPException, NotAuthorizedException
from litestar.middleware.authentication import AbstractAuthenticationMiddleware, AuthenticationResult
from litestar.middleware.csrf import CSRFMiddleware
from litestar.types import Receive, Scope, Send

from sijill.store import Store
from sijill.store.users import find_token, find_user, has_users, session_user
from sijill.workbench.roles import Role, User
from sijill.workbench.settings import Settings

SESSION = "session"
"""The cookie that holds the secret of a session."""


def who_by_token(store: Store, settings: Settings, secret: str) -> User | None:
    """Whose token it is, with the lesser of its role and theirs."""
    token = find_token(store, secret)
    if token is None:
        return None
    known = find_user(store, token.user)
    if known is None:
        alone = not settings.closed and token.user == settings.name and not has_users(store)
        return User(token.user, Role(token.role)) if alone else None
    role = min(Role(token.role), Role(known.role), key=list(Role).index)
    return User(known.name, role) if known.active else None


def who_by_session(store: Store, settings: Settings, secret: str | None) -> User | None:
    """Whose session it is; without one, the one person of a workbench that asks for no log-in."""
    if secret and (known := session_user(store, secret)) is not None:
        return User(known.name, Role(known.role))
    if not settings.closed and not has_users(store):
        return User(settings.name, Role.admin, signed_in=False)
    return None


class Entrance(AbstractAuthenticationMiddleware):
    """Sets the user of a request: None for somebody unknown, whom only guards stop."""

    async def authenticate_request(
        self, connection: ASGIConnection[Any, Any, Any, Any]
    ) -> AuthenticationResult:
        settings: Settings = connection.app.state.settings
        store: Store = connection.app.state.store
        _check_host(connection, settings.hosts)
        given = connection.headers.get("authorization")
        if given is not None:
            scheme, _, secret = given.partition(" ")
            user = (
                await run_sync(who_by_token, store, settings, secret.strip())
                if scheme.lower() == "bearer"
                else None
            )
            if user is None:
                raise NotAuthorizedException(detail="the token is unknown, or holds no longer")
            return AuthenticationResult(user=user, auth="token")
        user = await run_sync(who_by_session, store, settings, connection.cookies.get(SESSION))
        return AuthenticationResult(user=user, auth="session")


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
