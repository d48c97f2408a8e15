"""Which people an outcome word is said of: those after it, those it was done to, or those before their verb."""

from __future__ import annotations

from sijill.coding.quantities import Quantity, QuantityReader, whole
from sijill.language.numbers import NumberMention
from sijill.rules.knowledge import function_words
from sijill.rules.lexicon import Tag

_OF = function_words("quantity.of")
_JOIN = function_words("quantity.join")
_LIGHT = function_words("quantity.light")
_PASSIVE = function_words("quantity.passive")
_UNTIL = function_words("quantity.until")
_AGAINST = function_words("quantity.against")
_BEFORE_VERB = function_words("quantity.before_verb")
_ONE = function_words("quantity.one")
_MANNER = function_words("quantity.manner")
_PLUPERFECT = function_words("quantity.pluperfect")
_DOES = function_words("quantity.does")
_MANY = function_words("quantity.vague")
_DETAIL = function_words("quantity.detail")
_ONE_OF = function_words("quantity.one_of")

_HARM = ("outcome.killed", "outcome.wounded")
_ARMED = ("fighters", "soldiers", "unknown")

FAR = 12
"""How many words may stand between counted people and the verb that they are the subject of."""


class GoverningReader(QuantityReader):
    """Finds the quantities of people that the outcome words of one text govern."""

    def governed(self, tag: Tag, first: int, stop: int) -> list[Quantity]:
        """The quantity that follows a verb or verbal noun, or, where none does, those right before a verb."""
        j, agents = tag.stop, 0
        reach = min(stop, tag.stop + 10)
        if self.subject_first(tag):
            done_to = self.done_to(tag, stop)
            if done_to is not None:
                return [done_to]
            before = self.before(tag.first, first) or self.subject_far(tag, first)
            if before:
                return before
        while j < reach:
            other = self.outcome_at(j)
            office = self.office(j) if self.follows(tag.stop, j) else None
            if office is not None:
                return [self.counted_beside(office, stop) or office]
            if (
                j in self.named
                or self.forms[j] in _UNTIL
                or (other is not None and other.sense.value != "noun")
            ):
                break
            if j in self.numbers and self.counts_outcome(self.numbers[j], stop):
                held = self.killed_captives(tag, self.numbers[j], stop)
                if held is not None:
                    return [held]
                break  # "سقوط 37 قتيلا": the noun tells it
            quantity = self.quantity(j, stop)
            if quantity is None and j == tag.stop and self.counts_thing(j):
                return []  # "قضى تسع سنوات", "إصابة ثلاث سيارات"
            if quantity:
                subject = (
                    not quantity.said
                    or self.is_agent(quantity, tag)
                    or (
                        quantity.bound == "vague"
                        and quantity.who
                        and quantity.who[0].who in ("state", "fighters", "soldiers", "unknown")
                    )
                )
                if not quantity.who or quantity.who[0].form in ("people",) or quantity.said:
                    further = self.object_after(quantity, stop) if subject and takes_object(tag) else None
                    further = further or self.counted_beside(quantity, stop)
                    if further is None and self.is_agent(quantity, tag):
                        return []
                    return [further or quantity]
                agents += not self.governed_by_letter(j)
                j = quantity.stop
                if agents > 1:
                    break
                continue
            if self.blocks(j) and j > tag.stop and not self.circumstance(j, tag):
                break
            j += 1
        return self.before(tag.first, first) if is_verbal(tag) and not tag.proclitics else []

    def done_to(self, tag: Tag, stop: int) -> Quantity | None:
        """The people right after an Arabic verb in the plural whose subject did it to them: "مسلحون قتلوا ثلاثة جنود"."""
        if self.tagged.language != "ar" or self.forms[tag.first] not in _DOES and tag.sense.value != "active":
            return None
        k = tag.stop
        while k < stop and k in self.analysis.taken and k not in self.numbers:
            k += 1
        if k >= stop or self.forms[k].startswith("و") or self.governed_by_letter(k):
            return None
        quantity = self.quantity(k, stop)
        if quantity is None or not quantity.said or quantity.first != k or self.own(quantity, stop):
            return None
        return quantity if quantity.n is not None or self.forms[k] in _MANY else None

    def own(self, quantity: Quantity, stop: int) -> bool:
        """Whether the word of outcome after a quantity is its own ("خمسة قتلوا")."""
        after = self.outcome_at(quantity.stop) if quantity.stop < stop else None
        return after is not None and not after.proclitics

    def subject_far(self, tag: Tag, first: int) -> list[Quantity]:
        """The counted people nearest before a verb that follows its subject, past what only says more of them ("two
        members of a health charity were abducted", "ثلاثة مدنيين كانوا في السيارة قتلوا"): with nothing else counted or
        told between."""
        found: list[Quantity] = []
        pluperfect = self.forms[tag.first - 1] in _PLUPERFECT
        for k in range(tag.first - 1, max(first, tag.first - FAR) - 1, -1):
            if k in self.used or self.outcome_at(k) or self.blocks(k) or self.forms[k] in _UNTIL:
                break
            one = k in self.actors and self.actors[k].form == "people" and self.actors[k].count == 1
            if k not in self.numbers and self.forms[k] not in _ONE_OF and not (one and pluperfect):
                continue
            quantity = self.quantity(k, tag.first)
            if quantity is None or quantity.n is None or not (quantity.who or quantity.others):
                break
            found = [quantity]
        return found

    def is_agent(self, quantity: Quantity, tag: Tag) -> bool:
        """Whether armed people after a verb can only be who did it: in the nominative after a verb that has another form
        in the passive ("اغتال مسلحان")."""
        if self.tagged.language != "ar" or not quantity.who or tag.sense.kind != "verb":
            return False
        doer = quantity.who[0]
        return (
            tag.sense.value == "active"
            and tag.sense.category in ("outcome.killed", "outcome.wounded", "outcome.abducted")
            and doer.who in ("fighters", "unknown")
            and self.forms[doer.first].endswith(("ون", "ان"))
        )

    def counts_thing(self, j: int) -> bool:
        """Whether a number begins at token j that counts things or a time."""
        number = self.any_number.get(j)
        return number is not None and self.tagged.first(number.stop, "thing", "time.unit") is not None

    def counts_outcome(self, number: NumberMention, stop: int) -> bool:
        """Whether a number counts a noun that is an outcome itself ("37 قتيلا", "12 dead")."""
        after = self.outcome_at(number.stop) if number.stop < stop else None
        return after is not None and after.sense.value == "noun" and not after.proclitics

    def killed_captives(self, tag: Tag, number: NumberMention, stop: int) -> Quantity | None:
        """The captives or displaced people of whom an outcome word tells that they were killed or wounded: "أعدم سبعة أسرى",
        "مقتل 18 نازحا"; not "سقوط 37 قتيلا", whose noun tells the outcome."""
        after = self.outcome_at(number.stop)
        if after is None or tag.sense.category not in _HARM or after.sense.category in _HARM:
            return None
        if after.sense.category == "outcome.both" or number.value is None:
            return None
        who, end = self.belonging(after.stop, stop)
        bound = number.bound or "exact"
        n, high = whole(number.value), whole(number.high)
        return Quantity(number.first, max(end, after.stop), n, high, bound, who, True, False)

    def circumstance(self, j: int, tag: Tag) -> bool:
        """Whether what begins at j only says in what it happened, before the people are named: "قتل في الاشتباكات 18"."""
        return j - tag.stop <= 2 and (
            self.forms[j - 1] in ("في", "خلال", "اثناء", "in", "during")
            or self.tagged.first(j, "cue.because") is not None
        )

    def subject_first(self, tag: Tag) -> bool:
        """Whether the people stand before this verb: an Arabic verb is in the plural only after its subject ("ثمانية
        جنود قتلوا"; "قتل ثمانية جنود"), an English passive always follows it."""
        if not is_verbal(tag):
            return False
        if self.tagged.language == "ar":
            dual = self.forms[tag.first].endswith("ا") and tag.sense.inflection in ("past", "plain")
            if self.forms[max(0, tag.first - 1)] in _PLUPERFECT:  # "كان محام قد اغتيل"
                return self.quantity(tag.stop, min(tag.stop + 8, len(self.forms))) is None
            return dual or self.forms[tag.first].endswith("وا")
        if tag.first in self.number_ends:
            return True  # "nine hurt"
        if tag.sense.kind == "verb" and tag.sense.inflection not in ("past", "participle"):
            return False
        passive = any(form in _PASSIVE for form in self.forms[max(0, tag.first - 3) : tag.first])
        return passive or self.quantity(tag.stop, min(tag.stop + 8, len(self.forms))) is None

    def object_after(self, subject: Quantity, stop: int) -> Quantity | None:
        """The people that a subject did it to: "خطف مسلحون مجهولون مهندسا", "إعدام عناصر من التنظيم عددا من الجنود", also
        past words that say more of the subject or when it was ("اغتال مجهولون صباح اليوم القيادي السابق"); not what "و"
        joins to the subject."""
        for k in range(subject.stop, min(subject.stop + 9, stop)):
            office = self.office(k) if self.follows(subject.stop, k) else None
            if office is not None:
                return office
            if self.forms[k] in _UNTIL or self.outcome_at(k) or k in self.named or self.forms[k] in _JOIN:
                return None
            quantity = self.quantity(k, stop)
            if quantity is None or not (quantity.said or quantity.who):
                continue
            if self.forms[quantity.first].startswith("و"):
                return None
            if self.forms[k].startswith("ال") and self.forms[k - 1].startswith("ال") and not quantity.who[1:]:
                continue  # "الزي العسكري"
            near = k == subject.stop or all(i in self.analysis.taken for i in range(subject.stop, k))
            if near or (quantity.said and self.forms[k - 1] not in _OF and not self.governed_by_letter(k)):
                return quantity
        return None

    def counted_beside(self, doer: Quantity, stop: int) -> Quantity | None:
        """The counted people right after one armed person, who killed them: "قتل مسلح 38 سائحا"; not "قتل مسلح وثلاثة جنود", nor
        his age ("قتل مسلح 38 عاما")."""
        k = doer.stop
        if k not in self.numbers or self.forms[k].startswith("و") or doer.n != 1:
            return None
        return self.quantity(k, stop) if doer.who and doer.who[0].who in _ARMED else None

    def follows(self, end: int, k: int) -> bool:
        """Whether what begins at token k follows token end at once, but for times and light words."""
        return all(
            i in self.analysis.taken or self.forms[i] in _LIGHT or self.tagged.first(i, "title.adjective")
            for i in range(end, k)
        ) and not self.governed_by_letter(k)

    def office(self, k: int) -> Quantity | None:
        """One person whose rank or office alone is told ("رئيس المجلس المحلي"); who is named is a person of the record."""
        title = self.tagged.first(k, "title")
        if title is None or k in self.roles or title.sense.value == "civil" or title.proclitics:
            return None
        if title.sense.inflection not in ("singular", "plain"):
            return None
        who, end = self.belonging(k, len(self.forms)) if k in self.actors else ((), k + 1)
        return Quantity(k, max(title.stop, end), 1, None, "exact", who, True, False)

    def governed_by_letter(self, k: int) -> bool:
        """Whether a preposition is written as one word with token k ("بجنود", "لمدنيين")."""
        return any(t.proclitics.strip("وف") for t in self.tagged.at(k))

    def blocks(self, j: int) -> bool:
        """Whether another happening begins at j, whose people are not this outcome's; "فجرا" is a time of day too."""
        if self.tagged.first(j, "time.part.alone", "time.part") is not None or self.forms[j] in _MANNER:
            return False
        return any(
            t.sense.category in ("event", "cue.because", "cue.agent", "cue.result") for t in self.tagged.at(j)
        )

    def before(self, i: int, first: int) -> list[Quantity]:
        """The quantities, joined if there are several, that end right before token i but for light words: the subject
        of a verb that follows it."""
        end = i
        while end > first and (self.forms[end - 1] in _LIGHT or self.forms[end - 1] in _BEFORE_VERB):
            end -= 1
        for k in range(max(first, end - 14), end):
            if k in self.used or not self.may_begin(k):
                continue
            found: list[Quantity] = []
            j: int | None = k
            while j is not None:
                quantity = self.quantity(j, end)
                if quantity is None or not quantity.said:
                    break
                found.append(quantity)
                if (
                    self.past_count(quantity.stop, end) >= end
                    or self.within(quantity.stop, end)
                    or self.aside(quantity.stop, end, end < i)
                ):
                    return found
                j = self.joined(quantity.stop, end)
        return []

    def within(self, j: int, end: int) -> bool:
        """Whether tokens j to end say of which people the ones before are ("four members of one family died")."""
        k = j if self.forms[j - 1] in _OF else j + 1
        if k >= end or self.forms[k - 1] not in _OF:
            return False
        whole_of = self.quantity(k, end)
        return whole_of is not None and whole_of.first == k and whole_of.stop >= end

    def may_begin(self, k: int) -> bool:
        """Whether counted people may begin at token k."""
        if k in self.numbers or self.forms[k] in _ONE_OF or self.forms[k] in _ONE:
            return True
        return k in self.actors and self.actors[k].form == "people"

    def past_count(self, j: int, end: int) -> int:
        """Past what still belongs to counted people: a unit's number ("أفراد الكتيبة 166"), "منهم"."""
        if j < end and j in self.any_number:
            return self.any_number[j].stop
        cue = self.tagged.first(j, "cue.part") if j < end else None
        if cue:
            return cue.stop
        plain = all(t.sense.category == "actor.demonym" for t in self.tagged.at(j))
        if j + 1 == end and self.forms[j - 1][-1] == self.forms[j][-1] == "ا" and plain:
            return end  # "27 مقاتلا معارضا", "63 طفلا فلسطينيا"
        told = j < end and end - j <= 5 and self.forms[j] in _DETAIL
        plain = told and all(
            self.forms[k][0].isalnum()
            and k not in self.actors
            and not self.outcome_at(k)
            and not self.blocks(k)
            for k in range(j, end)
        )
        return end if plain else j

    def aside(self, first: int, end: int, closed: bool) -> bool:
        """Whether tokens first to end are an aside with nothing told in it: a part ("ثلاثة أشخاص بينهم طبيب قتلوا"), or
        between commas ("26 people, mostly air force personnel, died"; "a soldier, Corp. X, was hurt")."""
        k = first
        while k < end and self.forms[k] in (",", "،"):
            k += 1
        if self.tagged.first(k, "cue.part") is None and not (closed and k > first):
            return False
        return not any(
            self.outcome_at(k) or self.blocks(k) or self.forms[k] in _UNTIL for k in range(first, end)
        )

    def joined(self, j: int, stop: int) -> int | None:
        """The token where a joined quantity may begin; None where nothing is joined."""
        k = self.against(j, stop)
        while k < stop and self.forms[k] in _JOIN:
            k += 1
        if k >= stop:
            return None
        if k > j and self.against(j, stop) > j:
            return k
        if k > j and any(form not in ("،", ",", "and") for form in self.forms[j:k]):
            return k
        if k > j and self.forms[j] not in ("،", ","):
            return k
        starts_joined = (
            self.forms[k].startswith("و")
            and len(self.forms[k]) > 2
            and (k in self.numbers or k in self.actors or self.past_bound(k) > k)
        )
        return k if starts_joined else None

    def against(self, j: int, stop: int) -> int:
        """Past a few words to "مقابل", which sets one side's figure against the other's; j where it doesn't follow."""
        for k in range(j, min(j + 5, stop)):
            if self.forms[k] in _AGAINST:
                return k + 1
            if k in self.numbers or self.outcome_at(k) or self.forms[k] in _UNTIL:
                break
        return j


def is_verbal(tag: Tag) -> bool:
    """Whether an outcome word is a verb, or words that stand for one ("لقي حتفه", "seriously hurt")."""
    return tag.sense.kind == "verb" or (tag.sense.value == "passive" and tag.sense.inflection == "plain")


def takes_object(tag: Tag) -> bool:
    """Whether an outcome word may have both a doer and people after it: a verb, or the verbal noun of a deed."""
    deed = (
        tag.sense.category in ("outcome.captured", "outcome.abducted", "outcome.arrested")
        or ".killing." in tag.sense.rule
    )
    return tag.sense.kind == "verb" or deed
