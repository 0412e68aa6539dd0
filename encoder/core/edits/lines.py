"""The edits of one result: add-on list, code pairs, units, modifiers and diagnosis, each with the row that said so.

This checks the lines that the tree made, so that the coder sees what was checked and against what. Whole claims that
somebody typed are checked elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from encoder.core.book import HOSPITAL, Book
from encoder.core.codes import Cites, Indicator, State
from encoder.core.tree.rules import Line

OPENING = {"59", "XE", "XS", "XP", "XU", "LT", "RT", "58", "78", "79"}
"""Modifiers that may open an edit of indicator 1 (NCCI manual 2026, chapter I, section E); 22, 76, 77 never do."""


@dataclass(frozen=True, slots=True)
class EditCheck:
    """One edit that was looked up. ``state`` is ok, look or deny; ``row`` is the table row, empty without one."""

    name: str
    say: str
    state: str
    row: str = ""
    cites: Cites = ()


def check_lines(lines: Sequence[Line], book: Book, setting: str, on: date) -> tuple[EditCheck, ...]:
    """Look up the edits between the lines of one result.

    Args:
        setting: practitioner or outpatient_hospital; it chooses the table of code pairs.
    """
    coded = [line for line in lines if len(line.code) == 5]
    if not coded:
        return ()
    return (
        *_add_ons(coded, book, on),
        *_pairs(coded, book, setting, on),
        *_units(coded, book, setting, on),
        *_modifiers(coded, book, on),
    )


def _add_ons(lines: Sequence[Line], book: Book, on: date) -> list[EditCheck]:
    checks = []
    primaries = [line.code for line in lines if line.plain_role != "add_on"]
    for line in lines:
        if line.plain_role != "add_on":
            continue
        found = [book.relation(line.code, primary, on) for primary in primaries]
        allowed = next((r for r in found if r.state is State.ALLOWED and r.row), None)
        if allowed is not None and allowed.row is not None:
            checks.append(
                EditCheck(
                    "Add-on list", f"{allowed.primary} may carry {line.code}", "ok", allowed.row.id, allowed.row.cites
                )
            )
        else:
            checks.append(EditCheck("Add-on list", f"no primary here may carry {line.code}", "deny"))
    if len(lines) > 1 and not checks:
        checks.append(EditCheck("Add-on list", "no add-on on this claim", "ok"))
    return checks


def _pairs(lines: Sequence[Line], book: Book, setting: str, on: date) -> list[EditCheck]:
    table = "ptp_hospital" if setting == HOSPITAL else "ptp_practitioner"
    if not any(e.table == table and e.span.covers(on) for e in book.editions()):
        state, tail = "look", "; the table ends before or begins after this date"
    else:
        state, tail = "ok", ""
    if len(lines) == 1:
        return [EditCheck("Code pairs", "one line, no pair", "ok")]
    checks = []
    for first, second in combinations(lines, 2):
        pair = book.pair(first.code, second.code, setting, on)
        if pair is None:
            continue
        opened = pair.indicator == "1" and OPENING & {*first.modifiers, *second.modifiers}
        say = f"{pair.column1} over {pair.column2}, indicator {pair.indicator}"
        say += ", opened by a modifier for another site" if opened else ", not opened"
        checks.append(EditCheck("Code pairs", say, "look" if opened else "deny", pair.id, pair.cites))
    if not checks:
        codes = "the two" if len(lines) == 2 else f"the {len(lines)} lines"
        checks.append(EditCheck("Code pairs", f"none found between {codes}{tail}", state))
    return checks


def _units(lines: Sequence[Line], book: Book, setting: str, on: date) -> list[EditCheck]:
    field = "mue_outpatient_hospital" if setting == HOSPITAL else "mue_practitioner"
    checks: list[EditCheck] = []
    said: list[str] = []
    state, older = "ok", False
    for code in dict.fromkeys(line.code for line in lines):
        units = sum(line.units for line in lines if line.code == code)
        limit = _latest(book, code, field, on)
        if limit is None:
            said.append(f"{code} not loaded")
            state = "look"
            continue
        mai = _latest(book, code, f"{field}_mai", on)
        text = f"{code} {units} of {limit.value}" + (f", MAI {mai.value}" if mai else "")
        if units > int(limit.value):
            checks.append(EditCheck("Units", text, "deny", "", limit.cites))
            continue
        said.append(text)
        if not limit.span.covers(on):
            state, older = "look", True
    if said:
        tail = "; the loaded limits end before this date" if older else ""
        checks.append(EditCheck("Units", "; ".join(said) + tail, state))
    return checks


def _latest(book: Book, code: str, field: str, on: date) -> Indicator | None:
    """The figure of the date, or of the last loaded edition before it."""
    held = book.indicator(code, field, on)
    if held is not None:
        return held
    earlier = [i for i in book.indicators(code) if i.field == field and i.span.end is not None and i.span.end < on]
    return max(earlier, key=lambda i: i.span.end or on, default=None)


def _modifiers(lines: Sequence[Line], book: Book, on: date) -> list[EditCheck]:
    said = []
    for line in lines:
        shown = ", ".join(line.modifiers)
        if line.plain_role == "add_on":
            multiple = book.indicator(line.code, "mult_proc_ind", on)
            never = "no 51" if multiple is not None and multiple.value == "0" else ""
            shown = ", ".join(text for text in (shown, never) if text)
        if shown:
            said.append(f"{shown} on {line.code}")
    return [EditCheck("Modifiers", "; ".join(said) or "none", "ok")]
