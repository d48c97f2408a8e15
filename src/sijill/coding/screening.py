"""Screening: whether a report is worth reading to its end, by its words alone.

Most reports of an archive tell of no violence. Which words of a report tell an event is decided when its places, times, parties and figures are
known, which cost. So a small model of the words alone decides first: where not one of the words that may tell an event
is likely to, nothing more is read, and the record is empty.
"""

from __future__ import annotations

from sijill.coding.decisions import Models
from sijill.coding.features import word_features
from sijill.coding.ground import Ground
from sijill.coding.triggers import possible_triggers

WORTH, WORTH_ALONE = 0.3, 0.1
"""How likely one word of a report, and of a sentence or two, must be to tell an event, by the words around it alone: of 869
invented reports in which an event is rightly found, each weighed by a model that never saw it, one falls below."""


def worth_reading(ground: Ground, models: Models) -> bool:
    """Whether a report may tell an event, a tally or somebody's fate."""
    least = WORTH if ground.is_whole else WORTH_ALONE
    return any(
        models.words.probability(word_features(ground, trigger)) >= least
        for trigger in possible_triggers(ground.analysis)
    )
