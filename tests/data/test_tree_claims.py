"""The claims that the tree makes pass the claim check: nothing it puts on a claim is denied by the loaded tables."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from encoder import paths
from encoder.commands.shipped import Shipped
from encoder.commands.tree import with_usual
from encoder.core.claim import Claim, ClaimLine
from encoder.core.claim_cases import shown
from encoder.core.edits.check import check
from encoder.core.tree.explain import setting_of
from encoder.core.tree.rules import claim
from encoder.core.tree.ways import ways

BUNDLED = {"20930", "20936"}
"""Spine grafts that Medicare never pays apart: reported on a surgeon's claim with a limit of 0 units."""


@pytest.mark.parametrize("on", [date(2019, 9, 30), date(2026, 5, 1)], ids=str)
def test_no_claim_of_the_tree_is_denied_or_needs_a_look(database: Path, on: date) -> None:
    shipped = Shipped(database, paths.resources(), paths.cases())
    tree, book = shipped.tree(), shipped.book
    claims: set[Claim] = set()
    for way in ways(tree, book, on):
        position = with_usual(tree, book, way, on)
        lines = tuple(ClaimLine(made.code, made.modifiers, made.units) for made in claim(position).lines)
        if lines and len(lines[0].code) == len("27365"):
            claims.add(Claim(lines, on, (), setting_of(position)))
    assert len(claims) > 300
    for made in claims:
        hard = [finding for finding in check(made, book).findings if finding.severity != "note"]
        assert {made.lines[finding.lines[0]].code for finding in hard} <= BUNDLED, [shown(finding) for finding in hard]
        assert {finding.id for finding in hard} <= {"units_zero"}
