"""The table of facts: words for readers, one label column, rows that open."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from encoder.gui.look import Look
from encoder.gui.widgets.facts import Fact, FactModel, FactTable
from tests.gui.look.dress import ModelTester

QUOTE = "“en bloc with a cuff of normal muscle on every side of the bone”"
FACTS = [
    Fact("margin", "Margin", QUOTE, "tick", "ok", quote=True, opens=True),
    Fact("20933", "20933", "Form: joint surface, not part of the ring", "no", "text3", code=True, quiet=True),
    Fact("W09", "", "**W09** No edit found is no proof.", "warn", "warn", box="warn", cite="code pairs, 2024 Q3"),
    Fact("lot", "Tissue bank, lot", "missing", "warn", "warn", box="warn", action="add to query"),
    Fact("quotes", "Quotes this record", "", "tick", "ok", end="2 quotes"),
]


@pytest.fixture
def table(look: Look, qtbot: QtBot) -> FactTable:
    made = FactTable(look, "Documentation")
    qtbot.addWidget(made)
    made.set_facts(FACTS)
    made.resize(420, made.heightForWidth(420))
    made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def place(table: FactTable, row: int) -> QPoint:
    return table.visualRect(table.model().index(row, 0)).center()


def test_the_model_is_sound(qtmodeltester: ModelTester) -> None:
    model = FactModel()
    model.set_rows(FACTS)
    qtmodeltester.check(model)


def test_readers_hear_label_words_source_and_link(table: FactTable) -> None:
    model = table.model()
    said = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]
    assert said == [
        f"Margin: {QUOTE}",
        "20933: Form: joint surface, not part of the ring",
        "W09 No edit found is no proof., code pairs, 2024 Q3",
        "Tissue bank, lot: missing, add to query",
        "Quotes this record, 2 quotes",
    ]
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == QUOTE
    assert model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole) is None
    assert model.index(1, 0).data(Qt.ItemDataRole.DecorationRole) is None
    assert model.data(QModelIndex()) is None
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags
    assert table.accessibleName() == "Documentation"
    assert table.accessibleDescription() == "Enter opens a row."
    assert table.facts() == tuple(FACTS)


def test_rows_are_as_high_as_their_words(table: FactTable, look: Look) -> None:
    heights = [table.visualRect(table.model().index(row, 0)).height() for row in range(len(FACTS))]
    assert heights[0] == look.px("row")
    assert sum(heights) == table.heightForWidth(table.width())
    assert table.heightForWidth(200) > table.heightForWidth(420) > table.heightForWidth(900) - 1
    look.set_text_scale(2)
    assert table.heightForWidth(840) == pytest.approx(2 * sum(heights), abs=6)


def test_a_long_label_wraps_instead_of_taking_the_row(look: Look, qtbot: QtBot) -> None:
    table = FactTable(look, "Edits", label_role="body", text_role="body")
    qtbot.addWidget(table)
    table.set_facts([Fact("a", "A label that is longer than half of the table", "words")])
    assert table.heightForWidth(200) > table.heightForWidth(900)
    table.set_facts([])
    assert table.heightForWidth(200) == 0
    assert table.minimumSizeHint().height() == 0
    assert table.accessibleDescription() == ""


def test_the_keyboard_comes_in_at_the_first_row_and_the_pointer_at_none(table: FactTable, qtbot: QtBot) -> None:
    assert table.currentIndex().row() == 0
    table.set_facts(FACTS)
    table.clearFocus()
    table.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not table.currentIndex().isValid()
    with qtbot.assertNotEmitted(table.opened):
        QTest.keyClick(table, Qt.Key.Key_Return)
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.currentIndex().row() == 0
    with qtbot.waitSignal(table.opened) as told:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert told.args == ["margin"]


def test_enter_opens_only_rows_that_open(table: FactTable, qtbot: QtBot) -> None:
    QTest.keyClick(table, Qt.Key.Key_Down)
    with qtbot.assertNotEmitted(table.opened):
        QTest.keyClick(table, Qt.Key.Key_Enter)


def test_the_edges_of_the_table_hand_the_arrow_keys_on(table: FactTable, qtbot: QtBot) -> None:
    with qtbot.waitSignal(table.leave_up):
        QTest.keyClick(table, Qt.Key.Key_Up)
    QTest.keyClick(table, Qt.Key.Key_End)
    assert table.currentIndex().row() == len(FACTS) - 1
    with qtbot.waitSignal(table.leave_down):
        QTest.keyClick(table, Qt.Key.Key_Down)


def test_a_click_on_a_link_opens_it_and_copy_takes_the_words(table: FactTable, qtbot: QtBot) -> None:
    with qtbot.waitSignal(table.opened) as told:
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place(table, 3))
    assert told.args == ["lot"]
    with qtbot.assertNotEmitted(table.opened):
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place(table, 1))
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "20933: Form: joint surface, not part of the ring"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pointer_press_and_focus_are_drawn(table: FactTable, look: Look, scheme: str) -> None:
    look.set_scheme("dark" if scheme == "dark" else "light")
    still = table.grab().toImage()
    QTest.mouseMove(table.viewport(), place(table, 1))
    QTest.mouseMove(table.viewport(), place(table, 0))
    over = table.grab().toImage()
    assert over != still
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.grab().toImage() != over
    table.clearFocus()
    assert table.grab().toImage() != still


def test_letters_and_other_keys_are_left_to_the_page(table: FactTable) -> None:
    QTest.keyClicks(table, "tissue")
    assert table.currentIndex().row() == 0
    table.keyboardSearch("tissue")
    assert table.currentIndex().row() == 0


def test_a_quote_that_is_cut_short_is_told_in_full_when_its_row_is_current(table: FactTable, qtbot: QtBot) -> None:
    with qtbot.waitSignal(table.full_text) as told:
        QTest.keyClick(table, Qt.Key.Key_Down)
    assert told.args == [""]
    with qtbot.waitSignal(table.full_text) as told:
        QTest.keyClick(table, Qt.Key.Key_Up)
    assert told.args == [QUOTE]
