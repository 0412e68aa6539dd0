"""Reading documents beside the window: files and pasted text become one read note, with progress, and can be stopped.

Nothing here writes anything. What goes wrong is told in a sentence about the file: an error that nobody foresaw is told
by its kind alone, since its text may hold words of the note.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from encoder import paths
from encoder.core.beside.case_note import PASTED, CaseNote, Document, read_note
from encoder.core.note.cues import Cues
from encoder.errors import EncoderError
from encoder.store.cue_file import read_cues
from encoder.store.documents import joined, made, read_document

_QUIET_MS = 300
_SHARE = 0.0005
"""Seconds after which the window gets its turn while a note is read."""


@dataclass(frozen=True)
class Pasted:
    """Text that came without a file."""

    text: str = field(repr=False)


Source = Path | Pasted


@dataclass(frozen=True)
class Read:
    """What came of reading: every document of the case, the note, and the cues it was read with."""

    documents: tuple[Document, ...] = field(repr=False)
    note: CaseNote | None
    cues: Cues = field(repr=False)


class _StoppedError(Exception):
    """The reading is no longer wanted."""


class NoteReader(QObject):
    """Reads one note at a time in a thread of its own.

    Signals:
        read(Read): all of it was read.
        refused(str): a document was refused; everything stays as it was.
        going_on(str, int, int): what is being read, how far and of how much; only when it takes long.
        ended(): read, refused or stopped.
    """

    read = Signal(object)
    refused = Signal(str)
    going_on = Signal(str, int, int)
    ended = Signal()
    _told = Signal(object, str, int, int)
    _done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cues: Cues | None = None
        self._usual = sys.getswitchinterval()
        self._pool = ThreadPoolExecutor(1, "note")
        self._stop = Event()
        self._future: Future[Read] | None = None
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_QUIET_MS)
        queued = Qt.ConnectionType.QueuedConnection
        self._told.connect(self._tell, queued)
        self._done.connect(self._finish, queued)

    def busy(self) -> bool:
        """Whether something is being read."""
        return self._future is not None

    def start(self, sources: Sequence[Source], before: Sequence[Document] = ()) -> None:
        """Read documents to those of the case; what was being read is stopped."""
        self._give_up()
        stop = self._stop = Event()
        self._late.start()
        sys.setswitchinterval(_SHARE)
        self._future = future = self._pool.submit(self._work, tuple(sources), tuple(before), stop)
        future.add_done_callback(self._done.emit)

    def cancel(self) -> None:
        """Stop reading; everything stays as it was."""
        if self._future is not None:
            self._give_up()
            self.ended.emit()

    def close(self) -> None:
        """Stop reading for good; nothing waits for the thread."""
        self._give_up()
        self._pool.shutdown(wait=False)

    def _give_up(self) -> None:
        self._stop.set()
        self._future = None
        sys.setswitchinterval(self._usual)
        self._late.stop()

    # -- in the thread ------------------------------------------------------------------------------------------------

    def _work(self, sources: tuple[Source, ...], before: tuple[Document, ...], stop: Event) -> Read:
        def tell(what: str, at: int, of: int) -> None:
            stop.wait(_SHARE)
            if stop.is_set():
                raise _StoppedError
            self._told.emit(stop, what, at, of)

        if self._cues is None:
            self._cues = read_cues(paths.resources() / "cues")
        documents = list(before)
        for source in sources:
            if isinstance(source, Pasted):
                document = made(PASTED, source.text)
            else:
                document = read_document(source, partial(tell, f"{source.name}, page"))
            if document.text not in [held.text for held in documents]:
                documents.append(Document(_free(document.name, documents), document.text))
        text, parts = joined(documents)
        note = read_note(parts, text, self._cues, partial(tell, "the note, character")) if parts else None
        tell("the note", 1, 1)
        return Read(tuple(documents), note, self._cues)

    # -- in the window ------------------------------------------------------------------------------------------------

    def _tell(self, stop: Event, what: str, at: int, of: int) -> None:
        if stop is self._stop and self.busy() and not self._late.isActive():
            self.going_on.emit(what, at, of)

    def _finish(self, future: Future[Read]) -> None:
        if future is not self._future:
            return
        self._give_up()
        error = future.exception()
        if error is None:
            self.read.emit(future.result())
        else:
            self.refused.emit(_sentence(error))
        self.ended.emit()


def _sentence(error: BaseException) -> str:
    if isinstance(error, EncoderError):
        return str(error)
    return f"The note cannot be read here ({type(error).__name__}); save it as plain text and open that."


def _free(name: str, documents: Sequence[Document]) -> str:
    """A name that no other document has."""
    taken = {document.name for document in documents}
    number = 1
    free = name
    while free in taken:
        number += 1
        free = f"{name} {number}"
    return free
