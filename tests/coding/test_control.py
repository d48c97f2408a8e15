"""Changes of control: who took or left which place; what is denied or only fought for changes nothing."""

from __future__ import annotations

import pytest

from sijill.coding import code

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
