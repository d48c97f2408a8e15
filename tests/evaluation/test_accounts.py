"""The measure of accounts: what it calls split, merged and unvoiced, on records made by hand."""

from __future__ import annotations

import msgspec

from sijill.evaluation.accounts import Gold, coded, measure
from sijill.records import Casualty, Event, Place, Record, Report

HAJIN = Place(name="Hajin", country="SY", lat=34.6926, lon=40.8256)
IDLIB = Place(name="Idlib", country="SY", lat=35.9306, lon=36.6339)


TEXTS = {
    "a": "A bomber blew himself up at a checkpoint.",
    "b": "Thirty-one soldiers fell.",
    "c": "Idlib mourns its dead.",
}


def told(name: str, place: Place = HAJIN) -> Record:
    event = Event(
        type="suicide_bombing", start="2018-06-12", end="2018-06-12", date_precision=1, place=place, side_a=("is",),
        side_b=("syr-gov",), casualties=(Casualty(outcome="killed", side="b", n=31, bound="exact"),),
    )  # fmt: skip
    report = Report(id=name, text=TEXTS[name], source=name, published="2018-06-13")
    return Record(report=report, events=(event,))


RECORDS = (told("a"), told("b"), told("c", IDLIB))
OWN = {(record.report.id, 0): (record.report.id, 0) for record in RECORDS}


def gold(*clusters: tuple[str, ...]) -> Gold:
    named = {"+".join(refs): frozenset((ref, 0) for ref in refs) for refs in clusters}
    return Gold(RECORDS, named, ())


def test_a_cluster_that_is_one_account() -> None:
    found = measure(gold(("a", "b")), RECORDS, OWN, {})
    assert (found.split, found.unvoiced, found.thin, found.merged, found.others) == ((), (), (), (), 1)
    assert found.same_orders == found.orders == 5


def test_a_cluster_that_is_split() -> None:
    assert measure(gold(("a", "c")), RECORDS, OWN, {}).split == ("a+c",)


def test_events_that_are_merged_unless_they_are_known_to_be_one() -> None:
    assert measure(gold(), RECORDS, OWN, {}).merged == (("a", 0), ("b", 0))
    assert measure(gold(), RECORDS, OWN, {"x": frozenset({("a", 0), ("b", 0)})}).merged == ()


def test_events_that_the_coder_misses_or_invents() -> None:
    def coder(report: Report) -> Record:
        if report.id == "b":
            raise ValueError("not read")
        record = next(record for record in RECORDS if record.report.id == report.id)
        other = msgspec.structs.replace(
            record.events[0], type="arrests", start="2010-01-01", end="2010-01-01"
        )
        return msgspec.structs.replace(record, events=(other, *record.events))

    records, stands = coded(gold(), coder)
    assert stands == {("a", 0): ("a", 1), ("c", 0): ("c", 1)}
    assert measure(gold(("a", "b")), records, stands, {}).thin == ("a+b",)
