"""The analysis of one report: everything that the language rooms read in it, in one place."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cached_property
from itertools import pairwise

from sijill.language.actors import ActorReader, allied, country_of, government_of
from sijill.language.identify import identify
from sijill.language.mentions import ActorMention, PersonMention, SpeakerMention
from sijill.language.numbers import NumberMention, read_numbers
from sijill.language.people import read_people
from sijill.language.places import PlaceMention, read_places
from sijill.language.sentences import Sentence, read_sentences
from sijill.language.speakers import read_speakers
from sijill.language.tagging import Tagged, tag_text
from sijill.language.times import TimeMention, day_of_writing, read_times
from sijill.records import Report


def with_allies(actors: list[ActorMention], forms: list[str]) -> list[ActorMention]:
    """The mentions with "its allies" filled in: of those allied with the party named before, whom the report names
    right beside it most often. Where it names none, the words stay without an id."""
    beside: Counter[tuple[str, str]] = Counter()
    for left, right in pairwise(actors):
        between = forms[left.stop : right.first]
        joined = (
            between in (["و"], ["and"])
            or (len(between) <= 4 and forms[right.first - 1] in ("من", "of"))
            or not between
        )
        for a in left.ids if joined else ():
            for b in right.ids:
                beside[a, b] += 1
                beside[b, a] += 1
    filled: list[ActorMention] = []
    for actor in actors:
        if actor.noun == "allies" and not actor.ids and filled and filled[-1].ids:
            whose = filled[-1].ids[0]
            chances = sorted(
                (-n, b) for (a, b), n in beside.items() if a == whose and b != whose and allied(a, b)
            )
            actor = actor._replace(ids=(chances[0][1],) if chances else ())
        filled.append(actor)
    return filled


NOMINAL_DAY = date(2001, 5, 16)
"""What relative times count from inside an analysis whose report gives no day of publication: which of them agree, and
so every decision, is the same as with one. `Analysis.days` lets none of these days out."""


class Analysis:
    """A report with its words, sentences and mentions. Names, dates and speakers are read before anything is coded:
    `taken` holds the tokens inside times, places, named persons and named actors, where no trigger is looked for.

    Each is read when it is first asked for, so that a report with no word of conflict in it costs its words alone.
    """

    def __init__(self, report: Report) -> None:
        self.report = report
        self.language = identify(report.text, report.language)
        self.dated = bool(report.published)
        self.tagged: Tagged = tag_text(report.text, self.language)
        self.reference = (
            day_of_writing(self.tagged, date.fromisoformat(report.published[:10]))
            if report.published
            else NOMINAL_DAY
        )
        self.words = self.tagged.words

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences, in order."""
        return read_sentences(self.tagged)

    @cached_property
    def _sentence_of(self) -> list[int]:
        """The sentence of each token; marks between sentences go with the one before."""
        found: list[int] = []
        for k, sentence in enumerate(self.sentences):
            found += [max(k - 1, 0)] * (sentence.first - len(found))
            found += [k] * (sentence.stop - sentence.first)
        return found

    @cached_property
    def times(self) -> list[TimeMention]:
        """The times, in order."""
        return read_times(self.tagged, self.reference)

    @cached_property
    def _in_times(self) -> set[int]:
        return {i for t in self.times for i in range(t.first_token, t.stop)}

    @cached_property
    def numbers(self) -> list[NumberMention]:
        """The numbers that are no part of a time, in order."""
        return [
            n for n in read_numbers(self.tagged) if not self._in_times.intersection(range(n.first, n.stop))
        ]

    @cached_property
    def people(self) -> list[PersonMention]:
        """The named persons, in order."""
        return read_people(self.tagged, self._in_times)

    @cached_property
    def _in_times_and_people(self) -> set[int]:
        return self._in_times | _tokens(self.people)

    @cached_property
    def _actor_reader(self) -> ActorReader:
        return ActorReader(self.tagged, self._in_times_and_people)

    @cached_property
    def _actors_at_sight(self) -> list[ActorMention]:
        """The parties and people before it is known which country the report is about."""
        return self._actor_reader.read()

    @cached_property
    def places(self) -> list[PlaceMention]:
        """The places, in order."""
        named = {
            i for a in self._actors_at_sight if a.form in ("name", "force") for i in range(a.first, a.stop)
        }
        return read_places(self.tagged, None, self._in_times_and_people | named)

    @cached_property
    def actors(self) -> list[ActorMention]:
        """The parties and people, in order; short names and forces of a state as the country of the report settles them."""
        actors = self._actors_at_sight
        if self.country and self._actor_reader.open:
            actors = self._actor_reader.read(self.country)
        return with_allies([self._with_owner(actor) for actor in actors], self.words.forms)

    @cached_property
    def taken(self) -> frozenset[int]:
        """The tokens inside times, places, named persons and named actors."""
        return frozenset(self._in_times_and_people | _tokens(self.places) | self._name_tokens())

    @cached_property
    def speakers(self) -> list[SpeakerMention]:
        """On whose word what is told, in order."""
        return read_speakers(self.tagged, self.sentences, self.actors)

    def _with_owner(self, actor: ActorMention) -> ActorMention:
        """Forces of a state that nobody is named for ("قوات الأمن", "three soldiers") serve the government of where they
        are told of: the country of the nearest place in the sentence, else the country that the report is about."""
        if actor.ids or actor.who not in ("state", "soldiers"):
            return actor
        sentence = self.sentences[self.sentence_of(actor.first)]
        near = [p for p in self.places if sentence.first <= p.first < sentence.stop and p.country]
        country = min(near, key=lambda p: abs(p.first - actor.first)).country if near else self.country
        government = self.government(country)
        return actor._replace(ids=(government,)) if government else actor

    def _name_tokens(self) -> set[int]:
        return {i for a in self.actors if a.form in ("name", "short") for i in range(a.first, a.stop)}

    @cached_property
    def country(self) -> str | None:
        """The country that most of the places and parties named belong to; None where nothing tells."""
        votes: Counter[str] = Counter()
        for place in self.places:
            if place.country:
                votes[place.country] += 2
        for actor in self._actors_at_sight:
            for known in {country_of(i) for i in actor.ids} - {None}:
                votes[known or ""] += 1
        best = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
        return best[0][0] if best else None

    def days(self, time: TimeMention | None) -> tuple[date | None, date | None]:
        """The first and last day of a time; None for what counts from a day of publication that was not given."""
        if time is None or (time.relative and not self.dated):
            return None, None
        return time.first, time.last

    def sentence_of(self, token: int) -> int:
        """Index of the sentence that a token stands in (the nearest before it, for a mark between sentences)."""
        known = self._sentence_of
        if token < len(known):
            return known[max(token, 0)]
        return known[-1] if known else 0

    def government(self, country: str | None) -> str | None:
        """The id of a country's government."""
        return government_of().get(country) if country else None


def _tokens(mentions: list[PersonMention] | list[PlaceMention]) -> set[int]:
    return {i for m in mentions for i in range(m.first, m.stop)}
