"""Regular inflection, so that a lexicon line holds a lemma and not all its forms.

Arabic forms are given as unvowelled spelling has them: active and passive of sound verbs are one spelling.
"""

from __future__ import annotations

from collections.abc import Iterator

_PAST = ("", "ت", "وا", "ا", "تا", "ن")
_NO_ACCUSATIVE = ("ون", "ين", "ات", "ة", "ه", "ى", "اء", "ا", "و", "ي")
"""Endings of plurals that take no alef in the indefinite accusative."""
_PRESENT_PLURAL = ("ون", "ان", "وا")


def arabic_forms(form: str) -> Iterator[tuple[str, str, str]]:
    """(kind, inflection, surface) of a marked form; see `sijill.rules.lexicon` for the marks."""
    mark, _, rest = form.rpartition(":") if form[1:2] == ":" else ("", "", form)
    parts = rest.split("/")
    if mark == "v":
        yield from _arabic_verb(parts)
    elif mark == "n":
        yield from _arabic_noun(parts)
    elif mark == "m":
        yield "noun", "masdar", rest
    elif mark == "w":
        yield "word", "fixed", rest
    elif mark in ("1", "2"):
        yield "noun", "singular" if mark == "1" else "dual", rest
    else:
        yield "noun", "plain", rest


def _arabic_verb(parts: list[str]) -> Iterator[tuple[str, str, str]]:
    """`past/present[/…]`: past stems sound (قتل) or ending in ى/ا (رمى: رمت, رموا); further parts are taken as said."""
    past, *rest = parts
    if past.endswith("ى") or (past.endswith("ا") and len(past) > 2):
        for surface in (
            past,
            past[:-1] + "ت",
            past[:-1] + "وا",
            past[:-1] + "يا",
            past[:-1] + "تا",
            past[:-1] + "ين",
        ):
            yield "verb", "past", surface
    else:
        for suffix in _PAST:
            yield "verb", "past", past + suffix
    for present in rest[:1]:
        stem = present[1:]
        for prefix in "يت":
            yield "verb", "present", prefix + stem
            base = stem[:-1] if stem.endswith(("ي", "ى", "و")) else stem
            for suffix in _PRESENT_PLURAL:
                yield "verb", "present", prefix + base + suffix
    for other in rest[1:]:
        yield "verb", "past", other


def _arabic_noun(parts: list[str]) -> Iterator[tuple[str, str, str]]:
    """`singular[/plural…]`: dual in ان/ين (construct ا/ي), feminine in ة with its dual, and the plurals: those given
    or, where none is, the sound ones; a broken plural in the accusative too ("جنودا"), a sound one in the construct
    ("مزارعو القرية")."""
    singular, *plurals = parts
    yield "noun", "singular", singular
    feminine = singular.endswith(("ة", "ه"))
    base = singular[:-1] + "ت" if feminine else singular
    if not plurals:
        plurals = (
            [singular[:-1] + "ات"]
            if feminine
            else [singular + "ون", singular + "ين", singular + "و", singular + "ي"]
        )
    for suffix in ("ان", "ين", "ا", "ي"):
        if base + suffix not in plurals:  # unvowelled, مدنيين is the plural far more often than the dual
            yield "noun", "dual" if len(suffix) == 2 else "dual_construct", base + suffix
    for plural in plurals:
        yield "noun", "plural", plural
        if plural.endswith("ون") and plural[:-1] not in plurals:
            yield "noun", "plural", plural[:-1]
        elif len(plural) > 2 and not plural.endswith(_NO_ACCUSATIVE):
            yield "noun", "plural", plural + "ا"


def english_forms(form: str) -> Iterator[tuple[str, str, str]]:
    """(kind, inflection, surface) of a marked English form."""
    mark, _, rest = form.partition(":") if form[1:2] == ":" else ("", "", form)
    parts = rest.split("/")
    if mark == "v":
        yield from _english_verb(parts)
    elif mark == "n":
        yield "noun", "singular", parts[0]
        yield "noun", "plural", parts[1] if len(parts) > 1 else _english_plural(parts[0])
    else:
        yield ("word" if mark == "w" else "noun"), "masdar" if mark == "m" else "plain", rest


def _english_verb(parts: list[str]) -> Iterator[tuple[str, str, str]]:
    base = parts[0]
    silent_e = base.endswith("e") and not base.endswith("ee")
    past = parts[1] if len(parts) > 1 else base + ("d" if base.endswith("e") else "ed")
    if len(parts) == 1 and base.endswith("y") and base[-2:-1] not in "aeiou":
        past = base[:-1] + "ied"
    participle = parts[2] if len(parts) > 2 else past
    gerund = parts[3] if len(parts) > 3 else (base[:-1] if silent_e else base) + "ing"
    yield "verb", "present", base
    yield "verb", "present", _english_plural(base)
    yield "verb", "past", past
    if participle != past:
        yield "verb", "participle", participle
    yield "verb", "gerund", gerund


def _english_plural(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"
