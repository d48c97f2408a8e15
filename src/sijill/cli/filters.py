"""The filters of events, shared by every command that lists or writes them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, get_type_hints

import typer


def _option(kind: Any, help_: str, *names: str, metavar: str | None = None, **more: Any) -> Any:
    return Annotated[kind, typer.Option(*names, metavar=metavar, help=help_, **more)]


_OPTIONS: dict[str, Any] = {
    "since": _option(str | None, "Events of this day or later.", metavar="DATE"),
    "until": _option(str | None, "Events of this day or earlier.", metavar="DATE"),
    "place": _option(str | None, "A place's name or a part of it, Latin or Arabic.", metavar="NAME"),
    "country": _option(str | None, "Country, ISO 3166-1 alpha-2.", metavar="CODE"),
    "box": _option(str | None, "Within these degrees.", metavar="S,W,N,E"),
    "near": _option(str | None, "Within this distance.", metavar="LAT,LON,KM"),
    "actor": _option(str | None, "An actor on either side.", metavar="ID"),
    "type": _option(str | None, "A type, or a group of types, of the codebook.", metavar="TYPE"),
    "min_killed": _option(int | None, "At least so many killed, by the best estimate.", metavar="N", min=0),
    "max_killed": _option(int | None, "At most so many killed, by the best estimate.", metavar="N", min=0),
    "status": _option(str | None, "reported, claimed or denied.", metavar="STATUS"),
    "source": _option(str | None, "A house that tells of it, or a name on whose word.", metavar="NAME"),
    "conflicts": _option(bool, "Only where newer rules and people's decisions differ.", "--conflicts"),
    "tellings": _option(bool, "Every report's telling, not the accounts that they make.", "--tellings"),
}


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of the filters; it is called with the `Filter` that they make as `wanted`."""

    @wraps(command)
    def with_filter(**given: Any) -> None:
        from sijill.store import Filter

        asked = {name: given.pop(name) for name in _OPTIONS}
        asked["box"] = _numbers("--box", asked["box"], 4)
        asked["near"] = _numbers("--near", asked["near"], 3)
        command(wanted=Filter(**asked), **given)

    # The type of `wanted` is only imported where types are checked.
    hints = get_type_hints(command, localns={"Filter": Any}, include_extras=True)
    own = [
        each.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=hints[name])
        for name, each in inspect.signature(command).parameters.items()
        if name != "wanted"
    ]
    options = [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=False if name in ("conflicts", "tellings") else None,
            annotation=option,
        )
        for name, option in _OPTIONS.items()
    ]
    with_filter.__dict__["__signature__"] = inspect.Signature([*own, *options])
    with_filter.__annotations__ = {each.name: each.annotation for each in (*own, *options)}
    return with_filter


def _numbers(name: str, given: str | None, count: int) -> tuple[float, ...] | None:
    if given is None:
        return None
    try:
        numbers = tuple(float(part) for part in given.split(","))
    except ValueError:
        numbers = ()
    if len(numbers) != count:
        raise typer.BadParameter(f"{count} numbers with commas between them are wanted", param_hint=name)
    return numbers
