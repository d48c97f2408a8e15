"""Named individuals to whom the report says that something happened."""

from __future__ import annotations

from sijill.coding.assemble import Assembled
from sijill.coding.evidence import evidence
from sijill.coding.ground import Ground
from sijill.coding.status import sources_at
from sijill.language.actors import is_civil
from sijill.language.mentions import PersonMention
from sijill.records import Person
from sijill.rules.knowledge import function_words
from sijill.rules.lexicon import Tag

_OF = function_words("quantity.of")
_FATAL = ("outcome.", "fate.")
_FATES = {
    "killed": "killed", "wounded": "wounded", "captured": "captured", "arrested": "arrested",
    "abducted": "abducted", "missing": "missing", "released": "released",
}  # fmt: skip


def read_persons(ground: Ground, events: list[Assembled]) -> tuple[Person, ...]:
    """Each named person once, with fate, role, affiliation and the event that it happened in."""
    found: dict[str, Person] = {}
    if not ground.analysis.tagged.tokens("outcome", "fate"):
        return ()
    for mention in ground.analysis.people:
        cue = _fate_cue(ground, mention)
        if cue is None or mention.name in found:
            continue
        fate = _FATES.get(cue.sense.category.rpartition(".")[2])
        if fate is None:
            continue
        index = _event_of(ground, mention, cue, events)
        if index is None and not _armed_in_sentence(ground, mention):
            continue  # a death that belongs to no event of the record, and to no party to the fighting
        found[mention.name] = Person(
            name=mention.name,
            affiliation=_affiliation(ground, mention, index, events),
            role=mention.role or _role_after(ground, mention),
            fate=fate,  # type: ignore[arg-type]
            event=index,
            sources=sources_at(ground, [mention.first]),
            evidence=(
                evidence(ground, "name", mention.first, mention.stop, mention.rule),
                evidence(ground, "fate", cue.first, cue.stop, cue.sense.rule),
            ),
        )
    return tuple(found.values())


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


def _fate_cue(ground: Ground, mention: PersonMention) -> Tag | None:
    """The outcome word that governs a name: the nearest before it in its sentence, or a verb right after it; none
    where a speech verb stands between."""
    tagged = ground.analysis.tagged
    sentence = ground.analysis.sentences[ground.analysis.sentence_of(mention.first)]
    for i in range(mention.stop, min(mention.stop + 3, sentence.stop)):
        for tag in tagged.at(i):
            if tag.sense.category.startswith(_FATAL) and tag.sense.kind == "verb":
                return tag
    for i in range(mention.role_first - 1, max(sentence.first, mention.role_first - 14) - 1, -1):
        if any(c.startswith(("cue.speech", "cue.according")) for c in ground.cues.get(i, ())):
            return None
        for tag in tagged.at(i):
            if tag.sense.category.startswith(_FATAL):
                return tag
    return None


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
    sentence = ground.analysis.sentence_of(mention.first)
    return any(
        not is_civil(i) for g in ground.groups if g.sentence in (sentence - 1, sentence) for i in g.ids
    )


def _affiliation(
    ground: Ground, mention: PersonMention, index: int | None, events: list[Assembled]
) -> tuple[str, ...]:
    for group in ground.groups:
        if mention.role_first - 8 <= group.first <= mention.stop + 6 and group.ids:
            if group.sentence == ground.analysis.sentence_of(mention.first) and (
                group.first < mention.first or group.first - mention.stop <= 3
            ):
                return group.ids[:1]
    if index is not None:
        event = events[index].event
        if event.side_b == ("civilians",):
            return ("civilians",)
    return ("civilians",) if mention.rule.endswith(".civil") else ()
