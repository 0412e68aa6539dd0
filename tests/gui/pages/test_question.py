"""The page of a question, shown hand-made questions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from encoder.core.view import Ask
from encoder.gui.frames import Frame
from encoder.gui.look import Look
from encoder.gui.pages.question import QuestionPage
from encoder.gui.widgets.body_map import BodyMap
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.panels import Callout
from encoder.gui.widgets.text import Words
from encoder.gui.widgets.verdict import VerdictLine
from tests.gui.made import ask, option

BONES = (
    option("femur", "Femur", regions=("distal_femur", "femur_shaft")),
    option("tibia", "Tibia", regions=("tibia_shaft",)),
    option("skull", "Skull", regions=("skull",)),
)
WORK = (option("none", "Nothing else", alone=True), option("plate"), option("biopsy"))
CODES = (
    option("M84.551", "M84.551  Fracture in a tumour, right femur", plain="A D G", short="M84.551"),
    option("C40.21", "C40.21  Malignant tumour of the right leg", plain="", short="C40.21"),
)


@pytest.fixture
def page(look: Look) -> Iterator[QuestionPage]:
    page = QuestionPage(look, look.row_pictures())
    page.resize(680, 640)
    page.show()
    page.activateWindow()
    page.show_ask(ask())
    page.focus_main()
    yield page
    page.close()
    page.deleteLater()


def words(page: QuestionPage) -> list[str]:
    return [label.text() for label in page.findChildren(Words) if label.isVisible() and label.text()]


def button(page: QuestionPage, begins: str) -> KeyButton:
    return next(one for one in page.findChildren(KeyButton) if one.text().startswith(begins))


def rows(page: QuestionPage) -> list[str]:
    return [row.option.id for row in page.answers.rows() if row.option]


def press(page: QuestionPage, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = page.window().focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)


def test_it_asks_and_offers_that_the_note_does_not_say(page: QuestionPage) -> None:
    assert words(page) == ["What form was the donor material?", "The back-table paragraph usually says."]
    assert rows(page) == ["joint", "part", "ring", "not_documented"]
    assert page.digits() == ["1", "2", "3", "0"]
    assert page.asked() == "form"
    assert page.heading.is_ringed()
    assert page.answers.current_id() == ""


def test_an_answer_is_told_with_its_question(page: QuestionPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.answered) as told:
        QTest.keyClicks(page.answers, "2")
    assert told.args == ["form", "part"]


def test_backspace_and_up_leave_the_page(page: QuestionPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.back):
        press(page, Qt.Key.Key_Backspace)
    with qtbot.waitSignal(page.leave_up):
        press(page, Qt.Key.Key_Up)


def test_explain_asks_for_help(page: QuestionPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.help_wanted):
        button(page, "Explain").click()


@pytest.mark.parametrize(
    ("asked", "chosen"),
    [
        (ask(option("joint", chosen=True), option("part")), ["joint"]),
        (ask(option("joint"), undocumented=True), ["not_documented"]),
        (ask(option("joint"), usual="joint"), []),
    ],
)
def test_an_earlier_answer_is_marked_and_what_is_taken_is_not(
    page: QuestionPage, asked: Ask, chosen: list[str]
) -> None:
    page.show_ask(asked)
    assert [row.option.id for row in page.answers.rows() if row.option and row.chosen] == chosen
    tags = [tag.text for row in page.answers.rows() if row.option for tag in row.option.tags]
    assert tags == (["taken until asked"] if asked.usual else [])


def test_a_dropped_answer_is_said(page: QuestionPage) -> None:
    page.show_ask(ask(was="Full ring"))
    said = page.findChild(Callout)
    assert isinstance(said, Callout)
    assert said.isVisible()
    assert said.accessibleName().startswith("was: Full ring, dropped.")
    page.show_ask(ask())
    assert not said.isVisible()


def test_a_detail_says_how_many_more_there_are(page: QuestionPage) -> None:
    page.show_ask(ask(), "A detail, 2 more after this. Esc goes back to the result.")
    assert page.is_detail()
    assert "A detail, 2 more after this. Esc goes back to the result." in words(page)
    page.show_ask(ask())
    assert not page.is_detail()


# -- several answers --------------------------------------------------------------------------------------------------


def test_several_answers_are_taken_by_a_button(page: QuestionPage, qtbot: QtBot) -> None:
    page.show_ask(ask(*WORK, kind="many"))
    take = button(page, "Take the answers")
    assert page.takes_several()
    assert take.isVisible()
    assert not take.isEnabled()
    QTest.keyClicks(page.answers, "23")
    assert take.text() == "Take 2 answers"
    with qtbot.waitSignal(page.answered) as told:
        take.click()
    assert told.args == ["form", "plate+biopsy"]
    page.show_ask(ask())
    assert not take.isVisible()


@pytest.mark.parametrize("before", ["none", "not_documented"])
def test_ticking_takes_back_an_earlier_answer_that_stands_alone(page: QuestionPage, qtbot: QtBot, before: str) -> None:
    chosen = tuple(option(one.id, alone=one.alone, chosen=one.id == before) for one in WORK)
    page.show_ask(ask(*chosen, kind="many", undocumented=before == "not_documented"))
    QTest.keyClicks(page.answers, "2")
    with qtbot.waitSignal(page.answered) as told:
        button(page, "Take 1 answer").click()
    assert told.args == ["form", "plate"]


# -- codes ------------------------------------------------------------------------------------------------------------


def field(page: QuestionPage) -> QLineEdit:
    return page.code


def refusal(page: QuestionPage) -> str:
    line = next(one for one in page.findChildren(VerdictLine) if one.kind() == "error")
    return line.text() if line.isVisible() else ""


def test_only_a_question_about_codes_has_a_field_for_one(page: QuestionPage) -> None:
    assert not field(page).isVisible()
    page.show_ask(ask(*CODES, seventh=True))
    assert field(page).isVisible()
    assert "Code as written" in words(page)


def test_a_code_that_lacks_its_seventh_character_goes_to_the_field(page: QuestionPage, qtbot: QtBot) -> None:
    page.show_ask(ask(*CODES, seventh=True))
    with qtbot.assertNotEmitted(page.answered):
        QTest.keyClicks(page.answers, "1")
    assert field(page).text() == "M84.551"
    assert field(page).hasFocus()
    assert refusal(page) == "Type the seventh character behind it: A, D, G. Enter takes it."
    QTest.keyClicks(field(page), "a")
    assert refusal(page) == ""
    with qtbot.waitSignal(page.answered) as told:
        press(page, Qt.Key.Key_Return)
    assert told.args == ["form", "M84.551A"]


def test_a_code_that_is_whole_is_taken_at_once(page: QuestionPage, qtbot: QtBot) -> None:
    page.show_ask(ask(*CODES, seventh=True))
    with qtbot.waitSignal(page.answered) as told:
        QTest.keyClicks(page.answers, "2")
    assert told.args == ["form", "C40.21"]


def test_a_code_given_before_stands_in_the_field(page: QuestionPage) -> None:
    page.show_ask(ask(*CODES, seventh=True, was="M84.551A"))
    assert field(page).text() == "M84.551A"
    assert not page.findChildren(Callout)[0].isVisible()


def test_digits_in_the_field_answer_nothing(page: QuestionPage, qtbot: QtBot) -> None:
    page.show_ask(ask(*CODES, seventh=True))
    field(page).setFocus()
    with qtbot.assertNotEmitted(page.answered):
        QTest.keyClicks(field(page), "12")
    with qtbot.assertNotEmitted(page.answered):
        field(page).clear()
        press(page, Qt.Key.Key_Return)


# -- the body map -----------------------------------------------------------------------------------------------------


def body(page: QuestionPage) -> BodyMap:
    found = page.findChild(BodyMap)
    assert isinstance(found, BodyMap)
    return found


def test_no_map_is_made_until_a_question_needs_one(page: QuestionPage) -> None:
    assert page.findChild(BodyMap) is None
    assert not page.has_map()
    page.show_ask(ask(*BONES, map=True))
    assert page.has_map()
    assert body(page).isVisible()
    page.show_ask(ask())
    assert not body(page).isVisible()


def test_both_sides_of_the_body_stand_for_one_answer(page: QuestionPage, qtbot: QtBot) -> None:
    page.show_ask(ask(*BONES, map=True))
    offered = body(page).offered()
    assert offered["distal_femur_left"] == "Femur, patient's left"
    assert offered["skull"] == "Skull"
    for region in ("distal_femur_left", "distal_femur_right", "femur_shaft_left"):
        with qtbot.waitSignal(page.answered) as told:
            body(page).region_chosen.emit(region)
        assert told.args == ["form", "femur"]


def test_the_current_row_is_pointed_out_on_the_map_and_a_region_is_named_below_it(page: QuestionPage) -> None:
    page.show_ask(ask(*BONES, map=True))
    assert words(page)[-1] == "Either side counts alike: the side is a question of its own."
    plain = body(page).grab().toImage()
    press(page, Qt.Key.Key_Down)
    assert body(page).grab().toImage() != plain
    body(page).region_hovered.emit("tibia_shaft_left")
    assert words(page)[-1] == "Tibia, patient's left"


def test_the_map_answers_by_keyboard(page: QuestionPage, qtbot: QtBot) -> None:
    page.show_ask(ask(*BONES, map=True))
    body(page).setFocus()
    press(page, Qt.Key.Key_Down)
    current = body(page).current()
    assert current
    with qtbot.waitSignal(page.answered) as told:
        press(page, Qt.Key.Key_Return)
    assert told.args == ["form", next(bone.id for bone in BONES if current.startswith(bone.regions))]


def test_without_room_for_both_answers_and_map_take_turns(page: QuestionPage) -> None:
    page.show_ask(ask(*BONES, map=True))
    assert not page.takes_turns()
    page.turn_map()
    assert page.answers.isVisible()
    page.resize(440, 640)
    assert page.takes_turns()
    assert not body(page).isVisible()
    button(page, "Map").click()
    assert body(page).isVisible()
    assert body(page).hasFocus()
    assert not page.answers.isVisible()
    press(page, Qt.Key.Key_Escape)
    assert page.answers.hasFocus()
    assert not body(page).isVisible()


# -- frames -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("frame", "hint", "explain", "role"),
    [
        (Frame("wide", "tall"), True, "Explain", 20),
        (Frame("middle", "low"), False, "", 17),
        (Frame("narrow", "tall"), True, "", 17),
    ],
)
def test_frames_change_heading_hint_and_button(
    page: QuestionPage, frame: Frame, hint: bool, explain: str, role: int
) -> None:
    page.set_frame(frame)
    help_button = next(one for one in page.findChildren(KeyButton) if one.keys() == ("F1",))
    assert help_button.text() == explain
    assert ("The back-table paragraph usually says." in words(page)) is hint
    assert page.heading.sizeHint().height() == pytest.approx(role * 1.3 + 4, abs=1)


def test_the_rows_of_a_short_list_move_closer_before_it_scrolls(page: QuestionPage) -> None:
    many = [option(f"a{at}", f"Answer {at}") for at in range(8)]
    page.show_ask(ask(*many))

    def height() -> int:
        return page.answers.visualRect(page.answers.model().index(0, 0)).height()

    heights = []
    for tall in (720, 560, 505):
        page.resize(680, tall)
        heights.append(height())
    assert heights == sorted(set(heights), reverse=True)
    assert not page.answers.verticalScrollBar().isVisible()
    page.resize(680, 300)
    assert page.answers.verticalScrollBar().isVisible()
    assert height() == heights[0]


def test_a_refused_code_is_said_under_the_field(page: QuestionPage, qtbot: QtBot) -> None:
    page.show_ask(ask(*CODES, seventh=True))
    with qtbot.waitSignal(page.changed):
        page.refuse("There is no such code.")
    assert refusal(page) == "There is no such code."
    marks: Any = field(page).property("error")
    assert marks is True
