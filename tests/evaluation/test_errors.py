from pathlib import Path

import msgspec
import pytest

from sijill.evaluation.errors import drawn, expected_error, kinds_of_error, main, pairs, reliability
from sijill.evaluation.scored import ScoredRecord


def record(*events: dict[str, object], id_: str = "r") -> ScoredRecord:
    return msgspec.convert({"report": {"id": id_}, "events": list(events)}, ScoredRecord)


def event(**changes: object) -> dict[str, object]:
    return {
        "type": "ied", "status": "reported", "start": "2016-05-10", "end": "2016-05-10",
        "place": {"name": "Baqubah", "country": "IQ", "lat": 33.75, "lon": 44.64, "precision": 1},
        "side_a": ["unidentified-iq"], "side_b": ["irq-gov"], "casualties": [], "confidence": 0.8, **changes,
    }  # fmt: skip


FAR = {"name": "Basra", "country": "IQ", "lat": 30.5, "lon": 47.8, "precision": 1}


@pytest.mark.parametrize(
    ("ours", "theirs", "kinds"),
    [
        ([event()], [event()], []),
        ([event(type="shelling")], [event()], ["wrong type"]),
        ([event(status="claimed", side_b=["civilians"])], [event()], ["wrong sides", "wrong status"]),
        ([], [event()], ["missed: nothing found in the report"]),
        ([event(type="arrests")], [event()], ["missed: none of its kind found", "not in the gold: no such event"]),
        ([event()], [event(place=FAR)], ["missed: found at another place or time", "not in the gold: another place or time"]),
        ([event()], [event(), event()], ["missed: taken into another event"]),
        ([event(), event()], [event()], ["not in the gold: told twice"]),
        ([event()], [], ["not in the gold: a quiet report"]),
    ],
)  # fmt: skip
def test_each_error_has_a_kind(
    ours: list[dict[str, object]], theirs: list[dict[str, object]], kinds: list[str]
) -> None:
    found = kinds_of_error({"r": record(*ours)}, {"r": record(*theirs)})
    assert sorted(found.elements()) == kinds


def test_confidence_is_held_against_the_gold() -> None:
    predicted = {
        "a": record(event(), event(place=FAR, confidence=0.85), id_="a"),
        "b": record(event(confidence=0.3), id_="b"),
    }
    gold = {"a": record(event(), id_="a"), "b": record(id_="b")}
    bins = reliability(predicted, gold)
    assert [(b.low, b.events, b.right) for b in bins] == [(0.3, 1, 0.0), (0.8, 2, 0.5)]
    assert expected_error(bins) == pytest.approx((0.3 + 2 * (0.825 - 0.5)) / 3)
    assert drawn(bins).count("<rect") == 3  # the ground and two bars


def test_sides_of_a_battle_may_be_named_either_way() -> None:
    ours = record(event(type="armed_clash", side_a=["is"], side_b=["irq-gov"]))
    theirs = record(event(type="armed_clash", side_a=["irq-gov"], side_b=["is"]))
    assert len(pairs(ours, theirs)) == 1
    assert not kinds_of_error({"r": ours}, {"r": theirs})


def test_the_command_prints_both_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = msgspec.json.encode({"report": {"id": "r"}, "events": [event()]})
    for name in ("ours.jsonl", "gold.jsonl"):
        (tmp_path / name).write_bytes(line + b"\n")
    main([str(tmp_path / "ours.jsonl"), str(tmp_path / "gold.jsonl"), "--svg", str(tmp_path / "drawn.svg")])
    assert "expected calibration error 0.200" in capsys.readouterr().out
    assert (tmp_path / "drawn.svg").read_text(encoding="utf-8").startswith("<svg")
