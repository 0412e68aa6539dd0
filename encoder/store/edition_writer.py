"""Writing editions: each into a file of its own that nobody sees, verified, then all of them switched in at once.

A folder of editions holds ``<id>.db`` (in use), ``<id>.db.hidden`` (rolled back), ``trusted`` (public keys), and while
something is written ``.<id>.<process>.part`` and ``.switch``. The switch is a list of parts that are complete: once it
is there, they go to their places, now or at the next start; before it is there, they are nothing and are thrown away.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from encoder.errors import EncoderError, InputError, SetupError
from encoder.store.edition_tables import SCHEMA_VERSION, Kind, Record

if TYPE_CHECKING:
    from encoder.store.edition_changes import Report

BATCH = 4_000
PART, SWITCH, LOCK, HIDDEN = ".part", ".switch", ".lock", ".hidden"
STEPS = 50_000  # of SQLite, between two questions whether to go on
_WINDOWS = os.name == "nt"
Progress = Callable[[str, int, int], None]
"""What is being done, how much of it is done, and how much it is in all (0: not known)."""


class CancelledError(EncoderError):
    """The user ended the work; nothing has changed."""

    exit_code = 1

    def __init__(self) -> None:
        super().__init__("Cancelled; the editions are as they were.")


def _silent(_what: str, _done: int, _all: int) -> None:
    """No progress wanted."""


def _agreed(_reports: Sequence[Report]) -> bool:
    """What was read is used without a question."""
    return True


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who looks on: told how far the work is, asked whether to go on, and at the end whether what was read is used."""

    progress: Progress = _silent
    cancelled: Callable[[], bool] = bool
    agreed: Callable[[Sequence[Report]], bool] = _agreed

    def go_on(self) -> None:
        """Raise CancelledError when the user has ended the work."""
        if self.cancelled():
            raise CancelledError


@dataclass(frozen=True, slots=True)
class Staged:
    """An edition that is written and verified, in a file that nobody sees yet."""

    part: Path
    name: str
    kept: int
    repeated: int
    meta: Mapping[str, str]


@dataclass(slots=True)
class Draft:
    """One edition while it is written. Use it as a context manager: what is not finished is thrown away.

    Raises:
        InputError: two rows contradict each other.
        SetupError: the folder cannot be written, or is full.
        CancelledError: the watcher wants no more.
    """

    folder: Path
    kind: Kind
    watcher: Watcher = field(default_factory=Watcher)
    kept: int = 0
    repeated: int = 0
    _part: Path = field(init=False)
    _connection: sqlite3.Connection = field(init=False)

    def __enter__(self) -> Draft:
        with told(self.folder), ExitStack() as undo:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._part = _new_part(self.folder, self.kind.name)
            self._connection = sqlite3.connect(self._part, isolation_level=None)
            undo.callback(self._connection.close)
            # No journal: a file that is not finished is thrown away, and one that is finished is synced once.
            for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -16000"):
                self._connection.execute(f"PRAGMA {setting}")
            self._connection.set_progress_handler(self.watcher.cancelled, STEPS)
            for statement in self.kind.schema:
                self._connection.execute(statement)
            self._connection.execute("BEGIN")
            undo.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def add(self, records: Iterable[Record], where: str) -> None:
        """Add the rows of one file; a row that stands there twice is kept once and counted as repeated.

        Raises:
            InputError: a key stands twice with different contents, where the table has one row a key.
        """
        sql = self._insert("0").replace("INSERT", "INSERT OR IGNORE", 1)
        source = iter(records)
        with told(self.folder):
            while batch := list(islice(source, BATCH)):
                self.watcher.go_on()
                before = self._connection.total_changes
                self._connection.executemany(sql, [row for _, row in batch])
                added = self._connection.total_changes - before
                self.kept += added
                if added < len(batch):
                    self.repeated += len(batch) - added - self._add_others(batch, where)

    def _insert(self, nth: str) -> str:
        """The statement that adds a row; the bound values are the cells, and which of its key it is where wanted."""
        names = self.kind.names
        marks = ", ".join((*"?" * len(names), nth)) if self.kind.repeats else ", ".join("?" * len(names))
        columns = ", ".join((*names, "nth") if self.kind.repeats else names)
        return f"INSERT INTO {self.kind.table} ({columns}) VALUES ({marks})"

    def _add_others(self, batch: Sequence[Record], where: str) -> int:
        """Add the rows whose key was there with other contents; how many they are. The rest are the same again."""
        key = " AND ".join(f"{name} = ?" for name in self.kind.key)
        places = [self.kind.names.index(name) for name in self.kind.key]
        sql = f"SELECT {', '.join(self.kind.names)} FROM {self.kind.table} WHERE {key}"
        again, others = self._insert("?"), 0
        for line, row in batch:
            held = self._connection.execute(sql, [row[place] for place in places]).fetchall()
            if row in held:
                continue
            if not self.kind.repeats:
                shown = " ".join(str(row[place]) for place in places)
                raise InputError(
                    f"{where}, line {line}: {shown} stands a second time with other contents; two editions are mixed, "
                    "or the file is not as published."
                )
            self._connection.execute(again, (*row, len(held)))
            others += 1
        self.kept += others
        return others

    def finish(
        self, edition: str, start: date, until: date, texts: Mapping[str, int], meta: Mapping[str, str]
    ) -> Staged:
        """Write what there is to say of the edition, and verify all of it as it can be read back.

        Raises:
            SetupError: what was read back is not what was written.
        """
        with told(self.folder):
            execute = self._connection.execute
            if self.kind.texts:
                self._connection.executemany(
                    "INSERT INTO rationale VALUES (?, ?)", [(number, say) for say, number in texts.items()]
                )
            if self.kind.index:
                self.watcher.progress("indexing", 0, 0)
                execute(f"CREATE INDEX other ON {self.kind.table} ({self.kind.index})")
            reach = execute(f"SELECT min(from_date) FROM {self.kind.table}").fetchone()[0] if self.kind.dated else None
            self.watcher.progress("verifying", 0, 0)
            said = {
                "schema_version": SCHEMA_VERSION,
                "kind": self.kind.name,
                "edition": edition,
                "from": start.isoformat(),
                "until": until.isoformat(),
                "reaches_back_to": min(str(reach or start), start.isoformat()),
                "kept": str(self.kept),
                "repeated": str(self.repeated),
                "content_sha256": digest(self._connection, self.kind),
                **meta,
            }
            self._connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(said.items()))
            execute("COMMIT")
            count = execute(f"SELECT count(*) FROM {self.kind.table}").fetchone()[0]
            sound = execute("PRAGMA integrity_check").fetchall()
            if count != self.kept or sound != [("ok",)]:
                raise SetupError(
                    f"The edition could not be verified in {self.folder} ({count} of {self.kept} rows, {sound[0][0]}); "
                    "nothing has changed; check the disk and import it again."
                )
            self._connection.close()
            to_disk(self._part)
        return Staged(self._part, f"{file_name(self.kind.name, said)}.db", self.kept, self.repeated, said)


def file_name(kind: str, meta: Mapping[str, str]) -> str:
    """The id of an edition, which names its file: kind and edition, and the release where it is not the first."""
    words = (kind, meta["edition"], meta.get("release", ""))
    return re.sub(r"[^a-z0-9_]+", "-", " ".join(word for word in words if word).lower())


def digest(connection: sqlite3.Connection, kind: Kind) -> str:
    """The SHA-256 of the rows in key order: cells parted by U+001F, NULL as U+0000, each row ended by a line feed."""
    sha = hashlib.sha256()
    tables = [(kind.table, kind.names, ", ".join(kind.whole_key))]
    if kind.texts:
        tables.append(("rationale", ("id", "say"), "id"))
    for table, names, order in tables:
        cells = " || char(31) || ".join(f"ifnull({name}, char(0))" for name in names)
        rows = connection.execute(f"SELECT {cells} FROM {table} ORDER BY {order}")
        while batch := rows.fetchmany(BATCH):
            sha.update("".join(f"{row}\n" for (row,) in batch).encode())
    return sha.hexdigest()


@contextlib.contextmanager
def told(folder: Path) -> Iterator[None]:
    """Turn what the disk raises, and what SQLite says of it, into a sentence."""
    try:
        with on_disk(folder):
            yield
    except sqlite3.OperationalError as error:
        if "interrupted" in str(error):
            raise CancelledError from error
        raise _no_room(folder, str(error)) from error


@contextlib.contextmanager
def on_disk(folder: Path) -> Iterator[None]:
    """Turn what the disk raises into a sentence."""
    try:
        yield
    except OSError as error:
        raise _no_room(folder, error.strerror or str(error)) from error


def _no_room(folder: Path, why: str) -> SetupError:
    return SetupError(
        f"The folder {folder} could not be written ({why}), and the editions are as they were; an edition needs up to "
        "300 MB: make room, close other windows of the program, or name another folder in GRAFTPATH_DATA."
    )


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """The right to change a folder of editions. A process that ends, however it ends, gives it back.

    Raises:
        SetupError: another process has it, or the folder cannot be written.
    """
    with told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(folder / LOCK, timeout=0, isolation_level=None)
    try:
        try:
            connection.execute("PRAGMA journal_mode = MEMORY")  # no file but the lock itself
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            raise SetupError(
                f"The editions in {folder} cannot be changed now ({error}): another window or command is changing "
                "them, or the folder is read-only; wait for it to end and try again."
            ) from error
        recover(folder)
        try:
            yield
        finally:
            clean(folder)
    finally:
        connection.close()


def switch(folder: Path, staged: Sequence[Staged]) -> None:
    """Put finished editions in their places, all or none, whatever happens in between."""
    with told(folder):
        moves = {one.part.name: one.name for one in staged}
        listed = folder / f".moves{PART}"
        listed.write_text(json.dumps(moves), encoding="utf-8")
        to_disk(listed)
        listed.replace(folder / SWITCH)  # from here on it is done
        to_disk(folder)
        recover(folder)


def recover(folder: Path) -> None:
    """Finish a switch that was begun. Call it with the lock held, or through ``clean_up``."""
    listed = folder / SWITCH
    if not listed.exists():
        return
    for part, name in json.loads(listed.read_text(encoding="utf-8")).items():
        if (folder / part).exists():
            (folder / part).replace(folder / name)
            (folder / f"{name}{HIDDEN}").unlink(missing_ok=True)
    to_disk(folder)
    listed.unlink()


def clean(folder: Path) -> None:
    """Throw away what was written and not switched in. Call it with the lock held."""
    for part in folder.glob(f".*{PART}*"):
        with contextlib.suppress(OSError):
            part.unlink()


def clean_up(folder: Path) -> None:
    """Finish or throw away what an interrupted import left, unless one is under way or the folder is read-only."""
    with contextlib.suppress(EncoderError), locked(folder):
        clean(folder)


def _new_part(folder: Path, name: str) -> Path:
    number = 0
    while (part := folder / f".{name}.{os.getpid()}.{number}{PART}").exists():
        number += 1
    return part


def to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk; a folder cannot be opened for that on Windows."""
    if path.is_dir() and _WINDOWS:
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
