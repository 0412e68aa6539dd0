"""The findings of an audit are read as they were written: filtered, counted, and never more of them than are shown."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import pytest

from encoder.errors import InputError
from encoder.store.audit_run import CHANGE, COLUMNS
from encoder.store.findings_file import STEP, Found, Wanted, read_findings

PAIR = ("7", "1 2", "ptp", "deny", "69990 is inside 27365.", "ptp", "27365>69990", "2024Q3", "pair_closed", "12.50")
SIDE = ("8", "1", "diagnosis", "warn", "C40.21 is on the right side.", "icd10cm", "C40.21", "FY2026", "dx_side", "")


def written(path: Path, rows: Iterable[tuple[str, ...]], head: tuple[str, ...] = COLUMNS) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path


def test_findings_are_given_as_they_were_written(tmp_path: Path) -> None:
    found = read_findings(written(tmp_path / "f.csv", [PAIR, SIDE]), Wanted())
    assert found.rows == (Found(*PAIR), Found(*SIDE))
    assert (found.wanted, found.all) == (2, 2)


@pytest.mark.parametrize(
    ("wanted", "claims"),
    [
        (Wanted(kind="ptp"), ["7"]),
        (Wanted(severity="warn"), ["8"]),
        (Wanted(text="RIGHT side"), ["8"]),
        (Wanted(text="69990", severity="warn"), []),
        (Wanted(change="new"), []),
    ],
)
def test_those_that_are_wanted_are_picked(tmp_path: Path, wanted: Wanted, claims: list[str]) -> None:
    found = read_findings(written(tmp_path / "f.csv", [PAIR, SIDE]), wanted)
    assert [one.claim for one in found.rows] == claims
    assert (found.wanted, found.all) == (len(claims), 2)


def test_a_look_back_says_what_is_new_and_what_is_gone(tmp_path: Path) -> None:
    path = written(tmp_path / "f.csv", [("new", *PAIR), ("gone", *SIDE)], (CHANGE, *COLUMNS))
    assert [(one.claim, one.change) for one in read_findings(path, Wanted()).rows] == [("7", "new"), ("8", "gone")]
    assert [one.claim for one in read_findings(path, Wanted(change="gone")).rows] == ["8"]


def test_no_more_rows_are_kept_than_are_shown_and_a_cut_row_is_passed_over(tmp_path: Path) -> None:
    path = written(tmp_path / "f.csv", [PAIR] * (STEP + 1) + [("7", "1")])
    asked: list[int] = []
    found = read_findings(path, Wanted(), lambda: asked.append(1), most=3)
    assert (len(found.rows), found.wanted, found.all, asked) == (3, STEP + 1, STEP + 2, [1])


def test_what_is_no_file_of_findings_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^other\.csv is no file of findings of an audit"):
        read_findings(written(tmp_path / "other.csv", [], ("a", "b")), Wanted())
    with pytest.raises(InputError, match=r"^The findings in .*none\.csv cannot be read \(No such file"):
        read_findings(tmp_path / "none.csv", Wanted())
    broken = written(tmp_path / "broken.csv", [])
    broken.write_text(broken.read_text() + '"' + "x" * 140_000)
    with pytest.raises(InputError, match=r"broken\.csv cannot be read \(field larger"):
        read_findings(broken, Wanted())
