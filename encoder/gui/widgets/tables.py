"""A table of plain rows, such as the queue of cases: whole rows are pointed at, chosen and ringed."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from encoder.gui.look import Look
from encoder.gui.widgets.paint import box, hairline, paint_icon
from encoder.gui.widgets.rows import Index
from encoder.gui.widgets.text import STRONG

Item = TypeVar("Item")
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_NOWHERE = QModelIndex()
NO_WORD = "none"
"""What a reader says of an empty cell."""


class CellRole(IntEnum):
    """What a model says of a cell beside its words, its alignment and its accessible text."""

    ICON = Qt.ItemDataRole.UserRole + 1  # the name of an icon before the words
    INK = Qt.ItemDataRole.UserRole + 2  # the colour of icon and words, a token; text when there is none
    CODE = Qt.ItemDataRole.UserRole + 3  # true for a code
    INSET = Qt.ItemDataRole.UserRole + 4  # true for what belongs to the row above


class TableModel(QAbstractTableModel, Generic[Item]):
    """Rows of frozen data under heads. Subclasses say what stands in a cell.

    Attributes:
        figures: the columns of figures, which stand at the right.
    """

    figures: frozenset[int] = frozenset()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Item, ...] = ()

    def set_rows(self, rows: Sequence[Item]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rows(self) -> tuple[Item, ...]:
        """The rows shown."""
        return self._rows

    def heads(self) -> tuple[str, ...]:
        """The name of each column."""
        raise NotImplementedError

    def cells(self, item: Item) -> tuple[str, ...]:
        """The words of each cell."""
        raise NotImplementedError

    def spoken(self, item: Item) -> str:
        """What a reader says for the row, at its first cell."""
        raise NotImplementedError

    def hint(self, item: Item, column: int) -> str:
        """What the tooltip of a cell says; empty for none."""
        return ""

    def mark(self, item: Item, column: int) -> tuple[str, str]:
        """Icon and colour of a cell, each a name; empty for none."""
        return "", ""

    def code(self, column: int) -> bool:
        """Whether a column holds codes."""
        return False

    def inset(self, item: Item, column: int) -> bool:
        """Whether a cell belongs to the row above."""
        return False

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.heads())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object | None:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.heads()[section]
        return _RIGHT if role == Qt.ItemDataRole.TextAlignmentRole and section in self.figures else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object | None:
        if not index.isValid():
            return None
        item, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cells(item)[column]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(item) if column == 0 else self.cells(item)[column] or NO_WORD
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.hint(item, column) or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column in self.figures else None
        if role in (CellRole.ICON, CellRole.INK):
            return self.mark(item, column)[role == CellRole.INK] or None
        if role == CellRole.CODE:
            return self.code(column)
        return self.inset(item, column) if role == CellRole.INSET else None


class RowTable(QTableView):
    """A table view whose current row has the tint, its first cell in SemiBold, and the ring around the whole of it.

    The page sets the model and the widths of the columns; ``activated`` is Qt's own signal for Enter and double click.

    Signals:
        resized(): there is another width for the columns.
    """

    resized = Signal()

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        """``name`` is the accessible name."""
        super().__init__(parent)
        self.look = look
        self.hovered_row = -1
        self._delegate = _CellDelegate(look, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setHighlightSections(False)
        self._measure()
        look.changed.connect(self._measure)

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.look.px("row_high"))
        self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def _hover(self, row: int) -> None:
        if row != self.hovered_row:
            self.hovered_row = row
            self.viewport().update()


class _CellDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, view: RowTable) -> None:
        super().__init__(view)
        self._look, self._view = look, view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        look = self._look
        icon = look.px("icon_text") + look.px("snug") if index.data(CellRole.ICON) else 0
        font = look.font("code") if index.data(CellRole.CODE) else look.font("body", None if index.column() else STRONG)
        words = QFontMetricsF(font).horizontalAdvance(str(index.data() or ""))
        return QSize(int(words + icon + 2 * look.px("near")) + 2, look.px("row_high"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, cell = self._look, QRectF(option.rect)
        current = self._view.currentIndex().row() == index.row()
        painter.save()
        painter.setClipRect(cell)
        fill = "tint" if current else "hover" if self._view.hovered_row == index.row() else "surface"
        painter.fillRect(cell, look.colour(fill))
        below = cell.bottom() - look.px("edge")
        hairline(painter, look, QPointF(cell.left(), below), QPointF(cell.right(), below))
        self._paint_words(painter, cell, index, strong=current and index.column() == 0)
        if current and self._view.hasFocus():
            box(painter, look, self._whole_row(option.rect), edge="accent", width="ring", radius="")
        painter.restore()

    def _paint_words(self, painter: QPainter, cell: QRectF, index: Index, *, strong: bool) -> None:
        look = self._look
        ink = str(index.data(CellRole.INK) or "text")
        left = cell.left() + look.px("wide" if index.data(CellRole.INSET) else "near")
        icon = index.data(CellRole.ICON)
        if icon:
            paint_icon(painter, look, str(icon), ink, left, cell.center().y(), "icon_text")
            left += look.px("icon_text") + look.px("snug")
        font = look.font("code" if index.data(CellRole.CODE) else "body", STRONG if strong else None)
        area = QRectF(left, cell.top(), cell.right() - look.px("near") - left, cell.height())
        words = QFontMetricsF(font).elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, area.width())
        side = index.data(Qt.ItemDataRole.TextAlignmentRole)
        right = side is not None and bool(Qt.AlignmentFlag(side) & Qt.AlignmentFlag.AlignRight)
        painter.setFont(font)
        painter.setPen(look.colour(ink))
        across = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, across | Qt.AlignmentFlag.AlignVCenter, words)

    def _whole_row(self, cell: QRect) -> QRectF:
        header = self._view.horizontalHeader()
        return QRectF(-header.offset(), cell.top(), header.length(), cell.height())
