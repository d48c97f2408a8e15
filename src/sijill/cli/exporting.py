"""`export`: events as the formats of the field have them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from sijill.cli.common import Db, Output, Rule, opened, write
from sijill.cli.filters import filtered

if TYPE_CHECKING:
    from pathlib import Path

    from sijill.ledger.accounts import Rule as CountingRule
    from sijill.store import Filter, Store

commands = typer.Typer()


class ExportFormat(StrEnum):
    """The formats that a register is written in."""

    ucdp_ged = "ucdp-ged"
    acled = "acled"
    geojson = "geojson"
    csv = "csv"
    xlsx = "xlsx"
    parquet = "parquet"
    jsonl = "jsonl"


_FILES_ONLY = (ExportFormat.parquet, ExportFormat.xlsx)


@commands.command()
@filtered
def export(
    wanted: Filter,
    form: Annotated[ExportFormat, typer.Option("--format", help="The format.")],
    db: Db = None,
    output: Output = None,
    rule: Annotated[
        Rule | None, typer.Option(help="The counting rule. Default: acled for acled, else ucdp.")
    ] = None,
    hxl: Annotated[
        bool, typer.Option("--hxl", help="A row of HXL hashtags under the headings (csv, xlsx).")
    ] = False,
) -> None:
    """Write events out: accounts with low, best and high by the rule; as jsonl, the reports as they stand."""
    if form in _FILES_ONLY and output is None:
        raise typer.BadParameter(f"{form.value} is written to a file", param_hint="--output")
    own: CountingRule = "acled" if form is ExportFormat.acled else "ucdp"
    with opened(db) as store:
        _export(store, wanted, form, output, rule.value if rule else own, hxl)


def _export(
    store: Store, wanted: Filter, form: ExportFormat, output: Path | None, rule: CountingRule, hxl: bool
) -> None:
    from sijill.store import events_table
    from sijill.store.outward import Accounts, report_records

    if form is ExportFormat.parquet and output is not None:
        import pyarrow.parquet as parquet

        parquet.write_table(events_table(store, wanted, rule), output)
    elif form is ExportFormat.xlsx and output is not None:
        from sijill.export.register_csv import write_events_xlsx

        write_events_xlsx(events_table(store, wanted, rule), output, hxl=hxl)
    elif form is ExportFormat.csv:
        from sijill.export.register_csv import write_events_csv

        write(write_events_csv(events_table(store, wanted, rule), hxl=hxl), output)
    elif form is ExportFormat.jsonl:
        from sijill.export.jsonl import write_jsonl

        write(write_jsonl(report_records(store, wanted)), output)
    else:
        from sijill.export.formats import writer_of_accounts

        found = Accounts(store, wanted, rule)
        write(writer_of_accounts(form.value)(found, found), output)
