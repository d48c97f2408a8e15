"""Log-in and log-out."""

from __future__ import annotations

import math
from dataclasses import dataclass

from litestar import Response, Router, get, post
from litestar.datastructures import Cookie
from litestar.params import URLEncodedBody
from litestar.response import Redirect

from sijill.store.users import begin_session, end_session, find_user
from sijill.workbench.context import Asked, Notice, Page, Register, page
from sijill.workbench.entrance import SESSION
from sijill.workbench.forms import inside
from sijill.workbench.passwords import Attempts, fits
from sijill.workbench.settings import Settings


@dataclass
class Credentials:
    """The form's fields; `next` is where to go on."""

    name: str = ""
    password: str = ""
    next: str = "/"


class Patience:
    """How many failed attempts are borne in a quarter of an hour: of one address, of one name, and of both together."""

    def __init__(self) -> None:
        self.limits = {"both": Attempts(5), "address": Attempts(30), "name": Attempts(50)}

    def keys(self, name: str, address: str) -> dict[str, str]:
        return {"both": f"{address} {name}", "address": address, "name": name}

    def wait(self, name: str, address: str) -> float:
        """Seconds to wait before another attempt."""
        keys = self.keys(name, address)
        return max(attempts.wait(keys[kind]) for kind, attempts in self.limits.items())

    def failed(self, name: str, address: str) -> None:
        """Note a failed attempt."""
        keys = self.keys(name, address)
        for kind, attempts in self.limits.items():
            attempts.failed(keys[kind])


@get("/login", sync_to_thread=True)
def login_page(request: Asked) -> Page:
    """The form."""
    return page(request, "login.html", next=inside(request.query_params.get("next", "/")), name="")


@post("/login", status_code=200, sync_to_thread=True)
def login(request: Asked, data: URLEncodedBody[Credentials], store: Register) -> Response[str] | Redirect:
    """Begin a session for whoever knows the password."""
    settings: Settings = request.app.state.settings
    patience: Patience = request.app.state.patience
    address = request.client.host if request.client else ""
    wait = patience.wait(data.name, address)
    if wait > 0:
        told = Notice("login.wait", {"n": math.ceil(wait / 60)}, "error")
        answer = page(
            request, "login.html", status=429, messages=[told], next=inside(data.next), name=data.name
        )
        answer.headers["Retry-After"] = str(math.ceil(wait))
        return answer
    known = find_user(store, data.name)
    right = fits(data.password, known.password if known and known.active else None)
    if known is None or not right:
        patience.failed(data.name, address)
        told = Notice("login.wrong", kind="error")
        return page(
            request, "login.html", status=403, messages=[told], next=inside(data.next), name=data.name
        )
    cookie = Cookie(
        key=SESSION,
        value=begin_session(store, known.name),
        httponly=True,
        samesite="strict",
        secure=settings.secure,
    )
    return Redirect(inside(data.next), cookies=[cookie], status_code=303)


@post("/logout", status_code=303, sync_to_thread=True)
def logout(request: Asked, store: Register) -> Redirect:
    """End the session."""
    secret = request.cookies.get(SESSION)
    if secret:
        end_session(store, secret)
    answer = Redirect("/login", status_code=303)
    answer.delete_cookie(SESSION)
    return answer


router = Router(path="/", route_handlers=[login_page, login, logout], include_in_schema=False)
