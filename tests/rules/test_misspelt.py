"""Typing drops the long alef inside a word: a long word that no lexicon knows is read with it put back, no other."""

import pytest

from sijill.language.tagging import tag_text


def senses(text: str) -> set[tuple[str, str]]:
    return {(tag.sense.category, tag.sense.value) for tag in tag_text(text, "ar").tags}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("وقعت انفجرات في المدينة", ("event", "bombing")),
        ("اندلعت اشتبكات عنيفة", ("event", "clash")),
        ("من قوات النظام وحلفئه", ("people.allies", "allies")),
    ],
)
def test_a_dropped_alef_is_put_back(text: str, wanted: tuple[str, str]) -> None:
    assert wanted in senses(text)


@pytest.mark.parametrize("text", ["خلد", "كتب", "فريدوني", "حلف الناتو"])
def test_short_and_other_words_are_left_alone(text: str) -> None:
    assert not {category for category, _ in senses(text)} & {"event", "people.allies"}


def test_a_known_word_keeps_its_own_meaning() -> None:
    assert ("outcome.killed", "passive") in senses("قتل")
    assert ("event", "clash") not in senses("قتل")
