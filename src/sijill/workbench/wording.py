"""Cells of a record in the words of a language: types, figures, places, actors. What is said is the codebook's; how it is
worded stands in `languages/*/codebook.toml`."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale

from sijill.export.words import FSI, PDI
from sijill.language.actors import register
from sijill.language.gazetteer import distance_km, gazetteer
from sijill.language.transliteration import is_arabic_name
from sijill.records import Casualty, Detail, Place, Source, TallyCasualty
from sijill.text.script import normal_form
from sijill.workbench.languages import Translate

_SAME_PLACE_KM = 30.0


def isolate(text: str) -> str:
    """Given words, a name or a date for a line of another direction: whatever they hold, the line keeps its order."""
    return f"{FSI}{text}{PDI}"


def actor_name(slug: str, lang: str) -> str:
    """The name of an actor of the register in a language; of one that isn't registered its id in words."""
    known = register().get(slug)
    if known is not None:
        return known.name_ar if lang == "ar" and known.name_ar else known.name_en
    if slug.startswith("unidentified-"):
        country = country_name(slug.rpartition("-")[2].upper(), lang)
        return f"مسلحون مجهولون ({country})" if lang == "ar" else f"Unidentified armed people ({country})"
    return isolate(slug.replace("-", " "))


@lru_cache(maxsize=4)
def _territories(lang: str) -> dict[str, str]:
    return dict(Locale(lang).territories)


def country_name(code: str | None, lang: str) -> str:
    """A country's name in a language (Unicode CLDR) by its ISO 3166-1 alpha-2 code; the code itself where it is unknown."""
    return _territories(lang).get(code, code) if code else ""


@lru_cache(maxsize=20000)
def _arabic_name(name: str, lat: float | None, lon: float | None) -> str | None:
    best: tuple[float, str] | None = None
    for place in gazetteer().named(normal_form(name.lower())):
        arabic = next((form for form in place.names if is_arabic_name(form)), None)
        if arabic is None:
            continue
        off = 0.0 if lat is None or lon is None else distance_km(lat, lon, place.lat, place.lon)
        if off <= _SAME_PLACE_KM and (best is None or off < best[0]):
            best = off, arabic
    return in_common_spelling(best[1]) if best else None


def in_common_spelling(name: str) -> str:
    """An Arabic name in normal form as it is commonly written: a final heh of two-letter words and more is a teh marbuta."""
    words = name.split(" ")
    return " ".join(word[:-1] + "ة" if len(word) > 2 and word.endswith("ه") else word for word in words)


def place_name(place: Place, lang: str) -> str:
    """A place's name: in Arabic where the gazetteer has one for it, else as the record writes it, in Latin script."""
    if lang == "ar":
        return _arabic_name(place.name, place.lat, place.lon) or place.name
    return place.name


def place_words(place: Place | None, t: Translate, lang: str) -> str:
    """A place with its country, "near …" where it is only that; nothing where there is none."""
    if place is None:
        return ""
    name = isolate(place_name(place, lang))
    if place.precision == 2:
        name = t("codebook.near", place=name)
    country = country_name(place.country, lang)
    return name if not country or isolate(country) == name else f"{name}{t('codebook.list_comma')}{country}"


def amount_words(n: float | None, bound: str, n_high: float | None, t: Translate) -> str:
    """A number as it was said: at least 48, about 20 to 25."""
    if n is None:
        return t("codebook.figure_vague")
    number = f"{n:,.10g}"
    if n_high is not None:
        number = t("codebook.figure_range", n=number, high=f"{n_high:,.10g}")
    return t(f"codebook.figure_{'exact' if bound == 'vague' else bound}", n=number)


def casualty_words(casualty: Casualty | TallyCasualty, t: Translate, lang: str) -> str:
    """A figure with its outcome and whom it is of; whether it is a part of another."""
    if isinstance(casualty, Casualty):
        who = t(f"codebook.side_{casualty.side}")
    else:
        who = t("codebook.list_comma").join(actor_name(slug, lang) for slug in casualty.actor) or t(
            "codebook.unknown"
        )
    figure = amount_words(casualty.n, casualty.bound, casualty.n_high, t)
    words = t(
        "codebook.toll_words", figure=figure, outcome=t(f"codebook.outcome_{casualty.outcome}"), who=who
    )
    return f"{words} ({t('codebook.part_of_words')})" if casualty.part_of is not None else words


def detail_words(detail: Detail, t: Translate) -> str:
    """Another amount, with what it is of."""
    unit = f" {isolate(detail.unit.replace('_', ' '))}" if detail.unit else ""
    return f"{isolate(detail.what.replace('_', ' '))}: {amount_words(detail.n, detail.bound, None, t)}{unit}"


def source_words(source: Source, t: Translate) -> str:
    """On whose word, with the kind of source."""
    return f"{isolate(source.name)} ({t(f'codebook.source_kind_{source.kind}')})"


def days_words(start: str | None, end: str | None) -> str:
    """A span of days in ISO dates; one day alone; nothing where none is said."""
    if start is None:
        return isolate(end) if end else ""
    return isolate(start) if end in (None, start) else f"{isolate(start)} – {isolate(str(end))}"
