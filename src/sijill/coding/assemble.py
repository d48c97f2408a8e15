"""Assembly: from what was decided to the events of one report, every cell with its evidence."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import NamedTuple

import msgspec

from sijill.coding.casualties import Figure
from sijill.coding.decisions import (
    OUTCOMES,
    Models,
    Telling,
    cluster,
    join,
    likely,
    may_be_one,
    owner_of,
    place_key,
    relation,
    tell,
    what_it_counts,
)
from sijill.coding.evidence import evidence
from sijill.coding.ground import Ground
from sijill.coding.setting import best_place, best_time
from sijill.coding.sides import Sides
from sijill.coding.status import sources_of, status_of
from sijill.coding.tolls import passed_over
from sijill.coding.totals import has_time, is_total, period_of
from sijill.coding.triggers import Trigger
from sijill.coding.typing_of_events import type_features
from sijill.language.actors import is_civil
from sijill.language.place_cues import arabic_cue
from sijill.language.places import PlaceMention
from sijill.records import GROUP_OF, Event, Evidence
from sijill.rules.knowledge import function_words

ACCEPT = 0.2
"""How likely a trigger must be to tell an event, to be proposed."""
LIKELIEST = 0.4
"""How likely the likeliest trigger of a report must be to tell an event, for the report to hold any: of the invented reports
in which an event is found, one in five hundred has none that is."""
SAME = 0.3
"""How likely two triggers must be to tell one event."""
TALLY, TALLY_BESIDE = 0.35, 0.15
"""How likely a figure must be a running total, to be none of an event; and how likely one in the sentence of a tally."""
TALLY_SAID, NONE_SAID = 0.1, 0.75
"""How likely one must be that is told without a time where the report counts over a month; and up to how likely neither an
event's nor a total one may be whose words say that it is a total."""
EVENT_HARDLY, EVENT_SURELY = 0.25, 0.85
"""Below how likely a figure is hardly an event's own, and above how likely it is surely one."""
OWNED, OWNED_HARDLY, OWNED_SURELY = 0.5, 0.8, 0.3
"""How likely a figure must be to count people of what a trigger tells, to be its event's; and where it is hardly, or
surely, an event's own."""
MANY = 10
"""As many dead seldom are the toll of two events of one report."""
SPLIT, LISTED = 0.6, 0.45
"""How likely each of several places must be, for a trigger to tell an event at each; and one, for each that is listed with it."""
HEADED = 2
"""How many sentences after a heading what it tells is told again."""
_NEAR_VERB = 6
"""How many words after a verb what it was done to may stand."""
_MAYBE = 0.3
"""How likely a word must tell an event, to be asked what was done to what it names."""
_PLAINLY = 0.5
"""How likely a word must tell an event, to say whether the event is told or only condemned."""
_NEAR = 8
"""How many words after a figure it may be said of which of several places it is; and between places one of which leads on to
the next."""

_PLACES = function_words("tally.places")
_STRETCH = function_words("place.stretch")
_ALSO = function_words("event.also")
_BETWEEN = function_words("place.between")
_LEADS = function_words("place.before_name")
_WHICH = function_words("tally.which")


class Assembled(NamedTuple):
    """An event with the triggers that tell it, the figures that it took, the place that its first trigger with one has, and
    how likely its type is."""

    event: Event
    tellings: list[Telling]
    figures: list[Figure]
    place: PlaceMention | None
    type_chance: float


def propose(ground: Ground, models: Models) -> tuple[list[Assembled], list[Figure]]:
    """What may be the events of a report, before it is decided which of them stand; and the figures that are tallies."""
    groups, tally_figures = grouped(ground, models)
    found = _once(ground, models, [_event(ground, models, group, figures) for group, figures in groups])
    no_events = (_only_condemned, _by_accident)
    found = [a for a in found if _stands(a) and not any(is_none(ground, a) for is_none in no_events)]
    return [a for a in found if not _was_disrupted(ground, a, found)], tally_figures


def _once(ground: Ground, models: Models, told: list[Assembled]) -> list[Assembled]:
    """Each event once: what is told twice is made one, with the triggers and figures of all that tell it."""
    found: list[list[Assembled]] = []
    for assembled in told:
        same = next(
            (one for one in found if any(_is_same(ground, a, assembled, told) for a in (one[0], one[-1]))),
            None,
        )
        if same is None:
            found.append([assembled])
        else:
            same.append(assembled)
    return [one[0] if len(one) == 1 else _joined_event(ground, models, one) for one in found]


def _joined_event(ground: Ground, models: Models, told: list[Assembled]) -> Assembled:
    """The one event that several tell."""
    tellings = sorted((t for a in told for t in a.tellings), key=lambda t: t.trigger.first)
    return _event(ground, models, tellings, [f for a in told for f in a.figures])


def _is_same(ground: Ground, one: Assembled, other: Assembled, told: list[Assembled]) -> bool:
    """Whether two events are one that is told twice: alike, at one place and near each other in the text. What the sentence
    before tells, or a heading, may have the unit that holds the place ("مقتل ثلاثة في غارة على محافظة البيضاء. … على سيارة في
    الصومعة"; not "كما شنت غارة على الصومعة", nor a heading of several)."""
    if not _are_alike(one, other):
        return False
    apart = _apart_in_text(one, other)
    first = ground.analysis.sentences[min(t.trigger.sentence for t in other.tellings)].first
    beside = apart == 0 or (apart == 1 and ground.forms[first] not in _ALSO)
    if one.event.place is not None and one.event.place == other.event.place:
        return beside
    if _heads(one, other):
        return sum(_heads(one, a) for a in told) == 1
    one_day = one.event.start is not None and one.event.start == other.event.start
    return apart == 1 and beside and one_day and relation(one.place, other.place) == "holds"


def _are_alike(one: Assembled, other: Assembled) -> bool:
    """Whether two events are of one type (of demonstrations one group) and not of two days."""
    left, right = one.event, other.event
    if left.type != right.type and not GROUP_OF[left.type] == GROUP_OF[right.type] == "demonstrations":
        return False
    return not (left.start and right.start) or left.start == right.start


def _heads(one: Assembled, other: Assembled) -> bool:
    """Whether an event is told in the heading alone and another like it soon below, at its place or in the unit that it
    names."""
    if other is one or any(t.trigger.sentence for t in one.tellings) or not _are_alike(one, other):
        return False
    near = relation(one.place, other.place) in ("same", "near", "holds")
    return near and 0 < _apart_in_text(one, other) <= HEADED


def _apart_in_text(one: Assembled, other: Assembled) -> int:
    """How many sentences stand between what tells two events."""
    return min(abs(t.trigger.sentence - u.trigger.sentence) for t in one.tellings for u in other.tellings)


def grouped(ground: Ground, models: Models) -> tuple[list[tuple[list[Telling], list[Figure]]], list[Figure]]:
    """The triggers that tell one event each with the figures that it takes, and the figures that are tallies."""
    told = likely(ground, models, ACCEPT)
    if max((chance for _, chance in told), default=0.0) < least_of(ground):
        told = []
    tellings = [tell(ground, models, *item) for item in told]
    groups = split_places(ground, join(ground, cluster(ground, models, tellings, SAME)))
    counted = [None if f.part else what_it_counts(ground, models, f) for f in ground.figures]
    tally_figures = _tally_figures(ground, counted)
    passed = passed_over(ground)
    owners: list[tuple[Figure, int | None]] = []
    last_owner: int | None = None
    several = False
    for figure, counts in zip(ground.figures, counted, strict=True):
        if figure in tally_figures or figure in passed:
            continue
        needed = owned_from(ground, counts)
        owner = last_owner if counts is None else owner_of(ground, models, figure, groups, needed)
        last_owner = owner
        if owner is not None and counts is not None:
            several = of_several_places(ground, groups, owner, figure)
        if owner is not None and several:
            time = next((t.time for t in groups[owner] if t.time), None)
            tally_figures.append(figure._replace(time=time))
        else:
            owners.append((figure, owner))
    tally_figures.sort(key=lambda f: (f.quantity.first, f.cue))
    owned = _by_owner(owners)
    return of_one_toll([(group, owned[k]) for k, group in enumerate(groups)]), tally_figures


def _by_owner(owners: list[tuple[Figure, int | None]]) -> dict[int, list[Figure]]:
    """The figures that each group of triggers takes. Two that count the same people go together ("مقتل وإصابة عدد من
    المصلين"): where one is a group's, so is the other."""
    of_people = {f.quantity[:2]: owner for f, owner in reversed(owners) if owner is not None}
    owned: dict[int, list[Figure]] = defaultdict(list)
    for figure, owner in owners:
        taker = of_people.get(figure.quantity[:2]) if owner is None else owner
        if taker is not None:
            owned[taker].append(figure)
    return owned


def of_one_toll(told: list[tuple[list[Telling], list[Figure]]]) -> list[tuple[list[Telling], list[Figure]]]:
    """Groups that give one toll for one place and day are one event told twice, as a headline or a lede tells what the body
    tells again: no death is counted twice. One figure may agree by chance where it is small, two seldom do."""
    found: list[tuple[list[Telling], list[Figure]]] = []
    tolls: dict[int, set[tuple[str, int]]] = {}
    for group, figures in told:
        toll = {(f.outcome, f.quantity.n) for f in figures if not f.part and f.quantity.n}
        same = next((k for k in tolls if _one_toll(tolls[k] & toll) and may_be_one(found[k][0], group)), None)
        if same is None:
            same = len(found)
            found.append((group, figures))
        else:
            other, counted = found[same]
            found[same] = sorted([*other, *group], key=lambda t: t.trigger.first), [*counted, *figures]
        if toll:
            tolls[same] = tolls.get(same, set()) | toll
    return found


def _one_toll(shared: set[tuple[str, int]]) -> bool:
    """Whether the figures that two events share make one toll: the number of dead, and that is large or the wounded agree
    too."""
    return any(outcome == "killed" and (n >= MANY or len(shared) > 1) for outcome, n in shared)


def least_of(ground: Ground) -> float:
    """How likely the likeliest trigger of a text must be to tell an event, for the text to hold any."""
    return LIKELIEST if ground.is_whole else ACCEPT


def split_places(ground: Ground, groups: list[list[Telling]]) -> list[list[Telling]]:
    """One event a place where one trigger tells of several ("demonstrations in Baghdad, Basra and Najaf"): places of one
    sentence that each are likely and of which none lies in another."""
    found: list[list[Telling]] = []
    for group in groups:
        spots: dict[object, tuple[Telling, float, PlaceMention]] = {}
        for telling in group:
            for chance, place in telling.places:
                if chance >= SPLIT and (place_key(place) not in spots or chance > spots[place_key(place)][1]):
                    spots[place_key(place)] = (telling, chance, place)
        apart = _listed(ground, group) or _apart(ground, [place for _, _, place in spots.values()])
        further = _continued(ground, group)
        if further:
            apart = [*(apart or further[:1]), *(p for p in further[1:] if p not in apart)]
        if len(apart) < 2 or _one_stretch(ground, min(p.first for p in apart)):
            found.append(group)
            continue
        for place in sorted(apart, key=lambda p: p.first):
            key = place_key(place)
            own = [t for t in group if any(place_key(p) == key and c >= LISTED for c, p in t.places)]
            if own:
                places = [[(c, p) for c, p in t.places if place_key(p) == key] for t in own]
            else:
                surest = max(group, key=lambda t: t.places[0][0] if t.places else 0.0)
                own, places = [surest], [[(surest.places[0][0], place)]]
            found.append(
                [msgspec.structs.replace(t, places=there) for t, there in zip(own, places, strict=True)]
            )
    return found


def _likeliest_place(group: list[Telling]) -> tuple[float, PlaceMention | None, Telling | None]:
    """The place that the triggers of a group most likely mean, how likely, and which of them means it."""
    return max(
        ((c, p, t) for t in group for c, p in t.places[:1]),
        key=lambda x: (x[0], -x[1].first),
        default=(0.0, None, None),
    )


def _continued(ground: Ground, group: list[Telling]) -> list[PlaceMention]:
    """The places at which the sentence says that the same was done, beside the one that a trigger most likely means, which
    comes first; [] where it names no further: "غارات على مناطق عابين وكرش بمحافظة لحج، وفي محافظة مأرب، ومنطقة معبر بمحافظة ذمار". Not
    where something else is told of one ("غارات على كرش، وفي مأرب قتل ثلاثة")."""
    chance, place, told = _likeliest_place(group)
    if place is None or told is None or chance < SPLIT or place.first < told.trigger.stop:
        return []
    _, stop, _, _ = ground.analysis.sentences[told.trigger.sentence]
    after = [p for p in ground.places if place.first < p.first < stop]
    run = ground.lists.get(place.first, ())
    found = [place]
    last = place
    for other in after:
        if other not in run and _leads_on(ground, last, other) and other.precision <= 4:
            found.append(other)
        elif other.first - last.stop > _NEAR:
            break
        last = other
    told_after = any(place.stop <= t.first < stop for t in ground.triggers)
    return found if len(found) > 1 and not told_after else []


def _leads_on(ground: Ground, last: PlaceMention, place: PlaceMention) -> bool:
    """Whether a conjunction with a preposition or with a noun for places leads from one place to the next."""
    return any(
        form.startswith("و") and form != "و" and _joins(form, False)
        for form in ground.forms[last.stop : place.first]
    )


def _one_stretch(ground: Ground, first: int) -> bool:
    """Whether a list of places that begins at a token names one stretch between them ("كمين بين منطقتي الروحية وجدليان"; not
    "اشتباكات في الروحية وجدليان")."""
    return not _BETWEEN.isdisjoint(ground.forms[max(0, first - 2) : first])


def _listed(ground: Ground, group: list[Telling]) -> list[PlaceMention]:
    """The members of the list that the group's likeliest place is one of, where its trigger stands in that sentence."""
    chance, place, told = _likeliest_place(group)
    if place is None or told is None or chance < LISTED:
        return []
    if ground.analysis.sentence_of(place.first) != told.trigger.sentence:
        return []
    return list(ground.lists.get(place.first, ()))


def _apart(ground: Ground, places: list[PlaceMention]) -> list[PlaceMention]:
    """Places that are joined in one sentence and of which none holds another: those of the finest level that at least
    two of them have."""
    exact = [p for p in places if p.precision <= 2 and p.lat is not None]
    units = [p for p in places if p.precision in (3, 4)]
    level = exact if len(exact) > 1 else units if len(units) > 1 and not exact else []
    level.sort(key=lambda p: p.first)
    return level if all(_joined(ground, p, q) for p, q in pairwise(level)) else []


def _joined(ground: Ground, left: PlaceMention, right: PlaceMention) -> bool:
    """Whether "و", "and" or a comma joins two places that stand close in one sentence."""
    if (
        ground.analysis.sentence_of(left.first) != ground.analysis.sentence_of(right.first)
        or right.first - left.stop > 6
    ):
        return False
    between = ground.forms[left.stop : right.first + 1]
    return any(_joins(form, at == right.first) for at, form in enumerate(between, left.stop))


def _joins(form: str, names: bool) -> bool:
    """Whether a word joins a place to the one before it: a conjunction by itself, before the name, or before a preposition or
    the noun of what bears it ("وفي بلدة سرمين", "وحي الوعر"; not "وسط بغداد", "القطيف وقع تفجير قرب …")."""
    if form in ("،", ",", "و", "and"):
        return True
    if not form.startswith("و") or len(form) < 3:
        return False
    cue = arabic_cue(form[1:])
    return (
        names or form[1:] in _LEADS or (cue is not None and cue.category in ("head", "countryside", "venue"))
    )


def _tally_figures(ground: Ground, counted: list[dict[str, float] | None]) -> list[Figure]:
    """Figures that are tallies, by what each counts (None of a part); a part goes with its whole, and what follows in the
    sentence of a tally is likelier one, as is what a bulletin of a month counts without a time of its own."""
    found: list[Figure] = []
    last: Figure | None = None
    over = period_of(ground)
    for figure, counts in zip(ground.figures, counted, strict=True):
        if counts is not None and not figure.rule.endswith("+joined"):
            beside = last is not None and last.sentence == figure.sentence
            needed = TALLY_BESIDE if beside else TALLY
            if over is not None and over.stop < figure.cue and not has_time(ground, figure.sentence):
                needed = TALLY_SAID
            if beside and last is not None and 0 <= figure.quantity.first - last.quantity.stop <= 1:
                needed = 0.0
            said = counts["none"] <= NONE_SAID and is_total(ground, figure)
            last = figure if said or counts["tally"] >= needed else None
        if last is not None:
            found.append(figure)
    return found


def of_several_places(ground: Ground, groups: list[list[Telling]], owner: int, figure: Figure) -> bool:
    """Whether a figure is the toll of several places at once, each with an event that the same words tell ("حرروا قريتي سبيب
    وعانولي وقتلوا 60 عنصرا"): a tally (codebook, "Sums"). Not where it is said of which it is ("أربعة قتلى في الأولى"), nor
    where the places are told of again below, as a lede's are that adds them up."""
    n = figure.quantity.n
    if n is None or n < 2 or figure.outcome not in ("killed", "wounded", "arrested", "captured"):
        return False
    told = {t.trigger.first for t in groups[owner] if t.trigger.sentence == figure.sentence}
    if not told or not ground.lists:
        return False
    spots = [t.place for group in groups for t in group if t.trigger.first in told and t.place]
    run = next((ground.lists[s.first] for s in spots if s.first in ground.lists), ())
    if len({s.first for s in spots} & {p.first for p in run}) < 2:
        return False
    first, end = run[0].first, ground.analysis.sentences[figure.sentence].stop
    lead = ground.forms[max(0, first - 2) : first + 1]
    several = any(form in _PLACES or form[1:] in _PLACES for form in lead[-2:]) and not _STRETCH.intersection(
        lead
    )
    if not several or ground.analysis.sentence_of(first) != figure.sentence:
        return False
    stop = max(figure.cue + 1, figure.quantity.stop)
    named = {ground.forms[p.stop - 1].removeprefix("و") for p in run}
    again = named.intersection(ground.forms[run[-1].stop :])
    return not again and not any(form in _WHICH for form in ground.forms[stop : min(stop + _NEAR, end)])


def owned_from(ground: Ground, counts: dict[str, float] | None) -> float:
    """How likely a figure must be one trigger's, to be its event's: surer where it hardly looks like an event's own (a
    lede that adds up several, a toll that was revised), less where it looks like nothing else. A sentence or two have
    nothing around them to judge that by."""
    if counts is None or not ground.is_whole:
        return OWNED
    if counts["event"] < EVENT_HARDLY:
        return OWNED_HARDLY
    return OWNED_SURELY if counts["event"] > EVENT_SURELY else OWNED


def _stands(assembled: Assembled) -> bool:
    """An event stands on a place, a time, a party or a figure; a bare word tells none."""
    event = assembled.event
    return bool(event.place or event.start or event.side_a or event.side_b or event.casualties)


def _only_condemned(ground: Ground, assembled: Assembled) -> bool:
    """Whether an event is only told as what somebody condemns, and not when it was: then a reaction holds none (codebook,
    "Condemnations and reactions"). The day of the reaction is not the event's ("دان المجلس أمس التفجير", beside "دان
    التفجير الذي وقع أمس")."""
    if GROUP_OF[assembled.event.type] == "demonstrations":  # who demonstrates condemns as well
        return False
    triggers = [t.trigger for t in assembled.tellings if t.probability >= _PLAINLY]
    if not triggers or not all(_condemned(ground, trigger.first) for trigger in triggers):
        return False
    times = [t.time for t in assembled.tellings if t.time]
    return all(_of_reaction(ground, time.first_token, triggers) for time in times)


def _by_accident(ground: Ground, assembled: Assembled) -> bool:
    """Whether people only died or were hurt, and in an accident or a disaster as the sentence says ("مقتل 12 شخصا في تحطم
    مروحية"; not "مقتل 12 شخصا في هجوم على مروحية")."""
    triggers = [t.trigger for t in assembled.tellings if t.probability >= _PLAINLY]
    return bool(triggers) and all(
        t.kind.name in OUTCOMES
        and ground.cue_between(t.stop, ground.analysis.sentences[t.sentence].stop, "quiet:accident")
        for t in triggers
    )


def _was_disrupted(ground: Ground, assembled: Assembled, told: list[Assembled]) -> bool:
    """Whether what would have exploded is what another event tells to have been shot down, defused or seized ("اعترضت صاروخا",
    "تفكيك ثلاث عبوات"; not "brought down by an air raid")."""
    if GROUP_OF[assembled.event.type] != "explosions":
        return False
    charges = [t.trigger for t in assembled.tellings if t.probability >= _MAYBE]
    stopped = [
        t.trigger
        for other in told
        if other.event.type == "disrupted_weapons_use"
        for t in other.tellings
        if t.trigger.kind.name == "intercept"
    ]
    return bool(charges) and all(
        any(
            verb.sentence == charge.sentence
            and 0 <= charge.first - verb.stop <= _NEAR_VERB
            and not ground.cue_between(verb.stop, charge.first, "cue.because", "cue.agent")
            for verb in stopped
        )
        for charge in charges
    )


def _condemned(ground: Ground, token: int) -> bool:
    first = ground.analysis.sentences[ground.analysis.sentence_of(token)].first
    return ground.cue_between(first, token, "cue.opinion")


def _of_reaction(ground: Ground, time: int, triggers: list[Trigger]) -> bool:
    """Whether a time is that of a reaction: in its sentence somebody speaks before it, and what is spoken of comes after."""
    sentence = ground.analysis.sentence_of(time)
    told = any(t.sentence == sentence and t.first < time for t in triggers)
    before = ground.analysis.sentences[sentence].first, time
    return not told and ground.cue_between(*before, "cue.opinion", "cue.speech")


def _event(ground: Ground, models: Models, group: list[Telling], figures: list[Figure]) -> Assembled:
    entries: list[Evidence] = [
        evidence(ground, "type", t.trigger.first, t.trigger.stop, t.trigger.rule, t.probability)
        for t in group
    ]
    type_, type_chance = type_of(ground, models, group, figures)
    place, place_entries = best_place(ground, group)
    start, end, precision, time_entries = best_time(ground, group, type_)
    country = place.country if place else ground.analysis.country
    sides = Sides(ground, models, group, type_, country, figures)
    side_a, side_b, side_entries = sides.result()
    fought = any(t.trigger.kind.family == "fight" and t.probability >= _PLAINLY for t in group)
    settled = by_whom_it_hits(type_, side_a, side_b, figures, fought)
    if settled != type_:
        type_ = settled
        sides = Sides(ground, models, group, type_, country, figures)
        side_a, side_b, side_entries = sides.result()
    casualties, casualty_entries = sides.casualties(figures)
    event = Event(
        type=type_,  # type: ignore[arg-type]
        status=status_of(ground, group, (*side_a, *side_b)),
        start=start,
        end=end,
        date_precision=precision,
        place=place,
        side_a=side_a,
        side_b=side_b,
        casualties=casualties,
        sources=sources_of(ground, group),
        means=_means(ground, group),
        confidence=round(max(t.probability for t in group), 3),
        evidence=(*entries, *place_entries, *time_entries, *side_entries, *casualty_entries),
    )
    place_told = next((t.place for t in group if t.place), None)
    return Assembled(event, group, figures, place_told, type_chance)


def type_of(ground: Ground, models: Models, group: list[Telling], figures: list[Figure]) -> tuple[str, float]:
    """The likeliest type of what triggers tell, before its parties are known, and how likely it is."""
    chances = models.type.probabilities(type_features(ground, group, figures))
    likeliest = max(sorted(chances), key=lambda name: chances[name])
    if likeliest == "attack" and _only_exploded(group):
        exploded = [name for name in sorted(chances) if GROUP_OF[name] == "explosions"]
        likeliest = max(exploded, key=lambda name: chances[name])
    return likeliest, chances[likeliest]


def _only_exploded(group: list[Telling]) -> bool:
    """Whether an attack is told in words for what exploded and in words that fit any attack: then it was that ("الهجوم على
    المسجد … التفجير"; not where shots or blades are told too)."""
    kinds = {t.trigger.kind for t in group if t.probability >= _PLAINLY}
    exploded = any(kind.group == "explosions" for kind in kinds)
    return exploded and not any(kind.group == "violence" and kind.strength > 1 for kind in kinds)


def by_whom_it_hits(
    type_: str, side_a: tuple[str, ...], side_b: tuple[str, ...], figures: list[Figure], fought: bool
) -> str:
    """An attack on those who bear arms is a clash; a clash in which one side is nobody, or that no word of fighting tells,
    and only people without arms were hurt, is an attack on them (codebook, "Types"): "هجوم مسلح … قتل مسلح 38 سائحا"."""
    if type_ == "attack" and side_b and not any(is_civil(i) for i in side_b):
        return "armed_clash"
    if type_ == "armed_clash" and not (side_a and side_b and fought):
        hurt = [a for f in figures if f.outcome in ("killed", "wounded") for a in f.quantity.who]
        if hurt and all(a.who == "civilians" and not a.ids for a in hurt):
            return "attack"
    return type_


def _means(ground: Ground, group: list[Telling]) -> tuple[str, ...]:
    """Weapons and tactics said in the clauses that tell the event."""
    found: list[str] = []
    for telling in group:
        for i in ground.cued(*telling.trigger.clause):
            found += [c.partition(":")[2] for c in ground.cues[i] if c.startswith("means:")]
    return tuple(dict.fromkeys(found))


def replace_event(assembled: Assembled, **changes: object) -> Assembled:
    """The same with fields of the event changed."""
    return assembled._replace(event=msgspec.structs.replace(assembled.event, **changes))
