"""Tolls that no event has: sums of what is told below, and counts that a later one replaced."""

from __future__ import annotations

from collections.abc import Sequence

from sijill.coding.casualties import Figure
from sijill.coding.ground import Ground

_HEAD = 2
"""Among how many sentences at its head a report adds up what it tells below."""
_MARKS = frozenset({"،", ",", "؛", ";", ":"})
_BESIDE = 4
"""How many words may stand between the dead and the wounded of one sum."""
_NEAR = 8
"""How many words after "an earlier count" its number may stand."""
_LEAST = 8
"""Smaller sums come about by chance."""


def passed_over(ground: Ground) -> list[Figure]:
    """The figures that neither an event nor a tally takes, as others tell of the same people."""
    whole = [f for f in ground.figures if not f.part and f.quantity.n]
    found: list[Figure] = []
    for figure in whole:
        beside = bool(found) and goes_with(figure, found[-1], whole)
        if beside or adds_up(figure, whole) or is_earlier(ground, figure, whole):
            found.append(figure)
    return found


def goes_with(figure: Figure, last: Figure, whole: Sequence[Figure]) -> bool:
    """Whether a figure at the head of a report follows a sum that others below make up, and is a sum of the same ("قتل 31 شخصا
    وأصيب أكثر من 70 في تفجيرين"): others below have its outcome too."""
    if figure.sentence != last.sentence or figure.sentence >= _HEAD:
        return False
    apart = min(figure.cue, figure.quantity.first) - max(last.cue + 1, last.quantity.stop)
    told = any(f.sentence > figure.sentence and f.outcome == figure.outcome for f in whole)
    return figure.outcome != last.outcome and apart <= _BESIDE and told


def adds_up(figure: Figure, whole: Sequence[Figure]) -> bool:
    """Whether a figure at the head of a report adds up figures that follow below it ("مقتل 37 مسلحا ... قتل 21 في قصف ... وقتل 16
    في كمين"): no event has the sum. One that is told again below is an event's, however its parts are told."""
    n = figure.quantity.n or 0
    if figure.sentence >= _HEAD or n < _LEAST:
        return False
    below = [f for f in whole if f.sentence > figure.sentence and f.outcome == figure.outcome]
    if any(f.quantity.n == n and f.sentence >= _HEAD for f in below):
        return False
    numbers = [f.quantity.n or 0 for f in below if f.quantity.n != n]
    return any(_runs_to(numbers[k:], n) for k in range(len(numbers)))


def _runs_to(numbers: list[int], n: int) -> bool:
    """Whether the first of some numbers, two at least, have the sum n."""
    total = 0
    for k, number in enumerate(numbers):
        total += number
        if total >= n:
            return total == n and k > 0
    return False


def is_earlier(ground: Ground, figure: Figure, whole: Sequence[Figure]) -> bool:
    """Whether a figure is what an earlier count had, where the report gives another for the same ("ارتفعت إلى 61 قتيلا بعد أن كانت
    الحصيلة السابقة 54"; not the only one that it gives)."""
    first = ground.analysis.sentences[figure.sentence].first
    stop = min(figure.cue, figure.quantity.first)
    low = max(first, stop - _NEAR)
    low = next((k + 1 for k in range(stop - 1, low - 1, -1) if ground.forms[k] in _MARKS), low)
    if not ground.cue_between(low, stop, "cue.earlier"):
        return False
    return any(f.outcome == figure.outcome and f.quantity.n != figure.quantity.n for f in whole)
