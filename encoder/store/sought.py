"""The search tables of the code database: entries by code or by full text, words, what words mean, words near a word.

Nothing is read before the first search; the words of all titles are then kept, and so are the entries looked at last.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

from encoder.core.search.lexicon import Lexicon
from encoder.core.search.matching import Phrases, phrases
from encoder.core.search.reading import FAINT, UNUSUAL, USUAL, Meaning
from encoder.core.search.words import Spelling
from encoder.store.database import Database

MOST = 200
"""The most entries that one question brings."""

_ENTRY = """SELECT s.id, s.system, s.code, CASE s.title WHEN '' THEN i.title ELSE s.title END, s.scope, s.words,
            coalesce(i.seventh, ''), coalesce(i.letters, ''), coalesce(i.kind, '')
            FROM sought s LEFT JOIN icd i ON s.system = 'icd10cm' AND i.code = s.code"""
_WORTH = {USUAL: 0.02, UNUSUAL: -0.04}
_KEPT = 3000  # entries kept between keystrokes
_NEAR = 4  # words that a misspelt word may be
_SHORTEST, _SHORTEST_TWO = 3, 5  # letters of a word that may have an error, or two


class Entry:
    """One thing that can be found: its phrases, and the seventh characters it takes."""

    __slots__ = ("code", "heading", "id", "letters", "phrases", "scope", "seventh", "system", "title")

    def __init__(
        self,
        number: int,
        system: str,
        code: str,
        title: str,
        scope: int,
        words: bytes,
        seventh: str,
        letters: str,
        kind: str,
    ) -> None:
        self.id, self.system, self.code, self.title, self.scope = number, system, code, title, bool(scope)
        self.phrases: Phrases = phrases(_numbers(words))
        self.seventh, self.letters, self.heading = seventh, letters, kind in ("heading", "block")


class Index:
    """The search tables of one opened code database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: dict[int, Entry] = {}
        self.near = lru_cache(maxsize=512)(self._near)
        self.sevenths = lru_cache(maxsize=64)(self._sevenths)
        self._meaning = lru_cache(maxsize=2048)(self._read_meaning)
        self._beginnings = lru_cache(maxsize=4)(self._read_beginnings)

    # ---------------------------------------------------------------- entries

    def with_text(self, text: str, systems: Collection[str], limit: int) -> tuple[Entry, ...]:
        """The first entries that a full-text condition holds for, best first; ``text`` is made by ``condition``."""
        asked = f"({' OR '.join(quoted(mark(system)) for system in systems)}) AND " if systems else ""
        sql = "SELECT rowid FROM sought_text WHERE sought_text MATCH ? ORDER BY rowid LIMIT ?"
        numbers = self._database.read(sql, (asked + text, limit), int)
        if len(self._kept) > _KEPT:
            self._kept.clear()
        missing = [number for number in numbers if number not in self._kept]
        if missing:
            new = self._database.read(f"{_ENTRY} WHERE s.id IN ({_places(missing)})", missing, Entry)
            self._kept.update((entry.id, entry) for entry in new)
        return tuple(self._kept[number] for number in numbers)

    def with_codes(self, codes: Collection[str], systems: Collection[str], limit: int = MOST) -> tuple[Entry, ...]:
        """The entries that have one of these codes, best first."""
        return self._where(f"s.code IN ({_places(codes)})", tuple(codes), systems, limit)

    def longer(self, starts: Collection[str], systems: Collection[str], limit: int) -> tuple[Entry, ...]:
        """The entries whose code begins with one of these and goes on, best first."""
        where = " OR ".join("(s.code > ? AND s.code < ?)" for _ in starts)
        return self._where(f"({where})", [v for start in starts for v in (start, f"{start}\uffff")], systems, limit)

    def _where(self, where: str, values: Sequence[str], systems: Collection[str], limit: int) -> tuple[Entry, ...]:
        narrowed = f" AND s.system IN ({_places(systems)})" if systems else ""
        sql = f"{_ENTRY} WHERE {where}{narrowed} ORDER BY s.id LIMIT ?"
        return self._database.read(sql, (*values, *systems, limit), Entry)

    def _sevenths(self, code: str) -> tuple[tuple[str, str], ...]:
        """The seventh characters that an entry defines, each with its meaning."""
        sql = "SELECT letter, text FROM icd_seventh WHERE code = ? ORDER BY letter"
        return self._database.read(sql, (code,), lambda letter, text: (letter, text))

    # ---------------------------------------------------------------- words

    @cached_property
    def spelling(self) -> Spelling:
        """The rules that make words alike."""
        sql = "SELECT kind, pattern, becomes FROM sought_spelling ORDER BY position"
        return Spelling.of(self._database.read(sql, (), lambda kind, pattern, becomes: (kind, pattern, becomes)))

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words of all titles."""
        sql = "SELECT word, shown, found FROM sought_word ORDER BY id"
        rows = self._database.read(sql, (), lambda word, shown, found: (str(word), str(shown), int(found)))
        total = self._database.read("SELECT count(*) FROM sought", (), int)[0]
        columns = ([row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows])
        return Lexicon(*columns, total, self._words_that_are(FAINT))

    @cached_property
    def choices(self) -> Mapping[int, float]:
        """What it is worth that a title names the usual or the unusual choice, by the id of the word that does."""
        return {self.lexicon.id(word): worth for how, worth in _WORTH.items() for word in self._words_that_are(how)}

    def ids(self, text: str) -> tuple[int, ...]:
        """The ids of the words of a text."""
        return tuple(self.lexicon.id(word) for word in self.spelling.words_of(text))

    def meanings(self, phrases: Iterable[str]) -> Mapping[str, Sequence[Meaning]]:
        """What phrases may also mean, for those that may mean something else."""
        return {phrase: found for phrase in phrases if (found := self._meaning(phrase))}

    def like(self, word: str) -> tuple[str, ...]:
        """Words to try instead of one that no title has, however far they are."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        near = [other for other, _ in self.near(word)]
        if not near:
            found = process.extract(word, self._all_words, scorer=OSA.normalized_similarity, limit=_NEAR - 1)
            near = [other for other, _, _ in found]
        return tuple(self.lexicon.shown(other) for other in near)

    def _near(self, word: str) -> tuple[tuple[str, int], ...]:
        """Known words near a word, the nearest and most used first; where none is, what words begin like it."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        if len(word) < _SHORTEST:
            return ()
        most = 1 if len(word) < _SHORTEST_TWO else 2
        for known in (self._all_words, self._beginnings(len(word)) if most > 1 else ()):
            found = process.extract(word, known, scorer=OSA.distance, score_cutoff=most, limit=24)
            near = sorted((int(e), other[:1] != word[:1], -self.lexicon.found(other), other) for other, e, _ in found)
            if near:
                return tuple((other, errors) for errors, _, _, other in near[:_NEAR])
        return ()

    @cached_property
    def _all_words(self) -> list[str]:
        """The words of all titles and the single words of the synonym files."""
        typed = self._database.read("SELECT DISTINCT typed FROM sought_reading WHERE typed NOT LIKE '% %'", (), str)
        return [*self.lexicon.words, *(word for word in typed if not self.lexicon.id(word))]

    def _read_beginnings(self, length: int) -> list[str]:
        """The beginnings of all longer words."""
        return sorted({word[:length] for word in self._all_words if len(word) > length})

    def _read_meaning(self, phrase: str) -> tuple[Meaning, ...]:
        sql = "SELECT meaning, how, shown FROM sought_reading WHERE typed = ? ORDER BY meaning"
        return self._database.read(sql, (phrase,), lambda means, how, shown: Meaning(tuple(means.split()), how, shown))

    def _words_that_are(self, how: str) -> tuple[str, ...]:
        return self._database.read("SELECT typed FROM sought_reading WHERE how = ? ORDER BY typed", (how,), str)


def mark(system: str) -> str:
    """The word in the index that stands for a code set; no title can have it."""
    return f"0system0{system}"


def quoted(word: str) -> str:
    """A word of letters and digits as the full-text index takes it."""
    return f'"{word}"'


def _numbers(words: bytes) -> array[int]:
    """The 16-bit numbers of an entry, stored with the low byte first."""
    numbers = array("H", words)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _places(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))
