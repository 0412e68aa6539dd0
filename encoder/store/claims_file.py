"""Reading a file of claims for an audit: one row a claim line, the rows of a claim together.

The layout is csv with a header. Columns are known by their name, whatever their order, case and punctuation:

- claim, code and date of service must be there; line, modifiers (one column, or several with a number), units,
  diagnoses (one column, or several), pointers, setting, practitioner and locality may be. Others are passed over.
- Fields are parted by a comma, a semicolon, a tab or a bar; the header decides. Modifiers and diagnoses in one column
  are parted by blanks, commas, colons or hyphens.
- Dates are 2026-05-01, 20260501 or 5/1/2026 (month first). Diagnoses of a row belong to its line; a row without any
  points to all diagnoses of the claim. Pointers are letters or numbers of the diagnoses of the row in their order.

A row that cannot be read is told by its number and the column at fault, never by what stands there: it may be a name.
The claim of such a row is left out, since what is missing could change every finding.
"""

from __future__ import annotations

import csv
import hashlib
import io
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Protocol

from encoder.core.book import PRACTITIONER
from encoder.core.claim import Claim, ClaimLine
from encoder.errors import InputError
from encoder.store import claims_cells as read_cell
from encoder.store.claims_columns import Columns, columns

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

DELIMITERS = ",;\t|"
LONGEST_HEADER = 65_536


class Reader(Protocol):
    """A csv reader: records, and the lines read so far."""

    line_num: int

    def __next__(self) -> list[str]: ...

    def __iter__(self) -> Iterator[list[str]]: ...


@dataclass(frozen=True, slots=True)
class FileClaim:
    """One claim of a file: its id as written, what each line is called there, and the records up to its end."""

    id: str
    claim: Claim
    lines: tuple[str, ...]
    records: int


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be read: its line in the file (the header is 1), why, and the records up to its claim's end.

    ``claim`` is its claim id; empty where there is none.
    """

    number: int
    why: str
    claim: str
    records: int


class ClaimsFile:
    """An open file of claims; use it in a ``with``."""

    def __init__(self, path: Path, setting: str = PRACTITIONER) -> None:
        """Open the file and read its header.

        Raises:
            InputError: it cannot be read, is no csv with a header, or lacks a column that an audit needs.
        """
        self._path = path
        self._setting = setting
        try:
            self.size = path.stat().st_size
            raw = path.open("rb", buffering=0)
        except OSError as error:
            raise InputError(f"{path} cannot be read ({error.strerror}); name a csv file with claims.") from error
        self._meter = _Meter(raw)
        self._file = io.TextIOWrapper(
            io.BufferedReader(self._meter, 1 << 16), encoding="utf-8-sig", errors="surrogateescape", newline=""
        )
        self._seen = sqlite3.connect(":memory:")
        self._seen.execute("CREATE TABLE seen (id INTEGER PRIMARY KEY)")
        try:
            self._reader, self._width, self._at = self._header()
        except InputError:
            self.close()
            raise
        self._records = 0

    def __enter__(self) -> ClaimsFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
        self._seen.close()

    @property
    def read(self) -> tuple[int, str]:
        """How many bytes were read so far, and their SHA-256."""
        return self._meter.bytes, self._meter.digest.hexdigest()

    def begins_with(self, size: int, digest: str) -> bool:
        """Whether the first bytes of the file are those of a digest that ``read`` gave."""
        found = hashlib.sha256()
        with self._path.open("rb") as file:
            while size > 0 and (piece := file.read(min(size, 1 << 20))):
                found.update(piece)
                size -= len(piece)
        return size == 0 and found.hexdigest() == digest

    def skip(self, records: int) -> None:
        """Pass over records that an earlier run has done; their claims count as seen."""
        at = self._at.claim
        last = ""
        while self._records < records:
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except csv.Error:
                cells = []
            self._records += 1
            claim = cells[at].strip() if at < len(cells) else ""
            if claim and claim != last:
                self._new(claim)
                last = claim

    def claims(self) -> Iterator[FileClaim | BadRow]:
        """Every claim, and every row that could not be read, in the order of the file."""
        rows: list[tuple[int, list[str]]] = []
        bad: list[_Bad] = []
        current = ""
        for number, cells, fault in self._rows():
            claim = current if fault else cells[self._at.claim].strip()
            if not claim:
                bad.append(_Bad(number, fault or "the claim has no id", ""))
                continue
            if claim != current:
                yield from self._finished(current, rows, bad, self._records - 1)
                current, rows, bad = claim, [], []
                if not self._new(claim):
                    why = "the rows of its claim do not stand together; sort the file by claim"
                    bad.append(_Bad(number, why, claim))
            if fault:
                bad.append(_Bad(number, fault, claim))
            else:
                rows.append((number, cells))
        yield from self._finished(current, rows, bad, self._records)

    def _finished(
        self, claim: str, rows: Sequence[tuple[int, list[str]]], bad: Sequence[_Bad], records: int
    ) -> Iterator[FileClaim | BadRow]:
        """A claim, or what is wrong with it; then the rows without an id that stood among its own."""
        own = [one for one in bad if one.claim]
        if rows and not own:
            try:
                yield self._claim(claim, rows, records)
            except _BadCellError as error:
                own.append(_Bad(error.number, error.why, claim))
        for one in (*own, *(one for one in bad if not one.claim)):
            yield BadRow(one.number, one.why, one.claim, records)

    def _rows(self) -> Iterator[tuple[int, list[str], str]]:
        """Every record with its line in the file, and what is wrong with its form (empty: nothing)."""
        while True:
            before = self._reader.line_num
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except OSError as error:
                raise InputError(f"{self._path} cannot be read further ({error.strerror}); run it again.") from error
            except csv.Error as error:
                self._records += 1
                yield before + 2, [], f"it is no csv ({error})"
                continue
            self._records += 1
            if not any(cells):
                continue
            if self._reader.line_num > before + 1:
                yield before + 2, [], f"a quote is open up to line {self._reader.line_num + 1}"
            elif len(cells) != self._width:
                yield before + 2, [], f"it has {len(cells)} fields, the header {self._width}"
            else:
                cells.append("")  # what stands in a column that the file does not have
                yield before + 2, cells, ""

    def _new(self, claim: str) -> bool:
        """Whether a claim was not seen before; ids are kept as numbers of eight bytes."""
        digest = hashlib.blake2b(claim.encode("utf-8", "surrogateescape"), digest_size=8).digest()
        number = int.from_bytes(digest, "big", signed=True)
        return self._seen.execute("INSERT OR IGNORE INTO seen VALUES (?)", (number,)).rowcount == 1

    # ------------------------------------------------------------------------------------------ one claim

    def _claim(self, claim: str, rows: Sequence[tuple[int, list[str]]], records: int) -> FileClaim:
        """The claim of some rows.

        Raises:
            _BadCellError: a cell cannot be read.
        """
        at = self._at
        lines: list[ClaimLine] = []
        own: list[tuple[str, ...]] = []
        asked: list[tuple[int, ...]] = []
        setting = ""
        for number, cells in rows:
            try:
                code, behind = read_cell.code(cells[at.code])
                modifiers = behind + read_cell.modifiers(tuple(cells[one] for one in at.modifiers))
                units, day = read_cell.units(cells[at.units]), read_cell.day(cells[at.date])
                own.append(read_cell.diagnoses(tuple(cells[one] for one in at.diagnoses)))
                asked.append(read_cell.pointers(cells[at.pointers]))
                own_setting = read_cell.setting(cells[at.setting], self._setting)
            except ValueError:
                raise _BadCellError(number, self._fault(cells)) from None
            if setting not in ("", own_setting):
                raise _BadCellError(number, "its setting is another than that of its claim")
            setting = own_setting
            lines.append(ClaimLine(code, modifiers, units, day, (), cells[at.practitioner].strip()))
        diagnoses, pointers = read_cell.pointed(own, asked)
        if any(pointers):
            lines = [replace(line, pointers=to) for line, to in zip(lines, pointers, strict=True)]
        names = [cells[at.line].strip() or str(place) for place, (_, cells) in enumerate(rows, 1)]
        made = Claim(tuple(lines), min(filter(None, (line.on for line in lines))), diagnoses, setting)
        return FileClaim(claim, replace(made, locality=rows[0][1][at.locality].strip()), tuple(names), records)

    def _fault(self, cells: Sequence[str]) -> str:
        """Which column of a row cannot be read."""
        at = self._at
        tries: tuple[tuple[str, Callable[[], object]], ...] = (
            ("code", lambda: read_cell.code(cells[at.code])),
            ("modifiers", lambda: read_cell.modifiers(tuple(cells[one] for one in at.modifiers))),
            ("units", lambda: read_cell.units(cells[at.units])),
            ("date", lambda: read_cell.day(cells[at.date])),
            ("diagnoses", lambda: read_cell.diagnoses(tuple(cells[one] for one in at.diagnoses))),
            ("pointers", lambda: read_cell.pointers(cells[at.pointers])),
        )
        for kind, attempt in tries:
            try:
                attempt()
            except ValueError:
                return f"the {kind} column does not hold {read_cell.EXPECTED[kind]}"
        return f"the setting column does not hold {read_cell.EXPECTED['setting']}"

    # ------------------------------------------------------------------------------------------ header

    def _header(self) -> tuple[Reader, int, Columns]:
        """The records, how many fields each must have, and the places of each kind of column."""
        try:
            text = self._file.readline(LONGEST_HEADER)
        except OSError as error:
            raise InputError(f"{self._path} cannot be read ({error.strerror}); name a csv file with claims.") from error
        delimiter, names = _split(text, self._path)
        return csv.reader(self._file, delimiter=delimiter), len(names), columns(names, self._path.name)


def header_of(path: Path) -> list[str]:
    """The names of the columns of a file of claims, as they stand.

    Raises:
        InputError: it cannot be read, or is no csv.
    """
    try:
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            return _split(file.readline(LONGEST_HEADER), path)[1]
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}); name a csv file with claims.") from error


def _split(text: str, path: Path) -> tuple[str, list[str]]:
    """What parts the fields of a header, and its names."""
    if text[:2] == "PK" or "\0" in text:
        raise InputError(f"{path.name} is no csv in UTF-8; save the claims as csv (UTF-8) and name that file.")
    delimiter = max(DELIMITERS, key=text.count)
    return delimiter, next(csv.reader([text], delimiter=delimiter), [])


class _Bad(NamedTuple):
    """A row that could not be read, and the claim that it spoils; none where it has no id."""

    number: int
    why: str
    claim: str


class _BadCellError(Exception):
    """A cell of a row cannot be read; the cell itself is not told."""

    def __init__(self, number: int, why: str) -> None:
        super().__init__(why)
        self.number, self.why = number, why


class _Meter(io.RawIOBase):
    """A file that counts and hashes what is read from it."""

    def __init__(self, raw: io.FileIO) -> None:
        super().__init__()
        self._raw = raw
        self.bytes = 0
        self.digest = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        count = self._raw.readinto(buffer) or 0
        self.digest.update(memoryview(buffer)[:count])
        self.bytes += count
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()
