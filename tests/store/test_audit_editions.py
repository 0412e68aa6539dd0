"""Audit and claim check beside imported editions: which of them answers on a day, for both the same."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encoder.core.book import HOSPITAL, PRACTITIONER
from encoder.core.claim import Claim, ClaimLine
from encoder.core.codes import Indicator
from encoder.core.edits.check import check
from encoder.store.audit import Audit
from encoder.store.codebook import STRICTEST
from encoder.store.library import Library
from tests.formats import made
from tests.store.random_claims import CODES, DAYS, random_claim
from tests.store.shelves import Shelves
from tests.store.test_audit import audited, facts

PAIRS = "medicare-ncci-{}-practitioner-ptp-edits-ccipra-{}-f{{}}"


def edit(one: str, two: str, indicator: str, start: str = "20190101", end: str = "*") -> tuple[str, ...]:
    return one, two, "", start, end, indicator, "A reason"


OLDER = (
    [edit("20932", "20930", "0", end="20251231"), edit("20934", "20930", "0")],
    [edit("27365", "20680", "1"), edit("27365", "27645", "1")],
    [edit("27645", "27365", "1")],
    [edit("27704", "27702", "0", end="20260131"), edit("27704", "27702", "1", start="20260201")],
)
NEWER = (
    [edit("20934", "20930", "1")],
    [edit("27091", "20680", "1")],
    [edit("27448", "20680", "0", start="20260401")],
    [edit("27645", "27365", "0")],
)
"""Edits of two quarters, in the four parts of an edition: some the same, some gone, turned or with other days."""


@pytest.fixture(scope="module")
def library(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The shipped database under editions that differ from it and from each other."""
    shelves = Shelves(database, tmp_path_factory.mktemp("editions"))
    for quarter, version, parts in (("2026q1", "v320r0", OLDER), ("2026q4", "v323r0", NEWER)):
        rows = dict(enumerate(parts, 1))
        shelves.pairs(made.ptp_parts(rows, PAIRS.format(quarter, version)))
    both = [("1", add_on, "", "27645", "", "2019001", "", "") for add_on in ("20932", "20934")]
    gone = [("1", "20932", "", "27365", "", "2019001", "", ""), ("1", "20934", "", "27447", "", "2019001", "", "")]
    opened = [("3", "20934", "", "27091", "", "2019001", "", ""), ("2", "20985", "", "CCCCC", "", "2013091", "", "")]
    shelves.file("AOC_V2026Q1-MCR.xlsx", made.aoc_xlsx([*both, *gone]))
    shelves.file("AOC_V2026Q4-MCR.xlsx", made.aoc_xlsx([*both, *opened]))
    limits = [
        ("20932", "2", "3 Date of Service Edit: Clinical", "x"),
        ("27365", "1", "2 Date of Service Edit: Policy", "x"),
    ]
    shelves.file("MCR_MUE_PractitionerServices_Eff_04-01-2026.csv", made.mue_csv(limits))
    shelves.file("MCR_MUE_PractitionerServices_Eff_10-01-2026.csv", made.mue_csv(limits[1:]))
    shelves.file("PPRRVU2025_Oct.csv", made.fees_csv())
    yield shelves.library
    shelves.library.close()


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 2**32))
def test_the_audit_finds_what_the_claim_check_finds(library: Library, seed: int) -> None:
    chance = random.Random(seed)
    claims = [random_claim(chance) for _ in range(30)]
    with closing(Audit(library)) as audit:
        for claim, found in zip(claims, audit.find(claims), strict=True):
            assert {facts(finding) for finding in found} == audited(claim, library), claim


def test_the_days_of_a_row_are_those_on_which_it_is_read(library: Library) -> None:
    turns = ("2025-09-30", "2025-10-01", "2026-03-31", "2026-04-01", "2026-09-30", "2026-10-01")
    days = (*DAYS, *map(date.fromisoformat, turns))
    for code, other, on in product(CODES[:14], CODES[:14], days):
        for setting in (PRACTITIONER, HOSPITAL):
            between = (
                pair
                for span, pair in library.pair_days(code)
                if span.covers(on) and pair.setting == setting and other in (pair.column1, pair.column2)
            )
            read = library.pair(code, other, setting, on) if code != other else None
            assert code == other or read == min(between, key=STRICTEST, default=None)
        held = [row for span, row in library.relation_days(code) if span.covers(on)]
        states = {row.kind for row in held if (row.add_on, row.primary) == (code, other)} & {"allowed", "barred"}
        state = library.relation(code, other, on).state
        assert state == min(states, default="not_listed")
    for code, on in product(CODES, days):
        figures: dict[str, Indicator] = {}
        for span, figure in library.indicator_days(code):
            if span.covers(on):
                figures.setdefault(figure.field, figure)
        fields = {figure.field for figure in library.indicators(code)}
        assert {name: library.indicator(code, name, on) for name in fields} == {n: figures.get(n) for n in fields}


def test_a_primary_that_left_the_list_was_on_it_until_the_list_before_ended(library: Library) -> None:
    claim = Claim((ClaimLine("27365"), ClaimLine("20932")), date(2026, 10, 2))
    (found,) = (finding for finding in check(claim, library).findings if finding.kind == "add_on")
    assert (found.id, "2026-03-31" in found.say) == ("add_on_list_ended", True)
    with closing(Audit(library)) as audit:
        assert facts(found) in {facts(finding) for finding in audit.find([claim])[0]}
