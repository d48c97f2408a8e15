"""Other amounts that a report says of an event: pay and number of recruits, vehicles destroyed, strikes flown."""

from __future__ import annotations

from sijill.coding.assemble import Assembled
from sijill.coding.evidence import evidence
from sijill.coding.ground import Ground
from sijill.language.numbers import NumberMention
from sijill.records import Detail, Evidence

_OF_TYPE = {
    "recruitment": {"pay", "recruits"},
    "agreement": {"prisoners_exchanged"},
    "abduction": {"ransom"},
}
_THINGS = {"vehicle": "vehicles", "building": "buildings", "weapon": "weapons"}
_REACH = 8


def read_details(ground: Ground, assembled: Assembled) -> tuple[tuple[Detail, ...], tuple[Evidence, ...]]:
    """The amounts of an event, from the sentences that tell it, that are no figures of people; with their evidence."""
    counted = {i for f in ground.figures for i in range(f.quantity.first, f.quantity.stop)}
    sentences = sorted({t.trigger.sentence for t in assembled.tellings})
    found: list[Detail] = []
    entries: list[Evidence] = []
    for number in ground.analysis.numbers:
        if (
            number.kind != "cardinal"
            or number.first in counted
            or ground.analysis.sentence_of(number.first) not in sentences
        ):
            continue
        what = _what(ground, number, assembled.event.type)
        if what is None:
            continue
        unit, stop = _unit(ground, number)
        entries.append(evidence(ground, f"details[{len(found)}]", number.first, stop, f"details.{what}"))
        found.append(Detail(what=what, n=number.value, bound=number.bound, unit=unit))
    return tuple(found), tuple(entries)


def _what(ground: Ground, number: NumberMention, type_: str) -> str | None:
    """What a number counts: a thing right after it, or what the words before it announce for this type of event."""
    tagged = ground.analysis.tagged
    thing = tagged.first(number.stop, "thing")
    if thing and thing.sense.value in _THINGS:
        return _THINGS[thing.sense.value]
    wanted = _OF_TYPE.get(type_, set())
    for i in [*range(number.first - 1, max(-1, number.first - _REACH), -1), number.stop]:
        tag = tagged.first(i, "detail") if i >= 0 else None
        if (
            tag
            and tag.sense.value in wanted
            and (tag.sense.value != "pay" or tagged.first(number.stop, "unit"))
        ):
            return tag.sense.value
    return None


def _unit(ground: Ground, number: NumberMention) -> tuple[str | None, int]:
    """The unit after a number ("USD/month") and the token after it."""
    tagged = ground.analysis.tagged
    unit = tagged.first(number.stop, "unit")
    if unit is None:
        return None, number.stop
    per = tagged.first(unit.stop, "unit.per")
    return (f"{unit.sense.value}/{per.sense.value}", per.stop) if per else (unit.sense.value, unit.stop)
