"""Linking around some events, without scoring all that lies about them: the accounts that they are in, as `link` makes them
of all the rows.

A group of events that are one lies within one component of pairs over the threshold, and a battle within one chain of
stretches that follow each other. So it is enough to score the pairs of what is reached from the events that are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sijill.ledger.accounts import Linked
from sijill.ledger.battles import BATTLE_KM, Stretch, one_battle, stretch_of, with_battles
from sijill.ledger.comparisons import kilometres
from sijill.ledger.linking import KEEP_BITS, Link, Weights, bits, cluster, score, shipped_weights, within_days
from sijill.ledger.traits import Traits, ref_of

_DAYS, _KM = 10, 40.0
"""How far the tellings of one stretch of a battle may lie from each other."""


class Nearby:
    """The rows, and the keys of those that were `reached` so far: scored with all their candidates."""

    def __init__(self, rows: Sequence[Traits], weights: Weights | None = None) -> None:
        self._weights = weights or shipped_weights()
        self._rows = {row.key: row for row in rows}
        self._key = {ref_of(row.key): row.key for row in rows}
        self._boxes: dict[str, list[str]] = {}
        for row in rows:
            for box in _boxes(row):
                self._boxes.setdefault(box, []).append(row.key)
        self._battles = sorted(
            (row for row in rows if row.group == "battles" and row.start is not None),
            key=lambda row: (row.start or 0, row.key),
        )
        self.reached: set[str] = set()
        self._links: dict[tuple[str, str], Link] = {}

    def reach_all(self) -> None:
        """Score all candidates at once, which is quicker where much is asked for."""
        self._links = {(each.left, each.right): each for each in score([*self._rows.values()], self._weights)}
        self.reached = set(self._rows)

    def accounts(self, keys: Iterable[str]) -> list[Linked]:
        """The events that are one with any of these, battles with their days."""
        wanted = set(keys)
        scope = set(wanted)
        while True:
            self._reach(scope)
            reached = [self._rows[key] for key in sorted(self.reached)]
            inside = [link for link in self._links.values() if {link.left, link.right} <= self.reached]
            groups = self._chained(cluster(reached, inside, self._weights), scope)
            members = {key for group in groups for key in group}
            beside = {row.key for group in groups for row in self._about(group)}
            if members <= scope and beside <= self.reached:
                found = with_battles([self._rows[key] for key in sorted(members)], groups)
                return [each for each in found if any(self._key[ref] in wanted for ref in each.events)]
            self._reach(beside)
            scope |= members

    def _reach(self, keys: Iterable[str]) -> None:
        """Score these rows with all their candidates, and what is one with them by a single pair, and so on."""
        waiting = sorted(set(keys) - self.reached)
        while waiting:
            key = waiting.pop()
            if key in self.reached:
                continue
            self.reached.add(key)
            for other in self._candidates(self._rows[key]):
                pair = (key, other) if key < other else (other, key)
                if pair not in self._links:
                    found = bits(self._rows[pair[0]], self._rows[pair[1]], self._weights)
                    if found >= KEEP_BITS:
                        self._links[pair] = Link(*pair, found)
                        if found >= self._weights.threshold:
                            waiting.append(other)

    def _candidates(self, row: Traits) -> set[str]:
        found: set[str] = set()
        for box in _boxes(row):
            others = (self._rows[key] for key in self._boxes[box])
            if box.startswith("name "):
                found |= {other.key for other in others if within_days(row, other)}
            elif box.startswith("land "):
                found |= {other.key for other in others if 6 in (row.place_precision, other.place_precision)}
            else:
                found |= {*self._boxes[box]}
        return {key for key in found if self._rows[key].record != row.record}

    def _chained(self, groups: Sequence[tuple[str, ...]], scope: set[str]) -> list[tuple[str, ...]]:
        """The groups in scope and those that are stretches of one battle with them, and so on."""
        chain = [group for group in groups if scope & {*group}]
        left = [
            (group, found) for group in groups if not scope & {*group} and (found := self._stretch(group))
        ]
        for group in chain:
            if stretch := self._stretch(group):
                chain += [other for other, found in left if one_battle(stretch, found)]
                left = [(other, found) for other, found in left if not one_battle(stretch, found)]
        return sorted(chain)

    def _stretch(self, group: tuple[str, ...]) -> Stretch | None:
        return stretch_of(group, self._rows)

    def _about(self, group: tuple[str, ...]) -> Iterator[Traits]:
        """The rows that may belong to a stretch of one battle with this group."""
        stretch = self._stretch(group)
        for row in self._battles if stretch else ():
            if stretch is None or (row.start or 0) > stretch.end + 1 + _DAYS:
                break
            if (
                row.end is not None
                and row.end >= stretch.start - 1 - _DAYS
                and row.date_precision == 1
                and row.place_precision <= 2
                and kilometres(row, stretch.point) <= BATTLE_KM + _KM
            ):
                yield row


def _boxes(row: Traits) -> Iterator[str]:
    yield from (f"cell {cell}" for cell in row.cells)
    yield f"voice {row.voice}"
    yield from (f"name {name}" for name in row.persons)
    yield from (f"land {land}" for land in row.lands)
