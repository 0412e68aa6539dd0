"""Whatever is typed into a query is checked, and whatever stands in a case becomes a draft."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoder import paths
from encoder.core.query import About, check, draft
from encoder.core.tree.model import Tree
from encoder.store.cue_file import read_query_words

WORDS = read_query_words(paths.resources() / "query_words.toml")
pytestmark = pytest.mark.usefixtures("unmeasured")


@given(st.text(), st.text(max_size=30), st.dates(), st.lists(st.text(min_size=8, max_size=60), max_size=3))
def test_any_text_can_be_checked(tree: Tree, text: str, label: str, on: date, quotes: list[str]) -> None:
    """The editor checks while the coder types; nothing typed may stop it."""
    assert len({rule.id for rule in check(text, WORDS)}) == 7
    for rule in check(draft(next(iter(tree.queries.values())), label, on, tuple(quotes)), WORDS, About(record=text)):
        assert rule.passed or rule.fix
