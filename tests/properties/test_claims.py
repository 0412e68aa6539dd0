"""Whatever is typed, the check answers: no claim, however odd, raises, and mending always ends."""

from __future__ import annotations

import random
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from encoder.core.claim import Claim, ClaimLine
from encoder.core.claim_text import parse_line
from encoder.core.edits.check import check
from encoder.core.edits.fixes import mend
from encoder.store.codebook import Codebook
from tests.store.random_claims import DAYS, DIAGNOSES, random_claim

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CODES = st.from_regex(r"[0-9]{4}[0-9A-Z]|[A-Z][0-9]{4}", fullmatch=True)
LINES = st.builds(
    ClaimLine,
    CODES,
    st.lists(st.text(LETTERS, min_size=2, max_size=2), max_size=6).map(tuple),
    st.integers(1, 99_999),
    st.none() | st.dates(),
    st.lists(st.integers(0, 11), max_size=4, unique=True).map(tuple),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(LINES, max_size=6), st.dates(), st.lists(st.sampled_from(DIAGNOSES), max_size=14))
def test_any_claim_is_answered(book: Codebook, lines: list[ClaimLine], on: date, diagnoses: list[str]) -> None:
    made = Claim(tuple(lines), on, tuple(diagnoses))
    checked = check(made, book)
    assert all("{" not in finding.say for finding in checked.findings)
    assert all(finding.cites for finding in checked.findings)
    assert [parse_line(line.text) for line in lines] == lines


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32))
def test_mending_ends_and_leaves_nothing_that_has_a_fix(book: Codebook, seed: int) -> None:
    made = random_claim(random.Random(seed))
    assert made.on in DAYS
    mended, fixes = mend(made, book)
    sure = [finding for finding in check(mended, book).findings if finding.fix and not finding.fix.needs_note]
    left = [finding.id for finding in sure if finding.severity != "note"]
    assert left == []
    assert len(fixes) < 60
