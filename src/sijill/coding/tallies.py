"""Tallies: running totals and tolls for several places, kept apart from the events that they count."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

from sijill.coding.casualties import Figure
from sijill.coding.evidence import evidence
from sijill.coding.ground import Ground
from sijill.coding.setting import to_place
from sijill.language.actors import is_state
from sijill.language.mentions import ActorMention
from sijill.language.places import PlaceMention
from sijill.language.times import TimeMention
from sijill.records import Evidence, Tally, TallyCasualty
from sijill.rules.knowledge import function_words

_LEADS = function_words("tally.leads")
_AGAINST = function_words("quantity.against")
_MID_FIRST, _MID = 11, 15
"""The day with which the middle of a month begins in the codebook, and its midmost."""


def read_tallies(ground: Ground, figures: list[Figure]) -> tuple[Tally, ...]:
    """The tallies of a report: figures of one sentence, or of the next without a time of its own, that count over one
    time stand in one."""
    found: dict[tuple[int, TimeMention | None], list[Figure]] = defaultdict(list)
    key: tuple[int, TimeMention | None] | None = None
    last: Figure | None = None
    for figure in figures:
        time = _time(ground, figure)
        if key is None or last is None or not (figure.part or _goes_on(ground, key, last, figure, time)):
            key = figure.sentence, time
        found[key].append(figure)
        last = figure
    tallies = (_tally(ground, sentence, time, told) for (sentence, time), told in found.items())
    return tuple(tally for tally in tallies if tally.casualties)


def _goes_on(
    ground: Ground,
    key: tuple[int, TimeMention | None],
    last: Figure,
    figure: Figure,
    time: TimeMention | None,
) -> bool:
    """Whether a figure goes on with the tally of the one before it."""
    if figure.sentence == last.sentence:
        return time == key[1]
    return time is None and figure.sentence - last.sentence == 1


def _time(ground: Ground, figure: Figure) -> TimeMention | None:
    """The time over which a figure counts: of its sentence's times the one from which a count runs, else a stretch, else
    a day; of several such the nearest."""
    s = ground.analysis.sentences[figure.sentence]
    times = [t for t in ground.times if s.first <= t.first_token < s.stop]
    running = [t for t in times if ground.counts_from(t)]
    stretches = [t for t in times if t.kind in ("span", "period")]
    for found in (running, stretches, [t for t in times if t.kind in ("duration", "point")]):
        if found:
            return min(found, key=lambda t: _apart(figure, t))
    return None


def _apart(figure: Figure, time: TimeMention) -> int:
    """How many tokens a time stands from a figure."""
    quantity = figure.quantity
    return (
        time.first_token - quantity.stop if time.first_token >= quantity.stop else quantity.first - time.stop
    )


def _since(ground: Ground, time: TimeMention) -> tuple[date | None, date | None]:
    """The first and last day of a tally's time, the last None where it runs on to the report. "منتصف" of a month
    from which a count runs is its 15th, the middle itself ("mid-April" is a stretch)."""
    first, last = ground.analysis.days(time)
    if not ground.counts_from(time):
        return first, last
    if first is not None and first.day == _MID_FIRST and time.rule == "ar.times.edge":
        first = first.replace(day=_MID)
    return first, None


def _place(ground: Ground, sentence: int) -> PlaceMention | None:
    s = ground.analysis.sentences[sentence]
    places = [p for p in ground.places if s.first <= p.first < s.stop]
    return max(places, key=lambda p: (p.precision, -p.first)) if places else None


def _tally(ground: Ground, sentence: int, time: TimeMention | None, figures: list[Figure]) -> Tally:
    entries: list[Evidence] = []
    place = _place(ground, sentence)
    published = ground.analysis.report.published
    since = until = None
    if time:
        first, last = _since(ground, time)
        since = first.isoformat() if first else None
        until = last.isoformat() if last else published[:10] if published else None
        entries.append(evidence(ground, "since", time.first_token, time.stop, time.rule))
    if place:
        entries.append(evidence(ground, "place", place.first, place.stop, place.rule))
    casualties: list[TallyCasualty] = []
    whole: int | None = None
    of_whole: tuple[str, ...] = ()
    before: Figure | None = None
    for figure in figures:
        own = _actors(ground, figure)
        inherits = figure.part or figure.quantity.others or _of_the_same(ground, before, figure)
        actors = own if own is not None else of_whole if inherits else _unsaid(figure)
        if not figure.part:
            before, of_whole = figure, actors
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


def _of_the_same(ground: Ground, before: Figure | None, figure: Figure) -> bool:
    """Whether a figure without people of its own counts those of the figure before it with another outcome ("قتل 18 مدنيا
    وأصيب 41"); not where it is set against that one ("120 إرهابيا مقابل 16 شهيدا")."""
    if (
        before is None
        or figure.quantity.who
        or figure.sentence != before.sentence
        or figure.outcome == "displaced"
    ):
        return False
    between = ground.forms[before.quantity.stop : figure.quantity.first]
    return before.outcome != figure.outcome and not any(form in _AGAINST for form in between)


def _unsaid(figure: Figure) -> tuple[str, ...]:
    """Whom a figure counts that says no more than "people", or not even that: nobody in particular (codebook, "Sums");
    who was driven from home was without arms."""
    return ("civilians",) if figure.outcome == "displaced" else ()


def _told_beside(ground: Ground, figure: Figure) -> tuple[ActorMention, ...]:
    """Whom a figure without people of its own counts: a few words on ("96 حالة اعتقال تعسفي بحق مدنيين"), or right after
    the word that is counted ("عدد قتلى التحالف منذ مطلع العام 51 جنديا")."""
    quantity = figure.quantity
    actors = ground.analysis.actors
    if figure.cue < quantity.first:
        owner = next((a for a in actors if a.first == figure.cue + 1 and a.form != "people"), None)
        if owner is not None and owner.stop <= quantity.first:
            return (owner,)
    if quantity.who:
        return ()
    near = [
        a
        for a in actors
        if quantity.stop <= a.first <= quantity.stop + 5 and a.who in ("civilians", "group", "state")
    ]
    leads = near and ground.forms[near[0].first - 1] in _LEADS
    return tuple(near[:1]) if leads else ()


def _actors(ground: Ground, figure: Figure) -> tuple[str, ...] | None:
    """The ids of those whom a figure counts; None where it says no more than that they are people."""
    found: list[str] = []
    for actor in _told_beside(ground, figure) or figure.quantity.who:
        if actor.ids:
            found += actor.ids
        elif actor.who == "civilians" and actor.noun != "national":
            found.append("protesters" if actor.noun == "protester" else "civilians")
        elif actor.who in ("state", "soldiers"):
            government = ground.analysis.government(ground.analysis.country)
            found += [government] if government else []
        elif actor.who == "fighters":
            found += _armed(ground, figure)
    return tuple(dict.fromkeys(found)) or None


def _armed(ground: Ground, figure: Figure) -> list[str]:
    """The group that "militants" without a name are of: the one of their sentence that stands nearest before, or that
    the report names most; unknown ones of the country where it names none."""
    s = ground.analysis.sentences[figure.sentence]
    groups = [a for a in ground.analysis.actors if a.who == "group" and a.ids and not is_state(a.ids[0])]
    here = [a for a in groups if s.first <= a.first < figure.quantity.first]
    if here:
        return list(here[-1].ids[:1])
    named = Counter(a.ids[0] for a in groups)
    if named:
        return [max(named, key=lambda id_: named[id_])]
    country = ground.analysis.country
    return [f"unidentified-{country.lower()}"] if country else []
