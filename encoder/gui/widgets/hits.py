"""A list of what was found: code or kind, title, and why it is here, in groups with headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.paint import box, keys_width, paint_icon, paint_keys, spoken_keys
from encoder.gui.widgets.rows import Index, RowDelegate, RowList, RowModel
from encoder.gui.widgets.text import Block, Run, plain, runs

HitKind = Literal["heading", "code", "place", "ask", "command", "again", "text"]
_BESIDE = 0.42  # of the width, at most, for what stands at the right


@dataclass(frozen=True, slots=True)
class HitRow:
    """One row.

    Attributes:
        kind: heading; code, a page of the code book; place, in the questions; ask, a question for an answer; command;
            again, other words to search for; text, words to read.
        id: handed back when the row is chosen.
        lead: the code, or the kind of row in a word; ``code`` says that it is a code.
        text: the title, with marks; ``end`` why it is here; ``warn`` why it must be looked at twice.
        keys: what does the same from everywhere.
    """

    kind: HitKind
    id: str
    text: str
    lead: str = ""
    code: bool = False
    end: str = ""
    warn: str = ""
    keys: tuple[str, ...] = ()


class HitModel(RowModel[HitRow]):
    """The rows as a list model."""

    def words(self, item: HitRow) -> str:
        keys = f"key {spoken_keys(item.keys)}" if item.keys else ""
        parts = (item.lead, plain(item.text), plain(item.end), item.warn, keys)
        return ", ".join(part for part in parts if part)

    def hint(self, item: HitRow) -> str:
        return plain(item.end)

    def enabled(self, item: HitRow) -> bool:
        return item.kind != "heading"


class HitList(RowList):
    """The rows. The current one is shown also while the field above the list has the focus: ``lead_by`` is that field.

    Rows come a moment after a letter was typed. What is chosen by key until then is chosen among those that come: a
    quick Enter never takes a row of what was looked for before.

    Signals:
        chosen(HitRow): Enter or a click on a row. left(): Up from the first row.
    """

    chosen = Signal(object)
    left = Signal()

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        """``name`` is the accessible name."""
        super().__init__(look, parent)
        self._model = HitModel(self)
        self.lead_by: QWidget | None = None
        self.setModel(self._model)
        self.setItemDelegate(_HitDelegate(look, self))
        self.setAccessibleName(name)
        self._late = self._wanted = False
        self.clicked.connect(lambda _index: None if self._late else self.choose())

    def await_rows(self) -> None:
        """Other rows are on their way."""
        self._late, self._wanted = True, False

    def set_rows(self, rows: Sequence[HitRow]) -> None:
        """Show other rows; none is current."""
        self._late = False
        self._model.set_rows(rows)

    def show_rows(self, rows: Sequence[HitRow]) -> None:
        """Show other rows, the first of them current."""
        self.set_rows(rows)
        self.go_to_first()

    def go_to_first(self) -> None:
        """Make the first row current, and choose it where that was wanted before it came."""
        self.go_to(0, 1)
        if self._wanted:
            self._wanted = False
            self.choose()

    def rows(self) -> tuple[HitRow, ...]:
        """The rows shown."""
        return self._model.rows()

    def row(self) -> HitRow | None:
        """The current row."""
        index = self.currentIndex()
        return self._model.item(index) if index.isValid() else None

    def go_to(self, at: int, by: int) -> bool:
        """Make the first row that can be chosen current, from a place on in a direction; False where there is none."""
        rows = self.rows()
        while 0 <= at < len(rows):
            if rows[at].kind != "heading":
                self.setCurrentIndex(self._model.index(at, 0))
                if at == 1 and rows[0].kind == "heading":
                    self.scrollToTop()
                return True
            at += by
        return False

    def step(self, by: int) -> bool:
        """The next or the previous row; False at the ends."""
        return self.go_to(self.currentIndex().row() + by, 1 if by > 0 else -1)

    def step_group(self) -> None:
        """The first row below the next heading, after the last the first of all."""
        at, rows = self.currentIndex().row(), self.rows()
        heads = [place for place, row in enumerate(rows) if row.kind == "heading" and place > at]
        self.go_to(heads[0] if heads else 0, 1)

    def choose(self) -> None:
        """Choose the current row, or the first of those on their way."""
        row = self.row()
        if self._late:
            self._wanted = True
        elif row is not None:
            self.chosen.emit(row)

    def is_current(self, index: Index) -> bool:
        led = self.lead_by is not None and self.lead_by.hasFocus()
        return (led or self.hasFocus()) and self.currentIndex() == index

    def wanted_height(self, width: int, most: int) -> int:
        """As high as its rows, or as ``most``."""
        return min(self.content_height(max(width, 1)), most)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px("least_possible"), self.look.px("row"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.choose()
        elif key == Qt.Key.Key_Up:
            if not self.step(-1):
                self.left.emit()
        elif key == Qt.Key.Key_Down:
            self.step(1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)
        else:
            event.ignore()


@dataclass(frozen=True, slots=True)
class _Shape:
    """A row laid out: where the title starts, and the blocks; ``below`` puts the end under the title."""

    title_x: float
    lead: Block | None
    title: Block
    end: Block | None
    warn: Block | None
    below: bool


class _HitDelegate(RowDelegate[HitRow, _Shape]):
    def item(self, index: Index) -> HitRow:
        model = index.model()
        assert isinstance(model, HitModel)
        return model.item(index)

    def lay_out(self, item: HitRow, width: int) -> _Shape:
        look, px = self.look, self.look.px
        if item.kind == "heading":
            return _Shape(px("near"), None, Block(look, [Run(item.text, "small", "text3")], width), None, None, False)
        narrow = width < px("evidence_from")
        lead = Block(look, [Run(item.lead, "code" if item.code else "small", "text" if item.code else "text3")])
        title_x = px("near") + (max(px("code_lead"), lead.width + px("near")) if item.lead else 0)
        room = width - title_x - px("near")
        keys = keys_width(look, item.keys) + px("part") if item.keys else 0
        end = warn = None
        beside = 0.0
        if item.warn:
            warn = Block(look, [Run(item.warn, "small", "warn")], room - px("icon_text") - px("tight"))
        if item.end:
            end = Block(look, _end(item))
            most = room if narrow else width * _BESIDE
            if end.width > most:
                end = Block(look, _end(item), most)
            beside = 0 if narrow else end.width + px("part")
        title = Block(look, runs(item.text, "body", "text"), room - beside - keys)
        return _Shape(title_x, lead if item.lead else None, title, end, warn, narrow)

    def height_of(self, item: HitRow, shape: _Shape) -> int:
        px = self.look.px
        if item.kind == "heading":
            return round(shape.title.height + px("near") + px("hair"))
        end = shape.end.height if shape.end else 0
        inner = shape.title.height + end if shape.below else max(shape.title.height, end)
        inner += shape.warn.height if shape.warn else 0
        return round(max(inner + px("near"), px("palette_row")))

    def draw(self, painter: QPainter, rect: QRect, index: Index) -> None:
        look, item = self.look, self.item(index)
        px = look.px
        shape = self.shape(item, self.view.row_width())
        body = QRectF(rect.left(), rect.top(), self.view.row_width(), rect.height())
        if item.kind == "heading":
            shape.title.draw(painter, body.left() + px("near"), body.bottom() - shape.title.height - px("hair"))
            return
        current = self.view.is_current(index)
        if current or self.view.is_hovered(index):
            box(
                painter, look, body, fill="tint" if current else "hover", edge="accent" if current else "", width="ring"
            )
        height = self.height_of(item, shape) - px("near")
        used = shape.title.height + (shape.warn.height if shape.warn else 0)
        used += shape.end.height if shape.end and shape.below else 0
        y = body.top() + px("tight") + max((height - used) / 2, 0)
        first = y + look.tokens.line_height("body") / 2
        if shape.lead:
            shape.lead.draw(painter, body.left() + px("near"), first - shape.lead.height / 2)
        x = body.left() + shape.title_x
        shape.title.draw(painter, x, y)
        right = body.right() - px("near")
        if item.keys:
            paint_keys(painter, look, item.keys, right - keys_width(look, item.keys), first)
        y += shape.title.height
        if shape.end and shape.below:
            shape.end.draw(painter, x, y)
            y += shape.end.height
        elif shape.end:
            top = body.top() + max((body.height() - shape.end.height) / 2, 0)
            shape.end.draw(painter, right - shape.end.width, top)
        if shape.warn:
            paint_icon(painter, look, "warn", "warn", x, y + look.tokens.line_height("small") / 2, "icon_text")
            shape.warn.draw(painter, x + px("icon_text") + px("tight"), y)


def _end(item: HitRow) -> list[Run]:
    return runs(item.end, "small", "text3")
