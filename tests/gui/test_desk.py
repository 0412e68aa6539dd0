"""The window as a whole: keys, focus, copying, help, messages, and a case done by keyboard alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QShortcut
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from encoder.errors import DataError
from encoder.gui.places import PLACES
from encoder.gui.settings import Choices
from tests.screen import SIZE, Screen
from tests.shots import ANSWERED, COMPACT, DONOR, FRACTURE, JOINT, NOTE, TUMOUR

STOP = {**TUMOUR, "graft_form": "not_documented"}


def copied() -> list[str]:
    return QGuiApplication.clipboard().text().split("\n")


def lines(screen: Screen) -> list[str]:
    return [line.code for line in screen.desk.case.result.band.lines.lines()]


def hints(screen: Screen) -> list[str]:
    return ["+".join(hint.keys) for hint in screen.desk.hints.hints()]


def key_of(wanted: str) -> str:
    """The key that goes to a place."""
    return f"Ctrl+{[one.id for one in PLACES].index(wanted) + 1}"


def place(screen: Screen) -> str:
    page = screen.desk.page()
    return next(one.id for one in PLACES if screen.desk.stage.page_of(one.id) is page)


# -- a case by keyboard -----------------------------------------------------------------------------------------------


def test_a_case_is_done_by_keyboard_alone(screen: Screen) -> None:
    """Osteosarcoma of the left distal femur, wide resection, osteoarticular allograft; then the side, then the copy."""
    screen.press("1", "1", "1", "1")  # donor bone, limb, radical resection, a joint surface
    assert screen.asked() == "bone"
    screen.type("dist fem")
    screen.press("Down", "Enter", "1")  # the one bone left, and the note describes the placing
    assert lines(screen) == ["27365", "20932"]
    screen.press("1")  # ask the details
    assert screen.asked() == "side"
    screen.press("1", "1", "1")  # left, malignant bone tumour of a limb, the first of its codes
    assert screen.asked() == "other_work"
    screen.press("2", "Enter", "Escape")  # internal fixation; the other details stay as usual
    assert lines(screen) == ["27365-LT", "20932"]
    screen.press("Ctrl+Shift+C")
    assert copied()[:2] == ["27365-LT", "20932"]


def test_the_map_answers_by_keyboard_where_it_stands_in_for_the_list(screen: Screen) -> None:
    screen.window.resize(*COMPACT)
    screen.go_on({**TUMOUR, "graft_form": "osteoarticular"})
    screen.press("Alt+M", "Down", "Down", "Enter")
    assert screen.asked() != "bone"
    assert "bone" in screen.desk.session.answers


# -- keys -------------------------------------------------------------------------------------------------------------


def test_digits_answer_only_while_the_answers_have_the_focus(screen: Screen) -> None:
    first = screen.asked()
    for focus in (screen.desk.bar.case, screen.desk.bar.date, screen.desk.strip, screen.desk.case.way.steps):
        focus.setFocus()
        screen.type("2")
        assert screen.asked() == first
    screen.press("Ctrl+N", "2")
    assert screen.asked() != first
    assert set(screen.desk.session.answers) == {"claim", first}


def test_a_note_takes_what_is_typed_and_answers_nothing(screen: Screen) -> None:
    first = screen.asked()
    screen.press("Alt+3")
    screen.type("12 fem")
    assert screen.asked() == first


def test_backspace_takes_the_last_answer_back_and_marks_it(screen: Screen) -> None:
    screen.go_on(DONOR)
    screen.press("Backspace")
    assert screen.asked() == "region"
    given = [row.option.id for row in screen.desk.case.question.answers.rows() if row.option and row.chosen]
    assert given == ["limb"]


def test_up_leads_to_the_way_and_enter_changes_an_answer(screen: Screen) -> None:
    screen.go_on(JOINT)
    screen.press("Up")
    assert screen.focus() is screen.desk.case.way.steps
    screen.press("Up", "Up", "Enter")
    assert screen.asked() == "graft_form"
    screen.press("3")
    assert lines(screen) == ["27365", "20934"]


def test_the_date_of_the_way_is_changed_in_the_bar(screen: Screen) -> None:
    screen.press("Up", "Home", "Enter")
    assert screen.focus() is screen.desk.bar.date
    screen.type("2025-11-30")
    assert screen.view().on == date(2025, 11, 30)
    screen.press("Escape")
    assert screen.focus() is screen.desk.case.question.answers


def test_undo_takes_back_answers_and_a_new_case(screen: Screen) -> None:
    screen.go_on(TUMOUR)
    screen.press("Ctrl+Z")
    assert screen.asked() == "main_procedure"
    screen.press("Ctrl+N")
    assert screen.asked() == "graft_material"
    screen.press("Ctrl+Z")
    assert screen.asked() == "main_procedure"


def test_a_new_case_forgets_label_note_and_draft(screen: Screen) -> None:
    screen.desk.bar.case.setFocus()
    screen.type("12-044")
    assert screen.desk.session.case == "12-044"
    screen.read_note(NOTE)
    screen.desk.case.focus_main()
    screen.go_on(STOP)
    screen.desk.case.stop.draft.setPlainText("My own words.")
    screen.press("Ctrl+N")
    assert (screen.desk.bar.case.text(), screen.desk.session.case) == ("", "")
    assert screen.desk.case.right.note.text() == ""
    screen.go_on(STOP)
    assert "My own words." not in screen.desk.case.stop.text()
    assert screen.desk.hints.message() == ""


def test_f6_goes_once_around_the_panes_and_back(screen: Screen) -> None:
    screen.go_on(TUMOUR)
    around = []
    for _ in range(7):
        around.append(screen.focus())
        screen.press("F6")
    desk = screen.desk
    assert screen.focus() is around[0] is desk.case.question.answers
    assert around[1] is desk.case.right.possible.possible.table
    assert around[2] is desk.case.right.note.view
    assert around[3] is desk.case.way.steps
    assert desk.rail.isAncestorOf(around[4])
    assert around[5] is desk.bar.case
    assert around[6] is desk.strip
    for expected in reversed(around):
        screen.press("Shift+F6")
        assert screen.focus() is expected


@pytest.mark.parametrize("size", [SIZE, (900, 700), COMPACT])
def test_tab_reaches_every_control_and_comes_back(screen: Screen, size: tuple[int, int]) -> None:
    screen.window.resize(*size)
    screen.go_on(FRACTURE)
    start, seen = screen.focus(), []
    for _ in range(40):
        seen.append(screen.focus())
        screen.press("Tab")
        if screen.focus() is start:
            break
    assert screen.focus() is start
    assert len(set(seen)) == len(seen)
    assert all(one.isVisible() for one in seen)


def test_alt_goes_to_the_parts_of_the_page(screen: Screen) -> None:
    case = screen.desk.case
    screen.press("Alt+2")
    assert screen.focus() is case.right.possible.possible.table
    screen.press("Alt+3")
    assert screen.focus() is case.right.note.view
    screen.press("Alt+1")
    assert screen.focus() is case.question.answers


def test_every_place_has_its_key_and_escape_comes_back(screen: Screen) -> None:
    for number, wanted in enumerate(PLACES, 1):
        screen.press(f"Ctrl+{number}")
        assert place(screen) == wanted.id
        screen.press("Escape")
        assert place(screen) == "case"


def test_no_two_keys_of_the_window_are_the_same(screen: Screen) -> None:
    keys = [shortcut.key().toString() for shortcut in screen.window.findChildren(QShortcut)]
    assert len(set(keys)) == len(keys) >= 15


def test_letters_narrow_a_long_list_and_escape_widens_it(screen: Screen) -> None:
    screen.go_on({**TUMOUR, "graft_form": "osteoarticular"})
    whole = len(screen.offered())
    screen.type("fem")
    assert screen.offered() == ["proximal_femur", "femur_shaft", "distal_femur", "not_documented"]
    screen.press("Escape")
    assert len(screen.offered()) == whole
    assert screen.asked() == "bone"


# -- answers that are refused or dropped ------------------------------------------------------------------------------


def test_a_code_that_is_none_is_refused_under_its_field_and_the_case_stays(screen: Screen) -> None:
    screen.go_on(FRACTURE)
    screen.click_step("diagnosis_code")
    screen.desk.case.question.code.setFocus()
    screen.type("X99.9")
    screen.press("Enter")
    page = screen.desk.case.question
    assert screen.asked() == "diagnosis_code"
    assert page.code.property("error") is True
    assert "X99.9" in next(one.text() for one in page.findChildren(type(page._code_error)) if one.isVisible())
    page.code.clear()
    screen.type("m84.551a")
    screen.press("Enter")
    assert screen.desk.session.answers["diagnosis_code"] == frozenset({"M84.551A"})


def test_a_dropped_answer_is_kept_and_says_so(screen: Screen) -> None:
    screen.go_on(JOINT)
    screen.click_step("main_procedure")
    screen.answer("implant_removal")
    screen.click_step("bone")
    assert screen.asked() == "implant"
    assert (
        screen.desk.hints.message() == "This answer is kept: it counts again when the way leads back to its question."
    )
    screen.click_step("main_procedure")
    screen.answer("radical_resection")
    assert lines(screen) == ["27365", "20932"]


def test_a_fault_of_the_tables_takes_the_place_of_the_page_until_it_is_undone(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.go_on(DONOR)

    def fail(*_: object) -> None:
        raise DataError("two rows of bones answer for femur")

    monkeypatch.setattr(screen.desk.session, "answer", fail)
    screen.press("1")
    assert screen.desk.page().accessibleName() == "The questions cannot be asked: two rows of bones answer for femur"
    assert not screen.desk.case.isVisible()
    screen.press("F1")
    assert place(screen) == "help"
    monkeypatch.undo()
    screen.press("Ctrl+Z")
    assert screen.asked() == "region"


@pytest.mark.qt_no_exception_capture
def test_a_mistake_that_nobody_foresaw_is_said_instead_of_a_code(screen: Screen) -> None:
    screen.go_on(JOINT)
    screen.hook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert place(screen) == "case"
    screen.hook(ZeroDivisionError, ZeroDivisionError("by zero"), None)
    assert "(ZeroDivisionError: by zero)" in screen.desk.page().accessibleName()
    screen.press("Ctrl+Shift+C")
    assert copied()[0].startswith("The program made a mistake that it did not foresee")
    screen.press("Enter")
    assert screen.asked() == "graft_placed"


# -- copying ----------------------------------------------------------------------------------------------------------


def test_the_lines_and_a_short_reason_are_copied_and_said(screen: Screen) -> None:
    screen.go_on(ANSWERED)
    screen.press("Ctrl+Shift+C")
    assert copied()[:3] == ["27365-LT", "20932", ""]
    assert any(line.startswith("20932: ") for line in copied())
    assert len(copied()) < 20
    assert screen.desk.hints.message() == "Copied 27365-LT, 20932 and the reason."


def test_a_query_is_copied_as_it_was_edited(screen: Screen) -> None:
    screen.go_on(STOP)
    screen.desk.case.stop.draft.setPlainText("My own words.")
    screen.press("Enter")
    assert copied() == ["My own words."]
    assert screen.desk.hints.message() == "Copied the query."


def test_before_the_end_there_is_nothing_to_copy(screen: Screen) -> None:
    before = copied()
    screen.press("Ctrl+Shift+C")
    assert screen.desk.hints.message().startswith("Nothing to copy yet")
    screen.desk.show_place("settings")
    screen.press("Ctrl+Shift+C")
    assert screen.desk.hints.message() == "There is nothing to copy on this page."
    assert copied() == before


# -- the query --------------------------------------------------------------------------------------------------------


def test_a_sentence_of_the_note_is_quoted_and_the_answer_reopens_the_question(screen: Screen) -> None:
    screen.read_note(NOTE)
    screen.press("Ctrl+Shift+Q")
    assert screen.desk.hints.message() == ""
    screen.go_on(STOP)
    screen.press("Ctrl+Shift+Q")
    assert screen.desk.hints.message() == "Select the sentence in the note first."
    start = NOTE.index("was thawed")
    screen.desk.case.right.note.show_place(start, start + len("was thawed"))
    screen.press("Ctrl+Shift+Q")
    assert '"was thawed" [operative note, back table, line 8]' in screen.desk.case.stop.text()
    screen.press("Ctrl+Enter")
    assert screen.asked() == "graft_form"
    screen.press("Ctrl+Enter")
    assert screen.asked() == "graft_form"
    screen.press("1")
    assert screen.asked() == "bone"


# -- help and editions ------------------------------------------------------------------------------------------------


def test_f1_explains_the_question_and_closes_again(screen: Screen) -> None:
    screen.go_on(TUMOUR)
    screen.press("F1")
    assert screen.focus() is screen.desk.case.right.help.article
    assert screen.focus().accessibleName() == "Help: Form of the donor material"
    screen.press("F1")
    assert screen.focus() is screen.desk.case.question.answers
    screen.go_on(JOINT)
    screen.press("F1")
    assert screen.focus().accessibleName() == "Help"


def test_the_editions_are_told_beside_the_page(screen: Screen) -> None:
    screen.desk.strip.click()
    assert screen.desk.case.right.help.article.text().startswith("# Editions on 2026-05-01")
    screen.press("Escape")
    screen.window.resize(900, 700)
    screen.desk.bar.mark.click()
    assert screen.desk.case.help_is_open()


def test_a_date_without_an_edition_turns_the_strip_to_words(screen: Screen) -> None:
    screen.set_date(date(2027, 1, 1))
    assert screen.desk.strip.accessibleName() == "2027-01-01: no edition covers this date"
    screen.press("1")
    assert screen.focus() is screen.desk.bar.date
    screen.type("2026-05-01")
    assert screen.desk.strip.accessibleName().startswith("Editions on 2026-05-01: ")


def test_the_evidence_of_a_reason_opens_beside_the_result(screen: Screen) -> None:
    screen.go_on(JOINT)
    screen.press("Down", "Down", "Down", "Down", "Down", "Enter")
    assert screen.focus().accessibleName() == "Evidence: 27365"
    screen.press("Escape")
    assert screen.focus() is screen.desk.case.result.band.button("copy")


# -- what the hint bar says -------------------------------------------------------------------------------------------


def test_only_keys_that_work_now_are_shown(screen: Screen) -> None:
    screen.desk.hints.clear_message()
    assert hints(screen) == ["1+–+5", "0", "Backspace", "↑", "F6", "F1"]
    screen.press("Up")
    assert hints(screen) == ["↑+↓", "Enter", "→", "F6"]
    screen.press("F1")
    assert hints(screen) == ["↑+↓", "Esc", "F6"]
    screen.press("Escape", "Alt+2")
    assert hints(screen) == ["↑+↓", "Enter", "Esc", "F6"]
    screen.press("Alt+3")
    assert hints(screen) == ["F3", "Shift+↑+↓", "Ctrl+E", "Ctrl+V", "Esc", "F6"]
    screen.desk.bar.focus_main()
    assert hints(screen) == ["Enter", "Esc", "F6"]
    screen.press(key_of("settings"))
    assert hints(screen) == ["Esc", "Tab", "F6"]


def test_the_hints_of_each_kind_of_page(screen: Screen) -> None:
    screen.go_on({**TUMOUR, "graft_form": "osteoarticular"})
    assert hints(screen) == ["1+–+9", "A+–+Z", "0", "Backspace", "↑", "F6", "F1"]
    screen.go_on(JOINT)
    assert hints(screen) == ["Ctrl+Shift+C", "1", "2", "Ctrl+S", "Ctrl+N", "↑", "Backspace", "Alt+3", "F6"]
    screen.click_step("other_work")
    assert hints(screen)[:4] == ["1+–+9", "A+–+Z", "Esc", "Enter"]
    screen.press("Escape")
    screen.go_on(FRACTURE)
    screen.click_step("diagnosis_code")
    screen.desk.case.question.code.setFocus()
    assert hints(screen) == ["Enter", "Tab", "F1"]
    screen.press("Ctrl+N")
    screen.go_on(STOP)
    assert hints(screen) == ["Ctrl+Shift+C", "Ctrl+Enter", "↑", "Backspace", "Ctrl+N", "F6"]
    screen.desk.case.stop.draft.setFocus()
    assert hints(screen) == ["Ctrl+Shift+C", "Ctrl+Shift+Q", "Ctrl+Enter", "F6"]


# -- settings, menu, pin ----------------------------------------------------------------------------------------------


def test_settings_work_at_once_and_are_kept(screen: Screen, qtbot: QtBot) -> None:
    before = screen.settings.choices
    screen.press(key_of("settings"))
    page = screen.desk.page()
    page.scheme.segment("dark").click()  # type: ignore[attr-defined]
    assert screen.look.scheme == "dark"
    page.text.segment("2.0").click()  # type: ignore[attr-defined]
    assert screen.look.text_scale == 2
    assert not screen.desk.rail.isVisible()
    with qtbot.waitSignal(screen.desk.on_top) as told:
        page.on_top.click()  # type: ignore[attr-defined]
    assert told.args == [True]
    assert screen.desk.bar.pin.isChecked()
    assert screen.settings.choices == replace(before, scheme="dark", text=2.0, on_top=True)
    screen.desk.choose(before)
    assert screen.desk.rail.isVisible()


def test_the_pin_keeps_the_window_on_top(screen: Screen) -> None:
    window = screen.window
    screen.desk.bar.pin.click()
    assert window.is_on_top()  # type: ignore[attr-defined]
    assert window.isVisible()
    screen.desk.bar.pin.click()
    assert not window.is_on_top()  # type: ignore[attr-defined]


@pytest.mark.qt_log_ignore("does not support (raise|grabbing the keyboard)", extend=True)  # of the offscreen platform
def test_the_menu_stands_in_for_the_rail(screen: Screen) -> None:
    screen.window.resize(900, 700)
    screen.desk.bar.menu.click()
    menu = screen.desk.findChild(QMenu)
    assert isinstance(menu, QMenu)
    assert [one.text().split("\t")[0] for one in menu.actions() if one.text()] == [
        *(one.name for one in PLACES),
        "Find or do anything",
        "New case",
        "Save the case",
        "Case, date of service, claim",
    ]
    next(one for one in menu.actions() if one.text().startswith("Settings")).trigger()
    assert place(screen) == "settings"
    menu.close()


def test_a_note_is_pasted_from_anywhere(screen: Screen) -> None:
    QGuiApplication.clipboard().setText(NOTE)
    screen.press(key_of("settings"), "Ctrl+V")
    assert place(screen) == "case"
    screen.wait_for_note()
    assert screen.desk.case.right.note.text() == NOTE


def test_readers_are_told_of_every_change(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6.QtGui import QAccessible

    told: list[str] = []
    monkeypatch.setattr(
        QAccessible,
        "updateAccessibility",
        lambda event: told.append(event.message()) if hasattr(event, "message") else None,
    )
    screen.press("1")
    screen.go_on(JOINT)
    assert told[0] == "Where was the operation?"
    assert told[-1] == "Decided: this primary may carry the add-on. 27365, 20932"


def test_the_default_choices_are_those_of_a_first_start(tmp_path: Path, screen: Screen) -> None:
    assert screen.settings.choices == Choices()
