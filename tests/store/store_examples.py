"""Reports and records that the tests of the store are about, made by hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sijill.reading.originals import Item, Original
from sijill.records import Casualty, Event, Evidence, Person, Place, Record, Report, Source
from sijill.store.rows import content_hash

TEXT = "قُتل ثلاثة جنود وأصيب محمد مهدي فريدوني في هجوم لتنظيم داعش قرب الموصل أمس."
MOSUL = Place(name="Mosul", country="IQ", lat=36.34, lon=43.13, precision=2)


def report(number: int = 0, **fields: Any) -> Report:
    """A report that differs from the others by its number."""
    given: dict[str, Any] = {
        "id": f"r{number}",
        "text": f"{TEXT} ({number})",
        "source": f"house {number % 3}",
        "published": "2016-03-02",
        "language": "ar",
    }
    return Report(**{**given, **fields})


def item(number: int = 0, **fields: Any) -> Item:
    """The report with its original bytes."""
    made = report(number, **fields)
    return made, Original(made.text.encode("utf-8", "replace"), "text/plain", f"/reports/{number}.txt")


def event(**fields: Any) -> Event:
    """The event of that report."""
    start = TEXT.index("ثلاثة")
    given: dict[str, Any] = {
        "type": "armed_clash",
        "start": "2016-03-01",
        "end": "2016-03-01",
        "date_precision": 1,
        "place": MOSUL,
        "side_a": ("irq-gov",),
        "side_b": ("is",),
        "casualties": (Casualty(outcome="killed", side="a", n=3, bound="exact"),),
        "confidence": 0.8,
        "evidence": (
            Evidence(
                field="casualties[0]",
                start=start,
                end=start + 10,
                text=TEXT[start : start + 10],
                rule="figure",
            ),
        ),
    }
    return Event(**{**given, **fields})


def code(given: Report) -> Record:
    """A coder: the same event and person in every report, with their words."""
    name = "محمد مهدي فريدوني"
    start = given.text.find(name)
    persons = (
        Person(
            name=name,
            fate="wounded",
            event=0,
            evidence=(Evidence(field="name", start=start, end=start + len(name), text=name, rule="person"),),
        ),
    )
    told = event(sources=(Source(name="وكالة أعماق", actor="is", kind="party"),))
    return Record(report=given, events=(told,), persons=persons if start >= 0 else ())


def coder_of(*events: Event) -> Any:
    """A coder that finds these events in every report."""
    return lambda given: Record(report=given, events=events)


def content_hashes(numbers: Iterable[int]) -> set[str]:
    """The hashes of the reports with these numbers."""
    return {content_hash(report(number)) for number in numbers}
