"""Triggers: the words that may tell an event, with the ground that they stand on.

Names, dates and speakers are recognised before: no trigger is looked for inside them, nor inside a longer expression that
the lexicons know to mean something else ("هيئة تحرير الشام", "طعن في الحكم").
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from sijill.language.analysis import Analysis
from sijill.rules.knowledge import KNOWLEDGE, rows_of
from sijill.rules.lexicon import Tag


class Kind(NamedTuple):
    """What a kind of trigger stands for: the codebook's group and type that it gives by itself, and how far the word
    alone tells an event (3 it does, 0 only beside another)."""

    name: str
    group: str
    type: str
    strength: int
    family: str

    def goes_with(self, other: Kind) -> bool:
        """Whether triggers of the two kinds may tell one event."""
        return _go_together(self.family, self.group, other.family, other.group)


_TOGETHER = (
    {"fight", "blast"},
    {"seize", "kill"},
    {"protest", "seize"},
    {"fight", "move"},
    {"loot", "fight"},
)


@lru_cache(maxsize=4096)
def _go_together(family: str, group: str, other_family: str, other_group: str) -> bool:
    pair = {family, other_family}
    if "kill" in pair and "battles" in (group, other_group):
        return False  # those executed in a battle are a wrong of its own
    return len(pair) == 1 or "any" in pair or pair in _TOGETHER


class Trigger(NamedTuple):
    """A trigger at tokens `first` to `stop` (exclusive), in sentence `sentence` and its clause `clause`."""

    first: int
    stop: int
    kind: Kind
    form: str
    definite: bool
    proclitics: str
    sentence: int
    clause: tuple[int, int]
    rule: str


Told = tuple[str, int]
"""A kind, and how many tokens apart the words may stand that tell it together."""


@lru_cache(maxsize=1)
def kinds() -> dict[str, Kind]:
    """The kinds of trigger, from `knowledge/kinds.tsv`."""
    lines = (KNOWLEDGE / "kinds.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith(("#", "kind\t"))]
    return {
        name: Kind(name, group, type_, int(strength), family) for name, group, type_, strength, family in rows
    }


def read_triggers(analysis: Analysis) -> list[Trigger]:
    """Every trigger in order of place; of those that overlap the longest stands, then the stronger kind."""
    found: list[Trigger] = []
    known = kinds()
    masked = _masked(analysis)
    tags = sorted((kind, tag) for kind, tag in _unmasked(analysis, masked) if not _inside(analysis, tag))
    held = dict.fromkeys(masked, len(analysis.words))
    for _, tag in tags:
        held[tag.first] = max(tag.stop, held.get(tag.first, 0))
    framed = _framed(analysis, held)
    told = {tag.first for _, tag in framed}  # with its object a verb tells more than the word alone does
    tags = [item for item in tags if item[1].first not in told] + framed
    tags.sort(
        key=lambda item: (
            item[1].first,
            item[1].first - item[1].stop,
            -known[item[0]].strength,
            item[1].sense,
        )
    )
    covered = -1
    for kind, tag in tags:
        if tag.first >= covered:
            covered = tag.stop
            found.append(_trigger(analysis, tag, known[kind]))
    return found


def possible_triggers(analysis: Analysis) -> list[Trigger]:
    """What the words alone say that may be triggers, in order of place: every one that `read_triggers` finds, and those that
    it leaves out for what else is read there."""
    found = _unmasked(analysis, _masked(analysis))
    for tag, ahead, behind in _with_object(analysis):
        after, before = frames()[tag.sense.category.removeprefix("frame.")]
        kinds_told = (_object(analysis, after, ahead, set()), _object(analysis, before, behind, set()))
        found += [(kind, tag) for kind in kinds_told if kind]
    return sorted(
        (_trigger(analysis, tag, kinds()[kind]) for kind, tag in found), key=lambda trigger: trigger.first
    )


def _masked(analysis: Analysis) -> set[int]:
    """The tokens of expressions that mean something else than their words do, and of lines that only link to a report:
    the headline that follows is one told already, or another report's."""
    masked = {i for t in analysis.tagged.of("mask") for i in range(t.first, t.stop)}
    for link in analysis.tagged.of("link"):
        sentence = analysis.sentences[analysis.sentence_of(link.first)]
        if link.first == sentence.first:
            masked.update(range(sentence.first, sentence.stop))
    return masked


def _unmasked(analysis: Analysis, masked: set[int]) -> list[tuple[str, Tag]]:
    """The words that tell an event or an outcome by themselves, with the kind of trigger that each is."""
    tagged = analysis.tagged
    tags = ((_kind_of(tag), tag) for tag in (*tagged.under("event"), *tagged.under("outcome")))
    return [(kind, tag) for kind, tag in tags if kind and tag.first not in masked]


def read_words(analysis: Analysis, head: str) -> list[Trigger]:
    """The words of the categories under a head that tell no event by themselves, in order of place, as triggers of the
    kind that their value names; the longest of those that begin together."""
    known = kinds()
    masked = _masked(analysis)
    longest: dict[int, Tag] = {}
    for tag in analysis.tagged.under(head):
        if tag.first not in masked and not _inside(analysis, tag):
            best = longest.get(tag.first)
            if best is None or (best.stop, tag.sense) < (tag.stop, best.sense):
                longest[tag.first] = tag
    return [_trigger(analysis, tag, known[tag.sense.value]) for _, tag in sorted(longest.items())]


def _trigger(analysis: Analysis, tag: Tag, kind: Kind) -> Trigger:
    sentence = analysis.sentence_of(tag.first)
    return Trigger(
        tag.first, tag.stop, kind, f"{tag.sense.kind}.{tag.sense.inflection}",
        tag.definite or analysis.words.forms[tag.first].startswith("ال"), tag.proclitics, sentence,
        _clause(analysis, sentence, tag.first), tag.sense.rule,
    )  # fmt: skip


@lru_cache(maxsize=1)
def frames() -> dict[str, tuple[dict[str, Told], dict[str, Told]]]:
    """For each class of verb the classes of its objects after it, and before it: the kind that they tell together, and how
    many tokens apart they may stand; from `knowledge/frames.tsv`."""
    found: dict[str, tuple[dict[str, Told], dict[str, Told]]] = {}
    for verb, thing, kind, reach in rows_of("frames.tsv"):
        after, before = found.setdefault(verb, ({}, {}))
        (after if int(reach) > 0 else before)[thing] = kind, abs(int(reach))
    return found


_AHEAD, _BEHIND = 9, 5
"""How many tokens after a verb, and before it, its object may stand."""


def _framed(analysis: Analysis, held: dict[int, int]) -> list[tuple[str, Tag]]:
    """Verbs that tell an event with an object some words on or before: "أطلق مسلحون كانوا يختبئون النار", "طائرات أغارت";
    not past the ends of the sentence or another such verb. `held` says of tokens where another word ends that begins there;
    a shorter verb is not looked for."""
    near = _with_object(analysis)
    if not near:
        return []
    found: list[tuple[str, Tag]] = []
    starts = {tag.first for tag in analysis.tagged.under("frame") if not _inside(analysis, tag)}
    for tag, ahead, behind in near:
        if _inside(analysis, tag) or held.get(tag.first, 0) > tag.stop:
            continue
        after, before = frames()[tag.sense.category.removeprefix("frame.")]
        kind = _object(analysis, after, ahead, starts) or _object(analysis, before, behind, starts)
        if kind:
            found.append((kind, tag))
            held[tag.first] = analysis.sentences[analysis.sentence_of(tag.first)].stop + 1
    return found


def _with_object(analysis: Analysis) -> list[tuple[Tag, range, range]]:
    """The verbs of frames that have one of their objects in reach, whatever stands between, each with the tokens after it and
    before it in which an object may stand. Most verbs have none, and nothing else need be read to know it."""
    tagged = analysis.tagged
    objects = [tag.first for tag in tagged.under("object")]
    found = []
    for tag in tagged.under("frame") if objects else ():
        if bisect_left(objects, tag.first - _BEHIND) == bisect_left(objects, tag.stop + _AHEAD):
            continue
        after, before = frames()[tag.sense.category.removeprefix("frame.")]
        sentence = analysis.sentences[analysis.sentence_of(tag.first)]
        ahead = range(tag.stop, min(tag.stop + _AHEAD, sentence.stop))
        behind = range(tag.first - 1, max(tag.first - 1 - _BEHIND, sentence.first - 1), -1)
        if _object(analysis, after, ahead, set()) or _object(analysis, before, behind, set()):
            found.append((tag, ahead, behind))
    return found


def _object(analysis: Analysis, objects: dict[str, Told], tokens: range, verbs: set[int]) -> str:
    """The kind that a verb tells with the nearest of its objects among tokens, in this order; "" where there is none before
    another verb."""
    if not objects:
        return ""
    for distance, k in enumerate(tokens):
        for thing in analysis.tagged.at(k):
            category = thing.sense.category
            if category.startswith("object."):
                kind, reach = objects.get(category.removeprefix("object."), ("", 0))
                if distance < reach:
                    return kind
        if k in verbs and distance:
            return ""
    return ""


def _kind_of(tag: Tag) -> str:
    """The kind of trigger that a tag is: an event's own, or the outcome of a word for what became of people."""
    category = tag.sense.category
    if category == "event":
        return tag.sense.value
    return category.removeprefix("outcome.") if category.startswith("outcome.") else ""


def _inside(analysis: Analysis, tag: Tag) -> bool:
    return all(i in analysis.taken for i in range(tag.first, tag.stop))


def _clause(analysis: Analysis, sentence: int, token: int) -> tuple[int, int]:
    for first, stop in analysis.sentences[sentence].clauses:
        if first <= token < stop:
            return first, stop
    return analysis.sentences[sentence].first, analysis.sentences[sentence].stop
