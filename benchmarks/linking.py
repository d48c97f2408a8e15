"""How well and how fast records of one event are linked: made records of real events, with known truth.

    python benchmarks/linking.py [--events 8000] [--records 20000] [--seed 5] [--engine auto|python|splink]
    python benchmarks/linking.py --fit WEIGHTS.json     # learn the weights from the events that the benchmark leaves out

8,000 events of UCDP GED, Syria 2016 to 2019 (CC BY 4.0), are told by one to six voices each, 20,000 records in all. Each
telling departs from the event with fixed probabilities: a day off (20%), a neighbouring place (15%), a coarser place
precision (15%), tolls off by one to a third (40%), a side named by its parent or an ally (20%), another type of the group
(10%). Prints B³ precision and recall of the groups, time and peak memory. UCDP counts the days of a battle as events of
their own; so do the groups here, before `link` joins them into accounts.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import os
import random
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import msgspec

from sijill.language.actors import register
from sijill.ledger.linking import Weights, candidates, cluster, fit, score, shipped_weights
from sijill.ledger.parties import near
from sijill.ledger.traits import traits_of
from sijill.records import GROUPS, Casualty, Event, EventType, Place, Record, Report
from sijill.rules.knowledge import KNOWLEDGE

SHARED = Path(os.environ.get("SIJILL_SHARED", Path(__file__).parents[1] / ".." / "shared")).resolve()
DATA = SHARED / "data" / "ucdp-ged-syria-2016-2019.csv.gz"
VOICES = (0.30, 0.27, 0.20, 0.12, 0.07, 0.04)
"""Share of events told by one, two, … six voices: 2.5 on average."""
DAY_OFF, NEIGHBOUR, COARSER, TOLL, SIDE, TYPE = 0.20, 0.15, 0.15, 0.40, 0.20, 0.10
COARSE_DAYS, NO_DAY, WIDE_PLACE, AROUND, NO_TOLL, OTHER_HOUR, WHOSE, NOT_NAMED, OTHER_KIND = (
    0.06, 0.04, 0.06, 0.10, 0.10, 0.10, 0.10, 0.10, 0.08,
)  # fmt: skip
"""How real reports depart beyond that, for what the weights are learned from."""
LEFT_OUT = 0.10
"""How often one of several figures isn't told."""
TOWNS = 60
"""How many of the places of which most is told are towns, which villages are told as near."""
_SIDES = ("a", "b", "civilians", "unknown")
_TYPES: tuple[tuple[str, EventType], ...] = (
    ("suicide", "suicide_bombing"), ("car bomb", "ied"), ("ied", "ied"), ("mine", "ied"), ("execut", "execution"),
    ("tortur", "execution"), ("barrel", "air_strike"), ("raid", "air_strike"), ("air", "air_strike"), ("warplane", "air_strike"),
    ("shell", "shelling"), ("rocket", "shelling"), ("missile", "shelling"), ("bombard", "shelling"), ("bomb", "ied"),
    ("explo", "ied"), ("strike", "air_strike"),
)  # fmt: skip


def read_events(path: Path) -> list[tuple[Event, dict[str, str]]]:
    """The events of a UCDP GED file as events of the codebook, each with its row."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        return [(to_event(row), row) for row in csv.DictReader(lines)]


def to_event(row: dict[str, str]) -> Event:
    """A row of UCDP GED as an event; the type is told by the headline, as UCDP has none."""
    headline = row["source_headline"].lower()
    kind: EventType = "attack" if row["type_of_violence"] == "3" else "armed_clash"
    kind = next((slug for word, slug in _TYPES if word in headline), kind)
    return Event(
        type=kind, start=row["date_start"][:10], end=row["date_end"][:10], date_precision=int(row["date_prec"]),
        place=Place(
            name=row["where_coordinates"], country="SY", lat=float(row["latitude"]), lon=float(row["longitude"]),
            precision=min(6, int(row["where_prec"])),
        ),
        side_a=actors(row["side_a"]), side_b=actors(row["side_b"]),
        casualties=tuple(
            Casualty(outcome="killed", side=side, n=int(row[f"deaths_{side}"]), bound="exact")  # type: ignore[arg-type]
            for side in _SIDES
            if int(row[f"deaths_{side}"])
        ),
    )  # fmt: skip


_BY_UCDP_NAME = {actor.ucdp_name: actor.id for actor in register().values() if actor.ucdp_name}


def actors(names: str) -> tuple[str, ...]:
    """UCDP's names of a side as ids; names that the register doesn't have become slugs."""
    return tuple(
        _BY_UCDP_NAME.get(name.strip()) or name.strip().lower().replace(" ", "-") + "-syr"
        for name in names.split(",")
    )


class Noise:
    """Makes tellings of events that depart from them as reports do."""

    def __init__(self, events: Sequence[tuple[Event, dict[str, str]]], seed: int) -> None:
        self.random = random.Random(seed)
        self.places = sorted(
            {
                (e.place.name, e.place.lat, e.place.lon)
                for e, _ in events
                if e.place and e.place.precision <= 2
            }
        )
        told = Counter(
            (e.place.name, e.place.lat, e.place.lon) for e, _ in events if e.place and e.place.precision == 1
        )
        self.towns = sorted(town for town, _ in told.most_common(TOWNS))
        self.centres = {
            level: _centres([(row[column], e.place) for e, row in events if e.place])
            for level, column in ((3, "adm_2"), (4, "adm_1"))
        }

    def tell(self, event: Event, row: dict[str, str]) -> Event:
        """One telling of an event."""
        chance = self.random.random
        changed = event
        if chance() < DAY_OFF and event.start and event.end:
            step = timedelta(days=self.random.choice((-1, 1)))
            changed = msgspec.structs.replace(
                changed,
                start=str(date.fromisoformat(event.start) + step),
                end=str(date.fromisoformat(event.end) + step),
            )
        if chance() < NEIGHBOUR:
            changed = msgspec.structs.replace(changed, place=self.neighbour(event.place))
        if chance() < COARSER:
            changed = msgspec.structs.replace(changed, place=self.coarser(changed.place, row))
        if chance() < TOLL:
            changed = msgspec.structs.replace(
                changed, casualties=tuple(self.miscount(c) for c in changed.casualties)
            )
        if chance() < SIDE:
            which = self.random.choice(("side_a", "side_b"))
            changed = msgspec.structs.replace(changed, **{which: self.rename(getattr(changed, which))})
        if chance() < TYPE:
            group = next(slugs for slugs in GROUPS.values() if event.type in slugs)
            changed = msgspec.structs.replace(
                changed, type=self.random.choice([s for s in group if s != event.type])
            )
        return changed

    def retell(self, event: Event, row: dict[str, str]) -> Event:
        """A telling that departs further, in the ways of real reports that the benchmark leaves out: coarse days or none,
        places as wide as a region or country or near the next town, tolls of another hour or not said, one of several figures
        left out, whose dead they were unknown, a side not named, another kind."""
        chance, told = self.random.random, self.tell(event, row)
        if chance() < COARSE_DAYS and told.start and told.end:
            length, precision = self.random.choice(((4, 2), (7, 3), (10, 4), (30, 4)))
            first = date.fromisoformat(told.start) - timedelta(days=self.random.randrange(length))
            told = msgspec.structs.replace(
                told, start=str(first), end=str(max(first + timedelta(days=length - 1), date.fromisoformat(told.end))),
                date_precision=max(precision, told.date_precision),
            )  # fmt: skip
        elif chance() < NO_DAY:
            told = msgspec.structs.replace(told, start=None, end=None, date_precision=5)
        if chance() < WIDE_PLACE:
            told = msgspec.structs.replace(told, place=self.wider(told.place, row))
        elif chance() < AROUND and told.place and told.place.precision == 1:
            place = self.next_town(told.place) if self.random.random() < 0.5 else told.place
            told = msgspec.structs.replace(told, place=msgspec.structs.replace(place, precision=2))
        if chance() < NO_TOLL:
            told = msgspec.structs.replace(told, casualties=())
        elif chance() < OTHER_HOUR:
            factor = self.random.choice((0.2, 0.4, 0.5, 2.0, 2.5))
            told = msgspec.structs.replace(
                told, casualties=tuple(msgspec.structs.replace(c, n=max(1, round((c.n or 1) * factor))) for c in told.casualties)
            )  # fmt: skip
        if chance() < WHOSE and told.casualties:
            dead = sum(c.n or 0 for c in told.casualties)
            told = msgspec.structs.replace(
                told, casualties=(Casualty(outcome="killed", side="unknown", n=dead, bound="exact"),)
            )
        if chance() < NOT_NAMED:
            told = msgspec.structs.replace(told, **{self.random.choice(("side_a", "side_b")): ()})
        if chance() < OTHER_KIND:
            told = msgspec.structs.replace(
                told, type=self.random.choice(("armed_clash", "attack", "shelling", "ied", "air_strike"))
            )
        if len(told.casualties) > 1 and chance() < LEFT_OUT:
            left_out = self.random.choice(told.casualties)
            told = msgspec.structs.replace(
                told, casualties=tuple(c for c in told.casualties if c is not left_out)
            )
        return told

    def wider(self, place: Place | None, row: dict[str, str]) -> Place | None:
        """The place as a region about its governorate, or the country."""
        centre = self.centres[4].get(row["adm_1"])
        if self.random.random() < 0.5 or centre is None:
            return Place(name="Syria", country="SY", lat=35.0, lon=38.0, precision=6)
        return msgspec.structs.replace(centre, precision=5)

    def neighbour(self, place: Place | None) -> Place | None:
        """One of the three places nearest to a place that is known closely; a coarse one stays."""
        if place is None or place.precision > 2 or place.lat is None or place.lon is None:
            return place
        lat, lon = place.lat, place.lon
        others = [p for p in self.places if (p[1], p[2]) != (lat, lon)]
        others.sort(key=lambda p: ((p[1] or 0) - lat) ** 2 + (((p[2] or 0) - lon) * 0.82) ** 2)
        name, near_lat, near_lon = self.random.choice(others[:3])
        return msgspec.structs.replace(place, name=name, lat=near_lat, lon=near_lon)

    def next_town(self, place: Place) -> Place:
        """The nearest town: one of the places of which most is told."""
        lat, lon = place.lat or 0, place.lon or 0
        name, near_lat, near_lon = min(
            (p for p in self.towns if (p[1], p[2]) != (lat, lon)),
            key=lambda p: ((p[1] or 0) - lat) ** 2 + (((p[2] or 0) - lon) * 0.82) ** 2,
        )
        return msgspec.structs.replace(place, name=name, lat=near_lat, lon=near_lon)

    def coarser(self, place: Place | None, row: dict[str, str]) -> Place | None:
        """The place as its district or governorate."""
        level = self.random.choice((3, 4))
        centre = self.centres[level].get(row["adm_2" if level == 3 else "adm_1"])
        return centre if place and centre and place.precision < level else place

    def miscount(self, casualty: Casualty) -> Casualty:
        """A figure off by one to a third of it, never below one."""
        n = casualty.n or 0
        off = self.random.randint(1, max(1, n // 3)) * self.random.choice((-1, 1))
        return msgspec.structs.replace(casualty, n=max(1, n + off))

    def rename(self, side: tuple[str, ...]) -> tuple[str, ...]:
        """The side with its first actor named by a parent or an ally."""
        others = sorted(near(side[0]) - {side[0]}) if side else []
        return (self.random.choice(others), *side[1:]) if others else side


def _centres(told: Sequence[tuple[str, Place | None]]) -> dict[str, Place]:
    points: dict[str, list[Place]] = defaultdict(list)
    for name, place in told:
        if name and place and place.precision <= 2:
            points[name].append(place)
    level = 4 if any(name.endswith("Governorate") for name in points) else 3
    return {
        name: Place(
            name=name, country="SY", lat=round(sum(p.lat or 0 for p in found) / len(found), 4),
            lon=round(sum(p.lon or 0 for p in found) / len(found), 4), precision=level,
        )
        for name, found in points.items()
    }  # fmt: skip


def make_records(
    chosen: Sequence[tuple[Event, dict[str, str]]],
    noise: Noise,
    count: int | None,
    real: float = 0.0,
) -> tuple[list[Record], dict[str, str]]:
    """Records of the events, and the event that each is of. With `count`, exactly so many; `real` is the
    share of tellings that depart as far as real reports do."""
    told = [noise.random.choices(range(1, 7), VOICES)[0] for _ in chosen]
    while count is not None and sum(told) != count:
        index = noise.random.randrange(len(told))
        step = 1 if sum(told) < count else -1
        if 1 <= told[index] + step <= 6:
            told[index] += step
    records, truth = [], {}
    for (event, row), times in zip(chosen, told, strict=True):
        for _ in range(times):
            name = f"{noise.random.getrandbits(48):012x}"
            published = date.fromisoformat(event.end or "2016-01-01") + timedelta(
                days=noise.random.randint(0, 2)
            )
            report = Report(id=name, text="", source=f"house {name}", published=str(published))
            tell = noise.retell if real and noise.random.random() < real else noise.tell
            records.append(Record(report=report, events=(tell(event, row),)))
            truth[f"{name}#0000"] = row["id"]
    return records, truth


def b_cubed(groups: Sequence[Sequence[str]], truth: dict[str, str]) -> tuple[float, float]:
    """B³ precision and recall: for each record, the share of its group that is of its event, and of its event in its group."""
    sizes = Counter(truth.values())
    precision = recall = 0.0
    for group in groups:
        for event, n in Counter(truth[key] for key in group).items():
            precision += n * n / len(group)
            recall += n * n / sizes[event]
    return precision / len(truth), recall / len(truth)


REAL = 0.5
"""Share of the tellings that the weights are learned from that depart as far as real reports do."""
SHARE = 0.14
"""How much what is set down of real reports (`prior.json`) counts beside the made ones, which depart in fewer ways."""


def learn(rest: Sequence[tuple[Event, dict[str, str]]], noise: Noise, base: Weights) -> Weights:
    """The weights of what the made records show, over what `base` says."""
    records, truth = make_records(rest, noise, None, REAL)
    rows = traits_of(records)
    pairs = ((a, b, truth[a.key] == truth[b.key]) for a, b in candidates(rows))
    return fit(pairs, base, "ucdp-ged-syria", share=SHARE)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=8000)
    parser.add_argument("--records", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--engine", choices=("auto", "python", "splink"), default="auto")
    parser.add_argument("--fit", type=Path, metavar="WEIGHTS")
    parser.add_argument("--weights", type=Path)
    options = parser.parse_args()
    events = read_events(DATA)
    random.Random(options.seed).shuffle(events)
    if options.fit:
        weights = learn(
            events[8000:],
            Noise(events, options.seed + 1),
            shipped_weights(KNOWLEDGE / "linking" / "prior.json"),
        )
        options.fit.write_bytes(msgspec.json.format(msgspec.json.encode(weights), indent=1) + b"\n")
        return
    records, truth = make_records(events[: options.events], Noise(events, options.seed), options.records)
    weights = shipped_weights(options.weights)
    begun = time.perf_counter()
    rows = traits_of(records)
    read = time.perf_counter()
    links = score(rows, weights, options.engine)
    scored = time.perf_counter()
    groups = cluster(rows, links, weights)
    done = time.perf_counter()
    precision, recall = b_cubed(groups, truth)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        "| records | events | groups | pairs scored | B³ precision | B³ recall | traits | scoring | grouping | peak memory |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    print(
        f"| {len(records):,} | {len(set(truth.values())):,} | {len(groups):,} | {len(links):,} | {precision:.3f} | {recall:.3f} "
        f"| {read - begun:.1f} s | {scored - read:.1f} s | {done - scored:.1f} s | {memory:.0f} MB |"
    )


if __name__ == "__main__":
    main()
