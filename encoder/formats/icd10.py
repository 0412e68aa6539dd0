"""ICD-10-CM and ICD-10-PCS: the order file, and the list of billable codes.

Order file, fixed: order 1-5, code 7-13 without its point, billable flag 15, short title 17-76, long title from 78. The
codes file holds code and long title of the billable codes alone. The year stands in the name (icd10cm_order_2026.txt);
an update of April is named with its first day. Source: order files of FY2025 and FY2026.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from encoder.formats.layout import Content, Head, Layout, Tally, mostly
from encoder.store.edition_tables import Record

CM, PCS = re.compile(r"[A-Z][0-9A-Z]{2,6}"), re.compile(r"[0-9A-HJ-NP-Z]{3}([0-9A-HJ-NP-Z]{4})?")
_ORDER = re.compile(r"(\d{5}) ([0-9A-Z]{3,7} *(?<=^.{13})) ([01]) (.{60}) (\S.*)")
_CODES = re.compile(r"([0-9A-Z]{3,7} *(?<=^.{7})) (\S.*)")


def recognise(head: Head) -> Layout | None:
    """By the shape of its records; ICD-10-PCS by a code that begins with a digit."""
    lines = [line for line in head.lines if line.strip()]
    for shape, form, read, rank in ((_ORDER, "order file", read_order, 0), (_CODES, "codes file", read_codes, 1)):
        codes = [match[2 - rank].strip() for line in lines if (match := shape.fullmatch(line))]
        if not mostly(len(codes), len(lines)):
            continue
        if codes[0][0].isdecimal():
            return Layout("icd10pcs", form, partial(read, PCS), start(head), rank=rank)
        if CM.fullmatch(codes[0]):
            return Layout("icd10cm", form, partial(read, CM), start(head), rank=rank)
    return None


def start(head: Head) -> date | None:
    """The first day of the fiscal year in a name (2026 begins in October 2025), or of its April update."""
    name = head.named(r"(?:ICD-?10-?(?:CM|PCS)\D*|CMS_|FY ?|_|-)(20\d\d)|FY(\d\d)(?!\d)")
    if name is None:
        return None
    year = 2000 + int(name[1] or name[2]) % 100
    return date(year, 4, 1) if head.named(r"APRIL") else date(year - 1, 10, 1)


def pointed(code: str) -> str:
    """An ICD-10-CM code with its point after the third character."""
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code


def read_order(system: re.Pattern[str], content: Content, tally: Tally) -> Iterator[Record]:
    """Records of the order file of a system."""
    for line, text in enumerate(content.lines(), 1):
        if match := _ORDER.fullmatch(text):
            yield from _row(line, match.groups(), system, tally)
        elif text.strip():
            tally.refuse(line, "the record does not hold an order number, a code, a billable flag and two titles")


def read_codes(system: re.Pattern[str], content: Content, tally: Tally) -> Iterator[Record]:
    """Records of the codes file of a system: billable codes, without short titles."""
    for line, text in enumerate(content.lines(), 1):
        if match := _CODES.fullmatch(text):
            yield from _row(line, (str(line), match[1], "1", "", match[2]), system, tally)
        elif text.strip():
            tally.refuse(line, "the record does not hold a code and its title")


def _row(line: int, cells: Sequence[str], system: re.Pattern[str], tally: Tally) -> Iterator[Record]:
    position, code, billable, short, title = (cell.strip() for cell in cells)
    if system.fullmatch(code):
        yield line, (pointed(code) if system is CM else code, int(position), int(billable), short, title)
    else:
        tally.refuse(line, f"'{code}' is no code of this system")
