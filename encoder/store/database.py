"""The code database as a file: opened read-only, read row by row, and never trusted to be whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from encoder.errors import DataError

SCHEMA_VERSION = "3"
ENGINE = sqlite3.sqlite_version
"""The version of SQLite that reads the file."""
REMEDY = "build it again with: python run.py db"

_Made = TypeVar("_Made")
Opened = TypeVar("Opened", bound="Database")


class Reading(sqlite3.Connection):
    """A connection that only reads, closed with the last who holds it; Python 3.13 warns of one that is left open."""

    def __del__(self) -> None:
        with suppress(sqlite3.ProgrammingError):  # a file that could not be opened
            self.close()


class Database:
    """One code database; open it with ``open`` and close it when done.

    The file is opened as immutable, so nothing is written beside it and it may lie in a folder that nobody may write.
    Any method that reads may raise DataError when a page of the file turns out to be damaged.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    @classmethod
    def open(cls: type[Opened], path: Path) -> Opened:
        """Open the database for reading.

        Raises:
            DataError: it is missing, is no code database, or was built for another version of the program.
        """
        if not path.is_file():
            raise DataError(f"The code database is missing at {path}, and no code can be looked up; {REMEDY}")
        try:
            connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, factory=Reading)
        except sqlite3.Error as error:
            raise DataError(f"The code database {path} cannot be opened ({error}); {REMEDY}") from error
        book = cls(connection, path)
        try:
            version = book.meta().get("schema_version", "unknown")
            if version != SCHEMA_VERSION:
                raise DataError(
                    f"The code database {path} has schema {version}, this program reads {SCHEMA_VERSION}; {REMEDY}"
                )
        except DataError:
            book.close()
            raise
        return book

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def meta(self) -> dict[str, str]:
        """What the build noted: schema_version, fingerprint, and the hash of each input as ``input:<name>``."""
        return dict(self.read("SELECT key, value FROM meta ORDER BY key", (), lambda key, value: (key, value)))

    def read(self, sql: str, values: Sequence[str | int], make: Callable[..., _Made]) -> tuple[_Made, ...]:
        """Run a statement and make one object of each row; for the other modules of the store.

        Raises:
            DataError: the file is damaged or no code database.
        """
        try:
            return tuple(make(*row) for row in self._connection.execute(sql, values))
        except UnicodeEncodeError:  # asked for bytes that are no text: no row holds them
            return ()
        except (sqlite3.Error, ValueError, TypeError, AttributeError) as error:  # a damaged page hands over anything
            raise DataError(f"The code database {self._path} is damaged ({error}); {REMEDY}") from error
