"""Who is a person of the record, what became of him, in which role and on whose side."""

from __future__ import annotations

import pytest

from sijill.coding import code
from sijill.coding.ground import Ground
from sijill.coding.persons import candidates, fate_of
from sijill.language.analysis import Analysis
from sijill.records import Person, Report

RAID = "قتلت قوات الاحتلال الإسرائيلي أمس الثلاثاء مسلحين في مخيم جنين. "


def persons(text: str) -> dict[str, Person]:
    return {p.name: p for p in code(text, published="2023-03-08").persons}


def test_every_member_of_a_list_shares_the_fate() -> None:
    text = "اعتقلت قوات الاحتلال الإسرائيلي فجر أمس في جنين كلا من: معتز إبراهيم ثوابتة (19 عاما) ويزن خليل طقاطقة (22 عاما)."
    found = persons(text)
    assert {n: p.fate for n, p in found.items()} == {
        "معتز إبراهيم ثوابتة": "arrested",
        "يزن خليل طقاطقة": "arrested",
    }
    for person in found.values():
        (named, fate) = person.evidence
        assert text[named.start : named.end] == named.text == person.name
        assert text[fate.start : fate.end] == fate.text


@pytest.mark.parametrize(
    "text",
    [
        RAID + "وقال المحافظ أكرم الرجوب إن الاقتحام استمر ساعات.",
        RAID + "ووقع الاقتحام قرب مستشفى خليل سليمان.",
    ],
)
def test_who_speaks_or_gives_a_place_its_name_is_no_person_of_the_record(text: str) -> None:
    assert persons(text) == {}


def test_a_role_and_whose_the_dead_was() -> None:
    found = persons("قتل مسلحون مجهولون مساء أمس العقيد في الجيش العراقي سالم حسن الجبوري في بغداد.")
    (person,) = found.values()
    assert (person.fate, person.affiliation, person.role) == (
        "killed",
        ("irq-gov",),
        "العقيد في الجيش العراقي",
    )


def test_no_word_of_fate_no_candidates() -> None:
    report = Report(id="r", text="زار الوزير سالم حسن الجبوري مدينة بغداد.", language="ar")
    assert candidates(Ground(Analysis(report))) == []


def test_words_of_fate_that_are_no_fate_of_one_person() -> None:
    report = Report(id="r", text="نزح الآلاف وقتل الطبيب سالم حسن الجبوري.", language="ar")
    (found,) = candidates(Ground(Analysis(report)))
    assert [fate_of(cue) for cue, _ in found[1]] == ["killed"]
