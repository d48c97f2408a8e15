"""A text with what the lexicons know of its words: the ground that every reader of the language rooms stands on."""

from __future__ import annotations

from functools import lru_cache

from sijill.rules.knowledge import lexicon
from sijill.rules.lexicon import Tag
from sijill.text.words import Words


class Tagged:
    """`words` and their `tags`. `at(i)` are the tags that begin at token i, longest first; `under(head)` those of the
    categories under a head, "time" for "time.day"."""

    __slots__ = ("_at", "_under", "language", "tags", "words")

    def __init__(self, words: Words, tags: list[Tag], language: str) -> None:
        self.words = words
        self.tags = tags
        self.language = language
        self._at: dict[int, list[Tag]] = {}
        self._under: dict[str, list[Tag]] = {}
        for tag in tags:
            if tag.first in self._at:
                self._at[tag.first].append(tag)
            else:
                self._at[tag.first] = [tag]
            self._under.setdefault(_head_of(tag.sense.category), []).append(tag)
        for found in self._at.values():
            if len(found) > 1:
                found.sort(key=lambda tag: (tag.first - tag.stop, tag.sense))

    def at(self, index: int) -> list[Tag]:
        """The tags that begin at a token, longest first; [] where there is none."""
        return self._at.get(index, [])

    def first(self, index: int, *categories: str) -> Tag | None:
        """The longest tag at a token of any of the categories."""
        for tag in self._at.get(index, ()):
            if tag.sense.category in categories:
                return tag
        return None

    def under(self, head: str) -> list[Tag]:
        """Every tag of the categories under a head, in order of place."""
        return self._under.get(head, [])

    def tokens(self, *heads: str) -> list[int]:
        """The tokens, in order, that a tag of a category under any of the heads begins at."""
        return sorted({tag.first for head in heads for tag in self.under(head)})

    def of(self, *categories: str) -> list[Tag]:
        """Every tag of the categories, in order of place."""
        return [tag for tag in self.tags if tag.sense.category in categories]


@lru_cache(maxsize=1024)
def _head_of(category: str) -> str:
    return category.partition(".")[0]


def tag_text(text: str, language: str) -> Tagged:
    """Split a text into words and tag them by the lexicons of a language ("ar", "en"). In normal form ة and ه are one
    letter; a word that is written with ة has no pronoun at its end ("مديرية" is not "his managers")."""
    words = Words(text)
    tags = lexicon(language).tag(words.forms)
    if any(tag.enclitic == "ه" for tag in tags):
        tags = [tag for tag in tags if tag.enclitic != "ه" or not _ends_in_ta(words, tag.first)]
    return Tagged(words, tags, language)


def _ends_in_ta(words: Words, token: int) -> bool:
    start, end = words.span(token, token + 1)
    return words.text[start:end].rstrip(_MARKS).endswith("ة")


_MARKS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"
"""Vowel signs, which may follow a word's last letter."""
