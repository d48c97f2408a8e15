"""A report: its text as given with the evidence marked, and what it says, field by field, to be corrected."""

from __future__ import annotations

from typing import Any, get_args

import msgspec
from litestar import Router, get
from litestar.params import FromPath
from markupsafe import Markup

from sijill.coding.derivation import derivations
from sijill.export.explained import KINDS
from sijill.records import (
    GROUPS,
    Bound,
    CasualtySide,
    Extent,
    Fate,
    Manner,
    Outcome,
    SourceKind,
    Status,
)
from sijill.store import history, report_state
from sijill.store.present import ALIKE, likeness, undone
from sijill.store.queries import accounts_of_report
from sijill.workbench.context import Asked, Page, Register, language_of, page
from sijill.workbench.embedding import as_json
from sijill.workbench.languages import Translate, translator
from sijill.workbench.marking import marked_html
from sijill.workbench.record_view import PartView, marks, part_views
from sijill.workbench.roles import Role, at_least
from sijill.workbench.wording import actor_name


@get("/reports/{name:str}", sync_to_thread=True)
def report(request: Asked, store: Register, name: FromPath[str]) -> Page:
    """A report by its hash, the start of it, or the id that it was given."""
    state = report_state(store, name)
    lang = language_of(request)
    t = translator(lang)
    accounts = accounts_of_report(store, state.hash)
    views = [msgspec.structs.replace(v, account=accounts.get(v.id)) for v in part_views(state, t, lang)]
    decisions = history(store, state.hash)
    return page(
        request,
        "report.html",
        hash=state.hash,
        report=state.report,
        text=Markup(marked_html(state.report.text, marks(views))),
        parts=views,
        kinds=list(KINDS),
        record_notes=state.notes,
        decisions=decisions,
        undone=undone(decisions) | {d.hash for d in decisions if d.what == "undo"},
        data=as_json(_data(views, t, lang)),
    )


@get("/reports/{name:str}/derivation/{part:str}", sync_to_thread=True)
def derivation(request: Asked, store: Register, name: FromPath[str], part: FromPath[str]) -> Page:
    """The models' reasons for one event (`e0`): a piece of a page, told anew from the text by the rules of today."""
    state = report_state(store, name)
    event = next((each for each in state.of("events", rejected=True) if f"e{each.number}" == part), None)
    if event is None or event.machine is None:
        return page(request, "derivation.html", found=())
    machine = event.machine
    scored = [(likeness(read, machine), found) for read, found in derivations(state.report)]
    score, found = max(scored, key=lambda each: each[0], default=(0.0, ()))
    return page(request, "derivation.html", found=found if score >= ALIKE else ())


def _data(views: list[PartView], t: Translate, lang: str) -> dict[str, Any]:
    """What the editors need: each cell's value, the codebook's choices, and the words that the page's script says."""
    return {
        "cells": {
            cell.name: {
                "part": view.id,
                "path": cell.path,
                "field": cell.field,
                "editor": cell.editor,
                "value": cell.value,
                "words": [[words.start, words.end] for words in cell.words],
                "fresh": cell.fresh,
            }
            for view in views
            if view.part.review != "rejected"
            for cell in view.cells
        },
        "choices": choices(t),
        "actors": {slug: actor_name(slug, lang) for slug in sorted(_actors_of(views))},
        "events": [
            {"value": view.part.number, "label": f"{t('codebook.part_events')} {view.number}: {view.title}"}
            for view in views
            if view.kind == "events" and view.part.review != "rejected"
        ],
        "fields": {key: t(f"codebook.field_{key}") for key in _FIELD_NAMES},
        "parts": {key: t(f"codebook.part_{key}") for key in ("events", "tallies", "control", "persons")},
        "say": {key: t(f"report.{key}") for key in _SAID},
    }


_FIELD_NAMES = (
    "type", "status", "start", "end", "date_precision", "place", "side_a", "side_b", "casualties", "sources", "means", "details",
    "since", "until", "from", "to", "extent", "manner", "name", "affiliation", "role", "fate", "event", "outcome", "side",
    "actor", "n", "n_high", "bound", "part_of", "country", "lat", "lon", "precision", "kind", "what", "unit",
)  # fmt: skip
_SAID = (
    "edit", "save", "cancel", "remove", "assign", "assign_go", "selected", "undo", "undone", "saved", "accepted", "rejected",
    "skipped", "search_actors", "search_places", "no_result", "map_place", "map_hint", "no_place", "new_actor", "means_hint",
    "evidence_kept", "evidence_new", "keys", "not_said", "new_part", "key_next_part", "key_previous_part", "key_next_cell",
    "key_previous_cell", "key_accept", "key_correct", "key_reject", "key_skip", "key_merge", "key_split", "key_undo",
    "key_next_report", "key_help",
)  # fmt: skip


def choices(t: Translate) -> dict[str, list[dict[str, Any]]]:
    """The codebook's choices of each field, in words; types in their groups."""

    def of(prefix: str, values: Any) -> list[dict[str, Any]]:
        return [{"value": value, "label": t(f"codebook.{prefix}_{value}")} for value in values]

    return {
        "type": [
            {"value": slug, "label": t(f"codebook.type_{slug}"), "group": t(f"codebook.group_{group}")}
            for group, slugs in GROUPS.items()
            for slug in slugs
        ],
        "status": of("status", get_args(Status)),
        "outcome": of("outcome", get_args(Outcome)),
        "side": of("side", get_args(CasualtySide)),
        "bound": of("bound", get_args(Bound)),
        "source_kind": of("source_kind", get_args(SourceKind)),
        "fate": of("fate", get_args(Fate)),
        "extent": of("extent", get_args(Extent)),
        "manner": of("manner", get_args(Manner)),
        "date_precision": of("date_precision", range(1, 6)),
        "precision": of("precision", range(1, 7)),
    }


def _actors_of(views: list[PartView]) -> set[str]:
    found: set[str] = set()
    for view in views:
        for cell in view.cells:
            if cell.editor == "actors":
                found.update(cell.value)
            elif cell.editor == "tally_casualty" and cell.value:
                found.update(cell.value["actor"])
            elif cell.editor == "source" and cell.value and cell.value["actor"]:
                found.add(cell.value["actor"])
    return found


router = Router(
    path="/", route_handlers=[report, derivation], guards=[at_least(Role.viewer)], include_in_schema=False
)
