"""Where and when an event happened, from the places and times that its triggers most likely mean."""

from __future__ import annotations

from collections import defaultdict

import msgspec

from sijill.coding.decisions import Telling, place_key
from sijill.coding.evidence import evidence
from sijill.coding.ground import Ground
from sijill.language.places import PlaceMention
from sijill.language.times import TimeMention
from sijill.records import Evidence, Place


PLACED, TIMED = 0.25, 0.3
"""How likely a place, a time, must be that of an event."""


_HEAD = 8
"""Words of a bulletin's first line that stand for its day where that is not said."""


def to_place(mention: PlaceMention) -> Place:
    """The record's place of a mention."""
    return Place(
        name=mention.name,
        country=mention.country,
        lat=mention.lat,
        lon=mention.lon,
        precision=mention.precision,
    )


def best_place(ground: Ground, group: list[Telling]) -> tuple[Place | None, list[Evidence]]:
    """Where an event happened: the place that its triggers together most likely mean."""
    totals: dict[object, float] = defaultdict(float)
    mentions: dict[object, tuple[float, PlaceMention]] = {}
    for telling in group:
        for chance, place in telling.places:
            key = place_key(place)
            totals[key] += chance
            if key not in mentions or chance > mentions[key][0]:
                mentions[key] = (chance, place)
    if not totals:
        return None, []
    key = max(totals, key=lambda k: (totals[k], -mentions[k][1].first))
    chance, mention = mentions[key]
    if chance < PLACED:
        return None, []
    return located(ground, mention), [
        evidence(ground, "place", mention.first, mention.stop, mention.rule, chance)
    ]


def located(ground: Ground, mention: PlaceMention) -> Place:
    """The record's place of a mention. One that no gazetteer knows takes the coordinates of the known place that its
    sentence sets it in ("قرية الحميرة في كركوك"), no finer than a district."""
    place = to_place(mention)
    if place.lat is not None:
        return place
    sentence = ground.analysis.sentence_of(mention.first)
    around = [
        p
        for p in ground.places
        if p.lat is not None and p.precision <= 4 and ground.analysis.sentence_of(p.first) == sentence
    ]
    if not around:
        return place
    parent = min(around, key=lambda p: (abs(p.first - mention.first), p.first))
    return msgspec.structs.replace(
        place,
        name=f"{place.name}, {parent.name}",
        country=parent.country,
        lat=parent.lat,
        lon=parent.lon,
        precision=max(3, parent.precision),
    )


def best_time(
    ground: Ground, group: list[Telling], family: str
) -> tuple[str | None, str | None, int, list[Evidence]]:
    """When: first and last day, UCDP precision and evidence. A battle spans the days that its triggers name."""
    scored: dict[int, tuple[float, TimeMention]] = {}
    for telling in group:
        for chance, time in telling.times:
            if time.first_token not in scored or chance > scored[time.first_token][0]:
                scored[time.first_token] = (chance, time)
    ranked = sorted(scored.values(), key=lambda item: (-item[0], item[1].first_token))
    if not ranked or ranked[0][0] < TIMED:
        return _of_bulletin(ground)
    best = ranked[0][1]
    chosen = [best]
    if family == "battles":
        days = {
            t.time.first_token: t.time
            for t in group
            if t.time
            and t.times[0][0] >= 0.5
            and (t.trigger.kind.group == "battles" or t.trigger.kind.family == "fight")
        }
        chosen += [
            t for token, t in sorted(days.items())
            if token != best.first_token and t.precision <= 2 and best.precision <= 2 and t.first and best.first and abs((t.first - best.first).days) <= 5
        ]  # fmt: skip
    entries = [
        evidence(ground, "start", t.first_token, t.stop, t.rule, scored[t.first_token][0]) for t in chosen
    ]
    spans = [(ground.analysis.days(t), t.kind) for t in chosen]
    dated = [(first, first if kind == "since" else last or first) for (first, last), kind in spans if first]
    if not dated:
        return None, None, 5, entries
    first, last = min(d for d, _ in dated), max(d for _, d in dated)
    return first.isoformat(), last.isoformat(), best.precision, entries


def _of_bulletin(ground: Ground) -> tuple[str | None, str | None, int, list[Evidence]]:
    """The time of what is told without one: in a bulletin of items the bulletin's day (codebook, "Dates"), else none."""
    if not ground.itemised:
        return None, None, 5, []
    heading = ground.heading_day
    day = ground.analysis.days(heading)[0] if heading else None
    if day is not None and heading is not None:
        entry = evidence(ground, "start", heading.first_token, heading.stop, heading.rule)
    elif ground.analysis.dated:
        first, stop, _, _ = ground.analysis.sentences[0]
        day = ground.analysis.reference
        entry = evidence(ground, "start", first, min(stop, first + _HEAD), "times.bulletin")
    else:
        return None, None, 5, []
    return day.isoformat(), day.isoformat(), 1, [entry]
