"""Parts of an answer where the tables lack something: no note, no list left to the payer, no such code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from encoder.core.ask import about, diagnosing, lists, paying, telling
from encoder.core.ask.answer import Talk
from encoder.core.ask.ask import Asker
from encoder.core.ask.lexicon import Where
from encoder.core.codes import Diagnosis
from encoder.core.page import localities
from encoder.core.page.evidence import Desk
from encoder.store.codebook import Codebook
from tests.ask.conftest import NOW, Ask
from tests.formats import made
from tests.store.shelves import Shelves
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


# ---------------------------------------------------------------------------------------------- places and assumptions


@pytest.fixture
def local(database: Path, tmp_path: Path, desk: Desk) -> Iterator[Desk]:
    """The shipped tables with a small GPCI file of the year."""
    shelves = Shelves(database, tmp_path)
    shelves.file("GPCI2026.csv", made.gpci_csv(year=2026))
    yield Desk(shelves.library, desk.tree, desk.lore, NOW)
    shelves.library.close()


@pytest.mark.parametrize(
    ("text", "answered", "says"),
    [
        ("how much is 27365 in Alabama", True, "27365 in AL, ALABAMA: US$ 1667.90 in a facility, GPCI 2026."),
        ("price of 20932 in Hawaii", True, "20932 in HI, HAWAII, GUAM: US$ "),
        ("how much is 27365 in Chicago", False, "none of the 3 loaded localities is named 'Chicago'"),
        ("how much is 27365 in my area", False, "it does not say which of the 3 localities is meant"),
        ("how much is 20930 in Alabama", False, "no amount of 20930 can be worked out for 2026-05-01"),
    ],
)
def test_a_place_is_answered_with_the_amount_of_its_locality(
    asker: Asker, local: Desk, text: str, answered: bool, says: str
) -> None:
    answer = asker.ask(text, local)
    assert (answer.answered, says in answer.say) == (answered, True), answer.say
    if answered:
        assert answer.rows[0].table == "gpci"


def test_several_localities_of_a_state_are_told_as_a_range_and_one_by_one(desk: Desk, local: Desk) -> None:
    there = Where("new england", "", named=True)
    twice = [*localities.paid(local, "27365")] * 2
    talk = Talk()
    paying.amounts("27365", there, twice, talk)
    assert talk.said[0].say.startswith("27365 in New England, 6 localities: US$ ")
    assert len(talk.said) == 1 + len(twice)


def test_a_date_without_values_has_no_amount_in_a_place(asker: Asker, local: Desk) -> None:
    answer = asker.ask("how much is 27365 in Alabama", local.on_date(date(2027, 3, 1)))
    assert (answer.answered, answer.state) == (False, "not_loaded")


def test_an_answer_hands_over_what_its_words_settle(ask: Ask) -> None:
    answer = ask("allograft after wide resection of distal femur")
    facts = dict(answer.facts)
    assert facts["main_procedure"] == "radical_resection"
    assert (facts["graft_material"], facts["bone"]) == ("donor_bone", "distal_femur")
    assert "graft_form" not in facts  # which the words leave open
    assert dict(ask("which code for an osteoarticular allograft").facts)["graft_form"] == "osteoarticular"
    assert ask("what is 20932").facts == ()
    assert [said.say for said in answer.said] == [answer.say, *answer.lines]
