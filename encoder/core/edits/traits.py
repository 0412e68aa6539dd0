"""The traits of a code that rules ask for: its figures, its category, whether it is an add-on or a listed primary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from encoder.core.add_on import is_add_on
from encoder.core.book import Book
from encoder.core.codes import Span
from encoder.core.edits.findings import RowRef

CONTRACTOR = ("*", "CCCCC")
"""How a list says that the payer decides about the primaries."""

SEVERAL = frozenset({"primary_of"})
"""Fields of which a code has several values on one day."""


@dataclass(frozen=True, slots=True)
class Trait:
    """One value of a field, with the row that says so and its days. An edition of "" is that of the table's date."""

    field: str
    value: str
    row: RowRef

    @property
    def span(self) -> Span:
        """The days it holds for."""
        return self.row.span


def traits(book: Book, code: str, field: str) -> Iterator[Trait]:
    """Every value that a field of a code ever had; none for a code that no table names."""
    held = book.code(code)
    plain = {"known": "yes", "code": code, "category": held.category if held else ""}
    if field in plain:
        if loaded(book, code):
            yield Trait(field, plain[field], RowRef("cpt", code, ""))
    elif field == "add_on":
        yield Trait(field, "yes" if is_add_on(book, code) else "no", RowRef("aoc", code, ""))
    elif field == "primary_of":
        for days, row in book.relation_days(code):
            if row.primary == code and row.kind == "allowed":
                yield Trait(field, row.add_on, RowRef("aoc", row.id, "", days))
    else:
        for days, figure in book.indicator_days(code):
            if figure.field == field:
                yield Trait(field, figure.value, RowRef(table_of(field), code, figure.edition, days))


def loaded(book: Book, code: str) -> bool:
    """Whether any table says what a code is: the book names it, or a published table has a figure of it."""
    return book.code(code) is not None or next(iter(book.indicators(code)), None) is not None


def table_of(field: str) -> str:
    """The table of the editions that a figure belongs to."""
    return next((name for name in ("opps", "asc", "mue") if field.startswith(name)), "pfs")
