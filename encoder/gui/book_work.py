"""The code book behind the palette and the pages: pages, search, what answers questions, and what a coder keeps."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from encoder.core import own
from encoder.core.own import Collection, OwnNote
from encoder.core.page.evidence import POS, Desk
from encoder.core.page.model import CodePage
from encoder.core.page.page import page
from encoder.core.reverse import Trail, first_answers, trails
from encoder.core.session import Session
from encoder.core.tree.reach import Reach
from encoder.errors import InputError
from encoder.gui.searching import Searching
from encoder.store.library import Library
from encoder.store.lore_file import read_lore
from encoder.store.own import read_collection, write_collection

if TYPE_CHECKING:
    from encoder.core.ask.ask import Asker
    from encoder.core.page.lore import Lore

_MOST_UNDONE = 100


class BookWork(QObject):
    """Everything is read when it is first asked for, on the date of service of the case.

    Favourites and notes are written at each change; where their file cannot be read, ``fault`` says so and nothing is
    written. Without a file they live as long as the window.

    Signals:
        kept(): a favourite or a note came or went.
    """

    kept = Signal()

    def __init__(
        self,
        library: Library,
        session: Session,
        resources: Path,
        file: Path | None,
        today: date,
        parent: QObject | None = None,
    ) -> None:
        """``file`` keeps favourites and notes; ``today`` is the day that new notes carry."""
        super().__init__(parent)
        self.library, self.session, self._resources = library, session, resources
        self._file, self._today = file, today
        self._desk: Desk | None = None
        self._others: dict[date, Reach] = {}
        self._before: list[Collection] = []
        self.fault = ""
        self.collection = self._read()
        self.searching = Searching(library, self)

    # -- codes --------------------------------------------------------------------------------------------------------

    @property
    def on(self) -> date:
        """The date of service of the case."""
        return self.session.on

    def desk(self) -> Desk:
        """Tables, tree and our own facts on the date of service."""
        if self._desk is None or self._desk.on != self.on:
            self._desk = Desk(self.library, self.session.tree, self._lore, self.on)
        return self._desk

    def known(self, text: str) -> str:
        """A code as the tables write it; empty when none names it."""
        written = text.strip().upper()
        place = self.desk().place(written)
        if place is not None:
            return POS + place.code
        return written if written and self.desk().title(written) else ""

    def page(self, code: str) -> CodePage | None:
        """The page of a code on the date of service; None when no table names it."""
        held = self.library.code(code)
        return page(self.desk(), code, first_answers(self.desk(), self.session.reach(), code) if held else {})

    def leads(self, code: str) -> tuple[Trail, ...]:
        """Which answers of the tree lead to a code on the date of service."""
        return trails(self.desk(), self.session.reach(), code)

    def reach(self, on: date) -> Reach:
        """What each way of a date can end in; that of the case is the session's own."""
        if on == self.on:
            return self.session.reach()
        if on not in self._others:
            self._others[on] = Reach(self.session.tree, self.library, on)
        return self._others[on]

    def again(self) -> None:
        """An edition came or went."""
        self._desk = None
        self._others.clear()
        self.searching.again()

    @cached_property
    def _lore(self) -> Lore:
        return read_lore(self._resources / "pages")

    @cached_property
    def asker(self) -> Asker:
        """What answers plain questions."""
        from encoder.core.ask.ask import Asker
        from encoder.store.ask_file import read_lexicon

        return Asker(read_lexicon(self._resources / "ask", self.session.tree), self.reach)

    # -- favourites and notes -----------------------------------------------------------------------------------------

    def is_favourite(self, code: str) -> bool:
        """Whether a code is among the favourites."""
        return code in self.collection.favourites

    def turn_favourite(self, code: str) -> bool:
        """Put a code among the favourites, or take it out; whether it is one now.

        Raises:
            EncoderError: the favourites cannot be kept; they stay as they were.
        """
        was = self.is_favourite(code)
        self._keep((own.without_favourite if was else own.with_favourite)(self.collection, code))
        return not was

    def write_note(self, code: str, text: str, instead: OwnNote | None = None) -> None:
        """Add a note on a code, or put other words in the place of one; without words it goes.

        Raises:
            EncoderError: the words look like a patient, are too long, or cannot be kept; the notes stay as they were.
        """
        kept = own.without_note(self.collection, instead) if instead else self.collection
        self._keep(own.with_note(kept, self.desk(), code, text, self._today) if text.strip() else kept)

    def changed(self, note: OwnNote) -> bool:
        """Whether the row that a note speaks of says something else now."""
        return own.changed(self.desk(), note)

    def undo(self) -> bool:
        """Take the last change of favourites and notes back; False where there is none.

        Raises:
            EncoderError: the favourites and notes cannot be kept.
        """
        if not self._before:
            return False
        before = self._before[-1]
        self._write(before)
        self._before.pop()
        return True

    def _keep(self, collection: Collection) -> None:
        before = self.collection
        if collection != before:
            self._write(collection)
            self._before = [*self._before[-_MOST_UNDONE:], before]

    def _write(self, collection: Collection) -> None:
        if self.fault:
            raise InputError(self.fault)
        if self._file is not None:
            write_collection(self._file, collection)
        self.collection = collection
        self.kept.emit()

    def _read(self) -> Collection:
        try:
            return read_collection(self._file) if self._file is not None else Collection()
        except InputError as error:
            self.fault = str(error)
            return Collection()
