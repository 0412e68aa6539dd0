"""Code pairs and add-on relations of a code, and what two codes are to each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from encoder.core.book import HOSPITAL, PRACTITIONER
from encoder.core.page.edits import (
    add_on_list,
    add_ons_of,
    edits_of,
    extracted,
    filtered,
    together,
)
from encoder.core.page.evidence import Desk
from tests.core.page.conftest import Pages

LAST = date(2019, 9, 30)


def test_a_pair_is_seen_from_the_code_of_the_page(desk: Desk) -> None:
    over = [edit for edit in edits_of(desk, "27365") if edit.other == "20245"]
    under = [edit for edit in edits_of(desk, "20245") if edit.other == "27365"]
    assert {edit.setting for edit in over} == {PRACTITIONER, HOSPITAL}
    assert all(edit.first and edit.indicator == "1" for edit in over)
    assert all(not edit.first for edit in under)
    assert [edit.row for edit in over] == [edit.row for edit in under]
    assert over[0].title == desk.title("20245")
    assert "modifier opens it" in over[0].means


def test_pairs_are_filtered_by_words_and_by_every_choice(desk: Desk) -> None:
    found = edits_of(desk, "20932")
    assert filtered(found) == found
    assert {edit.setting for edit in filtered(found, setting=HOSPITAL)} == {HOSPITAL}
    assert {edit.other for edit in filtered(found, "spine graft")} == {"20930", "20931", "20936", "20937", "20938"}
    assert {edit.other for edit in filtered(found, "CHIPS donor")} == {"20930"}
    assert all(edit.first for edit in filtered(found, first=True))
    assert len(filtered(found, first=True)) + len(filtered(found, first=False)) == len(found)
    assert filtered(found, indicator="0") == tuple(edit for edit in found if edit.indicator == "0")
    assert filtered(found, "no such words") == ()


def test_pairs_are_complete_for_the_codes_with_a_unit_limit(desk: Desk) -> None:
    assert extracted(desk, "27365")
    assert not extracted(desk, "27713")


def test_an_imported_table_of_pairs_is_whole(desk: Desk) -> None:
    imported = desk.on_date(desk.on)
    note = desk.editions["ptp_practitioner"]
    own = replace(note.edition, cites=("imported-ptp-2026q4#file",))
    imported.editions = {**desk.editions, "ptp_practitioner": replace(note, edition=own)}
    assert extracted(imported, "27713")


@pytest.mark.parametrize(
    ("code", "on", "kind"),
    [
        ("20932", date(2026, 5, 1), "1"),
        ("20985", date(2026, 5, 1), "2"),
        ("20701", date(2026, 5, 1), "3"),
        ("27365", date(2026, 5, 1), ""),
        ("11046", date(2026, 5, 1), ""),
        ("20932", date(2018, 12, 31), ""),
    ],
)
def test_an_add_on_has_the_type_of_its_list_on_the_date(desk: Desk, code: str, on: date, kind: str) -> None:
    assert add_on_list(desk.on_date(on), code) == kind


# ---------------------------------------------------------------------------------------------- two codes

STATES = [
    ("20932", "27365", "allowed", "20932"),
    ("20932", "27646", "barred", "20932"),
    ("20932", "27447", "not_listed", "20932"),
    ("20932", "20933", "barred", "20932"),
    ("20985", "27365", "payer", "20985"),
    ("20701", "27365", "partial", "20701"),
    ("20700", "20702", "both_add_ons", "20700"),
    ("27365", "27447", "none", ""),
]


@pytest.mark.parametrize(("first", "second", "state", "add_on"), STATES)
def test_two_codes_have_one_state_in_either_order(desk: Desk, first: str, second: str, state: str, add_on: str) -> None:
    there, back = together(desk, first, second), together(desk, second, first)
    assert (there.state, back.state) == (state, state)
    if "20933" not in second and state != "both_add_ons":
        assert (there.row, there.withdrawn) == (back.row, back.withdrawn)
        assert (there.add_on, back.add_on) == (add_on, add_on)
    assert there.primary == ("" if not add_on else second)


def test_a_bar_that_ended_is_kept_beside_the_state(desk: Desk) -> None:
    then, now = together(desk.on_date(LAST), "20934", "27134"), together(desk, "27134", "20934")
    assert (then.state, now.state, now.row) == ("barred", "not_listed", None)
    assert now.withdrawn is not None
    assert now.withdrawn == then.row
    assert now.withdrawn.span.end == LAST


def test_two_add_ons_with_a_bar_that_ended_are_one_of_them(desk: Desk) -> None:
    found = together(desk, "20955", "20934")
    assert (found.state, found.add_on) == ("not_listed", "20934")
    assert found.withdrawn is not None


def test_the_relations_of_an_add_on_are_its_list_and_its_bars(desk: Desk) -> None:
    found = add_ons_of(desk, "20932")
    states = [entry.state for entry in found]
    assert states == sorted(states, key=["allowed", "barred", "not_listed"].index)
    assert {entry.code for entry in found if entry.state == "barred"} >= {"23200", "24152", "27646", "20933"}
    assert all(entry.row is not None for entry in found if entry.state != "not_listed")


def test_the_relations_of_a_primary_are_every_add_on_of_the_book(desk: Desk) -> None:
    found = {entry.code: entry for entry in add_ons_of(desk, "27134")}
    assert found["20933"].state == "barred"
    assert (found["20934"].state, found["20934"].list_type) == ("not_listed", "1")
    assert found["20934"].withdrawn is not None
    assert (found["20985"].state, found["20985"].list_type) == ("payer", "2")
    assert found["20932"].row is None


def test_pages_list_pairs_of_the_date_alone(pages: Pages) -> None:
    assert pages("27365").edits == pages("27365", date(2027, 1, 1)).edits
    assert pages("27365", date(2018, 1, 1)).edits != ()
