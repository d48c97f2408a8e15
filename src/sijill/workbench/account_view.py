"""An account as a page shows it: its tellings side by side, its toll by a counting rule, and why its tellings are one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from sijill.export.explained import evidence_of
from sijill.ledger.accounts import Account, Estimate, Rule
from sijill.ledger.counting import estimates
from sijill.ledger.linking import Step, explain, shipped_weights
from sijill.ledger.traits import key_of, traits_of
from sijill.records import Casualty, Event, Record
from sijill.store.queries import Telling
from sijill.workbench.languages import Translate, catalogue
from sijill.workbench.wording import (
    actor_name,
    amount_words,
    days_words,
    place_words,
    source_words,
)


class Said(msgspec.Struct, frozen=True):
    """What one telling says in one row: in words, with the report's words behind it."""

    shown: str
    words: tuple[str, ...]
    part: bool = False


class Row(msgspec.Struct, frozen=True):
    """A row of the tellings side by side: one entry list a telling. `differ` says that the tellers don't agree."""

    label: str
    kind: str
    cells: tuple[tuple[Said, ...], ...]
    differ: bool


class Pair(msgspec.Struct, frozen=True):
    """Two tellings compared: the steps of the waterfall, each with where its bar begins and how long it is (in bits from the
    left edge of the drawing), and the total."""

    left: Telling
    right: Telling
    steps: tuple[Step, ...]
    bars: tuple[tuple[float, float], ...]
    width: float
    zero: float
    total: float

    @property
    def percent(self) -> str:
        """How likely the two are one event by the score alone."""
        likely = 100.0 / (1.0 + 2.0**-self.total)
        return f"{likely:.1f}" if likely < 99.95 else "99.9+"


def side_by_side(account: Account, tellings: Sequence[Telling], t: Translate, lang: str) -> list[Row]:
    """The tellings of an account, a column each, row by row: type, days, place, sides, sources, tolls by outcome and side."""
    events = [telling.part.value for telling in tellings]
    told = [event for event in events if isinstance(event, Event)]
    differing = {contradiction.field for contradiction in account.contradictions}
    comma = t("codebook.list_comma")

    def row(label: str, kind: str, field: str, shown: list[str], evidence: tuple[str, ...]) -> Row:
        cells = tuple(
            (Said(words, tuple(dict.fromkeys(w for name in evidence for w in _words(event, name)))),)
            if words
            else ()
            for words, event in zip(shown, told, strict=True)
        )
        return Row(label, kind, cells, field in differing)

    rows = [
        row(t("codebook.field_type"), "what", "type", [t(f"codebook.type_{e.type}") for e in told], ("type",)),
        row(t("codebook.field_status"), "what", "status", [t(f"codebook.status_{e.status}") for e in told], ("status",)),
        row(t("codebook.field_dates"), "when", "dates", [days_words(e.start, e.end) for e in told], ("start", "end")),
        row(t("codebook.field_place"), "where", "place", [place_words(e.place, t, lang) for e in told], ("place",)),
        *(
            row(t(f"codebook.field_{side}"), "who", side, [comma.join(actor_name(a, lang) for a in getattr(e, side)) for e in told], (side,))
            for side in ("side_a", "side_b")
        ),
        row(t("codebook.field_sources"), "source", "", [comma.join(source_words(s, t) for s in e.sources) for e in told], ()),
    ]  # fmt: skip
    keys = dict.fromkeys((c.outcome, c.side) for event in told for c in event.casualties)
    for outcome, side in keys:
        cells = tuple(
            tuple(
                _figure(event, index, casualty, t)
                for index, casualty in enumerate(event.casualties)
                if (casualty.outcome, casualty.side) == (outcome, side)
            )
            for event in told
        )
        label = (
            f"{t(f'codebook.outcome_{outcome}')}{t('codebook.list_comma')}{side_name(account, side, t, lang)}"
        )
        rows.append(Row(label, "toll", cells, f"{outcome}.{side}" in differing))
    return rows


def side_name(account: Account, side: str, t: Translate, lang: str) -> str:
    """A side of the account by its first actor; civilians, unknown and the total by their name."""
    actors = {"a": account.side_a, "b": account.side_b}.get(side, ())
    return actor_name(actors[0], lang) if actors else t(f"codebook.side_{side}")


def contradiction_name(account: Account, field: str, t: Translate, lang: str) -> str:
    """The cell on which tellers differ: a field, or an outcome and side (`killed.a`)."""
    outcome, _, side = field.partition(".")
    if not side:
        return t(f"codebook.field_{field}")
    return f"{t(f'codebook.outcome_{outcome}')}{t('codebook.list_comma')}{side_name(account, side, t, lang)}"


def contradiction_value(field: str, value: str, t: Translate, lang: str) -> str:
    """One of the values on which tellers differ, in words."""
    if field in ("type", "status"):
        return t(f"codebook.{field}_{value}")
    if field in ("side_a", "side_b"):
        return " + ".join(actor_name(slug, lang) for slug in value.split(" + "))
    return value.replace("/", " – ") if field == "dates" else value


def _figure(event: Event, index: int, casualty: Casualty, t: Translate) -> Said:
    shown = amount_words(casualty.n, casualty.bound, casualty.n_high, t)
    return Said(shown, tuple(_words(event, f"casualties[{index}]")), casualty.part_of is not None)


def _words(event: Event, field: str) -> list[str]:
    return [entry.text for entry in evidence_of(field, event.evidence)]


def toll(account: Account, rule: Rule) -> tuple[Estimate, ...]:
    """The estimates of an account by a rule: each outcome and side, and the totals."""
    return estimates(account.claims, rule)


def compared(tellings: Sequence[Telling]) -> list[Pair]:
    """Each telling held against the one before it, by day of publication: the waterfall of the pair. How much else happens
    around counts among these reports alone."""
    rows = {}
    for telling in tellings:
        event = telling.part.value
        assert isinstance(event, Event)
        report = msgspec.structs.replace(telling.report, id=telling.part.id)
        rows[telling.part.id] = Record(report=report, events=(event,))
    traits = {row.key: row for row in traits_of(rows.values())}
    found = []
    for left, right in pairwise(tellings):
        steps = explain(traits[key_of((left.part.id, 0))], traits[key_of((right.part.id, 0))])
        found.append(_pair(left, right, steps))
    return found


def _pair(left: Telling, right: Telling, steps: tuple[Step, ...]) -> Pair:
    reached = [0.0, *(step.total for step in steps)]
    low, high = min(reached), max(reached)
    bars = tuple((min(before, after) - low, abs(after - before)) for before, after in pairwise(reached))
    return Pair(left, right, steps, bars, max(high - low, 1.0), -low, steps[-1].total if steps else 0.0)


def comparison_words(comparison: str, t: Translate, lang: str) -> str:
    """What two tellings were compared by, in a language; as the ledger names it where there are no words for it yet."""
    name = f"event.compare_{comparison}"
    return t(name) if name in catalogue(lang) else comparison


def level_words(step: Step, t: Translate, lang: str) -> str:
    """What a comparison found, in a language; as the ledger words it where there are no other words for it yet."""
    name = "event.prior" if step.comparison == "prior" else f"event.level_{step.level}"
    return t(name) if name in catalogue(lang) else step.level


def threshold() -> float:
    """The score in bits from which two tellings are linked."""
    return shipped_weights().threshold
