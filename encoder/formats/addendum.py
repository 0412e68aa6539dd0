"""OPPS Addendum B and ASC Addenda AA and BB: csv and workbook with titles above the header, amounts with $ and commas.

AA (procedures) and BB (what is paid beside them) share no code and make one edition together. The short descriptor is
the AMA's for most rows and is not read. The quarter stands in a title or in the name.
Source: columns as reported for January and July 2026.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from encoder.formats.layout import (
    CODE,
    Content,
    Head,
    Layout,
    Tally,
    Want,
    body,
    header_of,
    is_number,
    money,
    no_code,
    padded,
)
from encoder.store.edition_tables import Record

_MONTH = re.compile(rf"({'|'.join(calendar.month_name[1:])})\s+(?:\d\d?,\s+)?(20\d\d)", re.IGNORECASE)
_PART = re.compile(r"ADD(?:ENDUM|ENDA)?[ _.-]*(AA|BB)\b", re.IGNORECASE)
_SI, _PI = re.compile(r"[A-Z]\d?"), re.compile(r"[A-Z]\d\*?")

OPPS: tuple[Want, ...] = (
    ("HCPCS code", lambda caption: caption.startswith("HCPCS"), True),
    ("SI", lambda caption: caption in ("SI", "STATUSINDICATOR"), True),
    ("APC", lambda caption: caption == "APC", True),
    ("relative weight", lambda caption: "RELATIVEWEIGHT" in caption, False),
    ("payment rate", lambda caption: caption.endswith("PAYMENTRATE"), True),
    ("national copayment", lambda caption: "NATIONAL" in caption and "COPAY" in caption, False),
    ("minimum copayment", lambda caption: "MINIMUM" in caption and "COPAY" in caption, False),
)
ASC: tuple[Want, ...] = (
    ("HCPCS code", lambda caption: caption.startswith("HCPCS"), True),
    ("payment indicator", lambda caption: "PAYMENTINDICATOR" in caption and "COMMENT" not in caption, True),
    ("multiple procedure discounting", lambda caption: "MULTIPLEPROCEDURE" in caption, False),
    ("payment weight", lambda caption: caption.endswith("PAYMENTWEIGHT"), False),
    ("payment rate", lambda caption: caption.endswith(("PAYMENTRATE", "PAYMENT")), True),
)


def recognise(head: Head) -> Layout | None:
    """By their captions: a status indicator with an APC, or a payment indicator with a payment."""
    rows = list(enumerate(map(list, head.rows), 1))
    if header_of(rows, OPPS, "HCPCS"):
        return Layout("opps", head.form, partial(read, OPPS), _start(head), rank=int(head.workbook))
    if header_of(rows, ASC, "HCPCS"):
        texts = (*(" ".join(row) for row in head.rows[:8]), *head.names)
        part = next((match[1].upper() for text in texts if (match := _PART.search(text))), "")
        return Layout("asc", head.form, partial(read, ASC), _start(head), rank=int(head.workbook), version=part)
    return None


def _start(head: Head) -> date | None:
    """The first day of the quarter that a title or a name gives."""
    places = (*(" ".join(row) for row in head.rows[:8]), *(re.sub(r"[_\-]", " ", name) for name in head.names))
    found = [match for text in places if (match := _MONTH.search(text))]
    if not found:
        return None
    month = [name.lower() for name in calendar.month_name].index(found[0][1].lower())
    return date(int(found[0][2]), (month - 1) // 3 * 3 + 1, 1)


def read(wanted: Sequence[Want], content: Content, tally: Tally) -> Iterator[Record]:
    """Rows of either table; notes below it have no indicator."""
    opps = wanted is OPPS
    for line, cells in body(content, wanted, "HCPCS"):
        code, indicator, *rest = padded(cells[0]), *cells[1:]
        rest[1:] = [money(cell) for cell in rest[1:]]
        if not any(cells[1:]):
            continue
        if not CODE.fullmatch(code):
            tally.refuse(line, no_code(code))
        elif not (_SI if opps else _PI).fullmatch(indicator):
            tally.refuse(line, f"'{indicator[:20]}' is no {'status' if opps else 'payment'} indicator")
        elif wrong := next((cell for cell in rest[1:] if cell and not is_number(cell)), ""):
            tally.refuse(line, f"'{wrong[:20]}' is no figure")
        else:
            yield line, (code, indicator, *rest)
