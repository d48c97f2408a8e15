"""Decisions: made, listed, taken back."""

from __future__ import annotations

from litestar import Router, get, post
from litestar.params import FromPath, JSONBody

from sijill import store as stores
from sijill.store import Decision
from sijill.store.decisions import read_decision as find_decision
from sijill.workbench.context import Asked, Register
from sijill.workbench.deciding import Decided, Deciding, decide
from sijill.workbench.filters import Limit, Offset, Text
from sijill.workbench.roles import Role, User, at_least


@get("/decisions", sync_to_thread=True)
def list_decisions(
    store: Register, report: Text = None, limit: Limit = 100, offset: Offset = 0
) -> list[Decision]:
    """Who decided what, newest first; of one report, or of the whole register."""
    return stores.history(store, report, limit=limit, offset=offset)


@get("/decisions/{decision_hash:str}", sync_to_thread=True)
def read_decision(store: Register, decision_hash: FromPath[str]) -> Decision:
    """One decision by its hash."""
    return find_decision(store, decision_hash)


@post("/decisions", guards=[at_least(Role.coder)], sync_to_thread=True)
def make_decision(request: Asked, store: Register, data: JSONBody[Deciding]) -> Decided:
    """Decide: `what` says what (accept, correct, reject, skip, add, merge, split, undo)."""
    user = request.user
    assert isinstance(user, User)  # the guard has seen to it
    return decide(store, data, user)


router = Router(path="/", route_handlers=[list_decisions, read_decision, make_decision], tags=["decisions"])
