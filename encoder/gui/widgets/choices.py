"""Choices: a row of exclusive segments, a check box, a radio button and a drop-down, painted from the tokens."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from encoder.errors import UsageError
from encoder.gui.look import Look
from encoder.gui.widgets.paint import box, paint_icon
from encoder.gui.widgets.text import STRONG


class Segmented(QWidget):
    """Exclusive choices side by side, such as Surgeon | Facility, outpatient | Facility, inpatient.

    Tab reaches the chosen segment; the arrow keys go to the next one and choose it. Readers meet radio buttons.

    Signals:
        chosen(str): the id of the segment that the user chose; not sent by :meth:`set_current`.
    """

    chosen = Signal(str)

    def __init__(
        self, look: Look, name: str, choices: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        """``name`` is the accessible name; ``choices`` are (id, words), the first is chosen at the start."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._segments: dict[str, _Segment] = {}
        for place, (key, words) in enumerate(choices):
            segment = _Segment(look, words, first=place == 0, last=place == len(choices) - 1)
            segment.setAccessibleDescription(name)
            segment.setChecked(place == 0)
            segment.toggled.connect(self._tell)
            self._group.addButton(segment)
            self._segments[key] = segment
            row.addWidget(segment)

    def current(self) -> str:
        """The id of the chosen segment."""
        return next(key for key, segment in self._segments.items() if segment.isChecked())

    def set_current(self, key: str) -> None:
        """Choose a segment without a signal; UsageError for an id that is not there."""
        if key not in self._segments:
            raise UsageError(f"{self.accessibleName()} has no choice {key!r}; it has {', '.join(self._segments)}")
        self.blockSignals(True)
        self._segments[key].setChecked(True)
        self.blockSignals(False)

    def segment(self, key: str) -> QAbstractButton:
        """One segment, to be enabled, disabled or given a tooltip."""
        return self._segments[key]

    def _tell(self, checked: bool) -> None:
        if checked:
            self.chosen.emit(self.current())


class _Segment(QRadioButton):
    def __init__(self, look: Look, words: str, *, first: bool, last: bool) -> None:
        super().__init__(words)
        self._look, self._first, self._last = look, first, last
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        words = QFontMetricsF(self._look.font("body", STRONG)).horizontalAdvance(self.text())
        tick = self._look.px("icon_tag") + self._look.px("snug")
        return QSize(int(words + tick + 2 * self._look.px("switch_pad")) + 1, self._look.px("control"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, at: QPoint) -> bool:
        return self.rect().contains(at)

    def _outline(self, width: float) -> QPainterPath:
        radius = self._look.px("radius")
        area = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        path.addRoundedRect(area, radius, radius)
        if not self._first:
            path.addRect(area.adjusted(-width / 2, 0, -2 * radius, 0))
        if not self._last:
            path.addRect(area.adjusted(2 * radius, 0, width / 2, 0))
        return path.simplified()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, on = self._look, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = "tint" if on else "window" if self.isDown() else "hover" if self.underMouse() else "surface"
        edge = "line" if not self.isEnabled() else "accent" if on else "strong"
        width = look.px("edge")
        painter.setPen(QPen(look.colour(edge), width))
        painter.setBrush(look.colour(fill))
        painter.drawPath(self._outline(width))
        ink = "text3" if not self.isEnabled() else "accent" if on else "text2"
        font = look.font("body", STRONG if on else None)
        words = QFontMetricsF(font).horizontalAdvance(self.text())
        tick = look.px("icon_tag") + look.px("snug") if on else 0
        x = (self.width() - words - tick) / 2
        if on:
            paint_icon(painter, look, "tick", ink, x, self.height() / 2, "icon_tag")
        painter.setFont(font)
        painter.setPen(look.colour(ink))
        area = QRectF(x + tick, 0, words + 1, self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()


def paint_check(painter: QPainter, look: Look, x: float, middle: float, *, on: bool, enabled: bool = True) -> None:
    """A check box with its left edge at x: empty with a strong edge, or accent with a tick."""
    side = look.px("box")
    rect = QRectF(round(x), round(middle - side / 2), side, side)
    fill, edge = ("accent", "accent") if on else ("surface", "strong")
    if not enabled:
        fill, edge = "sunken", "line"
    box(painter, look, rect, fill=fill, edge=edge, radius="radius_tag")
    if on:
        ink = "on_accent" if enabled else "text3"
        paint_icon(
            painter, look, "tick", ink, rect.center().x() - look.px("icon_tag") / 2, rect.center().y(), "icon_tag"
        )


class CheckBox(QCheckBox):
    """A check box with its words beside it."""

    def __init__(self, look: Look, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._look = look
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return _choice_size(self._look, self.text())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, at: QPoint) -> bool:
        return self.rect().contains(at)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_check(painter, self._look, 0, self.height() / 2, on=self.isChecked(), enabled=self.isEnabled())
        _choice_words(painter, self._look, self)
        painter.end()


class RadioButton(QRadioButton):
    """A radio button with its words beside it."""

    def __init__(self, look: Look, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._look = look
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return _choice_size(self._look, self.text())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, at: QPoint) -> bool:
        return self.rect().contains(at)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, side = self._look, self._look.px("box")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = look.px("key_pad") if self.isChecked() else look.px("edge")
        edge = "line" if not self.isEnabled() else "accent" if self.isChecked() else "strong"
        painter.setPen(QPen(look.colour(edge), width))
        painter.setBrush(look.colour("surface"))
        circle = QRectF(0, (self.height() - side) / 2, side, side)
        painter.drawEllipse(circle.adjusted(width / 2, width / 2, -width / 2, -width / 2))
        _choice_words(painter, look, self)
        painter.end()


class ComboBox(QComboBox):
    """A drop-down of one line, as high as every other control."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        """``name`` is the accessible name."""
        super().__init__(parent)
        self._look = look
        self.setAccessibleName(name)
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        look = self._look
        metrics = QFontMetricsF(look.font("body"))
        widest = max((metrics.horizontalAdvance(self.itemText(place)) for place in range(self.count())), default=0)
        return QSize(int(widest + 2 * look.px("room") + look.px("near") + look.px("icon_text")) + 2, look.px("control"))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px("field_case"), self._look.px("control"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, on = self._look, self.isEnabled()
        painter = QPainter(self)
        fill = "sunken" if not on else "hover" if self.underMouse() else "surface"
        box(painter, look, QRectF(self.rect()), fill=fill, edge="strong" if on else "line")
        arrow = self.width() - look.px("room") - look.px("icon_text")
        paint_icon(painter, look, "down", "text2" if on else "text3", arrow, self.height() / 2, "icon_text")
        metrics = QFontMetricsF(look.font("body"))
        left = look.px("room")
        words = metrics.elidedText(self.currentText(), Qt.TextElideMode.ElideRight, arrow - left)
        painter.setFont(look.font("body"))
        painter.setPen(look.colour("text" if on else "text3"))
        area = QRectF(left, 0, arrow - left, self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()


def _choice_size(look: Look, text: str) -> QSize:
    words = QFontMetricsF(look.font("body")).horizontalAdvance(text)
    return QSize(int(look.px("box") + look.px("snug") + words) + 2, look.px("target"))


def _choice_words(painter: QPainter, look: Look, button: QAbstractButton) -> None:
    painter.setFont(look.font("body"))
    painter.setPen(look.colour("text" if button.isEnabled() else "text3"))
    left = look.px("box") + look.px("snug")
    area = QRectF(left, 0, button.width() - left, button.height())
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, button.text())
