"""A splitter that remembers where its handles were put, in em, so that another text size keeps the proportions."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.paint import hairline


class Places(Protocol):
    """Where places of handles are kept between sessions."""

    def place(self, name: str) -> str:
        """What was kept under a name, or an empty string."""

    def keep_place(self, name: str, place: str) -> None:
        """Keep a place under a name."""


@dataclass(frozen=True, slots=True)
class _Pane:
    widget: QWidget
    size: str
    least: str
    weight: float


class Splitter(QSplitter):
    """Panes beside or above each other. A pane either stays (``size``) or grows by its ``weight``."""

    def __init__(
        self, look: Look, name: str, places: Places, orientation: Qt.Orientation = Qt.Orientation.Horizontal
    ) -> None:
        """``name`` is under what the handles are kept in ``places``."""
        super().__init__(orientation)
        self._look, self._name, self._places = look, name, places
        self._panes: list[_Pane] = []
        self._kept = _read_sizes(places.place(name))
        self.setChildrenCollapsible(False)
        self._measure()
        self.splitterMoved.connect(self._keep)
        look.changed.connect(self._measure)

    def add(self, widget: QWidget, *, size: str = "", least: str = "", weight: float = 1.0) -> None:
        """Add a pane. ``size`` and ``least`` are sizes of the tokens; without ``size`` the pane grows by ``weight``."""
        self._panes.append(_Pane(widget, size, least, weight))
        self.addWidget(widget)
        self.setStretchFactor(self.count() - 1, 0 if size else max(1, round(weight * 100)))
        self._measure()

    def set_frame(self, name: str, sizes: Mapping[int, str] | None = None) -> None:
        """Keep the handles under another name from now on, and put them where they were under it.

        For splitters whose panes are shown and hidden by the frame of the window: each frame has places of its own, and
        may give panes (by their place) another size of the tokens.
        """
        if name != self._name:
            self._name = name
            self._kept = _read_sizes(self._places.place(name))
            for at, size in (sizes or {}).items():
                self._panes[at] = replace(self._panes[at], size=size)
        self._lay_out()

    def createHandle(self) -> QSplitterHandle:
        return _Handle(self._look, self.orientation(), self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _measure(self) -> None:
        self.setHandleWidth(self._look.px("handle"))
        for pane in self._panes:
            least = self._look.px(pane.least) if pane.least else 0
            if self.orientation() == Qt.Orientation.Horizontal:
                pane.widget.setMinimumWidth(least)
            else:
                pane.widget.setMinimumHeight(least)
        self._lay_out()

    def _lay_out(self) -> None:
        """Panes that stay get their size, the kept one if there is one; the others share the rest by weight."""
        whole = self.width() if self.orientation() == Qt.Orientation.Horizontal else self.height()
        shown = [not pane.widget.isHidden() for pane in self._panes]
        room = whole - self._look.px("handle") * max(sum(shown) - 1, 0)
        kept = self._kept if len(self._kept) == len(self._panes) else []
        em = self._look.tokens.em
        stays, weights = [0.0] * len(self._panes), [0.0] * len(self._panes)
        for at, pane in enumerate(self._panes):
            if shown[at] and pane.size:
                stays[at] = kept[at] * em if kept else self._look.px(pane.size)
            elif shown[at]:
                weights[at] = kept[at] if kept else pane.weight
        each = max(room - sum(stays), 0) / (sum(weights) or 1)
        self.setSizes([round(stay or weight * each) for stay, weight in zip(stays, weights, strict=True)])

    def _keep(self) -> None:
        before = self._kept if len(self._kept) == len(self._panes) else []
        now = []
        for at, (pane, size) in enumerate(zip(self._panes, self.sizes(), strict=True)):
            usual = self._look.px(pane.size) / self._look.tokens.em if pane.size else pane.weight
            now.append(size / self._look.tokens.em if size else before[at] if before else usual)
        self._kept = now
        self._places.keep_place(self._name, ",".join(f"{size:.2f}" for size in self._kept))


def _read_sizes(place: str) -> list[float]:
    """Kept sizes in em; nothing when what was kept is not sizes."""
    try:
        sizes = [float(part) for part in place.split(",")]
    except ValueError:
        return []
    return sizes if all(0 < size < math.inf for size in sizes) else []


class _Handle(QSplitterHandle):
    """A quiet strip with a hairline on each side."""

    def __init__(self, look: Look, orientation: Qt.Orientation, parent: QSplitter) -> None:
        super().__init__(orientation, parent)
        self._look = look
        self.setAccessibleName("Border between two panes")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("hover" if self.underMouse() else "window"))
        far = self._look.px("edge")
        if self.orientation() == Qt.Orientation.Horizontal:
            for x in (0, self.width() - far):
                hairline(painter, self._look, QPointF(x, 0), QPointF(x, self.height()))
        else:
            for y in (0, self.height() - far):
                hairline(painter, self._look, QPointF(0, y), QPointF(self.width(), y))
        painter.end()
