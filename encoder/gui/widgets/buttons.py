"""A button that shows its icon, its words and the keys that press it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.paint import box, hairline, keys_width, paint_icon, paint_keys, spoken_keys
from encoder.gui.widgets.text import STRONG

ButtonKind = Literal["plain", "primary", "flat", "link"]


_ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)


class EnterButton(QPushButton):
    """A button that Enter presses as Space does, also outside a dialog, without being a default of dialogs.

    Arrow keys are left to the page, where Qt would go to the next control.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        elif event.key() in _ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)


class KeyButton(EnterButton):
    """Icon, words and key caps in one button, all of them inside its size hint.

    Kinds: ``primary`` (one a page), ``plain``, ``flat`` (no edge, accent words), ``link`` (underlined words, no pads).
    A checkable button that is checked has the tint and the accent edge. The keys are shown and spoken; the page sets
    the shortcut. One that ``sheds`` its keys can be as narrow as its words, and then shows no key caps.
    """

    def __init__(
        self,
        look: Look,
        text: str,
        *,
        icon: str = "",
        keys: Sequence[str] = (),
        kind: ButtonKind = "plain",
        small: bool = False,
        sheds: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._look, self._sheds = look, sheds
        self._icon_name, self._keys, self._kind, self._small = icon, tuple(keys), kind, small
        across = QSizePolicy.Policy.Preferred if sheds else QSizePolicy.Policy.Minimum
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor if kind == "link" else Qt.CursorShape.ArrowCursor)
        self._say_keys()
        look.changed.connect(self._measure_again)

    def set_keys(self, keys: Sequence[str]) -> None:
        """Show other keys, or none."""
        self._keys = tuple(keys)
        self._say_keys()
        self._measure_again()

    def keys(self) -> tuple[str, ...]:
        """The keys it shows."""
        return self._keys

    def set_icon_name(self, icon: str) -> None:
        """Show another icon, or none."""
        self._icon_name = icon
        self._measure_again()

    def set_kind(self, kind: ButtonKind) -> None:
        """Turn into another kind of button."""
        self._kind = kind
        self._measure_again()

    def _say_keys(self) -> None:
        self.setAccessibleDescription(f"Key: {spoken_keys(self._keys)}" if self._keys else "")

    def _measure_again(self) -> None:
        self.updateGeometry()
        self.update()

    def _role(self) -> tuple[str, int | None]:
        weight = STRONG if self._kind == "primary" or self.isChecked() else None
        return ("small" if self._small or self._kind == "link" else "body"), weight

    def _icon_size(self) -> str:
        return "icon_row" if self._kind == "primary" else "icon_text"

    def _parts(self) -> tuple[float, float, float]:
        """Widths of icon, words and key caps, each with the gap before it."""
        gap = self._look.px("snug")
        icon = self._look.px(self._icon_size()) if self._icon_name else 0
        metrics = QFontMetricsF(self._look.font(self._role()[0], STRONG if self.isCheckable() else self._role()[1]))
        words = metrics.horizontalAdvance(self.text()) + (gap if icon and self.text() else 0)
        caps = keys_width(self._look, self._keys) + gap if self._keys else 0
        return icon, words, caps

    def sizeHint(self) -> QSize:
        height = self._look.px("control_small" if self._small or self._kind == "link" else "control")
        pad = 0 if self._kind == "link" else self._look.px("near" if self._small or not self.text() else "part")
        return QSize(max(int(sum(self._parts()) + 2 * pad) + 1, self._look.px("target")), height)

    def minimumSizeHint(self) -> QSize:
        least = self.sizeHint()
        return least - QSize(int(self._parts()[2]), 0) if self._sheds else least

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def _colours(self) -> tuple[str, str, str, str, str]:
        """Fill, edge, edge width, ink of the words, ink of the icon."""
        down, over = self.isDown(), self.underMouse()
        if not self.isEnabled():
            return "", "" if self._kind in ("flat", "link") else "line", "edge", "text3", "text3"
        if self._kind == "primary":
            fill = "accent_hover" if over or down else "accent"
            return fill, "text" if down else fill, "ring" if down else "edge", "on_accent", "on_accent"
        if self.isChecked():
            return "tint", "accent", "ring" if down else "edge", "accent", "accent"
        if self._kind == "link":
            return "", "", "edge", "accent", "accent"
        if self._kind == "flat":
            return ("hover" if over or down else ""), ("text2" if down else ""), "ring", "accent", "accent"
        if down:
            return "window", "text2", "ring", "text", "text2"
        return ("hover" if over else "surface"), "strong", "edge", "text", "text2"

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill, edge, width, ink, icon_ink = self._colours()
        whole = QRectF(self.rect())
        if fill or edge:
            box(painter, self._look, whole, fill=fill, edge=edge, width=width)
        icon, words, caps = self._parts()
        keys = self._keys if not self._sheds or self.width() >= self.sizeHint().width() else ()
        caps = caps if keys else 0
        x = 0.0 if self._kind == "link" else max((whole.width() - icon - words - caps) / 2, 0)
        middle = whole.center().y()
        if self._icon_name:
            paint_icon(painter, self._look, self._icon_name, icon_ink, x, middle, self._icon_size())
            x += icon + (self._look.px("snug") if self.text() else 0)
        role, weight = self._role()
        font = self._look.font(role, weight)
        painter.setFont(font)
        painter.setPen(self._look.colour(ink))
        advance = QFontMetricsF(font).horizontalAdvance(self.text())
        area = QRectF(x, 0, advance + 1, whole.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._kind == "link" and self.isEnabled():
            under = middle + QFontMetricsF(font).ascent() / 2 + self._look.px("hair")
            hairline(painter, self._look, QPointF(x, under), QPointF(x + advance, under), "accent")
        if keys:
            caps_ink = icon_ink if self._kind == "primary" and self.isEnabled() else ""
            paint_keys(painter, self._look, keys, x + advance + self._look.px("snug"), middle, ink=caps_ink)
        painter.end()
