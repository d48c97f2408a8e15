"""People and tokens."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Router, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from sijill.store import DecisionError, Store, StoreError
from sijill.store.users import (
    TokenRow,
    UserRow,
    add_user,
    change_user,
    drop_token,
    list_tokens,
    list_users,
    make_token,
)
from sijill.workbench.context import Asked, Register
from sijill.workbench.passwords import LONGEST, SHORTEST, hashed
from sijill.workbench.roles import Role, User, at_least

Password = Annotated[str, msgspec.Meta(min_length=SHORTEST, max_length=LONGEST)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]


class Me(msgspec.Struct, frozen=True):
    """Who asks."""

    name: str
    role: Role
    signed_in: bool


class UserView(msgspec.Struct, frozen=True):
    """Somebody who may log in, if active."""

    name: str
    role: Role
    active: bool
    created_at: str


class NewUser(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody to let in."""

    name: Name
    role: Role
    password: Password


class ChangedUser(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to change of somebody; what is null stays."""

    role: Role | None = None
    password: Password | None = None
    active: bool | None = None


class NewToken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A token to be made for oneself: the most it may do (no more than oneself), and for how many days."""

    name: Name
    role: Role = Role.viewer
    days: Annotated[int, msgspec.Meta(ge=1, le=3650)] | None = 90


class MadeToken(msgspec.Struct, frozen=True):
    """A new token; its secret is shown this once."""

    secret: str
    token: TokenRow


def view(row: UserRow) -> UserView:
    """Somebody without the hash of their password."""
    return UserView(row.name, Role(row.role), row.active, row.created_at)


def make_own_token(store: Store, user: User, name: str, role: Role, days: int | None) -> tuple[str, TokenRow]:
    """A token for oneself. Raises `DecisionError` for a role above one's own, and for a name that can't be kept."""
    if not user.may(role):
        raise DecisionError(f"a token of yours can't have the role of {role}: yours is {user.role}")
    if not name.isprintable():
        raise StoreError("a token's name is one line of letters")
    return make_token(store, name, user.name, role.value, days)


def _me(request: Asked) -> User:
    assert isinstance(request.user, User)  # the guard has seen to it
    return request.user


@get("/me", sync_to_thread=False)
def read_me(request: Asked) -> Me:
    """Who asks, and their role."""
    user = _me(request)
    return Me(user.name, user.role, user.signed_in)


@get("/users", guards=[at_least(Role.admin)], sync_to_thread=True)
def read_users(store: Register) -> list[UserView]:
    """Everybody who may log in."""
    return [view(row) for row in list_users(store)]


@post("/users", guards=[at_least(Role.admin)], sync_to_thread=True)
def make_user(store: Register, data: JSONBody[NewUser]) -> UserView:
    """Let somebody in."""
    add_user(store, data.name, data.role.value, hashed(data.password))
    return next(view(row) for row in list_users(store) if row.name == data.name)


@patch("/users/{name:str}", guards=[at_least(Role.admin)], sync_to_thread=True)
def patch_user(store: Register, name: FromPath[str], data: JSONBody[ChangedUser]) -> UserView:
    """Give somebody another role or password, or shut them out; their sessions end."""
    change_user(
        store,
        name,
        role=data.role.value if data.role else None,
        password=hashed(data.password) if data.password else None,
        active=data.active,
    )
    return next(view(row) for row in list_users(store) if row.name == name)


@get("/tokens", sync_to_thread=True)
def read_tokens(request: Asked, store: Register) -> list[TokenRow]:
    """One's own tokens; an admin sees everybody's."""
    user = _me(request)
    return list_tokens(store, None if user.may(Role.admin) else user.name)


@post("/tokens", sync_to_thread=True)
def post_token(request: Asked, store: Register, data: JSONBody[NewToken]) -> MadeToken:
    """Make a token for oneself."""
    return MadeToken(*make_own_token(store, _me(request), data.name, data.role, data.days))


@delete("/tokens/{token_id:str}", sync_to_thread=True)
def delete_token(request: Asked, store: Register, token_id: FromPath[str]) -> None:
    """Make a token worthless."""
    user = _me(request)
    drop_token(store, token_id, None if user.may(Role.admin) else user.name)


router = Router(
    path="/",
    route_handlers=[read_me, read_users, make_user, patch_user, read_tokens, post_token, delete_token],
    tags=["people"],
)
