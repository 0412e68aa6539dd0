"""Locality/county: which counties a payment locality has; csv and fixed-width text.

The csv has lost leading noughts (2102 for 02102), which are put back. Both layouts name a state on the first row of its
block, and an empty row ends the block; the text of 2025 does not name California at all, so the csv is preferred.
Source: 25LOCCO.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from encoder.formats.gpci import mac_and_locality
from encoder.formats.layout import Content, Head, Layout, Tally, Want, body, header_of
from encoder.store.edition_tables import Record

_TITLE = re.compile(r"COUNTIES INCLUDED IN (20\d\d) LOCALITIES", re.IGNORECASE)
_COLUMNS = ((0, 16), (16, 22), (22, 45), (45, 143), (143, None))
_ROW = re.compile(r" *\d{5} +\d\d ")

WANTED: tuple[Want, ...] = (
    ("contractor", lambda caption: caption.startswith("MEDICAREADMI"), True),
    ("locality number", lambda caption: caption == "LOCALITYNUMBER", True),
    ("state", lambda caption: caption == "STATE", True),
    ("area", lambda caption: caption == "FEESCHEDULEAREA", True),
    ("counties", lambda caption: caption == "COUNTIES", True),
)


def recognise(head: Head) -> Layout | None:
    """By the captions of the table, or the title above records of fixed width."""
    if header_of(enumerate(map(list, head.rows), 1), WANTED, "FEESCHEDULEAREA"):
        return Layout("locality", head.form, read_table, _start(head), rank=2 * head.workbook)
    if any(_TITLE.search(line) for line in head.lines[:5]) and any(_ROW.match(line) for line in head.lines):
        return Layout("locality", "fixed width", read_fixed, _start(head), rank=1)
    return None


def _start(head: Head) -> date | None:
    found = [match for text in (*head.lines[:5], *map(" ".join, head.rows[:5])) if (match := _TITLE.search(text))]
    return date(int(found[0][1]), 1, 1) if found else None


def read_table(content: Content, tally: Tally) -> Iterator[Record]:
    """Rows of the csv or workbook."""
    yield from _rows(body(content, WANTED, "FEESCHEDULEAREA"), tally)


def read_fixed(content: Content, tally: Tally) -> Iterator[Record]:
    """Rows of the text."""
    lines = ((line, text) for line, text in enumerate(content.lines(), 1) if line > 1 and text[:22].strip())
    cut = ((line, [text[start:end].strip() for start, end in _COLUMNS]) for line, text in lines)
    yield from _rows(((line, cells) for line, cells in cut if cells[0].isdecimal()), tally)


def _rows(rows: Iterator[tuple[int, Sequence[str]]], tally: Tally) -> Iterator[Record]:
    """Rows with the state of their block; what has a first cell alone is a footnote."""
    state, last = "", 0
    for line, (mac, locality, named, area, counties) in rows:
        if not locality and not area:
            continue
        state = named or (state if line == last + 1 else "")
        last = line
        if place := mac_and_locality(mac, locality):
            yield line, (*place, area.rstrip("* "), state, counties)
        else:
            tally.refuse(line, f"'{mac[:20]}' and '{locality[:20]}' are no contractor and locality")
