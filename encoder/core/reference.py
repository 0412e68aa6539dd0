"""What the code book holds beside the decision: diagnoses at large, modifiers, places, supplies, licensed wording.

``Reference`` is to these tables what ``Book`` is to the tables of the decision; the store's code database is both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from encoder.core.book import Book
from encoder.core.codes import Cites, Span
from encoder.core.fees import Locality, Values
from encoder.core.procedures import PcsTables


@dataclass(frozen=True, slots=True)
class IcdEntry:
    """One entry of the ICD-10-CM tabular list: a chapter, a block, a heading or a code.

    Attributes:
        kind: chapter, block, heading (codes stand below it) or code (it is billed as it stands, or with ``seventh``).
        parent: the code of the entry above; empty for a chapter.
        seventh: the seventh characters it must have, each with its meaning; empty when it stands as it is.
        span: the days for which the loaded editions know it.
        change: what happened to it: new, deleted or heading (it was a code), from ``changed_on``; empty for nothing.
        before, after: the codes it was coded by before it was new; the codes that took its place.
    """

    code: str
    title: str
    kind: str
    parent: str
    seventh: tuple[tuple[str, str], ...]
    span: Span
    change: str = ""
    changed_on: date | None = None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    cites: Cites = ()

    def billable(self, on: date) -> bool:
        """Whether a claim may carry it as it stands, on a date of service."""
        if not self.span.covers(on) or self.seventh:
            return False
        if self.change == "heading" and self.changed_on:
            return on < self.changed_on
        return self.kind == "code"


@dataclass(frozen=True, slots=True)
class IcdNote:
    """One note of the tabular list and the entry it stands at: it holds for all entries below as well.

    ``kind`` is includes, inclusion_term, excludes1, excludes2, use_additional, code_first, code_also, note or
    seventh_note.
    """

    code: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Modifier:
    """One modifier in our own words.

    ``opens_pair`` says whether it can open a code pair whose indicator is 1 (NCCI policy manual, chapter I, section E).
    """

    code: str
    title: str
    kind: str
    opens_pair: bool
    use: str
    not_for: str
    span: Span
    cites: Cites


@dataclass(frozen=True, slots=True)
class Place:
    """One place of service; ``setting`` says which payment a practitioner gets: facility, nonfacility, not_settled."""

    code: str
    title: str
    plain: str
    setting: str
    span: Span
    cites: Cites


@dataclass(frozen=True, slots=True)
class Supply:
    """One HCPCS Level II code of a graft, an implant or what stands near them, in our own words."""

    code: str
    title: str
    plain: str
    kind: str
    use: str
    not_for: str
    span: Span
    cites: Cites


class Reference(Protocol):
    """Read-only tables of the code book; ``Book`` has the entries of the tabular list and the editions."""

    def official(self, code: str, on: date) -> str | None:
        """The licensed text of a CPT code on a date; None where none was imported, and our wording is shown."""

    def icd_below(self, code: str) -> Iterable[IcdEntry]:
        """The entries right below an entry, in the order of the list."""

    def icd_notes(self, code: str) -> Iterable[IcdNote]:
        """The notes that hold for an entry: its own, then those of each entry above it."""

    def modifier(self, code: str) -> Modifier | None:
        """A modifier."""

    def modifiers(self) -> Iterable[Modifier]:
        """Every modifier of the book, in code order."""

    def place(self, code: str) -> Place | None:
        """A place of service, by its two digits."""

    def places(self) -> Iterable[Place]:
        """Every place of service, in code order."""

    def supply(self, code: str) -> Supply | None:
        """A HCPCS Level II code of the book."""

    def supplies(self) -> Iterable[Supply]:
        """Every HCPCS Level II code of the book, in code order."""

    def procedure_tables(self) -> PcsTables:
        """The ICD-10-PCS tables of bones, joints and limbs, for the builder."""

    def values(self, code: str, modifier: str, on: date) -> Values | None:
        """The relative values of a code on a date; None where its edition holds none."""

    def factor(self, on: date) -> Decimal | None:
        """The conversion factor of a date."""

    def localities(self, on: date) -> tuple[Locality, ...]:
        """The payment localities of a date with their indices; none where they are not loaded."""


class WholeBook(Book, Reference, Protocol):
    """Both halves of the code book: the tables of the decision and those beside it."""
