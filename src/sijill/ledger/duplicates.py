"""Near-duplicate reports: copies of one text are one voice, however many houses print it.

MinHash (rensa) over shingles of three words of the normal form finds the candidates, by bands; the Jaccard coefficient
of the shingle sets themselves, and the share of the shorter text that stands in the longer one, decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from rensa import RMinHash  # type: ignore[import-untyped]

from sijill.records import Report
from sijill.text.script import normalise

SHINGLE = 3
"""Words in a shingle."""
ALIKE = 0.5
"""Jaccard coefficient from which two texts are copies."""
WITHIN = 0.75
"""Share of the shorter text's shingles in the longer one from which it is a copy of a part of it."""
LEAST = 20
"""Shingles that a text must have to be a copy of a part of another; short texts are compared whole."""
_PERMUTATIONS, _BANDS, _SEED = 128, 64, 20180612
_WORD = re.compile(r"\w+")


def shingles(text: str) -> frozenset[str]:
    """The shingles of a text: every three words that follow each other, in normal form; of a shorter text all of it."""
    words = _WORD.findall(normalise(text.lower()).text)
    if len(words) < SHINGLE:
        return frozenset([" ".join(words)] if words else [])
    return frozenset(" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))


def signature(of: Iterable[str]) -> tuple[int, ...]:
    """The MinHash signature of a set of shingles: 128 numbers that can be kept and compared later."""
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    sketch.update(sorted(of))
    return tuple(sketch.digest())


def bands(signed: tuple[int, ...]) -> tuple[str, ...]:
    """The keys of a signature's bands; texts that share one are candidates."""
    rows = len(signed) // _BANDS
    return tuple(f"{band}:{signed[band * rows : (band + 1) * rows]}" for band in range(_BANDS))


def are_copies(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether two sets of shingles are of one text, whole or one a part of the other."""
    common = len(left & right)
    smaller = min(len(left), len(right))
    if not common or not smaller:
        return False
    if common / (len(left) + len(right) - common) >= ALIKE:
        return True
    return smaller >= LEAST and common / smaller >= WITHIN


def copies(reports: Iterable[Report]) -> dict[str, tuple[str, ...]]:
    """The groups of copies: the id of each report that has copies, with all ids of its group in order.

    The same whatever the order of the reports: groups are the connected components of the pairs that are copies.
    """
    shingled = {report.id: shingles(report.text) for report in reports}
    boxes: dict[str, list[str]] = {}
    for name in sorted(shingled):
        if shingled[name]:
            for band in bands(signature(shingled[name])):
                boxes.setdefault(band, []).append(name)
    leader = {name: name for name in shingled}
    seen: set[tuple[str, str]] = set()
    for box in boxes.values():
        for number, left in enumerate(box):
            for right in box[number + 1 :]:
                if (left, right) not in seen:
                    seen.add((left, right))
                    if are_copies(shingled[left], shingled[right]):
                        low, high = sorted((_find(leader, left), _find(leader, right)))
                        leader[high] = low
    groups: dict[str, list[str]] = {}
    for name in sorted(shingled):
        groups.setdefault(_find(leader, name), []).append(name)
    return {name: tuple(group) for group in groups.values() if len(group) > 1 for name in group}


def voices(reports: Iterable[Report]) -> dict[str, str]:
    """The voice of each report: the id of the first of its copies, its own where it has none."""
    known = list(reports)
    groups = copies(known)
    return {report.id: groups.get(report.id, (report.id,))[0] for report in known}


def _find(leader: Mapping[str, str], name: str) -> str:
    while leader[name] != name:
        name = leader[name]
    return name
