"""Rounds of blind coding: who sees what when, the agreement by field, and an editor's word."""

from __future__ import annotations

import pytest
from workbench_client import PASSWORD, Client, SignIn, post

from sijill.records import Casualty, Event, Place
from sijill.store import Store, report_state
from sijill.store.rounds import list_rounds, read_codings
from sijill.workbench.agreement import agreement, units_of


def event(
    type_: str = "armed_clash", killed: int = 5, place: str = "Mosul", start: str = "2016-03-01"
) -> Event:
    """An event as a coder has it."""
    dead = Casualty(outcome="killed", side="a", n=killed, bound="exact")
    return Event(type=type_, start=start, end=start, place=Place(name=place, country="IQ"), side_a=("irq-gov",), side_b=("is",), casualties=(dead,))  # type: ignore[arg-type]  # fmt: skip


def test_events_of_coders_are_put_side_by_side() -> None:
    clash, shelling = event(), event("shelling", 2, "Tikrit", "2016-02-20")
    units = units_of(
        {"a": [clash, shelling], "b": [event("shelling", 3, "Tikrit", "2016-02-20"), event(killed=6)]}
    )
    assert [[e and e.type for e in unit.events.values()] for unit in units] == [
        ["armed_clash"] * 2,
        ["shelling"] * 2,
    ]
    alone = units_of({"a": [clash], "b": []})
    assert [unit.events for unit in alone] == [{"a": clash, "b": None}]


def test_agreement_is_krippendorffs_alpha() -> None:
    # Hand-computed for nominal data with two coders and no value missing: alpha = 1 - (n - 1) * disagreeing / expected.
    types = [
        ("armed_clash", "armed_clash"),
        ("armed_clash", "attack"),
        ("attack", "attack"),
        ("attack", "attack"),
    ]
    units = [unit for a, b in types for unit in units_of({"a": [event(a)], "b": [event(b)]})]
    found = {one.field: one for one in agreement(units, ("a", "b"))}
    # Coincidences: 3 values armed_clash, 5 attack of n = 8; observed disagreement 2/8; expected 2*3*5/(8*7).
    assert found["type"].alpha == pytest.approx(1 - (2 / 8) / (2 * 3 * 5 / (8 * 7)), abs=0.001)
    assert found["type"].same == 0.75
    assert found["killed_a"].alpha is None  # all say 5: nothing to measure by
    assert found["killed_a"].same == 1.0
    assert found["killed_civilians"].units == 0


def form(**fields: object) -> dict[str, object]:
    """The form of one coded event."""
    given = {"type": "armed_clash", "status": "reported", "start": "2016-03-01", "place": "الموصل", "side_a": "irq-gov", "side_b": "is", "killed_a": 12}  # fmt: skip
    return {f"{name}-0": value for name, value in {**given, **fields}.items()}


def test_a_round_from_begin_to_adjudication(sign_in: SignIn, store: Store) -> None:
    editor, one = sign_in("editor"), sign_in("coder")
    post(sign_in("admin"), "/people", {"name": "هدى", "role": "coder", "password": PASSWORD})
    other: Client = sign_in("")
    post(other, "/login", {"name": "هدى", "password": PASSWORD})
    assert post(one, "/agreement", {"name": "x", "coder": ["coder", "هدى"]}).status_code == 403
    assert post(editor, "/agreement", {"name": "x", "coder": "coder"}).status_code == 409
    begun = post(editor, "/agreement", {"name": "March", "count": 3, "coder": ["coder", "هدى"]})
    round_ = list_rounds(store)[0]
    assert begun.headers["location"] == f"/agreement/{round_.id}"
    report = next(
        hash_ for hash_ in round_.reports if "12 soldiers" in report_state(store, hash_).report.text
    )
    shown = one.get(f"/agreement/{round_.id}/{report}").text
    assert "12 soldiers" in shown
    assert "selected" not in shown.split("<datalist")[1].replace('value="reported" selected', "")

    for hash_ in round_.reports:
        answer = form() if hash_ == report else {}
        assert post(one, f"/agreement/{round_.id}/{hash_}", answer).status_code == 303
    # Blind: one who has coded is shown nothing of others before the round is closed, and an outsider never.
    assert "Krippendorff" not in one.get(f"/agreement/{round_.id}").text
    assert sign_in("admin").get(f"/agreement/{round_.id}/{report}").status_code == 404
    for hash_ in round_.reports:
        post(
            other,
            f"/agreement/{round_.id}/{hash_}",
            form(killed_a=9, status="claimed") if hash_ == report else {},
        )
    assert set(read_codings(store, round_.id)[report]) == {"coder", "هدى"}

    compared = editor.get(f"/agreement/{round_.id}").text
    assert "Krippendorff" in compared
    assert compared.count('class="differs"') == 2
    word = {"unit": 0, "coder": "هدى"}
    assert post(one, f"/agreement/{round_.id}/{report}/adjudicate", word).status_code == 403
    done = post(editor, f"/agreement/{round_.id}/{report}/adjudicate", word)
    assert done.status_code == 303
    part = report_state(store, report).of("events")[0]
    assert isinstance(part.value, Event)
    assert part.value.status == "claimed"
    assert [c.n for c in part.value.casualties if c.outcome == "killed" and c.side == "a"] == [9]
    again = post(editor, f"/agreement/{round_.id}/{report}/adjudicate", word)
    assert again.headers["location"].endswith("done=0")

    post(editor, f"/agreement/{round_.id}/close", {})
    assert "Krippendorff" in one.get(f"/agreement/{round_.id}").text
    assert post(one, f"/agreement/{round_.id}/{report}", form()).status_code == 409


@pytest.mark.parametrize(
    "wrong", [{"type": "party"}, {"start": "soon"}, {"killed_a": "-1"}, {"killed_a": "1e9"}]
)
def test_what_the_codebook_doesnt_know_is_refused(
    sign_in: SignIn, store: Store, wrong: dict[str, str]
) -> None:
    editor = sign_in("editor")
    post(editor, "/agreement", {"coder": ["coder", "editor"]})
    round_ = list_rounds(store)[0]
    assert post(editor, f"/agreement/{round_.id}/{round_.reports[0]}", form(**wrong)).status_code == 400
    assert not read_codings(store, round_.id)
