"""What every page is rendered with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from litestar import MediaType, Request, Response
from litestar.datastructures import Cookie, State
from litestar.di import NamedDependency
from litestar.utils.empty import value_or_default
from litestar.utils.scope.state import ScopeState

from sijill.store import Store
from sijill.workbench.languages import DIRECTIONS, LANGUAGES, catalogue, choose, translator
from sijill.workbench.roles import Role, User
from sijill.workbench.settings import Settings

STATIC = Path(__file__).parent / "static"
LANGUAGE_COOKIE = "language"
THEMES = ("light", "dark")
PAGES = {
    "queue": Role.viewer,
    "map": Role.viewer,
    "control": Role.viewer,
    "figures": Role.viewer,
    "sources": Role.viewer,
    "actors": Role.viewer,
    "places": Role.viewer,
    "import": Role.coder,
    "export": Role.viewer,
    "history": Role.viewer,
    "agreement": Role.coder,
    "people": Role.viewer,
}
"""The pages of the navigation, each with the role that it wants."""
_YEAR = 365 * 24 * 3600

Register = NamedDependency[Store]
"""The register, as handlers ask for it."""
Asked = Request[User | None, Any, State]
Page = Response[str]


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Jinja, with everything escaped and nothing missing."""
    made = Environment(
        loader=PackageLoader("sijill.workbench"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["asset"] = asset
    made.tests["message"] = lambda name: name in catalogue("en")
    return made


@lru_cache(maxsize=1)
def _manifest() -> dict[str, str]:
    path = STATIC / "manifest.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def asset(name: str) -> str:
    """The address of a built script, style or other asset. Where none are built, `sijill serve` has said so."""
    return f"/static/{_manifest().get(name, name)}"


def language_of(request: Asked) -> str:
    """The language that a request is answered in."""
    return choose(
        request.query_params.get("lang"),
        request.cookies.get(LANGUAGE_COOKIE),
        request.headers.get("accept-language", ""),
    )


class Notice(msgspec.Struct, frozen=True):
    """A message above a page: the name of its words, what fills them in, and its kind (ok, warn, error)."""

    name: str
    values: dict[str, Any] = {}
    kind: str = "ok"


def _address(request: Asked, **values: str) -> str:
    """This page's address with other values in its query, and without what was said of a decision just made."""
    gone = {"done", "lang", *values}
    pairs = [(key, value) for key, value in request.query_params.multi_items() if key not in gone and value]
    query = urlencode([*pairs, *values.items()])
    return f"{request.url.path}?{query}" if query else request.url.path


def page(
    request: Asked, template: str, *, status: int = 200, messages: Sequence[Notice] = (), **context: Any
) -> Page:
    """A page, or a part of one, from a template. Beside what is given, a template finds `t` (the translator), `lang`,
    `dir`, `languages`, `in_language` (this page's address in another), `page_address` (of a number of this list), `here`
    (this page's address), `theme`, `user`, `write` (whether the user may
    decide), `pages` (names of those the user may open), `messages`, `csrf_token`, `tiles` and `path`."""
    language = language_of(request)
    user: User | None = request.scope.get("user")
    settings: Settings = request.app.state.settings
    text = (
        environment()
        .get_template(template)
        .render(
            t=translator(language),
            lang=language,
            dir=DIRECTIONS[language],
            languages=LANGUAGES,
            in_language=lambda code: _address(request, lang=code),
            page_address=lambda number: _address(request, page=str(number)),
            here=_address(request),
            theme=theme if (theme := request.cookies.get("theme")) in THEMES else None,
            user=user,
            pages=[name for name, role in PAGES.items() if user is not None and user.may(role)],
            messages=messages,
            write=user is not None and user.may(Role.coder),
            csrf_token=value_or_default(ScopeState.from_scope(request.scope).csrf_token, ""),
            tiles=settings.tiles,
            path=request.url.path,
            **context,
        )
    )
    cookies = []
    if request.query_params.get("lang") in LANGUAGES:
        cookies.append(
            Cookie(
                key=LANGUAGE_COOKIE,
                value=language,
                max_age=_YEAR,
                httponly=True,
                samesite="strict",
                secure=settings.secure,
            )
        )
    return Response(text, media_type=MediaType.HTML, status_code=status, cookies=cookies)
