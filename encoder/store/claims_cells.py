"""Reading the cells of a row of claims, as they stand. One that cannot be read raises ValueError and is not told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from encoder.core.book import HOSPITAL, PRACTITIONER
from encoder.core.claim_text import MOST_UNITS, parse_diagnosis, parse_line
from encoder.errors import UsageError

SETTINGS = dict.fromkeys(("practitioner", "professional", "p", "1500", "cms1500"), PRACTITIONER)
SETTINGS |= dict.fromkeys(("hospital", "outpatient", "outpatienthospital", "facility", "h", "ub04"), HOSPITAL)
EXPECTED = {
    "code": "a code of five characters",
    "date": "a date such as 2026-05-01 or 5/1/2026",
    "modifiers": "modifiers of two characters",
    "units": f"a whole number from 1 to {MOST_UNITS}",
    "diagnoses": "ICD-10-CM codes",
    "pointers": "letters from A to L or numbers from 1 to 12",
    "setting": "practitioner or hospital",
}
"""What a column holds."""
REMEMBERED = 65_536
"""Distinct cells whose reading is remembered: the same few stand in a file again and again."""

_PARTED = re.compile(r"[\s,:;|/-]+")
_MODIFIER = re.compile(r"[0-9A-Z]{2}")
_UNITS = re.compile(r"([0-9]{1,5})(\.0+)?")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_DATES = (
    re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})([ T].*)?"),
    re.compile(r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"),
    re.compile(r"(?P<m>[0-9]{1,2})/(?P<d>[0-9]{1,2})/(?P<y>[0-9]{4})([ T].*)?"),
)


def word(text: str) -> str:
    """A name in lower case without punctuation."""
    return _NOT_WORD.sub("", text.lower())


@lru_cache(REMEMBERED)
def code(cell: str) -> tuple[str, tuple[str, ...]]:
    """A code, with modifiers if they stand behind it."""
    try:
        line = parse_line(cell)  # it takes blanks around
    except UsageError as error:
        raise ValueError from error
    if line.units != 1 or line.on or line.pointers:
        raise ValueError
    return line.code, line.modifiers


@lru_cache(REMEMBERED)
def day(cell: str) -> date:
    """A date of service, with or without a time behind it."""
    plain = cell.strip()
    found = next((match for pattern in _DATES if (match := pattern.fullmatch(plain))), None)
    if found is None:
        raise ValueError
    return date(int(found["y"]), int(found["m"]), int(found["d"]))


@lru_cache(REMEMBERED)
def modifiers(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Modifiers of one or more cells, parted by anything that parts."""
    found = tuple(one for one in _PARTED.split(" ".join(cells).upper()) if one)
    if not all(_MODIFIER.fullmatch(one) for one in found):
        raise ValueError
    return found


@lru_cache(REMEMBERED)
def units(cell: str) -> int:
    """Units; nothing is one."""
    found = _UNITS.fullmatch(cell.strip() or "1")
    if found is None or int(found[1]) == 0:
        raise ValueError
    return int(found[1])


@lru_cache(REMEMBERED)
def diagnoses(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Diagnoses of one or more cells, each once, with their point."""
    try:
        return tuple(dict.fromkeys(parse_diagnosis(one) for one in _PARTED.split(" ".join(cells)) if one))
    except UsageError as error:
        raise ValueError from error


@lru_cache(REMEMBERED)
def pointers(cell: str) -> tuple[int, ...]:
    """Places of diagnoses from 0: AB, A,B, 12 or 1,2."""
    words = [one for one in _PARTED.split(cell.upper()) if one]
    if len(words) == 1 and words[0] not in ("10", "11", "12"):
        words = [*words[0]]
    places = [int(one) - 1 if one.isascii() and one.isdecimal() else _letter(one) for one in words]
    if any(not 0 <= place < 12 for place in places):
        raise ValueError
    return tuple(dict.fromkeys(places))


def _letter(text: str) -> int:
    return ord(text) - ord("A") if len(text) == 1 else -1


@lru_cache(REMEMBERED)
def setting(cell: str, usual: str) -> str:
    """Practitioner or outpatient_hospital; the usual one where nothing stands."""
    try:
        return SETTINGS[word(cell)] if cell.strip() else usual
    except KeyError:
        raise ValueError from None


def pointed(
    own: Sequence[tuple[str, ...]], asked: Sequence[tuple[int, ...]]
) -> tuple[tuple[str, ...], list[tuple[int, ...]]]:
    """The diagnoses of a claim in their order, and which of them each line points to (empty: all).

    Args:
        own: the diagnoses of each row.
        asked: the pointers of each row, to its own diagnoses or, where it has none, to those of the claim.
    """
    if all(one == own[0] for one in own) and not any(asked):
        return own[0], [()] * len(own)
    found = tuple(dict.fromkeys(written for one in own for written in one))
    made = []
    for one, places in zip(own, asked, strict=True):
        held = one or found
        meant = [held[place] for place in places if place < len(held)] if places else list(one)
        made.append(tuple(found.index(written) for written in meant))
    return found, made
