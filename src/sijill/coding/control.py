"""Changes of control: who took, lost, left or handed over which place."""

from __future__ import annotations

from sijill.coding.assemble import Assembled, evidence, to_place
from sijill.coding.decisions import Telling, place_key
from sijill.coding.ground import Ground
from sijill.coding.triggers import Trigger
from sijill.language.actors import is_civil
from sijill.records import ControlChange, Extent, Manner

_TERRITORY = ("government_regains_territory", "non_state_actor_overtakes_territory")
_TAKES, _LEAVES = ("capture",), ("withdraw",)


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


def _compatible(known: ControlChange, new: ControlChange) -> bool:
    return known.start == new.start or not new.start or not known.start or not new.from_


def _change(ground: Ground, telling: Telling, assembled: Assembled) -> ControlChange | None:
    trigger, place = telling.trigger, telling.place
    kind = trigger.kind.name
    if place is None or kind not in (*_TAKES, *_LEAVES) or _negated(ground, trigger):
        return None
    event = assembled.event
    sides = tuple(i for i in event.side_a if _armed(i)), tuple(i for i in event.side_b if _armed(i))
    acting = tuple(i for i in _ordered(ground, telling, "a") if i in sides[0] + sides[1])
    if kind in _LEAVES:
        from_ = acting or tuple(i for i in _ordered(ground, telling, "b") if i in sides[0] + sides[1]) or sides[0]
        from_ = from_[:1] if len(from_) > 1 and event.type != "non_violent_transfer_of_territory" else from_
        to = sides[1] if event.type == "non_violent_transfer_of_territory" and set(from_) & set(sides[0]) else ()
        manner: Manner = "withdrawal"
    else:
        if not acting:
            acting = sides[0] if event.type in _TERRITORY else ()
        if not acting:
            return None
        winners = 0 if set(acting) & set(sides[0]) else 1
        to = tuple(i for i in sides[winners] if i in acting) if event.type not in _TERRITORY else sides[winners]
        from_, manner = sides[1 - winners], "force"
    time = telling.time
    start = time.first.isoformat() if time and time.first else event.end
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


def _ordered(ground: Ground, telling: Telling, side: str) -> tuple[str, ...]:
    named = telling.ids(ground, side)
    return tuple(dict.fromkeys(i for g in ground.groups for i in g.ids if i in named))


def _negated(ground: Ground, trigger: Trigger) -> bool:
    return ground.cue_between(max(0, trigger.first - 3), trigger.first, "cue.negation", "cue.plan")


def _extent(ground: Ground, trigger: Trigger) -> Extent:
    """Partial where only a part is said to change hands."""
    partial = ground.cue_between(trigger.first, trigger.stop + 5, "cue.partial")
    return "partial" if partial else "full"
