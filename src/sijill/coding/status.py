"""On whose word an event is told, and whether the report adopts it."""

from __future__ import annotations

from sijill.coding.decisions import Telling
from sijill.coding.ground import Ground
from sijill.records import Source, Status


def status_of(ground: Ground, group: list[Telling], parties: tuple[str, ...]) -> Status:
    """`denied` where a denial stands over what tells it; `claimed` where the report keeps its distance or a warring
    party tells its own feat alone; else `reported`."""
    verdicts = [_status_at(ground, telling, parties) for telling in group]
    if "denied" in verdicts:
        return "denied"
    return "claimed" if verdicts and all(v == "claimed" for v in verdicts) else "reported"


def _status_at(ground: Ground, telling: Telling, parties: tuple[str, ...]) -> Status:
    trigger = telling.trigger
    sentence = ground.analysis.sentences[trigger.sentence]
    for i in ground.cued(sentence.first, sentence.stop):
        for cue in ground.cues[i]:
            if cue.startswith("cue.denial") and (i > trigger.first or trigger.first - i <= 4):
                return "denied"
            if cue.startswith("cue.distance") and i < trigger.first:
                return "claimed"
    for speaker in ground.analysis.speakers:
        if not speaker.scope_first <= trigger.first < speaker.scope_stop:
            continue
        if speaker.kind == "party" and speaker.actor in parties:
            return "claimed"
        if speaker.kind == "activists" and speaker.rule.endswith(".say") and speaker.first < trigger.first:
            return "claimed"  # "activists speak of", "activists revealed"
    return "reported"


def sources_of(ground: Ground, group: list[Telling]) -> tuple[Source, ...]:
    """Who is said to have said what tells an event, each once."""
    return sources_at(ground, [telling.trigger.first for telling in group])


def sources_at(ground: Ground, tokens: list[int]) -> tuple[Source, ...]:
    """The speakers in whose words the tokens stand, each once."""
    found: dict[str, Source] = {}
    for token in tokens:
        for speaker in ground.analysis.speakers:
            if speaker.scope_first <= token < speaker.scope_stop:
                found.setdefault(
                    speaker.name, Source(name=speaker.name, actor=speaker.actor, kind=speaker.kind)
                )
    return tuple(found.values())
