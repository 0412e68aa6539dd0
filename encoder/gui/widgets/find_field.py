"""The field of a search: what is typed goes to the search, arrows and Enter to the list below it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.hits import HitList
from encoder.gui.widgets.paint import paint_icon

LONGEST = 400
"""Signs that a search or a question may have."""


class FindField(QLineEdit):
    """A field with a list. The focus stays in the field while Up and Down go through the rows.

    Signals:
        exact_wanted(): Alt+X, search exactly as typed.
        left(): Esc.
    """

    exact_wanted = Signal()
    left = Signal()

    def __init__(self, look: Look, name: str, hits: HitList, parent: QWidget | None = None) -> None:
        """``name`` is the accessible name."""
        super().__init__(parent)
        self._look, self._hits = look, hits
        hits.lead_by = self
        self.setAccessibleName(name)
        self.setMaxLength(LONGEST)
        hits.left.connect(lambda: self.setFocus(Qt.FocusReason.OtherFocusReason))
        self._dress()
        look.changed.connect(self._dress)

    def speak(self) -> None:
        """Tell readers which row is current: it has not the focus."""
        row = self._hits.row()
        if row is not None:
            words = self._hits.model().data(self._hits.currentIndex(), Qt.ItemDataRole.AccessibleTextRole)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, str(words)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        control = held == Qt.KeyboardModifier.ControlModifier
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if control and key == Qt.Key.Key_Down:
                self._hits.step_group()
            else:
                self._hits.step(1 if key == Qt.Key.Key_Down else -1)
            self.speak()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held:
            self._hits.choose()
        elif key == Qt.Key.Key_X and held == Qt.KeyboardModifier.AltModifier:
            self.exact_wanted.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        paint_icon(painter, self._look, "search", "accent", self._look.px("room"), self.height() / 2)
        painter.end()

    def _dress(self) -> None:
        self.setTextMargins(self._look.px("icon_row") + self._look.px("near"), 0, 0, 0)
