"""What a page's filters ask of the register: the query of a form as a `Filter`, kind to what is left empty."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from sijill.store import Filter, FilterError

TEXTS = ("since", "until", "place", "country", "actor", "type", "status", "source", "review")
NUMBERS = ("min_killed", "max_killed")


class Asked(msgspec.Struct, frozen=True):
    """A filter as it was asked for: the values of the form's fields, and the filter that they make."""

    values: dict[str, str]
    wanted: Filter

    @property
    def some(self) -> bool:
        """Whether anything was asked for."""
        return bool(self.values)


def filter_of(query: Mapping[str, str], **defaults: str) -> Asked:
    """The filter of a form's query; what the form doesn't name takes its default. Raises `FilterError` where a number is
    none."""
    values = {
        name: value.strip()
        for name in (*TEXTS, *NUMBERS)
        if (value := query.get(name, defaults.get(name, ""))).strip()
    }
    given: dict[str, str | int] = {}
    for name, value in values.items():
        if name in NUMBERS:
            if not value.isdecimal():
                raise FilterError(f"{name} is no number: {value}")
            given[name] = int(value)
        else:
            given[name] = value
    return Asked(values, msgspec.convert(given, Filter))
