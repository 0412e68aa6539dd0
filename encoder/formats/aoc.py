"""NCCI add-on code edits: workbook (or csv) with a header, and fixed-width text without one.

Days are YYYYDDD. ``CCCCC`` as primary means that the contractor decides; it is kept as ``*``, as in the bundled table.
An edit may be used while neither code is deleted, from its first to its last day. Type 1 is a closed list, type 2 has
no list, type 3 a list that the contractor may extend. The text cuts notes at 58 characters, so the workbook is
preferred. Header spelling differs by year (2024: ..._DT_JULIAN). Source: AOC 2026 Q2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from encoder.formats.layout import (
    CODE,
    Content,
    Head,
    Layout,
    Tally,
    Want,
    body,
    day_of_year,
    header_of,
    no_code,
    padded,
)
from encoder.store.edition_tables import Record

ANY, CONTRACTOR = "*", "CCCCC"
_FIXED = re.compile(r"([123])([0-9A-Z]{5})(\d{7}| {7})([0-9A-Z]{5})(\d{7}| {7})(\d{7})(?:(\d{7}| {7})(.*)| *)")
_LONGEST_NOTE = 58

WANTED: tuple[Want, ...] = (
    ("edit type", lambda caption: caption in ("AOCEDITTYPE", "EDITTYPE"), True),
    ("add-on code", lambda caption: "ADDON" in caption and "DEL" not in caption and "EDIT" not in caption, True),
    ("add-on deletion", lambda caption: caption.startswith(("AOCDEL", "ADDONCODEDEL", "ADDONDEL")), True),
    ("primary code", lambda caption: "PRIMARY" in caption and "DEL" not in caption, True),
    ("primary deletion", lambda caption: "PRIMARY" in caption and "DEL" in caption, True),
    ("edit effective", lambda caption: "EDITEFF" in caption, True),
    ("edit deletion", lambda caption: "EDITDEL" in caption, True),
    ("notes", lambda caption: "NOTE" in caption, False),
)


def recognise(head: Head) -> Layout | None:
    """By the captions, or records of fixed width that begin with a type."""
    if header_of(enumerate(map(list, head.rows), 1), WANTED, "EDITTYPE"):
        return Layout("aoc", head.form, read_table, _start(head))
    if head.consists_of(_FIXED):
        return Layout("aoc", "fixed width", read_fixed, _start(head), rank=1)
    return None


def _start(head: Head) -> date | None:
    name = head.named(r"AOC_?V?(20\d\d)Q([1-4])")
    return date(int(name[1]), int(name[2]) * 3 - 2, 1) if name else None


def read_table(content: Content, tally: Tally) -> Iterator[Record]:
    """Rows of the workbook or csv."""
    for line, cells in body(content, WANTED, "EDITTYPE"):
        yield from _row(line, cells, tally)


def read_fixed(content: Content, tally: Tally) -> Iterator[Record]:
    """Records of the text: 97 characters, or less where the note is left out."""
    for line, text in enumerate(content.lines(), 1):
        if match := _FIXED.fullmatch(text):
            cells = [(cell or "").strip() for cell in match.groups()]
            if len(cells[7]) == _LONGEST_NOTE:
                tally.facts["notes"] = f"cut at {_LONGEST_NOTE} characters"
            yield from _row(line, cells, tally)
        elif text.strip():
            tally.refuse(line, "the record does not hold a type, two codes and a first day where they belong")


def _row(line: int, cells: Sequence[str], tally: Tally) -> Iterator[Record]:
    kind, add_on, add_on_end, primary, primary_end, start, end, note = cells
    add_on, primary = padded(add_on), padded(primary)
    wrong = next((code for code in (add_on, primary) if not CODE.fullmatch(code)), None)
    if kind not in ("1", "2", "3"):
        tally.refuse(line, f"'{kind[:20]}' is no edit type; 1, 2 or 3 was expected")
    elif wrong is not None:
        tally.refuse(line, no_code(wrong))
    else:
        try:
            first = day_of_year(start)
            ends = [day_of_year(text) if text else None for text in (end, add_on_end, primary_end)]
        except ValueError as error:
            tally.refuse(line, f"'{str(error)[:20]}' is no day such as 2019001")
            return
        yield line, (add_on, ANY if primary == CONTRACTOR else primary, first, *ends, kind, note)
