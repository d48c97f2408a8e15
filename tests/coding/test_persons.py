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


def test_who_did_it_is_no_victim_of_it() -> None:
    assert persons("قتل تاجر أمس الثلاثاء على يد سعيد حسن الجبوري في بغداد.") == {}
    found = persons("قتل التاجر سعيد حسن الجبوري أمس الثلاثاء على يد مجهولين في بغداد.")
    assert [(p.name, p.fate) for p in found.values()] == [("سعيد حسن الجبوري", "killed")]


@pytest.mark.parametrize(
    "text",
    [
        "قتل ثلاثة جنود أمس الثلاثاء بانفجار سيارة مفخخة في بغداد. وقال الوزير سالم حسن الجبوري لدى تفقده المكان إن الحرب مستمرة.",
        "قتلت القوات الحكومية أمس الثلاثاء سبعة من مسلحي الحوثي في مأرب، وأكد وزير الداخلية، اللواء سالم حسن الجبوري، أن المدينة آمنة.",
    ],
)
def test_officials_near_the_dead_are_no_persons_of_the_record(text: str) -> None:
    assert persons(text) == {}


def test_a_word_inside_a_longer_expression_tells_no_fate() -> None:
    """ "تفقد" is to inspect; "فقد" alone is to go missing."""
    text = "قال الوزير سالم حسن الجبوري لدى تفقده المكان إن الحرب مستمرة."
    assert candidates(Ground(Analysis(Report(id="r", text=text, language="ar")))) == []
    text = "فقد الوزير سالم حسن الجبوري في المعركة."
    (found,) = candidates(Ground(Analysis(Report(id="r", text=text, language="ar"))))
    assert [fate_of(cue) for cue, _ in found[1]] == ["missing"]


def test_one_who_blew_himself_up_is_killed() -> None:
    found = persons(
        "قتل ثمانية مدنيين أمس الثلاثاء حين فجر انتحاري نفسه في سوق ببغداد. وقالت الشرطة إن منفذ التفجير يدعى سالم حسن الجبوري."
    )
    assert [(p.name, p.fate) for p in found.values()] == [("سالم حسن الجبوري", "killed")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "خطف مسلحون أمس الثلاثاء في صنعاء المهندسة إيزابيل ماران. وبعد ساعات أفرج الخاطفون عن ايزابيل ماران.",
            "ايزابيل ماران",
        ),
        (
            "خطف مسلحون أمس الثلاثاء في صنعاء المهندسة ليلى سالم ماران. وبعد ساعات جرى تحرير الرهينة ليلى ماران.",
            "ليلى سالم ماران",
        ),
    ],
)
def test_the_last_fate_of_one_person_counts_however_he_is_spelt(text: str, name: str) -> None:
    found = persons(text)
    assert {n: p.fate for n, p in found.items()} == {name: "released"}
    for entry in found[name].evidence:
        assert text[entry.start : entry.end] == entry.text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("بحث الوزير سالم حسن الجبوري مع نظيره اليمني نقل الجرحى إلى الخارج.", []),
        ("سقط بين القتلى العقيد سالم حسن الجبوري.", ["killed"]),
        ("نشرت أسماء القتلى من أبناء المدينة وهم: سالم حسن الجبوري.", ["killed"]),
        ("وسالم حسن الجبوري شاب من أبناء المدينة كان ضمن القتلى.", ["killed"]),
    ],
)
def test_a_count_of_many_tells_the_fate_of_those_it_leads_to(text: str, wanted: list[str]) -> None:
    found = candidates(Ground(Analysis(Report(id="r", text=text, language="ar"))))
    assert sorted({fate_of(cue) for _, choices in found for cue, _ in choices}) == wanted


def test_a_sure_fate_far_from_any_event_counts_where_the_report_tells_one() -> None:
    far = " ".join(f"وزار الوفد السوق رقم {n} في المدينة." for n in ("واحد", "اثنان", "ثلاثة", "أربعة"))
    told = " ووثق التقرير مقتل الطبيب سالم حسن الجبوري."
    raid = "قتلت قوات الاحتلال الإسرائيلي أمس الثلاثاء ثلاثة مدنيين في قصف على مخيم جباليا شمال قطاع غزة. "
    assert [(p.fate, p.event) for p in persons(raid + far + told).values()] == [("killed", None)]
    assert persons(told) == {}
