"""The search from the window: it runs in a thread of its own, so that no keystroke waits for the one before it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from encoder.core.search.found import Found, titled
from encoder.core.standing import standing
from encoder.gui.long_work import LongWork
from encoder.store.library import Library

if TYPE_CHECKING:
    from encoder.store.search import Finder

MOST = 20
"""Hits that are shown at most."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for: the text as typed, the date of service, the code sets (none: all), and whether to correct."""

    text: str
    on: date
    systems: tuple[str, ...] = ()
    correct: bool = True


@dataclass(frozen=True, slots=True)
class Sought:
    """What came of a wish. ``stands`` says of each hit why it must be looked at twice; mostly nothing."""

    wish: Wish
    found: Found
    stands: tuple[str, ...]


class Searching(QObject):
    """One search at a time; a wish that comes meanwhile takes the place of the one that waits.

    The tables are opened once more in the thread, since a connection belongs to the thread that opened it.

    Signals:
        found(Sought): what came of a wish. failed(object): the EncoderError that ended it.
    """

    found = Signal(object)
    failed = Signal(object)

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._work = LongWork(self)
        self._waiting: Wish | None = None
        self._opened: tuple[Library, Finder] | None = None
        self._stale = False
        self._work.failed.connect(self.failed)
        self._work.ended.connect(self._go_on)

    def search(self, wish: Wish) -> None:
        """Look for something; ``found`` brings what there is."""
        self._waiting = wish
        if not self._work.busy():
            self._go_on()

    def again(self) -> None:
        """An edition came or went: the tables are opened anew before the next search."""
        self._stale = True

    def _go_on(self) -> None:
        if self._waiting is None:
            return
        wish, self._waiting = self._waiting, None
        self._work.start(lambda _watcher: self._find(wish), self.found.emit)

    def _find(self, wish: Wish) -> Sought:
        """In the thread of the search."""
        from encoder.store.search import Finder

        if self._opened is not None and self._stale:
            self._opened[0].close()
            self._opened = None
        if self._opened is None:
            self._stale = False
            library = self._library.twin()
            self._opened = library, Finder(library)
        library, finder = self._opened
        found = finder.search(wish.text, wish.systems, MOST, correct=wish.correct)
        found = replace(found, hits=titled(found.hits, lambda code: library.official(code, wish.on)))
        return Sought(wish, found, tuple(standing(hit.system, hit.code, library, wish.on) for hit in found.hits))
