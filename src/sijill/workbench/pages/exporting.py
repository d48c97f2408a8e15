"""Export: the formats of `sijill export`, by the same filters, as the role allows."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pyarrow.parquet as parquet
from litestar import Response, Router, get
from litestar.background_tasks import BackgroundTask
from litestar.exceptions import PermissionDeniedException
from litestar.params import FromQuery, QueryParameter
from litestar.response import File, Stream

from sijill.export.formats import writer_of_accounts
from sijill.export.jsonl import write_jsonl
from sijill.export.register_csv import write_events_csv, write_events_xlsx
from sijill.ledger.accounts import Rule
from sijill.records import GROUPS
from sijill.store import Filter, Store, events_table
from sijill.store.outward import Accounts, report_records
from sijill.workbench.context import Asked, Page, Register, page
from sijill.workbench.filters import filter_of
from sijill.workbench.roles import Role, User, at_least


class Form(StrEnum):
    """The formats."""

    csv = "csv"
    ucdp_ged = "ucdp-ged"
    acled = "acled"
    geojson = "geojson"
    xlsx = "xlsx"
    parquet = "parquet"
    jsonl = "jsonl"


ROLES = {form: Role.coder if form is Form.jsonl else Role.viewer for form in Form}
"""Whom a format is for: jsonl carries the reports' whole texts and the names of people in them."""
_ENDS = {Form.ucdp_ged: "ucdp-ged.csv", Form.acled: "acled.csv"}
_TYPES = {
    Form.geojson: "application/geo+json", Form.jsonl: "application/jsonl", Form.parquet: "application/vnd.apache.parquet",
    Form.xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


@get("/export", sync_to_thread=True)
def form(request: Asked) -> Page:
    """The form."""
    user = request.user
    forms = [each.value for each in Form if user is not None and user.may(ROLES[each])]
    return page(
        request, "export.html", forms=forms, wanted=filter_of(request.query_params).wanted, groups=GROUPS
    )


@get("/export/file", sync_to_thread=True)
def file(
    request: Asked,
    store: Register,
    format_: Annotated[Form, QueryParameter(name="format")] = Form.csv,
    rule: FromQuery[Rule] = "ucdp",
    hxl: FromQuery[bool] = False,
) -> Response[Any]:
    """The events that a filter lets through, in a format, as a file to keep."""
    user = request.user
    assert isinstance(user, User)  # the guard has seen to it
    if not user.may(ROLES[format_]):
        raise PermissionDeniedException(
            detail=f"{format_} holds whole texts: the role of {ROLES[format_]} is needed"
        )
    wanted = filter_of(request.query_params).wanted
    name = f"sijill.{_ENDS.get(format_, format_.value)}"
    if format_ in (Form.parquet, Form.xlsx):
        return _kept(store, wanted, format_, rule, hxl, name)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Stream(
        _pieces(store, wanted, format_, rule, hxl),
        media_type=_TYPES.get(format_, "text/csv; charset=utf-8"),
        headers=headers,
    )


def _pieces(store: Store, wanted: Filter, form: Form, rule: Rule, hxl: bool) -> Iterator[bytes]:
    if form is Form.csv:
        pieces = write_events_csv(events_table(store, wanted, rule), hxl=hxl)
    elif form is Form.jsonl:
        pieces = write_jsonl(report_records(store, wanted))
    else:
        found = Accounts(store, wanted, rule)
        pieces = writer_of_accounts(form.value)(found, found)
    for piece in pieces:
        yield piece.encode()


def _kept(store: Store, wanted: Filter, form: Form, rule: Rule, hxl: bool, name: str) -> Response[Any]:
    """A format that is written to a file, which goes once it is sent."""
    with tempfile.NamedTemporaryFile(prefix="sijill-", delete=False) as made:
        path = Path(made.name)
    table = events_table(store, wanted, rule)
    if form is Form.parquet:
        parquet.write_table(table, path)
    else:
        write_events_xlsx(table, path, hxl=hxl)
    return File(path, filename=name, media_type=_TYPES[form], background=BackgroundTask(path.unlink))


router = Router(
    path="/", route_handlers=[form, file], guards=[at_least(Role.viewer)], include_in_schema=False
)
