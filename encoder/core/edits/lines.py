"""The edits of one result of the tree: the same claim check over the lines that the tree made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from encoder.core.book import Book
from encoder.core.claim import Claim, ClaimLine
from encoder.core.edits.check import check
from encoder.core.edits.findings import Checked, EditCheck
from encoder.core.tree.rules import Line

NAMES = {
    "code": "Codes",
    "date": "Codes",
    "add_on": "Add-on list",
    "ptp": "Code pairs",
    "mue": "Units",
    "modifier": "Modifiers",
    "diagnosis": "Diagnosis",
}
STATES = {"deny": "deny", "warn": "look", "note": "look"}


def check_lines(
    lines: Sequence[Line], book: Book, setting: str, on: date, diagnosis: str = ""
) -> tuple[EditCheck, ...]:
    """The edits of the lines of one result, passed or not.

    Args:
        setting: practitioner or outpatient_hospital; it chooses the table of code pairs.
        diagnosis: the diagnosis of the case, where one was given.
    """
    coded = tuple(ClaimLine(line.code, line.modifiers, line.units) for line in lines if len(line.code) == 5)
    if not coded:
        return ()
    diagnoses = (diagnosis,) if diagnosis else ()
    return tuple(as_checks(check(Claim(coded, on, diagnoses, setting), book)))


def as_checks(checked: Checked) -> Iterator[EditCheck]:
    """Findings that deny, need a look or say that a modifier opens an edit, and what passed, in one list by table."""
    found = [
        EditCheck(NAMES[f.kind], f.say, STATES[f.severity], f.row.key if f.row else "", f.cites)
        for f in checked.findings
        if f.severity != "note" or f.id == "pair_opened"
    ]
    for name in dict.fromkeys(NAMES.values()):
        yield from (entry for entry in (*found, *checked.checks) if entry.name == name)
