"""`export`: events as the formats of the field have them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from sijill.cli.common import Db, Output, Rule, opened, write
from sijill.cli.filters import filtered

if TYPE_CHECKING:
    from sijill.store import Filter

commands = typer.Typer()


class ExportFormat(StrEnum):
    """The formats that a register is written in."""

    ucdp_ged = "ucdp-ged"
    acled = "acled"
    geojson = "geojson"
    csv = "csv"
    parquet = "parquet"
    jsonl = "jsonl"


@commands.command()
@filtered
def export(
    wanted: Filter,
    form: Annotated[ExportFormat, typer.Option("--format", help="The format.")],
    db: Db = None,
    output: Output = None,
    rule: Annotated[Rule, typer.Option(help="The counting rule.")] = Rule.ucdp,
    hxl: Annotated[
        bool, typer.Option("--hxl", help="A row of HXL hashtags under the headings (csv).")
    ] = False,
) -> None:
    """Write events out: accounts with their toll by the rule; as jsonl, the reports as they stand."""
    if form is ExportFormat.parquet and output is None:
        raise typer.BadParameter("Parquet is written to a file", param_hint="--output")
    with opened(db) as store:
        if form is ExportFormat.parquet:
            import pyarrow.parquet as parquet

            from sijill.store import events_table

            assert output is not None
            parquet.write_table(events_table(store, wanted), output)
        elif form is ExportFormat.csv:
            from sijill.export.register_csv import write_events_csv
            from sijill.store import events_table

            write(write_events_csv(events_table(store, wanted), hxl=hxl), output)
        else:
            from sijill.export import writer
            from sijill.store.outward import account_records, report_records

            records = (
                report_records(store, wanted)
                if form is ExportFormat.jsonl
                else account_records(store, wanted, rule.value)
            )
            write(writer(form.value)(records), output)
