"""A record explained: the report's text with its evidence marked, and for each cell the words and the rules that gave it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple

from rich.console import Group, RenderableType
from rich.text import Text
from rich.tree import Tree

from sijill.coding.derivation import Derivation, derivations, key_of
from sijill.export.directed import Directed
from sijill.export.registers import actor_names
from sijill.export.words import detail_words, figure, isolated, place_words, side_of, type_words
from sijill.records import ControlChange, Event, Evidence, Person, Record, Tally

KINDS = {
    "what": "bold green",
    "when": "bold magenta",
    "where": "bold blue",
    "who": "bold yellow",
    "toll": "bold red",
    "source": "bold cyan",
}
"""The kinds of evidence, each with its style on the terminal."""

_KIND_OF = {
    "type": "what", "status": "what", "means": "what", "details": "what", "extent": "what", "manner": "what", "fate": "what",
    "start": "when", "end": "when", "since": "when", "until": "when", "date_precision": "when",
    "place": "where",
    "side_a": "who", "side_b": "who", "from": "who", "to": "who", "name": "who", "affiliation": "who", "role": "who", "actor": "who",
    "casualties": "toll",
    "sources": "source",
}  # fmt: skip


class Stretch(NamedTuple):
    """A stretch of the text, offsets in code points, end exclusive; `kind` is "" where no evidence stands."""

    start: int
    end: int
    kind: str


def kind_of(field: str) -> str:
    """The kind of a cell's evidence: `casualties[1]` is "toll"."""
    return _KIND_OF.get(field.partition("[")[0].partition(".")[0], "what")


def stretches(record: Record) -> list[Stretch]:
    """The whole text cut where evidence begins and ends, in order. Where several overlap, the shortest one shows."""
    text = record.report.text
    spans = sorted(
        {
            (e.end - e.start, e.start, e.end, kind_of(e.field))
            for e in record.all_evidence()
            if e.start < e.end
        }
    )
    kinds = [""] * len(text)
    for _, start, end, kind in spans:
        for at in range(max(0, start), min(end, len(text))):
            kinds[at] = kinds[at] or kind
    cuts = [at for at in range(len(text)) if at == 0 or kinds[at] != kinds[at - 1]]
    return [Stretch(at, end, kinds[at]) for at, end in pairwise([*cuts, len(text)])]


def parts_of(record: Record) -> Iterator[tuple[str, list[tuple[str, str]], tuple[Evidence, ...]]]:
    """Each part of the record: its heading, its cells as (field, value in words), its evidence."""
    for number, event in enumerate(record.events):
        yield f"Event {number}: {type_words(event)}", list(_event_cells(event)), event.evidence
    for tally in record.tallies:
        yield "Tally", list(_tally_cells(tally)), tally.evidence
    for change in record.control:
        yield "Change of control", list(_control_cells(change)), change.evidence
    for person in record.persons:
        yield "Person", list(_person_cells(person)), person.evidence


def _event_cells(event: Event) -> Iterator[tuple[str, str]]:
    yield "type", event.type
    yield "status", event.status
    yield "start", event.start or ""
    yield "end", event.end or ""
    yield "place", place_words(event.place)
    yield from _each("side_a", map(actor_names, ((slug,) for slug in event.side_a)))
    yield from _each("side_b", map(actor_names, ((slug,) for slug in event.side_b)))
    tolls = (
        f"{side_of(c)}: {figure(c)}{'' if c.part_of is None else f', part of {c.part_of}'}"
        for c in event.casualties
    )
    yield from _each("casualties", tolls)
    yield from _each("means", event.means)
    yield from _each("details", map(detail_words, event.details))
    yield from _each("sources", (isolated(source.name) for source in event.sources))


def _tally_cells(tally: Tally) -> Iterator[tuple[str, str]]:
    yield "since", tally.since or ""
    yield "until", tally.until or ""
    yield "place", place_words(tally.place)
    yield from _each("casualties", (f"{figure(c)} {actor_names(c.actor)}".strip() for c in tally.casualties))
    yield from _each("sources", (isolated(source.name) for source in tally.sources))


def _control_cells(change: ControlChange) -> Iterator[tuple[str, str]]:
    yield "place", place_words(change.place)
    yield from _each("from", map(actor_names, ((slug,) for slug in change.from_)))
    yield from _each("to", map(actor_names, ((slug,) for slug in change.to)))
    yield "start", change.start or ""
    yield "extent", change.extent
    yield "manner", change.manner
    yield from _each("sources", (isolated(source.name) for source in change.sources))


def _person_cells(person: Person) -> Iterator[tuple[str, str]]:
    yield "name", isolated(person.name)
    yield "role", isolated(person.role or "")
    yield from _each("affiliation", map(actor_names, ((slug,) for slug in person.affiliation)))
    yield "fate", person.fate
    yield "event", "" if person.event is None else str(person.event)
    yield from _each("sources", (isolated(source.name) for source in person.sources))


def _each(field: str, values: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((f"{field}[{index}]", value) for index, value in enumerate(values))


def evidence_of(field: str, evidence: tuple[Evidence, ...]) -> list[Evidence]:
    """The entries of one cell, those of the whole list (`side_a`) counting for each of its cells (`side_a[0]`)."""
    own = [
        entry
        for entry in evidence
        if entry.field == field or entry.field.startswith((f"{field}.", f"{field}["))
    ]
    return own or [entry for entry in evidence if entry.field == field.partition("[")[0]]


Decisions = Sequence[Sequence[Derivation]]
"""The decisions of the models behind each event of a record, in order."""


def decisions_of(record: Record) -> Decisions:
    """The decisions behind each event of a record that this version's coder made; none for an event that it would not
    propose."""
    known = {key_of(event): found for event, found in derivations(record.report)}
    return [known.get(key_of(event), ()) for event in record.events]


def explained(record: Record, decisions: Decisions = ()) -> RenderableType:
    """For the terminal: the text marked, then a tree of parts, cells, and the words and rules behind each; with
    `decisions` also what the models weighed."""
    text = record.report.text
    marked = Text()
    for stretch in stretches(record):
        marked.append(_shown(text[stretch.start : stretch.end]), style=KINDS.get(stretch.kind, ""))
    legend = Text(" ".join(KINDS), style="dim")
    for kind, style in KINDS.items():
        legend.highlight_words([kind], style)
    tree = Tree(Directed(isolated(record.report.id), style="bold"))
    for number, (heading, cells, evidence) in enumerate(parts_of(record)):
        branch = tree.add(Text(heading, style="bold"))
        for field, value in cells:
            entries = evidence_of(field, evidence)
            if value or entries:
                leaf = branch.add(Directed.assemble((field, KINDS[kind_of(field)]), " = ", value or "(none)"))
                for entry in entries:
                    leaf.add(
                        Text(
                            f"{isolated(entry.text)}  [{entry.start}:{entry.end}]  {entry.rule}", style="dim"
                        )
                    )
        if number < len(decisions) and decisions[number]:
            weighed = branch.add(Text("decided by", style="bold"))
            for decided in decisions[number]:
                weighed.add(Text(_weighed(decided), style="dim"))
    notes = [Text(f"Note: {note}", style="yellow") for note in record.notes]
    return Group(marked, Text(), legend, tree, *notes, Text())


def _weighed(decided: Derivation) -> str:
    """A decision in one line: the question, the words, how likely, and what weighed most."""
    features = "  ".join(f"{reason.feature} {reason.weight:+.2f}" for reason in decided.reasons)
    words = f" {isolated(_shown(decided.words))}" if decided.words else ""
    return f"{decided.model}{words} {decided.probability:.2f}:  {_shown(features)}"


def _shown(text: str) -> str:
    """Without the control characters that a terminal would obey; line ends stay."""
    return "".join(
        c if c == "\n" or c.isprintable() or c in "\u200c\u200d\u200e\u200f" else " " for c in text
    )


_STYLE = """
:root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.7 }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
.text { white-space: pre-wrap; font-size: 1.1rem }
table { border-collapse: collapse; width: 100% }
td { vertical-align: top; padding: .2rem .6rem; border-top: 1px solid #8884 }
mark { color: inherit; border-radius: .2rem; padding: 0 .1rem }
.what { background: #4a48 } .when { background: #a4a8 } .where { background: #44c8 }
.who { background: #ca08 } .toll { background: #c448 } .source { background: #0aa8 }
small { opacity: .7 }
"""


def write_page(records: Iterable[tuple[Record, Decisions]]) -> Iterator[str]:
    """One self-contained HTML page, in pieces: no script, nothing fetched, every word of the reports escaped."""
    yield (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>Sijill: records explained</title><style>{_STYLE}</style></head><body>\n<p>"
        + " ".join(f'<mark class="{kind}">{kind}</mark>' for kind in KINDS)
        + "</p>\n"
    )
    for record, decisions in records:
        yield from _page_record(record, decisions)
    yield "</body></html>\n"


def _page_record(record: Record, decisions: Decisions) -> Iterator[str]:
    report = record.report
    head = " · ".join(filter(None, (report.id, report.published, report.source)))
    yield f'<article>\n<h1 dir="auto">{escape(report.title or report.id)}</h1>\n<p dir="auto"><small>{escape(head)}</small></p>\n'
    right_to_left = report.language is None or report.language == "ar"
    yield f'<div class="text" dir="{"rtl" if right_to_left else "auto"}" lang="{escape(report.language or "ar")}">'
    for start, end, kind in stretches(record):
        words = escape(report.text[start:end])
        yield f'<mark class="{kind}">{words}</mark>' if kind else words
    yield "</div>\n"
    for number, (heading, cells, evidence) in enumerate(parts_of(record)):
        yield f"<h2>{escape(heading)}</h2>\n<table>\n"
        for field, value in cells:
            entries = evidence_of(field, evidence)
            if value or entries:
                shown = "".join(_page_entry(entry) for entry in entries)
                mark = f'<mark class="{kind_of(field)}">{escape(field)}</mark>'
                yield f'<tr><td>{mark}</td><td dir="auto">{escape(value)}</td><td>{shown}</td></tr>\n'
        yield "</table>\n"
        if number < len(decisions) and decisions[number]:
            lines = "".join(f'<li dir="auto">{escape(_weighed(d))}</li>' for d in decisions[number])
            yield f"<details><summary>decided by</summary><ul>{lines}</ul></details>\n"
    yield "".join(f"<p>Note: {escape(note)}</p>\n" for note in record.notes)
    yield "</article>\n"


def _page_entry(entry: Evidence) -> str:
    words, rule = escape(entry.text), escape(entry.rule)
    return f"<div><bdi>{words}</bdi> <small>[{entry.start}:{entry.end}] {rule}</small></div>"
