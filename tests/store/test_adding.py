"""Adding and recoding: once each, whole, with people's word kept."""

from __future__ import annotations

import threading

import pytest
from store_examples import MOSUL, code, coder_of, event, item, report

from sijill.records import Casualty, Record, Report
from sijill.store import (
    DecisionError,
    Filter,
    Store,
    accept,
    add_part,
    add_reports,
    correct,
    find_events,
    history,
    recode,
    reject,
    report_state,
    rules_version,
    undo,
    verify,
)


def test_adding_twice_adds_once(store: Store) -> None:
    first = add_reports(store, [item(n) for n in range(3)], code, rules="1")
    again = add_reports(store, [item(n) for n in range(5)], code, rules="1")
    assert (first.added, first.known, again.added, again.known) == (3, 0, 2, 3)
    assert find_events(store).total == 5
    assert verify(store).problems == []


def test_the_id_is_no_part_of_what_a_report_is(store: Store) -> None:
    add_reports(store, [item(0)], code, rules="1")
    assert add_reports(store, [item(0, id="other")], code, rules="1").known == 1
    assert add_reports(store, [item(0, source="another house")], code, rules="1").added == 1


def test_what_cannot_be_kept_is_mended(store: Store) -> None:
    odd = item(0, text="قتل ثلاثة\ud800 \x00 جنود", source="a\x00b", title="\udfff")
    added = add_reports(store, [odd], code, rules="1")
    state = report_state(store, added.hashes[0])
    assert state.report.text == "قتل ثلاثة\ufffd \x00 جنود"
    assert state.report.source == "a\x00b"
    assert verify(store).problems == []


def test_what_the_coder_refuses_is_told(store: Store) -> None:
    def picky(given: Report) -> Record:
        if given.id == "r1":
            raise ValueError("Persian isn't read")
        return code(given)

    told: list[tuple[str, str]] = []
    result = add_reports(
        store, [item(n) for n in range(3)], picky, rules="1", told=lambda r, what: told.append((r.id, what))
    )
    assert [(r.id, r.reason) for r in result.refused] == [("r1", "Persian isn't read")]
    assert told == [("r0", "added"), ("r1", "refused"), ("r2", "added")]


def test_a_coder_that_breaks_leaves_nothing_half_written(store: Store) -> None:
    def breaks(given: Report) -> Record:
        if given.id == "r2":
            raise RuntimeError("broken")
        return code(given)

    with pytest.raises(RuntimeError):
        add_reports(store, [item(n) for n in range(4)], breaks, rules="1")
    assert find_events(store).total == 2
    assert add_reports(store, [item(n) for n in range(4)], code, rules="1").added == 2


def test_two_at_once(db: str) -> None:
    Store.create(db).close()
    counts: list[int] = []

    def run(order: list[int]) -> None:
        with Store.open(db) as store:
            counts.append(add_reports(store, [item(n) for n in order], code, rules="1").added)

    threads = [
        threading.Thread(target=run, args=(order,)) for order in (list(range(30)), list(range(29, -1, -1)))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == 30
    with Store.open(db) as store:
        assert find_events(store).total == 30
        assert verify(store).problems == []


def test_the_record_comes_back_whole(store: Store) -> None:
    added = add_reports(store, [item(0)], code, rules="1")
    assert report_state(store, added.hashes[0]).record() == code(report(0))


def test_rules_version_names_the_rules() -> None:
    assert "+" in rules_version()


# --- people's word, and newer rules ----------------------------------------------------------------------------------


@pytest.fixture
def name(store: Store) -> str:
    """The id of the one event of a register with one report."""
    return add_reports(store, [item(0)], code, rules="1").hashes[0][:16] + ".e0"


def toll(store: Store) -> int | None:
    """What the one event's first figure stands at."""
    page = find_events(store)
    return page.events[0].event.casualties[0].n if page.events else None


def test_a_correction_stands_and_is_undone(store: Store, name: str) -> None:
    made = correct(store, name, "casualties[0].n", 5, "Huda")
    assert toll(store) == 5
    assert find_events(store, Filter(min_killed=5, review="corrected")).total == 1
    part = report_state(store, name.split(".")[0]).of("events")[0]
    assert part.machine is not None
    assert part.machine.casualties[0].n == 3  # type: ignore[union-attr]
    back = undo(store, made, "Sami")
    assert toll(store) == 3
    undo(store, back, "Huda")
    assert toll(store) == 5
    assert [d.what for d in history(store)] == ["undo", "undo", "correct"]
    with pytest.raises(DecisionError, match="undone already"):
        undo(store, back, "Huda")
    assert verify(store).problems == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("type", "war"),
        ("casualties[7].n", 1),
        ("nothing", 1),
        ("start.x", 1),
        ("evidence", []),
        ("casualties[0].n", "many"),
        ("", 1),
    ],
)
def test_the_codebook_bounds_corrections(store: Store, name: str, path: str, value: object) -> None:
    with pytest.raises(DecisionError):
        correct(store, name, path, value, "Huda")
    assert history(store) == []


def test_a_figure_is_appended_and_a_place_taken_away(store: Store, name: str) -> None:
    correct(
        store, name, "casualties[1]", {"outcome": "wounded", "side": "b", "n": 2, "bound": "exact"}, "Huda"
    )
    correct(store, name, "place", None, "Huda")
    found = find_events(store).events[0].event
    assert found.casualties[1] == Casualty(outcome="wounded", side="b", n=2, bound="exact")
    assert found.place is None


def test_rejected_events_are_left_out_everywhere(store: Store, name: str) -> None:
    reject(store, name, "Huda", "a football match")
    assert find_events(store).total == 0
    assert find_events(store, Filter(review="rejected")).total == 1
    assert report_state(store, name.split(".")[0]).record().events == ()
    assert report_state(store, name.split(".")[0]).record().persons[0].event is None


def test_an_event_is_added_by_a_person(store: Store, name: str) -> None:
    add_part(store, name.split(".")[0], "events", {"type": "shelling", "start": "2016-03-02"}, "Huda")
    assert find_events(store).total == 2
    assert find_events(store, Filter(review="added")).events[0].id.endswith(".e1")
    correct(store, find_events(store, Filter(type="shelling")).events[0].id, "start", "2016-03-01", "Huda")
    assert find_events(store, Filter(type="shelling")).events[0].event.start == "2016-03-01"
    recode(store, code, rules="2")
    assert find_events(store, Filter(type="shelling")).events[0].event.start == "2016-03-01"


def test_newer_rules_keep_corrections(store: Store, name: str) -> None:
    correct(store, name, "casualties[0].n", 5, "Huda")
    better = event(place=MOSUL, type="ied")
    result = recode(store, coder_of(better), rules="2")
    assert (result.recoded, result.conflicts) == (1, 0)
    found = find_events(store).events[0]
    assert (found.id, found.event.type, found.event.casualties[0].n) == (name, "ied", 5)
    assert recode(store, coder_of(better), rules="2").recoded == 0
    assert verify(store).problems == []


def test_newer_rules_that_differ_are_a_conflict(store: Store, name: str) -> None:
    correct(store, name, "casualties[0].n", 5, "Huda")
    result = recode(
        store,
        coder_of(event(casualties=(Casualty(outcome="killed", side="a", n=4, bound="exact"),))),
        rules="2",
    )
    assert result.conflicts == 1
    assert toll(store) == 5
    conflict = report_state(store, name.split(".")[0]).conflicts[0]
    assert (conflict.was, conflict.found, conflict.now, conflict.who) == (3, 4, 5, "Huda")
    assert find_events(store, Filter(conflicts=True)).total == 1


def test_newer_rules_that_agree_are_none(store: Store, name: str) -> None:
    correct(store, name, "casualties[0].n", 5, "Huda")
    five = event(casualties=(Casualty(outcome="killed", side="a", n=5, bound="exact"),))
    assert recode(store, coder_of(five), rules="2").conflicts == 0


def test_newer_rules_without_the_field(store: Store, name: str) -> None:
    correct(store, name, "casualties[0].n", 5, "Huda")
    assert recode(store, coder_of(event(casualties=())), rules="2").conflicts == 1
    assert toll(store) == 5


def test_newer_rules_that_lose_the_event_keep_the_persons_word(store: Store, name: str) -> None:
    accept(store, name, "Huda")
    assert recode(store, coder_of(), rules="2").conflicts == 1
    found = find_events(store).events[0]
    assert (found.id, found.event, found.conflicts) == (name, code(report(0)).events[0], 1)


def test_newer_rules_dont_change_what_was_accepted(store: Store, name: str) -> None:
    accept(store, name, "Huda")
    assert recode(store, coder_of(event(type="ied")), rules="2").conflicts == 2  # the type and the sources
    assert find_events(store).events[0].event.type == "armed_clash"


def test_newer_rules_agree_with_a_rejection(store: Store, name: str) -> None:
    reject(store, name, "Huda")
    recode(store, coder_of(), rules="2")
    assert find_events(store).total == 0
    recode(store, code, rules="3")
    assert find_events(store).total == 0


def test_events_keep_their_names_when_newer_rules_find_more(store: Store, name: str) -> None:
    recode(
        store,
        coder_of(event(type="shelling", start="2016-02-27", place=None, side_a=(), evidence=()), event()),
        rules="2",
    )
    found = {found.id: found.event.type for found in find_events(store).events}
    assert found == {name: "armed_clash", name[:-1] + "1": "shelling"}
