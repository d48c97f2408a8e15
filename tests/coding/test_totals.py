"""Totals: whether the words around a figure say that it counts over a time with many events."""

from __future__ import annotations

import pytest

from sijill.coding.ground import Ground
from sijill.coding.totals import has_time, is_most, is_total, period_of
from sijill.language.analysis import Analysis
from sijill.records import Report


def ground_of(text: str) -> Ground:
    return Ground(Analysis(Report(id="t", text=text, published="2018-06-12")))


TOTALS = [
    ("ومنذ اندلاع موجة العنف الجديدة في 20 أيار، قتل 13 جنديا تركيا.", True),
    ("قتل نحو عشرين من رجال الشرطة منذ اندلاع دوامة العنف الجديدة.", True),
    ("At least 362 people have been killed since April 4.", True),
    ("قتل 33 من الحوثيين منذ أمس في محيط المطار.", False),
    ("سقط في المواجهات منذ اندلاعها ثمانية قتلى.", False),
    ("قتل 50 شخصا في أسوأ موجة عنف تشهدها المدينة منذ سنوات.", False),
    ("نحو 260 مقاتلا من حزب العمال الكردستاني قتلوا خلال أسبوع من الغارات الجوية التركية.", True),
    ("قتل 260 مقاتلا من حزب العمال الكردستاني خلال أسبوع من المعارك.", False),
    ("قتل 26 مقاتلا من حزب العمال الكردستاني خلال ثلاثة أيام من الغارات الجوية.", False),
    ("قتل 26 مقاتلا خلال الاشتباكات.", False),
    ("الحملة أسفرت منذ انطلاقها في 7 أيار وحتى مساء أمس عن مقتل 34.", True),
    ("وثقت الشبكة 94 حالة اعتقال تعسفي في سوريا خلال شهر أيار 2018.", True),
    ("عثر على 11 مدنيا أعدمهم التنظيم في أيار الماضي.", False),
    ("مقتل امرأة في سوريا خلال شهر أيار.", False),
]


@pytest.mark.parametrize(("text", "total"), TOTALS, ids=[text for text, _ in TOTALS])
def test_what_words_say_that_a_figure_is_a_total(text: str, total: bool) -> None:
    ground = ground_of(text)
    assert is_total(ground, ground.figures[0]) is total


VIOLENT = [
    ("قال الوزير. وتحدث النائب. وشهدت تركيا أمس تصاعدا في أعمال العنف أسفرت عن مصرع تسعة أشخاص.", True),
    ("شهدت تركيا أمس تصاعدا في أعمال العنف أسفرت عن مصرع تسعة أشخاص.", False),
    ("قال الوزير. وتحدث النائب. وشهدت أنقرة أمس تصاعدا في أعمال العنف أسفرت عن مصرع تسعة أشخاص.", False),
]


@pytest.mark.parametrize(("text", "total"), VIOLENT, ids=[text for text, _ in VIOLENT])
def test_a_toll_of_violence_at_large_is_a_total_but_in_a_lede(text: str, total: bool) -> None:
    ground = ground_of(text)
    assert is_total(ground, ground.figures[0]) is total


def test_a_bulletin_counts_on_over_the_month_of_its_head() -> None:
    ground = ground_of("مقتل وإصابة 3440 عراقيا خلال شهر أيار الماضي. وأوضح البيان أن عدد القتلى بلغ 1332.")
    over = period_of(ground)
    assert over is not None
    assert (str(over.first), has_time(ground, 1)) == ("2018-05-01", False)


def test_an_event_of_a_month_is_no_bulletin() -> None:
    assert period_of(ground_of("قتل 7 في تفجير أمس. وكان الجيش دخل البلدة في أيار الماضي.")) is None


def test_something_without_its_like_is_no_start_of_a_count() -> None:
    ground = ground_of("قتل 50 في أعنف هجوم منذ سنوات. وقتل 90 منذ مطلع العام.")
    since = [i for i, form in enumerate(ground.forms) if form == "منذ"]
    assert [is_most(ground, i) for i in since] == [True, False]
