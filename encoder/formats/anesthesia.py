"""Anesthesia conversion factors by locality: csv with dollars, text with cents (1931 for 19.31).

Neither says its year: the name does (ANES2025). Source: ANES2025.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from encoder.formats.gpci import mac_and_locality
from encoder.formats.layout import Content, Head, Layout, Tally, Want, body, header_of, is_number
from encoder.store.edition_tables import Record

_NATIONAL = re.compile(r"ANES\w* CF OF (\d+\.\d+)", re.IGNORECASE)
_FIXED = re.compile(r"(\d{5}) +(\d\d) +(\S.*?) {2,}(\d{3,6})\s*")

WANTED: tuple[Want, ...] = (
    ("contractor", lambda caption: caption == "CONTRACTOR", True),
    ("locality", lambda caption: caption == "LOCALITY", True),
    ("locality name", lambda caption: caption == "LOCALITYNAME", True),
    ("factor", lambda caption: "ANES" in caption and "CF" in caption, True),
)


def recognise(head: Head) -> Layout | None:
    """By the caption of the factor, or records that hold a contractor, a locality, a name and cents."""
    if header_of(enumerate(map(list, head.rows), 1), WANTED, "CONTRACTOR"):
        return Layout("anesthesia", head.form, read_table, _start(head), rank=2 * head.workbook)
    if head.consists_of(_FIXED):
        return Layout("anesthesia", "fixed width", read_fixed, _start(head), rank=1)
    return None


def _start(head: Head) -> date | None:
    name = head.named(r"ANES(20\d\d)")
    return date(int(name[1]), 1, 1) if name else None


def read_table(content: Content, tally: Tally) -> Iterator[Record]:
    """Rows of the csv or workbook."""
    for _, cells in islice(content.rows(), 20):
        if national := _NATIONAL.search(" ".join(cells)):
            tally.facts["anesthesia_factor"] = national[1]
    for line, (mac, locality, name, factor) in body(content, WANTED, "CONTRACTOR"):
        yield from _row(line, mac, locality, name, factor, tally)


def read_fixed(content: Content, tally: Tally) -> Iterator[Record]:
    """Records of the text."""
    for line, text in enumerate(content.lines(), 1):
        if match := _FIXED.fullmatch(text):
            yield from _row(line, match[1], match[2], match[3], f"{match[4][:-2]}.{match[4][-2:]}", tally)
        elif text.strip():
            tally.refuse(line, "the record does not hold a contractor, a locality, a name and a factor")


def _row(line: int, mac: str, locality: str, name: str, factor: str, tally: Tally) -> Iterator[Record]:
    place = mac_and_locality(mac, locality)
    if place is None:
        tally.refuse(line, f"'{mac[:20]}' and '{locality[:20]}' are no contractor and locality")
    elif not is_number(factor):
        tally.refuse(line, f"'{factor[:20]}' is no conversion factor")
    else:
        yield line, (*place, name.rstrip("* "), factor)
