"""Changes of control: who took, lost, left or handed over which place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal, NamedTuple

import msgspec

from sijill.coding.assemble import Assembled
from sijill.coding.decisions import Models, place_key, tell
from sijill.coding.evidence import evidence
from sijill.coding.features import control_features, holder_features
from sijill.coding.ground import Ground, Group
from sijill.coding.said import Said
from sijill.coding.setting import located
from sijill.coding.status import sources_at
from sijill.coding.triggers import Trigger, read_words
from sijill.language.actors import country_of, is_civil, is_state
from sijill.language.places import PlaceMention
from sijill.records import GROUP_OF, ControlChange, Event, Extent, Manner
from sijill.rules.knowledge import function_words

_PLURAL = tuple(function_words("verb.plural_ending"))
_FEMININE = function_words("force.feminine")
_BECOMES = function_words("control.becomes")
_EXPELS = function_words("control.expels")
_GROUND = function_words("control.ground")
_STATE = function_words("control.state")
_SINCE = function_words("tally.since")
_UNDER = function_words("control.under")
_COUNTRY = 6
"""The precision of a country, which does not change hands by a word."""
_SEIZED = ("captured", "abducted", "arrested")
"""What becomes of people by words that are said of places too."""
_TERRITORY = ("government_regains_territory", "non_state_actor_overtakes_territory")
_WORDS = ("capture", "advance", "withdraw", "storm")
"""Kinds of trigger that may tell of a place changing hands."""
_LEAVES = ("withdraw", "leave")
_REACH_BEFORE, _REACH_AFTER = 2, 1
"""How many sentences before and after the word that tells of a change its place may stand; the first is always near."""
_REACH_HOLDER = 1
"""How many sentences away a party may stand from the word that tells what it took or lost."""
CHANGES = 0.23
"""How likely a word must be to tell that a place changed hands."""
HOLDS = 0.2
"""How likely the likeliest party must be to have taken a place, or left it."""
LOST, LOST_BESIDE = 0.3, 0.3
"""How likely a party must be to be the other one of a change: in the sentence of the word, and in one beside it."""
TAKES_OVER = 0.45
"""How likely a party must be, in the sentence of a word that tells who left, to have taken the place over."""
JOINS, JOINS_OTHER = 0.6, 0.5
"""How likely a further party of the sentence must be to stand with the likeliest: the one that acts, and the other."""

_SURELY_LOST = {"from": 1.0, "none": 0.0, "to": 0.0}
_PREPOSITIONS = function_words("control.against")
HELP_REACH = 7
"""How many words may stand between a party and one that helps it."""
JOIN_REACH = 8
"""How many words may stand between parties that took a place together."""

Choice = tuple[PlaceMention, Said]
"""A place near a word, and the features of its changing hands by what that word tells."""
Ids = tuple[str, ...]
_Gain = Literal["government_regains_territory", "non_state_actor_overtakes_territory"]
_Battle = Literal["armed_clash", "government_regains_territory", "non_state_actor_overtakes_territory"]


class Move(NamedTuple):
    """A word that tells of a change of control, the place, how likely it is, who lost and who took it, the day, and whether
    its sentence says that."""

    word: Trigger
    place: PlaceMention
    chance: float
    from_: Ids
    to: Ids
    day: date | None
    day_here: bool = False


def candidates(ground: Ground) -> list[tuple[Trigger, list[Choice]]]:
    """Every word that may tell of a place changing hands, with the places near it, each with its features."""
    found = []
    for word in words(ground):
        first, last = word.sentence - _REACH_BEFORE, word.sentence + _REACH_AFTER
        near = [
            place
            for place, sentence in zip(ground.places, ground.place_sentences, strict=True)
            if first <= sentence <= last or sentence == 0
        ]
        if near:
            found.append((word, [(place, control_features(ground, word, place)) for place in near]))
    return found


def words(ground: Ground) -> list[Trigger]:
    """The words that may tell of a place changing hands, in order: triggers, and words that tell no event by themselves
    ("دخلوا الرقة", "سلموها", "خسرها")."""
    told = [t for t in ground.triggers if t.kind.name in _WORDS]
    covered = {i for t in told for i in range(t.first, t.stop)}
    told += [t for t in read_words(ground.analysis, "control") if t.first not in covered]
    return sorted(told)


def parties(ground: Ground, word: Trigger) -> list[tuple[Group, list[str]]]:
    """The armed parties near a word that tells of a change, each with the features of its having taken or lost the place."""
    acting = _acting(ground, word)
    return [
        (group, holder_features(ground, word, group, acting))
        for group in ground.groups
        if abs(group.sentence - word.sentence) <= _REACH_HOLDER and _armed(group.ids)
    ]


def read_control(ground: Ground, events: list[Assembled], models: Models) -> tuple[ControlChange, ...]:
    """Each change once, in text order; what is denied changes nothing. A report that tells no event tells of no change."""
    if not events:
        return ()
    found: list[list[Move]] = []
    for move in sorted(
        _moves(ground, events, models), key=lambda m: (-m.chance, m.word.first, m.place.first)
    ):
        told = next((known for known in found if any(_tell_one(other, move) for other in known)), None)
        if told is None:
            found.append([move])
        else:
            told.append(move)
    found.sort(key=lambda told: (told[0].word.first, told[0].place.first))
    return tuple(_change(ground, told, events) for told in found)


def _moves(ground: Ground, events: list[Assembled], models: Models) -> Iterable[Move]:
    """What each word tells, for the place that it most likely tells of and those that are listed with it."""
    denied = {t.trigger.first for a in events if a.event.status == "denied" for t in a.tellings}
    for word, choices in candidates(ground):
        if word.first in denied:
            continue
        if _changes_nothing(ground, word):
            continue
        chances = {
            place.first: models.control.probability(features)
            for place, features in choices
            if place.precision < _COUNTRY
        }
        if not chances:
            continue
        near = {place.first: place for place, _ in choices}
        first = max(chances, key=lambda at: (chances[at], -at))
        if chances[first] < CHANGES:
            continue
        taken = {place_key(near[first]): near[first]}
        for other in ground.lists.get(first, ()):
            taken.setdefault(place_key(other), other)
        day, day_here = _day(ground, word, chances[first], events, models)
        for place in taken.values():
            from_, to = _holders(ground, word, place, events, models)
            if from_ or to:
                yield Move(word, place, chances[first], from_, to, day, day_here)


def _changes_nothing(ground: Ground, word: Trigger) -> bool:
    """Whether a word only says who holds a place, or what somebody is after: a relative clause in the present ("المجمع الذي
    يسيطر عليه الحوثيون"; "القاعدة التي استردها الثوار" tells of a change), ground that is somebody's ("مناطق سيطرة النظام",
    "لا يزال تحت سيطرة الثوار"; "باتت تحت سيطرة الجيش" tells of one), what something is dated from ("منذ سيطرت جماعة على
    العاصمة"), an aim ("الاستعدادات لطرد الانقلابيين"; "تمكنت من طرد" tells of a change)."""
    forms = ground.forms
    before = forms[word.first - 1] if word.first else ""
    if before in _SINCE:
        return True
    if word.form == "verb.present":
        return before in _STATE
    near = forms[max(0, word.first - 3) : word.first]
    if forms[word.first] in _UNDER or "under" in near:
        return not _BECOMES.intersection(near)
    if _said_of_people(ground, word):
        return True
    aimed = word.form == "noun.masdar" and word.proclitics.endswith("ل")
    return aimed or before in _GROUND


def _said_of_people(ground: Ground, word: Trigger) -> bool:
    """Whether it is counted people that are captured or fall ("four captured", "سقط عشرات القتلى"), no place."""
    falls = word.kind.name == "fall"
    return any(
        figure.cue == word.first
        and figure.outcome in _SEIZED
        or falls
        and 0 <= figure.quantity.first - word.stop <= 1
        for figure in ground.figures_of.get(word.sentence, ())
    )


def _tell_one(known: Move, move: Move) -> bool:
    """Whether two words tell of one change: the same place, going to the same party; or given up by one and taken by
    another, unless on two days."""
    if place_key(known.place) != place_key(move.place):
        return False
    if set(known.to) & set(move.from_) or set(known.from_) & set(move.to):
        return False  # who took a place did not leave it by that
    leaves = [m.word.kind.name in _LEAVES for m in (known, move)]
    one_day = known.day is None or move.day is None or known.day == move.day
    if known.to and move.to:
        return bool(set(known.to) & set(move.to)) and (one_day or leaves[0] == leaves[1])
    return one_day


def _holders(
    ground: Ground, word: Trigger, place: PlaceMention, events: list[Assembled], models: Models
) -> tuple[Ids, Ids]:
    """Who lost a place and who took it."""
    leaves = word.kind.name in _LEAVES
    acts, other = ("from", "to") if leaves else ("to", "from")
    chances = [(group, models.holder.probabilities(f)) for group, f in parties(ground, word)]
    driven = set(_driven_out(ground, word, [group for group, _ in chances]))
    chances = [(group, _SURELY_LOST if driven.intersection(group.ids) else p) for group, p in chances]
    helped = _helped(ground, [group for group, _ in chances])
    own = [item for item in chances if item[0].sentence == word.sentence and item[0].first not in helped]
    beside = [item for item in chances if item[0].sentence != word.sentence and item[0].first not in helped]
    first = _likeliest(own, acts, HOLDS, JOINS) or _likeliest(beside, acts, HOLDS)
    first = _with_helpers(first, helped, place)
    if leaves:  # whose ranks were thinned or whose posts were hit has not taken over by that
        whole = [item for item in own if not _suffers(ground, item[0])]
        hit = {i for g, _ in own for i in g.ids} - {i for g, _ in whole for i in g.ids}
        second = _likeliest(whole, other, TAKES_OVER, JOINS_OTHER, first)
        second = second or _opponents(word, place, first, events)
        return first, tuple(i for i in second if i not in hit)
    second = _likeliest(own, other, LOST, JOINS_OTHER, first) or _opponents(word, place, first, events)
    return second or _likeliest(beside, other, LOST_BESIDE, 1.0, first), first


def _driven_out(ground: Ground, word: Trigger, groups: list[Group]) -> Ids:
    """Who is driven out by a word that says so: the party right after a verbal noun or a verb in the plural ("طرد المسلحين",
    "طردوا الحوثيين"), after a verb in the singular the second ("طردت القوات المسلحين من البلدة"), or the only one where
    another stands before the verb ("القوات طردت المسلحين")."""
    verb = ground.forms[word.stop - 1]
    if not _EXPELS.intersection((verb, verb[1:])):
        return ()
    own = [g for g in groups if g.sentence == word.sentence]
    after = [
        g for g in own if word.stop <= g.first <= word.stop + HELP_REACH and g.before not in _PREPOSITIONS
    ]
    if word.form.startswith("noun") or verb.endswith(_PLURAL):
        return after[0].ids if after and after[0].first <= word.stop + 2 else ()
    if len(after) > 1:
        return after[1].ids
    return after[0].ids if after and any(g.stop <= word.first for g in own) else ()


def _likeliest(
    chances: list[tuple[Group, dict[str, float]]],
    name: str,
    least: float,
    joins: float = 1.0,
    apart: Ids = (),
) -> Ids:
    """The party that most likely took ("to") or lost ("from") a place, with those of whom it's as good as sure; none
    of `apart` is among them."""
    free = [(group, p[name]) for group, p in chances if p[name] >= least and not set(group.ids) & set(apart)]
    if not free:
        return ()
    top, _ = max(free, key=lambda item: item[1])
    beside = (
        g
        for g, chance in free
        if chance >= joins and max(g.first, top.first) - min(g.stop, top.stop) <= JOIN_REACH
    )
    ids = [*top.ids, *(i for group in beside for i in group.ids)]
    return tuple(dict.fromkeys(i for i in ids if not is_civil(i)))


def _suffers(ground: Ground, group: Group) -> bool:
    """Whether only the ranks or belongings of a party are spoken of ("خسائر في صفوف النظام", "مواقع الجيش")."""
    return ground.cue_between(group.first - 3, group.first + 1, "cue.target", "cue.in_ranks")


def _helped(ground: Ground, groups: list[Group]) -> dict[int, tuple[Ids, Ids]]:
    """The parties that are only named beside another, by their first token: whom they help, and who of them fights with
    it. "القوات السورية مدعومة بمقاتلي حزب الله" took a place together; the air force of "بغطاء جوي من التحالف" and the state of
    "القوات المدعومة من الإمارات" took none."""
    found: dict[int, tuple[Ids, Ids]] = {}
    for one, other in pairwise(groups):
        if one.sentence != other.sentence or other.first - one.stop > HELP_REACH:
            continue
        if ground.triggers_between(one.stop, other.first):
            continue
        said = [
            t for i in range(one.stop, other.first + 1) if (t := ground.analysis.tagged.first(i, "support"))
        ]
        if said:
            fights = said[-1].sense.value == "with" and not said[-1].definite
            found[other.first] = found.get(one.first, (one.ids, ()))[0], other.ids if fights else ()
    return found


def _with_helpers(party: Ids, helped: dict[int, tuple[Ids, Ids]], place: PlaceMention) -> Ids:
    """A party with those that fought beside it; a foreign state only lends its hand."""
    own = [
        i
        for head, helpers in helped.values()
        if set(head) & set(party)
        for i in helpers
        if not is_civil(i) and not (is_state(i) and country_of(i) != place.country)
    ]
    return tuple(dict.fromkeys((*party, *own)))


def _opponents(word: Trigger, place: PlaceMention, party: Ids, events: list[Assembled]) -> Ids:
    """Who stands against a party in the event that a word tells, else in a battle for the place."""
    told = [a for a in events if any(t.trigger.first == word.first for t in a.tellings)]
    told += [
        a
        for a in events
        if GROUP_OF[a.event.type] in ("battles", "strategic")
        and any(t.place and place_key(t.place) == place_key(place) for t in a.tellings)
    ]
    if word.kind.name in _LEAVES:  # who fought for a place hasn't taken it by its being left
        told = [a for a in told if a.event.type == "non_violent_transfer_of_territory" and not _is_fought(a)]
    for assembled in told:
        sides = assembled.event.side_a, assembled.event.side_b
        for own, against in (sides, sides[::-1]):
            if set(own) & set(party) and not set(against) & set(party):
                return tuple(i for i in against if not is_civil(i))
    return ()


def _is_fought(assembled: Assembled) -> bool:
    """Whether any word that tells an event is one of fighting."""
    return any(t.trigger.kind.group == "battles" for t in assembled.tellings)


def settle_types(
    ground: Ground, events: list[Assembled], changes: tuple[ControlChange, ...]
) -> list[Assembled]:
    """The types of battles by what changed hands: after one that leaves a place to whom it was held by before it is an armed
    clash, whatever changed hands inside it, for only a change for good makes a territory type; where the government took the
    place, or lost it, that says which type; and a clash told by the word of one change is the taking of that place."""
    settled = []
    for assembled in events:
        event = assembled.event
        if event.place and event.type in (*_TERRITORY, "armed_clash"):
            own = [c for c in changes if c.place and c.place.name == event.place.name]
            own.sort(key=lambda c: c.start or "")
            event = msgspec.structs.replace(event, type=_settled(ground, assembled, own))
        settled.append(assembled._replace(event=event))
    return settled


def _settled(ground: Ground, assembled: Assembled, own: list[ControlChange]) -> _Battle:
    """The type of a battle for a place with the changes there, in order of time."""
    event = assembled.event
    gains = [c for c in own if c.to]
    if event.type == "armed_clash":
        taken = len(own) == 1 and own[0].from_ and gains and own[0].manner == "force"
        return (
            _who_gained(ground, event, own[0])
            if taken and _told_by(ground, assembled, own[0])
            else event.type
        )
    if len(own) > 1 and _back_where_it_was(own):
        return "armed_clash"
    if gains:
        gained, lost = (_has_government(ground, event, ids) for ids in (gains[-1].to, gains[-1].from_))
        if gained != lost:
            return _who_gained(ground, event, gains[-1])
    return event.type  # type: ignore[return-value]


def _told_by(ground: Ground, assembled: Assembled, change: ControlChange) -> bool:
    """Whether a word that tells an event is the one that tells a change."""
    spoken = {ground.analysis.words.span(t.trigger.first, t.trigger.stop)[0] for t in assembled.tellings}
    return any(entry.field == "manner" and entry.start in spoken for entry in change.evidence)


def _who_gained(ground: Ground, event: Event, last: ControlChange) -> _Gain:
    """Whether the place went to the government of its country; a foreign state that takes ground overtakes it."""
    regained = _has_government(ground, event, last.to)
    return "government_regains_territory" if regained else "non_state_actor_overtakes_territory"


def _has_government(ground: Ground, event: Event, ids: Ids) -> bool:
    """Whether the government of the country of an event is among parties."""
    country = event.place.country if event.place else ground.analysis.country
    return ground.analysis.government(country) in ids


def _back_where_it_was(changes: list[ControlChange]) -> bool:
    """Whether the first holder of a place is its last, a withdrawal leaving it to whoever held the rest."""
    first, last = changes[0], changes[-1]
    if not first.from_:
        return False
    if last.manner == "withdrawal" and not last.to:
        return bool(set(last.from_) & set(first.to)) and not set(last.from_) & set(first.from_)
    return bool(set(last.to) & set(first.from_))


def _change(ground: Ground, told: list[Move], events: list[Assembled]) -> ControlChange:
    """The record's change of control, told by one word or more, the likeliest first."""
    move = told[0]
    word, place = move.word, move.place
    day = next((m.day for m in sorted(told, key=lambda m: not m.day_here) if m.day), None)
    ends = (
        a.event.end
        for a in events
        if any(place_key(t.place) == place_key(place) for t in a.tellings if t.place)
    )
    return ControlChange(
        place=located(ground, place), from_=move.from_, to=move.to, start=day.isoformat() if day else next(ends, None),
        extent=_extent(ground, word, place), manner=_manner(told), sources=sources_at(ground, [word.first]),
        evidence=(
            evidence(ground, "manner", word.first, word.stop, word.rule, move.chance),
            evidence(ground, "place", place.first, place.stop, place.rule),
        ),
    )  # fmt: skip


def _day(
    ground: Ground, word: Trigger, chance: float, events: list[Assembled], models: Models
) -> tuple[date | None, bool]:
    """The day that a word tells of, None where none is said, and whether it is said in the sentence of the word."""
    own = next((t for a in events for t in a.tellings if t.trigger.first == word.first), None)
    time = (own or tell(ground, models, word, chance)).time
    said, _ = ground.analysis.days(time)
    if time is None or said is None:
        return None, False
    here = ground.analysis.sentence_of(time.first_token) == word.sentence
    return said - timedelta(_days_before(ground, word)), here


def _manner(told: list[Move]) -> Manner:
    """How a place changed hands: by withdrawal where any word tells that those who held it left."""
    kinds = {move.word.kind.name for move in told}
    if kinds.intersection(_LEAVES):
        return "withdrawal"
    return "handover" if "hand" in kinds else "force"


def _armed(ids: Ids) -> bool:
    return any(not is_civil(i) for i in ids)


def _acting(ground: Ground, trigger: Trigger) -> tuple[str, ...]:
    """Who takes or leaves: the party right after the verb or verbal noun, not after على or من; else the last one before
    it in the sentence."""
    after = [g for g in ground.groups if trigger.stop <= g.first <= trigger.stop + 3]
    if trigger.form.startswith("verb") and ground.forms[trigger.stop - 1].endswith(_PLURAL):
        after = []  # a verb before its subject stands in the singular: "طردوا الحوثيين" drives them out
    if after and after[0].ids and after[0].before not in ("علي", "من", "ضد", "عن", "في", "from", "on", "of"):
        return after[0].ids
    before = [
        g for g in ground.groups if g.sentence == trigger.sentence and g.stop <= trigger.first and g.ids
    ]
    if before:
        agreeing = [g for g in before if _agrees(ground, trigger, g)]
        return (agreeing or before)[-1].ids
    return after[0].ids if after and trigger.form.startswith("noun") else ()


def _agrees(ground: Ground, trigger: Trigger, group: Group) -> bool:
    """Whether an Arabic verb in the past has the gender of a party before it: "هاجمت القوات مواقع الجيش ثم سيطرت" is not
    said of the army. What can't be told agrees."""
    if ground.analysis.language != "ar" or trigger.form != "verb.past":
        return True
    verb = ground.forms[trigger.stop - 1]
    if verb.endswith(_PLURAL) or trigger.stop - trigger.first > 1:
        return True
    head = ground.forms[group.first]
    feminine = head.endswith(("ه", "ات", "ا")) or head.removeprefix("ال") in _FEMININE
    return feminine == verb.endswith("ت")


def _days_before(ground: Ground, trigger: Trigger) -> int:
    """How many days before the time of its sentence: "بعد يوم من تقدم", "بعد يومين من"."""
    before = ground.forms[max(0, trigger.first - 3) : trigger.first]
    if len(before) == 3 and before[0] == "بعد" and before[2] == "من":
        return {"يوم": 1, "يومين": 2}.get(before[1], 0)
    return 0


def _extent(ground: Ground, trigger: Trigger, place: PlaceMention) -> Extent:
    """Partial where only a part is said to change hands ("سيطر على معظم المدينة", "ثلاثة أرباع المدينة باتت في أيدي")."""
    partial = ground.cue_between(trigger.first, trigger.stop + 6, "cue.partial", "cue.into")
    if place.stop <= trigger.first:
        partial = partial or ground.cue_between(place.first - 2, place.first, "cue.partial")
    return "partial" if partial else "full"
