"""The bytes that a report was read from, kept beside it for custody."""

from __future__ import annotations

import hashlib

import msgspec

from sijill.records import Report


class Original(msgspec.Struct, frozen=True):
    """`content` as it was received; `media_type` by IANA's names; `origin` the path or URL that it came from."""

    content: bytes
    media_type: str
    origin: str

    @property
    def sha256(self) -> str:
        """The content's SHA-256 in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


Item = tuple[Report, Original]
"""A report with the bytes that it was read from."""
