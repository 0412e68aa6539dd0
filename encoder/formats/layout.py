"""What every layout shares: how a file is looked at, what is said of it, how its rows are counted and checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol

from encoder.formats.text import Cells, RefusedError
from encoder.store.edition_tables import Record

CODE = re.compile(r"[0-9A-Z]{5}")
_NUMBER = re.compile(r"\d*\.?\d+")
MONTHS = {"JAN": 1, "APR": 4, "JUL": 7, "OCT": 10}
TOLD = 200
"""How many refused rows are told one by one; all are counted."""


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a file, by which its layout is recognised.

    Attributes:
        names: the names on the way to it, innermost first; they may say a date or a part, never what it is.
        lines: the first lines of a text; none for a workbook. ``rows`` are the same lines as cells of a csv (or of a
            tab-separated text), or the first rows of a workbook.
    """

    names: tuple[str, ...]
    lines: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    workbook: bool = False

    @property
    def form(self) -> str:
        """xlsx, csv or text."""
        return "xlsx" if self.workbook else "csv"

    def consists_of(self, shape: re.Pattern[str]) -> bool:
        """Whether its lines are mostly of a shape; empty ones do not count."""
        lines = [line for line in self.lines if line.strip()]
        return mostly(sum(1 for line in lines if shape.fullmatch(line)), len(lines))

    def named(self, pattern: str) -> re.Match[str] | None:
        """The first name that a pattern is found in, in capitals, seen from the inside."""
        found = (re.search(pattern, name.upper()) for name in self.names)
        return next((match for match in found if match), None)


class Content(Protocol):
    """The whole of a file, from its beginning each time."""

    @property
    def whole(self) -> bool:
        """Whether the last line that was read had an end."""

    def lines(self) -> Iterator[str]:
        """The lines of a text."""

    def rows(self, delimiter: str = ",") -> Iterator[Cells]:
        """The records of a csv, or the rows of a workbook."""


@dataclass(slots=True)
class Tally:
    """What became of the rows of one edition that were not kept, each with its line and reason.

    Attributes:
        last: the line of the last one.
        texts: texts that rows number instead of repeating them; ``facts`` what is said once for a whole edition.
    """

    file: str = ""
    refused: int = 0
    last: int = 0
    told: list[tuple[str, int, str]] = field(default_factory=list)
    texts: dict[str, int] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)

    def refuse(self, line: int, reason: str) -> None:
        """One row that cannot be kept."""
        self.refused += 1
        self.last = line
        if len(self.told) < TOLD:
            self.told.append((self.file, line, reason))


Read = Callable[[Content, Tally], Iterator[Record]]


@dataclass(frozen=True, slots=True)
class Layout:
    """What a file was recognised as.

    Attributes:
        kind: a name of ``edition_tables.KINDS``; empty where the setting is not said (``asks`` then names the kinds).
        form: csv, fixed width, tab-separated or xlsx.
        start: the first day it holds for, as the file or its name says; None when neither does.
        year: the year it holds in, where only that is said.
        part: which of ``parts`` it is; 0 when nothing says so.
        rank: of two files with the same rows the one with the lower rank is read.
        version: what tells two releases of one edition apart.
    """

    kind: str
    form: str
    read: Read
    start: date | None = None
    part: int = 0
    parts: int = 1
    rank: int = 0
    version: str = ""
    asks: tuple[str, ...] = ()


Recognise = Callable[[Head], Layout | None]


def mostly(fits: int, of: int) -> bool:
    """Whether so many lines of a beginning make a layout: a damaged line among them is the reader's to refuse."""
    return fits > 0 and fits * 4 >= of * 3


def is_number(text: str) -> bool:
    """A figure as published: 12, 12.50, .50."""
    return _NUMBER.fullmatch(text) is not None


def figure(text: str) -> str:
    """A figure with its nought before the point, so that both layouts of a table say the same."""
    return f"0{text}" if text.startswith(".") else text


def money(text: str) -> str:
    """An amount without its dollar sign and thousands commas; empty stays empty."""
    return text.replace("$", "").replace(",", "").strip()


def day8(text: str) -> str:
    """YYYYMMDD as YYYY-MM-DD. Raises ValueError with the text where it is no day."""
    made = day_or_none(int(text[:4]), int(text[4:6]), int(text[6:])) if _digits(text, 8) else None
    if made is None:
        raise ValueError(text)
    return made.isoformat()


def day_of_year(text: str) -> str:
    """YYYYDDD as YYYY-MM-DD, 2019001 being 2019-01-01. Raises ValueError with the text where it is no day."""
    first = day_or_none(int(text[:4]), 1, 1) if _digits(text, 7) else None
    made = first + timedelta(int(text[4:]) - 1) if first else None
    if first is None or made is None or made.year != first.year:
        raise ValueError(text)
    return made.isoformat()


def _digits(text: str, number: int) -> bool:
    return len(text) == number and text.isascii() and text.isdecimal()


def day_or_none(year: int, month: int, day: int) -> date | None:
    """A day from a name, or None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def squeezed(text: str) -> str:
    """A caption for comparison: capitals and digits alone, so that blanks, lines and hyphens do not matter."""
    return re.sub(r"[^A-Z0-9]", "", text.upper())


@dataclass(frozen=True, slots=True)
class Header:
    """Where the wanted columns are."""

    line: int
    places: tuple[int | None, ...]
    width: int

    def pick(self, cells: Sequence[str]) -> list[str]:
        """The wanted cells of a row, stripped; a column or cell that is not there is empty."""
        return [cells[place].strip() if place is not None and place < len(cells) else "" for place in self.places]


Want = tuple[str, Callable[[str], bool], bool]
"""A column: its name in messages, what its squeezed caption is like, and whether the file must have it."""


def header_of(rows: Iterable[Cells], wanted: Sequence[Want], first: str) -> Header | None:
    """The first row that has a cell for every column that must be there; ``first`` says what one cell must be like."""
    for line, cells in rows:
        captions = [squeezed(cell) for cell in cells]
        if not any(first in caption for caption in captions):
            continue
        places = tuple(
            next((at for at, caption in enumerate(captions) if caption and like(caption)), None)
            for _, like, _ in wanted
        )
        if all(place is not None or not needed for place, (_, _, needed) in zip(places, wanted, strict=True)):
            return Header(line, places, len(cells))
    return None


def body(content: Content, wanted: Sequence[Want], first: str) -> Iterator[tuple[int, list[str]]]:
    """The rows below the header, only the wanted cells of each; rows without any are passed over.

    Raises:
        RefusedError: no row is the header.
    """
    rows = content.rows()
    found = header_of(rows, wanted, first)
    if found is None:
        names = ", ".join(name for name, _, needed in wanted if needed)
        raise RefusedError(f"no row names the columns {names}")
    for line, cells in rows:
        picked = found.pick(cells)
        if any(picked):
            yield line, picked


def padded(code: str) -> str:
    """A code whose leading noughts a spreadsheet took: an anesthesia code (00100 to 01999), the only ones of digits."""
    lost = code.isascii() and code.isdecimal() and len(code) in (3, 4) and 100 <= int(code) < 2000
    return code.zfill(5) if lost else code


def no_code(code: str) -> str:
    """What is said of a code that cannot be one."""
    return f"'{code[:20]}' is no code of five characters"
