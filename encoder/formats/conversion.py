"""The ICD-10-CM conversion table: new codes, the year they came, and the codes before them.

A long notice, then the header; the year is a number or a text; a few codes lack their point; empty rows follow.
Source: FY2026.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from encoder.formats.icd10 import pointed, start
from encoder.formats.layout import Content, Head, Layout, Tally, Want, body, header_of
from encoder.store.edition_tables import Record

_CODE = re.compile(r"[A-Z][0-9A-Z]{2}\.?[0-9A-Z]{0,4}")
_YEAR = re.compile(r"FY ?(20\d\d) ?\(")

WANTED: tuple[Want, ...] = (
    ("current code", lambda caption: caption.startswith("CURRENTCODE"), True),
    ("effective", lambda caption: caption == "EFFECTIVE", True),
    ("previous codes", lambda caption: caption.startswith("PREVIOUSCODE"), True),
)


def recognise(head: Head) -> Layout | None:
    """By its three captions."""
    if header_of(enumerate(map(list, head.rows), 1), WANTED, "EFFECTIVE") is None:
        return None
    years = [match for row in head.rows[:3] for cell in row if (match := _YEAR.search(cell))]
    return Layout("icd10cm_replaced", head.form, read, date(int(years[0][1]) - 1, 10, 1) if years else start(head))


def read(content: Content, tally: Tally) -> Iterator[Record]:
    """Rows of the table."""
    for line, (code, effective, previous) in body(content, WANTED, "EFFECTIVE"):
        if not _CODE.fullmatch(code):
            tally.refuse(line, f"'{code[:20]}' is no ICD-10-CM code")
        elif not effective or not previous:
            tally.refuse(line, f"'{code}' has no year or no previous code")
        else:
            yield line, (pointed(code.replace(".", "")), effective, previous)
