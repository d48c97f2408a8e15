"""Imports point one way: down the list of rooms, never up."""

import ast
from pathlib import Path

import pytest

import sijill

PACKAGE = Path(sijill.__file__).parent
# From the ground up. A room may import from itself and from the rooms before it.
ROOMS = [
    "records", "text", "rules", "language", "coding", "reading", "ledger", "store", "export", "evaluation",
    "training", "engines", "workbench", "cli",
]  # fmt: skip


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module)
        elif isinstance(node, ast.ImportFrom) and node.level:
            pytest.fail(f"{path}: relative import; write the room's full name")
    return {name for name in found if name.startswith("sijill.")}


FILES = sorted(
    p for p in PACKAGE.rglob("*.py") if p.parent != PACKAGE or p.stem not in ("__init__", "__main__")
)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    own = "cli" if parts[0].startswith("cli") else parts[0]
    assert own in ROOMS, f"{path} stands in no room"
    for module in imports_of(path):
        other = room_of(module)
        other = "cli" if other.startswith("cli") else other
        assert other in ROOMS, f"{path} imports {module}, which is no room"
        assert ROOMS.index(other) <= ROOMS.index(own), f"{own} must not import {other} ({module})"


def test_knowledge_holds_data_only() -> None:
    assert not list((PACKAGE / "knowledge").rglob("*.py"))
