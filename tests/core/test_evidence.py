"""Quotes tied to answers: they belong to the answer they prove, wait while another is given, and nothing loses them."""

from __future__ import annotations

import pytest

from encoder.core.evidence import Quoted, counting, distinct, tied
from encoder.core.session import Session
from encoder.core.view import View, WayStep
from encoder.errors import UsageError
from tests.core.bench import LISTED, Bench

JOINT = frozenset(("joint",))
SAID = Quoted("operative note", 4, 18, "osteoarticular", "back table, line 1")
OTHER = Quoted("operative note", 30, 34, "cut\nto", "line 2")


@pytest.fixture
def session(bench: Bench) -> Session:
    made = bench.session()
    made.answer("claim", "surgeon")
    return made


def step(session: Session, question: str) -> WayStep:
    return next(step for step in session.view().way if step.question == question)


def test_a_quote_stands_on_one_line_and_its_words_in_no_representation() -> None:
    assert OTHER.words == "cut to"
    assert "cut" not in repr(OTHER)


def test_a_quote_counts_for_the_answers_it_proves() -> None:
    proves = Quoted("n", 0, 1, "x", answers=JOINT)
    assert counting((SAID, proves), JOINT) == (SAID, proves)
    assert counting((SAID, proves), frozenset(("chips",))) == (SAID,)


def test_what_waited_is_tied_to_the_answer_and_the_same_stretch_stands_once() -> None:
    proves = Quoted("operative note", 4, 18, "osteoarticular", "back table, line 1", JOINT)
    assert tied((SAID, proves), JOINT) == (proves,)
    assert distinct((SAID, OTHER, SAID)) == (SAID, OTHER)


def test_an_answer_takes_its_quotes_along_and_shows_them_on_the_way(session: Session) -> None:
    session.answer("form", "joint", (SAID,))
    assert [quote.words for quote in step(session, "form").quotes] == ["osteoarticular"]
    assert step(session, "form").quotes[0].answers == JOINT
    assert step(session, "claim").quotes == ()


def test_what_is_confirmed_takes_its_quotes_along_as_an_answer_does(session: Session) -> None:
    session.assume(LISTED)
    while (ask := session.view().ask) is not None and ask.question != "form":
        session.confirm()
    session.confirm((SAID,))
    assert [quote.words for quote in step(session, "form").quotes] == ["osteoarticular"]


def test_an_answer_without_a_quote_is_an_answer(session: Session) -> None:
    session.answer("form", "joint")
    assert session.view().evidence == {}
    assert step(session, "form").quotes == ()


def test_a_refused_answer_ties_nothing(session: Session) -> None:
    with pytest.raises(UsageError):
        session.answer("form", "nowhere", (SAID,))
    assert session.evidence == {}


def test_quotes_wait_while_another_answer_is_given_and_count_when_it_comes_back(session: Session) -> None:
    session.answer("form", "joint", (SAID,))
    session.answer("form", "chips")
    assert step(session, "form").quotes == ()
    session.back()
    session.answer("form", "joint")
    assert [quote.words for quote in step(session, "form").quotes] == ["osteoarticular"]


def test_quotes_survive_the_change_of_an_earlier_answer_and_of_the_date(session: Session) -> None:
    for question, text in LISTED.items():
        session.answer(question, text, (SAID,) if question == "bone" else ())
    session.answer("form", "chips")
    session.answer("form", "joint")
    assert len(step(session, "bone").quotes) == 1


def test_a_quote_attached_before_the_answer_waits_for_it(session: Session) -> None:
    session.attach("form", (OTHER,))
    assert step(session, "form").quotes == ()
    session.answer("form", "joint", (SAID,))
    assert [quote.words for quote in step(session, "form").quotes] == ["cut to", "osteoarticular"]


def test_attaching_the_same_again_changes_nothing(session: Session) -> None:
    told: list[View] = []
    session.attach("form", (OTHER,))
    session.listen(told.append)
    session.attach("form", (OTHER,))
    assert told == []
    session.undo()
    assert session.evidence == {}


def test_a_quote_is_taken_off_and_undo_brings_it_back(session: Session) -> None:
    session.attach("form", (SAID, OTHER))
    session.detach("form", (SAID,))
    assert session.evidence == {"form": (OTHER,)}
    session.undo()
    assert session.evidence == {"form": (SAID, OTHER)}
    session.undo()
    assert session.evidence == {}


def test_of_what_nobody_tied_yet_the_rest_stays(session: Session) -> None:
    session.detach("fact", (SAID,), (SAID, OTHER))
    assert session.evidence == {"fact": (OTHER,)}
    session.detach("fact", (OTHER,))
    assert session.evidence == {"fact": ()}


def test_a_new_case_lets_go_of_the_quotes_and_undo_brings_them_back(session: Session) -> None:
    session.answer("form", "joint", (SAID,))
    session.clear()
    assert session.view().evidence == {}
    session.undo()
    assert len(step(session, "form").quotes) == 1
