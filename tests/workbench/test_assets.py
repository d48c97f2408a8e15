"""The assets hold to their rules: typed strictly, no direction in the style sheets, no addresses of other machines."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from asset_packages import ASSETS, installed, npm

from sijill.workbench.context import STATIC

SOURCES = sorted((ASSETS / "src").rglob("*.ts"))
SHEETS = sorted((ASSETS / "src").rglob("*.css"))
# What would put something left or right whichever way a language runs.
PHYSICAL = re.compile(
    r"(?<![\w-])((margin|padding|border|inset)-(left|right|top|bottom)\b|(left|right|top|bottom|width|height|"
    r"(min|max)-(width|height))\s*:|text-align\s*:\s*(left|right)|float\s*:\s*(left|right))"
)
# In media queries the window's width is meant, which has no direction.
MEDIA = re.compile(r"@media[^{]*")


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_style_sheets_know_no_left_and_right(path: Path) -> None:
    sheet = MEDIA.sub("", path.read_text(encoding="utf-8"))
    assert [found[0] for found in PHYSICAL.finditer(sheet)] == []


def test_the_rule_about_left_and_right_finds_them() -> None:
    assert PHYSICAL.search("a { margin-left: 1px }")
    assert PHYSICAL.search("a{left:0}")
    assert not PHYSICAL.search(
        "a { border-inline-start: 1px; max-inline-size: 3rem; grid-template-rows: 1fr }"
    )


@pytest.mark.parametrize("path", [*SOURCES, *SHEETS], ids=lambda path: path.name)
def test_nothing_is_asked_of_another_machine(path: Path) -> None:
    assert re.findall(r"https?://|//[a-z0-9-]+\.[a-z]{2,}/", path.read_text(encoding="utf-8")) == []


def test_the_lockfile_names_no_download_addresses_and_every_checksum() -> None:
    locked = json.loads((ASSETS / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert all("resolved" not in package for package in locked.values())
    assert all(package.get("integrity") for name, package in locked.items() if name)


def test_what_is_built_is_whole_and_carries_its_licences() -> None:
    names = json.loads((STATIC / "manifest.json").read_text(encoding="utf-8"))
    for page in ("main", "report", "event", "map", "control", "figures"):
        assert (STATIC / names[f"{page}.js"]).is_file()
    assert (STATIC / names["main.css"]).is_file()
    assert "SIL Open Font License" in (STATIC / "OFL-IBM-Plex-Sans-Arabic.txt").read_text(encoding="utf-8")
    assert "SIL Open Font License" in (STATIC / "OFL-Noto-Naskh-Arabic.txt").read_text(encoding="utf-8")


def test_the_built_scripts_never_make_code_of_text() -> None:
    """Under the page's policy `eval` would be stopped; what a library still holds of it is switched off in main.ts."""
    assert "allowEval = false" in (ASSETS / "src" / "main.ts").read_text(encoding="utf-8")
    for path in STATIC.glob("*.js"):
        assert "new Function(" not in path.read_text(encoding="utf-8"), path.name


def test_the_typescript_is_typed_strictly() -> None:
    installed()
    done = subprocess.run(
        [*npm(), "run", "--silent", "check"], cwd=ASSETS, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
