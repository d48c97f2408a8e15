"""Makes example.svg, the README's picture: what `sijill code --example` prints, drawn by rich.

    python docs/pictures/make.py

The picture fetches nothing: rich's web font is left out, and the reader's own monospaced font serves. Arabic words keep
their natural width, because letters that are stretched to a grid fall apart.
"""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI

from sijill import Report, code
from sijill.export.table import table_of
from sijill.rules.knowledge import KNOWLEDGE

HERE = Path(__file__).parent
FONTS = "'DejaVu Sans Mono', 'Cascadia Mono', Menlo, Consolas, 'Noto Naskh Arabic', 'Geeza Pro', monospace"
ARABIC = re.compile("[\u0600-\u06ff]")
ISOLATES = re.compile("[\u2066-\u2069]")


def svg() -> str:
    """The picture of the record of the report that ships."""
    path = KNOWLEDGE / "examples" / "report-ar.txt"
    report = Report(
        text=path.read_text(encoding="utf-8"), **json.loads(path.with_suffix(".json").read_bytes())
    )
    console = Console(
        record=True, width=126, file=io.StringIO(), highlight=False, emoji=False, force_terminal=True
    )
    console.print(table_of(code(report)))
    drawn = console.export_svg(title="sijill code --example", theme=MONOKAI, unique_id="sijill")
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)
    drawn = re.sub(r"font-family: [^;]*Fira[^;]*;", f"font-family: {FONTS};", drawn)
    drawn = drawn.replace("font-family: arial", "font-family: sans-serif")
    drawn = re.sub(r"<text [^>]*>[^<]*</text>", _natural, drawn)
    return "\n".join(line.rstrip() for line in drawn.splitlines()) + "\n"


def _natural(text: re.Match[str]) -> str:
    """A piece of text; where it is Arabic, without the width that it would be stretched to. A piece stands alone, so the
    marks that isolate directions on a terminal are not needed."""
    piece = ISOLATES.sub("", text[0])
    return re.sub(r' textLength="[^"]*"', "", piece) if ARABIC.search(piece) else piece


if __name__ == "__main__":
    (HERE / "example.svg").write_text(svg(), encoding="utf-8")
