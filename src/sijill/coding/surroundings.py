"""What the words around something say, whatever they are: their stems, with where they stand.

The plainest of features. Each says little and there are many, so that training trusts them less than what the rules
read (`AROUND`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from sijill.coding.ground import Ground
from sijill.coding.said import Said
from sijill.rules.knowledge import function_words

AROUND = "~"
"""What the features of this module begin with."""
_REACH, _FEW = 5, 10
_OFTEN = {"S": 50_000, "L": 20_000, "R": 20_000}
"""How many words are kept as they are said where many stand; elsewhere, `_KEPT`."""
_KEPT = 5_000


def _ending(name: str) -> str:
    """A pattern of a stem, of three letters at least, up to the longest of the endings that a word may have."""
    return f"(.{{3,}}?)(?:{'|'.join(map(re.escape, sorted(function_words(name))))})?"


_BEFORE = "|".join(map(re.escape, sorted(function_words("stem.before"), key=len, reverse=True)))
_ARABIC = re.compile(f"(?:(?:{_BEFORE})(?=.{{3}}))?{_ending('stem.after')}")
_ENGLISH = re.compile(_ending("stem.after_english"))


def stem(form: str) -> str:
    """A word in normal form without the one affix at each end by which its forms differ, where three letters are left:
    rougher than morphology, and the same for most forms of a word ("والمتظاهرون", "متظاهرين": "متظاهر")."""
    found = (_ENGLISH if "a" <= form[0] <= "z" else _ARABIC).fullmatch(form)
    return found[1] if found else form


def _saying(where: str) -> Callable[[str], str]:
    """What says of a word that it stands somewhere, by its stem."""

    @lru_cache(maxsize=_OFTEN.get(where, _KEPT))
    def said(form: str) -> str:
        return f"{AROUND}{where}={stem(form)}"

    return said


_SAID = {where: _saying(where) for where in ("s", "L", "R", "S", "before", "after")}


def stem_of(ground: Ground, token: int) -> str:
    """The stem of a word itself."""
    return _SAID["s"](ground.forms[token])


def stems_near(ground: Ground, first: int, stop: int, reach: int = _REACH) -> list[str]:
    """The stems of up to `reach` words before token `first`, and from token `stop` on, in the sentence of the first."""
    low, high, _, _ = ground.analysis.sentences[ground.analysis.sentence_of(first)]
    forms = ground.forms
    return [
        *map(_SAID["L"], forms[max(low, first - reach) : first]),
        *map(_SAID["R"], forms[stop : min(high, stop + reach)]),
    ]


def stems_between(ground: Ground, low: int, high: int, side: str) -> list[str]:
    """The stems of the words in tokens low to high, where they are few; `side` ("before", "after") says which way."""
    return list(map(_SAID[side], ground.forms[low:high])) if high - low <= _FEW else []


def stems_of(ground: Ground, sentence: int) -> Said:
    """The stems of the words of a sentence, each once, in order of place."""
    found = ground.said_in.get(sentence)
    if found is None:
        first, stop, _, _ = ground.analysis.sentences[sentence]
        stems = dict.fromkeys(map(_SAID["S"], ground.forms[first:stop]))
        found = ground.said_in[sentence] = Said(list(stems))
    return found
