"""Keeping cases in the real window: what is saved and when, taken up again, locked, deleted, and what goes wrong."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from encoder.core.kept import Kept
from encoder.core.tree.model import NOT_DOCUMENTED
from encoder.errors import SetupError
from encoder.gui.keeper import Keeper
from encoder.gui.pages.cases.page import CasesPage
from encoder.gui.widgets.door import Door
from encoder.gui.widgets.lines import IconLine
from encoder.gui.widgets.text import Words
from encoder.store.cases import Cases
from tests.gui.look.dress import body_font
from tests.screen import Screen
from tests.shots import ANSWERED, DONOR, NOTE, TUMOUR

pytestmark = pytest.mark.usefixtures("cheap_key")
PASSPHRASE = "a sentence to keep"
STOP = {**TUMOUR, "graft_form": NOT_DOCUMENTED}
Open = Callable[[], Screen]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cases"


@pytest.fixture
def opened(qapp: QApplication, database: Path, tmp_path: Path, folder: Path) -> Iterator[Open]:
    """Opens a window on the cases, one at a time: the one before is closed."""
    screens: list[Screen] = []

    def open_one() -> Screen:
        for screen in screens:
            screen.close()
        screens.append(Screen(qapp, database, tmp_path / "settings.ini", cases=folder))
        return screens[-1]

    with body_font(qapp):
        yield open_one
        for screen in screens:
            screen.close()


def keeper(screen: Screen) -> Keeper:
    return screen.desk.keeper


def enter(screen: Screen, passphrase: str = PASSPHRASE) -> None:
    """Type the passphrase at the door, and wait until the cases are open."""
    screen.type(passphrase)
    screen.wait(keeper(screen).opened, lambda: screen.press("Enter"))


def begin(screen: Screen) -> None:
    """Ctrl+S where no cases are kept yet, and a new passphrase."""
    screen.press("Ctrl+S")
    screen.type(PASSPHRASE)
    screen.press("Enter")
    enter(screen)


def foot(screen: Screen) -> str:
    return screen.desk.hints.right()


def told(screen: Screen) -> str:
    """The message in the hint bar, and the note to it."""
    return screen.desk.hints.text()


def kept(folder: Path) -> list[Kept]:
    """Everything that is in the file, by the label of the case."""
    with closing(Cases.open(folder, PASSPHRASE)) as store:
        return sorted((store.read(row.id) for row in store.rows()), key=lambda each: each.state.case)


def labels(screen: Screen) -> list[str]:
    return [row.label for row in keeper(screen).rows()]


def page(screen: Screen) -> CasesPage:
    made = screen.desk.stage.page_of("cases")
    assert isinstance(made, CasesPage)
    return made


def resume(screen: Screen, label: str) -> None:
    """Resume a case from the list."""
    screen.press("Ctrl+2")
    lines = page(screen).table.cases.rows()
    at = next(place for place, line in enumerate(lines) if line.label == label)
    page(screen).table.setCurrentIndex(page(screen).table.cases.index(at, 0))
    screen.wait(keeper(screen).taken_up, lambda: screen.press("Enter"))
    screen.wait_for_note()


# -- saving ------------------------------------------------------------------------------------------------------------


def test_nothing_is_stored_until_somebody_chooses_a_passphrase(opened: Open, folder: Path) -> None:
    screen = opened()
    screen.read_note(NOTE)
    screen.go_on({**TUMOUR, "graft_form": "osteoarticular"})
    assert foot(screen) == "Nothing about a case is stored"
    assert not folder.exists()


def test_a_case_is_saved_with_its_note_its_quotes_and_its_query(opened: Open, folder: Path) -> None:
    screen = opened()
    screen.desk.bar.case.setFocus()
    screen.type("12-044")
    screen.press("Escape")
    screen.read_note(NOTE)
    screen.go_on(STOP)
    begin(screen)
    assert told(screen).startswith("Saved with its note, quotes and queries.")
    assert foot(screen) == "Saved 09:15 with its note, encrypted"
    stop = screen.desk.case.stop
    stop.draft.setPlainText(f"{stop.text()}\nThank you.")
    screen.press("Ctrl+Shift+C")  # the query was handed over
    text, quotes = stop.text(), {step.question: step.quotes for step in screen.view().way}

    screen = opened()
    assert not screen.desk.rail.isVisible()
    enter(screen)
    resume(screen, "12-044")
    assert told(screen).startswith("12-044 goes on.")
    assert screen.desk.case.right.note.text() == NOTE
    assert screen.desk.case.stop.text() == text
    assert {step.question: step.quotes for step in screen.view().way} == quotes
    assert any(quotes.values())
    assert keeper(screen).rows()[0].standing.kind == "waiting"
    assert screen.view().case == screen.desk.bar.case.text() == "12-044"
    screen.press("Ctrl+Enter")
    screen.answer("osteoarticular")
    screen.go_on(ANSWERED)
    screen.close()
    (again,) = kept(folder)
    assert [document.text for document in again.documents] == [NOTE]
    assert again.state.answers["graft_form"] == {"osteoarticular"}


CRASH = """
import os, signal, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from tests.gui.look.dress import body_font
from tests.gui.test_keeping import PASSPHRASE
from tests.screen import Screen
from tests.shots import DONOR

database, home = map(Path, sys.argv[1:])
app = QApplication([])
with body_font(app):
    screen = Screen(app, database, home / "settings.ini", cases=home / "cases")
    keeper = screen.desk.keeper
    screen.wait(keeper.opened, lambda: keeper.make(PASSPHRASE))
    screen.desk.bar.case.setFocus()
    screen.type("12-044")
    screen.press("Escape")
    screen.go_on(DONOR)
    screen.flush_cases()
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system kills in other ways")
def test_after_a_crash_the_case_goes_on_at_its_question(opened: Open, database: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", CRASH, str(database), str(tmp_path)]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], timeout=120, check=False)
    assert done.returncode == -signal.SIGKILL
    screen = opened()
    enter(screen)
    assert told(screen).startswith("12-044 is in progress. Ctrl+2 and Enter resume it.")
    resume(screen, "12-044")
    assert screen.asked() == "main_procedure"
    assert screen.desk.session.answers.keys() == {"claim", *DONOR}


def test_answers_are_kept_as_they_are_given_and_the_note_is_not(opened: Open, folder: Path) -> None:
    """The window is not closed well: what was answered is there all the same."""
    screen = opened()
    begin(screen)
    assert foot(screen) == "Saved from the first answer on, encrypted"
    screen.read_note(NOTE)
    screen.go_on(STOP)
    screen.desk.case.stop.draft.setPlainText("The words of the note.")
    screen.flush_cases()
    assert foot(screen) == "Answers saved 09:15, encrypted; the note is not: Ctrl+S"
    cases = keeper(screen)._cases
    keeper(screen)._cases = None  # as a crash leaves it: nothing more is written
    keeper(screen).close()
    assert cases is not None
    with pytest.raises(Exception, match="thread"):
        cases.rows()  # it belongs to the thread that is gone
    del cases
    (bare,) = kept(folder)
    assert bare.state.answers.keys() >= STOP.keys() - {"claim"}
    assert (bare.documents, bare.drafts, bare.state.evidence) == ((), {}, {})


def test_what_changes_after_saving_is_saved(opened: Open, folder: Path) -> None:
    screen = opened()
    screen.read_note(NOTE)
    begin(screen)
    screen.go_on(STOP)
    screen.desk.case.stop.draft.setPlainText("My own words.")
    screen.desk.case.right.note.add_text("An addendum.")
    screen.wait_for_note()
    screen.desk.bar.case.setFocus()
    screen.type("12-045")
    screen.close()
    (again,) = kept(folder)
    assert again.state.case == "12-045"
    assert [document.text for document in again.documents] == [NOTE, "An addendum."]
    assert again.drafts == {"graft_form": "My own words."}
    assert again.state.evidence


def test_an_empty_case_is_not_kept(opened: Open, folder: Path) -> None:
    screen = opened()
    begin(screen)
    assert (
        screen.desk.hints.message() == "Nothing to save yet: answer a question, give the case a label, or add its note."
    )
    assert keeper(screen).rows() == ()
    screen.press("1")
    assert len(keeper(screen).rows()) == 1
    screen.press("Ctrl+Z")
    assert keeper(screen).rows() == ()
    screen.press("Ctrl+N", "Ctrl+N")
    screen.close()
    assert kept(folder) == []


def test_a_note_alone_can_be_saved(opened: Open, folder: Path) -> None:
    screen = opened()
    screen.read_note(NOTE)
    begin(screen)
    screen.close()
    (again,) = kept(folder)
    assert [document.text for document in again.documents] == [NOTE]


# -- one case after the other -----------------------------------------------------------------------------------------


def test_undo_leads_back_into_the_case_before_with_its_note(opened: Open, folder: Path) -> None:
    screen = opened()
    screen.read_note(NOTE)
    screen.desk.session.set_case("first")
    screen.go_on(STOP)
    begin(screen)
    screen.desk.case.stop.draft.setPlainText("My own words.")
    screen.press("Ctrl+N")
    assert told(screen).startswith("A new case. The last one is saved; Ctrl+Z brings it back.")
    assert screen.desk.case.right.note.text() == ""
    screen.desk.session.set_case("second")
    screen.press("1")
    screen.read_note("Another note.")
    assert sorted(labels(screen)) == ["first", "second"]
    screen.press("Ctrl+Z", "Ctrl+Z")
    screen.wait_for_note()
    assert screen.view().case == "first"
    assert screen.desk.case.right.note.text() == NOTE
    assert screen.desk.case.stop.text() == "My own words."
    screen.press("Ctrl+Z")
    screen.answer("chips")
    screen.close()
    first, second = kept(folder)
    assert (first.state.case, [document.text for document in first.documents]) == ("first", [NOTE])
    assert first.state.answers["graft_form"] == {"chips"}
    assert (second.state.case, second.documents) == ("second", ())


def test_without_a_store_undo_brings_back_the_answers_alone(screen: Screen) -> None:
    screen.read_note(NOTE)
    screen.go_on(STOP)
    screen.press("Ctrl+N")
    assert told(screen).startswith("A new case. Ctrl+Z brings the answers of the last one back; its note")
    screen.read_note("Another note.")
    screen.press("Ctrl+Z")
    assert screen.view().result is not None
    assert screen.desk.case.right.note.text() == ""  # the note of the other case does not stay with this one


def test_a_case_is_taken_up_while_another_is_at_work(opened: Open, folder: Path) -> None:
    screen = opened()
    screen.desk.session.set_case("first")
    screen.go_on(DONOR)
    screen.read_note(NOTE)
    begin(screen)
    screen.press("Ctrl+N")
    screen.desk.session.set_case("second")
    screen.press("1")
    resume(screen, "first")
    assert (screen.view().case, screen.desk.case.right.note.text()) == ("first", NOTE)
    screen.press("Ctrl+2", "Enter")  # the case at work is only gone to
    assert screen.desk.page() is screen.desk.case
    screen.press("Ctrl+Z")
    assert (screen.view().case, screen.desk.case.right.note.text()) == ("second", "")
    resume(screen, "first")
    screen.close()
    assert [each.state.case for each in kept(folder)] == ["first", "second"]


def test_answers_that_are_no_longer_known_are_told(opened: Open, folder: Path) -> None:
    screen = opened()
    screen.desk.session.set_case("old")
    screen.press("1")
    begin(screen)
    screen.flush_cases()
    row = keeper(screen).rows()[0]
    screen.close()
    with closing(Cases.open(folder, PASSPHRASE)) as store:
        before = store.read(row.id)
        answers = {**before.state.answers, "shoe_size": frozenset(("9",)), "bone": frozenset(("wing",))}
        store.keep(row, replace(before, state=replace(before.state, answers=answers)))
    screen = opened()
    enter(screen)
    resume(screen, "old")
    assert told(screen).startswith("old goes on. No longer known, answer it again: shoe_size, Bone.")
    screen.close()
    (again,) = kept(folder)
    assert again.state.answers == answers  # opening a case is no change of it


# -- the list ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def listed(opened: Open) -> Screen:
    """Three cases: one decided, one that waits for a query, one just begun."""
    screen = opened()
    begin(screen)
    for label, answers in (("decided", {**TUMOUR, "graft_form": "osteoarticular", **ANSWERED}), ("stop", STOP)):
        screen.desk.session.set_case(label)
        screen.go_on(answers)
        screen.press("Ctrl+N")
    screen.desk.session.set_case("begun")
    screen.press("1", "Ctrl+2")
    screen.flush_cases()
    return screen


def shown(screen: Screen) -> list[str]:
    return [line.label for line in page(screen).table.cases.rows()]


def test_the_list_is_filtered_and_searched(listed: Screen) -> None:
    assert sorted(shown(listed)) == ["begun", "decided", "stop"]
    for number, wanted in ((2, ["begun"]), (3, ["stop"]), (4, []), (5, ["decided"])):
        listed.press(f"Alt+{number}")
        assert shown(listed) == wanted
    listed.press("Alt+1", "Ctrl+F")
    listed.type("20932")
    assert shown(listed) == ["decided"]
    listed.press("Escape")
    assert len(shown(listed)) == 3
    listed.type("nobody")
    assert shown(listed) == []
    assert page(listed).nothing.findChildren(Words)[0].text() == "No such case"
    listed.press("Escape")
    listed.type("sur geon")
    assert shown(listed) == ["stop"]
    listed.press("Enter")
    assert listed.focus() is page(listed).table


def test_a_case_is_shown_beside_the_list(listed: Screen) -> None:
    listed.press("Ctrl+F")
    listed.type("decided")
    listed.press("Enter")
    listed.flush_cases()
    side = page(listed).side
    assert ("main_procedure", "Radical resection") in [(fact.id, fact.text) for fact in side.answers.facts()]
    where = side.findChildren(IconLine)[0].text()
    assert where.startswith("Decided: this primary may carry the add-on")
    assert "27365-LT" in where


def test_a_case_is_deleted_and_brought_back(listed: Screen, folder: Path) -> None:
    listed.press("Ctrl+F")
    listed.type("stop")
    listed.press("Enter")
    listed.wait(keeper(listed).listed, lambda: listed.press("Delete"))
    assert told(listed).startswith("Deleted stop. Ctrl+Z brings it back.")
    assert sorted(labels(listed)) == ["begun", "decided"]
    listed.press("Ctrl+Z")
    assert sorted(labels(listed)) == ["begun", "decided", "stop"]
    listed.press("Ctrl+Z")  # nothing more to bring back, and the case at work is left alone
    page(listed).search.clear()
    listed.flush_cases()
    at_work = keeper(listed).row()
    assert at_work is not None
    page(listed).drop_case(at_work.id)
    listed.wait(keeper(listed).listed, lambda: None)
    assert sorted(labels(listed)) == ["decided", "stop"]
    assert listed.desk.session.answers.keys() == {"claim"}
    listed.close()
    assert [each.state.case for each in kept(folder)] == ["decided", "stop"]


def test_a_deleted_case_does_not_outlast_the_lock(listed: Screen, folder: Path) -> None:
    listed.press("Home")
    listed.wait(keeper(listed).listed, lambda: listed.press("Delete"))
    assert page(listed).can_take_back()
    listed.press("Ctrl+L")
    enter(listed)
    assert not page(listed).can_take_back()
    listed.press("Ctrl+2", "Ctrl+Z")
    assert len(keeper(listed).rows()) == 2


def test_the_list_is_exported(listed: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from encoder.gui import files

    file = tmp_path / "list.csv"
    monkeypatch.setattr(files, "save_file", lambda *_: None)
    page(listed).csv.click()
    assert not file.exists()
    monkeypatch.setattr(files, "save_file", lambda *_: file)
    listed.press("Alt+5")
    page(listed).csv.click()
    assert "decided,2026-05-01,surgeon" in file.read_text(encoding="utf-8-sig")
    assert len(file.read_text(encoding="utf-8-sig").splitlines()) == 2
    assert told(listed).startswith("Wrote list.csv.")
    monkeypatch.setattr(files, "save_file", lambda *_: tmp_path)
    page(listed).csv.click()
    assert page(listed).fault.text().startswith("The list of cases cannot be written to")


def test_an_empty_list_is_left_by_escape(opened: Open) -> None:
    screen = opened()
    begin(screen)
    screen.press("Ctrl+2")
    assert screen.focus().accessibleName() == "No case yet. A case stands here from its first answer on."
    screen.press("Ctrl+F", "Escape", "Escape")
    assert screen.desk.page() is screen.desk.case


def test_the_keys_of_the_list(listed: Screen) -> None:
    table = page(listed).table

    def at() -> int:
        return table.currentIndex().row()

    listed.press("Home")
    assert at() == 0
    listed.press("Down", "Down", "Down")
    assert at() == 2
    listed.press("Up", "End", "Home")
    assert at() == 0
    QTest.keyClick(table, Qt.Key.Key_PageDown)
    assert at() == 2
    QTest.keyClick(table, Qt.Key.Key_PageUp)
    assert at() == 0
    listed.press("Up")
    assert listed.focus() is page(listed).search
    names = {action.name for action in page(listed).commands()}
    assert {"Search the cases", "Export the list of cases", "Choose another passphrase"} <= names
    listed.press("Ctrl+L")
    assert page(listed).commands() == []


# -- the door ---------------------------------------------------------------------------------------------------------


def said(door: Door) -> list[str]:
    return [line.text() for line in door.findChildren(IconLine) if line.isVisible()]


def test_a_new_passphrase_is_typed_twice_and_is_long_enough(opened: Open, folder: Path) -> None:
    screen = opened()
    screen.press("Ctrl+2")
    door = page(screen).make.door
    screen.press("Enter")
    assert "Type the passphrase." in said(door)
    screen.type("short")
    screen.press("Enter")
    assert screen.focus() is door.again
    screen.type("other")
    screen.press("Enter")
    assert "The two passphrases are not the same; type them again." in said(door)
    door.again.setText("short")
    screen.wait(keeper(screen).refused, lambda: screen.press("Enter"))
    assert "The passphrase has 5 characters; choose one of 12 or more." in said(door)
    assert not folder.exists() or not list(folder.iterdir())
    door.first.setText(PASSPHRASE)
    assert said(door) == [f"{len(PASSPHRASE)} characters: long enough."]
    door.again.setText(PASSPHRASE)
    screen.wait(keeper(screen).opened, door.go.click)
    assert (door.first.text(), door.again.text()) == ("", "")
    assert screen.desk.page() is page(screen)


def test_another_passphrase_opens_nothing(opened: Open) -> None:
    screen = opened()
    screen.press("1")
    begin(screen)
    screen = opened()
    door = screen.desk.keeping.gate.door
    assert screen.focus() is door.first
    screen.type("not the sentence")
    screen.wait(keeper(screen).refused, lambda: screen.press("Enter"))
    assert said(door) == ["This passphrase does not open the cases; type it again."]
    assert screen.focus() is door.first
    assert door.first.selectedText() == "not the sentence"
    screen.press("Ctrl+N", "Ctrl+K", "Escape", "F1", "Ctrl+2")  # no key works behind the door
    assert not screen.desk.rail.isVisible()
    enter(screen)
    assert screen.desk.rail.isVisible()


def test_one_can_work_without_the_cases_and_open_them_later(opened: Open, folder: Path) -> None:
    screen = opened()
    screen.press("1")
    begin(screen)
    screen = opened()
    screen.desk.keeping.gate.door.leave.click()
    assert foot(screen) == "Cases are locked: nothing is stored"
    screen.go_on(DONOR)
    screen.read_note(NOTE)
    assert keeper(screen).rows() == ()
    screen.press("Ctrl+L")
    assert told(screen).startswith("There is nothing to lock: no cases are open.")
    screen.press("Ctrl+S")
    enter(screen)
    assert screen.desk.page() is screen.desk.case
    assert foot(screen) == "Saved 09:15 with its note, encrypted"
    assert len(keeper(screen).rows()) == 2


def test_the_cases_are_locked_by_key_and_come_back_as_they_were(opened: Open, folder: Path) -> None:
    screen = opened()
    screen.read_note(NOTE)
    screen.go_on(DONOR)
    begin(screen)
    before = screen.view()
    screen.press("Ctrl+L")
    gate = screen.desk.keeping.gate
    assert gate.isVisible()
    assert not screen.desk.case.isVisible()
    assert not gate.door.leave.isVisible()
    screen.press("Ctrl+2", "Ctrl+S", "1")
    assert gate.door.first.text() == "1"
    gate.door.first.clear()
    assert keeper(screen).rows() == ()
    enter(screen)
    assert screen.view() == before
    assert screen.desk.case.right.note.text() == NOTE
    assert screen.focus() is screen.desk.case.question.answers
    assert len(keeper(screen).rows()) == 1


def test_the_cases_are_locked_when_nobody_is_there(opened: Open) -> None:
    screen = opened()
    idle = screen.desk.keeping.idle
    assert not idle.timer.isActive()
    begin(screen)
    assert idle.timer.remainingTime() > 9 * 60_000
    screen.desk.choose(replace(screen.settings.choices, lock_minutes=30))
    assert idle.timer.interval() == 30 * 60_000
    handle = screen.window.windowHandle()
    idle.timer.start(40)
    QTest.keyClick(handle, Qt.Key.Key_Shift)
    screen.wait(keeper(screen).shut, lambda: None)
    assert screen.desk.keeping.gate.isVisible()
    assert not idle.timer.isActive()


def test_the_passphrase_is_changed(opened: Open, folder: Path) -> None:
    screen = opened()
    screen.press("1")
    begin(screen)
    screen.press("Ctrl+2")
    page(screen).change.click()
    door = page(screen).other.door
    screen.press("Escape")
    assert not page(screen).asks_passphrase()
    page(screen).change.click()
    door.leave.click()
    assert not page(screen).asks_passphrase()
    page(screen).change.click()
    assert screen.focus() is door.old
    for field, text in (
        (door.old, "not it at all"),
        (door.first, "another sentence"),
        (door.again, "another sentence"),
    ):
        field.setText(text)
    screen.wait(keeper(screen).refused, door.go.click)
    assert "This passphrase does not open the cases; type it again." in said(door)
    door.old.setText(PASSPHRASE)
    door.go.click()
    screen.flush_cases()
    assert told(screen).startswith("From now on the new passphrase opens the cases.")
    screen = opened()
    enter(screen, "another sentence")


def test_two_windows_do_not_share_the_cases(opened: Open, folder: Path) -> None:
    screen = opened()
    screen.press("1")
    begin(screen)
    screen = opened()
    with closing(Cases.open(folder, PASSPHRASE)):
        screen.type(PASSPHRASE)
        screen.wait(keeper(screen).refused, lambda: screen.press("Enter"))
    (sentence,) = said(screen.desk.keeping.gate.door)
    assert sentence.startswith("Your cases are open in another window of the program")
    enter(screen)


def test_where_no_folder_is_set_nothing_can_be_kept(screen: Screen) -> None:
    screen.press("Ctrl+S")
    assert told(screen).startswith("No folder is set for cases; name one in GRAFTPATH_DATA.")


# -- what goes wrong ---------------------------------------------------------------------------------------------------


def test_what_could_not_be_written_is_said_and_tried_again(
    opened: Open, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = opened()
    screen.press("1")
    begin(screen)

    def full(*_: object) -> None:
        raise SetupError("The case was not saved: make room.")

    monkeypatch.setattr(Cases, "keep", full)
    screen.wait(keeper(screen).refused, lambda: screen.press("1"))
    assert foot(screen) == "Not saved: see Cases"
    assert told(screen).startswith("The case was not saved: make room.")
    screen.press("Ctrl+2")
    assert page(screen).fault.text() == "The case was not saved: make room."
    screen.press("Escape")
    monkeypatch.undo()
    screen.press("Ctrl+S")  # nothing changed since: what was not written is tried again
    screen.flush_cases()
    assert foot(screen) == "Saved 09:15 with its note, encrypted"
    screen.press("1")
    screen.flush_cases()
    assert foot(screen).startswith("Saved 09:15")
    answers = screen.desk.session.answers
    screen.close()
    monkeypatch.undo()
    (again,) = kept(folder)
    assert again.state.answers == answers


def test_what_could_not_be_written_before_locking_is_written_after(
    opened: Open, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = opened()
    screen.press("1")
    begin(screen)

    def full(*_: object) -> None:
        raise SetupError("The case was not saved: make room.")

    monkeypatch.setattr(Cases, "keep", full)
    screen.wait(keeper(screen).refused, lambda: screen.press("1"))
    screen.wait(keeper(screen).refused, lambda: screen.press("Ctrl+L"))
    monkeypatch.undo()
    enter(screen)
    screen.flush_cases()
    assert keeper(screen).fault == ""
    assert len(keeper(screen).rows()) == 1
    answers = screen.desk.session.answers
    screen.close()  # nothing changed since
    (again,) = kept(folder)
    assert again.state.answers == answers
