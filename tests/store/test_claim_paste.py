"""Rows of a spreadsheet become claim lines, with a header or without."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoder.core.claim import ClaimLine
from encoder.errors import UsageError
from encoder.store.claim_paste import MOST_ROWS, read_paste


def table(*rows: str) -> str:
    """Cells parted by a bar, for reading."""
    return "\r\n".join(row.replace("|", "\t") for row in rows)


def texts(text: str) -> tuple[list[str], tuple[str, ...]]:
    lines, diagnoses = read_paste(text)
    return [line.text for line in lines], diagnoses


def test_what_has_no_tab_is_read_as_it_is_typed() -> None:
    assert texts("27365-LT, 20932*2\nC40.22") == (["27365-LT", "20932*2"], ("C40.22",))


def test_columns_are_known_by_their_names_in_any_order() -> None:
    rows = (
        "Units|CPT Code|Mod 1|Mod 2|DOS|Dx1|Dx2|Note",
        "1|27365|LT||5/1/2026|C40.22|Z96.641|x",
        "2|20932|||20260502|C40.22||",
    )
    assert texts(table(*rows)) == (["27365-LT@2026-05-01:AB", "20932*2@2026-05-02:A"], ("C40.22", "Z96.641"))


def test_without_a_header_cells_are_told_by_what_stands_in_them() -> None:
    rows = ("1|27365|LT|59|1|2026-05-01|C4022|Wide resection|1837.05", "2|20932|||1||A", "||||C40.22")
    assert texts(table(*rows)) == (["27365-LT-59@2026-05-01:A", "20932:A"], ("C40.22",))
    assert texts(table("27365-LT|3|AB", "20932|50, RT|2|B")) == (["27365-LT*3:AB", "20932-50-RT*2:B"], ())


def test_diagnoses_of_a_row_of_their_own_are_those_of_the_claim() -> None:
    assert texts(table("C40.22|Z96.641", "27365|1")) == (["27365"], ("C40.22", "Z96.641"))
    assert texts(table("27365|1|C40.22", "Z96.641|", "20932|1|C40.21")) == (
        ["27365:A", "20932:B"],
        ("C40.22", "C40.21", "Z96.641"),
    )


def test_a_line_keeps_its_own_day() -> None:
    lines, _ = read_paste(table("27365|LT|1|2026-05-01"))
    assert lines == (ClaimLine("27365", ("LT",), 1, date(2026, 5, 1)),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (table("Code|Units", "27365|x"), "Row 2 of what was pasted cannot be read: its units should be a whole number"),
        (table("Code|Date", "27365|soon"), "Row 2 of what was pasted cannot be read: its date should be a date such"),
        (table("Code|Mod", "27365|LEFT"), "Row 2 .* its modifiers should be modifiers of two characters"),
        (table("Code|Dx", "27365|left"), "Row 2 .* its diagnoses should be ICD-10-CM codes"),
        (table("Code|Pointer", "27365|Z"), "Row 2 .* its pointers should be letters from A to L"),
        (table("Operation|1"), "Row 1 of what was pasted cannot be read: its code should be a code of five characters"),
        (table(*["27365|1"] * (MOST_ROWS + 1)), "^1,000 rows are no claim; use the audit"),
        ("\x00\t" + '"' + "x" * 140_000 + '"', "What was pasted is no table"),
    ],
)
def test_what_cannot_be_read_is_said(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read_paste(text)


def test_nothing_but_tabs_is_no_claim() -> None:
    assert read_paste("\t\t\n\t") == ((), ())


@given(st.text(alphabet='\t\n\r" ,AB1259LTC.4-/x\u00e9', max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(UsageError):
        lines, diagnoses = read_paste(text)
        assert all(at < max(len(diagnoses), 12) for line in lines for at in line.pointers)
