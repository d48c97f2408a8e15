"""A record with every kind of part, in the shape of a real one."""

import pytest

from sijill.records import (
    Casualty,
    ControlChange,
    Detail,
    Event,
    Evidence,
    Person,
    Place,
    Record,
    Report,
    Source,
    Tally,
    TallyCasualty,
)

TEXT = "قتل 48 جنديا على الأقل و32 من التنظيم بينهم 10 انتحاريين في البوكمال <b>منذ الجمعة</b>"
TOWN = Place(name="Albu Kamal", country="SY", lat=34.45226, lon=40.91854, precision=1)


def evidence(field: str, words: str, rule: str = "ar.test") -> Evidence:
    start = TEXT.index(words)
    return Evidence(field=field, start=start, end=start + len(words), text=words, rule=rule)


@pytest.fixture
def record() -> Record:
    battle = Event(
        type="armed_clash",
        start="2018-06-08",
        end="2018-06-11",
        date_precision=1,
        place=TOWN,
        side_a=("syr-gov", "iran-militias"),
        side_b=("is",),
        casualties=(
            Casualty(outcome="killed", side="a", n=48, bound="at_least"),
            Casualty(outcome="killed", side="b", n=32, bound="exact"),
            Casualty(outcome="killed", side="b", n=10, bound="exact", part_of=1),
        ),
        sources=(Source(name="المرصد", actor=None, kind="monitor"),),
        means=("car_bomb",),
        details=(Detail(what="pay", n=150, bound="at_most", unit="USD_month"),),
        evidence=(
            evidence("type", "قتل"),
            evidence("place", "البوكمال"),
            evidence("start", "منذ الجمعة"),
            evidence("casualties[0]", "48 جنديا على الأقل"),
            evidence("casualties[1]", "32 من التنظيم"),
            evidence("casualties[2]", "10 انتحاريين"),
        ),
    )
    return Record(
        report=Report(
            id="r1", text=TEXT, source="=Agency", published="2018-06-12", language="ar", title="معركة"
        ),
        events=(battle,),
        tallies=(
            Tally(
                since="2018-05-22",
                until="2018-06-12",
                place=TOWN,
                casualties=(TallyCasualty(outcome="killed", actor=("syr-gov",), n=240, bound="at_least"),),
            ),
        ),
        control=(
            ControlChange(
                place=TOWN,
                from_=("syr-gov",),
                to=("is",),
                start="2018-06-08",
                extent="partial",
                manner="force",
            ),
        ),
        persons=(Person(name="محمد فريدوني", affiliation=("irgc",), role="قائد", fate="killed", event=0),),
        notes=("A note.",),
    )
