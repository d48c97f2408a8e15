"""Which events a report tells: each once, at each place, and none of accidents or of what was stopped."""

import msgspec
import pytest

from sijill.coding.assemble import Assembled, _by_accident, _event, _once, _was_disrupted, split_places
from sijill.coding.decisions import Models, Telling, likely, tell
from sijill.coding.ground import Ground
from sijill.language.analysis import Analysis
from sijill.records import Report


def grounded(text: str) -> tuple[Ground, Models, list[Telling]]:
    report = Report(id="x", text=text, published="2016-03-09", language="ar")
    ground, models = Ground(Analysis(report)), Models()
    return ground, models, [tell(ground, models, *each) for each in likely(ground, models, 0.0)]


def assembled(
    ground: Ground, models: Models, told: list[Telling], place: str, type_: str, start: str | None
) -> Assembled:
    """An event of triggers at a place that the text names, of a type and day."""
    spot = next(p for p in ground.places if p.name == place)
    told = [msgspec.structs.replace(t, places=[(1.0, spot)], probability=0.9) for t in told]
    event = _event(ground, models, told, [])
    return event._replace(event=msgspec.structs.replace(event.event, type=type_, start=start, end=start))


TOLD = [
    ("قصف في حمص.\nقصفت المدفعية حمص.", ("Homs", "Homs"), ("2016-03-08", "2016-03-08"), 1),
    ("قصف في حمص.\nقصفت المدفعية حمص.", ("Homs", "Homs"), ("2016-03-08", "2016-03-04"), 2),
    ("قصف في حمص.\nقصفت المدفعية حمص.", ("Homs", "Homs"), (None, "2016-03-04"), 1),
    ("قصف في حمص.\nكما قصفت المدفعية حمص.", ("Homs", "Homs"), (None, None), 2),
    ("قصف في حمص.\nقصفت المدفعية حلب.", ("Homs", "Aleppo"), (None, None), 2),
]


@pytest.mark.parametrize(("text", "places", "days", "events"), TOLD)
def test_two_tellings_are_one_event(
    text: str, places: tuple[str, str], days: tuple[str | None, str | None], events: int
) -> None:
    ground, models, told = grounded(text)
    sentences = sorted({t.trigger.sentence for t in told})
    found = [
        assembled(ground, models, [t for t in told if t.trigger.sentence == s], place, "shelling", day)
        for s, place, day in zip(sentences, places, days, strict=True)
    ]
    assert len(_once(ground, models, found)) == events


CONTINUED = [
    ("استهدفت غارات مواقع في مدينة حمص، وفي أنحاء من محافظة حماة.", ["Homs", "Hama"]),
    ("استهدفت غارات مواقع في مدينة حمص، ومنطقة منبج.", ["Homs", "Manbij"]),
    ("استهدفت غارات مواقع في مدينة حمص، وفي أنحاء من محافظة حماة قتل ثلاثة.", ["Homs"]),
    ("استهدفت غارات مواقع في مدينة حمص وسط سوريا.", ["Homs"]),
]


@pytest.mark.parametrize(("text", "places"), CONTINUED)
def test_the_places_that_a_sentence_goes_on_to_name(text: str, places: list[str]) -> None:
    ground, _, told = grounded(text)
    first = next(p for p in ground.places if p.name == "Homs")
    group = [msgspec.structs.replace(t, places=[(0.9, first)]) for t in told if t.trigger.first < first.first]
    found = [{t.place.name for t in g if t.place} for g in split_places(ground, [group])]
    assert found == [{name} for name in places]


def test_what_lies_between_two_places_is_at_neither() -> None:
    ground, _, told = grounded("كمين بين مدينتي حمص وحماة.")
    spots = [(0.9, p) for p in ground.places]
    group = [msgspec.structs.replace(t, places=spots) for t in told]
    assert len(split_places(ground, [group])) == 1


@pytest.mark.parametrize(
    ("text", "accident"),
    [
        ("مقتل 12 شخصا في تحطم مروحية في حمص.", True),
        ("مقتل 12 شخصا في هجوم على مروحية في حمص.", False),
    ],
)
def test_the_dead_of_an_accident(text: str, accident: bool) -> None:
    ground, models, told = grounded(text)
    told = [t for t in told if t.trigger.kind.name == "killed"]
    assert _by_accident(ground, assembled(ground, models, told, "Homs", "attack", None)) is accident


@pytest.mark.parametrize(
    ("text", "stopped"),
    [
        ("اعترضت الدفاعات صاروخا فوق حمص.", True),
        ("اعترضت الدفاعات طائرة فوق حمص إثر سقوط صاروخ.", False),
    ],
)
def test_what_was_shot_down_did_not_strike(text: str, stopped: bool) -> None:
    ground, models, told = grounded(text)
    verb = [t for t in told if t.trigger.kind.name == "intercept"]
    charge = [t for t in told if t.trigger.kind.name == "shelling"]
    down = assembled(ground, models, verb, "Homs", "disrupted_weapons_use", None)
    struck = assembled(ground, models, charge, "Homs", "shelling", None)
    assert _was_disrupted(ground, struck, [down, struck]) is stopped
