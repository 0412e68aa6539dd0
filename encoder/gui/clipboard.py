"""Copying: what was copied is said in the hint bar, and is taken from the clipboard again after a minute."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

SECONDS = 60


class Clipboard(QObject):
    """The system's clipboard, cleared after a while if it still holds what was put there."""

    def __init__(self, parent: QObject | None = None, seconds: float = SECONDS) -> None:
        super().__init__(parent)
        self._text = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(seconds * 1000))
        self._timer.timeout.connect(self._clear)

    def put(self, text: str, *, clear: bool) -> None:
        """Put a text on the clipboard; ``clear`` takes it away again after a minute."""
        QGuiApplication.clipboard().setText(text)
        self._text = text
        if clear:
            self._timer.start()
        else:
            self._timer.stop()

    def _clear(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard.text() == self._text:
            clipboard.clear()
        self._text = ""
