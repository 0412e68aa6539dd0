"""What the thinking needs from the code tables. The store implements it; tests may hand in a few rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Protocol

from encoder.core.codes import (
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
)
from encoder.core.edits.rules import EditRules

if TYPE_CHECKING:
    from encoder.core.reference import IcdEntry

PRACTITIONER = "practitioner"
HOSPITAL = "outpatient_hospital"


class Book(Protocol):
    """Read-only tables, every question asked with the date of service.

    A row may hold longer than the edition that it stands in answers. ``relations``, ``pairs`` and ``indicators`` show
    rows as they are; what judges many days at once asks for the same rows with the days on which they are read.
    """

    def code(self, code: str) -> Code | None:
        """The code as loaded, whatever its dates; None when no table names it."""

    def codes(self) -> Iterable[Code]:
        """Every CPT code of the book, in code order."""

    def row(self, table: str, key: tuple[str, ...], on: date) -> Row | None:
        """The one row of a lookup table for this key on this date; an unasked fact is an empty string in the key."""

    def rows(self, table: str) -> Iterable[Row]:
        """Every row of a lookup table, whatever its dates, in key order; empty for an unknown table."""

    def tables(self) -> Iterable[str]:
        """Names of all lookup tables."""

    def columns(self, table: str) -> tuple[str, ...]:
        """The facts that key a lookup table, in order; empty for an unknown table."""

    def relation(self, add_on: str, primary: str, on: date) -> Relation:
        """Allowed, barred or not listed, with the row that says so."""

    def relations(self, code: str) -> Iterable[RelationRow]:
        """Every add-on row that names the code, as add-on or as primary."""

    def relation_days(self, code: str) -> Iterable[tuple[Span, RelationRow]]:
        """Every add-on row that names the code, with the days on which ``relation`` reads it, in their order."""

    def pair(self, first: str, second: str, setting: str, on: date) -> Pair | None:
        """The edit between the two codes in either direction, in the table of the setting."""

    def pairs(self, code: str) -> Iterable[Pair]:
        """Every edit that names the code, both directions and settings."""

    def pair_days(self, code: str) -> Iterable[tuple[Span, Pair]]:
        """Every edit that names the code, with the days on which ``pair`` reads it."""

    def indicator(self, code: str, field: str, on: date) -> Indicator | None:
        """The figure of the edition that covers the date, else None."""

    def indicators(self, code: str) -> Iterable[Indicator]:
        """Every figure of a code, newest edition first."""

    def indicator_days(self, code: str) -> Iterable[tuple[Span, Indicator]]:
        """Every figure of a code, with the days on which ``indicator`` reads it, newest first."""

    def editions(self) -> Iterable[Edition]:
        """Every loaded edition of every table."""

    def diagnosis(self, code: str) -> Diagnosis | None:
        """An ICD-10-CM code of the scope, written with its point; a seventh character is not part of it."""

    def diagnoses(self, family: str) -> Iterable[Diagnosis]:
        """The ICD-10-CM codes of one family, in code order."""

    def icd_entry(self, code: str) -> IcdEntry | None:
        """An entry of the tabular list, written with or without its point, a seventh character included."""

    def book_editions(self) -> Iterable[Edition]:
        """The editions of the tables beside the decision, that list among them, and the dates they answer for."""

    def procedure(self, code: str) -> Procedure | None:
        """An ICD-10-PCS code of the scope."""

    def documentation(self, code: str) -> Iterable[DocumentFact]:
        """The facts the note must hold for a code, in reading order."""

    def sources(self) -> Iterable[Source]:
        """The source register."""

    def edit_rules(self) -> EditRules:
        """The rules of the claim check: words of the findings, modifiers, what goes with what."""

    def citations(self) -> Iterable[tuple[str, Cites]]:
        """What the rows of the code book beside the decision cite, each with the name of its row."""
