"""Places in a text: which words name one, which place of that name is meant, and how exactly (UCDP `where_prec`).

One pass over the words finds every name that the gazetteer holds, the longest first. The words around a name (data:
`knowledge/places/cues.tsv`) say whether it is a place at all, of what kind, and whether the place itself or only its
neighbourhood is meant. Which of several namesakes it is, the rest of the text decides: the country of the report (given,
or voted for by the other names), the places and units named nearby, and size.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from sijill.language.gazetteer import Place
from sijill.language.place_choice import PlaceChoice
from sijill.language.place_context import ARTICLES, CONSTRUCT_HEADS, OPENERS, Setting, Span
from sijill.language.place_cues import Cue, arabic_cue, demonym_country
from sijill.language.tagging import Tagged
from sijill.rules.knowledge import rows_of
from sijill.text.script import normal_form
from sijill.text.words import Words, is_arabic

# Letters of no Arabic word.
_OTHER_LETTERS = re.compile(r"[^\W\d_\u0621-\u064a]")
_UNKNOWN_HEADS = frozenset(("settlement", "neighbourhood", "district", "subdistrict", "camp"))


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


@lru_cache(maxsize=1)
def directions() -> dict[str, str]:
    """The side that a word for a part of a country names, by its normal form."""
    rows = rows_of("places/directions.tsv")
    return {normal_form(form.strip()): side for side, forms in rows for form in forms.split("|")}


def find_places(text: str, country: str | None = None) -> list[PlaceMention]:
    """The places named in a text, in order. `country` is the ISO alpha-2 code of the country that it reports from."""
    return _Reader(Words(text), country, frozenset()).read()


def read_places(tagged: Tagged, country: str | None, taken: Collection[int]) -> list[PlaceMention]:
    """The places named in a tagged text outside the `taken` tokens (names of persons and actors, dates)."""
    return _Reader(tagged.words, country, frozenset(taken)).read()


class _Reader(PlaceChoice):
    """The reading of one text."""

    def read(self) -> list[PlaceMention]:
        spans = self._spans()
        self._vote(spans)
        settings = [self._setting(span.at, span.stop, span.proclitics) for span in spans]
        self._carry(spans, settings)
        chosen = self._choose(spans, settings)
        mentions = [self._mention(spans[k], settings[k], *chosen[k]) for k in sorted(chosen)]
        held = {i for mention in mentions for i in range(mention.first, mention.stop)}
        mentions += self._unlisted(held)
        mentions += self._romanised(held)
        mentions.sort(key=lambda mention: mention.first)
        mentions += (*self._named_before(mentions), *self._two_named_before(mentions))
        mentions.sort(key=lambda mention: mention.first)
        return mentions

    def _mention(self, span: Span, setting: Setting, place: Place, score: float) -> PlaceMention:
        first, stop = self.content[span.at], self.content[span.stop - 1] + 1
        start, end = self.words.span(first, stop)
        start += self._proclitic_length(first, span.proclitics, start)
        place, kind, precision, rule = self._meant(place, setting)
        if precision == 5 and place.kind == "country":
            place = self._part(place, span)
        return PlaceMention(
            first, stop, start, end, place.name, place.country or None, place.lat, place.lon, kind, precision,
            place.geonameid, place.adm1, place.adm2, place.id, rule, round(score, 2),
        )  # fmt: skip

    def _part(self, country: Place, span: Span) -> Place:
        """The part of a country that the word before its name says ("شمال العراق"): the middle of its governorates on
        that side, under the name "Northern Iraq"."""
        side = (
            directions().get(self.forms[span.at - 1].removeprefix("ب").removeprefix("و")) if span.at else None
        )
        if side is None:
            return country
        units = self.known.governorates(country.country)
        sign = 1 if side in ("north", "east") else -1
        units.sort(
            key=lambda p: (sign * (p.lat if side in ("north", "south") else p.lon), p.id), reverse=True
        )
        there = units[: max(1, len(units) // 3)]
        if len(units) < 3:
            return country
        lat, lon = (
            round(sum(values) / len(there), 3) for values in ([p.lat for p in there], [p.lon for p in there])
        )
        return country._replace(
            id=f"{country.id}-{side}", name=f"{side.capitalize()}ern {country.name}", lat=lat, lon=lon
        )

    def _proclitic_length(self, token: int, proclitics: str, start: int) -> int:
        """How many code points of the given text the proclitics before a name take up."""
        if not proclitics:
            return 0
        text, left, at = self.words.text, len(proclitics), start
        while left and at < len(text):
            left -= 1
            at += 1
            while at < len(text) and "\u064b" <= text[at] <= "\u0652":
                at += 1
        _, end = self.words.span(token, token + 1)
        return min(at - start, max(0, end - start - 1))

    def _meant(self, place: Place, setting: Setting) -> tuple[Place, str, int, str]:
        """Place, kind, `where_prec` and rule after the words around the name."""
        head = setting.head.value if setting.head else ""
        kind, precision = place.kind, place.precision
        if setting.countryside:
            if kind == "governorate":
                return place, kind, 4, "places.countryside"
            unit = self._governorate_of(place) if kind in ("settlement", "district") else None
            if unit is not None:
                return unit, "governorate", 4, "places.countryside"
            return place, kind, max(2, precision), "places.countryside"
        if head == "governorate" and kind not in ("governorate", "region"):
            unit = self._governorate_of(place)
            if unit is not None:
                return unit, "governorate", 4, "places.governorate"
        if head in ("district", "desert") and kind not in ("district", "desert"):
            return place, head, {"district": 3, "desert": 5}[head], f"places.{head}"
        if head in ("airport", "camp", "crossing", "field", "dam") and kind not in (head, "neighbourhood"):
            return place, head, 2, f"places.{head}"
        if setting.road:
            return place, kind, max(2, precision), "places.road"
        if setting.around or (setting.direction and kind not in ("region", "desert", "river", "mountain")):
            if kind in ("country", "governorate"):
                return place, kind, 5 if kind == "country" else 4, "places.part"
            return place, kind, max(2, precision), "places.near"
        if setting.skip == "affiliation" and kind == "country":
            return place, kind, precision, "places.affiliation"
        return place, kind, precision, f"places.{head or 'name'}"

    def _governorate_of(self, place: Place) -> Place | None:
        """The governorate that bears a place's name and holds it; None where there is none."""
        unit = self.known.unit(place.adm1) if place.adm1 else None
        return unit if unit is not None and set(unit.names) & set(place.names) else None

    def _unlisted(self, held: set[int]) -> list[PlaceMention]:
        """Names after a head ("قرية X") that no row bears: tried by sound in the report's country, else left without
        coordinates."""
        found: list[PlaceMention] = []
        for at, word in self.said:
            cue = word.cue
            if (
                cue is None
                or cue.category != "head"
                or cue.value not in _UNKNOWN_HEADS
                or at + 1 >= len(self.forms)
                or self.content[at] in self.taken
                or self.forms[at].startswith("ال")
            ):
                continue
            follower: int | None = at + 1 + (self.forms[at + 1] in OPENERS)
            joined = False
            while follower is not None and follower < len(self.forms):
                mention = self._unlisted_at(follower, cue, held, joined)
                if mention is not None:
                    found.append(mention)
                    held.update(range(mention.first, mention.stop))
                elif self.content[follower] not in held:
                    break
                follower = self._next_listed(follower, held) if cue.several else None
                joined = follower is not None and self.forms[follower].startswith("و")
        return found

    def _next_listed(self, at: int, held: set[int]) -> int | None:
        """After a head of several ("قريتي X وY", "بلدات X، Y وZ"): where the name after the one at `at` begins."""
        while at < len(self.forms) and self.content[at] in held:
            at += 1
            if at < len(self.forms) and self.forms[at].startswith("و") and is_arabic(self.forms[at]):
                return at
            if at + 1 < len(self.forms) and self.forms[at] in ("،", ",") and is_arabic(self.forms[at + 1]):
                return at + 1
        return None

    def _unlisted_at(self, at: int, cue: Cue, held: set[int], joined: bool = False) -> PlaceMention | None:
        """The name at `at`; with `joined` its و is "and"."""
        if at >= len(self.forms) or not is_arabic(self.forms[at]) or not self._may_name(at, held):
            return None
        form = self.forms[at]
        if joined:
            form = form[1:]
            if len(form) < 3 or not self._may_be_bare(form):
                return None
        sizes = [1]
        if at + 1 < len(self.forms) and is_arabic(self.forms[at + 1]) and self._may_name(at + 1, held):
            second = self.forms[at + 1]
            if form in CONSTRUCT_HEADS or (not form.startswith("ال") and second.startswith("ال")):
                sizes = [2, 1]
        setting = self._setting(at, at + 1, "")
        for size in sizes:
            name = " ".join((form, *self.forms[at + 1 : at + size]))
            place = self._by_sound(name)
            if place is not None:
                span = Span(at, at + size, name, "و" if joined else "", (place,))
                return self._mention(span, setting, place, 2.5)._replace(rule="places.sound")
        size = sizes[0]
        if size == 1 and not form.startswith("ال") and (len(form) < 4 or form in self.cues.weak):
            return None
        first, stop = self.content[at], self.content[at + size - 1] + 1
        start, end = self.words.span(first, stop)
        start += self._proclitic_length(first, "و" if joined else "", start)
        precision = 3 if cue.value == "district" else 2 if setting.around else 1
        return PlaceMention(
            first, stop, start, end, self.words.text[start:end], self.report_country, None, None, cue.value, precision,
            None, "", "", None, "places.unlisted", 2.0,
        )  # fmt: skip

    def _romanised(self, held: set[int]) -> list[PlaceMention]:
        """Latin names that no row bears in that spelling, where a preposition or a head speaks of a place: by sound, in
        the report's country ("Hammouriya" for Hammuriyah)."""
        found: list[PlaceMention] = []
        if self.report_country is None:
            return found
        stop = 0
        if not _OTHER_LETTERS.search(self.words.normal.text):
            return found
        for at, form in enumerate(self.forms):
            if "\u0621" <= form[0] <= "\u064a" or at < stop or not form[0].isalpha():
                continue
            if self.content[at] in held or self.content[at] in self.taken or not self._capital(at):
                continue
            stop = at + 1
            while (
                stop < len(self.forms)
                and stop - at < 4
                and self.forms[stop][0].isalpha()
                and self._written(stop)[0].isupper()
            ):
                stop += 1
            setting = self._english_setting(at, stop)
            if not setting.skip and (setting.preposition or setting.head or setting.countryside):
                name = " ".join(self.forms[at:stop])
                first = self.forms[at + 1] if self.forms[at] in ARTICLES and stop - at > 1 else self.forms[at]
                if len(first) > 3 and first not in self.cues.weak_english and demonym_country(name) is None:
                    heard = self.known.sounding_latin(name, self.report_country)
                    if heard:
                        place = heard[0][1]
                        mention = self._mention(Span(at, stop, name, "", (place,)), setting, place, 2.2)
                        found.append(mention._replace(rule="places.sound"))
                        held.update(range(mention.first, mention.stop))
        return found

    def _named_before(self, mentions: list[PlaceMention]) -> list[PlaceMention]:
        """ "The town", "المدينة", "المخيم" for the last place of that kind that was named."""
        found: list[PlaceMention] = []
        held = {i for mention in mentions for i in range(mention.first, mention.stop)}
        nouns = [(at, word.back) for at, word in self.said if word.back]
        nouns += [(at, noun) for at, noun in self._english_nouns() if noun in self.cues.back]
        for at, noun in sorted(nouns):
            token = self.content[at]
            if (
                token in held
                or token in self.taken
                or (at + 1 < len(self.forms) and self.content[at + 1] in held)
            ):
                continue
            if self.cues.back[noun] == ("capital",):
                capital = self.known.capital(self.report_country) if self.report_country else None
                if capital is not None:
                    span = Span(at, at + 1, noun, "", (capital,))
                    found.append(
                        self._mention(span, self._setting(at, at + 1, ""), capital, 2.0)._replace(
                            rule="places.capital"
                        )
                    )
                continue
            kinds = self.cues.back[noun]
            named = [
                m for m in mentions if m.first < token and m.kind in kinds and m.rule != "places.affiliation"
            ]
            if not named:
                continue
            introduced = {m.place_id for m in named if m.rule in ("places.settlement", "places.near")}
            told = [m for m in named[-5:] if m.place_id in introduced]
            last = told[-1] if told else named[-1]
            setting = self._setting(at, at + 1, "")
            start, end = self.words.span(token, token + 1)
            precision = (
                2
                if (setting.around or setting.direction) and last.precision < 2
                else min(last.precision, 2)
                if last.kind == "settlement"
                else last.precision
            )
            if last.rule == "places.near" and not (setting.around or setting.direction):
                precision = 1
            found.append(
                last._replace(
                    first=token,
                    stop=token + 1,
                    start=start,
                    end=end,
                    precision=precision,
                    rule="places.named_before",
                )
            )
        return found

    def _english_nouns(self) -> Iterator[tuple[int, str]]:
        """The words after "the", with it."""
        if "the" not in self.forms:
            return
        for at, (article, form) in enumerate(pairwise(self.forms), 1):
            if article == "the" and not is_arabic(self.forms[at]):
                yield at, f"the {form}"

    def _two_named_before(self, mentions: list[PlaceMention]) -> list[PlaceMention]:
        """ "القريتين" for the last two places of that kind that were named one after the other."""
        found: list[PlaceMention] = []
        for at, kinds in [(at, word.pair) for at, word in self.said if word.pair]:
            token = self.content[at]
            if token in self.taken:
                continue
            named = [m for m in mentions if m.first < token and m.kind in kinds and m.rule != "places.near"]
            if len(named) < 2 or named[-1].first - named[-2].stop > 2:
                continue
            start, end = self.words.span(token, token + 1)
            found += [
                m._replace(first=token, stop=token + 1, start=start, end=end, rule="places.named_before")
                for m in named[-2:]
            ]
        return found

    @staticmethod
    def _may_be_bare(form: str) -> bool:
        """Whether what is left of a word without its و is no word of the cues."""
        return arabic_cue(form) is None and demonym_country(form) is None

    def _may_name(self, at: int, held: set[int]) -> bool:
        form, token = self.forms[at], self.content[at]
        if (
            token in held
            or token in self.taken
            or (len(form) < 3 and form not in CONSTRUCT_HEADS)
            or form in self.cues.stop
            or demonym_country(form)
        ):
            return False
        return (
            arabic_cue(form) is None and arabic_cue(form.removeprefix("ال")) is None
        ) or form in CONSTRUCT_HEADS

    def _by_sound(self, name: str) -> Place | None:
        if self.report_country is None or len(name) < 3:
            return None
        heard = self.known.sounding(name, self.report_country, 0.8)
        return heard[0][1] if heard else None
