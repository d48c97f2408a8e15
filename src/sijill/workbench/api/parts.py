"""Parts of records as programs get them."""

from __future__ import annotations

from typing import Any

import msgspec

from sijill.store import Conflict, PresentPart
from sijill.store.present import Kind, Review, plain


class PartView(msgspec.Struct, frozen=True):
    """A part of a record as it now stands. `value` is an event, a tally, a control change or a person by the codebook (the
    schema that `sijill schema` prints), with its evidence; `machine` is what the newest rules say, null where they don't
    find it. `decisions` are hashes."""

    id: str
    kind: Kind
    number: int
    value: dict[str, Any]
    machine: dict[str, Any] | None
    review: Review
    decisions: list[str]
    conflicts: list[Conflict]


def part_view(part: PresentPart) -> PartView:
    """The view of a part."""
    return PartView(
        id=part.id,
        kind=part.kind,
        number=part.number,
        value=plain(part.value),
        machine=plain(part.machine) if part.machine else None,
        review=part.review,
        decisions=list(part.decisions),
        conflicts=list(part.conflicts),
    )
