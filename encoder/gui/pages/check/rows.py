"""How a row of the claim check is laid out and drawn: the line as typed, and beside it a finding with its fix."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from encoder.gui.look import Look
from encoder.gui.widgets.paint import (
    box,
    hairline,
    key_width,
    keys_width,
    paint_icon,
    paint_key,
    paint_keys,
    paint_tags,
    tag_width,
)
from encoder.gui.widgets.rows import Index, RowDelegate, RowList, RowModel
from encoder.gui.widgets.text import MEDIUM, Block, Run, runs
from encoder.gui.wording.findings import TAGS, CheckRow, Part, short_fix, spoken

_CAP, _ENTER = "key_tight", ("Enter",)


class CheckModel(RowModel[CheckRow]):
    """The rows as a list model."""

    def words(self, item: CheckRow) -> str:
        return spoken(item)

    def hint(self, item: CheckRow) -> str:
        return item.fix


@dataclass(frozen=True, slots=True)
class Shape:
    """A row laid out in a width.

    Attributes:
        stacked: the finding stands below the line; ``split`` is where the findings begin otherwise.
        parts: the pieces of the line with their x; ``second`` what the line is, at its x and y.
        words_x, words_y: where the words of the finding begin; ``button`` is the fix, empty without one.
    """

    stacked: bool
    split: float
    parts: tuple[tuple[float, Part, Block], ...]
    second: Block
    second_x: float
    second_y: float
    words: Block
    cite: Block | None
    words_x: float
    words_y: float
    button: QRectF
    height: float


class CheckDelegate(RowDelegate[CheckRow, Shape]):
    """Draws the rows of the claim check."""

    def __init__(self, look: Look, view: RowList) -> None:
        super().__init__(look, view)
        self._tags = max(tag_width(look, tag) for tag in TAGS.values())

    def forget(self) -> None:
        super().forget()
        self._tags = max(tag_width(self.look, tag) for tag in TAGS.values())

    def item(self, index: Index) -> CheckRow:
        model = index.model()
        assert isinstance(model, CheckModel)
        return model.item(index)

    def split(self, width: int) -> int:
        """Where the findings begin beside the lines; 0 where they stand below them."""
        px = self.look.px
        return px("claim_line") if width >= px("claim_line") + px("least_findings") else 0

    # -- measuring ----------------------------------------------------------------------------------------------------

    def lay_out(self, item: CheckRow, width: int) -> Shape:
        look, px = self.look, self.look.px
        split = self.split(width)
        stacked = not split
        parts, code_end = self._parts(item)
        column = max(code_end, px("pane") + px("code_inset") + px("field_case")) + px("part")
        left_end = (width if stacked else split) - px("part")
        beside = left_end - column >= px("least_side_text")
        second_x = column if beside else px("pane") + px("code_inset")
        second = Block(look, [Run(item.second, "small", "text2")], left_end - second_x)
        line = look.tokens.line_height("code_line")
        down = (line - look.tokens.line_height("small")) / 2
        second_y = px("room") + (down if beside else line)
        left_height = max(second_y + second.height, px("room") + line) + px("room") if item.first else 0
        words_x = (px("pane") if stacked else split + px("room")) + self._before(item)
        words_y = (left_height - px("tight") if stacked and item.first else 0) + px("near")
        button_width = self._button_width(item)
        room = width - words_x - px("part")
        under = bool(item.fix) and room - button_width - px("part") < px("least_side_text")
        words_room = room if under or not item.fix else room - button_width - px("part")
        ink = "text" if item.tag else "ok"
        words = Block(look, runs(item.say, "body", ink), words_room)
        cite = Block(look, [Run(item.cite, "label", "text3")], words_room) if item.cite else None
        end = words_y + max(words.height + (cite.height if cite else 0), px(_CAP))
        button = QRectF()
        if item.fix:
            x = words_x if under else width - px("part") - button_width
            y = end + px("tight") if under else words_y - px("hair")
            button = QRectF(x, y, button_width, px("control_small"))
            end = max(end, button.bottom())
        height = max(end + px("near"), left_height if not stacked else 0)
        return Shape(stacked, split, parts, second, second_x, second_y, words, cite, words_x, words_y, button, height)

    def _parts(self, item: CheckRow) -> tuple[tuple[tuple[float, Part, Block], ...], float]:
        """The pieces of the line, and where they end."""
        x = float(self.look.px("pane") + self.look.px("code_inset"))
        made = []
        for part in item.parts:
            role = "answer" if item.spot is None else "code_line"
            block = Block(self.look, [Run(part.text, role, part.bad or "text")])
            made.append((x, part, block))
            x += QFontMetricsF(self.look.font(role)).horizontalAdvance(part.text)
        return tuple(made), x

    def _before(self, item: CheckRow) -> float:
        """The room before the words: key cap and tag, or the icon of a line without a finding."""
        px = self.look.px
        if item.tag is None:
            return px("icon_row") + px("near")
        cap = key_width(self.look, "0", _CAP)
        return cap + px("near") + self._tags + px("part")

    def _button_width(self, item: CheckRow) -> float:
        if not item.fix:
            return 0
        words = QFontMetricsF(self.look.font("small", MEDIUM)).horizontalAdvance(short_fix(item.fix))
        return words + self.look.px("snug") + keys_width(self.look, _ENTER) + 2 * self.look.px("near")

    def height_of(self, _item: CheckRow, shape: Shape) -> int:
        return round(shape.height)

    # -- painting -----------------------------------------------------------------------------------------------------

    def draw(self, painter: QPainter, rect: QRect, index: Index) -> None:
        look, px, item = self.look, self.look.px, self.item(index)
        shape = self.shape(item, self.view.row_width())
        body = QRectF(rect.left(), rect.top(), self.view.row_width(), rect.height())
        if item.number.isalpha() or item.spot is None:
            painter.fillRect(body, look.colour("sunken"))
        if item.first:
            self._draw_line(painter, body, item, shape)
        if not shape.stacked:
            x = body.left() + shape.split
            hairline(painter, look, QPointF(x, body.top()), QPointF(x, body.bottom()))
        self._draw_finding(painter, body, item, shape, current=self.view.is_current(index))
        if item.last:
            y = body.bottom() - px("edge")
            hairline(painter, look, QPointF(body.left(), y), QPointF(body.right(), y))
        if self.view.is_current(index):
            left = px("tight") + (0 if shape.stacked else shape.split)
            ring = body.adjusted(left, px("hair"), -px("tight"), -px("ring_gap") - px("hair"))
            box(painter, look, ring, edge="accent", width="ring")

    def _draw_line(self, painter: QPainter, body: QRectF, item: CheckRow, shape: Shape) -> None:
        look, px = self.look, self.look.px
        line = look.tokens.line_height("code_line")
        top = body.top() + px("room")
        if item.state == "editing":
            mark = QRectF(body.left(), top, px("dot_edge"), line)
            painter.fillRect(mark, look.colour("accent"))
        number = Block(look, [Run(item.number, "body", "text3")])
        number.draw(painter, body.left() + px("pane"), top + (line - number.height) / 2)
        for x, part, block in shape.parts:
            if part.bad:
                tint = QRectF(body.left() + x - px("hair"), top, block.width + 2 * px("hair"), line)
                box(painter, look, tint, fill=f"{part.bad}_tint")
            block.draw(painter, body.left() + x, top + (line - block.height) / 2)
        shape.second.draw(painter, body.left() + shape.second_x, body.top() + shape.second_y)

    def _draw_finding(self, painter: QPainter, body: QRectF, item: CheckRow, shape: Shape, *, current: bool) -> None:
        look, px = self.look, self.look.px
        x, y = body.left() + shape.words_x, body.top() + shape.words_y
        middle = y + look.tokens.line_height("body") / 2
        left = x - self._before(item)
        if item.tag is None:
            paint_icon(painter, look, "ok", "ok", left, middle)
        else:
            cap = key_width(look, "0", _CAP)
            if item.key:
                paint_key(painter, look, item.key, left, y + px(_CAP) / 2 - px("dot_edge"), _CAP)
            paint_tags(painter, look, [item.tag], left + cap + px("near"), middle)
        shape.words.draw(painter, x, y)
        if shape.cite:
            shape.cite.draw(painter, x, y + shape.words.height)
        if item.fix:
            self._draw_fix(painter, shape.button.translated(body.topLeft()), item, current=current)

    def _draw_fix(self, painter: QPainter, button: QRectF, item: CheckRow, *, current: bool) -> None:
        """The fix as a button; the key that presses it stands in it where the row is current."""
        look, px = self.look, self.look.px
        font = look.font("small", MEDIUM)
        words = short_fix(item.fix)
        width = QFontMetricsF(font).horizontalAdvance(words)
        keys = keys_width(look, _ENTER) + px("snug") if current else 0
        shown = QRectF(button)
        shown.setLeft(button.right() - width - keys - 2 * px("near"))
        if shown.left() > button.left() and button.left() == self.words_left(item):
            shown.moveLeft(button.left())
        box(painter, look, shown, fill="surface", edge="strong")
        painter.setFont(font)
        painter.setPen(look.colour("accent"))
        metrics = QFontMetricsF(font)
        base = shown.center().y() + (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(shown.left() + px("near"), base), words)
        if current:
            paint_keys(painter, look, _ENTER, shown.left() + px("near") + width + px("snug"), shown.center().y())

    def words_left(self, item: CheckRow) -> float:
        """Where the words of a finding begin."""
        return self.shape(item, self.view.row_width()).words_x

    def fix_at(self, index: Index, at: QPointF) -> bool:
        """Whether a point within a row is on its fix."""
        return self.shape(self.item(index), self.view.row_width()).button.contains(at)
