"""Sections of a page: a title over a table of facts, what is not settled, and the box for the values."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.facts import Fact, FactTable
from encoder.gui.widgets.figures import Figures, FigureTable
from encoder.gui.widgets.panels import Callout, SectionTitle


class Section(QWidget):
    """A title over a table of facts; gone while it has no facts."""

    def __init__(
        self,
        look: Look,
        title: str,
        *,
        text_role: str = "small",
        most_label: float = 0.5,
        whole_cites: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._words = look, title
        self._title = SectionTitle(look, title)
        self.table = FactTable(
            look, title, label_role=text_role, text_role=text_role, most_label=most_label, whole_cites=whole_cites
        )
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._title)
        self._column.addWidget(self.table)
        self._measure()
        look.changed.connect(self._measure)

    def show_facts(self, facts: Sequence[Fact], count: str = "") -> None:
        """Show other facts and how many or how much."""
        if tuple(facts) != self.table.facts():
            self.table.set_facts(facts)
        self._title.set_title(self._words, count)
        self._title.setVisible(bool(self._words))
        self.setVisible(bool(facts))

    def rename(self, title: str) -> None:
        """Bear another title from the next facts on."""
        self._words = title
        self.table.setAccessibleName(title)

    def _measure(self) -> None:
        self._column.setContentsMargins(0, 0, 0, self._look.px("part"))
        self._column.setSpacing(self._look.px("tight"))


class OpenBox(Callout):
    """What is not settled: why a second look is needed, and what speaks for each side."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "warn", "What is not settled", parent=parent)
        self.table = FactTable(look, "What speaks for each side", most_label=0.3)
        self.add(self.table)

    def show_open(self, words: str, sides: Sequence[Fact]) -> None:
        """Show the question and the sides; gone without words."""
        self.set_words("What is not settled", words)
        if tuple(sides) != self.table.facts():
            self.table.set_facts(sides)
        self.table.setVisible(bool(sides))
        self.setVisible(bool(words))


class ValueBox(QFrame):
    """The values, last and in a box of their own: money decides nothing. Closed on a review.

    Signals:
        turned(bool): opened or closed by the user.
    """

    turned = Signal(bool)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setProperty("fill", "box")
        self._title = SectionTitle(look, "Values", "apart from the decision")
        self._turn = KeyButton(look, "show", kind="link")
        self.table = FigureTable(look)
        self._column = QVBoxLayout(self)
        self._head = QHBoxLayout()
        self._head.addWidget(self._title, 1, Qt.AlignmentFlag.AlignVCenter)
        self._head.addWidget(self._turn, 0, Qt.AlignmentFlag.AlignVCenter)
        self._body = QHBoxLayout()
        self._body.addWidget(self.table)
        self._column.addLayout(self._head)
        self._column.addLayout(self._body)
        self._turn.clicked.connect(lambda: self._open(not self.table.isVisibleTo(self)))
        self._measure()
        look.changed.connect(self._measure)

    def show_figures(self, figures: Figures, *, opened: bool) -> None:
        """Show other figures, open or closed; gone without any."""
        self.table.set_figures(figures)
        self.setVisible(bool(figures.rows))
        self._open(opened)

    def _open(self, opened: bool) -> None:
        self.table.setVisible(opened)
        self._turn.setText("hide" if opened else "show")
        self._turn.setAccessibleName(f"{self._turn.text()} the values")
        self._turn.updateGeometry()
        self.turned.emit(opened)

    def _measure(self) -> None:
        px = self._look.px
        self._column.setContentsMargins(px("snug"), px("near"), px("part"), px("near"))
        self._column.setSpacing(px("tight"))
        self._head.setSpacing(px("near"))
        self._body.setContentsMargins(px("snug"), 0, 0, 0)
