"""Long work in a thread of its own: told how far it is, asked to end, and asking before it changes anything."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from encoder.errors import EncoderError
from encoder.store.edition_writer import Watcher

if TYPE_CHECKING:
    from encoder.store.edition_changes import Report

Job = Callable[[Watcher], object]
_PAUSE = 0.05  # between two words of progress
_TURN = 0.0005  # how long a thread may keep the interpreter while work goes on, so that the window answers at once


class LongWork(QObject):
    """One piece of work at a time. What it says arrives in the thread of the window.

    Signals:
        started(). ended(): the work is over, whatever came of it.
        progressed(str, object, object): what is done, how much of it is done, how much there is in all (0: not known).
        asked(object): reports of what was read; the work waits for ``agree`` or ``cancel``.
        failed(object): the EncoderError that ended it; a cancelled work fails with CancelledError.
    """

    started = Signal()
    ended = Signal()
    progressed = Signal(str, object, object)
    asked = Signal(object)
    failed = Signal(object)
    _over = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threads: ThreadPoolExecutor | None = None
        self._going: Future[object] | None = None
        self._stopped, self._decided, self._agreed = threading.Event(), threading.Event(), False
        self._done: Callable[[object], object] = lambda _made: None
        self._turn = sys.getswitchinterval()
        self._over.connect(self._take)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.stop)

    def busy(self) -> bool:
        """Whether work goes on, or waits for an answer."""
        return self._going is not None

    def start(self, job: Job, done: Callable[[object], object]) -> None:
        """Do a job in a thread of its own; ``done`` gets what came of it. Nothing happens while another goes on."""
        if self._going is not None:
            return
        self._done, self._agreed = done, False
        self._stopped.clear()
        self._decided.clear()
        self._threads = self._threads or ThreadPoolExecutor(1, "long work")
        sys.setswitchinterval(_TURN)
        self._going = self._threads.submit(self._run, job)
        self.started.emit()
        self._going.add_done_callback(self._over.emit)

    def cancel(self) -> None:
        """End the work; it then fails with CancelledError, and has changed nothing."""
        self._stopped.set()
        self._decided.set()

    def agree(self) -> None:
        """What was read is to be used."""
        self._agreed = True
        self._decided.set()

    def stop(self) -> None:
        """End the work and wait for its end: the program is closed."""
        self.cancel()
        if self._threads is not None:
            self._threads.shutdown()

    # -- in the thread of the work ------------------------------------------------------------------------------------

    def _run(self, job: Job) -> object:
        last, said = 0.0, ""

        def progress(what: str, done: int, size: int) -> None:
            nonlocal last, said
            now = time.monotonic()
            if what != said or now - last >= _PAUSE:
                last, said = now, what
                self.progressed.emit(what, done, size)

        return job(Watcher(progress, self._stopped.is_set, self._ask))

    def _ask(self, reports: Sequence[Report]) -> bool:
        self.asked.emit(tuple(reports))
        self._decided.wait()
        return self._agreed and not self._stopped.is_set()

    # -- in the thread of the window ----------------------------------------------------------------------------------

    def _take(self, work: Future[object]) -> None:
        """What came of the work; an error that nobody foresaw is raised here."""
        sys.setswitchinterval(self._turn)
        self._going = None
        try:
            self._done(work.result())
        except EncoderError as error:
            self.failed.emit(error)
        finally:
            self.ended.emit()
