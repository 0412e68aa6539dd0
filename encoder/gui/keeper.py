"""Keeping the case at work: written after every change, in a thread of its own, into the encrypted store.

The answers are kept as soon as the store is open. The words of the note, its quotes and the drafts of queries are kept
once the coder saves the case, and from then on they follow too.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from encoder.core.kept import Kept, Row, row, standing
from encoder.errors import EncoderError
from encoder.store.cases import Cases, exist

if TYPE_CHECKING:
    from encoder.gui.case_work import CaseWork

Store = Literal["none", "locked", "open"]
_Made = TypeVar("_Made")
_ID_BYTES = 8


class Keeper(QObject):
    """The store of cases, and which of its cases is the one at work.

    Signals:
        changed(): the store was opened or locked, or what is said of the case at work is another.
        listed(): a case came, went or stands elsewhere.
        opened(): the store was opened. shut(): it was locked.
        refused(str): why something was not done; everything stays as it was.
        taken_up(Row, object): a case is at work again; questions whose answers could not be taken up.
    """

    changed = Signal()
    listed = Signal()
    opened = Signal()
    shut = Signal()
    refused = Signal(str)
    taken_up = Signal(object, object)
    _over = Signal(object)

    def __init__(
        self, folder: Path | None, now: Callable[[], datetime], work: CaseWork, parent: QObject | None = None
    ) -> None:
        """``folder`` is that of the store, None where nothing can be kept; ``now`` is read when a case is written."""
        super().__init__(parent)
        self._folder, self._now, self._work = folder, now, work
        self.store: Store = "locked" if folder is not None and exist(folder) else "none"
        self.fault = ""
        self._pool: ThreadPoolExecutor | None = None
        self._cases: Cases | None = None
        self._rows: dict[str, Row] = {}
        self._ids: dict[int, str] = {}
        self._last: dict[str, Kept] = {}
        self._waiting: dict[str, tuple[Row, Kept]] = {}
        self._coming: tuple[str, Kept] | None = None
        self._taking_up = False
        self._over.connect(self._take, Qt.ConnectionType.QueuedConnection)
        work.remembered = self._remembered
        work.kept_changed.connect(self.keep)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.close)

    # -- the store ----------------------------------------------------------------------------------------------------

    def possible(self) -> bool:
        """Whether there is a folder to keep cases in."""
        return self._folder is not None

    def make(self, passphrase: str) -> None:
        """Begin a store. ``opened`` or ``refused`` tells what came of it."""
        self._enter(Cases.make, passphrase)

    def unlock(self, passphrase: str) -> None:
        """Open the store. ``opened`` or ``refused`` tells what came of it."""
        self._enter(Cases.open, passphrase)

    def lock(self) -> None:
        """Write what waits and close the store. The cases that were at work stay in memory, out of sight."""
        cases = self._cases
        if cases is None:
            return
        self._write_all()
        self._cases = None
        self._do(cases.close, lambda _done: None)
        self._rows = {}
        self.store = "locked"
        self.shut.emit()
        self.changed.emit()

    def change_passphrase(self, old: str, new: str, then: Callable[[], object]) -> None:
        """Lock the cases with another passphrase; ``then`` is called when that is done, else ``refused`` tells."""
        if self._cases is not None:
            self._do(partial(self._cases.change_passphrase, old, new), lambda _done: then())

    def close(self) -> None:
        """Write what waits, close the store and wait for that: the program ends."""
        if self._pool is not None:
            if self._cases is not None:
                self._write_all()
                self._pool.submit(self._cases.close)
            self._cases = None
            self._pool.shutdown()
            self._pool = None

    def _enter(self, enter: Callable[[Path, str], Cases], passphrase: str) -> None:
        def job(folder: Path) -> tuple[Cases, tuple[Row, ...]]:
            cases = enter(folder, passphrase)
            try:
                return cases, cases.rows()
            except EncoderError:
                cases.close()
                raise

        def done(made: tuple[Cases, tuple[Row, ...]]) -> None:
            self._cases, rows = made
            unwritten = (held for held, _ in self._waiting.values())
            self._rows = {each.id: each for each in (*rows, *unwritten)}
            self.store = "open"
            self.opened.emit()
            self.listed.emit()
            self.keep()
            self._write_all()
            self.changed.emit()

        if self._folder is not None:
            self._do(partial(job, self._folder), done)

    # -- the case at work ---------------------------------------------------------------------------------------------

    def row(self) -> Row | None:
        """The case at work as it is kept; None where nothing of it is."""
        return self._rows.get(self._ids.get(self._work.session.number, ""))

    def rows(self) -> tuple[Row, ...]:
        """Every case, the last changed first."""
        return tuple(sorted(self._rows.values(), key=lambda each: (each.changed, each.id), reverse=True))

    def save(self) -> bool:
        """Save the case with its note, quotes and drafts; False where there is nothing to save, or nowhere."""
        if self._cases is None or (self._work.kept(saved=False).empty and not self._work.documents()):
            return False
        self._keep(saved=True)
        self._write_all()
        return True

    def keep(self) -> None:
        """Write the case at work if anything of it is another."""
        held = self.row()
        self._keep(saved=held is not None and held.saved)

    def _keep(self, *, saved: bool) -> None:
        view, number = self._work.view, self._work.session.number
        if view is None or self._cases is None or self._taking_up:
            return
        kept, name = self._work.kept(saved=saved), self._ids.get(number, "")
        if kept.empty:
            if name:
                self._drop(name)
        elif self._last.get(name) != kept or name not in self._rows:
            name = self._ids.setdefault(number, name or secrets.token_hex(_ID_BYTES))
            held = row(name, kept, standing(view, kept.sent), self._now().isoformat(timespec="minutes"))
            self._last[name] = kept
            self._put(held, kept)

    def _remembered(self, number: int) -> Kept | None:
        """What is kept of the case that undo leads back to, or that is taken up."""
        if self._coming is not None:
            (name, kept), self._coming = self._coming, None
            self._ids = {known: each for known, each in self._ids.items() if each != name}
            self._ids[number], self._last[name] = name, kept
        return self._last.get(self._ids.get(number, ""))

    def today(self) -> date:
        """The day by the clock."""
        return self._now().date()

    def start_new(self) -> None:
        """Begin another case."""
        self._work.start_new()

    def go_to(self) -> None:
        """Show the case at work."""
        self._work.case_wanted.emit()

    # -- other cases --------------------------------------------------------------------------------------------------

    def open_case(self, name: str) -> None:
        """Take up a case; ``taken_up`` tells when it is at work."""
        self._read(name, partial(self._take_up, name))

    def _take_up(self, name: str, kept: Kept) -> None:
        held = self._rows.get(name)
        if held is None:  # locked meanwhile
            return
        self._coming, self._taking_up = (name, kept), True
        lost = self._work.take_up(kept)
        self._taking_up = False
        self._last[name] = self._work.kept(saved=kept.saved)  # opening a case is no change of it
        self.taken_up.emit(held, lost)
        self.changed.emit()

    def drop(self, name: str, then: Callable[[Row, Kept], object]) -> None:
        """Let go of a case for good; ``then`` gets what it was, so that this can be undone."""

        def gone(kept: Kept) -> None:
            held = self._rows.get(name)
            if held is None:  # locked meanwhile
                return
            if self._ids.get(self._work.session.number) == name:
                self._work.start_new()
            self._drop(name)
            then(held, kept)

        self._read(name, gone)

    def bring_back(self, held: Row, kept: Kept) -> None:
        """Keep a case again that was let go of."""
        self._put(held, kept)

    def read(self, name: str, then: Callable[[Kept], object]) -> None:
        """Read what is kept of a case, to show it."""
        self._read(name, then)

    def _put(self, held: Row, kept: Kept) -> None:
        self._rows[held.id] = held
        self._write(held, kept)
        self.listed.emit()
        self.changed.emit()

    def _drop(self, name: str) -> None:
        cases = self._cases
        self._ids = {number: known for number, known in self._ids.items() if known != name}
        self._waiting.pop(name, None)
        self._last.pop(name, None)
        if cases is not None and self._rows.pop(name, None) is not None:
            self._do(partial(cases.drop, name), lambda _done: None)
            self.listed.emit()
            self.changed.emit()

    # -- the thread ---------------------------------------------------------------------------------------------------

    def _write(self, held: Row, kept: Kept) -> None:
        """Let the thread write a case; of several changes that wait, the last."""
        self._waiting[held.id] = held, kept
        self._write_all()

    def _write_all(self) -> None:
        """Let the thread write all that waits, what could not be written before too."""
        cases = self._cases
        if cases is not None:
            for name in tuple(self._waiting):
                self._do(partial(self._write_waiting, cases, name), self._written, self._not_written)

    def _write_waiting(self, cases: Cases, name: str) -> None:
        waiting = self._waiting.pop(name, None)
        if waiting is not None:
            try:
                cases.keep(*waiting)
            except EncoderError:
                self._waiting.setdefault(name, waiting)
                raise

    def _written(self, _done: object) -> None:
        if self.fault and not self._waiting:
            self.fault = ""
            self.changed.emit()

    def _not_written(self, sentence: str) -> None:
        self.fault = sentence
        self.refused.emit(sentence)
        self.changed.emit()

    def _read(self, name: str, then: Callable[[Kept], object]) -> None:
        if self._cases is not None and name in self._rows:
            self._do(partial(self._cases.read, name), then)

    def _do(
        self,
        job: Callable[[], _Made],
        then: Callable[[_Made], object],
        fail: Callable[[str], object] | None = None,
    ) -> None:
        self._pool = self._pool or ThreadPoolExecutor(1, "cases")
        refused = fail or self.refused.emit

        def over(future: Future[_Made]) -> None:
            try:
                made = future.result()
            except EncoderError as error:
                refused(str(error))
            else:
                then(made)

        self._pool.submit(job).add_done_callback(lambda future: self._over.emit(partial(over, future)))

    def _take(self, over: Callable[[], object]) -> None:
        """In the thread of the window: what came of it."""
        over()
