"""The rows of the code book beside the decision: read when they are asked for, small tables once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property, lru_cache

from encoder.core.codes import ICD_LIST, Cites, Edition, Span
from encoder.core.procedures import PcsTables
from encoder.core.reference import IcdEntry, IcdNote, Modifier, Place, Supply
from encoder.store import reference_shapes as shapes
from encoder.store import shapes as common
from encoder.store.database import Database

_ICD = "SELECT code, title, kind, parent, seventh, letters FROM icd"
_LENGTH = 7
_CITING = {
    "book_edition": "table_name",
    "modifier": "code",
    "place": "code",
    "supply": "code",
    "procedure_table": "table_name",
    "procedure_value": "label",
    "icd_change": "code",
}
"""The tables whose rows cite, and what names a row."""


class ReferenceRows:
    """The rows of one opened code database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._icd_of = lru_cache(maxsize=512)(self._read_icd)
        self._sevenths_of = lru_cache(maxsize=64)(self._read_sevenths)

    def icd_entry(self, code: str) -> IcdEntry | None:
        """An entry of the tabular list, written with or without its point, a seventh character included."""
        return self._icd_of(_pointed(code))

    def icd_below(self, code: str) -> Iterable[IcdEntry]:
        """The entries right below an entry, in the order of the list."""
        rows = self._database.read(f"{_ICD} WHERE parent = ? ORDER BY position", (code,), shapes.icd)
        return tuple(self._dated(entry, seventh, letters) for entry, seventh, letters in rows)

    def icd_notes(self, code: str) -> Iterable[IcdNote]:
        """The notes that hold for an entry: its own, then those of each entry above it."""
        entry = self.icd_entry(code)
        notes: list[IcdNote] = []
        while entry:
            sql = "SELECT code, kind, text FROM icd_note WHERE code = ? ORDER BY position"
            notes += self._database.read(sql, (entry.code,), IcdNote)
            entry = self.icd_entry(entry.parent) if entry.parent else None
        return tuple(notes)

    def modifier(self, code: str) -> Modifier | None:
        """A modifier."""
        return self._modifiers.get(code)

    def modifiers(self) -> Iterable[Modifier]:
        """Every modifier of the book, in code order."""
        return self._modifiers.values()

    def place(self, code: str) -> Place | None:
        """A place of service, by its two digits."""
        return self._places.get(code)

    def places(self) -> Iterable[Place]:
        """Every place of service, in code order."""
        return self._places.values()

    def supply(self, code: str) -> Supply | None:
        """A HCPCS Level II code of the book."""
        return self._supplies.get(code)

    def supplies(self) -> Iterable[Supply]:
        """Every HCPCS Level II code of the book, in code order."""
        return self._supplies.values()

    def procedure_tables(self) -> PcsTables:
        """The ICD-10-PCS tables of bones, joints and limbs, for the builder."""
        return self._procedure_tables

    def book_editions(self) -> Iterable[Edition]:
        """The editions of these tables and the dates they answer for."""
        return self._book_editions

    def citations(self) -> Iterable[tuple[str, Cites]]:
        """What the rows of the code book beside the decision cite, each with the name of its row."""
        sql = " UNION ALL ".join(f"SELECT '{name} ' || {key}, cites FROM {name}" for name, key in _CITING.items())
        return self._database.read(sql, (), lambda name, cites: (str(name), tuple(cites.split())))

    @cached_property
    def _modifiers(self) -> dict[str, Modifier]:
        sql = """SELECT code, title, kind, opens_pair, use, not_for, from_date, until_date, cites FROM modifier
                 ORDER BY code"""
        return {row.code: row for row in self._database.read(sql, (), shapes.modifier)}

    @cached_property
    def _places(self) -> dict[str, Place]:
        sql = "SELECT code, title, plain, setting, from_date, until_date, cites FROM place ORDER BY code"
        return {row.code: row for row in self._database.read(sql, (), shapes.place)}

    @cached_property
    def _supplies(self) -> dict[str, Supply]:
        sql = "SELECT code, title, plain, kind, use, not_for, from_date, until_date, cites FROM supply ORDER BY code"
        return {row.code: row for row in self._database.read(sql, (), shapes.supply)}

    @cached_property
    def _procedure_tables(self) -> PcsTables:
        rows = """SELECT table_name, parts, approaches, devices, qualifiers, from_date, until_date, cites
                  FROM procedure_table ORDER BY position"""
        values = "SELECT system, operation, axis, value, label, side, plain FROM procedure_value"
        return shapes.pcs_tables(
            self._database.read(rows, (), shapes.pcs_row), self._database.read(values, (), shapes.pcs_value)
        )

    @cached_property
    def _book_editions(self) -> tuple[Edition, ...]:
        sql = """SELECT table_name, label, edition, from_date, until_date, note, cites, complete FROM book_edition
                 ORDER BY position"""
        return self._database.read(sql, (), common.edition)

    def _read_icd(self, code: str) -> IcdEntry | None:
        """An entry of the list; a code with its seventh character is the entry without it and what the letter means."""
        filled = code.rstrip("X").rstrip(".") if code.endswith("X") else code  # M84.40X is M84.40 before its seventh
        rows = self._database.read(f"{_ICD} WHERE code IN (?, ?) ORDER BY code DESC", (code, filled), shapes.icd)
        if rows:
            return self._dated(*rows[0])
        bare, letter = code.replace(".", "")[:-1], code[-1:]
        if len(bare) == _LENGTH - 1:
            for stem in (bare, bare.rstrip("X")):
                for entry, seventh, letters in self._database.read(
                    f"{_ICD} WHERE code = ?", (_pointed(stem),), shapes.icd
                ):
                    said = dict(self._sevenths_of(seventh)).get(letter, "") if letter in letters else ""
                    if said:
                        whole = replace(entry, code=code, title=f"{entry.title}, {said}", parent=entry.code)
                        return self._dated(whole, "", "")
        gone = self._database.read("SELECT title FROM icd_change WHERE code = ? AND title <> ''", (code,), str)
        return self._dated(IcdEntry(code, gone[0], "code", "", (), Span()), "", "") if gone else None

    def _read_sevenths(self, code: str) -> tuple[tuple[str, str], ...]:
        sql = "SELECT letter, text FROM icd_seventh WHERE code = ? ORDER BY letter"
        return self._database.read(sql, (code,), lambda letter, text: (letter, text))

    def _dated(self, entry: IcdEntry, seventh: str, letters: str) -> IcdEntry:
        """The entry with its seventh characters, its days and what happened to it."""
        editions = [edition for edition in self._book_editions if edition.table == ICD_LIST]
        start = min((edition.span.start for edition in editions if edition.span.start), default=None)
        end = max((edition.span.end for edition in editions if edition.span.end), default=None)
        means = tuple(pair for pair in self._sevenths_of(seventh) if pair[0] in letters) if seventh else ()
        cites = tuple(cite for edition in editions[:1] for cite in edition.cites)
        sql = "SELECT change, changed_on, before, after, cites FROM icd_change WHERE code = ?"
        for change, on, before, after, more in self._database.read(sql, (entry.code,), shapes.icd_change):
            start, end = _cut(change, on, start, end)
            return replace(
                entry,
                seventh=means,
                span=Span(start, end),
                change=change,
                changed_on=on,
                before=before,
                after=after,
                cites=more,
            )
        return replace(entry, seventh=means, span=Span(start, end), cites=cites)


def _cut(change: str, on: date, start: date | None, end: date | None) -> tuple[date | None, date | None]:
    """The days of an entry: a new code begins on its day, a deleted one ends the day before."""
    return (on if change == "new" else start), (on - timedelta(days=1) if change == "deleted" else end)


def _pointed(code: str) -> str:
    """An ICD-10-CM code with its point; anything else as it is."""
    bare = code.strip().upper().replace(".", "")
    if not bare[:1].isalpha() or not bare.isalnum() or len(bare) > _LENGTH:
        return code.strip()
    return bare if len(bare) <= 3 else f"{bare[:3]}.{bare[3:]}"
