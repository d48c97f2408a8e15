"""Export: the formats of `sijill export`, by the same filters, as the role allows."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from litestar import Response, Router, get
from litestar.background_tasks import BackgroundTask
from litestar.exceptions import PermissionDeniedException
from litestar.params import FromQuery, QueryParameter
from litestar.response import File, Stream

from sijill.export import writer
from sijill.export.register_csv import write_events_csv
from sijill.ledger.accounts import Rule
from sijill.records import GROUPS
from sijill.store import Filter, Store, events_table
from sijill.store.outward import account_records, report_records
from sijill.workbench.context import Asked, Page, Register, page
from sijill.workbench.form_filters import filter_of
from sijill.workbench.roles import Role, User, at_least


class Form(StrEnum):
    """The formats."""

    csv = "csv"
    ucdp_ged = "ucdp-ged"
    acled = "acled"
    geojson = "geojson"
    parquet = "parquet"
    jsonl = "jsonl"


ROLES = {form: Role.coder if form is Form.jsonl else Role.viewer for form in Form}
"""Whom a format is for: jsonl carries the reports' whole texts and the names of people in them."""
_ENDS = {Form.ucdp_ged: "ucdp-ged.csv", Form.acled: "acled.csv"}
_TYPES = {
    Form.geojson: "application/geo+json", Form.jsonl: "application/jsonl", Form.parquet: "application/vnd.apache.parquet",
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
    if format_ is Form.parquet:
        return _parquet(store, wanted, name)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Stream(
        _pieces(store, wanted, format_, rule, hxl),
        media_type=_TYPES.get(format_, "text/csv; charset=utf-8"),
        headers=headers,
    )


def _pieces(store: Store, wanted: Filter, form: Form, rule: Rule, hxl: bool) -> Iterator[bytes]:
    if form is Form.csv:
        pieces = write_events_csv(events_table(store, wanted), hxl=hxl)
    else:
        jsonl = form is Form.jsonl
        records = report_records(store, wanted) if jsonl else account_records(store, wanted, rule)
        pieces = writer(form.value)(records)
    for piece in pieces:
        yield piece.encode()


def _parquet(store: Store, wanted: Filter, name: str) -> Response[Any]:
    import pyarrow.parquet as parquet

    with tempfile.NamedTemporaryFile(prefix="sijill-", suffix=".parquet", delete=False) as made:
        path = Path(made.name)
    parquet.write_table(events_table(store, wanted), path)
    return File(path, filename=name, media_type=_TYPES[Form.parquet], background=BackgroundTask(path.unlink))


router = Router(
    path="/", route_handlers=[form, file], guards=[at_least(Role.viewer)], include_in_schema=False
)
