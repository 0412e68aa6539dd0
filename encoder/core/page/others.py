"""The pages of the other code sets: diagnoses, inpatient procedures, modifiers, HCPCS Level II."""

from __future__ import annotations

from dataclasses import replace

from encoder.core.codes import Diagnosis, Procedure
from encoder.core.page.evidence import Desk, RowRef, Said
from encoder.core.page.model import CodePage, Mistaken
from encoder.core.page.panels import with_panels
from encoder.core.reference import IcdEntry, Modifier, Supply

PUBLIC = "the public title of the code set"
SIDES = {"right": "right side", "left": "left side", "bilateral": "both sides"}


def empty(desk: Desk, system: str, code: str, title: str) -> CodePage:
    """A page with its name alone."""
    return CodePage(
        system=system,
        code=code,
        title=title,
        plain="",
        wording=PUBLIC,
        picture="",
        site="",
        category="",
        on=desk.on,
        valid=True,
        start=None,
        end=None,
        chips=(),
        notes=(),
        held=(),
        guidelines=(),
        checks=(),
        modifiers=(),
        diagnoses=(),
        edits=(),
        add_ons=(),
        years=(),
        value_notes=(),
        figures=(),
        facility=(),
        history=(),
        mistaken=(),
        siblings=(),
        panels=(),
        cites=(),
    )


def mistaken(desk: Desk, code: str) -> tuple[Mistaken, ...]:
    """What is often confused about a code."""
    return tuple(
        Mistaken(entry.id, entry.claim, entry.said, entry.said_by, entry.says, entry.codes, entry.cites)
        for entry in desk.lore.confused_of(code)
    )


def diagnosis(desk: Desk, row: Diagnosis) -> CodePage:
    """The page of a diagnosis of the scope."""
    ref = (desk.diagnosis_row(row),)
    notes = [Said(f"{row.note}.".replace("..", "."), ref, row.cites)] if row.note else []
    if row.seventh:
        notes.append(Said(f"A seventh character is due: {row.seventh.replace(' ', ', ')}.", ref, row.cites))
    if row.laterality == "varies":
        notes.append(Said("A heading: it stands for the codes of the claim that begin with it.", ref, row.cites))
    elif row.laterality in SIDES:
        notes.append(Said(f"It names the {SIDES[row.laterality]}; LT and RT on the line must agree.", ref, row.cites))
    elif row.laterality == "none":
        notes.append(Said("It has no side; LT or RT on the line carries it.", ref, row.cites))
    made = replace(
        empty(desk, "icd10cm", row.code, row.title),
        site=row.area.replace("_", " "),
        category=row.family,
        valid=row.span.covers(desk.on),
        start=row.span.start,
        end=row.span.end,
        notes=(*notes, *_tabular(desk, row.code, ref)),
        mistaken=mistaken(desk, row.code),
        siblings=tuple(other.code for other in desk.book.diagnoses(row.family) if other.code != row.code),
        cites=row.cites,
    )
    return with_panels(desk, made)


def procedure(desk: Desk, row: Procedure) -> CodePage:
    """The page of an inpatient procedure."""
    ref = (desk.procedure_row(row),)
    said = f"{row.operation} of {row.part}, {row.side}, device: {row.device}."
    made = replace(
        empty(desk, "icd10pcs", row.code, row.title),
        site=row.part,
        category=row.operation,
        valid=row.span.covers(desk.on),
        start=row.span.start,
        end=row.span.end,
        notes=(
            Said(said, ref, row.cites),
            Said(
                "For the inpatient hospital claim; the surgeon's claim for the same operation is coded in CPT.",
                ref,
                row.cites,
            ),
        ),
        cites=row.cites,
    )
    return with_panels(desk, made)


def beside(desk: Desk, code: str) -> CodePage | None:
    """The page of a modifier, of a code of HCPCS Level II, or of a diagnosis outside the scope."""
    modifier, supply, entry = desk.book.modifier(code), desk.book.supply(code), desk.book.icd_entry(code)
    if modifier is not None:
        made = _used(desk, "modifier", modifier, desk.modifier_row(code))
        return with_panels(desk, made)
    if supply is not None:
        made = _used(desk, "hcpcs", supply, desk.supply_row(supply))
        return with_panels(desk, replace(made, plain=supply.plain, category=supply.kind))
    return _entry(desk, entry) if entry is not None else None


def _used(desk: Desk, system: str, held: Modifier | Supply, ref: RowRef) -> CodePage:
    """A code that says when it is used and when not."""
    notes = (
        Said(f"Use: {held.use.rstrip('.')}.", (ref,), held.cites),
        Said(f"Do not use: {held.not_for.rstrip('.')}.", (ref,), held.cites),
    )
    return replace(
        empty(desk, system, held.code, held.title),
        wording="ours",
        valid=held.span.covers(desk.on),
        start=held.span.start,
        end=held.span.end,
        notes=notes,
        mistaken=mistaken(desk, held.code),
        cites=held.cites,
    )


def _entry(desk: Desk, entry: IcdEntry) -> CodePage:
    """An entry of the whole tabular list: outside the diagnoses that the product answers for."""
    ref = (desk.entry_row(entry),)
    notes = [Said("It is outside the diagnoses that the product answers for.", ref, entry.cites)]
    if entry.seventh:
        letters = ", ".join(letter for letter, _ in entry.seventh)
        notes.append(Said(f"A seventh character is due: {letters}.", ref, entry.cites))
    made = replace(
        empty(desk, "icd10cm", entry.code, entry.title),
        category=entry.kind,
        valid=entry.billable(desk.on),
        start=entry.span.start,
        end=entry.span.end,
        notes=(*notes, *_tabular(desk, entry.code, ref)),
        siblings=tuple(below.code for below in desk.book.icd_below(entry.code)),
        cites=entry.cites,
    )
    return with_panels(desk, made)


def _tabular(desk: Desk, code: str, ref: tuple[RowRef, ...]) -> tuple[Said, ...]:
    """The notes of the tabular list that hold for a diagnosis, its own first."""
    entry = desk.book.icd_entry(code)
    cites = entry.cites if entry is not None else ()
    return tuple(
        Said(f"{note.kind.replace('_', ' ').capitalize()} ({note.code}): {note.text}", ref, cites)
        for note in desk.book.icd_notes(code)
    )
