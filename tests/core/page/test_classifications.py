"""Pages of ICD-10-CM, ICD-10-PCS and places of service, and of codes with a licensed text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from encoder.core.page import icd10cm, icd10pcs
from encoder.core.page.evidence import Desk
from encoder.core.page.page import OFFICIAL, OURS, page
from encoder.core.reference import IcdEntry
from tests.core.page.conftest import Pages
from tests.core.small import NOW
from tests.formats import made
from tests.store.shelves import Shelves

LATER = date(2026, 11, 25)


@pytest.fixture
def licensed(database: Path, tmp_path: Path, desk: Desk) -> Iterator[Desk]:
    """The shipped tables with a small licensed file of made-up texts."""
    shelves = Shelves(database, tmp_path)
    shelves.file("LONGULT.txt", made.cpt_file("LONGULT"), date(2026, 1, 1))
    yield Desk(shelves.library, desk.tree, desk.lore, NOW)
    shelves.library.close()


# ---------------------------------------------------------------------------------------------- ICD-10-CM


def test_a_diagnosis_has_the_notes_of_the_list_the_nearest_first(pages: Pages) -> None:
    shown = pages("M84.551")
    assert [(note.code, note.kind) for note in shown.tabular[:3]] == [
        ("M84.5", "code_also"),
        ("M84.5", "seventh_note"),
        ("M84", "excludes2"),
    ]
    assert shown.tabular[2].label == "Excludes2: not part of it, may be coded with it"
    assert shown.tabular[-1].code == "Chapter 13"
    assert [panel.id for panel in shown.panels] == ["overview", "tabular", "sevenths", "above"]


def test_a_diagnosis_has_its_seventh_characters_with_their_meaning_and_what_stands_above(pages: Pages) -> None:
    shown = pages("M84.551")
    assert [seventh.letter for seventh in shown.sevenths] == ["A", "D", "G", "K", "P", "S"]
    assert shown.sevenths[0].means == "initial encounter for fracture"
    assert [entry.code for entry in shown.above] == ["Chapter 13", "M80-M85", "M84", "M84.5", "M84.55"]


def test_a_code_with_its_seventh_character_is_whole_and_says_what_it_means(pages: Pages) -> None:
    shown = pages("M84.551A")
    assert (shown.code, shown.standing) == ("M84.551A", "")
    assert shown.title.endswith("right femur, initial encounter for fracture")
    assert not any("is due" in note.say for note in shown.notes)
    assert pages("M84.551B").code == "M84.551"  # no such character: the page of the code that it would complete


def test_a_heading_lists_the_codes_below_it(pages: Pages) -> None:
    shown = pages("C40")
    assert [entry.code for entry in shown.below][:3] == ["C40.0", "C40.1", "C40.2"]
    assert shown.standing == "A heading: a claim needs a code below it."
    assert pages("S72.4").below


def test_a_diagnosis_that_the_whole_list_lacks_has_no_place_in_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(_code: str) -> IcdEntry | None:
        return None

    monkeypatch.setattr(desk.book, "icd_entry", nothing)
    shown = page(desk, "C40.22", {})
    assert shown is not None
    assert (shown.tabular, shown.above, shown.below) == ((), (), ())


def test_a_diagnosis_without_a_note_of_ours_has_the_rest_of_its_page(desk: Desk) -> None:
    row = desk.diagnosis("C40.22")
    assert row is not None
    bare, whole = (icd10cm.diagnosis(desk, each, row.code) for each in (replace(row, note=""), row))
    assert row.note.rstrip(".") in whole.notes[0].say
    assert bare.notes == whole.notes[1:]


# ---------------------------------------------------------------------------------------------- ICD-10-PCS


def test_a_procedure_is_read_character_by_character_with_its_other_side(pages: Pages) -> None:
    shown = pages("0QRC0KZ")
    assert "".join(axis.character for axis in shown.axes) == "0QRC0KZ"
    assert [(axis.label, axis.value) for axis in shown.axes[:5]] == [
        ("Section", "Medical and surgical"),
        ("Body system", "Lower bones"),
        ("Root operation", "Replacement"),
        ("Body part", "Lower Femur, left"),
        ("Approach", "Open"),
    ]
    assert [entry.code for entry in shown.below] == ["0QRB0KZ"]


def test_every_code_that_the_tables_build_has_a_page(desk: Desk, pages: Pages) -> None:
    shown = pages("0QHB04Z")
    assert shown.title == "Insertion of Internal Fixation Device into Right Lower Femur, Open Approach"
    assert "outside the procedures" in shown.notes[0].say
    assert desk.title("0QHB04Z") == shown.title
    tables = desk.book.procedure_tables()
    assert {row.table[:2] for row in tables.rows} <= icd10pcs.SYSTEMS.keys()
    for held in list(tables.all())[::400]:
        assert len(pages(held.code).axes) == 7


def test_after_the_last_edition_no_page_says_that_the_code_ended(pages: Pages) -> None:
    for code in ("0QRC0KZ", "0QHB04Z"):
        shown = pages(code, LATER)
        assert not shown.valid
        assert shown.standing.startswith("No loaded edition covers 2026-11-25, so it is not known")
    assert pages("27365", LATER).standing == ""


def test_a_procedure_that_no_table_builds_has_no_axes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = desk.book.procedure_tables()
    empty = type(tables)((), tables.values)
    monkeypatch.setattr(desk.book, "procedure_tables", lambda: empty)
    shown = page(desk, "0QRC0KZ", {})
    assert shown is not None
    assert (shown.axes, shown.below) == ((), ())


# ---------------------------------------------------------------------------------------------- places of service


@pytest.mark.parametrize("written", ["pos:21", "POS:21"])
def test_a_place_of_service_is_told_from_the_modifier_of_its_digits(pages: Pages, written: str) -> None:
    shown = pages(written)
    assert (shown.system, shown.code, shown.title) == ("pos", "pos:21", "Inpatient hospital")
    assert [note.say for note in shown.notes] == ["A practitioner is paid the amount of a facility there."]
    assert [note.edition.table for note in shown.panels[0].editions] == ["places"]
    assert pages("22").system == "modifier"


@pytest.mark.parametrize("written", ["pos:", "pos:0", "21", "x:21"])
def test_what_is_no_place_has_no_page(desk: Desk, written: str) -> None:
    assert page(desk, written, {}) is None


def test_the_small_code_sets_name_their_edition(pages: Pages) -> None:
    (head,) = [panel for panel in pages("C1713").panels if panel.id == "overview"]
    assert [(note.edition.edition, note.state) for note in head.editions] == [("October 2025", "older")]


# ---------------------------------------------------------------------------------------------- licensed texts


def test_our_wording_is_said_to_be_ours(pages: Pages) -> None:
    shown = pages("27365")
    assert (shown.wording, shown.ours) == (OURS, "")


def test_a_licensed_text_stands_in_place_of_our_wording_and_is_marked(licensed: Desk, pages: Pages) -> None:
    shown = page(licensed, "27365", {})
    assert shown is not None
    assert shown.title == made.CPT["27365"][0]
    assert (shown.wording, shown.ours) == (OFFICIAL, pages("27365").title)
    named = {entry.code: entry.title for entry in shown.add_ons}
    assert named["20932"] == made.CPT["20932"][0]
    assert named["20933"] == pages("20933").title  # the file does not hold it
    assert licensed.on_date(date(2025, 6, 1)).title("27365") == pages("27365").title
