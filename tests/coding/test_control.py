"""Changes of control: who took or left which place; what is denied or only fought for changes nothing."""

from __future__ import annotations

import pytest

from sijill.coding import code
from sijill.coding.assemble import Assembled, replace_event
from sijill.coding.control import read_control, settle_types
from sijill.coding.decisions import Models
from sijill.coding.ground import Ground
from sijill.coding.standing import standing_events
from sijill.language.analysis import Analysis
from sijill.records import ControlChange, Report

CHANGES = [
    (
        "سيطرت قوات سوريا الديمقراطية على مدينة الرقة أمس بعد معارك مع تنظيم الدولة.",
        ("is",),
        ("sdf",),
        "force",
    ),
    ("استعاد الجيش العراقي مدينة الرمادي من تنظيم الدولة أمس.", ("is",), ("irq-gov",), "force"),
    (
        "انسحب تنظيم الدولة من مدينة البوكمال أمس بعد معارك مع قوات النظام قتل فيها 20 من عناصره.",
        ("is",),
        (),
        "withdrawal",
    ),
    (
        "Syrian government forces captured Palmyra from Islamic State on Sunday.",
        ("is",),
        ("syr-gov",),
        "force",
    ),
]
LEFT = [
    "انسحب تنظيم الدولة من مدينة البوكمال أمس مخلفا خسائر بشرية في صفوف قوات النظام.",
    "انسحب تنظيم الدولة من مدينة البوكمال أمس بعد هجومه على مواقع قوات النظام.",
]
NO_CHANGES = [
    "نفى الجيش السوري سيطرة تنظيم الدولة على مدينة تدمر.",
    "اندلعت اشتباكات بين الجيش السوري وتنظيم الدولة قرب مدينة تدمر أمس.",
    "قصفت طائرات حربية مدينة إدلب أمس وقتل خمسة مدنيين.",
    "Clashes erupted between the Syrian army and Islamic State near Palmyra on Sunday.",
]


@pytest.mark.parametrize(("text", "left", "took", "manner"), CHANGES)
def test_a_change_is_read(text: str, left: tuple[str, ...], took: tuple[str, ...], manner: str) -> None:
    record = code(text, "2018-06-12")
    assert len(record.control) == 1
    change = record.control[0]
    assert (change.from_, change.to, change.manner) == (left, took, manner)
    assert change.place is not None
    assert change.start is not None
    assert change.evidence


@pytest.mark.parametrize("text", LEFT)
def test_whose_losses_or_posts_are_told_of_takes_nothing_over(text: str) -> None:
    assert [(c.from_, c.to, c.manner) for c in code(text, "2018-06-12").control] == [
        (("is",), (), "withdrawal")
    ]


@pytest.mark.parametrize("text", NO_CHANGES)
def test_nothing_changes_hands(text: str) -> None:
    assert code(text, "2018-06-12").control == ()


HELPERS = [
    (
        "استعادت القوات السورية مدعومة بمقاتلي حزب الله مدينة القصير أمس من الجيش الحر.",
        {"syr-gov", "hezbollah"},
    ),
    (
        "تمكن الجيش الحر بالاشتراك مع أحرار الشام من تحرير مدينة جسر الشغور أمس بعد اشتباكات مع قوات النظام.",
        {"fsa", "ahrar-al-sham"},
    ),
    ("سيطر الجيش الحر المدعوم من تركيا على مدينة جرابلس أمس بعد معارك مع تنظيم الدولة.", {"fsa"}),
    (
        "استعاد الجيش العراقي بغطاء جوي من التحالف الدولي مدينة الرمادي أمس من تنظيم الدولة.",
        {"irq-gov"},
    ),
]


@pytest.mark.parametrize(("text", "took"), HELPERS)
def test_who_fights_beside_a_party_takes_with_it_and_who_only_helps_does_not(
    text: str, took: set[str]
) -> None:
    record = code(text, "2018-06-12")
    assert [set(change.to) for change in record.control] == [took]


HELD = [
    "قصف طيران التحالف أمس المجمع الحكومي في مدينة حيس الذي يسيطر عليه الحوثيون، وقتل خمسة من الحوثيين.",
    "قتل خمسة جنود أمس في مدينة أجدابيا. ويعمل رئيس الوزراء من الشرق منذ سيطرت جماعة مسلحة على العاصمة طرابلس.",
    "قتل خمسة من الحوثيين أمس في اشتباكات بمدينة تعز. وتجري الاستعدادات لطرد الحوثيين من مدينة تعز.",
    "اندلعت اشتباكات أمس بين قوات النظام والثوار قرب تل حمكي الذي لا يزال تحت سيطرة الثوار وقتل خمسة جنود.",
]


@pytest.mark.parametrize("text", HELD)
def test_who_holds_a_place_or_is_after_it_changes_nothing(text: str) -> None:
    record = code(text, "2015-08-07")
    assert record.events
    assert record.control == ()


def test_what_comes_to_be_held_changes_hands() -> None:
    record = code("بعد معارك مع الحوثيين أمس باتت مدينة شقرة تحت سيطرة الجيش اليمني.", "2015-08-07")
    assert [(c.from_, c.to) for c in record.control] == [(("houthis",), ("yem-gov",))]


DRIVEN = [
    "طردت القوات الحكومية السودانية مقاتلي الحركة الشعبية قطاع الشمال من بلدة قيسان أمس.",
    "قالت القوات المسلحة السودانية إنها طردت مقاتلي الحركة الشعبية قطاع الشمال من بلدة قيسان أمس بعد قتال.",
    "القوات السودانية وحلفاؤها طردوا أمس مقاتلي الحركة الشعبية قطاع الشمال من بلدة قيسان بعد قتال.",
]


@pytest.mark.parametrize("text", DRIVEN)
def test_who_is_driven_out_lost_the_place(text: str) -> None:
    record = code(text, "2011-10-24")
    assert [("splm-n" in c.from_, "splm-n" in c.to) for c in record.control] == [(True, False)]


def test_each_place_of_a_list_changes_hands_though_no_register_bears_it() -> None:
    record = code(
        "سيطرت قوات النظام السوري أمس على محطة زيزون الحرارية وقريتي الزيادية وفتحة السد في سهل الغاب بعد معارك مع الثوار.",
        "2015-08-03",
    )
    assert [c.place.name for c in record.control if c.place] == ["Ziyzun", "الزيادية", "فتحة السد"]
    assert {c.to for c in record.control} == {("syr-gov",)}


PEOPLE = [
    "سقط عشرات القتلى من الحوثيين أمس في غارات على مدينة الحديدة.",
    "Eleven ISIS militants were killed and four captured on Tuesday in an operation south of Fallujah.",
]


@pytest.mark.parametrize("text", PEOPLE)
def test_people_that_fall_or_are_captured_are_no_place(text: str) -> None:
    record = code(text, "2015-08-07")
    assert record.events
    assert record.control == ()


def test_a_country_changes_no_hands_by_a_word() -> None:
    record = code(
        "قتل سبعة جنود أمس في أجدابيا في هجوم لتنظيم الدولة الإسلامية الذي سيطر على مناطق واسعة في سوريا والعراق.",
        "2015-08-01",
    )
    assert record.events
    assert record.control == ()


def test_a_part_may_be_told_before_its_place() -> None:
    record = code("سيطر الثوار أمس على سور معسكر الصاعقة في بنغازي بعد معارك مع الجيش الليبي.", "2015-08-06")
    assert {c.extent for c in record.control} == {"partial"}


def coded(text: str) -> tuple[Ground, list[Assembled], tuple[ControlChange, ...]]:
    """A report with its events and changes, before the one is settled by the other."""
    ground = Ground(Analysis(Report(id="r", text=text, published="2018-06-12", language="ar")))
    events, _ = standing_events(ground, Models())
    return ground, events, read_control(ground, events, Models())


TAKEN = "استعاد الجيش العراقي مدينة الرمادي من تنظيم الدولة أمس."
TAKEN_BY_ALLIES = "سيطرت قوات سوريا الديمقراطية على مدينة الرقة أمس بعد معارك مع تنظيم الدولة."


@pytest.mark.parametrize("read", ["armed_clash", "non_state_actor_overtakes_territory"])
def test_a_battle_whose_word_tells_a_change_is_the_taking_of_the_place(read: str) -> None:
    ground, events, changes = coded(TAKEN)
    events = [replace_event(a, type=read) for a in events]
    assert [a.event.type for a in settle_types(ground, events, changes)] == ["government_regains_territory"]


def test_allies_of_a_government_may_regain_a_place_for_it() -> None:
    ground, events, changes = coded(TAKEN_BY_ALLIES)
    events = [replace_event(a, type="government_regains_territory") for a in events]
    assert [a.event.type for a in settle_types(ground, events, changes)] == ["government_regains_territory"]
    assert settle_types(ground, events, ()) == events


def test_who_took_a_place_did_not_leave_it_by_that() -> None:
    """Taken by one and left by the same one are two changes."""
    told = code(
        "سيطر تنظيم الدولة الإسلامية على مدينة البوكمال في سوريا بعد معارك مع قوات النظام، ثم انسحب التنظيم من المدينة "
        "نحو البادية.",
        "2018-06-12",
    )
    assert [(c.from_, c.to) for c in told.control] == [(("syr-gov",), ("is",)), (("is",), ())]
