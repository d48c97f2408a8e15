"""The one way in which people's decisions reach the register, from pages and from programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from sijill import store as stores
from sijill.store import DecisionError, NotFoundError, Store
from sijill.store.decisions import events_of, read_decision
from sijill.store.link_added import relink, standing
from sijill.store.linking import kin
from sijill.store.present import Kind
from sijill.workbench.roles import Role, User


class Span(msgspec.Struct, frozen=True):
    """Words of the report's text: code points from `start` to before `end`."""

    start: int
    end: int


class _Deciding(msgspec.Struct, frozen=True, kw_only=True, tag_field="what", forbid_unknown_fields=True):
    """What all decisions have in common: `what` says which it is."""


class Accept(_Deciding, frozen=True, tag="accept"):
    """The part is right as it stands."""

    part: str


class Correct(_Deciding, frozen=True, tag="correct"):
    """A field of the part reads otherwise. `path` is the field (`type`, `place.name`, `casualties[0].n`), `value` what the
    codebook allows there, `evidence` the words that say so (none given: the cell's evidence stays)."""

    part: str
    path: str
    value: Any
    evidence: tuple[Span, ...] | None = None


class Reject(_Deciding, frozen=True, tag="reject"):
    """The part doesn't belong in the register."""

    part: str
    reason: str | None = None


class Skip(_Deciding, frozen=True, tag="skip"):
    """The part is left for somebody else."""

    part: str


class Add(_Deciding, frozen=True, tag="add"):
    """A part that the machine didn't find, with its fields by the codebook (evidence among them)."""

    report: str
    kind: Kind
    values: dict[str, Any]


class Merge(_Deciding, frozen=True, tag="merge"):
    """These events, tellings or whole accounts, are one and the same."""

    events: tuple[str, ...]
    reason: str | None = None


class Split(_Deciding, frozen=True, tag="split"):
    """None of `events` is the same as any of `others`."""

    events: tuple[str, ...]
    others: tuple[str, ...]
    reason: str | None = None


class Undo(_Deciding, frozen=True, tag="undo"):
    """A decision, by its hash, is taken back."""

    decision: str


Deciding = Accept | Correct | Reject | Skip | Add | Merge | Split | Undo


class Decided(msgspec.Struct, frozen=True):
    """What became of a decision: its hash, and the ids of the accounts that the events it touched make now."""

    hash: str
    accounts: list[str]


def decide(store: Store, deciding: Deciding, user: User) -> Decided:
    """Make a decision and tell anew which of the events that it touches are one.

    Raises `DecisionError` where it can't be made, `NotFoundError` where what it names isn't there.
    """
    if isinstance(deciding, Skip):
        return Decided(_made(store, deciding, user), [])
    before = standing(store, _named(store, deciding))
    hash_ = _made(store, deciding, user)
    now = _named(store, deciding)
    relink(store, before, now)
    return Decided(hash_, sorted(stores.accounts_of(store, before.tellings | kin(store, now))))


def _named(store: Store, deciding: Deciding) -> list[str]:
    """The tellings that a decision names, with all others of their reports."""
    names: Iterable[str]
    match deciding:
        case Merge(events=events):
            names = events
        case Split(events=events, others=others):
            names = (*events, *others)
        case Add(report=report):
            names = stores.event_ids(store, report)
        case Undo(decision=decision):
            made = read_decision(store, decision)
            names = stores.event_ids(store, made.report) if made.report else events_of(store, made)
        case _:
            names = stores.event_ids(store, deciding.part.rpartition(".")[0])
    return list(names)


def _made(store: Store, deciding: Deciding, user: User) -> str:
    who = user.name
    match deciding:
        case Accept(part=part):
            return stores.accept(store, part, who)
        case Correct(part=part, path=path, value=value, evidence=evidence):
            spans = None if evidence is None else [(span.start, span.end) for span in evidence]
            return stores.correct(store, part, path, value, who, spans)
        case Reject(part=part, reason=reason):
            return stores.reject(store, part, who, reason)
        case Skip(part=part):
            return stores.skip(store, part, who)
        case Add(report=report, kind=kind, values=values):
            return stores.add_part(store, report, kind, values, who)
        case Merge(events=events, reason=reason):
            return stores.merge_events(store, _tellings(store, events), who, reason)
        case Split(events=events, others=others, reason=reason):
            return stores.split_events(store, _tellings(store, events), _tellings(store, others), who, reason)
        case Undo(decision=decision):
            made = read_decision(store, decision)
            if made.who != who and not user.may(Role.editor):
                raise DecisionError(f"only {made.who} or an editor takes this decision back")
            return stores.undo(store, decision, who)


def _tellings(store: Store, names: Iterable[str]) -> list[str]:
    """The tellings of accounts, and tellings as they are, each once and in order."""
    found: dict[str, None] = {}
    for name in names:
        tellings = [name] if "." in name else sorted(kin(store, [name]))
        if not tellings:
            raise NotFoundError(f"there is no {name} in the register")
        found |= dict.fromkeys(tellings)
    return list(found)
