"""Reading the findings that an audit wrote: those that are wanted, the first of them in full, all of them counted.

The file may hold millions of rows; what is kept of it does not grow with it.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from encoder.errors import InputError
from encoder.store.audit_run import CHANGE, COLUMNS

MOST = 1_000
"""Rows that are given in full."""
STEP = 10_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings: of a kind, a severity, a change (of a look-back), and with a text in any cell; empty for all."""

    kind: str = ""
    severity: str = ""
    change: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One finding, as it was written; ``change`` is empty where it is no look-back."""

    claim: str
    lines: str
    kind: str
    severity: str
    say: str
    table: str
    row: str
    edition: str
    rule: str
    at_stake: str
    change: str = ""


@dataclass(frozen=True, slots=True)
class FoundRows:
    """The first findings that are wanted, how many are, and how many there are in all."""

    rows: tuple[Found, ...]
    wanted: int
    all: int


def read_findings(path: Path, wanted: Wanted, go_on: Callable[[], object] = tuple, most: int = MOST) -> FoundRows:
    """The findings of a file.

    Args:
        go_on: called now and then; what it raises ends the reading.

    Raises:
        InputError: the file cannot be read, or is no file of findings.
    """
    text = wanted.text.lower()
    rows: list[Found] = []
    count = matched = 0
    try:
        with path.open(encoding="utf-8", errors="surrogateescape", newline="") as file:
            reader = csv.reader(file)
            names = next(reader, [])
            first = names[:1] == [CHANGE]
            if tuple(names[first:]) != COLUMNS:
                raise InputError(f"{path.name} is no file of findings of an audit; choose the one that an audit wrote.")
            for cells in reader:
                count += 1
                if count % STEP == 0:
                    go_on()
                found = _found(cells, first=first)
                if found is not None and _is_wanted(found, wanted, text, cells):
                    matched += 1
                    if len(rows) < most:
                        rows.append(found)
    except (OSError, csv.Error) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(f"The findings in {path} cannot be read ({why}); run the audit again.") from error
    return FoundRows(tuple(rows), matched, count)


def _found(cells: list[str], *, first: bool) -> Found | None:
    """A row; None where it does not have the fields of a finding."""
    if len(cells) != len(COLUMNS) + first:
        return None
    return Found(*cells[first:], *cells[:first])


def _is_wanted(found: Found, wanted: Wanted, text: str, cells: list[str]) -> bool:
    return (
        wanted.kind in ("", found.kind)
        and wanted.severity in ("", found.severity)
        and wanted.change in ("", found.change)
        and (not text or any(text in cell.lower() for cell in cells))
    )
