"""Applying fixes: a claim in, a changed claim out. What only the note could justify is never applied unasked."""

from __future__ import annotations

from dataclasses import replace

from encoder.core.book import Book
from encoder.core.claim import Claim, ClaimLine
from encoder.core.edits.check import check
from encoder.core.edits.findings import Finding, Fix, Step

DOES = (
    "drop_line",
    "set_units",
    "set_modifiers",
    "set_code",
    "set_diagnosis",
    "move_before",
    "move_after",
)
"""What a step does. Its place is that of the claim before any step of the fix."""


def apply(claim: Claim, fix: Fix) -> Claim:
    """The claim after a fix."""
    lines: dict[int, ClaimLine] = dict(enumerate(claim.lines))
    order = list(lines)
    diagnoses = list(claim.diagnoses)
    for step in fix.steps:
        if step.do == "drop_line":
            order.remove(step.place)
        elif step.do == "set_diagnosis":
            diagnoses[step.place] = step.value
        elif step.do in ("move_before", "move_after"):
            order.remove(step.place)
            order.insert(order.index(int(step.value)) + (step.do == "move_after"), step.place)
        else:
            lines[step.place] = _changed(lines[step.place], step)
    return replace(claim, lines=tuple(lines[place] for place in order), diagnoses=tuple(diagnoses))


def _changed(line: ClaimLine, step: Step) -> ClaimLine:
    if step.do == "set_units":
        return replace(line, units=int(step.value))
    if step.do == "set_code":
        return replace(line, code=step.value)
    return replace(line, modifiers=tuple(step.value.split()))


def mend(claim: Claim, book: Book) -> tuple[Claim, tuple[Fix, ...]]:
    """Apply one fix after another until no finding that denies or needs a look has one; the fixes in their order.

    A fix that the note decides is passed over: the coder applies it by itself.

    Each fix changes the ground of the others, so the claim is checked again after each. Every fix takes something off
    or sets it right, so there is an end; a claim that comes round again stops it too.
    """
    done: list[Fix] = []
    seen = {claim}
    while (finding := _fixable(claim, book)) is not None and finding.fix is not None:
        claim = apply(claim, finding.fix)
        done.append(finding.fix)
        if claim in seen:
            break
        seen.add(claim)
    return claim, tuple(done)


def _fixable(claim: Claim, book: Book) -> Finding | None:
    found = check(claim, book).findings
    sure = (finding for finding in found if finding.fix and not finding.fix.needs_note)
    return next((finding for finding in sure if finding.severity != "note"), None)
