"""The list of diagnoses: read as it is published, refused when it is another one, and the same as the code set says."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from db import classification
from db.build import main, shipped
from encoder.errors import DataError, SetupError
from encoder.store.codebook import Codebook
from tests.tiny import Tiny


def test_entries_notes_and_seventh_characters_are_read(tiny: Tiny) -> None:
    with closing(sqlite3.connect(tiny.build())) as database:
        entries = database.execute("SELECT code, kind, parent, seventh, letters FROM icd ORDER BY position").fetchall()
        notes = database.execute("SELECT code, kind, text FROM icd_note ORDER BY code").fetchall()
        sevenths = database.execute("SELECT letter, text, also FROM icd_seventh ORDER BY letter").fetchall()
    assert entries == [
        ("Chapter 2", "chapter", "", "", ""),
        ("C40-C41", "block", "Chapter 2", "", ""),
        ("C40", "heading", "C40-C41", "", ""),
        ("C40.2", "heading", "C40", "", ""),
        ("C40.21", "code", "C40.2", "", ""),
        ("C40.22", "code", "C40.2", "", ""),
        ("C40.3", "code", "C40", "", ""),
        ("Chapter 19", "chapter", "", "", ""),
        ("S72-S72", "block", "Chapter 19", "", ""),
        ("S72", "heading", "S72-S72", "", ""),
        ("S72.3", "heading", "S72", "", ""),
        ("S72.31", "code", "S72.3", "S72", "ABD"),
        ("S72.302", "code", "S72.3", "S72", "ABK"),
        ("S72.392", "code", "S72.3", "S72", "A"),
    ]
    assert notes == [
        ("C40", "excludes1", "of soft parts (C49.-)"),
        ("C40.22", "inclusion_term", "Sarcoma of the left thigh bone"),
        ("Chapter 2", "includes", "growths"),
        ("S72", "seventh_note", "A character is added to each code"),
    ]
    assert [(letter, also) for letter, _, also in sevenths] == [
        ("A", ""),
        ("B", "or when nothing is said"),
        ("D", ""),
        ("K", ""),
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("icd/tabular.xml", "<version>2026", "<version>2027", "found the release of '2027', expected 2026; "),
        ("icd/tabular.xml", "</chapter>", "</chaptre>", "the list of diagnoses cannot be read (mismatched tag: "),
        ("icd/tabular.xml", "<name>C40.21</name>", "<name>C4021</name>", "at C4021 a code was expected; "),
        ("icd/tabular.xml", "<name>C40.21</name>", "", "at an entry without a name a code was expected; "),
        (
            "icd/tabular.xml",
            "<name>C40.21</name>",
            "<name>C40.23</name>",
            "at C40.23 the list of all codes was expected",
        ),
        (
            "icd/tabular.xml",
            "<name>C40.21</name>",
            "<name>C40.22</name>",
            "at C40.22 one entry was expected, not two; ",
        ),
        ("icd/tabular.xml", "<desc>Malignant tumour of bone, foot</desc>", "", "at C40.3 a title was expected; "),
        (
            "icd/codes.txt",
            "S72392\nS7231XA S7231XB S7231XD S72302A S72302B S72302K S72392A",
            "",
            "at S72.392 the list of all codes was expected to hold it; ",
        ),
    ],
)
def test_a_wrong_list_is_refused_by_its_place(tiny: Tiny, file: str, old: str, new: str, sentence: str) -> None:
    tiny.change(file, old, new)
    with pytest.raises(DataError) as refused:
        tiny.build()
    assert str(refused.value).startswith(f"tabular.xml: {sentence}")
    assert not tiny.database.exists()


@pytest.mark.parametrize("data", [b"\xff\xfe", None])
def test_a_list_that_cannot_be_read_is_refused(tiny: Tiny, data: bytes | None) -> None:
    tiny.path("icd/codes.txt").unlink() if data is None else tiny.put("icd/codes.txt", data)
    with pytest.raises(DataError, match=r"^tabular\.xml: the list of diagnoses cannot be read \("):
        tiny.build()


@pytest.mark.parametrize("code", ["C40.22", "C40.3", "S72.31XD"])
def test_a_change_must_speak_of_an_entry(tiny: Tiny, code: str) -> None:
    tiny.change("diagnosis_changes.csv", f"\n{code},", "\nC99.9,")
    with pytest.raises(DataError, match=r"^diagnosis_changes\.csv: C99\.9 is (new|heading|deleted) and not in the "):
        tiny.build()


def test_a_missing_package_is_said_with_its_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(classification, "PACKAGE", "no_such_package")
    with pytest.raises(
        SetupError, match=r"^The package no_such_package with the ICD-10-CM list is not installed whole; "
    ):
        shipped()
    assert main(["--out", str(tmp_path / "x.db")]) == 4
    assert main(["--if-stale", "--out", str(tmp_path / "x.db")]) == 4
    assert capsys.readouterr().err.startswith("The package no_such_package")


def test_the_shipped_list_is_as_long_as_the_code_set_says(book: Codebook) -> None:
    """98,186 headings and codes, 74,719 of them billable: the numbers of the order file of FY2026."""
    headings = book.read("SELECT count(*) FROM icd WHERE kind IN ('heading', 'code')", (), int)[0]
    extended = book.read("SELECT sum(length(letters)) FROM icd", (), int)[0]
    plain = book.read("SELECT count(*) FROM icd WHERE kind = 'code' AND letters = ''", (), int)[0]
    assert (headings, extended, headings + extended) == (46_881, 51_305, 98_186)
    assert plain + extended == 74_719


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("C40.22", "Malignant neoplasm of long bones of left lower limb"),
        ("S72.23XB", "Displaced subtrochanteric fracture of unspecified femur, initial encounter for open fracture "
                     "type I or II"),
        ("M14.64", "Charcôt's joint, hand"),
        ("S30.81AA", "Abrasion of flank, initial encounter"),
        ("T84.53XA", "Infection and inflammatory reaction due to internal right knee prosthesis, initial encounter"),
    ],
)  # fmt: skip
def test_a_title_of_the_code_set(book: Codebook, code: str, title: str) -> None:
    entry = book.icd_entry(code)
    assert entry is not None
    assert entry.title == title


@pytest.mark.parametrize(
    ("code", "days", "billable"),
    [
        ("C40.22", ("2024-10-01", "2027-09-30"), {"2025-05-01": True, "2026-05-01": True, "2026-11-01": True}),
        ("M86.8X1", ("2024-10-01", "2027-09-30"), {"2026-09-30": True, "2026-10-01": False}),
        ("T52.8X1A", ("2024-10-01", "2026-09-30"), {"2026-09-30": True, "2026-10-01": False}),
        ("S23.420D", ("2024-10-01", "2026-09-30"), {"2026-09-30": True, "2026-10-01": False}),
        ("G35", ("2024-10-01", "2027-09-30"), {"2025-09-30": True, "2025-10-01": False}),
        ("G35.D", ("2025-10-01", "2027-09-30"), {"2025-09-30": False, "2025-10-01": True}),
        ("S30.1XXA", ("2024-10-01", "2025-09-30"), {"2025-09-30": True, "2025-10-01": False}),
        ("S72.301", ("2024-10-01", "2027-09-30"), {"2026-05-01": False}),
        ("C40", ("2024-10-01", "2027-09-30"), {"2026-05-01": False}),
    ],
)
def test_a_diagnosis_is_billable_on_its_days(
    book: Codebook, code: str, days: tuple[str, str], billable: dict[str, bool]
) -> None:
    entry = book.icd_entry(code)
    assert entry is not None
    assert (str(entry.span.start), str(entry.span.end)) == days
    assert {day: entry.billable(date.fromisoformat(day)) for day in billable} == billable


def test_what_took_the_place_of_a_code_is_named(book: Codebook) -> None:
    gone, split = book.icd_entry("S30.1XXA"), book.icd_entry("D71")
    assert gone is not None
    assert split is not None
    assert gone.after == ("S30.11XA", "S30.12XA", "S30.13XA")
    assert split.after == ("D71.1", "D71.8", "D71.9")


def test_every_diagnosis_of_the_scope_is_in_the_list_with_its_title(book: Codebook) -> None:
    rows = book.read("SELECT code, title, seventh, laterality FROM diagnosis", (), lambda *row: row)
    for code, title, seventh, laterality in rows:
        entry = book.icd_entry(code)
        assert entry is not None, code
        if laterality != "varies":
            assert entry.title == title or not entry.title.isascii(), code
            assert [letter for letter, _ in entry.seventh] == seventh.split(), code


def test_the_notes_of_a_fracture_of_the_femur(book: Codebook) -> None:
    notes = {(note.code, note.kind) for note in book.icd_notes("S72.301A")}
    assert {("S72", "excludes1"), ("S72", "seventh_note"), ("S70-S79", "excludes2"), ("Chapter 19", "note")} <= notes
