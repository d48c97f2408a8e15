"""Speakers: on whose word something is told, and whether the report keeps its distance.

A speaker stands after a speech verb ("قال مصدر عسكري", "said a military source"), before one ("The ministry said"), or
after a word of attribution ("بحسب المرصد", "according to"). What is said is the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

from sijill.language.mentions import ActorMention, SpeakerMention
from sijill.language.sentences import Sentence
from sijill.language.tagging import Tagged
from sijill.rules.lexicon import Tag

_REACH = 7


def read_speakers(tagged: Tagged, sentences: list[Sentence], actors: list[ActorMention]) -> list[SpeakerMention]:
    """Every attribution, in order of its cue; at most one speaker for a cue."""
    by_first = {actor.first: actor for actor in actors}
    found: list[SpeakerMention] = []
    for sentence in sentences:
        for i in range(sentence.first, sentence.stop):
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
    distance = cue.sense.category == "cue.distance"
    after = range(cue.stop, min(sentence.stop, cue.stop + _REACH))
    before = range(cue.first - 1, max(sentence.first, cue.first - _REACH) - 1, -1)
    places = [after] if tagged.language == "ar" or cue.sense.category == "cue.according" else [before, after]
    if tagged.language == "ar" and cue.sense.category != "cue.according":
        places.append(before)
    for positions in places:
        for j in positions:
            if tagged.words.forms[j] in ("ان", "ان", "بان", "انه", "that", ",", "،", ":"):
                break
            source, actor = tagged.first(j, "source"), actors.get(j)
            if source is None and (actor is None or actor.who in ("civilians", "persons")):
                continue
            stop = max(source.stop if source else 0, actor.stop if actor else 0)
            follower = actors.get(stop) or actors.get(stop + 1)
            owner = (actor or follower) if actor or follower else None
            if source and follower and follower.ids and follower.first <= stop + 1:
                stop = follower.stop
            kind = source.sense.value if source else ("official" if actor and actor.who == "state" else "party")
            yield SpeakerMention(
                j, stop, tagged.words.between(j, stop), kind,
                owner.ids[0] if owner and owner.ids else None, distance,
                sentence.first, sentence.stop, cue.sense.rule,
            )  # fmt: skip
            return
