"""The pages of ICD-10-CM: diagnoses of the scope, and every other entry of the tabular list, with notes and place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from encoder.core.codes import Diagnosis
from encoder.core.page import others
from encoder.core.page.evidence import Desk, RowRef, Said
from encoder.core.page.model import CodePage, Linked, ListNote, Seventh
from encoder.core.page.panels import with_panels
from encoder.core.reference import IcdEntry

NOTES = {
    "inclusion_term": "Also called",
    "includes": "Includes",
    "excludes1": "Excludes1: never coded with it",
    "excludes2": "Excludes2: not part of it, may be coded with it",
    "code_first": "Code first",
    "use_additional": "Use an additional code",
    "code_also": "Code also",
    "seventh_note": "Seventh character",
    "note": "Note",
}
"""What the notes of the tabular list are called here, in reading order."""
SIDES = {"right": "right side", "left": "left side", "bilateral": "both sides"}


def diagnosis(desk: Desk, row: Diagnosis, written: str) -> CodePage:
    """The page of a diagnosis of the scope; ``written`` may be the code with its seventh character."""
    ref = (desk.diagnosis_row(row),)
    entry = desk.book.icd_entry(written)
    whole = entry if entry is not None and row.seventh and written != row.code and not entry.seventh else None
    code = whole.code if whole is not None else row.code
    made = replace(
        others.empty(desk, "icd10cm", code, whole.title if whole is not None else row.title),
        site=row.area.replace("_", " "),
        category=row.family,
        valid=row.span.covers(desk.on),
        start=row.span.start,
        end=row.span.end,
        notes=tuple(_of_scope(row, ref, whole=whole is not None)),
        mistaken=others.mistaken(desk, row.code),
        siblings=tuple(other.code for other in desk.book.diagnoses(row.family) if other.code != row.code),
        cites=row.cites,
    )
    return with_panels(desk, _placed(desk, made, row.code))


def _of_scope(row: Diagnosis, ref: tuple[RowRef, ...], *, whole: bool) -> Iterator[Said]:
    if row.note:
        yield Said(f"{row.note.rstrip('.')}.", ref, row.cites)
    if row.seventh and not whole:
        yield Said(f"A seventh character is due: {row.seventh.replace(' ', ', ')}.", ref, row.cites)
    if row.laterality == "varies":
        yield Said("A heading: it stands for the codes of the claim that begin with it.", ref, row.cites)
    elif row.laterality in SIDES:
        yield Said(f"It names the {SIDES[row.laterality]}; LT and RT on the line must agree.", ref, row.cites)
    elif row.laterality == "none":
        yield Said("It has no side; LT or RT on the line carries it.", ref, row.cites)


def entry(desk: Desk, held: IcdEntry) -> CodePage:
    """The page of an entry of the tabular list, outside the diagnoses that the product answers for."""
    ref = (desk.entry_row(held),)
    notes = [Said("It is outside the diagnoses that the product answers for.", ref, held.cites)]
    if held.seventh:
        letters = ", ".join(letter for letter, _ in held.seventh)
        notes.append(Said(f"A seventh character is due: {letters}.", ref, held.cites))
    made = replace(
        others.empty(desk, "icd10cm", held.code, held.title),
        category=held.kind,
        valid=held.billable(desk.on),
        start=held.span.start,
        end=held.span.end,
        notes=tuple(notes),
        cites=held.cites,
    )
    return with_panels(desk, _placed(desk, made, held.code))


def _placed(desk: Desk, made: CodePage, code: str) -> CodePage:
    """The page with what the tabular list holds: notes, seventh characters, what stands above and below."""
    held = desk.book.icd_entry(code)
    if held is None:
        return made
    row, cites = desk.entry_row(held), held.cites
    found = tuple(desk.book.icd_notes(code))
    order, near = list(NOTES), list(dict.fromkeys(note.code for note in found))
    notes = sorted(found, key=lambda note: (near.index(note.code), order.index(note.kind)))
    above: list[Linked] = []
    parent = desk.book.icd_entry(held.parent) if held.parent else None
    while parent is not None:
        above.insert(0, Linked(parent.code, parent.title, parent.kind, cites))
        parent = desk.book.icd_entry(parent.parent) if parent.parent else None
    return replace(
        made,
        tabular=tuple(ListNote(note.code, note.kind, NOTES[note.kind], note.text, cites, row) for note in notes),
        sevenths=tuple(Seventh(letter, means, cites) for letter, means in held.seventh),
        above=tuple(above),
        below=tuple(Linked(each.code, each.title, each.kind, cites) for each in desk.book.icd_below(held.code)),
    )
