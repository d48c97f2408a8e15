"""A report's present record as a page shows it: each part with its cells, what stands in them, what the machine said, and
the words and rules behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import msgspec

from sijill.export.explained import evidence_of, kind_of
from sijill.records import Casualty, ControlChange, Event, Evidence, Person, Tally
from sijill.rules.knowledge import KNOWLEDGE
from sijill.rules.lexicon import Entry, read_lexicon
from sijill.store.present import LETTERS, Conflict, Kind, Part, Present, PresentPart, plain
from sijill.workbench.languages import Translate
from sijill.workbench.marking import Mark
from sijill.workbench.wording import (
    actor_name,
    casualty_words,
    days_words,
    detail_words,
    isolate,
    place_words,
    source_words,
)

ACTOR_LISTS = ("side_a", "side_b", "from", "to", "affiliation")
LISTS = {"casualties": "casualty", "details": "detail", "sources": "source"}
"""Fields that hold several things, each a cell of its own, with the editor that one of them takes."""
FIELDS: dict[Kind, tuple[str, ...]] = {
    "events": (
        "type", "status", "start", "end", "date_precision", "place", "side_a", "side_b", "casualties", "sources", "means",
        "details",
    ),
    "tallies": ("since", "until", "place", "casualties", "sources"),
    "control": ("place", "from", "to", "start", "extent", "manner", "sources"),
    "persons": ("name", "role", "affiliation", "fate", "event", "sources"),
}  # fmt: skip
"""The fields of each kind of part in the order in which they are read."""
_EDITORS = {
    "type": "type", "status": "status", "date_precision": "date_precision", "extent": "extent", "manner": "manner",
    "fate": "fate", "start": "date", "end": "date", "since": "date", "until": "date", "place": "place", "means": "words",
    "name": "text", "role": "text", "event": "event",
}  # fmt: skip


class Line(msgspec.Struct, frozen=True):
    """A line of a lexicon as people read it: some of its forms without the marks of inflection, and an example."""

    forms: tuple[str, ...]
    more: bool
    example: str


class Words(msgspec.Struct, frozen=True):
    """Evidence of a cell. `rule` names the rule that read it; `lines` are the entries of knowledge of that name."""

    start: int
    end: int
    text: str
    rule: str
    lines: tuple[Line, ...]


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """A field of a part, or one entry of a field that is a list. `value` is as JSON has it, `shown` in words, "" where
    nothing is said; `machine` what the newest rules say in words, None where that is the same. `fresh` marks the place
    where a list takes another entry."""

    name: str
    path: str
    field: str
    kind: str
    editor: str
    value: Any
    shown: str
    machine: str | None
    words: tuple[Words, ...]
    conflicts: tuple[Conflict, ...] = ()
    fresh: bool = False


class PartView(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the record. `short` (e0, t1) names it in marks; `number` counts it among its kind, from 1."""

    id: str
    short: str
    kind: Kind
    number: int
    title: str
    part: PresentPart
    confidence: float | None
    cells: tuple[Cell, ...]
    account: str | None = None


def part_views(state: Present, t: Translate, lang: str) -> list[PartView]:
    """Every part of the report, rejected ones last, with its cells."""
    views = [
        _view(part, number, t, lang)
        for kind in FIELDS
        for number, part in enumerate(state.of(kind, rejected=True), start=1)
    ]
    return sorted(views, key=lambda view: view.part.review == "rejected")


def marks(views: list[PartView]) -> list[Mark]:
    """The evidence of every part that wasn't rejected, as marks in the text."""
    return [
        Mark(cell.name, words.start, words.end)
        for view in views
        if view.part.review != "rejected"
        for cell in view.cells
        for words in cell.words
    ]


def _view(part: PresentPart, number: int, t: Translate, lang: str) -> PartView:
    short = f"{LETTERS[part.kind]}{part.number}"
    return PartView(
        id=part.id,
        short=short,
        kind=part.kind,
        number=part.number + 1,
        title=part_title(part.value, t, lang),
        part=part,
        confidence=part.value.confidence if isinstance(part.value, Event) else None,
        cells=tuple(_cells(part, short, t, lang)),
    )


def part_title(part: Part, t: Translate, lang: str) -> str:
    """What a part is about, in a few words."""
    match part:
        case Event():
            return t(f"codebook.type_{part.type}")
        case Tally():
            return days_words(part.since, part.until) or t("codebook.part_tallies")
        case ControlChange():
            return place_words(part.place, t, lang) or t("codebook.part_control")
        case Person():
            return isolate(part.name)


def _cells(part: PresentPart, short: str, t: Translate, lang: str) -> Iterator[Cell]:
    values, evidence = plain(part.value), part.value.evidence
    machine = plain(part.machine) if part.machine is not None else None
    for field in FIELDS[part.kind]:
        kind = kind_of(field)
        if field in LISTS:
            entries = list(values[field])
            for index, value in enumerate(entries):
                path = f"{field}[{index}]"
                said = _machine_words(part, machine, field, index, value, t, lang)
                yield Cell(
                    name=f"{short}:{path}",
                    path=path,
                    field=field,
                    kind=kind,
                    editor=_list_editor(part.kind, field),
                    value=value,
                    shown=_entry_words(part.value, field, index, t, lang),
                    machine=said,
                    words=_words(path, evidence),
                    conflicts=_conflicts(part, path),
                )
            path = f"{field}[{len(entries)}]"
            yield Cell(
                name=f"{short}:{path}", path=path, field=field, kind=kind, editor=_list_editor(part.kind, field), value=None,
                shown="", machine=None, words=(), fresh=True,
            )  # fmt: skip
            continue
        shown = _field_words(part.value, field, t, lang)
        said = None
        if part.machine is not None and machine is not None and machine[field] != values[field]:
            said = _field_words(part.machine, field, t, lang)
        yield Cell(
            name=f"{short}:{field}",
            path=field,
            field=field,
            kind=kind,
            editor="actors" if field in ACTOR_LISTS else _EDITORS[field],
            value=values[field],
            shown=shown,
            machine=said,
            words=_whole(field, evidence),
            conflicts=_conflicts(part, field),
        )


def _list_editor(kind: Kind, field: str) -> str:
    return "tally_casualty" if kind == "tallies" and field == "casualties" else LISTS[field]


def _machine_words(
    part: PresentPart,
    machine: dict[str, Any] | None,
    field: str,
    index: int,
    value: Any,
    t: Translate,
    lang: str,
) -> str | None:
    if machine is None or part.machine is None:
        return None
    entries = machine[field]
    if index >= len(entries):
        return ""
    return None if entries[index] == value else _entry_words(part.machine, field, index, t, lang)


def _words(path: str, evidence: tuple[Evidence, ...]) -> tuple[Words, ...]:
    return tuple(_as_words(entry) for entry in evidence_of(path, evidence))


def _whole(field: str, evidence: tuple[Evidence, ...]) -> tuple[Words, ...]:
    return tuple(
        _as_words(e) for e in evidence if e.field == field or e.field.startswith((f"{field}.", f"{field}["))
    )


def _as_words(entry: Evidence) -> Words:
    return Words(entry.start, entry.end, entry.text, entry.rule, rule_lines(entry.rule))


def _conflicts(part: PresentPart, path: str) -> tuple[Conflict, ...]:
    return tuple(c for c in part.conflicts if c.path == path or c.path.startswith((f"{path}.", f"{path}[")))


def _field_words(part: Part, field: str, t: Translate, lang: str) -> str:
    value = getattr(part, "from_" if field == "from" else field)
    if value is None or value == ():
        return ""
    if field == "place":
        return place_words(value, t, lang)
    if field in ACTOR_LISTS:
        return t("codebook.list_comma").join(actor_name(slug, lang) for slug in value)
    if field == "means":
        return t("codebook.list_comma").join(isolate(word.replace("_", " ")) for word in value)
    if field == "event":
        return f"{t('codebook.part_events')} {value + 1}"
    if field in ("type", "status", "date_precision", "extent", "manner", "fate"):
        return t(f"codebook.{field}_{value}")
    return isolate(str(value))


def _entry_words(part: Part, field: str, index: int, t: Translate, lang: str) -> str:
    entry = getattr(part, field)[index]
    if field == "sources":
        return source_words(entry, t)
    if field == "details":
        return detail_words(entry, t)
    words = casualty_words(entry, t, lang)
    if isinstance(entry, Casualty) and isinstance(part, Event) and entry.side in ("a", "b"):
        side = part.side_a if entry.side == "a" else part.side_b
        if side:
            return f"{words} · {actor_name(side[0], lang)}"
    return words


@lru_cache(maxsize=1)
def _lines() -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}
    for folder in sorted((KNOWLEDGE / "lexicons").iterdir()):
        for path in sorted(folder.glob("*.tsv")):
            for entry in read_lexicon(path, folder.name):
                found.setdefault(entry.rule, []).append(entry)
    return {rule: tuple(entries) for rule, entries in found.items()}


_INFLECTION = re.compile(r"^[a-z0-9]:")
_FORMS = 6


def rule_lines(rule: str) -> tuple[Line, ...]:
    """The first line of the lexicons that a rule's name stands for; none where the rule is not of a lexicon."""
    entries = _lines().get(rule.partition("+")[0], ())[:1]
    return tuple(
        Line(
            tuple(isolate(_INFLECTION.sub("", form)) for form in entry.forms[:_FORMS]),
            len(entry.forms) > _FORMS,
            entry.examples[0] if entry.examples else "",
        )
        for entry in entries
    )
