"""The report that ships, ready for a register."""

from __future__ import annotations

import msgspec

from sijill.reading.fields import Defaults, report_from
from sijill.reading.originals import Item, Original
from sijill.rules.knowledge import KNOWLEDGE


def example_item() -> Item:
    """The report with its original bytes."""
    path = KNOWLEDGE / "examples" / "report-ar.txt"
    content = path.read_bytes()
    cells = {**msgspec.json.decode(path.with_suffix(".json").read_bytes()), "text": content.decode("utf-8")}
    return report_from(cells, path.stem, Defaults()), Original(content, "text/plain", path.name)
