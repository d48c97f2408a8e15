"""People and parties of a text on their own, for use without coding a report: mentions with offsets into the text."""

from __future__ import annotations

from typing import NamedTuple

from sijill.language.actors import read_actors
from sijill.language.mentions import Who
from sijill.language.people import read_people
from sijill.language.tagging import Tagged, tag_text
from sijill.language.times import read_times


class FoundPerson(NamedTuple):
    """A named individual: the name stands at `text[start:end]` (code points); `role` is the title before it or None."""

    start: int
    end: int
    name: str
    role: str | None
    rule: str


class FoundActor(NamedTuple):
    """Words for a party or for people at `text[start:end]` (code points).

    `ids` are ids of the actor register (empty where nobody is named), `who` says what kind of people they are, `form`
    how they are named: "name", "force", "people", "short".
    """

    start: int
    end: int
    ids: tuple[str, ...]
    who: Who
    form: str
    rule: str


def find_people(text: str, language: str) -> list[FoundPerson]:
    """Every named individual of a text in a language ("ar", "en"), in order."""
    tagged = tag_text(text, language)
    people = read_people(tagged, _in_times(tagged))
    return [FoundPerson(*tagged.words.span(p.first, p.stop), p.name, p.role, p.rule) for p in people]


def find_actors(text: str, language: str, country: str | None = None) -> list[FoundActor]:
    """Every party, and people of one, in order. `country` (ISO alpha-2) settles short names that no full name
    introduces ("الحركة")."""
    tagged = tag_text(text, language)
    taken = _in_times(tagged)
    taken |= {i for p in read_people(tagged, taken) for i in range(p.first, p.stop)}
    actors = read_actors(tagged, taken, country)
    return [FoundActor(*tagged.words.span(a.first, a.stop), a.ids, a.who, a.form, a.rule) for a in actors]


def _in_times(tagged: Tagged) -> set[int]:
    return {i for t in read_times(tagged) for i in range(t.first_token, t.stop)}
