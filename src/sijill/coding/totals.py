"""Totals: what the words around a figure say of whether it counts one event's people or those of a time with many."""

from __future__ import annotations

from datetime import date

from sijill.coding.casualties import Figure
from sijill.coding.ground import Ground
from sijill.language.times import TimeMention
from sijill.rules.knowledge import function_words

_SINCE = function_words("tally.since")
_ONSETS = function_words("tally.onset")
_MOST = function_words("tally.most")
_OVER = function_words("tally.over")
_VIOLENCE = function_words("tally.violence")
_VAGUE = function_words("quantity.vague")
_MARKS = frozenset({"،", ",", "؛", ";", ":", ".", "\n", "(", ")"})
_ENDS = frozenset({"؛", ";", ".", ":", "\n"})
_BESIDE, _PHRASE = 2, 7
"""How many words may stand between a figure and the time that it counts over; how long the name of what broke out may be."""
_LONG = 8
"""From how many days on something is too long for one event with one toll."""
_MONTH = 4
"""The precision of the times over which bulletins count: a month and longer."""
_COUNTRY = 6
"""The precision of a country."""
_HEAD = 2
"""Among how many sentences at its head a report says over what time it counts."""


def is_total(ground: Ground, figure: Figure) -> bool:
    """Whether the words beside a figure say that it is a total: from when on it counts, or over how long."""
    quantity = figure.quantity
    several = quantity.n > 1 if quantity.n else are_many(ground, figure)
    told = (runs_on, over_a_stretch, over_a_month, of_violence)
    return several and any(says(ground, figure) for says in told)


def are_many(ground: Ground, figure: Figure) -> bool:
    """Whether a figure is a word of number without a number: "dozens", "مئات", "عدد من"; not a bare plural."""
    first = figure.quantity.first
    vague = ground.forms[first].removeprefix("و") in _VAGUE
    return vague or any(n.first == first and n.value is None for n in ground.analysis.numbers)


def runs_on(ground: Ground, figure: Figure) -> bool:
    """Whether a figure stands right beside what it is counted from: the outbreak or start of something, or a day more than
    a week back ("منذ اندلاع موجة العنف في 20 يوليو قتل 13 جنديا", "1500 people have died since January"). A battle that goes
    on since Saturday has a toll of its own ("قتل 33 منذ السبت"), as it has "منذ اندلاعها"."""
    sentence = ground.analysis.sentences[figure.sentence]
    first, stop = _reach(figure)
    for k in range(sentence.first, min(sentence.stop, stop + _BESIDE + 1)):
        if ground.forms[k] not in _SINCE or is_most(ground, k):
            continue
        beside = not _MARKS.intersection(ground.forms[stop:k]) if k >= stop else _leads_to(ground, k, first)
        if beside and _is_long(ground, k):
            return True
    return False


def over_a_stretch(ground: Ground, figure: Figure) -> bool:
    """Whether a figure counts over weeks of strikes ("260 مقاتلا قتلوا خلال أسبوع من الغارات", "390 killed in two weeks of air
    strikes"); a battle keeps its toll however long it is ("خلال أسبوعين من المعارك")."""
    time = stretch_of(ground, figure)
    if time is None or ground.forms[time.stop : time.stop + 1] not in (["من"], ["of"]):
        return False
    told = ground.triggers_between(time.stop, time.stop + 4)
    return bool(told) and told[0].kind.group == "explosions" and told[0].form.endswith("plural")


def over_a_month(ground: Ground, figure: Figure) -> bool:
    """Whether the clause of a figure says after it that it counts over the length of a month or longer ("94 حالة اعتقال في سوريا
    خلال شهر أيار"); "in May" may be when one event was ("11 مدنيا أعدمهم التنظيم في آب")."""
    _, stop = _reach(figure)
    for time, kind in ground.times_in(figure.sentence):
        if kind in ("period", "span") and time.precision >= _MONTH and _is_counted_over(ground, figure, time):
            over = ground.forms[max(stop, time.first_token - 2) : time.first_token + 1]
            if any(form in _OVER for form in over):
                return True
    return False


def of_violence(ground: Ground, figure: Figure) -> bool:
    """Whether a figure counts the dead of violence in a country at large ("شهدت تركيا تصاعدا في أعمال العنف أسفرت عن مصرع تسعة"):
    after the head of a report, where such a sum adds up what is told below."""
    first, _ = _reach(figure)
    sentence = ground.analysis.sentences[figure.sentence]
    before = ground.forms[max(sentence.first, first - _PHRASE) : first]
    if figure.sentence < _HEAD or not any(form in _VIOLENCE for form in before):
        return False
    places = [p for p in ground.places if sentence.first <= p.first < sentence.stop]
    return bool(places) and all(p.precision == _COUNTRY for p in places)


def stretch_of(ground: Ground, figure: Figure) -> TimeMention | None:
    """The weeks up to the report that a figure counts over, where its clause says so after it."""
    _, stop = _reach(figure)
    for time, _ in ground.times_in(figure.sentence):
        if time.kind == "duration" and (time.run or 0) >= _LONG and time.first_token >= stop:
            return None if _ENDS.intersection(ground.forms[stop : time.first_token]) else time
    return None


def period_of(ground: Ground) -> TimeMention | None:
    """The month or longer over which a report counts, where its head gives figures over one ("مقتل وإصابة 3440 عراقيا خلال
    شهر يوليو الماضي"): what it counts later without a time of its own it counts over that one too."""
    for sentence in range(min(_HEAD, len(ground.analysis.sentences))):
        for time, kind in ground.times_in(sentence):
            if kind in ("period", "span") and time.precision >= _MONTH and time.first and not time.future:
                figures = ground.figures_of.get(sentence, ())
                if any(_is_counted_over(ground, f, time) for f in figures):
                    return time
    return None


def _is_counted_over(ground: Ground, figure: Figure, time: TimeMention) -> bool:
    """Whether a time follows a figure in its clause, with no happening between that could have it."""
    _, stop = _reach(figure)
    return 0 <= time.first_token - stop <= _PHRASE and not _MARKS.intersection(
        ground.forms[stop : time.first_token]
    )


def has_time(ground: Ground, sentence: int) -> bool:
    """Whether a sentence has a time of the calendar, over which or at which its figures count."""
    return any(kind in ("since", "span", "period", "point") for _, kind in ground.times_in(sentence))


def is_most(ground: Ground, since: int) -> bool:
    """Whether the "since" at a token only says how far back something has no like ("أسوأ موجة عنف تشهدها المدينة منذ سنوات", "the
    deadliest attack since 2014"), and nothing counts from it."""
    first = ground.analysis.sentences[ground.analysis.sentence_of(since)].first
    return any(form.removeprefix("و") in _MOST for form in ground.forms[max(first, since - _PHRASE) : since])


def _reach(figure: Figure) -> tuple[int, int]:
    """The first token of a figure and its outcome, and the one after them."""
    return min(figure.cue, figure.quantity.first), max(figure.cue + 1, figure.quantity.stop)


def _leads_to(ground: Ground, since: int, first: int) -> bool:
    """Whether "since" heads the clause of a figure, and what it leads to ends right before that; or it stands with its day
    in the clause, between what had the toll and the toll ("أسفرت منذ انطلاقها في 7 أكتوبر عن مقتل 34")."""
    stop = _end_of_since(ground, since)
    gap = ground.forms[stop:first]
    if stop > first or _ENDS.intersection(gap):
        return False
    before = ground.forms[since - 1] if since else "."
    at_head = since == ground.analysis.sentences[ground.analysis.sentence_of(since)].first
    if (at_head or before in _MARKS or ground.forms[since].startswith("و")) and _MARKS.issuperset(gap):
        return True
    caused = ground.cue_between(since - 2, since, "cue.result")
    return caused and len(gap) < _PHRASE and not _MARKS.intersection(gap)


def _end_of_since(ground: Ground, since: int) -> int:
    """Where what a count runs from ends: with its day, else with the first mark in it."""
    time = _time_of_since(ground, since)
    if time is not None:
        return time.stop
    within = range(since + 1, min(since + 1 + _PHRASE, len(ground.forms)))
    return next((k for k in within if ground.forms[k] in _MARKS), since + 1)


def _time_of_since(ground: Ground, since: int) -> TimeMention | None:
    """The time that "since" at a token leads to."""
    for time, kind in ground.times_in(ground.analysis.sentence_of(since)):
        if kind == "since" and 0 <= time.first_token - since < _PHRASE:
            return time
    return None


def _is_long(ground: Ground, since: int) -> bool:
    """Whether what runs from "since" at a token is long: from a day more than a week back, or from an outbreak without one."""
    time = _time_of_since(ground, since)
    published = ground.analysis.report.published
    if time is not None and time.first is not None and published:
        return (date.fromisoformat(published[:10]) - time.first).days >= _LONG
    return time is None and any(form in _ONSETS for form in ground.forms[since + 1 : since + 2])
