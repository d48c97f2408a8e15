"""The application: routes, who may enter, and what surrounds every answer."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

from litestar import Litestar, Router
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.middleware import DefineMiddleware
from litestar.static_files import create_static_files_router

from sijill.store import Store
from sijill.store.users import key
from sijill.workbench import api
from sijill.workbench.api import DESCRIPTION
from sijill.workbench.context import STATIC
from sijill.workbench.entrance import CSRF, Entrance
from sijill.workbench.faults import answer
from sijill.workbench.headers import with_headers
from sijill.workbench.pages import ROUTERS
from sijill.workbench.pages.login import Patience
from sijill.workbench.searching import warm
from sijill.workbench.settings import Settings


def create_app(db: str | Path, settings: Settings) -> Litestar:
    """The workbench on the register at `db` (a path or URL), which must exist. Raises `StoreError` where it doesn't."""
    store = Store.open(db)
    csrf = CSRFConfig(
        secret=key(store, "csrf"),
        cookie_name="csrf",
        header_name="x-csrf-token",
        cookie_httponly=True,
        cookie_samesite="strict",
        cookie_secure=settings.secure,
    )

    def provide_store() -> Store:
        return store

    return Litestar(
        route_handlers=[*ROUTERS, api.router, *_static()],
        dependencies={"store": Provide(provide_store, sync_to_thread=False)},
        middleware=[DefineMiddleware(Entrance), DefineMiddleware(CSRF, config=csrf)],
        exception_handlers={Exception: answer},
        before_send=[with_headers(settings)],
        request_max_body_size=settings.upload_bytes,
        on_startup=[_warm],
        on_shutdown=[store.close],
        openapi_config=DESCRIPTION,
        state=State({"settings": settings, "store": store, "patience": Patience()}),
    )


def _warm() -> None:
    """Read in what searches look through while the first page is being looked at."""
    Thread(target=warm, daemon=True).start()


def _static() -> list[Router]:
    if not STATIC.is_dir():
        return []
    return [
        create_static_files_router(
            path="/static",
            directories=[STATIC],
            include_in_schema=False,
            cache_control=None,
        )
    ]
