"""The commands that show what a register holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sijill.cli.common import AsJson, Db, Rule, fail, opened, say
from sijill.cli.filters import filtered

if TYPE_CHECKING:
    from sijill.store import Filter, Found, Shown

commands = typer.Typer()


@commands.command()
@filtered
def events(
    wanted: Filter,
    db: Db = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, metavar="N", help="Rows of a page.")] = 100,
    page: Annotated[int, typer.Option(min=1, metavar="N", help="Which page.")] = 1,
    as_json: AsJson = False,
) -> None:
    """List events, newest first. Every filter that is given must hold."""
    import msgspec

    from sijill.store import find_events
    from sijill.store.linking import pending

    with opened(db) as store:
        found = find_events(store, wanted, limit=limit, offset=(page - 1) * limit)
        if as_json:
            for each in found.events:
                typer.echo(msgspec.json.encode(each).decode())
        else:
            _list(found.events, found.total or 0, found.offset)
        unlinked = pending(store)
        if unlinked:
            say(f"{unlinked} tellings have come in since the register was last linked: `sijill link`")


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


@commands.command()
def show(
    name: Annotated[str, typer.Argument(metavar="ID", help="An event's id, as `sijill events` lists it.")],
    db: Db = None,
    rule: Annotated[Rule, typer.Option(help="The counting rule.")] = Rule.ucdp,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False,
) -> None:
    """Show an event: its toll, every claim with its source and time, the words, and what people decided."""
    import msgspec

    from sijill import store as stores

    with opened(db) as store:
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


@commands.command()
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
    with opened(db) as store:
        found = control_timelines(store, place)
    if not found:
        fail(f"nobody tells that {place} changed hands")
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


@commands.command()
def tallies(
    db: Db = None,
    rule: Annotated[Rule, typer.Option(help="The counting rule.")] = Rule.ucdp,
    as_json: AsJson = False,
) -> None:
    """Show each total that a report gives beside the sum of the events that it covers, and the difference."""
    import msgspec

    from sijill.store.linking import tallies_checked

    with opened(db) as store:
        found = tallies_checked(store, rule.value)
    for each in found:
        if as_json:
            typer.echo(msgspec.json.encode(each).decode())
            continue
        place = each.place.name if each.place else "no place"
        of = f" of {', '.join(each.actor)}" if each.actor else ""
        said = "in words only" if each.said is None else str(each.said)
        apart = "" if each.difference is None else f"; difference {each.difference:+d}"
        typer.echo(
            f"{each.record[:16]}.t{each.tally}  {each.since or '?'} to {each.until or '?'}, {place}: {each.outcome}{of} {said}; "
            f"{len(each.accounts)} events come to {each.best} (low {each.low}, high {each.high}; {rule.value}){apart}"
        )


@commands.command()
def sources(db: Db = None, as_json: AsJson = False) -> None:
    """List the houses and names on whose word the register stands, with what people set about them."""
    import msgspec

    from sijill.store.sources import known_sources

    with opened(db) as store:
        found = known_sources(store)
    for each in found:
        if as_json:
            typer.echo(msgspec.json.encode(each).decode())
            continue
        set_ = [f"{name} {value}" for name, value in msgspec.structs.asdict(each.setting).items() if value]
        told = [
            f"{each.reports} reports, {each.independent} of its own" if each.reports else "",
            f"quoted {each.quoted} times ({', '.join(each.kinds)})" if each.quoted else "",
            f"set: {', '.join(set_)}" if set_ else "",
        ]
        typer.echo(f"{each.name}: {'; '.join(filter(None, told))}")


@commands.command()
def people(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="A name in either script. Default: everybody.")
    ] = None,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """List the persons that reports name, one for all spellings, with what is said of them and where."""
    import msgspec

    from sijill.store.linking import known_people

    with opened(db) as store:
        found = known_people(store, name)
    for each in found:
        if as_json:
            typer.echo(msgspec.json.encode(each).decode())
            continue
        typer.echo(f"{' = '.join(each.names)}  {', '.join((*each.roles, *each.affiliation))}")
        for fate, reports in each.fates:
            typer.echo(f"  {fate}: {', '.join(report[:16] for report in reports)}")
