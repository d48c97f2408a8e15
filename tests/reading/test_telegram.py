"""Telegram Desktop's export, as the program writes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sijill.reading.fields import ReadError
from sijill.reading.items import read_items
from sijill.reading.telegram import looks_like_telegram, words_of

CHAT: dict[str, Any] = {
    "name": "أخبار المدينة",
    "type": "public_channel",
    "id": 1234567890,
    "messages": [
        {"id": 1, "type": "service", "date": "2023-10-07T08:00:00", "action": "create_channel", "text": ""},
        {"id": 2, "type": "message", "date": "2023-10-07T23:30:00", "from": "أخبار المدينة", "text": "قُتل ثلاثة جنود قرب الموصل."},
        {
            "id": 3, "type": "message", "date": "2023-10-08T00:10:00",
            "text": ["عاجل: ", {"type": "bold", "text": "قصف"}, " على إدلب ", {"type": "hashtag", "text": "#إدلب"}],
        },
        {"id": 4, "type": "message", "date": "2023-10-08T00:11:00", "photo": "photos/1.jpg", "text": ""},
        {"id": 5, "type": "message", "date": "the day after", "text": "words"},
    ],
}  # fmt: skip


def export(folder: Path, value: object) -> Path:
    path = folder / "result.json"
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_chat(tmp_path: Path) -> None:
    path = export(tmp_path, CHAT)
    first, second, third = read_items([path])
    assert not isinstance(first, ReadError)
    assert not isinstance(second, ReadError)
    assert (first[0].id, first[0].source, first[0].published) == (
        "telegram-1234567890-2",
        "أخبار المدينة",
        "2023-10-07",
    )
    assert (second[0].text, second[0].published) == ("عاجل: قصف على إدلب #إدلب", "2023-10-08")
    assert isinstance(third, ReadError)
    assert first[1].content == path.read_bytes()


def test_a_whole_account(tmp_path: Path) -> None:
    both = {"about": "…", "chats": {"about": "…", "list": [CHAT, {**CHAT, "id": 2, "name": "B"}, {"id": 3}]}}
    found = list(read_items([export(tmp_path, both)]))
    assert len([each for each in found if not isinstance(each, ReadError)]) == 4
    assert len([each for each in found if isinstance(each, ReadError)]) == 3


def test_other_json_is_no_export() -> None:
    assert not looks_like_telegram([{"text": "a"}])
    assert not looks_like_telegram({"text": "a"})
    assert not looks_like_telegram({"messages": [1], "type": "x"})


def test_odd_texts() -> None:
    assert words_of(None) == ""
    assert words_of(["a", {"type": "x"}, 3, {"text": 4}, {"text": "b"}]) == "ab"
