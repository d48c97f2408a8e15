"""The commands that keep a register: what is added, asked, decided and shown to be sound."""

from __future__ import annotations

import getpass
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from sijill.reading.feeds import Asked
    from sijill.reading.fields import ReadError
    from sijill.reading.originals import Item
    from sijill.records import Record, Report
    from sijill.store import AddResult, Filter, Found, Shown, Store

FAILURE, LEFT_OUT = 1, 3

app_register = typer.Typer(help="Keep a register of reports.", no_args_is_help=True, add_completion=False)


class Rule(StrEnum):
    """The counting rules."""

    ucdp = "ucdp"
    acled = "acled"
    airwars = "airwars"


class ExportFormat(StrEnum):
    """The formats that a register is written in."""

    ucdp_ged = "ucdp-ged"
    acled = "acled"
    geojson = "geojson"
    csv = "csv"
    parquet = "parquet"
    jsonl = "jsonl"


Db = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="PLACE",
        help="SQLite file or PostgreSQL URL. Default: SIJILL_DB, else sijill.db.",
        show_default=False,
    ),
]
Who = Annotated[
    str | None, typer.Option("--as", metavar="NAME", help="Who decides. Default: the user who is logged in.")
]
Private = Annotated[
    bool, typer.Option("--allow-private", help="Fetch from private addresses too (a server of your own).")
]
SourceName = Annotated[
    str | None, typer.Option("--source", metavar="NAME", help="Source of reports that don't say their own.")
]
Published = Annotated[
    str | None, typer.Option(metavar="DATE", help="Day of publication of reports that don't say their own.")
]
Language = Annotated[
    str | None, typer.Option(metavar="CODE", help="Language of the reports, where they don't say it.")
]
Link = Annotated[bool, typer.Option("--link/--no-link", help="Tell afterwards which events are one.")]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="Events of this day or later.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Events of this day or earlier.")]
PlaceName = Annotated[
    str | None,
    typer.Option("--place", metavar="NAME", help="A place's name or a part of it, Latin or Arabic."),
]
Country = Annotated[str | None, typer.Option(metavar="CODE", help="Country, ISO 3166-1 alpha-2.")]
Box = Annotated[str | None, typer.Option(metavar="S,W,N,E", help="Within these degrees.")]
Near = Annotated[str | None, typer.Option(metavar="LAT,LON,KM", help="Within this distance.")]
Actor = Annotated[str | None, typer.Option(metavar="ID", help="An actor on either side.")]
Type = Annotated[
    str | None, typer.Option("--type", metavar="TYPE", help="A type, or a group of types, of the codebook.")
]
MinKilled = Annotated[
    int | None, typer.Option(min=0, metavar="N", help="At least so many killed, by the best estimate.")
]
MaxKilled = Annotated[
    int | None, typer.Option(min=0, metavar="N", help="At most so many killed, by the best estimate.")
]
Status = Annotated[str | None, typer.Option(metavar="STATUS", help="reported, claimed or denied.")]
FromSource = Annotated[
    str | None,
    typer.Option("--source", metavar="NAME", help="A house that tells of it, or a name on whose word."),
]
Conflicts = Annotated[
    bool, typer.Option("--conflicts", help="Only where newer rules and people's decisions differ.")
]
Tellings = Annotated[
    bool, typer.Option("--tellings", help="Every report's telling, not the accounts that they make.")
]


def _fail(message: str) -> NoReturn:
    _say(message)
    raise typer.Exit(FAILURE)


def _say(message: str) -> None:
    """One message, one line, on standard error."""
    typer.echo("".join(char if char.isprintable() else " " for char in message), err=True)


@contextmanager
def _told() -> Iterator[None]:
    """What a person can mend is said in one line; anything else is a fault of ours and shows itself."""
    from sijill.store import DecisionError, FilterError, StoreError

    try:
        yield
    except (StoreError, DecisionError, FilterError) as error:
        _fail(str(error))


@contextmanager
def _store(db: str | None) -> Iterator[Store]:
    from sijill.store import Store, location

    with _told(), Store.open(location(db)) as store:
        yield store


def _who(name: str | None) -> str:
    return name or getpass.getuser()


def _coder() -> Callable[[Report], Record]:
    from sijill.coding import code

    return code


@app_register.command()
def init(db: Db = None) -> None:
    """Make a register, or bring an older one up to this version."""
    from sijill.store import Store, location

    with _told(), Store.create(location(db)) as store:
        typer.echo(f"register {store.id} at {store.name}")


@app_register.command()
def add(
    places: Annotated[
        list[str],
        typer.Argument(metavar="PATH|URL...", help='Files, folders, archives, web addresses, or "-".'),
    ],
    db: Db = None,
    source: SourceName = None,
    published: Published = None,
    language: Language = None,
    allow_private: Private = False,
    link: Link = True,
) -> None:
    """Code reports into the register. What is there already is left as it is, so a run that broke off is just run again."""
    from sijill.reading.fields import Defaults, published_day
    from sijill.reading.items import read_items

    try:
        day = published_day(published) if published else None
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--published") from None
    with _store(db) as store:
        found = read_items(places, Defaults(day, source, language), allow_private=allow_private)
        left_out = _add(store, found)
        if link:
            _link(store)
    if left_out:
        raise typer.Exit(LEFT_OUT)


def _add(store: Store, found: Iterator[Item | ReadError]) -> int:
    """Add what is found, say what was left out, and count that."""
    from sijill.reading.fields import ReadError
    from sijill.store import add_reports

    errors = 0

    def readable() -> Iterator[Item]:
        nonlocal errors
        for each in found:
            if isinstance(each, ReadError):
                errors += 1
                _say(str(each))
            else:
                yield each

    result = add_reports(store, readable(), _coder())
    for refused in result.refused:
        _say(f"{refused.id}: {refused.reason}")
    typer.echo(_counted(result), err=True)
    return errors + len(result.refused)


def _counted(result: AddResult) -> str:
    counts = [f"{result.added} added", f"{result.known} known"]
    counts += [f"{result.redacted} redacted before"] if result.redacted else []
    counts += [f"{len(result.refused)} refused"] if result.refused else []
    return ", ".join(counts)


def _link(store: Store) -> None:
    from sijill.store.linking import link_register, pending

    if pending(store):
        made = link_register(store)
        _say(f"{made.events} tellings make {made.accounts} events")


@app_register.command("link")
def link_command(db: Db = None) -> None:
    """Tell anew which of the register's events are one."""
    from sijill.store.linking import link_register

    with _store(db) as store:
        made = link_register(store)
        _say(f"{made.events} tellings make {made.accounts} events")


@app_register.command()
def watch(
    feeds: Annotated[list[str], typer.Argument(metavar="URL...", help="RSS or Atom feeds.")],
    db: Db = None,
    every: Annotated[
        float, typer.Option(min=1, metavar="MINUTES", help="How often a feed is asked at most.")
    ] = 15.0,
    once: Annotated[bool, typer.Option("--once", help="Ask each feed that is due once, and end.")] = False,
    state: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where it is kept what feeds said last.")
    ] = None,
    allow_private: Private = False,
) -> None:
    """Ask feeds politely again and again, and add what is new."""
    import msgspec
    import platformdirs

    from sijill.reading.feeds import Asked

    kept = state or Path(platformdirs.user_state_dir("sijill")) / "feeds.json"
    known: dict[str, Asked] = {}
    if kept.is_file():
        try:
            known = msgspec.json.decode(kept.read_bytes(), type=dict[str, Asked])
        except msgspec.MsgspecError:
            _fail(f"{kept} is not what `sijill watch` keeps there")
    with _store(db) as store:
        while True:
            for url in dict.fromkeys(feeds):
                asked = known.get(url) or Asked(url=url)
                if asked.due(datetime.now(UTC)):
                    known[url] = _ask(store, asked, every * 60, allow_private)
                    kept.parent.mkdir(parents=True, exist_ok=True)
                    half = kept.with_name(kept.name + ".part")
                    half.write_bytes(msgspec.json.encode(known))
                    half.replace(kept)
            waiting = [known[url] for url in feeds if not known[url].gone]
            if once or not waiting:
                return
            soonest = min(datetime.fromisoformat(asked.again) for asked in waiting)
            time.sleep(max(1.0, (soonest - datetime.now(UTC)).total_seconds()))


def _ask(store: Store, asked: Asked, every: float, allow_private: bool) -> Asked:
    """Ask one feed and add what is new. What it said is only remembered once that is added."""
    from sijill.reading.feeds import poll, read_feed
    from sijill.reading.fields import Defaults

    polled = poll(asked, datetime.now(UTC), every=every, allow_private=allow_private)
    if polled.error:
        _say(f"{asked.url}: {polled.error}")
    if polled.content is not None:
        _add(store, read_feed(polled.content, asked.url, Defaults()))
        _link(store)
    return polled.asked


def _numbers(name: str, given: str | None, count: int) -> tuple[float, ...] | None:
    if given is None:
        return None
    try:
        numbers = tuple(float(part) for part in given.split(","))
    except ValueError:
        numbers = ()
    if len(numbers) != count:
        raise typer.BadParameter(f"{count} numbers with commas between them are wanted", param_hint=name)
    return numbers


def _filter(
    since: str | None, until: str | None, place: str | None, country: str | None, box: str | None, near: str | None,
    actor: str | None, kind: str | None, min_killed: int | None, max_killed: int | None, status: str | None,
    source: str | None, conflicts: bool = False, tellings: bool = False,
) -> Filter:  # fmt: skip
    from sijill.store import Filter

    return Filter(
        since=since, until=until, place=place, country=country, box=_numbers("--box", box, 4), near=_numbers("--near", near, 3),  # type: ignore[arg-type]
        actor=actor, type=kind, min_killed=min_killed, max_killed=max_killed, status=status, source=source,
        conflicts=conflicts, tellings=tellings,
    )  # fmt: skip


@app_register.command()
def events(
    db: Db = None, since: Since = None, until: Until = None, place: PlaceName = None, country: Country = None,
    box: Box = None, near: Near = None, actor: Actor = None, kind: Type = None, min_killed: MinKilled = None,
    max_killed: MaxKilled = None, status: Status = None, source: FromSource = None, conflicts: Conflicts = False,
    tellings: Tellings = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000, metavar="N", help="Rows of a page.")] = 100,
    page: Annotated[int, typer.Option(min=1, metavar="N", help="Which page.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:  # fmt: skip
    """List events, newest first. Every filter that is given must hold."""
    import msgspec

    from sijill.store import find_events
    from sijill.store.linking import pending

    wanted = _filter(
        since,
        until,
        place,
        country,
        box,
        near,
        actor,
        kind,
        min_killed,
        max_killed,
        status,
        source,
        conflicts,
        tellings,
    )
    with _store(db) as store:
        found = find_events(store, wanted, limit=limit, offset=(page - 1) * limit)
        if as_json:
            for each in found.events:
                typer.echo(msgspec.json.encode(each).decode())
        else:
            _list(found.events, found.total or 0, found.offset)
        unlinked = pending(store)
        if unlinked:
            _say(f"{unlinked} tellings have come in since the register was last linked: `sijill link`")


def _toll(toll: tuple[int | None, int | None, int | None]) -> str:
    low, best, high = toll
    if best is None:
        return ""
    return str(best) if low == best == high else f"{best} ({low}-{high})"


def _list(found: list[Found], total: int, offset: int) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    widths = {"id": 16, "days": 10, "type": 11, "place": 8, "sides": 13, "killed": 7, "voices": 6}
    for heading, width in widths.items():
        table.add_column(
            heading,
            justify="right" if heading in ("killed", "voices") else "left",
            no_wrap=heading in ("id", "days", "killed", "voices"),
            min_width=width,
        )
    for each in found:
        event = each.event
        days = "\n".join(dict.fromkeys(day for day in (event.start, event.end) if day))
        sides = "\n".join(
            f"{side}: {', '.join(ids)}" for side, ids in (("A", event.side_a), ("B", event.side_b)) if ids
        )
        place = event.place.name if event.place else ""
        mark = " *" if each.conflicts else ""
        kind = event.type.replace("_", " ")
        table.add_row(each.id + mark, days, kind, place, sides, _toll(each.toll), str(each.voices))
    console = Console(highlight=False, markup=False, emoji=False)
    console.print(table)
    last = offset + len(found)
    console.print(f"{offset + 1}-{last} of {total}" if found else f"0 of {total}")


@app_register.command()
def show(
    name: Annotated[str, typer.Argument(metavar="ID", help="An event's id, as `sijill events` lists it.")],
    db: Db = None,
    rule: Annotated[Rule, typer.Option(help="The counting rule.")] = Rule.ucdp,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False,
) -> None:
    """Show an event: its toll, every claim with its source and time, the words, and what people decided."""
    import msgspec

    from sijill import store as stores

    with _store(db) as store:
        shown = stores.show(store, name)
        if as_json:
            typer.echo(msgspec.json.encode(shown).decode())
        else:
            _show(shown, rule)


def _show(shown: Shown, rule: Rule) -> None:
    from sijill.ledger.counting import estimates

    account = shown.account
    if account:
        place = account.place.name if account.place else "place unknown"
        typer.echo(
            f"{account.id}  {account.type}, {account.status}, {account.start or '?'} to {account.end or '?'}, {place}"
        )
        typer.echo(
            f"  {', '.join(account.side_a) or '?'} / {', '.join(account.side_b) or '?'}; {len(account.voices)} voices"
        )
        for found in estimates(account.claims, rule.value):
            typer.echo(
                f"  {found.outcome} {found.side}: {found.best} (low {found.low}, high {found.high}; {found.rule})"
            )
        for contradiction in account.contradictions:
            values = "; ".join(f"{value} ({len(voices)})" for value, voices in contradiction.values)
            typer.echo(f"  tellers differ on {contradiction.field}: {values}")
    for telling in shown.tellings:
        report, part = telling.report, telling.part
        typer.echo(
            f"\n{part.id}  {report.source or 'no source'}, {report.published or 'no date'}, {part.review}"
        )
        typer.echo(f"  from {telling.origin or '(redacted)'}  sha256 {telling.sha256}")
        for field, words in telling.words.items():
            typer.echo(f"  {field}: {' | '.join(words)}")
        for conflict in part.conflicts:
            typer.echo(f"  conflict on {conflict.path or 'the whole'}: {conflict.why} ({conflict.who})")
    for decision in shown.decisions:
        typer.echo(f"\n{decision.decided_at}  {decision.who}: {decision.what}  {decision.hash[:16]}")


@app_register.command()
def control(
    place: Annotated[
        str, typer.Argument(metavar="PLACE", help="A place's name or a part of it, Latin or Arabic.")
    ],
    db: Db = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="Only who held it on this day.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a place.")] = False,
) -> None:
    """Show who held a place from when to when, and on whose word."""
    import msgspec

    from sijill.reading.fields import published_day
    from sijill.store.linking import control_timelines

    try:
        day = published_day(on) if on else None
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--on") from None
    with _store(db) as store:
        found = control_timelines(store, place)
    if not found:
        _fail(f"nobody tells that {place} changed hands")
    for timeline in found:
        if as_json:
            typer.echo(msgspec.json.encode(timeline).decode())
            continue
        typer.echo(f"{timeline.place.name}, {timeline.place.country or '?'}")
        spells = [timeline.on(day)] if day else list(timeline.spells)
        for spell in filter(None, spells):
            holders = ", ".join(spell.holders) or "nobody known"
            houses = ", ".join(dict.fromkeys(claim.house for claim in spell.words)) or "implied"
            typer.echo(f"  {spell.start or '?'} to {spell.end or 'now'}: {holders} ({spell.state}; {houses})")


@app_register.command()
def export(
    form: Annotated[ExportFormat, typer.Option("--format", help="The format.")],
    db: Db = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write here instead of standard output.")] = None,
    rule: Annotated[Rule, typer.Option(help="The counting rule.")] = Rule.ucdp,
    hxl: Annotated[bool, typer.Option("--hxl", help="A row of HXL hashtags under the headings (csv).")] = False,
    since: Since = None, until: Until = None, place: PlaceName = None, country: Country = None, box: Box = None,
    near: Near = None, actor: Actor = None, kind: Type = None, min_killed: MinKilled = None, max_killed: MaxKilled = None,
    status: Status = None, source: FromSource = None, conflicts: Conflicts = False, tellings: Tellings = False,
) -> None:  # fmt: skip
    """Write events out: accounts with their toll by the rule; as jsonl, the reports as they stand."""
    wanted = _filter(
        since,
        until,
        place,
        country,
        box,
        near,
        actor,
        kind,
        min_killed,
        max_killed,
        status,
        source,
        conflicts,
        tellings,
    )
    if form is ExportFormat.parquet and output is None:
        raise typer.BadParameter("Parquet is written to a file", param_hint="--output")
    with _store(db) as store:
        if form is ExportFormat.parquet:
            import pyarrow.parquet as parquet

            from sijill.store import events_table

            assert output is not None
            parquet.write_table(events_table(store, wanted), output)
        elif form is ExportFormat.csv:
            from sijill.export.register_csv import write_events_csv
            from sijill.store import events_table

            _write(write_events_csv(events_table(store, wanted), hxl=hxl), output)
        else:
            from sijill.export import writer
            from sijill.store.outward import account_records, report_records

            records = (
                report_records(store, wanted)
                if form is ExportFormat.jsonl
                else account_records(store, wanted, rule.value)
            )
            _write(writer(form.value)(records), output)


def _write(pieces: Iterator[str], output: Path | None) -> None:
    if output is None:
        for piece in pieces:
            sys.stdout.buffer.write(piece.encode())
        sys.stdout.buffer.flush()
        return
    half = output.with_name(output.name + ".part")
    try:
        with half.open("wb") as file:
            for piece in pieces:
                file.write(piece.encode())
        half.replace(output)
    except OSError as error:
        _fail(f"{output}: {error.strerror or error}")
    finally:
        half.unlink(missing_ok=True)


@app_register.command()
def verify(db: Db = None) -> None:
    """Recompute every hash and walk the chain of decisions. The head noted down elsewhere shows later cuts."""
    from sijill import store as stores

    with _store(db) as store:
        found = stores.verify(store)
    for problem in found.problems:
        _say(f"{problem.table} {problem.row}: {problem.message}")
    typer.echo(
        f"register {found.register}: {found.originals} originals, {found.reports} reports, {found.records} records, "
        f"{found.decisions} decisions, {found.redacted} redacted; head {found.head}"
    )
    if found.problems:
        _fail(f"{len(found.problems)} problems")


@app_register.command()
def backup(target: Annotated[Path, typer.Argument(metavar="FILE")], db: Db = None) -> None:
    """Write a consistent copy into a new file, also while the register is in use."""
    from sijill import store as stores

    with _store(db) as store:
        typer.echo(stores.backup(store, target))


@app_register.command()
def restore(
    source: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False)], db: Db = None
) -> None:
    """Make a register, where there is none yet, from a backup that verifies."""
    from sijill import store as stores

    with _told(), stores.restore(source, stores.location(db)) as store:
        typer.echo(f"register {store.id} at {store.name}")


@app_register.command()
def merge(
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The other register: a file or a URL.")],
    db: Db = None,
    who: Who = None,
    link: Link = True,
) -> None:
    """Take over what another register has and this one hasn't; what either has redacted is redacted here."""
    from sijill.store import Store, union

    with _store(db) as store, Store.open(other) as there:
        result = union(store, there, _who(who))
        typer.echo(
            f"{result.reports} reports, {result.records} records, {result.decisions} decisions, {result.redacted} redacted",
            err=True,
        )
        if link:
            _link(store)


@app_register.command()
def redact(
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why; it stays in the chain of decisions.")],
    report: Annotated[str | None, typer.Option(metavar="ID", help="A whole report.")] = None,
    name: Annotated[
        str | None,
        typer.Option(metavar="NAME", help='A person\'s name, everywhere; "-" reads it from standard input.'),
    ] = None,
    db: Db = None,
    who: Who = None,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask whether it is meant.")] = False,
) -> None:
    """Take a report or a name out for someone's safety. It can't be undone, and older backups still hold it."""
    from sijill.store import redact_name, redact_report

    if (report is None) == (name is None):
        raise typer.BadParameter("either --report or --name is wanted")
    if name == "-":
        name = sys.stdin.readline().strip()
    if not yes:
        typer.confirm("This can't be undone. Go on?", abort=True)
    with _store(db) as store:
        if report is not None:
            typer.echo(redact_report(store, report, _who(who), reason))
        elif name is not None:
            typer.echo(redact_name(store, name, _who(who), reason))
        _link(store)


@app_register.command()
def recode(db: Db = None, link: Link = True) -> None:
    """Read every report anew with the rules of this version; people's decisions are kept."""
    from sijill import store as stores

    with _store(db) as store:
        result = stores.recode(store, _coder())
        for refused in result.refused:
            _say(f"{refused.id}: {refused.reason}")
        typer.echo(f"{result.recoded} read anew, {result.conflicts} conflicts with decisions", err=True)
        if link:
            _link(store)
    if result.refused:
        raise typer.Exit(LEFT_OUT)
