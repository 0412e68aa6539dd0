"""HCPCS Level II: csv and workbook of 48 columns, and the fixed-width text with continued descriptions.

Modifiers come first, with three blanks before them and record id 7; codes have 3. In the text a long description goes
on in records of id 8 and 4, whose sequence number grows by 100. Days are YYYYMMDD. An end may lie before the last
change (modifier JG), and both are kept. Source: October 2025 and 2026 columns; text of 2019.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from encoder.formats.layout import CODE, MONTHS, Content, Head, Layout, Tally, day8, mostly, squeezed
from encoder.formats.text import RefusedError
from encoder.store.edition_tables import HCPCS, Record

COLUMNS = {
    "title": ("LONGDESCRIPTION",),
    "short_title": ("SHORTDESCRIPTION",),
    "price": ("PRICE1", "PRICE2", "PRICE3", "PRICE4"),
    "multiple_price": ("MULTPI",),
    "cim": ("CIM1", "CIM2", "CIM3"),
    "mcm": ("MCM1", "MCM2", "MCM3"),
    "statute": ("STATUTE",),
    "lab_certification": tuple(f"LABCERT{n}" for n in range(1, 9)),
    "cross_reference": tuple(f"XREF{n}" for n in range(1, 6)),
    "coverage": ("COV",),
    "asc_group": ("ASCGRP",),
    "asc_date": ("ASCDT",),
    "opps": ("OPPS",),
    "opps_pi": ("OPPSPI",),
    "opps_date": ("OPPSDT",),
    "processing_note": ("PROCNOTE",),
    "betos": ("BETOS",),
    "type_of_service": ("TOS1", "TOS2", "TOS3", "TOS4", "TOS5"),
    "anesthesia_units": ("ANESTBU",),
    "added": ("ADDDT",),
    "action_effective": ("ACTEFFDT",),
    "terminated": ("TERMDT",),
    "action": ("ACTIONCD",),
}
PLACES = {  # first and last character, and the width of one where there are several
    "title": (12, 91, 80),
    "short_title": (92, 119, 28),
    "price": (120, 127, 2),
    "multiple_price": (128, 128, 1),
    "cim": (129, 146, 6),
    "mcm": (147, 170, 8),
    "statute": (171, 180, 10),
    "lab_certification": (181, 204, 3),
    "cross_reference": (205, 229, 5),
    "coverage": (230, 230, 1),
    "asc_group": (231, 232, 2),
    "asc_date": (233, 240, 8),
    "opps": (241, 243, 3),
    "opps_pi": (244, 244, 1),
    "opps_date": (245, 252, 8),
    "processing_note": (253, 256, 4),
    "betos": (257, 259, 3),
    "type_of_service": (261, 265, 1),
    "anesthesia_units": (266, 268, 3),
    "added": (269, 276, 8),
    "action_effective": (277, 284, 8),
    "terminated": (285, 292, 8),
    "action": (293, 293, 1),
}
WIDTH = 292
_DAYS = ("asc_date", "opps_date", "added", "action_effective", "terminated")
_RECORDS = {"3": "code", "7": "modifier"}
_CONTINUED = {"4": "3", "8": "7"}


def recognise(head: Head) -> Layout | None:
    """By its captions, or records with a sequence number and a record id where they belong."""
    if any(_is_header(row) for row in head.rows):
        return Layout("hcpcs", head.form, read_table, _start(head), rank=2 * head.workbook)
    begin = next((at for at, line in enumerate(head.lines) if _is_record(line)), len(head.lines))
    lines = [line for line in head.lines[begin:] if line.strip()]
    if mostly(sum(1 for line in lines if _is_record(line)), len(lines)):
        return Layout("hcpcs", "fixed width", read_fixed, _start(head), rank=1)
    return None


def _is_header(cells: Sequence[str]) -> bool:
    captions = [squeezed(cell) for cell in cells]
    return captions[:1] in (["HCPC"], ["HCPCS"]) and {"SEQNUM", "RECID", "LONGDESCRIPTION"} <= set(captions)


def _is_record(line: str) -> bool:
    return len(line) >= 12 and line[5:10].isdecimal() and line[10] in "3478" and line[:5].strip().isalnum()


def _start(head: Head) -> date | None:
    name = head.named(r"HCPC(?:S)?_?(20\d\d)(?:_?(JAN|APR|JUL|OCT))?")
    return date(int(name[1]), MONTHS[name[2] or "JAN"], 1) if name else None


def read_table(content: Content, tally: Tally) -> Iterator[Record]:
    """Rows of the csv or workbook, one a code."""
    rows = content.rows()
    header = next((cells for _, cells in rows if _is_header(cells)), None)
    if header is None:
        raise RefusedError("no row names the columns HCPC, SEQNUM and RECID")
    captions = [squeezed(cell) for cell in header]
    missing = [columns[0] for columns in COLUMNS.values() if columns[0] not in captions]
    if missing:
        raise RefusedError(f"the header has no column {missing[0]}")
    place = {caption: at for at, caption in enumerate(captions)}
    wanted = [[place[column] for column in columns if column in place] for columns in COLUMNS.values()]
    record_id = place["RECID"]
    for line, cells in rows:
        if not any(cells):
            continue
        whole = [cell.strip() for cell in (*cells, *[""] * (len(captions) - len(cells)))]
        made = [" ".join(whole[at] for at in places if whole[at]) for places in wanted]
        yield from _row(line, whole[0], whole[record_id], made, tally)


def read_fixed(content: Content, tally: Tally) -> Iterator[Record]:
    """Records of the text, continued descriptions joined; what stands before the first record is a disclaimer."""
    held: tuple[int, str, str, list[str]] | None = None
    for line, text in enumerate(content.lines(), 1):
        if not _is_record(text):
            if held is not None and text.strip():
                tally.refuse(line, "the record has no sequence number and record id")
            continue
        code, record = text[:5].strip(), text[10]
        if record in _CONTINUED:
            if held is None or held[1] != code or held[2] != _CONTINUED[record]:
                tally.refuse(line, f"'{code}' goes on without having begun")
            else:
                held[3][0] = f"{held[3][0]} {text[11:91].strip()}".strip()
            continue
        if held is not None:
            yield from _row(*held, tally)
        held = line, code, record, [_cut(text, *place) for place in PLACES.values()]
        if len(text) < WIDTH:
            tally.refuse(line, f"the record has {len(text)} characters instead of {WIDTH}")
            held = None
    if held is not None:
        yield from _row(*held, tally)


def _cut(text: str, first: int, last: int, width: int) -> str:
    pieces = (text[at : at + width].strip() for at in range(first - 1, last, width))
    return " ".join(piece for piece in pieces if piece)


def _row(line: int, code: str, record: str, cells: list[str], tally: Tally) -> Iterator[Record]:
    made = dict(zip(COLUMNS, cells, strict=True))
    if record not in _RECORDS:
        tally.refuse(line, f"'{record[:20]}' is no record id of a code or a modifier")
    elif not (CODE.fullmatch(code) if record == "3" else len(code) == 2 and code.isalnum()):
        tally.refuse(line, f"'{code[:20]}' is no {'code of five' if record == '3' else 'modifier of two'} characters")
    else:
        try:
            for name in _DAYS:
                made[name] = day8(made[name]) if made[name] else ""
        except ValueError as error:
            tally.refuse(line, f"'{str(error)[:20]}' is no day such as 20251001")
            return
        yield line, (code, _RECORDS[record], *(made[name] for name in HCPCS[1:]))
