"""Which events of different records are one.

1. Candidates share a cell of place and time, a name, or the text (`sijill.ledger.traits`).
2. Each pair is scored after Fellegi and Sunter: the sum over the comparisons of log2(m/u), and the prior, in bits. Large
   registers are scored by Splink on DuckDB, small ones in plain Python from the same weights, to the same score.
3. Pairs over the threshold are joined, closest first, where the two groups agree on the whole and no report has an event
   in both: what one report tells as two events is never one. Events without a date join last.
4. A battle told day by day is one: groups of one battle at one place on days that run together, each a day of it, unless
   one report tells two of them as events of their own.

Everything is sorted by the reports' ids and the events' indices, so the order of arrival changes nothing.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import msgspec

from sijill.ledger.accounts import Linked
from sijill.ledger.battles import WHOLE_DAYS, is_day_of, with_battles
from sijill.ledger.comparisons import COMPARISONS, LIKE_WORDS, UNKNOWN, Comparison, gap, like_words, longer
from sijill.ledger.dialects import Dialect, in_dialect
from sijill.ledger.traits import Traits, table_of, traits_of
from sijill.records import Record
from sijill.rules.knowledge import KNOWLEDGE

Engine = Literal["auto", "python", "splink"]
SMALL = 3000
"""Events up to which `auto` scores in plain Python."""
KEEP_BITS = -6.0
"""Pairs that score less are not kept; a pair that was no candidate counts as much."""
_AGAINST = 0.5
"""Odds below which a level speaks against two events being one."""
_PERSON_DAYS, _PERSON_DAYS_UNDATED = 31, 90

Score = tuple[float, int, float]
"""Of the pairs across two groups: the sum of their bits, how many were scored, and the highest."""
Sums = dict[str, dict[str, Score]]


class Odds(msgspec.Struct, frozen=True):
    """How often a level is met among pairs that are one event (m) and among candidates that aren't (u)."""

    m: float
    u: float

    @property
    def bits(self) -> float:
        """log2(m/u): what the level adds to a pair's score."""
        return math.log2(self.m / self.u)


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """The model: prior probability that a candidate pair is one event, odds of each level of each comparison, and the
    score in bits from which a pair is linked (`threshold`) and groups are joined (`agreement`, on the mean of all pairs).
    `misread` is the chance that what speaks against two tellings in like words is a misreading of either."""

    version: str
    prior: float
    misread: float = 0.0
    threshold: float
    agreement: float
    comparisons: dict[str, dict[str, Odds]]


class Link(msgspec.Struct, frozen=True, order=True):
    """A scored pair of events, `left` before `right` by key; `bits` is its score with the prior."""

    left: str
    right: str
    bits: float


class Step(msgspec.Struct, frozen=True):
    """One step of a waterfall: what a comparison found and what it adds; `total` is the score so far, in bits."""

    comparison: str
    level: str
    bits: float
    total: float


@lru_cache(maxsize=4)
def shipped_weights(path: Path | None = None) -> Weights:
    """The weights of `knowledge/linking/weights.json`, or of another file of the same form."""
    return msgspec.json.decode((path or KNOWLEDGE / "linking" / "weights.json").read_bytes(), type=Weights)


def link(
    records: Iterable[Record],
    voices: Mapping[str, str] | None = None,
    weights: Weights | None = None,
    engine: Engine = "auto",
) -> tuple[Linked, ...]:
    """The events of the records, those that are one together; events of which nobody else tells stand alone.

    `voices` maps reports to the key of their copies (`sijill.ledger.duplicates.voices`).
    """
    rows = traits_of(records, voices)
    groups = same_events(rows, weights, engine)
    return with_battles(rows, groups)


def same_events(
    rows: Sequence[Traits], weights: Weights | None = None, engine: Engine = "auto"
) -> list[tuple[str, ...]]:
    """The keys of the events that are one, as sorted groups; battles of several days still apart."""
    model = weights or shipped_weights()
    return cluster(rows, score(rows, model, engine), model)


# --- candidates


def candidates(rows: Sequence[Traits]) -> Iterator[tuple[Traits, Traits]]:
    """The pairs worth comparing, each once, left before right: never two events of one report."""
    seen: set[tuple[int, int]] = set()
    ordered = sorted(rows, key=lambda row: row.key)
    for left, right in _boxed(ordered):
        pair = (left, right) if left < right else (right, left)
        if pair not in seen and ordered[left].record != ordered[right].record:
            seen.add(pair)
            yield ordered[pair[0]], ordered[pair[1]]


def _boxed(rows: Sequence[Traits]) -> Iterator[tuple[int, int]]:
    cells: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        for key in (*row.cells, f"voice {row.voice}", *(f"name {name}" for name in row.persons)):
            box = cells.setdefault(key, [])
            for other in box:
                if not key.startswith("name ") or within_days(row, rows[other]):
                    yield other, number
            box.append(number)
    lands: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        for land in row.lands:
            lands.setdefault(land, []).append(number)
    for number, row in enumerate(rows):
        if row.place_precision == 6:
            for land in row.lands:
                for other in lands[land]:
                    if other != number:
                        yield other, number


def within_days(left: Traits, right: Traits) -> bool:
    """Whether two events that share a name may be one: a month apart at most, or three where one has the day only on which
    it was told."""
    days = [row.told if row.start is None else row.start for row in (left, right)]
    if days[0] is None or days[1] is None:
        return True
    dated = left.start is not None and right.start is not None
    return abs(days[0] - days[1]) <= (_PERSON_DAYS if dated else _PERSON_DAYS_UNDATED)


_APART = "abs(coalesce(l.start, l.told) - coalesce(r.start, r.told))"
_MOST = f"(case when l.start is null or r.start is null then {_PERSON_DAYS_UNDATED} else {_PERSON_DAYS} end)"
_BLOCKING: tuple[dict[str, Any], ...] = (
    {"blocking_rule": "l.cells = r.cells and l.record <> r.record", "arrays_to_explode": ["cells"]},
    {"blocking_rule": "l.voice = r.voice and l.record <> r.record"},
    {
        "blocking_rule": f"l.persons = r.persons and l.record <> r.record and coalesce({_APART} <= {_MOST}, true)",
        "arrays_to_explode": ["persons"],
    },
    {
        "blocking_rule": "l.lands = r.lands and l.record <> r.record and (l.place_precision = 6 or r.place_precision = 6)",
        "arrays_to_explode": ["lands"],
    },
)

# --- scores


def score(rows: Sequence[Traits], weights: Weights, engine: Engine = "auto") -> list[Link]:
    """The candidate pairs with a score of at least -6 bits, sorted by their keys."""
    if engine == "splink" or (engine == "auto" and len(rows) > SMALL):
        return sorted(_score_by_splink(rows, weights))
    found = (Link(left.key, right.key, bits(left, right, weights)) for left, right in candidates(rows))
    return sorted(link for link in found if link.bits >= KEEP_BITS)


def bits(left: Traits, right: Traits, weights: Weights) -> float:
    """The score of a pair in bits: the prior's log2 odds and what each comparison adds."""
    total = _prior_bits(weights)
    read = like_words(left, right)
    for comparison in COMPARISONS:
        total += _level_bits(weights, comparison, comparison.level(left, right), read)
    return total


def explain(left: Traits, right: Traits, weights: Weights | None = None) -> tuple[Step, ...]:
    """The waterfall of a pair: the prior, then each comparison with its level and what it adds."""
    model = weights or shipped_weights()
    total = _prior_bits(model)
    steps = [Step("prior", "two events near each other", total, total)]
    read = like_words(left, right)
    for comparison in COMPARISONS:
        level = comparison.level(left, right)
        added = _level_bits(model, comparison, level, read)
        total += added
        steps.append(Step(comparison.name, level, added, total))
    return tuple(steps)


def _prior_bits(weights: Weights) -> float:
    return math.log2(weights.prior / (1 - weights.prior))


def _level_bits(weights: Weights, comparison: Comparison, level: str, read: bool) -> float:
    if level == UNKNOWN:
        return 0.0
    odds = weights.comparisons[comparison.name][level]
    return (_misread(comparison, odds, weights) if read else odds).bits


def _misread(comparison: Comparison, odds: Odds, weights: Weights) -> Odds:
    """The odds of a level where a machine may have misread: what speaks against says no more than such a slip allows."""
    if not comparison.read or odds.m >= odds.u * _AGAINST:
        return odds
    return Odds(m=(1 - weights.misread) * odds.m + weights.misread * odds.u, u=odds.u)


def splink_settings(weights: Weights, dialect: Dialect = "duckdb") -> dict[str, Any]:
    """The model as Splink's settings for DuckDB or Spark."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": weights.prior,
        "blocking_rules_to_generate_predictions": [
            {**rule, "blocking_rule": in_dialect(rule["blocking_rule"], dialect), "sql_dialect": dialect}
            for rule in _BLOCKING
        ],
        "comparisons": [
            {
                "output_column_name": comparison.name,
                "comparison_levels": [
                    *(
                        found
                        for level in comparison.levels
                        for found in _splink_levels(comparison, level.name, level.sql, weights, dialect)
                    ),
                    *_splink_levels(comparison, comparison.rest, "ELSE", weights, dialect),
                ],
            }
            for comparison in COMPARISONS
        ],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
    }


def _splink_levels(
    comparison: Comparison, name: str, sql: str, weights: Weights, dialect: Dialect
) -> Iterator[dict[str, Any]]:
    """The level; before it, where it speaks against, the same of what a machine may have misread."""
    if name == UNKNOWN:
        yield {"sql_condition": in_dialect(sql, dialect), "label_for_charts": name, "is_null_level": True}
        return
    odds = weights.comparisons[comparison.name][name]
    if (read := _misread(comparison, odds, weights)) != odds:
        also = LIKE_WORDS if sql == "ELSE" else f"({sql}) and {LIKE_WORDS}"
        yield _splink_level(f"{name}, may be misread", in_dialect(also, dialect), read)
    yield _splink_level(name, in_dialect(sql, dialect), odds)


def _splink_level(name: str, sql: str, odds: Odds) -> dict[str, Any]:
    return {"sql_condition": sql, "label_for_charts": name, "m_probability": odds.m, "u_probability": odds.u}


def _score_by_splink(rows: Sequence[Traits], weights: Weights) -> Iterator[Link]:
    import duckdb
    from splink import DuckDBAPI, Linker

    with duckdb.connect() as connection:
        api = DuckDBAPI(connection=connection)
        linker = Linker(api.register(table_of(rows)), splink_settings(weights), log_level="ERROR")
        pairs = linker.inference.predict(threshold_match_weight=KEEP_BITS).as_pyarrow_table()  # type: ignore[no-untyped-call]
    columns = (pairs.column(name).to_pylist() for name in ("unique_id_l", "unique_id_r", "match_weight"))
    for one, other, weight in zip(*columns, strict=True):
        yield Link(min(one, other), max(one, other), weight)


# --- groups


def cluster(rows: Sequence[Traits], links: Iterable[Link], weights: Weights) -> list[tuple[str, ...]]:
    """Groups of events that are one: average linkage, the two groups that agree best first, and groups without a date last.

    Two groups are joined if nobody tells an event of each as two (one report, or one house of fighting on two days), some pair across reaches `weights.threshold`, and the mean
    score of all pairs across, a pair that was no candidate counting -6 bits, reaches `weights.agreement`. The components of
    the pairs over the threshold bound the groups, so each is worked out by itself.
    """
    known = sorted(links)
    by_key = {row.key: row for row in rows}
    strong = [entry for entry in known if entry.bits >= weights.threshold]
    component = _components(by_key, strong)
    inside: dict[str, list[Link]] = {}
    for entry in known:
        if component[entry.left] == component[entry.right]:
            inside.setdefault(component[entry.left], []).append(entry)
    groups: list[tuple[str, ...]] = [(key,) for key in by_key if component[key] == key and key not in inside]
    for name in sorted(inside):
        groups += _average_linkage(inside[name], by_key, weights)
    return sorted(groups)


def _components(keys: Iterable[str], strong: Iterable[Link]) -> dict[str, str]:
    """The first key of the component of each event, over the strong pairs."""
    leader = {key: key for key in keys}

    def root(key: str) -> str:
        while leader[key] != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    for entry in strong:
        low, high = sorted((root(entry.left), root(entry.right)))
        leader[high] = low
    return {key: root(key) for key in leader}


def _average_linkage(
    links: Sequence[Link], by_key: Mapping[str, Traits], weights: Weights
) -> list[tuple[str, ...]]:
    """The groups within one component of strong pairs."""
    members: dict[str, tuple[str, ...]] = {}
    sums: Sums = {}
    for entry in links:
        for one, other in ((entry.left, entry.right), (entry.right, entry.left)):
            members.setdefault(one, (one,))
            sums.setdefault(one, {})[other] = (entry.bits, 1, entry.bits)
    weight = dict.fromkeys(members, 1)
    _join_sure(links, by_key, weights.threshold, members, sums)
    dated = {one for one in members if any(by_key[key].start is not None for key in members[one])}

    def queued(one: str, other: str) -> tuple[bool, float, str, str, int, int]:
        pairs = weight[one] * weight[other]
        mean = _mean(sums[one][other], pairs)
        return not {one, other} <= dated, -mean, one, other, len(members[one]), len(members[other])

    heap = [queued(one, other) for one in sums for other in sums[one] if one < other]
    heapq.heapify(heap)
    while heap:
        _, mean, one, other, *sizes = heapq.heappop(heap)
        if -mean < weights.agreement:
            continue
        if one not in members or other not in members or [len(members[one]), len(members[other])] != sizes:
            continue
        if sums[one][other][2] < weights.threshold:
            continue
        if any(_told_apart(by_key[x], by_key[y]) for x in members[one] for y in members[other]):
            continue
        _merge(one, other, members, sums)
        weight[one] += weight[other]
        if other in dated:
            dated.add(one)
        for third in sums[one]:
            heapq.heappush(heap, queued(*sorted((one, third))))
    return list(members.values())


def _told_apart(left: Traits, right: Traits) -> bool:
    """Whether two events are told as two: by one report, as fighting on two exact days by one house, as battles of which one
    went on for days and ended before the other began, as a battle and a day of it (which `with_battles` puts together), as
    a day's demonstration and demonstrations of a week or more, or one without a day, days after the other."""
    if left.record == right.record:
        return True
    if is_day_of(left, right) or is_day_of(right, left):
        return True
    if (left.start is None) != (right.start is None) and _long_before(left, right):
        return True
    if left.group == right.group == "demonstrations" and _one_of_many(left, right):
        return True
    if left.group == right.group == "battles" and left.date_precision == right.date_precision == 1:
        if longer(left, right) >= WHOLE_DAYS and gap(left, right) > 0:
            return True
    one_house = left.house == right.house and left.group == right.group == "battles"
    exact = (
        left.date_precision == right.date_precision == 1
        and left.start == left.end
        and right.start == right.end
    )
    return one_house and exact and left.start != right.start


def _one_of_many(left: Traits, right: Traits) -> bool:
    """Whether of two events one is told of a day and the other of a stretch of days, and neither figures nor names tell
    that it is the same."""
    if _proven(left, right):
        return False
    exact, coarse = sorted((left, right), key=lambda row: row.date_precision)
    return exact.date_precision <= 2 and coarse.date_precision > 2 and None not in (exact.start, coarse.start)


_AFTER = 3
"""How many days after an event a report may still tell it without saying when."""


def _long_before(left: Traits, right: Traits) -> bool:
    """Whether an event without a day is told more than a few days after the other, and neither figures nor names tell that it is the
    same: where one town is shelled week after week, place and sides don't say which shelling is meant; and a place that is
    fought for is fought for day after day, so that an undated fight joins none of a day before."""
    undated, dated = (left, right) if left.start is None else (right, left)
    last = dated.end if dated.end is not None else dated.start
    if undated.told is None or last is None or _proven(left, right):
        return False
    return undated.told - last > (0 if left.group == right.group == "battles" else _AFTER)


def _proven(left: Traits, right: Traits) -> bool:
    """Whether both events have figures or a name by which it is seen that they are one, or are not."""
    return bool(
        (left.killed and right.killed)
        or (left.wounded and right.wounded)
        or set(left.persons) & set(right.persons)
    )


def _mean(across: Score, pairs: int) -> float:
    """The mean score of the pairs across two groups, from (sum, number, highest) of those that were scored."""
    total, scored, _ = across
    return round((total + (pairs - scored) * KEEP_BITS) / pairs, 6)


def _join_sure(
    links: Sequence[Link],
    by_key: Mapping[str, Traits],
    threshold: float,
    members: dict[str, tuple[str, ...]],
    sums: Sums,
) -> None:
    """Join beforehand the events in which the same person is killed, by name: nobody is killed twice. What one of them gets wrong
    doesn't count against another telling of it: they count as one, by the pair that agrees best."""
    home = {key: key for key in members}
    sure = [e for e in links if e.bits >= threshold and set(by_key[e.left].dead) & set(by_key[e.right].dead)]
    for entry in sorted(sure, key=lambda e: (-e.bits, e.left, e.right)):
        one, other = sorted((home[entry.left], home[entry.right]))
        if one == other or any(
            _told_apart(by_key[x], by_key[y]) for x in members[one] for y in members[other]
        ):
            continue
        home |= dict.fromkeys(members[other], one)
        _merge(one, other, members, sums, _better)


def _added(known: Score | None, more: Score) -> Score:
    if known is None:
        return more
    return known[0] + more[0], known[1] + more[1], max(known[2], more[2])


def _better(known: Score | None, more: Score) -> Score:
    return more if known is None else max(known, more)


def _merge(
    one: str,
    other: str,
    members: dict[str, tuple[str, ...]],
    sums: Sums,
    of_both: Callable[[Score | None, Score], Score] = _added,
) -> None:
    """Put a group into another, which keeps the name of its first event (`one` < `other`)."""
    members[one] = tuple(sorted((*members[one], *members.pop(other))))
    for third, more in sums.pop(other).items():
        sums[third].pop(other)
        if third != one:
            sums[one][third] = sums[third][one] = of_both(sums[one].get(third), more)


# --- learning the weights from decisions


def fit(
    pairs: Iterable[tuple[Traits, Traits, bool]],
    base: Weights,
    version: str,
    trust: float = 200.0,
    share: float = 0.0,
) -> Weights:
    """Weights from pairs of which it is decided whether they're one event, starting from `base`.

    Each level's m and u are counted, with what `base` says added to every comparison for as much as `trust` pairs, or for
    the `share` of all pairs if that is more. The prior is the share of pairs that are one where there are more than
    `trust` of either; threshold and agreement stay.
    """
    met: dict[bool, dict[str, Counter[str]]] = {
        flag: {c.name: Counter() for c in COMPARISONS} for flag in (True, False)
    }
    total: Counter[bool] = Counter()
    for left, right, one in pairs:
        total[one] += 1
        for comparison in COMPARISONS:
            met[one][comparison.name][comparison.level(left, right)] += 1
    learnt = {
        c.name: _fitted(base.comparisons[c.name], met[True][c.name], met[False][c.name], trust, share)
        for c in COMPARISONS
    }
    prior = total[True] / sum(total.values()) if min(total[True], total[False]) > trust else base.prior
    return msgspec.structs.replace(base, version=version, prior=round(prior, 6), comparisons=learnt)


def _fitted(
    base: Mapping[str, Odds], ones: Counter[str], others: Counter[str], trust: float, share: float
) -> dict[str, Odds]:
    def smoothed(counts: Counter[str], told: Mapping[str, float]) -> dict[str, float]:
        known = sum(counts[name] for name in base)
        weight = max(trust, share / (1 - share) * known)
        return {name: round((counts[name] + weight * told[name]) / (known + weight), 6) for name in base}

    m = smoothed(ones, {name: odds.m for name, odds in base.items()})
    u = smoothed(others, {name: odds.u for name, odds in base.items()})
    return {name: Odds(m[name], u[name]) for name in base}
