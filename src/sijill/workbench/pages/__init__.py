"""The pages, a module each. What is in `ROUTERS` is served."""

from litestar import Router

from sijill.workbench.pages import names, queue, report

ROUTERS: list[Router] = [queue.router, report.router, names.router]
