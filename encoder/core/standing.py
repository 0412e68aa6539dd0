"""How a code stands on a date of service: in force, not yet, no longer, unknown, or no code that a claim can carry.

The end of the last loaded edition is not the end of a code, nor is the beginning of the first its beginning: a date
that no edition covers is said to be that.
"""

from __future__ import annotations

from datetime import date

from encoder.core.codes import Edition, Span
from encoder.core.page.evidence import dated
from encoder.core.reference import IcdEntry, WholeBook

_OWN_DAYS = "hcpcs"
"""The table whose rows carry the day on which each code was added, whatever edition they were read from."""
_TABLES = {"cpt": "cpt", "icd10cm": "icd10cm_list", "hcpcs": _OWN_DAYS, "modifier": "modifiers", "pos": "places"}


def standing(system: str, code: str, book: WholeBook, on: date) -> str:
    """A short sentence where the coder must look twice; empty where the code may be used on the date.

    A place in the tree always stands; a code that no table dates does too.
    """
    if system == "icd10cm":
        entry = book.icd_entry(code)
        return _of_icd(book, entry, on) if entry else ""
    if system == "icd10pcs":
        procedure, built = book.procedure(code), book.procedure_tables().code(code)
        if procedure is not None:
            return _of_span(book, "icd10pcs", procedure.span, on)
        return _of_span(book, "icd10pcs_tables", built.row.span, on) if built else ""
    if system == "cpt":
        held = book.code(code)
        return _of_span(book, "cpt", held.span, on, held.replaced_by) if held else ""
    found = {"modifier": book.modifier, "pos": book.place, "hcpcs": book.supply}.get(system)
    row = found(code) if found else None
    return _of_span(book, _TABLES[system], row.span, on) if row else ""


def _of_span(book: WholeBook, table: str, span: Span, on: date, replaced_by: str = "") -> str:
    editions = [each for each in (*book.editions(), *book.book_editions()) if each.table == table]
    covered = not editions or any(edition.span.covers(on) for edition in editions)
    first = min((edition.span.start or date.min for edition in editions), default=date.min)
    last = max((edition.span.end or date.max for edition in editions), default=date.max)
    if span.end and on > span.end and (covered or span.end < last):
        instead = f"{replaced_by} took its place" if replaced_by else "no code is named in its place"
        return f"Not in force on {on}: it ended on {span.end}; {instead}."
    if span.start and on < span.start and (span.start > first or table == _OWN_DAYS):
        return f"Not in force on {on}: it begins on {span.start}."
    return "" if covered else _uncovered(editions, on)


def _uncovered(editions: list[Edition], on: date) -> str:
    """Said of a date that no loaded edition covers, with the edition that is nearest to it."""
    near = min(editions, key=lambda edition: _days_off(edition.span, on))
    return f"No loaded edition covers {on}, so it is not known whether the code is in force: {dated(near)}."


def _days_off(span: Span, on: date) -> int:
    """How many days a date lies outside a span that does not cover it."""
    return min(abs((on - day).days) for day in (span.start, span.end) if day)


def _of_icd(book: WholeBook, entry: IcdEntry, on: date) -> str:
    undated = _of_span(book, _TABLES["icd10cm"], entry.span, on, " or ".join(entry.after))
    if undated:
        return undated
    if entry.seventh:
        letters = ", ".join(letter for letter, _ in entry.seventh)
        return f"Needs a seventh character: {letters}."
    if not entry.billable(on):
        since = f" since {entry.changed_on}" if entry.change == "heading" else ""
        return f"A heading{since}: a claim needs a code below it."
    return ""
