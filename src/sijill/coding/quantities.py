"""Quantities of people: a number, or a noun's number, with the people that it counts ("12 من عناصر الشرطة", "جنديان")."""

from __future__ import annotations

from typing import NamedTuple

from sijill.language.actors import is_state
from sijill.language.analysis import Analysis
from sijill.language.mentions import ActorMention
from sijill.language.numbers import NumberMention
from sijill.language.place_cues import demonym_country
from sijill.rules.knowledge import function_words
from sijill.rules.lexicon import Tag


class Quantity(NamedTuple):
    """So many people: tokens `first` to `stop` (exclusive); `who` the words for them, more than one where they are
    joined ("من قوات النظام والمليشيات"); `said` whether a number or a noun's number says how many."""

    first: int
    stop: int
    n: int | None
    high: int | None
    bound: str
    who: tuple[ActorMention, ...]
    said: bool
    others: bool


_OF = function_words("quantity.of")
_VAGUE = function_words("quantity.vague")
_JOIN = function_words("quantity.join")
_LIGHT = function_words("quantity.light")
_COUNT_WORDS = function_words("quantity.count")
_INJURED = function_words("quantity.injured")
_BARE = function_words("quantity.bare")
_ONE = function_words("quantity.one")
_ONE_OF = function_words("quantity.one_of")
_AMID = function_words("quantity.amid")
_ALONE = function_words("quantity.alone")
_ARTICLE = function_words("quantity.article")
_UNTIL = function_words("quantity.until")
_ADJECTIVAL = function_words("quantity.adjectival")
_MET = tuple(sorted(function_words("quantity.met")))
_OF_TWO = function_words("quantity.of_two")
_AGED = function_words("quantity.aged")
_SAME = function_words("quantity.same")
_UNDESCRIBING = ("cue.", "event", "outcome", "time.", "number", "title")


class QuantityReader:
    """Reads the quantities of people of one text."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.tagged = analysis.tagged
        self.forms = analysis.words.forms
        self.numbers: dict[int, NumberMention] = {
            n.first: n for n in analysis.numbers if n.kind == "cardinal"
        }
        self.any_number = {n.first: n for n in analysis.numbers}
        self.number_ends = {n.stop: n for n in self.numbers.values()}
        self.actors = {a.first: a for a in analysis.actors}
        self.actor_ends = {a.stop: a for a in analysis.actors}
        self.people_ends = {
            a.stop for a in analysis.actors if a.form == "people" and a.count == 1 and not a.definite
        }
        self.named = {p.first for p in analysis.people}
        self.roles = {p.role_first for p in analysis.people}
        self.used: set[int] = set()
        self.outcomes = frozenset(self.tagged.tokens("outcome"))

    def outcome_at(self, i: int) -> Tag | None:
        """The outcome word at token i. A spelling that is a verb and a verbal noun ("قتل") is the verb before a plural in
        the nominative, which only a verb takes ("قتل مسلحون خمسة جنود"), and right after people ("أن شرطيا قتل")."""
        if i not in self.outcomes:
            return None
        found = [t for t in self.tagged.at(i) if t.sense.category.startswith("outcome.")]
        if any(t.enclitic == "ه" for t in found) and self.analysis.words.between(i, i + 1).endswith("ة"):
            return None  # "قضية", "أسرة": a noun's ending, no pronoun
        if len(found) > 1 and (
            i in self.people_ends or (i + 1 < len(self.forms) and self.forms[i + 1].endswith("ون"))
        ):
            return next((t for t in found if t.sense.kind == "verb"), found[0])
        if any(t.definite and not t.enclitic and t.sense.value == "masdar" for t in found) and (
            i in self.number_ends or self.forms[i - 1].removeprefix("و") in _VAGUE
        ):
            return None  # "عشرات الأسر": families, no captivity
        best = max(found, key=lambda t: t.stop) if found else None
        written = self.analysis.words.between(i, i + 1)
        if best is not None and best.sense.value == "masdar" and written.endswith("ى"):
            # "قتلى": the dead, not "my killing"
            plural = (t for t in found if t.sense.inflection == "plural" and not t.enclitic)
            return next(plural, best)
        return best

    def quantity(self, j: int, stop: int) -> Quantity | None:
        """The quantity of people that begins at token j, past light words; None where none does."""
        while j < stop and j not in self.numbers:
            past = self.past_bound(j)
            if past == j and self.forms[j] not in _LIGHT:
                break
            j = max(past, j + 1)
        if j >= stop:
            return None
        number = self.numbers.get(j)
        if number:
            return self.numbered(number, stop)
        word = self.forms[j].removeprefix("و")
        if word in _VAGUE:
            who, end = self.belonging(j + 1, stop)
            alone = word in _ALONE and self.is_bare(j + 1, stop)
            alone = alone or self.forms[j + 1 : j + 2] in (["منهم"], ["منهن"])
            return Quantity(j, end, None, None, "vague", who, True, False) if who or alone else None
        if word in _ONE_OF:
            who, end = self.belonging(j + 1, stop)
            return Quantity(j, end, 1, None, "exact", who, True, False) if who else None
        if word in _ONE and j not in self.analysis.taken and self.is_told(j) and self.is_bare(j + 1, stop):
            return Quantity(j, j + 1, 1, None, "exact", (), True, True)
        return self.people_at(j, stop)

    def is_bare(self, j: int, stop: int) -> bool:
        """Whether the word before j stands alone: no noun that it counts or describes follows."""
        return j >= stop or not self.forms[j][0].isalpha() or self.is_function_word(j)

    def is_told(self, j: int) -> bool:
        """Whether the word at token j hangs on what happened, or on people before it, rather than describes a noun ("هدف
        ثالث", "مجموعة مسلحة")."""
        before = self.forms[j - 1] if j else "."
        return (
            self.forms[j].startswith("و")
            or not before[0].isalpha()
            or before in _JOIN
            or before in _LIGHT
            or before in _UNTIL
            or j - 1 in self.analysis.taken
            or j in self.number_ends
            or any(t.sense.category.startswith(("outcome.", "cue.", "people")) for t in self.tagged.at(j - 1))
        )

    def people_at(self, j: int, stop: int) -> Quantity | None:
        """The people at token j whom no number counts: how many they are, their noun says."""
        k = self.described(j, stop) if j and self.forms[j - 1] in _ARTICLE else None
        if k is not None and self.actors[k].count == 1:
            who, end = self.belonging(k, stop)
            return Quantity(j, end, 1, None, "exact", who, True, False)
        actor = self.actors.get(j)
        if actor is not None and self.forms[j] == "اخر" and j + 1 in self.actors:
            return None  # "حتى آخر مقاتل": the last one
        if j and self.forms[j - 1] == "اخر" and actor is not None and actor.count == 1:
            return None
        if self.forms[j] in _ADJECTIVAL and not self.is_told(j):
            return None  # "مجموعة مسلحة", "زيا عسكريا"
        if actor is None and self.is_dual_nisba(j):
            return Quantity(j, j + 1, 2, None, "exact", (), True, False)
        if actor is None:
            others = self.tagged.first(j, "cue.others")
            return Quantity(j, others.stop, None, None, "vague", (), True, True) if others else None
        if actor.form != "people":
            who, end = self.belonging(j, stop)
            return Quantity(j, end, None, None, "vague", who, False, False)
        who, end = self.belonging(j, stop)
        number_after = self.any_number.get(actor.stop)
        if (
            number_after
            and number_after.value is not None
            and (number_after.value == 2 or (actor.definite and 2 < number_after.value < 11))
        ):
            return Quantity(
                j, max(end, number_after.stop), whole(number_after.value), None, "exact", who, True, False
            )
        if actor.count is None and self.is_two(j, end):
            return Quantity(j, end, 2, None, "exact", who, True, False)
        if actor.count is None:
            return Quantity(j, end, None, None, "vague", who, True, False)
        return Quantity(j, end, actor.count, None, "exact", who, True, False)

    def is_two(self, j: int, end: int) -> bool:
        """Whether a word in "-ين", a plural or a dual, is the dual: by its vowel ("عتالَين"), or by what follows it
        ("متظاهرين قُتلا", "سائقين كانا ينقلان")."""
        if self.tagged.language != "ar" or not self.forms[j].endswith("ين"):
            return False
        if "\u064eي" in self.analysis.words.between(j, j + 1):
            return True
        if end >= len(self.forms):
            return False
        verb = self.outcome_at(end)
        dual = verb is not None and verb.sense.kind == "verb" and self.forms[end][-1] == "ا"
        return self.forms[end] in _OF_TWO or (dual and not self.forms[end].endswith("وا"))

    def is_dual_nisba(self, j: int) -> bool:
        """Whether a word is two people of a country ("سوريان", "فرنسيتان")."""
        form = self.forms[j].removeprefix("و")
        return (
            self.tagged.language == "ar"
            and form.endswith(("يان", "يتان", "يتين"))
            and demonym_country(form[:-2]) is not None
        )

    def past_bound(self, j: int) -> int:
        """Past the words of a bound ("ما لا يقل عن") that begin at j; j where none do."""
        ends = [t.stop for t in self.tagged.at(j) if t.sense.category == "number.bound.before"]
        return max(ends, default=j)

    def bound_word(self, j: int) -> bool:
        return any(t.sense.category.startswith("number.bound") for t in self.tagged.at(j))

    def numbered(self, number: NumberMention, stop: int) -> Quantity | None:
        """A number with the people that it counts; None where it counts something else."""
        n, high, bound = whole(number.value), whole(number.high), number.bound or "exact"
        if n is None:
            bound = "vague"
        j = number.stop
        while j < stop and (self.forms[j] in _LIGHT or self.bound_word(j)):
            j += 1
        verb = self.outcome_at(j + 1) if j + 1 < stop and self.forms[j] in _OF else None
        if verb is not None and verb.sense.kind == "verb":
            return None  # "عدد من قتلوا"
        others = self.tagged.first(j, "cue.others") if j < stop else None
        if others:
            who, end = self.belonging(others.stop, stop, needs_of=True)
            return Quantity(number.first, max(end, others.stop), n, high, bound, who, True, True)
        k = self.described(j, stop)
        if k is None and j in self.actors:
            k = j
        if k is None and j - 1 in self.actors and self.forms[j - 1] in _OF:
            k = j - 1  # "عدد من رجال الأمن": the "of" that a number ends with is the people's too
        if k is not None:
            who, end = self.belonging(k, stop)
            who = (self.actors[j], *who) if j in self.actors and k > j and self.actors[j].ids else who
            if n is not None and n > 2:
                who, end = self.of_two_kinds(k, who, end)
            return self.bound_after(
                Quantity(number.first, end, n, high, bound, who, True, False), self.actors[k].stop
            )
        nisba = self.tagged.first(j, "actor.demonym") if j < stop and self.tagged.language == "ar" else None
        if nisba and j not in self.used:  # "22 حوثيا": of a group its members, of a country people of it
            whose = () if is_state(nisba.sense.value) else (
                ActorMention(j, j + 1, (nisba.sense.value,), "group", "name", None, "", False, nisba.sense.rule),
            )  # fmt: skip
            return self.bound_after(Quantity(number.first, j + 1, n, high, bound, whose, True, False), j + 1)
        outcome = self.outcome_at(j) if j < stop else None
        if outcome and outcome.sense.kind == "noun" and not outcome.proclitics:
            return None
        if j < stop and (self.forms[j] in _OF or self.forms[j] in _COUNT_WORDS):
            who, end = self.belonging(j + (self.forms[j] in _COUNT_WORDS), stop)
            if who:
                return Quantity(number.first, end, n, high, bound, who, True, False)
        met = j < stop and self.forms[j].startswith(_MET)  # "لقي عشرة آلاف حتفهم"
        if j >= stop or not self.forms[j][0].isalpha() or self.is_function_word(j) or outcome or met:
            return Quantity(number.first, number.stop, n, high, bound, (), True, False)
        if (
            self.tagged.first(j, "thing", "event", "force", "time.unit") is None
            and number.first not in self.used
            and self.counted(j)
        ):
            return self.bound_after(Quantity(number.first, j + 1, n, high, bound, (), True, False), j + 1)
        return None

    def of_two_kinds(
        self, k: int, who: tuple[ActorMention, ...], end: int
    ) -> tuple[tuple[ActorMention, ...], int]:
        """With a second kind of the counted people, in the accusative of counting as the first is ("13 جنديا وشرطيا": so many
        of both; not "13 جنديا وشرطي", one more, nor "13 جنديا وطفلا", one of others)."""
        one, other = self.actors[k], self.actors.get(end)
        if other is None or other.form != "people" or other.who != one.who or other.first in self.numbers:
            return who, end
        forms = self.forms[one.first], self.forms[other.first]
        both = forms[1].startswith("و") and all(form.endswith("ا") for form in forms)
        return ((*who, other), other.stop) if both and one.stop == end else (who, end)

    def described(self, j: int, stop: int) -> int | None:
        """In English, the people that a number or an article stands before, after up to four words and a name that
        describe them ("two Kenyan security guards", "13 Islamic State fighters", "six road builders"); None where none
        follow."""
        if self.tagged.language != "en":
            return None
        k = j
        while k < min(j + 6, stop):
            actor = self.actors.get(k)
            if actor is not None and actor.form == "people":
                return k if k > j else None
            if actor is None and not self.describes(k):
                return None
            k = actor.stop if actor is not None else k + 1
        return None

    def counted(self, j: int) -> bool:
        """Whether the word after a number may be the people that it counts: an unknown noun in the accusative of
        counting ("68 مشتبها", "33 حالة" is no such) or a sound plural of people ("أربعة مهربين"), a nisba ("تسعة
        أفغان"), or in English a plural."""
        form = self.forms[j]
        if self.tagged.language == "ar":
            if demonym_country(form):
                return True
            return form.endswith(("ا", "ين", "ون")) and len(form) > 4 and not self.tagged.at(j)
        return form.endswith("s") and not self.tagged.at(j)

    def bound_after(self, quantity: Quantity, noun_end: int) -> Quantity:
        """With "على الأقل" after the counted noun."""
        for i in (noun_end, quantity.stop):
            for tag in self.tagged.at(i):
                if tag.sense.category == "number.bound.after" and quantity.bound in (
                    "exact",
                    tag.sense.value,
                ):
                    return quantity._replace(bound=tag.sense.value, stop=max(quantity.stop, tag.stop))
        return quantity

    def is_function_word(self, j: int) -> bool:
        form = self.forms[j]
        if (
            form in _OF
            or form in _JOIN
            or any(
                t.sense.category.startswith(("cue.", "event", "outcome", "time.")) for t in self.tagged.at(j)
            )
        ):
            return True
        return (
            j in self.analysis.taken
            or (form.startswith("و") and len(form) > 2)
            or form in _INJURED
            or form in _BARE
        )

    def belonging(self, j: int, stop: int, needs_of: bool = False) -> tuple[tuple[ActorMention, ...], int]:
        """Who the people at j are: the mention there, or after "من"/"في صفوف"; and those joined without a number."""
        start = j
        while (
            j < stop
            and (j not in self.actors or j in self.numbers)
            and (
                self.forms[j] in _LIGHT
                or self.forms[j] in _OF
                or self.bound_word(j)
                or self.tagged.first(j, "cue.in_ranks")
                or (self.forms[j] in _AMID and j + 1 in self.actors)
            )
        ):
            ranks = self.tagged.first(j, "cue.in_ranks")
            j = ranks.stop if ranks else j + 1
        actor = self.actors.get(j)
        if actor is None or (needs_of and j == start):
            return (), start
        found = [actor]
        j = actor.stop
        while j < stop:
            further = self.tagged.first(j, "affiliation")
            of = self.forms[j - 1] == "of"
            while of and j + 1 < stop and j not in self.actors and self.describes(j):
                j += 1  # "members of the local police"
            k = j + 1 if self.forms[j] in ("و", "and", "،", ",") or further else j
            k = self.past_affiliation(k, stop) if further else k
            nxt = self.actors.get(k)
            joined = nxt is not None and (
                of
                or k > j
                or self.forms[k].startswith("و")
                or self.forms[j] in _OF
                or self.in_construct(actor, nxt)
            )
            if self.forms[j] in ("من", "of", "from") and j + 1 in self.actors and actor.form == "people":
                nxt, joined = self.actors[j + 1], True
            if nxt is None or not joined or nxt.first in self.numbers or (nxt.form == "people" and nxt.count):
                break
            after = self.outcome_at(nxt.stop)
            if (
                after
                and after.sense.kind == "verb"
                and self.forms[nxt.first] not in _OF
                and self.forms[j] not in _OF
            ):
                break
            found.append(nxt)
            j = nxt.stop
        return tuple(found), j + (j < stop and self.forms[j] in _SAME)

    def in_construct(self, people: ActorMention, force: ActorMention) -> bool:
        """Whether an Arabic word for members has the force that follows it for its genitive ("27 من منتسبي قوات الشرطة")."""
        if (
            self.tagged.language != "ar"
            or people.form != "people"
            or people.definite
            or people.count is not None
        ):
            return False
        return force.first == people.stop and force.form == "force"

    def describes(self, j: int) -> bool:
        """Whether an English word may stand between "of" or a number and the people: an article, a country's adjective,
        a word that no lexicon knows ("two Kenyan security guards", "seven Chinese oil workers")."""
        form = self.forms[j]
        if form in _AGED or any(aged in _AGED for aged in self.forms[j + 2 : j + 3]):
            return True  # "a five-year-old girl"
        if form in _LIGHT or self.tagged.first(j, "force.adjective", "actor.demonym", "people") is not None:
            return True
        return (
            form[0].isalpha()
            and not any(
                t.sense.category.startswith(_UNDESCRIBING) and t.sense.category != "title.adjective"
                for t in self.tagged.at(j)
            )
            and not self.is_function_word(j)
            and form not in _JOIN
        )

    def past_affiliation(self, k: int, stop: int) -> int:
        """Past "الموالين له من": the words of belonging up to the next mention, at most four."""
        for step in range(k, min(k + 4, stop)):
            if step in self.actors:
                return step
        return k


def whole(value: float | None) -> int | None:
    return int(value) if value is not None and float(value).is_integer() else None
