"""The shipped rules, for books of a test's own rows."""

from __future__ import annotations

import pytest

from encoder.core.edits.rules import EditRules
from encoder.store.codebook import Codebook
from tests.core.edits.plain_book import PlainBook


@pytest.fixture(scope="session")
def rules(book: Codebook) -> EditRules:
    return book.edit_rules()


@pytest.fixture
def plain(rules: EditRules) -> PlainBook:
    return PlainBook(rules)
