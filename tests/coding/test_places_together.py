"""Places that are listed, that hold one another, or that are one spot under two names."""

import pytest

from sijill.coding.decisions import relation
from sijill.coding.ground import Ground
from sijill.language.analysis import Analysis
from sijill.records import Report


def ground(text: str) -> Ground:
    return Ground(Analysis(Report(id="r", text=text, published="2015-08-09")))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("قصفت المدفعية قريتي محمبل وجوزف بجبل الزاوية", ["Muhambal", "جوزف"]),
        (
            "غارات على بلدات كفرنبل وسراقب ومعرة النعمان بريف إدلب",
            ["Kafranbel", "Saraqib", "Maarrat an Numan"],
        ),
        (
            "اعتقالات في مخيم الفوار بالخليل وبلدة بيتا جنوب نابلس ومدينة قلقيلية",
            ["Fawwar camp", "Beita", "Qalqilyah"],
        ),
        ("Air strikes hit the towns of Saraqib and Binnish in Idlib province", ["Saraqib", "Binnish"]),
        ("خرجت تظاهرات في البصرة وذي قار والحلة", ["Basrah", "Dhi Qar", "Al Hillah"]),
        (
            "سيطرت القوات على محطة زيزون الحرارية وقريتي الزيادية وفتحة السد في سهل الغاب",
            ["Ziyzun", "الزيادية", "فتحة السد"],
        ),
        ("سيطر الجيش على مدينة شقرة الساحلية وعلى مدينة لودر في أبين", ["Shuqrah", "Lawdar"]),
        ("خرجت تظاهرات في بعقوبة وديالى", []),
        ("اشتباكات على الطريق بين أجدابيا وطبرق", []),
        ("اشتباكات في حلب، فيما وصل الوفد إلى دمشق", []),
    ],
)
def test_places_named_as_several_of_a_kind(text: str, names: list[str]) -> None:
    listed = next(iter(ground(text).lists.values()), ())
    assert len(listed) == len(names)
    for place, name in zip(listed, names, strict=True):
        assert place.name.split()[0].lower()[:4] == name.split()[0].lower()[:4]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("انفجار في بعقوبة. وقال شاهد إن بعقوبة هادئة", "same"),
        ("انفجار في بعقوبة. وأغلقت محافظة ديالى", "holds"),
        ("انفجار في بعقوبة. وهجوم في البصرة", "apart"),
        ("هجوم في البصرة. وهجوم في العراق", "holds"),
    ],
)
def test_how_two_places_stand_to_each_other(text: str, expected: str) -> None:
    first, second = ground(text).places[:2]
    assert relation(first, second) == relation(second, first) == expected


def test_without_a_place_there_is_nothing_to_compare() -> None:
    place = ground("انفجار في بعقوبة").places[0]
    assert relation(None, None) == "none"
    assert relation(place, None) == "one"


def test_parties_joined_by_a_word_before_a_quoted_name_are_one_group() -> None:
    groups = ground('سيطر الجيش التركي و"الجيش الوطني السوري" على مدينة تل أبيض').groups
    assert [g.ids for g in groups] == [("tur-gov", "sna")]
    apart = ground('سيطر الجيش التركي، فيما قال "الجيش الوطني السوري" إنه انسحب من تل أبيض').groups
    assert len(apart) > 1
