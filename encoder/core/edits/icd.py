"""One diagnosis as the tables know it: the rows of the decision for what it means, the whole list for what is valid.

The table of the decision says to which family, side and part of the body a diagnosis belongs; the whole ICD-10-CM list
says whether it exists, whether it is a heading, which seventh character is due, and on which days.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from encoder.core.book import Book
from encoder.core.codes import ALWAYS, ICD_LIST, ICD_SCOPE, Cites, Diagnosis, Span
from encoder.core.edits.findings import RowRef
from encoder.core.tree.facts import WHOLE, diagnosis

if TYPE_CHECKING:
    from encoder.core.reference import IcdEntry

_SIDES = {"left": "left", "right": "right", "bilateral": "both"}


@dataclass(frozen=True, slots=True)
class Read:
    """A diagnosis as the tables read it.

    Attributes:
        row: its row in the table of the decision; None where it is in the whole list alone, or in none.
        fault: the rule that its form breaks; empty for none.
        table, key: the row that speaks of it; the key is empty where none does.
        span: the days on which a claim may carry it.
    """

    written: str
    title: str
    row: Diagnosis | None
    fault: str
    table: str
    key: str
    span: Span
    cites: Cites

    @property
    def family(self) -> str:
        """The family of the row; empty for one that the decision does not know."""
        return self.row.family if self.row else ""

    @property
    def area(self) -> str:
        """The part of the body it names, if any."""
        return self.row.area if self.row else ""

    @property
    def side(self) -> str:
        """left, right or both, where it names a side."""
        return _SIDES.get(self.row.laterality, "") if self.row else ""

    @property
    def ref(self) -> RowRef:
        """The row that speaks of it, for a finding."""
        return RowRef(self.table, self.key, "", self.span)


def read(book: Book, written: str) -> Read:
    """Look a diagnosis up and judge its form."""
    row, entry = diagnosis(book, written), book.icd_entry(written)
    if entry is not None and (entry.code == written or entry.seventh):  # X behind a whole code is no code
        return _listed(written, row, entry, _fault(entry))
    if row is not None and row.laterality != "varies":
        return _of_row(written, row, _row_fault(written, row))
    for stem, rule in _stems(written):
        if (short := book.diagnosis(stem)) is not None and short.seventh and short.laterality != "varies":
            return _of_row(written, short, rule)
        if (near := book.icd_entry(stem)) is not None and near.seventh:
            return _listed(written, None, near, rule)
    if any(edition.table == ICD_LIST for edition in book.book_editions()):
        return Read(written, "", None, "dx_unknown", ICD_LIST, "", ALWAYS, ())
    if row is not None:
        return _of_row(written, row, _row_fault(written, row))
    return Read(written, "", None, "dx_not_loaded", ICD_SCOPE, "", ALWAYS, ())


def _stems(written: str) -> Iterator[tuple[str, str]]:
    """The codes that a wrongly ended one may stand for, with the rule it then breaks.

    X fills the places up to the sixth; a last letter may be the seventh.
    """
    if len(written) < WHOLE:
        yield written.ljust(WHOLE - 1, "X"), "dx_incomplete"
        yield written[:-1].ljust(WHOLE - 1, "X"), "dx_incomplete"
    else:
        yield written[:-1], "dx_seventh_wrong"


def _fault(entry: IcdEntry) -> str:
    """What the form of an entry breaks; one that became a heading was whole until then, which its days say."""
    if entry.kind != "code" and entry.change != "heading":
        return "dx_heading"
    return "dx_incomplete" if entry.seventh else ""


def _listed(written: str, row: Diagnosis | None, entry: IcdEntry, fault: str) -> Read:
    """A diagnosis that the whole list has. Days of the decision's row reach further back, but no change is older."""
    span = entry.span
    if entry.change == "heading" and entry.changed_on:
        span = Span(span.start, entry.changed_on - timedelta(1))
    if row is None:
        return Read(written, entry.title, None, fault, ICD_LIST, entry.code, span, entry.cites)
    if entry.change == "":
        span = row.span
    return Read(written, entry.title, row, fault, ICD_SCOPE, row.code, span, row.cites)


def _of_row(written: str, row: Diagnosis, fault: str) -> Read:
    return Read(written, row.title, row, fault, ICD_SCOPE, row.code, row.span, row.cites)


def _row_fault(written: str, row: Diagnosis) -> str:
    if row.laterality == "varies" and row.code == written:
        return "dx_heading"
    if not row.seventh:
        return ""
    if len(written) < WHOLE:
        return "dx_incomplete"
    return "" if written[-1] in row.seventh.split() else "dx_seventh_wrong"
