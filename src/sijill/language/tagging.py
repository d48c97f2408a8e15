"""A text with what the lexicons know of its words: the ground that every reader of the language rooms stands on."""

from __future__ import annotations

from sijill.rules.knowledge import lexicon
from sijill.rules.lexicon import Sense, Tag
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
        at, under, last = self._at, self._under, -1
        phrases: set[int] = set()
        for tag in tags:
            first, stop, sense = tag[:3]
            if first == last:
                at[first].append(tag)
                if stop - first > 1:
                    phrases.add(first)
            else:
                at[first] = [tag]
                last = first
            head = _HEADS[sense[0]]
            if head in under:
                under[head].append(tag)
            else:
                under[head] = [tag]
        for first in phrases:  # single words come in the order of their senses
            at[first].sort(key=_longest_first)

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
        heads = {_HEADS[category] for category in categories}
        tags = self.under(*heads) if len(heads) == 1 else self.tags
        return [tag for tag in tags if tag.sense.category in categories]


class _Heads(dict[str, str]):
    """The head of each category, "time" for "time.day"; categories are those of the lexicons, a few hundred."""

    def __missing__(self, category: str) -> str:
        head = self[category] = category.partition(".")[0]
        return head


_HEADS = _Heads()


def _longest_first(tag: Tag) -> tuple[int, Sense]:
    return tag.first - tag.stop, tag.sense


def tag_text(text: str, language: str) -> Tagged:
    """Split a text into words and tag them by the lexicons of a language ("ar", "en"). In normal form ة and ه are one
    letter; a word that is written with ة has no pronoun at its end ("مديرية" is not "his managers"). English short forms of
    two or three letters are names only in capitals ("IS", "US")."""
    words = Words(text)
    tags = lexicon(language).tag(words.forms)
    if any(tag.enclitic == "ه" for tag in tags):
        tags = [tag for tag in tags if tag.enclitic != "ه" or not _ends_in_ta(words, tag.first)]
    if language == "en":
        tags = [tag for tag in tags if tag.sense.category not in _PROPER or _as_name(words, tag)]
    return Tagged(words, tags, language)


_PROPER = ("actor.abbreviation", "actor.country", "actor.demonym")


def _as_name(words: Words, tag: Tag) -> bool:
    """Whether an English name of two or three letters is written as one: "IS", not "is" or "Is"."""
    if tag.stop - tag.first > 1 or len(words.forms[tag.first]) > 3:
        return True
    written = words.text[slice(*words.span(tag.first, tag.stop))]
    return not written.islower() and not written.istitle()


def _ends_in_ta(words: Words, token: int) -> bool:
    start, end = words.span(token, token + 1)
    return words.text[start:end].rstrip(_MARKS).endswith("ة")


_MARKS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"
"""Vowel signs, which may follow a word's last letter."""
