"""The measure of the codebook: events aligned one to one, then what is right in them.

Events are paired best first by how much they agree; one that is missing or invented costs in every part. Places, days,
figures and names are compared with the tolerances that the codebook states. A field's share counts towards the whole
only as far as the events themselves are right.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import msgspec

from sijill.evaluation.scored import (
    ScoredCasualty,
    ScoredEvent,
    ScoredPerson,
    ScoredPlace,
    ScoredRecord,
    ScoredTally,
)
from sijill.records import GROUP_OF

COUNTED = ("events", "actors", "casualties", "tallies", "control", "persons", "quiet reports")
FIELDS = ("type", "status", "dates", "place", "deaths")
X = TypeVar("X")


@dataclass
class Count:
    """Items found right, items predicted, items in the gold."""

    hit: int = 0
    predicted: int = 0
    gold: int = 0

    def add(self, hit: int, predicted: int, gold: int) -> None:
        self.hit += hit
        self.predicted += predicted
        self.gold += gold

    def add_sets(self, predicted: set[Any], gold: set[Any]) -> None:
        self.add(len(predicted & gold), len(predicted), len(gold))

    @property
    def precision(self) -> float:
        return self.hit / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass
class Share:
    """Of `total` fields or cells, how many are right."""

    right: int = 0
    total: int = 0

    @property
    def share(self) -> float:
        return self.right / self.total if self.total else 0.0


@dataclass
class Score:
    """The figures of one comparison, and each error in words."""

    counts: dict[str, Count] = field(default_factory=lambda: {name: Count() for name in COUNTED})
    fields: dict[str, Share] = field(default_factory=lambda: {name: Share() for name in FIELDS})
    evidence: Share = field(default_factory=Share)
    errors: list[str] = field(default_factory=list)

    @property
    def overall(self) -> float:
        """The mean of the F1 of all that the gold has any of, and of the fields' shares as far as events are right."""
        f1 = [self.counts[name].f1 for name in COUNTED[:-1] if self.counts[name].gold]
        found = self.counts["events"].f1
        parts = f1 + [share.share * found for share in self.fields.values()]
        return sum(parts) / len(parts)

    def as_json(self) -> dict[str, object]:
        """The figures under the names that the codebook's measure prints."""
        return {
            "overall": self.overall,
            **{name: [count.precision, count.recall, count.f1] for name, count in self.counts.items()},
            **{name: share.share for name, share in self.fields.items()},
            "evidence": self.evidence.share,
        }


def score(predictions: Mapping[str, ScoredRecord], golds: Mapping[str, ScoredRecord]) -> Score:
    """Measure predicted records against gold ones, both by the report's id.

    A report that is not among the predictions counts as one with nothing in it.
    """
    found = Score()
    for key, gold in golds.items():
        _score_report(found, key, predictions.get(key) or ScoredRecord(gold.report), gold)
    for key, prediction in predictions.items():
        if key in golds:
            text = golds[key].report.text or prediction.report.text or ""
            for event in prediction.events or ():
                _score_evidence(found.evidence, event, text)
    return found


def _score_report(found: Score, key: str, prediction: ScoredRecord, gold: ScoredRecord) -> None:
    _score_events(found, key, prediction.events or (), gold.events or ())
    if not gold.events:
        found.counts["quiet reports"].add(int(not prediction.events), 1, 1)
    found.counts["tallies"].add_sets(
        _tally_figures(prediction.tallies or ()), _tally_figures(gold.tallies or ())
    )
    changes = align(prediction.control or (), gold.control or (), lambda p, g: float(_same_change(p, g)))
    found.counts["control"].add(len(changes), len(prediction.control or ()), len(gold.control or ()))
    people = align(prediction.persons or (), gold.persons or (), _same_person)
    found.counts["persons"].add(len(people), len(prediction.persons or ()), len(gold.persons or ()))


def _score_events(
    found: Score, key: str, predicted: Sequence[ScoredEvent], gold: Sequence[ScoredEvent]
) -> None:
    pairs = pair_events(predicted, gold)
    found.counts["events"].add(len(pairs), len(predicted), len(gold))
    for i, j in pairs:
        one, other = predicted[i], gold[j]
        turned = swapped(one)
        if group(other) == "battles" and len(sides(turned) & sides(other)) > len(sides(one) & sides(other)):
            one = turned
        found.counts["actors"].add_sets(sides(one), sides(other))
        found.counts["casualties"].add_sets(_figures(one), _figures(other))
        _score_fields(found, key, one, other)
    for i in sorted(set(range(len(predicted))) - {i for i, _ in pairs}):
        found.counts["actors"].add_sets(sides(predicted[i]), set())
        found.counts["casualties"].add_sets(_figures(predicted[i]), set())
        found.errors.append(f"{key}: not in gold: {_brief(predicted[i])}")
    for j in sorted(set(range(len(gold))) - {j for _, j in pairs}):
        found.counts["actors"].add_sets(set(), sides(gold[j]))
        found.counts["casualties"].add_sets(set(), _figures(gold[j]))
        found.errors.append(f"{key}: missed: {_brief(gold[j])}")


def _score_fields(found: Score, key: str, one: ScoredEvent, gold: ScoredEvent) -> None:
    shown: dict[str, tuple[object, object, bool]] = {
        "type": (one.type, gold.type, one.type == gold.type),
        "status": (one.status, gold.status, one.status == gold.status),
        "dates": (f"{one.start}..{one.end}", f"{gold.start}..{gold.end}", _span(one) == _span(gold)),
        "place": (_place_name(one), _place_name(gold), same_place(one.place, gold.place)),
    }
    if deaths(one) or deaths(gold):
        shown["deaths"] = (_sorted(deaths(one)), _sorted(deaths(gold)), deaths(one) == deaths(gold))
    for name, (said, right, ok) in shown.items():
        found.fields[name].right += ok
        found.fields[name].total += 1
        if not ok:
            found.errors.append(f"{key}: {name}: {said} for {right}")


def _score_evidence(share: Share, event: ScoredEvent, text: str) -> None:
    """Each cell that matters shows words that stand where its evidence says."""
    true = [e.field for e in event.evidence or () if e.text and text[e.start : e.end] == e.text]
    cells = ["type"]
    cells += [name for name in ("start", "place", "side_a", "side_b") if getattr(event, name)]
    cells += [f"casualties[{index}]" for index in range(len(event.casualties or ()))]
    share.right += sum(any(name.startswith(cell) for name in true) for cell in cells)
    share.total += len(cells)


def align(ones: Sequence[X], others: Sequence[X], weight: Callable[[X, X], float]) -> list[tuple[int, int]]:
    """One-to-one pairs (index, index), the heaviest first; of equally heavy ones the later first. Nothing of weight 0
    is paired."""
    weighed = ((weight(x, y), i, j) for i, x in enumerate(ones) for j, y in enumerate(others))
    left: set[int] = set()
    right: set[int] = set()
    pairs = []
    for heavy, i, j in sorted(weighed, reverse=True):
        if heavy > 0 and i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((i, j))
    return pairs


def pair_events(ones: Sequence[ScoredEvent], golds: Sequence[ScoredEvent]) -> list[tuple[int, int]]:
    """Which predicted event stands for which gold one: pairs of indices. Which side is called A doesn't matter."""
    return align(ones, golds, lambda one, gold: max(affinity(one, gold), affinity(swapped(one), gold)))


def affinity(one: ScoredEvent, gold: ScoredEvent) -> float:
    """How far two events may be the same one, 0 where they can't be: of one group, within 75 km and 3 days, and with
    something in common."""
    if group(one) != group(gold):
        return 0.0
    placed = one.place is not None and gold.place is not None
    away = kilometres(one.place, gold.place)
    apart = _days_apart(one, gold)
    if (placed and away > 75) or (apart is not None and apart > 3):
        return 0.0
    who = _overlap({slug for _, slug in sides(one)}, {slug for _, slug in sides(gold)})
    toll = _overlap(
        {(c.outcome, c.n) for c in one.casualties or ()}, {(c.outcome, c.n) for c in gold.casualties or ()}
    )
    if not (who or toll or placed or (apart is not None and apart <= 1)):
        return 0.0
    where = 0.25 if not placed else 1.0 if away <= 10 else 0.5
    when = 1.0 if apart == 0 else 0.5
    # The order of addition is fixed: equal weights are told apart by index, so the last bit of a sum matters.
    return where + when + who + toll + (0.5 if one.type == gold.type else 0)


def _overlap(ones: set[Any], others: set[Any]) -> float:
    return len(ones & others) / max(1, len(ones | others))


def group(event: ScoredEvent) -> str:
    """The codebook's group of an event's type."""
    return GROUP_OF.get(event.type or "", "strategic")


def kilometres(one: ScoredPlace | None, other: ScoredPlace | None) -> float:
    """Great-circle distance; infinite where either has no coordinates."""
    if one is None or other is None:
        return math.inf
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return math.inf
    a, b, c, d = map(math.radians, (one.lat, one.lon, other.lat, other.lon))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1, h)))


def same_place(one: ScoredPlace | None, gold: ScoredPlace | None) -> bool:
    """Within 10 km; of a gold place of precision 3 to 5 within 75 km and as coarse; of a country the same country."""
    if one is None or gold is None:
        return one is None and gold is None
    unit = gold.precision or 1
    if unit == 6:
        return one.country == gold.country and one.precision == 6
    if unit >= 3:
        return kilometres(one, gold) <= 75 and (one.precision or 1) >= 3
    return kilometres(one, gold) <= 10


def _span(event: ScoredEvent) -> tuple[date, date] | None:
    try:
        return date.fromisoformat(event.start or ""), date.fromisoformat(event.end or event.start or "")
    except ValueError:
        return None


def _days_apart(one: ScoredEvent, other: ScoredEvent) -> int | None:
    """Days between two spans, 0 where they overlap; None where either has none."""
    a, b = _span(one), _span(other)
    return None if a is None or b is None else max(0, (a[0] - b[1]).days, (b[0] - a[1]).days)


def sides(event: ScoredEvent) -> set[tuple[str, str]]:
    """Who stands on which side."""
    return {("a", slug) for slug in event.side_a or ()} | {("b", slug) for slug in event.side_b or ()}


def swapped(event: ScoredEvent) -> ScoredEvent:
    """The event with its sides, and whose figures are whose, the other way round."""
    other = {"a": "b", "b": "a"}
    turned = tuple(
        msgspec.structs.replace(c, side=other.get(c.side or "", c.side or "")) for c in event.casualties or ()
    )
    return msgspec.structs.replace(event, side_a=event.side_b, side_b=event.side_a, casualties=turned)


def _figures(event: ScoredEvent) -> set[tuple[object, ...]]:
    return {
        (c.outcome or "", c.side or "", c.n, c.bound or "", c.part_of is not None)
        for c in event.casualties or ()
    }


def deaths(event: ScoredEvent) -> set[tuple[str, float | None, str]]:
    """Each side's killed figures that are no parts, with their bounds."""
    return {
        (c.side or "", c.n, c.bound or "")
        for c in event.casualties or ()
        if c.outcome == "killed" and c.part_of is None
    }


def _tally_figures(tallies: Iterable[ScoredTally]) -> set[tuple[object, ...]]:
    def key(tally: ScoredTally, c: ScoredCasualty) -> tuple[object, ...]:
        return tally.since, c.outcome or "", frozenset(c.actor or ()), c.n, c.bound or ""

    return {key(tally, c) for tally in tallies for c in tally.casualties or ()}


def _same_change(one: Any, gold: Any) -> bool:
    """Within 25 km, to the same hands, and from one of the same."""
    before, after = one.from_ or (), gold.from_ or ()
    return (
        kilometres(one.place, gold.place) <= 25
        and set(one.to or ()) == set(gold.to or ())
        and (bool(set(before) & set(after)) or before == after)
    )


def _same_person(one: ScoredPerson, gold: ScoredPerson) -> float:
    """How alike the names are, 0 below 0.7 or where the fates differ."""
    alike = likeness(one.name or "", gold.name or "")
    return alike if alike >= 0.7 and (one.fate or "") == (gold.fate or "") else 0.0


def likeness(one: str, other: str) -> float:
    """The share of pairs of letters that two names have in common (Dice), Arabic spelling levelled."""
    a, b = _letters(one), _letters(other)
    x, y = ({name[i : i + 2] for i in range(len(name) - 1)} for name in (a, b))
    return 2 * len(x & y) / (len(x) + len(y)) if x and y else float(a == b)


def _letters(name: str) -> str:
    levelled = name.lower().translate(str.maketrans("أإآىةک", "ااايهك"))
    return "".join(c for c in unicodedata.normalize("NFKD", levelled) if c.isalpha() and c != "\u0640")


def _place_name(event: ScoredEvent) -> str | None:
    return event.place.name if event.place else None


def _sorted(figures: set[tuple[str, float | None, str]]) -> list[str]:
    return sorted(f"{side}: {'' if n is None else f'{n:g} '}{bound}" for side, n, bound in figures)


def _brief(event: ScoredEvent) -> str:
    return f"{event.type} {_place_name(event)} {event.start}..{event.end}"
