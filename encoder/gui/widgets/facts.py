"""A table of facts: icon, label or code, and words that wrap. Why, why not, documentation, edits, possible codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.paint import box, hairline, paint_icon
from encoder.gui.widgets.rows import Index, RowDelegate, RowList, RowModel, grow_with_content
from encoder.gui.widgets.text import MEDIUM, STRONG, Block, Run, plain, runs

FactKind = Literal["", "ok", "warn", "stop"]
_CODE_ROLES = {"body": "code", "small": "code_small"}


@dataclass(frozen=True, slots=True)
class Fact:
    """One row.

    Attributes:
        id: handed back when the row is opened.
        label: the code or the name of the fact.
        text: the words; they may carry marks (``**strong**``, `` `code` ``).
        icon, ink: the icon before it and its colour; the word of the row says the same as the icon.
        code: the label is a code.
        quiet: the label is written lighter: ruled out.
        cite: the source line below the words: one line, elided; in full in the hint.
        quote: the words are a quote from the note: one line, elided, in full in the tooltip and for readers.
        box: a tinted box around the row: ok, warn or stop.
        action: a link at the right, such as "add to query".
        end: words at the right, such as "2 quotes".
        opens: Enter or a click on the row opens something although there is no link: the quote in the note.
        hint: more of it, for the tooltip: every code of a family of which the label names one.
        more: the rest of the words, where the row shows their first sentence.
    """

    id: str
    label: str
    text: str = ""
    icon: str = ""
    ink: str = "text2"
    code: bool = False
    quiet: bool = False
    cite: str = ""
    quote: bool = False
    box: FactKind = ""
    action: str = ""
    end: str = ""
    opens: bool = False
    hint: str = ""
    more: str = ""


class FactModel(RowModel[Fact]):
    """The facts as a list model."""

    def words(self, item: Fact) -> str:
        said = (f"{item.label}:" if item.label and item.text else item.label, plain(item.text))
        rest = (item.end, item.cite, item.action)
        return ", ".join(part for part in (" ".join(part for part in said if part), *rest) if part)

    def hint(self, item: Fact) -> str:
        parts = (plain(item.text),) if item.quote else (plain(item.more), item.hint)
        return "\n".join(part for part in parts if part)


class FactTable(RowList):
    """Facts under each other with their labels in one column. It is as high as its rows; the page scrolls.

    Rows stand ``snug`` px inside the widget, so that a boxed row has its words in line with the others.

    Signals:
        opened(str): the id of a row that has an action or opens something (Enter, or a click).
        leave_up(): Up from the first row. leave_down(): Down from the last.
    """

    opened = Signal(str)
    leave_up = Signal()
    leave_down = Signal()

    def __init__(
        self,
        look: Look,
        name: str,
        *,
        label_role: str = "small",
        text_role: str = "small",
        most_label: float = 0.5,
        whole_cites: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``name`` is the accessible name; the roles are body or small; labels wrap at ``most_label`` of the width.

        ``whole_cites``: source lines are as wide as the row and wrap.
        """
        super().__init__(look, parent)
        self._aligned: tuple[Fact, ...] = ()
        self._model = FactModel(self)
        self._delegate = _FactDelegate(look, self, label_role, text_role, most_label, whole_cites=whole_cites)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.clicked.connect(self._open)
        grow_with_content(self)

    def align(self, facts: Sequence[Fact]) -> None:
        """Begin the words where those of another table begin, which shows these facts."""
        self._aligned = tuple(facts)
        if self._delegate.measure_labels((*self.facts(), *self._aligned)):
            self.place_rows()
            self.updateGeometry()

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Show other facts; no row is current afterwards."""
        self._delegate.measure_labels((*facts, *self._aligned))
        self._model.set_rows(facts)
        opens = any(fact.action or fact.opens for fact in facts)
        self.setAccessibleDescription("Enter opens a row." if opens else "")
        self.updateGeometry()

    def facts(self) -> tuple[Fact, ...]:
        """The facts shown."""
        return self._model.rows()

    def measure_again(self) -> None:
        self._delegate.forget()
        self._delegate.measure_labels((*self.facts(), *self._aligned))
        super().measure_again()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.content_height(width)

    def sizeHint(self) -> QSize:
        return QSize(self.look.px("least_column"), self.look.px("row") * len(self.facts()))  # the height is by width

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.px("least_possible"), self.look.px("row") if self.facts() else 0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason and not self.currentIndex().isValid():
            self.setCurrentIndex(self._model.index(0, 0))  # the ring must be somewhere, and no row acts by itself

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.currentIndex().row(), event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif key == Qt.Key.Key_Up and row <= 0:
            self.leave_up.emit()
        elif key == Qt.Key.Key_Down and row == len(self.facts()) - 1:
            self.leave_down.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End) or event.matches(
            QKeySequence.StandardKey.Copy
        ):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _open(self, index: QModelIndex) -> None:
        fact = self._model.item(index) if index.isValid() else None
        if fact is not None and (fact.action or fact.opens):
            self.opened.emit(fact.id)


@dataclass(frozen=True, slots=True)
class _Shape:
    """A fact laid out: where its label, its words and its source line start, and their blocks."""

    label_x: float
    words_x: float
    cite_x: float
    cite_y: float
    label: Block | None
    words: Block
    cite: Block | None


class _FactDelegate(RowDelegate[Fact, _Shape]):
    def __init__(
        self, look: Look, view: FactTable, label_role: str, text_role: str, most_label: float, *, whole_cites: bool
    ) -> None:
        super().__init__(look, view)
        self._label_role, self._text_role, self._most_label = label_role, text_role, most_label
        self._whole_cites = whole_cites
        self._widest_label, self._with_icons = 0.0, False
        self._label_widths: dict[Run, float] = {}

    def measure_labels(self, facts: Sequence[Fact]) -> bool:
        """Set the columns by the labels of the facts to come; whether they are others than before."""
        before = self.setting(0)
        self._with_icons = any(fact.icon for fact in facts)
        labels = (run for fact in facts for run in self._label_runs(fact))
        self._widest_label = max((self._label_width(run) for run in labels), default=0.0)
        return self.setting(0) != before

    def _label_width(self, run: Run) -> float:
        if run not in self._label_widths:
            self._label_widths[run] = Block(self.look, [run]).width
        return self._label_widths[run]

    def forget(self) -> None:
        super().forget()
        self._label_widths.clear()

    def item(self, index: Index) -> Fact:
        model = index.model()
        assert isinstance(model, FactModel)
        return model.item(index)

    def setting(self, width: int) -> object:
        return self._widest_label, self._with_icons

    def _label_runs(self, fact: Fact) -> list[Run]:
        role = _CODE_ROLES[self._label_role] if fact.code else self._label_role
        ink = fact.box or ("text2" if fact.quiet else "text")
        weight = STRONG if fact.box else MEDIUM if fact.quiet or not fact.code else 0
        return [Run(fact.label, role, ink, weight)] if fact.label else []

    def _columns(self, width: int) -> tuple[float, float, float]:
        """Where labels and words start, and how wide labels are, from the left edge of the row."""
        px = self.look.px
        label = px("snug") + (px("icon_row") + px("near") if self._with_icons else 0)
        widest = min(self._widest_label, width * self._most_label)
        words = label + (widest + px("part") if widest else 0)
        return label, words, widest + 1

    def lay_out(self, item: Fact, width: int) -> _Shape:
        look = self.look
        label_x, words_x, label_width = self._columns(width)
        words_x = words_x if item.label else label_x
        room = width - words_x - look.px("snug") - self._end_width(item)
        loud = item.label and item.ink in ("warn", "stop")
        quiet = item.label and self._text_role == "small"
        ink = item.box or (item.ink if loud else "text2" if quiet else "text")
        label = Block(look, self._label_runs(item), label_width) if item.label else None
        words = Block(look, runs(item.text, self._text_role, ink), room, elide=item.quote)
        wide = self._whole_cites
        cite_x = label_x if wide else words_x
        cite_y = max(words.height, label.height if wide and label else 0)
        cite = self._cite(item.cite, width - cite_x) if item.cite else None
        return _Shape(label_x, words_x, cite_x, cite_y, label, words, cite)

    def _cite(self, cite: str, room: float) -> Block:
        return Block(self.look, [Run(cite, "label", "text3")], room, elide=not self._whole_cites)

    def _end_width(self, fact: Fact) -> float:
        metrics = QFontMetricsF(self.look.font("small"))
        said = fact.action or fact.end
        return metrics.horizontalAdvance(said) + self.look.px("near") if said else 0

    def _pad(self, words: Block) -> float:
        """Above and below the words, so that a row of one line is as high as rows of a list are."""
        first = self.look.tokens.line_height(self._text_role)
        return max((self.look.px("row") - first) / 2, 0) if words.height <= first else self.look.px("tight")

    def height_of(self, _item: Fact, shape: _Shape) -> int:
        cite = shape.cite_y + shape.cite.height if shape.cite else 0
        label = shape.label.height if shape.label else 0
        return round(max(shape.words.height, label, cite) + 2 * self._pad(shape.words))

    def elides(self, index: Index, width: int) -> bool:
        shape = self.shape(self.item(index), width)
        return shape.words.elided or bool(shape.cite and shape.cite.elided)

    def draw(self, painter: QPainter, rect: QRect, index: Index) -> None:
        look, fact = self.look, self.item(index)
        shape = self.shape(fact, self.view.row_width())
        label, words, cite = shape.label, shape.words, shape.cite
        body = QRectF(rect.left(), rect.top(), self.view.row_width(), rect.height())
        opens = bool(fact.action or fact.opens)
        if fact.box:
            inset = look.px("edge")
            box(painter, look, body.adjusted(0, inset, 0, -inset), fill=f"{fact.box}_tint", edge=f"{fact.box}_line")
        elif opens and self.view.is_hovered(index):
            box(painter, look, body, fill="hover")
        y = body.top() + self._pad(words)
        middle = y + look.tokens.line_height(self._text_role) / 2
        if fact.icon:
            paint_icon(painter, look, fact.icon, fact.ink, body.left() + look.px("snug"), middle)
        if label:
            first = look.tokens.line_height(self._label_role)
            label.draw(painter, body.left() + shape.label_x, middle - first / 2)
        words.draw(painter, body.left() + shape.words_x, y)
        if cite:
            cite.draw(painter, body.left() + shape.cite_x, y + shape.cite_y)
        self._draw_end(painter, body, fact, middle)
        if self.view.is_current(index):
            box(painter, look, body, edge="accent", width="ring")

    def _draw_end(self, painter: QPainter, body: QRectF, fact: Fact, middle: float) -> None:
        said = fact.action or fact.end
        if not said:
            return
        look = self.look
        font = look.font("small")
        metrics = QFontMetricsF(font)
        width = metrics.horizontalAdvance(said)
        x = body.right() - look.px("snug") - width
        base = middle + (metrics.ascent() - metrics.descent()) / 2
        painter.setFont(font)
        painter.setPen(look.colour("accent" if fact.action else "text3"))
        painter.drawText(QPointF(x, base), said)
        if fact.action:
            under = base + look.px("hair")
            hairline(painter, look, QPointF(x, under), QPointF(x + width, under), "accent")
