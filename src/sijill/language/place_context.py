"""The words of a text as the reader of places sees them: the names that the gazetteer holds, and what the words around a
name say of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from sijill.language.gazetteer import Gazetteer, Place, gazetteer
from sijill.language.place_cues import Cue, arabic_cue, demonym_country, name_starts, place_cues
from sijill.text.memory import WordMemory
from sijill.text.words import Words, is_arabic

_JOINTS = frozenset("-'")
_PREPOSITIONS = frozenset(("في", "من", "الي", "نحو", "علي", "عن", "باتجاه", "بين", "ب", "ل"))
_TANWIN = "\u064b\u064c\u064d"
OPENERS = frozenset("\"'([{«")
_INSIDE = frozenset(["في", "داخل", "امام", "محيط", "وفي", "قرب", "حرم", "مدخل"])
ARTICLES = frozenset(["al", "el", "as", "ar", "ash", "ad", "an", "at", "az", "ez"])
# A construct that a place of two words begins with: "تل X", "أبو X", "دير X".
CONSTRUCT_HEADS = frozenset(
    [
        "البو",
        "ابو",
        "ام",
        "بني",
        "تل",
        "تله",
        "دير",
        "كفر",
        "عين",
        "بيت",
        "خربه",
        "وادي",
        "جبل",
        "راس",
        "باب",
        "دار",
        "معره",
        "حوش",
        "مرج",
        "نبع",
        "فتحه",
        "شيخ",
        "الشيخ",
        "بير",
        "ذي",
        "حمام",
        "خان",
        "قصر",
        "قلعه",
        "مزرعه",
        "عرب",
        "ال",
        "بو",
        "ابا",
        "حوش",
        "جب",
        "مزار",
        "سيدي",
    ]
)


class Span(NamedTuple):
    """A stretch of content words that a name of the gazetteer fits: indexes into `_Reader.content`."""

    at: int
    stop: int
    name: str
    proclitics: str
    places: tuple[Place, ...]


class Setting(NamedTuple):
    """What the words before a name say: the head noun of its kind, whether only its surroundings are meant, whether
    it is no place here, whether a preposition leads to it, and whether a house bears it that may bear any town's."""

    head: Cue | None
    around: bool
    countryside: bool
    direction: bool
    road: bool
    skip: str
    preposition: bool
    namesake: bool = False


class Start(NamedTuple):
    """A word without its proclitics that a name of the gazetteer begins with: whether it is one by itself, and how many
    words the longest has."""

    stem: str
    proclitics: str
    whole: bool
    longest: int


class PlaceWord(NamedTuple):
    """What a word in normal form says of places, whatever stands beside it.

    `starts` are the ways to take its proclitics off that leave a name of the gazetteer, or the first word of one; `cue`
    what it says of a name beside it; `demonym` the country that it belongs to; `back` the noun by which it points back to
    a place ("المدينة", "بالبلدة"); `pair` the kinds of place of which it points back to two ("القريتين").
    """

    starts: tuple[Start, ...]
    cue: Cue | None
    demonym: str | None
    back: str | None
    pair: tuple[str, ...] | None


class PlaceWords(WordMemory[PlaceWord | None]):
    """Words seen, with what they say of places: None of most of them. Works a word out when it is first asked for."""

    def __init__(self, known: Gazetteer) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, form: str) -> PlaceWord | None:
        if form[0].isdecimal():
            return None
        if self.recall(form):
            return self[form]
        arabic = is_arabic(form)
        cues = place_cues()
        stems = name_starts(form) if arabic else ((form, ""),)
        starts = (
            Start(stem, proclitics, self._names_place(stem), self._known.longest(stem))
            for stem, proclitics in (stems if form[0].isalpha() else ())
        )
        word = PlaceWord(
            tuple(start for start in starts if start.whole or start.longest > 1),
            arabic_cue(form) if arabic else None,
            demonym_country(form),
            next((stem for stem, _ in stems if stem in cues.back), None) if arabic else None,
            next((cues.pair[stem] for stem, _ in stems if stem in cues.pair), None) if arabic else None,
        )
        found = word if any(word) else None
        self.keep(form, found)
        return found

    def _names_place(self, stem: str) -> bool:
        """Whether a single word may name a place: very short ones only where the data say so."""
        cues = place_cues()
        return (
            self._known.knows(stem) and stem not in cues.stop and (len(stem) > 2 or bool(cues.weak.get(stem)))
        )


class Bearers(NamedTuple):
    """The places that bear a name, the population of the largest, and the country that the name alone speaks for, with
    how many votes ("" and 0 where it speaks for none); the ids of the units that share it with a town."""

    places: tuple[Place, ...]
    heaviest: int
    country: str
    votes: int
    with_town: frozenset[str]


class PlaceNames(dict[str, Bearers]):
    """Names of the gazetteer that texts have named, with the places that bear them."""

    def __init__(self, known: Gazetteer) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, name: str) -> Bearers:
        large = sorted(self._known.named(name), key=lambda place: -place.population)
        first = large[0]
        votes = 0
        if name in place_cues().weak:
            votes = 0
        elif all(place.country == first.country for place in large):
            heavy = first.kind in ("country", "governorate") or first.population > 20_000 or " " in name
            votes = 2 if heavy else 1
        elif first.population > 50_000:
            others = (place.population for place in large if place.country != first.country)
            votes = int(first.population > 8 * max(others))
        places = tuple(self._known.named(name))
        with_town = frozenset(
            p.id for p in places if p.kind in ("governorate", "district") and has_town(p, places)
        )
        found = self[name] = Bearers(
            places, first.population, first.country if votes else "", votes, with_town
        )
        return found


def has_town(unit: Place, places: Iterable[Place]) -> bool:
    """Whether a unit shares its bare name with a town, which is then meant: any for a district, one of some size for a
    governorate."""
    kinds = ("settlement", "neighbourhood") if unit.kind == "district" else ("settlement",)
    least = 0 if unit.kind == "district" else 15_000
    return any(
        p.kind in kinds and p.country == unit.country and (p.population >= least or not p.id.isdecimal())
        for p in places
    )


@lru_cache(maxsize=1)
def _words_of(known: Gazetteer) -> PlaceWords:
    return PlaceWords(known)


@lru_cache(maxsize=1)
def _names_of(known: Gazetteer) -> PlaceNames:
    return PlaceNames(known)


class PlaceText:
    """One text: its content words, the spans that may name places, and the votes for the country that it is about."""

    def __init__(self, words: Words, country: str | None, taken: frozenset[int]) -> None:
        self.words = words
        self.taken = taken
        self.known: Gazetteer = gazetteer()
        self.cues = place_cues()
        forms = words.forms
        self.content: Sequence[int] = range(len(forms))
        """The tokens of the content words. Hyphens and apostrophes inside a name ("Deir ez-Zor", "Sana'a") are passed
        over, others end it; so is the mark of a hashtag ("بلدة #ذيبان")."""
        self.forms = forms
        if not _JOINTS.isdisjoint(forms) or "#" in forms:
            self.content = [
                i
                for i, form in enumerate(forms)
                if not (
                    (form in _JOINTS and words.adjoins(i) or form == "#")
                    and i + 1 < len(forms)
                    and words.adjoins(i + 1)
                )
            ]
            self.forms = [forms[i] for i in self.content]
        self.said_at = list(map(_words_of(self.known).__getitem__, self.forms))
        """What each content word says of places; None of most."""
        self.said: list[tuple[int, PlaceWord]] = [(at, word) for at, word in enumerate(self.said_at) if word]
        """The content words that say anything of places; what they say."""
        self.names = _names_of(self.known)
        self.marked = any(mark in words.text for mark in _TANWIN)
        self.given_country = country
        self.votes: Counter[str] = Counter()
        self.told: set[str] = set()

    def _spans(self) -> list[Span]:
        found: list[Span] = []
        done = 0
        for at, word in self.said:
            if at >= done and word.starts and self.content[at] not in self.taken:
                span = self._longest_at(at, word.starts)
                if span is not None:
                    found.append(span)
                    done = span.stop
        return found

    def _longest_at(self, at: int, starts: tuple[Start, ...]) -> Span | None:
        if not is_arabic(self.forms[at]) and not self._capital(at):
            return None
        best: Span | None = None
        weight = 0
        following = self.forms[at + 1] if at + 1 < len(self.forms) else ""
        for stem, proclitics, whole, longest in starts:
            limit = 1
            if longest > 1:
                limit = min(self.known.longest(f"{stem} {following}"), len(self.forms) - at)
            for size in range(limit, 0, -1):
                if best is not None and best.stop - at > size:
                    break
                if size == 1:
                    if not whole or (stem in CONSTRUCT_HEADS and is_arabic(following)):
                        continue  # "دير العدس" is not Iran's دير
                    name = stem
                else:
                    name = " ".join((stem, *self.forms[at + 1 : at + size]))
                    if not self.known.knows(name) or name in self.cues.stop or not self._is_free(at, size):
                        continue
                places, heaviest, *_ = self.names[name]
                # "وجدة" is Oujda, or Jeddah after "and": the much larger place wins over the whole word.
                if best is None or best.stop - at < size or heaviest > 4 * max(weight, 50_000):
                    best, weight = Span(at, at + size, name, proclitics, places), heaviest
                break
        if best is not None and is_arabic(self.forms[at]) and self._has_tanwin(best):
            return None
        return best

    def _has_tanwin(self, span: Span) -> bool:
        """Whether the text writes the name with the indefinite ending, which place names here never take."""
        if not self.marked:
            return False
        start, end = self.words.span(self.content[span.stop - 1], self.content[span.stop - 1] + 1)
        return any(mark in self.words.text[start : end + 1] for mark in _TANWIN)

    def _is_free(self, at: int, size: int) -> bool:
        return size == 1 or self.taken.isdisjoint(self.content[at : at + size])

    def _capital(self, at: int) -> bool:
        if self._written(at)[0].isupper():
            before = at - 1
            joined = (
                before >= 0
                and self.content[at] - self.content[before] == 2
                and self.words.adjoins(self.content[at])
            )
            return not joined or self.forms[before] in ARTICLES
        return self.forms[at] in ARTICLES and at + 1 < len(self.forms) and self._written(at + 1)[0].isupper()

    def _vote(self, spans: list[Span]) -> None:
        """Votes for the country of the report: names that one country alone has, countries, demonyms."""
        if self.given_country:
            self.votes[self.given_country] += 1000
        for _, word in self.said:
            if word.demonym:
                self.votes[word.demonym] += 1
        for span in spans:
            _, _, country, votes, _ = self.names[span.name]
            if votes:
                self.votes[country] += votes
        self.votes.pop("", None)
        top = self.votes.most_common(2)
        self.report_country = top[0][0] if top else None
        self.settled = bool(top) and top[0][1] >= 4 and (len(top) < 2 or top[0][1] >= 2 * top[1][1])

    def _setting(self, at: int, stop: int, proclitics: str) -> Setting:
        if not is_arabic(self.forms[at]):
            return self._english_setting(at, stop)
        head: Cue | None = None
        around = countryside = direction = road = False
        skip = ""
        namesake = False
        preposition = any(letter in proclitics for letter in "بل")
        k = at - 1
        if k >= 0 and self.forms[k] in OPENERS:
            k -= 1
        for step in range(4):
            if k < 0 or (step > 0 and proclitics_of(self.forms[k + 1]) and step > 2):
                break
            form = self.forms[k]
            said = self.said_at[k]
            cue = said.cue if said else None
            if form == "علي" and self._written(k).endswith("ى"):
                cue = None  # the preposition على, not the name علي, which has the same normal form
            if cue is None:
                if form in ("من", "الي") and k > 0:
                    preposition = preposition or step == 0
                    before = self.said_at[k - 1]
                    if before and before.cue and before.cue.category in ("near", "direction"):
                        k -= 1
                        continue
                preposition = preposition or (step == 0 and form.removeprefix("و") in _PREPOSITIONS)
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
                namesake = cue.value == "namesake"
                preposition = True
                break
            elif head is None and not around:
                skip = skip or cue.category
                if (
                    cue.category == "given"
                    and form.startswith(("و", "ف"))
                    and not form.startswith(("وليد", "فهد", "فارس", "فيصل"))
                ):
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
        return Setting(head, around, countryside, direction, road, skip, preposition, namesake)

    def _written(self, at: int) -> str:
        """A content word as the text writes it."""
        start, end = self.words.span(self.content[at], self.content[at] + 1)
        return self.words.text[start:end]

    def _english_setting(self, at: int, stop: int) -> Setting:
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
            cue = (
                self.cues.after.get(" ".join(forms[stop : stop + size]))
                if stop + size <= len(forms)
                else None
            )
            if cue is None:
                continue
            if cue.value == "skip":
                skip = "organisation"
            elif cue.value == "countryside":
                countryside = True
            else:
                head = Cue("head", cue.value, False)
            break
        preposition = at > 0 and forms[at - 1] in (
            "in",
            "at",
            "near",
            "from",
            "to",
            "of",
            "into",
            "on",
            "around",
            "between",
            "outside",
            "towards",
        )
        if around:
            preposition = True
        return Setting(head, around, countryside, False, False, skip, preposition)

    def _carry(self, spans: list[Span], settings: list[Setting]) -> None:
        """A head or nearness that stands before several names holds for those that follow with و or a comma."""
        for k in range(1, len(spans)):
            before, span = spans[k - 1], spans[k]
            linked = span.at == before.stop and span.proclitics.startswith("و")
            comma = (
                span.at == before.stop + 1
                and self.forms[before.stop] in "،,-"
                and len(self.forms[before.stop]) == 1
            )
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


def proclitics_of(form: str) -> str:
    """The most proclitics that a word in normal form may carry."""
    return name_starts(form)[-1][1]
