"""What is costly to derive from the register, kept until the register changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """One value a key, derived anew when the state that it was derived from is no longer the present one; the keys used
    last are kept, `most` of them. Who asks while one is being derived waits for it."""

    def __init__(self, most: int = 64) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[Hashable, Value]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, state: Hashable, derive: Callable[[], Value]) -> Value:
        """The value of a key in a state."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is None or kept[0] != state:
                kept = state, derive()
                self._kept[key] = kept
            self._kept.move_to_end(key)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
            return kept[1]
