"""The commands by which people decide: parts are accepted, corrected, rejected, events joined and split, sources judged."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sijill.cli.common import Db, Link, Who, fail, opened, person, say

if TYPE_CHECKING:
    from sijill.store import Store
    from sijill.store.link_added import Standing

commands = typer.Typer()

Part = Annotated[
    str,
    typer.Argument(
        metavar="ID", help="An event, tally, control change or person, as `sijill show` names it (9f86….e0)."
    ),
]
Events = Annotated[
    list[str], typer.Argument(metavar="ID...", help="Events, as `sijill events` or `sijill show` name them.")
]
Reason = Annotated[str | None, typer.Option(metavar="TEXT", help="Why; it stays in the chain of decisions.")]


@commands.command()
def accept(part: Part, db: Db = None, who: Who = None) -> None:
    """Say that a part is right as it stands; newer rules don't change it any more."""
    from sijill import store as stores

    with opened(db) as store:
        before = _standing(store, [part])
        _decided(store, stores.accept(store, part, person(who)), before)


@commands.command()
def correct(
    part: Part,
    field: Annotated[
        str, typer.Argument(metavar="FIELD", help="Such as type, place.name, side_a or casualties[0].n.")
    ],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="Text, or JSON: 12, null, '[\"is\"]'.")],
    db: Db = None,
    who: Who = None,
) -> None:
    """Set one field of a part. The correction stands over whatever newer rules read."""
    from sijill import store as stores

    with opened(db) as store:
        before = _standing(store, [part])
        _decided(store, stores.correct(store, part, field, _value(value), person(who)), before)


def _value(given: str) -> Any:
    """JSON as what it says, anything else as text."""
    import msgspec

    try:
        return msgspec.json.decode(given)
    except msgspec.DecodeError:
        return given


@commands.command()
def reject(part: Part, reason: Reason = None, db: Db = None, who: Who = None) -> None:
    """Say that a part doesn't belong in the register."""
    from sijill import store as stores

    with opened(db) as store:
        before = _standing(store, [part])
        _decided(store, stores.reject(store, part, person(who), reason), before)


@commands.command()
def join(events: Events, reason: Reason = None, db: Db = None, who: Who = None, link: Link = True) -> None:
    """Say that these are one and the same event."""
    from sijill import store as stores

    with opened(db) as store:
        tellings = sorted({telling for name in events for telling in _tellings(store, name)})
        before = _standing(store, tellings)
        _decided(store, stores.merge_events(store, tellings, person(who), reason), before if link else None)


@commands.command()
def split(
    events: Events,
    others: Annotated[
        list[str] | None,
        typer.Option("--from", metavar="ID", help="What they are not. Default: all others of their account."),
    ] = None,
    reason: Reason = None,
    db: Db = None,
    who: Who = None,
    link: Link = True,
) -> None:
    """Say that these tellings are not the event that the others of their account tell of."""
    from sijill import store as stores

    with opened(db) as store:
        apart = {telling for name in events for telling in _tellings(store, name)}
        if others:
            rest = {telling for name in others for telling in _tellings(store, name)}
        else:
            rest = _kin(store, sorted(apart)) - apart
        if not rest:
            fail("nothing else is told in that account: name tellings of it, or give --from")
        before = _standing(store, sorted(apart | rest))
        decision = stores.split_events(store, sorted(apart), sorted(rest), person(who), reason)
        _decided(store, decision, before if link else None)


@commands.command()
def undo(
    decision: Annotated[
        str,
        typer.Argument(
            metavar="HASH", help="A decision's hash or the start of it, as `sijill history` has it."
        ),
    ],
    db: Db = None,
    who: Who = None,
    link: Link = True,
) -> None:
    """Take a decision back; both stay in the chain."""
    from sijill import store as stores
    from sijill.store.linking import link_register

    with opened(db) as store:
        typer.echo(stores.undo(store, stores.find_decision(store, decision), person(who)))
        if link:
            link_register(store)


@commands.command()
def history(
    report: Annotated[
        str | None,
        typer.Argument(metavar="REPORT", help="A report's id or hash. Default: the whole register."),
    ] = None,
    db: Db = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="The newest N.")] = 100,
) -> None:
    """Show who decided what, newest first."""
    from sijill import store as stores

    with opened(db) as store:
        for each in stores.history(store, report, limit):
            about = " ".join(
                str(value)[:20] for value in each.subject.values() if isinstance(value, str | int)
            )
            what = "redacted" if each.payload is None else _said(each.payload)
            typer.echo(
                f"{each.hash[:16]}  {each.decided_at[:19]}  {each.who}: {each.what} {about} {what}".rstrip()
            )


def _said(payload: dict[str, Any]) -> str:
    if "path" in payload:
        return f"{payload['path']}: {payload['was']} -> {payload['now']}"
    told = {
        name: value
        for name, value in payload.items()
        if name not in ("seen", "as", "entries", "heads") and value
    }
    return ", ".join(f"{name}: {value}" for name, value in told.items())


@commands.command()
def source(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A source, as `sijill sources` lists it.")],
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="agency, official, party, monitor, activists, media, …")
    ] = None,
    side: Annotated[
        str | None, typer.Option(metavar="ACTOR", help="The actor on whose side it stands.")
    ] = None,
    reliability: Annotated[
        str | None,
        typer.Option(metavar="HOW", help="high: it speaks first; usual; low: only where nobody better does."),
    ] = None,
    db: Db = None,
    who: Who = None,
    link: Link = True,
) -> None:
    """Set a source's kind, side or reliability. Figures are counted anew by it."""
    from sijill.store.link_added import count_anew
    from sijill.store.sources import set_source

    with opened(db) as store:
        typer.echo(set_source(store, name, person(who), kind=kind, side=side, reliability=reliability))
        if link:
            count_anew(store, name)


def _tellings(store: Store, name: str) -> set[str]:
    """The tellings that a name stands for: an account's all, else the one itself."""
    from sijill.store import show

    return {telling.part.id for telling in show(store, name).tellings} if name.startswith("acc-") else {name}


def _kin(store: Store, names: Iterable[str]) -> set[str]:
    """The tellings that these are one event with, as long as their account stands: a decision takes it down."""
    from sijill.store.linking import kin

    return kin(store, names)


def _standing(store: Store, names: Iterable[str]) -> Standing:
    """What stands of the events that a decision names: a decision takes their accounts down."""
    from sijill.store.link_added import standing

    return standing(store, [name for name in names if ".e" in name])


def _decided(store: Store, decision: str, before: Standing | None) -> None:
    """Say the decision's hash, and make the accounts anew that it touches."""
    from sijill.store.link_added import relink

    typer.echo(decision)
    if before is not None and before.tellings:
        made = relink(store, before)
        say(f"{made.events} tellings make {made.accounts} events")
