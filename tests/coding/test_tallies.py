"""Tallies: whom a running total counts, and from when."""

from __future__ import annotations

import pytest

from sijill.coding.ground import Ground
from sijill.coding.tallies import read_tallies
from sijill.language.analysis import Analysis
from sijill.records import Report

Entry = tuple[str | None, str, tuple[str, ...], int | None, str]
TOLD: list[tuple[str, list[Entry]]] = [
    (
        "قتل أكثر من 500 شخص في العراق منذ مطلع الشهر.",
        [("2018-06-01", "killed", (), 500, "at_least")],
    ),
    (
        "قتل 18 مدنيا وأصيب 41 في العراق منذ 3 أيار.",
        [("2018-05-03", "killed", ("civilians",), 18, "exact"), ("2018-05-03", "wounded", ("civilians",), 41, "exact")],
    ),
    (
        "More than 20,000 people were killed and two million displaced since 2009.",
        [("2009-01-01", "killed", (), 20000, "at_least"), ("2009-01-01", "displaced", ("civilians",), 2000000, "exact")],
    ),
    (
        "نزح نحو 40 ألف شخص منذ منتصف أيار.",
        [("2018-05-15", "displaced", ("civilians",), 40000, "about")],
    ),
    (
        "قتل 112 مدنيا منذ بدء العملية العسكرية في 20 أيار.",
        [("2018-05-20", "killed", ("civilians",), 112, "exact")],
    ),
    (
        "منذ مطلع العام قتل 70 جنديا عراقيا و120 من عناصر تنظيم داعش في الموصل.",
        [("2018-01-01", "killed", ("irq-gov",), 70, "exact"), ("2018-01-01", "killed", ("is",), 120, "exact")],
    ),
    (
        "قتل نحو 260 مقاتلا من حزب العمال الكردستاني خلال أسبوع من الغارات الجوية التركية.",
        [("2018-06-05", "killed", ("pkk",), 260, "about")],
    ),
    (
        "أسفرت هجمات الأسبوع الماضي في العراق عن مقتل 50 شخصا من المدنيين ورجال الأمن في أسوأ موجة عنف منذ سنوات.",
        [("2018-06-04", "killed", ("civilians", "irq-gov"), 50, "exact")],
    ),
    (
        "مقتل 900 شخص في العراق خلال شهر أيار. وأوضح البيان أن عدد القتلى المدنيين بلغ 844 شخصا بينهم 27 من رجال الشرطة.",
        [
            ("2018-05-01", "killed", (), 900, "exact"),
            ("2018-05-01", "killed", ("civilians",), 844, "exact"),
            ("2018-05-01", "killed", ("irq-gov",), 27, "exact"),
        ],
    ),
    (
        "وبلغ مجموع الضحايا المدنيين في بغداد 1091 شخصا (335 قتيلا و756 جريحا).",
        [(None, "killed", ("civilians",), 335, "exact"), (None, "wounded", ("civilians",), 756, "exact")],
    ),
    (
        "وأفادت في بيان اليوم أن عدد ضحايا التعذيب من اللاجئين في تلك السجون وصل إلى 409 ضحايا.",
        [(None, "killed", ("civilians",), 409, "exact")],
    ),
    (
        "هاجم قوات الأمن التركية التي قتل نحو عشرين من أفرادها منذ اندلاع العنف.",
        [(None, "killed", ("tur-gov",), 20, "about")],
    ),
    (
        "مقتل 488 من قوات الأمن العراقية من ضمنهم عناصر من قوات البيشمركة.",
        [(None, "killed", ("irq-gov", "peshmerga"), 488, "exact")],
    ),
    (
        "بلغ عدد القتلى منذ 3 أيار 120 قتيلا مقابل 16 شهيدا و33 جريحا من الحشد الشعبي.",
        [
            ("2018-05-03", "killed", (), 120, "exact"),
            ("2018-05-03", "killed", ("pmf",), 16, "exact"),
            ("2018-05-03", "wounded", ("pmf",), 33, "exact"),
        ],
    ),
    (
        "سجلت البعثة 31 ضحية مدنية في ليبيا: 14 قتيلا و17 جريحا.",
        [
            (None, "killed", ("civilians",), 31, "exact"),
            (None, "killed", ("civilians",), 14, "exact"),
            (None, "wounded", ("civilians",), 17, "exact"),
        ],
    ),
    (
        "نحو 260 مقاتلا من حزب العمال الكردستاني قتلوا ومئات جرحوا خلال أسبوع من الغارات الجوية.",
        [("2018-06-05", "killed", ("pkk",), 260, "about"), ("2018-06-05", "wounded", ("pkk",), None, "vague")],
    ),
    (
        "نزح نحو 250 ألفا منذ نهاية أيار.",
        [("2018-05-31", "displaced", ("civilians",), 250000, "about")],
    ),
    (
        "نزح نحو 250 ألفا منذ أواخر أيار.",
        [("2018-05-21", "displaced", ("civilians",), 250000, "about")],
    ),
    (
        "مقتل 34 من عناصر تنظيم داعش والقبض على 51 مشتبها فيه منذ 7 أيار.",
        [("2018-05-07", "killed", ("is",), 34, "exact"), ("2018-05-07", "arrested", (), 51, "exact")],
    ),
    (
        "اعتقل 566 مواطنا في الخليل بينهم قادة من حماس.",
        [(None, "arrested", ("civilians",), 566, "exact")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "entries"), TOLD, ids=[text for text, _ in TOLD])
def test_whom_a_tally_counts_and_since_when(text: str, entries: list[Entry]) -> None:
    ground = Ground(Analysis(Report(id="t", text=text, published="2018-06-12")))
    tallies = read_tallies(ground, ground.figures)
    assert [(t.since, c.outcome, c.actor, c.n, c.bound) for t in tallies for c in t.casualties] == entries


def test_a_tally_that_runs_on_ends_with_the_report() -> None:
    text = "قتل 112 مدنيا منذ بدء العملية في أيار. وقتل 9 مدنيين في نيسان."
    ground = Ground(Analysis(Report(id="t", text=text, published="2018-06-12")))
    assert [(t.since, t.until) for t in read_tallies(ground, ground.figures)] == [
        ("2018-05-01", "2018-06-12"),
        ("2018-04-01", "2018-04-30"),
    ]
