"""Actors: the register, and every mention of a party or of people in a text.

Names of the register and its aliases are found with the lexicons, in the same pass. A force is composed with its owner
("القوات الخاصة التركية", "Turkish forces"), a kind of people with what they belong to ("17 عنصرا من التنظيم"), and a
short form ("التنظيم") follows the last full name that has it as an alias.
"""

from __future__ import annotations

import csv
from bisect import bisect_left
from functools import lru_cache
from pathlib import Path

import msgspec

from sijill.language.mentions import ActorMention, Who
from sijill.language.tagging import Tagged
from sijill.rules.compiled import compiled
from sijill.rules.knowledge import KNOWLEDGE, alias_files, alias_rows, function_words, rows_of
from sijill.rules.lexicon import Tag
from sijill.rules.own_actors import own_actors
from sijill.text import script
from sijill.text.script import normal_form
from sijill.text.words import noun_readings


class Actor(msgspec.Struct, frozen=True):
    """A line of the actor register."""

    id: str
    name_en: str
    name_ar: str
    kind: str
    country: str | None
    ucdp_id: str | None
    ucdp_name: str | None
    parent: str | None
    allies: tuple[str, ...]


@lru_cache(maxsize=1)
def register() -> dict[str, Actor]:
    """The actor register by id, the user's own actors included."""
    actors = {}
    with (KNOWLEDGE / "actors" / "actors.csv").open(encoding="utf-8", newline="") as lines:
        for row in (*csv.DictReader(lines), *own_actors()):
            allies = tuple(a.split(":")[0] for a in (row.get("allies") or "").split(";") if a)
            actors[row["id"]] = Actor(
                row["id"], row["name_en"], row["name_ar"], row["kind"], row["country"] or None,
                row["ucdp_id"] or None, row["ucdp_name"] or None, row.get("parent") or None, allies,
            )  # fmt: skip
    return actors


def country_of(actor: str) -> str | None:
    """ISO country of an actor of the register, or of an `unidentified-xx`."""
    if actor.startswith("unidentified-"):
        return actor.rpartition("-")[2].upper()
    known = register().get(actor)
    return known.country if known else None


def is_state(actor: str) -> bool:
    """Whether an id is a government or one of its own forces."""
    known = register().get(actor)
    return known.kind == "state" if known else actor.endswith("-gov")


def is_civil(actor: str) -> bool:
    """Whether an id stands for people without arms."""
    known = register().get(actor)
    return known is not None and known.kind == "civilians"


def allied(one: str, other: str) -> bool:
    """Whether two actors are one camp: allies of one another, of one parent, or one the other's parent."""
    a, b = register().get(one), register().get(other)
    if a is None or b is None:
        return False
    return (
        other in a.allies
        or one in b.allies
        or a.parent == other
        or b.parent == one
        or (a.parent is not None and a.parent == b.parent)
    )


@lru_cache(maxsize=512)
def _nouns_of(actor: str) -> frozenset[str]:
    """The words of an actor's Arabic name, in normal form."""
    known = register().get(actor)
    return frozenset(normal_form(known.name_ar).split()) if known else frozenset()


@lru_cache(maxsize=1)
def government_of() -> dict[str, str]:
    """The government's id of each country (ISO alpha-2)."""
    return {a.country: a.id for a in register().values() if a.id.endswith("-gov") and a.country}


_NAMES = ("actor.full", "actor.abbreviation", "actor.force", "actor.leader-ref")
_PEOPLE: dict[str, Who] = {
    "people.civilians": "civilians", "people.persons": "persons", "people.soldiers": "soldiers",
    "people.fighters": "fighters", "people.member": "fighters", "people.leaders": "leaders", "people.unknown": "unknown",
}  # fmt: skip
_COUNTRIES = ("actor.demonym", "actor.country")
_OF = function_words("actor.of")
_SKIP = function_words("actor.skip")
_BACKED = function_words("actor.backed")
_ARMS = ("air", "guns")
_ADJECTIVE = tuple(function_words("actor.adjective_ending"))
"""Kinds of forces that are a state's where nobody else is named and they do something: aircraft, artillery."""
_DESCRIBED = function_words("actor.described")
_NUMBERS = frozenset(
    f"number.{kind}"
    for kind in "unit ten tens teen hundred dozen scale scale.two scale.many fraction.many".split()
)
_ANOTHER = function_words("actor.another")
_FORMER = function_words("actor.former")
_JOINS = function_words("clause.joins")
_HARM = frozenset(
    ("air_strike", "shelling", "bombing", "target", "assault", "storm", "arrest", "capture", "agreement")
)
"""Kinds of event whose verb says that a country acts."""
_CLOTHES = function_words("actor.clothes")
_STRIKES = frozenset(("air_strike", "shelling", "assault", "storm", "advance", "arrest"))
"""Kinds of event that a word of nationality beside them says the doer of."""


def read_actors(
    tagged: Tagged, taken: frozenset[int] | set[int] = frozenset(), country: str | None = None
) -> list[ActorMention]:
    """Every mention of a party or of people, in order, none inside another. Tokens in `taken` (times, names of
    persons) are left alone. `country` is what the report is about: it settles short names that were not introduced."""
    return ActorReader(tagged, taken).read(country)


def party_starts(tagged: Tagged) -> list[int]:
    """The tokens, in order, that a mention of a party or of people may begin at: a country's name or nationality only where
    something happens near it."""
    found = {tag.first for head in ("force", "people") for tag in tagged.under(head)}
    happens = tagged.tokens("event", "frame", "object")
    for tag in tagged.under("actor"):
        of_a_country = tag.sense.category in _COUNTRIES and is_state(tag.sense.value)
        if not of_a_country or bisect_left(happens, tag.first - 4) < bisect_left(happens, tag.stop + 3):
            found.add(tag.first)
    return sorted(found)


class ActorReader:
    """Reads the parties and people of one text."""

    def __init__(self, tagged: Tagged, taken: frozenset[int] | set[int]) -> None:
        self.tagged = tagged
        self.forms = tagged.words.forms
        self.taken = taken
        self.affiliations = tagged.tokens("affiliation")
        self.countries = {tag.first for tag in tagged.under("actor") if tag.sense.category in _COUNTRIES}
        self.open = False
        """Whether the last reading met a short name that the country, which it was not told, might have settled."""

    def read(self, country: str | None = None) -> list[ActorMention]:
        """Every mention; see `read_actors`."""
        self.country = country
        self.latest: dict[str, str] = {}
        self.groups: list[str] = []
        """The groups without a state, as they were named."""
        self.open = False
        found: list[ActorMention] = []
        done = 0
        for i in party_starts(self.tagged):
            mention = self.at(i) if i >= done and i not in self.taken else None
            if mention is None:
                continue
            found.append(mention)
            done = mention.stop
            while further := self.same_kind(mention, done):
                found.append(further)
                done = further.stop
        return found

    def same_kind(self, mention: ActorMention, i: int) -> ActorMention | None:
        """A further owner of the kind of force just named: "مليشيات إيرانية وعراقية", "القوات التركية والروسية", "ميليشيات
        الحوثي وصالح", not "ميليشيات الحوثي وصنعاء"."""
        if not mention.ids or i >= len(self.forms) or i in self.taken:
            return None
        if not self.forms[i].startswith("و") or mention.who == "civilians":
            return None
        tag = self.tagged.first(i, "actor.demonym")
        if tag is not None and (not tag.proclitics or tag.enclitic):
            return None
        head = self.forms[mention.first if mention.form != "people" else max(mention.first, mention.stop - 2)]
        adjective = self.forms[i].removeprefix("و")
        heads = {head, *(stem for stem, _, _, enclitic in noun_readings(head) if not enclitic)}
        named = [
            full_names()[f"{h} {adjective}"] for h in sorted(heads) if f"{h} {adjective}" in full_names()
        ]
        if named:
            return self.named(i, tag.stop if tag else i + 1, named[0], "force", f"{mention.rule}+same kind")
        if tag and mention.who == "state" and is_state(tag.sense.value):
            return self.named(i, tag.stop, tag.sense.value, "force", f"{tag.sense.rule}+same kind")
        return None

    def struck_by(self, i: int) -> ActorMention | None:
        """The state or group whose strike a word of nationality at token i says that it was: "قصف مدفعي تركي", "الغارات
        الإسرائيلية", "Turkish shelling"; not "حدود تركية" or "تفجير تركي". A group's own adjective says so beside any noun
        ("لغم حوثي", "تجمعات حوثية")."""
        tag = self.tagged.first(i, "actor.demonym")
        if tag is None or (tag.proclitics and self.tagged.language == "ar"):
            return None
        if not is_state(tag.sense.value) and self.tagged.first(i - 1, "number"):  # "83 حوثيا"
            actor = tag.sense.value
            return ActorMention(
                i, tag.stop, (actor,), "fighters", "people", None, "member", False, tag.sense.rule
            )
        if self.tagged.language == "ar" and not is_state(tag.sense.value):
            told = (
                i > 0 and self.forms[i - 1][0].isalpha() and not self.tagged.first(i - 1, "number", *_PEOPLE)
            )
        elif self.tagged.language == "ar":
            told = any(
                t.stop <= i and self._only_describe(t.stop, i)
                for k in range(max(0, i - 4), i)
                for t in self.tagged.at(k)
                if t.sense.category == "event" and t.sense.value in _STRIKES and t.sense.kind == "noun"
            )
        else:
            told = any(
                (
                    t.sense.category == "event"
                    and t.sense.value in _STRIKES
                    or t.sense.category == "object.strikes"
                )
                and self._only_describe(tag.stop, k)
                for k in range(tag.stop, min(tag.stop + 3, len(self.forms)))
                for t in self.tagged.at(k)
            )
        if not told:
            return None
        return self.named(tag.first, tag.stop, tag.sense.value, "force", f"{tag.sense.rule}+strike")

    def acting_state(self, i: int) -> ActorMention | None:
        """The state that a country's name at token i stands for where it does something: beside a verb of violence, with
        nothing before them in the clause ("قصفت إسرائيل المدينة", "وتركيا تقصف", "Israel bombed"), not "صواريخ قصفت إسرائيل"."""
        tag = self.tagged.first(i, "actor.country")
        if tag is None or tag.proclitics not in ("", "و"):
            return None
        before = i - 1 if i and self.tagged.language == "ar" and self._does_harm(i - 1, i) else i
        if before == i and not (tag.stop < len(self.forms) and self._does_harm(tag.stop, tag.stop + 1)):
            return None
        if before and self.forms[before - 1] == "the":
            before -= 1
        if before and self.forms[before - 1][0].isalpha() and self.forms[before - 1] not in _JOINS:
            return None
        return self.named(i, tag.stop, tag.sense.value, "force", f"{tag.sense.rule}+acts")

    def _does_harm(self, k: int, stop: int) -> bool:
        """Whether token k is a verb of violence, or one that carries something out, and ends at `stop`."""
        return any(
            t.stop == stop
            and (
                (t.sense.category == "event" and t.sense.value in _HARM and t.sense.kind == "verb")
                or t.sense.category == "frame.carry_out"
            )
            for t in self.tagged.at(k)
        )

    def _only_describe(self, first: int, stop: int) -> bool:
        """Whether tokens first to stop are nothing or adjectives of arms ("جوية", "artillery")."""
        return all(
            self.tagged.first(k, "force.adjective", "aircraft", "thing") is not None
            for k in range(first, stop)
        )

    def at(self, i: int) -> ActorMention | None:
        if i in self.countries:
            struck = self.struck_by(i) or self.acting_state(i)
            if struck:
                return struck
        for tag in self.tagged.at(i):
            category = tag.sense.category
            if category in _NAMES:
                if not is_civil(tag.sense.value):
                    return self.named(tag.first, tag.stop, tag.sense.value, "name", tag.sense.rule)
                people = self.tagged.first(i, *_PEOPLE)
                if people is None:
                    return ActorMention(
                        i,
                        tag.stop,
                        (tag.sense.value,),
                        "civilians",
                        "people",
                        None,
                        tag.sense.value,
                        True,
                        tag.sense.rule,
                    )
            if category in ("force", "force.group"):
                if self.tagged.first(i, *_PEOPLE) is not None:
                    continue  # "soldiers" are people first, and say themselves whose
                composed = self.force(tag)
                if composed:
                    return composed
            elif category in _PEOPLE:
                if self.describes(tag):
                    continue
                return self.called(tag) or self.people(tag)
            elif category == "people.allies":
                return ActorMention(
                    tag.first, tag.stop, (), "group", "people", None, "allies", True, tag.sense.rule
                )  # fmt: skip
            elif category == "actor.short":
                short = self.short(tag)
                if short:
                    return short
            elif category == "actor.pointing":
                group = self.pointed_at(tag)
                if group:
                    return self.named(tag.first, tag.stop, group, "short", tag.sense.rule)
        return None

    def named(self, first: int, stop: int, actor: str, form: str, rule: str) -> ActorMention:
        """A mention of one actor of the register, or of its branch where the report is about; its short forms mean it
        from here on."""
        actor = self.branch(actor)
        for short in short_forms().get(actor, ()):
            self.latest[short] = actor
        who: Who = "state" if is_state(actor) else "group"
        if who == "group" and form in ("name", "force", "short"):
            self.groups.append(actor)
        return ActorMention(first, stop, (actor,), who, form, None, actor, True, rule)

    def branch(self, actor: str) -> str:
        """The branch of an actor where the report is about, else itself."""
        if actor not in branches():
            return actor
        self.open = self.open or self.country is None
        return branches()[actor].get(self.country or "", actor)

    def short(self, tag: Tag) -> ActorMention | None:
        """A short form stands for the last full name with that alias; without one, for the actor of that alias whose
        theatre the report is about, unless it is an ordinary word."""
        value = tag.sense.value
        actor = self.latest.get(value)
        if actor is None and value in usual():
            self.open = self.open or self.country is None
            actor = usual()[value].get(self.country or "")
        if actor is None and value not in anaphors():
            self.open = self.open or self.country is None
            near = [a for a in actors_called().get(value, ()) if self.country in theatre_of(a)]
            actor = near[0] if near else None
        return self.named(tag.first, tag.stop, actor, "short", tag.sense.rule) if actor else None

    def describes(self, tag: Tag) -> bool:
        """Whether an Arabic word for people is an adjective of the noun before it: "الدفاع المدني", "مصدر عسكري", "هجوم
        انتحاري", "بالزي العسكري"; "another" is somebody only where people are counted ("وأصيب آخر"), not in "غارات أخرى"."""
        if self.tagged.language != "ar" or not tag.first or tag.stop - tag.first > 1:
            return False
        before = self.forms[tag.first - 1]
        bare = self.forms[tag.first][len(tag.proclitics) :].removeprefix("ال")
        if bare in _ANOTHER:
            counted = any(
                t.sense.category.startswith("outcome.") or t.sense.category in _NUMBERS
                for t in self.tagged.at(tag.first - 1)
            )
            return not counted and not tag.proclitics.startswith("و")
        if tag.sense.inflection not in ("singular", "plain"):
            return False
        return _is_described(before)

    def pointed_at(self, tag: Tag) -> str | None:
        """The group that "the militia", "الحركة" points back at: the one that reports of the country usually call so, else
        the last one that has the noun in its name, else the last one named that isn't on the government's side."""
        noun = self.forms[tag.first].removeprefix(tag.proclitics)
        if noun in usual() and self.country in usual()[noun]:
            return usual()[noun][self.country]
        self.open = self.open or self.country is None
        state = government_of().get(self.country or "", "")
        groups = [g for g in reversed(self.groups) if not allied(g, state)]
        bare = noun.removeprefix("ال")
        called = [g for g in groups if bare in _nouns_of(g)] if bare != noun else []
        return next(iter(called or groups), None)

    def called(self, people: Tag) -> ActorMention | None:
        """A group that is called by a word for people ("الشباب", after its name or in its country), where no number counts
        them and no adjective follows that says who they were."""
        short = self.tagged.first(people.first, "actor.short")
        if short is None or short.stop < people.stop or self.tagged.first(people.first - 1, "number"):
            return None
        if self.forms[short.stop : short.stop + 1] and self.forms[short.stop].startswith("ال"):
            return None
        return self.short(short)

    def force(self, tag: Tag) -> ActorMention | None:
        """A force with its owner: an adjective of nationality, a country, or a group after it. A definite force of
        a state with no owner is a mention that names nobody yet."""
        at = self.skip(tag.stop)
        owner = self.owner(at)
        if owner and not (at == tag.stop and self._stands_apart(tag)):
            actor, stop = owner
            return self.named(tag.first, stop, actor, "force", f"{tag.sense.rule}+owner")
        if self.forms[tag.stop : tag.stop + 1] and self.forms[tag.stop] in _CLOTHES:
            return None
        before = self.owner_before(tag.first) if self.tagged.language == "en" else None
        if before and tag.sense.category == "force":
            return self.named(tag.first, tag.stop, before[0], "force", f"{tag.sense.rule}+owner")
        for other in self.tagged.at(tag.first):
            if other.sense.category == "actor.short":
                short = self.short(other)
                if short:
                    return short
        bare = self.forms[tag.first][len(tag.proclitics) :]
        definite = (
            tag.definite or tag.stop - tag.first > 1 or bare.startswith("ال") or bool(tag.enclitic)
            or (tag.proclitics.endswith("ل") and bare.startswith("ل"))
            or tag.sense.value == "post"
            or (tag.sense.value in _ARMS and self.does(tag))
            or self.tagged.first(tag.stop, "force.adjective") is not None
        )  # fmt: skip
        if tag.sense.category == "force" and (definite or self.tagged.language == "en"):
            return ActorMention(
                tag.first, tag.stop, (), "state", "force", None, tag.sense.value, True, tag.sense.rule
            )
        return None

    def _stands_apart(self, tag: Tag) -> bool:
        """Whether a force has its article, so that what follows is no owner unless it's an adjective: verb, subject, object
        ("قتل الجيش عناصر داعش") beside "الجيش السوري", "قوات داعش" and "الجناح العسكري للحركة"."""
        if tag.stop - tag.first > 1 or not (tag.definite or self.forms[tag.first].startswith("ال")):
            return False
        after = self.forms[tag.stop]
        owned = after.startswith("ل") or (after.startswith("ال") and after.endswith(_ADJECTIVE))
        return self.tagged.language == "ar" and not owned

    def does(self, tag: Tag) -> bool:
        """Whether what happens stands right beside: "قصفت طائرات", "مروحية ألقت"."""
        return any(
            t.sense.category == "event" and (t.first >= tag.stop or t.stop == tag.first)
            for k in (tag.first - 1, *range(tag.stop, tag.stop + 3))
            for t in self.tagged.at(k)
        )

    def owner_before(self, i: int) -> tuple[str, int] | None:
        """The actor that an English word of nationality or a name before token i says the owner of what stands there
        ("Turkish drones", "U.S. special forces"): (id, first token). "Iranian-backed", "US-led" and "pro-Turkish" say
        who stands behind it."""
        while i and (tag := self.tagged.first(i - 1, "force.adjective")) and tag.stop == i:
            if self.forms[i - 1] in _BACKED:
                return None
            i -= 1
        for k in range(i - 1, max(i - 6, -1), -1):
            for tag in self.tagged.at(k):
                named = tag.sense.category in ("actor.demonym", "actor.country", "actor.abbreviation")
                if named and tag.stop == i:
                    behind = self.forms[max(k - 2, 0) : k]
                    return None if _BACKED.intersection(behind) else (tag.sense.value, k)
        return None

    def skip(self, j: int) -> int:
        """Past adjectives, quotation marks and "التابعة ل" between a force and its owner."""
        for _ in range(4):
            tag = self.tagged.first(j, "force.adjective", "affiliation")
            if tag and not _BACKED.isdisjoint(self.forms[tag.first : tag.stop]):
                break
            if tag and not self.tagged.first(j, "actor.demonym"):
                j = tag.stop
            elif j < len(self.forms) and self.forms[j] in _SKIP:
                j += 1
            else:
                break
        return j

    def owner(self, j: int) -> tuple[str, int] | None:
        """The actor named at token j as an owner: (id, stop)."""
        for tag in self.tagged.at(j):
            category = tag.sense.category
            if tag.proclitics.startswith(("و", "ف")):  # "the army and the Taliban": no owner, another party
                continue
            if category in _NAMES or category in ("actor.demonym", "actor.country"):
                if is_civil(tag.sense.value):
                    continue
                return self.branch(tag.sense.value), tag.stop
            found = self.short(tag) if category == "actor.short" else None
            pointed = self.pointed_at(tag) if category == "actor.pointing" else None
            if pointed:
                return pointed, tag.stop
            if found is None and category in ("force", "force.group"):
                found = self.force(tag)
            if found and found.ids:
                return found.ids[0], found.stop
        return None

    def people(self, tag: Tag) -> ActorMention:
        """People, with what they belong to where that is said: "جنود أتراك", "17 عنصرا من التنظيم", "مسلحي الحركة"."""
        who = _PEOPLE[tag.sense.category]
        if who == "soldiers" and not _FORMER.isdisjoint(
            (*self.forms[max(tag.first - 1, 0) : tag.first], *self.forms[tag.stop : tag.stop + 1])
        ):
            who = "civilians"
        stop, ids = tag.stop, tuple[str, ...]()
        j = self.skip(stop)
        if j < len(self.forms) and self.forms[j] in _OF:
            j = self.skip(j + 1)
        owner = self.owner(j) if j < len(self.forms) else None
        if owner and who in ("civilians", "persons"):
            if self.tagged.first(j, "actor.demonym"):
                stop = owner[1]
            elif not is_state(owner[0]):  # "رجال التنظيم", "شبان من الحركة"
                ids, stop, who = (owner[0],), owner[1], "fighters"
            elif who == "persons" and self.tagged.first(j, "force"):  # "رجال الجيش العربي السوري"
                ids, stop, who = (owner[0],), owner[1], "soldiers"
        elif owner and not (
            self.tagged.first(j, "actor.country") and (who == "fighters" or self.forms[j - 1] in ("في", "in"))
        ):
            ids, stop = (owner[0],), owner[1]
        member = self.membership(stop) if not ids and who in ("fighters", "civilians", "persons") else None
        if member:
            return ActorMention(
                tag.first,
                member[1],
                (member[0],),
                "group",
                "people",
                self.count(tag),
                tag.sense.value,
                tag.definite,
                f"{tag.sense.rule}+member",
            )
        if not ids and self.tagged.language == "en" and who in ("soldiers", "fighters", "leaders"):
            before = self.owner_before(tag.first)
            ids = (before[0],) if before and (who == "soldiers" or not is_state(before[0])) else ids
        if owner is None and j < len(self.forms):
            inner = self.tagged.first(j, "force", "actor.short")
            if inner and (inner.definite or inner.enclitic or self.forms[j].startswith("ال")):
                stop = inner.stop
                who = "soldiers" if who == "persons" and inner.sense.category == "force" else who
        if who in ("fighters", "persons", "leaders") and self.tagged.first(stop, "people.unknown"):
            who, stop, ids = "unknown", stop + 1, ()
        return ActorMention(
            tag.first, stop, ids, who, "people", self.count(tag), tag.sense.value, tag.definite or bool(tag.enclitic), tag.sense.rule
        )  # fmt: skip

    def membership(self, j: int) -> tuple[str, int] | None:
        """The group that people are said to have joined or to belong to, a few words on: "عناصر من أبناء المدينة المنتسبون
        مؤخرا للواء …"; no other happening, party or mark may stand between."""
        if bisect_left(self.affiliations, j) == bisect_left(self.affiliations, j + 7):
            return None
        for k in range(j, min(j + 7, len(self.forms))):
            if not self.forms[k][0].isalpha():
                return None
            tag = self.tagged.first(k, "affiliation")
            if tag:
                for at in range(tag.stop, min(tag.stop + 3, len(self.forms))):
                    owner = self.owner(at)
                    if owner and not is_state(owner[0]):
                        return owner
                return None
            for found in self.tagged.at(k):
                category = found.sense.category
                if category == "event" or category in _NAMES or category.startswith("outcome."):
                    return None
        return None

    def count(self, tag: Tag) -> int | None:
        """One or two, where the noun's number says so. What may be a construct dual ("جنديا") is far more often the
        accusative of one, except before a pronoun ("طفلاها"); in the oblique case it's a dual ("رجلي أعمال", "طفليها")."""
        inflection = tag.sense.inflection
        if inflection == "dual_construct":
            return 1 if self.forms[tag.first].endswith("ا") and not tag.enclitic else 2
        return {"dual": 2, "singular": 1}.get(inflection)


@lru_cache(maxsize=4096)
def _is_described(form: str) -> bool:
    """Whether an Arabic word, its clitics taken off, is a noun that a word for people after it describes."""
    return form in _DESCRIBED or any(stem in _DESCRIBED for stem, _, _, _ in noun_readings(form))


@lru_cache(maxsize=1)
def actors_called() -> dict[str, tuple[str, ...]]:
    """The actors that share a short form, in the register's order."""
    found: dict[str, list[str]] = {}
    for actor, shorts in short_forms().items():
        for short in shorts:
            found.setdefault(short, []).append(actor)
    return {short: tuple(actors) for short, actors in found.items()}


class ActorNames(msgspec.Struct, array_like=True):
    """Names of the register in normal form: the actor of each full name or name of a force, and the short forms of each
    actor that has any."""

    full: dict[str, str]
    short: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def _names() -> ActorNames:
    return compiled(
        "actors", (*alias_files(), Path(__file__), Path(script.__file__)), ActorNames, _make_names
    )


def _make_names() -> ActorNames:
    full: dict[str, str] = {}
    short: dict[str, tuple[str, ...]] = {}
    for row in alias_rows():
        name = normal_form(row["alias"])
        if row["kind_of_name"] == "short":
            short[row["id"]] = (*short.get(row["id"], ()), name)
        elif row["kind_of_name"] in ("full", "force"):
            full[name] = row["id"]
    return ActorNames(full, short)


def full_names() -> dict[str, str]:
    """The actor of each full name or name of a force, by its normal form."""
    return _names().full


def short_forms() -> dict[str, tuple[str, ...]]:
    """The short forms (normal form) of each actor that has any."""
    return _names().short


@lru_cache(maxsize=1)
def _theatres() -> dict[str, tuple[str, ...]]:
    return {row[0]: tuple(row[1].split()) for row in rows_of("actors/theatres.tsv")}


def theatre_of(actor: str) -> tuple[str, ...]:
    """The countries that an actor is told of in: those of `theatres.tsv`, else its own."""
    country = country_of(actor)
    return _theatres().get(actor) or ((country,) if country else ())


@lru_cache(maxsize=1)
def branches() -> dict[str, dict[str, str]]:
    """The branch that an organisation's bare name means in a country ("تنظيم القاعدة" in Yemen), from `branches.tsv`."""
    found: dict[str, dict[str, str]] = {}
    for actor, branch, countries in rows_of("actors/branches.tsv"):
        found.setdefault(actor, {}).update(dict.fromkeys(countries.split(), branch))
    return found


@lru_cache(maxsize=1)
def anaphors() -> frozenset[str]:
    """Short forms that are ordinary words, and mean an actor only after its full name."""
    return frozenset(normal_form(row[1]) for row in rows_of("actors/anaphors.tsv"))


@lru_cache(maxsize=1)
def described() -> frozenset[str]:
    """Short forms that describe a group rather than name it."""
    return frozenset(normal_form(row[1]) for row in rows_of("actors/described.tsv"))


@lru_cache(maxsize=1)
def nameless() -> dict[str, dict[str, str]]:
    """Whom a word for fighters means in a country where nobody else is named, from `nameless.tsv`."""
    found: dict[str, dict[str, str]] = {}
    for _, forms, actor, countries in rows_of("actors/nameless.tsv"):
        for form in forms.split():
            found.setdefault(normal_form(form), {}).update(dict.fromkeys(countries.split(), actor))
    return found


@lru_cache(maxsize=1)
def armies() -> dict[tuple[str, str], str]:
    """Whose a kind of force is in a country that has none of its own, from `armies.tsv`."""
    return {
        (kind, country): actor
        for kind, actor, countries in rows_of("actors/armies.tsv")
        for country in countries.split()
    }


@lru_cache(maxsize=4096)
def meant_by(form: str, country: str) -> str | None:
    """The group that a word for fighters, whatever clitics it has, means in a country where nobody else is named."""
    for stem in (form, *(stem for stem, _, _, _ in noun_readings(form))):
        if actor := nameless().get(stem, {}).get(country):
            return actor
    return None


@lru_cache(maxsize=1)
def usual() -> dict[str, dict[str, str]]:
    """Whom a short form that was not introduced means in a country, as reports there use it, from `usual.tsv`."""
    found: dict[str, dict[str, str]] = {}
    for _, short, actor, countries in rows_of("actors/usual.tsv"):
        found.setdefault(normal_form(short), {}).update(dict.fromkeys(countries.split(), actor))
    return found
