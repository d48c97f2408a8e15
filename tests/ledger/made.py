"""Records for the ledger's tests, made in code."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest

from sijill.ledger.linking import Engine, score, shipped_weights
from sijill.ledger.traits import Traits
from sijill.records import Casualty, Event, Person, Place, Record, Report

ENGINES: tuple[Engine, Engine] = ("python", "splink")
PLACES = [
    ("Taftanaz", 35.9983, 36.7842), ("Binnish", 35.9558, 36.7131), ("Saraqib", 35.8644, 36.8058), ("Idlib", 35.9306, 36.6339),
    ("Hajin", 34.6926, 40.8256), ("Tall Rifaat", 36.4733, 37.0972), ("Mosul", 36.34, 43.13),
]  # fmt: skip


def place(name: str = "Hajin", precision: int = 1, country: str = "SY") -> Place:
    lat, lon = next((lat, lon) for known, lat, lon in PLACES if known == name)
    return Place(name=name, country=country, lat=lat, lon=lon, precision=precision)


def killed(n: int | None, side: str = "b", **fields: Any) -> Casualty:
    return Casualty(outcome="killed", side=side, n=n, bound=fields.pop("bound", "exact"), **fields)  # type: ignore[arg-type]


def event(
    day: str | None = "2018-06-12", where: str = "Hajin", dead: int | None = 12, **fields: Any
) -> Event:
    base: dict[str, Any] = {
        "type": "armed_clash", "start": day, "end": day, "date_precision": 1 if day else 5, "place": place(where),
        "side_a": ("syr-gov",), "side_b": ("is",), "casualties": () if dead is None else (killed(dead),),
    }  # fmt: skip
    return Event(**{**base, **fields})


def record(
    name: str,
    *events: Event,
    published: str = "2018-06-13",
    text: str = "",
    source: str | None = None,
    **fields: Any,
) -> Record:
    report = Report(id=name, text=text, source=source or f"house {name}", published=published)
    return Record(report=report, events=events, **fields)


def person(name: str, **fields: Any) -> Person:
    return Person(name=name, **fields)


def world(seed: int, events: int = 40) -> list[Record]:
    """Records of made events, each told by one to four reports that depart from it."""
    rng = random.Random(seed)
    out: list[Record] = []
    kinds = ("armed_clash", "air_strike", "ied", "attack", "suicide_bombing", "peaceful_protest")
    for number in range(events):
        day = date(2018, 1, 1) + timedelta(days=rng.randint(0, 60))
        where, kind, dead = rng.choice(PLACES)[0], rng.choice(kinds), rng.choice([None, 1, 2, 5, 14, 33])
        for voice in range(rng.randint(1, 4)):
            told = day + timedelta(days=rng.choice([0, 0, 0, 1]))
            start = None if rng.random() < 0.1 else str(told)
            precision = rng.choice([1, 1, 1, 2, 3, 4, 6])
            fields: dict[str, Any] = {
                "type": kind, "place": None if rng.random() < 0.05 else place(where, precision),
                "side_a": rng.choice([("syr-gov",), ("rus-gov",), (), ("syr-gov", "hezbollah")]),
                "side_b": rng.choice([("is",), ("civilians",), (), ("hts",)]),
                "casualties": ()
                if dead is None
                else (killed(max(1, dead + rng.choice([0, 0, 1, -1])), rng.choice(["b", "civilians", "unknown"])), killed(None, "a", bound="vague")),
            }  # fmt: skip
            people = (person("أبو بكر الحديثي", event=0),) if rng.random() < 0.1 else ()
            out.append(
                record(
                    f"r{number:03d}-{voice}",
                    event(start, where, None, **fields),
                    published=str(day + timedelta(days=2)),
                    persons=people,
                )
            )
    rng.shuffle(out)
    return out


def assert_engines_agree(rows: tuple[Traits, ...] | list[Traits]) -> None:
    """Both engines keep the same pairs with the same score."""
    weights = shipped_weights()
    plain, splink = (
        {(entry.left, entry.right): entry.bits for entry in score(rows, weights, engine)}
        for engine in ENGINES
    )
    assert plain
    assert plain.keys() == splink.keys()
    for pair, found in plain.items():
        assert splink[pair] == pytest.approx(found, abs=1e-6)
