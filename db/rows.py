"""What the makers of rows share: the shape of a row, its dates, and how long a title may be."""

from __future__ import annotations

from collections.abc import Mapping

from db.reading import Span

LONGEST_TITLE, LONGEST_LABEL = 75, 22

Value = str | int | bytes | None
Tables = dict[str, list[dict[str, Value]]]


def dates(span: Span) -> dict[str, Value]:
    """The two date columns of a row."""
    return {"from_date": span[0] or None, "until_date": span[1] or None}


def said(before: str, row: Mapping[str, Value], *columns: str) -> str:
    """Some cells of a row as one text."""
    return " ".join((before, *(str(row[column]) for column in columns)))
