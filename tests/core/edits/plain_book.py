"""A book of a few rows, written in a test, with the shipped rules of the claim check."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from encoder.core.codes import (
    ALWAYS,
    Cites,
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
from encoder.core.reference import IcdEntry

CITES = ("manual#row",)
YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))
NOW = date(2026, 5, 1)
TABLES = ("cpt", "aoc", "ptp_practitioner", "ptp_hospital", "mue", "mue_hospital", "pfs", "opps", "icd10cm")


def a_code(code: str, category: str = "resection", area: str = "", span: Span = ALWAYS, replaced_by: str = "") -> Code:
    return Code(code, f"Work {code}", "Plain", "Any", area, category, "none", span, replaced_by, CITES)


def listed(add_on: str, primary: str, span: Span = ALWAYS, list_type: str = "1") -> RelationRow:
    kind = "contractor_defined" if primary in ("*", "CCCCC") else "allowed"
    return RelationRow(f"aoc:{add_on}>{primary}", add_on, primary, kind, "List", span, CITES, "", list_type)


def barred(add_on: str, primary: str, span: Span = ALWAYS) -> RelationRow:
    return RelationRow(f"bar:{add_on}>{primary}", add_on, primary, "barred", "Note", span, CITES, "")


def a_pair(one: str, two: str, indicator: str = "1", span: Span = YEAR, setting: str = "practitioner") -> Pair:
    return Pair(f"ptp:{one}>{two}@{span.start}", one, two, setting, indicator, "Why", span, CITES, "2026Q1")


def a_figure(code: str, name: str, value: str, span: Span = YEAR, edition: str = "2026") -> Indicator:
    return Indicator(code, name, value, edition, span, CITES)


def a_diagnosis(
    code: str, family: str = "tumour", side: str = "none", area: str = "", seventh: str = "", span: Span = YEAR
) -> Diagnosis:
    return Diagnosis(code, f"Disease {code}", family, side, area, seventh, "", span, CITES)


@dataclass
class PlainBook:
    """Everything asked is looked up in lists."""

    rules: EditRules
    held_codes: list[Code] = field(default_factory=list)
    held_relations: list[RelationRow] = field(default_factory=list)
    held_pairs: list[Pair] = field(default_factory=list)
    figures: list[Indicator] = field(default_factory=list)
    held_diagnoses: list[Diagnosis] = field(default_factory=list)
    covered: Span = YEAR
    spans: dict[str, list[Span]] = field(default_factory=dict)
    tables_loaded: tuple[str, ...] = TABLES
    partial: tuple[str, ...] = ()
    entries: list[IcdEntry] = field(default_factory=list)
    lists: list[Edition] = field(default_factory=list)

    def code(self, code: str) -> Code | None:
        return next((one for one in self.held_codes if one.code == code), None)

    def codes(self) -> Iterable[Code]:
        return self.held_codes

    def row(self, table: str, key: tuple[str, ...], on: date) -> Row | None:
        return None

    def rows(self, table: str) -> Iterable[Row]:
        return ()

    def tables(self) -> Iterable[str]:
        return ()

    def columns(self, table: str) -> tuple[str, ...]:
        return ()

    def relation(self, add_on: str, primary: str, on: date) -> Relation:
        rows = [row for row in self.held_relations if (row.add_on, row.primary) == (add_on, primary)]
        for state in (State.ALLOWED, State.BARRED):
            for row in rows:
                if row.kind == state and row.span.covers(on):
                    return Relation(add_on, primary, state, row)
        return Relation(add_on, primary, State.NOT_LISTED, None)

    def relations(self, code: str) -> Iterable[RelationRow]:
        return [row for row in self.held_relations if code in (row.add_on, row.primary)]

    def relation_days(self, code: str) -> Iterable[tuple[Span, RelationRow]]:
        return [(row.span, row) for row in self.relations(code)]

    def pair(self, first: str, second: str, setting: str, on: date) -> Pair | None:
        codes = {first, second}
        return next((p for p in self.pairs(first) if {p.column1, p.column2} == codes and p.span.covers(on)), None)

    def pairs(self, code: str) -> Iterable[Pair]:
        return [pair for pair in self.held_pairs if code in (pair.column1, pair.column2)]

    def pair_days(self, code: str) -> Iterable[tuple[Span, Pair]]:
        return [(pair.span, pair) for pair in self.pairs(code)]

    def indicator(self, code: str, field: str, on: date) -> Indicator | None:
        return next((f for f in self.indicators(code) if f.field == field and f.span.covers(on)), None)

    def indicators(self, code: str) -> Iterable[Indicator]:
        return [figure for figure in self.figures if figure.code == code]

    def indicator_days(self, code: str) -> Iterable[tuple[Span, Indicator]]:
        return [(figure.span, figure) for figure in self.indicators(code)]

    def editions(self) -> Iterable[Edition]:
        spans = {name: self.spans.get(name, [self.covered]) for name in self.tables_loaded}
        return [
            Edition(name, name.upper(), "2026", span, "", CITES, name not in self.partial)
            for name, held in spans.items()
            for span in held
        ]

    def diagnosis(self, code: str) -> Diagnosis | None:
        return next((one for one in self.held_diagnoses if one.code == code), None)

    def diagnoses(self, family: str) -> Iterable[Diagnosis]:
        return [one for one in self.held_diagnoses if one.family == family]

    def icd_entry(self, code: str) -> IcdEntry | None:
        return next((one for one in self.entries if one.code in (code, code.rstrip("X"))), None)

    def book_editions(self) -> Iterable[Edition]:
        return self.lists

    def procedure(self, code: str) -> Procedure | None:
        return None

    def documentation(self, code: str) -> Iterable[DocumentFact]:
        return ()

    def sources(self) -> Iterable[Source]:
        return ()

    def citations(self) -> Iterable[tuple[str, Cites]]:
        return ()

    def edit_rules(self) -> EditRules:
        return self.rules
