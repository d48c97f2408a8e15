"""People: who may log in and as what, and everybody's own tokens for programs."""

from __future__ import annotations

from dataclasses import dataclass

from litestar import Router, get, post
from litestar.params import URLEncodedBody
from litestar.response import Redirect

from sijill.store.users import add_user, change_user, drop_token, list_tokens, list_users
from sijill.workbench.api.people import make_own_token, view
from sijill.workbench.context import Asked, Notice, Page, Register, page
from sijill.workbench.passwords import SHORTEST, hashed
from sijill.workbench.roles import Role, User, at_least


@dataclass
class NewPerson:
    """The form that lets somebody in."""

    name: str
    role: Role
    password: str


@dataclass
class ChangedPerson:
    """The form that changes somebody; an empty password stays as it is."""

    name: str
    role: Role
    password: str = ""
    active: bool = False


@dataclass
class NewToken:
    """The form that makes a token."""

    name: str
    role: Role
    days: int = 90


@dataclass
class GoneToken:
    """The form that makes a token worthless."""

    token: str


def _user(request: Asked) -> User:
    assert isinstance(request.user, User)  # the guard has seen to it
    return request.user


def _page(request: Asked, store: Register, said: Notice | None = None, secret: str | None = None) -> Page:
    user = _user(request)
    admin = user.may(Role.admin)
    return page(
        request,
        "people.html",
        people=[view(row) for row in list_users(store)] if admin else [],
        tokens=list_tokens(store, None if admin else user.name),
        roles=list(Role),
        own_roles=[role for role in Role if user.may(role)],
        admin=admin,
        secret=secret,
        shortest=SHORTEST,
        messages=[said] if said else [],
    )


@get("/people", sync_to_thread=True)
def people(request: Asked, store: Register) -> Page:
    """Who may log in, and one's tokens."""
    return _page(request, store)


@post("/people", status_code=200, guards=[at_least(Role.admin)], sync_to_thread=True)
def let_in(request: Asked, store: Register, data: URLEncodedBody[NewPerson]) -> Page | Redirect:
    """Let somebody in. The first person of a workbench that asked for no log-in then logs in."""
    add_user(store, data.name, data.role.value, hashed(data.password))
    if not _user(request).signed_in:
        return Redirect("/login", status_code=303)
    return _page(request, store, Notice("people.let_in", {"name": data.name}))


@post("/people/change", status_code=200, guards=[at_least(Role.admin)], sync_to_thread=True)
def change(request: Asked, store: Register, data: URLEncodedBody[ChangedPerson]) -> Page:
    """Give somebody another role or password, or shut them out or in."""
    change_user(
        store,
        data.name,
        role=data.role.value,
        password=hashed(data.password) if data.password else None,
        active=data.active,
    )
    return _page(request, store, Notice("people.changed", {"name": data.name}))


@post("/people/tokens", status_code=200, sync_to_thread=True)
def new_token(request: Asked, store: Register, data: URLEncodedBody[NewToken]) -> Page:
    """Make a token, and show its secret this once."""
    days = min(max(data.days, 1), 3650)
    secret, _ = make_own_token(store, _user(request), data.name.strip()[:64] or "-", data.role, days)
    return _page(request, store, secret=secret)


@post("/people/tokens/drop", status_code=200, sync_to_thread=True)
def no_token(request: Asked, store: Register, data: URLEncodedBody[GoneToken]) -> Page:
    """Make a token worthless."""
    user = _user(request)
    drop_token(store, data.token, None if user.may(Role.admin) else user.name)
    return _page(request, store, Notice("people.token_dropped"))


router = Router(
    path="/",
    route_handlers=[people, let_in, change, new_token, no_token],
    guards=[at_least(Role.viewer)],
    include_in_schema=False,
)
