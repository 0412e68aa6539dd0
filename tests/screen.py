"""The real window on the real tree and tables, worked as a coder works it: by rows, buttons and keys."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QModelIndex, QPoint, Qt, QTimer, SignalInstance
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from shiboken6 import isValid

from encoder import paths
from encoder.core.case_state import DATE
from encoder.core.cases import Case
from encoder.core.tree.walk import parse_answer
from encoder.core.view import View
from encoder.gui.desk import Desk
from encoder.gui.look import Look
from encoder.gui.place_bar import CLAIMS
from encoder.gui.searching import Sought
from encoder.gui.settings import Settings
from encoder.gui.start import Opening, open_with
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.rows import RowList
from tests.gui.look.dress import body_font

ON = date(2026, 5, 1)
NOW = datetime(2026, 11, 26, 9, 15)  # noqa: DTZ001 - the clock of the window, in local time
SIZE = (1366, 768)


class Screen:
    """One window. Its settings are a file of its own, so nothing of the user's is read or written."""

    def __init__(
        self,
        app: QApplication,
        database: Path,
        settings: Path,
        *,
        on: date = ON,
        case: str = "",
        note: Path | None = None,
        compact: bool = False,
        size: tuple[int, int] | None = SIZE,
        resources: Path | None = None,
        fault: str = "",
        editions: Path | None = None,
        own: Path | None = None,
        cases: Path | None = None,
    ) -> None:
        """``size`` in px; None leaves the window as large as it makes itself. ``editions`` is the folder of imports,
        ``own`` the file of favourites and notes, ``cases`` the folder of the encrypted cases; None keeps them as long
        as the window.
        """
        self.app = app
        self._before = sys.excepthook
        self.settings = Settings(settings)
        files = editions, own, cases
        opening = Opening(database, resources or paths.resources(), on, case, note, compact, fault, *files, lambda: NOW)
        self.window: QMainWindow = open_with(app, opening, self.settings, at_once=True)
        self.hook = sys.excepthook
        if size is not None:
            self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        self.settle()

    @property
    def desk(self) -> Desk:
        """What the window holds."""
        held = self.window.centralWidget()
        assert isinstance(held, Desk)
        return held

    @property
    def look(self) -> Look:
        """The look of the window."""
        return next(child for child in self.window.children() if isinstance(child, Look))

    def close(self) -> None:
        """Close the window and let go of it at once, so that it hears nothing of later tests."""
        if not isValid(self.window):
            return
        sys.excepthook = self._before
        if isinstance(self.window.centralWidget(), Desk):
            self.desk.keeper.close()
        self.window.close()
        self.window.deleteLater()
        self.app.sendPostedEvents(self.window, QEvent.Type.DeferredDelete)

    def settle(self) -> None:
        """Let the window lay out and paint."""
        self.app.processEvents()

    def wait(self, signal: SignalInstance, doing: Callable[[], object], milliseconds: int = 60_000) -> None:
        """Do something, and let the window work until a signal comes."""
        heard, loop = list[bool](), QEventLoop()

        def hear(*_: object) -> None:
            heard.append(True)
            loop.quit()

        signal.connect(hear)
        doing()
        if not heard:
            QTimer.singleShot(milliseconds, loop, loop.quit)
            loop.exec()
        signal.disconnect(hear)
        assert heard, f"no {signal} within {milliseconds} ms"
        self.settle()

    def look_for(self, text: str) -> None:
        """Type a text into the search that has the focus, and wait until what it finds is shown."""
        found = False
        searching = self.desk.book.searching

        def hear(sought: Sought) -> None:
            nonlocal found
            found = found or sought.wish.text == text

        searching.found.connect(hear)
        self.type(text)
        while not found:
            self.wait(searching.found, lambda: None)
        searching.found.disconnect(hear)

    # -- what is on it ------------------------------------------------------------------------------------------------

    def view(self) -> View:
        """The case as it is shown."""
        view = self.desk.view()
        assert view is not None
        return view

    def asked(self) -> str:
        """The question asked, or an empty string at an end."""
        view = self.view()
        return view.ask.question if view.ask else ""

    def focus(self) -> QWidget:
        """What has the focus."""
        focus = self.window.focusWidget()
        assert focus is not None
        return focus

    def offered(self) -> list[str]:
        """The ids of the answers in the list."""
        return [row.option.id for row in self.desk.case.question.answers.rows() if row.option]

    # -- what a coder does --------------------------------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Press keys on whatever has the focus: "Ctrl+Shift+C", "Backspace", "3"."""
        for key in keys:
            words = key.split("+") if key != "+" else [key]
            modifiers = Qt.KeyboardModifier.NoModifier
            for word in words[:-1]:
                modifiers |= _MODIFIERS[word]
            named = _NAMES.get(words[-1], words[-1].upper())
            QTest.keyClick(self.focus(), getattr(Qt.Key, f"Key_{named}"), modifiers)

    def type(self, text: str) -> None:
        """Type a text into whatever has the focus."""
        QTest.keyClicks(self.focus(), text)

    def click_row(self, view: RowList, index: QModelIndex) -> None:
        """Click a row of a list, scrolled into sight."""
        view.scrollTo(index)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())

    def click_answer(self, answer: str) -> None:
        """Click the row of an answer."""
        answers = self.desk.case.question.answers
        rows = [row.option.id if row.option else "" for row in answers.rows()]
        assert answer in rows, f"{self.asked()} does not offer {answer}, only {' '.join(filter(None, rows))}"
        self.click_row(answers, answers.model().index(rows.index(answer), 0))

    def click_step(self, question: str) -> None:
        """Click a step of the way, opened where the window is narrow."""
        if not self.desk.case.way.isVisible():
            self.desk.case.way_line.click()
        steps = self.desk.case.way.steps
        names = [step.id for step in steps.steps()]
        assert question in names, f"{question} is no step of the way: {' '.join(names)}"
        self.click_row(steps, steps.model().index(names.index(question), 0))

    def button(self, begins: str) -> KeyButton:
        """The button in sight whose words begin so."""
        found = [each for each in self.desk.findChildren(KeyButton) if each.text().startswith(begins)]
        return next(each for each in found if each.isVisible())

    def answer(self, ids: str) -> None:
        """Answer the question that is asked; several ids are joined by a plus."""
        page, asked = self.desk.case.question, self.asked()
        wanted, offered = ids.split("+"), self.offered()
        if page.takes_several():
            for each in offered:
                if (each in wanted) != (each in page.answers.ticked_ids()):
                    self.click_answer(each)
                if self.asked() != asked:
                    return  # given alone and at once
            self.button("Take ").click()
        else:
            self.click_answer(ids if ids in offered else next(each for each in offered if ids.startswith(each)))
            if self.asked() == asked and page.code is self.focus():  # the seventh character of a diagnosis
                self.type(ids.removeprefix(page.code.text()))
                self.press("Enter")

    def go_on(self, answers: Mapping[str, str]) -> None:
        """Answer whatever is asked as ``answers`` say, details too, until they have nothing more to say."""
        session, asked = self.desk.session, None
        while True:
            view = self.view()
            if view.ask and view.ask.question in answers:
                assert view.ask.question != asked, f"{asked} is asked again after {answers[asked or '']}"
                asked = view.ask.question
                self.answer(answers[asked])
                assert asked in session.answers, f"{asked} did not take {answers[asked]}"
                continue
            details = [step.question for step in view.way if step.state == "assumed"]
            wanted = [question for question in details if question in answers]
            if not wanted:
                break
            if details[0] == wanted[0] and not view.ask:
                self.button("Ask the details").click()
            else:
                self.click_step(wanted[0])
        if view.ask and view.ask.refines:
            self.press("Escape")

    def play(self, case: Case) -> None:
        """Work a case from its beginning."""
        self.desk.bar.new.click()
        self.set_date(case.on)
        self.set_claim(case.answers.get("claim", "surgeon"))
        self.go_on(case.answers)

    def go_over_to(self, case: Case) -> None:
        """Work a case from where the last one parts from it: back with Backspace, then on."""
        desk = self.desk
        given, wanted = desk.session.answers, self._values(case)
        same = [question for question, values in given.items() if wanted.get(question) == values]
        if self.view().on != case.on or "claim" not in same or 2 * len(same) < len(given):
            self.play(case)
            return
        while any(wanted.get(question) != values for question, values in desk.session.answers.items()):
            before = self.view()
            desk.case.page().focus_main()
            self.press("Backspace")
            assert self.view() is not before
        self.go_on(case.answers)

    def _values(self, case: Case) -> dict[str, frozenset[str]]:
        session = self.desk.session
        return {name: parse_answer(session.tree, session.book, name, text) for name, text in case.answers.items()}

    def set_date(self, on: date) -> None:
        """Type the date of service."""
        if self.view().on != on:
            self.click_step(DATE)
            self.focus().setProperty("text", "")
            self.type(on.isoformat())
            self.press("Escape")

    def read_note(self, text: str) -> None:
        """Paste a note and wait until it is read."""
        pane = self.desk.case.right.note
        pane.add_text(text)
        self.wait_for_note()

    def flush_cases(self) -> None:
        """Wait until all that was asked of the store of cases is done."""
        loop, keeper = QEventLoop(), self.desk.keeper
        keeper.read(keeper.rows()[0].id, lambda _kept: loop.quit())
        loop.exec()
        self.settle()

    def wait_for_note(self) -> None:
        """Wait until nothing is being read any more."""
        reader = self.desk.case.right.note.reader
        if reader.busy():
            loop = QEventLoop()
            reader.ended.connect(loop.quit)
            loop.exec()
            reader.ended.disconnect(loop.quit)
        self.settle()

    def start_again(self) -> None:
        """A new case, as when the window opened."""
        desk = self.desk
        if "finder" in vars(desk) and desk.finder.isVisible():
            desk.finder.close_palette()
        desk.work.start_new()
        desk.bar.unfold(unfolded=False)
        desk.session.set_date(ON)
        self.set_claim("surgeon")
        desk.hints.clear_message()
        desk.case.focus_main()

    def set_claim(self, claim: str) -> None:
        """Choose whose claim it is in the bar, or at the question where the bar has no word for it."""
        if claim not in dict(CLAIMS):
            self.click_step("claim")
            self.answer(claim)
        elif claim != self.view().claim:
            self.desk.bar.claim.segment(claim).click()

    def point_at(self, view: RowList, row: int) -> None:
        """Put the pointer over a row."""
        QTest.mouseMove(view.viewport(), view.visualRect(view.model().index(row, 0)).center() + QPoint(1, 0))


@contextmanager
def own_screen(app: QApplication, database: Path, folder: Path) -> Iterator[Screen]:
    """A window whose settings and imported editions lie in a folder of its own."""
    with body_font(app):
        screen = Screen(app, database, folder / "settings.ini", editions=folder / "editions")
        yield screen
        screen.close()


_MODIFIERS = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
}
_NAMES = {"Enter": "Return", "Backspace": "Backspace", "Escape": "Escape"} | {
    name: name for name in ("Up", "Down", "Left", "Right", "Tab", "Space", "Home", "End", "Delete")
}
