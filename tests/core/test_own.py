"""Favourites and own notes on codes: a note knows what its row said, and what looks like a patient is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from encoder.commands.shipped import Shipped
from encoder.core.own import (
    LONGEST,
    Collection,
    changed,
    hash_of,
    personal,
    system_of,
    with_favourite,
    with_note,
    without_favourite,
    without_note,
)
from encoder.core.page.evidence import Desk
from encoder.errors import UsageError
from tests.core.small import NOW

EMPTY = Collection()


@pytest.fixture(scope="module")
def desk(shipped: Shipped) -> Desk:
    return shipped.desk(shipped.tree(), NOW)


def test_a_favourite_is_kept_once_in_its_order_and_let_go() -> None:
    kept = with_favourite(with_favourite(with_favourite(EMPTY, "27365"), "20932"), "27365")
    assert kept.favourites == ("27365", "20932")
    assert without_favourite(kept, "27365").favourites == ("20932",)
    assert without_favourite(kept, "99999") == kept


def test_a_note_speaks_of_the_row_of_its_code_or_of_a_row_that_is_named(desk: Desk) -> None:
    kept = with_note(EMPTY, desk, "27365", "  Ask for the margin.  ", NOW)
    kept = with_note(kept, desk, "27365", "Listed", NOW, "aoc", "aoc:20932>27365")
    kept = with_note(kept, desk, "20932", "See there", NOW)
    first, second = kept.notes_on("27365")
    assert (first.text, first.table, first.key, first.written) == ("Ask for the margin.", "cpt", "27365", NOW)
    assert (second.table, second.key) == ("aoc", "aoc:20932>27365")
    assert not any(changed(desk, note) for note in kept.notes)
    assert without_note(kept, first).notes_on("27365") == (second,)


@pytest.mark.parametrize(
    ("code", "table"),
    [
        ("20932", "cpt"),
        ("C40.21", "icd10cm"),
        ("0QRB0KZ", "icd10pcs"),
        ("62", "modifiers"),
        ("C1762", "hcpcs"),
        ("Z99.89", "icd10cm_list"),
        ("99999", ""),
    ],
)
def test_a_code_stands_in_one_table(desk: Desk, code: str, table: str) -> None:
    assert system_of(desk, code) == table


ROWS = [
    *(("cpt", "20932"), ("icd10cm", "C40.21"), ("icd10pcs", "0QRB0KZ"), ("modifiers", "62")),
    *(("aoc", "aoc:20932>27365"), ("aoc", "bar:20934>27134"), ("ptp_practitioner", "ptp:practitioner:27365>20245")),
    *(("hcpcs", "C1762"), ("icd10cm_list", "Z99.89"), ("icd10cm_list", "M84.551")),
    *(("pfs", "20932:work_rvu"), ("tumor_resection", "resection.distal_femur")),
]


def test_every_kind_of_row_has_a_hash_of_its_own(desk: Desk) -> None:
    lookups = [row.id for row in desk.book.rows("tumor_resection")]
    rows = [*ROWS[:-1], ("tumor_resection", lookups[0])]
    hashes = {row: hash_of(desk, *row) for row in rows}
    assert all(len(text) == 16 for text in hashes.values()), hashes
    assert len({*hashes.values()}) == len(rows)
    assert hashes == {row: hash_of(desk.on_date(date(2020, 1, 1)), *row) for row in rows}


@pytest.mark.parametrize(
    ("table", "key"),
    [
        *(
            ("cpt", "99999"),
            ("icd10cm", "Z99.9"),
            ("icd10cm_list", "Z99.999"),
            ("hcpcs", "C0000"),
            ("icd10pcs", "0000000"),
            ("modifiers", "XX"),
            ("", ""),
        ),
        *(("aoc", "aoc:20932>99999"), ("aoc", "nothing"), ("ptp_hospital", "ptp:x"), ("pfs", "20932:no_field")),
        *(("icd10cm_list", "Z99.999"), ("hcpcs", "C0000")),
        *(("no_table", "row"), ("tumor_resection", "no_row"), ("pfs", "99999:work_rvu")),
    ],
)
def test_a_row_that_no_table_holds_has_none(desk: Desk, table: str, key: str) -> None:
    assert hash_of(desk, table, key) == ""


def test_a_note_is_flagged_when_its_row_says_something_else_or_is_gone(desk: Desk) -> None:
    (note,) = with_note(EMPTY, desk, "20932", "12.68 today", NOW, "pfs", "20932:work_rvu").notes
    other = with_note(EMPTY, desk, "20933", "another", NOW, "pfs", "20933:work_rvu").notes[0]
    assert changed(desk, replace(note, hash=other.hash))
    assert changed(desk, replace(note, key="20932:gone"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("MRN 55", "a record number or date of birth"),
        ("dob unknown", "a record number or date of birth"),
        ("chart 1234567", "a number of six digits or more"),
        ("123-45-6789", "a social security number"),
        ("call 555-123-4567", "a telephone number"),
        ("write to a.b@example.org", "an electronic address"),
        ("Mrs. Example came", "a name"),
        ("Seen by Mr Example", "a name"),
    ],
)
def test_what_looks_like_a_patient_is_refused(desk: Desk, text: str, found: str) -> None:
    assert found in personal(text)
    with pytest.raises(UsageError) as refused:
        with_note(EMPTY, desk, "20932", text, NOW)
    assert (
        str(refused.value)
        == f"The note on 20932 seems to hold {personal(text)[0]}; notes are about codes: take it out."
    )
    assert text not in str(refused.value)


def test_notes_about_codes_are_no_patients() -> None:
    assert personal("20932 needs 27365, 27645 or 27704; 0QRB0KZ, C40.21; payer wants 59 since 2026-05-01.") == ()


@pytest.mark.parametrize(("text", "length"), [("", 0), ("   \n", 0), ("x" * (LONGEST + 1), LONGEST + 1)])
def test_an_empty_or_an_endless_note_is_refused(desk: Desk, text: str, length: int) -> None:
    with pytest.raises(UsageError) as refused:
        with_note(EMPTY, desk, "20932", text, NOW)
    assert str(refused.value) == f"The note on 20932 has {length} characters; write between 1 and {LONGEST}."


def test_a_note_on_nothing_is_refused(desk: Desk) -> None:
    with pytest.raises(UsageError) as refused:
        with_note(EMPTY, desk, "99999", "Nothing", NOW)
    assert str(refused.value) == "No table holds the row '99999' of ''; a note needs a code or a row that exists."
