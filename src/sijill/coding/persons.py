"""Named individuals to whom the report says that something happened."""

from __future__ import annotations

from typing import get_args

import msgspec

from sijill.coding.assemble import Assembled
from sijill.coding.decisions import Models
from sijill.coding.evidence import evidence
from sijill.coding.features import DOERS, person_features
from sijill.coding.ground import Ground, count_between
from sijill.coding.status import sources_at
from sijill.language.actors import is_civil, is_state
from sijill.language.mentions import PersonMention
from sijill.language.people import possible_people
from sijill.records import Fate, Person
from sijill.rules.knowledge import function_words
from sijill.rules.lexicon import Tag
from sijill.text.script import normal_form

_OF = function_words("quantity.of")
_LEADS = function_words("name.before")
_AMONG = function_words("person.among")
_FATAL = ("outcome.", "fate.")
_FATES: tuple[Fate, ...] = get_args(Fate)
_LIKELY = 0.35
_SURE = 0.6
"""How likely a fate must be in a report of which no event is read."""
_MOST_LISTS = 400
"""Lists of names of one piece of a report; from there on none is looked at."""

_FAR_SENTENCES = 5
"""Sentences from which on no name of a list that begins beside a word of fate stands."""

Names = tuple[PersonMention, ...]
Choice = tuple[Tag, list[str]]
"""A word of fate near a list of names, and its features."""


def read_persons(ground: Ground, events: list[Assembled], models: Models) -> tuple[Person, ...]:
    """Each named person once, with fate, role, affiliation and the event that it happened in. Where a report tells
    no event, only a sure fate counts."""
    found: dict[str, tuple[float, Person]] = {}
    for names, choices in candidates(ground, None if events else _violent(ground)):
        chance, cue = _likeliest(choices, models)
        if chance < (_LIKELY if events else _SURE):
            continue
        for mention in names:
            index = _event_of(ground, mention, cue, events)
            if index is None and not (
                _stands_alone(cue, chance, events) or _armed_in_sentence(ground, mention)
            ):
                continue  # a death that belongs to no event of the record, and to no party to the fighting
            told = chance, _person(ground, mention, cue, chance, index, events)
            known = next((n for n in found if _one_name(n, mention.name)), None)
            if known is not None:
                told = _one_person(found.pop(known), told)
            found[told[1].name] = told
    persons = (person for _, person in found.values())
    return tuple(sorted(persons, key=lambda person: person.evidence[0].start))


def _stands_alone(cue: Tag, chance: float, events: list[Assembled]) -> bool:
    """Whether a fate counts that belongs to no event and stands beside no armed party: a sure one in a report of which an
    event is read, and a bomber's in any ("السيارة التي أقلت الانتحاري فلان"; not "قتل جاره فلانا" in a report of courts)."""
    return chance >= (_FIRM if events else _SURE) and (bool(events) or cue.sense.value == "bomber")


def _likeliest(choices: list[Choice], models: Models) -> tuple[float, Tag]:
    """The likeliest fate, told by its likeliest word: several words that may tell one fate speak for it together."""
    chances: dict[Fate | None, list[tuple[float, int, Tag]]] = {}
    for cue, features in choices:
        chances.setdefault(fate_of(cue), []).append((models.person.probability(features), -cue.first, cue))
    told = max(chances.values(), key=lambda of: sum(chance for chance, _, _ in of))
    return min(1.0, sum(chance for chance, _, _ in told)), max(told)[2]


def fate_of(cue: Tag) -> Fate | None:
    """What a word of fate says of one person, None where nothing of the codebook."""
    name = cue.sense.category.rpartition(".")[2]
    return next((fate for fate in _FATES if fate == name), None)


def candidates(ground: Ground, wanted: set[int] | None = None) -> list[tuple[Names, list[Choice]]]:
    """Every list of names with the words of fate in its sentence and the nearest two before and after it, each with its
    features; only those with a name in the sentences that are `wanted`, where some are."""
    hidden = {i for tag in ground.analysis.tagged.of("mask") for i in range(tag.first, tag.stop)}
    cues = [
        tag
        for i in ground.analysis.tagged.tokens("outcome", "fate")
        if i not in hidden and (tag := next((t for t in ground.analysis.tagged.at(i) if _is_fate(t)), None))
    ]
    if not cues:
        return []
    analysis = ground.analysis
    if wanted is not None:
        near = {analysis.sentence_of(cue.first) + k for cue in cues for k in range(-1, _FAR_SENTENCES)}
        if wanted.isdisjoint(near):
            return []
    places = {i for p in analysis.places for i in range(p.first, p.stop)}
    lists = possible_people(analysis.tagged, analysis.in_times, places, analysis.people)
    if len(lists) > _MOST_LISTS:
        return []
    starts = [names[0].first for names in lists]
    cues_of: dict[int, list[Tag]] = {}
    for cue in cues:
        cues_of.setdefault(analysis.sentence_of(cue.first), []).append(cue)
    found = []
    for names in lists:
        if wanted is not None and wanted.isdisjoint(analysis.sentence_of(m.first) for m in names):
            continue
        sentence = analysis.sentence_of(names[0].first)
        first, stop = names[0].first, names[-1].stop
        own = [c for c in cues_of.get(sentence, ()) if not first <= c.first < stop]
        before = cues_of.get(sentence - 1, [])[-2:]
        if _does_it(ground, names[0].role_first):
            own, before = [c for c in own if c.first >= stop], []
        after = cues_of.get(sentence + 1, [])[:2]
        own = [c for c in own if not _counts_others(ground, c, first, stop)]
        choices = [
            (
                cue,
                person_features(
                    ground,
                    names,
                    cue,
                    own,
                    count_between(starts, min(cue.first, stop), max(cue.first, first)),
                ),
            )
            for cue in (*before, *own, *after)
        ]
        if choices:
            found.append((names, choices))
    return found


_NEAR, _LEADING = 3, 25
"""How many words apart a count of people and a name may stand, and how far what leads from one to the other is looked for."""


def _counts_others(ground: Ground, cue: Tag, first: int, stop: int) -> bool:
    """Whether a noun for many ("القتلى", "الجرحى") counts other people than whom the tokens first to stop name: it stands some
    way off, and nothing leads from it to the name ("بحث الوزير فلان نقل الجرحى"; not "بين القتلى العقيد فلان", "القتلى هم فلان
    وفلان", "فلان الذي كان ضمن القتلى")."""
    if cue.sense.kind != "noun" or cue.sense.inflection != "plural" or ground.forms[cue.first - 1] in _AMONG:
        return False
    low, high = (stop, cue.first) if cue.first >= stop else (cue.stop, first)
    return high - low > _NEAR and _LEADS.isdisjoint(ground.forms[max(low, high - _LEADING) : high])


_BY = frozenset((("من", "قبل"), ("علي", "يد"), ("علي", "ايدي"), ("من", "جانب")))
"""What leads to who did something, in normal form."""


def _does_it(ground: Ground, first: int) -> bool:
    """Whether whom a name at token `first` names is told to have done what was told before him ("مقتل تاجر على يد
    فلان"; not "مقتل فلان على يد مجهولين")."""
    return first > 1 and (ground.forms[first - 2], ground.forms[first - 1]) in _BY


def _is_fate(tag: Tag) -> bool:
    return tag.sense.category.startswith(_FATAL) and fate_of(tag) is not None


_LASTING = {"released": 1, "killed": 2}
"""Fates that outlast others: who was abducted may be released, and whoever was wounded or held may be killed."""
_FIRM = 0.5
"""How likely a fate must be to stand against an earlier one of the same person."""


def _one_person(one: tuple[float, Person], other: tuple[float, Person]) -> tuple[float, Person]:
    """Two tellings of one person as one: with the fate that outlasts the other where it is firm ("المخطوفة ... أفرج عنها"
    is released), else that of the fuller name, else the likelier; with the name as it is written most fully."""

    def worth(told: tuple[float, Person]) -> tuple[int, int, float]:
        lasting = _LASTING.get(told[1].fate, 0) if told[0] >= _FIRM else 0
        return lasting, len(told[1].name), told[0]

    (chance, person), (_, lesser) = sorted((one, other), key=worth, reverse=True)
    if len(person.name) >= len(lesser.name):
        return chance, person
    named = next(entry for entry in lesser.evidence if entry.field == "name")
    fate = next(entry for entry in person.evidence if entry.field == "fate")
    role = lesser.role or person.role
    return chance, msgspec.structs.replace(person, name=lesser.name, role=role, evidence=(named, fate))


def _one_name(one: str, other: str) -> bool:
    """Whether two names are one person's: every word of the shorter is in the longer, however its alef is spelt."""
    shorter, longer = sorted((normal_form(one).split(), normal_form(other).split()), key=len)
    return set(shorter) <= set(longer)


def _person(
    ground: Ground,
    mention: PersonMention,
    cue: Tag,
    chance: float,
    index: int | None,
    events: list[Assembled],
) -> Person:
    named = evidence(ground, "name", mention.first, mention.stop, mention.rule, chance)
    cut = len(named.text) - len(mention.name)  # the "and" that a name may be written with
    named = msgspec.structs.replace(named, start=named.start + cut, text=mention.name)
    return Person(
        name=mention.name,
        affiliation=_affiliation(ground, mention, cue, index, events),
        role=mention.role or _role_before(ground, mention) or _role_after(ground, mention),
        fate=fate_of(cue) or "killed",
        event=index,
        sources=sources_at(ground, [mention.first]),
        evidence=(named, evidence(ground, "fate", cue.first, cue.stop, cue.sense.rule)),
    )


def _role_before(ground: Ground, mention: PersonMention) -> str | None:
    """The office or occupation that a name follows ("نائب والي غرب دارفور …", "a driver of a water tanker, …"): from the
    farthest word for one person within six words on, up to what leads to the name ("known as"); none past a mark, a
    verb of fate, a word of speech or another name."""
    tagged, forms = ground.analysis.tagged, ground.forms
    found: Tag | None = None
    stop = mention.first
    for i in range(mention.first - 1, max(-1, mention.first - 7), -1):
        tags = tagged.at(i)
        people = [t for t in tags if t.sense.category.startswith(("title", "people."))]
        if any(t.sense.category == "name" or (_is_fate(t) and t.sense.kind == "verb") for t in tags):
            break
        if any(t.sense.inflection in ("plural", "dual") for t in people) or ground.cues_in(i, i + 1):
            break
        if people and people[0].sense.category != "title.adjective" and people[0].sense.value != "called":
            found = people[0]
        if forms[i] in _LEADS or people and people[0].sense.value == "called":
            stop = i
        elif not forms[i][0].isalpha() and i < mention.first - 1:
            break
    if found is None or found.first >= stop:
        return None
    text = ground.analysis.words.between(found.first, stop).strip(" ,،:\"'“”«»()")
    return text.removeprefix(found.proclitics) or None


def _role_after(ground: Ground, mention: PersonMention) -> str | None:
    """The office that follows a name ("… قائد غرفة عمليات المنطقة"), up to a preposition, a mark or five words."""
    tag = ground.analysis.tagged.first(mention.stop, "title")
    if tag is None or tag.sense.value == "civil":
        return None
    stop = tag.stop
    while (
        stop < len(ground.forms)
        and stop - tag.first < 5
        and ground.forms[stop][0].isalpha()
        and ground.forms[stop] not in _OF
    ):
        stop += 1
    return ground.analysis.words.between(tag.first, stop)


def _event_of(ground: Ground, mention: PersonMention, cue: Tag, events: list[Assembled]) -> int | None:
    best, nearest = None, 10**9
    sentence = ground.analysis.sentence_of(mention.first)
    for k, assembled in enumerate(events):
        for telling in assembled.tellings:
            if abs(telling.trigger.sentence - sentence) <= 1:
                distance = abs(telling.trigger.first - cue.first)
                if distance < nearest:
                    best, nearest = k, distance
    return best


def _armed_in_sentence(ground: Ground, mention: PersonMention) -> bool:
    return ground.analysis.sentence_of(mention.first) in _armed(ground)


def _violent(ground: Ground) -> set[int]:
    """The sentences that may name somebody in a report of no event: those of armed parties, and of bombers."""
    tagged = ground.analysis.tagged
    bombers = {
        ground.analysis.sentence_of(t.first) for t in tagged.of("fate.killed") if t.sense.value == "bomber"
    }
    return _armed(ground) | bombers


def _armed(ground: Ground) -> set[int]:
    """The sentences that name an armed party, or follow one that does."""
    told = {g.sentence for g in ground.groups if any(not is_civil(i) for i in g.ids)}
    return told | {sentence + 1 for sentence in told}


def _affiliation(
    ground: Ground, mention: PersonMention, cue: Tag, index: int | None, events: list[Assembled]
) -> tuple[str, ...]:
    """Whom a person belongs to: a party named beside the name, else what the title says, else whom the event was done
    to (or, for its doers, by whom)."""
    sentence = ground.analysis.sentence_of(mention.first)
    near = [g for g in ground.groups if g.sentence == sentence and g.ids]
    for group in near:
        if mention.role_first - 1 <= group.first < mention.first or 0 <= group.first - mention.stop <= 3:
            return group.ids[:1]
    title = next(
        (t.sense.value for t in ground.analysis.tagged.at(mention.role_first) if t.sense.category == "title"),
        "",
    )
    if title == "civil":
        return ("civilians",)
    event = events[index].event if index is not None else None
    if event is None:
        return next((g.ids[:1] for g in near if mention.role_first - 8 <= g.first < mention.first), ())
    own, foe = (event.side_a, event.side_b) if cue.sense.value in DOERS else (event.side_b, event.side_a)
    states = [i for i in (*own, *foe) if is_state(i)] if title == "rank" else []
    if states:
        return (states[0],)
    for group in near:
        if mention.role_first - 8 <= group.first < mention.first and group.ids[0] not in foe:
            return group.ids[:1]
    return own[:1]
