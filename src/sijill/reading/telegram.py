"""Telegram Desktop's JSON export: each message with words a report, the chat its source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sijill.reading.fields import Defaults, ReadError, report_from
from sijill.reading.originals import Item, Original


def looks_like_telegram(value: Any) -> bool:
    """Whether a JSON document is an export of one chat or of an account."""
    if not isinstance(value, dict):
        return False
    messages = value.get("messages")
    if isinstance(messages, list) and "type" in value:
        return not messages or (
            isinstance(messages[0], dict) and {"id", "type", "date"} <= messages[0].keys()
        )
    chats = value.get("chats")
    return isinstance(chats, dict) and isinstance(chats.get("list"), list)


def read_telegram(value: Any, data: bytes, origin: str, defaults: Defaults) -> Iterator[Item | ReadError]:
    """The messages of an export as reports. `value` is the parsed document, `data` its bytes.

    Dates are the day that the export writes, in the exporter's time zone. Service messages and messages without words
    (pictures, polls) are left out.
    """
    original = Original(data, "application/json", origin)
    chats = [value] if "messages" in value else value["chats"]["list"]
    for number, chat in enumerate(chats, 1):
        if not isinstance(chat, dict) or not isinstance(chat.get("messages"), list):
            yield ReadError(origin, None, f"chat {number} is not as Telegram Desktop writes it")
            continue
        name = str(chat.get("name") or f"chat {number}")
        for message in chat["messages"]:
            if not isinstance(message, dict) or message.get("type") != "message":
                continue
            text = words_of(message.get("text"))
            if not text.strip():
                continue
            cells = {
                "id": f"telegram-{chat.get('id', number)}-{message.get('id')}",
                "text": text,
                "source": name,
                "published": message.get("date"),
            }
            try:
                yield report_from(cells, "", defaults), original
            except ValueError as error:
                yield ReadError(origin, None, f"message {message.get('id')} of {name}: {error}")


def words_of(text: Any) -> str:
    """A message's words: a string, or a list of strings and of pieces with formatting."""
    if isinstance(text, str):
        return text
    if not isinstance(text, list):
        return ""
    pieces = (
        piece if isinstance(piece, str) else piece.get("text")
        for piece in text
        if isinstance(piece, str | dict)
    )
    return "".join(piece for piece in pieces if isinstance(piece, str))
