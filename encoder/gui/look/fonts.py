"""Fonts: the bundled face at the system's point size, and one font per type role."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from encoder.gui.look.tokens import TokenFile, Tokens

_POINTS_PER_INCH = 72
_ENDINGS = (".ttf", ".otf")
_installed: dict[
    Path, bool
] = {}  # Qt keeps an application font for good, so each file is handed to it once per process


def install(folder: Path, file: TokenFile) -> bool:
    """Hand the bundled faces to Qt, once. False when one is missing or refused; the system font then stands in."""
    found = [
        next((folder / (name + end) for end in _ENDINGS if (folder / (name + end)).is_file()), None)
        for name in file.faces
    ]
    added = [path is not None and _add(path) for path in found]  # every face is tried, also after a missing one
    return all(added)


def _add(path: Path) -> bool:
    if path not in _installed:
        _installed[path] = QFontDatabase.addApplicationFont(str(path)) >= 0
    return _installed[path]


def dots_per_point() -> float:
    """How many device-independent px one point is on the first screen."""
    screen = QGuiApplication.primaryScreen()
    return screen.logicalDotsPerInch() / _POINTS_PER_INCH


def points(font: QFont) -> float:
    """The size of a font in points, also of one that was set in px."""
    return font.pointSizeF() if font.pointSizeF() > 0 else font.pixelSize() / dots_per_point()


def role_font(base: QFont, tokens: Tokens, role: str, weight: int | None = None) -> QFont:
    """The font of a type role: tabular figures always, slashed zeros for codes; ``weight`` overrides the role's own."""
    kind = tokens.role(role)
    font = QFont(base)
    font.setPointSizeF(tokens.em * kind.ratio / dots_per_point())
    font.setWeight(QFont.Weight(weight or kind.weight))
    font.setFeature(QFont.Tag("tnum"), 1)
    if kind.zero:
        font.setFeature(QFont.Tag("zero"), 1)
    return font
