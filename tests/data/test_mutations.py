"""Planted faults in the shipped tree: an outcome gone, one too many, rules not told apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from encoder.core.codes import Span
from encoder.core.tree.model import Outcome, Tree
from encoder.core.tree.proofs import prove
from encoder.core.tree.walk import walk
from encoder.core.tree.ways import ways
from encoder.errors import DataError
from encoder.store.codebook import Codebook
from tests.core.small import NOW, assert_found

pytestmark = pytest.mark.usefixtures("unmeasured")


@pytest.fixture(scope="module")
def year(tree: Tree) -> Tree:
    """The shipped tree, cut to one year so that each proof is short."""
    return replace(tree, span=Span(date(2026, 1, 1), NOW))


def test_each_outcome_of_the_shipped_tree_is_missed_when_it_is_gone(year: Tree, book: Codebook) -> None:
    """The first way that ends in it ends in a gap, or leads to a name that no longer exists."""
    ended: set[str] = set()
    for on in (date(2023, 9, 30), NOW, date(2026, 10, 1)):
        for found in ways(year, book, on):
            if not isinstance(found.end, Outcome) or found.end.id in ended:
                continue
            ended.add(found.end.id)
            left = {name: outcome for name, outcome in year.outcomes.items() if name != found.end.id}
            fewer = replace(year, outcomes=left)
            if found.end.named:
                assert_found(prove(fewer, book), "dangling", f"next '{found.end.id}' is no question and no outcome")
            else:
                with pytest.raises(DataError, match="Gap: no outcome"):
                    walk(fewer, book, {step.question: frozenset(step.answers) for step in found.steps}, on)
    imported = {outcome.id for outcome in year.outcomes.values() if outcome.imported}  # tests/store/test_library.py
    assert ended == {*year.outcomes} - {band.outcome for band in year.bands} - imported


def test_an_outcome_too_many_in_the_shipped_tree_is_found(year: Tree, book: Codebook) -> None:
    chips, plug = year.outcomes["resection_chips"], year.outcomes["resection_plug"]
    outcomes = {**year.outcomes, "resection_plug": replace(plug, when=chips.when)}
    proof = prove(replace(year, outcomes=outcomes), book)
    assert_found(proof, "conflict", "'resection_chips'", "'resection_plug'", "graft_form=chips, bone=clavicle")
    assert_found(proof, "gap", "graft_form=plug, bone=clavicle")


def test_rules_of_the_shipped_tree_that_are_not_told_apart_are_found(year: Tree, book: Codebook) -> None:
    every = next(rule for rule in year.rules if rule.id == "second_side_left").when
    rules = tuple(replace(rule, when=every) if rule.id == "second_side_right" else rule for rule in year.rules)
    proof = prove(replace(year, rules=rules), book)
    assert_found(proof, "conflict", "'second_side_left'", "'second_side_right'", "put LT and RT on one line")
