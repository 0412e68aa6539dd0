"""The words of questions: every answer about sites, procedures and grafts has one, and each is read as what it is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoder.core.ask.lexicon import TERM, Lexicon, Spelling
from encoder.core.ask.reading import read
from encoder.core.ask.words import distance, near_word, tokens
from encoder.core.page.evidence import Desk
from tests.ask.expected import phrases

UNNAMED = {
    "region": {"other", "spine"},
    "main_procedure": {"other", "tumor_margin_unclear"},
    "other_kind": {"other"},
}
"""Answers without words: the rest of a list, the spine (answered outside the tree), and what asks the surgeon."""
ABOUT_WORDS = ("region", "main_procedure", "graft_material", "graft_form", "other_kind", "bone", "curettage_site")


def test_every_answer_about_a_site_a_procedure_or_a_graft_has_a_word(lexicon: Lexicon, desk: Desk) -> None:
    said: dict[str, set[str]] = {}
    for term in lexicon.terms.values():
        for facts in (term.facts, term.off or {}):
            for question, values in facts.items():
                said.setdefault(question, set()).update(values)
    for name in ABOUT_WORDS:
        answers = {answer.id for answer in desk.tree.questions[name].answers}
        missing = answers - said.get(name, set()) - UNNAMED.get(name, set())
        assert not missing, (name, missing)


def test_every_word_of_a_term_is_read_as_that_term(lexicon: Lexicon, desk: Desk) -> None:
    for name, words in phrases(lexicon).items():
        for text in words:
            reading = read(text, lexicon, desk, near_word)
            assert name in reading.ids(TERM), text
            assert not reading.unknown
            assert not reading.corrected


# ---------------------------------------------------------------------------------------------- single words

PLAIN = Spelling.of({"can't": "can not"}, {"tumour": "tumor"})


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("20932 27365-LT-59", ["code", "code"]),
        ("2O932", ["code"]),
        ("J1 100 10.5", ["word", "number", "number"]),
        ("C40.21 S42 0QRB0KZ", ["diagnosis", "diagnosis", "procedure"]),
        ("2026-05-01 5/1/2026 2026-13-45", ["date", "date", "word"]),
        ("May 3rd, 2026 and 3 June 2026", ["date", "word", "date"]),
        ("Foo 3, 2026", ["word", "number", "year"]),
        ("in 2024 or 1999", ["word", "year", "word", "year"]),
        ("can't the patient’s tumour", ["word"] * 5),
        ("20932 x2", ["code", "number", "word"]),
        ("20932 x 2 cm", ["code", "word", "number", "word"]),
        ("20932&20933", ["code", "word", "code"]),
        ("12345678 1234", ["number", "number"]),
        ("", []),
        ("?!…", []),
    ],
)
def test_codes_dates_and_numbers_are_told_apart(text: str, kinds: list[str]) -> None:
    assert [token.kind for token in tokens(text, PLAIN)] == kinds


def test_what_is_written_in_several_ways_is_read_in_one() -> None:
    assert [token.text for token in tokens("Can't TUMOURS", PLAIN)] == ["can", "not", "tumours"]
    assert [token.text for token in tokens("tumour 2O932 c40.21", PLAIN)] == ["tumor", "20932", "C40.21"]
    (code,) = tokens("27365-lt-59", PLAIN)
    assert (code.text, code.modifiers) == ("27365", ("LT", "59"))
    assert [token.day for token in tokens("12/31/2025", PLAIN)] == [date(2025, 12, 31)]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("alograft", "allograft"),
        ("allograt", "allograft"),
        ("allogarft", "allograft"),
        ("allogrft", "allograft"),
        ("femer", "femur"),
        ("femru", "femur"),
        ("femxr", None),
        ("fem", None),
        ("xllograft", None),
        ("autogaft", "autograft"),
        ("allgrft", None),
        ("alografft", "allograft"),
        ("algrf", None),
    ],
)
def test_a_small_slip_is_read_as_the_word_meant(word: str, meant: str | None) -> None:
    assert near_word(word, ["allograft", "autograft", "femur", "bone"]) == meant


def test_a_slip_between_two_words_is_read_as_neither() -> None:
    assert near_word("casting", ["coasting", "carting"]) is None


@given(st.text("abc", max_size=6), st.text("abc", max_size=6), st.integers(0, 4))
def test_a_distance_is_the_same_both_ways_and_zero_for_one_word_alone(first: str, second: str, most: int) -> None:
    there, back = distance(first, second, most), distance(second, first, most)
    assert (there > most) == (back > most)
    assert there > most or there == back
    assert (distance(first, second, 6) == 0) == (first == second)
