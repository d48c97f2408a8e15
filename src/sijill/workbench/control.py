"""Who held which place, kept in memory until the register changes."""

from __future__ import annotations

from datetime import date

import msgspec

from sijill.ledger.control import Timeline
from sijill.store import FilterError, Store
from sijill.store.linking import control_timelines, of_place, state_of
from sijill.workbench.remembering import Remembered

_timelines: Remembered[list[Timeline]] = Remembered()


def timelines_of(store: Store, place: str | None = None, on: str | None = None) -> list[Timeline]:
    """The timelines of the places that bear a name, or of all; with `on` (an ISO day) only the spell of that day."""
    if on is not None:
        try:
            date.fromisoformat(on)
        except ValueError:
            raise FilterError(f"{on} is no day") from None
    found = _timelines.get(store.name, state_of(store), lambda: control_timelines(store))
    chosen = of_place(found, place) if place else found
    if on is None:
        return chosen
    return [
        msgspec.structs.replace(timeline, spells=(spell,))
        for timeline in chosen
        if (spell := timeline.on(on)) is not None
    ]
