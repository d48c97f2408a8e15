"""How Arabic puts a number together: the words that make it, and the sum that they add up to one by one."""

from __future__ import annotations

from typing import NamedTuple

from sijill.language.numbers import whole

SCALES = ("scale", "scale.many")
_BELOW_HUNDRED = frozenset({"unit", "teen", "tens", "digits"})


class Atom(NamedTuple):
    """A number word or numeral at a token: what it is, its value, whether و joins it to what stands before, and
    whether it bears another preposition or the article. `name` is what the lexicon calls a vague word."""

    kind: str
    value: int | float
    stop: int
    joined: bool
    prefixed: bool
    definite: bool
    name: str = ""


class Sum:
    """A number as its words come in. `total` is what whole scales made, `limit` the last scale, `group` what stands
    below it so far, `last` the kind of the last word. `add` refuses a word that doesn't go on with the number."""

    def __init__(self) -> None:
        self.total: int | float = 0
        self.limit = 10**15
        self.group: int | float = 0
        self.last = ""

    @property
    def value(self) -> int | float:
        return whole(self.total + self.group)

    @property
    def scale(self) -> int:
        """The scale word that the number ends with; 1 where it ends with another."""
        return self.limit if self.last == "scale" else 1

    def add(self, atom: Atom, twice: bool, lower_scale_follows: bool) -> bool:
        """Take the next word, or refuse it. `twice`: a scale word is a dual before its noun ("ألفا شخص");
        `lower_scale_follows`: a numeral stands before a smaller scale of its own ("4 آلاف 3 مئة")."""
        joined = atom.joined and self.last != ""
        opens = (self.last == "" or joined) and self.group == 0
        fits = opens or (joined and self.group % 100 == 0)
        if atom.kind in ("unit", "unit.bound", "zero", "ten", "teen", "dozen", "tens"):
            return self._below_hundred(atom, joined, fits)
        if atom.kind == "hundred":
            return self._hundred(atom, joined, opens)
        if atom.kind == "digits":
            return self._numeral(atom, joined, fits, lower_scale_follows)
        if atom.kind == "fraction":
            return self._share(atom, joined)
        if atom.kind == "scale.two":
            return opens and self._scale(int(atom.value), 2)
        if atom.kind in SCALES:
            return self._multiplied(atom, joined) or (
                atom.kind == "scale" and opens and self._scale(int(atom.value), 1 + twice)
            )
        return False

    def _below_hundred(self, atom: Atom, joined: bool, fits: bool) -> bool:
        if atom.kind == "ten" and self.last == "unit" and not joined:
            self.group, self.last = self.group + 10, "teen"
            return True
        ten_of_unit = atom.kind == "tens" and joined and self.last == "unit"
        if not ten_of_unit and (not fits or self.last in _BELOW_HUNDRED):
            return False
        self.group += int(atom.value)
        self.last = {"unit": "unit", "unit.bound": "unit", "zero": "unit", "tens": "tens"}.get(
            atom.kind, "teen"
        )
        return True

    def _hundred(self, atom: Atom, joined: bool, opens: bool) -> bool:
        multiplies = atom.value == 100 and not joined and self.last in ("unit", "digits")
        if multiplies and 2 < self.group < 1000:
            self.group, self.last = self.group * 100, "hundred"
            return True
        if not opens or self.last == "digits":
            return False
        self.group, self.last = int(atom.value), "hundred"
        return True

    def _numeral(self, atom: Atom, joined: bool, fits: bool, lower_scale_follows: bool) -> bool:
        """A numeral opens a number or ends it: "ألف و200"."""
        if self.last != "":
            below = self.limit if self.last == "scale" else 100
            ends = self.last in ("scale", "hundred") and fits and joined
            if not (ends or lower_scale_follows) or not isinstance(atom.value, int) or atom.value >= below:
                return False
        self.group, self.last = self.group + atom.value, "digits"
        return True

    def _multiplied(self, atom: Atom, joined: bool) -> bool:
        """A scale right after its multiplier: "خمسة آلاف", "مئة ألف مليون", "ونصف المليون"."""
        size = int(atom.value)
        if joined or self.last == "":
            return False
        if self.last == "fraction":
            return size == self.limit
        if self.group and size < self.limit:
            self.total, self.group = self.total + whole(self.group * size), 0
        elif self.last == "scale" and size > self.limit and self.total < size:
            self.total *= size
        else:
            return False
        self.limit, self.last = size, "scale"
        return True

    def _scale(self, size: int, times: int) -> bool:
        """A scale word by itself: once, or twice in the dual. After whole hundreds of it one or two more may be joined:
        "مئة ألف وألف"."""
        more_of_it = size == self.limit and self.total > 0 and self.total % (100 * size) == 0
        if size >= self.limit and not more_of_it:
            return False
        self.total, self.limit, self.last = self.total + times * size, size, "scale"
        return True

    def _share(self, atom: Atom, joined: bool) -> bool:
        """ "مليون ونصف": a share of the scale before."""
        if not joined or self.last != "scale":
            return False
        self.total, self.last = self.total + whole(self.limit * atom.value), "fraction"
        return True
