"""The findings of a claim check in words: a row for each, beside its line, with its proof and its fix."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from encoder.core.claim import Claim, ClaimLine, letter
from encoder.core.editions import EditionNote
from encoder.core.edits.findings import Checked, Finding, RowRef, Step
from encoder.gui.claim_work import DIAGNOSIS, LINE, Shown, Spot
from encoder.gui.widgets.facts import Fact
from encoder.gui.widgets.paint import Tag
from encoder.gui.wording.case import spaced
from encoder.gui.wording.sources import Sources, dates, mark_codes

KEYS = 9
"""Fixes that have a digit of their own."""
TAGS = {
    "deny": Tag("deny", "stop", "stop"),
    "warn": Tag("look", "warn", "warn"),
    "note": Tag("note", "plain", "info"),
}
TABLES = {
    "aoc": "add-on list",
    "ptp": "code pairs",
    "mue": "unit limits",
    "pfs": "values",
    "opps": "outpatient hospital",
    "cpt": "codes",
    "icd10cm": "ICD-10-CM",
    "hcpcs": "HCPCS",
}
_IF_NOTE = ", if the note says so"
_LINE_OF = re.compile(r" (?:off )?line \d+$")
UNSAID = "not loaded"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a line as typed: ``bad`` is the colour of what a finding is about, stop or warn; empty for none."""

    text: str
    bad: str = ""


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One row of the list: a line or a diagnosis with one of its findings.

    Attributes:
        number: beside the first row of its line; ``parts`` and ``second`` say what the line is.
        first, last: whether it is the first or the last row of its line.
        finding: its place among the findings; -1 for a line without any.
        key: the digit that applies the fix, empty without one; ``fix`` the words of the fix.
        state: normal; draft, still being typed; editing, being changed.
    """

    spot: Spot | None
    number: str
    parts: tuple[Part, ...]
    second: str
    first: bool
    last: bool
    finding: int
    tag: Tag | None
    say: str
    cite: str
    key: str
    fix: str
    state: str = "normal"


def rows(shown: Shown, sources: Sources) -> list[CheckRow]:
    """The rows of the list: what is about the whole claim, the diagnoses, the lines, each with its findings."""
    checked = shown.checked
    claim, keys = checked.claim, fix_keys(checked)
    made: list[CheckRow] = []
    groups: list[tuple[Spot | None, list[int]]] = [(None, _about(checked, None))]
    groups += [(Spot(DIAGNOSIS, at), []) for at in range(len(claim.diagnoses))]
    groups += [(Spot(LINE, at), []) for at in range(len(claim.lines))]
    of = {spot: found for spot, found in groups if spot}
    for place, finding in enumerate(checked.findings):
        spot = _spot(finding)
        if spot is not None:
            of[spot].append(place)
    for spot, found in groups:
        if spot is not None or found:
            made += _group(shown, spot, found, keys, sources)
    return made


def fix_keys(checked: Checked) -> dict[int, str]:
    """The digit of each finding that has a fix, in the order of the list; past the ninth there is none."""
    ordered = sorted(range(len(checked.findings)), key=lambda place: _order(checked.findings[place]))
    fixable = [place for place in ordered if checked.findings[place].fix]
    return {place: str(number) for number, place in enumerate(fixable[:KEYS], 1)}


def _order(finding: Finding) -> tuple[int, int]:
    spot = _spot(finding)
    return (0, 0) if spot is None else (1 if spot.kind == DIAGNOSIS else 2, spot.place)


def _spot(finding: Finding) -> Spot | None:
    """The line that a finding stands beside; the diagnosis where the fix sets that."""
    sets = [step.place for step in finding.fix.steps if step.do == "set_diagnosis"] if finding.fix else []
    if sets:
        return Spot(DIAGNOSIS, sets[0])
    if finding.lines:
        return Spot(LINE, finding.lines[0])
    return Spot(DIAGNOSIS, finding.diagnoses[0]) if finding.diagnoses else None


def _about(checked: Checked, spot: Spot | None) -> list[int]:
    return [place for place, finding in enumerate(checked.findings) if _spot(finding) == spot]


def _group(
    shown: Shown, spot: Spot | None, found: Sequence[int], keys: dict[int, str], sources: Sources
) -> Iterator[CheckRow]:
    """The rows of one line, diagnosis, or of the whole claim."""
    checked = shown.checked
    number, parts, second = _left(checked, spot, found, sources)
    lines, diagnoses = shown.drafts
    draft = spot is not None and spot.place >= (lines if spot.kind == LINE else diagnoses)
    second = f"being typed · {second}" if draft else second
    state = "editing" if spot is not None and spot == shown.editing else "draft" if draft else "normal"
    if not found:
        say = "No finding on this line" if spot and spot.kind == LINE else "No finding"
        yield CheckRow(spot, number, parts, second, True, True, -1, None, say, "", "", "", state)
    for at, place in enumerate(found):
        finding = checked.findings[place]
        yield CheckRow(
            spot,
            number,
            parts,
            second,
            at == 0,
            at == len(found) - 1,
            place,
            TAGS[finding.severity],
            mark_codes(finding.say),
            short_proof(finding),
            keys.get(place, ""),
            _offered(finding),
            state,
        )


def _left(
    checked: Checked, spot: Spot | None, found: Sequence[int], sources: Sources
) -> tuple[str, tuple[Part, ...], str]:
    """Number, parts and words of a line."""
    claim = checked.claim
    if spot is None:
        return "", (Part("Claim"),), "as a whole"
    findings = [checked.findings[place] for place in found]
    if spot.kind == DIAGNOSIS:
        code = claim.diagnoses[spot.place]
        return letter(spot.place), (Part(code, _worst(findings)),), sources.title(code) or UNSAID
    line = claim.lines[spot.place]
    return str(spot.place + 1), tuple(_parts(line, spot.place, findings)), _second(claim, line, spot.place, sources)


def _sets(finding: Finding, do: str, place: int) -> Step | None:
    steps = finding.fix.steps if finding.fix else ()
    return next((step for step in steps if step.do == do and step.place == place), None)


def _worst(findings: Sequence[Finding]) -> str:
    severities = {finding.severity for finding in findings}
    return "stop" if "deny" in severities else "warn" if "warn" in severities else ""


def _parts(line: ClaimLine, place: int, findings: Sequence[Finding]) -> Iterator[Part]:
    """Code and modifiers, those that a fix takes off or sets marked, else the code of a line that is denied."""
    taken: dict[str, str] = {}
    code = ""
    for finding in findings:
        step, bad = _sets(finding, "set_modifiers", place), _worst([finding])
        if step is not None:
            taken |= {one: bad for one in line.modifiers if one not in step.value.split()}
        elif bad and not finding.diagnoses and not _sets(finding, "set_units", place):
            code = code if code == "stop" else bad
    yield Part(line.code, code)
    for modifier in line.modifiers:
        yield Part("-")
        yield Part(modifier, taken.get(modifier, ""))
    over = [finding for finding in findings if _sets(finding, "set_units", place)]
    if line.units != 1 or over:
        yield Part(f" × {line.units}", _worst(over))


def _second(claim: Claim, line: ClaimLine, place: int, sources: Sources) -> str:
    said = [] if line.on is None else [f"on {line.on}"]
    if line.pointers:
        said.append(", ".join(letter(at) for at in claim.pointed(place)))
    return " · ".join([*said, sources.title(line.code, claim.day(place)) or UNSAID])


def spoken(row: CheckRow) -> str:
    """A row for readers."""
    line = "".join(part.text for part in row.parts)
    name = f"Line {row.number}" if row.spot and row.spot.kind == LINE else f"Diagnosis {row.number}".strip()
    head = f"{name}: {line}" if row.spot else f"{line} {row.second}"
    fix = f"fix {row.key}: {row.fix}".replace("fix :", "fix:") if row.fix else ""
    parts = (
        head,
        row.second if row.spot else "",
        row.tag.text if row.tag else "",
        row.say.replace("`", ""),
        row.cite,
        fix,
    )
    return ", ".join(part for part in parts if part)


def _offered(finding: Finding) -> str:
    """The fix of a finding; where two entries disagree and either may be wrong, on what it hangs."""
    if finding.fix is None:
        return ""
    return f"{finding.fix.say}{_IF_NOTE if finding.fix.needs_note else ''}"


def short_fix(fix: str) -> str:
    """A fix as its button says it, where the line stands beside it: take 51 off."""
    return _LINE_OF.sub(lambda match: " off" if "off" in match[0] else match[0], fix)


# -- proof ------------------------------------------------------------------------------------------------------------


def short_proof(finding: Finding) -> str:
    """The row that fired in one line: warning, table, edition, key."""
    first = _row(finding.row) if finding.row else ""
    more = f"and {len(finding.also)} more" if finding.also else ""
    return " · ".join(part for part in (finding.warning, first, more) if part)


def _row(row: RowRef, held: str = "") -> str:
    key = row.key.rpartition(":")[2].replace(">", " → ")
    name = f"{TABLES.get(row.table, row.table)} {spaced(row.edition)}".strip()
    return ", ".join(part for part in (name, key, held) if part)


def _days(row: RowRef, editions: Iterable[EditionNote]) -> str:
    """The days of a row; where it keeps none of its own, those of its edition."""
    if row.span.start or row.span.end:
        return dates(row.span.start, row.span.end)
    held = (note.edition for note in editions if note.edition.table.startswith(row.table))
    spans = [one.span for one in held if one.edition == row.edition]
    return f"an edition for {dates(spans[0].start, spans[0].end)}" if spans else ""


def proof(finding: Finding, sources: Sources, editions: Iterable[EditionNote] = ()) -> list[Fact]:
    """Everything behind a finding: why, each row with its edition and days, each source."""
    tag = TAGS[finding.severity]
    ink = {"stop": "stop", "warn": "warn"}.get(tag.kind, "text2")
    facts = [Fact("", "", f"**{tag.text}.** {mark_codes(finding.rationale)}", icon=tag.icon, ink=ink)]
    for row in (finding.row, *finding.also):
        if row is not None:
            facts.append(Fact("", "", mark_codes(_row(row, _days(row, editions))), icon="data", ink="text3"))
    facts += [Fact("", "", said, icon="quote", ink="text3") for said in sources.evidence(finding.cites)]
    return facts
