"""A small table of figures: codes at the left, numbers right-aligned under their heads, a note below."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.text import Block, Run


@dataclass(frozen=True, slots=True)
class Figures:
    """Heads (the first one empty), rows of a code and its figures as text, and a note."""

    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    note: str = ""


class FigureTable(QLabel):
    """The figures as drawn text; readers hear each with its head."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._figures = look, Figures()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self.updateGeometry)

    def set_figures(self, figures: Figures) -> None:
        """Show other figures."""
        self._figures = figures
        said = []
        for code, *numbers in figures.rows:
            named = (f"{head} {number}" for head, number in zip(figures.heads[1:], numbers, strict=True))
            said.append(f"{code}: {', '.join(named)}")
        self.setText("; ".join([*said, figures.note]))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px("least_column"), self.heightForWidth(self._look.px("least_column")))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px("least_possible"), self._row() * (len(self._figures.rows) + 1))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self._row() * (len(self._figures.rows) + 1) + self._note(width).height + self._look.px("tight"))

    def _row(self) -> int:
        return round(self._look.tokens.line_height("small") + self._look.px("hair"))

    def _note(self, width: float) -> Block:
        return Block(self._look, [Run(self._figures.note, "label", "text3")], width)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, figures = self._look, self._figures
        painter = QPainter(self)
        first = max((_width(look, row[0], "code_small") for row in figures.rows), default=0)
        column = (self.width() - first) / max(len(figures.heads) - 1, 1)
        for line, cells in enumerate((figures.heads, *figures.rows)):
            y = line * self._row()
            for place, text in enumerate(cells):
                role = "code_small" if place == 0 else "small"
                ink = "text3" if line == 0 or not text[:1].isdigit() else "text"
                x = 0 if place == 0 else first + place * column - _width(look, text, role)
                Block(look, [Run(text, role, ink)]).draw(painter, x, y)
        self._note(self.width()).draw(painter, 0, (len(figures.rows) + 1) * self._row() + look.px("tight"))
        painter.end()


def _width(look: Look, text: str, role: str) -> float:
    return QFontMetricsF(look.font(role)).horizontalAdvance(text)
