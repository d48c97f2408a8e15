"""The queue: what wants a person, doubtful and contradicted first, worked through from the keyboard."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

import msgspec
from litestar import Router, get, post
from litestar.params import FromQuery, QueryParameter, URLEncodedBody
from litestar.response import Redirect

from sijill.records import GROUPS
from sijill.store import DecisionError, Filter, Found, Store
from sijill.store.decisions import read_decision
from sijill.store.linking import derived_state, kin
from sijill.store.lists import Wanting, count_queue, find_reports
from sijill.store.lists import queue as find_queue
from sijill.workbench.context import Asked, Notice, Page, Register, language_of, page
from sijill.workbench.deciding import Accept, Deciding, Merge, Reject, Skip, Split, decide
from sijill.workbench.filters import filter_of
from sijill.workbench.forms import back_to
from sijill.workbench.languages import Translate, translator
from sijill.workbench.record_view import part_title
from sijill.workbench.remembering import Remembered
from sijill.workbench.roles import Role, User, at_least
from sijill.workbench.wording import actor_name, casualty_words

PAGE = 25
_totals: Remembered[int] = Remembered(256)


class Item(msgspec.Struct, frozen=True):
    """An entry of the queue in words. `why` are names of messages, each with its number."""

    id: str
    report: str
    account: str | None
    title: str
    sides: str
    figures: list[str]
    source: str | None
    published: str | None
    review: str
    confidence: int | None
    why: list[tuple[str, int]]
    shared: bool


@dataclass
class Decided:
    """The form of an entry: what is decided, about which part; `event` are those marked to be merged."""

    what: str = ""
    part: str = ""
    event: list[str] | str = field(default_factory=list)
    back: str = "/queue"


@get("/", sync_to_thread=False)
def front() -> Redirect:
    """To the queue."""
    return Redirect("/queue")


@get("/queue", sync_to_thread=True)
def queue(
    request: Asked,
    store: Register,
    contradicted: FromQuery[bool] = False,
    conflicts: FromQuery[bool] = False,
    number: Annotated[int, QueryParameter(name="page", ge=1, le=100_000)] = 1,
    done: Annotated[str | None, QueryParameter(max_length=64)] = None,
) -> Page:
    """What no person has decided on yet, and what newer rules are against."""
    language = language_of(request)
    t = translator(language)
    who = request.user.name if request.user else None
    asked = filter_of(request.query_params)
    wanted = msgspec.structs.replace(asked.wanted, conflicts=conflicts)
    found = find_queue(
        store, wanted, who, contradicted=contradicted, limit=PAGE, offset=(number - 1) * PAGE, total=False
    )
    total = _totals.get(
        (store.id, wanted, who, contradicted),
        derived_state(store),
        lambda: count_queue(store, wanted, who, contradicted=contradicted),
    )
    said = Notice(f"history.did_{read_decision(store, done).what}") if done else None
    return page(
        request,
        "queue.html",
        items=[_item(each, t, language) for each in found.events],
        total=total,
        wanted=wanted,
        filtered=asked.some or conflicts or contradicted,
        contradicted=contradicted,
        groups=GROUPS,
        number=number,
        last=-(-total // PAGE) or 1,
        empty=total == 0 and wanted == Filter() and _is_empty(store),
        done=done,
        messages=[said] if said else [],
    )


def _is_empty(store: Store) -> bool:
    return find_reports(store, limit=1).total == 0


def _item(wanting: Wanting, t: Translate, language: str) -> Item:
    found: Found = wanting.found
    event = found.event
    comma = t("codebook.list_comma")
    sides = [comma.join(actor_name(id_, language) for id_ in side) for side in (event.side_a, event.side_b)]
    why = []
    if found.conflicts:
        why.append(("conflicts", found.conflicts))
    if wanting.contradictions:
        why.append(("contradictions", wanting.contradictions))
    if event.confidence is not None and event.confidence < 0.5:
        why.append(("unsure", round(event.confidence * 100)))
    return Item(
        id=found.id,
        report=found.report,
        account=found.account,
        title=part_title(event, t, language),
        sides=" – ".join(filter(None, sides)),
        figures=[casualty_words(casualty, t, language) for casualty in event.casualties[:6]],
        source=found.source,
        published=found.published,
        review=found.review,
        confidence=None if event.confidence is None else round(event.confidence * 100),
        why=why,
        shared=wanting.shared,
    )


@get("/queue/next", sync_to_thread=True)
def next_report(
    request: Asked, store: Register, after: Annotated[str, QueryParameter(max_length=64)] = ""
) -> Redirect:
    """To the report of the next entry that isn't of the report `after`; to the queue where there is none."""
    who = request.user.name if request.user else None
    for each in find_queue(store, None, who, limit=100).events:
        if each.found.report != after:
            return Redirect(f"/reports/{each.found.report}#{each.found.id}")
    return Redirect("/queue")


@post("/queue", guards=[at_least(Role.coder)], sync_to_thread=True)
def decide_entry(request: Asked, store: Register, data: URLEncodedBody[Decided]) -> Redirect:
    """Decide on an entry, and go on."""
    user = request.user
    assert isinstance(user, User)  # the guard has seen to it
    return back_to(data.back, done=decide(store, _deciding(store, data), user).hash)


def _deciding(store: Store, data: Decided) -> Deciding:
    match data.what:
        case "accept":
            return Accept(part=data.part)
        case "reject":
            return Reject(part=data.part)
        case "skip":
            return Skip(part=data.part)
        case "split":
            return Split(events=(data.part,), others=tuple(sorted(kin(store, [data.part]) - {data.part})))
        case "merge":
            return Merge(events=(data.event,) if isinstance(data.event, str) else tuple(data.event))
    raise DecisionError(f"{data.what!r} is nothing that is decided here")


router = Router(
    path="/",
    route_handlers=[front, queue, next_report, decide_entry],
    guards=[at_least(Role.viewer)],
    include_in_schema=False,
)
