"""The pages, a module each. What is in `ROUTERS` is served."""

from litestar import Router

from sijill.workbench.pages import queue

ROUTERS: list[Router] = [queue.router]
