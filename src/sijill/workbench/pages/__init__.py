"""The pages, a module each. What is in `ROUTERS` is served."""

from litestar import Router

from sijill.workbench.pages import atlas, control, event, figures, login, names, queue, report

ROUTERS: list[Router] = [
    login.router,
    queue.router,
    report.router,
    event.router,
    names.router,
    atlas.router,
    control.router,
    figures.router,
]
