"""The focus ring around single controls. Lists draw their own inside the row; fields have it in the style sheet."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QComboBox, QWidget
from shiboken6 import isValid

from encoder.gui.look import Look
from encoder.gui.widgets.paint import box

OWN_RING = "own_ring"  # True: the widget draws its ring itself; False: it is ringed although it is not a button
_MOVES = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.ParentChange})


class FocusFrame(QWidget):
    """One ring for a window: 2 px of accent with a gap of 1, around the button or box that holds the focus.

    It lies over the window, not in the control, so nothing moves and no tight container cuts it off. Other widgets ask
    for it with ``setProperty(OWN_RING, False)``; one that draws its own says ``setProperty(OWN_RING, True)``.
    """

    def __init__(self, look: Look, app: QApplication, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._held: QWidget | None = None
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        app.focusChanged.connect(self._follow)
        look.changed.connect(self._place)

    def held(self) -> QWidget | None:
        """The control inside the ring, if there is one."""
        return self._held

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self._place()
        return super().eventFilter(watched, event)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        for watched in self._watched:
            if isValid(watched):  # a control may be deleted while it holds the focus
                watched.removeEventFilter(self)
        self._held = now if now is not None and now.window() is self.window() and _wants_ring(now) else None
        self._watched = []
        widget: QWidget | None = self._held
        while widget is not None and widget is not self.window():
            widget.installEventFilter(self)
            self._watched.append(widget)
            widget = widget.parentWidget()
        self._place()

    def _place(self) -> None:
        held = self._held
        if held is None or not isValid(held) or not held.isVisible():
            self.hide()
            return
        out = self._look.px("ring") + self._look.px("ring_gap")
        rect = _in_window(held, self.window()).adjusted(-out, -out, out, out)
        for widget in self._watched:
            if isinstance(widget, QAbstractScrollArea) and widget is not held:
                rect = rect.intersected(_in_window(widget.viewport(), self.window()))
        self.setGeometry(rect)
        self.setVisible(not rect.isEmpty())
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box(painter, self._look, QRectF(self.rect()), edge="accent", width="ring", radius="radius_panel")
        painter.end()


def focus_of(widget: QWidget) -> QWidget | None:
    """What has the focus in the window of a widget, or had it when the window was last active."""
    return widget.window().focusWidget()


def holds_focus(whole: QWidget) -> bool:
    """Whether a widget or anything in it has the focus of its window."""
    focus = focus_of(whole)
    return focus is not None and (focus is whole or whole.isAncestorOf(focus))


def _in_window(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def _wants_ring(widget: QWidget) -> bool:
    own = widget.property(OWN_RING)
    return own is False or (own is None and isinstance(widget, QAbstractButton | QComboBox))
