"""What is costly to derive from the register, kept until the register changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """One value a key, derived anew when the state that it was derived from is no longer the present one. Who asks while
    it is being derived waits for it."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Hashable, Value]] = {}
        self._lock = Lock()

    def get(self, key: str, state: Hashable, derive: Callable[[], Value]) -> Value:
        """The value of a key in a state."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is None or kept[0] != state:
                kept = state, derive()
                self._kept[key] = kept
            return kept[1]
