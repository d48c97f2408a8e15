"""The analysis of one report: everything that the language rooms read in it, in one place."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from datetime import date
from functools import cached_property
from itertools import pairwise

from sijill.language.actors import (
    ActorReader,
    allied,
    armies,
    country_of,
    described,
    government_of,
    is_state,
    meant_by,
)
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
from sijill.rules.knowledge import function_words


def with_allies(actors: list[ActorMention], forms: list[str]) -> list[ActorMention]:
    """The mentions with "its allies" filled in: of those allied with the party named before, whom the report names
    right beside it most often. Where it names none, the words stay without an id."""
    beside = named_beside(actors, forms)
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


def named_beside(actors: list[ActorMention], forms: list[str]) -> Counter[tuple[str, str]]:
    """How often two parties are named as one: "A and B", "A of B"."""
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
    return beside


_OWNED = function_words("actor.owned")

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
    def in_times(self) -> set[int]:
        """The tokens inside times."""
        return {i for t in self.times for i in range(t.first_token, t.stop)}

    @cached_property
    def numbers(self) -> list[NumberMention]:
        """The numbers that are no part of a time, in order."""
        return [
            n for n in read_numbers(self.tagged) if not self.in_times.intersection(range(n.first, n.stop))
        ]

    @cached_property
    def people(self) -> list[PersonMention]:
        """The named persons, in order."""
        return read_people(self.tagged, self.in_times)

    @cached_property
    def _in_times_and_people(self) -> set[int]:
        return self.in_times | _tokens(self.people)

    @cached_property
    def _actor_reader(self) -> ActorReader:
        return ActorReader(self.tagged, self._in_times_and_people)

    @cached_property
    def _at_sight(self) -> tuple[list[ActorMention], bool]:
        return self._actor_reader.read(), self._actor_reader.open

    @property
    def actors_at_sight(self) -> list[ActorMention]:
        """The parties and people before it is known which country the report is about."""
        return self._at_sight[0]

    @property
    def needs_country(self) -> bool:
        """Whether the country of the report may settle who parties are that nothing else tells."""
        return self._at_sight[1]

    @cached_property
    def places(self) -> list[PlaceMention]:
        """The places, in order."""
        named = {
            i for a in self.actors_at_sight if a.form in ("name", "force") for i in range(a.first, a.stop)
        }
        return read_places(self.tagged, None, self._in_times_and_people | named)

    @cached_property
    def actors(self) -> list[ActorMention]:
        """The parties and people, in order; short names and forces of a state as the country of the report settles them."""
        actors = self.actors_at_sight
        if self.country and self.needs_country:
            actors = self._actor_reader.read(self.country)
        actors = self._without_places(actors)
        return self._with_partners(with_allies(self._with_owners(actors), self.words.forms))

    @cached_property
    def taken(self) -> frozenset[int]:
        """The tokens inside times, places, named persons and named actors."""
        return frozenset(self._in_times_and_people | _tokens(self.places) | self._name_tokens())

    @cached_property
    def speakers(self) -> list[SpeakerMention]:
        """On whose word what is told, in order."""
        return read_speakers(self.tagged, self.sentences, self.actors)

    def _without_places(self, actors: list[ActorMention]) -> list[ActorMention]:
        """The mentions without single words that point back to a place: "القاعدة" is the air base that was named before, where
        the report names no "تنظيم القاعدة" as well."""
        pointing = {p.first for p in self.places if p.rule == "places.named_before"}
        pointing.intersection_update(a.first for a in actors if a.stop - a.first == 1)
        if not pointing:
            return actors
        in_full = {i for a in actors if a.stop - a.first > 1 for i in a.ids}
        return [a for a in actors if a.first not in pointing or not in_full.isdisjoint(a.ids)]

    def _with_partners(self, actors: list[ActorMention]) -> list[ActorMention]:
        """The mentions, where those that describe a group ("المتمردين") mean an ally too that it was introduced with: named
        as one with it where the report first names it, or twice."""
        described_here = {
            a.first
            for a in actors
            if a.form == "short"
            and (tag := self.tagged.first(a.first, "actor.short"))
            and tag.sense.value in described()
        }
        if not described_here:
            return actors
        partner: dict[str, str] = {}
        for (a, b), n in named_beside(actors, self.words.forms).items():
            first = next(i for i, m in enumerate(actors) if a in m.ids)
            introduced = first + 1 < len(actors) and b in actors[first + 1].ids
            if a != b and allied(a, b) and (n > 1 or introduced):
                partner.setdefault(a, b)
        return [
            a._replace(ids=(*a.ids, partner[a.ids[0]]))
            if a.first in described_here and a.ids and a.ids[0] in partner
            else a
            for a in actors
        ]

    def _with_owners(self, actors: list[ActorMention]) -> list[ActorMention]:
        """The mentions, with an id for forces and fighters that nobody is named for, where the report tells whose they
        are: see `_owner`."""
        found: list[ActorMention] = []
        for actor in actors:
            if not actor.ids and actor.who in ("state", "soldiers", "fighters"):
                owner = self._owner(actor, actors, found)
                actor = actor._replace(ids=(owner,)) if owner else actor
            found.append(actor)
        return found

    def _owner(
        self, actor: ActorMention, actors: list[ActorMention], before: list[ActorMention]
    ) -> str | None:
        """Whose people or forces a mention means. "Its forces", "قواته": of the party named last in the sentence. Forces of
        a state ("the army", "ثلاثة جنود"): of the state named last in the sentence, else of where they are told of (as posts and patrols
        always), the country of the nearest place in the sentence or of the report. "The militants": of the group named last before, else
        of the only one that the report names; never of one allied with the country's government. Aircraft: of those whose
        aircraft were named last ("طائرات التحالف ... قصفت المقاتلات")."""
        sentence = self.sentences[self.sentence_of(actor.first)]
        beside = [a for a in before if a.ids and a.first >= sentence.first]
        owned = self._owned(actor)
        if owned and beside:
            return beside[-1].ids[0]
        if actor.who == "fighters":
            if actor.noun == "culprit":
                return None
            if (owned or actor.definite or self._pointed_at(actor)) and (foe := self._foe(actors, before)):
                return foe
            return self._meant(actor, actors)
        states = [i for a in beside for i in a.ids if is_state(i)]
        if states and actor.noun != "post":
            return states[-1]
        if actor.noun == "air" and (flying := [a for a in before if a.ids and self._flies(a)]):
            return flying[-1].ids[0]
        near = [p for p in self.places if sentence.first <= p.first < sentence.stop and p.country]
        country = min(near, key=lambda p: abs(p.first - actor.first)).country if near else self.country
        return armies().get((actor.noun, country or "")) or self.government(country)

    def _flies(self, actor: ActorMention) -> bool:
        """Whether a mention is of somebody's aircraft: "طائرات التحالف"."""
        return any(
            tag.sense.category == "aircraft" or (tag.sense.category == "force" and tag.sense.value == "air")
            for tag in self.tagged.at(actor.first)
        )

    def _meant(self, actor: ActorMention, actors: list[ActorMention]) -> str | None:
        """The group that a word for fighters means in the country, where the report names no foe of its government."""
        meant = (meant_by(form, self.country or "") for form in self.words.forms[actor.first : actor.stop])
        found = next(filter(None, meant), None)
        return found if found and not self._foes(actors) else None

    def _owned(self, actor: ActorMention) -> bool:
        """Whether a pronoun says that forces or people are somebody's: "قواتها", "their fighters"."""
        forms = self.words.forms
        if actor.first and forms[actor.first - 1] in _OWNED:
            return True
        tag = self.tagged.first(
            actor.first, "force", "people.soldiers", "people.fighters", "people.member", "people.leaders"
        )
        return tag is not None and bool(tag.enclitic)

    def _pointed_at(self, actor: ActorMention) -> bool:
        return bool(actor.first) and self.words.forms[actor.first - 1] == "the"

    def _foe(self, actors: list[ActorMention], before: list[ActorMention]) -> str | None:
        """The group that "the militants" means, as `_owner` says."""
        earlier = self._foes(before)
        named = set(self._foes(actors))
        return earlier[-1] if earlier else next(iter(named)) if len(named) == 1 else None

    def _foes(self, mentions: list[ActorMention]) -> list[str]:
        """The groups among mentions, in order, that are not allied with the country's government."""
        state = self.government(self.country) or ""
        return [i for a in mentions if a.who == "group" for i in a.ids if not allied(i, state)]

    @cached_property
    def _claims(self) -> list[tuple[int, str]]:
        """Who claims responsibility for what is told, with the sentence of the claim: the group nearest to the words. "No
        group claimed responsibility", "لم تتبن أي جهة الهجوم" claim nothing."""
        found = []
        denials = sorted(tag.first for tag in self.tagged.of("cue.negation"))
        for tag in self.tagged.of("cue.responsibility"):
            k = self.sentence_of(tag.first)
            sentence = self.sentences[k]
            if bisect_left(denials, max(tag.first - 4, sentence.first)) < bisect_left(denials, tag.first):
                continue
            groups = [
                (abs(a.first - tag.first), a.ids[0])
                for a in self.actors
                if a.who == "group" and a.ids and sentence.first <= a.first < sentence.stop
            ]
            if groups:
                found.append((k, min(groups)[1]))
        return found

    def claimant(self, token: int) -> str | None:
        """The group that claims what is told at a token, in its sentence or one of the three after it."""
        here = self.sentence_of(token)
        return next((group for k, group in self._claims if here <= k <= here + 3), None)

    def _name_tokens(self) -> set[int]:
        return {i for a in self.actors if a.form in ("name", "short") for i in range(a.first, a.stop)}

    @cached_property
    def country(self) -> str | None:
        """The country that most of the places and parties named belong to; None where nothing tells."""
        votes: Counter[str] = Counter()
        for place in self.places:
            if place.country:
                votes[place.country] += 2
        for actor in self.actors_at_sight:
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
        if 0 <= token < len(known):
            return known[token]
        if token < 0 and known:
            return known[0]
        return known[-1] if known else 0

    def government(self, country: str | None) -> str | None:
        """The id of a country's government."""
        return government_of().get(country) if country else None


def _tokens(mentions: list[PersonMention] | list[PlaceMention]) -> set[int]:
    return {i for m in mentions for i in range(m.first, m.stop)}
