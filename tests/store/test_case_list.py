"""The list of cases as CSV: one row a case, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from encoder.core.kept import Row, Standing
from encoder.errors import SetupError
from encoder.store.case_list import COLUMNS, write_list

ROWS = (
    Row("a", "12-044", date(2026, 5, 1), "surgeon", Standing("decided", "it may", ("27365-LT", "20932")), True, "now"),
    Row("b", '=HYPERLINK("x")', date(2026, 5, 2), "", Standing("open", "Form"), False, "then"),
)


def test_each_case_is_a_row(tmp_path: Path) -> None:
    file = tmp_path / "cases.csv"
    write_list(file, ROWS)
    with file.open(encoding="utf-8-sig", newline="") as written:
        head, *rows = csv.reader(written)
    assert tuple(head) == COLUMNS
    assert rows == [
        ["12-044", "2026-05-01", "surgeon", "decided", "it may", "27365-LT 20932", "yes", "now"],
        ['\'=HYPERLINK("x")', "2026-05-02", "", "open", "Form", "", "no", "then"],
    ]


def test_a_list_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"The list of cases cannot be written to .*; choose another place"):
        write_list(tmp_path, ROWS)
