"""The map of the skeleton: a second way, beside the list of sites, to say where the donor bone went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QByteArray, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QTransform,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.body_regions import BodyRegions, Direction
from encoder.gui.widgets.focus import OWN_RING

_PICTURE = "pictures/body_map"
_ARROWS: dict[int, Direction] = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
}
_THICK, _THICKER = 3.0, 4.5  # outlines in units of the picture: under the pointer or chosen, and current


class BodyMap(QLabel):
    """A skeleton whose offered regions can be pointed at, walked with the arrow keys and chosen with Enter.

    A region under the pointer, the current one and the chosen ones differ from the others by fill and by a thicker
    outline. What is not offered is paler and does not react. The patient's right is at the left.

    Signals:
        region_hovered(str): the region under the pointer, or an empty string.
        region_chosen(str): a click, or Enter on the current region.
    """

    region_hovered = Signal(str)
    region_chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        svg = look.svg(_PICTURE)
        self._regions = BodyRegions(svg)
        self._renderer = QSvgRenderer(QByteArray(svg.encode()), self)
        self._renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
        self._title = look.alternative("body_map")
        self._offered: dict[str, str] = {}
        self._selected: frozenset[str] = frozenset()
        self._meant: frozenset[str] = frozenset()
        self._hovered = self._current = ""
        self._drawn: QPixmap | None = None
        self.setPixmap(QPixmap(1, 1))  # a label with a picture is a graphic to readers, one without is text
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty(OWN_RING, False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._say()
        look.changed.connect(self._measure_again)

    def offer(self, regions: Mapping[str, str]) -> None:
        """Offer regions: id in the picture and its name in words. DataError for an id the picture lacks."""
        for name in regions:
            self._regions.region(name)
        if regions != self._offered:
            self._drawn = None
        self._offered = dict(regions)
        self._selected = self._selected & regions.keys()
        self._meant = frozenset()
        self._hovered = ""
        self._set_current("")

    def offered(self) -> dict[str, str]:
        """The offered regions with their names."""
        return dict(self._offered)

    def select(self, regions: Iterable[str]) -> None:
        """Show regions as chosen; those not offered are left out."""
        self._selected = frozenset(regions) & self._offered.keys()
        self._say()

    def regions(self) -> frozenset[str]:
        """The ids of all regions of the picture, offered or not."""
        return frozenset(self._regions.ids())

    def point_out(self, region: str) -> None:
        """Make a region current, for the arrow keys to go on from; an empty string for none."""
        self._set_current(region if region in self._offered else "")

    def show_meant(self, regions: Iterable[str]) -> None:
        """Show regions as the ones meant, as when their row in the list beside the map is current; none for nothing."""
        self._meant = frozenset(regions) & self._offered.keys()
        self.update()

    def current(self) -> str:
        """The current region, or an empty string."""
        return self._current

    def region_at(self, place: QPointF) -> str:
        """The offered region at a place of the widget (the nearest on a near miss), or an empty string."""
        inverse, sound = self._to_widget().inverted()
        return self._regions.at(inverse.map(place), self._offered) if sound else ""

    def place_of(self, region: str) -> QPointF:
        """The middle of a region, in px of the widget."""
        return self._to_widget().map(self._regions.region(region).middle)

    # -- events -----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        direction = _ARROWS.get(event.key())
        if direction and self._offered:
            there = self._regions.beside(self._current, direction, self._offered) if self._current else ""
            self._set_current(there or self._regions.first(self._offered))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current:
            self.region_chosen.emit(self._current)
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.region_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover("")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        region = self.region_at(event.position())
        if region and event.button() == Qt.MouseButton.LeftButton:
            self._set_current(region)
            self.region_chosen.emit(region)

    def _hover(self, region: str) -> None:
        if region != self._hovered:
            self._hovered = region
            self.setToolTip(self._offered.get(region, ""))
            self.setCursor(Qt.CursorShape.PointingHandCursor if region else Qt.CursorShape.ArrowCursor)
            self.region_hovered.emit(region)
            self.update()

    def _set_current(self, region: str) -> None:
        self._current = region
        self._say()

    def _say(self) -> None:
        name = self._offered.get(self._current, "")
        chosen = ", ".join(self._offered[region] for region in self._offered if region in self._selected)
        said = (
            f"Current: {name}." if name else "Arrow keys go from bone to bone.",
            f"Chosen: {chosen}." if chosen else "",
        )
        self.setAccessibleName(f"{self._title.title}: {name}" if name else self._title.title)
        self.setAccessibleDescription(" ".join(part for part in (*said, self._title.desc) if part))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.update()

    # -- drawing ----------------------------------------------------------------------------------------------------

    def _measure_again(self) -> None:
        self._drawn = None
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px("map_width"), self._look.px("map_height"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() / 2

    def _to_widget(self) -> QTransform:
        """From units of the picture to px, keeping its proportions, in the middle of the widget."""
        whole = self._regions.view_box
        scale = min(self.width() / whole.width(), self.height() / whole.height())
        left, top = (self.width() - whole.width() * scale) / 2, (self.height() - whole.height() * scale) / 2
        return QTransform(scale, 0, 0, scale, left - whole.left() * scale, top - whole.top() * scale)

    def _skeleton(self) -> QPixmap:
        """The whole picture; while regions are offered it is pale and they are drawn over it as they are."""
        ratio = self.devicePixelRatioF()
        if self._drawn is None or self._drawn.size() != self.size() * ratio:
            self._drawn = QPixmap(self.size() * ratio)
            self._drawn.setDevicePixelRatio(ratio)
            self._drawn.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._drawn)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setOpacity(self._look.tokens.share("not_offered") if self._offered else 1)
            self._renderer.render(painter, QRectF(self.rect()))
            painter.setOpacity(1)
            painter.setTransform(self._to_widget(), True)
            for name in self._regions.ids():
                if name in self._offered:
                    self._renderer.render(painter, name, self._renderer.boundsOnElement(name))
            painter.end()
        return self._drawn

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(0, 0, self._skeleton())
        painter.setTransform(self._to_widget())
        for name in self._regions.ids():
            if name in self._selected:
                self._mark(painter, name, "accent", "text", _THICK)
            elif name == self._hovered or name in self._meant:
                self._mark(painter, name, "tint_line", "accent", _THICK)
        if self._current:
            fill = "accent" if self._current in self._selected else "tint_line"
            self._mark(painter, self._current, fill, "text" if fill == "accent" else "accent", _THICKER)
        painter.end()

    def _mark(self, painter: QPainter, region: str, fill: str, edge: str, width: float) -> None:
        painter.setPen(QPen(self._look.colour(edge), width))
        painter.setBrush(self._look.colour(fill))
        painter.drawPath(self._regions.region(region).path)
