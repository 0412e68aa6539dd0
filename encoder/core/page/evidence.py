"""The row behind a statement: table, key, edition and dates, so that a reader can look it up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from encoder.core.book import HOSPITAL
from encoder.core.codes import Cites, Code, Diagnosis, Edition, Indicator, Pair, Procedure, RelationRow, Row, Span
from encoder.core.editions import EditionNote, editions_on, state_on
from encoder.core.page.lore import Confused, Lore, Service
from encoder.core.procedures import Built
from encoder.core.reference import IcdEntry, Modifier, Place, Supply, WholeBook
from encoder.core.tree.facts import diagnosis
from encoder.core.tree.model import Outcome, Tree

POS = "pos:"
"""Stands before the two digits of a place of service where a code is written."""
PAIR_TABLES = {HOSPITAL: "ptp_hospital"}
PRACTITIONER_PAIRS = "ptp_practitioner"
_PROCEDURE = 7  # characters of a code of ICD-10-PCS


@dataclass(frozen=True, slots=True)
class RowRef:
    """One row by name. ``edition`` is that of its table; None as a date is open."""

    table: str
    key: str
    edition: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence with the rows and citations it rests on."""

    say: str
    rows: tuple[RowRef, ...] = ()
    cites: Cites = ()


class Desk:
    """The tables, the tree and our own facts on one date of service: what every page and every answer reads from."""

    def __init__(self, book: WholeBook, tree: Tree, lore: Lore, on: date) -> None:
        self.book, self.tree, self.lore, self.on = book, tree, lore, on
        self.editions = {note.edition.table: note for note in editions_on(book, on)}
        self._beside = {edition.table: edition for edition in sorted(book.book_editions(), key=self._covering)}

    def _covering(self, edition: Edition) -> bool:
        return edition.span.covers(self.on)

    def on_date(self, on: date) -> Desk:
        """The same on another date."""
        return Desk(self.book, self.tree, self.lore, on)

    def _of(self, table: str) -> Edition | None:
        """The edition of a table that covers the date, or is nearest to it; None for an unknown table."""
        note = self.editions.get(table)
        return note.edition if note else self._beside.get(table)

    def edition(self, table: str) -> str:
        """The edition that covers the date, or is nearest to it, as text; empty for an unknown table."""
        edition = self._of(table)
        return edition.edition if edition else ""

    def edition_cites(self, table: str) -> Cites:
        """The citations of the edition of a table; none for an unknown table."""
        edition = self._of(table)
        return edition.cites if edition else ()

    def loaded(self, table: str) -> str:
        """What is loaded of a table, for a date that it does not cover: its edition and dates, or nothing."""
        edition = self._of(table)
        return dated(edition) if edition else "nothing"

    def notes(self, *tables: str) -> tuple[EditionNote, ...]:
        """The editions of some tables, in the order given."""
        beside = (self.editions.get(table) or self._beside_note(table) for table in tables)
        return tuple(note for note in beside if note is not None)

    def _beside_note(self, table: str) -> EditionNote | None:
        """The edition of a table beside the decision."""
        edition = self._beside.get(table)
        return EditionNote(edition, state_on(edition, self.on)) if edition else None

    def covers(self, table: str) -> bool:
        """Whether an edition of the table covers the date."""
        edition = self._of(table)
        return edition is not None and edition.span.covers(self.on)

    def diagnosis(self, written: str) -> Diagnosis | None:
        """The row of an ICD-10-CM code, with or without its seventh character; None when no table names it."""
        return diagnosis(self.book, written)

    def title(self, code: str) -> str:
        """Licensed text, our wording or public title of a code; empty when no table names it."""
        book = self.book
        official = book.official(code, self.on)
        if official:
            return official
        held = book.code(code) or book.procedure(code) or self.diagnosis(code) or book.supply(code)
        held_ = held or book.icd_entry(code) or book.modifier(code) or self.place(code) or self.built(code)
        return held_.title if held_ else ""

    def built(self, code: str) -> Built | None:
        """A code that the tables of ICD-10-PCS build, in the scope or not."""
        return self.book.procedure_tables().code(code) if len(code) == _PROCEDURE else None

    def place(self, written: str) -> Place | None:
        """A place of service, written ``pos:21``; its two digits alone may be a modifier."""
        mark, _, digits = written.partition(":")
        return self.book.place(digits) if f"{mark}:".lower() == POS else None

    def modifier(self, code: str) -> Modifier:
        """A modifier; without words where the book lacks it."""
        return self.book.modifier(code) or Modifier(code, "", "", False, "", "", Span(None, None), ())

    def _ref(self, table: str, key: str, span: Span, edition: str = "") -> RowRef:
        return RowRef(table, key, edition or self.edition(table), span.start, span.end)

    def code_row(self, code: Code) -> RowRef:
        """The row of a CPT code."""
        return self._ref("cpt", code.code, code.span)

    def diagnosis_row(self, row: Diagnosis) -> RowRef:
        """The row of an ICD-10-CM code."""
        return self._ref("icd10cm", row.code, row.span)

    def procedure_row(self, row: Procedure) -> RowRef:
        """The row of an ICD-10-PCS code."""
        return self._ref("icd10pcs", row.code, row.span)

    def relation_row(self, row: RelationRow) -> RowRef:
        """A row of the add-on table."""
        return self._ref("aoc", row.id, row.span)

    def pair_row(self, pair: Pair) -> RowRef:
        """A row of a table of code pairs."""
        return self._ref(PAIR_TABLES.get(pair.setting, PRACTITIONER_PAIRS), pair.id, pair.span)

    def figure_row(self, figure: Indicator) -> RowRef:
        """A published figure of a code."""
        meaning = self.lore.meanings.get(figure.field)
        table = meaning.table if meaning else "pfs"
        return self._ref(table, f"{figure.code}:{figure.field}", figure.span, figure.edition)

    def lookup_row(self, row: Row) -> RowRef:
        """A row of a lookup table of the tree."""
        return self._ref(row.table, row.id, row.span, self.tree.edition)

    def outcome_row(self, outcome: Outcome) -> RowRef:
        """An end of the tree."""
        return self._ref("tree", f"outcome:{outcome.id}", self.tree.span, self.tree.edition)

    def tree_row(self, key: str) -> RowRef:
        """Another part of the tree: a rule, a warning, a family."""
        return self._ref("tree", key, self.tree.span, self.tree.edition)

    @staticmethod
    def service_row(service: Service) -> RowRef:
        """A fact of our own about what a code holds."""
        return RowRef("services", service.id, "")

    @staticmethod
    def fact_row(fact: str) -> RowRef:
        """A fact of a documentation checklist."""
        return RowRef("documentation", fact, "")

    def modifier_row(self, code: str) -> RowRef:
        """A modifier."""
        return self._ref("modifiers", code, self.modifier(code).span)

    def place_row(self, row: Place) -> RowRef:
        """A place of service."""
        return self._ref("places", row.code, row.span)

    def supply_row(self, row: Supply) -> RowRef:
        """A code of HCPCS Level II."""
        return self._ref("hcpcs", row.code, row.span)

    def entry_row(self, row: IcdEntry) -> RowRef:
        """An entry of the whole tabular list of ICD-10-CM."""
        return self._ref("icd10cm_list", row.code, row.span)

    @staticmethod
    def confused_row(entry: Confused) -> RowRef:
        """An entry of what is often confused."""
        return RowRef("confused", entry.id, "")


def cites_of(*parts: Iterable[str]) -> Cites:
    """Citations in order, each once."""
    return tuple(dict.fromkeys(cite for part in parts for cite in part))


def dated(edition: Edition) -> str:
    """An edition with the dates it answers for: "Values 2026 July, 2026-01-01 to 2026-12-31"."""
    span = edition.span
    until = f"{span.start or 'the beginning'} to {span.end or 'now'}"
    return f"{edition.label} {edition.edition}, {until}"
