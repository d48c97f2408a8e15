"""The words that decide whether a name is a place, of what kind and how exactly meant: `knowledge/places/cues.tsv`."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from sijill.language.gazetteer import PLACES
from sijill.text.words import split_words

_CONJUNCTIONS = ("", "و")
_PREPOSITIONS = ("", "ب", "ل")


class Cue(NamedTuple):
    """What a word says of the name beside it: `category` and `value` of cues.tsv, and whether several names follow."""

    category: str
    value: str
    several: bool


class PlaceCues(NamedTuple):
    """Cues by word in normal form (Arabic) and by phrase (English); weak names with the spelling that frees them."""

    words: dict[str, Cue]
    english: dict[str, Cue]
    after: dict[str, Cue]
    stop: frozenset[str]
    weak: dict[str, str]
    weak_english: frozenset[str]
    demonyms: dict[str, str]
    whole: frozenset[str]
    back: dict[str, tuple[str, ...]]
    pair: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def place_cues() -> PlaceCues:
    """The cues, weak names and demonyms, read once per process."""
    words: dict[str, Cue] = {}
    english: dict[str, Cue] = {}
    after: dict[str, Cue] = {}
    stop: set[str] = set()
    back: dict[str, tuple[str, ...]] = {}
    pair: dict[str, tuple[str, ...]] = {}
    for line in _lines("cues.tsv"):
        category, value, forms = line.split("\t")
        for form in forms.split("|"):
            several = form.rstrip().endswith("+")
            key = " ".join(split_words(form.replace("+", "")))
            if category == "back":
                back[key] = tuple(value.split(","))
            elif category == "pair":
                pair[key] = tuple(value.split(","))
            elif category == "stop":
                stop.add(key)
            elif category == "after":
                after[key] = Cue(category, value, False)
            elif category.startswith("english_"):
                english[key] = Cue(category.removeprefix("english_"), value, False)
            elif " " not in key:
                words.setdefault(key, Cue(category, value, several))
    weak: dict[str, str] = {}
    for line in _lines("weak.tsv"):
        name, _, spelling = line.partition("\t")
        weak[" ".join(split_words(name))] = spelling
    demonyms: dict[str, str] = {}
    for line in _lines("demonyms.tsv")[1:]:
        name, country = line.split("\t")
        demonyms[name] = country
    return PlaceCues(
        words, english, after, frozenset(stop), weak, frozenset(line.strip() for line in _lines("weak_english.tsv")), demonyms,
        frozenset(line.strip() for line in _lines("whole.tsv")), back, pair,
    )  # fmt: skip


def _lines(name: str) -> list[str]:
    text = (PLACES / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@lru_cache(maxsize=10_000)
def name_starts(form: str) -> tuple[tuple[str, str], ...]:
    """How a word in normal form may begin a name: (the word without proclitics, the proclitics), fewest first.

    "وبدمشق" may be itself, بدمشق after و, or دمشق after و and ب; "للرقه" may be الرقه after ل.
    """
    found = [(form, "")]
    if form in place_cues().whole:
        return tuple(found)
    for conjunction in _CONJUNCTIONS:
        if not form.startswith(conjunction):
            continue
        rest = form[len(conjunction) :]
        for preposition in _PREPOSITIONS:
            stem = rest[len(preposition) :]
            if not rest.startswith(preposition) or len(stem) < 2 or not conjunction + preposition:
                continue
            found.append((stem, conjunction + preposition))
            if preposition == "ل" and stem.startswith("ل") and len(stem) > 2:
                found.append(("ا" + stem, conjunction + preposition))
    return tuple(found)


@lru_cache(maxsize=10_000)
def arabic_cue(form: str) -> Cue | None:
    """The cue that a word in normal form is, its proclitics and article taken off; None of any other word."""
    words = place_cues().words
    for stem, _ in name_starts(form):
        if stem in words:
            return words[stem]
        if stem.startswith("ال") and stem[2:] in words and words[stem[2:]].category in ("near", "road"):
            return words[stem[2:]]
    if form.startswith("ف") and len(form) > 4:  # "فمديرية كتف", "ففي بلدة"
        cue = words.get(form[1:])
        return cue if cue is not None and cue.category == "head" else None
    return None


@lru_cache(maxsize=10_000)
def demonym_country(form: str) -> str | None:
    """The country that an Arabic nisba or an English demonym in normal form belongs to; None of any other word."""
    known = place_cues().demonyms
    if form in known:
        return known[form]
    for stem, _ in name_starts(form):
        bare = stem[2:] if stem.startswith("ال") and len(stem) > 5 else stem
        for ending in ("", "ه", "ين", "ون", "ات", "ان", "تين", "تان", "ا"):
            if ending and not bare.endswith(ending):
                continue
            country = known.get(bare[: len(bare) - len(ending)] if ending else bare)
            if country:
                return country
    return None
