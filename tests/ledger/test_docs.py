"""The worked examples of `docs/ledger.md` come out as the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sijill.ledger.accounts import Claim, Rule
from sijill.ledger.counting import estimate

PAGE = Path(__file__).parents[2] / "docs" / "ledger.md"
CLAIM = re.compile(
    r"(?P<house>[A-Z])(?P<day>\d) (?P<how>rose to |only claims |denies )?(?P<figure>\d+|dozens|several)(?P<copy> copied from [A-Z])?"
)


def rows() -> list[tuple[str, dict[Rule, tuple[int, int, int]]]]:
    """The lines of the table of worked examples: claims, and low, best, high by each rule."""
    section = PAGE.read_text(encoding="utf-8").split("## Worked examples")[1].split("\n## ")[0]
    found = []
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `"):
            by_rule = (tuple(map(int, cell.split(" / "))) for cell in cells[1:4])
            found.append((cells[0].strip("`"), dict(zip(("ucdp", "acled", "airwars"), by_rule, strict=True))))
    return found  # type: ignore[return-value]


def claims(told: str) -> list[Claim]:
    found = []
    for number, part in enumerate(told.split("; ")):
        match = CLAIM.fullmatch(part)
        assert match, part
        vague = not match["figure"].isdigit()
        how = (match["how"] or "").strip()
        found.append(
            Claim(
                record=f"r{number}", event=0, figure=0, voice=(match["copy"] or match["house"])[-1] + match["day"],
                house=match["house"], said=f"2015-08-0{match['day']}", side="civilians", type="suicide_bombing",
                n=None if vague else int(match["figure"]), bound="vague" if vague else "exact",
                words=match["figure"] if vague else "", revises=how == "rose to",
                status={"only claims": "claimed", "denies": "denied"}.get(how, "reported"),  # type: ignore[arg-type]
            )
        )  # fmt: skip
    return found


@pytest.mark.parametrize(("told", "wanted"), rows(), ids=[told for told, _ in rows()])
def test_worked_example(told: str, wanted: dict[Rule, tuple[int, int, int]]) -> None:
    for rule, (low, best, high) in wanted.items():
        found = estimate(claims(told), rule)
        assert (found.low, found.best, found.high) == (low, best, high), rule


def test_there_are_examples() -> None:
    assert len(rows()) >= 8
