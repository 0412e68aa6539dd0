"""What every list of rows shares: a frozen model, a view that measures rows by width, pointer and press states."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from encoder.gui.look import Look
from encoder.gui.widgets.settle import PLACE_ROWS

Index = QModelIndex | QPersistentModelIndex
Item = TypeVar("Item")
Shape = TypeVar("Shape")
_NOWHERE = QModelIndex()
_MOST_KEPT = 250  # laid-out rows of a list, or as many as it has; each takes some 15 kB


class RowModel(QAbstractListModel, Generic[Item]):
    """Rows of frozen data. Subclasses say the words of a row; the view and its delegate fetch the row itself."""

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

    def item(self, index: Index) -> Item:
        """The row at an index."""
        return self._rows[index.row()]

    def words(self, item: Item) -> str:
        """What a reader says for the row."""
        raise NotImplementedError

    def hint(self, item: Item) -> str:
        """The full text of whatever the row elides, for the tooltip."""
        return ""

    def enabled(self, item: Item) -> bool:
        """Whether the keyboard stops at the row."""
        return True

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.words(self.item(index))
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return self.hint(self.item(index)) or None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if not self.enabled(self.item(index)):
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class RowDelegate(QStyledItemDelegate, Generic[Item, Shape]):
    """Measures a row for the width of its view and paints it.

    What was laid out is kept for the same row at the same width, so a row that stays on the screen costs nothing.
    """

    def __init__(self, look: Look, view: RowList) -> None:
        super().__init__(view)
        self.look = look
        self.view = view
        self._laid_out: dict[tuple[Item, int, object], Shape] = {}

    def item(self, index: Index) -> Item:
        """The row behind an index."""
        raise NotImplementedError

    def setting(self, width: int) -> object:
        """What else the layout of a row depends on: the columns of the list, its density."""
        return None

    def lay_out(self, item: Item, width: int) -> Shape:
        """The laid-out words of a row when it is ``width`` px wide."""
        raise NotImplementedError

    def height_of(self, item: Item, shape: Shape) -> int:
        """The height in px of a row that is laid out."""
        raise NotImplementedError

    def shape(self, item: Item, width: int) -> Shape:
        """The row as laid out before, or laid out now."""
        key = (item, width, self.setting(width))
        found = self._laid_out.get(key)
        if found is None:
            most = max(_MOST_KEPT, self.view.model().rowCount())
            while len(self._laid_out) >= most:
                del self._laid_out[next(iter(self._laid_out))]  # the oldest
            found = self._laid_out[key] = self.lay_out(item, width)
        return found

    def height(self, index: Index, width: int) -> int:
        """The height of a row in px when it is ``width`` px wide."""
        item = self.item(index)
        return self.height_of(item, self.shape(item, width))

    def forget(self) -> None:
        """Lay everything out again: fonts or colours are others."""
        self._laid_out.clear()

    def draw(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint the row into its rectangle."""
        raise NotImplementedError

    def elides(self, index: Index, width: int) -> bool:
        """Whether the row cuts something short."""
        return False

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self.view.row_width()
        return QSize(width, self.height(index, width))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter, option.rect, index)
        painter.restore()


class RowList(QListView):
    """A list of rows that take the height of their text. No row is current until the user makes one so.

    Signals:
        full_text(str): what the current row cuts short, in full, for the page to show; an empty string for nothing.
    """

    full_text = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._pressed = QPersistentModelIndex()
        self._hovered = QPersistentModelIndex()
        self._heights: dict[tuple[int, object], int] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        look.changed.connect(self.measure_again)

    def row_width(self) -> int:
        """The width that rows are measured for."""
        return self.viewport().width()

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is not None:
            model.modelReset.connect(self._forget_heights)

    def _forget_heights(self) -> None:
        self._heights.clear()
        self.place_rows()

    def place_rows(self) -> None:
        """Place the rows anew before the next paint.

        Qt by itself does it while it paints, and then paints once more.
        """
        self.scheduleDelayedItemsLayout()
        QCoreApplication.postEvent(self, QEvent(PLACE_ROWS))

    def customEvent(self, event: QEvent) -> None:
        if event.type() == PLACE_ROWS and self.isVisible():
            self.executeDelayedItemsLayout()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QCoreApplication.postEvent(self, QEvent(PLACE_ROWS))

    def measure_again(self) -> None:
        """Lay the rows out again, after another text size, scheme or density."""
        self._heights.clear()
        delegate = self.itemDelegate()
        if isinstance(delegate, RowDelegate):
            delegate.forget()
        self.doItemsLayout()
        self.updateGeometry()
        self.viewport().update()

    def content_height(self, width: int) -> int:
        """The height of all rows together at a width."""
        delegate = self.itemDelegate()
        model = self.model()
        assert isinstance(delegate, RowDelegate)
        key = (width, delegate.setting(width))
        if key not in self._heights:
            self._heights[key] = sum(delegate.height(model.index(row, 0), width) for row in range(model.rowCount()))
        return self._heights[key]

    # -- states that delegates ask for ------------------------------------------------------------------------------

    def is_current(self, index: Index) -> bool:
        """Whether the row is the current one and the list has the focus."""
        return self.hasFocus() and self.currentIndex() == index

    def is_hovered(self, index: Index) -> bool:
        """Whether the pointer is over the row."""
        return self._hovered.isValid() and self._hovered == index

    def is_pressed(self, index: Index) -> bool:
        """Whether the row is held down."""
        return self._pressed.isValid() and self._pressed == index

    def forget_current(self) -> None:
        """Make no row current."""
        self.setCurrentIndex(QModelIndex())

    # -- events -----------------------------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        had = self.currentIndex().isValid()
        super().focusInEvent(event)
        if not had:  # Qt makes the first row current on its own; here a current row is always the user's doing
            self.forget_current()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        delegate = self.itemDelegate()
        cut = current.isValid() and isinstance(delegate, RowDelegate) and delegate.elides(current, self.row_width())
        self.full_text.emit(str(current.data(Qt.ItemDataRole.ToolTipRole)) if cut else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.place_rows()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._press(self.indexAt(event.position().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._press(QModelIndex())
        super().mouseReleaseEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(QModelIndex())
        return super().viewportEvent(event)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        ends = (QAbstractItemView.CursorAction.MoveHome, QAbstractItemView.CursorAction.MoveEnd)
        if action not in ends:
            return super().moveCursor(action, modifiers)
        model = self.model()  # Qt stays where it is when the first or last row is a heading; here the next one is taken
        rows = (model.index(row, 0) for row in range(model.rowCount()))
        reachable = [index for index in rows if model.flags(index) & Qt.ItemFlag.ItemIsEnabled]
        if not reachable:
            return QModelIndex()
        return reachable[0] if action == ends[0] else reachable[-1]

    def keyboardSearch(self, _search: str) -> None:
        """Typing never moves the current row by itself."""

    def _press(self, index: QModelIndex) -> None:
        self._pressed = QPersistentModelIndex(index)
        self.viewport().update()

    def _hover(self, index: QModelIndex) -> None:
        if self._hovered != index:
            self._hovered = QPersistentModelIndex(index)
            self.viewport().update()


def grow_with_content(view: RowList) -> None:
    """Let a list stand without a scroll bar of its own, as high as its rows; it must then give heightForWidth."""
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    view.setSizePolicy(policy)
