"""The figures of a comparison as a table on the terminal."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.table import Table

from sijill.evaluation.score import Score


def score_table(found: Score, title: str | None = None) -> Table:
    """Precision, recall and F1 of what is counted, the shares of right fields, and the whole."""
    table = Table(box=SIMPLE_HEAD, title=title)
    table.add_column("")
    for heading in ("precision", "recall", "F1", "gold"):
        table.add_column(heading, justify="right")
    for name, count in found.counts.items():
        table.add_row(
            name, f"{count.precision:.3f}", f"{count.recall:.3f}", f"{count.f1:.3f}", str(count.gold)
        )
    table.add_section()
    for name, share in {**found.fields, "evidence": found.evidence}.items():
        table.add_row(name, f"{share.share:.3f}", "", "", f"{share.right} of {share.total}")
    table.add_section()
    table.add_row("overall", f"{found.overall:.3f}", style="bold")
    return table
