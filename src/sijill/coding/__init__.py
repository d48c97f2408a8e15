"""Coding: what a report says, as a record. Rules propose, small trained models decide, assembly writes it down."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import msgspec

from sijill.coding.assemble import Assembled, replace_event
from sijill.coding.control import read_control, settle_types
from sijill.coding.decisions import Models
from sijill.coding.details import read_details
from sijill.coding.ground import Ground
from sijill.coding.persons import read_persons
from sijill.coding.pieces import LONGEST, PIECE, TooLongError, halves, is_crowded, joined, windows
from sijill.coding.screening import worth_reading
from sijill.coding.standing import standing_events
from sijill.coding.tallies import read_tallies
from sijill.language.analysis import Analysis
from sijill.language.identify import identify
from sijill.records import Record, Report

__all__ = ["TooLongError", "code"]

NO_DATE = "No day of publication was given: times that count from it (yesterday, Friday, last week) stay without a date."


@lru_cache(maxsize=1)
def _models() -> Models:
    return Models()


def code(
    text: str | Report,
    published: str | None = None,
    source: str | None = None,
    *,
    language: str | None = None,
    id: str | None = None,  # noqa: A002
    title: str | None = None,
    url: str | None = None,
    models: Models | None = None,
) -> Record:
    """Code one report by the codebook.

    `text` is the report's words, or a `Report`, whose own fields then stand where the arguments are None.
    `published` is the day of publication (ISO): relative dates count from it, and without it they stay empty and
    `Record.notes` says so. `models` are weights other than those that ship (`sijill train --out`). Every evidence
    entry's `text` is `record.report.text[start:end]`, in code points.
    Raises `sijill.language.identify.UnreadLanguageError` for a language that is not read, `TooLongError` for a text of more
    than a million characters.
    """
    given = text if isinstance(text, Report) else Report(id=id or "report", text=text)
    words = given.text
    if _has_surrogate(words):
        words = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in words)
    if len(words) > LONGEST:
        raise TooLongError(len(words))
    told = Report(
        id=id or given.id,
        text=words,
        source=source or given.source,
        published=published or given.published,
        language=identify(words, language or given.language),
        title=title or given.title,
        url=url or given.url,
    )
    found = list(_coded(told, 0, models or _models()))
    return found[0][1] if len(found) == 1 else joined(told, found)


def _coded(report: Report, offset: int, models: Models) -> Iterator[tuple[int, Record]]:
    """The records of a report's pieces (mostly one, the whole), each with the offset at which it begins."""
    if len(report.text) > PIECE:
        yield from _coded_in(report, windows(report.text), offset, models)
        return
    ground = Ground(Analysis(report))
    if not worth_reading(ground, models):
        yield offset, Record(report=report, notes=_notes(ground))
        return
    cut = halves(report.text) if is_crowded(ground) else []
    if len(cut) == 2 and all(start < stop for start, stop in cut):
        yield from _coded_in(report, cut, offset, models)
    else:
        yield offset, _record(report, ground, models)


def _coded_in(
    report: Report, cut: list[tuple[int, int]], offset: int, models: Models
) -> Iterator[tuple[int, Record]]:
    for start, stop in cut:
        text = report.text[start:stop]
        if text.strip():
            yield from _coded(msgspec.structs.replace(report, text=text), offset + start, models)


def _record(report: Report, ground: Ground, models: Models) -> Record:
    """What one piece says."""
    assembled, tallied = standing_events(ground, models)
    control = read_control(ground, assembled, models)
    assembled = [_with_details(ground, a) for a in settle_types(ground, assembled, control)]
    return Record(
        report=report,
        events=tuple(a.event for a in assembled),
        tallies=read_tallies(ground, tallied),
        control=control,
        persons=read_persons(ground, assembled, models),
        notes=_notes(ground),
    )


def _notes(ground: Ground) -> tuple[str, ...]:
    undated = ground.analysis.report.published is None and any(t.relative for t in ground.analysis.times)
    return (NO_DATE,) if undated else ()


def _with_details(ground: Ground, assembled: Assembled) -> Assembled:
    details, entries = read_details(ground, assembled)
    return (
        replace_event(assembled, details=details, evidence=(*assembled.event.evidence, *entries))
        if details
        else assembled
    )


def _has_surrogate(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
