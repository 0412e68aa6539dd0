"""What a coder typed, read: which words, what each may mean, which look like codes, which code set is asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod

from encoder.core.search.lexicon import Lexicon
from encoder.core.search.words import Spelling, parts, pieces

LONGEST_PHRASE = 4
MOST_PIECES, MOST_WORDS = 48, 9
LEFT_OUT, SYSTEM, SAME, NEAR, SHORT = "left_out", "system", "same", "near", "short"
FAINT, USUAL, UNUSUAL = "faint", "usual", "unusual"
TYPED, BEGINS, STEM, SPELLING, JOINED, PARTED = "typed", "begins", "stem", "spelling", "joined", "parted"

WEIGHTS = {TYPED: 1.0, JOINED: 0.97, PARTED: 0.95, SHORT: 0.94, SAME: 0.92, NEAR: 0.78, STEM: 0.8}
_ENDINGS = (
    *("ations", "ation", "ments", "ment", "ical", "ions", "ings", "ally", "ized", "ion", "ing", "ous", "ive", "ity"),
    *("ed", "al", "ar", "ic", "or", "er", "ly", "y", "e"),
)
_SHORTEST_STEM = 4
_FROM_BEGINNING, _LAST_BONUS = 0.62, 0.06
_SPELLED = (0.0, 0.8, 0.62)  # by the number of letter errors
_RARE, _COMMON = 24, 40  # a word with few entries may be a slip for one with so many times more
_CODE = re.compile(r"\d{3,4}[0-9a-z]?|[0-9a-z]|[a-z][0-9a][0-9a-z]{0,5}|0[a-z][0-9a-z]{1,5}|[0-9a-z]{2}")
_TELLING_CODE = re.compile(r"\d{4}[0-9a-z]|[a-z][0-9a][0-9a-z]{1,5}|0[a-z][0-9a-z]{1,5}|\d{3,4}")
_SIGNS = re.compile(r"[^0-9a-z]+")

Speller = Callable[[str], Sequence[tuple[str, int]]]
"""Words of the lexicon, or beginnings of words, near a word, the nearest first, each with its letter errors."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One row of the synonym files: what a typed phrase may also mean; for a system the system's name."""

    words: tuple[str, ...]
    how: str
    shown: str


Meanings = Callable[[Collection[str]], Mapping[str, Sequence[Meaning]]]


@dataclass(frozen=True, slots=True)
class Word:
    """One word that counts: as typed, made alike, how telling it is, and whether any reading of it exists."""

    typed: str
    alike: str
    weight: float
    known: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read one or more typed words: an entry that has all of ``words`` has what was typed.

    ``covers`` are the numbers of the typed words it stands for; with ``begins`` the last word may go on.
    """

    words: tuple[str, ...]
    covers: tuple[int, ...]
    weight: float
    how: str
    shown: str
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, read.

    Attributes:
        codes: the pieces that may be codes, upper case without points; ``telling`` those that hardly are anything else.
        systems: the code sets that are named.
        left_out: the words that name nothing.
    """

    text: str
    words: tuple[Word, ...]
    readings: tuple[Reading, ...]
    codes: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    typed: str
    alike: str
    capitals: bool


def read(text: str, spelling: Spelling, lexicon: Lexicon, meanings: Meanings, speller: Speller | None) -> Query:
    """Read what was typed. Without a speller nothing is corrected."""
    found = _pieces(text, spelling, meanings)
    known = meanings(_phrases([piece.alike for piece in found]))
    systems, taken = _systems(found, known)
    rest = [piece for at, piece in enumerate(found) if at not in taken]
    kept = [piece for piece in rest if not _left_out(piece, known)] or (rest if not systems else [])
    if len(kept) > 1 and len(kept[-1].alike) == 1 and kept[-1].alike.isalpha() and text[-1:].isalnum():
        kept = kept[:-1]  # a word is being begun; its first letter alone says nothing
    codes = tuple(dict.fromkeys(code for piece in kept if (code := _code(piece.typed))))
    return Query(
        text,
        *_read_words(kept, spelling, lexicon, meanings, speller),
        tuple(code.upper() for code in codes),
        tuple(code.upper() for code in codes if _TELLING_CODE.fullmatch(code) or len(kept) == 1),
        systems,
        tuple(piece.alike for piece in rest if piece not in kept),
    )


def without(query: Query, numbers: Collection[int]) -> Query:
    """The query without some of its words, because they turned out to be codes."""
    left = [at for at in range(len(query.words)) if at not in numbers]
    place = {at: new for new, at in enumerate(left)}
    readings = tuple(
        replace(reading, covers=tuple(place[at] for at in reading.covers))
        for reading in query.readings
        if all(at in place for at in reading.covers)
    )
    return replace(query, words=tuple(query.words[at] for at in left), readings=readings)


def _pieces(text: str, spelling: Spelling, meanings: Meanings) -> list[_Piece]:
    """The pieces of a text: an abbreviation with signs in it and a code with its point stay whole."""
    typed = pieces(text)[:MOST_PIECES]
    capitals = set(re.findall(r"\b[A-Z]{2,}\b", text)) if text != text.upper() else set()
    signed = meanings([piece for piece in typed if not piece.isalnum()])
    found = []
    for piece in typed:
        whole = piece.isalnum() or piece in signed or _code(piece)
        for part in [piece] if whole else parts(piece):
            alike = part if part in signed else spelling.alike(_SIGNS.sub("", part))
            found.append(_Piece(part, alike, part.upper() in capitals))
    return found


def _code(piece: str) -> str:
    """A piece without its signs when it may be a code; else nothing."""
    code = _SIGNS.sub("", piece)
    return code if _CODE.fullmatch(code) and (len(code) < 3 or any(c.isdigit() for c in code)) else ""


def _phrases(words: Sequence[str]) -> set[str]:
    """Every run of up to four words."""
    return {
        " ".join(words[at : at + length])
        for length in range(1, LONGEST_PHRASE + 1)
        for at in range(len(words) - length + 1)
    }


def _systems(found: Sequence[_Piece], known: Mapping[str, Sequence[Meaning]]) -> tuple[tuple[str, ...], set[int]]:
    """The code sets that are named, and the numbers of the pieces that name them."""
    systems: dict[str, None] = {}
    taken: set[int] = set()
    for length in range(LONGEST_PHRASE, 0, -1):
        for at in range(len(found) - length + 1):
            run = range(at, at + length)
            if taken.isdisjoint(run):
                for meaning in known.get(" ".join(found[i].alike for i in run), ()):
                    if meaning.how == SYSTEM:
                        systems[meaning.shown] = None
                        taken.update(run)
    return tuple(systems), taken


def _left_out(piece: _Piece, known: Mapping[str, Sequence[Meaning]]) -> bool:
    """Whether a word names nothing; in capitals among small letters it is an abbreviation (OR, IT) if it can be one."""
    hows = {meaning.how for meaning in known.get(piece.alike, ())}
    return LEFT_OUT in hows and not (piece.capitals and SHORT in hows)


def _read_words(
    kept: Sequence[_Piece], spelling: Spelling, lexicon: Lexicon, meanings: Meanings, speller: Speller | None
) -> tuple[tuple[Word, ...], tuple[Reading, ...]]:
    """The words that count and all their readings."""
    once = list({piece.alike: piece for piece in kept}.values())
    if len(once) > MOST_WORDS:  # the most telling ones, in the order they were typed
        rare = sorted(once, key=lambda piece: lexicon.found(piece.alike) or 1)[:MOST_WORDS]
        once = [piece for piece in once if piece in rare]
    readings: list[Reading] = []
    likely: list[list[tuple[str, float]]] = []
    for at, piece in enumerate(once):
        mended = _corrected(at, piece.alike, lexicon, meanings, speller)
        readings += [
            *_plain(at, piece.alike, lexicon, at == len(once) - 1),
            *mended,
            *_parted(at, piece.alike, lexicon),
        ]
        likely.append(_likely(piece.alike, mended, meanings))
        if at + 1 < len(once):
            joined = spelling.alike(piece.alike + once[at + 1].alike)
            if lexicon.id(joined):
                readings.append(_reading((joined,), (at, at + 1), JOINED, lexicon))
    for length in range(1, min(LONGEST_PHRASE, len(once)) + 1):
        for at in range(len(once) - length + 1):
            run = likely[at : at + length] if length > 1 else [likely[at][:1]]
            for choice in product(*run):
                phrase, part = " ".join(word for word, _ in choice), prod(part for _, part in choice)
                readings += _meant(phrase, tuple(range(at, at + length)), part, lexicon, meanings)
    able = [r for r in readings if all(lexicon.id(part) for part in r.words[:-1]) and _ids(r, lexicon)]
    words = tuple(Word(piece.typed, piece.alike, *_telling(at, able, lexicon)) for at, piece in enumerate(once))
    return words, tuple(able)


def _ids(reading: Reading, lexicon: Lexicon) -> Sequence[int]:
    """The ids that the last word of a reading may be."""
    last = reading.words[-1]
    if reading.begins:
        return lexicon.beginning(last)
    at = lexicon.id(last)
    return (at,) if at else ()


def _telling(at: int, readings: Sequence[Reading], lexicon: Lexicon) -> tuple[float, bool]:
    """How telling a typed word is: as its best reading is."""
    of_word = [r for r in readings if at in r.covers]
    if not of_word:
        return 0.0, False
    best = max(of_word, key=lambda r: (r.how == TYPED, r.weight, len(r.covers) == 1))
    weight = max(lexicon.weights[lexicon.id(word)] for word in best.words[:-1]) if len(best.words) > 1 else 0.0
    return max(weight, lexicon.weight(_ids(best, lexicon))), True


def _reading(words: tuple[str, ...], covers: tuple[int, ...], how: str, lexicon: Lexicon, part: float = 1.0) -> Reading:
    shown = " ".join(lexicon.shown(word) for word in words)
    return Reading(words, covers, WEIGHTS[how] * part, how, shown)


def _plain(at: int, word: str, lexicon: Lexicon, last: bool) -> list[Reading]:
    """The word itself, the words that begin with it, and those that begin with its stem."""
    made = []
    if lexicon.id(word):
        made.append(_reading((word,), (at,), TYPED, lexicon))
    if len(word) > 1 or last:
        bonus = _LAST_BONUS if last else 0.0
        made.append(Reading((word,), (at,), _FROM_BEGINNING + bonus, BEGINS, lexicon.shown(word), begins=True))
    stem = next((word[: -len(end)] for end in _ENDINGS if word.endswith(end)), "")
    if len(stem) >= _SHORTEST_STEM:
        made.append(Reading((stem,), (at,), WEIGHTS[STEM], STEM, word, begins=True))
    return made


def _corrected(at: int, word: str, lexicon: Lexicon, meanings: Meanings, speller: Speller | None) -> list[Reading]:
    """The words that a misspelt word may be, and what those mean.

    A word that many titles have is not misspelt; a word that few have may be a slip for one that is far more common.
    """
    found = lexicon.found(word)
    if speller is None or found > _RARE or not word.isalpha():
        return []
    begun = bool(lexicon.beginning(word))
    near = [(other, errors) for other, errors in speller(word) if other != word]
    if found:
        near = [(other, errors) for other, errors in near if errors == 1 and lexicon.found(other) > found * _COMMON]
    known = meanings([other for other, _ in near])
    made: list[Reading] = []
    for other, errors in near:
        part = _SPELLED[errors] * (0.7 if found else 0.85 if begun else 1.0)
        if lexicon.beginning(other):
            made.append(Reading((other,), (at,), part, SPELLING, lexicon.shown(other), begins=not lexicon.id(other)))
        for meaning in known.get(other, ()):
            if meaning.words and meaning.how in WEIGHTS:
                weight = part * WEIGHTS[meaning.how]
                shown = meaning.shown if meaning.how == SHORT else lexicon.shown(other)
                made.append(Reading(meaning.words, (at,), weight, SPELLING, shown))
    return made


def _likely(word: str, mended: Sequence[Reading], meanings: Meanings) -> list[tuple[str, float]]:
    """What a typed word most likely is as a part of a phrase: itself, its best correction, what it is short for."""
    best = [(reading.words[0], reading.weight) for reading in mended if len(reading.words) == 1][:1]
    short = [m.words[0] for m in meanings([word]).get(word, ()) if m.how == SHORT and len(m.words) == 1]
    return [(word, 1.0), *best, *((other, WEIGHTS[SHORT]) for other in short[:2])]


def _parted(at: int, word: str, lexicon: Lexicon) -> list[Reading]:
    """Two words written as one."""
    if lexicon.id(word) or lexicon.beginning(word):
        return []
    cuts = ((word[:cut], word[cut:]) for cut in range(3, len(word) - 2))
    return [_reading(both, (at,), PARTED, lexicon) for both in cuts if all(lexicon.found(part) > 1 for part in both)][
        :2
    ]


def _meant(phrase: str, covers: tuple[int, ...], part: float, lexicon: Lexicon, meanings: Meanings) -> list[Reading]:
    """What a phrase may also mean by the synonym files; a short form brings the synonyms of what it stands for."""
    made = [
        Reading(meaning.words, covers, part * WEIGHTS[meaning.how], meaning.how, meaning.shown)
        for meaning in meanings([phrase]).get(phrase, ())
        if meaning.how in WEIGHTS and meaning.words
    ]
    for reading in [reading for reading in made if reading.how == SHORT]:
        text = " ".join(reading.words)
        made += [
            Reading(meaning.words, covers, reading.weight * WEIGHTS[meaning.how], SHORT, reading.shown)
            for meaning in meanings([text]).get(text, ())
            if meaning.how in (SAME, NEAR)
        ]
    return made
