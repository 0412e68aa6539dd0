"""The first sheet of a workbook as rows of text, as a stream: a part of the code pairs has 675,000 rows.

Numbers are given as they were typed (2017, not 2017.0; 6.89, not 6.8899999999999997), and an empty cell is an empty
text. Formulas, styles and other sheets are not looked at. A document type, which only an attack has, is refused.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import IO
from xml.parsers import expat

from encoder.formats.sources import LIMITS, Limits, archive_of, check, member_of
from encoder.formats.text import Cells, RefusedError

_BLOCK = 1 << 16
_LAST_COLUMN = 16_383  # XFD
_WRITTEN = 15  # digits that a workbook keeps as they were typed
_DIGITS = "0123456789"


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Whether a zip is a workbook of this kind."""
    return "xl/workbook.xml" in archive.namelist()


def rows(stream: IO[bytes], where: str, limits: Limits = LIMITS) -> Iterator[Cells]:
    """The rows of the first sheet, with the numbers they have in it.

    Raises:
        RefusedError: it is no workbook, or its XML is damaged.
        InputError: it unpacks to more than it may.
    """
    with archive_of(stream) as archive:
        if not is_workbook(archive):
            raise RefusedError("an Office file without a sheet; give the published table")
        check(archive.infolist(), where, limits)
        related = _related(archive)
        names = [related[key] for key in _sheets(archive) if key in related]
        if not names or names[0] not in archive.namelist():
            raise RefusedError("the workbook has no sheet")
        strings = related.get("strings", "xl/sharedStrings.xml")
        shared = _Strings(archive, strings).found if strings in archive.namelist() else []
        with member_of(archive, names[0]) as sheet:
            yield from _Sheet(shared).rows(sheet)


class _Parser:
    """An XML parser. The prefix that a name may carry is looked at only where the bare name fits nothing."""

    def __init__(self) -> None:
        self.expat = expat.ParserCreate()
        self.expat.buffer_text = True
        self.expat.StartElementHandler = self.start
        self.expat.EndElementHandler = self.end
        self.expat.CharacterDataHandler = self.text
        self.expat.StartDoctypeDeclHandler = _no_document_type

    def start(self, name: str, given: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Text in an element."""

    def feed(self, stream: IO[bytes]) -> Iterator[None]:
        """Read on, a block at a time."""
        while True:
            block = stream.read(_BLOCK)
            try:
                self.expat.Parse(block, not block)
            except expat.ExpatError as error:
                raise RefusedError(f"the workbook is damaged ({error})") from error
            yield
            if not block:
                return


def _bare(name: str) -> str:
    return name.rpartition(":")[2]


def _no_document_type(*_: object) -> None:
    raise RefusedError("the workbook declares a document type, which no workbook does")


class _Elements(_Parser):
    """Hands each element to a function."""

    def __init__(self, archive: zipfile.ZipFile, member: str, seen: Callable[[str, dict[str, str]], None]) -> None:
        super().__init__()
        self._seen = seen
        if member in archive.namelist():
            with member_of(archive, member) as stream:
                for _ in self.feed(stream):
                    pass

    def start(self, name: str, given: dict[str, str]) -> None:
        self._seen(_bare(name), {key.rpartition(":")[2]: value for key, value in given.items()})


def _sheets(archive: zipfile.ZipFile) -> list[str]:
    """The relations that lead to the sheets, first sheet first."""
    found: list[str] = []
    _Elements(
        archive, "xl/workbook.xml", lambda name, given: found.append(given.get("id", "")) if name == "sheet" else None
    )
    return found


def _related(archive: zipfile.ZipFile) -> dict[str, str]:
    """Members by the id of their relation; that of the shared strings as ``strings``."""
    found: dict[str, str] = {}

    def seen(name: str, given: dict[str, str]) -> None:
        if name == "Relationship":
            target = posixpath.normpath(posixpath.join("/xl", given.get("Target", ""))).removeprefix("/")
            found["strings" if given.get("Type", "").endswith("/sharedStrings") else given.get("Id", "")] = target

    _Elements(archive, "xl/_rels/workbook.xml.rels", seen)
    return found


class _Strings(_Parser):
    """The texts that cells refer to by number; the reading aid of a text (rPh) is no part of it."""

    def __init__(self, archive: zipfile.ZipFile, member: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._parts: list[str] = []
        self._taken = self._aside = False
        with member_of(archive, member) as stream:
            for _ in self.feed(stream):
                pass

    def start(self, name: str, given: dict[str, str]) -> None:
        if name == "rPh":
            self._aside = True
        elif name == "t":
            self._taken = not self._aside
        elif ":" in name:
            self.start(_bare(name), given)

    def end(self, name: str) -> None:
        if name == "t":
            self._taken = False
        elif name == "rPh":
            self._aside = False
        elif name == "si":
            self.found.append("".join(self._parts))
            self._parts.clear()
        elif ":" in name:
            self.end(_bare(name))

    def text(self, data: str) -> None:
        if self._taken:
            self._parts.append(data)


class _Sheet(_Parser):
    """The rows of one sheet."""

    def __init__(self, shared: list[str]) -> None:
        super().__init__()
        self._shared = shared
        self._done: list[Cells] = []
        self._row: list[str] = []
        self._number, self._column = 0, 0
        self._kind, self._taken = "", False
        self._parts: list[str] = []

    def rows(self, stream: IO[bytes]) -> Iterator[Cells]:
        for _ in self.feed(stream):
            yield from self._done
            self._done.clear()

    def start(self, name: str, given: dict[str, str]) -> None:
        if name == "c":
            self._column = _column(given["r"].rstrip(_DIGITS)) if "r" in given else self._column + 1
            self._kind = given.get("t", "n")
        elif name in ("v", "t"):
            self._taken = True
        elif name == "row":
            number = given.get("r", "")
            self._number = int(number) if number.isdecimal() and len(number) < 9 else self._number + 1
            self._row, self._column = [], -1
        elif ":" in name:
            self.start(_bare(name), given)

    def text(self, data: str) -> None:
        if self._taken:
            self._parts.append(data)

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self._taken = False
        elif name == "c":
            value = "".join(self._parts)
            self._parts.clear()
            if value and self._kind == "s":
                value = self._string(value)
            elif self._kind == "n" and len(value) > _WRITTEN:
                value = self._plain(value)
            if value:
                if self._column > len(self._row):
                    self._row += [""] * (self._column - len(self._row))
                self._row[self._column :] = [value]
        elif name == "row":
            self._done.append((self._number, self._row))
        elif ":" in name:
            self.end(_bare(name))

    def _plain(self, value: str) -> str:
        """A number as it was typed: a workbook keeps 6.89 as 6.8899999999999997."""
        try:
            return repr(float(value))
        except ValueError as error:
            raise RefusedError(f"a cell holds '{value[:20]}' as a number", self._number) from error

    def _string(self, value: str) -> str:
        try:
            number = int(value)
            return self._shared[number if number >= 0 else len(self._shared)]
        except (ValueError, IndexError) as error:
            raise RefusedError(
                f"a cell refers to a text '{value[:20]}' that the workbook does not have", self._number
            ) from error


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    """The place of a column in its row: C is 2."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    if not letters.isascii() or not letters.isupper() or not letters.isalpha() or place - 1 > _LAST_COLUMN:
        raise RefusedError(f"a cell stands in a column '{letters[:20]}', and no sheet has one")
    return place - 1
