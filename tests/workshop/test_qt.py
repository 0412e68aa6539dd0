"""The locked PySide6 release keeps its references: 6.12.0 loses one to None at every call that gives nothing back."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QImage, QPainter, QPainterPath
from pytestqt.qtbot import QtBot

CALLS = 1000


def lost(call: Callable[[], object]) -> int:
    """References to None that a thousand calls lose, give or take what else runs meanwhile."""
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        call()
    return before - sys.getrefcount(None)


@pytest.fixture
def painter(qtbot: QtBot) -> Iterator[QPainter]:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    yield painter
    painter.end()


def test_a_path_keeps_none(qtbot: QtBot) -> None:
    path = QPainterPath()
    assert abs(lost(lambda: path.moveTo(1, 2))) < CALLS / 10


def test_a_painter_keeps_none(painter: QPainter) -> None:
    assert abs(lost(lambda: painter.drawLine(1, 1, 2, 2))) < CALLS / 10
