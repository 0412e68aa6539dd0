"""The field below the list: a new line, or the line that is being changed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.text import Words
from encoder.gui.widgets.verdict import VerdictLine

_PLACEHOLDER = "27365-LT, 20932*1, C40.22 …"
_PARTED = "\t\n\r"


class _Field(QLineEdit):
    """A field of one line that hands several pasted lines, or cells of a spreadsheet, to the page.

    Signals:
        pasted(str): a text that is more than one entry. left_up(): Up.
    """

    pasted = Signal(str)
    left_up = Signal()

    def event(self, event: QEvent) -> bool:
        """Undo is the claim's while nothing is typed."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.text()
        ):
            event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = QGuiApplication.clipboard().text() if event.matches(QKeySequence.StandardKey.Paste) else ""
        if any(sign in text.strip() for sign in _PARTED):
            self.pasted.emit(text)
        elif event.key() == Qt.Key.Key_Up:
            self.left_up.emit()
        else:
            super().keyPressEvent(event)


class Entry(QFrame):
    """What is typed is told while it is typed, and again when it is taken.

    Signals:
        typed(str), taken(str): what stands in the field. pasted(str): several lines at once.
        left(): Esc; what was being changed stays as it was. left_up(): to the list.
    """

    typed = Signal(str)
    taken = Signal(str)
    pasted = Signal(str)
    left = Signal()
    left_up = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setProperty("fill", "surface")
        self.setProperty("edge", "top")
        self.name = Words(look, "", "body", "text3", wrap=False)
        self.field = _Field()
        self.field.setPlaceholderText(_PLACEHOLDER)
        self.take = KeyButton(look, "Add", keys=("Enter",))
        self.error = VerdictLine(look, "error")
        self._row = QHBoxLayout()
        self._row.addWidget(self.name)
        self._row.addWidget(self.field, 1)
        self._row.addWidget(self.take)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._row)
        self._column.addWidget(self.error)
        self.field.textEdited.connect(self._type)
        self.field.returnPressed.connect(self._take)
        self.take.clicked.connect(self._take)
        self.field.pasted.connect(self.pasted)
        self.field.left_up.connect(self.left_up)
        self.refuse("")
        self.show_place("1", "")
        self._measure()
        look.changed.connect(self._measure)

    def show_place(self, number: str, text: str, *, changing: bool = False) -> None:
        """Ask for a new line with a number, or for the one that is being changed, with its text."""
        self.name.set_words(number)
        self.take.setText("Change" if changing else "Add")
        what = f"Line or diagnosis {number}, being changed" if changing else f"New line {number}, or a diagnosis"
        self.field.setAccessibleName(what)
        if text or changing:
            self.field.setText(text)

    def clear(self) -> None:
        """Empty the field."""
        self.field.setText("")  # without a way back: undo is the claim's
        self.refuse("")

    def refuse(self, sentence: str) -> None:
        """Say what is wrong with what was typed; without a sentence nothing is."""
        self.error.set_words(sentence)
        self.error.setVisible(bool(sentence))
        if bool(sentence) != bool(self.field.property("error")):
            self.field.setProperty("error", bool(sentence))
            self.field.style().unpolish(self.field)
            self.field.style().polish(self.field)

    def focus_main(self) -> None:
        """Put the focus into the field."""
        self.field.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and (self.field.text() or self.take.text() == "Change"):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _type(self, text: str) -> None:
        self.refuse("")
        self.typed.emit(text)

    def _take(self) -> None:
        if self.field.text().strip():
            self.taken.emit(self.field.text())

    def _measure(self) -> None:
        px = self._look.px
        self._column.setContentsMargins(px("pane"), px("near"), px("part"), px("near"))
        self._column.setSpacing(px("tight"))
        self._row.setSpacing(px("near"))
        self.name.setFixedWidth(px("code_inset") - px("near"))
