"""What is said of a candidate for a decision, where much of it is said of other candidates too."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence


class Said:
    """Features of a candidate: its own, and `shared`, those that it has in common with others, which each model weighs once
    and keeps in `weighed`."""

    __slots__ = ("own", "shared", "weighed")

    def __init__(self, own: Sequence[str], *shared: Said) -> None:
        self.own = own
        self.shared = shared
        self.weighed: dict[Hashable, int] | None = None

    def __iter__(self) -> Iterator[str]:
        """Every feature, its own first."""
        yield from self.own
        for said in self.shared:
            yield from said
