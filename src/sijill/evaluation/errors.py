"""What kinds of error a coder makes, and how far its confidence can be believed.

    python -m sijill.evaluation.errors PREDICTIONS.jsonl GOLD.jsonl [--svg FILE]

Prints two tables: the kinds of error with their counts, so that the largest is gone after; and the reliability of the
events' confidence (of the events given 0.6 to 0.7, what share is in the gold). `--svg` draws the second one.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from sijill.evaluation.score import affinity, deaths, group, pair_events, same_place, sides, swapped
from sijill.evaluation.scored import ScoredEvent, ScoredRecord, read_scored

BINS = 10


class Bin(NamedTuple):
    """Events whose confidence lies from `low` to `high`: how many, their mean confidence, and the share in the gold."""

    low: float
    high: float
    events: int
    confidence: float
    right: float


def pairs(one: ScoredRecord, gold: ScoredRecord) -> list[tuple[ScoredEvent, ScoredEvent]]:
    """The events of a prediction with the gold ones that they are, as scoring aligns them."""
    ours, theirs = one.events or (), gold.events or ()
    found = pair_events(ours, theirs)
    return [(ours[i], theirs[j]) for i, j in found]


def kinds_of_error(
    predictions: Mapping[str, ScoredRecord], golds: Mapping[str, ScoredRecord]
) -> Counter[str]:
    """How often each kind of error occurs, over all reports of the gold."""
    found: Counter[str] = Counter()
    for key, gold in golds.items():
        one = predictions.get(key, ScoredRecord(report=gold.report))
        matched = pairs(one, gold)
        for ours, theirs in matched:
            found.update(_wrong_cells(ours, theirs))
        for event in one.events or ():
            if not any(event is ours for ours, _ in matched):
                found[f"not in the gold: {_why_extra(event, gold)}"] += 1
        for event in gold.events or ():
            if not any(event is theirs for _, theirs in matched):
                found[f"missed: {_why_missed(event, one)}"] += 1
    return found


def _wrong_cells(ours: ScoredEvent, theirs: ScoredEvent) -> list[str]:
    if (
        len(sides(swapped(ours)) & sides(theirs)) > len(sides(ours) & sides(theirs))
        and group(theirs) == "battles"
    ):
        ours = swapped(ours)
    cells = {
        "type": ours.type == theirs.type,
        "status": ours.status == theirs.status,
        "days": (ours.start, ours.end or ours.start) == (theirs.start, theirs.end or theirs.start),
        "place": same_place(ours.place, theirs.place),
        "sides": sides(ours) == sides(theirs),
        "deaths": deaths(ours) == deaths(theirs),
    }
    return [f"wrong {cell}" for cell, right in cells.items() if not right]


def _why_extra(event: ScoredEvent, gold: ScoredRecord) -> str:
    if not gold.events:
        return "a quiet report"
    if any(affinity(event, y) > 0 or affinity(swapped(event), y) > 0 for y in gold.events or ()):
        return "told twice"
    if any(group(event) == group(y) for y in gold.events or ()):
        return "another place or time"
    return "no such event"


def _why_missed(event: ScoredEvent, one: ScoredRecord) -> str:
    if not one.events:
        return "nothing found in the report"
    if any(affinity(x, event) > 0 or affinity(swapped(x), event) > 0 for x in one.events or ()):
        return "taken into another event"
    if any(group(x) == group(event) for x in one.events or ()):
        return "found at another place or time"
    return "none of its kind found"


def reliability(predictions: Mapping[str, ScoredRecord], golds: Mapping[str, ScoredRecord]) -> list[Bin]:
    """The events of the predictions by confidence, in ten bins; empty ones are left out."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for key, one in predictions.items():
        if key not in golds:
            continue
        right = [ours for ours, _ in pairs(one, golds[key])]
        for event in one.events or ():
            if event.confidence is not None:
                number = min(BINS - 1, int(event.confidence * BINS))
                bins.setdefault(number, []).append((event.confidence, any(event is r for r in right)))
    return [
        Bin(
            number / BINS,
            (number + 1) / BINS,
            len(found),
            sum(c for c, _ in found) / len(found),
            sum(r for _, r in found) / len(found),
        )
        for number, found in sorted(bins.items())
    ]


def expected_error(bins: list[Bin]) -> float:
    """Expected calibration error: how far confidence and share lie apart, weighed by the events of each bin."""
    return sum(b.events * abs(b.confidence - b.right) for b in bins) / max(1, sum(b.events for b in bins))


def drawn(bins: list[Bin]) -> str:
    """The reliability diagram as SVG: a bar a bin, the diagonal that a calibrated coder would follow."""
    size, pad = 300, 36
    bars = "".join(
        f'<rect x="{pad + b.low * size:.0f}" y="{pad + (1 - b.right) * size:.1f}" width="{size / BINS - 2:.0f}" '
        f'height="{b.right * size:.1f}" fill="#4477aa"><title>{b.events} events: {b.confidence:.2f} said, '
        f"{b.right:.2f} right</title></rect>"
        for b in bins
    )
    ticks = "".join(
        f'<text x="{pad + t * size:.0f}" y="{pad + size + 16}" text-anchor="middle">{t:.1f}</text>'
        f'<text x="{pad - 6}" y="{pad + (1 - t) * size + 4:.0f}" text-anchor="end">{t:.1f}</text>'
        for t in (0.0, 0.5, 1.0)
    )
    side = size + 2 * pad
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}" '
        f'font-family="sans-serif" font-size="11" role="img" aria-label="Reliability of the confidence of events">'
        f'<rect width="{side}" height="{side}" fill="#ffffff"/>{bars}'
        f'<path d="M{pad} {pad + size} L{pad + size} {pad}" stroke="#aa3377" stroke-dasharray="4 3" fill="none"/>'
        f'<path d="M{pad} {pad} V{pad + size} H{pad + size}" stroke="#333333" fill="none"/>{ticks}'
        f'<text x="{side / 2}" y="{side - 4}" text-anchor="middle">confidence said</text>'
        f'<text x="{pad}" y="{pad - 12}">share in the gold</text></svg>\n'
    )


def main(arguments: list[str] | None = None) -> None:
    """Print both tables, draw the diagram where asked."""
    ask = argparse.ArgumentParser(
        prog="python -m sijill.evaluation.errors", description=(__doc__ or "").split("\n")[0]
    )
    ask.add_argument("predictions", type=Path)
    ask.add_argument("gold", type=Path, nargs="+")
    ask.add_argument("--svg", type=Path, help="draw the reliability diagram into this file")
    args = ask.parse_args(arguments)
    predictions = read_scored(args.predictions)
    golds = {key: record for path in args.gold for key, record in read_scored(path).items()}
    console = Console()
    errors = Table("kind of error", "events", title="what is wrong")
    for kind, count in kinds_of_error(predictions, golds).most_common():
        errors.add_row(kind, str(count))
    console.print(errors)
    bins = reliability(predictions, golds)
    table = Table(
        "confidence", "events", "mean", "in the gold", title="reliability of the events' confidence"
    )
    for b in bins:
        table.add_row(f"{b.low:.1f}-{b.high:.1f}", str(b.events), f"{b.confidence:.2f}", f"{b.right:.2f}")
    console.print(table)
    console.print(f"expected calibration error {expected_error(bins):.3f}")
    if args.svg:
        args.svg.write_text(drawn(bins), encoding="utf-8")


if __name__ == "__main__":
    main()
