"""The script layer: a normal form of the text, with an exact map back to the text as given.

The normal form levels what Arabic spelling varies in without changing who or what is meant: hamza carriers,
ta marbuta, alef maqsura, tatweel, vowel marks, presentation forms, zero-width and direction marks, both digit
scripts, words broken up with dots or tatweel to dodge filters, hashtags. Latin letters become lower case.

Every rule here works on code points; `Normal.span` turns a range of the normal form into a range of the given text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache

import msgspec

_DROP = "\x00"

# Alef and hamza carriers, ta marbuta, alef maqsura and the Persian/Urdu letters that keyboards put in their place.
_LETTERS = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ٲ": "ا", "ٳ": "ا",
    "ؤ": "و", "ئ": "ي", "ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ۀ": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه",
    "ک": "ك", "ڪ": "ك",
}  # fmt: skip
_PUNCTUATION = {
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "`": "'", "´": "'", "ʼ": "'",
    "–": "-", "—": "-", "−": "-", "‑": "-", "‐": "-", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\t": " ",
    "٪": "%", "٫": ".", "٬": ",", "،": "،", "＃": "#", "_": " ",
}  # fmt: skip
_DIGITS = {chr(0x660 + d): str(d) for d in range(10)} | {chr(0x6F0 + d): str(d) for d in range(10)}
# Vowel marks, Quranic marks, tatweel, zero-width and direction marks, the byte order mark, variation selectors.
_DROPPED = [
    *range(0x610, 0x61B), *range(0x64B, 0x660), 0x670, *range(0x6D6, 0x6DD), *range(0x6DF, 0x6E9),
    *range(0x6EA, 0x6EE), 0x640, 0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065),
    *range(0x2066, 0x206A), 0xFEFF, *range(0xFE00, 0xFE10), 0x61C, 0x0,
]  # fmt: skip


class _Table(dict[int, int | str]):
    """A translation table for `str.translate` that works out code points as they first appear.

    Every code point maps to exactly one code point, so that lengths agree; those that vanish map to NUL.
    """

    def __missing__(self, code: int) -> int | str:
        char = chr(code)
        lower = char.lower()
        value: int | str = lower if len(lower) == 1 else code
        if len(lower) == 1 and code > 0x7F and unicodedata.category(char) in ("Lu", "Ll"):
            base = unicodedata.normalize("NFD", lower)[0]
            value = base if base.isascii() and base.isalpha() else lower
        self[code] = value
        return value


_TABLE = _Table()
_TABLE.update({ord(c): v for c, v in (_LETTERS | _PUNCTUATION | _DIGITS).items()})
_TABLE.update(dict.fromkeys(_DROPPED, _DROP))

# "مقـ.ـتل", "عنـ_ـاصر", "د.ا.ع.ش": marks between letters that only break a word up.
_BROKEN = re.compile(
    r"(?<=[\u0621-\u064A])(?:\u0640+[.,_*\-·•/|]+\u0640*|[._*·•/|]+\u0640+)(?=[\u0621-\u064A])"
    r"|(?<=(?<![\u0621-\u064A])[\u0621-\u064A])[.·•*](?=[\u0621-\u064A](?:[.·•*][\u0621-\u064A])+(?![\u0621-\u064A]))"
    r"|(?<=[.·•*][\u0621-\u064A])[.·•*](?=[\u0621-\u064A](?![\u0621-\u064A]))"
)
# Where such a mark may stand at all, told from the mark itself, which is rare: a search from letters would try each one.
_MAY_BE_BROKEN = re.compile(
    r"[.,_*\-·•/|](?:\u0640|(?<=\u0640.)"
    r"|(?<=[.·•*])(?<=[\u0621-\u064A].)(?<![\u0621-\u064A][\u0621-\u064A].)[\u0621-\u064A])"
)
_DROPS = re.compile(_DROP + "+")
_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
# What most texts are written with: letters, digits and marks that stay as they are, and the few frequent ones that don't.
_PLAIN = " \n\x00!\"#$%&'()*+,-./0123456789:;<=>?@[]^abcdefghijklmnopqrstuvwxyz{|}~،؛؟" + "".join(
    chr(code) for code in range(0x621, 0x64B) if code != 0x640 and chr(code) not in _LETTERS
)
_FREQUENT = "ةأإىئؤآ\u064b\u00a0"
_UNUSUAL = re.compile(f"[^{re.escape(_PLAIN)}]")
_MOST_UNUSUAL = 40
"""Unusual characters up to which each is replaced by itself."""


def _levelled(text: str) -> tuple[str, bool]:
    """What `_TABLE` makes of a text, and whether any character of it is unusual. To replace the few characters that
    change, one after the other, is many times as fast as to look each character up."""
    for char in _FREQUENT:
        if char in text:
            text = text.replace(char, _replacement(char))
    unusual = set(_UNUSUAL.findall(text))
    if len(unusual) > _MOST_UNUSUAL:
        return text.translate(_TABLE), True
    for char in unusual:
        text = text.replace(char, _replacement(char))
    return text, bool(unusual)


@lru_cache(maxsize=4096)
def _replacement(char: str) -> str:
    return char.translate(_TABLE)


class Normal(msgspec.Struct, frozen=True):
    """A normal form and its map back.

    `text` is the normal form and `length` the length of the given text. The map is piecewise: from position
    `breaks[k]` of the normal form on, the given text's offset is the position plus `shifts[k]`.
    """

    text: str
    breaks: tuple[int, ...]
    shifts: tuple[int, ...]
    length: int

    def offset(self, position: int) -> int:
        """The given text's offset of the code point at `position` of the normal form (its length: the end)."""
        if position >= len(self.text):
            return self.length
        return position + self.shifts[bisect_right(self.breaks, position) - 1]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The range of the given text that the normal form's `start:end` (end exclusive) stands for.

        An empty range stays empty. Marks that vanish (vowel signs, tatweel) belong to the letter that they follow.
        """
        piece = bisect_right(self.breaks, start)
        if start < end < len(self.text) and (piece == len(self.breaks) or end < self.breaks[piece]):
            shift = self.shifts[piece - 1]  # nothing vanished inside it, as in most ranges
            return start + shift, end + shift
        first = self.offset(start)
        if start >= end:
            return first, first
        return first, max(self.offset(end), self.offset(end - 1) + 1)


def normalise(text: str) -> Normal:
    """Bring `text` to its normal form.

    The normal form never holds NUL; `Normal.span` of any of its ranges lies inside `text`.
    """
    table, unusual = _levelled(text)
    cuts = [match.span() for match in _DROPS.finditer(table)] if _DROP in table else []
    if _MAY_BE_BROKEN.search(text):
        cuts = sorted({*cuts, *(match.span() for match in _BROKEN.finditer(text))})
    if unusual and _PRESENTATION.search(text):
        return _with_presentation_forms(table, {i for cut in cuts for i in range(*cut)})
    parts: list[str] = []
    breaks, shifts, position, kept_from = [0], [0], 0, 0
    for start, end in cuts:
        if start > kept_from:
            parts.append(table[kept_from:start])
            position += start - kept_from
        kept_from = max(kept_from, end)
        if breaks[-1] == position:
            shifts[-1] = kept_from - position
        else:
            breaks.append(position)
            shifts.append(kept_from - position)
    parts.append(table[kept_from:])
    return Normal("".join(parts), tuple(breaks), tuple(shifts), len(text))


def _with_presentation_forms(table: str, dropped: set[int]) -> Normal:
    """The rare case: ligatures stand for several letters, so the map is made letter by letter."""
    chars: list[str] = []
    breaks, shifts = [0], [0]
    for i, char in enumerate(table):
        if char == _DROP or i in dropped:
            continue
        for part in _expand(char):
            if i - len(chars) != shifts[-1]:
                breaks.append(len(chars))
                shifts.append(i - len(chars))
            chars.append(part)
    return Normal("".join(chars), tuple(breaks), tuple(shifts), len(table))


@lru_cache(maxsize=4096)
def _expand(char: str) -> str:
    """A presentation form as the letters that it shows (NFKC), in normal form; anything else as it is."""
    if not _PRESENTATION.match(char):
        return char
    return unicodedata.normalize("NFKC", char).translate(_TABLE).replace(_DROP, "").replace(" ", "")


@lru_cache(maxsize=8192)
def normal_form(word: str) -> str:
    """The normal form of a short string, for knowledge and look-ups, where no map is needed."""
    return normalise(word).text
