"""The claim check: every edit over a whole claim, and what could not be checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from encoder.core.book import Book
from encoder.core.claim import Claim
from encoder.core.codes import ICD_LIST, ICD_SCOPE
from encoder.core.editions import EditionNote
from encoder.core.edits.add_ons import check_add_ons, check_shared
from encoder.core.edits.diagnoses import check_diagnoses
from encoder.core.edits.findings import Checked, Finding, Unchecked
from encoder.core.edits.ground import Ground
from encoder.core.edits.modifiers import check_modifiers
from encoder.core.edits.pairs import check_pairs
from encoder.core.edits.passed import passed
from encoder.core.edits.rules import KINDS, SEVERITIES
from encoder.core.edits.units import check_units, limit_of
from encoder.core.edits.validity import check_codes, check_order, check_repeats, judged

UNJUDGED = ("code_not_loaded", "date_uncovered")
"""Findings about a line that could not be judged: nothing denies it, and nothing says that it is right."""

GAPS = {
    "cpt": "Whether the codes are valid is not known.",
    "aoc": "The list of that edition was used.",
    "ptp_practitioner": "No pair found is no proof.",
    "ptp_hospital": "No pair found is no proof.",
    "mue": "The limits are those of the last edition before the date, if any.",
    "mue_hospital": "The limits are those of the last edition before the date, if any.",
    "pfs": "Payment indicators were not compared.",
    "opps": "Payment status was not compared.",
    ICD_SCOPE: "Whether the diagnoses are valid is not known.",
    ICD_LIST: "Whether the diagnoses are valid is not known.",
}
"""What is not sure where a table covers no date of the claim."""


def check(claim: Claim, book: Book) -> Checked:
    """Hold a claim against every edit of the tables.

    Nothing is guessed: a code or a date that no table covers is said. The editions that were asked are those of the
    dates of service; the nearest one stands in for a date that none covers, and ``unchecked`` says so.
    """
    ground = Ground(claim, book)
    add_ons = list(check_add_ons(ground))
    barred = {(f.lines[0], f.lines[1]) for f in add_ons if f.id == "add_on_barred"}
    pairs = list(check_pairs(ground, barred))
    found = [
        *check_codes(ground),
        *check_repeats(ground),
        *check_order(ground),
        *add_ons,
        *pairs,
        *check_shared(ground, {f.lines[0] for f in pairs if f.id == "pair_structural"}),
        *check_units(ground),
        *check_modifiers(ground),
        *check_diagnoses(ground),
    ]
    found += _primary_denied(ground, found)
    findings = tuple(sorted(found, key=_place))
    return Checked(
        claim=claim,
        findings=findings,
        checks=tuple(passed(ground, findings)),
        unchecked=tuple(_unchecked(ground)),
        editions=_editions(ground),
        payable=_payable(ground, findings),
    )


def _place(finding: Finding) -> tuple[int, int, int]:
    line = finding.lines[0] if finding.lines else -1
    return line, SEVERITIES.index(finding.severity), KINDS.index(finding.kind)


def _payable(ground: Ground, findings: Iterable[Finding]) -> bool | None:
    if any(finding.severity == "deny" for finding in findings):
        return False
    return True if ground.lines and all(judged(ground, place) for place in ground.places) else None


def _primary_denied(ground: Ground, found: Sequence[Finding]) -> Iterator[Finding]:
    """Add-ons whose every listed primary is denied for a reason of its own."""
    denied = {f.lines[0] for f in found if f.severity == "deny" and f.lines and f.kind != "mue"}
    for place in ground.places:
        primaries = ground.listed(place) if ground.add_on(place) and place not in denied else []
        if primaries and denied >= set(primaries):
            yield ground.finding("add_on_primary_denied", (place, primaries[0]))


def _editions(ground: Ground) -> tuple[EditionNote, ...]:
    """The editions that were asked, each once; where it does not cover one of several dates, that is what it says."""
    days = sorted(set(ground.days)) or [ground.first_day]
    notes = [note for table in ground.asked for day in days if (note := ground.note(table, day))]
    uncovered = {note.edition: note for note in notes if note.state != "covers"}
    return tuple(dict.fromkeys(uncovered.get(note.edition, note) for note in notes))


def _unchecked(ground: Ground) -> Iterator[Unchecked]:
    """Each table that was asked for a date which no loaded edition covers, and the units without a limit."""
    for table in ground.asked:
        why = _gap(ground, table)
        for day in sorted(set(ground.days)) if why else ():
            note = ground.note(table, day)
            if note is None:
                yield Unchecked(table, f"No edition of {table} is loaded. {why}")
            elif note.state != "covers":
                held, span = note.edition, note.edition.span
                bound = f"ends {span.end}" if note.state == "older" else f"begins {span.start}"
                yield Unchecked(table, f"{held.label} {held.edition} {bound}; {day} is not covered. {why}")
    unlimited = dict.fromkeys(
        line.code for place, line in enumerate(ground.lines) if ground.loaded(place) and limit_of(ground, place) is None
    )
    if unlimited:
        codes = ", ".join(unlimited)
        yield Unchecked("mue", f"No unit limit is loaded for {codes}; that does not mean that there is none.")
    if ground.lines and not ground.claim.diagnoses:
        yield Unchecked(ICD_SCOPE, "No diagnosis was given; side, site and behaviour were not compared.")


def _gap(ground: Ground, table: str) -> str:
    """What it means for this claim that a table does not cover a date; empty where it was not needed."""
    needed = {
        "aoc": any(ground.add_on(place) for place in ground.places),
        ground.pairs_table: any(len(bill) > 1 for bill in ground.bills),
        "pfs": any(line.modifiers for line in ground.lines),
    }
    return GAPS[table] if needed.get(table, True) else ""
