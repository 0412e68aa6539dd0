"""A panel of the code page: its name, its rows, and below them the source and the edition they rest on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.facts import Fact, FactTable
from encoder.gui.widgets.lines import IconLine
from encoder.gui.widgets.panels import SectionTitle
from encoder.gui.widgets.text import Inset

_LABELS = 0.36  # of the width: where long labels wrap


class CodePanel(QWidget):
    """Title, whatever the panel adds, rows, and the source line; a warning where its edition does not cover the date.

    Signals:
        opened(str): the id of a row. leave_up(), leave_down(): Up from the first row, Down from the last.
    """

    opened = Signal(str)
    leave_up = Signal()
    leave_down = Signal()

    def __init__(self, look: Look, name: str, parent: QWidget | None = None, *, most_label: float = _LABELS) -> None:
        """Labels wrap at ``most_label`` of the width."""
        super().__init__(parent)
        self._look = look
        self.title = SectionTitle(look, name)
        self.table = FactTable(look, name, most_label=most_label, whole_cites=True)
        self.old = IconLine(look, "warn", "warn", "", "small", "warn")
        self._old = QHBoxLayout()
        self._old.addWidget(self.old)
        self.source = Inset(look, "", "label", "text3")
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.title)
        self._column.addLayout(self._old)
        for part in (self.table, self.source):
            self._column.addWidget(part)
        self.table.opened.connect(self.opened)
        self.table.leave_up.connect(self.leave_up)
        self.table.leave_down.connect(self.leave_down)
        self._measure()
        look.changed.connect(self._measure)

    def add(self, widget: QWidget, at: int = 2) -> None:
        """Put a part of the panel's own above the rows, or at another place."""
        self._column.insertWidget(at, widget)

    def show_panel(self, title: str, count: str, facts: Sequence[Fact], source: str, old: str = "") -> None:
        """Show other rows; without any the panel says why, in the words of a row."""
        self.title.set_title(title, count)
        self.table.setAccessibleName(title)
        self.show_facts(facts)
        self.source.set_words(source)
        self.source.setVisible(bool(source))
        self.old.set_words(old)
        self.old.setVisible(bool(old))

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show other rows; the same row stays current."""
        if tuple(facts) == self.table.facts():
            return
        at = self.table.currentIndex().row()
        self.table.set_facts(facts)
        self.table.setVisible(bool(facts))
        if self.table.hasFocus() and 0 <= at < len(facts):
            self.table.setCurrentIndex(self.table.model().index(at, 0))

    def first(self) -> QWidget:
        """What takes the focus of the panel."""
        return self.table

    def focus_main(self) -> None:
        """Put the focus on the panel."""
        self.first().setFocus(Qt.FocusReason.TabFocusReason)

    def _measure(self) -> None:
        self._column.setContentsMargins(0, 0, 0, self._look.px("part"))
        self._column.setSpacing(self._look.px("tight"))
        self._old.setContentsMargins(self._look.px("snug"), 0, self._look.px("snug"), 0)
