"""NCCI medically unlikely edits: csv and workbook, three settings.

The first record is a notice over several lines, the second the header, whose first name holds a line end; its second
name says the setting. The adjudication indicator is a digit with its meaning; 0 units is a limit. The effective day
stands in the name alone. Source: practitioner table of July 2026, excerpt, and of July 2024.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from encoder.formats.layout import (
    CODE,
    Content,
    Head,
    Layout,
    Tally,
    Want,
    body,
    day_or_none,
    header_of,
    no_code,
    padded,
)
from encoder.store.edition_tables import Record

SETTINGS = {"PRACTITIONER": "mue", "OUTPATIENT": "mue_hospital", "FACILITY": "mue_hospital", "DME": "mue_dme"}

WANTED: tuple[Want, ...] = (
    ("code", lambda caption: caption.startswith("HCPCS"), True),
    ("units", lambda caption: caption.endswith("MUEVALUES"), True),
    ("adjudication indicator", lambda caption: "ADJUDICATION" in caption, True),
    ("rationale", lambda caption: caption.endswith("RATIONALE"), True),
)


def recognise(head: Head) -> Layout | None:
    """By the captions; the setting is a word of the second."""
    for number, row in enumerate(head.rows, 1):
        header = header_of([(number, list(row))], WANTED, "MUEVALUES")
        if header is not None:
            caption = header.pick(row)[1].upper()
            kind = next((kind for word, kind in SETTINGS.items() if word in caption), "")
            return Layout(kind, head.form, read, _start(head), rank=int(head.workbook), asks=() if kind else _ALL)
    return None


_ALL = tuple(dict.fromkeys(SETTINGS.values()))


def _start(head: Head) -> date | None:
    name = head.named(r"EFF\w*[-_ ](\d\d)[-_](\d\d)[-_](20\d\d)")
    return day_or_none(int(name[3]), int(name[1]), int(name[2])) if name else None


def read(content: Content, tally: Tally) -> Iterator[Record]:
    """Rows of the table."""
    for line, (written, units, mai, rationale) in body(content, WANTED, "MUEVALUES"):
        code = padded(written)
        if not CODE.fullmatch(code):
            tally.refuse(line, no_code(code))
        elif not (units.isascii() and units.isdecimal() and len(units) < 10):
            tally.refuse(line, f"'{units[:20]}' is no number of units")
        elif mai[:1] not in ("1", "2", "3"):
            tally.refuse(line, f"'{mai[:40]}' is no adjudication indicator; it begins with 1, 2 or 3")
        else:
            yield line, (code, int(units), mai[0], mai[1:].strip(), rationale)
