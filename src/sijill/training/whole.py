"""The coder as a whole, cross-validated: each annotated report is coded with weights that never saw it, and all are held
against their annotation by the codebook's measure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from sijill.coding import code
from sijill.coding.decisions import Models
from sijill.evaluation.score import Score, score
from sijill.evaluation.scored import ScoredRecord
from sijill.training.examples import Annotated, Example
from sijill.training.fit import DECISIONS, add_told_examples, trained


def unseen_models(
    annotated: Iterable[Annotated], examples: dict[str, list[Example]], unseen: set[str]
) -> Models:
    """Models of every decision that learnt nothing from the documents `unseen`. `examples` are those of the decisions
    that need no other decided before."""
    seen = [a for a in annotated if a.record and a.report.id not in unseen]
    kept = {name: [e for e in found if e.document not in unseen] for name, found in examples.items()}
    add_told_examples(seen, kept)
    return Models(given={name: trained(kept[name], name) for name in DECISIONS})


def cross_score(annotated: Sequence[Annotated], examples: dict[str, list[Example]], folds: int = 3) -> Score:
    """The measure over the reports among `annotated` (lone sentences only teach), each coded with models that learnt
    from the other parts of `folds`."""
    reports = [a for a in annotated if a.record]
    golds = {a.report.id: msgspec.convert(a.record, ScoredRecord) for a in reports}
    predictions: dict[str, ScoredRecord] = {}
    for part in (reports[fold::folds] for fold in range(folds)):
        models = unseen_models(annotated, examples, {a.report.id for a in part})
        for a in part:
            record = msgspec.to_builtins(code(a.report, models=models))
            predictions[a.report.id] = msgspec.convert(record, ScoredRecord)
    return score(predictions, golds)
