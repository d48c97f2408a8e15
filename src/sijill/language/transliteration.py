"""One key for a name in two scripts: السوسة and "As Susah", دير الزور and "Deir ez-Zor", أولاد and "Ouled".

Arabic writes consonants and long vowels; romanisations (BGN/PCGN, UCDP's, French, loose English) write short vowels
too, and each writes the consonants its own way. Both sides are brought to *skeletons*: the consonants that the
scripts share, in classes that romanisations keep apart, without the article, glides, ayn, hamza and the feminine
ending. A name has several skeletons where its spelling leaves a choice. Names that share a skeleton are then compared
letter by letter, long vowels counting more than short ones (`likeness`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

from rapidfuzz.distance import Levenshtein

from sijill.text.script import normal_form

_MOST_SKELETONS = 24

# Skeleton letters: x is خ, g is غ, v is ش. Letters with a choice of romanisation list every class.
_ARABIC_CLASSES = {
    "ب": "b", "پ": "b", "ت": "t", "ث": "ts", "ج": "jg", "چ": "vj", "ح": "h", "خ": "xh", "د": "d", "ذ": "dz",
    "ر": "r", "ز": "z", "ژ": "jz", "س": "s", "ش": "v", "ص": "s", "ض": "dz", "ط": "t", "ظ": "zd", "غ": "g", "ف": "f",
    "ڤ": "f", "ق": "kg", "ك": "k", "گ": "gk", "ل": "l", "م": "m", "ن": "n", "ه": "h",
}  # fmt: skip
_ARABIC_LETTERS = {
    **{letter: classes[0] for letter, classes in _ARABIC_CLASSES.items()},
    "ا": "a", "و": "u", "ي": "i", "ع": "", "ء": "",
}  # fmt: skip

# Romanised consonants, longest first. A digraph may also be two letters ("Is-hak"), which `likeness` tolerates.
_LATIN_CLASSES = {
    "sch": "v", "tch": "v", "kh": "x", "gh": "g", "sh": "v", "ch": "vx", "th": "ts", "dh": "dz", "ph": "f", "dj": "j",
    "zh": "jz", "ck": "k", "qu": "k", "b": "b", "c": "kjs", "d": "d", "f": "f", "g": "gjk", "h": "h", "j": "j",
    "k": "k", "l": "l", "m": "m", "n": "n", "p": "b", "q": "kg", "r": "r", "s": "s", "t": "t", "v": "f", "x": "hx",
    "z": "z", "ʃ": "v",
}  # fmt: skip
_LATIN_SOUND = re.compile("|".join(sorted(_LATIN_CLASSES, key=len, reverse=True)) + "|[aeiouwy]+")
_ARTICLES = {
    "al": "", "el": "", "ul": "", "il": "", "l": "", "ar": "r", "er": "r", "ur": "r", "as": "s", "es": "s", "us": "s",
    "ash": "sh", "esh": "sh", "ech": "ch", "at": "t", "et": "t", "ut": "t", "ad": "d", "ed": "d", "ud": "d", "az": "z",
    "ez": "z", "uz": "z", "an": "n", "en": "n", "un": "n", "ath": "th", "eth": "th", "adh": "dh", "edh": "dh", "ush": "sh",
}  # fmt: skip
# Generic words that French, Egyptian and dialect romanisations write far from the letters.
_GENERIC = {
    "oued": "wadi", "ouad": "wadi", "uadi": "wadi", "djebel": "jabal", "jebel": "jabal", "gebel": "jabal",
    "gabal": "jabal", "bordj": "burj", "borj": "burj", "ouled": "awlad", "oulad": "awlad", "ksar": "qasr",
    "sheik": "shaykh", "cheikh": "shaykh", "sheikh": "shaykh", "shaikh": "shaykh", "hassi": "hasi", "deir": "dayr",
    "dair": "dayr", "tell": "tall", "tel": "tall", "tal": "tall", "umm": "um", "oum": "um", "bou": "abu", "bu": "abu",
    "bir": "bir", "beer": "bir", "kfar": "kafr", "kafar": "kafr", "beni": "bani", "souk": "suq", "souq": "suq",
}  # fmt: skip
_LATIN_SPLIT = re.compile(r"[^a-z]+")
_MARKS = re.compile("['`ʻʼʽʾʿ’‘´]")
_SPECIAL = str.maketrans(
    {"ı": "i", "ş": "ʃ", "ç": "ʃ", "ğ": "g", "ə": "a", "æ": "a", "ø": "o", "ß": "s", "đ": "d"}
)
_ARABIC_LETTER = re.compile("[\u0621-\u064a\u0671-\u06d3]")
_VOWELS = str.maketrans("eyow", "iiuu")
_ARABIC_WORDS = re.compile("[\u0621-\u064a\u0671-\u06d3]+")
_DOUBLED = re.compile(r"(.)\1+")
_KEPT = 10_000
"""How many names are kept with how they sound."""


def is_arabic_name(name: str) -> bool:
    """Whether a name holds Arabic letters."""
    return _ARABIC_LETTER.search(name) is not None


@lru_cache(maxsize=_KEPT)
def skeletons(name: str) -> tuple[str, ...]:
    """The consonant skeletons of a name in either script, the likeliest first; () of a name without consonants."""
    choices = _arabic_choices(name) if is_arabic_name(name) else _latin_choices(name)
    found: dict[str, None] = {}
    for options in choices:
        size = 1
        trimmed: list[str | tuple[str, ...]] = []
        for option in options:
            trimmed.append(option if size * len(option) <= _MOST_SKELETONS else option[:1])
            size *= len(trimmed[-1])
        for letters in product(*trimmed):
            key = "".join(letters)
            if key:
                found[key] = None
    return tuple(found)


def _arabic_choices(name: str) -> list[list[str | tuple[str, ...]]]:
    options: list[str | tuple[str, ...]] = []
    words = _arabic_words(name)
    for number, word in enumerate(words):
        last = len(word) - 1
        for place, letter in enumerate(word):
            if place == last and place > 0 and letter == "ه":
                options.append(("", "t") if number < len(words) - 1 else ("",))
            elif place == last and letter == "ح":
                options.append(("h", ""))
            elif letter in _ARABIC_CLASSES:
                options.append(_ARABIC_CLASSES[letter])
    return [options] if options else []


def _arabic_words(name: str) -> list[str]:
    """The words of an Arabic name in normal form, without articles."""
    return [_without_article(word) for word in _ARABIC_WORDS.findall(normal_form(name))]


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 3 else word


def _latin_choices(name: str) -> list[list[str | tuple[str, ...]]]:
    ways = [[_sounds(word) for word in _latin_words(name)]]
    first = ways[0][0] if ways[0] else ""
    # "Albukamal", "Elmina", "Assoussa": an article run together with its word.
    if len(first) > 3 and first[0] in "ae" and (first[1] == "l" or first[1] == first[2]):
        ways.append([first[2:], *ways[0][1:]])
    found: list[list[str | tuple[str, ...]]] = []
    for words in ways:
        options: list[str | tuple[str, ...]] = []
        for word in words:
            pieces = list(_LATIN_SOUND.findall(word))
            for place, piece in enumerate(pieces):
                if piece == "h" and place == len(pieces) - 1 and place > 0:
                    options.append(("", "h"))
                elif piece in _LATIN_CLASSES:
                    options.append(_LATIN_CLASSES[piece])
        if options:
            found.append(options)
    return found


def fold_latin(name: str) -> str:
    """A romanised name in plain lower-case letters a to z and single spaces, its marks and accents taken off.

    Turkish ş and ç become "sh" and "ch", as Arabic hears them.
    """
    text = _MARKS.sub("", normal_form(name.lower().translate(_SPECIAL))).replace("ʃ", "sh")
    return " ".join(part for part in _LATIN_SPLIT.split(text) if part)


def _latin_words(name: str) -> list[str]:
    """The words of a romanised name without their articles: "As Susah" gives ["susah"]."""
    words = fold_latin(name).split()
    kept: list[str] = []
    for number, word in enumerate(words):
        following = words[number + 1] if number + 1 < len(words) else ""
        lead = _ARTICLES.get(word)
        if lead is not None and following and following.startswith(lead):
            continue
        kept.append(_GENERIC.get(word, word))
    return kept


def _sounds(word: str) -> str:
    """A romanised word with doubled letters levelled and the French and English vowels written as one letter."""
    return _DOUBLED.sub(
        r"\1", word.replace("oua", "wa").replace("ou", "u").replace("ee", "i").replace("oo", "u")
    )


@lru_cache(maxsize=_KEPT)
def sound_form(name: str) -> str:
    """A name in either script as one string of sounds, for letter-by-letter comparison; long vowels are a, i, u."""
    if is_arabic_name(name):
        words = []
        for word in _arabic_words(name):
            body = word[:-1] + "a" if word[-1:] == "ه" and len(word) > 1 else word
            words.append(
                "".join(_ARABIC_LETTERS.get(letter, "a" if letter == "a" else "") for letter in body)
            )
        return "".join(words)
    out: list[str] = []
    for word in _latin_words(name):
        for piece in _LATIN_SOUND.findall(_sounds(word)):
            if piece in _LATIN_CLASSES:
                out.append(_LATIN_CLASSES[piece][0])
            else:
                out.append(piece.translate(_VOWELS))
        if out and out[-1] == "h" and len(word) > 2:
            out.pop()
    return _DOUBLED.sub(r"\1", "".join(out))


def likeness(arabic: str, latin: str) -> float:
    """How alike an Arabic and a romanised name sound, 0 to 1. Short vowels that only the romanisation writes cost
    little, consonants and long vowels cost their full weight."""
    left, right = sound_form(arabic), sound_form(latin)
    if not left or not right:
        return 0.0
    cost = Levenshtein.distance(left, right, weights=(1, 4, 3))
    return max(0.0, 1.0 - cost / (2.0 * max(len(left), len(right))))


def spelling_likeness(left: str, right: str) -> float:
    """How alike two romanised names sound, 0 to 1, short vowels counting as much as any letter."""
    return Levenshtein.normalized_similarity(sound_form(left), sound_form(right))
