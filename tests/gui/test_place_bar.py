"""The bar at the top: label, date of service, claim; in one row or folded into a button."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCalendarWidget
from pytestqt.qtbot import QtBot

from encoder.gui.frames import Frame
from encoder.gui.look import Look
from encoder.gui.place_bar import PlaceBar
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.case_button import CaseButton
from encoder.gui.widgets.verdict import VerdictLine

ON = date(2026, 5, 1)


@pytest.fixture
def bar(look: Look, qtbot: QtBot) -> Iterator[PlaceBar]:
    bar = PlaceBar(look)
    qtbot.addWidget(bar)
    bar.resize(1300, 60)
    bar.show()
    bar.activateWindow()
    qtbot.waitUntil(bar.isActiveWindow)
    bar.show_case("12-044", ON, "surgeon")
    yield bar
    bar.close()


def retype(bar: PlaceBar, text: str) -> None:
    bar.focus_date()
    QTest.keyClicks(bar.date, text)


def refusal(bar: PlaceBar) -> str:
    line = bar.findChild(VerdictLine)
    assert isinstance(line, VerdictLine)
    return line.text() if line.isVisible() else ""


def folded(bar: PlaceBar) -> CaseButton:
    button = bar.findChild(CaseButton)
    assert isinstance(button, CaseButton)
    return button


def test_it_shows_the_case(bar: PlaceBar) -> None:
    assert (bar.case.text(), bar.date.text(), bar.claim.current()) == ("12-044", "2026-05-01", "surgeon")
    bar.show_case("", date(2025, 1, 2), "outpatient")
    assert (bar.case.text(), bar.date.text(), bar.claim.current()) == ("", "2025-01-02", "outpatient")
    bar.show_case("", date(2025, 1, 2), "not_documented")
    assert bar.claim.current() == "outpatient"


def test_a_label_is_told_as_it_is_typed(bar: PlaceBar, qtbot: QtBot) -> None:
    bar.focus_main()
    bar.case.selectAll()
    with qtbot.waitSignal(bar.case_named, check_params_cb=lambda label: label == "A 7"):
        QTest.keyClicks(bar.case, " A 7 ")


def test_a_date_counts_as_soon_as_it_is_whole(bar: PlaceBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.dated) as told:
        retype(bar, "2025-11-30")
    assert told.args == [date(2025, 11, 30)]
    with qtbot.assertNotEmitted(bar.dated):
        QTest.keyClick(bar.date, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("2026-13-01", "there is no such month"),
        ("2026-02-30", "no such day"),
        ("2026-5-1", "no date"),
        ("yesterday!", "no date"),
        ("01.05.2026", "no date"),
    ],
)
def test_a_wrong_date_is_refused_when_the_field_is_left(bar: PlaceBar, qtbot: QtBot, typed: str, why: str) -> None:
    with qtbot.assertNotEmitted(bar.dated):
        retype(bar, typed)
        assert refusal(bar) == ""
        QTest.keyClick(bar.date, Qt.Key.Key_Return)
    assert refusal(bar) == f"“{typed}”: {why}; write year-month-day, for example 2026-05-01"
    assert bar.date.property("error") is True
    QTest.keyClicks(bar.date, "x")
    assert refusal(bar) == ""


def test_escape_puts_the_date_back_and_leaves(bar: PlaceBar, qtbot: QtBot) -> None:
    retype(bar, "2026-13-01")
    with qtbot.waitSignal(bar.left):
        QTest.keyClick(bar.date, Qt.Key.Key_Escape)
    assert bar.date.text() == "2026-05-01"
    assert refusal(bar) == ""


def test_what_is_being_typed_stays_when_the_case_is_shown_again(bar: PlaceBar) -> None:
    retype(bar, "2026-1")
    bar.show_case("12-044", ON, "surgeon")
    assert bar.date.text() == "2026-1"


@pytest.mark.qt_log_ignore("does not support (raise|grabbing the keyboard)", extend=True)  # of the offscreen platform
def test_a_day_is_chosen_in_the_calendar(bar: PlaceBar, qtbot: QtBot) -> None:
    next(one for one in bar.findChildren(KeyButton) if one.accessibleName().startswith("Choose the date")).click()
    calendar = bar.findChild(QCalendarWidget)
    assert isinstance(calendar, QCalendarWidget)
    assert calendar.selectedDate() == QDate(2026, 5, 1)
    with qtbot.waitSignal(bar.dated) as told:
        calendar.clicked.emit(QDate(2026, 4, 22))
    assert told.args == [date(2026, 4, 22)]
    assert bar.date.text() == "2026-04-22"


def test_another_claim_is_told(bar: PlaceBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.claimed) as told:
        bar.claim.segment("inpatient").click()
    assert told.args == ["inpatient"]


def test_the_buttons_tell(bar: PlaceBar, qtbot: QtBot) -> None:
    for signal, button in ((bar.new_wanted, bar.new), (bar.menu_wanted, bar.menu), (bar.pinned, bar.pin)):
        with qtbot.waitSignal(signal):
            button.click()


@pytest.mark.parametrize("frame", [Frame("middle", "low"), Frame("narrow", "tall")])
def test_in_narrow_windows_the_fields_fold_into_a_button(bar: PlaceBar, qtbot: QtBot, frame: Frame) -> None:
    bar.set_frame(frame)
    assert folded(bar).isVisible()
    assert not bar.date.isVisible()
    assert bar.menu.isVisible()
    assert bar.pin.isVisible() == (frame.across == "narrow")
    assert bar.mark.isVisible() == (frame.across == "middle")
    assert folded(bar).accessibleName() == "Case, date of service and claim: 12-044, 2026-05-01, surgeon"
    bar.focus_main()
    assert bar.focusWidget() is folded(bar)
    folded(bar).click()
    assert bar.date.hasFocus()
    assert bar.case.isVisible()
    with qtbot.waitSignal(bar.left):
        QTest.keyClick(bar.date, Qt.Key.Key_Escape)
    assert not bar.date.isVisible()
    bar.focus_date()
    assert bar.date.isVisible()
    bar.set_frame(Frame())
    assert not folded(bar).isVisible()
    assert bar.date.isVisible()


def test_the_folded_button_is_as_wide_as_its_words(bar: PlaceBar) -> None:
    wide = folded(bar).sizeHint().width()
    bar.show_case("", ON, "surgeon")
    assert folded(bar).sizeHint().width() < wide
    assert folded(bar).accessibleName() == "Case, date of service and claim: 2026-05-01, surgeon"
