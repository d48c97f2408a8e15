"""The wording around what was read: which phrases count, and what a machine's slip can't outweigh."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from ledger.made import assert_engines_agree, event, killed, record, world
from sijill.ledger.comparisons import like_words
from sijill.ledger.linking import bits, explain, link, shipped_weights
from sijill.ledger.phrases import phrases_of
from sijill.ledger.traits import traits_of
from sijill.records import Event, Evidence, Record

BUS = "Monday: masked men stopped the blue Harmoush bus by the olive press, and killed nine miners there. Elsewhere it rained."
TAKEN = "A union said that men had stopped the blue Harmoush bus by the olive press near dawn; nine died."
OTHER = "Shells fell on the market square of the town at noon, and doctors spoke of many victims."


def read(told: Event, text: str, *words: str) -> Event:
    """The event as a machine has read it from these words of the text."""
    found = tuple(
        Evidence(
            field="type", start=text.index(word), end=text.index(word) + len(word), text=word, rule="test"
        )
        for word in words
    )
    return msgspec.structs.replace(told, evidence=found)


def coded(name: str, text: str, word: str, **fields: Any) -> Record:
    made = record(name, read(event(**fields), text, word), text=text)
    return msgspec.structs.replace(made, report=msgspec.structs.replace(made.report, language="en"))


def test_phrases_are_those_around_the_evidence() -> None:
    (found,) = phrases_of(BUS, [read(event(), BUS, "stopped")])
    assert len(found) == 7  # from "Monday masked men" to "Harmoush bus by": nine words
    assert phrases_of(BUS, [event()]) == [()]
    assert phrases_of(BUS.upper(), [read(event(), BUS, "stopped")]) == [found]


def test_like_words_outweigh_a_misread_side() -> None:
    one = coded("x", BUS, "bus", side_a=("is",), side_b=("civilians",))
    other: dict[str, Any] = {"side_a": ("hts",), "side_b": ("syr-gov",), "casualties": (killed(90, "a"),)}
    assert len(link([one, coded("y", TAKEN, "bus", **other)])) == 1
    assert len(link([one, coded("y", OTHER, "fell", **other)])) == 2


def test_only_like_words_make_a_misreading_likely() -> None:
    def against(text: str, word: str, house: str) -> dict[str, float]:
        one, other = coded("x", BUS, "bus"), coded("y", text, word, day="2018-06-13", where="Mosul")
        other = msgspec.structs.replace(other, report=msgspec.structs.replace(other.report, source=house))
        return {step.comparison: step.bits for step in explain(*traits_of([one, other]))}

    like, other, own = (
        against(TAKEN, "bus", "house y"), against(OTHER, "fell", "house y"), against(TAKEN, "bus", "house x")
    )  # fmt: skip
    assert other["place"] < like["place"] < 0
    assert other["wording"] < 0 < like["wording"]
    assert own["place"] == other["place"]
    assert own["wording"] == 0


@pytest.mark.parametrize("seed", [1, 2])
def test_both_engines_score_what_a_machine_read_alike(seed: int) -> None:
    texts = (BUS, TAKEN, OTHER)
    records = []
    for number, told in enumerate(world(seed)):
        text = texts[number % 3]
        word = "bus" if "bus" in text else "fell"
        report = msgspec.structs.replace(told.report, text=text, language=("en", "ar", None)[number % 7 % 3])
        events = told.events if number % 5 == 0 else tuple(read(e, text, word) for e in told.events)
        records.append(msgspec.structs.replace(told, report=report, events=events))
    assert_engines_agree(traits_of(records))


def test_an_event_of_no_place_is_found_by_its_toll() -> None:
    nowhere = msgspec.structs.replace(event(dead=33), place=None)
    assert len(link([record("x", event(dead=33)), record("y", nowhere)])) == 1
    few = msgspec.structs.replace(event(dead=2), place=None)
    assert len(link([record("x", event(dead=2)), record("y", few)])) == 2


def test_a_figure_left_out_is_no_other_toll() -> None:
    both = event(casualties=(killed(42), killed(29, "a")))
    one, less = traits_of([record("x", both), record("y", event(dead=42))])
    _, other = traits_of([record("x", both), record("y", event(dead=9))])
    assert bits(one, less, shipped_weights()) > bits(one, other, shipped_weights()) + 4


def test_a_phrase_in_common_excuses_no_other_year() -> None:
    """Formulas come back: what is told in the same words of another year is another event; a day may be a slip."""
    one, same = traits_of([coded("x", BUS, "bus"), coded("y", TAKEN, "bus")])
    later = msgspec.structs.replace(same, start=(same.start or 0) + 366, end=(same.end or 0) + 366)
    assert like_words(one, same)
    assert not like_words(one, later)
