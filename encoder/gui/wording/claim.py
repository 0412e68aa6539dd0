"""A checked claim in words: the verdict, what was checked and against what, its values, and the text to hand on."""

from __future__ import annotations

from decimal import Decimal

from encoder.core.book import HOSPITAL, PRACTITIONER
from encoder.core.claim import Claim, ClaimLine, letter
from encoder.core.edits.findings import Checked, Finding
from encoder.core.edits.worth import FeeBook, by_locality, find
from encoder.core.view import View
from encoder.gui.claim_work import Mended
from encoder.gui.widgets.bars import EditionMark, EditionState
from encoder.gui.widgets.facts import Fact
from encoder.gui.widgets.figures import Figures
from encoder.gui.widgets.verdict import VerdictKind
from encoder.gui.wording.case import edition_name, spaced
from encoder.gui.wording.findings import TAGS, UNSAID, short_proof
from encoder.gui.wording.sources import Sources, many, mark_codes

_STATES: dict[str, EditionState] = {"covers": "covers", "older": "older", "newer": "newer"}
_CPT = 5  # characters of a code of a claim line


def verdict(checked: Checked) -> tuple[VerdictKind, str, str]:
    """How the band looks, its first line, and what it means."""
    if not checked.claim.lines:
        return "ended", "No line yet", "Type a code below, or paste the lines of a claim."
    count = {name: sum(f.severity == name for f in checked.findings) for name in TAGS}
    denied = f"{many(count['deny'], 'finding')} {'denies' if count['deny'] == 1 else 'deny'}" if count["deny"] else ""
    looks = f"{count['warn']} need{'s' if count['warn'] == 1 else ''} a look" if count["warn"] else ""
    said = ", ".join(part for part in (denied, looks) if part)
    if checked.payable is False:
        return (
            "deny",
            f"Not payable as typed: {said}",
            "Each finding names the row that fired. Ctrl+Z takes a fix back.",
        )
    if checked.payable is None:
        held = ", ".join(part for part in (looks, "a code or a date is not loaded") if part)
        return "review", f"Not judged: {held}", "What is not loaded may be right all the same: look it up."
    if looks:
        return "review", f"No denial in the loaded tables: {looks}", "Each finding names the row that fired."
    return "decided", "No denial in the loaded tables", "What was checked, and against what, is said beside the lines."


def fixable(checked: Checked) -> int:
    """How many findings that deny or need a look have a fix that is sure without the note."""
    fixes = (finding.fix for finding in checked.findings if finding.severity != "note")
    return sum(fix is not None and not fix.needs_note for fix in fixes)


def apply_all(checked: Checked) -> str:
    """What the button of all fixes says; those that the note decides are not among them."""
    sure = fixable(checked)
    every = sum(finding.fix is not None and finding.severity != "note" for finding in checked.findings)
    if sure == every:
        return "Apply the fix" if sure == 1 else f"Apply all {sure} fixes"
    return "Apply the one sure fix" if sure == 1 else f"Apply the {sure} sure fixes"


def checks(checked: Checked) -> list[Fact]:
    """What was looked up and passed."""
    icons = {"ok": ("tick", "ok"), "look": ("warn", "warn"), "deny": ("stop", "stop")}
    return [
        Fact("", one.name, mark_codes(one.say), icon=icons[one.state][0], ink=icons[one.state][1])
        for one in checked.checks
    ]


WRITTEN = (
    Fact("", "27365-LT", "a code with its modifiers", code=True),
    Fact("", "20932*2", "units, where there are several", code=True),
    Fact("", "20932:AB", "the diagnoses that the line points to", code=True),
    Fact("", "20932@2026-05-02", "another date of service", code=True),
    Fact("", "C40.22", "a diagnosis", code=True),
)
"""How a line is written."""


def unsure(checked: Checked) -> list[Fact]:
    """What could not be checked, or not surely."""
    return (
        [Fact("", "", mark_codes(spaced(gap.say)), icon="info") for gap in checked.unchecked]
        if checked.claim.lines
        else []
    )


def against(checked: Checked) -> str:
    """The editions that the claim was held against."""
    return f"Held against {', '.join(edition_name(note) for note in checked.editions)}." if checked.claim.lines else ""


def marks(checked: Checked) -> tuple[str, list[EditionMark]]:
    """The strip of editions for the dates of the claim."""
    held = [EditionMark(edition_name(note), _STATES[note.state]) for note in checked.editions]
    return f"Editions on {checked.claim.on}", held


def mended_lines(mended: Mended, sources: Sources) -> list[Fact]:
    """The claim after every fix, a row a line."""
    claim = mended.checked.claim
    made = [
        Fact("", line.text, sources.title(line.code, claim.day(place)) or UNSAID, code=True)
        for place, line in enumerate(claim.lines)
    ]
    return [*made, *(Fact("", code, sources.title(code) or UNSAID, code=True) for code in claim.diagnoses)]


def mended_verdict(mended: Mended) -> tuple[str, str, str]:
    """Icon, ink and words of what is left after every fix."""
    left = sum(finding.severity == "deny" for finding in mended.checked.findings)
    if not mended.checked.claim.lines:
        return "info", "text2", "No line is left."
    if left:
        return "stop", "stop", f"{many(left, 'finding')} still {'denies' if left == 1 else 'deny'}: the note decides."
    if mended.checked.payable is None:
        return "info", "text2", "Nothing denies, and a code or a date is not loaded."
    looks = sum(finding.severity == "warn" for finding in mended.checked.findings)
    more = f"; {looks} need{'s' if looks == 1 else ''} a look, which the note decides" if looks else ""
    return "ok", "ok", f"No denial left in the loaded tables{more}"


# -- values -----------------------------------------------------------------------------------------------------------


def values(claim: Claim, book: FeeBook) -> Figures:
    """What the lines are worth where they are paid; it decides nothing."""
    worth = by_locality(book)
    rows: list[tuple[str, ...]] = []
    total, missing = Decimal(0), 0
    for place, line in enumerate(claim.lines):
        each = worth(line.code, claim.day(place), claim.setting, claim.locality)
        missing += each is None
        total += (each or Decimal(0)) * line.units
        rows.append((line.code, str(line.units), f"{each * line.units:,.2f}" if each is not None else UNSAID))
    if not rows:
        return Figures()
    whole = f"{total:,.2f}" + (f", {missing} {UNSAID}" if missing else "")
    place_named = None if claim.setting == HOSPITAL else find(book.localities(claim.on), claim.locality)
    where = f"{place_named.state} {place_named.number}, {place_named.name}" if place_named else "National"
    kind = "rates of the outpatient hospital" if claim.setting == HOSPITAL else "in a facility"
    note = f"Total US$ {whole}. {where}, {kind}; nothing is reduced for several procedures."
    return Figures(("", "units", "US$"), tuple(rows), note)


# -- taking over and handing on ---------------------------------------------------------------------------------------


def of_case(view: View) -> Claim | None:
    """The claim of a decided case; None while there is none, or where it is the inpatient hospital's."""
    result = view.result
    lines = [line for line in result.lines if len(line.code) == _CPT] if result else []
    if view.ask is not None or not lines:
        return None
    given = {step.question: step.value for step in view.way if step.state == "answered"}
    diagnosis = given.get("diagnosis_code", "")
    return Claim(
        tuple(ClaimLine(line.code, line.modifiers, line.units) for line in lines),
        view.on,
        (diagnosis,) if diagnosis else (),
        HOSPITAL if view.claim == "outpatient" else PRACTITIONER,
    )


def as_text(checked: Checked, sources: Sources) -> str:
    """Lines and findings as a plain text; without lines nothing."""
    claim = checked.claim
    if not claim.lines:
        return ""
    days = [claim.day(place) for place in range(len(claim.lines))]
    lines = [
        f"{line.text}  {sources.title(line.code, day)}".rstrip() for line, day in zip(claim.lines, days, strict=True)
    ]
    codes = [f"{letter(at)} {code}  {sources.title(code)}".rstrip() for at, code in enumerate(claim.diagnoses)]
    found = [_as_text(finding) for finding in checked.findings]
    gaps = [f"Not sure: {gap.say}" for gap in checked.unchecked]
    said = f"{verdict(checked)[1]}. Date of service {claim.on}, {claim.setting.replace('_', ' ')}. {against(checked)}"
    return "\n\n".join("\n".join(part) for part in (lines, codes, [said], found, gaps) if part) + "\n"


def _as_text(finding: Finding) -> str:
    where = f"line {finding.lines[0] + 1}: " if finding.lines else ""
    proofs = short_proof(finding)
    return f"{TAGS[finding.severity].text}  {where}{finding.say}" + (f" [{proofs}]" if proofs else "")
