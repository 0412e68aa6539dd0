"""Parts of an answer where the tables lack something: no note, no list left to the payer, no such code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from encoder.core.ask import about, diagnosing, lists, telling
from encoder.core.codes import Diagnosis
from encoder.core.page.evidence import Desk
from encoder.store.codebook import Codebook
from tests.ask.conftest import NOW
from tests.tiny import Tiny


@pytest.fixture
def bare(tiny: Tiny, desk: Desk) -> Iterator[Desk]:
    """The small tables with the shipped tree and facts; no list of them is left to the payer."""
    tiny.change("relations.csv", "aoc:20999>*,20999,*,contractor_defined,2,No list,,2019-01-01,,list#20999\n", "")
    listed = "aoc,Add-on list,2026 Q2,2026-01-01,2026-12-31,Whole,list#aoc\n"
    listed += "cpt,Codes,2026,2019-01-01,2026-12-31,Whole,manual#cpt\n"
    tiny.change("editions.csv", "pfs,Values,2025,", f"{listed}pfs,Values,2025,")
    with closing(Codebook.open(tiny.build())) as book:
        yield Desk(book, desk.tree, desk.lore, NOW)


class Noteless(Desk):
    """Tables whose diagnoses carry no note."""

    def diagnosis(self, written: str) -> Diagnosis | None:
        row = super().diagnosis(written)
        return row and replace(row, note="")


def test_a_diagnosis_without_a_note_is_told_without_one(desk: Desk) -> None:
    plain = Noteless(desk.book, desk.tree, desk.lore, NOW)
    row, code = plain.diagnosis("C40.21"), plain.book.code("27365")
    assert row is not None
    assert code is not None
    (said,) = about.what(plain, ["C40.21"]).said
    assert said.say == "C40.21: Malignant neoplasm of long bones of right lower limb."
    supported = diagnosing.supports(plain, code, "C40.21", row, {})
    assert (supported.state, len(supported.said)) == ("fits", 2)


def test_where_no_list_is_left_to_the_payer_none_is_named(bare: Desk) -> None:
    code = bare.book.code("27646")
    assert code is not None
    told = [said.say for said in lists.add_ons(bare, code).said]
    assert told[:2] == ["No add-on of the book lists 27646 among its primaries.", "Barred with it: 20932."]
    assert not any("payer" in text for text in told)


def test_only_codes_that_a_table_names_have_titles(desk: Desk) -> None:
    told = [said.say for said in telling.titles(desk, ("99999", "20932", "0QRB0KZ", "20932"))]
    assert [text.partition(":")[0] for text in told] == ["20932", "0QRB0KZ"]


def test_only_a_listed_primary_is_named_as_one(desk: Desk) -> None:
    assert [*telling.relations(desk, ("27447", "20932"))] == []
    (said,) = telling.relations(desk, ("27365", "20932"))
    assert (said.say, said.rows[0].key) == ("27365 is on the list of primaries of 20932.", "aoc:20932>27365")
