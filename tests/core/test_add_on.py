"""An add-on is known by its name, its category, its list or its global period, and everywhere by the same answer."""

from __future__ import annotations

import pytest

from encoder.core.add_on import is_add_on
from encoder.core.edits.rules import EditRules
from encoder.store.codebook import Codebook
from tests.core.edits.plain_book import PlainBook, a_code, a_figure, barred, listed


@pytest.fixture
def plain(book: Codebook) -> PlainBook:
    rules: EditRules = book.edit_rules()
    return PlainBook(rules)


@pytest.mark.parametrize("code", ["20932", "20985", "11046", "69990", "27358", "20700", "22614", "95940"])
def test_add_ons_of_the_book(book: Codebook, code: str) -> None:
    assert is_add_on(book, code)


@pytest.mark.parametrize("code", ["27365", "27713", "11010", "20680", "99999"])
def test_procedures_of_their_own(book: Codebook, code: str) -> None:
    assert not is_add_on(book, code)


def test_each_mark_is_enough(plain: PlainBook) -> None:
    plain.held_codes = [a_code("10000"), a_code("10001", "addon_other")]
    plain.held_relations = [listed("10002", "10000"), barred("10003", "10000")]
    plain.figures = [a_figure("10004", "global_days", "ZZZ"), a_figure("10000", "global_days", "090")]
    found = {code: is_add_on(plain, code) for code in ("10000", "10001", "10002", "10003", "10004")}
    assert found == {"10000": False, "10001": True, "10002": True, "10003": False, "10004": True}


def test_what_is_filed_or_listed_as_an_add_on_is_named_one(book: Codebook) -> None:
    """Our own titles tell a coder what the tables know."""
    assert [code.code for code in book.codes() if is_add_on(book, code.code) and "(add-on)" not in code.title] == []
