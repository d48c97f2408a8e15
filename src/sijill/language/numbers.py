"""Numbers in a text: what a number mention is, how numerals are read, and which reader serves a language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from sijill.language.tagging import Tagged, tag_text
from sijill.text.words import Words

Kind = Literal["cardinal", "ordinal", "fraction", "percent", "multiple"]
Bound = Literal["exact", "at_least", "at_most", "about", "vague"]


class NumberMention(NamedTuple):
    """A number: tokens `first` to `stop` (exclusive), code points `start` to `end` (exclusive) of the given text.

    `value` is None where only vague words stand ("عشرات", "several"; `bound` "vague"); of a range it is the lower end
    and `high` the upper. Words of a bound ("at least", "نحو") that adjoin the number belong to the mention.
    A percentage is given in hundredths ("20%" is 20), a fraction as a share ("نصف" is 0.5), a multiple as a factor.
    """

    first: int
    stop: int
    start: int
    end: int
    value: int | float | None
    kind: Kind
    bound: Bound
    high: int | float | None
    rule: str


class Numeral(NamedTuple):
    """Digits read as a number: the value and the token after them."""

    value: int | float
    stop: int


def read_numbers(tagged: Tagged, duals: bool = False) -> list[NumberMention]:
    """Every number of a tagged text, in order, none inside another. With `duals`, Arabic duals of counted nouns
    ("قتيلان") are given too, as 2; without, they are left to whoever reads the nouns."""
    if tagged.language == "ar":
        from sijill.language.arabic.numbers import numbers_of

        return numbers_of(tagged).read(duals)
    from sijill.language.english.numbers import EnglishNumbers

    return EnglishNumbers(tagged).read()


def find_numbers(text: str, language: str) -> list[NumberMention]:
    """Every number of a text that is no part of a date or of a time of day; "ar" or "en"."""
    from sijill.language.times import calendar_tokens

    tagged = tag_text(text, language)
    taken = calendar_tokens(tagged)
    return [n for n in read_numbers(tagged, duals=True) if taken.isdisjoint(range(n.first, n.stop))]


def whole(value: float) -> int | float:
    """The value as an int where it is whole."""
    return int(value) if value == int(value) else value


def read_numeral(words: Words, i: int) -> Numeral | None:
    """The number that the digits from token i make, with their separators: "1,234", "1 234 567", "١،٢٣٤", "12.5".

    A comma or point before groups of three is a thousands separator where there is more than one of them, where it
    is a comma, or where the group is 000; any other is a decimal point. None where the digits make no number.
    """
    forms = words.forms
    value = _numeral_value(forms[i])
    if value is None:
        return None
    stop = i + 1
    if not forms[i].isdecimal() or not 0 < len(forms[i]) < 4 or forms[i][0] == "0":
        return Numeral(value, stop)
    digits = forms[i]
    while stop < len(forms):
        if forms[stop] == "،" and words.adjoins(stop) and stop + 1 < len(forms) and words.adjoins(stop + 1):
            step = 2
        elif not words.adjoins(stop) and words.span(stop, stop)[0] - words.span(stop - 1, stop)[1] == 1:
            step = 1
        else:
            break
        group = forms[stop + step - 1]
        if len(group) != 3 or not group.isdecimal():
            break
        after = stop + step
        if after < len(forms) and words.adjoins(after) and (forms[after].isalnum() or forms[after] in "/-:"):
            break
        digits += group
        stop = after
    return Numeral(int(digits), stop)


def _numeral_value(form: str) -> int | float | None:
    if form.isdecimal():
        return int(form) if form.isascii() and len(form) < 16 else None
    if not form or not form[0].isdecimal() or not form.isascii():
        return None
    if "," in form and "." in form:
        thousands, _, decimals = form.rpartition(max(",.", key=form.rfind))
        text = thousands.replace(",", "").replace(".", "") + "." + decimals
        return whole(float(text))
    mark = "," if "," in form else "."
    head, *groups = form.split(mark)
    in_threes = all(len(g) == 3 for g in groups) and 0 < len(head) < 4 and head[0] != "0"
    if in_threes and (len(groups) > 1 or mark == "," or groups == ["000"]):
        return int(head + "".join(groups))
    if len(groups) == 1 and len(form) < 16:
        return whole(float(f"{head}.{groups[0]}"))
    return None


def joined_numerals(words: Words, i: int) -> int:
    """How many numerals stand from token i on, joined by marks with nothing between ("03/08/2015": 3)."""
    count, forms = 1, words.forms
    while (
        i + 2 < len(forms)
        and forms[i + 1] in "/-:"
        and words.adjoins(i + 1)
        and words.adjoins(i + 2)
        and forms[i + 2][0].isdecimal()
    ):
        count, i = count + 1, i + 2
    return count


def is_range(words: Words, i: int) -> bool:
    """Whether numeral-mark-numeral from token i is a range of counts: rising, and no years or parts of a date."""
    forms = words.forms
    if joined_numerals(words, i) > 2 or i + 2 >= len(forms) or forms[i + 1] != "-":
        return False
    low, high = forms[i], forms[i + 2]
    if not (low.isdecimal() and high.isdecimal()) or low[0] == "0" or int(low) >= int(high):
        return False
    return not (len(low) == len(high) == 4 and 1300 <= int(low) < 2100)


def is_label(words: Words, i: int, stop: int, prefixes: frozenset[str]) -> bool:
    """Whether the numeral of tokens i to `stop` is no number of anything: glued to letters or to other numerals
    ("F16", "22-4", "8:30"), a telephone number, a mark of a list. `prefixes` are words that may be glued before it."""
    forms = words.forms
    form = forms[i]
    glued = forms[i - 1] if words.adjoins(i) else ""
    if glued and (
        glued in "/:+@#*"
        or (glued[0].isalpha() and (glued.isascii() or len(glued) == 1) and glued not in prefixes)
    ):
        return True
    if (
        glued == "-"
        and i > 1
        and words.adjoins(i - 1)
        and forms[i - 2][0].isalnum()
        and not is_range(words, i - 2)
    ):
        return True
    if joined_numerals(words, i) > 1 and not is_range(words, i):
        return True
    after = forms[stop] if stop < len(forms) and words.adjoins(stop) else ""
    if after and after[0].isalpha() and after.isascii():
        return True
    if form.isdecimal() and (
        (len(form) > 1 and form[0] == "0") or (len(form) > 7 and not form.endswith("000"))
    ):
        return True
    if not (starts_line(words, i) and after and after in ".-)/"):
        return False
    return not is_range(words, i) and forms[stop + 1 : stop + 2] not in ([], ["\n"])


def starts_line(words: Words, i: int) -> bool:
    """Whether nothing but an opening mark stands before token i in its line."""
    forms = words.forms
    return i == 0 or forms[i - 1] == "\n" or (forms[i - 1] in "([-•*" and (i == 1 or forms[i - 2] == "\n"))


def without_overlap(mentions: Iterable[NumberMention]) -> list[NumberMention]:
    """The mentions in order of place; of two that share a token the earlier and longer stays."""
    kept: list[NumberMention] = []
    for mention in sorted(mentions, key=lambda m: (m.first, -m.stop)):
        if not kept or mention.first >= kept[-1].stop:
            kept.append(mention)
    return kept
