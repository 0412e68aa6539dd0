"""The case in one button, for windows without room for its fields: label, date of service, claim."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.buttons import EnterButton
from encoder.gui.widgets.paint import Tag, box, paint_tags, tag_width


class CaseButton(EnterButton):
    """The label in bold, the date, and the claim as a tag; a click (the button's own ``clicked``) opens the fields."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._look = look
        self._label, self._date, self._claim = "", "", Tag("")
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def show_case(self, label: str, date: str, claim: str) -> None:
        """Show another case; the label may be empty."""
        self._label, self._date, self._claim = label, date, Tag(claim)
        said = ", ".join(part for part in (label, date, claim) if part)
        self.setAccessibleName(f"Case, date of service and claim: {said}")
        self.setToolTip("Change the case, the date of service or the claim")
        self.updateGeometry()
        self.update()

    def _parts(self) -> list[tuple[str, str, str]]:
        """Words, their role and their ink."""
        words = (self._label, "place", "text"), (self._date, "body", "text2")
        return [part for part in words if part[0]]

    def _width(self, part: tuple[str, str, str]) -> float:
        return QFontMetricsF(self._look.font(part[1])).horizontalAdvance(part[0])

    def sizeHint(self) -> QSize:
        px = self._look.px
        words = sum(self._width(part) + px("near") for part in self._parts())
        claim = tag_width(self._look, self._claim) if self._claim.text else 0
        return QSize(int(words + claim + 2 * px("snug")) + 2, px("control"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        if self.underMouse() or self.isDown():
            box(painter, look, QRectF(self.rect()), fill="hover", edge="text2" if self.isDown() else "")
        x = float(look.px("snug"))
        for part in self._parts():
            painter.setFont(look.font(part[1]))
            painter.setPen(look.colour(part[2]))
            width = self._width(part)
            area = QRectF(x, 0, width + 1, self.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, part[0])
            x += width + look.px("near")
        if self._claim.text:
            paint_tags(painter, look, [self._claim], x, self.height() / 2)
        painter.end()
