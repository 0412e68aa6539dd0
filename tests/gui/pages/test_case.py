"""The page of the case: which panes are seen beside it, and how one gets there and back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTabBar
from pytestqt.qtbot import QtBot

from encoder.core.view import View
from encoder.gui.frames import Frame
from encoder.gui.look import Look
from encoder.gui.pages.case import CasePage
from encoder.gui.wording.sources import Sources
from encoder.store.codebook import Codebook
from tests.gui.made import Places, ask, ended, option, queried, view

WIDE, MIDDLE, NARROW = Frame("wide", "tall"), Frame("middle", "low"), Frame("narrow", "tall")
WIDTHS = {"wide": 1300, "middle": 900, "narrow": 480}


@pytest.fixture(scope="module")
def made(look: Look, book: Codebook) -> Iterator[CasePage]:
    page = CasePage(look, Places(), Sources(book), look.row_pictures())
    page.show()
    yield page
    page.close()
    page.deleteLater()


@pytest.fixture
def page(made: CasePage) -> CasePage:
    made.activateWindow()
    turn(made, WIDE)
    made.show_view(view())
    made.open_main()
    return made


def turn(page: CasePage, frame: Frame) -> None:
    page.resize(WIDTHS[frame.across], 700)
    page.set_frame(frame)


def seen(page: CasePage) -> set[str]:
    parts = {
        "way": page.way,
        "line": page.way_line,
        "question": page.question,
        "result": page.result,
        "stop": page.stop,
        "possible": page.right.possible,
        "check": page.right.check,
        "note": page.right.note,
        "help": page.right.help,
    }
    return {name for name, part in parts.items() if part.isVisible()}


def press(page: CasePage, key: Qt.Key) -> None:
    focus = page.window().focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)


def tabs(page: CasePage) -> QTabBar:
    return next(one for one in page.findChildren(QTabBar) if one.accessibleName() == "Parts of the page")


@pytest.mark.parametrize(
    ("frame", "shown", "expected"),
    [
        (WIDE, view(), {"way", "question", "possible", "note"}),
        (WIDE, ended(), {"way", "result"}),
        (WIDE, queried(), {"way", "stop", "check", "note"}),
        (MIDDLE, view(), {"line", "question", "possible"}),
        (MIDDLE, ended(), {"line", "result"}),
        (MIDDLE, queried(), {"line", "stop", "check"}),
        (NARROW, view(), {"line", "question"}),
        (NARROW, ended(), {"line", "result"}),
        (NARROW, queried(), {"line", "stop"}),
    ],
)
def test_each_frame_shows_its_panes(page: CasePage, frame: Frame, shown: View, expected: set[str]) -> None:
    turn(page, frame)
    page.show_view(shown)
    assert seen(page) == expected


@pytest.mark.parametrize("frame", [WIDE, MIDDLE, NARROW])
def test_up_opens_the_way_and_escape_comes_back(page: CasePage, frame: Frame) -> None:
    turn(page, frame)
    page.focus_main()
    press(page, Qt.Key.Key_Up)
    assert page.way.steps.hasFocus()
    assert page.way.isVisible()
    assert page.question.isVisible() == (frame != NARROW)
    press(page, Qt.Key.Key_Escape)
    assert page.question.answers.hasFocus()
    assert page.way.isVisible() == (frame == WIDE)


def test_the_line_of_the_way_opens_it(page: CasePage) -> None:
    turn(page, MIDDLE)
    page.way_line.click()
    assert page.way.steps.hasFocus()
    press(page, Qt.Key.Key_Right)
    assert page.question.answers.hasFocus()


@pytest.mark.parametrize("frame", [WIDE, MIDDLE, NARROW])
def test_the_note_and_what_is_possible_are_reached_and_left(page: CasePage, frame: Frame) -> None:
    turn(page, frame)
    page.open_part("note")
    assert page.right.note.view.hasFocus()
    assert page.right.note.isVisible()
    page.open_part("top")
    assert page.right.possible.possible.table.hasFocus()
    press(page, Qt.Key.Key_Escape)
    assert page.question.answers.hasFocus()
    assert seen(page) >= {"question"}


def test_tabs_of_a_narrow_page_turn_it(page: CasePage) -> None:
    turn(page, NARROW)
    assert [tabs(page).tabText(at) for at in range(3)] == ["Answers", "Possible 2", "Note"]
    tabs(page).setCurrentIndex(1)
    assert seen(page) == {"line", "possible"}
    tabs(page).setCurrentIndex(2)
    assert seen(page) == {"line", "note"}
    page.show_view(ended())
    assert seen(page) == {"line", "result"}
    assert tabs(page).tabText(0) == "Result"
    page.show_view(queried())
    assert [tabs(page).tabText(at) for at in range(2)] == ["Query", "Check"]


@pytest.mark.parametrize("frame", [WIDE, MIDDLE, NARROW])
@pytest.mark.parametrize("shown", [view(), ended()], ids=["question", "result"])
def test_help_stands_beside_the_page_or_over_it(page: CasePage, frame: Frame, shown: View) -> None:
    turn(page, frame)
    page.show_view(shown)
    before = seen(page)
    page.open_help("Help: Form", "# The form\n\nOnly one fits.")
    assert page.help_is_open()
    assert page.right.help.article.hasFocus()
    assert "help" in seen(page)
    assert page.page().isVisible() == (frame != NARROW)
    press(page, Qt.Key.Key_Escape)
    assert not page.help_is_open()
    assert seen(page) == before
    page.close_help()
    assert seen(page) == before


def test_the_next_question_closes_what_was_opened_and_the_same_one_does_not(page: CasePage) -> None:
    page.open_help("Help", "# Help")
    page.show_view(view())
    assert page.help_is_open()
    page.show_view(view(ask=ask(question="bone")))
    assert not page.help_is_open()


def test_escape_with_nothing_open_leaves_the_question(page: CasePage, qtbot: QtBot) -> None:
    page.focus_main()
    with qtbot.waitSignal(page.left_question):
        press(page, Qt.Key.Key_Escape)


def test_the_panes_are_gone_through_in_order(page: CasePage) -> None:
    def focused() -> list[str]:
        names = []
        for whole, focus in page.panes():
            focus()
            held = page.window().focusWidget()
            assert held is not None
            assert whole is held or whole.isAncestorOf(held)
            names.append(held.accessibleName())
        return names

    assert focused() == ["What form was the donor material?", "Still possible", "The note", "The way so far"]
    page.open_help("Help: Form", "# The form")
    assert focused() == ["What form was the donor material?", "Help: Form", "The way so far"]
    page.open_main()
    page.show_view(queried())
    assert focused() == ["", "Query check", "The note", "The way so far"]


def test_a_detail_counts_what_is_still_to_ask(page: CasePage) -> None:
    shown = ended()
    asked = ask(option("left"), question="side", text="Which side?", refines=True)
    assert shown.result is not None
    page.show_view(view(ask=asked, result=shown.result))
    assert page.question.is_detail()
    page.show_view(view(ask=asked, result=None))
    assert not page.question.is_detail()


def test_a_code_that_does_not_exist_is_refused_where_one_can_be_typed(page: CasePage) -> None:
    assert not page.refuse("There is no such code.")
    code = option("C40.22", "C40.22  Malignant tumour", short="C40.22")
    page.show_view(view(ask=ask(code, seventh=True)))
    assert page.refuse("There is no such code.")


def test_the_note_is_pasted_into_its_pane(page: CasePage, qtbot: QtBot) -> None:
    from PySide6.QtGui import QGuiApplication

    QGuiApplication.clipboard().setText("En bloc, with a margin.")
    with qtbot.waitSignal(page.right.note.changed, timeout=30_000):
        page.paste_note()
    assert page.right.note.text() == "En bloc, with a margin."
    assert page.right.note.view.hasFocus()
    page.right.note.clear()
