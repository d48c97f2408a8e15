"""Where and when an event was: places that hold one another; what goes on since a day, until one, for so long; and the day of a bulletin's items."""

import pytest

from sijill.coding.decisions import Telling
from sijill.coding.ground import Ground
from sijill.coding.setting import best_place, best_time
from sijill.language.analysis import Analysis
from sijill.records import Report


def ground(text: str, published: str = "2018-06-12") -> Ground:
    return Ground(Analysis(Report(id="r", text=text, published=published)))


def when(text: str, type_: str) -> tuple[str | None, str | None]:
    """The days of an event that the first trigger of a text tells, where each of its times is likely to be its own."""
    told = ground(text)
    chances = [(0.9 - 0.01 * k, time) for k, time in enumerate(told.times)]
    start, end, _, _ = best_time(told, [Telling(told.triggers[0], 1.0, {}, [], chances)], type_)
    return start, end


@pytest.mark.parametrize(
    ("text", "type_", "days"),
    [
        (
            "سيطر المسلحون أمس على البلدة بعد معارك استمرت أربعة أيام",
            "armed_clash",
            ("2018-06-08", "2018-06-11"),
        ),
        ("سيطر المسلحون أمس على البلدة بعد معارك", "armed_clash", ("2018-06-11", "2018-06-11")),
        ("تواصل اعتصام أمس لليوم العاشر", "peaceful_protest", ("2018-06-02", "2018-06-11")),
        ("Clashes on Sunday entered their second week", "armed_clash", ("2018-06-03", "2018-06-10")),
        ("Clashes on Sunday after a week of calm talks", "armed_clash", ("2018-06-03", "2018-06-10")),
        ("Clashes on Friday lasted until Sunday", "armed_clash", ("2018-06-08", "2018-06-10")),
        ("معارك مستمرة منذ السبت", "armed_clash", ("2018-06-09", "2018-06-12")),
        ("معارك مستمرة منذ فجر أمس", "armed_clash", ("2018-06-11", "2018-06-11")),
        ("اعتقلت الشرطة ثلاثة منذ السبت", "arrests", ("2018-06-09", "2018-06-09")),
        ("تفجير في شهر مايو الماضي في 26 مايو", "ied", ("2018-05-26", "2018-05-26")),
        (
            "تفجير في شهر مايو الماضي قبل أن تعلن الشرطة القبض في 26 مايو على رجل",
            "ied",
            ("2018-05-01", "2018-05-31"),
        ),
    ],
)
def test_the_days_of_an_event(text: str, type_: str, days: tuple[str, str]) -> None:
    assert when(text, type_) == days


BULLETIN = """نشرة أخبار درعا
🔻 قصف مدفعي على بلدة نصيب
🔻 اعتقال شابين في إزرع
🔻 انفجار لغم قرب داعل
🔻 مظاهرة في طفس"""
PROSE = """قتل ثلاثة في درعا
وقال شهود إن قصفا استهدف بلدة نصيب
واعتقلت القوات شابين في إزرع
وفي داعل انفجر لغم"""


def test_items_of_a_bulletin_take_its_day() -> None:
    told = ground(BULLETIN)
    assert told.itemised
    start, end, precision, entries = best_time(told, [Telling(told.triggers[0], 1.0, {}, [], [])], "shelling")
    assert (start, end, precision) == ("2018-06-12", "2018-06-12", 1)
    assert entries[0].text == "نشرة أخبار درعا"


def test_the_day_over_a_bulletin_is_that_of_its_items() -> None:
    told = ground(BULLETIN.replace("نشرة أخبار درعا", "نشرة الأحد 10 حزيران 2018"))
    start, _, _, entries = best_time(told, [Telling(told.triggers[0], 1.0, {}, [], [])], "shelling")
    assert start == "2018-06-10"
    assert entries[0].text == "الأحد 10 حزيران 2018"


def test_what_prose_tells_without_a_time_has_none() -> None:
    told = ground(PROSE)
    assert not told.itemised
    assert best_time(told, [Telling(told.triggers[0], 1.0, {}, [], [])], "shelling") == (None, None, 5, [])


def test_items_may_be_led_by_headings() -> None:
    assert ground("Security developments\nBAGHDAD - A bomb killed two people in the market, police said.\n"
                  "MOSUL - Gunmen killed a lecturer outside his home on the way to work.\n"
                  "BASRA - Mortars hit a base near the river and hurt nobody.").itemised  # fmt: skip


@pytest.mark.parametrize(
    ("text", "nests"),
    [
        ("غارة على بلدة سراقب في محافظة إدلب", ["held", "holds"]),
        ("An air strike on Saraqib in Idlib province", ["held", "holds"]),
        ("غارة على بلدة سراقب، فيما قال ناطق باسم الجيش إن قواته تقدمت نحو دمشق", ["alone", "alone"]),
    ],
)
def test_a_place_and_the_unit_that_holds_it(text: str, nests: list[str]) -> None:
    told = ground(text)
    assert [told.nesting[p.first][0] for p in told.places] == nests


def test_a_known_place_goes_before_one_that_nobody_knows() -> None:
    """A name without coordinates must be a good deal likelier than a place that the gazetteer knows."""
    told = ground("قصف استهدف قرية الحميراء.\nوقال ناطق باسم الجيش إن طائرات أغارت على سراقب")
    unknown, known = told.places
    assert unknown.lat is None
    for chance, name in ((0.5, "Saraqib"), (0.2, unknown.name)):
        place, _ = best_place(
            told, [Telling(told.triggers[0], 1.0, {}, [(0.6, unknown), (chance, known)], [])]
        )
        assert place is not None
        assert place.name.startswith(name)


def test_an_unlikely_place_is_none() -> None:
    told = ground("قصف استهدف بلدة سراقب")
    assert best_place(told, [Telling(told.triggers[0], 1.0, {}, [(0.1, told.places[0])], [])]) == (None, [])
