"""The list of the claim check: lines and findings, with the keys that fix, change and take off."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from encoder.gui.look import Look
from encoder.gui.pages.check.rows import CheckDelegate, CheckModel
from encoder.gui.widgets.rows import Index, RowList
from encoder.gui.wording.findings import CheckRow


class CheckList(RowList):
    """Digits and Enter fix, F2 changes a line, Del takes it off; digits act only while the list has the focus.

    Signals:
        fix_wanted(int): the fix of a finding, by its place. edit_wanted(Spot), remove_wanted(Spot): a line.
        turned(int): another finding is current; -1 for a line without any.
        leave_down(): Down from the last row.
    """

    fix_wanted = Signal(int)
    edit_wanted = Signal(object)
    remove_wanted = Signal(object)
    turned = Signal(int)
    leave_down = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._model = CheckModel(self)
        self._delegate = CheckDelegate(look, self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Lines and findings")
        self.setAccessibleDescription("Digits apply fixes, F2 changes a line, Delete takes it off.")

    def split(self) -> int:
        """Where the findings begin beside the lines; 0 where they stand below them."""
        return self._delegate.split(self.row_width())

    def set_rows(self, rows: Sequence[CheckRow]) -> None:
        """Show other rows; the same finding stays current, else what stands in its place."""
        before, at = self.row(), self.currentIndex().row()
        if tuple(rows) == self._model.rows():
            return
        self._model.set_rows(rows)
        if before is None or not rows:
            return
        same = [place for place, row in enumerate(rows) if (row.spot, row.say) == (before.spot, before.say)]
        self.setCurrentIndex(self._model.index(same[0] if same else min(at, len(rows) - 1), 0))

    def rows(self) -> tuple[CheckRow, ...]:
        """The rows shown."""
        return self._model.rows()

    def row(self) -> CheckRow | None:
        """The current row."""
        index = self.currentIndex()
        return self._model.item(index) if index.isValid() else None

    def go_to_first(self) -> None:
        """Make the first finding that can be fixed current, else the first row."""
        first = next((place for place, row in enumerate(self.rows()) if row.fix), 0)
        self.setCurrentIndex(self._model.index(first, 0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason and not self.currentIndex().isValid():
            self.go_to_first()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        row = self._model.item(current) if current.isValid() else None
        self.turned.emit(row.finding if row is not None else -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key, at = self.row(), event.key(), self.currentIndex().row()
        fixes = {one.key: one.finding for one in self.rows() if one.key}
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.text() in fixes:
            self.fix_wanted.emit(fixes[event.text()])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and row is not None and row.fix:
            self.fix_wanted.emit(row.finding)
        elif key == Qt.Key.Key_F2 and row is not None and row.spot is not None:
            self.edit_wanted.emit(row.spot)
        elif key == Qt.Key.Key_Delete and row is not None and row.spot is not None:
            self.remove_wanted.emit(row.spot)
        elif key == Qt.Key.Key_Down and at == len(self.rows()) - 1:
            self.leave_down.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._is_on_fix(index, event.position()):
            self.fix_wanted.emit(self._model.item(index).finding)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        index = self.indexAt(event.position().toPoint())
        row = self._model.item(index) if index.isValid() else None
        if row is not None and row.spot is not None and not self._is_on_fix(index, event.position()):
            self.edit_wanted.emit(row.spot)

    def _is_on_fix(self, index: QModelIndex, at: QPointF) -> bool:
        return self._delegate.fix_at(index, at - QPointF(self.visualRect(index).topLeft()))
