"""What the tests of the window may ask for: the look, and the real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from encoder.gui.look import Look
from tests.gui.look.dress import body_font, dressed
from tests.screen import SIZE, Screen


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    yield from dressed(qapp)


@pytest.fixture(scope="module")
def window(
    qapp: QApplication, database: Path, unmeasured: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Screen]:
    """The real window on the real tree and tables, one for a module."""
    with body_font(qapp):
        screen = Screen(qapp, database, tmp_path_factory.mktemp("settings") / "settings.ini")
        yield screen
        screen.close()


@pytest.fixture
def screen(window: Screen) -> Screen:
    """The same with a new case, at its usual size."""
    if window.window.size().toTuple() != SIZE:
        window.window.resize(*SIZE)
    window.window.activateWindow()
    window.start_again()
    window.settle()
    return window
