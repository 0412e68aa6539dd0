"""A field with its name above it."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from encoder.gui.look import Look
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
