"""The encrypted store of cases: one SQLCipher database in the user's data folder, opened with the coder's passphrase.

Everything in the file is encrypted, its journal too. While it is open no other window can open it. What is kept of one
case is written in one step: after a crash the case is as it was after the last answer that was written, or the one
before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

from encoder.core.beside.case_note import Document
from encoder.core.kept import Kept, Row, from_text, to_text
from encoder.errors import InputError, SetupError, UsageError

if TYPE_CHECKING:
    from sqlite3 import Connection

KEY, FILE = "cases.key", "cases.db"
_FORM = 1
_SCHEMA = (
    "CREATE TABLE kept (id TEXT PRIMARY KEY, row TEXT NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE document (kept TEXT NOT NULL REFERENCES kept (id) ON DELETE CASCADE, place INTEGER NOT NULL, "
    "name BLOB NOT NULL, text BLOB NOT NULL, PRIMARY KEY (kept, place)) STRICT",
    f"PRAGMA user_version = {_FORM}",
)
_Read = TypeVar("_Read")
_Run = Callable[[str, tuple[str, ...]], Iterator[tuple[Any, ...]]]


def exist(folder: Path) -> bool:
    """Whether cases are kept in a folder."""
    return (folder / KEY).exists() or (folder / FILE).exists()


class Cases:
    """An open store. It belongs to the thread that opened it."""

    def __init__(self, folder: Path, connection: Connection) -> None:
        self._folder, self._connection = folder, connection
        self._written: tuple[str, tuple[Document, ...]] = ("", ())

    @classmethod
    def make(cls, folder: Path, passphrase: str) -> Cases:
        """Begin a store in a folder that has none.

        Raises:
            UsageError: the passphrase is too short, or there are cases already.
            SetupError: the folder cannot be written, or the library that encrypts is missing.
        """
        from encoder.store.case_key import new_key

        if exist(folder):
            raise UsageError(f"There are cases in {folder} already; open them with their passphrase.")
        _driver()
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise SetupError(
                f"No cases can be kept in {folder} ({error.strerror}); name another folder in GRAFTPATH_DATA."
            ) from error
        return cls(folder, connect(folder / FILE, new_key(folder / KEY, passphrase)))

    @classmethod
    def open(cls, folder: Path, passphrase: str) -> Cases:
        """Open a store.

        Raises:
            WrongPassphraseError: the passphrase is another one.
            InputError: a file of it is missing or damaged, or another window has it open.
            SetupError: the library that encrypts is missing.
        """
        from encoder.store.case_key import read_key

        key, file = read_key(folder / KEY, passphrase), folder / FILE
        if not file.exists() or not file.stat().st_size:  # else a new one would be begun, and an empty list be shown
            raise InputError(_damaged(folder, f"{FILE} is {'empty' if file.exists() else 'missing'}"))
        return cls(folder, connect(file, key))

    def close(self) -> None:
        """Let go of the file and the key."""
        self._connection.close()

    # -- cases --------------------------------------------------------------------------------------------------------

    def keep(self, row: Row, kept: Kept) -> None:
        """Keep a case, in place of what was kept of it before.

        Raises:
            SetupError: it cannot be written; what was kept before stays.
        """
        documents = kept.documents
        with self._writing() as run:
            run(
                "INSERT INTO kept VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET row = ?2, body = ?3",
                (row.id, row.to_text(), to_text(kept)),
            )
            if self._written != (row.id, documents):  # long texts are not written again with every answer
                run("DELETE FROM document WHERE kept = ?", (row.id,))
                for place, document in enumerate(documents):
                    run(
                        "INSERT INTO document VALUES (?, ?, ?, ?)",
                        (row.id, place, _raw(document.name), _raw(document.text)),
                    )
        self._written = row.id, documents

    def drop(self, name: str) -> None:
        """Let go of a case; nothing of it stays in the file.

        Raises:
            SetupError: it cannot be written; the case stays.
        """
        with self._writing() as run:
            run("DELETE FROM kept WHERE id = ?", (name,))
        self._written = "", ()

    def rows(self) -> tuple[Row, ...]:
        """One row for each case, in no order.

        Raises:
            InputError: the file is damaged.
        """
        return self._read(lambda run: tuple(Row.from_text(*found) for found in run("SELECT id, row FROM kept", ())))

    def read(self, name: str) -> Kept:
        """What was kept of a case.

        Raises:
            InputError: there is no such case, or the file is damaged.
        """

        def reading(run: _Run) -> Kept:
            for (body,) in run("SELECT body FROM kept WHERE id = ?", (name,)):
                found = run("SELECT name, text FROM document WHERE kept = ? ORDER BY place", (name,))
                return from_text(body, (Document(_said(document), _said(text)) for document, text in found))
            raise InputError("This case is no longer kept; choose another.")

        return self._read(reading)

    def change_passphrase(self, old: str, new: str) -> None:
        """Lock the cases with another passphrase.

        Raises:
            WrongPassphraseError: the old passphrase is another one.
            UsageError: the new one is too short.
            InputError, SetupError: the key cannot be read or written; it stays as it was.
        """
        from encoder.store.case_key import change_passphrase

        change_passphrase(self._folder / KEY, old, new)

    # -- the file -----------------------------------------------------------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator[Callable[..., object]]:
        """Statements that are written together or not at all."""
        run = self._connection.execute
        try:
            run("BEGIN IMMEDIATE")
            yield run
            run("COMMIT")
        except _driver().Error as error:
            with suppress(_driver().Error):
                self._connection.rollback()
            raise SetupError(
                f"The case was not saved ({error}): {self._folder} cannot be written; make room there and save "
                "again with Ctrl+S."
            ) from None

    def _read(self, reading: Callable[[_Run], _Read]) -> _Read:
        try:
            return reading(self._connection.execute)
        except (_driver().Error, UnicodeDecodeError) as error:
            raise InputError(_damaged(self._folder, error)) from None


def connect(file: Path, key: bytes) -> Connection:
    """The one place that opens an encrypted database: a new one, or one that the key opens.

    Args:
        key: 32 bytes.

    Raises:
        InputError: another window has it open, or the file is not one that the key opens.
        SetupError: the library that encrypts is missing.
    """
    driver = _driver()
    connection: Connection = driver.connect(str(file), timeout=0, isolation_level=None)
    run = connection.execute
    try:
        run("PRAGMA cipher_log_level = NONE")  # else it tells stderr about a file that is not one of its own
        run(f"PRAGMA key = \"x'{key.hex()}'\"")
        run("PRAGMA locking_mode = EXCLUSIVE")
        run("PRAGMA journal_mode = WAL")
        run("PRAGMA synchronous = FULL")
        run("PRAGMA temp_store = MEMORY")
        run("PRAGMA secure_delete = ON")
        run("PRAGMA foreign_keys = ON")
        run("BEGIN IMMEDIATE")
        ((form,),) = run("PRAGMA user_version")
        if form not in (0, _FORM):
            raise InputError(
                f"The cases in {file} have form {form} and the program reads form {_FORM}; open them with the program "
                "that kept them."
            )
        for statement in _SCHEMA if not form else ():
            run(statement)
        run("COMMIT")
    except driver.Error as error:
        connection.close()
        if "locked" in str(error):
            raise InputError(
                "Your cases are open in another window of the program, and two would write over each other; go on "
                "there, or close it."
            ) from None
        raise InputError(_damaged(file.parent, error)) from None
    except InputError:
        connection.close()
        raise
    return connection


def engine() -> str:
    """What encrypts the cases, such as "SQLCipher 4.19.0 community".

    Raises:
        SetupError: the library that encrypts is missing, or does not encrypt.
    """
    driver = _driver()
    with closing(driver.connect(":memory:")) as connection:
        found = connection.execute("PRAGMA cipher_version").fetchone()
    if not found:
        raise SetupError(
            "No cases can be kept here: the library that encrypts them does not; install the program again."
        )
    return f"SQLCipher {found[0]}"


def _driver() -> ModuleType:
    """SQLCipher, when it is first needed."""
    try:
        from sqlcipher3 import dbapi2  # type: ignore[import-untyped]
    except ImportError as error:
        raise SetupError(
            f"No cases can be kept here: the library that encrypts them cannot be loaded ({error.name}); install the "
            "program again."
        ) from error
    driver: ModuleType = dbapi2
    return driver


def _damaged(folder: Path, why: object) -> str:
    return (
        f"The cases in {folder} cannot be read ({why}); put back a copy of {KEY} and {FILE}, which belong together, or "
        "move both away to begin anew."
    )


def _raw(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # a pasted text may hold halves of characters


def _said(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogatepass")
