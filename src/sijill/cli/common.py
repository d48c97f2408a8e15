"""What the commands have in common: how they fail, where a register is, how output is written."""

from __future__ import annotations

import getpass
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from rich.progress import Progress

    from sijill.records import Record, Report
    from sijill.store import Store

FAILURE, USAGE, LEFT_OUT = 1, 2, 3


class Rule(StrEnum):
    """The counting rules."""

    ucdp = "ucdp"
    acled = "acled"
    airwars = "airwars"


Db = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="PLACE",
        help="SQLite file or PostgreSQL URL. Default: SIJILL_DB, else sijill.db.",
        show_default=False,
    ),
]
Who = Annotated[
    str | None, typer.Option("--as", metavar="NAME", help="Who decides. Default: the user who is logged in.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Link = Annotated[bool, typer.Option("--link/--no-link", help="Tell afterwards which events are one.")]
SourceName = Annotated[
    str | None, typer.Option("--source", metavar="NAME", help="Source of reports that don't say their own.")
]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write here instead of standard output.")
]


def fail(message: str) -> NoReturn:
    """Say what is wrong and end with the status of a failure."""
    say(message)
    raise typer.Exit(FAILURE)


def say(message: str, progress: Progress | None = None) -> None:
    """One message, one line, on standard error; above the progress bar where one is shown."""
    line = "".join(char if char.isprintable() else " " for char in message)
    if progress is not None:
        progress.console.print(line, markup=False, highlight=False, soft_wrap=True, emoji=False)
    else:
        typer.echo(line, err=True)


@contextmanager
def told() -> Iterator[None]:
    """What a person can mend is said in one line; anything else is a fault of ours and shows itself."""
    from sijill.store import DecisionError, FilterError, StoreError

    try:
        yield
    except (StoreError, DecisionError, FilterError) as error:
        fail(str(error))


@contextmanager
def opened(db: str | None) -> Iterator[Store]:
    """The register at `db`, else where SIJILL_DB says."""
    from sijill.store import Store, location

    with told(), Store.open(location(db)) as store:
        yield store


def person(name: str | None) -> str:
    """Who decides: the name that is given, else the user who is logged in."""
    return name or getpass.getuser()


def coder() -> Callable[[Report], Record]:
    """What codes the reports that are added."""
    from sijill.coding import code

    return code


def write(pieces: Iterable[str], output: Path | None) -> None:
    """Write pieces of text as they come, in UTF-8: to standard output, or to a file that takes the place of an older one
    only when it is whole."""
    try:
        with sink(output) as put:
            for piece in pieces:
                put(piece.encode())
    except BrokenPipeError:
        # The reader has seen enough. Standard output is closed, so that the interpreter doesn't try to flush it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(FAILURE) from None
    except OSError as error:
        fail(f"{output or 'standard output'}: {error.strerror or error}")


@contextmanager
def sink(output: Path | None) -> Iterator[Callable[[bytes], object]]:
    """Where bytes are written: standard output, or a file that takes the place of an older one only when it is whole."""
    if output is None or str(output) == "-":
        stream = sys.stdout.buffer

        def put(data: bytes) -> None:
            stream.write(data)
            stream.flush()

        yield put
        return
    target = Path(os.path.realpath(output))
    if target.exists() and not target.is_file():
        with target.open("wb") as special:
            yield special.write
        return
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file.write
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask())
        os.replace(name, target)
    except BaseException:
        os.unlink(name)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
