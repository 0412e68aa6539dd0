"""The editions that a user imported: what is there, which one answers on a date, hide, restore, remove, verify.

The list is read from the files themselves, so that a file that is copied, lost or damaged is seen as what it is.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from encoder.core.codes import Edition, Source, Span
from encoder.errors import InputError, UsageError
from encoder.store.database import Reading
from encoder.store.edition_tables import FIGURES, KINDS, SCHEMA_VERSION, TABLES, Kind
from encoder.store.edition_writer import HIDDEN, PART, STEPS, SWITCH, Watcher, clean_up, digest, locked, told

FILE = ".db"
TRUSTED = "trusted"


@dataclass(frozen=True, slots=True)
class Held:
    """One imported edition.

    Attributes:
        span: the dates it answers for, once its place among the others is known; ``own`` those of its release.
        fault: why it cannot be used; it then answers for nothing.
    """

    id: str
    path: Path
    kind: Kind
    edition: str
    own: Span
    span: Span
    meta: Mapping[str, str]
    hidden: bool = False
    fault: str = ""

    @property
    def cite(self) -> str:
        """How a row of it is cited, without the place."""
        return self.id.replace("_", "-")

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files it was read from."""
        return tuple(one["name"] for one in json.loads(self.meta.get("files", "[]")))

    @property
    def note(self) -> str:
        """What the reader must know of it."""
        kept, refused = int(self.meta["kept"]), int(self.meta.get("refused", "0"))
        said = [f"Imported from {', '.join(self.files)}: {kept:,} rows."]
        if refused:
            said.append(f"{refused:,} rows could not be read and are missing.")
        if self.kind.dated:
            said.append("Each row keeps its own first and last day, so it answers for earlier dates too.")
        return " ".join(said)

    def as_edition(self) -> Edition:
        """As the core thinks of an edition."""
        return Edition(self.kind.name, self.kind.label, self.edition, self.span, self.note, (f"{self.cite}#file",))

    def as_source(self) -> Source:
        """As an entry of the source register."""
        where = f"Imported on this workstation: {', '.join(self.files)}"
        return Source(self.cite, self.kind.title, self.edition, self.own, where, "published file", self.note)


class Shelf:
    """The editions of one folder. It is read when it is first asked for; ``again`` forgets what was read."""

    def __init__(self, folder: Path | None, read: tuple[Held, ...] | None = None) -> None:
        self.folder = folder
        self._all = read
        self._of: dict[str, tuple[Held, ...]] = {}

    def all(self) -> tuple[Held, ...]:
        """Every edition, hidden and damaged ones too: by kind, newest first."""
        if self._all is None:
            self._all = self._read()
        return self._all

    def again(self) -> None:
        """Forget what was read: the folder has changed."""
        self._all = None
        self._of.clear()

    def beside(self, held: Held) -> Shelf:
        """A shelf with one more edition, in the place of one of the same id."""
        return Shelf(self.folder, _ordered([held, *(one for one in self.all() if one.id != held.id)]))

    def without(self, held: Held) -> Shelf:
        """A shelf with one edition less."""
        return Shelf(self.folder, _ordered(one for one in self.all() if one.id != held.id))

    def in_use(self) -> tuple[Held, ...]:
        """The editions that may answer."""
        return tuple(held for held in self.all() if not held.hidden and not held.fault)

    def of(self, kind: str) -> tuple[Held, ...]:
        """The editions of a kind that are in use, newest first."""
        if kind not in self._of:
            self._of[kind] = tuple(held for held in self.in_use() if held.kind.name == kind)
        return self._of[kind]

    def on(self, kind: str, day: date) -> Held | None:
        """The edition of a kind that answers on a day: the newest that covers it."""
        return next((held for held in self.of(kind) if held.span.covers(day)), None)

    def with_field(self, field: str, day: date) -> Held | None:
        """The edition that has a figure on a day."""
        return self.on(TABLES[field], day) if field in TABLES else None

    def with_figures(self) -> list[Held]:
        """The editions in use that hold figures of codes."""
        return [held for kind in ("pfs", *FIGURES) for held in self.of(kind)]

    def faults(self) -> tuple[str, ...]:
        """What is wrong with files in the folder, a sentence each."""
        return tuple(held.fault for held in self.all() if held.fault)

    def find(self, edition: str) -> Held:
        """The edition of an id.

        Raises:
            UsageError: there is none.
        """
        found = next((held for held in self.all() if held.id == edition), None)
        if found is None:
            known = ", ".join(held.id for held in self.all()) or "none"
            raise UsageError(f"No edition '{edition}' is imported here; there are: {known}.")
        return found

    def hide(self, edition: str) -> Held:
        """Roll back: the edition is kept and no longer answers."""
        return self._move(self.find(edition), hidden=True)

    def restore(self, edition: str) -> Held:
        """Let a hidden edition answer again."""
        return self._move(self.find(edition), hidden=False)

    def remove(self, edition: str) -> Held:
        """Delete an edition.

        Raises:
            UsageError: there is none of this id.
            SetupError: the file cannot be deleted.
        """
        held = self.find(edition)
        with locked(held.path.parent), told(held.path.parent):
            held.path.unlink(missing_ok=True)
        self.again()
        return held

    def _move(self, held: Held, *, hidden: bool) -> Held:
        if held.fault:
            raise InputError(held.fault)
        name = f"{held.id}{FILE}{HIDDEN if hidden else ''}"
        with locked(held.path.parent), told(held.path.parent):
            held.path.replace(held.path.with_name(name))
        self.again()
        return self.find(held.id)

    def _read(self) -> tuple[Held, ...]:
        if self.folder is None or not self.folder.is_dir():
            return ()
        names = sorted(path.name for path in self.folder.iterdir())
        if SWITCH in names or any(name.startswith(".") and name.endswith(PART) for name in names):
            clean_up(self.folder)
            names = sorted(path.name for path in self.folder.iterdir())
        return _ordered(
            held_at(self.folder / name, name)
            for name in names
            if name.endswith((FILE, FILE + HIDDEN)) and name[0] != "."
        )


def _ordered(found: Iterable[Held]) -> tuple[Held, ...]:
    """By kind, newest first."""
    by_kind: dict[str, list[Held]] = {kind: [] for kind in KINDS}
    for held in found:
        by_kind[held.kind.name].append(held)
    return tuple(held for some in by_kind.values() for held in _placed(some))


def _placed(of_one_kind: Iterable[Held]) -> Iterator[Held]:
    """Newest first, each with the dates it answers for.

    Where rows keep their own days, an edition also answers for the days before its release, back to the end of the
    release before it that is here.
    """
    ordered = sorted(of_one_kind, key=lambda held: (held.own.start or date.min, held.meta.get("release", "")))
    placed: list[Held] = []
    end: date | None = None
    for held in ordered:
        span = held.own
        if held.kind.dated and not held.hidden and not held.fault:
            back = date.fromisoformat(held.meta["reaches_back_to"])
            span = Span(max(back, end + timedelta(1)) if end else back, span.end)
            if span.start and held.own.start and span.start > held.own.start:
                span = held.own
            end = max(end or date.min, held.own.end or date.max)
        placed.append(replace(held, span=span))
    return reversed(placed)


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """An edition opened for reading, for as long as the block."""
    with closing(connect(path)) as connection:
        yield connection


def connect(path: Path) -> sqlite3.Connection:
    """An edition opened for reading; it is never written, so no lock and no journal is needed."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, factory=Reading)


def held_at(path: Path, called: str) -> Held:
    """What a file says of itself, which is called so in its folder; a damaged one says its fault."""
    hidden = called.endswith(HIDDEN)
    name = called.removesuffix(HIDDEN).removesuffix(FILE)
    try:
        with reading(path) as connection:
            meta: dict[str, str] = dict(connection.execute("SELECT key, value FROM meta"))
        if meta["schema_version"] != SCHEMA_VERSION:
            raise ValueError(f"it has schema {meta['schema_version']}, this program reads {SCHEMA_VERSION}")
        own = Span(date.fromisoformat(meta["from"]), date.fromisoformat(meta["until"]))
        held = Held(name, path, KINDS[meta["kind"]], meta["edition"], own, own, meta, hidden)
        date.fromisoformat(meta["reaches_back_to"]), held.note, int(meta.get("pack_version", "0"))  # all can be read
        return held
    except (sqlite3.Error, KeyError, ValueError, TypeError) as error:
        said = f"{type(error).__name__} {error}" if isinstance(error, KeyError) else str(error)
        kind = KINDS.get(name.partition("-")[0], next(iter(KINDS.values())))
        fault = (
            f"The imported edition {called} cannot be used ({said}), and older tables answer in its place; remove "
            f"it with 'encoder data remove {name}' and import it again."
        )
        return Held(name, path, kind, "damaged", Span(), Span(date.max, date.min), {"kept": "0"}, hidden, fault)


@dataclass(frozen=True, slots=True)
class Verified:
    """Whether an edition is, row for row, what was imported."""

    held: Held
    sound: bool
    say: str


def verify(held: Held, watcher: Watcher) -> Verified:
    """Read all of an edition: its structure, its number of rows, and the hash of its content."""
    watcher.progress(f"verifying {held.id}", 0, 0)
    if held.fault:
        return Verified(held, sound=False, say=held.fault)
    try:
        with reading(held.path) as connection:
            connection.set_progress_handler(watcher.cancelled, STEPS)
            checks: tuple[tuple[Callable[[], bool], str], ...] = (
                (lambda: _structure(connection) == "ok", "its structure is damaged"),
                (lambda: _count(connection, held.kind) == int(held.meta["kept"]), "rows are missing"),
                (lambda: digest(connection, held.kind) == held.meta["content_sha256"], "its rows were changed"),
            )
            wrong = next((say for holds, say in checks if not holds()), "")
    except sqlite3.DatabaseError as error:
        watcher.go_on()
        wrong = str(error)
    if wrong:
        return Verified(held, sound=False, say=f"{held.id} is damaged: {wrong}; remove it and import it again.")
    return Verified(held, sound=True, say=f"{held.id}: {int(held.meta['kept']):,} rows, as imported.")


def _count(connection: sqlite3.Connection, kind: Kind) -> int:
    count: int = connection.execute(f"SELECT count(*) FROM {kind.table}").fetchone()[0]
    return count


def _structure(connection: sqlite3.Connection) -> str:
    found: str = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    return found
