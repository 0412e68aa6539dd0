"""The table of cases: label, date of service, where each stands, its lines, and when it changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.rows import Index
from encoder.gui.widgets.tables import RowTable, TableModel
from encoder.gui.wording import cases as words
from encoder.gui.wording.cases import CaseLine

CASE, ON, WHERE, SAY, LINES, CHANGED = range(6)
_GO_FIRST = (SAY, CHANGED, ON, LINES)  # columns that a narrow table does without, in turn


class CasesModel(TableModel[CaseLine]):
    """The cases as a table model."""

    figures = frozenset((CHANGED,))

    def heads(self) -> tuple[str, ...]:
        return words.HEADS

    def cells(self, item: CaseLine) -> tuple[str, ...]:
        return item.label, item.on, item.where, item.say, item.lines, item.changed

    def spoken(self, item: CaseLine) -> str:
        return words.spoken(item)

    def hint(self, item: CaseLine, column: int) -> str:
        return item.say if column in (WHERE, SAY) else ""

    def mark(self, item: CaseLine, column: int) -> tuple[str, str]:
        if column == WHERE:
            return item.icon, item.ink
        return "", "text2" if column in (ON, SAY, CHANGED) else "text"

    def code(self, column: int) -> bool:
        return column == LINES


class CasesTable(RowTable):
    """The table with its keys.

    Signals:
        turned(str): another case is current, by its id; empty for none.
        open_wanted(str): Enter or a double click. drop_wanted(str): Del.
        leave_up(): Up from the first row.
    """

    turned = Signal(str)
    open_wanted = Signal(str)
    drop_wanted = Signal(str)
    leave_up = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "Cases", parent)
        self.cases = CasesModel(self)
        self.setModel(self.cases)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(lambda _at: self._tell(self.open_wanted))
        self.cases.modelReset.connect(self._fit)
        self.resized.connect(self._fit)
        look.changed.connect(self._fit)

    def show_lines(self, lines: Sequence[CaseLine]) -> None:
        """Show other cases; the same case stays current, else what stands in its place."""
        if tuple(lines) == self.cases.rows():
            return
        before, at = self.line(), max(self.currentIndex().row(), 0)
        self.cases.set_rows(lines)
        if lines:
            same = [place for place, each in enumerate(lines) if before and each.id == before.id]
            self.setCurrentIndex(self.cases.index(same[0] if same else min(at, len(lines) - 1), 0))
        else:
            self.turned.emit("")

    def line(self) -> CaseLine | None:
        """The current case."""
        at = self.currentIndex().row()
        return self.cases.rows()[at] if 0 <= at < len(self.cases.rows()) else None

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row() or not previous.isValid():
            self._tell(self.turned)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = event.key(), len(self.cases.rows()) - 1
        at = self.currentIndex().row()
        to = {
            Qt.Key.Key_Up: at - 1,
            Qt.Key.Key_Down: at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
            Qt.Key.Key_PageUp: at - self._page(),
            Qt.Key.Key_PageDown: at + self._page(),
        }
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._tell(self.open_wanted)
        elif key == Qt.Key.Key_Delete:
            self._tell(self.drop_wanted)
        elif key == Qt.Key.Key_Up and at <= 0:
            self.leave_up.emit()
        elif key in to and last >= 0:
            self.setCurrentIndex(self.cases.index(min(max(to[Qt.Key(key)], 0), last), 0))
        else:
            event.ignore()

    def _page(self) -> int:
        return max(self.viewport().height() // self.verticalHeader().defaultSectionSize() - 1, 1)

    def _tell(self, signal: SignalInstance) -> None:
        line = self.line()
        if line is not None:
            signal.emit(line.id)

    def _fit(self) -> None:
        """Columns as wide as their words; what is left goes to the point of each case, or is missing from it."""
        header, room = self.horizontalHeader(), self.viewport().width()
        header.setMinimumSectionSize(self.look.px("edge"))
        wanted = [max(self.sizeHintForColumn(at), header.sectionSizeHint(at)) for at in range(CHANGED + 1)]
        wanted[CASE] = min(wanted[CASE], room // 4)
        least = self.look.px("least_possible")
        for column in _GO_FIRST:
            self.setColumnHidden(column, False)
        for column in _GO_FIRST:
            if sum(wanted) - (max(wanted[SAY] - least, 0)) > room:
                self.setColumnHidden(column, True)
                wanted[column] = 0
        spare = room - sum(wanted)
        takes = SAY if wanted[SAY] else WHERE
        for column, width in enumerate(wanted):
            if width:
                self.setColumnWidth(column, width + (spare if column == takes else 0))
