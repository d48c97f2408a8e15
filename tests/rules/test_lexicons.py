"""The lexicons that ship: every entry is found in its examples and in none of its counters, and the files are clean."""

import re
from pathlib import Path

import pytest

from sijill.rules.knowledge import KNOWLEDGE, entries
from sijill.rules.lexicon import Entry, Lexicon, Tag
from sijill.text.words import Words, split_words

LANGUAGES = ("ar", "en")
FILES = sorted((KNOWLEDGE / "lexicons").rglob("*.tsv"))
ENTRIES = [(language, entry) for language in LANGUAGES for entry in entries(language)]
EXAMPLES = [(language, entry, text) for language, entry in ENTRIES for text in entry.examples]
COUNTERS = [(language, entry, text) for language, entry in ENTRIES for text in entry.counters]
# Letters and marks that keyboards of other languages, shaping or copying leave behind, and that no form may hold.
FOREIGN = re.compile(
    "[\u0640\u0610-\u061a\u064b-\u065f\u0670\u06cc\u06d2\u06a9\u06aa\u06c1\u06be\ufb50-\ufdff\ufe70-\ufeff\u200b-\u200f\u202a-\u202e\u2066-\u2069\u00ad\u00a0]"
)
ALLOWED = {
    "ar": re.compile(r"[\u0621-\u063a\u0641-\u064a0-9 /:.%٪'\"\-]+"),
    "en": re.compile(r"[A-Za-z0-9 /:.,%'\-]+"),
}


def found(language: str, entry: Entry, text: str) -> list[Tag]:
    return Lexicon([entry], language).tag(Words(text).forms)


def name(case: tuple[str, Entry, str] | tuple[str, Entry]) -> str:
    return f"{case[1].rule}:{case[1].line}"


@pytest.mark.parametrize("case", EXAMPLES, ids=name)
def test_an_entry_is_found_in_its_example(case: tuple[str, Entry, str]) -> None:
    language, entry, text = case
    assert found(language, entry, text), f"{entry.category} {entry.value} is not seen in {text!r}"


@pytest.mark.parametrize("case", COUNTERS, ids=name)
def test_an_entry_is_not_found_in_its_counter(case: tuple[str, Entry, str]) -> None:
    language, entry, text = case
    assert not found(language, entry, text), f"{entry.category} {entry.value} is seen in {text!r}"


@pytest.mark.parametrize("case", ENTRIES, ids=name)
def test_an_entry_has_forms_an_example_and_a_counter(case: tuple[str, Entry]) -> None:
    _, entry = case
    assert entry.category
    assert entry.value
    assert entry.forms
    assert entry.examples
    assert entry.counters


@pytest.mark.parametrize("case", ENTRIES, ids=name)
def test_forms_hold_permitted_characters_only(case: tuple[str, Entry]) -> None:
    language, entry = case
    for form in entry.forms:
        lemma = form[2:] if form[1:2] == ":" else form
        assert not FOREIGN.search(form), f"{form!r} holds {FOREIGN.findall(form)}"
        assert ALLOWED[language].fullmatch(lemma) or ALLOWED["en"].fullmatch(lemma), (
            f"{form!r} is not in the script of {language}"
        )


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_form_stands_twice_in_a_category(path: Path) -> None:
    """One spelling may be a noun and a verb, but no mark and spelling (in normal form) comes twice."""
    seen: dict[tuple[str, str, str], int] = {}
    twice: list[str] = []
    for _, entry in ENTRIES:
        if not entry.rule.startswith(f"{path.parent.name}.{path.stem}."):
            continue
        for form in entry.forms:
            mark, lemma = (form[0], form[2:]) if form[1:2] == ":" else ("", form)
            key = (entry.category, mark, " ".join(split_words(lemma.split("/")[0])))
            if key in seen:
                twice.append(f"{entry.line}: {form} (also on line {seen[key]})")
            seen[key] = entry.line
    assert not twice


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_file_has_no_empty_cells(path: Path) -> None:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            cells = line.split("\t")
            assert len(cells) == 5, f"{path}:{number}: {len(cells)} cells"
            assert all(cell.strip() for cell in cells), f"{path}:{number}: an empty cell"
            assert not any(cell != cell.strip() for cell in cells), (
                f"{path}:{number}: space at the edge of a cell"
            )
            assert " |  | " not in cells[2], f"{path}:{number}: an empty form"


def test_kinds_of_event_are_the_same_in_both_languages() -> None:
    kinds = {
        language: {e.value for e in entries(language) if e.category == "event"} for language in LANGUAGES
    }
    assert kinds["ar"] == kinds["en"]
