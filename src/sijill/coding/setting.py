"""Where and when an event happened, from the places and times that its triggers most likely mean."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import msgspec

from sijill.coding.decisions import Telling, place_key
from sijill.coding.evidence import evidence
from sijill.coding.ground import Ground
from sijill.language.places import PlaceMention
from sijill.language.times import TimeMention
from sijill.records import GROUP_OF, Evidence, Place

PLACED, TIMED, BESIDE = 0.15, 0.3, 0.4
"""How likely a place, a time, must be that of an event, and a second time beside it: how long it took, until when."""
_ONCE = frozenset(
    {
        "arrests", "government_regains_territory", "non_state_actor_overtakes_territory", "suicide_bombing", "base_established",
        "non_violent_transfer_of_territory", "disrupted_weapons_use",
    }
)  # fmt: skip
"""Types of what is done once, apart from violence against civilians."""


_BESIDE_IT = 2
"""How many words may stand between a stretch and the day in it that says when exactly."""
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

    def weight(key: object) -> float:
        """Of a place that the triggers agree on, and that one of them is sure of; half of one that nobody knows."""
        chance, mention = mentions[key]
        return (totals[key] + 2 * chance) * (0.5 if mention.lat is None else 1.0)

    key = max(totals, key=lambda k: (weight(k), -mentions[k][1].first))
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
    ground: Ground, group: list[Telling], type_: str
) -> tuple[str | None, str | None, int, list[Evidence]]:
    """When: first and last day, UCDP precision and evidence. A battle spans the days that its triggers name; what is
    told with how long it took, or until when, spans that; what goes on "since" a day runs to the report's."""
    scored: dict[int, tuple[float, TimeMention]] = {}
    for telling in group:
        for chance, time in telling.times:
            if time.first_token not in scored or chance > scored[time.first_token][0]:
                scored[time.first_token] = (chance, time)
    ranked = sorted(scored.values(), key=lambda item: (-item[0], item[1].first_token))
    best = next((time for chance, time in ranked if chance >= TIMED and time.kind != "duration"), None)
    if best is None:
        return _of_bulletin(ground)
    best = _exact(best, [time for chance, time in ranked if chance >= TIMED])
    chosen = [best]
    if GROUP_OF[type_] == "battles":
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
    sentence = ground.analysis.sentence_of(best.first_token)
    beside = [
        t for chance, t in ranked
        if chance >= BESIDE and t not in chosen and ground.analysis.sentence_of(t.first_token) == sentence
    ]  # fmt: skip
    if best.kind == "until":
        chosen += [t for t in beside if t.kind in ("point", "since") and t.first_token < best.first_token][:1]
    else:
        chosen += [t for t in beside if t.kind == "until"][:1]
    spans = [(_days_of(ground, t, type_), t) for t in chosen]
    dated = [(first, last or first) for (first, last), _ in spans if first]
    took = next((t for t in beside if t.run), None) if best.precision == 1 else None
    entries = [
        evidence(ground, "start", t.first_token, t.stop, t.rule, scored[t.first_token][0])
        for t in (*chosen, *((took,) if took else ()))
    ]
    if not dated:
        return None, None, 5, entries
    first, last = min(d for d, _ in dated), max(d for _, d in dated)
    if took and took.run:
        first = min(first, last - timedelta(took.run - 1))
    return first.isoformat(), last.isoformat(), best.precision, entries


def _exact(time: TimeMention, others: list[TimeMention]) -> TimeMention:
    """The day that is said beside the stretch in which it lies ("في شهر رمضان في 26 يونيو الماضي"), else the time itself;
    what stands apart from it is of something else."""
    if time.kind != "period" or time.first is None or time.last is None:
        return time
    for other in others:
        gap = max(other.first_token - time.stop, time.first_token - other.stop)
        if (
            gap <= _BESIDE_IT
            and other.kind == "point"
            and other.precision < time.precision
            and other.first is not None
            and other.last is not None
            and time.first <= other.first
            and other.last <= time.last
        ):
            return other
    return time


def _days_of(ground: Ground, time: TimeMention, type_: str) -> tuple[date | None, date | None]:
    """First and last day of what happened at a time. What goes on since a day runs to that of the report; what was done
    once (an arrest, a capture) or "since dawn yesterday" has that day alone."""
    first, last = ground.analysis.days(time)
    if time.kind != "since" or first is None:
        return first, last
    once = GROUP_OF[type_] == "violence" or type_ in _ONCE
    begun = (ground.analysis.reference - first).days <= 1 and time.part_of_day in ("dawn", "morning", "noon")
    if once or begun or not ground.analysis.dated:
        return first, first
    return first, max(first, ground.analysis.reference)


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
