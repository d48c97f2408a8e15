"""The register's sources: houses and names on whose word something stands, and what people set about them.

What is set is a decision in the chain, so it has an author, can be undone, and travels with the register.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, get_args

import msgspec
from sqlalchemy import Connection, select

from sijill.ledger.accounts import Account, Claim
from sijill.ledger.duplicates import voices
from sijill.records import SourceKind
from sijill.store.decisions import DecisionError, append, sealed
from sijill.store.present import in_force
from sijill.store.queries import present_records
from sijill.store.register import Store
from sijill.store.rows import as_decision, fold
from sijill.store.tables import decisions

Reliability = Literal["high", "usual", "low"]


class SourceSetting(msgspec.Struct, frozen=True, kw_only=True):
    """What people set about a source: its kind, the actor on whose side it stands, how far it is relied on. None: not set."""

    kind: SourceKind | None = None
    side: str | None = None
    reliability: Reliability | None = None


class KnownSource(msgspec.Struct, frozen=True, kw_only=True):
    """A source: `reports` that it published, of which `copies` repeat another report's words; `quoted`, the events that
    stand on its word in reports of any house. Reports that are no copies are independent voices."""

    name: str
    kinds: tuple[str, ...]
    setting: SourceSetting
    reports: int
    copies: int
    quoted: int

    @property
    def independent(self) -> int:
        """The reports that are voices of their own."""
        return self.reports - self.copies


def set_source(
    store: Store,
    name: str,
    who: str,
    *,
    kind: str | None = None,
    side: str | None = None,
    reliability: str | None = None,
) -> str:
    """Set a source's kind, side or reliability; what isn't given stays. Returns the decision's hash; accounts follow when
    the register is linked. Raises `DecisionError` for what can't be set."""
    given: dict[str, Any] = {"kind": kind, "side": side, "reliability": reliability}
    given = {cell: value for cell, value in given.items() if value is not None}
    if not fold(name):
        raise DecisionError(f"{name!r} is no name of a source")
    if not given:
        raise DecisionError("nothing is set: give a kind, a side or a reliability")
    try:
        msgspec.convert(given, SourceSetting)
    except msgspec.ValidationError:
        raise DecisionError(
            f"a kind is one of {', '.join(get_args(SourceKind))}; a reliability is high, usual or low"
        ) from None
    content = sealed(given)

    def work(connection: Connection) -> str:
        return append(store, connection, who, "source", None, {"source": name}, content)

    return store.write(work)


def source_settings(connection: Connection) -> dict[str, SourceSetting]:
    """What stands about each source, by its folded name; the latest word on each cell."""
    rows = connection.execute(select(decisions).where(decisions.c.report.is_(None)))
    cells: dict[str, dict[str, Any]] = {}
    for decision in in_force(as_decision(row) for row in rows):
        if decision.what == "source" and decision.payload is not None:
            cells.setdefault(fold(decision.subject["source"]), {}).update(decision.payload)
    return {name: msgspec.convert(values, SourceSetting) for name, values in cells.items()}


def as_set(account: Account, settings: dict[str, SourceSetting]) -> Account:
    """The account with its claims read as people set their sources."""
    if not settings:
        return account
    return msgspec.structs.replace(account, claims=tuple(_claim(claim, settings) for claim in account.claims))


def _claim(claim: Claim, settings: dict[str, SourceSetting]) -> Claim:
    setting = settings.get(fold(claim.source)) or settings.get(fold(claim.house))
    if setting is None:
        return claim
    return msgspec.structs.replace(
        claim,
        kind=setting.kind or claim.kind,
        actor=setting.side or claim.actor,
        reliability=setting.reliability or "usual",
    )


def known_sources(store: Store) -> list[KnownSource]:
    """Every house that published a report of the register and every name that is quoted, most reports first."""
    with store.read() as connection:
        settings = source_settings(connection)
    names: dict[str, str] = {}
    kinds: dict[str, set[str]] = {}
    own: dict[str, list[str]] = {}
    quoted: dict[str, int] = {}
    told = [record for _, record in present_records(store)]
    spoken = voices(record.report for record in told)
    for record in told:
        house = record.report.source
        if house:
            names.setdefault(fold(house), house)
            own.setdefault(fold(house), []).append(record.report.id)
        for event in record.events:
            for source in event.sources:
                names.setdefault(fold(source.name), source.name)
                kinds.setdefault(fold(source.name), set()).add(source.kind)
                quoted[fold(source.name)] = quoted.get(fold(source.name), 0) + 1
    for name in settings:
        names.setdefault(name, name)
    found = [
        KnownSource(
            name=names[key], kinds=tuple(sorted(kinds.get(key, ()))), setting=settings.get(key, SourceSetting()),
            reports=len(own.get(key, ())), copies=_copies(own.get(key, ()), spoken), quoted=quoted.get(key, 0),
        )
        for key in names if key
    ]  # fmt: skip
    return sorted(found, key=lambda source: (-source.reports, -source.quoted, source.name))


def _copies(reports: Iterable[str], spoken: dict[str, str]) -> int:
    return sum(spoken[report] != report for report in reports)
