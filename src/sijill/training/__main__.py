"""`python -m sijill.training [--gsr FOLDER] [--out FOLDER] [--only DECISION] [--curve | --whole | --sentences]`: makes the weights from the annotations.

Deterministic and done in minutes on a CPU. `--gsr` is the folder with the sentences that the labels are for
(`assault_gsr.csv`, `protest_gsr.csv`); without it the invented reports alone are used.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from sijill.evaluation.score import Count
from sijill.evaluation.shown import score_table
from sijill.rules.knowledge import KNOWLEDGE
from sijill.training.examples import Annotated, Example, annotated_report
from sijill.training.fit import (
    DECISIONS,
    FRACTIONS,
    add_told_examples,
    collect,
    cross_validate,
    labelled_sentences,
    learning_curve,
    named_passages,
    shipped_reports,
    write_models,
)
from sijill.training.sentences import cross_sentences, read_sentences, texts_of
from sijill.training.whole import cross_score


def own_reports(paths: Iterable[Path]) -> Iterable[Annotated]:
    """A user's own coded reports: records by the codebook, one a line, whose parts carry evidence."""
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield annotated_report(json.loads(line))


def main(arguments: list[str] | None = None) -> None:
    """Train every decision, print its scores, write weights and card."""
    ask = argparse.ArgumentParser(prog="sijill train", description=(__doc__ or "").splitlines()[0])
    ask.add_argument(
        "reports", nargs="*", type=Path, help="coded reports of your own (JSONL), beside those that ship"
    )
    ask.add_argument("--gsr", type=Path, help="folder of the sentences that the shipped labels are for")
    ask.add_argument("--out", type=Path, default=KNOWLEDGE / "models", help="where the weights are written")
    ask.add_argument(
        "--only", choices=DECISIONS, action="append", help="train these decisions alone and leave the card"
    )
    ask.add_argument("--no-scores", action="store_true", help="leave the cross-validation out")
    ask.add_argument(
        "--curve", action="store_true", help="only show what more annotation would bring; write no weights"
    )
    ask.add_argument(
        "--whole", action="store_true",
        help="only code each report with weights that never saw it and show the measure; write no weights",
    )  # fmt: skip
    ask.add_argument(
        "--sentences", action="store_true",
        help="only hold the sentences of --gsr, each coded with weights that never saw its article, against their labels",
    )  # fmt: skip
    args = ask.parse_args(arguments)
    if args.sentences and not args.gsr:
        ask.error("--sentences needs the folder of the sentences: --gsr FOLDER")
    console = Console()
    annotated = [*shipped_reports(), *named_passages()]
    sentences = read_sentences(args.gsr) if args.gsr else []
    annotated += labelled_sentences(texts_of(sentences))
    annotated += own_reports(args.reports)
    examples = collect(track(annotated, "reading", console=console))
    if args.whole:
        console.print(
            score_table(cross_score(annotated, examples), "reports coded by weights that never saw them")
        )
        return
    if args.sentences:
        console.print(_sentence_table(cross_sentences(sentences, annotated, examples)))
        return
    decisions = tuple(args.only or DECISIONS)
    if {"type", "party", "side", "event"} & set(decisions) or args.curve:
        add_told_examples([a for a in annotated if a.record], examples)
    if args.curve:
        console.print(_curve(examples))
        return
    table = Table(
        "decision",
        "examples",
        "accuracy",
        "precision",
        "recall",
        "F1",
        title="cross-validation over documents",
    )
    scores = {}
    for decision in decisions if not args.no_scores else ():
        scores[decision] = s = cross_validate(examples[decision], decision)
        table.add_row(
            decision,
            f"{int(s['n'])}",
            f"{s['accuracy']:.3f}",
            *(f"{s[k]:.3f}" if k in s else "" for k in ("precision", "recall", "f1")),
        )
    write_models(examples, args.out, decisions)
    console.print(table)
    if scores and not args.only:
        digest = hashlib.sha256("".join(a.report.id for a in annotated).encode()).hexdigest()[:12]
        (args.out / "card.md").write_text(_card(scores, len(annotated), digest), encoding="utf-8")


def _curve(examples: dict[str, list[Example]]) -> Table:
    """The learning curves, a decision a row."""
    table = Table("decision", *(f"{f:.0%} of documents" for f in FRACTIONS), title="share of right answers")
    for decision in DECISIONS:
        table.add_row(decision, *(f"{share:.3f}" for share in learning_curve(examples[decision], decision)))
    return table


def _sentence_table(counts: dict[str, Count]) -> Table:
    table = Table(
        "set", "labelled yes", "precision", "recall", "F1", title="sentences, by weights that never saw them"
    )
    for name, c in counts.items():
        table.add_row(name, str(c.gold), f"{c.precision:.3f}", f"{c.recall:.3f}", f"{c.f1:.3f}")
    return table


def _card(scores: dict[str, dict[str, float]], reports: int, digest: str) -> str:
    rows = "\n".join(
        f"| {d} | {int(s['n'])} | {s['accuracy']:.3f} | "
        + " | ".join(f"{s[k]:.3f}" if k in s else "" for k in ("precision", "recall", "f1"))
        + " |"
        for d, s in scores.items()
    )
    return f"""# The models that decide

Logistic regressions over plain features (`sijill.coding.features`), one a decision, and boosted trees for the last of them
("event", whether what was assembled stands); the weights and trees are the JSON files here.

- **Trained on** {reports} annotated reports, passages and sentences (set {digest}): the invented reports of
  `training/annotations/reports` and, for named people alone, the passages of `training/annotations/persons` (own work,
  Apache-2.0), and labels of single newspaper sentences in
  `training/annotations/gsr` (own annotation of the Open Event Data Alliance's Arabic gold standard records, MIT).
- **Made by** `python -m sijill.training --gsr FOLDER`; deterministic.
- **Scores** by five-fold cross-validation over documents:

| decision | examples | accuracy | precision | recall | F1 |
|---|---|---|---|---|---|
{rows}

- **Not for** deciding anything about a person without a person looking: every cell shows the words that it came from.
"""


if __name__ == "__main__":
    main()
