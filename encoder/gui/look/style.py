"""From tokens to Qt: the palette that makes plain Fusion widgets right, and the style sheet filled in."""

from __future__ import annotations

import re

from PySide6.QtGui import QColor, QPalette

from encoder.errors import DataError
from encoder.gui.look.tokens import Tokens

_NAME = re.compile(r"@(px\.|pt\.)?([a-z][a-z0-9_]*)")
_Role = QPalette.ColorRole
_ROLES = {
    _Role.Window: "window",
    _Role.WindowText: "text",
    _Role.Base: "surface",
    _Role.AlternateBase: "sunken",
    _Role.Text: "text",
    _Role.Button: "surface",
    _Role.ButtonText: "text",
    _Role.BrightText: "on_accent",
    _Role.Highlight: "accent",
    _Role.HighlightedText: "on_accent",
    _Role.Accent: "accent",
    _Role.ToolTipBase: "surface",
    _Role.ToolTipText: "text",
    _Role.PlaceholderText: "text3",
    _Role.Link: "accent",
    _Role.LinkVisited: "accent",
    _Role.Light: "surface",
    _Role.Midlight: "hover",
    _Role.Mid: "line",
    _Role.Dark: "strong",
    _Role.Shadow: "strong",
}
_OFF = {
    _Role.WindowText: "text3",
    _Role.Text: "text3",
    _Role.ButtonText: "text3",
    _Role.Base: "sunken",
    _Role.Highlight: "line",
    _Role.HighlightedText: "text2",
    _Role.Accent: "line",
}


def palette(tokens: Tokens) -> QPalette:
    """The application palette; disabled controls are written in text3."""
    made = QPalette()
    for role, name in _ROLES.items():
        made.setColor(role, QColor(tokens.colour(name)))
    for role, name in _OFF.items():
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.colour(name)))
    return made


def fill_in(sheet: str, tokens: Tokens, dots_per_point: float) -> str:
    """The style sheet with ``@colour``, ``@px.size`` and ``@pt.type`` replaced; DataError for an unknown name."""

    def value(match: re.Match[str]) -> str:
        kind, name = match.groups()
        if kind == "px.":
            return f"{tokens.px(name)}px"
        if kind == "pt.":
            return f"{tokens.role(name).ratio * tokens.em / dots_per_point:.2f}pt"
        return tokens.colour(name)

    filled = _NAME.sub(value, sheet)
    if "@" in filled:
        raise DataError("resources/look.qss holds an @ that is not the name of a colour, a size or a type")
    return filled
