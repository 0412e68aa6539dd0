"""The list of answers: what answers, what does not, and how rows are measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from encoder.gui.look import Look
from encoder.gui.widgets.answer_bars import FilterBar, MoreBar
from encoder.gui.widgets.answer_rows import AnswerModel, AnswerRow, Density, Option
from encoder.gui.widgets.answers import AnswerList
from encoder.gui.widgets.paint import Tag
from encoder.gui.widgets.settle import lay_out_now
from tests.gui.look.dress import ModelTester

STATED = Tag("stated in the note", "accent", "note", "stated")
FORM = [
    Option(
        "joint",
        "One piece with a joint surface and the bone next to it",
        short="Joint surface and the bone next to it",
        picture="osteoarticular",
        tags=(STATED,),
        quote="“distal femoral osteoarticular allograft, thawed and templated”",
    ),
    Option("part", "Part of the circumference", "Between two joints, no joint surface", picture="hemicortical"),
    Option("ring", "Full ring or cylinder", picture="complete", tags=(Tag("negated", "plain", "no"),)),
    Option("unsaid", "The note does not say", "Ends in a question", picture="none", not_documented=True),
]
BONES = [
    *(Option(f"arm{at}", f"Arm bone {at}", "of the upper limb", group="Upper limb") for at in range(8)),
    *(Option(f"leg{at}", f"Proximal leg-bone {at}", group="Lower limb") for at in range(6)),
    Option("unsaid", "The note does not say", not_documented=True),
]
WORK = [
    Option("fixation", "Internal fixation"),
    Option("tendon", "Tendon repair"),
    Option("nothing", "None of these", alone=True),
    Option("unsaid", "The note does not say", not_documented=True),
]
DOWN, UP, ENTER, SPACE = Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Space


@pytest.fixture
def answers(look: Look, qtbot: QtBot) -> Iterator[AnswerList]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    made = AnswerList(look)
    column.addWidget(made)
    qtbot.addWidget(page)
    page.resize(640, 640)
    page.show()
    page.activateWindow()
    made.set_question("What form was the donor material?", FORM)
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    yield made
    page.close()


def press(answers: AnswerList, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(answers, key)


def texts(answers: AnswerList) -> list[str]:
    return [row.option.id if row.option else row.heading for row in answers.rows()]


def row_heights(answers: AnswerList) -> list[int]:
    return [answers.visualRect(answers.model().index(row, 0)).height() for row in range(answers.model().rowCount())]


def test_the_model_is_sound(qtmodeltester: ModelTester) -> None:
    model = AnswerModel()
    model.set_rows([AnswerRow(None, heading="Upper limb"), AnswerRow(FORM[0], "1", chosen=True)])
    qtmodeltester.check(model)


def test_readers_hear_key_answer_and_evidence(answers: AnswerList) -> None:
    said = [answers.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(4)]
    assert said == [
        "1, One piece with a joint surface and the bone next to it, stated in the note, "
        "“distal femoral osteoarticular allograft, thawed and templated”",
        "2, Part of the circumference, Between two joints, no joint surface",
        "3, Full ring or cylinder, negated",
        "0, The note does not say, Ends in a question",
    ]
    reader = QAccessible.queryAccessibleInterface(answers)
    assert reader.role() == QAccessible.Role.List
    assert reader.text(QAccessible.Text.Name) == "What form was the donor material?"
    assert reader.text(QAccessible.Text.Description) == "Digits answer."
    tooltip = answers.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tooltip == FORM[0].quote


@pytest.mark.parametrize(("digit", "given"), [("1", "joint"), ("3", "ring"), ("0", "unsaid")])
def test_a_digit_answers_while_the_list_has_the_focus(
    answers: AnswerList, qtbot: QtBot, digit: str, given: str
) -> None:
    with qtbot.waitSignal(answers.answered) as told:
        QTest.keyClicks(answers, digit)
    assert told.args == [[given]]


def test_digits_of_the_number_pad_and_with_shift_answer_too(answers: AnswerList, qtbot: QtBot) -> None:
    for modifier in (Qt.KeyboardModifier.KeypadModifier, Qt.KeyboardModifier.ShiftModifier):
        with qtbot.waitSignal(answers.answered) as told:
            QTest.keyClicks(answers, "2", modifier)
        assert told.args == [["part"]]


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier])
def test_a_digit_with_alt_or_ctrl_is_for_the_window(
    answers: AnswerList, qtbot: QtBot, modifier: Qt.KeyboardModifier
) -> None:
    with qtbot.assertNotEmitted(answers.answered):
        QTest.keyClicks(answers, "1", modifier)


def test_a_digit_without_an_answer_does_nothing(answers: AnswerList, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(answers.answered):
        QTest.keyClicks(answers, "9")


def test_enter_on_no_row_is_told_once_and_answers_nothing(answers: AnswerList, qtbot: QtBot) -> None:
    held = QKeyEvent(QEvent.Type.KeyPress, ENTER, Qt.KeyboardModifier.NoModifier, "\r", autorep=True)
    with qtbot.assertNotEmitted(answers.answered):
        with qtbot.assertNotEmitted(answers.entered):
            answers.keyPressEvent(held)
        with qtbot.waitSignal(answers.entered):
            QTest.keyClick(answers, ENTER)
        with qtbot.assertNotEmitted(answers.entered):
            QTest.keyClick(answers, DOWN)


def test_enter_answers_nothing_until_a_row_is_current(answers: AnswerList, qtbot: QtBot) -> None:
    assert answers.current_id() == ""
    with qtbot.assertNotEmitted(answers.answered):
        press(answers, ENTER, SPACE)
    press(answers, DOWN)
    assert answers.current_id() == "joint"
    with qtbot.waitSignal(answers.answered) as told:
        press(answers, ENTER)
    assert told.args == [["joint"]]


def test_the_heading_is_ringed_while_no_row_is_current(answers: AnswerList, qtbot: QtBot) -> None:
    with qtbot.waitSignal(answers.resting) as told:
        press(answers, DOWN)
    assert told.args == [False]
    with qtbot.waitSignals([answers.resting, answers.current_changed]):
        answers.set_question("Again?", FORM)
    assert answers.current_id() == ""
    with qtbot.waitSignal(answers.resting) as told:
        answers.clearFocus()
    assert told.args == [False]
    with qtbot.waitSignal(answers.resting, check_params_cb=bool):
        answers.setFocus()


def test_up_from_the_first_row_and_left_lead_to_the_way(answers: AnswerList, qtbot: QtBot) -> None:
    with qtbot.waitSignal(answers.leave_up):
        press(answers, UP)
    press(answers, DOWN)
    with qtbot.waitSignal(answers.leave_up):
        press(answers, UP)
    press(answers, DOWN)
    with qtbot.assertNotEmitted(answers.leave_up):
        press(answers, UP)
    with qtbot.waitSignal(answers.leave_up):
        press(answers, Qt.Key.Key_Left)


def test_backspace_goes_back(answers: AnswerList, qtbot: QtBot) -> None:
    with qtbot.waitSignal(answers.back):
        press(answers, Qt.Key.Key_Backspace)


def test_a_click_answers(answers: AnswerList, qtbot: QtBot) -> None:
    with qtbot.waitSignal(answers.answered) as told:
        at = answers.visualRect(answers.model().index(1, 0)).center()
        QTest.mouseClick(answers.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert told.args == [["part"]]


def test_letters_do_nothing_on_a_short_list(answers: AnswerList) -> None:
    QTest.keyClicks(answers, "full")
    assert answers.filter_text() == ""
    assert len(answers.rows()) == 4


def test_letters_shorten_a_long_list_and_digits_follow(answers: AnswerList, qtbot: QtBot) -> None:
    answers.set_question("Which bone?", BONES)
    assert "Letters shorten the list." in answers.accessibleDescription()
    assert texts(answers)[:2] == ["Upper limb", "arm0"]
    assert answers.keys()["9"] == "leg0"
    QTest.keyClicks(answers, "bone")
    QTest.keyClick(answers, SPACE)
    QTest.keyClicks(answers, "prox")
    assert answers.filter_text() == "bone prox"
    assert texts(answers) == ["Lower limb", *(f"leg{at}" for at in range(6)), "unsaid"]
    assert answers.current_id() == ""
    with qtbot.waitSignal(answers.answered) as told:
        QTest.keyClicks(answers, "2")
    assert told.args == [["leg1"]]


def test_backspace_takes_a_letter_before_it_goes_back_and_escape_takes_all(answers: AnswerList, qtbot: QtBot) -> None:
    answers.set_question("Which bone?", BONES)
    QTest.keyClicks(answers, "ar")
    with qtbot.assertNotEmitted(answers.back):
        press(answers, Qt.Key.Key_Backspace)
    assert answers.filter_text() == "a"
    press(answers, Qt.Key.Key_Escape)
    assert answers.filter_text() == ""
    with qtbot.waitSignal(answers.back):
        press(answers, Qt.Key.Key_Backspace)


def test_not_documented_is_never_filtered_away(answers: AnswerList, qtbot: QtBot) -> None:
    answers.set_question("Which bone?", BONES)
    QTest.keyClicks(answers, "zzz")
    assert texts(answers) == ["unsaid"]
    with qtbot.waitSignal(answers.answered) as told:
        QTest.keyClicks(answers, "0")
    assert told.args == [["unsaid"]]


def test_headings_are_read_but_never_current(answers: AnswerList) -> None:
    answers.set_question("Which bone?", BONES)
    press(answers, DOWN)
    assert answers.current_id() == "arm0"
    assert answers.model().index(0, 0).data() == "Upper limb"


def test_several_answers_are_ticked_and_handed_over_together(answers: AnswerList, qtbot: QtBot) -> None:
    answers.set_question("What else was done?", WORK, "many", chosen=["tendon"])
    assert answers.ticked_ids() == ["tendon"]
    with qtbot.waitSignal(answers.ticked) as told:
        QTest.keyClicks(answers, "1")
    assert told.args == [["fixation", "tendon"]]
    assert answers.model().index(0, 0).data() == "1, Internal fixation, ticked"
    press(answers, DOWN)
    with qtbot.waitSignal(answers.answered) as told:
        press(answers, ENTER)
    assert told.args == [["fixation", "tendon"]]


def test_space_and_a_click_tick_and_the_row_stays_current(answers: AnswerList, qtbot: QtBot) -> None:
    answers.set_question("What else was done?", WORK, "many")
    press(answers, DOWN, DOWN, SPACE)
    assert (answers.ticked_ids(), answers.current_id()) == (["tendon"], "tendon")
    press(answers, SPACE)
    assert answers.ticked_ids() == []
    with qtbot.assertNotEmitted(answers.answered):
        answers.answer_ticked()
        press(answers, ENTER)
    assert answers.ticked_ids() == ["tendon"]
    at = answers.visualRect(answers.model().index(0, 0)).center()
    QTest.mouseClick(answers.viewport(), Qt.MouseButton.LeftButton, pos=at)
    with qtbot.waitSignal(answers.answered) as told:
        answers.answer_ticked()
    assert told.args == [["fixation", "tendon"]]


@pytest.mark.parametrize(("digit", "given"), [("3", "nothing"), ("0", "unsaid")])
def test_an_answer_that_stands_alone_is_given_at_once(
    answers: AnswerList, qtbot: QtBot, digit: str, given: str
) -> None:
    answers.set_question("What else was done?", WORK, "many", chosen=["tendon"])
    with qtbot.waitSignal(answers.answered) as told:
        QTest.keyClicks(answers, digit)
    assert told.args == [[given]]


def test_the_answer_given_earlier_says_so(answers: AnswerList) -> None:
    answers.set_question("Form?", FORM, chosen=["part"])
    assert answers.model().index(1, 0).data().endswith("your answer")
    assert answers.current_id() == ""


def test_a_suggestion_changes_no_order_and_chooses_nothing(answers: AnswerList) -> None:
    assert texts(answers) == ["joint", "part", "ring", "unsaid"]
    assert not any(row.chosen for row in answers.rows())


@pytest.mark.parametrize(("density", "least"), [("normal", 58), ("compact", 52), ("short", 48), ("tight", 40)])
def test_rows_have_the_height_of_the_density_and_grow_with_their_words(
    answers: AnswerList, look: Look, density: Density, least: int
) -> None:
    answers.set_density(density)
    answers.set_question("Form?", [Option("a", "Short"), Option("b", "A long answer that must wrap. " * 6)])
    gap = look.px("tight")
    heights = row_heights(answers)
    assert heights[0] == least + gap
    assert heights[1] > heights[0]
    look.set_text_scale(2)
    assert row_heights(answers)[0] == 2 * (least + gap)


def test_a_narrow_row_uses_the_short_text(answers: AnswerList) -> None:
    answers.window().resize(330, 640)
    wide = row_heights(answers)[0]
    answers.set_density("tight")
    assert row_heights(answers)[0] < wide


def test_the_keys_out_of_sight_are_shown_below(answers: AnswerList) -> None:
    answers.set_question("Which bone?", BONES)
    answers.window().resize(640, 300)
    lay_out_now()
    bar = answers.findChildren(MoreBar)[0]
    assert bar.text() == "12 more answers: 4 5 6 7 8 9 0"
    answers.verticalScrollBar().setValue(answers.verticalScrollBar().maximum())
    assert bar.text().endswith("answers above")
    assert not answers.grab().isNull()


def test_current_row_is_scrolled_into_sight(answers: AnswerList) -> None:
    answers.set_question("Which bone?", BONES)
    answers.window().resize(640, 300)
    press(answers, DOWN, Qt.Key.Key_End)
    assert answers.current_id() == "unsaid"
    row = answers.visualRect(answers.currentIndex())
    assert row.top() >= 0
    assert row.bottom() <= answers.viewport().height()
    press(answers, Qt.Key.Key_Home)
    assert answers.current_id() == "arm0"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("density", get_args(Density))
@pytest.mark.parametrize("width", [330, 480, 640])
def test_every_state_is_drawn_in_its_own_way(
    answers: AnswerList, look: Look, scheme: str, density: Density, width: int
) -> None:
    look.set_scheme("dark" if scheme == "dark" else "light")
    answers.window().resize(width, 640)
    answers.set_density(density)
    pictures = [answers.grab().toImage()]
    at = answers.visualRect(answers.model().index(1, 0)).center()
    QTest.mouseMove(answers.viewport(), QPoint(1, 1))
    QTest.mouseMove(answers.viewport(), at)
    pictures.append(answers.grab().toImage())
    QTest.mousePress(answers.viewport(), Qt.MouseButton.LeftButton, pos=at)
    pictures.append(answers.grab().toImage())
    answers.set_question("Form?", FORM, chosen=["part"])
    press(answers, DOWN)
    pictures.append(answers.grab().toImage())
    answers.set_question("Form?", FORM, "many", chosen=["part"])
    press(answers, DOWN)
    pictures.append(answers.grab().toImage())
    assert all(one not in pictures[:place] for place, one in enumerate(pictures))


def test_the_bar_above_a_long_list_says_what_was_typed(answers: AnswerList) -> None:
    answers.set_question("Which bone?", BONES)
    bar = answers.findChildren(FilterBar)[0]
    assert bar.text() == "14 answers, letters shorten the list"
    before = answers.grab().toImage()
    QTest.keyClicks(answers, "arm")
    assert bar.text() == "arm: 8 of 14 answers"
    assert answers.grab().toImage() != before


def test_keys_of_the_window_are_left_to_it(answers: AnswerList, qtbot: QtBot) -> None:
    heard: list[int] = []

    class Page(QWidget):
        def keyPressEvent(self, event: object) -> None:
            heard.append(event.key())  # type: ignore[attr-defined]

    page = Page()
    qtbot.addWidget(page)
    answers.setParent(page)
    page.show()
    press(answers, Qt.Key.Key_F1, Qt.Key.Key_Escape)
    assert heard == [Qt.Key.Key_F1, Qt.Key.Key_Escape]


@pytest.mark.parametrize(("density", "width"), [("normal", 640), ("compact", 480), ("tight", 480)])
def test_a_quote_that_is_cut_short_or_not_shown_is_told_in_full(
    answers: AnswerList, qtbot: QtBot, density: Density, width: int
) -> None:
    answers.set_density(density)
    answers.window().resize(width, 640)
    with qtbot.waitSignal(answers.full_text) as told:
        press(answers, DOWN)
    assert told.args == [FORM[0].quote]
    with qtbot.waitSignal(answers.full_text) as told:
        press(answers, DOWN)
    assert told.args == [""]


def test_the_key_of_the_current_row_covers_no_quote(answers: AnswerList) -> None:
    answers.window().resize(430, 640)
    answers.set_question("What form?", [replace(FORM[0], text="A joint"), *FORM[1:]])
    lay_out_now()
    rect = answers.visualRect(answers.model().index(0, 0))
    inner = rect.adjusted(rect.width() // 2, 6, -6, -6)  # without the ring of the row
    before = answers.viewport().grab(inner).toImage()
    press(answers, DOWN)
    assert answers.currentIndex().row() == 0
    assert answers.viewport().grab(inner).toImage() == before
