"""Answer rows: what one row says, and how it is measured and painted at the densities of the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from encoder.gui.look import Look
from encoder.gui.widgets.choices import paint_check
from encoder.gui.widgets.paint import (
    Tag,
    box,
    hairline,
    key_width,
    keys_width,
    paint_key,
    paint_keys,
    paint_tags,
    tags_width,
)
from encoder.gui.widgets.rows import Index, RowDelegate, RowModel
from encoder.gui.widgets.text import STRONG, Block, Run, plain, runs

if TYPE_CHECKING:
    from encoder.gui.widgets.answers import AnswerList

Density = Literal["normal", "compact", "short", "tight"]
YOUR_ANSWER = Tag("your answer", "accent", "tick", "yours")
_LEAST_TEXT_SHARE = 0.45  # of the row: where tags at the right would leave less for the words, they go below them


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that a question offers.

    Attributes:
        id: what is handed back.
        text: the answer; it wraps, is never elided, and may carry a marked code.
        second: a second line in plain words.
        short: the answer where the window is narrow; the text when empty.
        picture: a row picture, or nothing.
        tags: what the note says of it, in words.
        quote: the line of the note behind the tags; the one thing that is elided, in full in the tooltip.
        group: rows of one group stand under its heading; used by long lists.
        alone: where several answers may be given, this one is given alone and at once.
        not_documented: the answer that the note does not say; key 0, never filtered away, and always alone.
    """

    id: str
    text: str
    second: str = ""
    short: str = ""
    picture: str = ""
    tags: tuple[Tag, ...] = ()
    quote: str = ""
    group: str = ""
    alone: bool = False
    not_documented: bool = False


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A row of the list: an option with its key and state, or a heading (``option`` is None)."""

    option: Option | None
    key: str = ""
    heading: str = ""
    chosen: bool = False
    tickable: bool = False


class AnswerModel(RowModel[AnswerRow]):
    """The rows as a list model; readers hear key, answer, evidence and state."""

    def words(self, item: AnswerRow) -> str:
        option = item.option
        if option is None:
            return item.heading
        state = ("ticked" if item.chosen else "not ticked") if item.tickable else "your answer" if item.chosen else ""
        said = (item.key, plain(option.text), option.second, *(tag.text for tag in option.tags), option.quote, state)
        return ", ".join(part for part in said if part)

    def hint(self, item: AnswerRow) -> str:
        return item.option.quote if item.option else ""

    def enabled(self, item: AnswerRow) -> bool:
        return item.option is not None


@dataclass(frozen=True, slots=True)
class _Measures:
    """The token sizes of one density; ``second`` says whether second lines and quotes are shown."""

    row: str
    pad: str
    gap: str
    key: str
    picture: str
    second: bool
    short: bool


_DENSITIES: dict[Density, _Measures] = {
    "normal": _Measures("answer", "room", "part", "key_large", "picture", second=True, short=False),
    "compact": _Measures("answer_compact", "near", "room", "key_large", "picture_compact", second=True, short=True),
    "short": _Measures("answer_short", "room", "part", "key_large", "picture_compact", second=True, short=False),
    "tight": _Measures("answer_tight", "snug", "near", "key_tight", "picture_tight", second=False, short=True),
}


@dataclass(frozen=True, slots=True)
class _Shape:
    """A measured row: where its parts start, counted from the left edge of the row."""

    check: float
    picture: float
    text: float
    right: float
    words: Block
    second: Block | None
    below: tuple[Tag, ...]
    column: bool
    beside: tuple[Tag, ...]

    @property
    def height(self) -> float:
        return self.words.height + (self.second.height if self.second else 0)


class AnswerDelegate(RowDelegate[AnswerRow, "_Shape | Block"]):
    """Measures and paints answer rows."""

    def __init__(self, look: Look, view: AnswerList) -> None:
        super().__init__(look, view)
        self.density: Density = "normal"
        self.brief = False  # plain words are left out, so that all answers are seen at once
        self.with_pictures = False
        self.with_ticks = False

    def item(self, index: Index) -> AnswerRow:
        model = index.model()
        assert isinstance(model, AnswerModel)
        return model.item(index)

    def _measures(self) -> _Measures:
        return _DENSITIES[self.density]

    # -- measuring --------------------------------------------------------------------------------------------------

    def least_height(self) -> int:
        """The height in px of a row with the shortest of texts, or of a heading."""
        heading = round(self.look.tokens.line_height("small") + self.look.px("room") + self.look.px("tight"))
        return min(self.look.px(self._measures().row) + self.look.px("tight"), heading)

    def setting(self, width: int) -> object:
        return self.density, self.brief, self.with_pictures, self.with_ticks

    def lay_out(self, item: AnswerRow, width: int) -> _Shape | Block:
        return self._heading(item, width) if item.option is None else self._shape(item, item.option, width)

    def height_of(self, item: AnswerRow, shape: _Shape | Block) -> int:
        px, option = self.look.px, item.option
        if option is None:
            return round(shape.height + px("room") + px("tight"))
        own = max(px(self._measures().row), shape.height + 2 * px("snug"))
        return round(own + px("tight") + self._gap_above(option))

    def _gap_above(self, option: Option) -> int:
        return self.look.px("tight") if option.not_documented else 0

    def _heading(self, row: AnswerRow, width: int) -> Block:
        return Block(self.look, [Run(row.heading, "small", "text2", STRONG)], width)

    def _shape(self, row: AnswerRow, option: Option, width: int) -> _Shape:
        look, px, measures = self.look, self.look.px, self._measures()
        gap = px(measures.gap)
        check = px(measures.pad) + key_width(look, "0", measures.key) + gap
        picture = check + (px("box") + gap if self.with_ticks else 0)
        text = picture + (px(measures.picture) + gap if self.with_pictures else 0)
        right = float(width - px("part"))
        tags = option.tags
        own = (YOUR_ANSWER,) if row.chosen and not row.tickable else ()
        column = bool(option.quote) and measures.second and not measures.short and width >= px("evidence_from")
        beside: tuple[Tag, ...] = own
        below: tuple[Tag, ...] = ()
        if column:
            right = float(width - px("evidence") - px("part"))
        elif option.quote and measures.second:
            below = tags
        else:
            beside = (*tags, *own)
        free = right - text - (tags_width(look, beside, short=measures.short) + gap if beside else 0)
        if beside and not column and measures.second and free < (right - text) * _LEAST_TEXT_SHARE:
            below, beside, free = (*below, *beside), (), right - text
        said = option.short if measures.short and option.short else option.text
        words = Block(look, runs(said, "answer"), free)
        return _Shape(check, picture, text, right, words, self._second(option, below, free), below, column, beside)

    def _second(self, option: Option, below: tuple[Tag, ...], room: float) -> Block | None:
        """The second line: plain words, or beside tags the quote."""
        if not self._measures().second:
            return None
        if below:
            used = tags_width(self.look, below, short=self._measures().short) + self.look.px("snug")
            said = option.quote or option.second
            return Block(self.look, [Run(said, "small", "text2")], room - used, elide=bool(option.quote))
        said = "" if self.brief and not option.not_documented else option.second
        return Block(self.look, [Run(said, "small", "text2")], room) if said else None

    def elides(self, index: Index, width: int) -> bool:
        item = self.item(index)
        option, shape = item.option, self.shape(item, width)
        if option is None or not option.quote or isinstance(shape, Block):
            return False
        if shape.column:
            return self._quote(option).elided
        return shape.second.elided if shape.second else True

    def _quote(self, option: Option) -> Block:
        """The quote in the column of evidence."""
        px = self.look.px
        room = px("evidence") - px("part") - px("ring") - px("tight")
        return Block(self.look, [Run(option.quote, "small", "text2")], room, elide=True)

    # -- painting ---------------------------------------------------------------------------------------------------

    def draw(self, painter: QPainter, rect: QRect, index: Index) -> None:
        px, row = self.look.px, self.item(index)
        width = self.view.row_width()
        shape = self.shape(row, width)
        if row.option is None or isinstance(shape, Block):
            if isinstance(shape, Block):
                shape.draw(painter, rect.left(), rect.top() + px("room"))
            return
        top = rect.top() + self._gap_above(row.option)
        body = QRectF(rect.left(), top, width, rect.bottom() + 1 - px("tight") - top)
        self._draw_ground(painter, body, index, row)
        self._draw_left(painter, body, shape, row, row.option)
        self._draw_words(painter, body, shape, row.option)
        slot = self._draw_beside(painter, body, shape)
        if self.view.is_current(index):
            self._draw_hint(painter, body, shape, row, slot)

    def _draw_ground(self, painter: QPainter, body: QRectF, index: Index, row: AnswerRow) -> None:
        fill = "tint" if row.chosen else "hover" if self.view.is_hovered(index) else "surface"
        edge, width = ("accent" if row.chosen else "line"), "edge"
        if self.view.is_pressed(index):
            fill, edge, width = "window", "text2", "ring"
        elif self.view.is_current(index):
            edge, width = "accent", "ring"
        box(painter, self.look, body, fill=fill, edge=edge, radius="radius_panel", width=width)

    def _draw_left(self, painter: QPainter, body: QRectF, shape: _Shape, row: AnswerRow, option: Option) -> None:
        look, measures, middle = self.look, self._measures(), body.center().y()
        if row.key:
            paint_key(painter, look, row.key, body.left() + look.px(measures.pad), middle, measures.key)
        if row.tickable:
            paint_check(painter, look, body.left() + shape.check, middle, on=row.chosen)
        if option.picture and self.with_pictures:
            ratio = painter.device().devicePixelRatioF()
            pixmap = look.row_picture(option.picture, measures.picture, ratio)
            size = pixmap.deviceIndependentSize()
            painter.drawPixmap(QPointF(round(body.left() + shape.picture), round(middle - size.height() / 2)), pixmap)

    def _draw_words(self, painter: QPainter, body: QRectF, shape: _Shape, option: Option) -> None:
        look = self.look
        x, y = body.left() + shape.text, body.center().y() - shape.height / 2
        shape.words.draw(painter, x, y)
        y += shape.words.height
        if shape.second:
            if shape.below:
                short = self._measures().short
                x = paint_tags(painter, look, shape.below, x, y + shape.second.height / 2, short=short) + look.px(
                    "snug"
                )
            shape.second.draw(painter, x, y)
        if shape.column:
            self._draw_evidence(painter, body, option)

    def _draw_evidence(self, painter: QPainter, body: QRectF, option: Option) -> None:
        look, px = self.look, self.look.px
        left = body.right() - px("evidence")
        hairline(painter, look, QPointF(left, body.top() + px("edge")), QPointF(left, body.bottom() - px("ring")))
        x = left + px("part")
        quote = self._quote(option)
        height = quote.height + (px("tag") + px("hair") if option.tags else 0)
        y = body.center().y() - height / 2
        if option.tags:
            short = x + tags_width(look, option.tags) > body.right()
            paint_tags(painter, look, option.tags, x, y + px("tag") / 2, short=short)
            y += px("tag") + px("hair")
        quote.draw(painter, x, y)

    def _draw_beside(self, painter: QPainter, body: QRectF, shape: _Shape) -> float:
        """Tags at the right of the words; gives where the free room ends."""
        end = body.left() + shape.right
        if shape.beside:
            short = self._measures().short
            end -= tags_width(self.look, shape.beside, short=short)
            paint_tags(painter, self.look, shape.beside, end, body.center().y(), short=short)
            end -= self.look.px("near")
        return end

    def _draw_hint(self, painter: QPainter, body: QRectF, shape: _Shape, row: AnswerRow, end: float) -> None:
        """The key that acts on the row, if the words leave room for it: nothing moves for it."""
        look = self.look
        key, verb = ("Space", "ticks") if row.tickable else ("Enter", "answers")
        font = look.font("small")
        words = QFontMetricsF(font).horizontalAdvance(verb) + look.px("snug")
        cap = keys_width(look, [key])
        second = shape.second.width if shape.second else 0.0
        if shape.below:
            second += tags_width(look, shape.below, short=self._measures().short) + look.px("snug")
        widest = max(shape.words.width, second)
        free = end - (body.left() + shape.text + widest + look.px("part"))
        if free < cap:
            return
        with_words = not self._measures().short and free >= cap + words
        x = end - cap - (words if with_words else 0)
        after = paint_keys(painter, look, [key], x, body.center().y())
        if with_words:
            metrics = QFontMetricsF(font)
            painter.setFont(font)
            painter.setPen(look.colour("text2"))
            base = body.center().y() + (metrics.ascent() - metrics.descent()) / 2
            painter.drawText(QPointF(after + look.px("snug"), base), verb)
