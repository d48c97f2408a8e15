"""ZIP archives: what is in them is read in memory and never written out, within limits."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

import msgspec

from sijill.reading.fields import ReadError
from sijill.reading.originals import Item

MIB = 1024 * 1024
UNREAD = (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, RuntimeError)
"""What is raised of an archive that is damaged, or of a kind or version that is not read (NotImplementedError is a
RuntimeError)."""


class Limits(msgspec.Struct, frozen=True):
    """How much an archive may hold, all archives inside it counted in: members, bytes of one member and of all, how many
    times larger a member may be than its packed form (beyond the first MiB), and archives within archives."""

    members: int = 10_000
    member_bytes: int = 64 * MIB
    total_bytes: int = 1024 * MIB
    ratio: int = 200
    depth: int = 3


class Budget:
    """What is left of the limits while an archive is read."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.members = limits.members
        self.bytes = limits.total_bytes


class _OverLimitError(Exception):
    """The whole archive is over a limit, so that reading stops."""


Reader = Callable[[bytes, str, str, int], Iterator[Item | ReadError]]
"""Reads a member: its bytes, its name, where it is, and how deep; archives inside come back to `read_zip`."""


def read_zip(
    data: bytes, origin: str, read: Reader, budget: Budget, depth: int = 1
) -> Iterator[Item | ReadError]:
    """The reports of a ZIP archive's members, in the archive's order, each read by `read`.

    What is encrypted, damaged or over a member's limits is told and passed over; at the archive's limits reading stops.
    Sizes are counted as the bytes come: what the archive says of itself is not believed.
    """
    if depth > budget.limits.depth:
        yield ReadError(
            origin, None, f"archives within archives are read to a depth of {budget.limits.depth}"
        )
        return
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except UNREAD as error:
        yield ReadError(origin, None, f"not a ZIP archive that can be read ({error})")
        return
    with archive:
        try:
            for info in archive.infolist():
                name = info.filename
                if (
                    name.endswith("/")
                    or name.startswith("__MACOSX/")
                    or name.rpartition("/")[2].startswith(".")
                ):
                    continue
                budget.members -= 1
                if budget.members < 0:
                    raise _OverLimitError(f"more than {budget.limits.members} members")
                place = f"{origin}!{name}"
                content = _member(archive, info, place, budget)
                if isinstance(content, ReadError):
                    yield content
                else:
                    yield from read(content, name, place, depth)
        except _OverLimitError as error:
            yield ReadError(origin, None, f"reading stopped: {error}")


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: str, budget: Budget) -> bytes | ReadError:
    limits = budget.limits
    if info.flag_bits & 1:
        return ReadError(place, None, "it is encrypted")
    most = min(limits.member_bytes, max(MIB, info.compress_size * limits.ratio))
    try:
        with archive.open(info) as stream:
            content = stream.read(min(most, budget.bytes) + 1)
    except UNREAD as error:
        return ReadError(place, None, f"it is damaged or packed in a way that is not read ({error})")
    budget.bytes -= len(content)
    if budget.bytes < 0:
        raise _OverLimitError(f"more than {limits.total_bytes} bytes")
    if len(content) > most:
        over = (
            f"more than {limits.member_bytes} bytes"
            if most == limits.member_bytes
            else f"more than {limits.ratio} times its packed size"
        )
        return ReadError(place, None, f"it unpacks to {over}")
    return content
