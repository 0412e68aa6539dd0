"""The way so far: every step with its answer, the one being asked, and what is usually still asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.paint import box, paint_icon
from encoder.gui.widgets.rows import Index, RowDelegate, RowList, RowModel
from encoder.gui.widgets.text import STRONG, Block, Run, runs

StepState = Literal[
    "answered", "assumed", "unasked", "not_documented", "stopped", "now", "dropped", "confirm", "todo", "heading"
]

_SPOKEN: dict[StepState, str] = {
    "answered": "",
    "assumed": "assumed",
    "unasked": "",
    "not_documented": "",
    "stopped": "the case stops here",
    "now": "now",
    "dropped": "dropped, ask again",
    "confirm": "to confirm",
    "todo": "still to ask",
    "heading": "",
}
_NOTES: dict[StepState, str] = {
    "assumed": "assumed",
    "confirm": "to confirm",
    "dropped": "dropped, ask again",
}
_BROKEN = frozenset({"todo", "dropped", "confirm"})  # below these the line is dashed: not a way that was walked
_DASH = 3.0  # in line widths
_FIXED = frozenset({"todo", "heading"})  # rows that lead nowhere
_IN_ONE_LINE = frozenset({"assumed", "unasked", "confirm"})  # rows that nobody answered yet
_NOT_GIVEN = frozenset({"assumed", "unasked", "dropped", "confirm"})  # rows that nobody answered, or not for now


@dataclass(frozen=True, slots=True)
class WayStep:
    """One row of the way.

    Attributes:
        id: the question it goes back to.
        label: the name of the question; of a heading, its words.
        value: the answer in words. A dropped one is struck through.
        state: answered, assumed, unasked (nothing is assumed until it is asked), not_documented, stopped (not
            documented, and the case ends there), now, dropped, confirm (counts once it is confirmed), todo, heading.
        note: a small word after the value, such as "kept"; dropped and assumed steps have their own.
        quoted: tied to a line of the note.
        short: the label where the way is one line.
    """

    id: str
    label: str
    value: str = ""
    state: StepState = "answered"
    note: str = ""
    quoted: bool = False
    short: str = ""


def spoken_step(step: WayStep) -> str:
    """The step for a reader: label, value, state and evidence in words."""
    note = step.note if step.note != _SPOKEN[step.state] else ""
    quoted = "quoted from the note" if step.quoted else ""
    said = ", ".join(part for part in (step.value, note, _SPOKEN[step.state], quoted) if part)
    return f"{step.label}: {said}" if said else step.label


class WayModel(RowModel[WayStep]):
    """The steps as a list model."""

    def words(self, item: WayStep) -> str:
        return spoken_step(item)

    def enabled(self, item: WayStep) -> bool:
        return item.state not in _FIXED


class WayList(RowList):
    """The steps under each other, joined by a line. Rows move closer together when they would not fit.

    Signals:
        chosen(str): the question whose answer is to be changed (Enter or a click).
        left(): the user goes back to the answers (Right or Esc).
    """

    chosen = Signal(str)
    left = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._model = WayModel(self)
        self._delegate = _WayDelegate(look, self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("The way so far")
        self.setAccessibleDescription("Enter changes the answer of a step; only what depends on it is asked again.")
        self.clicked.connect(self._choose)

    def set_steps(self, steps: Sequence[WayStep]) -> None:
        """Show other steps, the one being asked in sight, else the first; no row is current afterwards."""
        self._model.set_rows(steps)
        self._fit()
        now = next((row for row, step in enumerate(steps) if step.state in ("now", "stopped")), 0)
        self.scrollTo(self._model.index(now, 0))

    def steps(self) -> tuple[WayStep, ...]:
        """The steps shown."""
        return self._model.rows()

    def go_to_last(self) -> None:
        """Take the focus and make the last answered step current: where Up from the first answer leads."""
        self.forget_current()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._make_last_current()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason and not self.currentIndex().isValid():
            self._make_last_current()  # the ring must be somewhere, and no step acts by itself

    def _make_last_current(self) -> None:
        rows = [row for row, step in enumerate(self.steps()) if step.state not in _FIXED and step.state != "now"]
        given = [row for row in rows if self.steps()[row].state not in _NOT_GIVEN]
        if rows:
            self.setCurrentIndex(self._model.index((given or rows)[-1], 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Escape):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def measure_again(self) -> None:
        self._fit()
        super().measure_again()

    def sizeHint(self) -> QSize:
        return QSize(self.look.px("way"), self.content_height(self.look.px("way")))

    def _fit(self) -> None:
        tight = self._delegate.tight
        self._delegate.tight = False
        self._delegate.tight = self.content_height(self.row_width()) > self.viewport().height()
        if self._delegate.tight != tight:
            self.place_rows()

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid() and self._model.enabled(self._model.item(index)):
            self.chosen.emit(self._model.item(index).id)


class _WayDelegate(RowDelegate[WayStep, "tuple[Block | None, Block]"]):
    def __init__(self, look: Look, view: WayList) -> None:
        super().__init__(look, view)
        self.tight = False

    def item(self, index: Index) -> WayStep:
        model = index.model()
        assert isinstance(model, WayModel)
        return model.item(index)

    def setting(self, width: int) -> object:
        return self.tight

    def _pad(self) -> float:
        return self.look.tokens.exact("step_pad_tight" if self.tight else "step_pad")

    def _left(self) -> int:
        """From the edge of the view to the text."""
        px = self.look.px
        return px("near") + px("ring") + px("near") + px("dot_now") + px("room")

    def lay_out(self, item: WayStep, width: int) -> tuple[Block | None, Block]:
        step = item
        room = width - self._left() - self.look.px("pane") - (self._mark() if step.quoted else 0)
        if step.state == "heading":
            return None, Block(self.look, runs(step.label, "small", "text3"), room)
        if step.state == "todo":
            return None, Block(self.look, [Run(step.label, "step", "text3", 400)], room)
        if step.state in _IN_ONE_LINE:
            note = f"{step.value}, {_NOTES[step.state]}" if step.state in _NOTES else step.value
            parts = [Run(step.label, "step", "text2", 400), Run(f"  {note}", "small", "text3")]
            return None, Block(self.look, parts, room)
        label = Block(self.look, [Run(step.label, "label", "warn" if step.state == "stopped" else "text3")], room)
        ink = {"now": "accent", "not_documented": "warn", "stopped": "warn"}.get(step.state, "text")
        weight = STRONG if step.state == "now" else 0
        value = [Run(step.value, "step", "text3" if step.state == "dropped" else ink, weight, step.state == "dropped")]
        note = step.note or _NOTES.get(step.state, "")
        if note:
            value.append(Run(f"  {note}", "small", "warn" if step.state == "dropped" else "text3"))
        return label, Block(self.look, value, room)

    def _mark(self) -> int:
        return self.look.px("icon_text") + self.look.px("near")

    def height_of(self, item: WayStep, shape: tuple[Block | None, Block]) -> int:
        label, value = shape
        if item.state == "heading":
            return round(self.look.px("step_heading") + value.height + self.look.px("tight"))
        return round((label.height if label else 0) + value.height + 2 * self._pad())

    def draw(self, painter: QPainter, rect: QRect, index: Index) -> None:
        look, step = self.look, self.item(index)
        label, value = self.shape(step, rect.width())
        x = float(rect.left() + self._left())
        if step.state == "heading":
            value.draw(painter, x, rect.top() + look.px("step_heading"))
            return
        self._draw_ground(painter, rect, index, step)
        y = rect.top() + self._pad()
        middle = QPointF(rect.left() + look.px("near") + look.px("ring") + look.px("near") + look.px("dot_now") / 2, 0)
        middle.setY(round(y + look.tokens.exact("step_dot")))
        self._draw_line(painter, rect, index, middle)
        self._draw_dot(painter, step.state, middle)
        if label:
            label.draw(painter, x, y)
            y += label.height
        value.draw(painter, x, y)
        if step.quoted:
            right = rect.right() + 1 - look.px("pane") - look.px("icon_text")
            paint_icon(painter, look, "quote", "text3", right, rect.center().y() + 1, "icon_text")

    def _draw_ground(self, painter: QPainter, rect: QRect, index: Index, step: WayStep) -> None:
        look = self.look
        near = look.px("near")
        ground = QRectF(rect).adjusted(near, 0, -near, 0)
        fill = {"now": "tint", "stopped": "warn_tint"}.get(step.state, "")
        if not fill and step.state not in _FIXED and self.view.is_hovered(index):
            fill = "hover"
        if self.view.is_pressed(index) and step.state not in _FIXED:
            fill = "window"
        edge = "accent" if self.view.is_current(index) else ""
        if fill or edge:
            box(painter, look, ground, fill=fill, edge=edge, radius="radius_panel", width="ring")

    def _draw_line(self, painter: QPainter, rect: QRect, index: Index, middle: QPointF) -> None:
        before, after = (self._neighbour(index, by) for by in (-1, 1))
        painter.save()
        painter.setOpacity(self.look.tokens.share("way_line"))
        for state, start, end in (
            (before, rect.top(), middle.y()),
            (self.item(index).state if after else None, middle.y(), rect.bottom() + 1),
        ):
            if state is None:
                continue
            pen = QPen(self.look.colour("strong"), self.look.px("edge"))
            pen.setStyle(Qt.PenStyle.CustomDashLine if state in _BROKEN else Qt.PenStyle.SolidLine)
            if state in _BROKEN:
                pen.setDashPattern([_DASH, _DASH])
                pen.setDashOffset(start / pen.widthF())  # the two halves of a line meet without a seam
            painter.setPen(pen)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.drawLine(QPointF(middle.x(), start), QPointF(middle.x(), end))
        painter.restore()

    def _neighbour(self, index: Index, by: int) -> StepState | None:
        beside = index.model().index(index.row() + by, 0)
        if not beside.isValid() or self.item(beside).state == "heading":
            return None
        return self.item(beside).state

    def _draw_dot(self, painter: QPainter, state: StepState, middle: QPointF) -> None:
        look = self.look
        fill, edge, width, size = {
            "now": ("surface", "accent", "dot_edge", "dot_now"),
            "not_documented": ("warn_tint", "warn", "ring", "dot"),
            "stopped": ("warn_tint", "warn", "ring", "dot"),
            "todo": ("sunken", "strong", "edge", "dot"),
            "dropped": ("sunken", "strong", "edge", "dot"),
            "confirm": ("sunken", "strong", "edge", "dot"),
            "assumed": ("sunken", "text2", "ring", "dot"),
            "unasked": ("sunken", "text2", "ring", "dot"),
        }.get(state, ("text2", "text2", "edge", "dot"))
        stroke = look.px(width)
        radius = (look.px(size) - stroke) / 2
        painter.save()
        painter.setPen(QPen(look.colour(edge), stroke))
        painter.setBrush(look.colour(fill))
        painter.drawEllipse(middle, radius, radius)
        painter.restore()
