"""English numbers: what is read, what is left, and that spelled numbers come back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sijill.language.english import find_numbers

# text -> (words, value, kind, bound, high)
READ: list[tuple[str, list[tuple[str, float | None, str, str, float | None]]]] = [
    ("at least twenty-five soldiers and three civilians", [("at least twenty-five", 25, "cardinal", "at_least", None), ("three", 3, "cardinal", "exact", None)]),
    ("two hundred and five people", [("two hundred and five", 205, "cardinal", "exact", None)]),
    ("up to 1,200 fighters", [("up to 1,200", 1200, "cardinal", "at_most", None)]),
    ("no more than 10 men", [("no more than 10", 10, "cardinal", "at_most", None)]),
    ("between 20 and 25 people", [("between 20 and 25", 20, "cardinal", "about", 25)]),
    ("20-25 people", [("20-25", 20, "cardinal", "about", 25)]),
    ("three or four men", [("three or four", 3, "cardinal", "about", 4)]),
    ("two to three million people", [("two to three million", 2_000_000, "cardinal", "about", 3_000_000)]),
    ("dozens of people", [("dozens", None, "cardinal", "vague", None)]),
    ("tens of thousands of people", [("tens of thousands", None, "cardinal", "vague", None)]),
    ("several hundred people", [("several hundred", None, "cardinal", "vague", None)]),
    ("a dozen men", [("a dozen", 12, "cardinal", "exact", None)]),
    ("half a million people", [("half a million", 500_000, "cardinal", "exact", None)]),
    ("more than a hundred people", [("more than a hundred", 100, "cardinal", "at_least", None)]),
    ("some 300 people", [("some 300", 300, "cardinal", "about", None)]),
    ("40 or more people", [("40 or more", 40, "cardinal", "at_least", None)]),
    ("1.5 million people", [("1.5 million", 1_500_000, "cardinal", "exact", None)]),
    ("one of the men", [("one", 1, "cardinal", "exact", None)]),
    ("two-thirds of the town", [("two-thirds", 2 / 3, "fraction", "exact", None)]),
    ("a third of the town", [("third", 1 / 3, "fraction", "exact", None)]),
    ("20 percent of the town", [("20 percent", 20, "percent", "exact", None)]),
    ("twice the toll", [("twice", 2, "multiple", "exact", None)]),
    ("the 21st Division", [("21st", 21, "ordinal", "exact", None)]),
    ("the twenty-first attack", [("twenty-first", 21, "ordinal", "exact", None)]),
]  # fmt: skip

NO_COUNT = [
    "Brigade 104", "Resolution 2254", "No. 5", "a 25-year-old man", "no one was hurt", "AK-47 and F-16", "in 2015", "at 8:30 pm",
    "2018-08-03", "on May 5, 2015", "1. Clashes", "2/ Clashes", "call 0991234567", "over the town", "some people", "around the city", "in May",
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), READ, ids=[text for text, _ in READ])
def test_numbers_read(text: str, wanted: list[tuple[str, float | None, str, str, float | None]]) -> None:
    assert [(text[n.start : n.end], n.value, n.kind, n.bound, n.high) for n in find_numbers(text)] == wanted


@pytest.mark.parametrize("text", NO_COUNT)
def test_numbers_that_count_nothing(text: str) -> None:
    assert not [n for n in find_numbers(text) if n.kind == "cardinal"]


_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def below_thousand(n: int, joiner: str) -> str:
    parts = [f"{_SMALL[n // 100]} hundred"] if n >= 100 else []
    rest = n % 100
    if rest:
        parts.append(
            _SMALL[rest] if rest < 20 else _TENS[rest // 10] + (f"-{_SMALL[rest % 10]}" if rest % 10 else "")
        )
    return joiner.join(parts)


def spell(n: int, joiner: str) -> str:
    """A whole number in English words."""
    if n == 0:
        return "zero"
    parts = []
    for size, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand")):
        count, n = divmod(n, size)
        if count:
            parts.append(f"{below_thousand(count, joiner)} {name}")
    if n:
        parts.append(below_thousand(n, joiner))
    return " ".join(parts)


@settings(max_examples=800, deadline=None)
@given(
    st.one_of(st.integers(0, 2000), st.integers(0, 10**6), st.integers(0, 10**12)),
    st.sampled_from([" ", " and "]),
)
def test_numbers_spelled_come_back(n: int, joiner: str) -> None:
    text = spell(n, joiner)
    assert [(m.value, m.start, m.end) for m in find_numbers(text)] == [(n, 0, len(text))], text


@given(st.text(alphabet=st.sampled_from("oneth vtwy dfu0123,.-–/:%()\r\n😀"), max_size=60))
def test_number_mentions_are_ordered_and_inside(text: str) -> None:
    end = 0
    for mention in find_numbers(text):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
