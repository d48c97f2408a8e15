"""Who held which place when, as pages and maps show it; kept until the register changes."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sijill.ledger.control import Spell, Timeline
from sijill.store import Store
from sijill.store.linking import control_timelines, derived_state
from sijill.workbench.wording import actor_name, place_name

COLOURS = 8
"""Holders that have a colour of their own: those that hold the most places at any time."""
_kept: dict[str, tuple[tuple[int, ...], list[Timeline]]] = {}


def known_timelines(store: Store) -> list[Timeline]:
    """The timelines of every place that changes hands, told anew only when something came in or was decided."""
    state = derived_state(store)
    known = _kept.get(store.id)
    if known is None or known[0] != state:
        known = state, control_timelines(store)
        _kept[store.id] = known
    return known[1]


def days_of(timelines: list[Timeline]) -> tuple[str, str] | None:
    """The first and the last day on which a place changes hands."""
    days = sorted(spell.start for timeline in timelines for spell in timeline.spells if spell.start)
    return (days[0], days[-1]) if days else None


def holders(timelines: list[Timeline]) -> list[str]:
    """Every holder, those that ever hold the most places first."""
    held: Counter[str] = Counter()
    for timeline in timelines:
        held.update({actor for spell in timeline.spells for actor in spell.holders})
    return sorted(held, key=lambda actor: (-held[actor], actor))


def as_data(timelines: list[Timeline], lang: str) -> dict[str, Any]:
    """The timelines for a map: places with their spells, holders by their number in `holders`."""
    order = {slug: number for number, slug in enumerate(holders(timelines))}
    return {
        "holders": [{"id": slug, "name": actor_name(slug, lang)} for slug in order],
        "places": [
            {
                "name": place_name(timeline.place, lang),
                "lat": timeline.place.lat,
                "lon": timeline.place.lon,
                "spells": [_spell(spell, order) for spell in timeline.spells],
            }
            for timeline in timelines
        ],
    }


def _spell(spell: Spell, order: dict[str, int]) -> dict[str, Any]:
    return {
        "start": spell.start,
        "end": spell.end,
        "state": spell.state,
        "holders": [order[actor] for actor in spell.holders],
    }
