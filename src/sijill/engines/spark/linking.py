"""The ledger on Spark: which reports are copies, which events are one, what is known of each. The same accounts as
`sijill.ledger` makes of the same records on one machine.

Every step that decides is the ledger's own function, given all that belongs together and nothing else: pairs of texts,
connected events, the stretches of one battle, the tellings of one event. Spark brings those together; Splink scores.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import product
from typing import Any

import msgspec
import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import StructType

from sijill.engines.spark.reading import in_batches
from sijill.engines.tables import ACCOUNTS, account_row, schema_of
from sijill.ledger.accounts import Linked, Rule, make_account
from sijill.ledger.battles import Stretch, one_battle, stretch_of, with_battles
from sijill.ledger.counting import estimates
from sijill.ledger.duplicates import are_copies, bands, shingles, signature
from sijill.ledger.linking import KEEP_BITS, Link, Weights, cluster, shipped_weights, splink_settings
from sijill.ledger.traits import Traits, ref_of, table_of, traits_of
from sijill.records import Record

Batches = Iterator[pa.RecordBatch]
Rows = Iterator[dict[str, Any]]

_TEXT, _INT, _REAL = pa.string(), pa.int64(), pa.float64()
_BAND = schema_of(("id", _TEXT), ("band", _INT))
_PAIR = schema_of(("left", _TEXT), ("right", _TEXT))
_TRAITS = table_of([]).schema
_GROUP = schema_of(
    ("group", _TEXT), ("keys", pa.list_(_TEXT)), ("start", _INT), ("row", _INT), ("column", _INT),
    ("stretch", _TEXT),
)  # fmt: skip
_LINKED = schema_of(("account", _TEXT), ("key", _TEXT), ("day", _INT))
_DAYS_APART, _BOXES_PER_DEGREE = 45, 4


def accounts_of(records: DataFrame, rule: Rule, weights: Weights | None = None) -> DataFrame:
    """The accounts (`ACCOUNTS`) of a frame with the columns `id` (a report's, each once) and `record` (JSON). The session
    needs a checkpoint folder that all executors reach."""
    model = weights or shipped_weights()
    spoken = _kept(_with_voices(records))
    traits = _kept(_with_crowds(_mapped(spoken, _traits, _TRAITS)))
    links = _kept(_scored(traits, model))
    groups = _kept(_grouped(traits, links, model))
    linked = _joined_battles(groups, traits)
    told = (
        linked.join(traits.select("key", F.col("record").alias("id")), "key").join(spoken, "id")
        .select("account", "key", "day", "record", "voice")
    )  # fmt: skip
    return told.groupBy("account").applyInArrow(_account_by(rule), _spark(ACCOUNTS))


def _spark(schema: pa.Schema) -> StructType:
    return from_arrow_schema(schema)


def _mapped(frame: DataFrame, rows: Callable[[Rows], Rows], schema: pa.Schema) -> DataFrame:
    """A frame of what a function makes of each row of another."""

    def mapped(batches: Batches) -> Batches:
        yield from in_batches(rows(row for batch in batches for row in batch.to_pylist()), schema)

    return frame.mapInArrow(mapped, _spark(schema))


def _kept(frame: DataFrame) -> DataFrame:
    """The frame, worked out once and written to the checkpoint folder: later steps start from it."""
    return frame.checkpoint()


def _session(frame: DataFrame) -> SparkSession:
    return frame.sparkSession


# --- copies


def _with_voices(records: DataFrame) -> DataFrame:
    """The records with the column `voice`: the id of the first of a report's copies, its own where it has none."""
    boxes = _mapped(records, _bands, _BAND)
    other = boxes.withColumnRenamed("id", "right")
    pairs = (
        boxes.withColumnRenamed("id", "left").join(other, "band").where("left < right").select("left", "right").distinct()
    )  # fmt: skip
    texts = records.select("id", F.get_json_object("record", "$.report.text").alias("text"))
    both = pairs.join(texts.toDF("left", "left_text"), "left").join(
        texts.toDF("right", "right_text"), "right"
    )
    copies = _mapped(both, _copies, _PAIR)
    return (
        _components(records.select("id"), copies, "voice").join(records, "id").select("id", "voice", "record")
    )


def _bands(rows: Rows) -> Rows:
    for row in rows:
        found = shingles(msgspec.json.decode(row["record"], type=Record).report.text)
        if found:
            for band in bands(signature(found)):
                short = hashlib.blake2b(band.encode(), digest_size=8).digest()
                yield {"id": row["id"], "band": int.from_bytes(short, "big", signed=True)}


def _copies(rows: Rows) -> Rows:
    known = lru_cache(maxsize=2000)(shingles)
    for row in rows:
        if are_copies(known(row["left_text"]), known(row["right_text"])):
            yield {"left": row["left"], "right": row["right"]}


def _components(nodes: DataFrame, edges: DataFrame, name: str) -> DataFrame:
    """For each node (the only column of `nodes`) the least node of its connected component, as column `name`."""
    (column,) = nodes.columns
    least = nodes.select(F.col(column), F.col(column).alias(name)).localCheckpoint()
    both = (
        edges.unionAll(edges.select(F.col("right"), F.col("left")))
        .distinct()
        .toDF("one", "other")
        .localCheckpoint()
    )
    while both.take(1):
        beside = (
            both.join(least, F.col("other") == F.col(column)).groupBy("one").agg(F.min(name).alias("beside"))
        )
        nearer = least.join(beside, F.col(column) == F.col("one"), "left").select(
            F.col(column), F.least(name, "beside").alias(name), (F.col("beside") < F.col(name)).alias("moved")
        )
        # What the least neighbour has found by itself is taken over too, which halves the way in every round.
        far = least.toDF("of", "its")
        hopped = nearer.join(far, F.col(name) == F.col("of")).select(
            column, F.least(name, "its").alias(name), "moved"
        )
        hopped = hopped.localCheckpoint()
        least = hopped.select(column, name)
        if not hopped.where("moved").take(1):
            break
    return least


# --- traits


def _traits(rows: Rows) -> Rows:
    for row in rows:
        record = _named(row)
        yield from table_of(traits_of([record], {record.report.id: row["voice"]})).to_pylist()


def _named(row: dict[str, Any]) -> Record:
    """The record of a row, its report called by the row's id."""
    record = msgspec.json.decode(row["record"], type=Record)
    return msgspec.structs.replace(record, report=msgspec.structs.replace(record.report, id=row["id"])) \
        if record.report.id != row["id"] else record  # fmt: skip


def _with_crowds(traits: DataFrame) -> DataFrame:
    """The traits with what else is told of around them counted among all of them, as `sijill.ledger.traits.with_crowds`
    does."""
    base = _kept(traits.drop("crowd", "throng", "alike"))
    # The sort of an event by its first actors is null where either is not named, as then nothing is alike.
    sides = F.concat(F.try_element_at("side_a", F.lit(1)), F.lit(" "), F.try_element_at("side_b", F.lit(1)))
    for name, per_degree, sort in (("crowd", 10, F.lit("")), ("throng", 1, F.lit("")), ("alike", 1, sides)):
        last = F.greatest("start", F.least(F.coalesce("end", "start"), F.col("start") + 30))
        base = base.withColumns(
            {
                "cell_x": F.floor(F.col("lat") * per_degree),
                "cell_y": F.floor(F.col("lon") * per_degree),
                "sort": sort,
                "first": F.coalesce("start", "told"),
                "last": F.when(F.col("start").isNotNull(), last).otherwise(F.col("told")),
            }
        )
        base = base.join(_neighbours(base, name), list(_ASKED), "left").drop(*_ASKED)
        base = base.fillna({name: 0})
    return base.select(*_TRAITS.names)


_ASKED = ("cell_x", "cell_y", "sort", "first", "last")


def _neighbours(traits: DataFrame, name: str) -> DataFrame:
    """For each cell, sort and span of days with an event (of an undated one the day on which it was told) the number of
    events of that sort in the cells around, 4 to 30 days before or after."""
    whole = traits.where("`first` is not null and lat is not null and lon is not null and sort is not null")
    days = whole.groupBy("cell_x", "cell_y", "sort", F.col("first").alias("day")).agg(F.count("*").alias("n"))
    around = _session(traits).createDataFrame(list(product((-1, 0, 1), repeat=2)), "dx int, dy int")
    keys = whole.select(*_ASKED).distinct().crossJoin(F.broadcast(around))
    asked = keys.select(
        F.col("cell_x").alias("x"), F.col("cell_y").alias("y"), "sort", "first", "last",
        (F.col("cell_x") + F.col("dx")).alias("cell_x"), (F.col("cell_y") + F.col("dy")).alias("cell_y"),
    )  # fmt: skip
    apart = (F.col("first") - F.col("day")).between(4, 30) | (F.col("day") - F.col("last")).between(4, 30)
    return (
        asked.join(days, ["cell_x", "cell_y", "sort"]).where(apart).groupBy("x", "y", "sort", "first", "last")
        .agg(F.sum("n").alias(name)).toDF(*_ASKED, name)
    )  # fmt: skip


# --- scores


def _scored(traits: DataFrame, weights: Weights) -> DataFrame:
    """The candidate pairs with a score of at least -6 bits: left, right, bits."""
    from splink import Linker
    from splink.backends.spark import SparkAPI

    api = SparkAPI(spark_session=_session(traits), register_udfs_automatically=False)  # type: ignore[no-untyped-call]
    linker = Linker(api.register(traits), splink_settings(weights, "spark"), log_level="ERROR")
    # The least score is asked for after Splink has written the pairs: pushed down it would repeat every comparison.
    found: DataFrame = (
        linker.inference.predict().as_spark_dataframe().where(F.col("match_weight") >= KEEP_BITS)
    )
    one, other = F.col("unique_id_l"), F.col("unique_id_r")
    return found.select(
        F.least(one, other).alias("left"),
        F.greatest(one, other).alias("right"),
        F.col("match_weight").alias("bits"),
    )


# --- groups


def _grouped(traits: DataFrame, links: DataFrame, weights: Weights) -> DataFrame:
    """The groups of events that are one, before battles are joined: rows of `_GROUP`."""
    strong = links.where(F.col("bits") >= weights.threshold).select("left", "right")
    component = _components(traits.select("key"), strong, "component")
    placed = traits.join(component, "key")
    ends = component.toDF("left", "component"), component.toDF("right", "other")
    inside = links.join(ends[0], "left").join(ends[1], "right").where("component = other").drop("other")
    among = inside.select("component").distinct()
    alone = _mapped(placed.join(among, "component", "left_anti"), _alone, _GROUP)
    several = (
        placed.join(among, "component", "left_semi").groupBy("component").cogroup(inside.groupBy("component"))
    )
    return several.applyInArrow(_clustered_by(weights), _spark(_GROUP)).unionAll(alone)


def _alone(rows: Rows) -> Rows:
    for row in rows:
        yield _group_row((row["key"],), [traits_from(row)])


def _clustered_by(weights: Weights) -> Callable[[pa.Table, pa.Table], pa.Table]:
    def clustered(events: pa.Table, links: pa.Table) -> pa.Table:
        """The groups within one component."""
        rows = [traits_from(row) for row in events.to_pylist()]
        pairs = [Link(row["left"], row["right"], row["bits"]) for row in links.to_pylist()]
        groups = cluster(rows, pairs, weights)
        return pa.Table.from_pylist([_group_row(group, rows) for group in groups], schema=_GROUP)

    return clustered


def traits_from(row: dict[str, Any]) -> Traits:
    """The traits that a row of their table holds."""
    return msgspec.convert(row, Traits)


def _group_row(group: tuple[str, ...], rows: Iterable[Traits]) -> dict[str, Any]:
    found = stretch_of(group, {row.key: row for row in rows})
    row: dict[str, Any] = {"group": group[0], "keys": list(group)}
    if found is None or found.point.lat is None or found.point.lon is None:
        return row
    box = (int(x * _BOXES_PER_DEGREE // 1) for x in (found.point.lat, found.point.lon))
    return {
        **row,
        "start": found.start,
        **dict(zip(("row", "column"), box, strict=True)),
        "stretch": msgspec.json.encode(found).decode(),
    }


# --- battles


def _joined_battles(groups: DataFrame, traits: DataFrame) -> DataFrame:
    """Every event with the account that it belongs to, and the number of its day where a battle was told day by day."""
    battle = _components(groups.select("group"), _battle_pairs(groups), "battle")
    placed = groups.join(battle, "group").select("battle", "group", "keys")
    several = placed.groupBy("battle").count().where("count > 1").select("battle")
    alone = placed.join(several, "battle", "left_anti").select(
        F.col("group").alias("account"), F.explode("keys").alias("key"), F.lit(None).cast("long").alias("day")
    )
    events = placed.join(several, "battle", "left_semi").select(
        "battle", "group", F.explode("keys").alias("key")
    )
    days = events.join(traits.withColumnRenamed("group", "kind"), "key").groupBy("battle")
    return days.applyInArrow(_battle, _spark(_LINKED)).unionAll(alone)


def _battle_pairs(groups: DataFrame) -> DataFrame:
    """The groups that are stretches of one battle, as pairs."""
    stretches = groups.where("stretch is not null").select("group", "row", "column", "start", "stretch")
    around = F.explode(F.array(F.lit(-1), F.lit(0), F.lit(1)))
    wide = stretches.select("*", around.alias("dx")).select("*", around.alias("dy")).select(
        F.col("group").alias("left"), (F.col("row") + F.col("dx")).alias("row"),
        (F.col("column") + F.col("dy")).alias("column"), F.col("start").alias("first"), F.col("stretch").alias("left_stretch"),
    )  # fmt: skip
    other = stretches.withColumnRenamed("group", "right").withColumnRenamed("stretch", "right_stretch")
    near = wide.join(other, ["row", "column"]).where(
        (F.col("left") < F.col("right")) & (F.abs(F.col("first") - F.col("start")) <= _DAYS_APART)
    )
    return _mapped(near.select("left", "right", "left_stretch", "right_stretch"), _of_one_battle, _PAIR)


def _of_one_battle(rows: Rows) -> Rows:
    for row in rows:
        sides = (msgspec.json.decode(row[name], type=Stretch) for name in ("left_stretch", "right_stretch"))
        if one_battle(*sides):
            yield {"left": row["left"], "right": row["right"]}


def _battle(events: pa.Table) -> pa.Table:
    """The accounts of the groups between which stretches of one battle lie."""
    groups: dict[str, list[str]] = {}
    rows = []
    for row in events.to_pylist():
        groups.setdefault(row["group"], []).append(row["key"])
        rows.append(traits_from({**row, "group": row["kind"]}))
    rows.sort(key=lambda row: row.key)
    found = with_battles(rows, sorted(tuple(sorted(keys)) for keys in groups.values()))
    keys = {ref_of(row.key): row.key for row in rows}
    day_of = {ref: number for linked in found for number, day in enumerate(linked.days) for ref in day}
    told = [
        {"account": keys[min(linked.events)], "key": keys[ref], "day": day_of.get(ref)}
        for linked in found
        for ref in linked.events
    ]
    return pa.Table.from_pylist(told, schema=_LINKED)


# --- accounts


def _account_by(rule: Rule) -> Callable[[pa.Table], pa.Table]:
    def account(told: pa.Table) -> pa.Table:
        """The account of one event from all its tellings, and what the counting rule makes of it."""
        records: dict[str, Record] = {}
        voices: dict[str, str] = {}
        days: dict[int, list[tuple[str, int]]] = {}
        refs = []
        for row in told.to_pylist():
            ref = ref_of(row["key"])
            refs.append(ref)
            if row["day"] is not None:
                days.setdefault(row["day"], []).append(ref)
            if ref[0] not in records:
                records[ref[0]] = _named({"id": ref[0], "record": row["record"]})
                voices[ref[0]] = row["voice"]
        linked = Linked(
            events=tuple(sorted(refs)), days=tuple(sorted(tuple(sorted(day)) for day in days.values()))
        )
        account = make_account(records, linked, voices)
        return pa.Table.from_pylist([account_row(account, estimates(account.claims, rule))], schema=ACCOUNTS)

    return account
