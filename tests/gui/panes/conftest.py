"""One look for each module of this folder: panes are costly to dress, and these tests change no colours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from encoder.gui.look import Look
from tests.gui.look.dress import dressed


@pytest.fixture(scope="module")
def look(qapp: QApplication) -> Iterator[Look]:
    yield from dressed(qapp)
