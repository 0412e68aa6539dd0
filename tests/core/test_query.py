"""Every query draft leads nowhere: it keeps the rules whatever fact it asks about, and the check sees each breach."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from encoder.core.query import PLACEHOLDER, check, draft
from encoder.core.tree.model import Tree

ON = date(2026, 5, 1)
QUOTE = "A structural allograft was shaped on the back table. (operative note, page 2)"


def broken(text: str) -> set[str]:
    return {rule.id for rule in check(text) if not rule.passed}


def test_the_draft_of_every_query_keeps_every_rule_but_the_quote_which_the_coder_puts_in(tree: Tree) -> None:
    for query in tree.queries.values():
        text = draft(query, "case 17", ON)
        assert broken(text) == {"Q1"}, query.id
        assert PLACEHOLDER in text
        assert "date of service 2026-05-01" in text
        quoted = draft(query, "", ON, (QUOTE,))
        assert broken(quoted) == set(), query.id
        assert PLACEHOLDER not in quoted
        assert "case" not in quoted.splitlines()[1]


def test_no_draft_names_a_code_or_a_word_about_money(tree: Tree) -> None:
    money = re.compile(r"\b(pay|paid|bill|claim denied|reimburs|denial|charge|\$|revenue|drg|rvu)", re.IGNORECASE)
    for query in tree.queries.values():
        text = draft(query, "", ON)
        assert not re.search(r"\b(\d{5}|[A-TV-Z]\d\d\.\w+)\b", text), query.id
        assert not money.search(text), query.id


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda text: text + " Without it the claim will be denied.", "Q2"),
        (lambda text: text + " Medicare pays for it.", "Q2"),
        (lambda text: text.replace("?", ".").replace("Please describe", "Say"), "Q3"),
        (lambda text: text.replace("Unable to determine", "Unknown"), "Q4"),
        (lambda text: text.replace("Other", "Else").replace("other", "else"), "Q4"),
        (lambda text: text + " [ ] Yes [ ] No", "Q5"),
        (lambda text: text + " Please answer yes or no.", "Q5"),
        (lambda text: text + " Was it 20932?", "Q6"),
        (lambda text: text + " Is it M84.551A?", "Q6"),
        (lambda text: text + " Is it 0QRB0KZ?", "Q6"),
        (lambda text: text.replace("addendum", "note"), "Q7"),
        (lambda text: text.replace('"', ""), "Q1"),
    ],
)
def test_each_breach_of_a_rule_is_seen(tree: Tree, change: Callable[[str], str], rule: str) -> None:
    for query in tree.queries.values():
        text = change(draft(query, "", ON, (QUOTE,)))
        assert broken(text) == {rule}, text
