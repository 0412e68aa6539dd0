"""A layout that puts widgets side by side and goes on in a new line where the width ends."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QLayout, QLayoutItem, QWidget

from encoder.gui.look import Look


class Flow(QLayout):
    """Widgets in lines, each as wide as it asks for and in the middle of its line; hidden ones take no room.

    Spaces come from the look: ``gap`` between two, ``near`` between lines.
    """

    def __init__(self, look: Look, parent: QWidget | None = None, gap: str = "near") -> None:
        super().__init__(parent)
        self._look, self._gap = look, gap
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._shown()]
        gaps = self._look.px(self._gap) * max(len(sizes) - 1, 0)
        return QSize(sum(size.width() for size in sizes) + gaps, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._shown()]
        return QSize(
            max((size.width() for size in sizes), default=0), max((size.height() for size in sizes), default=0)
        )

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Put the widgets where they belong, or only work it out; the height of all lines."""
        gap, between = self._look.px(self._gap), self._look.px("near")
        lines: list[list[tuple[QLayoutItem, int, int]]] = [[]]
        x = 0
        for item in self._shown():
            width = min(item.sizeHint().width(), rect.width())
            if lines[-1] and x + width > rect.width():
                lines.append([])
                x = 0
            lines[-1].append((item, x, width))
            x += width + gap
        y = 0
        for line in filter(None, lines):
            height = max(_height(item, width) for item, _, width in line)
            for item, at, width in line:
                own = min(_height(item, width), height)
                if move:
                    item.setGeometry(QRect(rect.x() + at, rect.y() + y + (height - own) // 2, width, own))
            y += height + between
        return max(y - between, 0)


def set_across(box: QBoxLayout, *, across: bool) -> None:
    """Lay the parts of a box out beside each other, or under each other."""
    ways = QBoxLayout.Direction
    box.setDirection(ways.LeftToRight if across else ways.TopToBottom)


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
