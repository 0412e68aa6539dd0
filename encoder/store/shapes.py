"""From a row of the code database to the noun the core thinks with; parameters stand in the order of the columns."""

from __future__ import annotations

import json
from datetime import date

from encoder.core.codes import (
    Code,
    Diagnosis,
    DocumentFact,
    Edition,
    Indicator,
    Pair,
    Procedure,
    RelationRow,
    Row,
    Source,
    Span,
)

Day = str | None  # YYYY-MM-DD; None is open


def span(start: Day, end: Day) -> Span:
    """The days of a row. Raises ValueError for a text that is no date."""
    return Span(date.fromisoformat(start) if start else None, date.fromisoformat(end) if end else None)


def code(
    code: str,
    title: str,
    plain: str,
    site: str,
    area: str,
    category: str,
    includes_graft: str,
    start: Day,
    end: Day,
    replaced_by: str | None,
    cites: str,
) -> Code:
    """A row of ``code``."""
    days = span(start, end)
    return Code(code, title, plain, site, area, category, includes_graft, days, replaced_by or "", tuple(cites.split()))


def relation(
    row_id: str,
    add_on: str,
    primary: str,
    kind: str,
    basis: str,
    start: Day,
    end: Day,
    cites: str,
    digest: str,
    list_type: str,
) -> RelationRow:
    """A row of ``relation``."""
    return RelationRow(row_id, add_on, primary, kind, basis, span(start, end), tuple(cites.split()), digest, list_type)


def columns(name: str, facts: str) -> tuple[str, tuple[str, ...]]:
    """A row of ``lookup_table``: its name and the facts that key it."""
    return name, tuple(json.loads(facts))


def row(
    row_id: str,
    table: str,
    key: str,
    code: str,
    say: str,
    warn: str,
    review: str,
    start: Day,
    end: Day,
    cites: str,
    digest: str,
) -> Row:
    """A row of ``lookup_row``."""
    facts, warnings = tuple(json.loads(key)), tuple(warn.split())
    return Row(row_id, table, facts, code, say, warnings, review, span(start, end), tuple(cites.split()), digest)


def pair(
    row_id: str,
    column1: str,
    column2: str,
    setting: str,
    indicator: str,
    rationale: str,
    start: Day,
    end: Day,
    cites: str,
    edition: str,
) -> Pair:
    """A row of ``pair``."""
    days = span(start, end)
    return Pair(row_id, column1, column2, setting, indicator, rationale, days, tuple(cites.split()), edition)


def indicator(code: str, field: str, value: str, edition: str, start: Day, end: Day, cites: str) -> Indicator:
    """A row of ``indicator``."""
    return Indicator(code, field, value, edition, span(start, end), tuple(cites.split()))


def edition(
    table: str, label: str, edition: str, start: Day, end: Day, note: str, cites: str, complete: int = 1
) -> Edition:
    """A row of ``edition``, or of ``book_edition``, which says whether it is complete."""
    return Edition(table, label, edition, span(start, end), note, tuple(cites.split()), bool(complete))


def diagnosis(
    code: str,
    title: str,
    family: str,
    laterality: str,
    area: str,
    seventh: str,
    note: str,
    start: Day,
    end: Day,
    cites: str,
) -> Diagnosis:
    """A row of ``diagnosis``."""
    return Diagnosis(code, title, family, laterality, area, seventh, note, span(start, end), tuple(cites.split()))


def procedure(
    code: str,
    title: str,
    operation: str,
    part: str,
    side: str,
    device: str,
    start: Day,
    end: Day,
    cites: str,
) -> Procedure:
    """A row of ``procedure``."""
    return Procedure(code, title, operation, part, side, device, span(start, end), tuple(cites.split()))


def document_fact(fact_id: str, code: str, label: str, say: str, question: str, cites: str) -> DocumentFact:
    """A row of ``documentation``."""
    return DocumentFact(fact_id, code, label, say, question, tuple(cites.split()))


def source(
    source_id: str, title: str, edition: str, start: Day, end: Day, place: str, confidence: str, note: str
) -> Source:
    """A row of ``source``."""
    return Source(source_id, title, edition, span(start, end), place, confidence, note)
