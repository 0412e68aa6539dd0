"""What a file is, seen from its content: which published layout, or why it is none."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from types import TracebackType

from encoder.errors import InputError
from encoder.formats import (
    addenda,
    addendum,
    anesthesia,
    aoc,
    conversion,
    cpt,
    gpci,
    hcpcs,
    icd10,
    locality,
    mue,
    pprrvu,
    ptp,
    xlsx,
)
from encoder.formats.layout import Head, Layout, Recognise
from encoder.formats.sources import BLOCK, ZIP, Source, Stream, told
from encoder.formats.text import Cells, Lines, RefusedError, records

HEAD = 1 << 16
ROWS = 60
RECOGNISERS: tuple[Recognise, ...] = (
    pprrvu.recognise,
    gpci.recognise,
    locality.recognise,
    anesthesia.recognise,
    mue.recognise,
    conversion.recognise,
    addendum.recognise,
    ptp.recognise,
    aoc.recognise,
    addenda.recognise,
    hcpcs.recognise,
    cpt.recognise,
    icd10.recognise,
)
"""In this order: a layout with captions before one that is known by the shape of its records."""

_OTHERS = (
    (re.compile(rb"%PDF"), "a PDF, which no table is read from"),
    (re.compile(rb"\xd0\xcf\x11\xe0"), "an Excel file of the old kind (xls); save it as xlsx or csv"),
    (
        re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype html|html|head|table)", re.IGNORECASE),
        "a web page under the name of a table; get the file itself, not the page that links to it",
    ),
    (re.compile(rb"(\xef\xbb\xbf)?\s*<\?xml"), "an XML file, which is not read"),
    (re.compile(rb"\{\\rtf"), "a text document (rtf), which no table is read from"),
    (re.compile(rb"\s*\Z"), "empty"),
)
UNKNOWN = "none of the published layouts that this program knows; check that it is the file you meant"


def recognise(source: Source) -> Layout:
    """The layout of a file.

    Raises:
        RefusedError: it is none that this program reads; the reason says what it is instead.
    """
    head = head_of(source)
    layout = next((found for look in RECOGNISERS if (found := look(head))), None)
    if layout is None:
        raise RefusedError(UNKNOWN)
    return layout


def head_of(source: Source) -> Head:
    """The beginning of a file, as text and as cells.

    Raises:
        RefusedError: it is no text and no workbook.
    """
    start = source.head(HEAD)
    if start.startswith(ZIP):
        with source.seekable() as stream:
            rows = tuple(tuple(cells) for _, cells in islice(xlsx.rows(stream, source.where, source.limits), ROWS))
        return Head(source.names, (), rows, workbook=True)
    for shape, what in _OTHERS:
        if shape.match(start):
            raise RefusedError(what)
    if len(start) == HEAD:  # the last line may be cut
        start = start[: max(start.rfind(b"\n"), start.rfind(b"\r")) + 1] or start
    lines = tuple(Lines(Once(start)))
    return Head(source.names, lines, tuple(_first_rows(lines)))


class Once:
    """Bytes as a stream."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self, size: int = -1, /) -> bytes:
        """All at once, then nothing."""
        data, self._data = self._data, b""
        return data


def _first_rows(lines: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The first lines as cells of a csv, as far as they can be read so."""
    reader = csv.reader(line + "\n" for line in lines)
    try:
        for cells in islice(reader, ROWS):
            yield tuple(cells)
    except csv.Error:
        return


class Watch:
    """Told of each block that was read; ends the reading when it is asked to."""

    def read(self, size: int) -> None:
        """So many bytes more. Raises what is to end the reading."""


@dataclass
class Whole:
    """The whole of a file for its parser; see ``encoder.formats.layout.Content``."""

    source: Source
    watch: Watch = field(default_factory=Watch)
    whole: bool = True
    last: int = 0
    _stack: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Whole:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def lines(self) -> Iterator[str]:
        """The lines of a text."""
        lines = Lines(_Watched(self._stack.enter_context(self.source.open()), self.watch))
        yield from lines
        self.whole, self.last = lines.whole, lines.number

    def rows(self, delimiter: str = ",") -> Iterator[Cells]:
        """The records of a csv, or the rows of a workbook."""
        if self.source.head(len(ZIP)) != ZIP:
            yield from records(self.lines(), delimiter)
            return
        stream = self._stack.enter_context(self.source.seekable())
        with told(self.source.where):
            for count, row in enumerate(xlsx.rows(stream, self.source.where, self.source.limits)):
                if count % 4096 == 0:
                    self.watch.read(0)
                yield row
        self.watch.read(self.source.size)


class _Watched:
    def __init__(self, stream: Stream, watch: Watch) -> None:
        self._stream, self._watch = stream, watch

    def read(self, size: int = BLOCK, /) -> bytes:
        data = self._stream.read(size)
        self._watch.read(len(data))
        return data


def sentence(source: Source, error: RefusedError) -> InputError:
    """What is said of a file that its parser refused: the file, the line, the reason."""
    line = f", line {error.line}" if error.line else ""
    return InputError(f"{source.where}{line}: {error.reason}.")
