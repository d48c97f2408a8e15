"""Figures of people: how many were killed, wounded, taken, as a sentence says it.

An outcome word ("مقتل", "أصيب", "12 قتيلا", "were killed") governs the quantity of people beside it and those joined to
it ("مقتل ثلاثة جنود وخمسة مدنيين"); "بينهم", "among them" begin parts of the figure before.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sijill.language.analysis import Analysis
from sijill.language.mentions import ActorMention
from sijill.language.numbers import NumberMention
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


class Figure(NamedTuple):
    """A quantity with its outcome; `part` where it is a part of the whole figure before it."""

    outcome: str
    quantity: Quantity
    cue: int
    part: bool
    sentence: int
    rule: str


_OF = frozenset({"من", "في", "ل", "of", "from", "in", "between", "بين"})
_VAGUE = frozenset({"عدد", "بعض", "عشرات", "مئات", "العشرات", "المئات", "several", "some", "many", "number", "الاف", "scores", "dozens", "hundreds"})
_JOIN = frozenset({"و", "and", "،", ",", "اضافه", "فضلا", "الي", "عن", "plus", "as", "well", "جانب", "كذلك", "ايضا"})
_LIGHT = frozenset({'"', "'", "(", ")", "[", "]", "-", "a", "the", "an", "was", "were", "been", "have", "has", "had", "be", "being", "also", "another", "ايضا", "كل", "زهاء", "كلا", "their", "his", "its"})
_UNTIL = frozenset({".", "؛", ";", ":", "\n", "!", "؟", "?"})


def read_figures(analysis: Analysis) -> list[Figure]:
    """Every figure of the report, in order of place; no words are counted twice."""
    return list(_FigureReader(analysis).read())


class _FigureReader:
    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.tagged = analysis.tagged
        self.forms = analysis.words.forms
        self.numbers: dict[int, NumberMention] = {n.first: n for n in analysis.numbers if n.kind == "cardinal"}
        self.number_ends = {n.stop: n for n in self.numbers.values()}
        self.actors = {a.first: a for a in analysis.actors}
        self.actor_ends = {a.stop: a for a in analysis.actors}
        self.used: set[int] = set()

    def read(self) -> Iterator[Figure]:
        for index, sentence in enumerate(self.analysis.sentences):
            i = sentence.first
            while i < sentence.stop:
                tag = self.outcome_at(i)
                if tag is None or i in self.analysis.taken:
                    i += 1
                    continue
                figures = list(self.at(tag, index, sentence.first, sentence.stop))
                yield from figures
                i = max([tag.stop, *(f.quantity.stop for f in figures if f.quantity.stop > tag.first)])

    def outcome_at(self, i: int) -> Tag | None:
        found = [t for t in self.tagged.at(i) if t.sense.category.startswith("outcome.")]
        return found[0] if found else None

    def at(self, tag: Tag, index: int, first: int, stop: int) -> Iterator[Figure]:
        """The figures that an outcome word governs."""
        outcome = tag.sense.category.removeprefix("outcome.")
        head = self.noun(tag, first, stop) if tag.sense.value == "noun" else None
        if head is None and tag.sense.value != "noun":
            head = self.governed(tag, first, stop)
        if head is None or self.used.intersection(range(head.first, head.stop)):
            return
        rule = tag.sense.rule
        if outcome == "both":
            for each in ("killed", "wounded"):
                yield Figure(each, head._replace(n=None, high=None, bound="vague"), tag.first, False, index, rule)
            self.used.update(range(head.first, head.stop))
            return
        yield Figure(outcome, head, tag.first, False, index, rule)
        self.used.update(range(head.first, head.stop))
        yield from self.chain(outcome, head, tag, index, stop)

    def chain(self, outcome: str, head: Quantity, tag: Tag, index: int, stop: int) -> Iterator[Figure]:
        """What is joined to a figure: further people with the same outcome, and its parts."""
        j, part = max(head.stop, tag.stop), False
        while j < stop:
            cue = self.part_cue(j, stop)
            if cue is not None:
                j, part = cue, True
            elif not part or not self.joined(j, stop):
                joined = self.joined(j, stop)
                if joined is None:
                    return
                j = joined
            else:
                j = self.joined(j, stop) or stop
            following = self.outcome_at(j)
            quantity = self.quantity(j, stop)
            if quantity is None or not (quantity.said or quantity.who):
                return
            after = self.outcome_at(quantity.stop)
            if (following and following.sense.value != "noun") or (after and not part and after.sense.value != "noun"):
                return
            if not part and not quantity.said and not quantity.who[0].form == "people":
                return
            yield Figure(outcome, quantity, tag.first, part, index, f"{tag.sense.rule}+{'part' if part else 'joined'}")
            self.used.update(range(quantity.first, quantity.stop))
            j = quantity.stop

    def part_cue(self, j: int, stop: int) -> int | None:
        """The token after "بينهم", "among them" where such a cue stands within a few tokens of j; None where not."""
        for k in range(j, min(j + 3, stop)):
            cue = self.tagged.first(k, "cue.part")
            if cue:
                return cue.stop
            if self.forms[k] not in ("،", ",", "(", ")", "و", "-", "على", "علي", "الاقل", "اخرين", "اخرون", "من") and k not in self.actor_ends:
                return None
        return None

    def joined(self, j: int, stop: int) -> int | None:
        """The token where a joined quantity may begin; None where nothing is joined."""
        k = j
        while k < stop and self.forms[k] in _JOIN:
            k += 1
        if k >= stop:
            return None
        if k > j and self.forms[j] not in ("،", ","):
            return k
        starts_joined = self.forms[k].startswith("و") and len(self.forms[k]) > 2 and (k in self.numbers or k in self.actors)
        return k if starts_joined else None

    def noun(self, tag: Tag, first: int, stop: int) -> Quantity | None:
        """"12 قتيلا", "قتيلان", "سقوط قتلى", "عدد القتلى 12", "12 dead": the outcome word is the people."""
        before = self.number_before(tag.first, first)
        who, end = self.belonging(tag.stop, stop)
        if before:
            return Quantity(before.first, end, _whole(before.value), _whole(before.high), before.bound or "exact", who, True, False)
        if self.forms[tag.first - 1 : tag.first] and self.forms[tag.first - 1] in ("عدد", "حصيله", "toll", "number"):
            for k in range(tag.stop, min(tag.stop + 6, stop)):
                number = self.numbers.get(k)
                if number and number.value is not None:
                    who, end = self.belonging(number.stop, stop)
                    return Quantity(number.first, end, _whole(number.value), _whole(number.high), number.bound or "exact", who, True, False)
            return None
        if tag.definite or tag.enclitic:
            return None
        inflection = tag.sense.inflection
        if inflection == "dual":
            return Quantity(tag.first, end, 2, None, "exact", who, True, False)
        if inflection == "plural" or (inflection == "plain" and tag.stop - tag.first > 1):
            return Quantity(tag.first, end, None, None, "vague", who, True, False)
        if inflection in ("singular", "plain") and tag.first > first and self.forms[tag.first - 1] in ("سقوط", "سقط", "و", "عن", "one", "a"):
            return Quantity(tag.first, end, 1, None, "exact", who, True, False)
        return None

    def number_before(self, i: int, first: int) -> NumberMention | None:
        """The number right before token i, or before one light word ("12 من القتلى" is no such)."""
        number = self.number_ends.get(i)
        if number is None and i - 1 > first and self.forms[i - 1] in (*_LIGHT, "others", "people", "اخرين"):
            number = self.number_ends.get(i - 1)
        return number if number and number.first not in self.used else None

    def governed(self, tag: Tag, first: int, stop: int) -> Quantity | None:
        """The quantity that follows a verb or verbal noun, or, where none does, the one right before a verb."""
        j, agents = tag.stop, 0
        reach = min(stop, tag.stop + 10)
        if self.tagged.language == "en" and tag.sense.value == "passive" and tag.sense.inflection in ("past", "participle"):
            before = self.before(tag.first, first)
            if before:
                return before
        while j < reach:
            if self.forms[j] in _UNTIL or (j > tag.stop and self.outcome_at(j) and self.outcome_at(j).sense.value != "noun"):  # type: ignore[union-attr]
                break
            quantity = self.quantity(j, stop)
            if quantity:
                subject = not quantity.said or (quantity.bound == "vague" and quantity.who and quantity.who[0].who in ("state", "fighters", "soldiers"))
                if not quantity.who or quantity.who[0].form in ("people",) or quantity.said:
                    further = self.object_after(quantity, tag, reach) if subject and tag.sense.kind == "verb" else None
                    return further or quantity
                agents += 1
                j = quantity.stop
                if agents > 1:
                    break
                continue
            if self.blocks(j) and j > tag.stop:
                break
            j += 1
        return self.before(tag.first, first) if tag.sense.kind == "verb" else None

    def object_after(self, subject: Quantity, tag: Tag, reach: int) -> Quantity | None:
        """The people that a subject did it to: "خطف مسلحون مجهولون مهندسا"."""
        quantity = self.quantity(subject.stop, reach)
        if quantity and (quantity.said or quantity.who) and self.forms[quantity.first] not in ("و",):
            return None if self.forms[quantity.first].startswith("و") and quantity.first in self.numbers else quantity
        return None

    def blocks(self, j: int) -> bool:
        """Whether another happening begins at j, whose people are not this outcome's."""
        return any(t.sense.category in ("event", "cue.because", "cue.agent", "cue.result") for t in self.tagged.at(j))

    def before(self, i: int, first: int) -> Quantity | None:
        """The quantity that ends right before token i (subject before its verb)."""
        for k in range(i - 1, max(first, i - 4) - 1, -1):
            end = k + 1
            actor = self.actor_ends.get(end)
            if actor:
                number = self.number_ends.get(actor.first)
                quantity = self.quantity(number.first if number else actor.first, end)
                return quantity if quantity and quantity.first not in self.used and quantity.said else None
            number = self.number_ends.get(end)
            if number and number.first not in self.used:
                return Quantity(number.first, end, _whole(number.value), _whole(number.high), number.bound or "exact", (), True, False)
            if self.forms[k] not in _LIGHT and self.forms[k] not in ("قد", "اخرين", "اخرون", "others", "wounded"):
                return None
        return None

    def quantity(self, j: int, stop: int) -> Quantity | None:
        """The quantity of people that begins at token j, past light words; None where none does."""
        while j < stop and (self.forms[j] in _LIGHT or (j not in self.numbers and self.bound_word(j))):
            j += 1
        if j >= stop:
            return None
        number = self.numbers.get(j)
        if number:
            return self.numbered(number, stop)
        if self.forms[j].removeprefix("و") in _VAGUE:
            who, end = self.belonging(j + 1, stop)
            return Quantity(j, end, None, None, "vague", who, True, False) if who else None
        actor = self.actors.get(j)
        if actor is None:
            others = self.tagged.first(j, "cue.others")
            return Quantity(j, others.stop, None, None, "vague", (), True, True) if others else None
        if actor.form != "people":
            who, end = self.belonging(j, stop)
            return Quantity(j, end, None, None, "vague", who, False, False)
        who, end = self.belonging(j, stop)
        if actor.count is None:
            return Quantity(j, end, None, None, "vague", who, True, False)
        return Quantity(j, end, actor.count, None, "exact", who, True, False)

    def bound_word(self, j: int) -> bool:
        return any(t.sense.category.startswith("number.bound") for t in self.tagged.at(j))

    def numbered(self, number: NumberMention, stop: int) -> Quantity | None:
        """A number with the people that it counts; None where it counts something else."""
        n, high, bound = _whole(number.value), _whole(number.high), number.bound or "exact"
        if n is None:
            bound = "vague"
        j = number.stop
        while j < stop and (self.forms[j] in _LIGHT or self.bound_word(j)):
            j += 1
        others = self.tagged.first(j, "cue.others") if j < stop else None
        if others:
            who, end = self.belonging(others.stop, stop, needs_of=True)
            return Quantity(number.first, max(end, others.stop), n, high, bound, who, True, True)
        if j in self.actors:
            who, end = self.belonging(j, stop)
            return Quantity(number.first, end, n, high, bound, who, True, False)
        outcome = self.outcome_at(j) if j < stop else None
        if outcome and outcome.sense.value == "noun":
            return None
        if j < stop and self.forms[j] in _OF:
            who, end = self.belonging(j, stop)
            if who:
                return Quantity(number.first, end, n, high, bound, who, True, False)
        if j >= stop or not self.forms[j][0].isalpha() or self.is_function_word(j) or outcome:
            return Quantity(number.first, number.stop, n, high, bound, (), True, False)
        return None

    def is_function_word(self, j: int) -> bool:
        form = self.forms[j]
        if form in _OF or form in _JOIN or any(t.sense.category.startswith(("cue.", "event", "outcome", "time.")) for t in self.tagged.at(j)):
            return True
        return j in self.analysis.taken or (form.startswith("و") and len(form) > 2) or form in ("علي", "at", "when", "after", "on", "by", "to", "were", "was", "ان")

    def belonging(self, j: int, stop: int, needs_of: bool = False) -> tuple[tuple[ActorMention, ...], int]:
        """Who the people at j are: the mention there, or after "من"/"في صفوف"; and those joined without a number."""
        start = j
        while j < stop and (self.forms[j] in _LIGHT or self.forms[j] in _OF or self.bound_word(j) or self.tagged.first(j, "cue.in_ranks")):
            ranks = self.tagged.first(j, "cue.in_ranks")
            j = ranks.stop if ranks else j + 1
        actor = self.actors.get(j)
        if actor is None or (needs_of and j == start):
            return (), start
        found = [actor]
        j = actor.stop
        while j < stop:
            further = self.tagged.first(j, "affiliation")
            k = j + 1 if self.forms[j] in ("و", "and", "،", ",") or further else j
            k = self.past_affiliation(k, stop) if further else k
            nxt = self.actors.get(k)
            joined = nxt is not None and (k > j or self.forms[k].startswith("و") or self.forms[j] in _OF)
            if self.forms[j] in ("من", "of", "from") and j + 1 in self.actors and actor.form == "people":
                nxt, joined = self.actors[j + 1], True
            if nxt is None or not joined or nxt.first in self.numbers or (nxt.form == "people" and nxt.count == 2):
                break
            if self.outcome_at(nxt.stop) and self.outcome_at(nxt.stop).sense.kind == "verb":  # type: ignore[union-attr]
                break
            found.append(nxt)
            j = nxt.stop
        return tuple(found), j

    def past_affiliation(self, k: int, stop: int) -> int:
        """Past "الموالين له من": the words of belonging up to the next mention, at most four."""
        for step in range(k, min(k + 4, stop)):
            if step in self.actors:
                return step
        return k


def _whole(value: float | None) -> int | None:
    return int(value) if value is not None and float(value).is_integer() else None
