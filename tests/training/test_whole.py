"""The coder as a whole, coded by weights that never saw the reports."""

from __future__ import annotations

import itertools

import pytest

pytest.importorskip("sklearn", reason="training needs the extra `train`")

from sijill.training.fit import collect, shipped_reports
from sijill.training.whole import cross_score, unseen_models


def test_each_report_is_coded_and_measured() -> None:
    reports = list(itertools.islice(shipped_reports(), 0, None, 8))
    found = cross_score(reports, collect(reports), folds=2)
    assert found.counts["events"].gold == sum(len(a.events) for a in reports)
    assert found.counts["events"].hit > 0
    assert found.evidence.share == 1.0


def test_the_weights_know_nothing_of_what_they_have_not_seen() -> None:
    """Weights of some reports are the same whether or not the others are at hand, if those are kept from them."""
    reports = list(itertools.islice(shipped_reports(), 0, None, 12))
    few, rest = reports[::2], {a.report.id for a in reports[1::2]}
    alone = unseen_models(few, collect(few), set())
    kept = unseen_models(reports, collect(reports), rest)
    assert alone.event == kept.event
    for name in ("trigger", "place", "type"):
        one, other = getattr(alone, name), getattr(kept, name)
        assert (one.classes, one.weights, one.scores([])) == (other.classes, other.weights, other.scores([]))
