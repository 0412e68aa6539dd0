"""Icons and pictures: SVG text, coloured from the tokens, drawn by Qt and kept.

Icons are one colour (``currentColor``). Row pictures carry the light token colours and are recoloured for the dark
scheme; the teaching pictures serve both schemes as they are. Text alternatives are ``title`` and ``desc`` of the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from encoder.errors import DataError
from encoder.gui.look.tokens import Tokens

_SVG = "{http://www.w3.org/2000/svg}"
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_Key = tuple[str, str, int, float]


@dataclass(frozen=True, slots=True)
class Alternative:
    """The text alternative of a picture: ``title`` is its accessible name, ``desc`` its accessible description."""

    title: str
    desc: str


class Drawings:
    """The SVG files of ``resources/icons`` and ``resources/pictures``, kept once drawn per size, colours and ratio."""

    def __init__(self, resources: Path) -> None:
        self._resources = resources
        self._texts: dict[str, str] = {}
        self._drawn: dict[_Key, QPixmap] = {}

    def icon(self, name: str, colour: str, side: int, ratio: float) -> QPixmap:
        """An icon of ``side`` px in one colour (``#RRGGBB``), at a pixel ratio."""
        key = (f"icons/{name}", colour, side, ratio)
        if key not in self._drawn:
            self._drawn[key] = _draw(self.text(key[0]).replace("currentColor", colour), QSize(side, side), ratio)
        return self._drawn[key]

    def mark(self, tokens: Tokens, ink: str, side: int, ratio: float) -> QPixmap:
        """The mark of the program: the way in one token colour, the graft in the accent."""
        key = ("mark", f"{tokens.scheme} {ink}", side, ratio)
        if key not in self._drawn:
            light = tokens.file.colours["accent"][0]
            text = self.text("mark").replace("currentColor", tokens.colour(ink)).replace(light, tokens.colour("accent"))
            self._drawn[key] = _draw(text, QSize(side, side), ratio)
        return self._drawn[key]

    def picture(self, name: str, tokens: Tokens, width: int, ratio: float) -> QPixmap:
        """A picture ``width`` px wide, its height by its own proportions; ``row/name`` is a row picture."""
        recolour = tokens.recolouring() if name.startswith("row/") else {}
        key = (f"pictures/{name}", tokens.scheme if recolour else "", width, ratio)
        if key not in self._drawn:
            text = _HEX.sub(lambda match: recolour.get(match[0].upper(), match[0]), self.text(key[0]))
            own = QSvgRenderer(QByteArray(text.encode())).defaultSize()
            self._drawn[key] = _draw(text, QSize(width, round(width * own.height() / max(own.width(), 1))), ratio)
        return self._drawn[key]

    def row_pictures(self) -> frozenset[str]:
        """The names of the row pictures there are."""
        return frozenset(file.stem for file in (self._resources / "pictures" / "row").glob("*.svg"))

    def alternative(self, name: str) -> Alternative:
        """The title and description of a picture; DataError when the file has none."""
        from xml.etree import ElementTree

        root = ElementTree.fromstring(self.text(f"pictures/{name}"))
        title, desc = (" ".join((root.findtext(_SVG + tag) or "").split()) for tag in ("title", "desc"))
        if not title or not desc:
            raise DataError(f"resources/pictures/{name}.svg has no title or no desc, so it cannot be read aloud")
        return Alternative(title, desc)

    def text(self, path: str) -> str:
        """The SVG text of ``icons/name`` or ``pictures/name``; DataError when the file is not there."""
        if path not in self._texts:
            try:
                self._texts[path] = (self._resources / f"{path}.svg").read_text(encoding="utf-8")
            except OSError as error:
                raise DataError(
                    f"resources/{path}.svg is missing or cannot be read; install the program again"
                ) from error
        return self._texts[path]


def _draw(text: str, size: QSize, ratio: float) -> QPixmap:
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, size.width(), size.height()))
    painter.end()
    return pixmap
