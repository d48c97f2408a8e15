"""What an engine is: it maps reports to records, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from sijill.language.identify import UnreadLanguageError
from sijill.reading.fields import Located, ReadError
from sijill.records import Record, Report

Coder = Callable[[Report], Record]
"""Codes one report. An engine of many processes needs one that pickles: a function of a module."""


class Engine(Protocol):
    """Maps what was read to what was coded."""

    def code(self, items: Iterable[Located | ReadError]) -> Iterator[Record | ReadError]:
        """One result for each item, in the items' order, as a stream: a report's record, or why it was left out. Errors
        of reading pass through in their place."""
        ...


def code_report(report: Report) -> Record:
    """The coder that ships."""
    from sijill.coding import code

    return code(report)


def code_one(item: Located, coder: Coder) -> Record | ReadError:
    """The record of one report, or why there is none; no error of the coder's ends a run."""
    from sijill.coding import TooLongError

    try:
        return coder(item.report)
    except (UnreadLanguageError, TooLongError) as error:
        return ReadError(item.path, item.line, str(error))
    except Exception as error:
        return ReadError(item.path, item.line, f"could not be coded: {type(error).__name__}: {error}")
