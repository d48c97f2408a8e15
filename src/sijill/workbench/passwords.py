"""Passwords, hashed with Argon2id; and patience with those who guess, but not for long."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from functools import lru_cache
from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 1024
_hasher = PasswordHasher()


class WeakPasswordError(ValueError):
    """A password that is no protection; the message says what is wanted."""


def hashed(password: str) -> str:
    """The hash of a new password. Raises `WeakPasswordError` for one that is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise WeakPasswordError(f"a password has {SHORTEST} to {LONGEST} characters")
    return _hasher.hash(password)


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return _hasher.hash("nobody")


def fits(password: str, hash_: str | None) -> bool:
    """Whether it is the password of that hash. Where there is none it takes as long to say no."""
    try:
        right = _hasher.verify(hash_ or _nobodys(), password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return right and hash_ is not None


class Attempts:
    """How often something failed for a key (a name, an address) within a time; memory is kept for `keys` of them."""

    def __init__(
        self,
        allowed: int,
        seconds: float = 900.0,
        keys: int = 10_000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.allowed, self.seconds, self.keys, self.clock = allowed, seconds, keys, clock
        self._failed: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, key: str) -> float:
        """Seconds until another attempt is allowed; 0.0 if it is now."""
        with self._lock:
            times = self._recent(key)
            if len(times) < self.allowed:
                return 0.0
            return times[0] + self.seconds - self.clock()

    def failed(self, key: str) -> None:
        """Note a failure."""
        with self._lock:
            times = self._recent(key)
            times.append(self.clock())
            self._failed[key] = times
            self._failed.move_to_end(key)
            while len(self._failed) > self.keys:
                self._failed.popitem(last=False)

    def _recent(self, key: str) -> deque[float]:
        times = self._failed.get(key, deque(maxlen=self.allowed))
        while times and times[0] <= self.clock() - self.seconds:
            times.popleft()
        return times
