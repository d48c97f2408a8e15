"""Tallies: running totals and tolls for several places, kept apart from the events that they count."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta

import msgspec

from sijill.coding.casualties import Figure
from sijill.coding.evidence import evidence
from sijill.coding.ground import Ground
from sijill.coding.setting import to_place
from sijill.coding.totals import are_many, is_most, period_of, stretch_of
from sijill.language.actors import is_civil, is_state
from sijill.language.mentions import ActorMention
from sijill.language.places import PlaceMention
from sijill.language.times import TimeMention
from sijill.records import Evidence, Tally, TallyCasualty
from sijill.rules.knowledge import function_words

_LEADS = function_words("tally.leads")
_AGAINST = function_words("quantity.against")
_COUNTS = function_words("quantity.count")
_ENDS = function_words("tally.end")
_OPENS = frozenset({"(", ":"})
_WEEK, _BRACKET = 7, 6
"""How many days a week has; and how far before a bracket stands whom its numbers count."""
_SINCE = tuple(sorted(function_words("tally.since")))
_ITS = function_words("tally.its")
_THAT = function_words("tally.that")
_OWNED_BY = function_words("tally.among")
_MID_FIRST, _MID = 11, 15
"""The day with which the middle of a month begins in the codebook, and its midmost."""


def read_tallies(ground: Ground, figures: list[Figure]) -> tuple[Tally, ...]:
    """The tallies of a report: figures of one sentence, or of the next without a time of its own, that count over one
    time stand in one."""
    found: dict[tuple[int, TimeMention | None], list[Figure]] = defaultdict(list)
    key: tuple[int, TimeMention | None] | None = None
    last: Figure | None = None
    over = period_of(ground)
    for figure in figures:
        time = _time(ground, figure, over)
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


def _time(ground: Ground, figure: Figure, over: TimeMention | None) -> TimeMention | None:
    """The time over which a figure counts: of its sentence's times the one from which a count runs, else a stretch, else
    a day; of several such the nearest. Without any it is the time `over` which the whole report counts."""
    s = ground.analysis.sentences[figure.sentence]
    times = [t for t in ground.times if s.first <= t.first_token < s.stop and _may_be_of(ground, figure, t)]
    running = [t for t in times if ground.counts_from(t)]
    stretches = [t for t in times if t.kind in ("span", "period")]
    lasting = stretch_of(ground, figure)
    points = [t for t in times if t.kind == "point"]
    for found in (running, stretches, [lasting] if lasting else [], points):
        if found:
            return min(found, key=lambda t: _apart(figure, t))
    if figure.time is not None:
        return figure.time
    return over if over is not None and over.stop <= figure.quantity.first else None


def _may_be_of(ground: Ground, figure: Figure, time: TimeMention) -> bool:
    """Whether a figure may count over a time: not where something has no like since then, nor where some days are those of
    what was told before somebody says the count ("توفي لاجئون خلال الساعات الماضية، مبينة أن عدد الضحايا وصل إلى 409")."""
    if ground.counts_from(time):
        return not is_most(ground, time.first_token)
    if any(form.startswith(_SINCE) for form in ground.forms[time.stop : figure.quantity.stop + 4]):
        return True  # "اندلع القتال في 15 ديسمبر، ويقولون إن ألفا قتلوا منذئذ"
    short = time.first is None or time.last is None or (time.last - time.first).days < _WEEK
    between = ground.forms[time.stop : figure.cue]
    return not (short and any(form in _THAT for form in between))


def _apart(figure: Figure, time: TimeMention) -> int:
    """How many tokens a time stands from a figure."""
    quantity = figure.quantity
    return (
        time.first_token - quantity.stop if time.first_token >= quantity.stop else quantity.first - time.stop
    )


def _since(ground: Ground, time: TimeMention) -> tuple[date | None, date | None]:
    """The first and last day of a tally's time, the last None where it runs on to the report. "منتصف" of a month
    from which a count runs is its 15th, the middle itself ("mid-April" is a stretch), and "نهاية" its last day."""
    if time.kind == "duration":
        return _weeks_before(ground, time), None
    first, last = ground.analysis.days(time)
    if not ground.counts_from(time):
        return first, last
    if time.rule == "ar.times.edge" and first is not None:
        if first.day == _MID_FIRST:
            first = first.replace(day=_MID)
        elif _ENDS.intersection(ground.forms[time.first_token : time.stop]):
            first = last
    return first, None


def _weeks_before(ground: Ground, time: TimeMention) -> date | None:
    """The day with which weeks begin that end with the report."""
    published = ground.analysis.report.published
    return date.fromisoformat(published[:10]) - timedelta((time.run or 1) - 1) if published else None


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
    for k, figure in enumerate(figures):
        own = _actors(ground, figure)
        if own is None and k + 1 < len(figures) and _shares(ground, figure, figures[k + 1]):
            own = _actors(ground, figures[k + 1])
        inherits = figure.part or figure.quantity.others or _of_the_same(ground, before, figure)
        actors = own if own is not None else of_whole if inherits else _unsaid(figure)
        if not figure.part:
            before, of_whole = figure, actors
        quantity = figure.quantity
        entry = TallyCasualty(
            outcome=figure.outcome, actor=actors, n=quantity.n, bound=quantity.bound,  # type: ignore[arg-type]
            part_of=whole if figure.part else None, n_high=quantity.high,
        )  # fmt: skip
        counted = quantity.n is not None or _is_counted(ground, figure, actors)
        if (
            whole is not None
            and own
            and figure.part
            and not counted
            and _bear_arms(own, casualties[whole].actor)
        ):
            of_whole = tuple(dict.fromkeys((*casualties[whole].actor, *own)))
            casualties[whole] = msgspec.structs.replace(casualties[whole], actor=of_whole)
        if entry in casualties or not counted:
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


def _shares(ground: Ground, figure: Figure, after: Figure) -> bool:
    """Whether a figure without people of its own is joined to one of another outcome that says whom both count ("16 شهيدا
    و33 جريحا من أبناء الحشد")."""
    bare = not figure.quantity.who and not figure.part and not after.part and figure.outcome != after.outcome
    near = 0 <= after.quantity.first - max(figure.quantity.stop, figure.cue + 1) <= 1
    return (
        bare and near and after.cue >= after.quantity.first and ground.forms[after.quantity.first - 1] != "("
    )


def _bear_arms(some: tuple[str, ...], those: tuple[str, ...]) -> bool:
    """Whether both some of a whole and those that it counts are parties that bear arms: then it counts both ("488 من قوات
    الأمن من ضمنهم عناصر من البيشمركة"; not "566 مواطنا معظمهم من قادة حماس")."""
    return bool(those) and not any(is_civil(i) for i in (*some, *those))


def _is_counted(ground: Ground, figure: Figure, actors: tuple[str, ...]) -> bool:
    """Whether people without a number are counted: "dozens" of known people; of a part only where it is said so ("بينهم
    عشرات", not "معظمهم من قادة الحركة")."""
    quantity = figure.quantity
    many = are_many(ground, figure)
    return many if figure.part else bool(quantity.who) or (many and bool(actors))


def _of_the_same(ground: Ground, before: Figure | None, figure: Figure) -> bool:
    """Whether a figure without people of its own counts those of the figure before it with another outcome ("قتل 18 مدنيا
    وأصيب 41"); not where it is set against that one ("120 إرهابيا مقابل 16 شهيدا")."""
    if (
        before is None
        or figure.quantity.who
        or figure.sentence != before.sentence
        or figure.outcome == "displaced"
        or _counts_others(ground, figure)
    ):
        return False
    between = ground.forms[before.quantity.stop : figure.quantity.first]
    return before.outcome != figure.outcome and not any(form in _AGAINST for form in between)


def _counts_others(ground: Ground, figure: Figure) -> bool:
    """Whether the number of a figure counts people by a noun that says of them what those before were not ("51 مشتبها فيه")."""
    quantity = figure.quantity
    form = ground.forms[quantity.stop - 1]
    bare = (
        quantity.n is None or quantity.others or any(n.stop == quantity.stop for n in ground.analysis.numbers)
    )
    return not bare and figure.cue != quantity.stop - 1 and form[0].isalpha() and ".noun" not in figure.rule


def _unsaid(figure: Figure) -> tuple[str, ...]:
    """Whom a figure counts that says no more than "people", or not even that: nobody in particular (codebook, "Sums");
    who was driven from home was without arms."""
    return ("civilians",) if figure.outcome == "displaced" else ()


def _told_beside(ground: Ground, figure: Figure) -> tuple[ActorMention, ...]:
    """Whom a figure counts that says no more than "people": whoever stands right after the word that is counted ("عدد قتلى
    التحالف منذ مطلع العام 51 جنديا", "عدد القتلى المدنيين بلغ 844 شخصا") or hangs on it ("عدد ضحايا التعذيب من اللاجئين
    وصل إلى 409"), or stands a few words on ("96 حالة اعتقال تعسفي بحق مدنيين", "50 شخصا من المدنيين ورجال الأمن")."""
    quantity = figure.quantity
    owner = None if figure.part else _owner(ground, figure)
    if owner is not None:
        return (owner,)
    if any(a.ids or a.who != "persons" for a in quantity.who):
        return ()
    near = [
        g
        for g in ground.groups_between(quantity.stop, quantity.stop + 6)
        if g.actors[0].who in ("civilians", "group", "state")
    ]
    leads = near and ground.forms[near[0].first - 1] in _LEADS
    return (
        near[0].actors if leads and not ground.cue_between(quantity.stop, near[0].first, "cue.part") else ()
    )


def _owner(ground: Ground, figure: Figure) -> ActorMention | None:
    """Who stands between the word that is counted and its number, right after the word or after "of"; or before the bracket
    or colon after which a number is broken down ("الضحايا المدنيين 1091 شخصا (335 قتيلا و756 جريحا)")."""
    first = figure.quantity.first
    for group in ground.groups_between(figure.cue + 1, first):
        actor = group.actors[0]
        noun = actor.form != "people" and (".noun" in figure.rule or ground.forms[figure.cue - 1] in _COUNTS)
        beside = group.first == figure.cue + 1 and (noun or actor.who == "civilians")
        hangs = ground.forms[group.first - 1] in _OWNED_BY and actor.who == "civilians"
        if beside or hangs:
            return actor
    if not first or ground.forms[first - 1] not in _OPENS:
        return None
    before = ground.groups_between(first - _BRACKET, first - 1)
    return next((g.actors[0] for g in before if g.actors[0].who in ("civilians", "group", "state")), None)


def _actors(ground: Ground, figure: Figure) -> tuple[str, ...] | None:
    """The ids of those whom a figure counts; None where it says no more than that they are people. Beside whoever is named
    a word for members says nothing more ("38 منتسبا من قوات الشرطة")."""
    who = _told_beside(ground, figure) or figure.quantity.who
    named = any(a.ids or a.who in ("state", "soldiers") for a in who)
    found: list[str] = []
    for actor in who:
        if actor.ids:
            found += actor.ids
        elif actor.form == "people" and (theirs := _theirs(ground, actor)):
            found += theirs
        elif actor.who == "civilians" and actor.noun != "national":
            found.append("protesters" if actor.noun == "protester" else "civilians")
        elif actor.who in ("state", "soldiers"):
            government = ground.analysis.government(ground.analysis.country)
            found += [government] if government else []
        elif actor.who == "fighters" and not named:
            found += _armed(ground, figure)
    return tuple(dict.fromkeys(found)) or None


def _theirs(ground: Ground, actor: ActorMention) -> tuple[str, ...]:
    """The ids of the party that a pronoun on a word for people means ("قوات الأمن التي قتل عشرون من أفرادها"): the one
    that stands nearest before it in its sentence."""
    if not any(t.enclitic in _ITS for t in ground.analysis.tagged.at(actor.stop - 1)):
        return ()
    sentence = ground.analysis.sentences[ground.analysis.sentence_of(actor.first)]
    before = ground.groups_between(sentence.first, actor.first)
    return next((g.ids for g in reversed(before) if g.ids), ())


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
