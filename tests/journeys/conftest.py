"""The window that every journey of a module goes through."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.gui.look.dress import body_font
from tests.screen import Screen


@pytest.fixture(scope="module")
def screen(qapp: QApplication, database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    with body_font(qapp):
        screen = Screen(qapp, database, tmp_path_factory.mktemp("settings") / "settings.ini")
        screen.window.setUpdatesEnabled(False)  # laid out and clicked, but not painted: nobody looks
        yield screen
        screen.close()
