"""The way so far, with the line below it that says how to change it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.panels import KeyLine, SectionTitle
from encoder.gui.widgets.way import WayList


class WayPane(QFrame):
    """The steps at the left of the page."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setProperty("fill", "sunken")
        self._title = SectionTitle(look, "The way so far")
        self.steps = WayList(look)
        self._foot = QFrame()
        self._foot.setProperty("edge", "top")
        self._words = KeyLine(look, "↑", "change an earlier answer")
        self._words.setToolTip("Only what depends on the answer is asked again.")
        self._foot_row = QHBoxLayout(self._foot)
        self._foot_row.addWidget(self._words)
        self._title_row = QHBoxLayout()
        self._title_row.addWidget(self._title)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._title_row)
        self._column.addWidget(self.steps, 1)
        self._column.addWidget(self._foot)
        self._measure()
        look.changed.connect(self._measure)

    def _measure(self) -> None:
        px = self._look.px
        self._column.setContentsMargins(0, px("pane"), 0, 0)
        self._column.setSpacing(px("near"))
        self._title_row.setContentsMargins(px("pane") - px("snug"), 0, px("pane"), 0)
        self._foot_row.setContentsMargins(px("pane"), px("snug"), px("pane"), px("snug"))
