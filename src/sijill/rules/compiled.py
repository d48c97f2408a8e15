"""Compiled knowledge, kept on disk: what takes long to make out of the knowledge files is made once and read back after.

It lies in the user's cache folder as MessagePack, plain data that can run nothing. Each file begins with a digest of what it
was made from, the knowledge files and the code; one that doesn't fit, or is cut short, is made anew. Where the folder can't
be written, everything works as well and starts more slowly. A file is written beside its place and then moved there, so that
processes that start together never read half of one.
"""

from __future__ import annotations

import os
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import msgspec
import platformdirs

Made = TypeVar("Made")


def cache_folder() -> Path:
    """Where compiled knowledge is kept: `SIJILL_CACHE`, else the user's cache folder."""
    return Path(os.environ.get("SIJILL_CACHE") or platformdirs.user_cache_dir("sijill"))


def compiled(name: str, sources: Iterable[Path], type_: type[Made], make: Callable[[], Made]) -> Made:
    """What `make` makes of the files `sources`, read from the cache where it is there and fits them.

    `sources` are the knowledge files and the modules that say how they are compiled; `name` is the file's name in the
    cache, `type_` the type that MessagePack is read as.
    """
    digest = _digest(sources)
    path = cache_folder() / f"{name}.msgpack"
    with suppress(OSError, msgspec.MsgspecError):
        kept = path.read_bytes()
        if kept.startswith(digest):
            return msgspec.msgpack.decode(memoryview(kept)[len(digest) :], type=type_)
    made = make()
    with suppress(OSError):
        _write(path, digest + msgspec.msgpack.encode(made))
    return made


def _digest(sources: Iterable[Path]) -> bytes:
    digest = sha256(f"{sys.version} {unicodedata.unidata_version} {msgspec.__version__}".encode())
    for path in sources:
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)} ".encode())
        digest.update(content)
    return digest.digest()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise
