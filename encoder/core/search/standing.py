"""How a hit stands on a date of service: in force, not yet, no longer, or not a code that a claim can carry."""

from __future__ import annotations

from datetime import date

from encoder.core.codes import Span
from encoder.core.reference import IcdEntry, WholeBook
from encoder.core.search.found import Hit


def standing(hit: Hit, book: WholeBook, on: date) -> str:
    """A short sentence where the coder must look twice; empty where the code may be used on the date.

    A place in the tree always stands; a code that no table dates does too.
    """
    if hit.system == "icd10cm":
        entry = book.icd_entry(hit.code)
        return _of_icd(entry, on) if entry else ""
    if hit.system == "cpt":
        code = book.code(hit.code)
        return _of_span(code.span, on, code.replaced_by) if code else ""
    if hit.system == "icd10pcs":
        procedure, built = book.procedure(hit.code), book.procedure_tables().code(hit.code)
        span = procedure.span if procedure else built.row.span if built else None
    else:
        found = {"modifier": book.modifier, "pos": book.place, "hcpcs": book.supply}.get(hit.system)
        row = found(hit.code) if found else None
        span = row.span if row else None
    return _of_span(span, on) if span else ""


def _of_span(span: Span, on: date, replaced_by: str = "") -> str:
    if span.covers(on):
        return ""
    if span.start and on < span.start:
        return f"Not in force on {on}: it begins on {span.start}."
    instead = f"{replaced_by} took its place" if replaced_by else "no code is named in its place"
    return f"Not in force on {on}: it ended on {span.end}; {instead}."


def _of_icd(entry: IcdEntry, on: date) -> str:
    if not entry.span.covers(on):
        return _of_span(entry.span, on, " or ".join(entry.after))
    if entry.seventh:
        letters = ", ".join(letter for letter, _ in entry.seventh)
        return f"Needs a seventh character: {letters}."
    if not entry.billable(on):
        since = f" since {entry.changed_on}" if entry.change == "heading" else ""
        return f"A heading{since}: a claim needs a code below it."
    return ""
