"""How two events are compared: for each trait the levels of agreement, once in SQL (Splink on DuckDB) and once in
Python (small registers), with the same outcome. The weights of the levels are data (`knowledge/linking/weights.json`).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable

import msgspec

from sijill.ledger.traits import Traits

Holds = Callable[[Traits, Traits], bool]


class Level(msgspec.Struct, frozen=True):
    """One level of agreement. `sql` speaks of columns with the suffixes `_l` and `_r`."""

    name: str
    sql: str
    holds: Holds


class Comparison(msgspec.Struct, frozen=True):
    """A trait with its levels: the first is the one at which nothing can be said, the others are tried in order, and `rest`
    is the level of whatever fits none. `read` says that it looks at what was read from the text, and not at the text itself."""

    name: str
    levels: tuple[Level, ...]
    rest: str
    read: bool = True

    def level(self, left: Traits, right: Traits) -> str:
        """The name of the level at which two events agree."""
        for level in self.levels:
            if level.holds(left, right):
                return level.name
        return self.rest


UNKNOWN = "unknown"

# --- dates

_GAP = 'greatest(0, greatest("start_l", "start_r") - least("end_l", "end_r"))'


def gap(left: Traits, right: Traits) -> int:
    """Days between two events' spans; 0 where they touch or one isn't dated."""
    if left.start is None or right.start is None or left.end is None or right.end is None:
        return 0
    return max(0, max(left.start, right.start) - min(left.end, right.end))


_BOTH_ENDS = 'greatest(abs("start_l" - "start_r"), abs("end_l" - "end_r"))'
_MOVED = '"end_l" - "start_l" = "end_r" - "start_r"'
_LONGER = '(greatest("end_l" - "start_l", "end_r" - "start_r") + 1)'
_DAYS = 'greatest(date_precision_l, date_precision_r, "end_l" - "start_l" + 1)'


def ends(left: Traits, right: Traits) -> int:
    """The greater of the distances in days between two spans' starts and between their ends."""
    return max(abs((left.start or 0) - (right.start or 0)), abs((left.end or 0) - (right.end or 0)))


def moved(left: Traits, right: Traits) -> bool:
    """Whether two spans are of one length."""
    return (left.end or 0) - (left.start or 0) == (right.end or 0) - (right.start or 0)


def longer(left: Traits, right: Traits) -> int:
    """The days of the longer of two spans."""
    return max((row.end or 0) - (row.start or 0) for row in (left, right)) + 1


DATES = Comparison(
    "dates",
    (
        Level(UNKNOWN, "key_l is null or key_r is null", lambda a, b: False),
        Level(
            "neither dated",
            '"start_l" is null and "start_r" is null',
            lambda a, b: a.start is None and b.start is None,
        ),
        Level(
            "not dated",
            '"start_l" is null or "start_r" is null',
            lambda a, b: a.start is None or b.start is None,
        ),
        Level(
            "same day",
            f"{_BOTH_ENDS} = 0 and {_DAYS} <= 2",
            lambda a, b: (
                ends(a, b) == 0
                and (a.end or 0) - (a.start or 0) < 2
                and max(a.date_precision, b.date_precision) <= 2
            ),
        ),
        Level("same days", f"{_BOTH_ENDS} = 0", lambda a, b: ends(a, b) == 0),
        Level(
            "a day off by one house",
            f"{_GAP} = 1 and house_l = house_r",
            lambda a, b: gap(a, b) == 1 and a.house == b.house,
        ),
        Level(
            "both ends a day off",
            f"{_BOTH_ENDS} = 1 and {_MOVED}",
            lambda a, b: ends(a, b) == 1 and moved(a, b),
        ),
        Level(
            "both ends two days off",
            f"{_BOTH_ENDS} = 2 and {_MOVED}",
            lambda a, b: ends(a, b) == 2 and moved(a, b),
        ),
        Level(
            "overlapping days",
            f"{_GAP} = 0 and greatest(date_precision_l, date_precision_r) <= 2",
            lambda a, b: gap(a, b) == 0 and max(a.date_precision, b.date_precision) <= 2,
        ),
        Level(
            "overlapping weeks",
            f"{_GAP} = 0 and greatest(date_precision_l, date_precision_r) <= 3",
            lambda a, b: gap(a, b) == 0 and max(a.date_precision, b.date_precision) <= 3,
        ),
        Level(
            "overlapping parts of a month",
            f"{_GAP} = 0 and {_LONGER} <= 11",
            lambda a, b: gap(a, b) == 0 and longer(a, b) <= 11,
        ),
        Level("overlapping months", f"{_GAP} = 0", lambda a, b: gap(a, b) == 0),
        Level("a day off", f"{_GAP} = 1", lambda a, b: gap(a, b) == 1),
        Level("two or three days off", f"{_GAP} <= 3", lambda a, b: gap(a, b) <= 3),
    ),
    "apart",
)

# --- places

_KM = (
    "(12742.0 * asin(least(1.0, sqrt(pow(sin(radians(lat_r - lat_l) / 2), 2) + "
    "cos(radians(lat_l)) * cos(radians(lat_r)) * pow(sin(radians(lon_r - lon_l) / 2), 2)))))"
)
_FINE = "greatest(place_precision_l, place_precision_r) <= 2"
_UNITS = "greatest(place_precision_l, place_precision_r) <= 4"


def great_circle(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres between two points given in degrees."""
    north, east = math.radians(other_lat - lat) / 2, math.radians(other_lon - lon) / 2
    square = (
        math.sin(north) ** 2
        + math.cos(math.radians(lat)) * math.cos(math.radians(other_lat)) * math.sin(east) ** 2
    )
    return 12742.0 * math.asin(min(1.0, math.sqrt(square)))


def kilometres(left: Traits, right: Traits) -> float:
    """Great-circle distance between two events' points; 0 where one has none."""
    if left.lat is None or right.lat is None or left.lon is None or right.lon is None:
        return 0.0
    return great_circle(left.lat, left.lon, right.lat, right.lon)


def _fine(a: Traits, b: Traits) -> bool:
    return max(a.place_precision, b.place_precision) <= 2


def _share(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    return bool(set(left) & set(right))


def _within(precision: int, far: int) -> Holds:
    return lambda a, b: max(a.place_precision, b.place_precision) == precision and kilometres(a, b) < far


# Districts and provinces stand at the point of their seat: of a town there and of the unit a text may tell as one.
_SEAT = (
    "least(place_precision_l, place_precision_r) <= 2"
    f" and greatest(place_precision_l, place_precision_r) in (3, 4) and {_KM} < 1"
)


def _seat(a: Traits, b: Traits) -> bool:
    finer, wider = sorted((a.place_precision, b.place_precision))
    return finer <= 2 < wider <= 4 and kilometres(a, b) < 1


PLACES = Comparison(
    "place",
    (
        Level(UNKNOWN, "lat_l is null or lat_r is null", lambda a, b: a.lat is None or b.lat is None),
        Level(
            "same place, same precision",
            f"{_FINE} and place_precision_l = place_precision_r and {_KM} < 1",
            lambda a, b: a.place_precision == b.place_precision <= 2 and kilometres(a, b) < 1,
        ),
        Level("same place", f"{_FINE} and {_KM} < 1", lambda a, b: _fine(a, b) and kilometres(a, b) < 1),
        Level(
            "same name",
            f"{_FINE} and {_KM} < 40 and list_has_any(place_keys_l, place_keys_r)",
            lambda a, b: _fine(a, b) and kilometres(a, b) < 40 and _share(a.place_keys, b.place_keys),
        ),
        Level(
            "within 2.5 km", f"{_FINE} and {_KM} < 2.5", lambda a, b: _fine(a, b) and kilometres(a, b) < 2.5
        ),
        Level("within 5 km", f"{_FINE} and {_KM} < 5", lambda a, b: _fine(a, b) and kilometres(a, b) < 5),
        Level("within 10 km", f"{_FINE} and {_KM} < 10", lambda a, b: _fine(a, b) and kilometres(a, b) < 10),
        Level("within 15 km", f"{_FINE} and {_KM} < 15", lambda a, b: _fine(a, b) and kilometres(a, b) < 15),
        *(
            Level(
                f"around, within {far} km",
                f"greatest(place_precision_l, place_precision_r) = 2 and {_KM} < {far}",
                _within(2, far),
            )
            for far in (25, 40)
        ),
        Level("further", _FINE, _fine),
        Level(
            "same district or province",
            f"place_precision_l = place_precision_r and {_UNITS} and {_KM} < 1 and list_has_any(place_keys_l, place_keys_r)",
            lambda a, b: (
                a.place_precision == b.place_precision <= 4
                and kilometres(a, b) < 1
                and _share(a.place_keys, b.place_keys)
            ),
        ),
        Level("the seat of the district or province", _SEAT, _seat),
        *(
            Level(
                f"within {far} km of a {unit}",
                f"greatest(place_precision_l, place_precision_r) = {precision} and {_KM} < {far}",
                _within(precision, far),
            )
            for unit, precision, distances in (("district", 3, (10, 20, 35)), ("province", 4, (20, 40, 90)))
            for far in distances
        ),
        Level(
            "same region or country",
            f"place_precision_l = place_precision_r and place_precision_l > 4 and {_KM} < 1",
            lambda a, b: a.place_precision == b.place_precision > 4 and kilometres(a, b) < 1,
        ),
        Level(
            "within the region or country",
            f"not {_UNITS} and coalesce(country_l = country_r, true) and {_KM} < reach_l + reach_r",
            lambda a, b: (
                max(a.place_precision, b.place_precision) > 4
                and (a.country is None or b.country is None or a.country == b.country)
                and kilometres(a, b) < a.reach + b.reach
            ),
        ),
    ),
    "elsewhere",
)

# --- sides


def _of(side: str) -> tuple[str, str, str, str]:
    """SQL of (nobody named, the same first, an actor in common, of one camp) for one side."""
    return (
        f"(len(side_{side}_l) = 0 or len(side_{side}_r) = 0)",
        f"coalesce(side_{side}_l[1] = side_{side}_r[1], false)",
        f"list_has_any(side_{side}_l, side_{side}_r)",
        f"(list_has_any(wide_{side}_l, side_{side}_r) or list_has_any(side_{side}_l, wide_{side}_r))",
    )


_NONE_A, _SAME_A, _COMMON_A, _CAMP_A = _of("a")
_NONE_B, _SAME_B, _COMMON_B, _CAMP_B = _of("b")
_UNARMED = frozenset({"civilians", "protesters", "rioters"})
_UNARMED_SQL = "(coalesce(side_b_l[1] in ('civilians', 'protesters', 'rioters'), false))"
_SWAPPED = "((list_has_any(side_a_l, side_b_r) or list_has_any(side_b_l, side_a_r)) and not {0} and not {1})"


class _Sides(msgspec.Struct, frozen=True):
    """What two events have in common on each side, as the SQL says it."""

    none_a: bool
    none_b: bool
    same_a: bool
    same_b: bool
    common_a: bool
    common_b: bool
    camp_a: bool
    camp_b: bool
    crossed: bool


def _sides(x: Traits, y: Traits) -> _Sides:
    return _Sides(
        none_a=not x.side_a or not y.side_a, none_b=not x.side_b or not y.side_b,
        same_a=x.side_a[:1] == y.side_a[:1] != (), same_b=x.side_b[:1] == y.side_b[:1] != (),
        common_a=_share(x.side_a, y.side_a), common_b=_share(x.side_b, y.side_b),
        camp_a=_share(x.wide_a, y.side_a) or _share(x.side_a, y.wide_a),
        camp_b=_share(x.wide_b, y.side_b) or _share(x.side_b, y.wide_b),
        crossed=_share(x.side_a, y.side_b) or _share(x.side_b, y.side_a),
    )  # fmt: skip


def _several(x: Traits, y: Traits) -> bool:
    return x.side_a == y.side_a and x.side_b == y.side_b and len(x.side_a) + len(x.side_b) > 2


def _on(test: Callable[[_Sides], bool]) -> Holds:
    return lambda x, y: test(_sides(x, y))


SIDES = Comparison(
    "sides",
    (
        Level(UNKNOWN, f"{_NONE_A} and {_NONE_B}", _on(lambda s: s.none_a and s.none_b)),
        Level(
            "the same, several named",
            "side_a_l = side_a_r and side_b_l = side_b_r and len(side_a_l) + len(side_b_l) > 2",
            _several,
        ),
        Level(
            "the same, unarmed people acted on",
            f"{_SAME_A} and {_SAME_B} and {_UNARMED_SQL}",
            lambda x, y: _sides(x, y).same_a and _sides(x, y).same_b and x.side_b[0] in _UNARMED,
        ),
        Level("the same first on both", f"{_SAME_A} and {_SAME_B}", _on(lambda s: s.same_a and s.same_b)),
        Level(
            "one the same, an actor of the other in common",
            f"({_SAME_A} and {_COMMON_B}) or ({_SAME_B} and {_COMMON_A})",
            _on(lambda s: (s.same_a and s.common_b) or (s.same_b and s.common_a)),
        ),
        Level(
            "one the same, the other of one camp",
            f"({_SAME_A} and {_CAMP_B}) or ({_SAME_B} and {_CAMP_A})",
            _on(lambda s: (s.same_a and s.camp_b) or (s.same_b and s.camp_a)),
        ),
        Level(
            "one the same, the other not named",
            f"({_SAME_A} and {_NONE_B}) or ({_SAME_B} and {_NONE_A})",
            _on(lambda s: (s.same_a and s.none_b) or (s.same_b and s.none_a)),
        ),
        Level(
            "both of one camp",
            f"({_CAMP_A} or {_NONE_A}) and ({_CAMP_B} or {_NONE_B})",
            _on(lambda s: (s.camp_a or s.none_a) and (s.camp_b or s.none_b)),
        ),
        Level(
            "the other way round",
            _SWAPPED.format(_SAME_A, _SAME_B),
            _on(lambda s: s.crossed and not s.same_a and not s.same_b),
        ),
        Level(
            "one not named, the other not the same",
            f"{_NONE_A} or {_NONE_B}",
            _on(lambda s: s.none_a or s.none_b),
        ),
        Level("one the same, the other not", f"{_SAME_A} or {_SAME_B}", _on(lambda s: s.same_a or s.same_b)),
        Level(
            "one of one camp, the other not",
            f"({_CAMP_A}) or ({_CAMP_B})",
            _on(lambda s: s.camp_a or s.camp_b),
        ),
    ),
    "others",
)

# --- kinds

_COMMON = ("armed_clash", "air_strike", "shelling", "attack")
_BLASTS = ("ied", "suicide_bombing", "grenade")
_VIOLENT = ("battles", "explosions", "violence")
KIND = Comparison(
    "kind",
    (
        Level(UNKNOWN, "type_l is null or type_r is null", lambda a, b: False),
        Level(
            "same type, a rarer one",
            f"type_l = type_r and type_l not in {_COMMON}",
            lambda a, b: a.type == b.type not in _COMMON,
        ),
        Level("same type", "type_l = type_r", lambda a, b: a.type == b.type),
        Level(
            "both blasts",
            f"type_l in {_BLASTS} and type_r in {_BLASTS}",
            lambda a, b: a.type in _BLASTS and b.type in _BLASTS,
        ),
        Level("same group", "group_l = group_r", lambda a, b: a.group == b.group),
        Level(
            "both violent",
            f"group_l in {_VIOLENT} and group_r in {_VIOLENT}",
            lambda a, b: a.group in _VIOLENT and b.group in _VIOLENT,
        ),
    ),
    "another kind",
)

# --- tolls


def _toll(name: str) -> tuple[Level, ...]:
    left, right = f"{name}_l", f"{name}_r"
    gap_sql, most = f"abs({left} - {right})", f"greatest({left}, {right})"

    def of(row: Traits) -> int | None:
        return row.killed if name == "killed" else row.wounded

    def pair(a: Traits, b: Traits) -> tuple[int, int]:
        return of(a) or 0, of(b) or 0

    def same(least: int) -> Holds:
        return lambda a, b: pair(a, b)[0] == pair(a, b)[1] >= least

    def near(off: int, share: float, least: int) -> Holds:
        def holds(a: Traits, b: Traits) -> bool:
            x, y = pair(a, b)
            return max(x, y) >= least and abs(x - y) <= max(off, share * max(x, y))

        return holds

    return (
        Level(UNKNOWN, f"{left} is null or {right} is null", lambda a, b: of(a) is None or of(b) is None),
        *(
            Level(f"same, {least} or more", f"{left} = {right} and {left} >= {least}", same(least))
            for least in (20, 10, 5, 3, 2)
        ),
        Level("same", f"{left} = {right}", lambda a, b: pair(a, b)[0] == pair(a, b)[1]),
        *(
            Level(f"one off, {least} or more", f"{gap_sql} = 1 and {most} >= {least}", near(1, 0.0, least))
            for least in (6, 4)
        ),
        *(
            Level(
                f"within a third, {least} or more",
                f"{gap_sql} <= 0.34 * {most} and {most} >= {least}",
                near(0, 0.34, least),
            )
            for least in (15, 8)
        ),
        Level("one off", f"{gap_sql} <= 1", near(1, 0.0, 0)),
        Level("within a third", f"{gap_sql} <= 0.34 * {most}", near(0, 0.34, 0)),
        Level("within twice", f"{gap_sql} <= 2 or {gap_sql} <= 0.55 * {most}", near(2, 0.55, 0)),
    )


_MOST_IN_COMMON = "coalesce(list_max(list_intersect(figures_l, figures_r)), 0)"


def _most_in_common(a: Traits, b: Traits) -> int:
    """The greatest figure that both tell of those killed, of whomever; 0 where there is none."""
    return max({*a.figures} & {*b.figures}, default=0)


_KILLED = _toll("killed")
_SAME_TOTAL = sum(level.name.startswith((UNKNOWN, "same")) for level in _KILLED)
KILLED = Comparison(
    "killed",
    (
        *_KILLED[:_SAME_TOTAL],
        *(
            Level(
                f"a figure in common, {least} or more",
                f"{_MOST_IN_COMMON} >= {least}",
                lambda a, b, least=least: _most_in_common(a, b) >= least,  # type: ignore[misc]
            )
            for least in (20, 10, 5, 3)
        ),
        *_KILLED[_SAME_TOTAL:],
    ),
    "far apart",
)
WOUNDED = Comparison("wounded", _toll("wounded"), "far apart")

_FOUR = ("a", "b", "civilians", "unknown")


def _split(row: Traits) -> tuple[int, int, int, int]:
    return row.killed_a, row.killed_b, row.killed_civilians, row.killed_unknown


def _mask(row: Traits) -> tuple[bool, ...]:
    return tuple(n > 0 for n in _split(row))


_EQUAL = " and ".join(f"killed_{s}_l = killed_{s}_r" for s in _FOUR)
_MASKS = " and ".join(f"(killed_{s}_l > 0) = (killed_{s}_r > 0)" for s in _FOUR)
_SEVERAL = "(killed_a_l > 0)::int + (killed_b_l > 0)::int + (killed_civilians_l > 0)::int + (killed_unknown_l > 0)::int > 1"
_CLOSE = " and ".join(
    f"abs(killed_{s}_l - killed_{s}_r) <= greatest(1, 0.34 * greatest(killed_{s}_l, killed_{s}_r))"
    for s in _FOUR
)


def _close(a: Traits, b: Traits) -> bool:
    return all(abs(x - y) <= max(1, 0.34 * max(x, y)) for x, y in zip(_split(a), _split(b), strict=True))


_IN_COMMON = " or ".join(f"(killed_{s}_l > 0 and killed_{s}_r > 0)" for s in _FOUR)
_AGREED = " and ".join(
    f"(killed_{s}_l = 0 or killed_{s}_r = 0 or killed_{s}_l = killed_{s}_r)" for s in _FOUR
)
VICTIMS = Comparison(
    "victims",
    (
        Level(
            UNKNOWN,
            "coalesce(killed_l, 0) = 0 or coalesce(killed_r, 0) = 0",
            lambda a, b: not a.killed or not b.killed,
        ),
        Level(
            "same split over several sides",
            f"{_EQUAL} and {_SEVERAL}",
            lambda a, b: _split(a) == _split(b) and sum(_mask(a)) > 1,
        ),
        Level(
            "each side within a third",
            f"{_MASKS} and {_SEVERAL} and {_CLOSE}",
            lambda a, b: _mask(a) == _mask(b) and sum(_mask(a)) > 1 and _close(a, b),
        ),
        Level(
            "several sides alike",
            f"{_MASKS} and {_SEVERAL}",
            lambda a, b: _mask(a) == _mask(b) and sum(_mask(a)) > 1,
        ),
        Level("same side", _MASKS, lambda a, b: _mask(a) == _mask(b)),
        Level(
            "whose is unknown",
            "killed_unknown_l = killed_l or killed_unknown_r = killed_r",
            lambda a, b: a.killed_unknown == a.killed or b.killed_unknown == b.killed,
        ),
        Level(
            "the same on each side that both tell of",
            f"({_IN_COMMON}) and {_AGREED}",
            lambda a, b: (
                any(x and y for x, y in zip(_split(a), _split(b), strict=True))
                and all(not x or not y or x == y for x, y in zip(_split(a), _split(b), strict=True))
            ),
        ),
        Level(
            "a side in common",
            _IN_COMMON,
            lambda a, b: any(x and y for x, y in zip(_mask(a), _mask(b), strict=True)),
        ),
    ),
    "other sides",
)

# --- names and texts

PERSONS = Comparison(
    "persons",
    (
        Level(
            UNKNOWN, "len(persons_l) = 0 or len(persons_r) = 0", lambda a, b: not a.persons or not b.persons
        ),
        Level(
            "one of the dead by name",
            "list_has_any(dead_l, dead_r)",
            lambda a, b: _share(a.dead, b.dead),
        ),
        Level(
            "a name in common",
            "list_has_any(persons_l, persons_r)",
            lambda a, b: _share(a.persons, b.persons),
        ),
    ),
    "other names",
)
TEXT = Comparison(
    "text",
    (
        Level(UNKNOWN, "voice_l is null or voice_r is null", lambda a, b: False),
        Level("copies", "voice_l = voice_r", lambda a, b: a.voice == b.voice),
    ),
    "own words",
    read=False,
)

_PHRASES = "len(list_intersect(phrases_l, phrases_r))"


def _phrases(least: int) -> Holds:
    return lambda a, b: len({*a.phrases} & {*b.phrases}) >= least


def _languages_differ(a: Traits, b: Traits) -> bool:
    return a.language is None or a.language != b.language


def like_words(a: Traits, b: Traits) -> bool:
    """Whether two houses tell of two events with a phrase in common: then what was read otherwise may be misread. A slip
    takes one day for another, not one year: formulas come back in other years."""
    return (
        a.house != b.house and not _languages_differ(a, b) and gap(a, b) <= _SLIP_DAYS and _phrases(1)(a, b)
    )


_SLIP_DAYS = 31
LIKE_WORDS = (
    f"house_l <> house_r and coalesce(language_l = language_r, false) and coalesce({_GAP}, 0) <= {_SLIP_DAYS}"
    f" and {_PHRASES} >= 1"
)
# One house tells all its events in the same words: its wording says nothing.
WORDING = Comparison(
    "wording",
    (
        Level(
            UNKNOWN,
            "len(phrases_l) = 0 or len(phrases_r) = 0 or house_l = house_r or not coalesce(language_l = language_r, false)",
            lambda a, b: not a.phrases or not b.phrases or a.house == b.house or _languages_differ(a, b),
        ),
        *(
            Level(f"{least} phrases or more in common", f"{_PHRASES} >= {least}", _phrases(least))
            for least in (8, 5, 3, 2)
        ),
        Level("a phrase in common", f"{_PHRASES} >= 1", _phrases(1)),
    ),
    "other words",
    read=False,
)

# --- how much else happens there and then


CROWDED = (0, 3, 10, 30, 100, 300)
"""Numbers of others up to which a place is told apart from busier ones."""


def crowding(row: Traits) -> tuple[int, ...]:
    """How busy it is around an event, as far as comparisons tell: the same for the same levels."""
    return tuple(bisect_left(CROWDED, number) for number in (row.crowd, row.throng, row.alike))


def _at_most(name: str, most: int) -> Level:
    def more(a: Traits, b: Traits) -> int:
        return int(max(getattr(a, name), getattr(b, name)))

    return Level(
        f"at most {most} others", f"greatest({name}_l, {name}_r) <= {most}", lambda a, b: more(a, b) <= most
    )


def _crowd(name: str, sql: str, applies: Holds, *quietest: Level) -> Comparison:
    """How much is told of there in the weeks around, for the pairs that it says something of: their agreement may be chance."""
    unknown = Level(UNKNOWN, f"not coalesce({sql}, false)", lambda a, b: not applies(a, b))
    levels = (_at_most(name, most) for most in CROWDED)
    return Comparison(name, (unknown, *quietest, *levels), "more than 300 others", read=False)


def _together(a: Traits, b: Traits) -> bool:
    """Whether two events may be of one time: their days are no more than three apart (of battles, which are told day by
    day, no more than one), or one has none."""
    apart = 1 if a.group == b.group == "battles" else 3
    return gap(a, b) <= apart and a.lat is not None and b.lat is not None


def _near(a: Traits, b: Traits) -> bool:
    return _fine(a, b) and kilometres(a, b) < 5


_MOST_APART = "case when group_l = 'battles' and group_r = 'battles' then 1 else 3 end"
# DuckDB's greatest and least pass over nulls, so that these are asked for by name.
_TOGETHER = f'("start_l" is null or "start_r" is null or {_GAP} <= {_MOST_APART}) and lat_l is not null and lat_r is not null'
CROWD = _crowd(
    "crowd",
    f"{_TOGETHER} and {_FINE} and {_KM} < 5",
    lambda a, b: _together(a, b) and _near(a, b),
    Level(
        "nobody else, at most 3 in the land around",
        "greatest(crowd_l, crowd_r) = 0 and greatest(throng_l, throng_r) <= 3",
        lambda a, b: max(a.crowd, b.crowd) == 0 and max(a.throng, b.throng) <= 3,
    ),
)
_SAME_SIDES = f"({_SAME_A} and {_SAME_B})"


def _same_sides(a: Traits, b: Traits) -> bool:
    sides = _sides(a, b)
    return sides.same_a and sides.same_b


THRONG = _crowd(
    "throng",
    f"{_TOGETHER} and not ({_FINE} and {_KM} < 5) and not {_SAME_SIDES}",
    lambda a, b: _together(a, b) and not _near(a, b) and not _same_sides(a, b),
)
ALIKE = _crowd(
    "alike",
    f"{_TOGETHER} and not ({_FINE} and {_KM} < 5) and {_SAME_SIDES}",
    lambda a, b: _together(a, b) and not _near(a, b) and _same_sides(a, b),
)

COMPARISONS: tuple[Comparison, ...] = (
    DATES, PLACES, SIDES, KIND, KILLED, WOUNDED, VICTIMS, PERSONS, TEXT, WORDING, CROWD, THRONG, ALIKE,
)  # fmt: skip
