"""Answers given in the window, and the time until the page that follows is painted."""

from __future__ import annotations

import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median
from typing import NamedTuple

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.cases import CASES_HELD, PASSPHRASE, fill
from benchmarks.opened import HEIGHT, WIDTH, after_paint
from benchmarks.run import ROOT
from encoder import paths
from encoder.core.cases import Case
from encoder.gui.desk import Desk
from encoder.gui.settings import Settings
from encoder.gui.start import Opening, open_with
from encoder.store.case_file import read_cases

WORDS = 1000
ROUNDS = 4  # the first warms up and is not counted
SETTLED_MS = 30  # after which a page that was painted has drawn its last correction
PATIENCE_MS = 10_000


class Answered(NamedTuple):
    """An answer, the kind of page that it led to, and the milliseconds that took on the clock and in the processor."""

    question: str
    led_to: str
    clock: float
    processor: float


def once() -> dict[str, object]:
    """The first golden case, answered once."""
    return _asked(1, 1)


def golden() -> dict[str, object]:
    """All golden cases, answered again and again."""
    return _asked(None, ROUNDS)


def noted() -> dict[str, object]:
    """The same with a note of a thousand words beside the questions."""
    text = ""
    for file in sorted((ROOT / "tests" / "notes" / "tuned").glob("*.txt")):
        if len(text.split()) < WORDS:
            text += file.read_text(encoding="utf-8")
    return _asked(None, ROUNDS, text)


def kept() -> dict[str, object]:
    """All golden cases again, each kept encrypted after every answer, in a store that holds many."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "cases"
        fill(store, PASSPHRASE, CASES_HELD)
        return _asked(None, ROUNDS, store=store)


def _asked(many: int | None, rounds: int, note: str = "", store: Path | None = None) -> dict[str, object]:
    """Each answer of the golden cases, from the moment it is given until the next page is painted.

    Gives milliseconds on the clock and in the processor, the median of the rounds after the first for each answer:
    ``questions`` where another question came, ``ends`` where a result or a query did.
    """
    app = QApplication([])
    cases = [case for case in read_cases(paths.cases()) if case.id.startswith("golden_")][:many]
    opening = Opening(paths.database(), paths.resources(), date(2026, 5, 1), cases=store)
    window = open_with(app, opening, Settings.of_user(), at_once=True)
    desk = window.centralWidget()
    assert isinstance(desk, Desk)
    window.resize(WIDTH, HEIGHT)
    window.show()
    if store is not None:
        loop = QEventLoop()
        desk.keeper.opened.connect(loop.quit)
        desk.keeper.unlock(PASSPHRASE)
        loop.exec()
    found: dict[tuple[str, str], list[Answered]] = {}
    for counted in range(rounds):
        for case in cases:
            for answered in _answer(app, desk, case, note):
                if counted or rounds == 1:
                    found.setdefault((case.id, answered.question), []).append(answered)
    times: dict[str, list[tuple[float, float]]] = {"questions": [], "ends": []}
    for given in found.values():
        kind = "questions" if given[0].led_to == "question" else "ends"
        times[kind].append((median(one.clock for one in given), median(one.processor for one in given)))
    desk.keeper.close()
    return {"cases": len(cases) * rounds, **times}


def _answer(app: QApplication, desk: Desk, case: Case, note: str) -> list[Answered]:
    """Answer a case in the window, its details too, with a note if there is one."""
    desk.work.start_new()
    if note:
        desk.case.right.note.add_text(note)
        while desk.case.right.note.reader.busy():
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    desk.bar.dated.emit(case.on)
    desk.bar.claimed.emit(case.answers.get("claim", "surgeon"))
    found: list[Answered] = []
    while True:
        if desk.case.kind == "result":
            desk.session.ask_details()
        QTest.qWait(SETTLED_MS)
        view = desk.view()
        asked = view.ask.question if view is not None and view.ask is not None else ""
        if asked not in case.answers or any(asked == answered.question for answered in found):
            return found
        found.append(_give(app, desk, asked, case.answers[asked]))


def _give(app: QApplication, desk: Desk, question: str, answer: str) -> Answered:
    """Give an answer as a key or a click gives it, and wait until the page that follows is painted."""
    painted: list[tuple[float, float]] = []
    began, worked = time.perf_counter(), time.process_time()
    desk.case.question.answered.emit(question, answer)
    shown = {"question": desk.case.question.answers.viewport(), "result": desk.case.result, "stop": desk.case.stop.band}
    after_paint(shown[desk.case.kind], lambda: painted.append((time.perf_counter(), time.process_time())))
    patience = QTimer(singleShot=True, interval=PATIENCE_MS)
    patience.start()
    while not painted and patience.isActive():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    if not painted:
        raise SystemExit(f"Nothing was painted after '{question}' was answered with '{answer}'.")
    ((ended, rested),) = painted
    return Answered(question, desk.case.kind, (ended - began) * 1000, (rested - worked) * 1000)
