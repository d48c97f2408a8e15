"""Laws of `sijill.code` that hold of any text: true evidence, no guessed dates, the same record every time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sijill
from sijill.coding import NO_DATE
from sijill.language.identify import UnreadLanguageError
from sijill.records import Record, Report, json_schema

# Pieces that news is made of, and what disturbs them.
PIECES = [
    "قتل ثلاثة جنود", "مقتل 12 مدنياً بينهم طفلان", "في قصف جوي", "على مدينة إدلب", "قرب الموصل", "أمس", "فجر الجمعة",
    "أعلن تنظيم الدولة", "قوات النظام", "سيطرت على", "انسحب من", "العقيد محمد علي حسن", "لا يقل عن ٤٠ قتيلا", "ونفى الجيش",
    "اشتباكات عنيفة", "مقـ.ـتل عنـ.ـاصر", "#دير_الزور", "كتائب القسّام", "اعتقلت الشرطة خمسة", "تظاهر العشرات", "قتيلان",
    "killed three soldiers", "an air strike on Aleppo", "Houthi fighters", "on Friday", "near Mosul", "at least 20 people were wounded",
    "Colonel Ahmed al-Hasan", "withdrew from", "said the ministry", "2018-06-12", "12/6/2018", "15 رمضان 1439",
]  # fmt: skip
JOINTS = [
    " ", " و", "، ", ". ", "\n", "\r\n", "\n\n", "\t", "\u200f", "\u200b", "\ufeff", "ـ", "\u064e\u0651", "\u0301", "😀", "🇸🇾", "👩‍👩‍👧",
    "\ud800", "\udfff", "\x00", "«", "»", "\"", "(", ")", "…", "\u2028", "", "𝟜", "ﷲ", "ﻻ",
]  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.one_of(st.sampled_from(PIECES), st.sampled_from(JOINTS)), max_size=24).map("".join),
    st.lists(st.sampled_from(PIECES), min_size=2, max_size=8).flatmap(
        lambda pieces: st.sampled_from(JOINTS).map(lambda joint: joint.join(pieces))
    ),
    st.text(alphabet=st.characters(exclude_categories=()), max_size=60),
)
LANGUAGES = st.sampled_from(["ar", "en", None])
SCHEMA = jsonschema.Draft202012Validator(json_schema())
SMALL = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def coded(text: str, published: str | None, language: str | None) -> Record | None:
    """The record; None for a text that is said to be in no language that is read."""
    try:
        return sijill.code(text, published, language=language)
    except UnreadLanguageError:
        assert language is None
        return None


def assert_true(record: Record) -> None:
    """What holds of every record."""
    text = record.report.text
    for entry in record.all_evidence():
        assert 0 <= entry.start < entry.end <= len(text), entry
        assert entry.text == text[entry.start : entry.end], entry
        assert entry.rule
    for event in record.events:
        assert event.evidence
        for i, casualty in enumerate(event.casualties):
            assert (casualty.n is None) == (casualty.bound == "vague")
            assert casualty.part_of is None or 0 <= casualty.part_of < i
        assert (event.start is None) == (event.end is None)
        assert event.start is None or event.start <= (event.end or "")
    for tally in record.tallies:
        for i, figure in enumerate(tally.casualties):
            assert figure.part_of is None or 0 <= figure.part_of < i
    for person in record.persons:
        assert person.name in text
        assert person.event is None or 0 <= person.event < len(record.events)
    assert Record.from_json(record.to_json()) == record


@SMALL
@given(TEXTS, st.sampled_from(["2018-06-12", None]), LANGUAGES)
def test_evidence_holds_the_words_that_stand_there(
    text: str, published: str | None, language: str | None
) -> None:
    record = coded(text, published, language)
    if record is not None:
        assert record.report.text == "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
        assert_true(record)
        SCHEMA.validate(json.loads(record.to_json()))


@SMALL
@given(TEXTS, LANGUAGES)
def test_coding_twice_gives_the_same_record(text: str, language: str | None) -> None:
    assert coded(text, "2018-06-12", language) == coded(text, "2018-06-12", language)


RELATIVE = [
    "قتل ثلاثة جنود في هجوم على حاجز قرب الموصل أمس.",
    "مقتل خمسة مدنيين بقصف جوي على إدلب فجر الجمعة الماضي.",
    "Three soldiers were killed in an attack on a checkpoint near Mosul yesterday.",
]


@pytest.mark.parametrize("text", RELATIVE)
def test_without_a_day_of_publication_relative_dates_stay_empty_and_it_is_said(text: str) -> None:
    dated, undated = sijill.code(text, "2016-03-02"), sijill.code(text)
    assert all(event.start for event in dated.events)
    assert NO_DATE not in dated.notes
    assert all(event.start is event.end is None for event in undated.events)
    assert undated.notes == (NO_DATE,)


@pytest.mark.parametrize("text", RELATIVE)
def test_without_a_day_of_publication_nothing_but_the_dates_is_lost(text: str) -> None:
    dated, undated = sijill.code(text, "2016-03-02"), sijill.code(text)
    assert [(e.type, e.place, e.side_a, e.side_b, e.casualties) for e in undated.events] == [
        (e.type, e.place, e.side_a, e.side_b, e.casualties) for e in dated.events
    ]


def test_the_example_without_a_day_of_publication_loses_its_relative_dates_alone(example: Record) -> None:
    undated = sijill.code(example.report.text)
    assert undated.notes == (NO_DATE,)
    assert all(event.start is None for event in undated.events)
    killed = {(c.side, c.n) for e in undated.events for c in e.casualties if c.outcome == "killed"}
    assert {("a", 37), ("b", 52)} <= killed


def test_a_full_date_needs_no_day_of_publication() -> None:
    record = sijill.code("قتل ثلاثة جنود في هجوم على حاجز قرب الموصل في 12 آذار 2016.")
    assert [event.start for event in record.events] == ["2016-03-12"]
    assert record.notes == ()


@pytest.mark.parametrize("text", ["", " \n", "\ufeff", "."])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_text_with_nothing_in_it_gives_a_record_with_nothing_in_it(text: str, language: str) -> None:
    record = sijill.code(text, "2018-06-12", language=language)
    assert (record.events, record.tallies, record.control, record.persons) == ((), (), (), ())
    assert record.report.text == text


def test_a_report_keeps_what_it_says_of_itself() -> None:
    report = Report(
        id="r1",
        text="قتل جندي في هجوم قرب الموصل أمس.",
        source="Agency",
        published="2016-03-02",
        url="https://example.org/1",
    )
    record = sijill.code(report)
    assert (record.report.id, record.report.source, record.report.url) == (
        "r1",
        "Agency",
        "https://example.org/1",
    )
    assert record.report.language == "ar"
    assert sijill.code(report, published="2016-03-05").report.published == "2016-03-05"


def test_the_arguments_of_a_report_are_those_of_its_fields() -> None:
    text = RELATIVE[0]
    assert sijill.code(text, "2016-03-02", "Agency", id="x") == sijill.code(
        Report(id="x", text=text, published="2016-03-02", source="Agency")
    )


def run_cli(arguments: list[str], seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", "from sijill.cli import main; main()", *arguments]
    done = subprocess.run(command, capture_output=True, env=environment, check=True, encoding="utf-8")
    return done.stdout


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory, example_report: Report) -> list[Path]:
    """Three files of reports."""
    folder = tmp_path_factory.mktemp("batch")
    texts = [
        example_report.text,
        *RELATIVE,
        "واندلعت اشتباكات بين الجيش السوداني وقوات الدعم السريع في أم درمان أمس، وقتل 7 مدنيين.",
    ]
    paths = []
    for k in range(3):
        path = folder / f"part-{k}.jsonl"
        lines = [
            json.dumps({"id": f"{k}-{i}", "text": text, "published": "2024-03-12"}, ensure_ascii=False)
            for i, text in enumerate(texts)
            if i % 3 == k
        ]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        paths.append(path)
    return paths


def test_the_hash_seed_changes_nothing(batch: list[Path]) -> None:
    outputs = {run_cli(["code", *map(str, batch), "--format", "jsonl"], seed) for seed in ("0", "1", "4242")}
    assert len(outputs) == 1


def test_the_order_of_the_input_files_changes_no_record(batch: list[Path]) -> None:
    forth = run_cli(["code", *map(str, batch), "--format", "jsonl"], "0").splitlines()
    back = run_cli(["code", *map(str, reversed(batch)), "--format", "jsonl"], "7").splitlines()
    assert sorted(forth) == sorted(back)
    assert forth != back


def test_the_example_is_coded(example: Record) -> None:
    assert_true(example)
    battles = [
        e
        for e in example.events
        if e.type in ("armed_clash", "government_regains_territory") and "rsf" in e.side_b
    ]
    assert len(battles) == 1
    battle = battles[0]
    assert "sdn-gov" in battle.side_a
    assert battle.place is not None
    assert battle.place.name.startswith("Umm Ruw")
    assert (battle.start, battle.end, battle.date_precision) == ("2024-03-08", "2024-03-11", 1)
    killed = {(c.side, c.n, c.bound) for c in battle.casualties if c.outcome == "killed"}
    assert {("a", 37, "at_least"), ("b", 52, "about")} <= killed
    whole = next(i for i, c in enumerate(battle.casualties) if c.n == 52)
    assert any(c.n == 9 and c.part_of == whole for c in battle.casualties)


def test_the_example_tells_a_withdrawal(example: Record) -> None:
    left = [c for c in example.control if c.manner == "withdrawal" and c.from_ == ("rsf",)]
    assert any(
        c.place is not None and c.place.name.startswith("Umm Ruw") and c.start == "2024-03-11" for c in left
    )


def test_the_example_names_its_dead(example: Record) -> None:
    names = {p.name: p for p in example.persons}
    assert {"عوض الكريم بابكر", "الطاهر إسماعيل جبارة"} <= names.keys()
    for name in ("عوض الكريم بابكر", "الطاهر إسماعيل جبارة"):
        assert names[name].fate == "killed"
        assert names[name].affiliation == ("sdn-gov",)
        assert names[name].role


def test_the_example_keeps_its_running_total_out_of_the_battle(example: Record) -> None:
    assert any(c.n == 210 and c.bound == "at_least" for t in example.tallies for c in t.casualties)
    assert not any(c.n == 210 for e in example.events for c in e.casualties)
