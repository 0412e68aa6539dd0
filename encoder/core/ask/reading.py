"""What a question says: codes, dates, words with their senses, what is denied, and what is not understood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from encoder.core.ask.lexicon import CUE, NEGATION, TERM, Lexicon, Sense
from encoder.core.ask.words import (
    CODE,
    DATE,
    DIAGNOSIS,
    NUMBER,
    PROCEDURE,
    WORD,
    YEAR,
    Corrected,
    Matcher,
    Token,
    settled,
    tokens,
)
from encoder.core.page.evidence import Desk

_BETWEEN = frozenset(("a", "an", "any", "the", "of", "further", "additional", "other", "kind", "or", "nor", "type"))
_BEFORE_CODE = frozenset(("a", "an", "any", "the", "cpt", "code", "codes", "addon"))
_AFTER = frozenset(
    ("used", "needed", "placed", "required", "done", "performed", "possible", "available", "inserted", "given", "use")
)
_WAS = frozenset(("was", "were", "is", "are", "has", "been", "being"))
_COUNTED = frozenset(("unit", "units", "times"))
_UNITS = frozenset(
    ("year", "years", "yo", "day", "days", "sq", "cm", "mm", "percent", "weeks", "week", "months", "month", "hours")
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A run of words and what it may stand for; ``denied`` when a negation turns it off."""

    start: int
    end: int
    text: str
    senses: tuple[Sense, ...]
    denied: bool = False

    def of(self, kind: str) -> tuple[str, ...]:
        """Ids of the senses of one kind."""
        return tuple(sense.id for sense in self.senses if sense.kind == kind)


@dataclass(frozen=True, slots=True)
class Reading:
    """A question, read.

    Attributes:
        codes: CPT codes of the book, each once; ``absent`` are code-like words that no table names.
        others: ICD-10-CM and ICD-10-PCS codes of the tables.
        modifiers: modifiers named by their characters.
        day: the date that the question names; ``years`` are years named without a day.
        unknown: words that stand in no list of words; ``numbers`` count units.
        loose: a negation that turns off no word: it belongs to the question itself.
        without: codes right behind a negation ("27365 without 20932").
    """

    text: str
    tokens: tuple[Token, ...]
    hits: tuple[Hit, ...]
    codes: tuple[str, ...]
    absent: tuple[str, ...]
    others: tuple[str, ...]
    modifiers: tuple[str, ...]
    day: date | None
    years: tuple[int, ...]
    unknown: tuple[str, ...]
    corrected: tuple[Corrected, ...]
    loose: bool
    numbers: tuple[int, ...] = ()
    without: tuple[str, ...] = ()

    def has(self, kind: str, *ids: str) -> bool:
        """Whether some word has one of the senses, denied or not."""
        return any(sense.kind == kind and (not ids or sense.id in ids) for hit in self.hits for sense in hit.senses)

    def cue(self, *ids: str) -> bool:
        """Whether a cue is given."""
        return self.has(CUE, *ids)

    def ids(self, kind: str) -> tuple[str, ...]:
        """Ids of one kind in the order of the question, each once, without the denied ones."""
        found = (i for hit in self.hits if not hit.denied for i in hit.of(kind))
        return tuple(dict.fromkeys(found))


def read(text: str, lexicon: Lexicon, desk: Desk, matcher: Matcher) -> Reading:
    """Read a question against the lexicon and the tables."""
    found, corrected = settled(tokens(text, lexicon.spelling), lexicon, matcher)
    hits, loose = _denied(_hits(found, lexicon), found)
    held = _Held(desk)
    for place, token in enumerate(found):
        held.take(place, token, found)
    covered = {i for hit in hits for i in range(hit.start, hit.end)}
    unknown = [t.raw for i, t in enumerate(found) if t.kind == WORD and i not in covered and i not in held.used]
    unknown += [t.raw for i, t in enumerate(found) if t.kind == NUMBER and i not in covered and i not in held.used]
    hits = tuple(hit for hit in hits if not held.used.intersection(range(hit.start, hit.end)))
    return Reading(
        text,
        tuple(found),
        hits,
        tuple(dict.fromkeys(held.codes)),
        tuple(dict.fromkeys(held.absent)),
        tuple(dict.fromkeys(held.others)),
        tuple(dict.fromkeys(held.modifiers)),
        held.day,
        tuple(dict.fromkeys(held.years)),
        tuple(unknown),
        tuple(corrected),
        loose,
        tuple(held.numbers),
        tuple(_codes_behind(hits, found)),
    )


class _Held:
    """Codes, modifiers and dates, picked out of the tokens."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.codes: list[str] = []
        self.absent: list[str] = []
        self.others: list[str] = []
        self.modifiers: list[str] = []
        self.years: list[int] = []
        self.numbers: list[int] = []
        self.day: date | None = None
        self.used: set[int] = set()

    def take(self, place: int, token: Token, around: list[Token]) -> None:
        book = self._desk.book
        if token.kind == CODE:
            supply = book.supply(token.text) is not None
            (self.codes if book.code(token.text) else self.others if supply else self.absent).append(token.text)
            self.modifiers += [m for m in token.modifiers if book.modifier(m) is not None]
            self.absent += [m for m in token.modifiers if book.modifier(m) is None]
        elif token.kind == DIAGNOSIS:
            known = self._desk.diagnosis(token.text) is not None or book.icd_entry(token.text) is not None
            self._other(token, known)
        elif token.kind == PROCEDURE:
            self._other(token, book.procedure(token.text) is not None)
        elif token.kind == DATE:
            self.day = token.day
        elif token.kind == YEAR:
            self.years.append(int(token.text))
        elif self._is_modifier(place, token, around):
            self.modifiers.append(token.text.upper())
            self.used.add(place)
        elif token.kind == NUMBER and _unit_behind(place, around):
            self.used.add(place)
        elif (
            token.kind == NUMBER
            and token.text.isdecimal()
            and place + 1 < len(around)
            and around[place + 1].text in _COUNTED
        ):
            self.numbers.append(int(token.text))
            self.used.add(place)

    def _other(self, token: Token, known: bool) -> None:
        (self.others if known else self.absent).append(token.text)

    def _is_modifier(self, place: int, token: Token, around: list[Token]) -> bool:
        """Two characters that name a modifier: numbers, and letters in capitals or after the word modifier."""
        name = token.text.upper()
        if self._desk.book.modifier(name) is None or (token.kind == NUMBER and _unit_behind(place, around)):
            return False
        said = any(t.text == "modifier" for t in (*around[max(place - 2, 0) : place], *around[place + 1 : place + 2]))
        coded = any(t.kind == CODE for t in around)
        if token.kind == NUMBER:
            return said or coded or any(t.text == "modifier" for t in around)
        return said or (token.raw.isupper() and (coded or len(around) <= _FEW)) or (name in ("LT", "RT") and coded)


_FEW = 4


def _unit_behind(place: int, around: list[Token]) -> bool:
    return place + 1 < len(around) and around[place + 1].text in _UNITS


def _hits(found: list[Token], lexicon: Lexicon) -> list[Hit]:
    """The longest phrases, from the left; a word of no phrase gives no hit."""
    hits = []
    place = 0
    while place < len(found):
        for length in range(min(lexicon.longest, len(found) - place), 0, -1):
            phrase = tuple(token.text.lower() for token in found[place : place + length])
            senses = lexicon.phrases.get(phrase)
            if senses:
                hits.append(Hit(place, place + length, " ".join(phrase), senses))
                place += length
                break
        else:
            place += 1
    return hits


def _denied(hits: list[Hit], found: list[Token]) -> tuple[tuple[Hit, ...], bool]:
    """The hits with those marked that a negation turns off; and whether a negation is left over."""
    denied: set[int] = set()
    loose = False
    for hit in hits:
        if not hit.of(NEGATION):
            continue
        turned = _terms_behind(hit.end, hits, found) or _term_before(hit, hits, found)
        denied.update(turned)
        loose = loose or not turned
    return tuple(replace(hit, denied=place in denied) for place, hit in enumerate(hits)), loose


def _terms_behind(place: int, hits: list[Hit], found: list[Token]) -> list[int]:
    """The terms right behind a negation: "any" or "or" between them does not part them from it."""
    denied: list[int] = []
    while place < len(found):
        here = [i for i, hit in enumerate(hits) if hit.start == place and hit.of(TERM)]
        if here:
            denied += here
            place = max(hits[i].end for i in here)
            if place < len(found) and found[place].text not in ("or", "nor"):
                break
        elif found[place].text in _BETWEEN:
            place += 1
        else:
            break
    return denied


def _codes_behind(hits: Iterable[Hit], found: list[Token]) -> Iterable[str]:
    """The codes right behind a negation."""
    for hit in hits:
        behind = [token for token in found[hit.end :] if token.text not in _BEFORE_CODE]
        if hit.of(NEGATION) and behind and behind[0].kind == CODE:
            yield behind[0].text


def _term_before(negation: Hit, hits: list[Hit], found: list[Token]) -> list[int]:
    """The term that "was not used" speaks of."""
    if negation.end >= len(found) or found[negation.end].text not in _AFTER:
        return []
    place = negation.start
    while place > 0 and found[place - 1].text in _WAS:
        place -= 1
    return [i for i, hit in enumerate(hits) if hit.end == place and hit.of(TERM)]
