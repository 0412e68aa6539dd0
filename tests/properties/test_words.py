"""Anything can be typed as an answer, a code, a date or a call; what is not understood is a usage error."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encoder.commands import line
from encoder.commands.shipped import Shipped
from encoder.core.tree.model import NOT_DOCUMENTED, Kind, Tree
from encoder.core.tree.walk import offered, parse_answer, walk
from encoder.errors import UsageError
from encoder.store.codebook import Codebook
from tests.commands.calls import call

pytestmark = pytest.mark.usefixtures("unmeasured")

ANYTHING = st.text(st.characters() | st.sampled_from("\udc80\0+=-"), max_size=30)
"""Unpaired surrogates too: they stand for the bytes of a command line that are no text."""


def words(tree: Tree) -> st.SearchStrategy[str]:
    """Answers, real ones and others, joined at random."""
    known = [answer.id for question in tree.questions.values() for answer in question.answers]
    one = st.sampled_from([*known, NOT_DOCUMENTED, "C40.21", "S72.001A", "M84.551", "22551", ""]) | ANYTHING
    return st.lists(one, max_size=3).map("+".join)


@settings(max_examples=300)
@given(data=st.data())
def test_an_answer_is_taken_or_refused(tree: Tree, book: Codebook, data: st.DataObject) -> None:
    question_id = data.draw(st.sampled_from(sorted(tree.questions)) | ANYTHING)
    text = data.draw(words(tree))
    try:
        values = parse_answer(tree, book, question_id, text)
    except UsageError:
        return
    question = tree.questions[question_id]
    assert len(values) == 1 or question.kind is Kind.MANY
    for value in values - {NOT_DOCUMENTED}:
        assert question.kind is Kind.PICK or question.answer(value) is not None


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_answers_at_once_are_walked_as_far_as_they_go(tree: Tree, book: Codebook, data: st.DataObject) -> None:
    """Answers to any questions in any number: each is on the way or set aside, and only what is offered counts."""
    answers = {}
    for question in data.draw(st.lists(st.sampled_from(list(tree.questions.values())), max_size=12, unique=True)):
        ids = [answer.id for answer in question.answers] + [NOT_DOCUMENTED]
        answers[question.id] = frozenset((data.draw(st.sampled_from(ids)),))
    on = data.draw(st.dates(date(2018, 1, 1), date(2028, 1, 1)))
    position = walk(tree, book, answers, on)
    taken = {step.question: frozenset(step.answers) for step in position.trail + position.aside}
    assert taken == answers
    for step in position.trail:
        question = tree.questions[step.question]
        if question.kind is not Kind.PICK:
            assert {*step.answers} <= {answer.id for answer in offered(question, position.facts)} | {NOT_DOCUMENTED}


@settings(max_examples=200)
@given(ANYTHING, ANYTHING)
def test_any_answer_on_the_command_line_is_taken_or_refused(shipped: Shipped, question: str, answer: str) -> None:
    called = call(shipped, "decide", "-a", f"{question}={answer}")
    assert (called.code, called.out) == (2, "")


@settings(max_examples=200, deadline=None)
@given(ANYTHING)
def test_any_code_is_told_or_refused(shipped: Shipped, code: str) -> None:
    called = call(shipped, "code", "--", code)
    assert called.code == (0 if called.out else 2)


@settings(max_examples=200)
@given(
    st.lists(
        ANYTHING.filter(lambda word: not word.lstrip("-").startswith("h"))
        | st.sampled_from(["decide", "--dos", "tree", "paths", "--limit", "-a", "code"]),
        max_size=4,
    )
)
def test_any_call_is_parsed_or_refused(called: list[str]) -> None:
    with contextlib.suppress(UsageError):
        line.parse(called)
