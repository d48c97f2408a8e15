"""Bytes to characters: UTF-8, UTF-16 and UTF-32 by their marks, UTF-16 without one, Windows-1256 and Windows-1252."""

from __future__ import annotations

import codecs
import re

from sijill.reading.fields import well_formed

# The longer marks first: the mark of UTF-32-LE begins with that of UTF-16-LE.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"PAR1", "a Parquet file"),
    (b"\x7fELF", "a program"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"SQLite format 3", "an SQLite database"),
)
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_ARABIC_1256 = re.compile("[\u0621-\u063a\u0641-\u064a]")
_HEAD = 65_536


class DecodingError(ValueError):
    """The bytes are not text in an encoding that is read."""


def encoding_of(data: bytes) -> str:
    """The encoding of a text, told from its head: a Python codec name.

    A byte order mark is believed; then UTF-16 by its zero bytes, UTF-8 where it is valid or nearly so, Windows-1256
    where that makes mostly Arabic letters, Windows-1252 where few bytes are not ASCII. Raises `DecodingError` for
    binary data and for what fits none of these.
    """
    head = data[:_HEAD]
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    for magic, what in _MAGIC:
        if head.startswith(magic):
            raise DecodingError(f"binary data ({what}), not text")
    wide = _utf16_without_mark(head)
    if wide:
        return wide
    if b"\x00" in head and head.count(0) * 200 > len(head):
        raise DecodingError("binary data, not text")
    whole = head if len(data) <= _HEAD else head[: max(head.rfind(b"\n"), head.rfind(b" ")) + 1] or head
    if _nearly_utf8(whole):
        text = whole.decode("utf-8", "replace")
        if len(_CONTROL.findall(text)) * 50 > len(text):
            raise DecodingError("binary data, not text")
        return "utf-8"
    return _one_byte(whole)


def _utf16_without_mark(head: bytes) -> str | None:
    """UTF-16 shows in every other byte: 0x00 before Latin letters and spaces, 0x06 before Arabic ones."""
    pairs = len(head) // 2
    if pairs < 2:
        return None
    even, odd = head[0 : pairs * 2 : 2], head[1 : pairs * 2 : 2]
    high = [sum(map(part.count, (0x00, 0x06))) for part in (even, odd)]
    for own, other, name in ((high[1], high[0], "utf-16-le"), (high[0], high[1], "utf-16-be")):
        if own * 10 >= pairs * 8 and other * 10 <= pairs and b"\x00" in head:
            return name
    return None


def _nearly_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8 but for a few that are damaged: at most one bad sequence to twenty good ones."""
    data = _SURROGATE.sub(b"?", data)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        bad = text.count("\ufffd")
        good = sum(c > "\x7f" for c in text) - bad
        return bad * 20 <= good
    return True


def _one_byte(data: bytes) -> str:
    high = sum(byte > 0x7F for byte in data)
    controls = sum(byte < 0x20 and byte not in b"\t\n\r\x0c\x1b" for byte in data)
    if controls * 50 > len(data):
        raise DecodingError("binary data, not text")
    arabic = len(_ARABIC_1256.findall(data.decode("cp1256")))
    if arabic * 10 >= high * 7 and arabic * 3 >= len(data):
        return "cp1256"
    if high * 10 <= len(data):
        return "cp1252"
    raise DecodingError("not text in an encoding that is read (UTF-8, UTF-16, Windows-1256)")


def decode(data: bytes, encoding: str | None = None) -> str:
    """The characters of a text, a byte order mark taken off, line ends as they are.

    A lone surrogate becomes one U+FFFD, and so does what is damaged. Raises `DecodingError` as `encoding_of` does.
    """
    name = encoding or encoding_of(data)
    for mark, marked in _MARKS:
        if marked == name and data.startswith(mark):
            data = data[len(mark) :]
    if name == "utf-8":
        data = _SURROGATE.sub(b"\xef\xbf\xbd", data)
    return well_formed(data.decode(name, "replace"))
