"""The one vocabulary: Report, Record and its parts, Evidence.

The shapes are the codebook's. All are frozen and typed, compare by value, and go to JSON and back unchanged
(`Record.to_json`, `Record.from_json`). Offsets count Unicode code points of `Report.text`, end exclusive.
Dates are ISO 8601 strings (`YYYY-MM-DD`), countries ISO 3166-1 alpha-2 codes, actors ids of the actor register.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

EventType = Literal[
    "armed_clash",
    "government_regains_territory",
    "non_state_actor_overtakes_territory",
    "air_strike",
    "shelling",
    "suicide_bombing",
    "ied",
    "grenade",
    "chemical_weapon",
    "attack",
    "execution",
    "abduction",
    "sexual_violence",
    "peaceful_protest",
    "protest_with_intervention",
    "excessive_force_against_protesters",
    "violent_demonstration",
    "mob_violence",
    "agreement",
    "arrests",
    "recruitment",
    "change_to_group",
    "disrupted_weapons_use",
    "base_established",
    "looting",
    "non_violent_transfer_of_territory",
    "other",
]
Status = Literal["reported", "claimed", "denied"]
Outcome = Literal["killed", "wounded", "captured", "abducted", "arrested", "missing", "displaced"]
CasualtySide = Literal["a", "b", "civilians", "unknown"]
Bound = Literal["exact", "at_least", "at_most", "about", "vague"]
SourceKind = Literal[
    "agency", "official", "party", "monitor", "activists", "witness", "medical", "social_media", "media"
]
Fate = Literal["killed", "wounded", "captured", "arrested", "abducted", "missing", "released"]
Extent = Literal["full", "partial", "unknown"]
Manner = Literal["force", "withdrawal", "handover", "unknown"]

GROUPS: dict[str, tuple[str, ...]] = {
    "battles": ("armed_clash", "government_regains_territory", "non_state_actor_overtakes_territory"),
    "explosions": ("air_strike", "shelling", "suicide_bombing", "ied", "grenade", "chemical_weapon"),
    "violence": ("attack", "execution", "abduction", "sexual_violence"),
    "demonstrations": (
        "peaceful_protest",
        "protest_with_intervention",
        "excessive_force_against_protesters",
        "violent_demonstration",
        "mob_violence",
    ),
    "strategic": (
        "agreement",
        "arrests",
        "recruitment",
        "change_to_group",
        "disrupted_weapons_use",
        "base_established",
        "looting",
        "non_violent_transfer_of_territory",
        "other",
    ),
}
GROUP_OF: dict[str, str] = {slug: group for group, slugs in GROUPS.items() for slug in slugs}


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """What every part of a record has in common: a frozen, typed value."""


class Evidence(Part, frozen=True, kw_only=True, omit_defaults=True):
    """The words behind one cell: `text == report.text[start:end]`; `rule` names the rule that read them, `confidence`
    how likely (0 to 1) the model that gave them this part holds it, absent where a rule alone did."""

    field: str
    start: int
    end: int
    text: str
    rule: str
    confidence: float | None = None


class Report(Part, frozen=True, kw_only=True):
    """What was said, as given. `published` is the day of publication, `language` an ISO 639-1 code."""

    id: str
    text: str
    source: str | None = None
    published: str | None = None
    language: str | None = None
    title: str | None = None
    url: str | None = None


class Place(Part, frozen=True, kw_only=True):
    """`name` in Latin script; `precision` is UCDP's where_prec (1 exact … 6 country)."""

    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: int = 1


class Source(Part, frozen=True, kw_only=True):
    """On whose word: `name` as the report has it, `actor` an id of the register or None."""

    name: str
    actor: str | None
    kind: SourceKind


class Detail(Part, frozen=True, kw_only=True):
    """Another amount that is said and belongs to the kind of event (pay, recruits, strikes, vehicles)."""

    what: str
    n: float | None
    bound: Bound
    unit: str | None = None


class Casualty(Part, frozen=True, kw_only=True):
    """People of one side with one outcome. `part_of` is the index of the figure that this one is a part of."""

    outcome: Outcome
    side: CasualtySide
    n: int | None
    bound: Bound
    part_of: int | None = None
    n_high: int | None = None


class Event(Part, frozen=True, kw_only=True):
    """One continuous action: same kind, same opposing sides, same place, days that run together."""

    type: EventType
    status: Status = "reported"
    start: str | None = None
    end: str | None = None
    date_precision: int = 5
    place: Place | None = None
    side_a: tuple[str, ...] = ()
    side_b: tuple[str, ...] = ()
    casualties: tuple[Casualty, ...] = ()
    sources: tuple[Source, ...] = ()
    means: tuple[str, ...] = ()
    details: tuple[Detail, ...] = ()
    confidence: float | None = None
    notes: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class TallyCasualty(Part, frozen=True, kw_only=True):
    """A figure of a tally; `actor` the ids of those who suffered it, empty where no group is named."""

    outcome: Outcome
    actor: tuple[str, ...]
    n: int | None
    bound: Bound
    part_of: int | None = None
    n_high: int | None = None


class Tally(Part, frozen=True, kw_only=True):
    """A total over a period or over several places that is not one event; never added to events."""

    since: str | None = None
    until: str | None = None
    place: Place | None = None
    casualties: tuple[TallyCasualty, ...] = ()
    sources: tuple[Source, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class ControlChange(Part, frozen=True, kw_only=True, rename={"from_": "from"}):
    """A place, or a part of it, changes hands."""

    place: Place | None
    from_: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    start: str | None = None
    extent: Extent = "unknown"
    manner: Manner = "unknown"
    sources: tuple[Source, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Person(Part, frozen=True, kw_only=True):
    """A named individual to whom the report says something happened; `event` indexes `Record.events`."""

    name: str
    affiliation: tuple[str, ...] = ()
    role: str | None = None
    fate: Fate = "killed"
    event: int | None = None
    sources: tuple[Source, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Record(Part, frozen=True, kw_only=True):
    """What one report says, by the codebook. `notes` say what could not be told and why."""

    report: Report
    events: tuple[Event, ...] = ()
    tallies: tuple[Tally, ...] = ()
    control: tuple[ControlChange, ...] = ()
    persons: tuple[Person, ...] = ()
    notes: tuple[str, ...] = ()

    def to_json(self) -> bytes:
        """The record as one line of UTF-8 JSON, without the line's end."""
        return _encoder.encode(self)

    @classmethod
    def from_json(cls, data: bytes | str) -> Record:
        """Read what `to_json` wrote; unknown keys are ignored.

        Raises `msgspec.ValidationError` naming the path of what doesn't fit the vocabulary.
        """
        return _decoder.decode(data)

    def all_evidence(self) -> list[Evidence]:
        """Every evidence entry of every part, in the record's order."""
        parts: tuple[Event | Tally | ControlChange | Person, ...]
        parts = (*self.events, *self.tallies, *self.control, *self.persons)
        return [entry for part in parts for entry in part.evidence]


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Record)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of `Record`, made from these types."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Record)}
