"""Diagnoses: whether each is complete and valid, and whether it goes with the lines that point to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from encoder.core.claim import letter
from encoder.core.codes import ICD_LIST, Diagnosis
from encoder.core.edits.findings import Finding, Fix, RowRef
from encoder.core.edits.ground import Ground
from encoder.core.edits.icd import Read

MOST_DIAGNOSES, MOST_POINTERS = 12, 4


def check_diagnoses(ground: Ground) -> Iterator[Finding]:
    """Every diagnosis by itself, then beside the lines that point to it."""
    found = ground.diagnoses
    for at, one in enumerate(found):
        yield from _form(ground, at, one)
        yield from _rules(ground, at, found)
    if len(found) > MOST_DIAGNOSES:
        yield ground.finding("dx_many", diagnoses=tuple(range(MOST_DIAGNOSES, len(found))))
    for place in ground.places:
        yield from _pointers(ground, place)
        yield from _side(ground, place, found)
        yield from _site(ground, place, found)


def _form(ground: Ground, at: int, one: Read) -> Iterator[Finding]:
    said = one.written
    if said in ground.claim.diagnoses[:at]:
        yield ground.finding("dx_repeated", diagnoses=(at,), value=said)
    if not one.key:
        note = ground.note(ICD_LIST, ground.first_day)
        sure = note is not None and note.state == "covers" and note.edition.complete
        rule = "dx_not_loaded" if one.fault == "dx_unknown" and not sure else one.fault
        yield ground.finding(rule, diagnoses=(at,), value=said)
        return
    if one.fault:
        yield ground.finding(one.fault, diagnoses=(at,), row=one.ref, cites=one.cites, value=said)
    if not ground.covered(one.table, ground.first_day):
        yield ground.finding("dx_uncovered", diagnoses=(at,), row=one.ref, value=said)
    elif not one.span.covers(ground.first_day):
        yield ground.finding("dx_not_valid", diagnoses=(at,), row=one.ref, cites=one.cites, value=said)


def _rules(ground: Ground, at: int, found: Sequence[Read]) -> Iterator[Finding]:
    """The rules of the table for one diagnosis, with the first line that points to it and fits."""
    one = found[at]
    families = {other.family for other in found}
    for rule in ground.rules.diagnoses:
        if not rule.matches(one.written, one.family) or not rule.span.covers(ground.first_day):
            continue
        if (rule.first and at > 0) or rule.absent & families:
            continue
        lines: tuple[int, ...] = ()
        if rule.field:
            fitting = (
                p for p in ground.places if at in ground.claim.pointed(p) and ground.has(p, rule.field, rule.value)
            )
            lines = tuple(fitting)[:1]
            if not lines:
                continue
        row = RowRef("edits", rule.id, "", rule.span)
        yield ground.finding(rule.rule, lines, diagnoses=(at,), row=row, cites=rule.cites, value=one.written)


def _pointers(ground: Ground, place: int) -> Iterator[Finding]:
    asked = ground.lines[place].pointers
    for at in asked:
        if at >= len(ground.claim.diagnoses):
            yield ground.finding("pointer_missing", (place,), value=letter(at))
    if len(asked) > MOST_POINTERS:
        yield ground.finding("pointers_many", (place,))


def _side(ground: Ground, place: int, found: Sequence[Read]) -> Iterator[Finding]:
    """The side of a line against the sides of its diagnoses; those of another part of the body are left out."""
    side = ground.side(place)
    pointed = ((at, found[at].row) for at in ground.claim.pointed(place) if not _apart(ground, found[at], place))
    near = [(at, row) for at, row in pointed if row is not None]
    sided = [(at, row) for at, row in near if found[at].side]
    if side in ("left", "right"):
        if sided and not any(found[at].side in (side, "both") for at, _ in sided):
            at, row = sided[0]
            fix = _sibling(ground, place, at, found[at], row)
            said, other = found[at].written, found[at].side
            yield ground.finding("dx_side", (place,), diagnoses=(at,), row=_ref(row), fix=fix, value=said, more=other)
        for at, row in near:
            fix = _sibling(ground, place, at, found[at], row) if row.laterality == "unspecified" else None
            if fix is not None:
                said = found[at].written
                yield ground.finding(
                    "dx_side_unspecified", (place,), diagnoses=(at,), row=_ref(row), fix=fix, value=said
                )
    elif not side and ground.area(place) and sided and not ground.add_on(place):
        yield _unsaid(ground, place, found, *sided[0])


def _unsaid(ground: Ground, place: int, found: Sequence[Read], at: int, row: Diagnosis) -> Finding:
    """A line without a side whose diagnosis names one; where it names just one, the modifier is offered."""
    modifier = {"left": "LT", "right": "RT"}.get(found[at].side)
    fix = None
    if modifier:
        added = ground.rules.ordered([*ground.lines[place].modifiers, modifier])
        fix = ground.modify(place, added, f"put {modifier} on line {place + 1}", needs_note=True)
    said = found[at].written
    return ground.finding("side_not_said", (place,), diagnoses=(at,), row=_ref(row), fix=fix, value=said)


def _site(ground: Ground, place: int, found: Sequence[Read]) -> Iterator[Finding]:
    """A line all of whose diagnoses name another part of the body."""
    pointed = ((at, found[at].row) for at in ground.claim.pointed(place))
    placed = [(at, row) for at, row in pointed if row is not None and row.area]
    if placed and all(_apart(ground, found[at], place) for at, _ in placed):
        at, row = placed[0]
        yield ground.finding("dx_site", (place,), diagnoses=(at,), row=_ref(row), value=found[at].written)


def _apart(ground: Ground, one: Read, place: int) -> bool:
    """Whether a diagnosis and a line are of parts of the body that do not go together."""
    held = ground.codes[place]
    return held is not None and any(
        (rule.diagnosis_area, rule.code_area) == (one.area, held.area)
        and (not rule.families or one.family in rule.families)
        and rule.category in ("", held.category)
        for rule in ground.rules.sites
    )


def _ref(row: Diagnosis) -> RowRef:
    return RowRef("icd10cm", row.code, "", row.span)


def _sibling(ground: Ground, place: int, at: int, one: Read, row: Diagnosis) -> Fix | None:
    """Use the same diagnosis of the side of the line, where the table has just one: it differs in one character.

    No fix where another line that points to the diagnosis has another side: it would be wrong for that one.
    """
    side = ground.side(place)
    if {ground.side(p) for p in ground.places if at in ground.claim.pointed(p)} - {"", side}:
        return None
    found = [
        other.code
        for other in ground.book.diagnoses(row.family)
        if (other.laterality, other.area) == (side, row.area) and _differ_once(other.code, row.code)
    ]
    return ground.diagnose(at, found[0] + one.written[len(row.code) :]) if len(found) == 1 else None


def _differ_once(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
