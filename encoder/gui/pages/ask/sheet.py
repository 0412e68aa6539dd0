"""Two columns of sections that scroll together; under each other where the window is narrow. Arrows go through all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from encoder.gui.look import Look
from encoder.gui.pages.page import Pane
from encoder.gui.widgets.columns import Stack
from encoder.gui.widgets.facts import FactTable
from encoder.gui.widgets.scroller import Scroller, reveal

_WEIGHTS = (8, 5)


class Sheet(Scroller):
    """The columns.

    Signals:
        leave_up(): Up from the first row.
    """

    leave_up = Signal()

    def __init__(self, look: Look, left: Sequence[QWidget], right: Sequence[QWidget]) -> None:
        body = QWidget()
        body.setProperty("fill", "none")
        super().__init__(body)
        self._look = look
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, body)
        self._columns = [Stack(look, parts, "near") for parts in (left, right)]
        for column, weight in zip(self._columns, _WEIGHTS, strict=True):
            self._across.addWidget(column, weight)
        for table in self._every_table():
            table.leave_up.connect(lambda here=table: self._step(here, -1))
            table.leave_down.connect(lambda here=table: self._step(here, 1))
            table.selectionModel().currentChanged.connect(lambda now, _then, here=table: reveal(here, now))
        self._measure()
        look.changed.connect(self._measure)

    def set_stacked(self, *, stacked: bool) -> None:
        """The columns under each other, or beside each other."""
        ways = QBoxLayout.Direction
        self._across.setDirection(ways.TopToBottom if stacked else ways.LeftToRight)

    def to_top(self) -> None:
        """Show the beginning."""
        self.verticalScrollBar().setValue(0)

    def focus_first(self) -> bool:
        """Put the focus on the first table; False where there is none."""
        return self.focus_column(0) or self.focus_column(1)

    def focus_column(self, column: int) -> bool:
        """Put the focus on the first table of a column; False where there is none."""
        tables = [table for table in self._columns[column].tables() if _shown(table)]
        for table in tables[:1]:
            table.setFocus(Qt.FocusReason.TabFocusReason)
        return bool(tables)

    def panes(self) -> list[Pane]:
        """The columns with a table, for F6."""
        made: list[Pane] = []
        for place, column in enumerate(self._columns):
            if any(_shown(table) for table in column.tables()):
                made.append((column, partial(self.focus_column, place)))
        return made

    def _every_table(self) -> list[FactTable]:
        return [table for column in self._columns for table in column.tables()]

    def _step(self, here: FactTable, by: int) -> None:
        shown = [table for table in self._every_table() if table is here or _shown(table)]
        at = shown.index(here) + by
        if at < 0:
            self.leave_up.emit()
        elif at < len(shown):
            shown[at].setFocus(Qt.FocusReason.TabFocusReason)
            shown[at].setCurrentIndex(shown[at].model().index(0 if by > 0 else shown[at].model().rowCount() - 1, 0))

    def _measure(self) -> None:
        px = self._look.px
        side = px("page") - px("snug")
        self._across.setContentsMargins(side, px("part"), side, px("pane"))
        self._across.setSpacing(px("wide"))


class InLine(QWidget):
    """A widget that stands in line with the words of headings and tables."""

    def __init__(self, look: Look, inner: QWidget) -> None:
        super().__init__()
        self._look = look
        self._row = QHBoxLayout(self)
        self._row.addWidget(inner)
        self._measure()
        look.changed.connect(self._measure)

    def _measure(self) -> None:
        self._row.setContentsMargins(self._look.px("snug"), 0, 0, 0)


def _shown(table: FactTable) -> bool:
    return table.isVisible() and bool(table.facts())
