"""English times: days, precision, kinds and spans, counted from one Tuesday; and what is no time."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill.language.english import find_times

TUESDAY = date(2018, 6, 12)

# text -> the words, first, last, precision, kind
ONE: list[tuple[str, str, str | None, str | None, int, str]] = [
    ("killed on Friday", "Friday", "2018-06-08", "2018-06-08", 1, "point"),
    ("killed on Tuesday", "Tuesday", "2018-06-12", "2018-06-12", 1, "point"),
    ("killed last Tuesday", "last Tuesday", "2018-06-05", "2018-06-05", 1, "point"),
    ("next Monday", "next Monday", "2018-06-18", "2018-06-18", 1, "point"),
    ("late on Friday", "late on Friday", "2018-06-08", "2018-06-08", 1, "point"),
    ("yesterday morning", "yesterday morning", "2018-06-11", "2018-06-11", 1, "point"),
    ("the day before yesterday", "the day before yesterday", "2018-06-10", "2018-06-10", 1, "point"),
    ("last night", "last night", "2018-06-11", "2018-06-11", 1, "point"),
    ("arrested overnight", "overnight", "2018-06-11", "2018-06-12", 1, "span"),
    ("entered its fifth day", "fifth day", None, None, 5, "duration"),
    ("this morning", "this morning", "2018-06-12", "2018-06-12", 1, "point"),
    ("in the first half of the year", "the first half of the year", "2018-01-01", "2018-06-30", 5, "period"),
    ("in the second quarter of 2017", "second quarter of 2017", "2017-04-01", "2017-06-30", 5, "period"),
    ("the first ten months of last year", "the first ten months of last year", "2017-01-01", "2017-10-31", 5, "period"),
    ("two days ago", "two days ago", "2018-06-10", "2018-06-10", 1, "point"),
    ("last week", "last week", "2018-06-04", "2018-06-10", 3, "period"),
    ("in the past week", "the past week", "2018-06-05", "2018-06-11", 3, "period"),
    ("over the last three days", "the last three days", "2018-06-09", "2018-06-11", 2, "period"),
    ("in the past 24 hours", "the past 24 hours", "2018-06-11", "2018-06-12", 2, "period"),
    ("last month", "last month", "2018-05-01", "2018-05-31", 4, "period"),
    ("on 3 August 2017", "3 August 2017", "2017-08-03", "2017-08-03", 1, "point"),
    ("on August 3, 2017", "August 3, 2017", "2017-08-03", "2017-08-03", 1, "point"),
    ("on Aug. 3", "Aug. 3", "2017-08-03", "2017-08-03", 1, "point"),
    ("on the 3rd of August", "the 3rd of August", "2017-08-03", "2017-08-03", 1, "point"),
    ("on Sunday, June 10", "Sunday, June 10", "2018-06-10", "2018-06-10", 1, "point"),
    ("from 3 to 7 August", "from 3 to 7 August", "2017-08-03", "2017-08-07", 1, "span"),
    ("between August 3 and 7", "between August 3 and 7", "2017-08-03", "2017-08-07", 1, "span"),
    ("August 3-7", "August 3-7", "2017-08-03", "2017-08-07", 1, "span"),
    ("from 28 December to 3 January", "from 28 December to 3 January", "2017-12-28", "2018-01-03", 1, "span"),
    ("on Thursday and Friday", "Thursday and Friday", "2018-06-07", "2018-06-08", 1, "span"),
    ("from Thursday to Saturday", "from Thursday to Saturday", "2018-06-07", "2018-06-09", 1, "span"),
    ("in August 2017", "August 2017", "2017-08-01", "2017-08-31", 4, "period"),
    ("in May", "May", "2018-05-01", "2018-05-31", 4, "period"),
    ("in mid-August", "mid-August", "2017-08-11", "2017-08-20", 4, "period"),
    ("in late 2015", "late 2015", "2015-09-01", "2015-12-31", 5, "period"),
    ("on 2018-05-03", "2018-05-03", "2018-05-03", "2018-05-03", 1, "point"),
    ("on 03/05/2018", "03/05/2018", "2018-05-03", "2018-05-03", 1, "point"),
    ("in 2015", "2015", "2015-01-01", "2015-12-31", 5, "period"),
    ("since 2011", "since 2011", "2011-01-01", "2011-12-31", 5, "since"),
    ("since 22 May", "since 22 May", "2018-05-22", "2018-05-22", 1, "since"),
    ("until Friday", "until Friday", "2018-06-08", "2018-06-08", 1, "until"),
    ("in the 1990s", "1990s", "1990-01-01", "1999-12-31", 5, "period"),
    ("the summer of 2014", "the summer of 2014", "2014-06-01", "2014-08-31", 5, "period"),
    ("for three days", "three days", None, None, 5, "duration"),
    ("at 8:30 pm", "8:30 pm", None, None, 1, "clock"),
    ("at 8 a.m. on Friday", "8 a.m. on Friday", "2018-06-08", "2018-06-08", 1, "point"),
    ("in the second week of July 2017", "the second week of July 2017", "2017-07-08", "2017-07-14", 3, "period"),
    ("in the late 1950s", "late 1950s", "1957-01-01", "1959-12-31", 5, "period"),
    ("on 5 May 2017 (Friday)", "5 May 2017 (Friday)", "2017-05-05", "2017-05-05", 1, "point"),
    ("earlier this month", "earlier this month", "2018-06-01", "2018-06-12", 4, "period"),
    ("5 Shawwal 1436", "5 Shawwal 1436", "2015-07-21", "2015-07-21", 1, "point"),
]  # fmt: skip

NONE = [
    "people may die",
    "they march on",
    "a 25-year-old man",
    "25 people",
    "Brigade 104",
    "the Second Army",
    "he sat down",
    "2015 people were killed",
]


@pytest.mark.parametrize(
    ("text", "words", "first", "last", "precision", "kind"), ONE, ids=[row[0] for row in ONE]
)
def test_times_read(
    text: str, words: str, first: str | None, last: str | None, precision: int, kind: str
) -> None:
    found = [
        (text[t.start : t.end], t.first and str(t.first), t.last and str(t.last), t.precision, t.kind)
        for t in find_times(text, TUESDAY)
    ]
    assert found == [(words, first, last, precision, kind)]


@pytest.mark.parametrize("text", NONE)
def test_times_that_are_none(text: str) -> None:
    assert find_times(text, TUESDAY) == []


@pytest.mark.parametrize(
    ("text", "words", "first", "last", "precision", "kind"), ONE, ids=[row[0] for row in ONE]
)
def test_times_without_a_reference(
    text: str, words: str, first: str | None, last: str | None, precision: int, kind: str
) -> None:
    (found,) = find_times(text)
    assert (
        (found.first is None and found.last is None)
        if found.relative
        else (found.first and str(found.first)) == first
    )
    assert text[found.start : found.end] == words
    assert found.kind == kind


_PIECES = [
    "yesterday", "Friday", " ", " ", "5", "12", "March", "/", "-", "from", "to", "in", "2015", "last", "since", "(", ")", ", ", "month",
    "days", "ago", "night", "early", "9999", "0", "1436", "and", "the", "of", "Ramadan", "next", "past", "century", "decades", "s",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=25).map(" ".join))
def test_time_mentions_are_ordered_and_inside(text: str) -> None:
    for reference in (None, TUESDAY, date(1, 1, 1), date(9999, 12, 31)):
        end = 0
        for mention in find_times(text, reference):
            assert end <= mention.start < mention.end <= len(text)
            assert (mention.first is None) == (mention.last is None)
            assert mention.first is None or mention.last is None or mention.first <= mention.last
            end = mention.end


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("They attacked on 3 June 2018. The same day a mine killed two", "The same day", "2018-06-03"),
        ("They attacked on 3 June 2018 and the next morning withdrew", "the next morning", "2018-06-04"),
        ("They attacked on 3 June 2018. Two days later they withdrew", "Two days later", "2018-06-05"),
        ("They attacked yesterday. At 2:15 p.m. a mine exploded", "2:15 p.m.", "2018-06-11"),
        ("Two were killed overnight", "overnight", "2018-06-11"),
        ("On the 9th a barge was fired upon", "the 9th", "2018-06-09"),
        ("At the weekend aircraft bombed the town", "the weekend", "2018-06-09"),
    ],
)
def test_days_counted_from_the_day_that_is_spoken_of(text: str, words: str, day: str) -> None:
    found = {text[t.start : t.end]: str(t.first) for t in find_times(text, date(2018, 6, 12))}
    assert day in {value for said, value in found.items() if words in said}


def test_the_ninth_of_something_is_no_day() -> None:
    assert find_times("He fell on the 9th floor", date(2018, 6, 12)) == []
    assert [t.first for t in find_times("The same day a mine killed two", date(2018, 6, 12))] == [None]
