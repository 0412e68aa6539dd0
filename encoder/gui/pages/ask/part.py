"""What the two parts of the Ask place share: fields above, a sheet below, and what they ask of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from encoder.gui.ask_work import AskWork
from encoder.gui.look import Look
from encoder.gui.pages.ask.sheet import Sheet
from encoder.gui.widgets.focus import holds_focus
from encoder.gui.wording.sources import Sources


class Part(QWidget):
    """Fields and the sheet with what was found.

    Signals:
        code_wanted(str): the page of a code. question_wanted(str): help on a question of the tree.
        start_wanted(): the case is to begin with what was found as assumptions.
        changed(): what the keys do now is another.
    """

    code_wanted = Signal(str)
    question_wanted = Signal(str)
    start_wanted = Signal()
    changed = Signal()
    sheet: Sheet

    def __init__(self, look: Look, work: AskWork, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self.work, self._sources = look, work, sources
        self.fields, self._actions = QWidget(), QWidget()
        self._top = QVBoxLayout(self.fields)

    def _stack(self) -> None:
        """The fields over the sheet; Up from its first row goes back to them."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.fields)
        column.addWidget(self.sheet, 1)
        self.sheet.leave_up.connect(self.focus_main)

    def focus_main(self) -> None:
        """Put the focus into the first field."""
        self.fields.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes from the fields to the rows, Esc back."""
        if event.key() == Qt.Key.Key_Down and holds_focus(self.fields):
            self.sheet.focus_first()
        elif event.key() == Qt.Key.Key_Escape and holds_focus(self.sheet):
            self.focus_main()
        else:
            super().keyPressEvent(event)

    def _measure(self) -> None:
        px = self._look.px
        self._top.setContentsMargins(px("page"), px("part"), px("page"), px("near"))
        self._top.setSpacing(px("near"))
        self._actions.setContentsMargins(px("snug"), 0, 0, px("near"))
