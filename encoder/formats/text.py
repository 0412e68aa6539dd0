"""Bytes to lines and cells, as a stream: any line end, UTF-8 or Windows-1252, csv with lines in its cells."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from encoder.errors import InputError
from encoder.formats.sources import BLOCK, Stream

LONGEST = 200_000  # characters: no line of a published table is near it
_END_MARK = b"\x1a"  # Ctrl-Z, with which some published texts still end
Cells = tuple[int, list[str]]
"""The line a record begins on, and its cells."""


class RefusedError(InputError):
    """A file that is not what it should be; ``line`` is 0 where it is about the whole of it."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(f"line {line}: {reason}" if line else reason)
        self.reason, self.line = reason, line


class Lines:
    """The lines of a stream without their ends; CRLF, LF and bare CR alike.

    Attributes:
        number: the number of the last line that was read.
        whole: whether the last line had an end.
    """

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self.number, self.whole = 0, True

    def __iter__(self) -> Iterator[str]:
        rest, first = b"", True
        while block := self._stream.read(BLOCK):
            data = rest + block
            if first:
                data, first = _without_mark(data), False
            cut = max(data.rfind(b"\n"), data.rfind(b"\r", 0, -1)) + 1  # a CR at the very end may be half of CRLF
            rest = data[cut:]
            if len(rest) > LONGEST:
                raise RefusedError(
                    f"over {LONGEST:,} characters without a line end, so this is no table", self.number + 1
                )
            yield from self._split(data[:cut])
        if rest := rest.removesuffix(_END_MARK):
            self.whole = rest.endswith(b"\r")
            yield from self._split(rest)

    def _split(self, data: bytes) -> list[str]:
        """The lines of some bytes that end with a line."""
        text = _decode(data, self.number).replace("\r\n", "\n").replace("\r", "\n")
        lines = text.removesuffix("\n").split("\n") if text else []
        self.number += len(lines)
        return lines


def _decode(data: bytes, before: int) -> str:
    """UTF-8, or Windows-1252 where it is not; the published files are ASCII but for a sign or two."""
    if b"\0" in data:
        raise RefusedError("a zero byte, so this is no text", before + 1 + data[: data.index(b"\0")].count(b"\n"))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        line = before + 1 + data[: error.start].count(b"\n")
        raise RefusedError(f"a byte ({data[error.start]:#x}) that is neither UTF-8 nor Windows-1252", line) from error


def _without_mark(data: bytes) -> bytes:
    """Without the byte order mark of UTF-8; that of UTF-16 is refused."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RefusedError("the text is UTF-16; save it as UTF-8 or get the file again")
    return data.removeprefix(b"\xef\xbb\xbf")


def records(lines: Iterable[str], delimiter: str = ",") -> Iterator[Cells]:
    """The records of a csv, which may hold line ends in quoted cells."""
    reader = csv.reader((line + "\n" for line in lines), strict=True, delimiter=delimiter)
    start = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise RefusedError(f"the quotation marks do not match ({error})", start) from error
        if cells is None:
            return
        yield start, cells
        start = reader.line_num + 1
