"""Asking at work: answers on the date of the session, ways back from codes, what a case may be started with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encoder import paths
from encoder.core.session import Session
from encoder.core.tree.model import Tree
from encoder.errors import UsageError
from encoder.gui.ask_work import AskWork, place_id
from encoder.gui.book_work import BookWork
from encoder.store.library import Library
from tests.formats import made
from tests.screen import ON
from tests.store.shelves import Shelves

OPERATION = "tumour of the distal femur, radical resection, osteoarticular allograft"
SURGEON = {"claim": frozenset(("surgeon",))}


@pytest.fixture(scope="module")
def library(database: Path) -> Iterator[Library]:
    with closing(Library.open(database)) as library:
        yield library


def made_work(library: Library, tree: Tree) -> AskWork:
    session = Session(tree, library, ON, "", dict(SURGEON))
    return AskWork(BookWork(library, session, paths.resources(), None, ON))


@pytest.fixture
def work(library: Library, tree: Tree) -> AskWork:
    return made_work(library, tree)


def test_a_question_is_answered_on_the_date_of_the_case(work: AskWork) -> None:
    assert work.ask("is 20932 valid").state == "valid"
    work.session.set_date(date(2018, 6, 1))
    answer = work.ask("is 20932 valid")
    assert (answer.state, answer.on) == ("not_valid", date(2018, 6, 1))


def test_questions_are_kept_once_the_last_first_and_so_many(work: AskWork) -> None:
    for text in ("what is 20932", " what is 20933 ", "what is 20932"):
        work.ask(text)
    assert work.asked == ["what is 20932", "what is 20933"]
    for number in range(30):
        work.ask(f"what is {number}")
    assert len(work.asked) == 20
    assert work.asked[0] == "what is 29"


def test_what_the_words_settle_starts_a_case_where_it_can_be_asked(work: AskWork) -> None:
    answer = work.ask(OPERATION)
    assert dict(answer.facts)["amputation_level"] == "thigh"  # settled by "femur", but never asked on this way
    assert work.facts(answer) == {
        "graft_material": "donor_bone",
        "region": "limb",
        "main_procedure": "radical_resection",
        "graft_form": "osteoarticular",
        "bone": "distal_femur",
    }


def test_the_claim_of_the_case_stays_when_a_question_starts_it(work: AskWork) -> None:
    work.session.answers["claim"] = frozenset(("inpatient",))
    assert work.facts(work.ask(OPERATION)) == {"inpatient_part": "lower_femur"}
    work.session.answers.clear()
    assert work.facts(work.ask(OPERATION))["claim"] == "surgeon"


def test_a_code_leads_back_to_its_ways_and_to_what_the_note_must_show(work: AskWork) -> None:
    origin = work.origin(" 20932 ")
    assert (origin.code, origin.standing, origin.beside, origin.together) == ("20932", "", None, False)
    assert origin.title == "Osteoarticular allograft to rebuild bone loss (add-on)"
    assert len(origin.ways) == 2
    assert {fact.label for fact in origin.notes["20932"]} >= {"Listed primary", "Templated", "Tissue bank, lot"}


@pytest.mark.parametrize(
    ("first", "second", "state", "together"),
    [
        ("20932", "27365", "allowed", True),
        ("27365", "20932", "allowed", True),
        ("20932", "27447", "not_listed", True),
        ("20934", "20932", "barred", False),
        ("20932", "27646", "barred", False),
    ],
)
def test_two_codes_have_their_exact_state(work: AskWork, first: str, second: str, state: str, together: bool) -> None:
    origin = work.origin(first, second)
    assert origin.beside is not None
    assert (origin.beside.state, origin.together) == (state, together)
    assert list(origin.notes) == [first, second]
    assert origin.beside.head.rows


def test_two_codes_that_meet_by_a_detail_alone_name_it(work: AskWork) -> None:
    (way,) = work.origin("20932", "27447").ways
    assert [(need.question, need.say) for need in way.details] == [("prosthesis_joint", ("Knee",))]
    assert "main_procedure" not in work.assumptions(way)


def test_a_code_that_must_be_looked_at_twice_says_so(work: AskWork) -> None:
    assert work.origin("C40").standing.startswith("A heading")
    work.session.set_date(date(2018, 6, 1))
    assert work.origin("20932").standing.startswith("No loaded edition covers 2018-06-01")
    assert work.origin("20932").ways == ()


def test_a_code_that_no_table_names_is_refused_and_two_systems_are_not_compared(work: AskWork) -> None:
    with pytest.raises(UsageError, match="No table here names the code 'XYZ'"):
        work.origin("XYZ")
    with pytest.raises(UsageError, match=r"Two CPT codes are held against each other, not 20932 and C40\.21"):
        work.origin("20932", "C40.21")
    assert work.origin("C40.21").ways == ()


def test_the_claim_is_assumed_only_where_that_of_the_case_leads_elsewhere(work: AskWork) -> None:
    surgical, inpatient = work.origin("20932").ways[0], work.origin("0QRB0KZ").ways[0]
    assert "claim" not in work.assumptions(surgical)
    assert work.assumptions(inpatient)["claim"] == "inpatient"
    work.session.answers["claim"] = frozenset(("inpatient",))
    assert work.assumptions(surgical)["claim"] == "surgeon"


def test_a_case_is_under_way_with_its_first_answer_or_assumption(work: AskWork) -> None:
    assert work.under_way() == 0
    work.session.answer("graft_material", "donor_bone")
    work.session.assume({"region": "limb"})
    assert work.under_way() == 2


def test_an_amount_is_told_for_the_chosen_locality_too(database: Path, tmp_path: Path, tree: Tree) -> None:
    shelves = Shelves(database, tmp_path)
    shelves.file("GPCI2026.csv", made.gpci_csv(year=2026))
    with closing(shelves.library) as library:
        work = made_work(library, tree)
        places = work.localities()
        assert len(places) == 3
        before = work.ask("how much is 27365")
        work.locality = place_id(places[0])
        told = work.ask("how much is 27365")
        assert told.said[: len(before.said)] == before.said
        (local,) = told.said[len(before.said) :]
        assert local.say.startswith(f"27365 in {places[0].state}, ")
        assert told.lines[-1] == local.say
        assert told.rows[-1].table == "gpci"
        named = work.ask("how much is 27365 in Alabama")
        assert sum(row.table == "gpci" for row in named.rows) == 1
        assert not any(row.table == "gpci" for row in work.ask("what is 27365").rows)


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(codec=None), max_size=60), other=st.text(max_size=12))
def test_no_text_is_an_error(shared: AskWork, text: str, other: str) -> None:
    shared.facts(shared.ask(text))
    with suppress(UsageError):
        assert shared.origin(text, other).title


@pytest.fixture(scope="module")
def shared(library: Library, tree: Tree) -> AskWork:
    return made_work(library, tree)


def test_other_dates_are_read_again_when_the_tables_changed(library: Library, tree: Tree) -> None:
    book = BookWork(library, Session(tree, library, ON), paths.resources(), None, ON)
    work = AskWork(book)
    first = work.ask("which code for a tumour of the distal femur on 2025-05-01")
    book.again()
    assert work.ask("which code for a tumour of the distal femur on 2025-05-01") == first
