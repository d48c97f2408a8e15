"""The Arabic gold standard records of the Open Event Data Alliance: lone sentences that several people labelled "yes" or "no", a
set for assaults and one for protests. Read for training, and held against what the coder finds in them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from sijill.coding import code
from sijill.evaluation.score import Count
from sijill.records import GROUP_OF, Report
from sijill.training.examples import Annotated, Example
from sijill.training.whole import unseen_models

SETS = {"assault": {"battles", "explosions", "violence"}, "protest": {"demonstrations"}}
"""Each set with the codebook's groups of events that its "yes" stands for."""


class Sentence(NamedTuple):
    """A sentence of a set; `label` is "yes", "ambiguous" or a kind of "no", `published` the day of its article."""

    set: str
    id: str
    text: str
    published: str | None
    label: str

    @property
    def document(self) -> str:
        """The article that it is from."""
        return self.id.rpartition("-")[0]


def read_sentences(folder: Path) -> list[Sentence]:
    """The sentences of a folder with `assault_gsr.csv` and `protest_gsr.csv`, of a set that is missing none."""
    found: list[Sentence] = []
    for name in SETS:
        path = folder / f"{name}_gsr.csv"
        if not path.is_file():
            continue
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                digits = "".join(c for c in row["id"].rpartition("_")[2][:8] if c.isdigit())
                day = f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}" if len(digits) == 8 else None
                found.append(Sentence(name, row["id"], row["text"], day, row["label"]))
    return found


def texts_of(sentences: Iterable[Sentence]) -> dict[tuple[str, str], tuple[str, str | None]]:
    """Text and day of publication of each sentence, by (set, id)."""
    return {(s.set, s.id): (s.text, s.published) for s in sentences}


def cross_sentences(
    sentences: Sequence[Sentence],
    annotated: Sequence[Annotated],
    examples: dict[str, list[Example]],
    folds: int = 3,
) -> dict[str, Count]:
    """Of each set how many sentences hold an event of its groups by the coder, by the labels, and by both; each is coded with
    models that saw no sentence of its article. Ambiguous ones are left out."""
    documents = sorted({s.document for s in sentences})
    found = {name: Count() for name in SETS}
    for part in (set(documents[fold::folds]) for fold in range(folds)):
        held = [s for s in sentences if s.document in part]
        models = unseen_models(annotated, examples, {s.id for s in held})
        for s in held:
            if s.label == "ambiguous":
                continue
            report = Report(id=s.id, text=s.text, published=s.published, language="ar")
            said = any(GROUP_OF[e.type] in SETS[s.set] for e in code(report, models=models).events)
            true = s.label == "yes"
            found[s.set].add(int(said and true), int(said), int(true))
    return found
