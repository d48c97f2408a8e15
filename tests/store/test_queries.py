"""The query layer: filters, pages, frames, and what is shown of one event."""

from __future__ import annotations

from typing import Any

import pytest
from store_examples import code, coder_of, event, item

from sijill.records import Casualty, Place, Record, Report
from sijill.store import (
    Filter,
    FilterError,
    Store,
    StoreError,
    add_reports,
    all_events,
    correct,
    events_frame,
    events_table,
    find_events,
    show,
)

PLACES = {
    "Raqqa": Place(name="Ar Raqqah", country="SY", lat=35.95, lon=39.01, precision=1),
    "Idlib": Place(name="Idlib", country="SY", lat=35.93, lon=36.63, precision=1),
    "Nadi": Place(name="Nadi", country="FJ", lat=-17.8, lon=177.4, precision=1),
    "Apia": Place(name="Apia", country="WS", lat=-13.83, lon=-171.76, precision=1),
}
KILLED: dict[str, Any] = {"outcome": "killed", "bound": "exact"}


def several(given: Report) -> Record:
    """A register's worth of different events."""
    return Record(
        report=given,
        events=(
            event(
                place=PLACES["Raqqa"],
                type="air_strike",
                start="2017-06-01",
                end="2017-06-10",
                side_a=("usa",),
            ),
            event(
                place=PLACES["Idlib"],
                type="shelling",
                start="2017-06-05",
                end=None,
                status="claimed",
                casualties=(),
            ),
            event(
                place=PLACES["Nadi"],
                type="attack",
                start="2018-01-01",
                end="2018-01-01",
                casualties=(Casualty(side="civilians", n=12, **KILLED),),
            ),
            event(
                place=PLACES["Apia"],
                type="ied",
                start=None,
                end=None,
                casualties=(
                    Casualty(side="a", n=20, **KILLED),
                    Casualty(side="a", n=5, part_of=0, **KILLED),
                    Casualty(side="b", n=1, **KILLED),
                ),
            ),
            event(place=None, type="recruitment", start="2017-06-30", end="2017-06-30", casualties=()),
        ),
    )


@pytest.fixture
def many(store: Store) -> Store:
    add_reports(store, [item(0, source="Enab Baladi (عنب بلدي)")], several, rules="1")
    return store


@pytest.mark.parametrize(
    ("wanted", "types"),
    [
        (Filter(), "attack recruitment shelling air_strike ied"),
        (Filter(since="2017-06-06"), "attack recruitment air_strike"),
        (Filter(until="2017-06-04"), "air_strike"),
        (Filter(since="2017-06-05", until="2017-06-05"), "shelling air_strike"),
        (Filter(place="idlib"), "shelling"),
        (Filter(place="raqq"), "air_strike"),
        (Filter(place="إدلب"), "shelling"),
        (Filter(place="100%"), ""),
        (Filter(country="sy"), "shelling air_strike"),
        (Filter(box=(35, 36, 37, 37)), "shelling"),
        (Filter(box=(-20, 170, 0, -170)), "attack ied"),
        (Filter(near=(35.9, 36.6, 10)), "shelling"),
        (Filter(near=(-16, 180, 1100)), "attack ied"),
        (Filter(near=(35.93, 36.63, 214)), "shelling"),
        (Filter(near=(35.93, 36.63, 216)), "shelling air_strike"),
        (Filter(actor="usa"), "air_strike"),
        (Filter(actor="is"), "attack recruitment shelling air_strike ied"),
        (Filter(type="explosions"), "shelling air_strike ied"),
        (Filter(type="attack"), "attack"),
        (Filter(min_killed=12), "attack ied"),
        (Filter(min_killed=21, max_killed=21), "ied"),
        (Filter(max_killed=3), "air_strike"),
        (Filter(status="claimed"), "shelling"),
        (Filter(source="enab baladi عنب بلدي"), "attack recruitment shelling air_strike ied"),
        (Filter(source="nobody"), ""),
        (Filter(type="explosions", country="SY", since="2017-06-06"), "air_strike"),
    ],
)  # fmt: skip
def test_filters(many: Store, wanted: Filter, types: str) -> None:
    page = find_events(many, wanted)
    assert [found.event.type for found in page.events] == types.split()
    assert page.total == len(types.split())


@pytest.mark.parametrize(
    "wanted",
    [
        Filter(since="June"),
        Filter(since="2017-02-30"),
        Filter(since="2018-01-01", until="2017-01-01"),
        Filter(type="war"),
        Filter(box=(1, 2, 0, 3)),
        Filter(near=(91, 0, 1)),
        Filter(near=(0, 0, 0)),
        Filter(place="--"),
    ],
)
def test_filters_that_cannot_be_meant(many: Store, wanted: Filter) -> None:
    with pytest.raises(FilterError):
        find_events(many, wanted)


def test_pages(store: Store) -> None:
    add_reports(store, [item(n) for n in range(7)], code, rules="1")
    pages = [find_events(store, limit=3, offset=offset) for offset in (0, 3, 6, 9)]
    assert [len(page.events) for page in pages] == [3, 3, 1, 0]
    assert [page.total for page in pages] == [7] * 4
    names = [found.id for page in pages for found in page.events]
    assert len(set(names)) == 7
    assert [found.id for found in all_events(store)] == names
    assert find_events(store, limit=3, total=False).total is None


def test_frames(many: Store) -> None:
    table = events_table(many, Filter(type="ied"))
    assert table.num_rows == 1
    row = table.to_pylist()[0]
    assert (row["best"], row["side_b"], row["place"], row["start"]) == (21, ["is"], "Apia", None)
    pytest.importorskip("pandas")
    assert list(events_frame(many).type) == ["attack", "recruitment", "shelling", "air_strike", "ied"]


def test_show_gives_the_words_and_the_decisions(store: Store) -> None:
    name = add_reports(store, [item(0)], code, rules="1").hashes[0][:16] + ".e0"
    correct(store, name, "type", "ied", "Huda")
    shown = show(store, name)
    assert shown.account is None
    telling = shown.tellings[0]
    assert (
        telling.words == {"casualties[0]": ["ثلاثة جنو"]}
        or telling.words["casualties[0]"][0] in telling.report.text
    )
    assert telling.origin == "/reports/0.txt"
    assert [d.who for d in shown.decisions] == ["Huda"]
    assert show(store, name.replace(".e0", ".p0")).tellings[0].part.kind == "persons"


@pytest.mark.parametrize("name", ["nothing", "ffffffffffffffff.e0", ".e0", "x.q1", "x.e"])
def test_show_says_that_there_is_none(many: Store, name: str) -> None:
    with pytest.raises(StoreError):
        show(many, name)


def test_an_event_without_words(store: Store) -> None:
    add_reports(store, [item(0)], coder_of(event(evidence=(), place=None, start=None, end=None)), rules="1")
    assert find_events(store).events[0].event.place is None
