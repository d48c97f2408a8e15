"""What is condemned, tried or reviewed: the day of a reaction is not the event's, a building that is named again is the same
bombing, and each line of a review of the press is of a matter of its own."""

import pytest

from sijill.coding import code
from sijill.coding.decisions import Telling, join
from sijill.coding.ground import Ground
from sijill.coding.targets import named_target
from sijill.coding.triggers import Trigger
from sijill.language.analysis import Analysis
from sijill.records import Report

BOMBED = "التفجير الإرهابي الذي استهدف مسجدا لقوات الطوارئ في منطقة عسير وأسفر عن استشهاد عدد من رجال الأمن"
HOPE = "وأكد المجلس تضامنه التام مع المملكة في كل ما تتخذه من إجراءات."


def ground(text: str) -> Ground:
    return Ground(Analysis(Report(id="r", text=text, published="2015-08-09")))


def trigger(told: Ground, word: str) -> Trigger:
    return next(t for t in told.triggers if word in told.forms[t.first])


@pytest.mark.parametrize(
    ("text", "events"),
    [
        (f"أدان مجلس الوزراء في بيان أصدره أمس {BOMBED}.\n{HOPE}\n{HOPE}", 0),
        (f"أدان مجلس الوزراء {BOMBED}.\n{HOPE}\n{HOPE}", 0),
        (f"أدان مجلس الوزراء {BOMBED} أمس.\n{HOPE}\n{HOPE}", 1),
    ],
)
def test_a_reaction_holds_an_event_where_its_day_is_told(text: str, events: int) -> None:
    assert len(code(text, "2015-08-09").events) == events


def test_who_protests_condemns_as_well() -> None:
    told = code(
        f"رفض أهالي السويداء أمس قرار الفصائل وتظاهروا أمام مبنى المحافظة بعد صلاة الجمعة.\n{HOPE}",
        "2018-07-02",
    )
    assert [e.type for e in told.events] == ["peaceful_protest"]


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("بدأت محاكمة المتهمين بتفجير مسجد الإمام الصادق أمس", "تفجير", {"الامام", "الصادق"}),
        ("تعرض مسجد الإمام الصادق أمس إلى تفجير إرهابي", "تفجير", {"الامام", "الصادق"}),
        ("أدى تفجير مسجد في القرية إلى مقتل ثلاثة", "تفجير", set()),
        ("وقع تفجير وسط المدينة", "تفجير", set()),
    ],
)
def test_the_building_that_is_named_as_hit(text: str, word: str, name: set[str]) -> None:
    told = ground(text)
    found = named_target(told, trigger(told, word))
    assert name <= found if name else not found


@pytest.mark.parametrize(
    ("second", "groups"),
    [
        ("وتعرض مسجد الإمام الصادق إلى تفجير إرهابي في 26 يونيو", 1),
        ("وتعرض مسجد الروضة إلى تفجير إرهابي في 26 يونيو", 2),
    ],
)
def test_one_building_blown_up_is_one_bombing(second: str, groups: int) -> None:
    told = ground(f"بدأت اليوم محاكمة المتهمين بتفجير مسجد الإمام الصادق.\n{second}.")
    blasts = [t for t in told.triggers if "تفجير" in told.forms[t.first]]
    tellings = [Telling(t, 1.0, {}, [], [(1.0, time)]) for t, time in zip(blasts, told.times, strict=False)]
    assert len(tellings) == 2
    assert len(join(told, [[telling] for telling in tellings])) == groups


REVIEW = """عام / اهتمامات الصحف التونسية

تونس 25 شوال 1436هـ الموافق 10 أغسطس 2015 م واس
توزعت اهتمامات الصحف التونسية الصادرة اليوم على عدد من القضايا.
وأخبرت عن مقتل خمسة أشخاص في مدينة سبها الليبية إثر سقوط قذيفة استهدفت منزلا بالمدينة.
ونشرت صحف تونس تقارير مطولة حول افتتاح قناة السويس الجديدة.
"""


def test_a_review_of_the_press_is_a_bulletin() -> None:
    assert ground(REVIEW).itemised
    assert not ground(REVIEW.replace("اهتمامات الصحف", "اجتماع الوزراء", 1)).itemised
    told = code(REVIEW, "2015-08-10")
    assert [(e.start, e.place and e.place.name) for e in told.events] == [("2015-08-10", "Sabha")]


def test_an_attack_that_is_told_as_a_bombing_is_one() -> None:
    text = (
        "أدى الهجوم على مسجد في منطقة عسير أمس إلى مقتل 15 شخصا.\nوقالت الوزارة إن التفجير الإرهابي استهدف مسجد قوات "
        f"الطوارئ في عسير أمس.\n{HOPE}"
    )
    assert [e.type for e in code(text, "2015-08-07").events] in (["ied"], ["suicide_bombing"])


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("قتل مسلح 38 سائحا في هجوم على شاطئ فندق في مدينة سوسة بتونس أمس.", "attack"),
        ("قتل ثلاثة جنود في هجوم مسلح على دورية للجيش في مدينة القصرين بتونس أمس.", "armed_clash"),
        ("قتل خمسة مدنيين في اشتباكات بين الجيش والحوثيين في مدينة تعز باليمن أمس.", "armed_clash"),
    ],
)
def test_an_attack_that_hits_none_but_civilians_is_no_clash(text: str, type_: str) -> None:
    assert [e.type for e in code(text, "2015-08-07").events] == [type_]
