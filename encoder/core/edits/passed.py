"""What was looked up on a claim and passed: one entry a table, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from encoder.core.edits.findings import EditCheck, Finding
from encoder.core.edits.ground import Ground
from encoder.core.edits.units import bills, limit_of
from encoder.core.edits.validity import judged


def passed(ground: Ground, findings: Sequence[Finding]) -> Iterator[EditCheck]:
    """One entry for each table that found nothing to deny and nothing to look at; empty for a claim without lines."""
    hit = {finding.kind for finding in findings if finding.severity != "note"}
    opened = any(finding.id == "pair_opened" for finding in findings)
    if not ground.lines:
        return
    if "code" not in hit and all(judged(ground, place) for place in ground.places):
        yield EditCheck("Codes", _valid(ground), "ok")
    if "add_on" not in hit:
        yield from _add_ons(ground)
    if "ptp" not in hit and not opened:
        yield _pairs(ground)
    if "mue" not in hit:
        yield from _units(ground)
    if "modifier" not in hit:
        yield EditCheck("Modifiers", _modifiers(ground), "ok")
    if "diagnosis" not in hit and ground.claim.diagnoses:
        yield EditCheck("Diagnosis", ", ".join(ground.claim.diagnoses), "ok")


def _valid(ground: Ground) -> str:
    days = sorted(set(ground.days))
    return f"valid on {' and '.join(day.isoformat() for day in days)}"


def _add_ons(ground: Ground) -> Iterator[EditCheck]:
    """Which line carries which add-on; on a claim without one, that there is none."""
    add_ons = [place for place in ground.places if ground.add_on(place)]
    for place in add_ons:
        for primary in ground.listed(place)[:1]:
            code, other = ground.lines[place].code, ground.lines[primary].code
            row = ground.book.relation(code, other, ground.days[place]).row
            assert row is not None
            yield EditCheck("Add-on list", f"{other} may carry {code}", "ok", row.id, row.cites)
    if not add_ons and len(ground.lines) > 1:
        yield EditCheck("Add-on list", "no add-on on this claim", "ok")


def _pairs(ground: Ground) -> EditCheck:
    """How many pairs were looked up without one; a table that does not cover the date makes it a thing to look at.

    That it does not is said with the editions, and in a result by its warning, so not here once more.
    """
    if all(len(bill) == 1 for bill in ground.bills):
        return EditCheck(
            "Code pairs", "one line, no pair" if len(ground.lines) == 1 else "one line a day, no pair", "ok"
        )
    between = "the two" if len(ground.lines) == 2 else f"the {len(ground.lines)} lines"
    if all(ground.covered(ground.pairs_table, day) for day in ground.days):
        return EditCheck("Code pairs", f"none found between {between}", "ok")
    return EditCheck("Code pairs", f"none found between {between}, which proves nothing", "look")


def _units(ground: Ground) -> Iterator[EditCheck]:
    said, state, older = [], "ok", False
    for places in bills(ground):
        code, day = ground.lines[places[0]].code, ground.days[places[0]]
        held = limit_of(ground, places[0])
        if held is None:
            said.append(f"{code} not loaded")
            state = "look"
            continue
        mai = limit_of(ground, places[0], "_mai")
        units = sum(ground.lines[place].units for place in places)
        said.append(f"{code} {units} of {held.value}" + (f", MAI {mai.value}" if mai else ""))
        if not held.span.covers(day):
            state, older = "look", True
    tail = "; the loaded limits end before this date" if older else ""
    yield EditCheck("Units", "; ".join(said) + tail, state)


def _modifiers(ground: Ground) -> str:
    said = []
    for place, line in enumerate(ground.lines):
        never = ["no 51"] if ground.add_on(place) else []
        if shown := ", ".join((*line.modifiers, *never)):
            said.append(f"{shown} on {line.code}")
    return "; ".join(said) or "none"
