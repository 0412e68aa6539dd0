"""The code book beside the decision: diagnoses with their notes, modifiers, places, supplies, hospital tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest

from encoder.core.codes import Span
from encoder.core.reference import IcdNote
from encoder.store.codebook import Codebook
from tests.tiny import Tiny

KNOWN = Span(date(2025, 10, 1), date(2027, 9, 30))


@pytest.fixture
def small(tiny: Tiny) -> Iterator[Codebook]:
    with closing(Codebook.open(tiny.build())) as book:
        yield book


def test_a_diagnosis_is_found_with_or_without_its_point(small: Codebook) -> None:
    for written in ("C40.21", "c4021", " C40.21 "):
        entry = small.icd_entry(written)
        assert entry is not None
        assert (entry.code, entry.title, entry.kind, entry.parent) == (
            "C40.21",
            "Malignant tumour of bone, right leg",
            "code",
            "C40.2",
        )
        assert (entry.span, entry.seventh, entry.cites) == (KNOWN, (), ("manual#list",))
        assert entry.billable(date(2026, 5, 1))
    for nothing in ("C40.29", "", "S72.31", "Chapter 99", "C40.21.0.0.0.0", "é", "S72.31XZ", "S72.392K"):
        found = small.icd_entry(nothing)
        assert found is None or found.code == "S72.31"


def test_a_code_with_a_seventh_character_is_made_from_its_entry(small: Codebook) -> None:
    short, filled = small.icd_entry("S72302K"), small.icd_entry("S72.31XB")
    assert short is not None
    assert filled is not None
    said = "Unspecified fracture of shaft of left femur, subsequent encounter with nonunion"
    assert (short.code, short.title, short.parent) == ("S72.302K", said, "S72.302")
    assert (filled.code, filled.parent, filled.seventh) == ("S72.31XB", "S72.31", ())
    assert filled.billable(date(2026, 5, 1))


def test_an_entry_says_which_seventh_characters_it_takes(small: Codebook) -> None:
    entry = small.icd_entry("S72.31")
    assert entry is not None
    assert [letter for letter, _ in entry.seventh] == ["A", "B", "D"], "not K: the list of codes does not have it"
    assert dict(entry.seventh)["D"] == "subsequent encounter"
    assert not entry.billable(date(2026, 5, 1))


def test_changes_give_an_entry_its_days(small: Codebook) -> None:
    new, heading, gone, ended = (small.icd_entry(code) for code in ("C40.22", "C40.3", "C49.9", "S72.31XD"))
    assert new is not None
    assert heading is not None
    assert gone is not None
    assert ended is not None
    assert (new.change, new.before, new.span) == ("new", ("C40.2",), Span(date(2026, 1, 1), KNOWN.end))
    assert (heading.change, heading.changed_on, heading.span) == ("heading", date(2026, 10, 1), KNOWN)
    assert [heading.billable(date(2026, month, 1)) for month in (9, 10)] == [True, False]
    assert (gone.title, gone.after, gone.span.end) == (
        "Sarcoma of soft parts",
        ("C40.22", "C40.21"),
        date(2025, 12, 31),
    )
    assert (ended.title.split(",")[1], ended.span.end) == (" subsequent encounter", date(2026, 9, 30))
    assert [entry.billable(date(2026, 5, 1)) for entry in (new, gone, ended)] == [True, False, True]


def test_headings_blocks_and_chapters_are_entries_too(small: Codebook) -> None:
    kinds = {}
    for code in ("Chapter 2", "C40-C41", "S72-S72", "C40", "C40.3"):
        entry = small.icd_entry(code)
        assert entry is not None
        kinds[code] = entry.kind
        assert entry.billable(date(2026, 5, 1)) == (code == "C40.3")
    assert list(kinds.values()) == ["chapter", "block", "block", "heading", "code"]
    assert [entry.code for entry in small.icd_below("C40")] == ["C40.2", "C40.3"]
    assert [entry.code for entry in small.icd_below("Chapter 19")] == ["S72-S72"]
    assert list(small.icd_below("C40.21")) == []


def test_the_notes_of_an_entry_are_its_own_and_those_above_it(small: Codebook) -> None:
    assert list(small.icd_notes("C40.22")) == [
        IcdNote("C40.22", "inclusion_term", "Sarcoma of the left thigh bone"),
        IcdNote("C40", "excludes1", "of soft parts (C49.-)"),
        IcdNote("Chapter 2", "includes", "growths"),
    ]
    assert [note.kind for note in small.icd_notes("S72.302K")] == ["seventh_note"]
    assert list(small.icd_notes("C99")) == []


def test_modifiers_places_and_supplies_are_in_our_own_words(small: Codebook) -> None:
    modifier, place, supply = small.modifier("59"), small.place("24"), small.supply("C1713")
    assert modifier is not None
    assert place is not None
    assert supply is not None
    assert (modifier.title, modifier.opens_pair, modifier.not_for) == ("Apart: another site", True, "The same site")
    assert (place.title, place.setting) == ("Surgery center", "facility")
    assert (supply.use, supply.span.end) == ("Hardware", date(2026, 6, 30))
    assert [row.code for row in small.modifiers()] == ["59", "LT"]
    assert [row.code for row in small.places()] == ["11", "24"]
    assert [row.code for row in small.supplies()] == ["C1713"]
    assert [small.modifier("00"), small.place("00"), small.supply("A0000")] == [None] * 3


def test_what_is_no_text_is_in_no_table(small: Codebook) -> None:
    assert small.diagnosis("\ud83e") is None
    assert small.icd_entry("\ud83e") is None


def test_no_official_descriptor_is_shipped(small: Codebook) -> None:
    assert small.official("27365", date(2026, 7, 1)) is None


def test_the_hospital_tables_come_with_their_meanings(small: Codebook) -> None:
    codes = [built.code for built in small.procedure_tables().all()]
    assert codes == ["0QRB0JZ", "0QRB0KZ", "0QRC0JZ", "0QRC0KZ", "0QTB0ZZ", "0QTC0ZZ"]
    metal = small.procedure_tables().code("0QRC0JZ")
    assert metal is not None
    assert metal.title == "Replacement of Left Lower Femur with Metal, Open Approach"
    assert small.procedure_tables() is small.procedure_tables()


def test_the_book_has_editions_of_its_own(small: Codebook) -> None:
    assert [(edition.table, edition.edition) for edition in small.book_editions()] == [
        ("icd10cm_list", "FY2026"),
        ("icd10cm_list", "FY2027"),
        ("hcpcs", "October 2025"),
    ]


def test_every_row_beside_the_decision_says_where_it_comes_from(small: Codebook) -> None:
    cited = list(small.citations())
    assert ("modifier 59", ("manual#59",)) in cited
    assert {name.split()[0] for name, _ in cited} == {
        *("book_edition", "modifier", "place", "supply", "procedure_table", "procedure_value", "icd_change"),
    }
    assert all(cites for _, cites in cited)


def test_without_an_edition_of_the_list_its_days_are_open(tiny: Tiny) -> None:
    tiny.change("book_editions.csv", "icd10cm_list,Diagnoses,FY2026,2025-10-01,2026-09-30", "other,Other,1,,")
    tiny.change("book_editions.csv", "icd10cm_list,Diagnoses,FY2027,2026-10-01,2027-09-30", "others,Other,1,,")
    with closing(Codebook.open(tiny.build())) as book:
        entry = book.icd_entry("C40.21")
        assert entry is not None
        assert (entry.span, entry.cites) == (Span(), ())


def test_a_letter_without_a_meaning_does_not_break_the_page(tiny: Tiny) -> None:
    with closing(sqlite3.connect(tiny.build())) as database:
        database.execute("DELETE FROM icd_seventh WHERE letter = 'A'")
        database.commit()
    with closing(Codebook.open(tiny.database)) as book:
        entry = book.icd_entry("S72.31")
        assert entry is not None
        assert [letter for letter, _ in entry.seventh] == ["B", "D"]
        assert book.icd_entry("S72.31XA") is None
