"""The machinery of lexicons: reading, clitics, phrases, and errors that name their line."""

from pathlib import Path

import pytest

from sijill.rules.lexicon import Entry, Lexicon, LexiconError, Tag, read_lexicon
from sijill.text.words import Words


def entry(forms: str, category: str = "event", value: str = "x") -> Entry:
    return Entry(category, value, tuple(f.strip() for f in forms.split("|")), (), (), f"test.{value}", 1)


def tags(text: str, *entries: Entry, language: str = "ar") -> list[Tag]:
    return Lexicon(entries, language).tag(Words(text).forms)


def test_reading_keeps_cells_and_line_numbers(tmp_path: Path) -> None:
    path = tmp_path / "events.tsv"
    path.write_text(
        "# a comment\n\nevent\tclash\tn:اشتباك | m:قتال\tاشتباك عنيف ‖ قتال\tقاتل\n", encoding="utf-8"
    )
    (read,) = read_lexicon(path, "ar")
    assert read == Entry(
        "event", "clash", ("n:اشتباك", "m:قتال"), ("اشتباك عنيف", "قتال"), ("قاتل",), "ar.events.clash", 3
    )


@pytest.mark.parametrize("line", ["event clash", "event\tclash", "a\tb\tc\td\te\tf"])
def test_a_bad_line_names_file_and_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "events.tsv"
    path.write_text(f"event\tclash\tn:اشتباك\tاشتباك\tشبكة\n{line}\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"events\.tsv:2: "):
        list(read_lexicon(path, "ar"))


def test_clitics_are_taken_off_nouns() -> None:
    (tag,) = tags("وبالغارة", entry("n:غارة/غارات"))
    assert (tag.first, tag.stop, tag.proclitics, tag.definite, tag.enclitic) == (0, 1, "وب", True, "")
    (tag,) = tags("غاراتهم", entry("n:غارة/غارات"))
    assert (tag.sense.inflection, tag.enclitic) == ("plural", "هم")


def test_clitics_are_taken_off_verbs() -> None:
    (tag,) = tags("وسيقتلونهم", entry("v:قتل/يقتل"))
    assert (tag.sense.kind, tag.proclitics, tag.enclitic) == ("verb", "وس", "هم")
    (tag,) = tags("قتلوهم", entry("v:قتل/يقتل"))
    assert (tag.sense.inflection, tag.enclitic) == ("past", "هم")


def test_a_marked_word_takes_no_clitics() -> None:
    assert tags("لم", entry("w:لم"))
    assert not tags("فلم", entry("w:لم"))


def test_a_verb_takes_no_article() -> None:
    assert not tags("القتلوا", entry("v:قتل/يقتل"))


def test_phrases_match_token_by_token_with_clitics_on_the_first() -> None:
    (tag,) = tags("ثم بإطلاق نار كثيف", entry("إطلاق نار"))
    assert (tag.first, tag.stop, tag.proclitics) == (1, 3, "ب")
    assert not tags("إطلاق النار", entry("إطلاق نار"))


def test_spelling_is_levelled() -> None:
    assert tags("إنفجــار", entry("n:انفجار/انفجارات"))
    assert tags("غاره", entry("n:غارة/غارات"))


def test_one_sense_per_word_and_kind() -> None:
    found = tags("هجوم", entry("m:هجوم | n:هجوم/هجمات"))
    assert len(found) == 1


def test_two_entries_may_stand_on_one_word() -> None:
    found = tags(
        "قتل", entry("v:قتل/يقتل", "outcome.killed", "passive"), entry("m:قتل", "outcome.killed", "masdar")
    )
    assert {tag.sense.value for tag in found} == {"passive", "masdar"}


def test_english_matches_without_regard_to_case_and_splits_hyphens() -> None:
    assert tags("A Car-Bomb exploded", entry("n:car-bomb"), language="en")
    assert tags("Gunmen OPENED FIRE", entry("opened fire"), language="en")
    assert not tags("carbombs", entry("n:car-bomb"), language="en")


def test_english_takes_no_clitics_off() -> None:
    assert not tags("unkilled", entry("v:kill"), language="en")


def test_tags_come_in_order_of_place() -> None:
    found = tags("قصف وغارة ثم قصف", entry("m:قصف"), entry("n:غارة/غارات", value="y"))
    assert [tag.first for tag in found] == [0, 1, 3]


def test_a_form_is_known_by_its_normal_form() -> None:
    lexicon = Lexicon([entry("m:مقتل | سيارة مفخخة")], "ar")
    assert "مقتل" in lexicon
    assert "سياره" in lexicon
    assert "غائب" not in lexicon
