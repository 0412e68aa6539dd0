"""Every worked claim is found to be what its source says; every rule has one; every fix mends what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from encoder.core.claim import Claim
from encoder.core.claim_cases import ClaimCase, differences, replay, shown
from encoder.core.edits.check import check
from encoder.core.edits.fixes import apply, mend
from encoder.store.claim_file import read_claims
from encoder.store.codebook import Codebook

CLAIMS = read_claims(Path(__file__).parents[1] / "claims")
ELSEWHERE = {"add_on_other_practitioner", "bilateral_inside", "code_inpatient_only"}
ELSEWHERE |= {"pair_wrong_column", "units_line"}
"""Rules that no claim can show in the shipped tables; the tests of the checks over tables of their own do."""


@pytest.mark.parametrize("case", CLAIMS, ids=lambda case: case.id)
def test_a_worked_claim_holds(book: Codebook, case: ClaimCase) -> None:
    assert [*differences(case, replay(case, book))] == []


def test_there_are_enough_claims_and_each_has_a_reason_of_its_own() -> None:
    assert len(CLAIMS) >= 200
    reasons = [(case.why, case.claim) for case in CLAIMS]
    assert len(set(reasons)) == len(reasons)


def test_every_citation_names_a_source_and_a_place(book: Codebook) -> None:
    known = {source.id for source in book.sources()}
    for case in CLAIMS:
        for cite in case.cites:
            source, _, place = cite.partition("#")
            assert source in known, f"{case.id}: {cite}"
            assert place, f"{case.id}: {cite} names no place"


def test_every_rule_is_expected_by_a_claim(book: Codebook) -> None:
    expected = {text.split()[1] for case in CLAIMS for text in case.find}
    rules = set(book.edit_rules().rules)
    assert expected <= rules
    assert rules - expected == ELSEWHERE


def test_every_warning_of_the_sources_about_a_claim_is_among_the_rules(book: Codebook) -> None:
    said = {rule.warning for rule in book.edit_rules().rules.values()}
    of_claims = {f"W{number:02}" for number in (1, 2, 4, 5, 6, 7, 8, *range(10, 22), 23)}
    assert of_claims <= said


@pytest.mark.parametrize("case", CLAIMS, ids=lambda case: case.id)
def test_every_fix_takes_its_finding_away_and_all_together_leave_no_denial_that_has_one(
    book: Codebook, case: ClaimCase
) -> None:
    def said(claim: Claim) -> list[tuple[str, str]]:
        return [(one.id, one.say) for one in check(claim, book).findings]

    before = said(case.claim)
    for finding in check(case.claim, book).findings:
        if finding.fix is not None:
            one = (finding.id, finding.say)
            assert said(apply(case.claim, finding.fix)).count(one) < before.count(one), shown(finding)
    mended, _ = mend(case.claim, book)
    left = [one for one in check(mended, book).findings if one.fix and not one.fix.needs_note]
    assert [shown(one) for one in left if one.severity != "note"] == []
