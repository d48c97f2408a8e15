"""Names of places that no row of the gazetteer bears: known by the noun before them, found by sound, or set where the
words say that they lie ("قرية X جنوب مدينة Y", "the village of X in Y")."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from sijill.language.gazetteer import Place, distance_km
from sijill.language.mentions import PlaceMention
from sijill.language.place_choice import ARAB_COUNTRIES
from sijill.language.place_context import ARTICLES, CONSTRUCT_HEADS, OPENERS, Setting, Span
from sijill.language.place_cues import Cue, arabic_cue, demonym_country
from sijill.language.place_meaning import PlaceMeaning
from sijill.rules.knowledge import function_words
from sijill.text.words import is_arabic

_NAMED_ALONE = frozenset(("settlement", "neighbourhood", "district", "subdistrict", "camp"))
"""Kinds of place whose noun makes a name of what follows, whatever else the sentence says."""
_NAMED_WHERE_PLACED = frozenset(
    ("area", "crossing", "mountain", "river", "field", "dam", "facility", "airport")
)
"""Kinds whose noun does so only where the name is found by sound or the words say where it lies."""
_IN_TOWN = frozenset(("neighbourhood", "facility"))
_BODIES = function_words("place.body")
"""Nouns of those kinds after which mostly stands who is there, and no name."""
_LINKS = function_words("place.link")

_ENDS = frozenset((".", "!", "؟", "?", "\n", "؛", ";"))
_ENGLISH_WORDS = frozenset(("at", "as", "an"))
_NAMELESS = frozenset(("SO", "DZ", "MA", "TN", "MR", "DJ"))
"""Arab countries most of whose smaller towns the gazetteer has in Latin script alone."""
_BY_EAR, _BY_EAR_LETTERS = 0.8, 5
"""How alike a bare word after a preposition must sound, and how many letters it must have."""
_AHEAD, _BACK = 8, 12
"""How many words after a name, or before it, may stand between it and where it is said to lie."""
_REACH_KM = {3: 60.0, 4: 200.0}
"""How far from the middle of a unit a place in it may be looked for by sound; from a town `_TOWN_KM`."""
_TOWN_KM = 45.0
_CITY_KM = 60.0
"""How far from the town that is spoken of a quarter or building may lie that the gazetteer knows."""


_PRONOUNS = tuple(function_words("place.no_ending"))
_ADJECTIVES = function_words("place.adjective")
_WITH_ARTICLE = tuple(function_words("place.known_noun"))
_BEFORE_NAMES = function_words("place.before_name")
_MOST_HEARD = 50_000
_HEARD: dict[tuple[str, str], Place | None] = {}

# Letters of no Arabic word.
_OTHER_LETTERS = re.compile(r"[^\W\d_\u0621-\u064a]")


_VERBS = tuple(function_words("place.no_beginning"))


def _is_said_of_it(form: str) -> bool:
    """Whether a word after a noun for a place says something of it and names nothing: a verb ("مدينة تستعد"), a word with
    a pronoun ("أحياء تقطنها") or with the preposition of whose it is ("مخيم للحجاج"; not "قرية تل فندر", "بلدة أبها")."""
    if form.startswith("لل"):
        return True
    return len(form) > 4 and (form.startswith(_VERBS) or form.endswith(("ها", "هم")))


def _is_verb_of_she(form: str) -> bool:
    """Whether what "and" joins to a name is what was done next, and no further name ("قصفت قرى تارتار وألحقت أضرارا"; not
    "بلدتي الباغوز وتكريت")."""
    return len(form) > 3 and form.endswith("ت") and form[-2] not in "اوي"


class _Anchor(NamedTuple):
    """The known place that a name is said to lie in, or only `near`."""

    place: PlaceMention
    near: bool


class UnlistedNames(PlaceMeaning):
    """Reads the names that the gazetteer does not hold."""

    def note(self, mentions: list[PlaceMention]) -> None:
        """Keep the places found so far by the content word that each begins at, to set other names by."""
        self.known_at = {bisect_left(self.content, m.first): m for m in mentions}

    def _in_its_town(self, mention: PlaceMention, span: Span, setting: Setting) -> PlaceMention:
        """A street, square, market or mosque that is called after a place far off ("شارع بغداد" in Damascus) lies in the
        town that is spoken of."""
        head = setting.head.value if setting.head else ""
        if head not in _IN_TOWN or setting.around or mention.kind == "region":
            return mention
        if mention.lat is None or mention.lon is None:
            return mention
        anchor = self._anchor(span.at, span.stop, head)
        if anchor is None or anchor.place.lat is None or anchor.place.lon is None:
            return mention
        if distance_km(mention.lat, mention.lon, anchor.place.lat, anchor.place.lon) <= _CITY_KM:
            return mention
        return self._set_by(span.at, span.stop, span.proclitics, head, setting, anchor)

    def _unlisted(self, held: set[int]) -> list[PlaceMention]:
        """Names after a head ("قرية X") that no row bears: tried by sound in the report's country, else set where the
        sentence says that they lie, else (after a head that names alone) left without coordinates."""
        found: list[PlaceMention] = []
        for at, word in self.said:
            cue = word.cue
            if (
                cue is None
                or cue.category != "head"
                or (cue.value not in _NAMED_ALONE and cue.value not in _NAMED_WHERE_PLACED)
                or at + 1 >= len(self.forms)
                or self.content[at] in self.taken
                or self.content[at] in held
                or self.forms[at].startswith(_WITH_ARTICLE)
                or self._is_adjective(at)
            ):
                continue
            follower: int | None = at + 1 + (self.forms[at + 1] in OPENERS)
            joined = False
            while follower is not None and follower < len(self.forms):
                mention = self._unlisted_at(follower, at, cue, held, joined)
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

    def _by_ear(self, held: set[int]) -> list[PlaceMention]:
        """Bare words after a preposition that sound like a town of the country that the report is plainly about, where
        its towns are mostly known in Latin script alone ("في باندياغارا", "قرب غالكايو")."""
        country = self.report_country
        if not self.settled or country is None or (country in ARAB_COUNTRIES and country not in _NAMELESS):
            return []
        found: list[PlaceMention] = []
        for at in range(len(self.forms) - 1):
            form, after = self.forms[at], self.forms[at + 1]
            if form.removeprefix("و") not in _BEFORE_NAMES or not is_arabic(self.forms[at + 1]):
                continue
            if len(after) < _BY_EAR_LETTERS or after.startswith(("ال", "لل")) or after in self.cues.weak:
                continue
            if not self._may_name(at + 1, held):
                continue
            heard = self._heard(after, country)
            if heard is None:
                continue
            span = Span(at + 1, at + 2, after, "", (heard,))
            mention = self._mention(span, self._setting(at + 1, at + 2, ""), heard, 2.1)
            found.append(mention._replace(rule="places.sound"))
            held.update(range(mention.first, mention.stop))
        return found

    def _heard(self, name: str, country: str) -> Place | None:
        """The place that a bare word sounds like; the answers are kept, for reports use the same words."""
        key = (name, country)
        if key not in _HEARD:
            if len(_HEARD) >= _MOST_HEARD:
                _HEARD.clear()
            sounding = self.known.sounding(name, country, _BY_EAR)
            _HEARD[key] = sounding[0][1] if sounding else None
        return _HEARD[key]

    def _unlisted_at(
        self, at: int, head: int, cue: Cue, held: set[int], joined: bool = False
    ) -> PlaceMention | None:
        """The name at `at` after the noun at `head`; with `joined` its و is "and"."""
        if at >= len(self.forms) or not is_arabic(self.forms[at]) or not self._may_name(at, held):
            return None
        form = self.forms[at]
        if joined:
            form = form[1:]
            short = len(form) < 3 and form not in CONSTRUCT_HEADS
            if short or not self._may_be_bare(form) or _is_verb_of_she(form):
                return None
        alone = cue.value in _NAMED_ALONE
        if not alone and (form.startswith("لل") or self._stem(head) in _BODIES):
            return None
        sizes = self._sizes(at, form, held)
        setting = self._setting(at, at + 1, "")
        anchor = self._anchor(at, at + sizes[0], cue.value)
        proclitics = "و" if joined else ""
        for size in sizes:
            name = " ".join((form, *self.forms[at + 1 : at + size]))
            for start, said in self._spellings(at, head, cue, name, joined):
                place = self._by_sound(said, anchor, alone)
                if place is not None:
                    span = Span(start, at + size, said, proclitics, (place,))
                    return self._mention(span, setting, place, 2.5)._replace(rule="places.sound")
        size = sizes[0]
        if size == 1 and not form.startswith("ال"):
            if len(form) < (4 if anchor is None else 3) or form in self.cues.weak or cue.value == "facility":
                return None
        if not alone and anchor is None:
            return None
        start = at if alone or joined or cue.value == "area" or head + 1 != at else head
        return self._set_by(start, at + size, proclitics, cue.value, setting, anchor)

    def _sizes(self, at: int, form: str, held: set[int]) -> list[int]:
        """How many words the name at `at` may have, the likeliest first."""
        if at + 1 >= len(self.forms) or not is_arabic(self.forms[at + 1]):
            return [1]
        second = self.forms[at + 1]
        construct = form in CONSTRUCT_HEADS
        if not form.startswith("ال") and self._is_defined_noun(second):
            return [2, 1]  # "قرية فتحة السد"
        if self._may_name(at + 1, held):
            return [2, 1] if construct or (not form.startswith("ال") and second.startswith("ال")) else [1]
        cue = arabic_cue(second)
        person = construct and cue is not None and cue.category in ("given", "title")
        free = self.content[at + 1] not in held and self.content[at + 1] not in self.taken
        return [2] if person and free else [1]

    @staticmethod
    def _is_defined_noun(form: str) -> bool:
        """Whether a word is a noun of places with its article, which after a bare word is a part of that name."""
        cue = arabic_cue(form.removeprefix("ال")) if form.startswith("ال") else None
        return cue is not None and cue.category == "head" and arabic_cue(form) is None

    def _spellings(self, at: int, head: int, cue: Cue, name: str, joined: bool) -> Iterator[tuple[int, str]]:
        """Where a name begins and how it reads, with its noun where that may be a part of it ("تل شهاب")."""
        if cue.value in ("mountain", "river", "facility") and not joined and head + 1 == at:
            yield head, f"{self._stem(head)} {name}"
        if cue.value not in ("crossing", "mountain", "river"):
            yield at, name

    def _is_adjective(self, head: int) -> bool:
        """Whether a noun that may stand before names is the adjective of the word before it ("مصادر محلية متطابقة"; not "في
        محلية كرري")."""
        form = self.forms[head]
        if form not in _ADJECTIVES or head == 0:
            return False
        before = self.forms[head - 1]
        return is_arabic(before) and before not in _LINKS and before not in OPENERS

    def _stem(self, head: int) -> str:
        form = self.forms[head]
        words = self.cues.words
        return next((stem for stem in (form, form[1:], form[2:]) if stem in words), form)

    def _set_by(
        self, at: int, stop: int, proclitics: str, kind: str, setting: Setting, anchor: _Anchor | None
    ) -> PlaceMention:
        """The mention of a name that no row bears, at the coordinates of what it is said to lie in or near."""
        first, end_token = self.content[at], self.content[stop - 1] + 1
        start, end = self.words.span(first, end_token)
        start += self._proclitic_length(first, proclitics, start)
        if (
            not proclitics
            and is_arabic(self.forms[at])
            and self.forms[at] != self._stem(at)
            and at + 1 < stop
        ):
            start += len(self.forms[at]) - len(self._stem(at)) if self._stem(at) in self.cues.words else 0
        name = self.words.text[start:end]
        if anchor is None:
            precision = 3 if kind == "district" else 2 if setting.around else 1
            return PlaceMention(
                first, end_token, start, end, name, self.report_country, None, None, kind, precision,
                None, "", "", None, "places.unlisted", 2.0,
            )  # fmt: skip
        place = anchor.place
        if place.precision >= 3:
            precision = place.precision
        elif kind in _IN_TOWN and not anchor.near and not setting.around:
            precision = 1
        else:
            precision = 3 if kind == "district" else 2
        return PlaceMention(
            first, end_token, start, end, name, place.country, place.lat, place.lon, kind, precision,
            None, place.adm1, place.adm2, None, "places.within", 2.2,
        )  # fmt: skip

    def _anchor(self, at: int, stop: int, kind: str) -> _Anchor | None:
        """The known place that the name at `at` is said to lie in or near: named after it, with a word for where; else
        the unit that the sentence named before; for what lies inside towns the town that was named last."""
        for k in range(stop, min(stop + _AHEAD, len(self.forms))):
            if self.forms[k] in _ENDS:
                break
            place = self.known_at.get(k)
            if place is not None and self._holds(place) and self._leads_to(k, place, stop):
                return _Anchor(place, place.rule in ("places.near", "places.road"))
        sentence = True
        for k in range(at - 1, max(-1, at - 400), -1):
            if self.forms[k] == "\n":
                break
            sentence = sentence and self.forms[k] not in _ENDS
            place = self.known_at.get(k)
            if place is None or not self._holds(place):
                continue
            in_town = kind in _IN_TOWN or (
                kind == "district" and not is_arabic(self.forms[at])
            )  # "Jamia district"
            if in_town and place.kind in ("settlement", "governorate", "camp"):
                return _Anchor(place, False)
            if sentence and at - k <= _BACK and place.precision in (3, 4):
                return _Anchor(place, False)
        return None

    @staticmethod
    def _holds(place: PlaceMention) -> bool:
        return place.lat is not None and place.kind != "country" and place.rule != "places.affiliation"

    def _leads_to(self, at: int, place: PlaceMention, stop: int) -> bool:
        """Whether the words before the place at `at` say that something lies there."""
        if not is_arabic(self.forms[at]):
            before = self.forms[at - 1] if at > stop else ""
            return before in _LINKS or before == "," and at == stop + 1 or place.rule == "places.near"
        start, _ = self.words.span(place.first, place.first + 1)
        proclitics = self.words.text[start : place.start]
        if proclitics.startswith("و"):
            return False
        if proclitics or place.rule not in ("places.name", "places.sound"):
            return True
        before = self.forms[at - 1]
        if before in OPENERS and at > 1:
            before = self.forms[at - 2]
        return before in _LINKS or before in ("-", "،") and at == stop + 1

    def _romanised(self, held: set[int]) -> list[PlaceMention]:
        """Latin names that no row bears in that spelling, where a preposition or a head speaks of a place: by sound, in
        the report's country ("Hammouriya" for Hammuriyah), else where they are said to lie ("Rakoegtenga in Bam")."""
        found: list[PlaceMention] = []
        stop = 0
        if not _OTHER_LETTERS.search(self.words.normal.text):
            return found
        for at, form in enumerate(self.forms):
            if is_arabic(self.forms[at]) or at < stop or not form[0].isalpha():
                continue
            if self.content[at] in held or self.content[at] in self.taken or not self._capital(at):
                continue
            if form in _ENGLISH_WORDS and self.content[at + 1] == self.content[at] + 1:
                continue  # "at Tche" is no "at-Tche"
            stop = at + 1
            while (
                stop < len(self.forms)
                and stop - at < 4
                and self.forms[stop][0].isalpha()
                and self.content[stop] not in held
                and self._written(stop)[0].isupper()
            ):
                stop += 1
            setting = self._english_setting(at, stop)
            if setting.skip or not (setting.preposition or setting.head or setting.countryside):
                continue
            name = " ".join(self.forms[at:stop])
            first = self.forms[at + 1] if self.forms[at] in ARTICLES and stop - at > 1 else self.forms[at]
            if len(first) <= 3 or first in self.cues.weak_english or demonym_country(name) is not None:
                continue
            mention = self._romanised_at(at, stop, name, setting)
            if mention is not None:
                found.append(mention)
                held.update(range(mention.first, mention.stop))
        return found

    def _romanised_at(self, at: int, stop: int, name: str, setting: Setting) -> PlaceMention | None:
        kind = setting.head.value if setting.head else "settlement"
        anchor = self._anchor(at, stop, kind)
        if self.report_country is not None:
            heard = self.known.sounding_latin(name, self.report_country)
            place = self._nearest(heard, anchor)
            if place is not None:
                mention = self._mention(Span(at, stop, name, "", (place,)), setting, place, 2.2)
                return mention._replace(rule="places.sound")
        if setting.head is not None and (kind in _NAMED_ALONE or (kind in _IN_TOWN and anchor is not None)):
            return self._set_by(at, stop, "", kind, setting, anchor)
        close = anchor is not None and 0 < self._gap(stop, anchor.place) <= 3
        if close and (setting.head is not None or self.forms[at - 1] in ("in", "at", "near")):
            return self._set_by(at, stop, "", kind, setting, anchor)
        return None

    def _gap(self, stop: int, place: PlaceMention) -> int:
        """How many words lie between a name and a place after it; negative where that stands before it."""
        return place.first - self.content[stop - 1] - 1

    @staticmethod
    def _may_be_bare(form: str) -> bool:
        """Whether what is left of a word without its و is no word of the cues, and has no pronoun ("وتطهيرها من")."""
        return arabic_cue(form) is None and demonym_country(form) is None and not form.endswith(_PRONOUNS)

    def _may_name(self, at: int, held: set[int]) -> bool:
        form, token = self.forms[at], self.content[at]
        if (
            token in held
            or token in self.taken
            or (len(form) < 3 and form not in CONSTRUCT_HEADS)
            or form in self.cues.stop
            or _is_said_of_it(form)
            or demonym_country(form)
        ):
            return False
        return (
            arabic_cue(form) is None and arabic_cue(form.removeprefix("ال")) is None
        ) or form in CONSTRUCT_HEADS

    def _by_sound(self, name: str, anchor: _Anchor | None, alone: bool) -> Place | None:
        if self.report_country is None or len(name) < 3:
            return None
        country = anchor.place.country or self.report_country if anchor else self.report_country
        heard = self.known.sounding(name, country, 0.8 if alone else 0.85)
        return self._nearest(heard, anchor)

    def _nearest(self, heard: list[tuple[float, Place]], anchor: _Anchor | None) -> Place | None:
        """Of places that sound like a name, the likest that lies where the name is said to; without that the first, if
        the report is plainly about the country."""
        if anchor is None:
            return heard[0][1] if heard else None
        lat, lon = anchor.place.lat, anchor.place.lon
        if lat is None or lon is None:
            return None
        reach = _REACH_KM.get(anchor.place.precision, _TOWN_KM)
        near = [
            (-round(score, 1), distance_km(place.lat, place.lon, lat, lon), place.id, place)
            for score, place in heard
        ]
        near = [item for item in near if item[1] <= reach]
        return min(near)[3] if near else None
