"""The AMA's CPT data files, which a licensee has: long, medium and short descriptors.

Each is a text whose notice stands first and names the AMA; an empty line parts it from the records. Confirmed: the
fixed layouts of the AMA's own description of 2001 (code 1-5, a blank, text from 7 in the short and medium files, 28
and 100 characters; code, two digits of a sequence, a blank and 72 characters in the long one, whose codes repeat), the
names and forms listed by the National Library of Medicine for 2012 (LONGULF and LONGUF fixed, LONGULT and LONGUT
tab-separated, MEDU, SHORTU), and readers of the files of 2020 (short 28, medium 48 characters, long tab-separated;
UTF-8 or Windows-1252). Not seen: a file itself; whether the short and medium files may be tab-separated (both are
read); whether a word is ever cut between two records of the fixed long file (taken as never: pieces are joined with a
blank). Where another layout is licensed, a csv or workbook is read by the columns that the
user names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from encoder.errors import UsageError
from encoder.formats.layout import Content, Head, Layout, Tally, mostly, no_code, padded
from encoder.formats.text import RefusedError
from encoder.store.edition_tables import Record

TEXTS = ("long", "medium", "short")
SHORT, MEDIUM = 28, 100
_CODE = re.compile(r"\d{4}[0-9A-Z]")
_TAB = re.compile(r"(\d{4}[0-9A-Z])\t\s*(\S.*)")
_LONG = re.compile(r"(\d{4}[0-9A-Z])(\d\d) (\s*\S.*)")
_PLAIN = re.compile(r"(\d{4}[0-9A-Z]) (\s*\S.*)")
_AMA = re.compile(r"American\s+Medical\s+Association|\bAMA\b", re.IGNORECASE)
_COLUMN = re.compile(r"[A-Z]{1,2}")


def recognise(head: Head) -> Layout | None:
    """By the AMA's notice above records of code and text; which text it is by the length of the texts."""
    at = next((at for at, line in enumerate(head.lines) if _record(line)), None)
    if at is None or not _AMA.search(" ".join(head.lines[:at])):
        return None
    records = [match for line in head.lines[at:] if (match := _record(line))]
    if not mostly(len(records), sum(1 for line in head.lines[at:] if line.strip())):
        return None
    texts = [match[match.re.groups].rstrip() for match in records]
    upper = not any(letter.islower() for text in texts for letter in text)  # LONGUT and LONGUF: the same in capitals
    if all(match.re is _LONG for match in records) and records[0][2] == "01":
        return Layout("cpt_licensed", "fixed width", read_long, rank=1 + 2 * upper, version="long")
    longest, tab = max(map(len, texts)), records[0].re is _TAB
    which = "short" if longest <= SHORT else "medium" if longest <= MEDIUM // (2 if tab else 1) else "long"
    rank = 2 if upper and which == "long" else 0
    return Layout(
        "cpt_licensed", "tab-separated" if tab else "fixed width", partial(read_plain, which), rank=rank, version=which
    )


def _record(line: str) -> re.Match[str] | None:
    return _TAB.fullmatch(line) or _LONG.fullmatch(line) or _PLAIN.fullmatch(line)


def read_long(content: Content, tally: Tally) -> Iterator[Record]:
    """Codes with their long text, the pieces of one code joined."""
    held: tuple[int, str, int, str] | None = None
    for line, text in enumerate(content.lines(), 1):
        match = _LONG.fullmatch(text)
        if match is None:
            if held is not None and text.strip():
                tally.refuse(line, "the record does not hold a code, a sequence number and a text")
            continue
        code, number, piece = match[1], int(match[2]), match[3].strip()
        if number == 1:
            if held is not None:
                yield held[0], (held[1], held[3])
            held = line, code, 1, piece
        elif held is not None and held[1:3] == (code, number - 1):
            held = held[0], code, number, f"{held[3]} {piece}"
        else:
            raise RefusedError(f"record {number} of {code} does not follow record {number - 1}", line)
    if held is not None:
        yield held[0], (held[1], held[3])


def read_plain(which: str, content: Content, tally: Tally) -> Iterator[Record]:
    """Codes with one text each."""
    begun = False
    for line, text in enumerate(content.lines(), 1):
        match = _TAB.fullmatch(text) or _PLAIN.fullmatch(text)
        if match is None:
            if begun and text.strip():
                tally.refuse(line, "the record does not hold a code and a text")
            continue
        begun = True
        if which == "short" and len(match[2].strip()) > SHORT:
            raise RefusedError(f"a text has more than {SHORT} characters among short ones", line)
        yield line, (match[1], match[2].strip())


def merged(parts: Mapping[str, Iterable[Record]]) -> Iterator[Record]:
    """One record a code from up to three files: long, medium, short; an absent text is empty."""
    texts: dict[str, dict[str, str]] = {which: {} for which in TEXTS}
    lines: dict[str, int] = {}
    for which, records in parts.items():
        for line, (code, text, *_) in records:
            held = texts[which].setdefault(str(code), str(text))
            if held != text:
                raise RefusedError(f"{code} stands twice with different {which} texts", line)
            lines.setdefault(str(code), line)
    for code, line in sorted(lines.items()):
        yield line, (code, *(texts[which].get(code, "") for which in TEXTS))


def columns(words: str) -> dict[str, str]:
    """What ``--columns`` says: ``code=A,long=B`` by letter, or ``code=CPT Code`` by the name in the header.

    Raises:
        UsageError: it names no code, no text, or something else.
    """
    pairs = [word.partition("=") for word in words.split(",")]
    named = {key.strip().lower(): value.strip() for key, _, value in pairs}
    if len(named) < len(pairs) or not all(named.values()) or not set(named) <= {"code", *TEXTS} or "code" not in named:
        raise UsageError(
            f"'{words}' does not name columns; write code= and one or more of long=, medium=, short=, "
            "each with a letter or a name of the header, for example code=A,long=B."
        )
    if len(named) == 1:
        raise UsageError(f"'{words}' names no text; add one or more of long=, medium=, short=.")
    return named


def by_columns(named: Mapping[str, str], head: Head) -> Layout:
    """The layout of a csv or workbook whose columns the user named."""
    return Layout("cpt_licensed", head.form, partial(read_columns, named), version="columns")


def read_columns(named: Mapping[str, str], content: Content, tally: Tally) -> Iterator[Record]:
    """Rows by named columns; what stands above the first code is a header.

    Raises:
        RefusedError: a named column is not in the table, or no row has a code in the column of codes.
    """
    by_letter = all(_COLUMN.fullmatch(value) for value in named.values())
    places = [_letter(named.get(key)) for key in ("code", *TEXTS)] if by_letter else None
    begun = False
    for line, cells in content.rows():
        if places is None:
            places = _captions(named, cells)
            continue
        code, *texts = (cells[at].strip() if at is not None and at < len(cells) else "" for at in places)
        code = padded(code)
        if _CODE.fullmatch(code):
            begun = True
            yield line, (code, *texts)
        elif begun and any((code, *texts)):
            tally.refuse(line, no_code(code))
    if not begun:
        raise RefusedError(f"no row has a code in the column '{named['code']}'")


def _letter(value: str | None) -> int | None:
    """The place of a column by its letters: A is 0, AB is 27."""
    if value is None:
        return None
    *first, last = (ord(letter) - ord("A") for letter in value)
    return (first[0] + 1) * 26 + last if first else last


def _captions(named: Mapping[str, str], cells: Sequence[str]) -> list[int | None] | None:
    """The places of the named captions in a row; None where one is not in it."""
    captions = [cell.strip().lower() for cell in cells]
    if not all(value.lower() in captions for value in named.values()):
        return None
    return [captions.index(named[key].lower()) if key in named else None for key in ("code", *TEXTS)]
