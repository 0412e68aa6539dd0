"""NCCI procedure-to-procedure edits: tab-separated text or workbook, four parts to an edition.

Seven columns: column 1, column 2, ``*`` for an edit older than 1996, first day, last day (``*`` is open), modifier
indicator, rationale. Ended edits stay in the file; an edit of indicator 9 ends on its first day and never applied; the
same two codes may stand many times with other days. Nothing in the file says its quarter or its setting: the names do
(ccipra-v322r0-f1: practitioner, third quarter of 2026, first part). Source: NCCI 2026 Q3, excerpt.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from encoder.formats.layout import CODE, Content, Head, Layout, Tally, day8, no_code, padded
from encoder.formats.text import RefusedError
from encoder.store.edition_tables import Record

PARTS = 4
INDICATORS = ("0", "1", "9")
SETTINGS = ("ptp_practitioner", "ptp_hospital")
_NAME = r"CCI(?:PRA|OPH)-V(\d\d)([0-3])R(\d+)"
_PART = r"[-_ ]F(\d)(?!\d)"


def recognise(head: Head) -> Layout | None:
    """By the two captions of its first columns, or a first row of seven cells that is an edit."""
    rows = head.rows if head.workbook else tuple(tuple(line.split("\t")) for line in head.lines)
    if not any([cell.strip() for cell in row[:2]] == ["Column 1", "Column 2"] or _is_edit(row) for row in rows):
        return None
    name, part, setting = head.named(_NAME), head.named(_PART), head.named(r"CCIPRA|PRACTITIONER|CCIOPH|HOSPITAL")
    kind = "" if setting is None else SETTINGS[setting[0] in ("CCIOPH", "HOSPITAL")]
    return Layout(
        kind,
        head.form if head.workbook else "tab-separated",
        read_workbook if head.workbook else read_text,
        date(1994 + int(name[1]), int(name[2]) * 3 + 1, 1) if name else None,
        part=int(part[1]) if part else 0,
        parts=PARTS,
        rank=int(head.workbook),
        version=f"r{name[3]}" if name and int(name[3]) else "",
        asks=() if kind else SETTINGS,
    )


def _is_edit(cells: Sequence[str]) -> bool:
    return len(cells) == 7 and all(CODE.fullmatch(cell) for cell in cells[:2]) and cells[5] in INDICATORS


def read_text(content: Content, tally: Tally) -> Iterator[Record]:
    """Rows of the text."""
    rows = ((line, text.split("\t")) for line, text in enumerate(content.lines(), 1))
    new = yield from _edits(rows, tally)
    if new and not content.whole:
        raise RefusedError("the text ends in the middle of its last row, so it is cut")


def read_workbook(content: Content, tally: Tally) -> Iterator[Record]:
    """Rows of the workbook, which leaves out empty cells at the end and the noughts before a number."""
    rows = ((line, [*map(padded, cells[:2]), *cells[2:], *[""] * (7 - len(cells))]) for line, cells in content.rows())
    yield from _edits(rows, tally)


@dataclass(slots=True)
class _Seen:
    """Codes and days that were checked: they recur, and a file has hundreds of thousands of rows."""

    codes: set[str] = field(default_factory=set)
    firsts: dict[str, str] = field(default_factory=dict)
    lasts: dict[str, str | None] = field(default_factory=lambda: {"*": None, "": None})

    def learn(self, one: str, two: str, first: str, last: str, indicator: str) -> str:
        """Check what is new in a row; the reason why it cannot be kept, or nothing."""
        for code in (one, two):
            if not CODE.fullmatch(code):
                return no_code(code)
        if indicator not in INDICATORS:
            return f"'{indicator[:20]}' is no modifier indicator; 0, 1 or 9 was expected"
        try:
            self.firsts[first] = day8(first)
            if last not in self.lasts:
                self.lasts[last] = day8(last)
        except ValueError as error:
            return f"'{str(error)[:20]}' is no day such as 20180701"
        self.codes.update((one, two))
        return ""


def _edits(rows: Iterator[tuple[int, list[str]]], tally: Tally) -> Generator[Record, None, bool]:
    """The edits below the captions, which end where a row begins with a code; whether the last has a new rationale."""
    begin = next((row for row in rows if len(row[1]) > 1 and CODE.fullmatch(row[1][0])), None)
    if begin is None:
        raise RefusedError("no row begins with a code, so no edit is in it")
    seen, texts = _Seen(), tally.texts
    new = False
    codes, firsts, lasts = seen.codes, seen.firsts, seen.lasts
    for line, cells in chain((begin,), rows):
        if len(cells) == 7:
            one, two, before, first, last, indicator, say = cells
            known = one in codes and two in codes and first in firsts and last in lasts and indicator in INDICATORS
            reason = "" if known else seen.learn(one, two, first, last, indicator)
        else:
            reason = f"the row has {len(cells)} cells instead of 7"
        if reason:
            if any(cell.strip() for cell in cells):
                tally.refuse(line, reason)
            continue
        if new := say not in texts:
            texts[say] = len(texts)
        yield line, (one, two, firsts[first], lasts[last], indicator, texts[say], 1 if "*" in before else 0)
    return new
