"""Battles told day by day: groups of events that are days of one battle make one event, with its days."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from sijill.ledger.accounts import EventRef, Linked
from sijill.ledger.comparisons import kilometres
from sijill.ledger.parties import of_one_camp
from sijill.ledger.traits import Traits, ref_of

BATTLE_KM = 8.0
WHOLE_DAYS = 3
"""Days from which a battle is a whole that others may tell single days of."""
_LONGEST_BATTLE = 45


def with_battles(rows: Sequence[Traits], groups: Sequence[tuple[str, ...]]) -> tuple[Linked, ...]:
    """The groups of events (as keys) that are one, those joined that are days of one battle. Groups between which no
    `one_battle` holds, by whatever chain, may be worked out apart, to the same end."""
    by_key = {row.key: row for row in rows}
    facts = [stretch_of(group, by_key) for group in groups]
    reports = [{by_key[key].record for key in group} for group in groups]
    spans = [(fact.start, fact.end) if fact else (0, 0) for fact in facts]
    leader = list(range(len(groups)))
    battles = [number for number, fact in enumerate(facts) if fact is not None]
    for left, right in _neighbouring_battles(battles, facts):
        low, high = sorted((_root(leader, left), _root(leader, right)))
        span = min(spans[low][0], spans[high][0]), max(spans[low][1], spans[high][1])
        if low != high and span[1] - span[0] <= _LONGEST_BATTLE and not reports[low] & reports[high]:
            leader[high] = low
            reports[low] |= reports[high]
            spans[low] = span
    joined: dict[int, list[int]] = {}
    for number in range(len(groups)):
        joined.setdefault(_root(leader, number), []).append(number)
    return tuple(
        sorted(
            _linked([groups[n] for n in numbers], [facts[n] for n in numbers]) for numbers in joined.values()
        )
    )


class Stretch(msgspec.Struct, frozen=True):
    """A group of events as a stretch of a battle: its days, its place, its sides."""

    start: int
    end: int
    point: Traits
    side_a: frozenset[str]
    side_b: frozenset[str]


def stretch_of(group: Sequence[str], by_key: Mapping[str, Traits]) -> Stretch | None:
    """The group as a stretch of a battle; None where it's no battle or its days, place or sides aren't known closely."""
    rows = [by_key[key] for key in group]
    exact = [
        r
        for r in rows
        if r.start is not None
        and r.end is not None
        and r.date_precision == 1
        and r.place_precision <= 2
        and r.lat
    ]
    if not exact or Counter(r.group for r in rows).most_common(1)[0][0] != "battles":
        return None
    side_a = frozenset(r.side_a[0] for r in exact if r.side_a)
    side_b = frozenset(r.side_b[0] for r in exact if r.side_b)
    if not side_a or not side_b:
        return None
    start, end = min(r.start or 0 for r in exact), max(r.end or 0 for r in exact)
    return Stretch(start, end, min(exact, key=lambda r: r.key), side_a, side_b)


def _neighbouring_battles(
    battles: Sequence[int], facts: Sequence[Stretch | None]
) -> Iterator[tuple[int, int]]:
    """Pairs of stretches of one battle, those whose days lie nearest first."""
    boxes: dict[tuple[int, int], list[int]] = {}
    for number in battles:
        fact = facts[number]
        if fact is not None and fact.point.lat is not None and fact.point.lon is not None:
            row, column = math.floor(fact.point.lat * 4), math.floor(fact.point.lon * 4)
            for x in (row - 1, row, row + 1):
                for y in (column - 1, column, column + 1):
                    boxes.setdefault((x, y), []).append(number)
    found: set[tuple[int, int, int]] = set()
    for box in boxes.values():
        dated = sorted(box, key=lambda n: (_known(facts[n]).start, n))
        for position, left in enumerate(dated):
            for right in dated[position + 1 :]:
                apart = _known(facts[right]).start - _known(facts[left]).start
                if apart > _LONGEST_BATTLE:
                    break
                if one_battle(_known(facts[left]), _known(facts[right])):
                    found.add((apart, min(left, right), max(left, right)))
    for _, left, right in sorted(found):
        yield left, right


def _known(fact: Stretch | None) -> Stretch:
    assert fact is not None
    return fact


def one_battle(left: Stretch, right: Stretch) -> bool:
    """Whether two stretches are of one battle: the same place and sides on days that follow each other, or one told whole
    that holds the other's days."""
    if kilometres(left.point, right.point) > BATTLE_KM:
        return False
    if not (_same_side(left.side_a, right.side_a) and _same_side(left.side_b, right.side_b)):
        return False
    first, second = sorted((left, right), key=lambda b: (b.start, b.end))
    follows = second.start == first.end + 1
    holds = (first.start <= second.start and second.end <= first.end and first.end > first.start) or (
        first.start == second.start and second.end > second.start
    )
    return follows or holds


def is_day_of(day: Traits, whole: Traits) -> bool:
    """Whether one event is a day of the battle that the other tells of as a whole, both of them known closely."""
    if day.start is None or whole.start is None or day.end is None or whole.end is None:
        return False
    if not (day.group == whole.group == "battles" and day.date_precision == whole.date_precision == 1):
        return False
    if max(day.place_precision, whole.place_precision) > 2 or kilometres(day, whole) > BATTLE_KM:
        return False
    held = whole.start <= day.start == day.end <= whole.end and whole.end - whole.start >= WHOLE_DAYS - 1
    return held and all(
        _same_side(frozenset(mine[:1]), frozenset(theirs[:1]))
        for mine, theirs in ((day.side_a, whole.side_a), (day.side_b, whole.side_b))
    )


def _same_side(left: frozenset[str], right: frozenset[str]) -> bool:
    return bool(left & right) or any(of_one_camp(x, y) for x in left for y in right)


def _root(leader: Sequence[int], number: int) -> int:
    while leader[number] != number:
        number = leader[number]
    return number


def _linked(groups: Sequence[tuple[str, ...]], facts: Sequence[Stretch | None]) -> Linked:
    events = tuple(sorted(ref_of(key) for group in groups for key in group))
    if len(groups) == 1:
        return Linked(events=events)
    spans = [_known(fact) for fact in facts]
    days: list[tuple[EventRef, ...]] = []
    for group, span in zip(groups, spans, strict=True):
        covers = sum(
            1 for other in spans if other is not span and span.start <= other.start and other.end <= span.end
        )
        if not (covers and span.end > span.start):
            days.append(tuple(sorted(ref_of(key) for key in group)))
    return Linked(events=events, days=tuple(sorted(days)) if len(days) > 1 else ())
