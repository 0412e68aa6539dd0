"""The tables of the code book beside the decision: they answer ``encoder.core.reference.Reference``.

What reads them is imported when the first of them is asked for: the window does not wait for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from encoder.store.database import Database

if TYPE_CHECKING:
    from datetime import date

    from encoder.core.codes import Cites, Edition
    from encoder.core.procedures import PcsTables
    from encoder.core.reference import IcdEntry, IcdNote, Modifier, Place, Supply
    from encoder.store.reference_rows import ReferenceRows


class ReferenceTables(Database):
    """What a page of the code book shows beside the decision."""

    def official(self, code: str, on: date) -> str | None:
        """The licensed text of a CPT code on a date; None where none was imported, and our wording is shown."""
        return None

    def icd_entry(self, code: str) -> IcdEntry | None:
        """An entry of the tabular list, written with or without its point, a seventh character included."""
        return self._reference.icd_entry(code)

    def icd_below(self, code: str) -> Iterable[IcdEntry]:
        """The entries right below an entry, in the order of the list."""
        return self._reference.icd_below(code)

    def icd_notes(self, code: str) -> Iterable[IcdNote]:
        """The notes that hold for an entry: its own, then those of each entry above it."""
        return self._reference.icd_notes(code)

    def modifier(self, code: str) -> Modifier | None:
        """A modifier."""
        return self._reference.modifier(code)

    def modifiers(self) -> Iterable[Modifier]:
        """Every modifier of the book, in code order."""
        return self._reference.modifiers()

    def place(self, code: str) -> Place | None:
        """A place of service, by its two digits."""
        return self._reference.place(code)

    def places(self) -> Iterable[Place]:
        """Every place of service, in code order."""
        return self._reference.places()

    def supply(self, code: str) -> Supply | None:
        """A HCPCS Level II code of the book."""
        return self._reference.supply(code)

    def supplies(self) -> Iterable[Supply]:
        """Every HCPCS Level II code of the book, in code order."""
        return self._reference.supplies()

    def procedure_tables(self) -> PcsTables:
        """The ICD-10-PCS tables of bones, joints and limbs, for the builder."""
        return self._reference.procedure_tables()

    def book_editions(self) -> Iterable[Edition]:
        """The editions of these tables and the dates they answer for."""
        return self._reference.book_editions()

    def citations(self) -> Iterable[tuple[str, Cites]]:
        """What the rows of the code book beside the decision cite, each with the name of its row."""
        return self._reference.citations()

    @cached_property
    def _reference(self) -> ReferenceRows:
        from encoder.store.reference_rows import ReferenceRows

        return ReferenceRows(self)
