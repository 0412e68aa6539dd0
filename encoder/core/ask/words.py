"""From a text to words in one spelling: codes, dates and modifiers told apart, small letter errors corrected."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date

from encoder.core.ask.lexicon import Lexicon, Spelling

WORD, CODE, DIAGNOSIS, PROCEDURE, DATE, YEAR, NUMBER = (
    "word",
    "code",
    "diagnosis",
    "procedure",
    "date",
    "year",
    "number",
)
_QUOTES = {0x2018: "'", 0x2019: "'", 0x02BC: "'"}
LONGEST = 600
"""Characters of a question that are read; a longer text is no question."""

Matcher = Callable[[str, Collection[str]], str | None]
"""Finds the one word that a misspelt word stands for, or None."""

_TOKEN = re.compile(
    r"(?P<date>\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{4})(?!\d)"
    r"|(?P<code>\d{4}[0-9a-z]|[a-z]\d{4}(?!\.)|[0-9]{1,4}o[0-9o]{0,4})(?P<modifiers>(?:-[0-9a-z]{2})+)?(?![0-9a-z])"
    r"|(?P<procedure>0[0-9a-hj-np-z]{6})(?![0-9a-z])"
    r"|(?P<diagnosis>[a-z]\d[0-9a-z]\.[0-9a-z]{1,4}|[a-z]\d{2})(?![0-9a-z])"
    r"|(?P<number>\d+(?:\.\d+)?)(?![0-9a-z])"
    r"|(?P<word>[^\W_]+(?:'[^\W_]+)?)",
    re.IGNORECASE,
)
_MONTHS = {
    name[:3]: number
    for number, name in enumerate(
        (
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ),
        1,
    )
}
_MONTH_DAY = re.compile(
    r"\b(?P<month>[a-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>(?:19|20)\d{2})\b"
    r"|\b(?P<day2>\d{1,2})(?:st|nd|rd|th)? (?P<month2>[a-z]{3,9})\.?,? (?P<year2>(?:19|20)\d{2})\b",
    re.IGNORECASE,
)
_TIMES = re.compile(r"(?<=\b\d{5})\s*[x×]\s?(\d{1,2})\b(?!\s*(?:cm|mm|x|×))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, code, date or number. ``text`` is in one spelling; ``raw`` as written; ``modifiers`` of a code."""

    text: str
    raw: str
    kind: str
    modifiers: tuple[str, ...] = ()
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    """A word that was read as another."""

    written: str
    read: str


def tokens(text: str, spelling: Spelling) -> list[Token]:
    """The tokens of a text, words in one spelling."""
    plain = unicodedata.normalize("NFKC", text)[:LONGEST].translate(_QUOTES)
    plain = _MONTH_DAY.sub(_iso, plain)
    plain = spelling.written_out(plain)
    plain = re.sub(r"\s[&+]\s|(?<=\w)[+&](?=\w)", " with ", plain)
    plain = re.sub(r"'s\b", "", plain, flags=re.IGNORECASE)
    plain = _TIMES.sub(r" \1 units", plain)
    found = []
    for match in _TOKEN.finditer(plain):
        found.append(_token(match, spelling))
    return found


def _token(match: re.Match[str], spelling: Spelling) -> Token:
    raw = match[0]
    kind = str(match.lastgroup)
    if kind in ("code", "modifiers"):
        code = (
            match["code"].upper().replace("O", "0")
            if re.search(r"\do|o\d", match["code"], re.IGNORECASE)
            else match["code"].upper()
        )
        parts = (match["modifiers"] or "").upper().strip("-")
        if re.fullmatch(r"(19|20)\d\d", code):
            return Token(code, raw, YEAR)
        return Token(code, raw, CODE if len(code) == len("20932") else NUMBER, tuple(parts.split("-")) if parts else ())
    if kind == DATE:
        return _date(raw)
    if kind == NUMBER:
        return Token(raw, raw, YEAR if re.fullmatch(r"(19|20)\d\d", raw) else NUMBER)
    if kind in (DIAGNOSIS, PROCEDURE):
        return Token(raw.upper(), raw, kind)
    word = raw.lower()
    return Token(spelling.spellings.get(word, word), raw, WORD)


def _date(raw: str) -> Token:
    parts = [int(part) for part in re.split(r"[-/]", raw)]
    year, month, day = parts if len(raw.split("-")) == len(parts) else (parts[2], parts[0], parts[1])
    try:
        return Token(raw, raw, DATE, (), date(year, month, day))
    except ValueError:
        return Token(raw, raw, WORD)


def _iso(match: re.Match[str]) -> str:
    """A written date as year-month-day; anything else stays."""
    month = _MONTHS.get((match["month"] or match["month2"]).lower()[:3])
    if month is None:
        return match[0]
    day, year = match["day"] or match["day2"], match["year"] or match["year2"]
    return f"{year}-{month:02d}-{int(day):02d}"


def settled(found: list[Token], lexicon: Lexicon, matcher: Matcher) -> tuple[list[Token], list[Corrected]]:
    """The tokens with plurals taken off and small letter errors corrected, where that gives a known word."""
    made, corrected = [], []
    for token in found:
        if token.kind != WORD or token.text in lexicon.words:
            made.append(token)
            continue
        single = _single(token.text, lexicon)
        if single:
            made.append(replace(token, text=single))
            continue
        meant = matcher(token.text, lexicon.words) if token.text.isalpha() else None
        if meant is not None:
            corrected.append(Corrected(token.raw, meant))
            made.append(replace(token, text=lexicon.spelling.spellings.get(meant, meant)))
        else:
            made.append(token)
    return made, corrected


def _single(word: str, lexicon: Lexicon) -> str:
    """The known word that a plural belongs to; empty when there is none."""
    for ending, instead in (("ies", "y"), ("es", ""), ("s", "")):
        if word.endswith(ending):
            stem = word[: -len(ending)] + instead
            if len(stem) < SHORTEST_STEM:
                continue
            stem = lexicon.spelling.spellings.get(stem, stem)
            if stem in lexicon.words:
                return stem
    return ""


SHORTEST_STEM, SHORTEST, SURE, LONGER = 3, 4, 6, 8
_VOWELS = frozenset("aeiouy")


def near_word(word: str, known: Collection[str]) -> str | None:
    """The one known word that a misspelt word is nearest to.

    One error is forgiven from four letters on, two from eight; the first letter must stand, and in a short word the
    consonants too. Two words equally near are no answer.
    """
    most = 0 if len(word) < SHORTEST else 1 if len(word) < LONGER else 2
    best: list[tuple[int, str]] = []
    for other in known:
        if other[:1] == word[:1] and abs(len(other) - len(word)) <= most and len(other) >= SHORTEST:
            errors = distance(word, other, most)
            if errors <= most and (len(word) >= SURE or _slip(word, other)):
                best.append((errors, other))
    best.sort()
    if not best or (len(best) > 1 and best[0][0] == best[1][0]):
        return None
    return best[0][1]


def _slip(word: str, other: str) -> bool:
    """Whether a short word differs by a letter left out, put in, swapped, or by a vowel.

    Another consonant makes another word.
    """
    if len(word) != len(other) or sorted(word) == sorted(other):
        return True
    return all(a == b or {a, b} <= _VOWELS for a, b in zip(word, other, strict=True))


def distance(first: str, second: str, most: int) -> int:
    """Letters to change, add, leave out or swap with their neighbour; more than ``most`` is not counted out."""
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        above, before, row = before, row, [i]
        for j, b in enumerate(second, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
