"""Whether a code is an add-on: one answer for the claim check, the audit, the code book and the questions."""

from __future__ import annotations

from encoder.core.book import Book

MARK = "(add-on)"
"""How our own title names an add-on."""


def is_add_on(book: Book, code: str) -> bool:
    """Whether a code is an add-on on any date: named or filed as one, on a list, or in the global period ZZZ.

    The list of the add-on's primaries may not be loaded all the same: that is the list's matter.
    """
    held = book.code(code)
    if held is not None and (MARK in held.title or held.category.startswith("addon")):
        return True
    if any(row.add_on == code and row.kind != "barred" for row in book.relations(code)):
        return True
    return any(figure.field == "global_days" and figure.value == "ZZZ" for figure in book.indicators(code))
