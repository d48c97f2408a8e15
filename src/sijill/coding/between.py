"""Who is said to fight whom: "اشتباكات بين A وB", "بين A وB من جهة وC من جهة أخرى"."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, product

from sijill.coding.ground import Ground
from sijill.language.mentions import ActorMention
from sijill.rules.knowledge import function_words

_BETWEEN = function_words("between")
_SIDE = function_words("between.side")
_REACH, _TAIL, _GAP = 30, 10, 3
"""How many words after "between" its sides are looked for, how many belong to the second side where nothing closes it, and
how many may stand between two parties."""

Said = dict[frozenset[str], bool]
"""Pairs of ids, and whether they are said to stand together, or against each other."""


def said_between(ground: Ground, sentences: Iterable[int]) -> Said:
    """Which parties some sentences say to fight each other, and which to stand on one side of it. Two that "between" joins are
    foes; of more, those before the first "from one side" are allies and foes of those before the second. "قصف قرى بين حلب وإدلب"
    says nothing of parties."""
    said: Said = {}
    for k in sentences:
        first, stop, _, _ = ground.analysis.sentences[k]
        for group in ground.groups_between(first, stop):
            if group.before in _BETWEEN:
                one, other = _sides(ground, group.first, stop)
                for side in (one, other):
                    said.update({frozenset(pair): True for pair in combinations(sorted(side), 2)})
                said.update({frozenset(pair): False for pair in product(one, other) if pair[0] != pair[1]})
    return said


def _sides(ground: Ground, first: int, stop: int) -> tuple[set[str], set[str]]:
    """The ids on each side of what "between" before token `first` governs, in a sentence that ends at `stop`."""
    end = min(stop, first + _REACH)
    actors = [a for g in ground.groups_between(first, end) for a in g.actors]
    marks = [k for k in range(first + 1, end) if ground.forms[k] in _SIDE]
    if marks:
        close = marks[1] if len(marks) > 1 else marks[0] + _TAIL
        return _ids(a for a in actors if a.first < marks[0]), _ids(
            a for a in actors if marks[0] < a.first < close
        )
    joined = actors[:1]
    for actor in actors[1:]:
        if actor.first - joined[-1].stop > _GAP or not _is_joined(ground, actor):
            break
        joined.append(actor)
    return (_ids(joined[:1]), _ids(joined[1:])) if len(joined) == 2 else (set(), set())


def _is_joined(ground: Ground, actor: ActorMention) -> bool:
    """Whether a party is joined to what stands before it: "والجيش", "و«حزب الله»", "and the army"."""
    before = ground.forms[max(actor.first - 2, 0) : actor.first]
    return ground.forms[actor.first].startswith("و") or "و" in before or "and" in before or "وبين" in before


def _ids(actors: Iterable[ActorMention]) -> set[str]:
    return {i for actor in actors for i in actor.ids}
