"""The table of editions: each set with its editions, newest first, and how they stand to a date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.rows import Index
from encoder.gui.widgets.tables import RowTable, TableModel
from encoder.gui.wording import data as words
from encoder.gui.wording.data import EditionRow

SET, EDITION, ORIGIN, HELD, ROWS, STATE = range(6)


class EditionsModel(TableModel[EditionRow]):
    """The rows as a table model, and the date that they are shown for."""

    figures = frozenset((ROWS,))

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.on = date.min

    def heads(self) -> tuple[str, ...]:
        return "Set", "Edition", "From", "Dates it is for", "Rows", f"On {self.on}"

    def cells(self, item: EditionRow) -> tuple[str, ...]:
        return item.label if item.first else "and", item.edition, item.origin, item.held, item.rows, item.state

    def spoken(self, item: EditionRow) -> str:
        return words.spoken(item, self.on)

    def hint(self, item: EditionRow, column: int) -> str:
        return item.note

    def mark(self, item: EditionRow, column: int) -> tuple[str, str]:
        if column == STATE:
            return item.icon, item.ink
        quiet = item.state in ("not loaded", "rolled back", "older, kept") or self.inset(item, column)
        return "", "text3" if quiet else "text"

    def inset(self, item: EditionRow, column: int) -> bool:
        return column == SET and not item.first


class EditionsTable(RowTable):
    """The table with its keys.

    Signals:
        chosen(str, int): another row is current: the id of its edition, empty for a bundled one, and its place.
        compare_wanted(str): Enter on an imported edition. turn_wanted(str): Del, roll back or let it answer again.
    """

    chosen = Signal(str, int)
    compare_wanted = Signal(str)
    turn_wanted = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "Editions", parent)
        self.editions = EditionsModel(self)
        self.setModel(self.editions)
        self.horizontalHeader().setMinimumSectionSize(look.px("edge"))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.editions.modelReset.connect(self._fit)
        self.resized.connect(self._fit)
        look.changed.connect(self._fit)

    def show_rows(self, rows: Sequence[EditionRow], on: date) -> None:
        """Show other rows; the same edition stays current."""
        if (tuple(rows), on) == (self.editions.rows(), self.editions.on):
            return
        before = self.row()
        self.editions.on = on
        self.editions.set_rows(rows)
        same = [at for at, row in enumerate(rows) if before and (row.id, row.table) == (before.id, before.table)]
        if same:
            self.setCurrentIndex(self.editions.index(same[0], 0))

    def row(self) -> EditionRow | None:
        """The current row."""
        at = self.currentIndex().row()
        return self.editions.rows()[at] if 0 <= at < len(self.editions.rows()) else None

    def show_edition(self, edition: str) -> None:
        """Make an edition the current row."""
        at = next((at for at, row in enumerate(self.editions.rows()) if row.id == edition), None)
        if at is not None:
            self.setCurrentIndex(self.editions.index(at, 0))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        row = self.row()
        if row is not None and current.row() != previous.row():
            self.chosen.emit(row.id, current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.row(), event.key()
        if row is not None and row.imported and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.compare_wanted.emit(row.id)
        elif row is not None and row.imported and key == Qt.Key.Key_Delete:
            self.turn_wanted.emit(row.id)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End) and self.editions.rows():
            last = len(self.editions.rows()) - 1
            at = max(self.currentIndex().row(), 0)
            to = {Qt.Key.Key_Up: max(at - 1, 0), Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
            self.setCurrentIndex(self.editions.index(to.get(Qt.Key(key), min(at + 1, last)), 0))
        else:
            event.ignore()

    def _fit(self) -> None:
        """Columns as wide as their words; where that is too much, dates, origin and rows go in turn."""
        header = self.horizontalHeader()
        header.setMinimumSectionSize(self.look.px("edge"))
        wanted = [max(self.sizeHintForColumn(at), header.sectionSizeHint(at)) for at in range(STATE + 1)]
        room = self.viewport().width()
        for column in (ORIGIN, HELD, ROWS):
            self.setColumnHidden(column, False)
        for column in (HELD, ORIGIN, ROWS):
            if sum(wanted) > room:
                self.setColumnHidden(column, True)
                wanted[column] = 0
        spare = room - sum(wanted)
        for column, width in enumerate(wanted):
            if width:
                self.setColumnWidth(column, width + (spare if column == SET else 0))
