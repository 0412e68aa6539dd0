"""The way so far, as a list and as one line."""

from __future__ import annotations

from typing import get_args

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from encoder.gui.look import Look
from encoder.gui.widgets.way import StepState, WayList, WayModel, WayStep, spoken_step
from encoder.gui.widgets.way_line import WayLine
from tests.gui.look.dress import ModelTester

STEPS = [
    WayStep("date", "Date of service", "2026-05-01"),
    WayStep("where", "Where", "Limb, shoulder or pelvis", quoted=True),
    WayStep("side", "Side", "Left", note="kept", quoted=True),
    WayStep("placed", "Templated, cut and placed", "Yes", "dropped"),
    WayStep("margin", "Margin", "Not documented", "not_documented"),
    WayStep("global", "In a global period", "No", "assumed"),
    WayStep("bone", "Bone", "Being asked", "now", short="Bone"),
    WayStep("", "Usually still asked", state="heading"),
    WayStep("other", "Other work", state="todo"),
    WayStep("diagnosis", "Diagnosis", state="todo"),
]


@pytest.fixture
def way(look: Look, qtbot: QtBot) -> WayList:
    made = WayList(look)
    qtbot.addWidget(made)
    made.resize(232, 600)
    made.show()
    made.activateWindow()
    made.set_steps(STEPS)
    return made


def test_the_model_is_sound(qtmodeltester: ModelTester) -> None:
    model = WayModel()
    model.set_rows(STEPS)
    qtmodeltester.check(model)


def test_readers_hear_label_value_state_and_evidence() -> None:
    assert [spoken_step(step) for step in STEPS] == [
        "Date of service: 2026-05-01",
        "Where: Limb, shoulder or pelvis, quoted from the note",
        "Side: Left, kept, quoted from the note",
        "Templated, cut and placed: Yes, dropped, ask again",
        "Margin: Not documented",
        "In a global period: No, assumed",
        "Bone: Being asked, now",
        "Usually still asked",
        "Other work: still to ask",
        "Diagnosis: still to ask",
    ]


def test_every_state_is_drawn_in_its_own_way(look: Look, qtbot: QtBot) -> None:
    way = WayList(look)
    qtbot.addWidget(way)
    way.resize(232, 60)
    pictures = []
    for state in get_args(StepState):
        way.set_steps([WayStep("a", "Bone", "Femur", state)])
        pictures.append(way.grab().toImage())
    assert all(one not in pictures[:at] for at, one in enumerate(pictures))


def test_enter_and_a_click_choose_a_step(way: WayList, qtbot: QtBot) -> None:
    way.clearFocus()
    way.set_steps(STEPS)
    way.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not way.currentIndex().isValid()
    QTest.keyClick(way, Qt.Key.Key_Down)
    QTest.keyClick(way, Qt.Key.Key_Down)
    with qtbot.waitSignal(way.chosen) as told:
        QTest.keyClick(way, Qt.Key.Key_Return)
    assert told.args == ["where"]
    with qtbot.waitSignal(way.chosen) as told:
        at = way.visualRect(way.model().index(3, 0)).center()
        QTest.mouseClick(way.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert told.args == ["placed"]
    assert way.steps() == tuple(STEPS)


def test_what_is_still_to_ask_cannot_be_chosen(way: WayList, qtbot: QtBot) -> None:
    way.setFocus()
    QTest.keyClick(way, Qt.Key.Key_End)
    assert way.currentIndex().row() <= 6
    with qtbot.assertNotEmitted(way.chosen):
        QTest.mouseClick(
            way.viewport(), Qt.MouseButton.LeftButton, pos=way.visualRect(way.model().index(8, 0)).center()
        )


def test_from_the_answers_one_comes_to_the_last_answered_step(way: WayList, qtbot: QtBot) -> None:
    way.go_to_last()
    assert way.steps()[way.currentIndex().row()].id == "margin"
    QTest.keyClick(way, Qt.Key.Key_Up)
    assert way.steps()[way.currentIndex().row()].id == "placed"
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Escape):
        with qtbot.waitSignal(way.left):
            QTest.keyClick(way, key)
    way.set_steps([WayStep("", "Usually still asked", state="heading")])
    way.go_to_last()
    assert not way.currentIndex().isValid()


def test_steps_move_closer_where_they_would_not_fit(way: WayList, look: Look) -> None:
    comfortable = way.visualRect(way.model().index(0, 0)).height()
    assert comfortable == 44
    way.resize(232, 330)
    assert way.visualRect(way.model().index(0, 0)).height() == 36
    look.set_text_scale(2)
    way.resize(464, 660)
    assert way.visualRect(way.model().index(0, 0)).height() == 72
    assert way.sizeHint().width() == look.px("way")


def test_a_long_answer_wraps(look: Look, qtbot: QtBot) -> None:
    way = WayList(look)
    qtbot.addWidget(way)
    way.resize(180, 400)
    way.set_steps([WayStep("a", "Bone", "Femur"), WayStep("b", "Bone", "Proximal humerus with the greater tuberosity")])
    heights = [way.visualRect(way.model().index(row, 0)).height() for row in (0, 1)]
    assert heights[1] > heights[0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pointer_press_and_focus_are_drawn(way: WayList, look: Look, scheme: str) -> None:
    look.set_scheme("dark" if scheme == "dark" else "light")
    way.clearFocus()
    pictures = [way.grab().toImage()]
    at = way.visualRect(way.model().index(1, 0)).center()
    QTest.mouseMove(way.viewport(), QPoint(1, 1))
    QTest.mouseMove(way.viewport(), at)
    pictures.append(way.grab().toImage())
    QTest.mousePress(way.viewport(), Qt.MouseButton.LeftButton, pos=at)
    pictures.append(way.grab().toImage())
    QTest.mouseRelease(way.viewport(), Qt.MouseButton.LeftButton, pos=at)
    way.go_to_last()
    pictures.append(way.grab().toImage())
    assert all(one not in pictures[:place] for place, one in enumerate(pictures))


def test_the_line_shows_the_last_steps_that_fit(look: Look, qtbot: QtBot) -> None:
    line = WayLine(look)
    qtbot.addWidget(line)
    line.set_steps(STEPS)
    assert line.accessibleName().startswith("The way so far: Date of service: 2026-05-01; Where:")
    assert "still to ask" not in line.accessibleName()
    assert "Margin: Not documented" in line.toolTip()
    pictures = []
    for width in (900, 480, 60):
        line.resize(width, line.sizeHint().height())
        pictures.append(line.grab().toImage())
    line.resize(480, line.sizeHint().height())
    line.set_steps(STEPS[:2])
    assert line.grab().toImage() not in pictures
    line.set_steps([])
    assert not line.grab().isNull()


def test_the_line_opens_the_way_by_key_and_draws_its_ring(look: Look, qtbot: QtBot) -> None:
    line = WayLine(look)
    qtbot.addWidget(line)
    line.resize(480, line.sizeHint().height())
    line.set_steps(STEPS)
    line.show()
    line.activateWindow()
    without = line.grab().toImage()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    assert line.grab().toImage() != without
    with qtbot.waitSignal(line.clicked):
        QTest.keyClick(line, Qt.Key.Key_Space)
