"""Phrases as the cue files write them, and their look-up in a sentence in one pass.

A phrase is words, with ``(a|b c)`` for one of several, ``[a]`` for what may be missing, and ``~`` for up to three words
of any kind. Hyphens, slashes, capitals and plural endings count for nothing; punctuation ends a phrase.

All phrases together are one automaton of words. Its states are worked out when a note first needs them and kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from encoder.core.note.text import Words, fold, words_of

T = TypeVar("T")
GAP = 3
_PART = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|(~)|([^()\[\]~]+)")
_STOPS = frozenset(".;:!?")
_START = 0


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A phrase found in a sentence: words ``first`` up to and without ``last``."""

    what: T
    first: int
    last: int


class Phrases(Generic[T]):
    """All phrases of the cue files as one automaton."""

    def __init__(self, alias: Mapping[str, str]) -> None:
        self._alias = alias
        self._next: list[dict[str, set[int]]] = [{}]
        self._any: list[set[int]] = [set()]
        self._means: list[list[T]] = [[]]
        self._known: set[str] = set()
        self._states: dict[frozenset[int], int] = {}
        self._parts: list[frozenset[int]] = []
        self._found: list[tuple[T, ...]] = []
        self._moves: dict[tuple[int, str], int] = {}

    def add(self, phrase: str, what: T) -> None:
        """Add a phrase and what it stands for.

        Raises:
            ValueError: brackets that do not close or stand within others, or no word at the begin or end.
        """
        if _PART.sub("", phrase) or any("[" in one_of for one_of, *_ in _PART.findall(phrase)):
            raise ValueError(f"brackets do not close in '{phrase}'")
        here = {_START}
        for one_of, maybe, gap, plain in _PART.findall(phrase):
            if gap:
                here = self._gap(here)
            elif plain.strip() or one_of or maybe:
                choices = one_of.split("|") if one_of else maybe.split("|") if maybe else [plain]
                here = self._one_of(here, [self._words(choice) for choice in choices], optional=bool(maybe))
        if _START in here or any(self._any[_START]):
            raise ValueError(f"'{phrase}' may stand for nothing, or begins with a gap")
        for node in here:
            self._means[node].append(what)
        self._states.clear()
        self._moves.clear()
        self._parts.clear()
        self._found.clear()

    def find(self, words: Words) -> list[Hit[T]]:
        """Every phrase in a sentence, in the order of the text."""
        hits: list[Hit[T]] = []
        start = self._state(frozenset((_START,)))
        known, moves, found = self._known, self._moves, self._found
        line = [word if word in known or word in _STOPS else "" for word in words.words]
        size = len(line)
        for first, word in enumerate(line):
            if not word:
                continue
            state, at = start, first
            while at < size:
                key = (state, line[at])
                state = moves[key] if key in moves else self._move(*key)
                at += 1
                if not state:
                    break
                if found[state]:
                    hits.extend(Hit(what, first, at) for what in found[state])
        return hits

    def _words(self, text: str) -> Sequence[str]:
        folded = fold(text)
        words = words_of(folded, 0, len(folded), self._alias).words
        self._known.update(words)
        return words

    def _node(self) -> int:
        self._next.append({})
        self._any.append(set())
        self._means.append([])
        return len(self._next) - 1

    def _one_of(self, here: set[int], choices: Iterable[Sequence[str]], *, optional: bool) -> set[int]:
        end = self._node()
        for words in choices:
            before = here
            for index, word in enumerate(words):
                node = end if index == len(words) - 1 else self._node()
                for one in before:
                    self._next[one].setdefault(word, set()).add(node)
                before = {node}
        return here | {end} if optional else {end}

    def _gap(self, here: set[int]) -> set[int]:
        reached, before = set(here), here
        for _ in range(GAP):
            node = self._node()
            for one in before:
                self._any[one].add(node)
            before = {node}
            reached.add(node)
        return reached

    def _state(self, nodes: frozenset[int]) -> int:
        """The number of a set of nodes; 0 is the empty one."""
        if not self._states:
            self._states[frozenset()] = 0
            self._parts.append(frozenset())
            self._found.append(())
        if nodes not in self._states:
            self._states[nodes] = len(self._parts)
            self._parts.append(nodes)
            self._found.append(tuple(dict.fromkeys(what for node in sorted(nodes) for what in self._means[node])))
        return self._states[nodes]

    def _move(self, state: int, word: str) -> int:
        then: set[int] = set()
        for node in self._parts[state]:
            then |= self._next[node].get(word, set())
            if word not in _STOPS:
                then |= self._any[node]
        made = self._moves[state, word] = self._state(frozenset(then))
        return made


def longest(hits: Iterable[Hit[T]]) -> list[Hit[T]]:
    """The hits without those that lie inside a longer one."""
    kept: list[Hit[T]] = []
    for hit in sorted(hits, key=lambda hit: (hit.first - hit.last, hit.first)):
        if not any(other.first <= hit.first and hit.last <= other.last for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.first)
