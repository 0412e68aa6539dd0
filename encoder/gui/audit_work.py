"""An audit from the window: it runs in another thread, can be stopped and gone on with, and its findings are read."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from encoder.errors import UsageError
from encoder.gui.long_work import LongWork
from encoder.store.library import Library

if TYPE_CHECKING:
    from encoder.store.audit_run import AuditRun, Progress
    from encoder.store.audit_summary import Summary
    from encoder.store.edition_writer import Watcher
    from encoder.store.findings_file import FoundRows, Wanted


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be audited.

    Attributes:
        setting: of the claims that do not say theirs.
        against: a day under whose tables the same file is audited too, so that only the differences are written.
    """

    source: Path
    out: Path
    setting: str
    against: date | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How far an audit is."""

    claims: int
    lines: int
    findings: int
    denied_claims: int


@dataclass(frozen=True, slots=True)
class Audited:
    """What came of it, ``whole`` or up to where it was stopped; ``resumed`` records came from an earlier run."""

    asked: Asked
    summary: Summary
    whole: bool
    resumed: int


class AuditWork(QObject):
    """One audit at a time, and the reading of what it wrote beside it.

    Signals:
        counted(Counts): how far it is. audited(Audited): its end, or where it was stopped.
        found(FoundRows): findings that were read. failed(object): an EncoderError.
    """

    counted = Signal(object)
    audited = Signal(object)
    found = Signal(object)
    failed = Signal(object)

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.library = library
        self.work, self._reading = LongWork(self), LongWork(self)
        self._next: tuple[Path, Wanted] | None = None
        self.work.failed.connect(self.failed)
        self._reading.failed.connect(self._read_failed)
        self._reading.ended.connect(self._read_next)

    def columns(self, file: Path) -> Sequence[tuple[str, str]]:
        """The columns of a file of claims, each with what it is taken for; empty for one that is passed over.

        Raises:
            InputError: it cannot be read, or is no csv.
        """
        from encoder.store.claims_columns import kind_of
        from encoder.store.claims_file import header_of

        return [(name, kind_of(name)) for name in header_of(file)]

    def run(self, asked: Asked) -> None:
        """Audit a file, or go on where the same audit was stopped.

        Raises:
            UsageError: the findings would overwrite the claims.
        """
        if asked.source.resolve() == asked.out.resolve():
            raise UsageError("The findings would overwrite the claims; name another file for them.")

        def job(watcher: Watcher) -> Audited:
            from encoder.core.edits.worth import by_locality
            from encoder.store.audit_run import AuditRun, Task, name_of

            with closing(self.library.twin()) as book:
                beside = (book, asked.against) if asked.against else None
                worth, name = by_locality(book), name_of(book)
                task = Task(asked.source, asked.out, book, worth, asked.setting, name, against=beside)
                audit = AuditRun(task)
                whole = self._go(audit, watcher)
                return Audited(asked, audit.summary, whole, audit.resumed)

        self.work.start(job, self.audited.emit)

    def _go(self, audit: AuditRun, watcher: Watcher) -> bool:
        """Audit portion by portion; False when it was stopped."""
        with closing(audit.run()) as run:
            for progress in run:
                self._count(progress)
                watcher.progress("auditing", progress.done, progress.size)
                if watcher.cancelled():
                    return False
        return True

    def _count(self, progress: Progress) -> None:
        held = progress.summary
        self.counted.emit(Counts(held.claims, held.lines, held.findings, held.denied_claims))

    # -- findings -----------------------------------------------------------------------------------------------------

    def read(self, file: Path, wanted: Wanted) -> None:
        """Read the findings that are wanted; a wish that comes meanwhile takes the place of the one before it."""
        self._next = (file, wanted)
        if self._reading.busy():
            self._reading.cancel()
        else:
            self._read_next()

    def _read_next(self) -> None:
        if self._next is None:
            return
        (file, wanted), self._next = self._next, None

        def job(watcher: Watcher) -> FoundRows:
            from encoder.store.findings_file import read_findings

            return read_findings(file, wanted, watcher.go_on)

        self._reading.start(job, self.found.emit)

    def _read_failed(self, error: object) -> None:
        if self._next is None:  # else it was ended for the next
            self.failed.emit(error)
