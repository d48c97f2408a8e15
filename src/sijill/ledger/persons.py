"""One named person across reports: spellings, kunyas and transliterations of a name are one person.

Names are compared word by word by the consonants that both scripts share (`sijill.language.transliteration`). Two names
are of one person where every word of the shorter one answers to a word of the longer in the same order, they share two
words at least (or the whole of a kunya), and what is said of the two doesn't exclude it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec
from rapidfuzz.distance import Levenshtein

from sijill.language.transliteration import fold_latin, is_arabic_name, skeletons, sound_form
from sijill.ledger.accounts import EventRef, days_between
from sijill.ledger.parties import is_unidentified, of_one_camp
from sijill.records import Fate, Record
from sijill.rules.knowledge import KNOWLEDGE
from sijill.text.script import normal_form

_WORD = re.compile(r"[\w'ʼʿ’-]+")
_NAMES: dict[str, Any] = msgspec.json.decode((KNOWLEDGE / "linking" / "names.json").read_bytes())
_TITLES = frozenset(normal_form(word) for word in _NAMES["titles"])
_JOINERS = frozenset(normal_form(word) for word in _NAMES["joiners"])
_KUNYA: dict[str, str] = _NAMES["kunya"]
_SERVANT: dict[str, str] = _NAMES["servant"]
_DEAD_FOR_DAYS = 30


class Mention(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A person as one report has them: `index` into `Record.persons`."""

    record: str
    index: int
    name: str
    said: str | None = None
    fate: Fate = "killed"
    role: str | None = None
    affiliation: tuple[str, ...] = ()
    event: int | None = None
    country: str | None = None


class KnownPerson(msgspec.Struct, frozen=True, kw_only=True):
    """One person with all that is said of them. `name` is the fullest spelling, `names` all of them; `fates` with the
    reports that tell each."""

    id: str
    name: str
    names: tuple[str, ...]
    affiliation: tuple[str, ...]
    roles: tuple[str, ...]
    fates: tuple[tuple[Fate, tuple[str, ...]], ...]
    mentions: tuple[Mention, ...]


@lru_cache(maxsize=20_000)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name that tell one person from another: without titles, articles and "son of"; a kunya ("Abu Bakr")
    and a servant's name ("Abd al-Rahman") are one word each, with a space inside."""
    raw = [normal_form(w.lower()) for w in _WORD.findall(name)]
    words = [part for word in raw for part in ([word] if is_arabic_name(word) else fold_latin(word).split())]
    words = [word for word in words if word not in _TITLES]
    out: list[str] = []
    i = 0
    while i < len(words):
        word = words[i]
        lead = _KUNYA.get(word) or _SERVANT.get(word)
        if lead:
            rest = [w for w in words[i + 1 : i + 3] if w not in ("al", "el", "ul", "ال")]
            if rest:
                out.append(f"{lead} {rest[0]}")
                i = words.index(rest[0], i + 1) + 1
                continue
        if word not in _JOINERS and len(word) > 1:
            out.append(word)
        i += 1
    return tuple(out)


@lru_cache(maxsize=20_000)
def _sounds_of(word: str) -> tuple[frozenset[str], str, str]:
    """(skeletons, sounds, lead) of a word of a name; the lead is "abu", "um", "abd" or ""."""
    lead, _, rest = word.rpartition(" ")
    return frozenset(skeletons(rest)), sound_form(rest), lead


def alike(left: str, right: str) -> bool:
    """Whether two words of names are spellings of one, in either script."""
    if left == right:
        return True
    skeletons_l, sound_l, lead_l = _sounds_of(left)
    skeletons_r, sound_r, lead_r = _sounds_of(right)
    if lead_l != lead_r or not skeletons_l & skeletons_r:
        return False
    if is_arabic_name(left) and is_arabic_name(right):
        return Levenshtein.distance(left.removeprefix("ال"), right.removeprefix("ال")) <= 1
    return Levenshtein.distance(sound_l, sound_r) <= max(2, len(max(sound_l, sound_r, key=len)) // 2)


def same_name(left: str, right: str) -> bool:
    """Whether two names may be one person's: the words of the shorter stand in the longer, in order, two at least."""
    short, long = sorted((name_words(left), name_words(right)), key=len)
    if not short:
        return False
    position = 0
    for word in short:
        while position < len(long) and not alike(word, long[position]):
            position += 1
        if position == len(long):
            return False
        position += 1
    if len(short) >= 2:
        return True
    return len(long) == 1 and " " in short[0] and short[0].partition(" ")[0] in ("abu", "um")


@lru_cache(maxsize=20_000)
def name_keys(name: str) -> tuple[str, ...]:
    """Keys of a name under which its other spellings may be found: every two words that follow each other, and first with
    last, as skeletons in both scripts."""
    words = name_words(name)
    if not words:
        return ()
    if len(words) == 1:
        return (
            tuple(f"{_sounds_of(words[0])[2]}{s}" for s in sorted(_sounds_of(words[0])[0])[:2])
            if " " in words[0]
            else ()
        )
    pairs = {(words[i], words[i + 1]) for i in range(len(words) - 1)} | {(words[0], words[-1])}
    return tuple(
        sorted(
            {
                f"{_sounds_of(x)[2]}{a}+{_sounds_of(y)[2]}{b}"
                for x, y in pairs
                for a in _few(x)
                for b in _few(y)
            }
        )
    )


def _few(word: str) -> list[str]:
    return sorted(_sounds_of(word)[0])[:4]


def mentions_of(records: Iterable[Record]) -> list[Mention]:
    """Every named person of the records, sorted."""
    found = []
    for record in records:
        for index, person in enumerate(record.persons):
            event = (
                record.events[person.event]
                if person.event is not None and person.event < len(record.events)
                else None
            )
            found.append(
                Mention(
                    record=record.report.id, index=index, name=person.name, said=record.report.published, fate=person.fate,
                    role=person.role, affiliation=person.affiliation, event=person.event,
                    country=event.place.country if event and event.place else None,
                )
            )  # fmt: skip
    return sorted(found, key=_order)


def _order(mention: Mention) -> tuple[str, int]:
    return mention.record, mention.index


def may_be_one(left: Mention, right: Mention) -> bool:
    """Whether two mentions of fitting names may be one person by what is told of them.

    Two persons of one report are two; sides that aren't of one camp are two; who was killed isn't told of a month later.
    """
    if left.record == right.record:
        return False
    if left.country and right.country and left.country != right.country and len(name_words(left.name)) < 3:
        return False
    named_l = [a for a in left.affiliation if not is_unidentified(a)]
    named_r = [a for a in right.affiliation if not is_unidentified(a)]
    if named_l and named_r and not any(of_one_camp(a, b) for a in named_l for b in named_r):
        return False
    if left.fate == right.fate == "killed" and left.said and right.said:
        return abs(days_between(left.said, right.said)) <= _DEAD_FOR_DAYS
    return True


def persons(
    records: Iterable[Record], linked: Mapping[EventRef, str] | None = None
) -> tuple[KnownPerson, ...]:
    """The persons of the records, each with all mentions, sorted by id. The order of the records changes nothing.

    `linked` maps events to their accounts: where both mentions belong to an event, those of one account need one word of
    the name only ("Abu Bakr" in one report, "Abu Bakr al-Hadithi" in the other).
    """
    known = mentions_of(records)
    boxes: dict[str, list[Mention]] = {}
    for mention in known:
        for key in name_keys(mention.name):
            boxes.setdefault(f"name {key}", []).append(mention)
        account = (linked or {}).get((mention.record, mention.event)) if mention.event is not None else None
        if account:
            boxes.setdefault(f"account {account}", []).append(mention)
    pairs = sorted(
        {
            (_order(left), _order(right))
            for key, box in boxes.items()
            for number, left in enumerate(box)
            for right in box[number + 1 :]
            if _fit(left, right, key.startswith("account ")) and may_be_one(left, right)
        }
    )
    return tuple(sorted((_person(group) for group in _groups(known, pairs)), key=lambda person: person.id))


def _fit(left: Mention, right: Mention, one_account: bool) -> bool:
    if same_name(left.name, right.name):
        return True
    if not one_account or left.fate != right.fate:
        return False
    short, long = sorted((name_words(left.name), name_words(right.name)), key=len)
    return len(short) == 1 and any(alike(short[0], word) for word in long)


def _groups(
    known: Sequence[Mention], pairs: Sequence[tuple[tuple[str, int], tuple[str, int]]]
) -> list[list[Mention]]:
    """Connected components of the pairs in which no report has two persons, closest pairs first."""
    by_key = {_order(m): m for m in known}
    group_of = {_order(m): [_order(m)] for m in known}

    def closeness(
        pair: tuple[tuple[str, int], tuple[str, int]],
    ) -> tuple[int, tuple[tuple[str, int], tuple[str, int]]]:
        shared = min(len(name_words(by_key[key].name)) for key in pair)
        return -shared, pair

    for left, right in sorted(pairs, key=closeness):
        one, other = group_of[left], group_of[right]
        if one is other or {key[0] for key in one} & {key[0] for key in other}:
            continue
        if not all(may_be_one(by_key[x], by_key[y]) for x in one for y in other):
            continue
        merged = sorted([*one, *other])
        for key in merged:
            group_of[key] = merged
    unique = {id(group): group for group in group_of.values()}
    return [[by_key[key] for key in group] for group in unique.values()]


def _person(group: Sequence[Mention]) -> KnownPerson:
    ordered = sorted(group, key=_order)
    names = sorted(
        {m.name for m in ordered}, key=lambda name: (-len(name_words(name)), not is_arabic_name(name), name)
    )
    fates: dict[Fate, list[str]] = {}
    for mention in ordered:
        fates.setdefault(mention.fate, []).append(mention.record)
    first = ordered[0]
    return KnownPerson(
        id=f"{first.record}:p{first.index}", name=names[0], names=tuple(names),
        affiliation=tuple(sorted({a for m in ordered for a in m.affiliation})),
        roles=tuple(sorted({m.role for m in ordered if m.role})),
        fates=tuple((fate, tuple(told)) for fate, told in sorted(fates.items())), mentions=tuple(ordered),
    )  # fmt: skip
