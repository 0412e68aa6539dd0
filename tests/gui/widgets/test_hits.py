"""The list of hits: rows at every width, keys, and what a reader hears."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from encoder.gui.look import Look
from encoder.gui.widgets.find_field import FindField
from encoder.gui.widgets.hits import HitList, HitRow
from tests.gui.look.dress import ModelTester

ROWS = (
    HitRow("heading", "cpt", "CPT, our wording"),
    HitRow("code", "20932", "Joint **allograft**", "20932", code=True, end="allograft (alograft)"),
    HitRow("code", "27445", "Hinge knee", "27445", code=True, end="this code", warn="Gone since 2026-01-01."),
    HitRow("heading", "commands", "Commands"),
    HitRow("command", "0", "Start a new case", "Command", keys=("Ctrl", "N")),
)
DOWN, UP, ENTER = Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return


@pytest.fixture
def view(qtbot: QtBot, look: Look) -> HitList:
    view = HitList(look, "What was found")
    qtbot.addWidget(view)
    view.resize(700, 300)
    view.show_rows(ROWS)
    view.show()
    view.setFocus()
    return view


def row(view: HitList) -> HitRow:
    found = view.row()
    assert found is not None
    return found


def test_the_first_row_that_can_be_chosen_is_current_and_headings_never_are(view: HitList) -> None:
    assert row(view) == ROWS[1]
    met = []
    for _ in range(5):
        met.append(row(view).id)
        QTest.keyClick(view, DOWN)
    assert met == ["20932", "27445", "0", "0", "0"]
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert row(view) == ROWS[1]


def test_up_from_the_first_row_leaves_the_list(view: HitList, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.left):
        QTest.keyClick(view, UP)


def test_enter_and_a_click_choose_a_row(view: HitList, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.chosen) as told:
        QTest.keyClick(view, ENTER)
    assert told.args == [ROWS[1]]
    place = view.visualRect(view.model().index(2, 0)).center()
    with qtbot.waitSignal(view.chosen) as told:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == [ROWS[2]]


def test_a_reader_hears_all_that_a_row_says(view: HitList, qtmodeltester: ModelTester) -> None:
    said = [view.model().data(view.model().index(at, 0)) for at in range(len(ROWS))]
    assert said == [
        "CPT, our wording",
        "20932, Joint allograft, allograft (alograft)",
        "27445, Hinge knee, this code, Gone since 2026-01-01.",
        "Commands",
        "Command, Start a new case, key Ctrl+N",
    ]
    qtmodeltester.check(view.model())


def test_in_a_narrow_list_the_reason_stands_below_the_title(view: HitList) -> None:
    wide = view.visualRect(view.model().index(1, 0)).height()
    view.resize(260, 300)
    view.grab()
    assert view.visualRect(view.model().index(1, 0)).height() > wide
    assert view.wanted_height(260, 10_000) > view.wanted_height(700, 10_000)
    assert view.wanted_height(260, 50) == 50


def test_the_field_leads_the_list_and_keeps_the_focus(view: HitList, qtbot: QtBot, look: Look) -> None:
    field = FindField(look, "Find", view)
    qtbot.addWidget(field)
    field.show()
    field.setFocus()
    QTest.keyClick(field, DOWN)
    assert row(view) == ROWS[2]
    QTest.keyClick(field, DOWN, Qt.KeyboardModifier.ControlModifier)
    assert row(view) == ROWS[4]
    QTest.keyClick(field, DOWN, Qt.KeyboardModifier.ControlModifier)  # after the last group the first
    assert row(view) == ROWS[1]
    with qtbot.waitSignal(view.chosen):
        QTest.keyClick(field, ENTER)
    for key, signal in ((Qt.Key.Key_Escape, field.left), (Qt.Key.Key_X, field.exact_wanted)):
        held = Qt.KeyboardModifier.AltModifier if key == Qt.Key.Key_X else Qt.KeyboardModifier.NoModifier
        with qtbot.waitSignal(signal):
            QTest.keyClick(field, key, held)
    QTest.keyClicks(field, "20932")
    assert field.text() == "20932"


def test_a_list_without_rows_has_nothing_to_choose(view: HitList, qtbot: QtBot) -> None:
    view.show_rows(())
    assert view.row() is None
    with qtbot.assertNotEmitted(view.chosen):
        view.choose()
    view.step_group()
