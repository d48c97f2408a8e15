"""Which of the places that bear a name is meant, if the words mean a place at all."""

from __future__ import annotations

from math import log10
from typing import NamedTuple

from sijill.language.gazetteer import Place, distance_km
from sijill.language.place_context import PlaceText, Setting, Span, has_town
from sijill.rules.knowledge import function_words
from sijill.text.words import is_arabic

ARAB_COUNTRIES = frozenset(
    [
        "SY",
        "IQ",
        "LB",
        "PS",
        "JO",
        "EG",
        "LY",
        "TN",
        "DZ",
        "MA",
        "EH",
        "MR",
        "SD",
        "YE",
        "SA",
        "AE",
        "QA",
        "BH",
        "KW",
        "OM",
        "SO",
        "DJ",
    ]
)
_LEAST = 2.0
_NEIGHBOURS_IN_NEWS = {"PS": "IL", "IL": "PS"}
"""Countries whose towns the reports of the other name as their own."""
_WEAK_TOWN = 20_000
"""How many people a town must have for a name that is also a common word to be its name after a preposition alone, in a
report that is plainly about its country."""
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


_TOWNS = ("settlement", "neighbourhood")
_TOWN_KM = 40.0
"""How far from the middle of a town a quarter of it may lie."""
_AMID = function_words("place.amid")
_ALONE = ("country", "sea")
"""Kinds of place for which nothing that is named nearby speaks."""


class Weighed(NamedTuple):
    """A place that a span may mean: what the words themselves say for a place, how well this one fits, what a bare word
    lacks; whether it lies far from what the report is about, and whether the words rather name a person."""

    place: Place
    base: float
    fits: float
    doubt: float
    far: bool
    unlikely: bool


class PlaceChoice(PlaceText):
    """Weighs, for every span of a text, whether it names a place and which one."""

    def _choose(self, spans: list[Span], settings: list[Setting]) -> dict[int, tuple[Place, float]]:
        """For each span that names a place: which, and how sure. Two rounds, so that neighbours can help each other."""
        weighed = [self._weigh(span, setting) for span, setting in zip(spans, settings, strict=True)]
        firm: dict[int, tuple[Place, float]] = {}
        for k, span in enumerate(spans):
            best = self._best(weighed[k], [])
            if best is not None and best[1] >= _LEAST:
                firm[k] = best
                if (
                    settings[k].head is not None
                    and best[0].kind == "settlement"
                    and span.name not in self.cues.weak
                ):
                    self.told.add(best[0].name)
        chosen: dict[int, tuple[Place, float]] = {}
        for k, span in enumerate(spans):
            near = [
                firm[j][0]
                for j in range(max(0, k - 6), min(len(spans), k + 7))
                if j != k and j in firm and abs(spans[j].at - span.at) <= _WINDOW
            ]
            best = self._best(self._inside_next(k, spans, weighed[k], firm), near)
            if best is not None and best[1] >= _LEAST:
                chosen[k] = best
        return chosen

    def _inside_next(
        self, k: int, spans: list[Span], weighed: list[Weighed], firm: dict[int, tuple[Place, float]]
    ) -> list[Weighed]:
        """Of the places that a span may mean those that lie inside the town that is said next: "التأميم وسط الرمادي" is a
        quarter of Ramadi, not far Kirkuk; "سرت شرق طرابلس" only gives a bearing."""
        at = spans[k].stop
        if k + 1 not in firm or spans[k + 1].at != at + 1 or self.forms[at] not in _AMID:
            return weighed
        there = firm[k + 1][0]
        if there.kind not in _TOWNS:
            return weighed
        return [
            w
            for w in weighed
            if w.place.kind not in _TOWNS
            or distance_km(w.place.lat, w.place.lon, there.lat, there.lon) <= _TOWN_KM
        ]

    def _best(self, weighed: list[Weighed], near: list[Place]) -> tuple[Place, float] | None:
        """Of places that bear a name, the one that fits best beside those named nearby, and its score."""
        best: tuple[Place, float] | None = None
        for place, base, fits, doubt, far, unlikely in weighed:
            score = base + (fits + self._neighbours(place, near) if place.kind not in _ALONE else fits)
            score -= doubt
            if place.name in self.told:
                score += 1.0
            if far and not near:
                score -= 2.0
            if unlikely:
                score -= 3.0
            if best is None or score > best[1]:
                best = place, score
        return best

    def _is_known_town(self, place: Place, span: Span) -> bool:
        """Whether a name that is a common word as well is that of a town of the report's country."""
        return (
            place.country == self.report_country
            and place.population >= _WEAK_TOWN
            and place.kind == "settlement"
            and self._is_weak(span)
        )

    def _weigh(self, span: Span, setting: Setting) -> list[Weighed]:
        """The places that a span may mean, with what is known of each before its neighbours are."""
        if setting.skip in ("skip", "organisation"):
            return []
        base = self._is_place(span, setting)
        head = setting.head.value if setting.head else ""
        wanted = _HEAD_KINDS.get(head, ())
        bare = self._is_bare(span, setting)
        unit_meant = setting.countryside or head in ("governorate", "district", "area")
        with_town = self.names[span.name].with_town
        found: list[Weighed] = []
        # A bare name that a fair-sized town and a unit share is the town's.
        for place in self._candidates(span):
            if place.kind == "country" and head == "neighbourhood":
                continue  # شارع سوريا
            if setting.namesake and self.report_country and place.country != self.report_country:
                continue
            if (
                not unit_meant
                and place.kind in ("governorate", "district")
                and (place.id in with_town or (place not in span.places and has_town(place, span.places)))
            ):
                continue
            if place.kind == "country" and span.name == "عمان" and "\u0651" in self._written(span.at):
                continue  # عمّان with its doubling is the city
            doubt = self._doubt(place) * (1.0 if is_arabic(self.forms[span.at]) else 0.5) if bare else 0.0
            far = bool(
                head and place.country != self.report_country and place.population < 100_000 and self.settled
            )
            unlikely = setting.skip in ("title", "given") and (
                place.population < 200_000 and place.kind != "country"
            )
            known = 0.0
            if self.settled and setting.preposition and not head and self._is_known_town(place, span):
                known = 2.0
            found.append(
                Weighed(place, base + known, self._fits(place, setting, wanted), doubt, far, unlikely)
            )
        return found

    def _candidates(self, span: Span) -> tuple[Place, ...]:
        """The places that bear the name; where none is in the country that the report is plainly about, also those of
        that country whose Latin names sound like it."""
        country = self.report_country
        if (
            country is None
            or not self.settled
            or any(p.country == country or p.kind in ("country", "sea") for p in span.places)
        ):
            return span.places
        if max(p.population for p in span.places) > 300_000 or span.name in self.cues.weak:
            return span.places
        heard = self.known.sounding(span.name, country, 0.85) if is_arabic(self.forms[span.at]) else []
        return (*span.places, *(place for _, place in heard[:3]))

    def _is_place(self, span: Span, setting: Setting) -> float:
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
            score -= (
                1.5
                if setting.road
                else 4.0
                if setting.head is None or setting.head.value in ("facility", "airport")
                else 1.5
                if setting.head.value != "area"
                else 3.0
            )
        if setting.head is not None and ("ب" in span.proclitics or "ل" in span.proclitics):
            score -= 3.0  # a name in construct takes no preposition: "بلدة باجا" is not اجا
        if self._is_bare(span, setting):
            if len(span.name) < 4:
                score -= 0.8
            if span.proclitics:
                score -= 0.3
        return score

    def _is_bare(self, span: Span, setting: Setting) -> bool:
        """Whether a single word stands there with nothing around it that speaks of places."""
        return span.stop - span.at == 1 and not (
            setting.head or setting.around or setting.countryside or setting.road
        )

    def _doubt(self, place: Place) -> float:
        """What a single bare word lacks before it is taken for a place that few reports would name without a cue."""
        if place.kind in ("country", "governorate", "airport", "camp", "crossing", "sea"):
            return 0.0
        if not place.id.isdecimal() and not place.id.startswith(
            "ucdp-"
        ):  # written by hand, since reports name it
            return 0.0 if place.country == self.report_country else 1.2
        if place.country not in ARAB_COUNTRIES and place.population < 300_000:
            return 1.2 if place.country == self.report_country and place.population > 20_000 else 2.2
        if place.population < 20_000:
            return 0.9 if place.country == self.report_country else 1.8
        return 0.0

    def _is_weak(self, span: Span) -> bool:
        if not is_arabic(self.forms[span.at]):
            return span.name in self.cues.weak_english
        spelling = self.cues.weak.get(span.name)
        if spelling is None:
            return False
        if not spelling:
            return True
        start, end = self.words.span(self.content[span.at], self.content[span.stop - 1] + 1)
        return not self.words.text[start:end].endswith(spelling)

    def _fits(self, place: Place, setting: Setting, wanted: tuple[str, ...]) -> float:
        """How well one of the name's places fits the text, its neighbours aside: kind, country, size."""
        score = 0.0
        if wanted:
            score += 1.2 - 0.1 * wanted.index(place.kind) if place.kind in wanted else -0.6
            # منطقة is a province in Saudi Arabia.
            if place.country == "SA" and place.kind == "governorate" and wanted is _HEAD_KINDS["area"]:
                score += 1.5
        elif setting.countryside:
            score += 1.0 if place.kind == "governorate" else 0.0
        else:
            score += {"country": 1.0, "governorate": 0.55, "district": 0.2, "settlement": 0.6}.get(
                place.kind, 0.6
            )
        if place.kind in (
            "country",
            "governorate",
            "desert",
            "region",
            "airport",
            "camp",
            "crossing",
            "sea",
            "strait",
        ):
            score += 0.9
        elif place.kind in ("district", "river", "mountain", "field", "dam", "road"):
            score += 0.5
        if place.population > 0:
            score += max(0.0, min(1.9, (log10(place.population) - 3.0) * 0.6))
        return score + self._country_weight(place.country)

    def _country_weight(self, country: str) -> float:
        if not country:
            return 0.9
        if country == self.report_country:
            return 2.4 if self.settled else 1.9
        if _NEIGHBOURS_IN_NEWS.get(country) == self.report_country:
            return 1.5
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
