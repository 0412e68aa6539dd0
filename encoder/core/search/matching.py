"""How well an entry answers a query: how much of what was typed it has, and how much else it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from encoder.core.search.lexicon import Lexicon
from encoder.core.search.reading import BEGINS, STEM, Query, Reading

TITLE, ALSO, TERM, SORT, LOOSE = 1, 2, 3, 4, 5
"""Kinds of phrases: the title, what it is also called, an inclusion term, what its sort is called, words nearby."""

MARK = 65_535
"""Before the kind of each phrase in the words of an entry."""

_PART = {TITLE: 1.0, ALSO: 0.97, TERM: 0.9, SORT: 0.93, LOOSE: 0.66}
_NAMES = (TITLE, ALSO, TERM)
_FULL = 0.7  # what full coverage alone is worth; the rest is for saying nothing else
_MISSING = 0.95  # what is left for each typed word that an entry does not have

Phrases = tuple[tuple[int, tuple[int, ...]], ...]


def phrases(words: Sequence[int]) -> Phrases:
    """The phrases of an entry: its words between marks, each phrase with its kind."""
    marks = [*(at for at, word in enumerate(words) if word == MARK), len(words)]
    return tuple((words[start + 1], tuple(words[start + 2 : end])) for start, end in pairwise(marks))


Why = tuple[Reading, int] | None
"""The reading by which a typed word was found, and the id of the word that the entry has for it."""


@dataclass(frozen=True, slots=True)
class Match:
    """How an entry answers: for each typed word how well (0 to 1) and why, and how much else the entry says."""

    values: tuple[float, ...]
    why: tuple[Why, ...]
    exactness: float


class Matcher:
    """One query, ready to be held against many entries."""

    def __init__(self, query: Query, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._words = query.words
        self._whole = sum(word.weight for word in query.words) or 1.0
        self._single: dict[int, list[tuple[int, float, Reading]]] = {}
        self._many: list[tuple[Reading, list[frozenset[int]]]] = []
        for reading in query.readings:
            if len(reading.words) > 1 or len(reading.covers) > 1:
                self._many.append((reading, [self._allowed(reading, at) for at in range(len(reading.words))]))
            else:
                self._add(reading)
        self._told = {*self._single, *(lexicon.id(word) for word in query.left_out)}
        self._wanted = self._told.union(*(words for _, needed in self._many for words in needed))

    def match(self, of: Phrases) -> Match:
        """How the phrases of an entry answer."""
        values = [0.0] * len(self._words)
        why: list[Why] = [None] * len(self._words)
        have: dict[int, float] = {}
        for kind, words in of:
            part = _PART[kind]
            for word in words:
                if word in self._wanted and have.get(word, 0.0) < part:
                    have[word] = part
        has = set(have)
        told = has & self._told
        for word, part in have.items():
            for at, weight, reading in self._single.get(word, ()):
                if weight * part > values[at]:
                    values[at], why[at] = weight * part, (reading, word)
        for reading, needed in self._many:
            if any(words.isdisjoint(has) for words in needed):
                continue
            value = reading.weight * min([max([have[word] for word in words & has]) for words in needed])
            told.update(*needed)
            for at in reading.covers:
                if value > values[at]:
                    values[at], why[at] = value, (reading, 0)
        return Match(tuple(values), tuple(why), self._exactness(of, told))

    def coverage(self, values: Sequence[float]) -> float:
        """The part of the query that these values answer, each word as telling as it is."""
        return sum(word.weight * value for word, value in zip(self._words, values, strict=True)) / self._whole

    def score(self, values: Sequence[float], exactness: float) -> float:
        """Coverage first; of two entries that cover the same, the one that says less else."""
        missing = sum(not value for value in values)
        return self.coverage(values) * _MISSING**missing * (_FULL + (1 - _FULL) * exactness)

    def _exactness(self, of: Phrases, told: set[int]) -> float:
        """The largest part of a title, or of what the entry is also called, that the query speaks of."""
        weights = self._lexicon.weights
        most = 0.0
        for kind, words in of:
            if kind in _NAMES and words:
                said = sum([weights[word] for word in words if word in told])
                if said:
                    most = max(most, _PART[kind] * said / sum([weights[word] for word in words]))
        return most

    def _allowed(self, reading: Reading, at: int) -> frozenset[int]:
        if reading.begins and at == len(reading.words) - 1:
            return frozenset(self._lexicon.beginning(reading.words[at]))
        return frozenset((self._lexicon.id(reading.words[at]),))

    def _add(self, reading: Reading) -> None:
        """A reading of one word by one word; a word that merely begins so counts the less the longer it goes on."""
        (at,) = reading.covers
        length = len(reading.words[0])
        for word in self._allowed(reading, 0):
            weight = reading.weight
            if reading.how in (BEGINS, STEM):
                weight *= 0.75 + 0.25 * length / len(self._lexicon.words[word - 1])
                if reading.how == BEGINS:
                    weight = min(weight + 0.3 * length / len(self._lexicon.words[word - 1]), 0.99)
            self._single.setdefault(word, []).append((at, weight, reading))
