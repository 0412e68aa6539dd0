"""The page of a code of each code set holds what the tables and our own facts say of it, each part with its sources."""

from __future__ import annotations

from datetime import date

import pytest

from encoder.core.page.evidence import Desk
from encoder.core.page.page import page
from tests.core.page.conftest import Pages

PANELS = [
    *("overview", "held", "guidelines", "documentation", "modifiers", "diagnoses", "edits", "add_ons", "values"),
    *("facility", "history", "mistaken"),
]
LISTED = ["23210", "23220", "24150", "25170", "27075", "27076", "27077", "27365", "27645", "27704"]


def test_an_add_on_has_every_part(pages: Pages) -> None:
    made = pages("20932")
    assert (made.system, made.category, made.picture, made.valid) == (
        "cpt",
        "addon_structural_allograft",
        "osteoarticular",
        True,
    )
    assert [panel.id for panel in made.panels] == PANELS
    assert made.chips == (
        *("add-on, type 1", "2019-01-01 to no end", "status A", "global ZZZ"),
        "1 unit a day, MAI 3",
    )
    assert [note.say for note in made.notes] == ["The graft is the service."]
    assert made.wording.startswith("ours")
    assert [entry.code for entry in made.add_ons if entry.state == "allowed"] == LISTED


def test_what_is_inside_apart_and_never_is_said_of_the_add_on(pages: Pages) -> None:
    held = {fact.id: fact.state for fact in pages("20932").held}
    assert held["structural.fixation"] == "inside"
    assert held["structural.own_bone"] == "apart"
    assert held["structural.spine_grafts"] == "never"
    fixation = next(fact for fact in pages("20932").held if fact.id == "structural.fixation")
    for device in ("rods", "cerclage", "nails", "plates", "screws"):
        assert device in fixation.say


def test_the_guidelines_give_place_partners_and_use(pages: Pages) -> None:
    said = [guideline.say for guideline in pages("20932").guidelines]
    assert said[0].startswith("Sequence: an add-on, after its primary, never first and never alone.")
    assert any(text.startswith(f"Use with {', '.join(LISTED)}.") for text in said)
    assert any(text.startswith("Do not use with 20933, 20934.") for text in said)
    primary = [guideline.say for guideline in pages("27365").guidelines]
    assert primary[0] == "Sequence: it stands by itself; an add-on follows it."
    assert any(text.startswith("Use with 20932, 20933, 20934.") for text in primary)
    knee = [guideline.say for guideline in pages("27447").guidelines]
    assert any(text.startswith("Not on the closed list of") and "20932" in text for text in knee)


def test_an_add_on_without_a_list_says_so(pages: Pages) -> None:
    made = pages("11046")
    assert made.chips[0] == "add-on"
    assert made.guidelines[0].say.endswith("Its list of primaries is not loaded.")


def test_the_checklist_is_that_of_the_kind_and_of_the_code(pages: Pages) -> None:
    made = pages("27704")
    assert len({check.id for check in made.checks}) == len(made.checks) == 3
    assert {check.id.partition(".")[0] for check in pages("20932").checks} == {"20932"}
    assert all(check.label and check.say and check.cites for check in made.checks)


def test_the_primaries_of_a_tumour_of_the_upper_tibia_are_not_confused(pages: Pages) -> None:
    (entry,) = [m for m in pages("27365").mistaken if m.id == "tibia_under_femur"]
    assert "27645" in entry.says


def test_a_page_goes_by_its_date(pages: Pages) -> None:
    assert pages("27445", date(2025, 12, 31)).valid
    later = pages("27445")
    assert (later.valid, later.end) == (False, date(2025, 12, 31))
    assert [y.edition for y in later.years] == [y.edition for y in pages("27445", date(2025, 12, 31)).years]
    assert not pages("20932", date(2018, 12, 31)).valid


def test_a_code_with_little_says_why_each_part_is_empty(pages: Pages) -> None:
    made = pages("27713")
    empty = {panel.id: panel.empty for panel in made.panels if not panel.count}
    assert empty == {
        "documentation": "No checklist is held for this kind of code.",
        "edits": "The code pairs of this code are not loaded.",
        "values": "No values are loaded for this code.",
    }
    assert made.value_notes == ()
    assert "mistaken" not in {panel.id for panel in made.panels}


def test_where_all_pairs_are_held_none_found_is_no_proof(desk: Desk, pages: Pages) -> None:
    panel = next(p for p in pages("20985").panels if p.id == "edits")
    assert panel.count or "none" in panel.empty.lower()
    lonely = next(
        code.code
        for code in desk.book.codes()
        if not list(desk.book.pairs(code.code)) and desk.book.indicator(code.code, "mue_practitioner", date(2024, 8, 1))
    )
    panel = next(p for p in pages(lonely).panels if p.id == "edits")
    assert panel.empty == "No code pair names it. No edit found is no proof that none exists."


@pytest.mark.parametrize(
    ("code", "notes"),
    [
        ("C40.21", ["right side"]),
        ("C40.22", ["left side"]),
        ("C79.51", ["no side"]),
        ("M84.551", ["seventh character is due: A, D, G, K, P, S", "right side"]),
        ("M84.551A", ["right side"]),
        ("S42.2", ["seventh character", "heading"]),
    ],
)
def test_a_diagnosis_says_its_side_and_its_seventh_character(pages: Pages, code: str, notes: list[str]) -> None:
    made = pages(code)
    told = " ".join(note.say for note in made.notes)
    assert made.system == "icd10cm"
    assert all(note in told for note in notes)
    assert made.code not in made.siblings
    assert made.siblings


def test_a_diagnosis_of_an_unsaid_side_names_none(pages: Pages) -> None:
    assert not any("side" in note.say.partition(".")[0] for note in pages("C40.20").notes[1:])


def test_a_procedure_of_the_inpatient_claim_names_its_parts(pages: Pages) -> None:
    made = pages("0QRB0KZ")
    assert (made.system, made.category, made.site) == ("icd10pcs", "Replacement", "Lower Femur")
    assert "right" in made.notes[0].say
    assert "inpatient" in made.notes[1].say


def test_a_modifier_says_when_and_when_not(pages: Pages) -> None:
    made = pages("62")
    assert (made.system, made.wording, made.title) == ("modifier", "ours", "Two surgeons share one code")
    assert [note.say.partition(":")[0] for note in made.notes] == ["Use", "Do not use"]


def test_a_supply_says_what_it_is_for(pages: Pages) -> None:
    made = pages("C1762")
    assert (made.system, made.category, made.valid) == ("hcpcs", "tissue", True)
    assert "soft-tissue" in made.plain
    assert [note.say.partition(":")[0] for note in made.notes] == ["Use", "Do not use"]


def test_a_diagnosis_outside_the_scope_is_shown_as_such_with_the_notes_of_the_list(pages: Pages) -> None:
    made = pages("C40")
    assert (made.system, made.category, made.valid) == ("icd10cm", "heading", False)
    assert [note.say for note in made.notes] == ["It is outside the diagnoses that the product answers for."]
    told = [(note.kind, note.code, note.text) for note in made.tabular]
    assert ("excludes1", "C40-C41", "malignant neoplasm of synovia (C49.-)") in told
    assert "C40.2" in [entry.code for entry in made.below]
    due = [note.say for note in pages("M80.051").notes]
    assert any(say.startswith("A seventh character is due: A, D, G") for say in due)
    scoped = [(note.code, note.text) for note in pages("C40.21").tabular]
    assert ("C40-C41", "malignant neoplasm of synovia (C49.-)") in scoped


@pytest.mark.parametrize("code", ["", "99999", "Z99.999", "XX", "0000000", "20932 "])
def test_what_no_table_names_has_no_page(desk: Desk, code: str) -> None:
    assert page(desk, code, {}) is None


def test_every_part_rests_on_known_sources(desk: Desk, pages: Pages) -> None:
    known = {source.id for source in desk.book.sources()}
    codes = [code.code for code in desk.book.codes()][::25]
    for code in (*codes, "20933", "20934", "27704", "C40.21", "0QRB0KZ", "59", "C1762", "C40"):
        made = pages(code)
        assert {cite.partition("#")[0] for panel in made.panels for cite in panel.cites} <= known
        for panel in made.panels:
            assert panel.cites or not panel.count or panel.id in ("facility", "add_ons"), (code, panel.id)
