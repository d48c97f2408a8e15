"""One named person across reports, spellings and scripts."""

from __future__ import annotations

import random

import pytest

from ledger.made import event, person, record
from sijill.ledger.persons import name_keys, persons, same_name
from sijill.records import Person, Record


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("أبو بكر البغدادي", "Abu Bakr al-Baghdadi"),
        ("عبد الرحمن محمد", "Abdul Rahman Mohammed"),
        ("محمد علي حسن", "محمد حسن"),
        ("حسين الجاسم العلي", "Hussein al-Jassem"),
        ("الحاج مصطفى ديبو", "مصطفى ديبو"),
        ("أبو عمر", "Abu Omar"),
        ("Youssef Hassan", "يوسف الحسن"),
        ("احمد نجار", "أحمد النجار"),
    ],
)
def test_spellings_of_one_name(left: str, right: str) -> None:
    assert same_name(left, right)
    assert set(name_keys(left)) & set(name_keys(right))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("أحمد نجار", "Mohammed Najjar"),
        ("محمد أحمد", "أحمد محمد"),
        ("خالد", "خالد"),
        ("أبو بكر", "أم بكر"),
        ("عبد الله حسن", "الله حسن"),
        ("", "أحمد"),
    ],
)
def test_other_names(left: str, right: str) -> None:
    assert not same_name(left, right)


def told(name: str, *people: Person, published: str = "2018-06-13") -> Record:
    return record(name, event(), published=published, persons=people)


def names(*records: Record) -> list[tuple[str, ...]]:
    return [found.names for found in persons(records)]


def test_one_person_with_what_is_said_of_him() -> None:
    (found,) = persons(
        [
            told("x", person("حسين الجاسم العلي", fate="arrested", role="مدرّس", affiliation=("civilians",))),
            told(
                "y",
                person("Hussein al-Jassem", fate="released", affiliation=("civilians",)),
                published="2018-07-30",
            ),
        ]
    )
    assert found.name == "حسين الجاسم العلي"
    assert found.fates == (("arrested", ("x",)), ("released", ("y",)))
    assert (found.roles, found.affiliation) == (("مدرّس",), ("civilians",))


def test_two_of_one_report_are_two() -> None:
    assert len(names(told("x", person("محمد علي حسن"), person("محمد حسن")))) == 2


def test_of_other_sides_are_two() -> None:
    assert (
        len(
            names(
                told("x", person("محمد حسن", affiliation=("is",))),
                told("y", person("محمد حسن", affiliation=("sdf",))),
            )
        )
        == 2
    )


def test_killed_in_another_year_is_another() -> None:
    assert (
        len(names(told("x", person("محمد حسن")), told("y", person("محمد حسن"), published="2019-06-13"))) == 2
    )


def test_one_word_is_enough_within_one_account() -> None:
    records = [told("x", person("ريهام", event=0)), told("y", person("ريهام دوابشة", event=0))]
    assert len(persons(records)) == 2
    assert len(persons(records, {("x", 0): "acc", ("y", 0): "acc"})) == 1


def test_order_changes_nothing() -> None:
    rng = random.Random(5)
    pool = [
        "محمد علي حسن",
        "محمد حسن",
        "علي حسن",
        "Mohammed Hassan",
        "أبو بكر الحديثي",
        "Abu Bakr al-Hadithi",
        "سعد",
    ]
    records = [told(f"r{n}", *(person(rng.choice(pool)) for _ in range(2))) for n in range(15)]
    known = persons(records)
    assert sum(len(found.mentions) for found in known) == 30
    for _ in range(3):
        rng.shuffle(records)
        assert persons(records) == known
