"""The filters of events as a page's form, its address or a program's request has them: all are read by `made`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec
from litestar.params import QueryParameter

from sijill.ledger.accounts import Rule
from sijill.store import Filter, FilterError

MOST = 2**31 - 1
FIELDS = (
    "since", "until", "place", "country", "actor", "type", "status", "source", "review", "min_killed", "max_killed",
)  # fmt: skip
"""What the forms of the pages ask for."""

Text = Annotated[str | None, QueryParameter(max_length=200)]
Day = Annotated[str | None, QueryParameter(pattern=r"^\d{4}-\d{2}-\d{2}$", description="An ISO day.")]
Count = Annotated[int | None, QueryParameter(ge=0, le=MOST)]
Limit = Annotated[int, QueryParameter(ge=1, le=500, description="How many at most.")]
Offset = Annotated[int, QueryParameter(ge=0, le=10_000_000, description="How many to pass over.")]
RuleAsked = Annotated[Rule, QueryParameter(description="The counting rule.")]


class Asked(msgspec.Struct, frozen=True):
    """A filter as it was asked for: the values of the form's fields, and the filter that they make."""

    values: dict[str, str]
    wanted: Filter

    @property
    def some(self) -> bool:
        """Whether anything was asked for."""
        return bool(self.values)


def filter_of(query: Mapping[str, str], **defaults: str) -> Asked:
    """The filter of a page's form: what is left empty is not asked for, what the form doesn't name takes its default.
    Raises `FilterError` for what can't be meant."""
    given = {name: query.get(name, defaults.get(name, "")).strip() for name in FIELDS}
    values = {name: value for name, value in given.items() if value}
    return Asked(values, made(values))


def made(given: Mapping[str, Any]) -> Filter:
    """The filter of values by their names, as words or as what they stand for; None and empty words are left out. Raises
    `FilterError` for what can't be meant."""
    values = {name: value for name, value in given.items() if value not in (None, "")}
    for name, count in (("box", 4), ("near", 3)):
        if isinstance(values.get(name), str):
            values[name] = _numbers(name, values[name], count)
    for name in ("min_killed", "max_killed"):
        if isinstance(values.get(name), str):
            if not values[name].isdecimal():
                raise FilterError(f"{name} is no number: {values[name]}")
            values[name] = int(values[name])
    return msgspec.convert(values, Filter)


def _numbers(name: str, given: str, count: int) -> tuple[float, ...]:
    try:
        found = tuple(float(part) for part in given.split(","))
    except ValueError:
        found = ()
    if len(found) != count or not all(abs(number) < 1e6 for number in found):
        raise FilterError(f"{name}: {count} numbers with commas between them are wanted")
    return found


def wanted(
    since: Day = None,
    until: Day = None,
    place: Annotated[
        str | None, QueryParameter(max_length=200, description="A place's name or a part of it, Latin or Arabic.")
    ] = None,
    country: Annotated[
        str | None, QueryParameter(pattern="^[A-Za-z]{2}$", description="ISO 3166-1 alpha-2.")
    ] = None,
    box: Annotated[
        str | None, QueryParameter(max_length=200, description="south,west,north,east in degrees.")
    ] = None,
    near: Annotated[
        str | None, QueryParameter(max_length=200, description="latitude,longitude,kilometres.")
    ] = None,
    actor: Annotated[str | None, QueryParameter(max_length=200, description="An actor's id, on either side.")] = None,
    kind: Annotated[
        str | None,
        QueryParameter(name="type", max_length=60, description="A type, or a group of types, of the codebook."),
    ] = None,
    min_killed: Count = None,
    max_killed: Count = None,
    status: Annotated[str | None, QueryParameter(pattern="^(reported|claimed|denied)$")] = None,
    source: Annotated[str | None, QueryParameter(max_length=200, description="A house or a name on whose word it is.")] = None,
    review: Annotated[str | None, QueryParameter(pattern="^(machine|accepted|corrected|added|rejected)$")] = None,
    conflicts: Annotated[bool, QueryParameter(description="Only where newer rules and people's decisions differ.")] = False,
    tellings: Annotated[bool, QueryParameter(description="Every report's telling, not the accounts that they make.")] = False,
) -> Filter:  # fmt: skip
    """Which events; every filter that is given must hold."""
    return made(
        {
            "since": since, "until": until, "place": place, "country": country, "box": box, "near": near, "actor": actor,
            "type": kind, "min_killed": min_killed, "max_killed": max_killed, "status": status, "source": source,
            "review": review, "conflicts": conflicts, "tellings": tellings,
        }
    )  # fmt: skip
