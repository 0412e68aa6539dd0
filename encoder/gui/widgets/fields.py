"""Fields of one line: with their name above them, or to search a list."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.paint import paint_icon
from encoder.gui.widgets.text import Words


class Named(QWidget):
    """A control under its name; readers hear the name with the control."""

    def __init__(self, look: Look, name: str, control: QWidget, width: str = "", parent: QWidget | None = None) -> None:
        """``width`` is a size of the tokens for the control; without one it takes what there is."""
        super().__init__(parent)
        self._look, self._control, self._width = look, control, width
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(Words(look, name, "small", "text2", wrap=False))
        self._column.addWidget(control)
        if not control.accessibleName():
            control.setAccessibleName(name)
        self.setFocusProxy(control)
        self._measure()
        look.changed.connect(self._measure)

    def _measure(self) -> None:
        self._column.setSpacing(self._look.px("hair"))
        if self._width:
            self._control.setFixedWidth(self._look.px(self._width))


def line(name: str, placeholder: str = "", *, secret: bool = False) -> QLineEdit:
    """A field of one line; a secret one shows dots."""
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(placeholder)
    if secret:
        made.setEchoMode(QLineEdit.EchoMode.Password)
    return made


class SearchField(QLineEdit):
    """A field above a list. Esc empties it first; Down and Enter lead into the list.

    Signals:
        left_down(): to the list.
    """

    left_down = Signal()

    def __init__(self, look: Look, name: str, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.returnPressed.connect(self.left_down)
        self._dress()
        look.changed.connect(self._dress)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        paint_icon(painter, self._look, "search", "text3", self._look.px("room"), self.height() / 2, "icon_text")
        painter.end()

    def _dress(self) -> None:
        self.setTextMargins(self._look.px("icon_text") + self._look.px("snug"), 0, 0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.left_down.emit()
        else:
            super().keyPressEvent(event)
