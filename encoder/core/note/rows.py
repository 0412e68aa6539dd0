"""Notes that are forms: one row a fact, a label and its value, with a colon, dots, brackets or a gap between them.

Such a note tells the operation in its rows, so that a label belongs to the sentence: "Graft ..... none".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINE = re.compile(r"[^\n]+")
_ROW = re.compile(
    r"""[\s*_>|+-]*
    (?:(?:(?:field|item|no|question|q)[ ]?)?\d{1,2}[a-z]?(?:\.\d{1,2})*[.)]?\s+|[a-z][.)]\s+)?  # its number
    (?:\[(?P<boxed>[a-z][^\]\n]{1,40})\][ \t]*:?[ \t]*
    |(?P<label>[a-z][^\n:=\u2610\u2611]{1,44}?)
    (?:[ \t]*(?:[:=]|\?[:]?)(?=\s|$)[ \t]*|[ \t]*\.{3,}:?[ \t]*|[ ]{3,}[ \t]*(?=\S)))""",
    re.VERBOSE,
)
_RULED = re.compile(r"^[\s=_*~-]*$")
_FEWEST, _MOST, _SHARE = 8, 170, 0.6
"""Rows of a form at least; characters of a row at most; the share of all characters that its rows hold."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it starts, where its label begins and ends, and where its value begins."""

    start: int
    label: int
    stop: int
    body: int


def rows_of(folded: str) -> tuple[Row, ...]:
    """The rows of a note that is a form; none where it is told in sentences."""
    rows: list[Row] = []
    held = every = 0
    for start, end in _lines(folded):
        size = len(folded[start:end].strip())
        every += size
        found = _ROW.match(folded, start, end)
        if size > _MOST or not found:
            goes_on = folded[start].isspace() or folded[start].isdigit()  # a wrapped value, a numbered step
            held += size if rows and size <= _MOST and goes_on else 0
            continue
        held += size
        name = "boxed" if found["boxed"] else "label"
        rows.append(Row(start, found.start(name), found.end(name), found.end()))
    return tuple(rows) if len(rows) >= _FEWEST and held >= _SHARE * every else ()


def _lines(folded: str) -> Iterator[tuple[int, int]]:
    for line in _LINE.finditer(folded):
        if not _RULED.match(line[0]):
            yield line.start(), line.end()
