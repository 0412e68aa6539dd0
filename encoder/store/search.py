"""The search over all codes and the tree: by code, then by words.

The full-text index holds each entry at its rank, so that the first few hundred matches are the ones worth ranking;
they are ranked word by word. What has all words is looked for first; while that is little, what lacks one, then more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations

from encoder.core.search.found import Found, Hit, ReadWord
from encoder.core.search.matching import TITLE, Match, Matcher
from encoder.core.search.reading import BEGINS, STEM, TYPED, Query, Reading, read, without
from encoder.core.search.telling import NOTHING, told
from encoder.core.search.words import bare
from encoder.store.database import Database
from encoder.store.sought import MOST, Entry, Index, quoted

LIMIT = 20

_CANDIDATES, _FEW = 260, 50  # entries ranked that have all words, and for each way to leave some out
_IN_SCOPE, _ASKED_SYSTEM, _HEADING = 0.08, 0.2, -0.02
_OF_SYSTEM = {"tree": -0.2, "icd10pcs": -0.08}  # places and hospital codes come after the codes of the same words
_EXACT, _BEGINS, _NEAR_CODE, _BELOW_EXACT, _LEAST = 1.0, 0.9, 0.5, 0.99, 0.01
_ABOVE = 2.0  # above any part of a query that an entry can answer
_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TELLING, _WRONG = 3, 4  # signs of a code that hardly is anything else, and of one that may have been mistyped
_SEVENTH = 7  # signs of an ICD-10-CM code with its seventh character, without the point

Ranked = tuple[float, int, Entry, str, str, Match]


class Finder:
    """Searches one opened code database."""

    def __init__(self, database: Database) -> None:
        self._index = Index(database)

    def search(self, text: str, systems: Collection[str] = (), limit: int = LIMIT, *, correct: bool = True) -> Found:
        """Find what was typed; ``systems`` narrows to some code sets, ``correct`` mends letter errors.

        At most 200 hits are given.

        Raises:
            DataError: the database is damaged.
        """
        index, limit = self._index, max(1, min(limit, MOST))
        query = read(text, index.spelling, index.lexicon, index.meanings, index.near if correct else None)
        hits, used, unknown = self._by_code(query, systems, limit)
        left = without(query, used)
        words: list[ReadWord] = []
        if left.words and len(hits) < limit:
            found, words = self._by_words(left, systems, limit)
            seen = {(hit.system, hit.code) for hit in hits}
            hits += [hit for hit in found if (hit.system, hit.code) not in seen]
        return told(query, left, hits[:limit], words, unknown, index.like)

    # ---------------------------------------------------------------- by code

    def _by_code(self, query: Query, systems: Collection[str], limit: int) -> tuple[list[Hit], set[int], list[str]]:
        """Hits by code, the numbers of the words that were codes, and the codes that no table has."""
        hits: dict[tuple[str, str], Hit] = {}
        used: set[int] = set()
        unknown: list[str] = []
        for code in query.telling:
            short = len(code) < _TELLING  # two letters may as well begin a word: leave room for words
            of_code = [*self._exact(code, systems), *self._longer(code, systems, limit // 2 if short else limit)]
            if not of_code and len(code) >= _WRONG and not self._is_word(code, query):
                of_code = list(self._near_codes(code, systems, limit))
                unknown.append(code)
            if of_code and not short:
                used |= _numbers_of(code, query)
            for hit in of_code:
                hits.setdefault((hit.system, hit.code), hit)
        beside = any(hit.score == _EXACT for hit in hits.values()) and (not systems or "modifier" in systems)
        for code in (code for code in query.codes if beside and len(code) < _TELLING):  # 27365-LT
            for hit in self._exact(code, ("modifier",)):
                hits.setdefault((hit.system, hit.code), hit)
                used |= _numbers_of(code, query)
        found = sorted(hits.values(), key=lambda hit: -hit.score)
        rest = without(query, used)
        return (self._ordered_by_words(found, rest) if used and rest.words else found), used, unknown

    def _is_word(self, code: str, query: Query) -> bool:
        """Whether what looks like a code is a word of titles that was typed among others (T12, G6PD)."""
        return len(query.words) > 1 and bool(self._index.lexicon.id(code.lower()))

    def _exact(self, code: str, systems: Collection[str]) -> Iterator[Hit]:
        """The entries with this very code; one that takes a seventh character is followed by its codes."""
        filled = _pointed(code.rstrip("X")) if len(code) == _SEVENTH - 1 else code
        for entry in self._index.with_codes({code, _pointed(code), filled}, systems):
            yield _hit(entry, entry.code, entry.title, _EXACT, ("code",))
            for letter, text in self._index.sevenths(entry.seventh):
                if letter in entry.letters:
                    longer = extended(entry.code, letter)
                    yield _hit(entry, longer, f"{entry.title}, {text}", _BEGINS, (f"code begins {entry.code}",))
        if len(code) == _SEVENTH:
            for entry in self._index.with_codes({_pointed(code[:-1]), _pointed(code[:-1].rstrip("X"))}, systems):
                text = dict(self._index.sevenths(entry.seventh)).get(code[-1], "") if code[-1] in entry.letters else ""
                if text:
                    yield _hit(entry, _pointed(code), f"{entry.title}, {text}", _EXACT, ("code",))

    def _longer(self, code: str, systems: Collection[str], limit: int) -> Iterator[Hit]:
        for entry in self._index.longer(sorted({code, _pointed(code)}), systems, limit):
            yield _hit(entry, entry.code, entry.title, _BEGINS, (f"code begins {code}",))

    def _near_codes(self, code: str, systems: Collection[str], limit: int) -> Iterator[Hit]:
        """Codes one sign away from a code that no table has, and the heading that it would stand under."""
        swapped = [code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(len(code) - 1)]
        others = [code[:at] + sign + code[at + 1 :] for at in range(len(code)) for sign in _SIGNS]
        for variants, reason in ((swapped, f"two signs of {code} turned round"), (others, f"one sign from {code}")):
            forms = {form for other in variants for form in (other, _pointed(other))}
            for entry in self._index.with_codes(forms, systems, limit):
                yield _hit(entry, entry.code, entry.title, _NEAR_CODE, (reason,))
        for length in range(len(code) - 1, _TELLING - 1, -1):
            above = self._index.with_codes({code[:length], _pointed(code[:length])}, systems, limit)
            for entry in above:
                yield _hit(entry, entry.code, entry.title, _NEAR_CODE, (f"{code} would stand below it",))
            if above:
                return

    def _ordered_by_words(self, hits: Sequence[Hit], query: Query) -> list[Hit]:
        """Hits by code in the order in which they answer the words beside the code, the code itself first."""
        matcher = Matcher(query, self._index.lexicon)
        entries = self._index.with_codes({hit.code for hit in hits}, ())
        values = {entry.code: matcher.coverage(matcher.match(entry.phrases).values) for entry in entries}
        return sorted(hits, key=lambda hit: -values.get(hit.code, 0.0) if hit.score < _EXACT else -_ABOVE)

    # ---------------------------------------------------------------- by words

    def _by_words(self, query: Query, systems: Collection[str], limit: int) -> tuple[list[Hit], list[ReadWord]]:
        """Hits by words, best first, and how the best one reads each word."""
        matcher = Matcher(query, self._index.lexicon)
        sevenths: dict[str, list[tuple[str, str, Match]]] = {}
        found: list[Ranked] = []
        for entry in self._candidates(query, systems, limit):
            match = matcher.match(entry.phrases)
            code, title = entry.code, entry.title
            if entry.letters:
                code, title, match = self._with_seventh(entry, match, matcher, sevenths)
            if not any(match.values):
                continue
            score = matcher.score(match.values, match.exactness) + self._prior(entry, match)
            score += _ASKED_SYSTEM * (entry.system in query.systems)
            score += 0.0 if systems else _OF_SYSTEM.get(entry.system, 0.0)
            found.append((-score, entry.id, entry, code, title, match))
        found.sort(key=lambda one: one[:2])
        hits = []
        for worth, _, entry, code, title, match in found[:limit]:
            score = max(_LEAST, min(-worth, _BELOW_EXACT))
            hits.append(_hit(entry, code, title, score, self._reasons(query, match), _missing(query, match)))
        return hits, self._read_by(query, found[0][-1]) if found else []

    def _prior(self, entry: Entry, match: Match) -> float:
        """What an entry is worth by itself: in scope, and the usual choice where nothing typed asks for another."""
        marks = self._index.choices.keys() & set(entry.phrases[0][1])
        typed = {why[1] for why in match.why if why} if marks else set()
        return _IN_SCOPE * entry.scope + _HEADING * entry.heading + sum(self._index.choices[m] for m in marks - typed)

    def _candidates(self, query: Query, systems: Collection[str], limit: int) -> list[Entry]:
        """Entries worth ranking."""
        words = [at for at, word in enumerate(query.words) if word.known]
        words.sort(key=lambda at: -query.words[at].weight)
        conditions = {at: condition(query.readings, at) for at in words}
        steps: tuple[Iterable[tuple[int, ...]], ...] = (
            (tuple(words),),
            combinations(words, max(len(words) - 1, 0)),
            combinations(words[:4], 2),
            combinations(words[:3], 1),
        )
        entries: dict[int, Entry] = {}
        for step, groups in enumerate(steps):
            for group in filter(None, groups):
                text = " AND ".join(conditions[at] for at in group)
                for entry in self._index.with_text(text, systems, _FEW if step else _CANDIDATES):
                    entries[entry.id] = entry
            if sum(bool(systems) or entry.system not in _OF_SYSTEM for entry in entries.values()) >= limit:
                break
        return list(entries.values())

    def _with_seventh(
        self, entry: Entry, match: Match, matcher: Matcher, known: dict[str, list[tuple[str, str, Match]]]
    ) -> tuple[str, str, Match]:
        """The code with the seventh character that answers best; the first one where none answers better."""
        if entry.seventh not in known:
            meant = self._index.sevenths(entry.seventh)
            known[entry.seventh] = [(a, text, matcher.match(((TITLE, self._index.ids(text)),))) for a, text in meant]
        of_entry = [one for one in known[entry.seventh] if one[0] in entry.letters]
        best = max(of_entry, key=lambda one: round(matcher.coverage(_best(match, one[2])), 9), default=None)
        if best is None:
            return entry.code, entry.title, match
        letter, text, more = best
        why = [
            a if one >= other else b
            for one, other, a, b in zip(match.values, more.values, match.why, more.why, strict=True)
        ]
        whole = Match(tuple(_best(match, more)), tuple(why), match.exactness)
        return extended(entry.code, letter), f"{entry.title}, {text}", whole

    # ---------------------------------------------------------------- reasons

    def _reasons(self, query: Query, match: Match) -> tuple[str, ...]:
        """Why an entry was found: for each word what it has for it."""
        pairs = [(word.typed, self._said(why)) for word, why in zip(query.words, match.why, strict=True) if why]
        return tuple(dict.fromkeys(said if said == typed else f"{said} ({typed})" for typed, said in pairs))

    def _said(self, why: tuple[Reading, int]) -> str:
        """The word that an entry has, as it is mostly written, or the phrase that stands for it."""
        reading, at = why
        itself = at and reading.how in (TYPED, BEGINS, STEM)
        return self._index.lexicon.shown(self._index.lexicon.words[at - 1]) if itself else reading.shown

    def _read_by(self, query: Query, match: Match) -> list[ReadWord]:
        return [
            ReadWord(word.typed, self._said(why), why[0].how) if why else ReadWord(word.typed, "", NOTHING)
            for word, why in zip(query.words, match.why, strict=True)
        ]


def condition(readings: Iterable[Reading], at: int) -> str:
    """The full-text condition that an entry has one of the readings of a typed word."""
    texts = []
    for reading in readings:
        if at in reading.covers:
            words = [quoted(word) for word in reading.words]
            words[-1] += "*" if reading.begins else ""
            texts.append(words[0] if len(words) == 1 else f"({' AND '.join(words)})")
    return f"({' OR '.join(dict.fromkeys(texts))})"


def _numbers_of(code: str, query: Query) -> set[int]:
    """The numbers of the words that are this code."""
    return {at for at, word in enumerate(query.words) if bare(word.typed) == code}


def _best(one: Match, other: Match) -> list[float]:
    return [max(values) for values in zip(one.values, other.values, strict=True)]


def _missing(query: Query, match: Match) -> tuple[str, ...]:
    """The typed words that an entry does not answer."""
    return tuple(word.typed for word, why in zip(query.words, match.why, strict=True) if not why)


def _hit(
    entry: Entry, code: str, title: str, score: float, matched: tuple[str, ...], missing: tuple[str, ...] = ()
) -> Hit:
    return Hit(entry.system, code, title, round(score, 3), matched, missing, entry.scope)


def _pointed(code: str) -> str:
    """A code with the point of ICD-10-CM."""
    bare = code.replace(".", "")
    return bare if len(bare) <= 3 else f"{bare[:3]}.{bare[3:]}"


def extended(code: str, letter: str) -> str:
    """A code with its seventh character, the places between filled with X."""
    return _pointed(code.replace(".", "").ljust(_SEVENTH - 1, "X") + letter)
