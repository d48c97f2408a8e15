"""Which language a report is in, and whether it is one that is read.

A declared language is believed. Otherwise letters and very frequent words tell (a few microseconds a word); the language
model, which takes half a second to load, is asked only where they leave doubt.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from sijill.rules.knowledge import KNOWLEDGE

READ = ("ar", "en")
"""ISO 639-1 codes of the languages that are read."""

_SAMPLE = 20_000
"""Code points from the head of a text that the language is told from."""

_THREE_LETTERS = {
    "ara": "ar",
    "eng": "en",
    "arb": "ar",
    "apc": "ar",
    "acm": "ar",
    "arz": "ar",
    "arabic": "ar",
    "english": "en",
}
_ARABIC_DIALECTS = frozenset(("ar", "arb", "ary", "arz", "apc", "acm", "ajp", "aeb", "afb", "ars", "acq"))
_WORD = re.compile(r"[^\W\d_]+")
# Tatweel, vowel marks and zero-width marks say nothing about the language and break words up.
_MARKS = re.compile("[\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SCRIPTS = (
    ("arabic", re.compile("[\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")),
    ("latin", re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")),
    ("Hebrew", re.compile("[\u0590-\u05ff]")),
    ("Cyrillic", re.compile("[\u0400-\u052f]")),
    ("Greek", re.compile("[\u0370-\u03ff]")),
    ("Syriac", re.compile("[\u0700-\u074f]")),
    ("Armenian", re.compile("[\u0530-\u058f]")),
    ("Amharic", re.compile("[\u1200-\u139f]")),
    ("Devanagari", re.compile("[\u0900-\u097f]")),
    ("Bengali", re.compile("[\u0980-\u09ff]")),
    ("Chinese or Japanese", re.compile("[\u3040-\u30ff\u3400-\u9fff]")),
    ("Korean", re.compile("[\uac00-\ud7af]")),
)  # fmt: skip


class UnreadLanguageError(ValueError):
    """A report is in a language that is not read. `language` is its code, or the name of its script, or ""."""

    def __init__(self, language: str, name: str) -> None:
        self.language = language
        self.name = name
        super().__init__(
            f"the text is in {name}, which is not read"
            if name
            else "the text has no words that a language could be told from"
        )

    def __reduce__(self) -> tuple[type[UnreadLanguageError], tuple[str, str]]:
        return type(self), (self.language, self.name)


class _Language(NamedTuple):
    code: str
    name: str
    script: str
    letters: frozenset[str]
    words: frozenset[str]


@lru_cache(maxsize=1)
def _languages() -> tuple[_Language, ...]:
    rows = []
    for line in (KNOWLEDGE / "languages" / "languages.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "code\t")):
            code, name, script, letters, words = line.split("\t")
            rows.append(_Language(code, name, script, frozenset(letters), frozenset(words.split())))
    return tuple(rows)


def language_name(code: str) -> str:
    """The English name of a language code; the code itself where it isn't listed."""
    return next(
        (row.name for row in _languages() if row.code == code), _OTHER_NAMES.get(code, f"language {code!r}")
    )


_OTHER_NAMES = {
    "he": "Hebrew",
    "ru": "Russian",
    "uk": "Ukrainian",
    "el": "Greek",
    "am": "Amharic",
    "hy": "Armenian",
    "zh": "Chinese",
}


def identify(text: str, declared: str | None = None) -> str:
    """The ISO 639-1 code of the language that a text is in, one of `READ`.

    `declared` (a code such as "ar", "ara" or "ar-SY") beats what the text looks like. Raises `UnreadLanguageError`,
    whose message names the language, for any other language and for a text with no words in it.
    """
    if declared and declared.strip():
        code = declared.strip().lower().replace("_", "-").partition("-")[0]
        code = _THREE_LETTERS.get(code, code)
        if code not in READ:
            raise UnreadLanguageError(code, language_name(code))
        return code
    sample = _MARKS.sub("", text[:_SAMPLE])
    if not _WORD.search(sample):
        sample = _MARKS.sub("", text)
    script = _script_of(sample)
    if not script:
        raise UnreadLanguageError("", "")
    if script not in ("arabic", "latin"):
        raise UnreadLanguageError(script, f"{script} script")
    code = _by_words(_scores(sample, script), "ar" if script == "arabic" else "en") or _by_model(
        sample, script
    )
    if code not in READ:
        raise UnreadLanguageError(code, language_name(code))
    return code


def _script_of(sample: str) -> str:
    """The script that most letters are of; a letter of the Arabic script weighs as one and a half Latin ones, whose words
    are longer."""
    counts = [(len(pattern.findall(sample)), name) for name, pattern in _SCRIPTS]
    weighed = [(count * 3 if name != "latin" else count * 2, name) for count, name in counts]
    best, name = max(weighed, key=lambda pair: pair[0])
    return name if best else ""


def _scores(sample: str, script: str) -> list[tuple[float, str]]:
    """How far letters and frequent words point to each language of a script, the most first."""
    words = _WORD.findall(sample.lower())
    letters = Counter(sample)
    scores: dict[str, float] = {}
    for row in _languages():
        if row.script == script:
            said = sum(word in row.words for word in words)
            own = sum(letters[letter] for letter in row.letters)
            scores[row.code] = said + own * (0.5 if script == "arabic" else 0.25)
    if script == "arabic":
        # The article, with and without a particle before it, is Arabic's own.
        scores["ar"] += sum(word.startswith(("ال", "وال", "بال", "لل")) and len(word) > 3 for word in words)
    return sorted(((score, code) for code, score in scores.items()), key=lambda pair: (-pair[0], pair[1]))


def _by_words(scores: list[tuple[float, str]], ours: str) -> str | None:
    """The language that the scores point to, or None where they leave doubt; `ours` where nothing points to another."""
    (score, best), (second, _) = scores[:2]
    if all(score == 0 or code == ours for score, code in scores):
        return ours
    return best if score >= 2 and score >= 1.5 * second else None


def _by_model(sample: str, script: str) -> str:
    """Ask the language model; the dialects that it tells apart are written as one language."""
    from py3langid import classify

    code = str(classify(sample)[0])
    if code in _ARABIC_DIALECTS:
        return "ar"
    if code in ("ku", "kmr", "sdh", "ckb"):
        return "ckb" if script == "arabic" else "ku"
    return "en" if code in ("pcm", "sco") else code
