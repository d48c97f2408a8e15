"""Who held which place, as programs ask for it."""

from __future__ import annotations

from datetime import date

import msgspec

from sijill.ledger.control import Timeline
from sijill.store import FilterError, Store
from sijill.store.linking import of_place
from sijill.workbench.control_view import known_timelines


def timelines_of(store: Store, place: str | None = None, on: str | None = None) -> list[Timeline]:
    """The timelines of the places that bear a name, or of all; with `on` (an ISO day) only the spell of that day."""
    if on is not None:
        try:
            date.fromisoformat(on)
        except ValueError:
            raise FilterError(f"{on} is no day") from None
    found = known_timelines(store)
    chosen = of_place(found, place) if place else found
    if on is None:
        return chosen
    return [
        msgspec.structs.replace(timeline, spells=(spell,))
        for timeline in chosen
        if (spell := timeline.on(on)) is not None
    ]
