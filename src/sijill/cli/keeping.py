"""The commands of custody: what is kept is sound, copied, united, and where a life depends on it redacted."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from sijill.cli.adding import link_new
from sijill.cli.common import Db, Link, Who, fail, opened, person, say, told

commands = typer.Typer()


@commands.command()
def verify(db: Db = None) -> None:
    """Recompute every hash and walk the chain of decisions. The head noted down elsewhere shows later cuts."""
    from sijill import store as stores

    with opened(db) as store:
        found = stores.verify(store)
    for problem in found.problems:
        say(f"{problem.table} {problem.row}: {problem.message}")
    typer.echo(
        f"register {found.register}: {found.originals} originals, {found.reports} reports, {found.records} records, "
        f"{found.decisions} decisions, {found.redacted} redacted; head {found.head}"
    )
    if found.problems:
        fail(f"{len(found.problems)} problems")


@commands.command()
def backup(target: Annotated[Path, typer.Argument(metavar="FILE")], db: Db = None) -> None:
    """Write a consistent copy into a new file, also while the register is in use."""
    from sijill import store as stores

    with opened(db) as store:
        typer.echo(stores.backup(store, target))


@commands.command()
def restore(
    source: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False)], db: Db = None
) -> None:
    """Make a register, where there is none yet, from a backup that verifies."""
    from sijill import store as stores

    with told(), stores.restore(source, stores.location(db)) as store:
        typer.echo(f"register {store.id} at {store.name}")


@commands.command()
def merge(
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The other register: a file or a URL.")],
    db: Db = None,
    who: Who = None,
    link: Link = True,
) -> None:
    """Take over what another register has and this one hasn't; what either has redacted is redacted here."""
    from sijill.store import Store, union

    with opened(db) as store, Store.open(other) as there:
        result = union(store, there, person(who))
        typer.echo(
            f"{result.reports} reports, {result.records} records, {result.decisions} decisions, {result.redacted} redacted",
            err=True,
        )
        if link:
            link_new(store)


@commands.command()
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
    with opened(db) as store:
        if report is not None:
            typer.echo(redact_report(store, report, person(who), reason))
        elif name is not None:
            typer.echo(redact_name(store, name, person(who), reason))
        link_new(store)
