"""Verification finds what was tampered with; redaction leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from store_examples import TEXT, code, coder_of, event, item

from sijill.store import (
    Filter,
    Store,
    StoreError,
    accept,
    add_reports,
    all_events,
    correct,
    events_table,
    find_events,
    history,
    merge_events,
    recode,
    redact_name,
    redact_report,
    reject,
    report_state,
    verify,
)
from sijill.store.custody import MASK
from sijill.store.linking import link_register

NAME = "محمد مهدي فريدوني"


@pytest.fixture
def names(store: Store) -> list[str]:
    """The ids of the events of a register with three reports and four decisions."""
    hashes = add_reports(store, [item(n) for n in range(3)], code, rules="1").hashes
    names = [f"{hash_[:16]}.e0" for hash_ in hashes]
    correct(store, names[0], "casualties[0].n", 4, "Huda")
    accept(store, names[1], "Sami")
    reject(store, names[2], "Sami", f"no news of {NAME}")
    merge_events(store, names[:2], "Huda", "the same day and place")
    return names


def open_up(store: Store, table: str) -> None:
    """What a forger does first: take the guards off."""
    with store.engine.begin() as connection:
        if store.is_sqlite:
            for end in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER {table}_no_{end}"))
        else:
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))


def messages(store: Store) -> set[str]:
    return {f"{problem.table}: {problem.message}" for problem in verify(store).problems}


def test_a_sound_register_verifies(store: Store, names: list[str]) -> None:
    found = verify(store)
    assert found.problems == []
    assert (found.originals, found.reports, found.records, found.decisions, found.redacted) == (3, 3, 3, 4, 0)
    link_register(store)
    assert verify(store).problems == []


@pytest.mark.parametrize(
    ("table", "change", "message"),
    [
        ("originals", "content = X'78'", "is not what its hash says"),
        ("reports", "content = replace(content, '2016', '2017')", "is not what its hash says"),
        ("reports", "published = '2017-01-01'", "is not what its hash says"),
        ("records", "content = replace(content, '\"n\":3', '\"n\":2')", "is not what its hash says"),
        ("decisions", "who = 'Nobody'", "is not what its hash says"),
        ("decisions", "payload = replace(payload, '4', '5')", "its content is not what its hash says"),
        ("decisions", "prev = 'x' || prev", "the decision that it follows is missing"),
    ],
)
def test_tampering_shows(store: Store, names: list[str], table: str, change: str, message: str) -> None:
    open_up(store, table)
    if not store.is_sqlite:
        change = change.replace("content = X'78'", "content = '\\x78'::bytea")
    with store.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE {table} SET {change}")
    found = messages(store)
    assert f"{table}: {message}" in found
    assert f"{table}: the guard against changes is gone" in found


def test_a_decision_that_is_cut_out_shows(store: Store, names: list[str]) -> None:
    open_up(store, "decisions")
    with store.engine.begin() as connection:
        connection.execute(text("DELETE FROM decisions WHERE what = 'accept'"))
    assert "decisions: the decision that it follows is missing" in messages(store)


def test_the_head_shows_that_the_end_was_cut_off(store: Store, names: list[str]) -> None:
    before = verify(store).head
    open_up(store, "decisions")
    with store.engine.begin() as connection:
        connection.execute(text("DELETE FROM decisions WHERE what = 'merge'"))
    assert verify(store).head != before


def test_changed_present_events_show(store: Store, names: list[str]) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE events SET best = 999"))
    assert messages(store) == {"events: differ from the records and decisions that they are derived from"}


def test_a_forged_tombstone_shows(store: Store, names: list[str]) -> None:
    with store.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO tombstones (kind, subject, decision, stands, made_at) "
                "SELECT 'report', hash, 'none', 'none', 'now' FROM reports"
            )
        )
        connection.execute(text("UPDATE reports SET content = '{}'"))
    assert "tombstones: no decision put this tombstone here" in messages(store)


# --- redaction -------------------------------------------------------------------------------------------------------


def everything(store: Store) -> str:
    """All that any table holds, and of a file all its bytes."""
    words = []
    with store.read() as connection:
        for table in (
            "originals",
            "reports",
            "records",
            "decisions",
            "tombstones",
            "events",
            "event_tags",
            "accounts",
        ):
            for row in connection.execute(text(f"SELECT * FROM {table}")):
                words += [
                    value.decode("utf-8", "replace") if isinstance(value, bytes | memoryview) else str(value)
                    for value in row
                ]
    if store.is_sqlite:
        for end in ("", "-wal"):
            path = Path(store.path + end)
            words.append(path.read_bytes().decode("utf-8", "replace") if path.exists() else "")
    return "\n".join(words)


def test_a_report_is_redacted(store: Store, names: list[str]) -> None:
    link_register(store)
    assert "(0)" in everything(store)
    redact_report(store, names[0].split(".")[0], "Huda", "the witness is in danger")
    left = everything(store)
    assert "(0)" not in left
    assert "house 0" not in left
    assert "(1)" in left
    assert len([found for found in all_events(store, Filter(tellings=True)) if found.id == names[0]]) == 0
    assert events_table(store).num_rows == 1
    with pytest.raises(StoreError, match="redacted"):
        report_state(store, names[0].split(".")[0])
    assert history(store)[0].what == "redact"
    found = verify(store)
    assert found.problems == []
    assert found.redacted == 4  # the report, its original, its record, the correction
    link_register(store)
    assert verify(store).problems == []


def test_what_was_redacted_is_not_added_again(store: Store, names: list[str]) -> None:
    redact_report(store, names[0].split(".")[0], "Huda", "safety")
    result = add_reports(store, [item(0), item(1)], code, rules="1")
    assert (result.added, result.known, result.redacted) == (0, 1, 1)
    assert recode(store, code, rules="2").recoded == 2
    assert verify(store).problems == []


def test_a_name_is_redacted(store: Store, names: list[str]) -> None:
    link_register(store)
    redact_name(store, "مُحمَّد مهدي فريدوني", "Huda", f"{NAME} asked for it")
    left = everything(store)
    assert NAME not in left
    assert "فريدوني" not in left
    state = report_state(store, names[0].split(".")[0])
    assert len(state.report.text) == len(TEXT) + 4
    assert state.record().persons[0].name == MASK * len(NAME)
    for entry in state.record().all_evidence():
        assert state.report.text[entry.start : entry.end] == entry.text
    assert find_events(store, Filter(tellings=True)).events[0].event.casualties[0].n in (3, 4)
    assert verify(store).problems == []
    recode(store, coder_of(event()), rules="2")
    assert verify(store).problems == []
    with pytest.raises(StoreError, match="nowhere"):
        redact_name(store, NAME, "Huda", "again")


def test_names_within_other_words_stay(store: Store) -> None:
    texts = ["وقال لمحمد إن محمدين", "Ali Hassan and ALI HASSAN, not Ali Hassani"]
    hashes = add_reports(
        store, [item(n, text=words) for n, words in enumerate(texts)], coder_of(event(evidence=())), rules="1"
    ).hashes
    redact_name(store, "محمد", "Huda", "safety")
    redact_name(store, "Ali Hassan", "Huda", "safety")
    assert report_state(store, hashes[0]).report.text == f"وقال ل{MASK * 4} إن محمدين"
    assert report_state(store, hashes[1]).report.text == f"{MASK * 10} and {MASK * 10}, not Ali Hassani"
    assert verify(store).problems == []


def test_a_redaction_cannot_be_undone(store: Store, names: list[str]) -> None:
    from sijill.store import DecisionError, undo

    made = redact_report(store, names[0].split(".")[0], "Huda", "safety")
    with pytest.raises(DecisionError, match="can't be undone"):
        undo(store, made, "Huda")
