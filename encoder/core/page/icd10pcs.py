"""The pages of ICD-10-PCS: codes of the scope, and every other code that the tables build."""

from __future__ import annotations

from dataclasses import replace

from encoder.core.codes import Cites, Procedure
from encoder.core.page import others
from encoder.core.page.evidence import Desk, RowRef, Said
from encoder.core.page.model import Axis, CodePage, Linked
from encoder.core.page.panels import with_panels
from encoder.core.procedures import NONE, Built, PcsTables

CLAIM = "For the inpatient hospital claim; the surgeon's claim for the same operation is coded in CPT."
_SECTION = "Medical and surgical"
SYSTEMS = {
    "0P": "Upper bones",
    "0Q": "Lower bones",
    "0R": "Upper joints",
    "0S": "Lower joints",
    "0X": "Anatomical regions, upper extremities",
    "0Y": "Anatomical regions, lower extremities",
}


def procedure(desk: Desk, row: Procedure) -> CodePage:
    """The page of an inpatient procedure of the scope."""
    ref = (desk.procedure_row(row),)
    said = f"{row.operation} of {row.part}, {row.side}, device: {row.device}."
    made = replace(
        others.empty(desk, "icd10pcs", row.code, row.title),
        site=row.part,
        category=row.operation,
        valid=row.span.covers(desk.on),
        start=row.span.start,
        end=row.span.end,
        notes=(Said(said, ref, row.cites), Said(CLAIM, ref, row.cites)),
        cites=row.cites,
    )
    held = desk.book.procedure_tables().code(row.code)
    return with_panels(desk, _built(desk, made, held) if held is not None else made)


def built(desk: Desk, held: Built) -> CodePage:
    """The page of a code that the tables build, outside the scope of the tree."""
    ref, cites = (_row(desk, held),), held.row.cites
    outside = "It is outside the procedures that the questions of the case lead to."
    made = replace(
        others.empty(desk, "icd10pcs", held.code, held.title),
        site=held.values.part,
        category=held.values.operation,
        valid=held.row.span.covers(desk.on),
        start=held.row.span.start,
        end=held.row.span.end,
        notes=(Said(outside, ref, cites), Said(CLAIM, ref, cites)),
        cites=cites,
    )
    return with_panels(desk, _built(desk, made, held))


def _row(desk: Desk, held: Built) -> RowRef:
    span = held.row.span
    return RowRef("icd10pcs_tables", held.row.table, desk.edition("icd10pcs_tables"), span.start, span.end)


def _built(desk: Desk, made: CodePage, held: Built) -> CodePage:
    """The page with the meaning of each character, and the codes that differ from it in the side alone."""
    tables, cites = desk.book.procedure_tables(), held.row.cites
    return replace(
        made,
        axes=tuple(_axes(tables, held, cites)),
        below=tuple(Linked(each.code, each.title, "code", cites) for each in _other_sides(desk, tables, held)),
    )


def _axes(tables: PcsTables, held: Built, cites: Cites) -> list[Axis]:
    operation, wish = tables.operation(held.row.table), held.values
    part = wish.part if wish.side == NONE else f"{wish.part}, {wish.side}"
    said = (
        ("Section", _SECTION, ""),
        ("Body system", SYSTEMS[held.code[:2]], ""),
        ("Root operation", operation.label, operation.plain),
        ("Body part", part, ""),
        ("Approach", wish.approach, tables.value(held.row.table, "approach", held.code[4]).plain),
        ("Device", wish.device, ""),
        ("Qualifier", wish.qualifier, ""),
    )
    return [Axis(place, held.code[place - 1], *each, cites) for place, each in enumerate(said, 1)]


def _other_sides(desk: Desk, tables: PcsTables, held: Built) -> list[Built]:
    """The codes for the same work on another side of the body, on the date."""
    rows = tables.fitting(replace(held.values, side=""), desk.on)
    found = [each for row, values in rows for each in tables.codes(row, values)]
    return [each for each in found if each.code != held.code]
