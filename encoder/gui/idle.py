"""Telling when nobody has used the window for a while."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow

_USED = frozenset((QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.TouchBegin))
_MINUTE_MS = 60_000


class Idle(QObject):
    """Hears what the system sends to one window; the pointer that only passes over it is no use of it.

    Signals:
        passed(): nobody pressed a key or a button for the time that was set.
    """

    passed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window: QWindow | None = None
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.passed)

    def watch(self, window: QWindow | None) -> None:
        """Hear this window."""
        if window is not None and window is not self._window:
            self._window = window
            window.installEventFilter(self)

    def wait(self, minutes: int) -> None:
        """Begin to wait; 0 minutes wait for nothing."""
        if minutes:
            self.timer.start(minutes * _MINUTE_MS)
        else:
            self.timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _USED and self.timer.isActive():
            self.timer.start()
        return super().eventFilter(watched, event)
