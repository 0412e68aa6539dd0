"""``encoder check``: hold a claim against the edits; every finding with its row, its reason and its fix."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from encoder.commands import shapes
from encoder.commands.output import Output
from encoder.commands.shapes import Json
from encoder.commands.shipped import Shipped
from encoder.core.add_on import is_add_on
from encoder.core.book import HOSPITAL, PRACTITIONER, Book
from encoder.core.claim import Claim, letter
from encoder.core.claim_text import parse_diagnosis, parse_line
from encoder.core.edits.check import check
from encoder.core.edits.findings import Checked, Finding, RowRef
from encoder.core.edits.fixes import mend
from encoder.core.edits.icd import read
from encoder.core.edits.worth import NATIONAL, by_locality, find
from encoder.core.reference import WholeBook
from encoder.errors import UsageError

SETTINGS = {"practitioner": PRACTITIONER, "hospital": HOSPITAL}


def run(arguments: Namespace, shipped: Shipped, out: Output, on: date) -> int:
    """Check one claim; 1 when something denies, needs a look, or could not be judged."""
    book = shipped.book
    claim = Claim(
        tuple(parse_line(text) for text in arguments.line),
        on,
        tuple(parse_diagnosis(text) for text in arguments.dx),
        SETTINGS[arguments.setting],
        arguments.locality or NATIONAL,
    )
    if claim.locality != NATIONAL:
        _place(claim, book, out)
    checked = check(claim, book)
    mended, fixes = mend(claim, book)
    if arguments.json:
        out.json({**as_json(checked, book), "after_fixes": after(mended, [fix.say for fix in fixes], book)})
    else:
        for line in in_words(checked, book):
            out.say(line)
        if fixes:
            left = ", ".join((*(line.text for line in mended.lines), *mended.diagnoses))
            out.say(f"After the fixes: {left or 'no line is left'}")
    return 0 if checked.clean else 1


def _place(claim: Claim, book: WholeBook, out: Output) -> None:
    """Say when the values are national ones all the same.

    Raises:
        UsageError: no loaded locality is called so.
    """
    places = book.localities(claim.on)
    if claim.setting == HOSPITAL:
        out.note(f"Hospital values by locality are not loaded; '{claim.locality}' gets the national ones.")
    elif not places:
        out.note(f"Values by locality are not loaded; '{claim.locality}' gets the national ones.")
    elif find(places, claim.locality) is None:
        raise UsageError(
            f"'{claim.locality}' is no locality of {claim.on}; write state and number, such as {places[0].state} "
            f"{places[0].number}, or contractor and number, {places[0].contractor}{places[0].number}."
        )


def as_json(checked: Checked, book: WholeBook) -> Json:
    """The object of ``check --json``."""
    claim = checked.claim
    return {
        "dos": claim.on.isoformat(),
        "setting": next(name for name, setting in SETTINGS.items() if setting == claim.setting),
        "lines": lines(claim, book),
        "diagnoses": [{"code": code, "title": diagnosis_title(code, book)} for code in claim.diagnoses],
        "findings": [finding(found) for found in checked.findings],
        "payable": checked.payable,
        "clean": checked.clean,
        "checks": [
            {"name": c.name, "say": c.say, "state": c.state, "row": c.row or None, "cites": list(c.cites)}
            for c in checked.checks
        ],
        "unchecked": [{"table": gap.table, "say": gap.say} for gap in checked.unchecked],
        "values": values(claim, book),
        "editions": [shapes.edition(note) for note in checked.editions],
    }


def lines(claim: Claim, book: WholeBook) -> list[Json]:
    """The lines of a claim, in order."""
    return [
        {
            "code": line.code,
            "role": "add_on" if is_add_on(book, line.code) else "primary",
            "units": line.units,
            "modifiers": list(line.modifiers),
            "title": shapes.title_of(line.code, book, claim.day(place)),
            "date": claim.day(place).isoformat(),
            "diagnoses": [letter(at) for at in claim.pointed(place)],
        }
        for place, line in enumerate(claim.lines)
    ]


def finding(found: Finding) -> Json:
    """One finding; lines and diagnoses are places from 0."""
    fix = found.fix
    return {
        "id": found.id,
        "kind": found.kind,
        "severity": found.severity,
        "warning": found.warning or None,
        "lines": list(found.lines),
        "diagnoses": list(found.diagnoses),
        "say": found.say,
        "rationale": found.rationale,
        "fix": fix.say if fix else None,
        "needs_note": fix is not None and fix.needs_note,
        "steps": [{"do": step.do, "place": step.place, "value": step.value} for step in fix.steps] if fix else [],
        "row": row(found.row) if found.row else None,
        "also": [row(more) for more in found.also],
        "cites": list(found.cites),
    }


def row(fired: RowRef) -> Json:
    """The table row that fired."""
    return {
        "table": fired.table,
        "key": fired.key,
        "edition": fired.edition or None,
        "from": shapes.day(fired.span.start),
        "until": shapes.day(fired.span.end),
    }


def values(claim: Claim, book: WholeBook) -> Json:
    """What the lines are worth, units included; null where a value is not loaded."""
    worth = by_locality(book)
    place = None if claim.setting == HOSPITAL else find(book.localities(claim.on), claim.locality)
    amounts = [worth(line.code, claim.day(at), claim.setting, claim.locality) for at, line in enumerate(claim.lines)]
    each = [None if one is None else one * line.units for one, line in zip(amounts, claim.lines, strict=True)]
    loaded = [one for one in each if one is not None]
    return {
        "locality": f"{place.state} {place.number}" if place else NATIONAL,
        "lines": [None if one is None else f"{one:.2f}" for one in each],
        "total": f"{sum(loaded, Decimal(0)):.2f}" if len(loaded) == len(each) else None,
    }


def after(mended: Claim, fixes: Sequence[str], book: WholeBook) -> Json:
    """The claim after every fix that is sure without the note."""
    return {
        "fixes": list(fixes),
        "lines": lines(mended, book),
        "diagnoses": list(mended.diagnoses),
        "payable": check(mended, book).payable,
    }


def diagnosis_title(code: str, book: Book) -> str:
    """The title of a diagnosis as written; empty when the tables do not name it."""
    return read(book, code).title


def verdict(checked: Checked) -> str:
    """The first line: what stands against the claim."""
    counts = {name: sum(f.severity == name for f in checked.findings) for name in ("deny", "warn", "note")}
    said = (
        [f"{counts['deny']} {'finding denies' if counts['deny'] == 1 else 'findings deny'}"] if counts["deny"] else []
    )
    if counts["warn"]:
        said.append(f"{counts['warn']} need{'s' if counts['warn'] == 1 else ''} a look")
    if checked.payable is False:
        return f"Not payable as typed: {', '.join(said)}."
    if checked.payable is None:
        return f"Not judged: {', '.join([*said, 'a code or a date is not loaded'])}."
    return f"No denial in the loaded tables{': ' + ', '.join(said) if said else ''}."


def in_words(checked: Checked, book: WholeBook) -> Iterator[str]:
    """A checked claim for a reader in a terminal."""
    claim = checked.claim
    for place, line in enumerate(claim.lines):
        title = shapes.title_of(line.code, book, claim.day(place))
        yield f"{place + 1}  {line.text:<14}  {title or 'not loaded'}"
    for at, code in enumerate(claim.diagnoses):
        yield f"{letter(at)}  {code:<14}  {diagnosis_title(code, book) or 'not loaded'}"
    yield verdict(checked)
    for found in checked.findings:
        yield f"{found.severity}  {_where(found)}{found.say}{_proof(found)}"
        if found.fix:
            yield f"      fix{' if the note says so' if found.fix.needs_note else ''}: {found.fix.say}"
    if checked.checks:
        yield "Checked: " + "; ".join(f"{c.name}: {c.say}" for c in checked.checks) + "."
    for gap in checked.unchecked:
        yield f"Not sure: {gap.say}"
    held = (f"{note.edition.label} {note.edition.edition}" for note in checked.editions)
    yield "Against: " + ", ".join(held) + "."


def _where(found: Finding) -> str:
    if found.lines:
        numbers = ", ".join(str(place + 1) for place in found.lines)
        return f"line{'s' if len(found.lines) > 1 else ''} {numbers}: "
    return f"{', '.join(letter(at) for at in found.diagnoses)}: " if found.diagnoses else ""


def _proof(found: Finding) -> str:
    parts = [
        found.warning,
        *(f"{one.table} {one.key} {one.edition}".strip() for one in (found.row, *found.also) if one),
    ]
    said = "; ".join(part for part in parts if part)
    return f" [{said}]" if said else ""
