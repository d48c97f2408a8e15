"""The history: who decided what, append-only, each to be taken back by those who may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from litestar import Router, get, post
from litestar.params import QueryParameter, URLEncodedBody
from litestar.response import Redirect

from sijill.store import Decision
from sijill.store.decisions import decision_page, undone_hashes
from sijill.store.present import LETTERS
from sijill.workbench.context import Asked, Notice, Page, Register, page
from sijill.workbench.deciding import Undo, decide
from sijill.workbench.forms import back_to
from sijill.workbench.roles import Role, User, at_least

PAGE = 50
_FINAL = ("redact", "union")


class Entry(msgspec.Struct, frozen=True):
    """A decision in words: `about` are the reports that it names, `changed` the field with what it read before and after."""

    decision: Decision
    about: list[str]
    part: str | None
    changed: tuple[str, str, str] | None
    reason: str | None
    undone: bool
    may_undo: bool


@dataclass
class Undoing:
    """The form that takes a decision back."""

    decision: str = ""
    back: str = "/history"


@get("/history", sync_to_thread=True)
def history(
    request: Asked,
    store: Register,
    who: Annotated[str | None, QueryParameter(max_length=64)] = None,
    what: Annotated[str | None, QueryParameter(max_length=20)] = None,
    number: Annotated[int, QueryParameter(name="page", ge=1, le=100_000)] = 1,
    done: Annotated[str | None, QueryParameter(max_length=64)] = None,
) -> Page:
    """Decisions, newest first."""
    found, total = decision_page(
        store, who=who or None, what=what or None, limit=PAGE, offset=(number - 1) * PAGE
    )
    cancelled = undone_hashes(store)
    return page(
        request,
        "history.html",
        entries=[_entry(decision, cancelled, request.user) for decision in found],
        total=total,
        who=who,
        what=what,
        whats=("accept", "correct", "reject", "skip", "add", "merge", "split", "undo", "redact", "union"),
        number=number,
        last=-(-total // PAGE) or 1,
        messages=[Notice("history.did_undo")] if done else [],
    )


def _entry(decision: Decision, cancelled: set[str], user: User | None) -> Entry:
    subject, payload = decision.subject, decision.payload or {}
    named = [*subject.get("events", ()), *subject.get("with", ())]
    about = dict.fromkeys([decision.report] if decision.report else [one["report"] for one in named])
    gone = decision.hash in cancelled
    may = user is not None and (user.may(Role.editor) or (user.may(Role.coder) and user.name == decision.who))
    changed = None
    if decision.what == "correct" and payload:
        changed = (payload["path"], _plain(payload["was"]), _plain(payload["now"]))
    return Entry(
        decision=decision,
        about=list(about),
        part=subject.get("part") if subject.get("part") in LETTERS else None,
        changed=changed,
        reason=payload.get("reason"),
        undone=gone,
        may_undo=may and not gone and decision.what not in _FINAL,
    )


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


@post("/history", guards=[at_least(Role.coder)], sync_to_thread=True)
def undo(request: Asked, store: Register, data: URLEncodedBody[Undoing]) -> Redirect:
    """Take a decision back."""
    user = request.user
    assert isinstance(user, User)  # the guard has seen to it
    return back_to(data.back, done=decide(store, Undo(decision=data.decision), user).hash)


router = Router(
    path="/", route_handlers=[history, undo], guards=[at_least(Role.viewer)], include_in_schema=False
)
