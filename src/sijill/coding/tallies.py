"""Tallies: running totals and tolls for several places, kept apart from the events that they count."""

from __future__ import annotations

from collections import defaultdict

from sijill.coding.casualties import Figure
from sijill.coding.evidence import evidence
from sijill.coding.ground import Ground
from sijill.coding.setting import to_place
from sijill.language.mentions import ActorMention
from sijill.language.places import PlaceMention
from sijill.language.times import TimeMention
from sijill.records import Evidence, Tally, TallyCasualty


def read_tallies(ground: Ground, figures: list[Figure]) -> tuple[Tally, ...]:
    """The tallies of a report: figures of one sentence, or of the next without a time of its own, stand in one."""
    by_sentence: dict[int, list[Figure]] = defaultdict(list)
    last: int | None = None
    for figure in figures:
        key = figure.sentence
        if last is not None and figure.sentence - last <= 1 and not _time(ground, figure.sentence):
            key = max(k for k in by_sentence if k <= figure.sentence)
        by_sentence[key].append(figure)
        last = figure.sentence
    return tuple(_tally(ground, sentence, by_sentence[sentence]) for sentence in sorted(by_sentence))


def _time(ground: Ground, sentence: int) -> TimeMention | None:
    s = ground.analysis.sentences[sentence]
    times = [t for t in ground.times if s.first <= t.first_token < s.stop]
    for kinds in (("since",), ("span", "period"), ("duration", "point")):
        found = [t for t in times if t.kind in kinds]
        if found:
            return found[-1] if kinds == ("since",) else found[0]
    return None


def _place(ground: Ground, sentence: int) -> PlaceMention | None:
    s = ground.analysis.sentences[sentence]
    places = [p for p in ground.places if s.first <= p.first < s.stop]
    return max(places, key=lambda p: (p.precision, -p.first)) if places else None


def _tally(ground: Ground, sentence: int, figures: list[Figure]) -> Tally:
    entries: list[Evidence] = []
    time, place = _time(ground, sentence), _place(ground, sentence)
    published = ground.analysis.report.published
    since = until = None
    if time:
        first, last = ground.analysis.days(time)
        since = first.isoformat() if first else None
        open_end = time.kind == "since" or not last
        until = published[:10] if open_end and published else (last.isoformat() if last else None)
        entries.append(evidence(ground, "since", time.first_token, time.stop, time.rule))
    if place:
        entries.append(evidence(ground, "place", place.first, place.stop, place.rule))
    casualties: list[TallyCasualty] = []
    whole: int | None = None
    actors: tuple[str, ...] = ()
    for figure in figures:
        named = _actors(ground, figure)
        actors = named or (actors if figure.part or figure.quantity.others else ())
        quantity = figure.quantity
        entry = TallyCasualty(
            outcome=figure.outcome, actor=actors, n=quantity.n, bound=quantity.bound,  # type: ignore[arg-type]
            part_of=whole if figure.part else None, n_high=quantity.high,
        )  # fmt: skip
        if entry in casualties or (quantity.n is None and not quantity.who):
            continue
        entries.append(
            evidence(ground, f"casualties[{len(casualties)}]", quantity.first, quantity.stop, figure.rule)
        )
        if not figure.part:
            whole = len(casualties)
        casualties.append(entry)
    return Tally(
        since=since, until=until or (published[:10] if published else None), place=to_place(place) if place else None,
        casualties=tuple(casualties), evidence=tuple(entries),
    )  # fmt: skip


def _told_after(ground: Ground, figure: Figure) -> tuple[ActorMention, ...]:
    """Whom a figure without people of its own counts, a few words on: "96 حالة اعتقال تعسفي بحق مدنيين"."""
    stop = figure.quantity.stop
    near = [
        a
        for a in ground.analysis.actors
        if stop <= a.first <= stop + 5 and a.who in ("civilians", "group", "state")
    ]
    return (
        tuple(near[:1])
        if near and ground.forms[near[0].first - 1] in ("بحق", "من", "بين", "صفوف", "of", "among", "against")
        else ()
    )


def _actors(ground: Ground, figure: Figure) -> tuple[str, ...]:
    """The ids of those whom a figure counts."""
    found: list[str] = []
    for actor in figure.quantity.who or _told_after(ground, figure):
        if actor.ids:
            found += actor.ids
        elif actor.who in ("civilians", "persons"):  # a total of "people" counts those without arms
            found.append("protesters" if actor.noun == "protester" else "civilians")
        elif actor.who in ("state", "soldiers"):
            government = ground.analysis.government(ground.analysis.country)
            found += [government] if government else []
    return tuple(dict.fromkeys(found))
