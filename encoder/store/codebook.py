"""The tables of the decision: they answer ``encoder.core.book.Book``.

Small tables are read once, when they are first asked for; pairs, indicators and diagnoses are fetched as needed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property, lru_cache
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from encoder.core.codes import (
    Code,
    Diagnosis,
    DocumentFact,
    Edition,
    Indicator,
    Pair,
    Procedure,
    Relation,
    RelationRow,
    Row,
    Source,
    Span,
    State,
)
from encoder.core.edits.rules import EditRules
from encoder.store import shapes
from encoder.store.database import ENGINE, REMEDY, SCHEMA_VERSION
from encoder.store.edit_rules import read_edit_rules
from encoder.store.reference import ReferenceTables

if TYPE_CHECKING:
    from decimal import Decimal

    from encoder.core.fees import Locality, Values

__all__ = ["ENGINE", "REMEDY", "SCHEMA_VERSION", "Codebook"]
__all__ = ["ENGINE", "REMEDY", "SCHEMA_VERSION", "STRICTEST", "Codebook"]

_SIZES = {
    "cpt": "SELECT count(*) FROM code",
    "aoc": "SELECT count(*) FROM relation WHERE kind <> 'barred'",
    "ptp_practitioner": "SELECT count(*) FROM pair WHERE setting = 'practitioner'",
    "ptp_hospital": "SELECT count(*) FROM pair WHERE setting = 'outpatient_hospital'",
    "icd10cm": "SELECT count(*) FROM diagnosis",
    "icd10pcs": "SELECT count(*) FROM procedure",
}
"""What counts the rows of a table of which there is one edition."""
_FIGURES = {
    "pfs": "work_rvu",
    "mue": "mue_practitioner",
    "mue_hospital": "mue_outpatient_hospital",
    "opps": "opps_si",
    "asc": "asc_pi",
}
"""The figure that every code of a table has, in each of its editions."""
_FIGURE_SIZE = "SELECT count(DISTINCT code) FROM indicator WHERE field = ? AND from_date BETWEEN ? AND ?"
STRICTEST = attrgetter("indicator", "column1", "column2")
"""Of several edits in force between two codes the strictest answers."""


class _Dated(Protocol):
    @property
    def span(self) -> Span: ...


_AnyDated = TypeVar("_AnyDated", bound=_Dated)


def _first(rows: Iterable[_AnyDated], on: date) -> _AnyDated | None:
    """The first row that holds on the date."""
    return next((row for row in rows if row.span.covers(on)), None)


class Codebook(ReferenceTables):
    """The tables of one code database: those of the decision; ``ReferenceTables`` has those beside it."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        super().__init__(connection, path)
        self._indicators_of = lru_cache(maxsize=512)(self._read_indicators)
        self._pairs_of = lru_cache(maxsize=256)(self._read_pairs)
        self._beside_of = lru_cache(maxsize=256)(self._pairs_beside)
        self._diagnosis_of = lru_cache(maxsize=512)(self._read_diagnosis)
        self._family_of = lru_cache(maxsize=64)(self._read_family)

    def code(self, code: str) -> Code | None:
        """The code as loaded, whatever its dates; None when no table names it."""
        return self._codes.get(code)

    def codes(self) -> Iterable[Code]:
        """Every CPT code of the book, in code order."""
        return self._codes.values()

    def row(self, table: str, key: tuple[str, ...], on: date) -> Row | None:
        """The one row of a lookup table for this key on this date; an unasked fact is an empty string in the key."""
        return _first(self._rows.get(table, {}).get(key, ()), on)

    def rows(self, table: str) -> Iterable[Row]:
        """Every row of a lookup table, whatever its dates, in key order; empty for an unknown table."""
        return [row for _, rows in sorted(self._rows.get(table, {}).items()) for row in rows]

    def tables(self) -> Iterable[str]:
        """Names of all lookup tables."""
        return self._columns.keys()

    def columns(self, table: str) -> tuple[str, ...]:
        """The facts that key a lookup table, in order; empty for an unknown table."""
        return self._columns.get(table, ())

    def relation(self, add_on: str, primary: str, on: date) -> Relation:
        """Allowed, barred or not listed, with the row that says so.

        A bar that ended before the date decides nothing; the latest of them is handed over as ``withdrawn``.
        """
        rows = self._relation_rows(add_on, primary, on)
        for state in (State.ALLOWED, State.BARRED):
            row = _first((row for row in rows if row.kind == state), on)
            if row:
                return Relation(add_on, primary, state, row)
        ended = [row for row in rows if row.kind == State.BARRED and row.span.end is not None and row.span.end < on]
        return Relation(add_on, primary, State.NOT_LISTED, None, ended[-1] if ended else None)

    def relations(self, code: str) -> Iterable[RelationRow]:
        """Every add-on row that names the code, as add-on or as primary."""
        return [row for names, rows in self._relations.items() if code in names for row in rows]

    def relation_days(self, code: str) -> Iterable[tuple[Span, RelationRow]]:
        """Every add-on row that names the code, with the days on which ``relation`` reads it, in their order."""
        return [(row.span, row) for row in Codebook.relations(self, code)]

    def pair(self, first: str, second: str, setting: str, on: date) -> Pair | None:
        """The edit between the two codes in either direction, in the table of the setting.

        The copy of the edits has lost their first days: a pair without dates is given for every date, and the
        edition of the table says for which dates that is sure.
        """
        between = self._beside_of(second).get(first, ())
        held = [pair for pair in between if pair.setting == setting and pair.span.covers(on)]
        return min(held, key=STRICTEST, default=None)

    def pairs(self, code: str) -> Iterable[Pair]:
        """Every edit that names the code, both directions and settings."""
        return self._pairs_of(code)

    def pair_days(self, code: str) -> Iterable[tuple[Span, Pair]]:
        """Every edit that names the code, with the days on which ``pair`` reads it."""
        return [(pair.span, pair) for pair in self._pairs_of(code)]

    def indicator(self, code: str, field: str, on: date) -> Indicator | None:
        """The figure of the edition that covers the date, else None."""
        return _first((figure for figure in self._indicators_of(code) if figure.field == field), on)

    def indicators(self, code: str) -> Iterable[Indicator]:
        """Every figure of a code, newest edition first."""
        return self._indicators_of(code)

    def values(self, code: str, modifier: str, on: date) -> Values | None:
        """The relative values of a code on a date, without the expense outside a facility; none by modifier."""
        from encoder.store.edition_rows import values_of

        fields = ("status", "work_rvu", "facility_pe_rvu", "mp_rvu")
        figures = {name: self.indicator(code, name, on) for name in fields}
        row = None if modifier else {name: figure.value for name, figure in figures.items() if figure}
        return values_of(code, modifier, row) if row else None

    def factor(self, on: date) -> Decimal | None:
        """The conversion factor of a date, for who takes part in no advanced payment model."""
        from decimal import Decimal

        names = ("conversion_factor", "conversion_factor_non_apm")
        figures = (self.indicator("*", name, on) for name in names)
        return next((Decimal(figure.value) for figure in figures if figure), None)

    def localities(self, on: date) -> tuple[Locality, ...]:
        """The payment localities of a date: the bundled tables hold none."""
        return ()

    def indicator_days(self, code: str) -> Iterable[tuple[Span, Indicator]]:
        """Every figure of a code, with the days on which ``indicator`` reads it, newest first."""
        return [(figure.span, figure) for figure in self._indicators_of(code)]

    def editions(self) -> Iterable[Edition]:
        """Every loaded edition of every table."""
        return self._editions

    def diagnosis(self, code: str) -> Diagnosis | None:
        """An ICD-10-CM code of the scope, written with its point; a seventh character is not part of it.

        Families that the scope keeps as a heading answer for the codes below it: S42.211A finds S42.2.
        """
        return self._diagnosis_of(code)

    def diagnoses(self, family: str) -> Iterable[Diagnosis]:
        """The ICD-10-CM codes of one family, in code order."""
        return self._family_of(family)

    def procedure(self, code: str) -> Procedure | None:
        """An ICD-10-PCS code of the scope."""
        return self._procedures.get(code)

    def documentation(self, code: str) -> Iterable[DocumentFact]:
        """The facts the note must hold for a code, in reading order: those of its category, then its own."""
        known = self._codes.get(code)
        subjects = (f"category:{known.category}" if known else "", code)
        return [fact for subject in subjects for fact in self._documentation if fact.code == subject]

    def sources(self) -> Iterable[Source]:
        """The source register."""
        return self._sources

    def size(self, edition: Edition) -> int:
        """How many rows, or codes with a figure, of the scope a bundled edition holds; 0 for another table."""
        days = (str(edition.span.start or ""), str(edition.span.end or ""))
        if edition.table in _FIGURES:
            return sum(self.read(_FIGURE_SIZE, (_FIGURES[edition.table], *days), int))
        return sum(self.read(_SIZES[edition.table], (), int)) if edition.table in _SIZES else 0

    def edit_rules(self) -> EditRules:
        """The rules of the claim check: words of the findings, modifiers, what goes with what."""
        return self._edit_rules

    def _relation_rows(self, add_on: str, primary: str, on: date) -> Sequence[RelationRow]:
        """The rows that speak on the date of one add-on beside one primary."""
        return self._relations.get((add_on, primary), [])

    @cached_property
    def _codes(self) -> dict[str, Code]:
        sql = """SELECT code, title, plain, site, area, category, includes_graft, from_date, until_date, replaced_by,
                 cites FROM code ORDER BY code"""
        return {code.code: code for code in self.read(sql, (), shapes.code)}

    @cached_property
    def _relations(self) -> dict[tuple[str, str], list[RelationRow]]:
        sql = """SELECT row_id, add_on, primary_code, kind, basis, from_date, until_date, cites, hash, list_type
                 FROM relation ORDER BY add_on, primary_code, from_date"""
        found: dict[tuple[str, str], list[RelationRow]] = {}
        for row in self.read(sql, (), shapes.relation):
            found.setdefault((row.add_on, row.primary), []).append(row)
        return found

    @cached_property
    def _columns(self) -> dict[str, tuple[str, ...]]:
        sql = "SELECT name, columns FROM lookup_table ORDER BY name"
        return dict(self.read(sql, (), shapes.columns))

    @cached_property
    def _rows(self) -> dict[str, dict[tuple[str, ...], list[Row]]]:
        sql = """SELECT row_id, table_name, key, code, say, warn, review, from_date, until_date, cites, hash
                 FROM lookup_row ORDER BY table_name, from_date"""
        found: dict[str, dict[tuple[str, ...], list[Row]]] = {}
        for row in self.read(sql, (), shapes.row):
            found.setdefault(row.table, {}).setdefault(row.key, []).append(row)
        return found

    @cached_property
    def _editions(self) -> tuple[Edition, ...]:
        sql = """SELECT table_name, label, edition, from_date, until_date, note, cites, 0 FROM edition
                 ORDER BY position"""  # our part of each table, never all of it
        return self.read(sql, (), shapes.edition)

    @cached_property
    def _procedures(self) -> dict[str, Procedure]:
        sql = """SELECT code, title, operation, part, side, device, from_date, until_date, cites
                 FROM procedure ORDER BY code"""
        return {procedure.code: procedure for procedure in self.read(sql, (), shapes.procedure)}

    @cached_property
    def _documentation(self) -> tuple[DocumentFact, ...]:
        sql = "SELECT id, code, label, say, question, cites FROM documentation ORDER BY position"
        return self.read(sql, (), shapes.document_fact)

    @cached_property
    def _sources(self) -> tuple[Source, ...]:
        sql = """SELECT id, title, edition, from_date, until_date, place, confidence, note
                 FROM source ORDER BY position"""
        return self.read(sql, (), shapes.source)

    @cached_property
    def _edit_rules(self) -> EditRules:
        return read_edit_rules(self.read)

    def _pairs_beside(self, code: str) -> dict[str, list[Pair]]:
        """The edits of a code by the other one: the tree asks for one code beside each of its primaries."""
        found: dict[str, list[Pair]] = {}
        for pair in self._pairs_of(code):
            found.setdefault(pair.column2 if pair.column1 == code else pair.column1, []).append(pair)
        return found

    def _read_pairs(self, code: str) -> tuple[Pair, ...]:
        sql = """SELECT row_id, column1, column2, setting, modifier_indicator, rationale, from_date, until_date, cites,
                 edition FROM pair WHERE column1 = ? OR column2 = ? ORDER BY column1, column2, setting"""
        return self.read(sql, (code, code), shapes.pair)

    def _read_indicators(self, code: str) -> tuple[Indicator, ...]:
        sql = """SELECT code, field, value, edition, from_date, until_date, cites
                 FROM indicator WHERE code = ? ORDER BY from_date DESC, field"""
        return self.read(sql, (code,), shapes.indicator)

    def _read_diagnosis(self, code: str) -> Diagnosis | None:
        sql = """SELECT code, title, family, laterality, area, seventh, note, from_date, until_date, cites
                 FROM diagnosis WHERE code = ? OR (laterality = 'varies' AND code = substr(?, 1, length(code)))
                 ORDER BY length(code) DESC LIMIT 1"""
        return next(iter(self.read(sql, (code, code), shapes.diagnosis)), None)

    def _read_family(self, family: str) -> tuple[Diagnosis, ...]:
        sql = """SELECT code, title, family, laterality, area, seventh, note, from_date, until_date, cites
                 FROM diagnosis WHERE family = ? ORDER BY code"""
        return self.read(sql, (family,), shapes.diagnosis)
