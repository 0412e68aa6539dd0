"""The tokens for the bare window. The whole look takes longer to read than the window may take to be seen."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QApplication

from encoder.gui.look.fonts import dots_per_point, points
from encoder.gui.look.tokens import Choice, TokenFile, Tokens

_DARK = 0.5  # a window that is darker than this is one of a dark scheme


def dot(tokens: Tokens, name: str) -> QPixmap:
    """One point of a colour, to be drawn as large as it is wanted.

    To fill a rectangle with a colour costs seven times as much as all the rest of the first paint: the choice between
    the ways to call it makes every one of Qt's names.
    """
    pixmap = QPixmap(1, 1)
    pixmap.fill(QColor(tokens.colour(name)))
    return pixmap


def first_tokens(app: QApplication, file: TokenFile, choice: Choice, text: float) -> Tokens:
    """The tokens that the look will most likely use; ``text`` is the size of text beside the system's.

    The system's scheme is read off its colours, because asking for it by name makes Qt's names, every one of them.
    """
    dark = choice == "dark" or (choice == "system" and app.palette().window().color().lightnessF() < _DARK)
    return Tokens(file, "dark" if dark else "light", points(app.font()) * dots_per_point() * text)
