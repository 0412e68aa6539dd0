"""The tables in what a user hands in: loose files, gz, zips, and zips in a zip.

Nothing is unpacked into a folder: a member is read as a stream, as often as it is needed. What is cut, encrypted,
swollen (a zip bomb) or named to reach outside is refused before a byte of it is used.
"""

from __future__ import annotations

import contextlib
import gzip
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import IO, Protocol, cast

from encoder.errors import InputError

BLOCK = 1 << 20
ZIP, EMPTY_ZIP, GZ = b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b"
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, gzip.BadGzipFile)
_STRAY = (ValueError, LookupError, OverflowError, struct.error)
_SWOLLEN_FROM = 4 << 20  # a small member may be as repetitive as it likes


@dataclass(frozen=True, slots=True)
class Limits:
    """What is taken for a bomb: bytes of one member, of all together, times their packed size, and how many.

    The largest published member is about 50 MB and 30 times its packed size.
    """

    member: int = 1 << 30
    total: int = 4 << 30
    ratio: int = 300
    members: int = 2_000
    depth: int = 2


LIMITS = Limits()


class Stream(Protocol):
    """What a parser reads from."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, at most ``size``; none at the end."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file that may hold a table.

    Attributes:
        path: the file that was handed in; ``inside`` the members that lead to the table, outermost first.
        size: bytes when unpacked, as the archive says.
    """

    path: Path
    inside: tuple[str, ...]
    size: int
    packed: int
    limits: Limits = LIMITS

    @property
    def name(self) -> str:
        """The name of the file itself, without folders and without .gz."""
        last = (self.inside[-1] if self.inside else self.path.name).rsplit("/", 1)[-1]
        return last.removesuffix(".gz")

    @property
    def where(self) -> str:
        """How a message names it: the file, and the member in it."""
        return " > ".join((self.path.name, *self.inside))

    @property
    def names(self) -> tuple[str, ...]:
        """Every name on the way, innermost first: where a date or a part may stand."""
        return (self.name, *reversed(self.inside), self.path.name)

    @contextlib.contextmanager
    def open(self) -> Iterator[Stream]:
        """The bytes, unpacked.

        Raises:
            InputError: the file cannot be read, is cut, or unpacks to more than the limits.
        """
        with self.seekable() as stream:
            yield _Guarded(stream, self)

    @contextlib.contextmanager
    def seekable(self) -> Iterator[IO[bytes]]:
        """The same for what must jump in it, a workbook; the sizes in it are its reader's to check."""
        with contextlib.ExitStack() as stack, told(self.where):
            stream: IO[bytes] = stack.enter_context(self.path.open("rb"))
            for member in self.inside:
                stream = stack.enter_context(member_of(stack.enter_context(archive_of(stream)), member))
            start = stream.read(2)
            stream.seek(0)
            if start == GZ:
                stream = cast("IO[bytes]", stack.enter_context(gzip.GzipFile(fileobj=stream)))
            yield stream

    def head(self, size: int) -> bytes:
        """The first bytes."""
        with self.open() as stream:
            return stream.read(size)


class _Guarded:
    """A stream that says what is wrong with it, and stops where it unpacks to more than it may."""

    def __init__(self, stream: IO[bytes], source: Source) -> None:
        self._stream, self._source, self._read = stream, source, 0

    def read(self, size: int = -1, /) -> bytes:
        with told(self._source.where):
            data = self._stream.read(size)
        self._read += len(data)
        swollen(self._source.where, self._read, self._source.packed, self._source.limits)
        return data


def swollen(where: str, size: int, packed: int, limits: Limits) -> None:
    """Refuse what unpacks to more than it may."""
    if size > limits.member or (size > _SWOLLEN_FROM and size > limits.ratio * max(packed, 1)):
        raise InputError(
            f"{where} unpacks to {size:,} bytes from {packed:,}, which no published table does; "
            "get the file again from where it is published."
        )


@contextlib.contextmanager
def told(where: str) -> Iterator[None]:
    """Turn what a damaged archive or disk raises into a sentence."""
    try:
        yield
    except _BROKEN as error:
        raise InputError(
            f"{where} is cut or damaged ({str(error).rstrip('.') or 'it ends too early'}); get the file again."
        ) from error
    except NotImplementedError as error:
        raise InputError(
            f"{where} is packed in a way that cannot be read ({error}); unpack it and give what is in it."
        ) from error
    except OSError as error:
        raise InputError(
            f"{where} cannot be read ({error.strerror or error}); check the file and its folder."
        ) from error


def archive_of(stream: IO[bytes]) -> zipfile.ZipFile:
    """A zip that is open; the standard library lets other errors through where its directory is damaged."""
    try:
        return zipfile.ZipFile(stream)
    except _STRAY as error:
        raise zipfile.BadZipFile(f"its directory cannot be read: {error}") from error


def member_of(archive: zipfile.ZipFile, member: str | zipfile.ZipInfo) -> IO[bytes]:
    """A member of a zip, open."""
    try:
        return archive.open(member)
    except (*_STRAY, RuntimeError) as error:
        if isinstance(error, NotImplementedError):
            raise
        raise zipfile.BadZipFile(f"a member cannot be opened: {error}") from error


def find(paths: Iterable[Path], limits: Limits = LIMITS) -> tuple[Source, ...]:
    """Every file that may hold a table, in the order given, members in the order of their archive.

    Raises:
        InputError: a path is no file, or an archive is damaged, encrypted, swollen, or names a way out of itself.
    """
    found: list[Source] = []
    for path in paths:
        if not path.is_file():
            raise InputError(f"There is no file {path}; check the name.")
        with told(path.name):
            size = path.stat().st_size
            with path.open("rb") as stream:
                found += _walk(stream, Source(path, (), size, size, limits))
    total = sum(source.size for source in found)
    if total > limits.total or len(found) > limits.members:
        raise InputError(
            f"These files hold {len(found):,} members of {total:,} bytes, more than any edition; give fewer at once."
        )
    return tuple(found)


def _walk(stream: IO[bytes], here: Source) -> list[Source]:
    """The files in a stream: itself, or what is in it when it is a zip that is no workbook."""
    start = stream.read(4)
    stream.seek(0)
    if start not in (ZIP, EMPTY_ZIP):
        return [here]
    with archive_of(stream) as archive:
        members = [info for info in archive.infolist() if not _litter(info.filename)]
        if "[Content_Types].xml" in archive.namelist():
            return [here]
        if len(here.inside) == here.limits.depth:
            raise InputError(f"{here.where} holds a zip in a zip in a zip; unpack it and give the files in it.")
        check(members, here.where, here.limits)
        found = []
        for info in members:
            source = Source(here.path, (*here.inside, info.filename), info.file_size, info.compress_size, here.limits)
            with told(source.where), member_of(archive, info) as inner:
                found += _walk(inner, source)
        return found


def check(members: list[zipfile.ZipInfo], where: str, limits: Limits) -> None:
    """Refuse an archive that swells, is encrypted, or names a way out of itself."""
    if len(members) > limits.members:
        raise InputError(f"{where} holds {len(members):,} files, which no published archive does.")
    if sum(info.file_size for info in members) > limits.total:
        raise InputError(f"{where} unpacks to more than {limits.total:,} bytes, which no published archive does.")
    seen = set()
    for info in members:
        member = f"{where} > {printable(info.filename)}"
        if _reaches_out(info):
            raise InputError(f"{member} is named to be written outside its archive; the file is not used.")
        if info.flag_bits & 1:
            raise InputError(f"{member} is encrypted; unpack it with its password and give what is in it.")
        if info.filename in seen:
            raise InputError(f"{member} stands in its archive twice; unpack it and give the one that is meant.")
        seen.add(info.filename)
        swollen(member, info.file_size, info.compress_size, limits)


def _reaches_out(info: zipfile.ZipInfo) -> bool:
    name = info.filename
    parts = PureWindowsPath(name).parts  # knows both slashes and drives
    return (
        name.startswith(("/", "\\"))
        or ".." in parts
        or ":" in name
        or printable(name) != name
        or stat.S_ISLNK(info.external_attr >> 16)
    )


def printable(name: str) -> str:
    """A name without control characters, for a message."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)


def _litter(name: str) -> bool:
    """A folder, or what a Mac or Windows leaves in a zip."""
    return name.endswith("/") or name.startswith("__MACOSX/") or name.rsplit("/", 1)[-1] in {".DS_Store", "Thumbs.db"}
