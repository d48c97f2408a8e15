"""The filters of events as a page's address or a program's request has them."""

from __future__ import annotations

from typing import Annotated

from litestar.exceptions import ValidationException
from litestar.params import QueryParameter

from sijill.ledger.accounts import Rule
from sijill.store import Filter

MOST = 2**31 - 1

Text = Annotated[str | None, QueryParameter(max_length=200)]
Day = Annotated[str | None, QueryParameter(pattern=r"^\d{4}-\d{2}-\d{2}$", description="An ISO day.")]
Count = Annotated[int | None, QueryParameter(ge=0, le=MOST)]
Limit = Annotated[int, QueryParameter(ge=1, le=500, description="How many at most.")]
Offset = Annotated[int, QueryParameter(ge=0, le=10_000_000, description="How many to pass over.")]
RuleAsked = Annotated[Rule, QueryParameter(description="The counting rule.")]


def numbers(name: str, given: str | None, count: int) -> tuple[float, ...] | None:
    """So many numbers with commas between them. Raises `ValidationException` for anything else."""
    if given is None or not given.strip():
        return None
    try:
        found = tuple(float(part) for part in given.split(","))
    except ValueError:
        found = ()
    if len(found) != count or not all(abs(number) < 1e6 for number in found):
        raise ValidationException(detail=f"{name}: {count} numbers with commas between them are wanted")
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
    return Filter(
        since=since,
        until=until,
        place=place or None,
        country=country,
        box=numbers("box", box, 4),  # type: ignore[arg-type]
        near=numbers("near", near, 3),  # type: ignore[arg-type]
        actor=actor or None,
        type=kind or None,
        min_killed=min_killed,
        max_killed=max_killed,
        status=status,
        source=source or None,
        review=review,
        conflicts=conflicts,
        tellings=tellings,
    )
