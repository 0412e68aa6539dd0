"""One import: a place to write in, what was written there and verified, and the one step that makes it count."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from encoder.errors import UsageError
from encoder.store.edition_changes import Report
from encoder.store.edition_writer import CancelledError, Staged, Watcher, locked, switch
from encoder.store.library import Library


@dataclass(slots=True)
class Job:
    """The editions of one import; a dry one writes elsewhere and switches nothing."""

    library: Library
    place: Path
    dry: bool
    staged: list[Staged] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)

    def add(self, staged: Staged, report: Report) -> None:
        """One more edition that is ready."""
        self.staged.append(staged)
        self.reports.append(report)

    def switch(self, watcher: Watcher) -> None:
        """Let all of them count, at once, unless who looks on does not agree with what was read."""
        watcher.go_on()
        if not self.dry:
            if not watcher.agreed(self.reports):
                raise CancelledError
            self.library.again()  # a file that is replaced must not be open
            switch(self.place, self.staged)


@contextmanager
def importing(library: Library, *, dry: bool) -> Iterator[Job]:
    """An import into the folder of a library's shelf, or, dry, into one that goes away.

    Raises:
        UsageError: the library has no folder.
        SetupError: another process changes the folder, or it cannot be written.
    """
    folder = library.shelf.folder
    if folder is None:
        raise UsageError("No folder is set for imported editions; name one in GRAFTPATH_DATA.")
    library.again()
    if dry:
        with TemporaryDirectory() as place:
            yield Job(library, Path(place), dry)
    else:
        with locked(folder):
            yield Job(library, folder, dry)
