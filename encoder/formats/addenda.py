"""ICD-10 addenda: what a fiscal year adds, deletes and revises, and a count of it at the end.

A line is ``Add:``, ``Delete:``, ``Revise from:`` or ``Revise to:`` and, from the 14th character, a record: billable
flag, code, short and long title in the order addenda of ICD-10-CM; no flag in those of ICD-10-PCS; code and title in
the codes addenda. The footer names the order file of the year and counts, and the counts must hold.
Source: FY2025 and FY2026 addenda.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import partial

from encoder.formats.icd10 import CM, PCS, pointed, start
from encoder.formats.layout import Content, Head, Layout, Tally, mostly
from encoder.formats.text import RefusedError
from encoder.store.edition_tables import Record

ACTIONS = {"Add": "add", "Delete": "delete", "Revise from": "from", "Revise to": "to"}
_LINE = re.compile(r"(Add|Delete|Revise from|Revise to): *(?<=^.{13})(?:([01]) )?([0-9A-Z]{3,7}) +(.*)")
_YEAR = re.compile(r"\d+ (?:codes|headers) in icd10(?:cm|pcs)_order_(20\d\d)\.txt")
_COUNT = re.compile(r"\s*(\d+) (additions|deletions|revisions)")
_FOOTER = re.compile(r"\s|Headers|Codes|of which")
_COUNTED = {"additions": "add", "deletions": "delete", "revisions": "to"}


def recognise(head: Head) -> Layout | None:
    """By its actions; ICD-10-PCS by codes that begin with a digit, or by its name where every code could be either."""
    lines = [line for line in head.lines if line.strip()]
    matches = [match for line in lines if (match := _LINE.fullmatch(line))]
    footer = sum(1 for line in lines if _FOOTER.match(line))
    if not mostly(len(matches), len(lines) - footer):
        return None
    codes = [match[3] for match in matches]
    cm = all(CM.fullmatch(code) for code in codes) and (
        any(len(code) not in (3, 7) for code in codes) or not head.named(r"PCS|_PR\b")
    )
    return Layout(
        "icd10cm_changes" if cm else "icd10pcs_changes",
        "order addenda" if len(matches[0][4]) > 60 and matches[0][4][60:61] == " " else "codes addenda",
        partial(read, CM if cm else PCS),
        _footer_start(head) or start(head),
        rank=0 if matches[0][2] or not cm else 1,
    )


def _footer_start(head: Head) -> date | None:
    years = [int(match[1]) for line in head.lines if (match := _YEAR.search(line))]
    return date(max(years) - 1, 10, 1) if years else None


def read(system: re.Pattern[str], content: Content, tally: Tally) -> Iterator[Record]:
    """The changes in their order.

    Raises:
        RefusedError: the file counts other numbers of changes than it lists.
    """
    listed: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    for line, text in enumerate(content.lines(), 1):
        if match := _LINE.fullmatch(text):
            action, billable, code, titles = match.groups()
            if not system.fullmatch(code):
                tally.refuse(line, f"'{code}' is no code of this system")
                continue
            listed[ACTIONS[action]] += 1
            whole = len(titles) > 60 and titles[60] == " "
            short, title = (titles[:60].strip(), titles[61:].strip()) if whole else ("", titles.strip())
            shown = pointed(code) if system is CM else code
            yield line, (line, ACTIONS[action], shown, int(billable) if billable else None, short, title)
        elif count := _COUNT.fullmatch(text):
            counted[_COUNTED[count[2]]] += int(count[1])
        elif text.startswith(tuple(f"{action}:" for action in ACTIONS)):
            tally.refuse(line, "the record does not hold a code and its titles")
    if counted and not tally.refused and any(counted[name] != listed[name] for name in counted):
        said, found = (", ".join(str(c[name]) for name in _COUNTED.values()) for c in (counted, listed))
        raise RefusedError(
            f"it counts {said} additions, deletions and revisions, and lists {found}; it is cut or mixed"
        )
