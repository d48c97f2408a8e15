"""What the words around something say, whatever they are: their stems, with where they stand.

The plainest of features. Each says little and there are many, so that training trusts them less than what the rules
read (`AROUND`).
"""

from __future__ import annotations

from functools import lru_cache

from sijill.coding.ground import Ground
from sijill.rules.knowledge import function_words

AROUND = "~"
"""What the features of this module begin with."""
_BEFORE = sorted(function_words("stem.before"), key=lambda affix: (-len(affix), affix))
_AFTER = sorted(function_words("stem.after"), key=lambda affix: (-len(affix), affix))
_AFTER_ENGLISH = sorted(function_words("stem.after_english"), key=lambda affix: (-len(affix), affix))
_SHORTEST = 3
"""How many letters at least are left of a word."""
_REACH, _FEW = 5, 10
_KEPT = 40_000


@lru_cache(maxsize=_KEPT)
def stem(form: str) -> str:
    """A word in normal form without the one affix at each end by which its forms differ: rougher than morphology, and the
    same for most forms of a word ("والمتظاهرون", "متظاهرين": "متظاهر")."""
    if "a" <= form[0] <= "z":
        return _without(form, _AFTER_ENGLISH)
    for affix in _BEFORE:
        if form.startswith(affix) and len(form) - len(affix) >= _SHORTEST:
            form = form[len(affix) :]
            break
    return _without(form, _AFTER)


def _without(form: str, endings: list[str]) -> str:
    for affix in endings:
        if form.endswith(affix) and len(form) - len(affix) >= _SHORTEST:
            return form[: -len(affix)]
    return form


@lru_cache(maxsize=_KEPT)
def _said(where: str, form: str) -> str:
    return f"{AROUND}{where}={stem(form)}"


def stem_of(ground: Ground, token: int) -> str:
    """The stem of a word itself."""
    return _said("s", ground.forms[token])


def stems_near(ground: Ground, first: int, stop: int, reach: int = _REACH) -> list[str]:
    """The stems of up to `reach` words before token `first`, and from token `stop` on, in the sentence of the first."""
    low, high, _, _ = ground.analysis.sentences[ground.analysis.sentence_of(first)]
    forms = ground.forms
    return [
        *[_said("L", form) for form in forms[max(low, first - reach) : first]],
        *[_said("R", form) for form in forms[stop : min(high, stop + reach)]],
    ]


def stems_between(ground: Ground, low: int, high: int, name: str) -> list[str]:
    """The stems of the words in tokens low to high, where they are few; `name` says which way."""
    return [_said(name, form) for form in ground.forms[low:high]] if high - low <= _FEW else []


def stems_of(ground: Ground, sentence: int) -> list[str]:
    """The stems of the words of a sentence, each once, in order of the alphabet."""
    found = ground.said_in.get(sentence)
    if found is None:
        first, stop, _, _ = ground.analysis.sentences[sentence]
        found = ground.said_in[sentence] = sorted({_said("S", form) for form in ground.forms[first:stop]})
    return found
