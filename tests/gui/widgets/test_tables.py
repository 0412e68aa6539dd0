"""The table of plain rows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from encoder.gui.look import Look
from encoder.gui.widgets.tables import CellRole, RowTable


@pytest.fixture
def table(look: Look, qtbot: QtBot) -> RowTable:
    made = RowTable(look, "Cases")
    qtbot.addWidget(made)
    model = QStandardItemModel(4, 3, made)
    model.setHorizontalHeaderLabels(["Case", "Code", "Work"])
    for row in range(4):
        cells = [QStandardItem(f"12-04{row}"), QStandardItem("20932"), QStandardItem("12.68")]
        cells[0].setData("ok", CellRole.ICON)
        cells[0].setData("ok", CellRole.INK)
        cells[1].setData(True, CellRole.CODE)
        cells[2].setTextAlignment(Qt.AlignmentFlag.AlignRight)
        for column, cell in enumerate(cells):
            model.setItem(row, column, cell)
    made.setModel(model)
    made.resize(420, 220)
    made.show()
    made.activateWindow()
    return made


def test_rows_are_as_high_as_the_tokens_say_and_grow_with_the_text(table: RowTable, look: Look) -> None:
    assert table.rowHeight(0) == look.px("row_high") == 31
    look.set_text_scale(2)
    assert table.rowHeight(0) == 62
    table.resizeColumnsToContents()
    assert table.columnWidth(0) > look.px("icon_text")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pointer_current_row_and_focus_are_drawn(table: RowTable, look: Look, qtbot: QtBot, scheme: str) -> None:
    look.set_scheme("dark" if scheme == "dark" else "light")
    pictures = [table.grab().toImage()]
    place = table.visualRect(table.model().index(2, 1)).center()
    QTest.mouseMove(table.viewport(), QPoint(1, 1))
    QTest.mouseMove(table.viewport(), place)
    assert table.hovered_row == 2
    pictures.append(table.grab().toImage())
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    QTest.keyClick(table, Qt.Key.Key_Down)
    pictures.append(table.grab().toImage())
    table.clearFocus()
    pictures.append(table.grab().toImage())
    assert all(one not in pictures[:at] for at, one in enumerate(pictures))


def test_enter_activates_the_current_row(table: RowTable, qtbot: QtBot) -> None:
    table.setFocus()
    table.setCurrentIndex(table.model().index(1, 0))
    with qtbot.waitSignal(table.activated) as told:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert told.args is not None
    assert told.args[0].row() == 1
    assert table.accessibleName() == "Cases"
