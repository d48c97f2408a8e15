"""What a charge went off at, by name: by it two tellings of one bombing are known, whatever days stand around them."""

from __future__ import annotations

from sijill.coding.ground import Ground
from sijill.coding.triggers import Trigger
from sijill.language.place_cues import arabic_cue
from sijill.rules.knowledge import function_words

_STOP = function_words("name.stop") | function_words("place.join")
_AFTER, _NAME = 4, 3
"""How many words after the trigger a building may be named, and how many words of its name are compared."""


def named_target(ground: Ground, trigger: Trigger) -> frozenset[str]:
    """The words of the name of the building that is said to be hit: of "تفجير مسجد الإمام الصادق" and of "تعرض مسجد الإمام
    الصادق إلى تفجير" الإمام and الصادق; none of "تفجير مسجد في القرية"."""
    first, stop = trigger.clause
    after = range(trigger.stop, min(trigger.stop + _AFTER, stop))
    before = range(trigger.first - 1, first - 1, -1)
    for at in (*after, *before):
        cue = arabic_cue(ground.forms[at])
        if cue is not None and cue.value in ("facility", "namesake"):
            return _name(ground, at + 1, ground.analysis.sentences[trigger.sentence].stop)
    return frozenset()


def _name(ground: Ground, first: int, stop: int) -> frozenset[str]:
    """The words of a name that begins at token `first`, up to a mark, a preposition or another happening."""
    words: list[str] = []
    for at in range(first, min(first + _NAME, stop)):
        form = ground.forms[at]
        if not form[0].isalpha() or form in _STOP or ground.triggers_between(at, at + 1):
            break
        words.append(form)
    return frozenset(words)
