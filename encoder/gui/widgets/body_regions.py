"""The regions of the map of the skeleton: paths read from the SVG, found by a point or by a direction."""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal
from xml.etree import ElementTree

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath

from encoder.errors import DataError

Direction = Literal["left", "right", "up", "down"]
_SVG = "{http://www.w3.org/2000/svg}"
_TOKEN = re.compile(r"[MLCZ]|-?\d+(?:\.\d+)?")
_NUMBERS = {"M": 2, "L": 2, "C": 6, "Z": 0}
_NOT_REGIONS = frozenset({"rib_lines"})
_REACH = 8.0  # in units of the picture: how far a miss may be from the nearest region
_ASIDE = 2.0  # how much worse a unit to the side is than a unit ahead, for arrow keys
_VECTORS: dict[Direction, tuple[int, int]] = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}


@dataclass(frozen=True, slots=True)
class Region:
    """One bone region: its id in the picture, its path and its corners."""

    id: str
    path: QPainterPath
    corners: tuple[tuple[QPointF, QPointF], ...]

    @property
    def middle(self) -> QPointF:
        """The middle of the region."""
        return self.path.boundingRect().center()

    def distance(self, point: QPointF) -> float:
        """How far a point outside is from the edge, in units of the picture."""
        return min((_to_segment(point, start, end) for start, end in self.corners), default=math.inf)


class BodyRegions:
    """All regions in the order they are drawn."""

    def __init__(self, svg: str) -> None:
        """Read the picture; DataError when it holds no regions or a path that is not made of absolute M L C Z."""
        root = ElementTree.fromstring(svg)
        size = [float(part) for part in root.get("viewBox", "0 0 0 0").split()]
        self.view_box = QRectF(*size)
        group = root.find(f"{_SVG}g[@id='regions']")
        if group is None:
            raise DataError("resources/pictures/body_map.svg has no group 'regions', so no bone can be chosen on it")
        self._regions: dict[str, Region] = {}
        self._collect(group)

    def _collect(self, group: ElementTree.Element) -> None:
        for child in group:
            name = child.get("id", "")
            if child.tag == f"{_SVG}g" and name not in _NOT_REGIONS:
                self._collect(child)
            elif child.tag == f"{_SVG}path" and name:
                path = read_path(child.get("d", ""), name)
                self._regions[name] = Region(name, path, _segments(path))

    def ids(self) -> tuple[str, ...]:
        """The ids of all regions, the one drawn last at the end."""
        return tuple(self._regions)

    def region(self, name: str) -> Region:
        """A region by its id; DataError for an id the picture lacks."""
        if name not in self._regions:
            raise DataError(f"resources/pictures/body_map.svg has no region {name!r}; a question asks for it")
        return self._regions[name]

    def at(self, point: QPointF, offered: Collection[str]) -> str:
        """The offered region at a point, the top one first; on a near miss the nearest; else an empty string."""
        regions = [region for region in reversed(self._regions.values()) if region.id in offered]
        for region in regions:
            if region.path.contains(point):
                return region.id
        reach = QRectF(point.x() - _REACH, point.y() - _REACH, 2 * _REACH, 2 * _REACH)
        near = [
            (region.distance(point), region.id) for region in regions if region.path.boundingRect().intersects(reach)
        ]
        distance, name = min(near, default=(math.inf, ""))
        return name if distance <= _REACH else ""

    def beside(self, name: str, direction: Direction, offered: Collection[str]) -> str:
        """The offered region nearest in a direction from another; the same one when there is none."""
        start, (ahead_x, ahead_y) = self.region(name).middle, _VECTORS[direction]
        best, found = math.inf, name
        for other in offered:
            step = self.region(other).middle - start
            ahead = step.x() * ahead_x + step.y() * ahead_y
            aside = abs(step.x() * ahead_y) + abs(step.y() * ahead_x)
            cost = ahead + _ASIDE * aside
            if other != name and ahead > aside / _ASIDE and cost < best:
                best, found = cost, other
        return found

    def first(self, offered: Collection[str]) -> str:
        """Where the keyboard begins: the topmost offered region, or an empty string."""
        return min(offered, key=lambda name: (self.region(name).middle.y(), self.region(name).middle.x()), default="")


def read_path(data: str, name: str) -> QPainterPath:
    """Turn a ``d`` of absolute M L C Z into a path; DataError for anything else."""
    tokens = _TOKEN.findall(data)
    if re.sub(r"[\s,]", "", data) != "".join(tokens):
        raise DataError(f"resources/pictures/body_map.svg: the path of {name} is not made of absolute M L C Z alone")
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    command, at = "M", 0
    while at < len(tokens):
        if tokens[at] in _NUMBERS:
            command, at = tokens[at], at + 1
        count = _NUMBERS[command]
        try:
            numbers = [float(token) for token in tokens[at : at + count]]
        except ValueError as error:
            raise DataError(
                f"resources/pictures/body_map.svg: the path of {name} lacks a number after {command}"
            ) from error
        if len(numbers) < count or (not count and at < len(tokens) and tokens[at] not in _NUMBERS):
            raise DataError(
                f"resources/pictures/body_map.svg: the path of {name} has the wrong count of numbers after {command}"
            )
        at += count
        if command == "M":
            path.moveTo(numbers[0], numbers[1])
        elif command == "L":
            path.lineTo(numbers[0], numbers[1])
        elif command == "C":
            path.cubicTo(QPointF(*numbers[0:2]), QPointF(*numbers[2:4]), QPointF(*numbers[4:6]))
        else:
            path.closeSubpath()
    return path


def _segments(path: QPainterPath) -> tuple[tuple[QPointF, QPointF], ...]:
    found: list[tuple[QPointF, QPointF]] = []
    for polygon in path.toSubpathPolygons():
        points = polygon.toList()
        found.extend(pairwise(points))
    return tuple(found)


def _to_segment(point: QPointF, start: QPointF, end: QPointF) -> float:
    along, to_point = end - start, point - start
    length = QPointF.dotProduct(along, along)
    share = min(max(QPointF.dotProduct(to_point, along) / length, 0), 1) if length else 0
    off = to_point - along * share
    return math.hypot(off.x(), off.y())
