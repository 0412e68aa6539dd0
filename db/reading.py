"""Reading a source file strictly: each cell is checked, and the first wrong one is refused by its place.

The words of a refusal are always the same: file, line, column, what was found, what was expected.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from encoder.errors import DataError

Span = tuple[str, str]  # first and last day as YYYY-MM-DD; "" is open

CONFIDENCES = ("two or more sources", "one source", "coder knowledge", "inferred")
FIRST_DAY, LAST_DAY = date.min.isoformat(), date.max.isoformat()

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_SOURCE_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def meet(one: Span, other: Span) -> Span | None:
    """The days that two spans share; None when they share none."""
    start = max(one[0] or FIRST_DAY, other[0] or FIRST_DAY)
    end = min(one[1] or LAST_DAY, other[1] or LAST_DAY)
    if start > end:
        return None
    return ("" if start == FIRST_DAY else start, "" if end == LAST_DAY else end)


@dataclass(frozen=True, slots=True)
class Line:
    """One record of a table of facts: its file, its line (the header is 1) and its cells."""

    file: str
    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def refuse(self, column: str, expected: str) -> DataError:
        """The refusal of one cell."""
        found = repr(self.cells[column]) if self.cells[column] else "nothing"
        return _refusal(self.file, self.number, column, found, expected)

    def text(self, column: str, longest: int = 0) -> str:
        """A cell that may not be empty, nor longer than ``longest`` characters (0: any length)."""
        value = self.cells[column]
        if not value:
            raise self.refuse(column, "a text")
        if longest and len(value) > longest:
            raise self.refuse(column, f"at most {longest} characters, not {len(value)}")
        return value

    def name(self, column: str) -> str:
        """A name in lower case: letters, digits and underscores."""
        if not _NAME.fullmatch(self.cells[column]):
            raise self.refuse(column, "a name in lower case such as main_procedure")
        return self.cells[column]

    def one_of(self, column: str, known: Collection[str], kind: str = "") -> str:
        """A cell from a known set; ``kind`` says what the set is when it is too long to be listed."""
        if self.cells[column] not in known:
            raise self.refuse(column, kind or "one of " + ", ".join(repr(value) for value in known))
        return self.cells[column]

    def shaped(self, column: str, pattern: re.Pattern[str], expected: str) -> str:
        """A cell that fits a pattern."""
        if not pattern.fullmatch(self.cells[column]):
            raise self.refuse(column, expected)
        return self.cells[column]

    def day(self, column: str) -> str:
        """A date that may not be empty."""
        if not _is_date(self.cells[column]):
            raise self.refuse(column, "a date such as 2019-01-31")
        return self.cells[column]

    def span(self) -> Span:
        """The columns from and until; an empty one is open."""
        for column in ("from", "until"):
            if self.cells[column] and not _is_date(self.cells[column]):
                raise self.refuse(column, "a date such as 2019-01-31, or nothing")
        start, end = self.cells["from"], self.cells["until"]
        if start and end and start > end:
            raise self.refuse("until", f"a date not before {start}, the first day of the row")
        return start, end

    def cites(self, sources: Collection[str]) -> str:
        """The column cites: one or more ``source#locator``, parted by spaces, each source in the register."""
        marks = self.cells["cites"].split()
        if not marks:
            raise self.refuse("cites", "at least one source#locator")
        for mark in marks:
            source, _, locator = mark.partition("#")
            if not locator:
                raise self.refuse("cites", f"source#locator, and '{mark}' names no place in its source")
            if source not in sources:
                raise self.refuse("cites", f"sources of the register, and '{source}' is not in it")
        return " ".join(marks)


def read(path: Path, file: str, columns: Sequence[str]) -> list[Line]:
    """The records of a table that must have exactly these columns.

    Raises:
        DataError: the file is missing, not UTF-8 text with LF, or has other columns.
    """
    header, records = _records(path, file)
    _check_header(file, header, columns)
    return list(_lines(file, header, records))


def read_lookup(path: Path, file: str, tail: Sequence[str]) -> tuple[tuple[str, ...], list[Line]]:
    """A lookup table: the facts between the column row and the fixed last columns, and its records."""
    header, records = _records(path, file)
    facts = header[1 : -len(tail)]
    if not facts:
        raise _refusal(file, 1, "row", f"{len(header)} columns", f"row, one or more facts, {', '.join(tail)}")
    for fact in facts:
        if not _NAME.fullmatch(fact):
            raise _refusal(file, 1, fact, repr(fact), "a fact in lower case such as main_procedure")
    _check_header(file, header, ("row", *facts, *tail))
    return tuple(facts), list(_lines(file, header, records))


def read_register(path: Path) -> dict[str, dict[str, str]]:
    """The source register: each entry's fields by name, dates as text.

    Raises:
        DataError: the file is missing or no TOML, or an entry is incomplete, has unknown keys or wrong dates.
    """
    file = path.name
    try:
        entries = tomllib.loads(_text(path, file)).get("source", {})
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{file}: this is not TOML ({error}); correct the file.") from error
    if not entries:
        raise DataError(f"{file}: no [source.<id>] entry was found, and every row cites one; restore the file.")
    return {name: _entry(file, name, entry) for name, entry in entries.items()}


def unique(lines: Iterable[Line], column: str) -> None:
    """Refuse the second record with the same cell in this column."""
    seen: dict[str, int] = {}
    for line in lines:
        if line[column] in seen:
            raise line.refuse(column, f"a value that no other line has; line {seen[line[column]]} has it")
        seen[line[column]] = line.number


def apart(lines: Iterable[tuple[Line, tuple[str, ...], Span]], kind: str) -> None:
    """Refuse a record whose days overlap those of another record with the same key."""
    seen: dict[tuple[str, ...], list[tuple[Line, Span]]] = {}
    for line, key, span in lines:
        for other, taken in seen.setdefault(key, []):
            if meet(span, taken):
                days = f"days apart from those of line {other.number}, which has the same {kind} ({', '.join(key)})"
                raise line.refuse("from", days)
        seen[key].append((line, span))


def _refusal(file: str, number: int, column: str, found: str, expected: str) -> DataError:
    return DataError(f"{file}, line {number}, column {column}: found {found}, expected {expected}; correct the row.")


def _is_date(value: str) -> bool:
    try:
        return bool(_DATE.fullmatch(value)) and date.fromisoformat(value) is not None
    except ValueError:
        return False


def _text(path: Path, file: str) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError(
            f"{file}: the file cannot be read ({error.strerror}); the tables cannot do without it."
        ) from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        raise DataError(f"{file}, line {number}: this is not UTF-8; save the file as UTF-8.") from error
    for mark, meaning in (("\ufeff", "a byte order mark"), ("\r", "a carriage return"), ("\0", "a NUL character")):
        if mark in text:
            number = text.count("\n", 0, text.index(mark)) + 1
            raise DataError(f"{file}, line {number}: {meaning} was found; save the file as plain UTF-8 with LF.")
    return text


def _records(path: Path, file: str) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The header, and the numbered records after it."""

    def numbered() -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(io.StringIO(_text(path, file)), strict=True)
        start = 1
        try:
            for cells in reader:
                yield start, cells
                start = reader.line_num + 1
        except csv.Error as error:
            raise DataError(f"{file}, line {start}: this is not CSV ({error}); correct the quotes.") from error

    records = numbered()
    return next(records, (1, []))[1], records


def _check_header(file: str, header: list[str], columns: Sequence[str]) -> None:
    for column in columns:
        if column not in header:
            raise _refusal(file, 1, column, "no such column", f"the columns {', '.join(columns)}")
    for column in header:
        if column not in columns:
            raise _refusal(file, 1, column, "an unknown column", f"the columns {', '.join(columns)}")
    if header != list(columns):
        raise _refusal(file, 1, header[0], f"the columns {', '.join(header)}", f"the order {', '.join(columns)}")


def _lines(file: str, header: list[str], records: Iterator[tuple[int, list[str]]]) -> Iterator[Line]:
    for number, cells in records:
        if len(cells) != len(header):
            raise _refusal(file, number, header[0], f"{len(cells)} cells", f"{len(header)} cells, one a column")
        line = Line(file, number, dict(zip(header, cells, strict=True)))
        for column, value in line.cells.items():
            if value != " ".join(value.split()):
                raise line.refuse(column, "a text in one line, without blanks around it or two in a row")
        yield line


def _entry(file: str, name: str, entry: object) -> dict[str, str]:
    """One entry of the register."""

    def refuse(key: str, expected: str) -> DataError:
        return DataError(f"{file}, source {name}, {key}: expected {expected}; correct the entry.")

    if not _SOURCE_ID.fullmatch(name):
        raise refuse("id", "lower-case letters, digits and hyphens")
    if not isinstance(entry, dict):
        raise refuse("entry", "a [source.<id>] table")
    needed, dates = ("title", "edition", "where", "confidence", "note"), ("from", "until")
    for key in entry:
        if key not in (*needed, *dates):
            raise refuse(key, f"only {', '.join((*needed, *dates))}")
    fields = {key: entry.get(key, "") for key in needed}
    for key, value in fields.items():
        if not isinstance(value, str) or not value.strip():
            raise refuse(key, "a text")
    if fields["confidence"] not in CONFIDENCES:
        raise refuse("confidence", "one of " + ", ".join(f"'{value}'" for value in CONFIDENCES))
    for key in dates:
        value = entry.get(key)
        if value is not None and type(value) is not date:
            raise refuse(key, "a date such as 2019-01-31, without quotes")
        fields[key] = value.isoformat() if value else ""
    if fields["from"] and fields["until"] and fields["from"] > fields["until"]:
        raise refuse("until", f"a date not before {fields['from']}")
    return fields
