"""The way as one line, for narrow windows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.buttons import EnterButton
from encoder.gui.widgets.focus import OWN_RING
from encoder.gui.widgets.paint import box, keys_width, paint_icon, paint_keys
from encoder.gui.widgets.text import STRONG
from encoder.gui.widgets.way import WayStep, spoken_step

_MORE = "…"
_SHOWN = frozenset({"answered", "not_documented", "stopped", "now"})


class WayLine(EnterButton):
    """The answers so far between small arrows, the question being asked last. What does not fit goes first at the left.

    A click (the button's own ``clicked``) opens the way. The key that does so stands at the right.
    """

    def __init__(self, look: Look, key: str = "↑", parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._look, self._key = look, key
        self._steps: tuple[WayStep, ...] = ()
        self.setProperty(OWN_RING, True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def set_steps(self, steps: Sequence[WayStep]) -> None:
        """Show other steps; headings, what is assumed and what is still to ask are left out."""
        self._steps = tuple(step for step in steps if step.state in _SHOWN)
        self.setAccessibleName("The way so far: " + "; ".join(spoken_step(step) for step in self._steps))
        self.setAccessibleDescription("Opens the way, to change an earlier answer.")
        self.setToolTip("\n".join(spoken_step(step) for step in self._steps))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.frame("least_width"), self._look.px("hints"))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px("control"), self._look.px("hints"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.fillRect(self.rect(), look.colour("hover"))
        middle = self.height() / 2
        pad, gap = look.px("part"), look.px("snug")
        words = "change"
        small = QFontMetricsF(look.font("small"))
        right = self.width() - pad - small.horizontalAdvance(words) - gap - keys_width(look, [self._key])
        after = paint_keys(painter, look, [self._key], right, middle)
        self._write(painter, words, after + gap, "small", "text2", None)
        x = float(pad)
        for place, (text, last) in enumerate(self._fitting(right - pad - gap)):
            if place:
                paint_icon(painter, look, "right", "text3", x + gap, middle, "icon_tag")
                x += look.px("icon_tag") + 2 * gap
            x = self._write(painter, text, x, "small", "accent" if last else "text2", STRONG if last else None)
        if self.hasFocus():
            box(painter, look, QRectF(self.rect()), edge="accent", width="ring")
        painter.end()

    def _fitting(self, room: float) -> list[tuple[str, bool]]:
        """The texts to show, each with whether it is the one being asked."""
        texts = [(step.short or step.label) if step.state == "now" else step.value for step in self._steps]
        metrics = QFontMetricsF(self._look.font("small", STRONG))
        between = self._look.px("icon_tag") + 2 * self._look.px("snug")
        shown = texts
        while len(shown) > 2 and sum(metrics.horizontalAdvance(text) + between for text in shown) - between > room:
            shown = [_MORE, *shown[2 if shown[0] == _MORE else 1 :]]
        under_way = bool(self._steps) and self._steps[-1].state in ("now", "stopped")
        return [(text, under_way and place == len(shown) - 1) for place, text in enumerate(shown)]

    def _write(self, painter: QPainter, text: str, x: float, role: str, ink: str, weight: int | None) -> float:
        font = self._look.font(role, weight)
        painter.setFont(font)
        painter.setPen(self._look.colour(ink))
        width = QFontMetricsF(font).horizontalAdvance(text)
        area = QRectF(x, 0, width + 1, self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        return x + width
