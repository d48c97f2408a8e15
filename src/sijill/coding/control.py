"""Changes of control: who took, lost, left or handed over which place."""

from __future__ import annotations

from sijill.coding.assemble import Assembled, evidence, to_place
from sijill.coding.decisions import Telling, place_key
from sijill.coding.ground import Ground
from sijill.coding.triggers import Trigger
from sijill.records import ControlChange, Extent, Manner

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
    return known.start == new.start or not new.start or not known.start


def _change(ground: Ground, telling: Telling, assembled: Assembled) -> ControlChange | None:
    trigger, place = telling.trigger, telling.place
    kind = trigger.kind.name
    if place is None or kind not in (*_TAKES, *_LEAVES) or _negated(ground, trigger):
        return None
    acting = _ordered(ground, telling, "a")
    losing = _ordered(ground, telling, "b")
    event = assembled.event
    if kind in _LEAVES:
        leaves = acting or losing
        from_, to = leaves, tuple(i for i in losing if i not in leaves)
        manner: Manner = "withdrawal"
    else:
        if not acting:
            return None
        opponents = event.side_b if set(acting) & set(event.side_a) else event.side_a
        from_ = losing or tuple(i for i in opponents if i not in ("civilians",))
        to, manner = acting, "force"
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


def _ordered(ground: Ground, telling: Telling, side: str) -> tuple[str, ...]:
    named = telling.ids(ground, side)
    return tuple(dict.fromkeys(i for g in ground.groups for i in g.ids if i in named))


def _negated(ground: Ground, trigger: Trigger) -> bool:
    return ground.cue_between(max(0, trigger.first - 3), trigger.first, "cue.negation", "cue.plan")


def _extent(ground: Ground, trigger: Trigger) -> Extent:
    """Partial where only a part is said to change hands."""
    partial = ground.cue_between(trigger.first, trigger.stop + 5, "cue.partial")
    return "partial" if partial else "full"
