"""Training examples: what the rules propose for an annotated report, with what the annotation says of each.

An annotated report is a record by the codebook whose parts carry evidence (`field` "type" the words that tell the event,
"place", "start", "side_a", "side_b", "casualties[i]"). Corrections that people make have the same shape.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec

from sijill.coding import control as changes
from sijill.coding.assemble import Assembled, grouped, propose, type_of
from sijill.coding.casualties import Figure
from sijill.coding.decisions import (
    REACH_FIGURE,
    REACH_GROUP,
    REACH_PLACE,
    REACH_TIME,
    Models,
    Telling,
    agreement,
    near,
    place_key,
    token_of,
)
from sijill.coding.features import (
    count_features,
    figure_features,
    group_features,
    pair_features,
    place_features,
    time_features,
    trigger_features,
    word_features,
)
from sijill.coding.ground import Ground
from sijill.coding.models import Features
from sijill.coding.parties import parties
from sijill.coding.persons import Names, candidates, fate_of
from sijill.coding.setting import best_place
from sijill.coding.standing import weighed
from sijill.coding.triggers import Trigger
from sijill.coding.typing_of_events import type_features
from sijill.coding.whose import Opposed, Settled, side_features
from sijill.evaluation.score import pair_events
from sijill.evaluation.scored import ScoredEvent
from sijill.language.analysis import Analysis
from sijill.language.gazetteer import distance_km
from sijill.language.places import PlaceMention
from sijill.records import GROUP_OF, Report

Span = tuple[int, int]


class Example(NamedTuple):
    """One decision: its features, the right answer, the document it is from (never split by cross-validation), and what
    is measured beside the features."""

    features: Features
    label: str
    document: str
    amounts: Mapping[str, float] = MappingProxyType({})


class Annotated(NamedTuple):
    """A report and, for each event, the spans (code points, end exclusive) of its parts by field."""

    report: Report
    events: list[dict[str, Any]]
    spans: list[dict[str, list[Span]]]
    tally_spans: list[Span]
    persons: list[tuple[Span, str]] | None = None
    """Where each named person stands, with the fate; None where persons were not annotated."""
    control: tuple[tuple[dict[str, Any], dict[str, list[Span]]], ...] = ()
    """The changes of control, each with the spans of its parts by field."""
    persons_alone: bool = False
    """Whether nothing but the persons was annotated."""
    record: dict[str, Any] | None = None
    """The record whole, as JSON gives it; None of a lone sentence with labels."""


def annotated_report(data: dict[str, Any]) -> Annotated:
    """An annotated record (as JSON gives it) as events with their spans."""
    spans: list[dict[str, list[Span]]] = []
    for event in data["events"]:
        found: dict[str, list[Span]] = defaultdict(list)
        for entry in event.get("evidence", ()):
            found[re.sub(r"^(side_[ab]|start|end).*", r"\1", entry["field"])].append(
                (entry["start"], entry["end"])
            )
        spans.append(found)
    tallies = [
        (e["start"], e["end"])
        for t in data["tallies"]
        for e in t.get("evidence", ())
        if e["field"].startswith("casualties")
    ]
    report = Report(**{k: v for k, v in data["report"].items() if k in Report.__struct_fields__})
    persons = [
        ((e["start"], e["end"]), p["fate"])
        for p in data["persons"]
        for e in p.get("evidence", ())
        if e["field"] == "name"
    ]
    control = []
    for change in data["control"]:
        parts: dict[str, list[Span]] = defaultdict(list)
        for entry in change.get("evidence", ()):
            parts[entry["field"]].append((entry["start"], entry["end"]))
        control.append((change, parts))
    return Annotated(report, data["events"], spans, tallies, persons, tuple(control), record=data)


def annotated_sentence(label: dict[str, Any], text: str, published: str | None) -> Annotated:
    """An annotated sentence of the labels file, its text given."""
    events, spans = [], []
    names = {"agent": "side_a", "target": "side_b", "place": "place", "time": "start"}
    for event in label["events"]:
        if event["told"] == "background" and not any(p["role"] in ("place", "time") for p in event["parts"]):
            continue  # background with no place or time of its own is no event of the codebook
        found: dict[str, list[Span]] = defaultdict(list)
        found["type"].append(tuple(event["trigger"]))
        for part in event["parts"]:
            if part["role"] in names:
                found[names[part["role"]]].append(tuple(part["span"]))
        for i, toll in enumerate(event["tolls"]):
            found[f"casualties[{i}]"].append(tuple(toll["span"]))
        events.append(event)
        spans.append(found)
    return Annotated(Report(id=label["id"], text=text, published=published, language="ar"), events, spans, [])


_NAMED = re.compile(r"\{([^|}]+)\|(\w+)\}")


def annotated_passage(marked: str, name: str, language: str) -> Annotated:
    """A passage in which only the persons are marked, each as "{name|fate}"; what is named without a mark has no fate."""
    text, persons, done = "", [], 0
    for found in _NAMED.finditer(marked):
        text += marked[done : found.start()]
        persons.append(((len(text), len(text) + len(found[1])), found[2]))
        text += found[1]
        done = found.end()
    report = Report(id=name, text=text + marked[done:], language=language)
    return Annotated(report, [], [], [], persons, persons_alone=True)


def examples_of(annotated: Annotated) -> Iterator[tuple[str, Example]]:
    """Every (decision, example) that an annotated report gives."""
    ground = Ground(Analysis(annotated.report))
    if annotated.persons_alone:
        yield from (("person", example) for example in person_examples(ground, annotated))
        return
    document = annotated.report.id
    owners = _owners(ground, annotated)
    for k, trigger in enumerate(ground.triggers):
        tells = "yes" if k in owners else "no"
        yield "words", Example(word_features(ground, trigger), tells, document)
        yield "trigger", Example(trigger_features(ground, trigger), tells, document)
    tellings: list[tuple[int, Telling]] = []
    for k, event in sorted(owners.items()):
        trigger = ground.triggers[k]
        spans = annotated.spans[event]
        telling = Telling(trigger, 1.0, {}, [], [])
        # Lone sentences say who acts, not which side of a battle is the state's.
        sided = "side_a" in annotated.events[event] or GROUP_OF[annotated.events[event]["type"]] != "battles"
        for group in (
            g for g in ground.groups if sided and abs(g.sentence - trigger.sentence) <= REACH_GROUP
        ):
            label = _side(ground, group.first, group.stop, group.ids, spans, annotated.events[event])
            yield "group", Example(group_features(ground, trigger, group), label, document)
            if label != "none":
                telling.sides[ground.groups.index(group)] = {
                    "a": float(label == "a"),
                    "b": float(label == "b"),
                }
        shared = [
            s for other in _telling(ground, trigger, annotated) for s in annotated.spans[other]["place"]
        ]
        candidates_near = near(ground.places, ground.place_sentences, trigger, REACH_PLACE)
        named = {
            place_key(p)
            for p in candidates_near
            if _overlaps(ground, p.first, p.stop, spans["place"] + shared)
        }
        for place in candidates_near:
            right = _overlaps(ground, place.first, place.stop, spans["place"] + shared)
            if not right and place_key(place) in named:
                continue  # another mention of where it happened: it is not wrong
            yield "place", Example(place_features(ground, trigger, place), "yes" if right else "no", document)
            telling.places += [(1.0, place)] if right else []
        times_near = near(ground.times, ground.time_sentences, trigger, REACH_TIME)
        said = {
            (t.first, t.last, t.kind)
            for t in times_near
            if t.first and _overlaps(ground, token_of(t), t.stop, spans["start"])
        }
        for time in times_near:
            right = _overlaps(ground, token_of(time), time.stop, spans["start"])
            if not right and (time.first, time.last, time.kind) in said:
                continue  # the same day in other words
            yield "time", Example(time_features(ground, trigger, time), "yes" if right else "no", document)
            telling.times += [(1.0, time)] if right else []
        own = [s for field, ss in spans.items() if field.startswith("casualties") for s in ss]
        tolls = _tolls_at(ground, own)
        for figure in ground.figures:
            if abs(figure.sentence - trigger.sentence) <= REACH_FIGURE:
                right = _overlaps(ground, figure.quantity.first, figure.quantity.stop, own)
                if not right and _toll(figure) in tolls:
                    continue  # the same toll told again
                yield (
                    "figure",
                    Example(figure_features(ground, trigger, figure), "yes" if right else "no", document),
                )
        tellings.append((event, telling))
    for right_index, (right_event, right_telling) in enumerate(tellings):
        for left_event, left_telling in tellings[:right_index]:
            same = agreement(ground, left_telling, right_telling)
            features = pair_features(ground, left_telling.trigger, right_telling.trigger, same)
            yield "pair", Example(features, "yes" if left_event == right_event else "no", document)
    by_event: dict[int, list[Telling]] = defaultdict(list)
    for event, telling in tellings:
        by_event[event].append(telling)
    for event, group_of in by_event.items():
        own = [
            s for field, ss in annotated.spans[event].items() if field.startswith("casualties") for s in ss
        ]
        figures = [f for f in ground.figures if _overlaps(ground, f.quantity.first, f.quantity.stop, own)]
        features = type_features(ground, group_of, figures)
        yield "type", Example(features, annotated.events[event]["type"], document)
    yield from (("side", example) for example in _side_examples(ground, annotated))
    yield from (("count", example) for example in _count_examples(ground, annotated))
    yield from (("person", example) for example in person_examples(ground, annotated))
    if annotated.persons is not None:  # a whole record
        yield from control_examples(ground, annotated)


def person_examples(ground: Ground, annotated: Annotated) -> Iterator[Example]:
    """Each list of names with each word of fate near it: right is the nearest word of the annotated fate. Of one that
    only names again who is annotated elsewhere nothing is known."""
    if annotated.persons is None:
        return
    text = annotated.report.text
    known = {w for (start, end), _ in annotated.persons for w in text[start:end].split()}
    for names, choices in candidates(ground):
        fates = {
            fate
            for span, fate in annotated.persons
            if any(_overlaps(ground, m.first, m.stop, [span]) for m in names)
        }
        if not fates and any(known.intersection(m.name.split()) for m in names):
            continue
        right = [cue for cue, _ in choices if fate_of(cue) in fates]
        nearest = min(right, key=lambda cue: _apart(cue.first, names), default=None)
        for cue, features in choices:
            if cue is nearest or cue not in right:
                yield Example(features, "yes" if cue is nearest else "no", annotated.report.id)


SAME_PLACE_KM = 25.0
"""How far a place may lie from the annotated one, to be taken for it."""


def control_examples(ground: Ground, annotated: Annotated) -> Iterator[tuple[str, Example]]:
    """Each word that may tell of a change of control with each place near it: right is the nearest mention of the place that
    changed hands; of another mention, and of a place that changed hands by another word, which this one may tell again,
    nothing is known. And each party near a word that does tell of one."""
    document = annotated.report.id
    for word, choices in changes.candidates(ground):
        told = [
            (change, spans)
            for change, spans in annotated.control
            if _overlaps(ground, word.first, word.stop, spans["type"])
        ]
        right: set[int] = set()
        for change, spans in told:
            same = [p for p, _ in choices if _overlaps(ground, p.first, p.stop, spans["place"])]
            same = same or [p for p, _ in choices if _lies_at(p, change["place"])]
            right.update(p.first for p in sorted(same, key=lambda p: abs(p.first - word.first))[:1])
        for place, features in choices:
            if place.first in right:
                yield "control", Example(features, "yes", document)
            elif not any(_lies_at(place, change["place"]) for change, _ in annotated.control):
                yield "control", Example(features, "no", document)
        took, lost = ({i for change, _ in told for i in change[side]} for side in ("to", "from"))
        for group, said in changes.parties(ground, word) if told else ():
            side = (
                "to" if took.intersection(group.ids) else "from" if lost.intersection(group.ids) else "none"
            )
            yield "holder", Example(said, side, document)


def _lies_at(place: PlaceMention, known: dict[str, Any] | None) -> bool:
    """Whether a place lies where an annotated one does."""
    if known is None or known["lat"] is None or place.lat is None or place.lon is None:
        return False
    return distance_km(place.lat, place.lon, known["lat"], known["lon"]) <= SAME_PLACE_KM


def _apart(token: int, names: Names) -> int:
    """How many tokens a word stands from a list of names."""
    return token - names[-1].stop if token >= names[0].first else names[0].role_first - token


def _count_examples(ground: Ground, annotated: Annotated) -> Iterator[Example]:
    """What each figure counts: an event, a running total, or neither. Of a lone sentence only those of events are known."""
    own = [
        s
        for spans in annotated.spans
        for field, ss in spans.items()
        if field.startswith("casualties")
        for s in ss
    ]
    whole = annotated.report.source is not None
    told = _tolls_at(ground, [*own, *annotated.tally_spans])
    for figure in ground.figures:
        first, stop = figure.quantity.first, figure.quantity.stop
        if _overlaps(ground, first, stop, annotated.tally_spans):
            label = "tally"
        elif _overlaps(ground, first, stop, own):
            label = "event"
        elif whole and _toll(figure) not in told:
            label = "none"
        else:
            continue
        yield Example(count_features(ground, figure), label, annotated.report.id)


def _toll(figure: Figure) -> tuple[str, int]:
    """What a figure says, by which it is known when it is told again; a number of one or none is no mark of it."""
    return figure.outcome, figure.quantity.n or 0


def _tolls_at(ground: Ground, spans: list[Span]) -> set[tuple[str, int]]:
    """What the figures at spans say that are known again."""
    return {
        _toll(f)
        for f in ground.figures
        if (f.quantity.n or 0) > 1 and _overlaps(ground, f.quantity.first, f.quantity.stop, spans)
    }


def _side_examples(ground: Ground, annotated: Annotated) -> Iterator[Example]:
    """Whose people each figure of an event counts, by the annotation."""
    for event, spans in zip(annotated.events, annotated.spans, strict=True):
        if "side_a" not in event:
            continue
        country = (event.get("place") or {}).get("country") or ground.analysis.country
        parties = Opposed(event["type"], tuple(event["side_a"]), tuple(event["side_b"]), country)
        before: Settled | None = None
        for figure in ground.figures:
            side = _annotated_side(ground, figure, event, spans)
            if side is not None:
                yield Example(side_features(ground, figure, parties, before), side, annotated.report.id)
                before = Settled(figure, side)


def _annotated_side(
    ground: Ground, figure: Figure, event: dict[str, Any], spans: dict[str, list[Span]]
) -> str | None:
    """Whose people a figure counts in an annotated event; None where it is none of the event's."""
    for i, casualty in enumerate(event["casualties"]):
        if casualty["outcome"] == figure.outcome and _overlaps(
            ground, figure.quantity.first, figure.quantity.stop, spans.get(f"casualties[{i}]", [])
        ):
            return str(casualty["side"])
    return None


def _owners(ground: Ground, annotated: Annotated) -> dict[int, int]:
    """The event that each trigger tells, by index; a trigger that tells two goes to the one annotated most tightly."""
    owners: dict[int, int] = {}
    for k, trigger in enumerate(ground.triggers):
        start, end = ground.analysis.words.span(trigger.first, trigger.stop)
        fits = [
            (span[1] - span[0], event)
            for event, spans in enumerate(annotated.spans)
            for span in spans["type"]
            if start < span[1] and span[0] < end
        ]
        if fits:
            owners[k] = min(fits)[1]
    return owners


def _telling(ground: Ground, trigger: Trigger, annotated: Annotated) -> list[int]:
    """Every event that a trigger tells by the annotation ("raids on three towns" tells three)."""
    start, end = ground.analysis.words.span(trigger.first, trigger.stop)
    return [
        e for e, spans in enumerate(annotated.spans) if any(start < b and a < end for a, b in spans["type"])
    ]


def _overlaps(ground: Ground, first: int, stop: int, spans: list[Span]) -> bool:
    start, end = ground.analysis.words.span(first, stop)
    return any(start < b and a < end for a, b in spans)


def _side(
    ground: Ground,
    first: int,
    stop: int,
    ids: tuple[str, ...],
    spans: dict[str, list[Span]],
    event: dict[str, Any],
) -> str:
    if _overlaps(ground, first, stop, spans["side_a"]):
        return "a"
    if _overlaps(ground, first, stop, spans["side_b"]):
        return "b"
    for side in ("a", "b"):
        if set(ids) & set(event.get(f"side_{side}", ())):
            return side
    return "none"


def told_parties(annotated: Annotated, models: Models) -> Iterator[tuple[str, Example]]:
    """Everybody who may be a party of a group of triggers that the models given make, with the side of the annotated event
    that most of them tell. Of what is taken for another kind of event nothing is learnt."""
    ground = Ground(Analysis(annotated.report))
    owners = _owner_tokens(ground, annotated)
    for tellings, figures in grouped(ground, models)[0]:
        owner = _most_told(tellings, owners)
        type_, _ = type_of(ground, models, tellings, figures)
        if owner is None or GROUP_OF[annotated.events[owner]["type"]] != GROUP_OF[type_]:
            continue
        event = annotated.events[owner]
        place, _ = best_place(ground, tellings)
        country = place.country if place else ground.analysis.country
        for party in parties(ground, tellings, figures, type_, country):
            side = next((s for s in "ab" if party.id in event.get(f"side_{s}", ())), "none")
            yield "party", Example(party.features, side, annotated.report.id)


def told_types(annotated: Annotated, models: Models) -> Iterator[tuple[str, Example]]:
    """The type of each group of triggers that the models given make of which most tell one annotated event: what the
    groups of the annotation do not show is how groups go wrong."""
    ground = Ground(Analysis(annotated.report))
    owners = _owner_tokens(ground, annotated)
    for tellings, figures in grouped(ground, models)[0]:
        event = _most_told(tellings, owners)
        if event is not None:
            features = type_features(ground, tellings, figures)
            yield "type", Example(features, annotated.events[event]["type"], annotated.report.id)


def assembled_examples(annotated: Annotated, models: Models) -> Iterator[tuple[str, Example]]:
    """What is assembled with the models given, as (decision, example): "event", right where it pairs with an event of the
    annotation as the codebook's measure pairs them; "side", whose people its figures count where its parties are those
    that were read, not those of the annotation."""
    ground = Ground(Analysis(annotated.report))
    document = annotated.report.id
    owners = _owner_tokens(ground, annotated)
    proposed, _ = propose(ground, models)
    predicted = [msgspec.convert(msgspec.to_builtins(a.event), ScoredEvent) for a in proposed]
    gold = [msgspec.convert(event, ScoredEvent) for event in annotated.events]
    paired = {i for i, _ in pair_events(predicted, gold)}
    found = weighed(ground, models, proposed)
    for k, assembled in enumerate(proposed):
        label = "yes" if k in paired else "no"
        features, amounts = found[k]
        yield "event", Example(features, label, document, amounts)
        event = _most_told(assembled.tellings, owners)
        if event is not None and "side_a" in annotated.events[event]:
            yield from (
                ("side", e)
                for e in _read_side_examples(
                    ground, assembled, annotated.events[event], annotated.spans[event], document
                )
            )


def _owner_tokens(ground: Ground, annotated: Annotated) -> dict[int, int]:
    """The annotated event that each trigger tells, by the trigger's first token."""
    return {ground.triggers[k].first: event for k, event in _owners(ground, annotated).items()}


def _most_told(tellings: list[Telling], owners: dict[int, int]) -> int | None:
    """The annotated event that most of the triggers tell; None where most tell none."""
    votes = Counter(owners.get(t.trigger.first) for t in tellings)
    return max(votes.items(), key=lambda item: (item[1], item[0] is not None))[0]


def _read_side_examples(
    ground: Ground,
    assembled: Assembled,
    event: dict[str, Any],
    spans: dict[str, list[Span]],
    document: str,
) -> Iterator[Example]:
    """Whose people the figures of an assembled event count, by the annotated event that it is. Of a battle whose sides
    were read the other way round, the annotated sides are turned."""
    read = assembled.event
    straight = len(set(read.side_a) & set(event["side_a"])) + len(set(read.side_b) & set(event["side_b"]))
    crossed = len(set(read.side_a) & set(event["side_b"])) + len(set(read.side_b) & set(event["side_a"]))
    turned = GROUP_OF[read.type] == "battles" and crossed > straight
    country = read.place.country if read.place else ground.analysis.country
    parties = Opposed(read.type, read.side_a, read.side_b, country)
    before: Settled | None = None
    for figure in assembled.figures:
        side = _annotated_side(ground, figure, event, spans)
        if side is None:
            continue
        if turned:
            side = {"a": "b", "b": "a"}.get(side, side)
        yield Example(side_features(ground, figure, parties, before), side, document)
        before = Settled(figure, side)


def trigger_of(ground: Ground, start: int, end: int) -> Trigger | None:
    """The trigger at a span of the given text, if the rules propose one there."""
    for trigger in ground.triggers:
        a, b = ground.analysis.words.span(trigger.first, trigger.stop)
        if a < end and start < b:
            return trigger
    return None
