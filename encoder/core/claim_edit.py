"""Changing a claim while it is typed: lines and diagnoses are added, set and taken off.

Pointers go on meaning the same diagnoses. A claim is never changed in place: each function gives another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from encoder.core.claim import Claim, ClaimLine


def added(claim: Claim, lines: Sequence[ClaimLine], diagnoses: Sequence[str]) -> Claim:
    """The claim with more lines and diagnoses; a diagnosis that is there already stays where it is.

    Pointers of the new lines are places among the new diagnoses, or, where none come with them, among those there.
    """
    merged = tuple(dict.fromkeys((*claim.diagnoses, *diagnoses)))
    places = [merged.index(code) for code in dict.fromkeys(diagnoses)]
    made = [
        replace(line, pointers=tuple(places[at] for at in line.pointers if at < len(places))) if places else line
        for line in lines
    ]
    return replace(claim, lines=(*claim.lines, *made), diagnoses=merged)


def with_line(claim: Claim, place: int, line: ClaimLine) -> Claim:
    """The claim with another line in a place."""
    return replace(claim, lines=(*claim.lines[:place], line, *claim.lines[place + 1 :]))


def without_line(claim: Claim, place: int) -> Claim:
    """The claim without a line."""
    return replace(claim, lines=(*claim.lines[:place], *claim.lines[place + 1 :]))


def with_diagnosis(claim: Claim, place: int, code: str) -> Claim:
    """The claim with another diagnosis in a place."""
    return replace(claim, diagnoses=(*claim.diagnoses[:place], code, *claim.diagnoses[place + 1 :]))


def without_diagnosis(claim: Claim, place: int) -> Claim:
    """The claim without a diagnosis; a line that pointed to nothing else then points to all."""
    kept = {at: at - (at > place) for at in range(len(claim.diagnoses)) if at != place}
    lines = (replace(line, pointers=tuple(kept[at] for at in line.pointers if at in kept)) for line in claim.lines)
    left = (*claim.diagnoses[:place], *claim.diagnoses[place + 1 :])
    return replace(claim, lines=tuple(lines), diagnoses=left)
