"""The commands by which reports come into a register: `init`, `add`, `watch`, `link`, `recode`."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sijill.cli.common import LEFT_OUT, Db, Link, SourceName, coder, fail, opened, say, told

if TYPE_CHECKING:
    from sijill.reading.feeds import Asked
    from sijill.reading.fields import ReadError
    from sijill.reading.originals import Item
    from sijill.store import AddResult, Store

commands = typer.Typer()

Private = Annotated[
    bool, typer.Option("--allow-private", help="Fetch from private addresses too (a server of your own).")
]
Published = Annotated[
    str | None, typer.Option(metavar="DATE", help="Day of publication of reports that don't say their own.")
]
Language = Annotated[
    str | None, typer.Option(metavar="CODE", help="Language of the reports, where they don't say it.")
]


@commands.command()
def init(db: Db = None) -> None:
    """Make a register, or bring an older one up to this version."""
    from sijill.store import Store, location

    with told(), Store.create(location(db)) as store:
        typer.echo(f"register {store.id} at {store.name}")


@commands.command()
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
    with opened(db) as store:
        found = read_items(places, Defaults(day, source, language), allow_private=allow_private)
        since = settled(store)
        left_out = add_found(store, found)
        if link:
            link_new(store, since)
    if left_out:
        raise typer.Exit(LEFT_OUT)


def add_found(store: Store, found: Iterator[Item | ReadError]) -> int:
    """Add what is found, say what was left out, and count that."""
    from sijill.reading.fields import ReadError
    from sijill.store import add_reports

    errors = 0

    def readable() -> Iterator[Item]:
        nonlocal errors
        for each in found:
            if isinstance(each, ReadError):
                errors += 1
                say(str(each))
            else:
                yield each

    result = add_reports(store, readable(), coder())
    for refused in result.refused:
        say(f"{refused.id}: {refused.reason}")
    typer.echo(_counted(result), err=True)
    return errors + len(result.refused)


def _counted(result: AddResult) -> str:
    counts = [f"{result.added} added", f"{result.known} known"]
    counts += [f"{result.redacted} redacted before"] if result.redacted else []
    counts += [f"{len(result.refused)} refused"] if result.refused else []
    return ", ".join(counts)


def settled(store: Store) -> str | None:
    """This moment, where nothing waits to be linked; else None."""
    from sijill.store import link_added

    return link_added.settled(store)


def link_new(store: Store, since: str | None = None) -> None:
    """Make accounts of what waits to be linked, since a moment at which nothing did or all, and say how many."""
    from sijill.store import link_added

    made = link_added.link_new(store, since)
    if made is not None:
        say(f"{made.events} tellings make {made.accounts} events")


@commands.command("link")
def link_command(db: Db = None) -> None:
    """Tell anew which of the register's events are one."""
    from sijill.store.linking import link_register

    with opened(db) as store:
        made = link_register(store)
        say(f"{made.events} tellings make {made.accounts} events")


@commands.command()
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
            fail(f"{kept} is not what `sijill watch` keeps there")
    with opened(db) as store:
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
        say(f"{asked.url}: {polled.error}")
    if polled.content is not None:
        since = settled(store)
        add_found(store, read_feed(polled.content, asked.url, Defaults()))
        link_new(store, since)
    return polled.asked


@commands.command()
def recode(db: Db = None, link: Link = True) -> None:
    """Read every report anew with the rules of this version; people's decisions are kept."""
    from sijill import store as stores

    with opened(db) as store:
        result = stores.recode(store, coder())
        for refused in result.refused:
            say(f"{refused.id}: {refused.reason}")
        typer.echo(f"{result.recoded} read anew, {result.conflicts} conflicts with decisions", err=True)
        if link:
            link_new(store)
    if result.refused:
        raise typer.Exit(LEFT_OUT)
