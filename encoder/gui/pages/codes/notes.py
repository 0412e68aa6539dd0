"""What a coder keeps of his own: the favourites, and notes on the code that is shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from encoder.core.own import OwnNote
from encoder.errors import EncoderError
from encoder.gui.book_work import BookWork
from encoder.gui.look import Look
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.facts import Fact
from encoder.gui.widgets.flow import Flow
from encoder.gui.widgets.lines import IconLine
from encoder.gui.widgets.panels import SectionTitle
from encoder.gui.widgets.sections import Section
from encoder.gui.wording import code as words

_CHANGED = "The row it speaks of changed since: read it again and save it."


class _Writing(QPlainTextEdit):
    """The text of a note; Esc leaves it."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class OwnNotes(QWidget):
    """The favourites, the notes on a code, and the field in which one is written.

    Signals:
        code_wanted(str): the page of a favourite. said(str): what was done. writing(), left(): a note is
            being written, and no longer.
    """

    code_wanted = Signal(str)
    said = Signal(str)
    writing = Signal()
    left = Signal()

    def __init__(self, look: Look, book: BookWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._book = look, book
        self._code = ""
        self._editing: OwnNote | None = None
        self.favourites = Section(look, "Favourites")
        self._title = SectionTitle(look, "My notes")
        self.notes = Section(look, "")
        self.notes.table.setAccessibleName("My notes")
        self.fault = IconLine(look, "stop", "stop", "", "small", "stop")
        self.add = KeyButton(look, "Write a note", icon="edit", keys=("Ctrl", "Shift", "N"), small=True)
        self.text = _Writing()
        self.text.setAccessibleName("Note on the code")
        self.text.setPlaceholderText("About the code, never about a patient.")
        self.text.setProperty("fill", "paper")
        self.text.setTabChangesFocus(True)
        self.save = KeyButton(look, "Save", icon="save", keys=("Ctrl", "Enter"), kind="primary", small=True)
        self.leave = KeyButton(look, "Leave it", small=True)
        self.remove = KeyButton(look, "Remove", small=True)
        self._ends = QWidget()
        flow = Flow(look)
        for button in (self.save, self.leave, self.remove):
            flow.addWidget(button)
        self._ends.setLayout(flow)
        self._column = QVBoxLayout(self)
        for part in (self._title, self.notes, self.fault, self.add, self.text, self._ends, self.favourites):
            self._column.addWidget(part)
        self._column.setAlignment(self.add, Qt.AlignmentFlag.AlignLeft)
        self._connect()
        self._show_writing(shown=False)
        self._measure()
        look.changed.connect(self._measure)

    def _connect(self) -> None:
        self.favourites.table.opened.connect(lambda name: self.code_wanted.emit(name.removeprefix(words.CODE)))
        self.notes.table.opened.connect(lambda at: self.write(int(at)))
        self.add.clicked.connect(self._write_new)
        self.save.clicked.connect(self.keep)
        self.leave.clicked.connect(self.stop_writing)
        self.remove.clicked.connect(self._remove)
        self.text.left.connect(self.stop_writing)
        self._book.kept.connect(self.show_kept)

    def show_code(self, code: str) -> None:
        """Show the notes on a code; what was being written on another goes."""
        if code != self._code:
            self._code = code
            self._show_writing(shown=False)
        self.show_kept()

    def show_kept(self) -> None:
        """Show the favourites and the notes as they are kept now."""
        title = self._book.desk().title
        kept = self._book.collection
        rows = [
            Fact(f"{words.CODE}{code}", code, title(code) or "no table names it on this date", code=True, opens=True)
            for code in kept.favourites
        ]
        self.favourites.show_facts(rows)
        self.notes.show_facts([self._fact(at, note) for at, note in enumerate(kept.notes_on(self._code))])
        for part in (self._title, self.add):
            part.setVisible(bool(self._code) and (part is not self.add or not self.is_writing()))
        self.add.setEnabled(not self._book.fault)
        self.fault.set_words(self._book.fault)
        self.fault.setVisible(bool(self._book.fault))

    def _fact(self, at: int, note: OwnNote) -> Fact:
        changed = self._book.changed(note)
        text = note.text.replace("`", "'").replace("**", "* *").replace("~~", "~ ~")
        said = f"{text} **{_CHANGED}**" if changed else text
        icon, ink = ("warn", "warn") if changed else ("note", "text2")
        return Fact(str(at), "", said, icon=icon, ink=ink, cite=f"written {note.written}", opens=True)

    def is_writing(self) -> bool:
        """Whether a note is being written."""
        return self.text.isVisibleTo(self)

    def write(self, at: int | None = None) -> None:
        """Write a note on the code, or change one by its place."""
        if not self._code or self._book.fault:
            return
        notes = self._book.collection.notes_on(self._code)
        self._editing = notes[at] if at is not None else None
        self.text.setPlainText(self._editing.text if self._editing else "")
        self._show_writing(shown=True)
        self.writing.emit()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write_new(self) -> None:
        self.write()

    def keep(self) -> None:
        """Keep what is written; a refusal is said above it, and it stays to be mended."""
        if self._do(lambda: self._book.write_note(self._code, self.text.toPlainText(), self._editing)):
            self.said.emit("Kept the note." if self.text.toPlainText().strip() else "There was nothing to keep.")
            self.stop_writing()

    def _remove(self) -> None:
        if self._do(lambda: self._book.write_note(self._code, "", self._editing)):
            self.said.emit("Removed the note; Ctrl+Z brings it back.")
            self.stop_writing()

    def stop_writing(self) -> None:
        """Leave the field; what was written and not kept goes."""
        self._show_writing(shown=False)
        self.show_kept()
        self.left.emit()

    def _do(self, doing: Callable[[], object]) -> bool:
        try:
            doing()
        except EncoderError as error:
            self.fault.set_words(str(error))
            self.fault.show()
            return False
        return True

    def _show_writing(self, *, shown: bool) -> None:
        self.text.setVisible(shown)
        self._ends.setVisible(shown)
        self.remove.setVisible(shown and self._editing is not None)
        self.add.setVisible(bool(self._code) and not shown)

    def _measure(self) -> None:
        px = self._look.px
        self._column.setContentsMargins(0, 0, px("near"), px("pane"))
        self._column.setSpacing(px("near"))
        self.text.setFixedHeight(px("note_high"))
