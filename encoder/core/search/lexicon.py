"""The words of all titles: which there are, which begin so, and how telling each is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from math import log

_FAINT = 0.15


class Lexicon:
    """Words in alphabetical order; a word's id is its place, from 1.

    ``shown`` is how a word is mostly written, ``found`` the number of entries that hold it, of ``total``; ``faint`` are
    words that say little in a title.
    """

    def __init__(
        self,
        words: Sequence[str],
        shown: Sequence[str],
        found: Sequence[int],
        total: int,
        faint: Collection[str] = (),
    ) -> None:
        self.words = words
        self._shown = shown
        self._found = found
        self._total = total
        self.weights = [0.0, *(self._weight(count) for count in found)]
        """How telling each word is, by id: the rarer, the more; a faint word tells little whatever its number."""
        for word in faint:
            self.weights[self.id(word)] *= _FAINT

    def id(self, word: str) -> int:
        """The id of a word; 0 when no title has it."""
        at = bisect_left(self.words, word)
        return at + 1 if at < len(self.words) and self.words[at] == word else 0

    def beginning(self, start: str) -> range:
        """The ids of the words that begin so, the word itself included."""
        return range(bisect_left(self.words, start) + 1, bisect_left(self.words, start + "\uffff") + 1)

    def shown(self, word: str) -> str:
        """The way a word is mostly written; itself when no title has it."""
        at = self.id(word)
        return self._shown[at - 1] if at else word

    def found(self, word: str) -> int:
        """How many entries hold a word."""
        at = self.id(word)
        return self._found[at - 1] if at else 0

    def weight(self, ids: Sequence[int]) -> float:
        """How telling it is that an entry has one of these words."""
        if len(ids) == 1:
            return self.weights[ids[0]]
        return self._weight(sum(self._found[at - 1] for at in ids))

    def _weight(self, count: int) -> float:
        return log(1 + self._total / (1 + count))
