"""What the readers of the language rooms find: mentions, with their tokens and the rule that read them."""

from __future__ import annotations

from typing import Literal, NamedTuple

from sijill.records import SourceKind

Who = Literal["state", "group", "civilians", "soldiers", "fighters", "persons", "unknown", "leaders"]


class ActorMention(NamedTuple):
    """Words for a party or for people: tokens `first` to `stop` (exclusive).

    `ids` are ids of the actor register ([] while nobody is named), `who` says what kind of people they are, `form` how
    they were named: "name", "force", "people", "short". `count` is 1 or 2 where the noun's number says so, else None.
    """

    first: int
    stop: int
    ids: tuple[str, ...]
    who: Who
    form: str
    count: int | None  # type: ignore[assignment]  # as tuple.count, which nobody asks of a mention
    noun: str
    definite: bool
    rule: str


class PersonMention(NamedTuple):
    """A named individual: `first` to `stop` are the tokens of the name alone; `role` the title before it."""

    first: int
    stop: int
    name: str
    role: str | None
    rule: str
    role_first: int


class SpeakerMention(NamedTuple):
    """On whose word something is told: `first` to `stop` the tokens of the speaker's name, `cue` the token of the
    speech verb; what is said stands in tokens `scope_first` to `scope_stop`. `distance` where the report keeps off."""

    first: int
    stop: int
    name: str
    kind: SourceKind
    actor: str | None
    distance: bool
    scope_first: int
    scope_stop: int
    rule: str


class PlaceMention(NamedTuple):
    """A place named in a text.

    `first` and `stop` are token indexes, `start` and `end` offsets into the given text in code points (end exclusive),
    of the name alone. `name` is in Latin script where the gazetteer knows the place, else as the text has it, and then
    `lat` and `lon` are None. `precision` is UCDP's `where_prec`; `adm1` an ISO 3166-2 code or "", `adm2` a district's
    name or "". `rule` says what read it, `score` how sure it is (2 is the least that is kept).
    """

    first: int
    stop: int
    start: int
    end: int
    name: str
    country: str | None
    lat: float | None
    lon: float | None
    kind: str
    precision: int
    geonameid: int | None
    adm1: str
    adm2: str
    place_id: str | None
    rule: str
    score: float
