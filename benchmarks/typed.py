"""Letters typed into the palette of the window: how long each holds the window, and when its hits are painted."""

from __future__ import annotations

import time
import tomllib
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.opened import HEIGHT, WIDTH, after_paint
from encoder import paths
from encoder.gui.desk import Desk
from encoder.gui.palette import Palette
from encoder.gui.searching import Sought
from encoder.gui.settings import Settings
from encoder.gui.start import Opening, open_with

QUERIES = Path(__file__).resolve().parents[1] / "tests" / "search" / "queries.toml"
STEP = 12  # of the queries, every so-manieth is typed
PATIENCE_MS = 10_000


def letters() -> dict[str, object]:
    """Milliseconds for each letter: processor time of the window, and the clock until its hits are painted."""
    app = QApplication([])
    opening = Opening(paths.database(), paths.resources(), date(2026, 5, 1))
    window = open_with(app, opening, Settings.of_user(), at_once=True)
    desk = window.centralWidget()
    assert isinstance(desk, Desk)
    window.resize(WIDTH, HEIGHT)
    window.show()
    desk.open_finder()
    palette = desk.finder
    texts = [entry["text"] for entry in tomllib.loads(QUERIES.read_text(encoding="utf-8"))["query"]][::STEP]
    times: list[tuple[float, float]] = []
    for counted, text in enumerate([texts[0], *texts]):  # the first warms up and is not counted
        palette.field.clear()
        for letter in text:
            one = _type(app, palette, letter)
            if counted:
                times.append(one)
    return {"letters": times}


def _type(app: QApplication, palette: Palette, letter: str) -> tuple[float, float]:
    """Type one letter and wait until its hits are painted."""
    ended: list[float] = []
    wanted = palette.field.text() + letter

    def found(sought: Sought) -> None:
        if sought.wish.text == wanted:
            after_paint(palette.list.viewport(), lambda: ended.append(time.perf_counter()))
            palette.list.viewport().update()

    palette.book.searching.found.connect(found)
    began, worked = time.perf_counter(), time.thread_time()
    QTest.keyClicks(palette.field, letter)
    patience = QTimer(singleShot=True, interval=PATIENCE_MS)
    patience.start()
    blank = not wanted.strip()
    while not ended and not blank and patience.isActive():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    rested = time.thread_time()
    palette.book.searching.found.disconnect(found)
    if not ended and not blank:
        raise SystemExit(f"Nothing was painted after '{wanted}' was typed.")
    return (rested - worked) * 1000, ((ended or [time.perf_counter()])[0] - began) * 1000
