"""The queue: what wants a person, doubtful and contradicted first."""

from __future__ import annotations

from litestar import Router, get
from litestar.response import Redirect

from sijill.store import find_events
from sijill.store.queries import Filter
from sijill.workbench.context import Asked, Page, Register, page
from sijill.workbench.roles import Role, at_least


@get("/", sync_to_thread=False)
def front() -> Redirect:
    """To the queue."""
    return Redirect("/queue")


@get("/queue", sync_to_thread=True)
def queue(request: Asked, store: Register) -> Page:
    """What no person has looked at yet."""
    found = find_events(store, Filter(tellings=True, review="machine"), limit=50)
    return page(request, "queue.html", found=found)


router = Router(
    path="/", route_handlers=[front, queue], guards=[at_least(Role.viewer)], include_in_schema=False
)
