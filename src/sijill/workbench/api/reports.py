"""Reports with their texts, records and evidence."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Router, get, post
from litestar.params import FromPath, JSONBody

from sijill import store as stores
from sijill.records import Record
from sijill.store import Conflict, Decision, Present, Store
from sijill.store.lists import ReportPage, find_reports
from sijill.workbench.adding import Added, add_text
from sijill.workbench.api.parts import PartView, part_view
from sijill.workbench.context import Register
from sijill.workbench.filters import Day, Limit, Offset, Text
from sijill.workbench.roles import Role, at_least


class ReportView(msgspec.Struct, frozen=True):
    """A report as it now stands: its text (offsets count its code points), every part with the machine's word beside
    people's and its evidence, where the two differ, and the decisions about it."""

    hash: str
    id: str
    text: str
    source: str | None
    published: str | None
    language: str | None
    title: str | None
    url: str | None
    rules: str | None
    notes: list[str]
    parts: list[PartView]
    conflicts: list[Conflict]
    decisions: list[Decision]


class NewReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A report to be coded. `published` is its day (ISO), from which relative dates count."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=1_000_000)]
    source: Annotated[str, msgspec.Meta(max_length=500)] | None = None
    published: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None
    language: Annotated[str, msgspec.Meta(pattern="^(ar|en)$")] | None = None
    title: Annotated[str, msgspec.Meta(max_length=2000)] | None = None
    url: Annotated[str, msgspec.Meta(max_length=2000)] | None = None
    id: Annotated[str, msgspec.Meta(min_length=1, max_length=200)] | None = None


def report_view(store: Store, name: str) -> ReportView:
    """The report of that hash or id. Raises `NotFoundError` where there is none or it was redacted."""
    state: Present = stores.report_state(store, name)
    report = state.report
    return ReportView(
        hash=state.hash,
        id=report.id,
        text=report.text,
        source=report.source,
        published=report.published,
        language=report.language,
        title=report.title,
        url=report.url,
        rules=state.rules,
        notes=list(state.notes),
        parts=[part_view(part) for part in state.parts],
        conflicts=state.conflicts,
        decisions=stores.history(store, state.hash),
    )


@get("/reports", sync_to_thread=True)
def list_reports(
    store: Register,
    source: Text = None,
    since: Day = None,
    until: Day = None,
    language: Text = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> ReportPage:
    """Reports, the latest first."""
    return find_reports(
        store, source=source, since=since, until=until, language=language, limit=limit, offset=offset
    )


@get("/reports/{report_id:str}", sync_to_thread=True)
def read_report(store: Register, report_id: FromPath[str]) -> ReportView:
    """A report with its text and all its parts."""
    return report_view(store, report_id)


@get("/records/{report_id:str}", sync_to_thread=True)
def read_record(store: Register, report_id: FromPath[str]) -> Record:
    """What now stands of a report, as a record by the codebook."""
    return stores.report_state(store, report_id).record()


@post("/reports", guards=[at_least(Role.coder)], sync_to_thread=True)
def add_report(store: Register, data: JSONBody[NewReport]) -> Added:
    """Code a report into the register; one that is there already is left as it is."""
    return add_text(store, **msgspec.structs.asdict(data))


router = Router(
    path="/", route_handlers=[list_reports, read_report, read_record, add_report], tags=["reports"]
)
