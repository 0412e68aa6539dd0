"""The look that tests of the window use: body text of 13 px, light, and the application undressed afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication

from encoder.gui.look import Look

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
BODY_POINTS = 9.75  # 13 px at the 96 dots per inch of the offscreen platform


class ModelTester(Protocol):
    """The ``qtmodeltester`` of pytest-qt, with a type."""

    def check(self, model: QAbstractItemModel) -> None: ...


@contextmanager
def body_font(app: QApplication) -> Iterator[None]:
    """Body text of 13 px, as in the pictures of the design; the application is undressed afterwards."""
    before = QFont(app.font())
    font = QFont(before)
    font.setPointSizeF(BODY_POINTS)
    app.setFont(font)
    yield
    app.setStyleSheet("")
    app.setPalette(QPalette())
    app.setFont(before)


def dressed(app: QApplication) -> Iterator[Look]:
    with body_font(app):
        look = Look(app, RESOURCES)
        look.set_scheme("light")
        yield look
        look.deleteLater()
