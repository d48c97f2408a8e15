"""Places in a text: which words name one, which place of that name is meant, and how exactly (UCDP `where_prec`).

One pass over the words finds every name that the gazetteer holds, the longest first. The words around a name (data:
`knowledge/places/cues.tsv`) say whether it is a place at all, of what kind, and whether the place itself or only its
neighbourhood is meant. Which of several namesakes it is, the rest of the text decides: the country of the report (given,
or voted for by the other names), the places and units named nearby, and size.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from math import log10
from typing import NamedTuple

from sijill.language.gazetteer import Gazetteer, Place, distance_km, gazetteer
from sijill.language.place_cues import Cue, arabic_cue, demonym_country, name_starts, place_cues
from sijill.language.tagging import Tagged
from sijill.language.words import Words, is_arabic

_JOINTS = frozenset("-'")
_OPENERS = frozenset("\"'([{«")
_INSIDE = frozenset("في داخل امام محيط وفي قرب حرم مدخل".split())
_ARTICLES = frozenset("al el as ar ash ad an at az ez".split())
ARAB_COUNTRIES = frozenset("SY IQ LB PS JO EG LY TN DZ MA EH MR SD YE SA AE QA BH KW OM SO DJ".split())
_LEAST = 2.0
_NEARBY_KM = 80.0
_WINDOW = 14
_HEAD_KINDS: dict[str, tuple[str, ...]] = {
    "settlement": ("settlement",),
    "neighbourhood": ("neighbourhood", "settlement"),
    "governorate": ("governorate", "region"),
    "district": ("district",),
    "subdistrict": ("settlement", "district", "region", "area"),
    "area": ("region", "area", "district", "settlement", "neighbourhood", "governorate"),
    "desert": ("desert",),
    "camp": ("camp",),
    "airport": ("airport",),
    "crossing": ("crossing",),
    "river": ("river", "region"),
    "mountain": ("mountain", "region"),
    "field": ("field",),
    "dam": ("dam",),
    "country": ("country",),
    "island": ("settlement", "island"),
}
# A construct that a place of two words begins with: "تل X", "أبو X", "دير X".
_CONSTRUCT_HEADS = frozenset(
    "البو ابو ام بني تل تله دير كفر عين بيت خربه وادي جبل راس باب دار شيخ الشيخ بير ذي حمام خان قصر قلعه مزرعه عرب ال بو ابا حوش جب مزار سيدي".split()
)
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


class _Span(NamedTuple):
    """A stretch of content words that a name of the gazetteer fits: indexes into `_Reader.content`."""

    at: int
    stop: int
    name: str
    proclitics: str
    places: tuple[Place, ...]


class _Setting(NamedTuple):
    """What the words before a name say: the head noun of its kind, whether only its surroundings are meant, whether
    it is no place here, and whether a preposition leads to it."""

    head: Cue | None
    around: bool
    countryside: bool
    direction: bool
    road: bool
    skip: str
    preposition: bool


def find_places(text: str, country: str | None = None) -> list[PlaceMention]:
    """The places named in a text, in order. `country` is the ISO alpha-2 code of the country that it reports from."""
    return _Reader(Words(text), country, frozenset()).read()


def read_places(tagged: Tagged, country: str | None, taken: Collection[int]) -> list[PlaceMention]:
    """The places named in a tagged text outside the `taken` tokens (names of persons and actors, dates)."""
    return _Reader(tagged.words, country, frozenset(taken)).read()


class _Reader:
    """The reading of one text."""

    def __init__(self, words: Words, country: str | None, taken: frozenset[int]) -> None:
        self.words = words
        self.taken = taken
        self.known: Gazetteer = gazetteer()
        self.cues = place_cues()
        forms = words.forms
        # Hyphens and apostrophes inside a name ("Deir ez-Zor", "Sana'a") are passed over, others end it.
        self.content = [
            i
            for i, form in enumerate(forms)
            if not (form in _JOINTS and words.adjoins(i) and i + 1 < len(forms) and words.adjoins(i + 1))
        ]
        self.forms = [forms[i] for i in self.content]
        self.arabic = [is_arabic(form) for form in self.forms]
        self.given_country = country
        self.votes: Counter[str] = Counter()
        self.told: set[str] = set()

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
        mentions += self._named_before(mentions)
        mentions.sort(key=lambda mention: mention.first)
        return mentions

    # --- names ---------------------------------------------------------------------------------------------------------

    def _spans(self) -> list[_Span]:
        found: list[_Span] = []
        at, count = 0, len(self.forms)
        while at < count:
            span = self._longest_at(at) if self.content[at] not in self.taken else None
            if span is None:
                at += 1
            else:
                found.append(span)
                at = span.stop
        return found

    def _longest_at(self, at: int) -> _Span | None:
        form = self.forms[at]
        if not form[0].isalpha() or (not self.arabic[at] and not self._capital(at)):
            return None
        best: _Span | None = None
        weight = 0
        starts = name_starts(form) if self.arabic[at] else ((form, ""),)
        for stem, proclitics in starts:
            reach = self.known.longest(stem)
            limit = min(reach, len(self.forms) - at)
            for size in range(limit, 0, -1):
                if best is not None and best.stop - at > size:
                    break
                name = stem if size == 1 else " ".join((stem, *self.forms[at + 1 : at + size]))
                if size == 1 and stem in _CONSTRUCT_HEADS and at + 1 < len(self.forms) and self.arabic[at + 1]:
                    continue  # "دير العدس" is not Iran's دير
                if not self.known.knows(name) or name in self.cues.stop or not self._is_free(at, size):
                    continue
                if len(name) < 3 and not (name in self.cues.weak and self.cues.weak[name]):
                    continue
                places = tuple(self.known.named(name))
                heaviest = max(place.population for place in places)
                # "وجدة" is Oujda, or Jeddah after "and": the much larger place wins over the whole word.
                if best is None or best.stop - at < size or heaviest > 4 * max(weight, 50_000):
                    best, weight = _Span(at, at + size, name, proclitics, places), heaviest
                break
        if best is not None and self.arabic[at] and self._has_tanwin(best):
            return None
        return best

    def _has_tanwin(self, span: _Span) -> bool:
        """Whether the text writes the name with the indefinite ending, which place names here never take."""
        start, end = self.words.span(self.content[span.stop - 1], self.content[span.stop - 1] + 1)
        return any(mark in self.words.text[start : end + 1] for mark in "\u064b\u064c\u064d")

    def _is_free(self, at: int, size: int) -> bool:
        return size == 1 or self.taken.isdisjoint(self.content[at : at + size])

    def _capital(self, at: int) -> bool:
        if self._written(at)[0].isupper():
            before = at - 1
            joined = before >= 0 and self.content[at] - self.content[before] == 2 and self.words.adjoins(self.content[at])
            return not joined or self.forms[before] in _ARTICLES
        return self.forms[at] in _ARTICLES and at + 1 < len(self.forms) and self._written(at + 1)[0].isupper()

    def _vote(self, spans: list[_Span]) -> None:
        """Votes for the country of the report: names that one country alone has, countries, demonyms."""
        if self.given_country:
            self.votes[self.given_country] += 1000
        for form in self.forms:
            country = demonym_country(form)
            if country:
                self.votes[country] += 1
        for span in spans:
            countries = {place.country for place in span.places}
            if len(countries) == 1 and span.name not in self.cues.weak:
                place = max(span.places, key=lambda p: p.population)
                heavy = place.kind in ("country", "governorate") or place.population > 20_000 or span.stop - span.at > 1
                self.votes[place.country] += 2 if heavy else 1
            elif span.name not in self.cues.weak:
                large = sorted(span.places, key=lambda p: -p.population)
                if large[0].population > 50_000 and large[0].population > 8 * max(
                    (p.population for p in large if p.country != large[0].country), default=0
                ):
                    self.votes[large[0].country] += 1
        self.votes.pop("", None)
        top = self.votes.most_common(2)
        self.report_country = top[0][0] if top else None
        self.settled = bool(top) and top[0][1] >= 4 and (len(top) < 2 or top[0][1] >= 2 * top[1][1])

    # --- what stands around a name ---------------------------------------------------------------------------------------

    def _setting(self, at: int, stop: int, proclitics: str) -> _Setting:
        if not self.arabic[at]:
            return self._english_setting(at, stop)
        head: Cue | None = None
        around = countryside = direction = road = False
        skip = ""
        preposition = any(letter in proclitics for letter in "بل")
        k = at - 1
        if k >= 0 and self.forms[k] in _OPENERS:
            k -= 1
        for step in range(4):
            if k < 0 or (step > 0 and proclitics_of(self.forms[k + 1]) and step > 2):
                break
            form = self.forms[k]
            cue = arabic_cue(form) if self.arabic[k] else None
            if form == "علي" and self._written(k).endswith("ى"):
                cue = None  # the preposition على, not the name علي, which has the same normal form
            if cue is None:
                if form in ("من", "الي") and k > 0:
                    preposition = preposition or step == 0
                    before = arabic_cue(self.forms[k - 1])
                    if before is not None and before.category in ("near", "direction"):
                        k -= 1
                        continue
                preposition = preposition or (step == 0 and form in ("في", "من", "الي", "نحو", "علي", "عن", "باتجاه", "بين"))
                break
            if cue.category == "head":
                if head is not None:
                    break
                head = cue
            elif cue.category == "near":
                around = True
            elif cue.category == "countryside":
                countryside = True
            elif cue.category == "direction":
                direction = True
            elif cue.category == "road":
                road = True
            elif cue.category == "venue" and head is None:
                inside = k > 0 and (self.forms[k - 1] in _INSIDE or self.forms[k - 1].endswith("قرب"))
                inside = inside or (form.startswith("ب") and len(form) > 4 and form not in self.cues.words)
                skip = skip if inside else "organisation"
                preposition = True
                break
            elif head is None and not around:
                skip = skip or cue.category
                if cue.category == "given" and form.startswith(("و", "ف")) and not form.startswith(("وليد", "فهد", "فارس", "فيصل")):
                    skip = ""
                break
            else:
                break
            if name_starts(form)[-1][1] and form[0] in "وبلف" and cue.category != "direction":
                preposition = True
            k -= 1
        after = self.forms[stop] if stop < len(self.forms) else ""
        if after in ("بن", "ال"):
            skip = skip or "given"
        return _Setting(head, around, countryside, direction, road, skip, preposition)

    def _written(self, at: int) -> str:
        """A content word as the text writes it."""
        start, end = self.words.span(self.content[at], self.content[at] + 1)
        return self.words.text[start:end]

    def _english_setting(self, at: int, stop: int) -> _Setting:
        forms = self.forms
        head: Cue | None = None
        around = countryside = False
        skip = ""
        for size in (4, 3, 2, 1):
            cue = self.cues.english.get(" ".join(forms[max(0, at - size) : at])) if at >= size else None
            if cue is None:
                continue
            if cue.category == "head":
                head = cue
            elif cue.category == "near":
                around = True
            elif cue.category == "title" and self._capital(at - size):
                skip = "title"
            break
        for size in (2, 1):
            cue = self.cues.after.get(" ".join(forms[stop : stop + size])) if stop + size <= len(forms) else None
            if cue is None:
                continue
            if cue.value == "skip":
                skip = "organisation"
            elif cue.value == "countryside":
                countryside = True
            else:
                head = Cue("head", cue.value, False)
            break
        preposition = at > 0 and forms[at - 1] in ("in", "at", "near", "from", "to", "of", "into", "on", "around", "between", "outside", "towards")
        if around:
            preposition = True
        return _Setting(head, around, countryside, False, False, skip, preposition)

    def _carry(self, spans: list[_Span], settings: list[_Setting]) -> None:
        """A head or nearness that stands before several names holds for those that follow with و or a comma."""
        for k in range(1, len(spans)):
            before, span = spans[k - 1], spans[k]
            linked = span.at == before.stop and span.proclitics.startswith("و")
            comma = span.at == before.stop + 1 and self.forms[before.stop] in "،,-" and len(self.forms[before.stop]) == 1
            lead, own = settings[k - 1], settings[k]
            if not (linked or comma) or own.head is not None or own.skip:
                continue
            several = lead.head is not None and (lead.head.several or lead.road)
            settings[k] = own._replace(
                head=lead.head if several else None,
                around=own.around or (lead.around and several),
                road=own.road or lead.road,
                preposition=own.preposition or lead.preposition or lead.head is not None,
            )

    # --- which place ---------------------------------------------------------------------------------------------------------

    def _choose(self, spans: list[_Span], settings: list[_Setting]) -> dict[int, tuple[Place, float]]:
        """For each span that names a place: which, and how sure. Two rounds, so that neighbours can help each other."""
        firm: dict[int, tuple[Place, float]] = {}
        for k, span in enumerate(spans):
            best = self._best(span, settings[k], [])
            if best is not None and best[1] >= _LEAST:
                firm[k] = best
                if settings[k].head is not None and best[0].kind == "settlement" and span.name not in self.cues.weak:
                    self.told.add(best[0].name)
        chosen: dict[int, tuple[Place, float]] = {}
        for k, span in enumerate(spans):
            near = [
                firm[j][0]
                for j in range(max(0, k - 6), min(len(spans), k + 7))
                if j != k and j in firm and abs(spans[j].at - span.at) <= _WINDOW
            ]
            best = self._best(span, settings[k], near)
            if best is not None and best[1] >= _LEAST:
                chosen[k] = best
        return chosen

    def _best(self, span: _Span, setting: _Setting, near: list[Place]) -> tuple[Place, float] | None:
        if setting.skip in ("skip", "organisation"):
            return None
        base = self._is_place(span, setting)
        wanted = _HEAD_KINDS.get(setting.head.value, ()) if setting.head else ()
        best: tuple[Place, float] | None = None
        bare = self._is_bare(span, setting)
        unit_meant = setting.countryside or (setting.head is not None and setting.head.value in ("governorate", "district", "area"))
        # A bare name that a fair-sized town and a unit share is the town's.
        for place in self._candidates(span):
            if place.kind == "country" and setting.head is not None and setting.head.value == "neighbourhood":
                continue  # شارع سوريا
            if not unit_meant and place.kind in ("governorate", "district") and self._has_town(place, span.places):
                continue
            score = base + self._fits(place, setting, wanted, near)
            if bare:
                score -= self._doubt(place) * (1.0 if self.arabic[span.at] else 0.5)
            if place.name in self.told:
                score += 1.0
            if setting.head and place.country != self.report_country and place.population < 100_000 and self.settled and not near:
                score -= 2.0
            if place.kind == "country" and "\u0651" in self._written(span.at) and span.name == "عمان":
                continue  # عمّان with its doubling is the city
            if setting.skip in ("title", "given") and (place.population < 200_000 and place.kind != "country"):
                score -= 3.0
            if best is None or score > best[1]:
                best = place, score
        return best

    def _candidates(self, span: _Span) -> tuple[Place, ...]:
        """The places that bear the name; where none is in the country that the report is plainly about, also those of
        that country whose Latin names sound like it."""
        country = self.report_country
        if country is None or not self.settled or any(p.country == country or p.kind in ("country", "sea") for p in span.places):
            return span.places
        if max(p.population for p in span.places) > 300_000 or span.name in self.cues.weak:
            return span.places
        heard = self.known.sounding(span.name, country, 0.85) if self.arabic[span.at] else []
        return (*span.places, *(place for _, place in heard[:3]))

    @staticmethod
    def _has_town(unit: Place, places: tuple[Place, ...]) -> bool:
        """Whether a unit shares its bare name with a town, which is then meant: any for a district, one of some size
        for a governorate."""
        kinds = ("settlement", "neighbourhood") if unit.kind == "district" else ("settlement",)
        least = 0 if unit.kind == "district" else 15_000
        return any(p.kind in kinds and p.country == unit.country and (p.population >= least or not p.id.isdigit()) for p in places)

    def _is_place(self, span: _Span, setting: _Setting) -> float:
        """How far the words themselves speak for a place, whichever of the name's."""
        score = 0.0
        if setting.head is not None:
            score += 2.5
        if setting.around or setting.countryside or setting.direction or setting.road:
            score += 1.0
        if setting.preposition:
            score += 0.7
        if span.stop - span.at > 1:
            score += 0.7
        if setting.skip == "affiliation":
            score -= 0.3
        if self._is_weak(span):
            score -= 1.5 if setting.road else 4.0 if setting.head is None else 1.5 if setting.head.value not in ("facility", "area") else 3.0
        if self._is_bare(span, setting):
            if len(span.name) < 4:
                score -= 0.8
            if span.proclitics:
                score -= 0.3
        return score

    def _is_bare(self, span: _Span, setting: _Setting) -> bool:
        """Whether a single word stands there with nothing around it that speaks of places."""
        return span.stop - span.at == 1 and not (setting.head or setting.around or setting.countryside or setting.road)

    def _doubt(self, place: Place) -> float:
        """What a single bare word lacks before it is taken for a place that few reports would name without a cue."""
        if place.kind in ("country", "governorate", "airport", "camp", "crossing", "sea"):
            return 0.0
        if not place.id.isdigit() and not place.id.startswith("ucdp-"):  # written by hand, since reports name it
            return 0.0 if place.country == self.report_country else 1.2
        if place.country not in ARAB_COUNTRIES and place.population < 300_000:
            return 1.2 if place.country == self.report_country and place.population > 20_000 else 2.2
        if place.population < 20_000:
            return 0.9 if place.country == self.report_country else 1.8
        return 0.0

    def _is_weak(self, span: _Span) -> bool:
        if not self.arabic[span.at]:
            return span.name in self.cues.weak_english
        spelling = self.cues.weak.get(span.name)
        if spelling is None:
            return False
        if not spelling:
            return True
        start, end = self.words.span(self.content[span.at], self.content[span.stop - 1] + 1)
        return not self.words.text[start:end].endswith(spelling)

    def _fits(self, place: Place, setting: _Setting, wanted: tuple[str, ...], near: list[Place]) -> float:
        """How well one of the name's places fits the text: kind, country, neighbours, size."""
        score = 0.0
        if wanted:
            score += 1.2 - 0.1 * wanted.index(place.kind) if place.kind in wanted else -0.6
            # منطقة is a province in Saudi Arabia.
            if place.country == "SA" and place.kind == "governorate" and wanted is _HEAD_KINDS["area"]:
                score += 1.5
        elif setting.countryside:
            score += 1.0 if place.kind == "governorate" else 0.0
        else:
            score += {"country": 1.0, "governorate": 0.55, "district": 0.2, "settlement": 0.6}.get(place.kind, 0.6)
        if place.kind in ("country", "governorate", "desert", "region", "airport", "camp", "crossing", "sea", "strait"):
            score += 0.9
        elif place.kind in ("district", "river", "mountain", "field", "dam", "road"):
            score += 0.5
        if place.population > 0:
            score += max(0.0, min(1.9, (log10(place.population) - 3.0) * 0.6))
        score += self._country_weight(place.country)
        if place.kind not in ("country", "sea"):
            score += self._neighbours(place, near)
        return score

    def _country_weight(self, country: str) -> float:
        if not country:
            return 0.9
        if country == self.report_country:
            return 1.9
        return 0.7 if self.votes.get(country, 0) > 0 else 0.0

    @staticmethod
    def _neighbours(place: Place, near: list[Place]) -> float:
        """What the places named nearby add: the unit that holds the place, or places a short way off."""
        best = 0.0
        for other in near:
            if other.country != place.country or other is place:
                continue
            if other.kind == "country":
                best = max(best, 0.5)
            elif other.kind == "governorate" and other.adm1 == place.adm1 and place.kind != "governorate":
                best = max(best, 1.2)
            elif place.kind == "neighbourhood" and place.adm2 == other.name:
                best = max(best, 1.6)
            elif (apart := distance_km(place.lat, place.lon, other.lat, other.lon)) < _NEARBY_KM:
                best = max(best, 1.2 - 0.4 * apart / _NEARBY_KM)
            elif place.adm1 and other.adm1 == place.adm1:
                best = max(best, 0.8)
        return best

    # --- the mention ---------------------------------------------------------------------------------------------------------

    def _mention(self, span: _Span, setting: _Setting, place: Place, score: float) -> PlaceMention:
        first, stop = self.content[span.at], self.content[span.stop - 1] + 1
        start, end = self.words.span(first, stop)
        start += self._proclitic_length(first, span.proclitics, start)
        place, kind, precision, rule = self._meant(place, setting)
        return PlaceMention(
            first, stop, start, end, place.name, place.country or None, place.lat, place.lon, kind, precision,
            place.geonameid, place.adm1, place.adm2, place.id, rule, round(score, 2),
        )  # fmt: skip

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

    def _meant(self, place: Place, setting: _Setting) -> tuple[Place, str, int, str]:
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

    # --- names that are not listed -------------------------------------------------------------------------------------------

    def _unlisted(self, held: set[int]) -> list[PlaceMention]:
        """Names after a head ("قرية X") that no row bears: tried by sound in the report's country, else left without
        coordinates."""
        found: list[PlaceMention] = []
        for at in range(len(self.forms) - 1):
            if not self.arabic[at] or self.content[at] in self.taken:
                continue
            cue = arabic_cue(self.forms[at])
            if cue is None or cue.category != "head" or cue.value not in _UNKNOWN_HEADS or self.forms[at].startswith("ال"):
                continue
            follower = at + 1 + (self.forms[at + 1] in _OPENERS)
            mention = self._unlisted_at(follower, cue, held)
            if mention is not None:
                found.append(mention)
                held.update(range(mention.first, mention.stop))
        return found

    def _unlisted_at(self, at: int, cue: Cue, held: set[int]) -> PlaceMention | None:
        if at >= len(self.forms) or not self.arabic[at] or not self._may_name(at, held):
            return None
        form = self.forms[at]
        sizes = [1]
        if at + 1 < len(self.forms) and self.arabic[at + 1] and self._may_name(at + 1, held):
            second = self.forms[at + 1]
            if form in _CONSTRUCT_HEADS or (not form.startswith("ال") and second.startswith("ال")):
                sizes = [2, 1]
        setting = self._setting(at, at + 1, "")
        for size in sizes:
            name = " ".join(self.forms[at : at + size])
            place = self._by_sound(name)
            if place is not None:
                return self._mention(_Span(at, at + size, name, "", (place,)), setting, place, 2.5)._replace(rule="places.sound")
        size = sizes[0]
        if size == 1 and not form.startswith("ال"):
            if len(form) < 4 or form in self.cues.weak:
                return None
        first, stop = self.content[at], self.content[at + size - 1] + 1
        start, end = self.words.span(first, stop)
        precision = 3 if cue.value == "district" else 2 if setting.around else 1
        return PlaceMention(
            first, stop, start, end, self.words.text[start:end], self.report_country, None, None, cue.value, precision,
            None, "", "", None, "places.unlisted", 2.0,
        )  # fmt: skip

    def _romanised(self, held: set[int]) -> list[PlaceMention]:
        """Latin names that no row bears in that spelling, where a preposition or a head speaks of a place: by sound, in
        the report's country ("Hammouriya" for Hammuriyah)."""
        found: list[PlaceMention] = []
        if self.report_country is None or all(self.arabic):
            return found
        at = 0
        while at < len(self.forms):
            stop = at + 1
            if self.arabic[at] or not self.forms[at][0].isalpha() or self.content[at] in held or self.content[at] in self.taken or not self._capital(at):
                at = stop
                continue
            while stop < len(self.forms) and stop - at < 4 and self.forms[stop][0].isalpha() and self._written(stop)[0].isupper():
                stop += 1
            setting = self._english_setting(at, stop)
            if not setting.skip and (setting.preposition or setting.head or setting.countryside):
                name = " ".join(self.forms[at:stop])
                first = self.forms[at + 1] if self.forms[at] in _ARTICLES and stop - at > 1 else self.forms[at]
                if len(first) > 3 and first not in self.cues.weak_english and demonym_country(name) is None:
                    heard = self.known.sounding_latin(name, self.report_country)
                    if heard:
                        place = heard[0][1]
                        mention = self._mention(_Span(at, stop, name, "", (place,)), setting, place, 2.2)
                        found.append(mention._replace(rule="places.sound"))
                        held.update(range(mention.first, mention.stop))
            at = stop
        return found

    def _named_before(self, mentions: list[PlaceMention]) -> list[PlaceMention]:
        """"The town", "المدينة", "المخيم" for the last place of that kind that was named."""
        found: list[PlaceMention] = []
        held = {i for mention in mentions for i in range(mention.first, mention.stop)}
        for at, form in enumerate(self.forms):
            token = self.content[at]
            if self.arabic[at]:
                noun = next((stem for stem, _ in name_starts(form) if stem in self.cues.back), None)
            else:
                noun = f"the {form}" if at > 0 and self.forms[at - 1] == "the" and f"the {form}" in self.cues.back else None
            if noun is None or token in held or token in self.taken or (at + 1 < len(self.forms) and self.content[at + 1] in held):
                continue
            kinds = self.cues.back[noun]
            named = [m for m in mentions if m.first < token and m.kind in kinds and m.rule != "places.affiliation"]
            if not named:
                continue
            told = [m for m in named[-5:] if m.rule in ("places.settlement", "places.near")]
            last = told[-1] if told else named[-1]
            setting = self._setting(at, at + 1, "")
            start, end = self.words.span(token, token + 1)
            precision = 2 if (setting.around or setting.direction) and last.precision < 2 else min(last.precision, 2) if last.kind == "settlement" else last.precision
            if last.rule == "places.near" and not (setting.around or setting.direction):
                precision = 1
            found.append(last._replace(first=token, stop=token + 1, start=start, end=end, precision=precision, rule="places.named_before"))
        return found

    def _may_name(self, at: int, held: set[int]) -> bool:
        form, token = self.forms[at], self.content[at]
        if token in held or token in self.taken or len(form) < 3 or form in self.cues.stop or demonym_country(form):
            return False
        return (arabic_cue(form) is None and arabic_cue(form.removeprefix("ال")) is None) or form in _CONSTRUCT_HEADS

    def _by_sound(self, name: str) -> Place | None:
        if self.report_country is None or len(name) < 3:
            return None
        heard = self.known.sounding(name, self.report_country, 0.8)
        return heard[0][1] if heard else None


def proclitics_of(form: str) -> str:
    """The most proclitics that a word in normal form may carry."""
    return name_starts(form)[-1][1]
