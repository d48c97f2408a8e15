"""Who is at work, and what each role may do: every role may do what those before it may."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec
from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler
from litestar.types import Guard


class Role(StrEnum):
    """`viewer` reads and exports, `coder` decides and imports, `editor` takes back what others decided and adjudicates,
    `admin` looks after people."""

    viewer = "viewer"
    coder = "coder"
    editor = "editor"
    admin = "admin"

    def may(self, needed: Role) -> bool:
        """Whether this role may do what `needed` may."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


class User(msgspec.Struct, frozen=True):
    """A person at work. `signed_in` is False for the one person of a workbench that asks for no log-in."""

    name: str
    role: Role
    signed_in: bool = True

    def may(self, needed: Role) -> bool:
        """Whether this person may do what a role may."""
        return self.role.may(needed)


def at_least(needed: Role) -> Guard:
    """A guard that lets through those who have a role, or one above it."""

    def guard(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
        user: User | None = connection.scope.get("user")
        if user is None:
            raise NotAuthorizedException(detail="log in first")
        if not user.may(needed):
            raise PermissionDeniedException(detail=f"the role of {needed} is needed; yours is {user.role}")

    return guard
