"""A claim that is pasted: as it is typed, or as rows of a spreadsheet, whose cells are parted by tabs.

With a header the columns are known by their names, as in a file of claims. Without one they are told by what stands in
them: the first cell that is a code, then modifiers of two characters until the units, a whole number, a date, and
ICD-10-CM codes with or without their point. What is none of these, such as a title or an amount, is passed over.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from encoder.core.claim import ClaimLine
from encoder.core.claim_text import parse_entries
from encoder.errors import UsageError
from encoder.store import claims_cells as read_cell
from encoder.store.claims_columns import SEVERAL, kind_of

MOST_ROWS = 999
Pasted = tuple[tuple[ClaimLine, ...], tuple[str, ...]]
"""Lines, and the diagnoses that they point to."""

_TAB = "\t"
_MODIFIERS = re.compile(r"[0-9A-Za-z]{2}(?:[\s,-]+[0-9A-Za-z]{2})*")
_POINTERS = re.compile(r"[A-La-l]{1,4}")
_Cell = TypeVar("_Cell")
_Made = TypeVar("_Made")


def read_paste(text: str) -> Pasted:
    """Lines and diagnoses of a pasted text.

    Raises:
        UsageError: an entry or a row cannot be read, or there are more rows than a claim has.
    """
    if _TAB not in text:
        return parse_entries(text)
    try:
        read = list(csv.reader(text.splitlines(keepends=True), delimiter=_TAB))
    except csv.Error as error:
        raise UsageError(f"What was pasted is no table ({error}); copy the rows of the claim again.") from error
    rows = [(number, [cell.strip() for cell in cells]) for number, cells in enumerate(read, 1) if any(cells)]
    if len(rows) > MOST_ROWS:
        raise UsageError(f"{len(rows):,} rows are no claim; use the audit for a file of claims.")
    header = [kind_of(cell) for cell in rows[0][1]] if rows else []
    named = "code" in header
    return _claim(rows[1:] if named else rows, header if named else None)


def _claim(rows: Sequence[tuple[int, list[str]]], header: Sequence[str] | None) -> Pasted:
    """The claim of some rows; a row without a code that holds diagnoses gives these to the whole claim."""
    lines: list[ClaimLine] = []
    own: list[tuple[str, ...]] = []
    asked: list[tuple[int, ...]] = []
    whole: list[str] = []
    for number, cells in rows:
        kinds = header or _guessed(cells)
        held = {kind: [c for c, k in zip(cells, kinds, strict=False) if k == kind and c] for kind in kinds}
        diagnoses = _read(number, "diagnoses", read_cell.diagnoses, tuple(held.get("diagnoses", ())))
        if not held.get("code") and diagnoses:
            whole += diagnoses
            continue
        first = {kind: some[0] if some else "" for kind, some in held.items() if kind not in SEVERAL}
        code, behind = _read(number, "code", read_cell.code, first.get("code", ""))
        modifiers = _read(number, "modifiers", read_cell.modifiers, tuple(held.get("modifiers", ())))
        units = _read(number, "units", read_cell.units, first.get("units", ""))
        day = _read(number, "date", _day, first.get("date", ""))
        asked.append(_read(number, "pointers", read_cell.pointers, first.get("pointers", "")))
        own.append(diagnoses)
        lines.append(ClaimLine(code, behind + modifiers, units, day))
    if not any(own):
        return tuple(replace(line, pointers=to) for line, to in zip(lines, asked, strict=True)), tuple(whole)
    found, pointers = read_cell.pointed(own, asked)
    merged = tuple(dict.fromkeys((*found, *whole)))
    return tuple(replace(line, pointers=to) for line, to in zip(lines, pointers, strict=True)), merged


def _guessed(cells: Sequence[str]) -> list[str]:
    """What each cell of a row without a header holds; empty for what is passed over."""
    kinds: list[str] = []
    for cell in cells:
        if "code" not in kinds:
            kinds.append("code" if _is(read_cell.code, cell) else "diagnoses" if _is_diagnosis(cell) else "")
        elif "units" not in kinds and _MODIFIERS.fullmatch(cell):
            kinds.append("modifiers")
        elif "units" not in kinds and cell and _is(read_cell.units, cell):
            kinds.append("units")
        elif "date" not in kinds and _is(read_cell.day, cell):
            kinds.append("date")
        elif _is_diagnosis(cell):
            kinds.append("diagnoses")
        else:
            kinds.append("pointers" if "pointers" not in kinds and _POINTERS.fullmatch(cell) else "")
    return kinds


def _is_diagnosis(cell: str) -> bool:
    return bool(cell) and _is(lambda one: read_cell.diagnoses((one,)), cell)


def _is(read: Callable[[str], object], cell: str) -> bool:
    try:
        read(cell)
    except ValueError:
        return False
    return True


def _day(cell: str) -> date | None:
    return read_cell.day(cell) if cell else None


def _read(number: int, kind: str, read: Callable[[_Cell], _Made], cell: _Cell) -> _Made:
    try:
        return read(cell)
    except ValueError:
        raise UsageError(
            f"Row {number} of what was pasted cannot be read: its {kind} should be {read_cell.EXPECTED[kind]}."
        ) from None
