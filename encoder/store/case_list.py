"""The list of cases as a CSV file: labels, dates, codes and where each stands; no word of a note."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from encoder.core.kept import Row
from encoder.errors import SetupError

COLUMNS = ("case", "date_of_service", "claim", "stands", "point", "lines", "saved_with_note", "changed")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_list(file: Path, rows: Iterable[Row]) -> None:
    """Write one row for each case.

    Raises:
        SetupError: the file cannot be written.
    """
    try:
        with file.open("w", encoding="utf-8-sig", newline="") as written:  # the mark tells spreadsheets the encoding
            out = csv.writer(written)
            out.writerow(COLUMNS)
            for row in rows:
                where = row.standing
                lines, saved = " ".join(where.lines), "yes" if row.saved else "no"
                cells = (row.label, str(row.on), row.claim, where.kind, where.say, lines, saved, row.changed)
                out.writerow([_plain(cell) for cell in cells])
    except OSError as error:
        raise SetupError(
            f"The list of cases cannot be written to {file} ({error.strerror}); choose another place."
        ) from error


def _plain(cell: str) -> str:
    """A label that a spreadsheet would take for a formula is kept as words."""
    text = cell.encode("utf-8", "replace").decode()
    return f"'{text}" if text.startswith(_FORMULA) else text
