"""The commands that read reports and write records, and need no register."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sijill.cli.common import LEFT_OUT, Output, Rule, SourceName, fail, say, write

if TYPE_CHECKING:
    from rich.progress import Progress

    from sijill.reading.fields import Located, ReadError
    from sijill.records import Record

_PROGRESS_AFTER = 2.0
"""Seconds that a run takes before it shows how far it is."""

commands = typer.Typer()


class Format(StrEnum):
    """The formats that records are written in."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"
    geojson = "geojson"
    ucdp_ged = "ucdp-ged"
    acled = "acled"


class ExplainFormat(StrEnum):
    """How a record is explained."""

    terminal = "terminal"
    html = "html"


_BY_SUFFIX = {
    ".jsonl": Format.jsonl, ".ndjson": Format.jsonl, ".csv": Format.csv, ".geojson": Format.geojson, ".json": Format.geojson,
}  # fmt: skip

Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATH...", help='Files, folders, or "-" for standard input.', show_default=False),
]
Published = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Day of publication (YYYY-MM-DD) of reports that don't say their own."),
]
Language = Annotated[
    str | None,
    typer.Option(metavar="CODE", help='Language of the reports ("ar", "en"); otherwise told from the text.'),
]


class EngineName(StrEnum):
    """Where reports are coded."""

    local = "local"
    spark = "spark"


Example = Annotated[bool, typer.Option("--example", help="Code the report that ships.")]


@commands.command()
def code(
    paths: Paths = None,
    published: Published = None,
    source: SourceName = None,
    language: Language = None,
    form: Annotated[
        Format | None, typer.Option("--format", help="Default: by the suffix of FILE, else table.")
    ] = None,
    output: Output = None,
    workers: Annotated[int, typer.Option(min=1, max=256, metavar="N", help="Processes that code.")] = 1,
    example: Example = False,
    engine_name: Annotated[
        EngineName,
        typer.Option(
            "--engine",
            help="This machine, or Spark: then PATH... is INPUT... OUTPUT, and OUTPUT a folder of Parquet tables.",
        ),
    ] = EngineName.local,
    rule: Annotated[Rule, typer.Option(help="Spark: the rule that counts the accounts.")] = Rule.ucdp,
    link: Annotated[bool, typer.Option("--link/--no-link", help="Spark: tell which events are one.")] = True,
) -> None:
    """Code reports: plain text, HTML, JSONL, CSV, Parquet, folders of them, or standard input."""
    if engine_name is EngineName.spark:
        from sijill.cli.cluster import code_on_spark

        if output is not None or form is not None or example or workers > 1:
            raise typer.BadParameter(
                "takes none of --output, --format, --workers and --example", param_hint="--engine spark"
            )
        code_on_spark(paths or [], published, source, language, rule.value if link else None)
        return
    from sijill.engines import ManyProcesses, OneProcess

    form = form or (_BY_SUFFIX.get(output.suffix.lower(), Format.table) if output else Format.table)
    items = _items(paths, published, source, language, example)
    engine = ManyProcesses(workers) if workers > 1 else OneProcess()
    run = _Run(engine.code(items), quiet=output is None and sys.stdout.isatty())
    if form is Format.table and output is None and sys.stdout.isatty():
        _show(run.records())
    else:
        from sijill.export import writer

        write(writer(form.value)(run.records()), output)
    run.finish()


@commands.command()
def explain(
    paths: Paths = None,
    published: Published = None,
    source: SourceName = None,
    language: Language = None,
    form: Annotated[
        ExplainFormat, typer.Option("--format", help="On the terminal, or as an HTML page.")
    ] = ExplainFormat.terminal,
    output: Output = None,
    example: Example = False,
) -> None:
    """Show the text with its evidence marked, for each field the words and the rules that gave it, and what the models
    weighed."""
    from rich.console import Console

    from sijill.engines import OneProcess
    from sijill.export.explained import decisions_of, explained, write_page

    run = _Run(OneProcess().code(_items(paths, published, source, language, example)), quiet=output is None)
    if form is ExplainFormat.html:
        write(write_page((record, decisions_of(record)) for record in run.records()), output)
    elif output is not None:
        write(_plain(explained(record, decisions_of(record)) for record in run.records()), output)
    else:
        console = Console(highlight=False, emoji=False)
        for record in run.records():
            console.print(explained(record, decisions_of(record)))
    run.finish()


@commands.command()
def evaluate(
    predictions: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Records, one a line.")],
    gold: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Gold records, one a line.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as one JSON object.")] = False,
    errors: Annotated[int, typer.Option(min=0, metavar="N", help="Print this many of the errors.")] = 0,
) -> None:
    """Measure records against gold ones: precision, recall and F1 of events, and what is right in them."""
    import json

    from rich.console import Console

    from sijill.evaluation.score import score
    from sijill.evaluation.scored import read_scored
    from sijill.evaluation.shown import score_table

    try:
        found = score(read_scored(predictions), read_scored(gold))
    except ValueError as error:
        fail(str(error))
    if as_json:
        typer.echo(json.dumps(found.as_json()))
    else:
        Console(highlight=False).print(score_table(found))
    for line in found.errors[:errors]:
        typer.echo(f"  {line}", err=True)


@commands.command()
def schema() -> None:
    """Print the JSON Schema of a record."""
    import json

    from sijill.records import json_schema

    typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


def _items(
    paths: list[str] | None, published: str | None, source: str | None, language: str | None, example: bool
) -> Iterator[Located | ReadError]:
    """What the paths hold. Raises a usage error for a path that isn't there, a bad date, or nothing to read."""
    from sijill.reading import published_day, read_located

    if example:
        return iter([_example()])
    try:
        published = published_day(published) if published is not None else None
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--published") from None
    if not paths:
        if sys.stdin is None or sys.stdin.isatty() or not _waiting():
            raise typer.BadParameter('give files or folders, or "-" for standard input', param_hint="PATH")
        paths = ["-"]
    for path in paths:
        if path != "-" and not os.path.exists(path):
            raise typer.BadParameter(f"{path!r} does not exist", param_hint="PATH")
    return read_located(paths, published, source, language)


def _waiting() -> bool:
    """Whether standard input holds anything (waits until it does, or ends)."""
    peek = getattr(sys.stdin.buffer, "peek", None)
    return peek is None or bool(peek(1))


def _example() -> Located:
    """The report that ships: its text, and beside it what else a report says of itself."""
    from sijill.reading.fields import Defaults, Located, report_from
    from sijill.reading.tables import parse_json
    from sijill.rules.knowledge import KNOWLEDGE

    path = KNOWLEDGE / "examples" / "report-ar.txt"
    cells = {**parse_json(path.with_suffix(".json").read_bytes()), "text": path.read_text(encoding="utf-8")}
    return Located(path.name, None, report_from(cells, path.stem, Defaults()))


class _Run:
    """A run's results: records go on, reports that were left out are said and counted."""

    def __init__(self, results: Iterable[Record | ReadError], quiet: bool) -> None:
        self._results = results
        self._quiet = quiet or not sys.stderr.isatty()
        self.left_out = 0

    def records(self) -> Iterator[Record]:
        """The records, as they come. A long run shows its progress on standard error, where that is a terminal and the
        results don't go to it too."""
        from sijill.records import Record

        progress: Progress | None = None
        began = time.monotonic()
        try:
            for done, result in enumerate(self._results, 1):
                if not self._quiet and progress is None and time.monotonic() - began > _PROGRESS_AFTER:
                    progress = _progress()
                if progress is not None:
                    progress.update(progress.task_ids[0], completed=done)
                if isinstance(result, Record):
                    yield result
                else:
                    self.left_out += 1
                    say(str(result), progress)
        finally:
            if progress is not None:
                progress.stop()

    def finish(self) -> None:
        """End with the status that says whether any report was left out."""
        if self.left_out:
            raise typer.Exit(LEFT_OUT)


def _progress() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("coding"), BarColumn(), TextColumn("{task.completed} reports"), TimeElapsedColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    progress.add_task("coding", total=None)
    progress.start()
    return progress


def _show(records: Iterable[Record]) -> None:
    from rich.console import Console

    from sijill.export.table import table_of

    console = Console(highlight=False, emoji=False)
    for record in records:
        console.print(table_of(record))


def _plain(renderables: Iterable[object]) -> Iterator[str]:
    from rich.console import Console

    for renderable in renderables:
        console = Console(width=120, no_color=True, force_terminal=False, highlight=False, emoji=False)
        with console.capture() as captured:
            console.print(renderable)
        yield captured.get()
