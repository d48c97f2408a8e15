"""Lexicons: words and phrases of a category, kept as data, inflected once, looked up by what stands in a text.

A lexicon is a tab-separated file under `knowledge/lexicons/<language>/` with the columns

    category   value   forms   example   counter

`forms` are separated by " | ". A form is taken as it is written (its clitics apart) unless it carries a mark:

    n:قتيل/قتلى       a noun: singular/plural(s); the dual, the feminine in ة and the sound plurals are made
    m:مقتل            a verbal noun or any noun that is used in the singular only
    v:قتل/يقتل        a verb: past stem/present; persons, numbers and genders of the third person are made
    w:…               a word that takes no clitics at all
    1:رجل أمن         a phrase for one; 2:رجلا أمن a phrase for two

In English `v:kill` makes kills, killed, killing (`v:shoot/shot/shot` where irregular), `n:soldier` makes soldiers
(`n:man/men`). `example` is a text in which the entry must be found, `counter` one in which it must not; several are
separated by " ‖ ". Both run as tests.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import msgspec

from sijill.rules.inflection import arabic_forms, english_forms
from sijill.text.memory import WordMemory
from sijill.text.words import Reading, noun_readings, split_words, verb_readings


class Entry(NamedTuple):
    """A line of a lexicon. `rule` names it in derivations: language, lexicon, value."""

    category: str
    value: str
    forms: tuple[str, ...]
    examples: tuple[str, ...]
    counters: tuple[str, ...]
    rule: str
    line: int


class Sense(NamedTuple):
    """What a form may stand for: `kind` is "noun", "verb" or "word"; `inflection` what was done to the lemma
    ("past", "present", "plural", "dual", "masdar", …)."""

    category: str
    value: str
    rule: str
    kind: str
    inflection: str


class Tag(NamedTuple):
    """A sense found in a text: tokens `first` to `stop` (exclusive), and the clitics that stood on the first."""

    first: int
    stop: int
    sense: Sense
    proclitics: str
    definite: bool
    enclitic: str


class Branch(msgspec.Struct, array_like=True):
    """What the words so far may mean as a phrase (`senses`), and the words that may follow them (`next`)."""

    senses: list[Sense]
    next: dict[str, Branch]


FoundSense = tuple[Sense, str, bool, str]
"""A sense with the proclitics, the article and the enclitic that the word carries."""
FoundStart = tuple[dict[str, Branch], str, bool]
"""The words that may follow a word in a phrase, with its proclitics and article."""
Found = tuple[tuple[FoundSense, ...], tuple[FoundStart, ...]] | tuple[()]
"""What a word may mean and begin; empty of a word that no lexicon knows."""


_LEAST_MISSPELT = 5
"""A word of more letters than this may be read with one alef dropped, where nothing else fits."""


_QUOTE = '"'
"""Every quotation mark in normal form."""


class LexiconError(ValueError):
    """A lexicon file that breaks the format; the message names the file and line."""


def read_lexicon(path: Path, language: str) -> Iterator[Entry]:
    """The entries of one lexicon file. Raises LexiconError naming the file and line."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) < 3 or len(cells) > 5:
            raise LexiconError(f"{path}:{number}: wanted category, value, forms[, example[, counter]]")
        category, value, forms, example, counter = (*cells, "", "")[:5]
        yield Entry(
            category.strip(),
            value.strip(),
            tuple(form.strip() for form in forms.split(" | ") if form.strip()),
            _several(example),
            _several(counter),
            f"{language}.{path.stem}.{value.strip()}",
            number,
        )


def _several(cell: str) -> tuple[str, ...]:
    return tuple(text.strip() for text in cell.split("‖") if text.strip())


class Forms(msgspec.Struct, array_like=True):
    """The forms of a lexicon, inflected: senses of single words, words by how they are spelt with an alef dropped, and
    phrases by their first word."""

    words: dict[str, list[Sense]] = {}
    without_alef: dict[str, str] = {}
    phrases: dict[str, Branch] = {}


def compile_forms(entries: Iterable[Entry], language: str) -> Forms:
    """Inflect the entries of a language."""
    forms = Forms()
    inflect = arabic_forms if language == "ar" else english_forms
    for entry in entries:
        for form in entry.forms:
            for kind, inflection, surface in inflect(form):
                sense = Sense(entry.category, entry.value, entry.rule, kind, inflection)
                _add(forms, split_words(surface), sense, language == "ar")
    return forms


def _add(forms: Forms, tokens: list[str], sense: Sense, arabic: bool) -> None:
    if len(tokens) == 1:
        word = tokens[0]
        if arabic and len(word) > _LEAST_MISSPELT:
            for at, letter in enumerate(word):
                if letter == "ا" and 1 < at < len(word) - 1 and word[at:] != "ات":
                    forms.without_alef.setdefault(word[:at] + word[at + 1 :], word)
        senses = forms.words.setdefault(word, [])
        if not any(s[:3] == sense[:3] and s.kind == sense.kind for s in senses):
            senses.append(sense)
    elif tokens:
        branches = forms.phrases
        for token in tokens:
            branch = branches.setdefault(token, Branch([], {}))
            branches = branch.next
        insort(branch.senses, sense)


class Lexicon:
    """Compiled lexicons of one language: a single pass over the tokens finds every entry, longest first."""

    def __init__(self, entries: Iterable[Entry] | Forms, language: str) -> None:
        forms = entries if isinstance(entries, Forms) else compile_forms(entries, language)
        self._words = forms.words
        self._without_alef = forms.without_alef
        self._phrases = forms.phrases
        self._arabic = language == "ar"
        self._known: WordMemory[Found] = WordMemory()

    def __contains__(self, form: str) -> bool:
        return form in self._words or form in self._phrases

    def senses(self, form: str) -> tuple[FoundSense, ...]:
        """The senses of a single token in normal form, each with proclitics, article and enclitic; the reading with
        the fewest clitics wins within a category."""
        found = self._look_up(form)
        return found[0] if found else ()

    def _look_up(self, form: str) -> Found:
        """What a word may mean and begin, kept for the next time that it stands in a text."""
        if self._known.recall(form):
            return self._known[form]
        nouns = list(noun_readings(form))[1:] if self._arabic else []
        senses = sorted(self._find_senses(form, nouns), key=lambda found: found[0])
        found: Found = (tuple(senses), tuple(self._find_starts(form, nouns)))
        if not any(found):
            misspelt = tuple(self._find_misspelt(form, nouns)) if self._arabic else ()
            found = (misspelt, ()) if misspelt else ()
        self._known.keep(form, found)
        return found

    def _find_misspelt(self, form: str, nouns: list[Reading]) -> Iterator[FoundSense]:
        """The senses of a long word that no lexicon knows, read with the long alef that typing dropped inside it:
        "الانفجرات" for "الانفجارات"; "حلفئهم" for "حلفائهم". Short words are names too often, and a
        plural in ـات without its alef is a verb ("عاملت"), so that one stays as it is."""
        for stem, proclitics, definite, enclitic in ((form, "", False, ""), *nouns):
            whole = self._without_alef.get(stem) if not enclitic else None
            if whole is not None:
                for sense in self._words[whole]:
                    if sense.kind == "noun":
                        yield sense, proclitics, definite, ""
                return

    def _find_senses(self, form: str, nouns: list[Reading]) -> Iterator[FoundSense]:
        whole = self._words.get(form, ())
        yield from ((sense, "", False, "") for sense in whole)
        if not self._arabic:
            return
        taken = {(sense.category, sense.value) for sense in whole}
        for kind, readings in (("noun", nouns), ("verb", islice(verb_readings(form), 1, None))):
            for stem, proclitics, definite, enclitic in readings:
                for sense in self._words.get(stem, ()):
                    if sense.kind == kind and (sense.category, sense.value) not in taken:
                        taken.add((sense.category, sense.value))
                        yield sense, proclitics, definite, enclitic

    def _find_starts(self, form: str, nouns: list[Reading]) -> Iterator[FoundStart]:
        if form in self._phrases:
            yield self._phrases[form].next, "", False
        if len(form) > 2:
            for stem, proclitics, definite, enclitic in nouns:
                if not enclitic and stem in self._phrases:
                    yield self._phrases[stem].next, proclitics, definite

    def tag(self, forms: list[str]) -> list[Tag]:
        """Every entry found in the tokens `forms` (normal form), in order of place. Phrases are matched token by
        token as written, a quotation mark inside one passed over (حركة «الشباب»); the first token may carry proclitics
        and the article."""
        tags: list[Tag] = []
        new = tuple.__new__  # a third of the time of Tag(...), which is called for every third word of a text
        known = self._known
        for i, found in enumerate(map(known.get, forms)):
            if found is None:
                found = self._look_up(forms[i])
            if not found:
                continue
            senses, starts = found
            for sense, proclitics, definite, enclitic in senses:
                tags.append(new(Tag, (i, i + 1, sense, proclitics, definite, enclitic)))
            if starts and i + 1 < len(forms):
                at = i + 2 if forms[i + 1] == _QUOTE and i + 2 < len(forms) else i + 1
                following = forms[at]
                for branches, proclitics, definite in starts:
                    if following in branches:
                        tags += [
                            Tag(i, stop, sense, proclitics, definite, "")
                            for stop, senses_there in _phrases_from(forms, at, branches)
                            for sense in senses_there
                        ]
        return tags


def _phrases_from(forms: list[str], at: int, branches: dict[str, Branch]) -> list[tuple[int, list[Sense]]]:
    """The phrases that go on from token `at` with one of the branches, the longest first: the token after each, and its
    senses."""
    found: list[tuple[int, list[Sense]]] = []
    while at < len(forms):
        branch = branches.get(forms[at])
        if branch is None:
            if forms[at] != _QUOTE:
                break
            at += 1
            continue
        at += 1
        if branch.senses:
            found.append((at, branch.senses))
        branches = branch.next
    found.reverse()
    return found
