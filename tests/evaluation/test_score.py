"""The measure: by hand on small records, and against the shared script on the same files."""

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sijill.evaluation.score import align, likeness, score
from sijill.evaluation.scored import read_scored

TOWN = {"name": "A", "country": "SY", "lat": 34.45, "lon": 40.92, "precision": 1}


def event(**changes: Any) -> dict[str, Any]:
    casualties = [{"outcome": "killed", "side": "b", "n": 3, "bound": "exact", "part_of": None}]
    plain = {"type": "attack", "status": "reported", "start": "2020-01-02", "end": "2020-01-02", "place": TOWN,
             "side_a": ["is"], "side_b": ["civilians"], "casualties": casualties}  # fmt: skip
    return plain | changes


def scored(tmp_path: Path, predicted: list[dict[str, Any]], gold: list[dict[str, Any]]) -> dict[str, Any]:
    for name, events in (("p", predicted), ("g", gold)):
        record = {
            "report": {"id": "r", "text": "قتل"},
            "events": events,
            "tallies": [],
            "control": [],
            "persons": [],
        }
        (tmp_path / name).write_text(json.dumps(record))
    return score(read_scored(tmp_path / "p"), read_scored(tmp_path / "g")).as_json()


def test_same_records_are_all_right(tmp_path: Path) -> None:
    found = scored(tmp_path, [event()], [event()])
    assert (found["overall"], found["events"], found["deaths"]) == (1.0, [1.0, 1.0, 1.0], 1.0)


def test_invented_event_costs_in_every_part(tmp_path: Path) -> None:
    invented = event(place=TOWN | {"lat": 10.0}, start=None, end=None)
    found = scored(tmp_path, [event(), invented], [event()])
    assert found["events"] == [0.5, 1.0, pytest.approx(2 / 3)]
    assert found["actors"][0] == 0.5


def test_two_sided_fighting_may_be_turned_round(tmp_path: Path) -> None:
    turned = event(type="armed_clash", side_a=["civilians"], side_b=["is"])
    assert scored(tmp_path, [turned], [event(type="armed_clash")])["actors"] == [1.0, 1.0, 1.0]
    assert scored(tmp_path, [turned | {"type": "attack"}], [event()])["actors"] == [0.0, 0.0, 0.0]


def test_coarse_place_does_not_buy_an_exact_one(tmp_path: Path) -> None:
    near = TOWN | {"lat": 34.7}
    assert scored(tmp_path, [event(place=near)], [event()])["place"] == 0.0
    coarse = near | {"precision": 4}
    assert scored(tmp_path, [event(place=coarse)], [event(place=TOWN | {"precision": 4})])["place"] == 1.0


def test_evidence_counts_only_words_that_stand_there(tmp_path: Path) -> None:
    shown = [
        {"field": "type", "start": 0, "end": 3, "text": "قتل"},
        {"field": "start", "start": 0, "end": 2, "text": "قتل"},
    ]
    assert scored(tmp_path, [event(evidence=shown)], [event()])["evidence"] == pytest.approx(1 / 6)


def test_what_is_missing_or_null_counts_as_wrong(tmp_path: Path) -> None:
    broken = {"type": None, "casualties": None, "place": {"name": "A"}}
    assert scored(tmp_path, [broken], [event()])["events"][2] == 0.0


def test_line_that_is_no_record_is_named(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text('\n{"events": []}\n')
    with pytest.raises(ValueError, match=r"p\.jsonl:2: not a record"):
        read_scored(path)


def test_align_takes_the_heaviest_first() -> None:
    assert align([1, 2], [2, 1], lambda x, y: float(x == y) + 0.1) == [(1, 0), (0, 1)]
    assert align([1], [2], lambda x, y: 0.0) == []


def test_likeness_levels_arabic_spelling() -> None:
    assert likeness("أحمد الإبراهيم", "احمد الابراهيم") == 1.0
    assert likeness("", "") == 1.0


def damaged(record: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """A record with some of its parts dropped, doubled, moved and turned, as a coder might get them wrong."""
    events = []
    for one in record["events"]:
        changed = json.loads(json.dumps(one))
        luck = chance.random()
        if luck < 0.15:
            continue
        if luck < 0.3:
            changed["side_a"], changed["side_b"] = changed["side_b"], changed["side_a"]
        if luck < 0.45 and changed["place"]:
            changed["place"] = changed["place"] | {
                "lat": (changed["place"]["lat"] or 0) + chance.choice([0.05, 0.5, 3]),
                "precision": chance.choice([1, 3, 6]),
            }
        if luck > 0.7:
            changed["start"] = chance.choice([None, "2017-01-01", changed["start"]])
            changed["casualties"] = changed["casualties"][::2]
        changed["type"] = chance.choice([changed["type"]] * 4 + ["armed_clash", "arrests"])
        text = record["report"].get("text") or ""
        changed["evidence"] = [
            {"field": field, "start": 0, "end": 4, "text": chance.choice([text[:4], "x"])}
            for field in ("type", "place", "side_a[0]")
        ]
        events += [changed] * chance.choice([1, 1, 1, 2])
    chance.shuffle(events)
    some = {
        name: [x for x in record[name] if chance.random() > 0.3] for name in ("tallies", "control", "persons")
    }
    return record | {"events": events} | some


def test_same_figures_as_the_shared_script(shared: Path, tmp_path: Path) -> None:
    golds = sorted((shared / "gold" / "dev").glob("*.jsonl"))
    gold, predicted = tmp_path / "gold.jsonl", tmp_path / "predicted.jsonl"
    lines = [line for path in golds for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    gold.write_text("\n".join(lines), encoding="utf-8")
    for seed in range(4):
        chance = random.Random(seed)
        kept = [json.dumps(damaged(json.loads(line), chance)) for line in lines if chance.random() > 0.05]
        predicted.write_text("\n".join(kept), encoding="utf-8")
        command = [sys.executable, str(shared / "score.py"), str(predicted), str(gold), "--json"]
        theirs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        ours = json.loads(json.dumps(score(read_scored(predicted), read_scored(gold)).as_json()))
        assert ours.keys() == theirs.keys()
        for name, figure in theirs.items():
            assert ours[name] == pytest.approx(figure, abs=1e-12), name
