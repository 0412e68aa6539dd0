"""GPCI, the geographic practice cost indices of the payment localities: csv, workbook, fixed-width text.

Columns are found by their captions: the July 2026 file has one work index (with the floor of 1.0), the April file two,
without and with it. Payment uses the one with the floor. Contractor and locality are text; footnotes follow the rows.
Source: GPCI2025 and GPCI2026.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from encoder.formats.layout import Content, Head, Layout, Tally, Want, body, figure, header_of, is_number
from encoder.formats.text import RefusedError
from encoder.store.edition_tables import Record

_YEAR = re.compile(r"(20\d\d) ?PW ?GPCI", re.IGNORECASE)
_FIXED = re.compile(r"(\d{5}) {2,}([A-Z]{2}) {2,}(\d\d) {2,}(\S.*?) {2,}(\d+\.\d+) +(\d+\.\d+) +(\d+\.\d+)\s*")

WANTED: tuple[Want, ...] = (
    ("contractor", lambda caption: "MAC" in caption or caption.startswith("MEDICAREADMIN"), True),
    ("state", lambda caption: caption == "STATE", True),
    ("locality number", lambda caption: caption == "LOCALITYNUMBER", True),
    ("locality name", lambda caption: caption == "LOCALITYNAME", True),
    ("work index", lambda caption: "PWGPCI" in caption and "WITHOUT" not in caption, True),
    ("work index without floor", lambda caption: "PWGPCI" in caption and "WITHOUT" in caption, False),
    ("practice expense index", lambda caption: "PEGPCI" in caption, True),
    ("malpractice index", lambda caption: "MPGPCI" in caption, True),
)


def recognise(head: Head) -> Layout | None:
    """By the captions of the indices; the text by its title and the shape of its rows."""
    if header_of(enumerate(map(list, head.rows), 1), WANTED, "PWGPCI"):
        return Layout("gpci", head.form, read_table, _start(head), rank=2 * head.workbook)
    if any("PW GPCI" in line for line in head.lines) and any(_FIXED.fullmatch(line) for line in head.lines):
        return Layout("gpci", "fixed width", read_fixed, _start(head), rank=1)
    return None


def _start(head: Head) -> date | None:
    found = [match for text in (*head.lines[:10], *map(" ".join, head.rows[:10])) if (match := _YEAR.search(text))]
    return date(int(found[0][1]), 1, 1) if found else None


def read_table(content: Content, tally: Tally) -> Iterator[Record]:
    """Rows of the csv or workbook; what has a first cell alone is a footnote."""
    for line, cells in body(content, WANTED, "PWGPCI"):
        if any(cells[1:]):
            yield from _row(line, cells, tally)


def read_fixed(content: Content, tally: Tally) -> Iterator[Record]:
    """Rows of the text; its header is cut, so that two work indices cannot be told apart there."""
    for line, text in enumerate(content.lines(), 1):
        if match := _FIXED.fullmatch(text):
            mac, state, locality, name, work, pe, mp = match.groups()
            yield from _row(line, (mac, state, locality, name, work, "", pe, mp), tally)
        elif re.match(r"\d{5} ", text):
            raise RefusedError("the row does not have one index each for work, practice expense and malpractice", line)


def _row(line: int, cells: Sequence[str], tally: Tally) -> Iterator[Record]:
    mac, state, locality, name, work, without, pe, mp = cells
    if place := mac_and_locality(mac, locality):
        indices = [figure(cell) for cell in (work, pe, mp)]
        if all(is_number(cell) for cell in indices) and (not without or is_number(without)):
            yield line, (*place, state, name.rstrip("* "), indices[0], figure(without), *indices[1:])
        else:
            tally.refuse(line, "an index is no figure")
    else:
        tally.refuse(line, f"'{mac[:20]}' and '{locality[:20]}' are no contractor and locality")


def mac_and_locality(mac: str, locality: str) -> tuple[str, str] | None:
    """Contractor (5 digits) and locality (2), with the noughts that a spreadsheet took; None where they are none."""
    made = mac.strip().zfill(5), locality.strip().zfill(2)
    if mac.strip() and locality.strip() and len(made[0]) == 5 and len(made[1]) == 2 and "".join(made).isdecimal():
        return made
    return None
