"""The code database with the user's imported editions before it: the book that commands and window open.

For a date of service the imported edition that covers it answers for its table, newest release first, and the bundled
table is not asked. Where no edition of either covers the date, code pairs and the add-on list are answered by the one
that ends last, and ``editions`` says that it is older; figures are then not given at all. Our own rows beside the
published list, the bars of the code book, stay whatever list is imported. Without imports this costs one look at a
folder: what reads editions is loaded with the first of them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from encoder.core.book import HOSPITAL, PRACTITIONER
from encoder.core.codes import (
    ICD_LIST,
    ICD_SCOPE,
    Diagnosis,
    Edition,
    Indicator,
    Pair,
    Procedure,
    RelationRow,
    Source,
    Span,
)
from encoder.store.codebook import STRICTEST, Codebook

if TYPE_CHECKING:
    from encoder.core.fees import Locality, Values
    from encoder.core.reference import IcdEntry
    from encoder.store.edition_rows import Descriptor, IcdRow, Rows
    from encoder.store.editions import Held, Shelf

PAIR_TABLES = {PRACTITIONER: "ptp_practitioner", HOSPITAL: "ptp_hospital"}
_Coded = TypeVar("_Coded", Diagnosis, Procedure, "IcdEntry")
_AnyRow = TypeVar("_AnyRow", Pair, RelationRow, Indicator)


class Library(Codebook):
    """A code database and a shelf of editions; who changes the shelf calls ``again`` before and after."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        super().__init__(connection, path)
        self._folder: Path | None = None
        self._opened: dict[str, Rows] = {}
        self._answers: dict[tuple[str, date], Rows | None] = {}
        self._naming: dict[str, list[RelationRow]] = {}
        self._beside: dict[tuple[str, str, str], list[RelationRow]] = {}
        self._answered: dict[str, list[Span]] = {}
        self._listing: dict[str, list[tuple[Span, RelationRow]]] = {}
        self._figuring: dict[str, list[tuple[Span, Indicator]]] = {}

    @classmethod
    def open(cls, path: Path, folder: Path | None = None) -> Library:
        """Open the database, and the editions of a folder if there are any.

        Raises:
            DataError: as for the code database.
        """
        book = super().open(path)
        assert isinstance(book, Library)
        book._folder = folder
        return book

    @cached_property
    def shelf(self) -> Shelf:
        """The imported editions."""
        from encoder.store.editions import Shelf

        return Shelf(self._folder)

    @cached_property
    def _bare(self) -> bool:
        """Whether nothing was ever imported, so that the bundled tables answer for all."""
        return "shelf" not in vars(self) and (self._folder is None or not self._folder.is_dir())

    def beside(self, held: Held) -> Library:
        """The same database with one more edition, for a comparison; it is let go of with ``again``, not closed."""
        book = Library(self._connection, self._path)
        book.shelf = self.shelf.beside(held)
        return book

    def without(self, held: Held) -> Library:
        """The same database as if one edition were not there, for a comparison; let go of with ``again`` too."""
        book = Library(self._connection, self._path)
        book.shelf = self.shelf.without(held)
        return book

    def twin(self) -> Library:
        """The same files opened once more, for work in another thread."""
        return Library.open(self._path, self._folder)

    def close(self) -> None:
        """Let go of all files."""
        self.again()
        super().close()

    def again(self) -> None:
        """Forget the editions: the folder has changed, or is about to."""
        for rows in self._opened.values():
            rows.close()
        self._opened.clear()
        remembered = self._answers, self._naming, self._beside, self._answered, self._listing, self._figuring
        for answers in remembered:
            answers.clear()
        vars(self).pop("_bare", None)
        if "shelf" in vars(self):
            self.shelf.again()

    def faults(self) -> tuple[str, ...]:
        """What is wrong with the imported editions, a sentence each."""
        return () if self._bare else self.shelf.faults()

    def editions(self) -> Iterable[Edition]:
        """Every edition, imported ones first and newest first."""
        bundled = super().editions()
        return bundled if self._bare else [*(held.as_edition() for held in self.shelf.in_use()), *bundled]

    def bundled(self) -> Iterable[Edition]:
        """The editions of the code database alone."""
        return super().editions()

    def sources(self) -> Iterable[Source]:
        """The source register, and every imported edition."""
        register = super().sources()
        return register if self._bare else [*register, *(held.as_source() for held in self.shelf.in_use())]

    def pair(self, first: str, second: str, setting: str, on: date) -> Pair | None:
        """The edit in force on the date between the two codes in either direction, in the table of the setting."""
        rows = self._answering(PAIR_TABLES[setting], on)
        if rows is None:
            return super().pair(first, second, setting, on)
        found = [pair for pair in rows.pairs_between(first, second) if pair.span.covers(on)]
        return min(found, key=STRICTEST, default=None)

    def pairs(self, code: str) -> Iterable[Pair]:
        """Every edit that names the code, both directions and settings, ended ones of imported editions too."""
        bundled = super().pairs(code)
        if self._bare:
            return bundled
        made: list[Pair] = []
        for setting, kind in PAIR_TABLES.items():
            newest = self.shelf.of(kind)[:1]
            made += [pair for held in newest for pair in self._open(held).pairs_of(code)]
            made += [] if newest else [pair for pair in bundled if pair.setting == setting]
        return made

    def pair_days(self, code: str) -> Iterable[tuple[Span, Pair]]:
        """Every edit that names the code, with the days on which ``pair`` reads it."""
        bundled = super().pair_days(code)
        if self._bare:
            return bundled
        made: list[tuple[Span, Pair]] = []
        for setting, kind in PAIR_TABLES.items():
            ours = [(days, pair) for days, pair in bundled if pair.setting == setting]
            for stretch in self._stretches(kind):
                rows = self._answering(kind, stretch.start or date.min)
                theirs = ours if rows is None else ((pair.span, pair) for pair in rows.pairs_of(code))
                made += _within(stretch, theirs)
        return made

    def relations(self, code: str) -> Iterable[RelationRow]:
        """Every add-on row that names the code: of imported lists, of the bundled one while it answers, our bars."""
        if self._bare or not self.shelf.of("aoc"):
            return super().relations(code)
        if code not in self._naming:
            self._naming[code] = list(self._naming_rows(code))
        return self._naming[code]

    def _naming_rows(self, code: str) -> Iterator[RelationRow]:
        lists = self.shelf.of("aoc")
        found = {
            (row.add_on, row.primary, row.span.start): row
            for held in reversed(lists)
            for row in self._open(held).relations_of(code)
        }
        answers = self._bundled_end("aoc") > (lists[0].own.end or date.max)
        for row in super().relations(code):
            if row.kind == "barred" or (answers and (row.add_on, row.primary, row.span.start) not in found):
                yield row
        yield from found.values()

    def relation_days(self, code: str) -> Iterable[tuple[Span, RelationRow]]:
        """Every add-on row that names the code, with the days on which ``relation`` reads it, in their order."""
        bundled = super().relation_days(code)
        if self._bare or not self.shelf.of("aoc"):
            return bundled
        if code not in self._listing:
            made: dict[str, list[tuple[Span, RelationRow]]] = {}
            for stretch in self._stretches("aoc"):
                rows = self._answering("aoc", stretch.start or date.min)
                ours = ((days, row) for days, row in bundled if row.kind != "barred")
                theirs = ours if rows is None else ((row.span, row) for row in rows.relations_of(code))
                for days, row in _within(stretch, theirs):
                    held = made.setdefault(row.id, [])
                    before = held[-1][0] if held else None
                    if before and before.end and days.start == before.end + timedelta(1):
                        held[-1] = Span(before.start, days.end), row  # the next list has the row too
                    else:
                        held.append((days, row))
            bars = [(days, row) for days, row in bundled if row.kind == "barred"]
            listed = [one for held in made.values() for one in held]
            self._listing[code] = [*bars, *sorted(listed, key=lambda one: one[0].start or date.min)]
        return self._listing[code]

    def _relation_rows(self, add_on: str, primary: str, on: date) -> Sequence[RelationRow]:
        rows = self._answering("aoc", on)
        if rows is None:
            return super()._relation_rows(add_on, primary, on)
        key = (rows.held.id, add_on, primary)
        if key not in self._beside:
            listed = [row for row in rows.relations_of(add_on) if (row.add_on, row.primary) == (add_on, primary)]
            bars = [row for row in super()._relation_rows(add_on, primary, on) if row.kind == "barred"]
            self._beside[key] = [*listed, *bars]
        return self._beside[key]

    def indicator(self, code: str, field: str, on: date) -> Indicator | None:
        """The figure of the edition that covers the date, else None."""
        held = self._of_field(field, on)
        return self._open(held).figures_of(code).get(field) if held else super().indicator(code, field, on)

    def indicators(self, code: str) -> Iterable[Indicator]:
        """Every figure of a code, newest edition first; bundled ones where no imported edition takes their place."""
        bundled = super().indicators(code)
        held = [] if self._bare else self.shelf.with_figures()
        if not held:
            return bundled
        made = [figure for one in held for figure in self._open(one).figures_of(code).values()]
        made += [figure for figure in bundled if not self._replaced(figure)]
        return sorted(made, key=lambda figure: figure.span.start or date.min, reverse=True)

    def indicator_days(self, code: str) -> Iterable[tuple[Span, Indicator]]:
        """Every figure of a code, with the days on which ``indicator`` reads it, newest first."""
        from encoder.store.edition_tables import FIGURES, TABLES

        bundled = super().indicator_days(code)
        if self._bare or not self.shelf.with_figures():
            return bundled
        if code not in self._figuring:
            made = [(days, figure) for days, figure in bundled if figure.field not in TABLES]
            for kind in ("pfs", *FIGURES):
                ours = [(days, figure) for days, figure in bundled if TABLES.get(figure.field) == kind]
                for stretch in self._stretches(kind):
                    held = self.shelf.on(kind, stretch.start or date.min)
                    figures = self._open(held).figures_of(code).values() if held else ()
                    made += _within(stretch, ((figure.span, figure) for figure in figures) if held else ours)
            self._figuring[code] = sorted(made, key=lambda one: one[0].start or date.min, reverse=True)
        return self._figuring[code]

    def _replaced(self, figure: Indicator) -> bool:
        """Whether imported editions answer on the first and the last day of a bundled figure."""
        days = (figure.span.start, figure.span.end)
        return all(day is not None and self._of_field(figure.field, day) is not None for day in days)

    def diagnosis(self, code: str) -> Diagnosis | None:
        """An ICD-10-CM code of the scope; imported order files say until when it, or a code below it, is valid."""
        return self._dated("icd10cm", super().diagnosis(code))

    def procedure(self, code: str) -> Procedure | None:
        """An ICD-10-PCS code of the scope; imported order files say until when it is valid."""
        return self._dated("icd10pcs", super().procedure(code))

    def icd_entry(self, code: str) -> IcdEntry | None:
        """An entry of the tabular list; imported order files say until when it is valid, and bring new codes."""
        entry = super().icd_entry(code)
        if self._bare or (entry is not None and entry.kind not in ("heading", "code")):
            return entry
        return self._dated(ICD_SCOPE, entry) if entry else self._ordered(code)

    def _ordered(self, code: str) -> IcdEntry | None:
        """An entry that imported order files have and the bundled list lacks: the newest row, since the first."""
        from encoder.core.reference import IcdEntry

        found = [(held, row) for held in self.shelf.of(ICD_SCOPE) if (row := self._open(held).icd(code)) is not None]
        if not found:
            return None
        (held, row), (first, _) = found[0], found[-1]
        kind = "code" if row.billable else "heading"
        span = Span(first.own.start, held.own.end)
        return IcdEntry(code, row.title, kind, "", (), span, cites=held.as_edition().cites)

    def book_editions(self) -> Iterable[Edition]:
        """The editions of the tables beside the decision; an imported order file is one of the whole list too."""
        bundled = super().book_editions()
        held = () if self._bare else self.shelf.of(ICD_SCOPE)
        return [*(replace(one.as_edition(), table=ICD_LIST) for one in held), *bundled] if held else bundled

    def _dated(self, kind: str, row: _Coded | None) -> _Coded | None:
        if row is None or self._bare:
            return row
        start, end = row.span.start, row.span.end
        for held in reversed(self.shelf.of(kind)):
            first, last = held.own.start or date.min, held.own.end or date.max
            present = self._present(held, row)
            if present and end is not None and first - timedelta(1) <= end < last:
                end = last
            elif not present and (start is None or start < first) and (end is None or first <= end):
                end = first - timedelta(1)
        return row if end == row.span.end else replace(row, span=Span(start, end))

    def _present(self, held: Held, row: Diagnosis | Procedure | IcdEntry) -> bool:
        """Whether an order file has a row: a code that is billed as it stands, or a heading with codes below it."""
        whole = getattr(row, "kind", "") == "code" and not getattr(row, "seventh", "")
        if not whole:
            return self._open(held).begins(row.code)
        found = self._open(held).icd(row.code)
        return found is not None and found.billable

    def scope_diagnoses(self) -> Iterator[Diagnosis]:
        """Every ICD-10-CM code of the scope, in code order."""
        codes = self.read("SELECT code FROM diagnosis ORDER BY code", (), str)
        return (row for code in codes if (row := self.diagnosis(code)))

    def scope_procedures(self) -> Iterator[Procedure]:
        """Every ICD-10-PCS code of the scope, in code order."""
        return (row for code in self._procedures if (row := self.procedure(code)))

    def icd(self, kind: str, code: str, on: date) -> IcdRow | None:
        """A row of an imported order file on a date, in or out of the scope; ``kind`` is icd10cm or icd10pcs."""
        held = self._on(kind, on)
        return self._open(held).icd(code) if held else None

    def hcpcs(self, code: str, on: date) -> dict[str, str] | None:
        """A Level II code or modifier of an imported file on a date, by column."""
        held = self._on("hcpcs", on)
        return self._open(held).hcpcs(code) if held else None

    def licensed(self, code: str, on: date) -> Descriptor | None:
        """The official CPT texts of a code on a date, when the user has imported their own licensed files."""
        held = self._on("cpt_licensed", on)
        return self._open(held).descriptor(code) if held else None

    def official(self, code: str, on: date) -> str | None:
        """The longest licensed text of a CPT code on a date; None where none was imported, and our wording is shown."""
        descriptor = self.licensed(code, on)
        return descriptor.text if descriptor else None

    def localities(self, on: date) -> tuple[Locality, ...]:
        """The payment localities of a date with their indices; none when no edition covers it."""
        held = self._on("gpci", on)
        return self._open(held).localities() if held else ()

    def values(self, code: str, modifier: str, on: date) -> Values | None:
        """The relative values of a code on a date; the bundled ones lack the expense outside a facility."""
        held = self._on("pfs", on)
        if held is None:
            return super().values(code, modifier, on)
        from encoder.store.edition_rows import values_of

        row = self._open(held).values_of(code, modifier)
        return values_of(code, modifier, row) if row else None

    def _stretches(self, kind: str) -> list[Span]:
        """Days in a row on which one edition of a table answers; the first has no beginning, the last no end."""
        if kind not in self._answered:
            spans = [held.span for held in self.shelf.of(kind)]
            spans += [edition.span for edition in super().editions() if edition.table == kind]
            starts = {span.start for span in spans if span.start}
            starts |= {span.end + timedelta(1) for span in spans if span.end}
            edges = [None, *sorted(starts), None]
            ends = (day and day - timedelta(1) for day in edges[1:])
            self._answered[kind] = [Span(start, end) for start, end in zip(edges, ends, strict=False)]
        return self._answered[kind]

    def _on(self, kind: str, on: date) -> Held | None:
        return None if self._bare else self.shelf.on(kind, on)

    def _of_field(self, field: str, on: date) -> Held | None:
        return None if self._bare else self.shelf.with_field(field, on)

    def _open(self, held: Held) -> Rows:
        from encoder.store.edition_rows import Rows

        if held.id not in self._opened:
            self._opened[held.id] = Rows(held)
        return self._opened[held.id]

    def _answering(self, kind: str, on: date) -> Rows | None:
        """The imported edition that answers on a date; None where the bundled table does."""
        if self._bare:
            return None
        if (kind, on) not in self._answers:
            held = self.shelf.on(kind, on) or self._latest(kind, on)
            self._answers[kind, on] = self._open(held) if held else None
        return self._answers[kind, on]

    def _latest(self, kind: str, on: date) -> Held | None:
        """Where no edition covers a date, the imported one unless a bundled one ends later."""
        newest = next(iter(self.shelf.of(kind)), None)
        covered = any(edition.span.covers(on) for edition in super().editions() if edition.table == kind)
        later = newest is not None and (newest.own.end or date.max) >= self._bundled_end(kind)
        return newest if later and not covered else None

    def _bundled_end(self, kind: str) -> date:
        """The last day of the bundled editions of a table."""
        return max((e.span.end or date.max for e in super().editions() if e.table == kind), default=date.min)


def _within(stretch: Span, rows: Iterable[tuple[Span, _AnyRow]]) -> Iterator[tuple[Span, _AnyRow]]:
    """The rows that hold on days of the stretch, with those days."""
    for days, row in rows:
        start = max((day for day in (days.start, stretch.start) if day), default=None)
        end = min((day for day in (days.end, stretch.end) if day), default=None)
        if start is None or end is None or start <= end:
            yield Span(start, end), row
