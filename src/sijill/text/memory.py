"""A bounded memory of the words that texts hold."""

from __future__ import annotations

from typing import TypeVar

Known = TypeVar("Known")

MOST = 150_000
"""Words until older ones make room: more than five thousand newspaper articles hold."""
_LONGEST = 64
"""Letters of the longest word that is kept: no language's words are longer, but a hostile text's may be."""
_LONGEST_NUMERAL = 4
"""Characters of the longest numeral that is kept: a longer one seldom comes again."""


class WordMemory(dict[str, Known]):
    """What is known of the words seen last.

    When `most` words are held they are put behind, and those that come again are taken from there. So at most twice as many are
    held, however many words the texts have, and those that texts use all the time are worked out once.
    """

    def __init__(self, most: int = MOST) -> None:
        super().__init__()
        self._most = most
        self._behind: dict[str, Known] = {}

    def recall(self, word: str) -> bool:
        """Whether a word that is not held was put behind; then it is held again."""
        if word not in self._behind:
            return False
        self.keep(word, self._behind.pop(word))
        return True

    def keep(self, word: str, known: Known) -> None:
        """Hold what is known of a word."""
        if len(word) > _LONGEST or (len(word) > _LONGEST_NUMERAL and word[0].isdecimal()):
            return
        if len(self) >= self._most:
            self._behind = dict(self)
            self.clear()
        self[word] = known
