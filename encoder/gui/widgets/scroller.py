"""An area that scrolls up and down and never sideways; what is in it takes the focus, the area does not."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from encoder.gui.widgets.rows import RowList


class Scroller(QScrollArea):
    """A frameless scroll area around a body. Keys go to the body and to the page around it."""

    def __init__(self, body: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if body is not None:
            self.setWidget(body)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


def area_of(widget: QWidget) -> QScrollArea | None:
    """The area that scrolls a widget."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above


def reveal(rows: RowList, now: QModelIndex) -> None:
    """Bring a row of a list that is as high as its rows into sight of the area that scrolls the list."""
    area = area_of(rows)
    inside = area.widget() if area is not None else None
    if area is not None and inside is not None and now.isValid():
        row = rows.visualRect(now)
        place = rows.mapTo(inside, row.center())
        area.ensureVisible(place.x(), place.y(), 0, row.height() // 2 + rows.look.px("pane"))
