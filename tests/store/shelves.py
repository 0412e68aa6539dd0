"""A folder of editions beside the small code database, for tests that import into it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from encoder.formats.intake import bring
from encoder.formats.plan import Wish, plan
from encoder.store.edition_changes import Report
from encoder.store.edition_writer import Watcher
from encoder.store.library import Library
from tests.formats import made
from tests.formats.made import put

JULY = date(2026, 7, 1)


class Shelves:
    """The small code database and a folder for imports; ``drop`` holds the files that are handed in."""

    def __init__(self, database: Path, folder: Path) -> None:
        self.database = database
        self.folder, self.drop = folder / "editions", folder / "drop"
        self.drop.mkdir()
        self.library = Library.open(database, self.folder)

    def put(self, name: str, data: bytes) -> Path:
        return put(self.drop, name, data)

    def bring(
        self, *paths: Path, wish: Wish | None = None, watcher: Watcher | None = None, dry: bool = False
    ) -> tuple[Report, ...]:
        return bring(plan(paths, wish), self.library, wish, watcher, dry=dry)

    def file(self, name: str, data: bytes, start: date | None = None) -> Report:
        """Import one edition from one file."""
        (report,) = self.bring(self.put(name, data), wish=Wish(start))
        return report

    def pairs(self, parts: dict[str, bytes] | None = None) -> Report:
        """Import the four parts of the code pairs."""
        files = (parts or made.ptp_parts()).items()
        (report,) = self.bring(*(self.put(name, data) for name, data in files))
        return report

    def again(self) -> Library:
        """The library as the next start of the program finds it."""
        self.library.close()
        self.library = Library.open(self.database, self.folder)
        return self.library

    @property
    def names(self) -> list[str]:
        """What lies in the folder, but for the lock."""
        return (
            sorted(path.name for path in self.folder.iterdir() if path.name != ".lock") if self.folder.exists() else []
        )

    @property
    def ids(self) -> list[str]:
        return [held.id for held in self.library.shelf.all()]


def later(rows: Iterable[tuple[str, ...]], **changed: str) -> list[tuple[str, ...]]:
    """Rows of code pairs with the last day of some set, by their codes."""
    return [(*row[:4], changed.get("_".join(row[:2]), row[4]), *row[5:]) for row in rows]
