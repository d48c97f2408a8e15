"""What a name is taken to mean where it stands: the place itself, its surroundings, or the unit that bears its name."""

from __future__ import annotations

from functools import lru_cache

from sijill.language.gazetteer import Place
from sijill.language.mentions import PlaceMention
from sijill.language.place_choice import PlaceChoice
from sijill.language.place_context import Setting, Span
from sijill.rules.knowledge import rows_of
from sijill.text.script import normal_form


@lru_cache(maxsize=1)
def directions() -> dict[str, str]:
    """The side that a word for a part of a country names, by its normal form."""
    rows = rows_of("places/directions.tsv")
    return {normal_form(form.strip()): side for side, forms in rows for form in forms.split("|")}


class PlaceMeaning(PlaceChoice):
    """Makes mentions of the places that were chosen."""

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
        """The part of a country that the word before its name says ("شمال العراق"), under the name "Northern
        Iraq"."""
        side = (
            directions().get(self.forms[span.at - 1].removeprefix("ب").removeprefix("و")) if span.at else None
        )
        if side is None:
            return country
        point = self.known.part(country.country, side)
        if point is None:
            return country
        lat, lon = point
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
