"""Copies of one text are one voice."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from sijill.ledger.duplicates import are_copies, copies, shingles, voices
from sijill.records import Report

WIRE = (
    "قتل اثنا عشر شخصا على الأقل وأصيب عشرون آخرون في انفجار سيارة مفخخة استهدف سوقا شعبيا في مدينة الباب بريف حلب الشرقي صباح اليوم "
    "الثلاثاء وقال مصدر طبي إن بين القتلى ثلاثة أطفال وإن عددا من الجرحى في حالة خطرة ونقلوا إلى المشافي القريبة ولم تعلن أي جهة "
    "مسؤوليتها عن التفجير الذي وقع قرب دوار المدينة في ساعة الذروة وخلف دمارا واسعا في المحال التجارية والسيارات المتوقفة"
)
OTHER = (
    "أعلنت قوات سوريا الديمقراطية أنها سيطرت على قرية جديدة شرق الفرات بعد معارك استمرت يومين مع تنظيم الدولة الإسلامية وقتل فيها أحد "
    "عشر مسلحا بحسب بيان نشرته على موقعها أمس الأربعاء فيما واصل طيران التحالف الدولي غاراته على مواقع التنظيم في المنطقة"
)


def report(name: str, text: str) -> Report:
    return Report(id=name, text=text)


def test_copy_with_another_spelling_and_head_is_a_copy() -> None:
    copy = "وكالات - " + WIRE.replace("أطفال", "اطفال").replace("ة ", "ه ")
    assert copies([report("a", WIRE), report("b", copy), report("c", OTHER)]) == {
        "a": ("a", "b"),
        "b": ("a", "b"),
    }


def test_part_of_a_text_is_a_copy_of_it() -> None:
    assert are_copies(shingles(WIRE[: len(WIRE) * 2 // 3] + " المصدر وكالات"), shingles(WIRE))


def test_texts_of_one_event_in_other_words_are_two_voices() -> None:
    retold = "سقط قتلى وجرحى من المدنيين جراء تفجير وقع في سوق مدينة الباب شرقي حلب اليوم وأفاد مراسلنا أن الحصيلة بلغت اثني عشر قتيلا بينهم أطفال"
    assert voices([report("a", WIRE), report("b", retold)]) == {"a": "a", "b": "b"}


@pytest.mark.parametrize("text", ["", "عاجل", "."])
def test_short_and_empty_texts(text: str) -> None:
    assert len(copies([report("a", text), report("b", text)])) == (2 if text == "عاجل" else 0)
    assert copies([report("a", text), report("b", WIRE)]) == {}


def test_order_changes_nothing() -> None:
    reports = [
        report("a", WIRE),
        report("b", WIRE + " " + OTHER[:60]),
        report("c", OTHER),
        report("d", OTHER + " انتهى"),
    ]
    known = voices(reports)
    random.Random(1).shuffle(reports)
    assert voices(reports) == known == {"a": "a", "b": "a", "c": "c", "d": "c"}


@pytest.mark.shared
def test_near_duplicates_of_the_gold_and_no_others(shared: Path) -> None:
    lines = (shared / "gold" / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    reports = [report(row["id"], row["text"]) for row in (r.get("report", r) for r in rows)]
    expected = json.loads((shared / "gold" / "dev" / "near-duplicates.json").read_text(encoding="utf-8"))
    assert sorted(set(copies(reports).values())) == sorted(tuple(sorted(group)) for group in expected)
