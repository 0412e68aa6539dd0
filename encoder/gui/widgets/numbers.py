"""A few numbers side by side, each with its words below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.text import Words


class Numbers(QWidget):
    """Cells of equal width with an edge around them, in line with the words of the tables below."""

    def __init__(self, look: Look, cells: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """``cells`` are numbers and their words."""
        super().__init__(parent)
        self._look = look
        box = QFrame()
        box.setProperty("fill", "box")
        self._outer, self._row = QHBoxLayout(self), QHBoxLayout(box)
        self._outer.addWidget(box)
        self._cells: list[QVBoxLayout] = []
        for number, words in cells:
            cell = QVBoxLayout()
            cell.addWidget(Words(look, number, "title_short"))
            cell.addWidget(Words(look, words, "small", "text2"))
            cell.addStretch(1)
            self._cells.append(cell)
            self._row.addLayout(cell, 1)
        self.setAccessibleName("; ".join(f"{number} {words}" for number, words in cells))
        self._measure()
        look.changed.connect(self._measure)

    def _measure(self) -> None:
        px = self._look.px
        self._outer.setContentsMargins(px("snug"), 0, px("snug"), 0)
        self._row.setContentsMargins(px("part"), px("near"), px("part"), px("near"))
        self._row.setSpacing(px("pane"))
        for cell in self._cells:
            cell.setSpacing(px("hair"))
