"""Speakers: on whose word something is told, and whether the report keeps its distance.

A speaker stands after a speech verb ("قال مصدر عسكري", "said a military source"), before one ("The ministry said"), or
after a word of attribution ("بحسب المرصد", "according to"). What is said is the sentence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import cast

from sijill.language.mentions import ActorMention, SpeakerMention
from sijill.language.sentences import Sentence
from sijill.language.tagging import Tagged
from sijill.records import SourceKind
from sijill.rules.knowledge import function_words
from sijill.rules.lexicon import Tag

_REACH = 7
_OF = function_words("actor.of")
_SAID = function_words("speaker.said")


def read_speakers(
    tagged: Tagged, sentences: list[Sentence], actors: list[ActorMention]
) -> list[SpeakerMention]:
    """Every attribution, in order of its cue; at most one speaker for a cue."""
    by_first = {actor.first: actor for actor in actors}
    found: list[SpeakerMention] = []
    cues = tagged.tokens("cue")
    for sentence in sentences:
        for i in cues[bisect_left(cues, sentence.first) : bisect_left(cues, sentence.stop)]:
            cue = tagged.first(i, "cue.speech", "cue.according", "cue.distance", "cue.denial")
            if cue is None:
                continue
            speaker = next(iter(_speakers(tagged, sentence, cue, by_first)), None)
            if speaker:
                found.append(speaker)
    return found


def _speakers(
    tagged: Tagged, sentence: Sentence, cue: Tag, actors: dict[int, ActorMention]
) -> Iterator[SpeakerMention]:
    inside = range(cue.first, cue.stop)
    after = range(cue.stop, min(sentence.stop, cue.stop + _REACH))
    before = range(cue.first - 1, max(sentence.first, cue.first - _REACH) - 1, -1)
    verb_first = tagged.language == "ar" or cue.sense.category == "cue.according"
    order = [inside, after, before] if verb_first else [inside, before, after]
    if cue.sense.category == "cue.according":
        order = [inside, after]
    # A word for a source speaks for itself; a party does only where no such word stands.
    for named_source in (True, False):
        for positions in order:
            for j in positions:
                if tagged.words.forms[j] in _SAID and positions is not inside:
                    break
                source, actor = tagged.first(j, "source"), actors.get(j)
                if source is None and (
                    named_source or actor is None or actor.who in ("civilians", "persons")
                ):
                    continue
                yield _speaker(tagged, sentence, cue, source, actor, actors)
                return


def _speaker(
    tagged: Tagged,
    sentence: Sentence,
    cue: Tag,
    source: Tag | None,
    actor: ActorMention | None,
    actors: dict[int, ActorMention],
) -> SpeakerMention:
    """The speaker at a source word, an actor, or both, with the party that a source belongs to."""
    first = source.first if source else actor.first if actor else cue.first
    stop = max(source.stop if source else 0, actor.stop if actor else 0)
    follower = actors.get(stop)
    if follower is None and stop < sentence.stop and tagged.words.forms[stop] in _OF:
        follower = actors.get(stop + 1)
    owner = actor or follower
    if source and follower and follower.ids:
        stop = follower.stop
    if source and stop < sentence.stop and tagged.words.forms[stop] == '"':
        stop = _past_quoted_name(tagged, stop, sentence.stop)
    kind: SourceKind = (
        cast("SourceKind", source.sense.value)
        if source
        else ("official" if actor and actor.who == "state" else "party")
    )
    return SpeakerMention(
        first, stop, tagged.words.between(first, stop), kind,
        owner.ids[0] if owner and owner.ids else None, cue.sense.category == "cue.distance",
        sentence.first, sentence.stop, cue.sense.rule,
    )  # fmt: skip


def _past_quoted_name(tagged: Tagged, i: int, stop: int) -> int:
    """Past a name of at most three words in quotation marks that begin at token i (وكالة "تسنيم")."""
    for k in range(i + 1, min(i + 5, stop)):
        if tagged.words.forms[k] == '"':
            return k + 1
    return i
