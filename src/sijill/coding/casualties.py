"""Figures of people: how many were killed, wounded, taken, as a sentence says it.

An outcome word ("مقتل", "أصيب", "12 قتيلا", "were killed") governs the quantity of people beside it and those joined to
it ("مقتل ثلاثة جنود وخمسة مدنيين"); "بينهم", "among them" begin parts of the figure before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from sijill.coding.governing import GoverningReader, is_verbal
from sijill.coding.quantities import Quantity, whole
from sijill.language.analysis import Analysis
from sijill.language.mentions import ActorMention
from sijill.language.numbers import NumberMention
from sijill.language.times import TimeMention
from sijill.rules.knowledge import function_words
from sijill.rules.lexicon import Tag


class Figure(NamedTuple):
    """A quantity with its outcome; `part` where it is a part of the whole figure before it; `time` where it was settled
    when what it counts was."""

    outcome: str
    quantity: Quantity
    cue: int
    part: bool
    sentence: int
    rule: str
    time: TimeMention | None = None


_OF = function_words("quantity.of")
_VAGUE = function_words("quantity.vague")
_JOIN = function_words("quantity.join")
_LIGHT = function_words("quantity.light")
_PASSIVE = function_words("quantity.passive")
_THEM = function_words("quantity.them")
_COUNT_WORDS = function_words("quantity.count")
_UNTIL = function_words("quantity.until")
_AMONG = function_words("quantity.among")
_WERE = function_words("quantity.were")
_BEFORE_VERB = function_words("quantity.before_verb")
_LED = function_words("quantity.led")
_NONE = function_words("quantity.none")
_TOLL = function_words("quantity.toll")
_IN_IT = function_words("quantity.in_it")
_ALSO_PARTICLE = function_words("quantity.also_particle")
_RULE = function_words("quantity.rule")
_COURT = tuple(sorted(function_words("quantity.court")))
_NOT_JOINED = function_words("quantity.not_joined")
_MET = tuple(sorted(function_words("quantity.met")))
_CORPSES = function_words("quantity.corpse")
_DEAD = function_words("quantity.dead")
_STILL = function_words("quantity.still")
_TO = function_words("quantity.to")
_STRETCH = function_words("place.stretch") - {"من", "from"}
_THOSE = function_words("quantity.those")
_COMES_TO = function_words("quantity.comes_to")
_REACH_WORD, _REACH_NUMBER, _NEXT = 7, 16, 6
"""How many words may stand between a word of number and what became of those it counts, and between that and the number
itself; and how near the number needs nothing that leads to it."""
_FEW = 3
"""Up to how many people are told of one by one."""
_PASSES = frozenset({":", "by"})
"""What ends the reach of an outcome word, but not that of a count of people."""
_CLAUSE = ("cue.rejoin", "cue.speech", "cue.according", "cue.agent")


def read_figures(analysis: Analysis) -> list[Figure]:
    """Every figure of the report, in order of place; no words are counted twice."""
    if not analysis.tagged.under("outcome"):
        return []
    return shared_people(list(_FigureReader(analysis).read()))


def shared_people(figures: list[Figure]) -> list[Figure]:
    """Figures with the dead and wounded of one phrase given the people who are said of only one of them: "16 قتيلا و70 جريحا وسط
    المتمردين", "14 قتيلا من المليشيا و25 جريحا"; not "مقتل ثلاثة جنود وإصابة خمسة", which are told apart."""
    found = list(figures)
    for k, (one, other) in enumerate(pairwise(figures)):
        if other.quantity.first - one.quantity.stop > 2 or one.sentence != other.sentence:
            continue
        if one.outcome == other.outcome or one.part != other.part or not (_is_noun(one) and _is_noun(other)):
            continue
        if other.quantity.who and not one.quantity.who:
            found[k] = found[k]._replace(quantity=one.quantity._replace(who=other.quantity.who))
        elif one.quantity.who and not other.quantity.who:
            found[k + 1] = other._replace(quantity=other.quantity._replace(who=one.quantity.who))
    return found


def _is_noun(figure: Figure) -> bool:
    """Whether the outcome of a figure is the noun that it counts ("12 قتيلا")."""
    quantity = figure.quantity
    return (
        figure.rule.endswith(".noun") and quantity.first <= figure.cue < quantity.stop and not quantity.others
    )


class _FigureReader(GoverningReader):
    last: Quantity | None = None
    """The whole figure that was read last."""

    def read(self) -> Iterator[Figure]:
        outcomes = sorted(self.outcomes)
        for index, sentence in enumerate(self.analysis.sentences):
            done = sentence.first
            for i in outcomes[bisect_left(outcomes, sentence.first) : bisect_left(outcomes, sentence.stop)]:
                tag = self.outcome_at(i)
                if i < done or tag is None or i in self.analysis.taken:
                    continue
                figures = self.summed(list(self.at(tag, index, sentence.first, sentence.stop)))
                yield from figures
                self.last = next((f.quantity for f in figures if not f.part), self.last)
                done = max([tag.stop, *(f.quantity.stop for f in figures if f.quantity.stop > tag.first)])

    def summed(self, figures: list[Figure]) -> list[Figure]:
        """The figures of an outcome word, with people without arms who are joined without a number counted together: "سيدة
        وطفليها" are three, "two children and their grandmother" too; not "ضابط وثلاثة مجندين", of whom each kind is told."""
        found: list[Figure] = []
        for figure in figures:
            last = found[-1] if found else None
            if last is None or not self.is_one_count(last, figure):
                found.append(figure)
                continue
            one, other = last.quantity, figure.quantity
            n = (one.n or 0) + (other.n or 0)
            both = one._replace(stop=other.stop, n=n, who=(*one.who, *other.who), others=False)
            found[-1] = last._replace(quantity=both, rule=last.rule.removesuffix("+joined"))
        return found

    def is_one_count(self, one: Figure, other: Figure) -> bool:
        """Whether two figures, the second right after the first, are of a few people without arms, of whom no number tells
        but of the first."""
        if one.outcome != other.outcome or one.part or other.part or other.quantity.first in self.numbers:
            return False
        if "+joined" not in one.rule + other.rule or other.quantity.first - one.quantity.stop > 1:
            return False
        return all(
            f.quantity.n is not None
            and f.quantity.n <= _FEW
            and f.quantity.bound == "exact"
            and f.quantity.who
            and all(a.who in ("civilians", "persons") and not a.ids for a in f.quantity.who)
            for f in (one, other)
        )

    def at(self, tag: Tag, index: int, first: int, stop: int) -> Iterator[Figure]:
        """The figures that an outcome word governs."""
        if tag.enclitic and self.forms[tag.first].startswith(_MET):
            return  # "لقي سبعة مواطنين مصرعهم": the verb tells it
        outcome = tag.sense.category.removeprefix("outcome.")
        counted = (
            tag.sense.kind == "noun"
            and not is_verbal(tag)
            and not tag.proclitics
            and self.number_before(tag.first, first) is not None
        )
        found = self.predicate(tag, first) if tag.sense.value == "noun" else []
        if not found:
            head = self.noun(tag, first, stop) if counted or tag.sense.value == "noun" else None
            found = [head] if head else []
        if not found and tag.sense.value == "noun":
            yield from self.among(outcome, tag, index, first, stop)
            return
        if not found:
            shared = self.shared(tag, stop)
            if shared is not None:
                yield Figure(outcome, shared, tag.first, False, index, tag.sense.rule)
                after = self.outcome_at(tag.stop)
                yield from self.at(after, index, first, stop) if after else ()
                return
            found = self.revised(tag, stop) or self.number_of_those(tag, first, stop) or self.as_many(tag)
        if not found and self.has_pronoun(tag):
            found = self.pronoun(tag, first)
        elif not found:
            found = self.governed(tag, first, stop)
        found = [quantity for quantity in found if self.holds(quantity, tag)]
        if self.is_shared(tag):
            found = [quantity._replace(n=None, high=None, bound="vague") for quantity in found]
        if not found or any(self.used.intersection(range(q.first, q.stop)) for q in found):
            return
        *earlier, head = found
        rule = tag.sense.rule
        for quantity in earlier:
            yield Figure(outcome, quantity, tag.first, False, index, f"{rule}+joined")
            self.used.update(range(quantity.first, quantity.stop))
        if outcome == "both":
            for each in ("killed", "wounded"):
                yield Figure(
                    each, head._replace(n=None, high=None, bound="vague"), tag.first, False, index, rule
                )
            self.used.update(range(head.first, head.stop))
            return
        yield Figure(outcome, head, tag.first, False, index, rule)
        self.used.update(range(head.first, head.stop))
        if head.stop <= tag.first:
            yield from self.chain(outcome, head.stop, tag, index, tag.first)
        yield from self.chain(outcome, max(head.stop, tag.stop), tag, index, stop)

    def holds(self, quantity: Quantity, tag: Tag) -> bool:
        """Whether people may be those of an outcome word; not where there were none ("دون وقوع إصابات", "no one was hurt"),
        nor what a court ruled ("قضت المحكمة بسجن ثلاثة")."""
        if tag.sense.value == "people" and not self.loses(quantity, tag):
            return False
        form = self.forms[tag.first].removeprefix("و")
        if form in _ALSO_PARTICLE and not self.loses(quantity, tag):
            return False
        if form in _RULE and any(f.startswith(_COURT) for f in self.forms[tag.stop : tag.stop + 3]):
            return False
        before = self.forms[max(0, quantity.first - 2) : quantity.first]
        none = any(form in _NONE for form in before)
        return not none or (quantity.n is not None and before[-1] != "no")

    def loses(self, quantity: Quantity, tag: Tag) -> bool:
        """Whether a verb that takes other things too takes counted people: at once or after who did it ("خسر الجيش 12 من
        رجاله"; not "خسر 12 مقعدا", "his men lost", "ضبط النفس")."""
        counted = quantity.n is not None or self.forms[quantity.first].removeprefix("و") in _VAGUE
        if not (counted and quantity.who) or quantity.first < tag.first:
            return False
        doers = {
            i
            for k in range(tag.stop, quantity.first)
            if k in self.actors
            for i in range(k, self.actors[k].stop)
        }
        return all(
            i in doers or i in self.analysis.taken or self.forms[i] in _LIGHT or self.forms[i] in _IN_IT
            for i in range(tag.stop, quantity.first)
            if self.past_bound(i) == i
        )

    def as_many(self, tag: Tag) -> list[Quantity]:
        """As many people as the figure before counts: "قتل 15 جنديا وأصيب عدد مماثل"."""
        j, last = tag.stop, self.last
        if last is None or self.forms[j : j + 1] != ["عدد"] or self.forms[j + 1 : j + 2] != ["مماثل"]:
            return []
        return [last._replace(first=j, stop=j + 2, others=True)]

    def predicate(self, tag: Tag, first: int) -> list[Quantity]:
        """The people of whom a noun is said: "leaving a lieutenant and two conscripts dead", "ثلاثة جنود ما زالوا مفقودين"."""
        if self.tagged.language == "en":
            return self.before(tag.first, first) if self.forms[tag.first] in _DEAD else []
        if tag.definite or tag.enclitic or tag.proclitics:
            return []
        said = any(form in _STILL for form in self.forms[max(first, tag.first - 2) : tag.first])
        return self.before(tag.first, first) if said else []

    def has_pronoun(self, tag: Tag) -> bool:
        """Whether the people are the pronoun of an outcome word: several, or the one whose death or wounding something
        led to ("أدى إلى مقتله")."""
        if tag.sense.value == "noun":
            return False
        led = tag.first > 0 and self.forms[tag.first - 1] in _LED
        return tag.enclitic in _THEM or (
            led and tag.enclitic in ("ه", "ها") and tag.sense.inflection == "masdar"
        )

    def shared(self, tag: Tag, stop: int) -> Quantity | None:
        """The people whom an outcome shares with a second one that is joined to it ("مقتل وإصابة عدد من الأشخاص", "استشهد وأصيب
        العشرات"): how many of them it met is not said. None where it shares none ("قتل ثلاثة وجرح خمسة", "استشهد وأصيب ستة")."""
        after = self.outcome_at(tag.stop) if tag.stop < stop else None
        if after is None or not self.are_one(tag, after) or tag.definite:
            return None
        people = self.quantity(after.stop, stop) if not after.enclitic else None
        if people is None or (is_verbal(after) and people.n is not None):
            return None  # "عامل قتل وأصيب ثلاثة": the first verb has its people before it
        return people._replace(n=None, high=None, bound="vague")

    def is_shared(self, tag: Tag) -> bool:
        """Whether the people of an outcome word are those of one right before it too: how many met which is not said then
        ("مقتل وإصابة 3440 عراقيا"; not "مقتل اثنين وإصابة ثلاثة")."""
        before = self.outcome_at(tag.first - 1) if tag.first else None
        one = before is not None and before.stop == tag.first and self.are_one(before, tag)
        return one and not is_verbal(tag)

    def are_one(self, tag: Tag, after: Tag) -> bool:
        """Whether a second outcome word is joined to the first and both take the people after them: two verbal nouns, or two
        verbs in the singular, which come before their people ("قتل وجرح"; not "قتلوا وجرح خمسة")."""
        if after.proclitics != "و" or tag.enclitic or tag.sense.category == after.sense.category:
            return False
        kinds = {tag.sense.value, after.sense.value}
        plural = self.forms[tag.first].endswith(("وا", "ا"))
        return kinds == {"masdar"} or (kinds <= {"passive", "masdar"} and is_verbal(after) and not plural)

    def revised(self, tag: Tag, stop: int) -> list[Quantity]:
        """The number that a count of dead or wounded rose to or stands at: "the death toll in Thursday's attack on a bus rose
        to 16"."""
        if self.tagged.language != "en" or self.forms[tag.stop - 1] not in _TOLL:
            return []
        for k in range(tag.stop, min(tag.stop + 14, stop - 1)):
            if self.outcome_at(k) or self.forms[k] in (".", "\n"):
                break
            if self.forms[k] in _TO and (self.past_bound(k + 1) > k + 1 or k + 1 in self.numbers):
                found = self.quantity(k + 1, stop)
                return [found] if found else []
        return []

    def pronoun(self, tag: Tag, first: int) -> list[Quantity]:
        """The people whom a pronoun of object means, where they stand right before the verb ("ثلاثة جنود اختطفهم بدو"), or
        else the pronoun itself."""
        before = self.before(tag.first, first) if is_verbal(tag) else []
        count = {"هما": 2, "ه": 1, "ها": 1}.get(tag.enclitic)
        bound = "exact" if count else "vague"
        return before or [Quantity(tag.first, tag.stop, count, None, bound, (), True, True)]

    def among(self, outcome: str, tag: Tag, index: int, first: int, stop: int) -> Iterator[Figure]:
        """Who the dead were, as parts of their number: "بين القتلى خمسة مزارعين", "the dead were two guards and a cook", "two
        sisters were among the dead"."""
        j, i = tag.stop, tag.first
        i -= i - 1 > first and self.forms[i - 1] == "the"
        among = i > first and self.forms[i - 1] in _AMONG
        were = j < stop and self.forms[j] in _WERE
        if not among and not were:
            return
        if among and j + 1 < stop and self.forms[j] in ("من", "from"):
            j = self.actors[j + 1].stop if j + 1 in self.actors else j  # "بين القتلى من القاعدة ستة صوماليين"
        quantity = self.quantity(j + were, stop)
        part = [quantity] if quantity is not None and quantity.said and quantity.who else []
        if not part and among and self.forms[i - 1] not in _OF - {"بين"}:
            part = self.before(i - 1, first)
        number = self.number_ends.get(i - 1)
        if not part and among and number is not None and number.first >= first:  # "اثنان من القتلى"
            bound = number.bound or "exact"
            part = [Quantity(number.first, j, whole(number.value), whole(number.high), bound, (), True, True)]
        for each in part:
            if each.first in self.used:
                return
            yield Figure(outcome, each, tag.first, True, index, f"{tag.sense.rule}+part")
            self.used.update(range(each.first, each.stop))
        if part:
            for figure in self.chain(outcome, max(part[-1].stop, tag.stop), tag, index, stop):
                yield figure._replace(part=True)

    def chain(self, outcome: str, j: int, tag: Tag, index: int, stop: int) -> Iterator[Figure]:
        """What is joined from token j on to a figure: further people with the same outcome, and its parts."""
        rule, part = tag.sense.rule, False
        while j < stop:
            quantity = self.some_of_them(j, stop)
            if quantity is None:
                cue = self.part_cue(j, stop)
                near = self.joined(j, stop)
                k = cue if cue is not None else near
                quantity = self.further(k, stop, part or cue is not None) if k is not None else None
                part = part or cue is not None
                if quantity is None and cue is None:
                    quantity = self.joined_on(j, stop)
            else:
                part = True
            if quantity is None:
                return
            yield Figure(outcome, quantity, tag.first, part, index, f"{rule}+{'part' if part else 'joined'}")
            self.used.update(range(quantity.first, quantity.stop))
            j = quantity.stop

    def further(self, j: int, stop: int, part: bool) -> Quantity | None:
        """The people at token j where they have no outcome of their own; `part` of people told before or joined."""
        if j >= stop or self.forms[j] in _NOT_JOINED:
            return None
        verb = self.outcome_at(j)
        quantity = self.quantity(j, stop)
        if quantity is None or not (quantity.said or quantity.who) or (verb and verb.sense.value != "noun"):
            return None
        after = self.own_outcome(quantity.stop, stop)
        if after and (after.sense.kind == "noun" or not part):
            return None
        if not part and not quantity.said and quantity.who[0].form != "people":
            return None
        return quantity

    def own_outcome(self, j: int, stop: int) -> Tag | None:
        """The outcome word that the people who end before token j are the subject or the count of: right after them, past
        an auxiliary ("and three were wounded") or an aside; not one that "و" begins a clause with."""
        k = j
        while k < stop and (self.forms[k] in _LIGHT or self.forms[k] in _BEFORE_VERB):
            k += 1
        found = self.outcome_at(k) if k < stop else None
        if found is None and self.tagged.language == "en" and j < stop and self.forms[j] == ",":
            later = (self.outcome_at(i) for i in range(j, min(j + 15, stop)))
            found = next((t for t in later if t is not None), None)
            if found and not any(form in _PASSIVE for form in self.forms[found.first - 2 : found.first]):
                return None
        return found if found and not found.proclitics.startswith(("و", "ف")) else None

    def joined_on(self, j: int, stop: int) -> Quantity | None:
        """Counted people whom "و" joins after words that only say who or where the ones before were ("ضابط برتبة نقيب
        و3 مجندين"), with nothing told between."""
        for k in range(j, min(j + 12, stop)):
            if self.forms[k] in _UNTIL or self.outcome_at(k) or k in self.numbers:
                number = self.numbers.get(k)
                if number is None or not self.and_then(k, j):
                    return None
            elif self.forms[k] in _STRETCH or (self.tagged.first(k, *_CLAUSE) and k > j):
                return None
            if not self.and_then(k, j) or (k not in self.numbers and k not in self.actors):
                continue
            quantity = self.further(k, stop, False)
            if quantity is None or quantity.n is None or not (quantity.who or quantity.others):
                return None
            kin = k in self.actors and self.actors[k].definite and not self.forms[k].startswith("وال")
            return quantity if k in self.numbers or quantity.n > 1 or kin else None
        return None

    def and_then(self, k: int, j: int) -> bool:
        """Whether "و" joins token k to what stands before it from token j on: written as one word with it, or before a
        numeral ("و120")."""
        form = self.forms[k]
        return (form.startswith("و") and len(form) > 2) or (
            k > j and self.forms[k - 1] == "و" and k in self.numbers
        )

    def some_of_them(self, j: int, stop: int) -> Quantity | None:
        """A part that is counted before it is said to be one: "12 شخصا، ثلاثة منهم أطفال", "6 people, 2 of them children"."""
        while j < stop and self.forms[j] in _JOIN:
            j += 1
        number = self.numbers.get(j)
        if number is None or number.value is None or number.stop >= stop:
            return None
        cue = self.tagged.first(number.stop, "cue.part")
        if cue is None and self.tagged.language == "en":
            counted = self.quantity(j, stop)
            after = self.tagged.first(counted.stop, "cue.part") if counted and counted.stop < stop else None
            closed = after is not None and (after.stop >= stop or not self.forms[after.stop][0].isalnum())
            if counted and after and closed:  # "nine civilians, four children among them, were hurt"
                return counted._replace(stop=after.stop)
        if cue is None:
            return None
        who, end = self.belonging(cue.stop, stop)
        bound = number.bound or "exact"
        return Quantity(
            number.first,
            max(end, cue.stop),
            whole(number.value),
            whole(number.high),
            bound,
            who,
            True,
            False,
        )

    def part_cue(self, j: int, stop: int) -> int | None:
        """The token after "بينهم", "among them" where such a cue follows, with no other happening, number or outcome
        between; None where none does."""
        for k in range(j, min(j + 25, stop)):
            cue = self.tagged.first(k, "cue.part")
            if cue:
                return cue.stop
            outcome = self.outcome_at(k)
            if (k in self.numbers and self.numbers[k].value != 1) or self.forms[k] in _UNTIL:
                return None
            if (outcome and outcome.sense.kind == "noun") or (
                k - j > 9 and self.tagged.first(k, "cue.rejoin")
            ):
                return None
        return None

    def noun(self, tag: Tag, first: int, stop: int) -> Quantity | None:
        """ "12 قتيلا", "قتيلان", "سقوط قتلى", "عدد القتلى 12", "12 dead": the outcome word is the people."""
        before = self.number_before(tag.first, first)
        who, end = self.belonging(tag.stop, stop)
        if before:
            between = self.actors.get(before.stop)
            if between is not None and between.stop == tag.first and not who:
                who = (between,)  # "44 civilian deaths"
            found = Quantity(
                before.first,
                end,
                whole(before.value),
                whole(before.high),
                before.bound or "exact",
                who,
                True,
                False,
            )
            return self.bound_after(found, tag.stop)
        announced = self.counts_at(tag.first - 1) and not tag.proclitics
        if announced or (self.forms[tag.first - 1] == "of" and self.counts_at(tag.first - 2)):
            told = self.number_to(tag.first - 1, who)
            if told is not None:
                return told._replace(stop=max(end, told.stop))
            return self.number_after(tag, stop)
        if self.forms[tag.first] in _CORPSES and not tag.enclitic:
            whose = self.quantity(tag.stop + (self.forms[tag.stop : tag.stop + 1] == ["of"]), stop)
            counted = whose is not None and (whose.n is not None or self.forms[whose.first] in _VAGUE)
            if whose is not None and counted and whose.who:
                return whose  # "جثث سبعة أطفال", "the bodies of two men"
        if tag.stop + 1 < stop and self.forms[tag.stop] in _TO and tag.stop + 1 in self.numbers:
            return self.quantity(tag.stop + 1, stop)  # "ارتفاع المصابين إلى 33"
        k = self.past_bound(tag.stop)
        if tag.definite and tag.sense.inflection == "plural" and k in self.numbers:  # "القتلى سبعة"
            stands = self.quantity(k, stop)
            return (
                stands
                if stands is not None and not stands.who and not self.forms[k].startswith("ال")
                else None
            )
        if tag.definite or tag.enclitic:
            return None
        inflection = tag.sense.inflection
        if inflection == "dual":
            two = self.any_number.get(tag.stop)
            if two is not None and two.value == 2:  # "جريحين اثنين من القوات"
                who, end = self.belonging(two.stop, stop)
                end = max(end, two.stop)
            return Quantity(tag.first, end, 2, None, "exact", who, True, False)
        if inflection == "plural" or (inflection == "plain" and tag.stop - tag.first > 1):
            return Quantity(tag.first, end, None, None, "vague", who, True, False)
        if inflection in ("singular", "plain") and self.is_counted_one(tag, first):
            return Quantity(tag.first, end, 1, None, "exact", who, True, False)
        return None

    def counts_at(self, i: int) -> bool:
        """Whether token i announces a number of people: "عدد", "وعدد", "toll"."""
        return i >= 0 and (self.forms[i] in _COUNT_WORDS or self.forms[i].removeprefix("و") in _COUNT_WORDS)

    def number_of_those(self, tag: Tag, first: int, stop: int) -> list[Quantity]:
        """The number of those who met an outcome, before or after it: "ارتفع إلى 83 تعداد المدنيين الذين استشهدوا", "عدد من
        قتلوا منذ مارس 2011 بأكثر من مئة ألف", "brings to 71 the number of Palestinians killed"."""
        low = max(first, tag.first - _REACH_WORD)
        word = next((i for i in range(tag.first - 1, low - 1, -1) if self.counts_at(i)), None)
        between = self.forms[word + 1 : tag.first] if word is not None else []
        those = any(form in _THOSE for form in between)
        if word is None or not those or any(form in _UNTIL or form in (",", "،") for form in between):
            return []
        who = tuple(self.actors[i] for i in range(word + 1, tag.first) if i in self.actors)[:1]
        told = self.number_to(word, who)
        if told is not None and told.first not in self.used:
            return [told]
        found = self.number_after(tag, stop)
        return [found._replace(who=found.who or who)] if found is not None else []

    def number_to(self, word: int, who: tuple[ActorMention, ...]) -> Quantity | None:
        """The number right before a word of number: "ارتفع إلى 19 على الأقل تعداد القتلى", "to 71 the number"."""
        for end in range(word, word - 4, -1):
            number = self.number_ends.get(end)
            if number is None:
                continue
            quantity = Quantity(
                number.first, end, whole(number.value), whole(number.high), number.bound or "exact", who, True, False
            )  # fmt: skip
            quantity = self.bound_after(quantity, end)
            near = quantity.stop == word or self.forms[quantity.stop : word] == ["the"]
            return quantity if near and number.value is not None else None
        return None

    def number_after(self, tag: Tag, stop: int) -> Quantity | None:
        """The number that a count of people comes to, past when and where they are counted: "عدد القتلى منذ الأول من تموز
        52 قتيلا", "عدد النازحين من الجبل بنحو تسعين ألفا", "number of martyrs today so far: 76"."""
        for k in range(tag.stop, min(tag.stop + _REACH_NUMBER, stop)):
            number = self.numbers.get(k)
            if number is None or number.value is None or k in self.analysis.taken:
                if self.outcome_at(k) or (self.forms[k] in _UNTIL and self.forms[k] not in _PASSES):
                    return None
                continue
            after = self.outcome_at(number.stop) if number.stop < stop else None
            own = after is not None and after.sense.value == "noun" and not after.proclitics
            end = after.stop if own and after is not None else number.stop
            comes_to = (
                self.forms[k - 1] in _COMES_TO
                or self.forms[k].startswith("ب")
                or self.forms[k - 1] == "ب"
                or k - tag.stop < _NEXT
                or own
            )
            if not comes_to and not self.belonging(end, stop)[0]:
                continue
            who, last = self.belonging(end, stop)
            n, high = whole(number.value), whole(number.high)
            found = Quantity(number.first, max(last, end), n, high, number.bound or "exact", who, True, False)
            return self.bound_after(found, end)
        return None

    def is_counted_one(self, tag: Tag, first: int) -> bool:
        """Whether a noun in the singular counts one person: after a word of falling, "a", a colon or what was counted
        before ("قتيلان وجريح"), or in front of a further count ("قتيل وجريحان")."""
        before = self.forms[tag.first - 1] if tag.first > first else ":"
        if before in ("سقوط", "سقط", "و", "عن", "one", "a"):
            return True
        if tag.proclitics == "و":
            return tag.first - 1 in self.used
        after = self.outcome_at(tag.stop) if tag.stop < len(self.forms) else None
        joined = after is not None and after.sense.value == "noun" and after.proclitics == "و"
        vague = tag.stop < len(self.forms) and self.forms[tag.stop].removeprefix("و") in _VAGUE
        return before in (":", "،", ".") and (joined or vague) and not tag.proclitics

    def number_before(self, i: int, first: int) -> NumberMention | None:
        """The number right before token i, or before one light word ("12 من القتلى" is no such)."""
        number = self.number_ends.get(i)
        if number is None and i - 1 > first and self.forms[i - 1] in (*_LIGHT, "others", "people", "اخرين"):
            number = self.number_ends.get(i - 1)
        if number is None and self.tagged.language == "en":
            actor = self.actor_ends.get(i)
            number = (
                self.number_ends.get(actor.first) if actor is not None and actor.who == "civilians" else None
            )
        return number if number and number.first not in self.used else None
