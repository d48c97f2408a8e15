"""The words of the workbench in each of its languages: data beside this file, one folder a language.

A message is named by its file and key (`queue.title`). Its value is text with `{names}` to fill in, or, where a number
`n` changes the words, a table of the plural categories of Unicode CLDR (zero, one, two, few, many, other).
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale

Message = str | dict[str, str]
Translate = Callable[..., str]

FOLDER = Path(__file__).parent
LANGUAGES = {"ar": "العربية", "en": "English"}
"""The languages by ISO 639-1 code, each with its own name for itself."""
DIRECTIONS = {"ar": "rtl", "en": "ltr"}


@lru_cache
def catalogue(language: str) -> Mapping[str, Message]:
    """Every message of a language by its name."""
    messages: dict[str, Message] = {}
    for path in sorted((FOLDER / language).glob("*.toml")):
        for key, value in tomllib.loads(path.read_text(encoding="utf-8")).items():
            messages[f"{path.stem}.{key}"] = value
    return messages


@lru_cache
def translator(language: str) -> Translate:
    """The function `t(name, **values)` of a language. Raises `KeyError` for a message that there is not."""
    messages = catalogue(language)
    category = Locale(language).plural_form

    def translate(name: str, /, **values: Any) -> str:
        message = messages[name]
        if isinstance(message, dict):
            message = message.get(category(values["n"])) or message["other"]
        return message.format(**values) if values else message

    return translate


def choose(asked: str | None, kept: str | None, accepted: str) -> str:
    """The language to speak: the one asked for, else the one kept from before, else the first of ours that the browser
    accepts (an Accept-Language header), else English."""
    for code in (asked, kept):
        if code in LANGUAGES:
            return str(code)
    weighed = []
    for position, entry in enumerate(accepted.split(",")[:20]):
        code, _, weight = entry.strip().partition(";q=")
        try:
            weighed.append((-float(weight or 1), position, code.split("-")[0].lower()))
        except ValueError:
            continue
    return next((code for _, _, code in sorted(weighed) if code in LANGUAGES), "en")
