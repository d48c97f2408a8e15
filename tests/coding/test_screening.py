"""Screening: what is proven before all is read must hold when all is."""

import json
import math
from collections.abc import Iterator

import pytest

from sijill.coding import code
from sijill.coding.assemble import assemble_events, least_of
from sijill.coding.control import read_control
from sijill.coding.decisions import Models
from sijill.coding.features import trigger_features
from sijill.coding.ground import Ground
from sijill.coding.models import model
from sijill.coding.persons import read_persons
from sijill.coding.screening import Bounds, may_tell
from sijill.coding.triggers import possible_triggers
from sijill.language.analysis import Analysis
from sijill.records import Report
from sijill.training.fit import ANNOTATIONS

FILES = ("newspapers", "wires", "retold", "world", "dailies-en")


def told_grounds() -> Iterator[Ground]:
    """Reports of the training data, and each of their lines as one."""
    for name in FILES:
        for line in (ANNOTATIONS / "reports" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            told = json.loads(line)["report"]
            for text in dict.fromkeys([told["text"], *told["text"].splitlines()]):
                report = Report(id="x", text=text, published=told["published"], language=told["language"])
                ground = Ground(Analysis(report))
                if text.strip() and ground.analysis.sentences:
                    yield ground


@pytest.fixture(scope="module")
def grounds() -> list[Ground]:
    return list(told_grounds())


def test_no_trigger_is_beyond_its_bound(grounds: list[Ground]) -> None:
    trigger_model = model("trigger")
    bounds = Bounds(trigger_model)
    seen = 0
    for ground in grounds:
        possible = possible_triggers(ground.analysis)
        tokens = ground.analysis.party_starts
        for trigger in ground.triggers:
            assert trigger in possible
            chance = trigger_model.probability(trigger_features(ground, trigger))
            score = math.log(chance / (1 - chance)) - 1e-6
            words = bounds.words(ground, trigger, possible) + bounds.any_place
            party = bounds.any_party(ground, trigger, tokens)
            assert score <= words + bounds.any_time + party
            assert score <= words + bounds.times(ground, trigger) + party
            assert score <= words + bounds.times(ground, trigger) + bounds.parties(ground, trigger)
            seen += 1
    assert seen > 200


def test_what_is_left_out_has_nothing_for_a_record(grounds: list[Ground]) -> None:
    models = Models()
    out = [ground for ground in grounds if not may_tell(ground, models.bounds, least_of(ground))]
    fated = [ground for ground in out if ground.outcome_tokens]
    assert len([ground for ground in out if ground.triggers]) > 20
    assert len(fated) > 20
    for ground in out:
        assembled, tallied = assemble_events(ground, models)
        assert not assembled
        assert not tallied
        assert not read_persons(ground, assembled, models)
        assert not read_control(ground, assembled, models)


def test_a_tally_begins_with_a_number_beside_a_word_of_the_dead() -> None:
    (tally,) = code(
        "قالت الأمم المتحدة إن الحرب في سوريا أودت بحياة 300 ألف شخص منذ اندلاعها عام 2011."
    ).tallies
    assert [c.n for c in tally.casualties] == [300_000]
    assert not code("قالت الأمم المتحدة إن الحرب في سوريا أودت بحياة كثيرين منذ اندلاعها عام 2011.").tallies


def test_a_report_left_out_still_says_that_it_has_no_day() -> None:
    assert code("افتتح الوزير أمس معرض الكتاب.").notes
    assert not code("افتتح الوزير أمس معرض الكتاب.", published="2016-03-02").notes
