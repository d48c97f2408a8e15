"""Agreement: rounds in which people code the same reports blind, how well they agree, and an editor's word on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, get_args

import msgspec
from litestar import Router, get, post
from litestar.exceptions import PermissionDeniedException
from litestar.params import FromPath, QueryParameter, URLEncodedBody
from litestar.response import Redirect

from sijill.language.actors import register as actors
from sijill.records import GROUPS, Event, Status
from sijill.store import FilterError, NotFoundError, report_state
from sijill.store.lists import queue
from sijill.store.rounds import (
    Round,
    close_round,
    list_rounds,
    make_round,
    read_codings,
    read_round,
    save_coding,
)
from sijill.store.users import list_users
from sijill.workbench.agreement import (
    FIELDS,
    SIDES,
    adjudicated,
    agreement,
    coded_figures,
    coded_place,
    killed,
    units_of,
)
from sijill.workbench.context import Asked, Notice, Page, Register, page
from sijill.workbench.deciding import decide
from sijill.workbench.forms import back_to
from sijill.workbench.roles import Role, User, at_least

ROWS, MOST_ROWS = 4, 40


@dataclass
class NewRound:
    """The form that begins a round: how many of the most doubtful reports, and who codes them."""

    name: str = ""
    count: int = 20
    coder: list[str] | str = field(default_factory=list)


@dataclass
class Word:
    """An editor's word: of which unit of a report, whose coding stands."""

    unit: int
    coder: str


def _user(request: Asked) -> User:
    assert isinstance(request.user, User)  # the guard has seen to it
    return request.user


def _may_compare(user: User, made: Round, coded: dict[str, dict[str, tuple[Event, ...]]]) -> bool:
    """Who sees what others coded: once the round is closed whoever is in it and editors; before, only editors who don't
    code in it, or have coded all of it."""
    if made.closed_at:
        return user.may(Role.editor) or user.name in made.coders
    done = all(user.name in coded.get(report, {}) for report in made.reports)
    return user.may(Role.editor) and (user.name not in made.coders or done)


@get("/agreement", sync_to_thread=True)
def rounds(request: Asked, store: Register) -> Page:
    """The rounds, and the form that begins one."""
    user = _user(request)
    people = [row.name for row in list_users(store) if row.active and Role(row.role).may(Role.coder)]
    return page(
        request,
        "agreement.html",
        rounds=[made for made in list_rounds(store) if user.may(Role.editor) or user.name in made.coders],
        people=people,
        editor=user.may(Role.editor),
    )


@post("/agreement", guards=[at_least(Role.editor)], sync_to_thread=True)
def begin(request: Asked, store: Register, data: URLEncodedBody[NewRound]) -> Redirect:
    """Begin a round of the reports that want a person most."""
    coders = [data.coder] if isinstance(data.coder, str) else data.coder
    known = {row.name for row in list_users(store)}
    if not set(coders) <= known:
        raise FilterError("only people who may log in can code")
    most = min(max(data.count, 1), 500)
    reports = list(dict.fromkeys(each.found.report for each in queue(store, limit=most * 5).events))[:most]
    made = make_round(
        store, data.name.strip()[:100] or date.today().isoformat(), coders, reports, _user(request).name
    )
    return Redirect(f"/agreement/{made.id}", status_code=303)


@get("/agreement/{round_id:str}", sync_to_thread=True)
def one_round(
    request: Asked,
    store: Register,
    round_id: FromPath[str],
    done: Annotated[str | None, QueryParameter(max_length=64)] = None,
) -> Page:
    """A round: what is left to code; for those who may see it, the agreement and what an editor decides."""
    user, made, coded = _user(request), read_round(store, round_id), read_codings(store, round_id)
    if not (user.may(Role.editor) or user.name in made.coders):
        raise PermissionDeniedException(detail="this round is not yours")
    compare = _may_compare(user, made, coded)
    units = {report: units_of(coded[report]) for report in made.reports if len(coded.get(report, {})) > 1}
    return page(
        request,
        "round.html",
        round=made,
        mine=user.name in made.coders,
        coded={report: report in coded and user.name in coded[report] for report in made.reports},
        progress={
            coder: sum(coder in coded.get(report, {}) for report in made.reports) for coder in made.coders
        },
        compare=compare,
        agreements=agreement([unit for of in units.values() for unit in of], made.coders) if compare else [],
        units=units if compare else {},
        fields=FIELDS,
        value=_shown,
        editor=user.may(Role.editor),
        messages=[Notice("agreement.adjudicated", {"n": int(done)})] if done and done.isdecimal() else [],
    )


def _shown(event: Event | None, name: str) -> str:
    if event is None:
        return "–"
    if name in ("start", "end"):
        return getattr(event, name) or ""
    value = FIELDS[name][1](event)
    return "" if value is None else str(value)


@post("/agreement/{round_id:str}/close", guards=[at_least(Role.editor)], sync_to_thread=True)
def close(store: Register, round_id: FromPath[str]) -> Redirect:
    """End a round."""
    close_round(store, read_round(store, round_id).id)
    return Redirect(f"/agreement/{round_id}", status_code=303)


@get("/agreement/{round_id:str}/{report_hash:str}", sync_to_thread=True)
def coding(
    request: Asked,
    store: Register,
    round_id: FromPath[str],
    report_hash: FromPath[str],
    rows: Annotated[int, QueryParameter(ge=1, le=MOST_ROWS)] = ROWS,
) -> Page:
    """The report's text, and the form in which one codes it: what the machine or others read in it is not shown."""
    made = read_round(store, round_id)
    name = _user(request).name
    if name not in made.coders or report_hash not in made.reports:
        raise NotFoundError("this report is not yours to code in this round")
    mine = read_codings(store, round_id).get(report_hash, {}).get(name, ())
    return page(
        request,
        "coding.html",
        round=made,
        report=report_state(store, report_hash).report,
        hash=report_hash,
        events=[*mine, *[None] * max(1, rows - len(mine))],
        groups=GROUPS,
        statuses=get_args(Status),
        sides=SIDES,
        killed=killed,
        actors=actors(),
        more=min(MOST_ROWS, max(rows, len(mine)) + ROWS),
    )


@post("/agreement/{round_id:str}/{report_hash:str}", sync_to_thread=True)
def code(
    request: Asked,
    store: Register,
    round_id: FromPath[str],
    report_hash: FromPath[str],
    data: URLEncodedBody[dict[str, str]],
) -> Redirect:
    """Keep what one coded of a report, and go on to the next."""
    name = _user(request).name
    found = [_event(data, row) for row in range(MOST_ROWS) if data.get(f"type-{row}")]
    save_coding(store, round_id, report_hash, name, found)
    coded = read_codings(store, round_id)
    left = (report for report in read_round(store, round_id).reports if name not in coded.get(report, {}))
    following = next(left, None)
    return Redirect(
        f"/agreement/{round_id}/{following}" if following else f"/agreement/{round_id}", status_code=303
    )


def _event(data: dict[str, str], row: int) -> Event:
    """The event of a row of the form. Raises `FilterError` for what the codebook doesn't know."""

    def given(name: str) -> str:
        return data.get(f"{name}-{row}", "").strip()[:500]

    values = {
        "type": given("type"),
        "status": given("status") or "reported",
        "start": _day(given("start")),
        "end": _day(given("end")) or _day(given("start")),
        "date_precision": 1 if given("start") else 5,
        "place": msgspec.to_builtins(coded_place(given("place"))),
        "side_a": given("side_a").replace(",", " ").split(),
        "side_b": given("side_b").replace(",", " ").split(),
        "casualties": msgspec.to_builtins(
            coded_figures({side: _number(given(f"killed_{side}")) for side in SIDES})
        ),
    }
    try:
        return msgspec.convert(values, Event)
    except msgspec.ValidationError as error:
        raise FilterError(str(error)) from None


def _day(given: str) -> str | None:
    try:
        return date.fromisoformat(given).isoformat() if given else None
    except ValueError:
        raise FilterError(f"{given} is no day (YYYY-MM-DD)") from None


def _number(given: str) -> int | None:
    if not given:
        return None
    if not given.isdecimal() or len(given) > 9:
        raise FilterError(f"{given} is no number of people")
    return int(given)


@post(
    "/agreement/{round_id:str}/{report_hash:str}/adjudicate",
    guards=[at_least(Role.editor)],
    sync_to_thread=True,
)
def adjudicate(
    request: Asked,
    store: Register,
    round_id: FromPath[str],
    report_hash: FromPath[str],
    data: URLEncodedBody[Word],
) -> Redirect:
    """Let one coder's word on an event stand: the register is corrected to it."""
    user, made, coded = _user(request), read_round(store, round_id), read_codings(store, round_id)
    if not _may_compare(user, made, coded):
        raise PermissionDeniedException(detail="what others coded is not shown before one's own is coded")
    units = units_of(coded.get(report_hash, {}))
    if not 0 <= data.unit < len(units) or data.coder not in units[data.unit].events:
        raise NotFoundError("there is no such event or coder in this round")
    decisions = adjudicated(store, report_hash, units[data.unit], data.coder)
    for deciding in decisions:
        decide(store, deciding, user)
    return back_to(f"/agreement/{round_id}", done=str(len(decisions)))


router = Router(
    path="/",
    route_handlers=[rounds, begin, one_round, close, coding, code, adjudicate],
    guards=[at_least(Role.coder)],
    include_in_schema=False,
)
