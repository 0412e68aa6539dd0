"""Worked claims, and what it means that one holds: the claim check finds what its source says, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from encoder.core.book import Book
from encoder.core.claim import Claim, letter
from encoder.core.codes import Cites
from encoder.core.edits.check import check
from encoder.core.edits.findings import Checked, Finding


@dataclass(frozen=True, slots=True)
class ClaimCase:
    """One worked claim, written from its sources.

    Attributes:
        payable: as in ``Checked``.
        find: what must be found, as ``shown`` writes it. Denials and warnings are complete, notes are not.
        absent: rules that must not fire.
    """

    id: str
    why: str
    cites: Cites
    claim: Claim
    payable: bool | None
    find: tuple[str, ...]
    absent: tuple[str, ...]


def shown(finding: Finding) -> str:
    """A finding in one line: severity, rule, its lines from 1, its diagnoses from A."""
    lines = (str(place + 1) for place in finding.lines)
    return " ".join((finding.severity, finding.id, *lines, *(letter(at) for at in finding.diagnoses)))


def replay(case: ClaimCase, book: Book) -> Checked:
    """Check the claim of a case."""
    return check(case.claim, book)


def differences(case: ClaimCase, checked: Checked) -> Iterator[str]:
    """What is not as the source says, one sentence each; none when the case holds."""
    if checked.payable is not case.payable:
        yield f"claim {case.id}: payable is {checked.payable}, {case.payable} was expected"
    found = {shown(finding): finding for finding in checked.findings}
    for text in case.find:
        if text not in found:
            yield f"claim {case.id}: '{text}' was not found"
    for text, finding in found.items():
        if finding.severity != "note" and text not in case.find:
            yield f"claim {case.id}: '{text}' was found and not expected ({finding.say})"
        if finding.id in case.absent:
            yield f"claim {case.id}: '{text}' must not be found"
