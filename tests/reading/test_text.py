"""Bytes to characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill.reading.text import DecodingError, decode, encoding_of

ARABIC = 'قُتل ثلاثة جنود في "هجوم" قرب الموصل عام 2016،\r\nوفق وكالة'
PLAIN = ARABIC.replace("ُ", "")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256"]
)
@pytest.mark.parametrize("text", [PLAIN, "Three soldiers were killed near Mosul.\nA second line."])
def test_decode_tells_the_encoding(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_decode_big_endian_with_its_mark() -> None:
    assert decode(b"\xfe\xff" + ARABIC.encode("utf-16-be")) == ARABIC


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1))
def test_decode_utf8_gives_every_text_back(text: str) -> None:
    text = text.removeprefix("\ufeff")
    assert decode(b"\xef\xbb\xbf" + text.encode()) == text


def test_decode_lone_surrogate_becomes_one_replacement_character() -> None:
    assert decode("قتل".encode() + b" \xed\xa0\x80 " + "جندي".encode()) == "قتل \ufffd جندي"


def test_decode_damaged_utf8_stays_utf8() -> None:
    assert decode(ARABIC.encode() * 3 + b"\xd9") == ARABIC * 3 + "\ufffd"


def test_decode_character_cut_at_the_end_of_the_head() -> None:
    assert encoding_of(("ق" * 40_000).encode()) == "utf-8"
    assert encoding_of(b"x" + ("ق" * 40_000).encode()) == "utf-8"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 x",
        b"\x89PNG\r\n\x1a\n",
        b"\x1f\x8b\x08\x00",
        bytes(range(256)) * 20,
        b"PK\x03\x04rest",
        b"\x00\x01\x02\x03" * 100,
        b"\x80\x02}q\x00" * 50,
    ],
)
def test_decode_refuses_binary_data(data: bytes) -> None:
    with pytest.raises(DecodingError):
        decode(data)
