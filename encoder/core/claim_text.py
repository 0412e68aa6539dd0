"""Reading a claim as it is typed: ``27365-LT``, ``20932``, ``20934-XS*1@2026-05-01:AB``, ``C40.22``.

Lower case, blanks and the dashes of a word processor are welcome; anything else is one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from encoder.core.claim import ClaimLine
from encoder.errors import UsageError

LONGEST = 120
MOST_UNITS = 99_999
LIKE = "27365-LT, 20932 or 20934-XS*1@2026-05-01"

_CODE = re.compile(r"[0-9]{4}[0-9A-Z]|[A-Z][0-9]{4}")
_MODIFIER = re.compile(r"[0-9A-Z]{2}")
_PARTS = re.compile(r"([*@:])")
_DIAGNOSIS = re.compile(r"([A-Z][0-9][0-9A-Z])\.?([0-9A-Z]{0,4})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TYPED = str.maketrans({**dict.fromkeys(map(chr, (*range(0x2010, 0x2016), 0x2212)), "-"), "\u00d7": "*", "\u00a0": " "})
"""Dashes of every length, the sign of multiplication and the blank that does not break."""


def parse_line(text: str) -> ClaimLine:
    """A claim line as typed.

    Raises:
        UsageError: the text is no claim line; the sentence says which part is wrong and how it is written.
    """
    plain = _plain(text)
    if not plain.isascii() or len(plain) > LONGEST:
        raise _refusal(text, "a claim line is short and holds plain letters and digits")
    head, *rest = _PARTS.split(plain)
    code, *modifiers = head.replace("-", " ").split() or [""]
    if not _CODE.fullmatch(code):
        raise _refusal(text, f"'{_shown(code)}' is no code of five characters" if code else "it has no code")
    for modifier in modifiers:
        if not _MODIFIER.fullmatch(modifier):
            raise _refusal(text, f"'{_shown(modifier)}' is no modifier of two characters")
    parts: dict[str, str] = {}
    for sign, value in zip(rest[::2], rest[1::2], strict=True):
        if sign in parts:
            raise _refusal(text, f"'{sign}' stands twice")
        parts[sign] = value.strip()
    return ClaimLine(code, tuple(modifiers), _units(text, parts), _day(text, parts), _pointers(text, parts))


def parse_diagnosis(text: str) -> str:
    """An ICD-10-CM code as typed, with or without its point; gives it with the point.

    Raises:
        UsageError: the text is no diagnosis code.
    """
    found = _DIAGNOSIS.fullmatch(_plain(text))
    if found is None:
        raise UsageError(f"Diagnosis '{_shown(text)}' is no ICD-10-CM code; write it like C40.22.")
    return f"{found[1]}.{found[2]}" if found[2] else found[1]


def parse_entries(text: str) -> tuple[tuple[ClaimLine, ...], tuple[str, ...]]:
    """Lines and diagnoses of a pasted text, parted by line ends, commas or semicolons.

    What has a point after its third character is a diagnosis.

    Raises:
        UsageError: one of them is neither.
    """
    lines: list[ClaimLine] = []
    diagnoses: list[str] = []
    for entry in _entries(text):
        if entry[3:4] == ".":
            diagnoses.append(parse_diagnosis(entry))
        else:
            lines.append(parse_line(entry))
    return tuple(lines), tuple(diagnoses)


def _entries(text: str) -> Iterable[str]:
    return (entry.strip() for entry in re.split(r"[\n\r,;]+", text) if entry.strip())


def _plain(text: str) -> str:
    """The text in the signs of the grammar: plain dashes and blanks, and letters of a code in upper case."""
    plain = text.translate(_TYPED).strip()
    return plain.upper() if plain.isascii() else plain


def _units(text: str, parts: dict[str, str]) -> int:
    written = parts.get("*", "1")
    if not (written.isascii() and written.isdecimal() and 0 < int(written) <= MOST_UNITS):
        raise _refusal(text, f"after * '{_shown(written)}' is no number of units from 1 to {MOST_UNITS}")
    return int(written)


def _day(text: str, parts: dict[str, str]) -> date | None:
    written = parts.get("@")
    if written is None:
        return None
    try:
        if not _DAY.fullmatch(written):
            raise ValueError
        return date.fromisoformat(written)
    except ValueError:
        raise _refusal(text, f"after @ '{_shown(written)}' is no date such as 2026-05-01") from None


def _pointers(text: str, parts: dict[str, str]) -> tuple[int, ...]:
    written = "".join(parts.get(":", "A").replace(",", " ").split())
    if not re.fullmatch("[A-L]+", written) or len(set(written)) != len(written):
        raise _refusal(text, f"after : '{_shown(written)}' is not one or more letters from A to L, each once")
    return tuple(ord(sign) - ord("A") for sign in written) if ":" in parts else ()


def _refusal(text: str, why: str) -> UsageError:
    return UsageError(f"Line '{_shown(text)}' cannot be read: {why}; write it like {LIKE}.")


def _shown(text: str) -> str:
    """A text to be shown back: one line, not long."""
    clean = "".join(sign if sign.isprintable() else " " for sign in text).strip()
    return clean if len(clean) <= 40 else f"{clean[:39]}…"
