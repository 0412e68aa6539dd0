"""The rules as data: what the shipped tables say agrees with the tree and with itself."""

from __future__ import annotations

from string import Formatter

import pytest

from encoder.core.edits.rules import FIELDS, EditRules, like
from encoder.store.codebook import Codebook

OPENING = {"59", "XE", "XS", "XP", "XU", "24", "25", "57", "58", "78", "79", "27", "91", "LT", "RT", "FA", "TA"}
OPENING |= {f"E{n}" for n in range(1, 5)} | {f"{hand}{n}" for hand in "FT" for n in range(1, 10)}
OPENING |= {"LC", "LD", "RC", "LM", "RI"}
"""Modifiers that may open an edit: NCCI policy manual 2026, chapter I, section E."""


def test_the_modifiers_that_open_an_edit_are_those_of_the_manual(rules: EditRules) -> None:
    assert {modifier for modifier, rule in rules.modifiers.items() if rule.opens} == OPENING
    for never in ("22", "76", "77", "50", "51", "62", "80", "52", "ZZ"):
        assert rules.opens(never) == ""


def test_the_modifiers_of_the_code_book_are_known_and_open_the_same(rules: EditRules, book: Codebook) -> None:
    told = {modifier.code: modifier.opens_pair for modifier in book.modifiers()}
    assert {modifier: bool(rules.opens(modifier)) for modifier in told} == told
    assert told.keys() <= rules.modifiers.keys()


def test_payment_modifiers_come_first_and_sides_last(rules: EditRules) -> None:
    assert rules.ordered(["LT", "XS", "ZZ", "62", "22", "AA"]) == ("22", "62", "XS", "LT", "ZZ", "AA")


def test_each_rule_names_only_what_a_finding_fills_in(rules: EditRules) -> None:
    for rule in rules.rules.values():
        assert {name for _, name, _, _ in Formatter().parse(rule.say) if name} <= set(FIELDS)
        assert rule.say.endswith(".")


def test_every_rule_of_a_table_is_a_rule(rules: EditRules) -> None:
    named = {policy.rule for policy in rules.policies} | {rule.rule for rule in rules.diagnoses}
    assert named | {rule.rule for rule in rules.companions} <= set(rules.rules)


def test_the_side_of_a_modifier(rules: EditRules) -> None:
    sides = {modifier: rules.side(modifier) for modifier in ("LT", "RT", "50", "T5", "FA", "LC", "59", "ZZ")}
    assert sides == {
        "LT": "left",
        "RT": "right",
        "50": "both",
        "T5": "right",
        "FA": "left",
        "LC": "",
        "59": "",
        "ZZ": "",
    }


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("%", "C40.22", True),
        ("%", "", True),
        ("S83.3%", "S83.31XA", True),
        ("S83.3%", "S83.2", False),
        ("M86.8X_", "M86.8X1", True),
        ("M86.8X_", "M86.8X11", False),
        ("M86.8X_", "M86.8X", False),
        ("C40.2", "C4012", False),
    ],
)
def test_a_pattern_is_read_as_sql_reads_it(pattern: str, text: str, fits: bool) -> None:
    assert like(pattern, text) is fits


def test_everything_is_cited(rules: EditRules) -> None:
    cited = dict(rules.cited())
    assert all(cites and all("#" in cite for cite in cites) for cites in cited.values())
    assert len(cited) > len(rules.rules) + len(rules.modifiers)
