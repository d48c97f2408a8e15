"""Words for the terminal that keep their direction where a line is broken."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.containers import Lines
from rich.text import Text

from sijill.export.words import FSI, PDI


class Directed(Text):
    """Text whose isolates are closed at the end of each line that it is broken into and opened again on the next, so that
    the columns beside it stay where they are."""

    def wrap(self, console: Console, width: int, **options: Any) -> Lines:
        """The lines of at most `width` cells."""
        lines = Lines()
        depth = 0
        for line in super().wrap(console, width, **options):
            opened = FSI * depth
            depth = max(0, depth + line.plain.count(FSI) - line.plain.count(PDI))
            lines.append(Text.assemble(opened, line, PDI * depth))
        return lines
