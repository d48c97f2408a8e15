"""The day of publication, and reports from cells."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill.reading.fields import Defaults, columns_of, published_day, report_from


@pytest.mark.parametrize(
    "written",
    [
        "2018-06-12",
        " 2018-06-12 ",
        "2018-06-12T23:30:00",
        "2018-06-12 23:30",
        "2018-06-12T23:59:59+03:00",
        "2018-06-12T00:10:00+03:00",
        "2018-06-12T23:30:00Z",
        "2018-06-12 23:30:00 +0300",
        "2018-06-12T23:30:00.123-05:00",
    ],
)
def test_published_day_is_the_day_as_written(written: str) -> None:
    assert published_day(written) == "2018-06-12"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "2018",
        "20180612",
        "2018-13-01",
        "2018-02-30",
        "12/06/2018",
        "2018-W23-2",
        "2018-06-12x",
        "2018-06-12T25:00",
        "أمس",
    ],
)
def test_published_day_refuses(written: str) -> None:
    with pytest.raises(ValueError, match="not a date"):
        published_day(written)


@given(st.text(max_size=30))
def test_published_day_never_fails_otherwise(written: str) -> None:
    with suppress(ValueError):
        assert len(published_day(written)) == 10


def test_report_from_takes_defaults_only_where_nothing_is_said() -> None:
    defaults = Defaults(published="2020-01-01", source="Default", language="ar")
    said = report_from({"text": "x", "published": "2019-01-01", "source": "Own", "id": 7}, "f:1", defaults)
    assert (said.id, said.published, said.source, said.language) == ("7", "2019-01-01", "Own", "ar")
    bare = report_from({"text": "x"}, "f:1", defaults)
    assert (bare.id, bare.published, bare.source) == ("f:1", "2020-01-01", "Default")


@pytest.mark.parametrize(
    "cells",
    [
        {},
        {"text": ""},
        {"text": " \n"},
        {"text": 3},
        {"text": "x", "title": ["a"]},
        {"text": "x", "id": True},
    ],
)
def test_report_from_refuses(cells: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"text|title|id"):
        report_from(cells, "f", Defaults())


def test_columns_of_knows_synonyms() -> None:
    assert columns_of(["\ufeffID", "Body", "Publication Date", "النص"]) == {
        "id": "\ufeffID",
        "text": "Body",
        "published": "Publication Date",
    }
