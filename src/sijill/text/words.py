"""Words of a text, in order, with their places in the given text; and what Arabic clitics may be taken off them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate

from sijill.text.script import Normal, normal_form, normalise

# The plain letters come first: a range is matched faster than the classes that stand for all letters. What is split at
# tokens, in a group, gives what stands between them and the tokens in turn.
_TOKEN = re.compile(r"([\u0621-\u064aa-z]+[^\W\d_]*|[^\W\d_]+|\d+(?:[.,]\d+)*|[^\w\s]|\n+)")


class Words:
    """The tokens of a text: words, numerals, punctuation marks, and line ends ("\\n").

    `forms[i]` is the i-th token in normal form; `span(i, j)` is where tokens i to j (exclusive) stand in the given
    text. Positions of tokens are called token indexes everywhere, offsets always count code points.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.normal: Normal = normalise(text)
        self._parts: list[str] = _TOKEN.split(self.normal.text)
        self.forms: list[str] = self._parts[1::2]
        if "\n\n" in self.normal.text:
            self.forms = ["\n" if form[0] == "\n" else form for form in self.forms]

    @cached_property
    def _bounds(self) -> list[int]:
        """Where the tokens begin and end in the normal form, in turn: token `i` has `_bounds[2 * i]` and the next."""
        return list(accumulate(map(len, self._parts)))

    @cached_property
    def numerals(self) -> list[int]:
        """The tokens that begin with a digit."""
        return [i for i, form in enumerate(self.forms) if form[0].isdecimal()]

    def at(self, wanted: frozenset[str]) -> list[int]:
        """The tokens whose form is any of those wanted."""
        return [i for i, form in enumerate(self.forms) if form in wanted]

    def __len__(self) -> int:
        return len(self.forms)

    def span(self, first: int, stop: int) -> tuple[int, int]:
        """Offsets in the given text of tokens `first` to `stop` (exclusive)."""
        if first >= stop:
            at = self.normal.offset(self._bounds[2 * first]) if first < len(self.forms) else len(self.text)
            return at, at
        return self.normal.span(self._bounds[2 * first], self._bounds[2 * stop - 1])

    def between(self, first: int, stop: int) -> str:
        """The given text of tokens `first` to `stop` (exclusive), as it stands."""
        start, end = self.span(first, stop)
        return self.text[start:end]

    def adjoins(self, i: int) -> bool:
        """Whether token `i` follows the one before it with nothing between them ("ال12", "3-4")."""
        return i > 0 and not self._parts[2 * i]

    def index_at(self, offset: int) -> int:
        """The first token that ends after `offset` of the given text; the number of tokens where there is none."""
        low, high = 0, len(self.forms)
        while low < high:
            middle = (low + high) // 2
            if self.span(middle, middle + 1)[1] <= offset:
                low = middle + 1
            else:
                high = middle
        return low


def split_words(phrase: str) -> list[str]:
    """The tokens of a short phrase in normal form, as `Words` would split it."""
    return _TOKEN.findall(normal_form(phrase))


Reading = tuple[str, str, bool, str]
"""One way to take a word apart: stem, proclitics ("و", "ب", "س", …, as one string), whether it has the article, enclitic
pronoun. A plain tuple, since dozens are made of every new word."""

_CONJUNCTIONS = ("", "و", "ف")
_NOUN_PREPOSITIONS = ("", "ب", "ل", "ك")
_VERB_PARTICLES = ("", "س", "ل")
_PRONOUNS = ("هما", "هم", "هن", "ها", "كم", "نا", "ه", "ك", "ي")


def noun_readings(form: str) -> Iterator[Reading]:
    """How a word in normal form may be read as a noun: as it stands first, then fewest clitics first.

    "وبالمدينه" gives مدينه with و + ب and the article; "للجيش" gives جيش with ل and the article, and الجيش with ل (names are listed with their article); "قواتهم" gives قوات with هم;
    "مدينتها" gives مدينه with ها, since ta marbuta is ت before a pronoun.
    """
    yield form, "", False, ""
    for conjunction in _CONJUNCTIONS:
        if not form.startswith(conjunction):
            continue
        rest = form[len(conjunction) :]
        for preposition in _NOUN_PREPOSITIONS:
            stem = rest[len(preposition) :]
            if not rest.startswith(preposition) or len(stem) < 2:
                continue
            proclitics = conjunction + preposition
            if proclitics:
                yield stem, proclitics, False, ""
            if preposition == "ل" and stem.startswith("ل") and len(stem) > 2:
                yield stem[1:], proclitics, True, ""
                yield "ا" + stem, proclitics, False, ""
            elif stem.startswith("ال") and len(stem) > 3:
                yield stem[2:], proclitics, True, ""
            if stem.endswith(_PRONOUNS):
                for pronoun in _PRONOUNS:
                    bare = stem[: -len(pronoun)]
                    if stem.endswith(pronoun) and len(bare) > 2:
                        yield bare, proclitics, True, pronoun
                        if bare.endswith("ت"):
                            yield bare[:-1] + "ه", proclitics, True, pronoun


def verb_readings(form: str) -> Iterator[Reading]:
    """How a word in normal form may be read as an inflected verb: as it stands first; و or ف, then س or ل, then an object
    pronoun."""
    yield form, "", False, ""
    for conjunction in _CONJUNCTIONS:
        if not form.startswith(conjunction):
            continue
        rest = form[len(conjunction) :]
        for particle in _VERB_PARTICLES:
            stem = rest[len(particle) :]
            if not rest.startswith(particle) or len(stem) < 2 or (particle and stem[0] not in "يتنا"):
                continue
            proclitics = conjunction + particle
            if proclitics:
                yield stem, proclitics, False, ""
            if stem.endswith(_PRONOUNS):
                for pronoun in _PRONOUNS[:-1]:
                    bare = stem[: -len(pronoun)]
                    if stem.endswith(pronoun) and len(bare) > 2:
                        yield bare, proclitics, False, pronoun
                        if bare.endswith(
                            "و"
                        ):  # قتلوهم: the alef of the plural is not written before a pronoun
                            yield bare + "ا", proclitics, False, pronoun


def is_arabic(form: str) -> bool:
    """Whether a token in normal form is an Arabic word."""
    return "\u0621" <= form[:1] <= "\u064a"
