"""Changes of control: who took, lost, left or handed over which place."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

import msgspec

from sijill.coding.assemble import Assembled
from sijill.coding.decisions import Telling, place_key
from sijill.coding.evidence import evidence
from sijill.coding.ground import Ground, Group
from sijill.coding.setting import to_place
from sijill.coding.triggers import Trigger
from sijill.language.actors import is_civil
from sijill.records import ControlChange, Event, Extent, Manner
from sijill.rules.knowledge import function_words

_PLURAL = tuple(function_words("verb.plural_ending"))
_FEMININE = function_words("force.feminine")
_TERRITORY = ("government_regains_territory", "non_state_actor_overtakes_territory")
_TAKES, _LEAVES = ("capture", "advance"), ("withdraw",)


def read_control(ground: Ground, events: list[Assembled]) -> tuple[ControlChange, ...]:
    """Each change once, in text order; what is denied or only fought for changes nothing."""
    found: list[tuple[object, ControlChange]] = []
    for assembled in events:
        if assembled.event.status == "denied":
            continue
        for telling in assembled.tellings:
            change = _change(ground, telling, assembled)
            if change is None:
                continue
            key = (place_key(telling.place), change.to, change.manner == "force")
            if not any(k == key and _compatible(c, change) for k, c in found):
                found.append((key, change))
    return tuple(change for _, change in found)


def settle_types(ground: Ground, events: list[Assembled]) -> list[Assembled]:
    """A battle after which the place is held by whom it was held before is an armed clash, whatever changed hands inside
    it: only a change for good makes a territory type."""
    settled = []
    for assembled in events:
        event = assembled.event
        if event.type in _TERRITORY:
            changes = sorted(read_control(ground, [assembled]), key=lambda c: c.start or "")
            if len(changes) > 1 and _back_where_it_was(changes):
                event = msgspec.structs.replace(event, type="armed_clash")
            elif gains := [c for c in changes if c.to]:
                event = msgspec.structs.replace(event, type=_who_gained(ground, event, gains[-1]))
        settled.append(assembled._replace(event=event))
    return settled


def _who_gained(
    ground: Ground, event: Event, last: ControlChange
) -> Literal["government_regains_territory", "non_state_actor_overtakes_territory"]:
    """Whether the place went to the government of its country; a foreign state that takes ground overtakes it."""
    country = event.place.country if event.place else ground.analysis.country
    government = ground.analysis.government(country)
    return "government_regains_territory" if government in last.to else "non_state_actor_overtakes_territory"


def _back_where_it_was(changes: list[ControlChange]) -> bool:
    """Whether the first holder of a place is its last, a withdrawal leaving it to whoever held the rest."""
    first, last = changes[0], changes[-1]
    if not first.from_:
        return False
    if last.manner == "withdrawal" and not last.to:
        return bool(set(last.from_) & set(first.to)) and not set(last.from_) & set(first.from_)
    return bool(set(last.to) & set(first.from_))


def _compatible(known: ControlChange, new: ControlChange) -> bool:
    return known.start == new.start or not new.start or not known.start or not new.from_


def _change(ground: Ground, telling: Telling, assembled: Assembled) -> ControlChange | None:
    trigger, place = telling.trigger, telling.place
    kind = trigger.kind.name
    if place is None or kind not in (*_TAKES, *_LEAVES) or _negated(ground, trigger):
        return None
    if kind == "advance" and not ground.cue_between(trigger.stop, trigger.stop + 5, "cue.into"):
        return None
    event = assembled.event
    sides = tuple(i for i in event.side_a if _armed(i)), tuple(i for i in event.side_b if _armed(i))
    acting = tuple(i for i in _acting(ground, trigger) if i in sides[0] + sides[1])
    if kind in _LEAVES:
        from_ = acting or sides[0]
        to = (
            sides[1]
            if event.type == "non_violent_transfer_of_territory" and set(from_) & set(sides[0])
            else ()
        )
        manner: Manner = "withdrawal"
    else:
        if not acting and event.type in _TERRITORY:
            acting = sides[0]
        if not acting:
            return None
        winners = 0 if set(acting) & set(sides[0]) else 1
        to, from_, manner = acting, sides[1 - winners], "force"
        if not from_:
            return None  # a hold that nobody lost ("the city, which the army controls")
    time = telling.time
    said, _ = ground.analysis.days(time)
    day = said - timedelta(_days_before(ground, trigger)) if said else None
    start = day.isoformat() if day else event.end
    return ControlChange(
        place=to_place(place), from_=tuple(i for i in from_ if i not in to), to=to, start=start,
        extent=_extent(ground, trigger), manner=manner, sources=event.sources,
        evidence=(
            evidence(ground, "manner", trigger.first, trigger.stop, trigger.rule),
            evidence(ground, "place", place.first, place.stop, place.rule),
        ),
    )  # fmt: skip


def _armed(actor: str) -> bool:
    return not is_civil(actor)


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


def _negated(ground: Ground, trigger: Trigger) -> bool:
    """Not so, not yet, or only a purpose ("لاستعادة المدينة")."""
    if trigger.proclitics.endswith("ل") and trigger.form.startswith("noun") and trigger.kind.name in _TAKES:
        return True
    return ground.cue_between(max(0, trigger.first - 3), trigger.first, "cue.negation", "cue.plan")


def _days_before(ground: Ground, trigger: Trigger) -> int:
    """How many days before the time of its sentence: "بعد يوم من تقدم", "بعد يومين من"."""
    before = ground.forms[max(0, trigger.first - 3) : trigger.first]
    if len(before) == 3 and before[0] == "بعد" and before[2] == "من":
        return {"يوم": 1, "يومين": 2}.get(before[1], 0)
    return 0


def _extent(ground: Ground, trigger: Trigger) -> Extent:
    """Partial where only a part is said to change hands."""
    partial = ground.cue_between(trigger.first, trigger.stop + 6, "cue.partial", "cue.into")
    return "partial" if partial else "full"
