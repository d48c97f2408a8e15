"""Sentences, clauses and paragraphs of a tagged text, as ranges of token indexes."""

from __future__ import annotations

from typing import NamedTuple

from sijill.language.tagging import Tagged
from sijill.rules.knowledge import function_words

_STOPS = frozenset({".", "!", "؟", "?", "\n", "؛", "…", "•"})
_SPLIT_WORDS = function_words("clause.joins")
_SPLIT_MARKS = frozenset("،,;:")
_BREAKS = _STOPS | _SPLIT_WORDS | _SPLIT_MARKS
_ABBREVIATIONS = function_words("sentence.abbreviation")


class Sentence(NamedTuple):
    """Tokens `first` to `stop` (exclusive); `paragraph` counts from 0; `clauses` are its parts in order."""

    first: int
    stop: int
    paragraph: int
    clauses: tuple[tuple[int, int], ...]


def read_sentences(tagged: Tagged) -> list[Sentence]:
    """Split into sentences at stops and line ends, and each into clauses at commas and joining words.

    A full stop after a single letter or an abbreviation, or between two digits, ends no sentence.
    """
    forms = tagged.words.forms
    sentences: list[Sentence] = []
    start = paragraph = 0
    inside: list[tuple[int, str]] = []
    for i, form in [(i, form) for i, form in enumerate(forms) if form in _BREAKS]:
        if form not in _STOPS or (form == "." and not _ends_sentence(tagged, i)):
            inside.append((i, form))
            continue
        if i > start:
            sentences.append(Sentence(start, i, paragraph, _clauses(inside, start, i)))
        inside = []
        start = i + 1
        paragraph += form == "\n"
    if start < len(forms):
        sentences.append(Sentence(start, len(forms), paragraph, _clauses(inside, start, len(forms))))
    return sentences


def _ends_sentence(tagged: Tagged, i: int) -> bool:
    forms = tagged.words.forms
    if i == 0 or forms[i - 1] in _ABBREVIATIONS:
        return False
    following = forms[i + 1] if i + 1 < len(forms) else "\n"
    return not (following.isdecimal() and forms[i - 1].isdecimal() and tagged.words.adjoins(i + 1))


def _clauses(inside: list[tuple[int, str]], first: int, stop: int) -> tuple[tuple[int, int], ...]:
    """The clauses of a sentence, by the marks and joining words `inside` it."""
    cuts = [first]
    for i, form in inside:
        if form in _SPLIT_WORDS and i > cuts[-1]:
            cuts.append(i)
        elif form in _SPLIT_MARKS and i + 1 < stop and i + 1 - cuts[-1] > 3:
            cuts.append(i + 1)
    return tuple(zip(cuts, [*cuts[1:], stop], strict=True))
