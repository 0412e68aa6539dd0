"""A case as it is kept: the same when it is read again, without a word of the note unless it was saved; its row."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoder.core.beside.case_note import Document
from encoder.core.case_state import CaseState
from encoder.core.evidence import Quoted
from encoder.core.kept import (
    ALONE,
    ASK,
    DECIDED,
    OPEN,
    REVIEW,
    STOPPED,
    WAITING,
    Kept,
    Row,
    Standing,
    from_text,
    row,
    standing,
    to_text,
)
from encoder.core.session import Session
from encoder.errors import InputError
from tests.core.bench import CHIPS, LISTED, REFUSED, Bench

NAMES = st.text(max_size=8)
VALUES = st.dictionaries(NAMES, st.frozensets(NAMES, min_size=1, max_size=3), max_size=3)
QUOTES = st.builds(
    Quoted, NAMES, st.integers(0, 9_999), st.integers(0, 9_999), st.text(max_size=20), NAMES, st.frozensets(NAMES)
)
STATES = st.builds(
    CaseState,
    on=st.dates(),
    case=NAMES,
    answers=VALUES,
    earlier=VALUES,
    assumed=VALUES,
    meant=NAMES,
    focus=NAMES,
    evidence=st.dictionaries(NAMES, st.lists(QUOTES, max_size=2).map(tuple), max_size=2),
)
DOCUMENTS = st.lists(st.builds(Document, NAMES, st.text(max_size=30)), max_size=2).map(tuple)
KEPT = st.builds(
    Kept, STATES, st.booleans(), DOCUMENTS, st.dictionaries(NAMES, st.text(max_size=20)), st.frozensets(NAMES)
)
FULL = Kept(
    CaseState(
        date(2026, 5, 1),
        "12-044",
        {"claim": frozenset({"surgeon"}), "form": frozenset({"joint"})},
        evidence={"form": (Quoted("operative note", 4, 9, "joint", "line 1", frozenset({"joint"})),)},
    ),
    True,
    (Document("operative note", "The joint."),),
    {"form": "My own words."},
    frozenset({"form"}),
)


@given(KEPT)
def test_a_case_is_the_same_after_it_was_kept(kept: Kept) -> None:
    text = to_text(kept)
    assert from_text(text, kept.documents) == kept
    assert to_text(from_text(text, kept.documents)) == text


@given(st.builds(Row, NAMES, NAMES, st.dates(), NAMES, st.builds(Standing, NAMES, NAMES, st.lists(NAMES).map(tuple))))
def test_a_row_is_the_same_after_it_was_kept(held: Row) -> None:
    assert Row.from_text(held.id, held.to_text()) == held


def test_a_case_that_was_not_saved_keeps_no_word_of_the_note() -> None:
    bare = FULL.bare
    assert bare == Kept(CaseState(date(2026, 5, 1), "12-044", FULL.state.answers), sent=frozenset({"form"}))
    assert "joint." not in to_text(bare)
    assert "own words" not in to_text(bare)


def test_what_is_kept_says_nothing_of_the_note_in_its_representation() -> None:
    for shown in (repr(FULL), repr(FULL.documents), str(FULL)):
        assert "The joint" not in shown
        assert "My own words" not in shown


def test_a_case_is_empty_until_something_is_said_of_it() -> None:
    begun = CaseState(date(2026, 5, 1), answers={"claim": frozenset({"surgeon"})})
    assert Kept(begun).empty
    assert not Kept(begun, saved=True).empty
    assert not Kept(CaseState(begun.on, "12-044")).empty
    given = {"form": frozenset({"joint"})}
    for state in (replace(begun, answers=given), replace(begun, earlier=given), replace(begun, assumed=given)):
        assert not Kept(state).empty


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.pop("focus"),
        lambda data: data.update(on="yesterday, said Quettle"),
        lambda data: data.update(answers=["Quettle"]),
        lambda data: data.update(answers={"form": 3}),
        lambda data: data.update(answers={"form": ["joint", 3]}),
        lambda data: data.update(case=None),
        lambda data: data.update(drafts={"form": 3}),
        lambda data: data.update(evidence={"form": [["note", "4", 9, "Quettle", "", []]]}),
        lambda data: data.update(evidence={"form": [["note", 4, 9, "Quettle", "", "joint"]]}),
        lambda data: data.update(evidence={"form": [["Quettle"]]}),
    ],
)
def test_a_case_that_is_not_whole_is_refused_without_its_words(spoil: Callable[[dict[str, Any]], object]) -> None:
    data = json.loads(to_text(FULL))
    spoil(data)
    with pytest.raises(InputError) as refused:
        from_text(json.dumps(data))
    assert str(refused.value) == (
        "A case cannot be read: what was kept of it is not whole; put back a copy of the folder of cases."
    )
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("text", ["", "[]", "{}", "Quettle", "[" * 100_000])
def test_what_is_no_case_is_refused(text: str) -> None:
    for read in (from_text, lambda said: Row.from_text("a", said)):
        with pytest.raises(InputError, match="not whole"):
            read(text)


def test_a_row_with_other_values_is_refused() -> None:
    for text in ('["a", "2026-05-01", "", "open", 3, [], true, ""]', '["a", "2026", "", "open", "", [], true, ""]'):
        with pytest.raises(InputError, match="not whole"):
            Row.from_text("a", text)


def test_a_case_of_another_form_says_so() -> None:
    text = to_text(FULL).replace('"form": 1', '"form": 7')
    with pytest.raises(InputError, match="kept in form 7 and the program reads form 1; open it with the program that"):
        from_text(text)


# ------------------------------------------------------------------------------------------- where it stands


def told(session: Session, *sent: str) -> Standing:
    return standing(session.view(), sent)


def test_a_case_under_way_stands_at_its_question(bench: Bench) -> None:
    session = bench.session()
    session.answer("claim", "surgeon")
    assert told(session) == Standing(OPEN, "Form")


def test_a_decided_case_stands_with_its_lines(bench: Bench) -> None:
    session = bench.session()
    for question, text in LISTED.items():
        session.answer(question, text)
    held = told(session)
    assert (held.kind, held.lines) == (DECIDED, ("27365", "20932"))
    assert not held.say.startswith("Decided")
    session.ask_details()
    assert told(session) == held  # a detail that is asked does not open it again


@pytest.mark.parametrize(
    ("given", "kind", "lines"),
    [
        (CHIPS, ALONE, ("27365",)),
        (REFUSED, REVIEW, ("27646",)),
        ({"claim": "surgeon", "form": "none"}, STOPPED, ()),
    ],
)
def test_an_end_without_an_add_on_stands_as_what_it_is(
    given: dict[str, str], kind: str, lines: tuple[str, ...], bench: Bench
) -> None:
    session = bench.session()
    for question, text in given.items():
        session.answer(question, text)
    held = told(session)
    assert (held.kind, held.lines) == (kind, lines)
    assert held.say


def test_a_stop_waits_for_the_surgeon_once_its_query_was_handed_over(bench: Bench) -> None:
    session = bench.session()
    session.answer("claim", "surgeon")
    session.answer("form", "not_documented")
    stopped = told(session)
    assert stopped.kind == ASK
    assert told(session, "bone").kind == ASK
    assert told(session, "form") == Standing(WAITING, stopped.say)


def test_the_row_of_a_case_says_whose_claim_it_is() -> None:
    made = row("a1", FULL, Standing(OPEN, "Form"), "2026-11-26T09:15")
    assert made == Row("a1", "12-044", date(2026, 5, 1), "surgeon", Standing(OPEN, "Form"), True, "2026-11-26T09:15")
