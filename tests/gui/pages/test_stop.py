"""The page of a stop: the missing fact, the draft of the query, and what is done with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from encoder.core.query import PLACEHOLDER, Quote
from encoder.core.tree.explain import Result
from encoder.gui.frames import Frame
from encoder.gui.look import Look
from encoder.gui.pages.stop import StopPage
from encoder.gui.widgets.panels import SectionTitle
from encoder.gui.widgets.text import Words
from tests.gui.made import queried


def stop() -> Result:
    result = queried().result
    assert result is not None
    return result


@pytest.fixture
def page(look: Look) -> Iterator[StopPage]:
    page = StopPage(look)
    page.resize(680, 620)
    page.show()
    page.activateWindow()
    page.show_query(stop())
    page.focus_main()
    yield page
    page.close()
    page.deleteLater()


def test_the_missing_fact_and_why_it_matters_stand_in_the_band(page: StopPage) -> None:
    band = page.band
    assert band.verdict.text() == "Stop: ask the surgeon. One fact is missing"
    assert band.verdict.kind() == "ask"
    assert [action.id for action in band.actions_shown()] == ["copy", "enter", "print", "save"]
    assert band.button("copy").hasFocus()
    said = [label.text() for label in band.findChildren(Words) if label.isVisible() and label.text()]
    assert said == [band.verdict.text(), "The form of the donor material", "They differ in it."]


def test_the_draft_asks_openly_and_names_no_code(page: StopPage) -> None:
    assert page.text().startswith("To: [surgeon]\nAbout: Form of the graft; case 12-044")
    assert "What form?" in page.text()
    assert PLACEHOLDER in page.text()


def test_the_checks_are_told_at_once_and_after_a_pause_in_typing(page: StopPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.checked) as told:
        page.check_now()
    assert told.args is not None
    assert [check.id for check in told.args[0] if not check.passed] == ["Q1"]
    page.draft.setFocus()
    with qtbot.waitSignal(page.checked, timeout=20_000) as later:
        QTest.keyClicks(page.draft, "20932")
    assert later.args is not None
    assert [check.id for check in later.args[0] if not check.passed] == ["Q1", "Q6"]


def test_a_quote_takes_the_place_of_the_placeholder_and_the_next_stands_below_it(page: StopPage) -> None:
    page.quote(Quote("The defect was rebuilt with a bulk graft.", "operative note, back table, line 4"))
    assert PLACEHOLDER not in page.text()
    assert '"The defect was rebuilt with a bulk graft." [operative note, back table, line 4]' in page.text()
    page.quote(Quote("It was cut to 11 cm.", "operative note, line 5"))
    lines = page.text().splitlines()
    at = lines.index('"It was cut to 11 cm." [operative note, line 5]')
    assert lines[at - 1].startswith('"The defect was rebuilt')
    assert lines[at + 1] == ""
    page.draft.setPlainText("My own words.")
    page.quote(Quote("It was fixed."))
    assert page.text() == 'My own words.\n"It was fixed."'


def test_the_placeholder_is_selected_when_the_draft_is_entered_by_keyboard(page: StopPage) -> None:
    page.draft.setFocus(Qt.FocusReason.TabFocusReason)
    assert page.draft.textCursor().selectedText() == PLACEHOLDER


def test_what_is_edited_stays_with_its_question(page: StopPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.edited):
        page.draft.setPlainText("My own words.")
    page.show_query(stop())
    assert page.text() == "My own words."
    other = stop()
    quoted = replace(other.queries[0], text="With quotes.")
    page.show_query(other, quoted)
    assert page.text() == "My own words."
    bone = replace(other.queries[0], question="bone", text="Another query.")
    page.show_query(replace(other, queries=(bone,)))
    assert page.text() == "Another query."
    page.show_query(other, replace(bone, text="With quotes."))
    assert page.text() == "With quotes."
    page.show_query(stop())
    assert page.text() == "My own words."
    assert page.drafts() == {stop().queries[0].question: "My own words."}
    page.draft.setPlainText(stop().queries[0].text)
    assert page.drafts() == {}  # back to the words of the program: no edit
    page.forget()
    assert page.text() == ""
    page.show_query(stop())
    assert "What form?" in page.text()


def test_backspace_leaves_the_page_but_not_from_the_draft(page: StopPage, qtbot: QtBot) -> None:
    button = page.band.button("copy")
    with qtbot.waitSignal(page.back):
        QTest.keyClick(button, Qt.Key.Key_Backspace)
    with qtbot.waitSignal(page.leave_up):
        QTest.keyClick(button, Qt.Key.Key_Left)
    page.draft.setFocus()
    with qtbot.assertNotEmitted(page.back):
        QTest.keyClick(page.draft, Qt.Key.Key_Backspace)


def test_down_from_the_last_action_leads_into_the_draft(page: StopPage) -> None:
    for name in ("enter", "print", "save"):
        QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Down)
        assert page.band.button(name).hasFocus()
    QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Down)
    assert page.draft.hasFocus()


def test_the_words_over_the_draft_are_short_in_a_narrow_window(page: StopPage) -> None:
    title = page.findChild(SectionTitle)
    assert isinstance(title, SectionTitle)
    assert title.text() == "Query draft, every word can be edited; the check beside it follows"
    page.set_frame(Frame("narrow", "tall"))
    assert title.text() == "Query draft, every word can be edited"


def test_the_headings_of_the_draft_are_bold(page: StopPage) -> None:
    block = page.draft.document().begin()
    bold = []
    while block.isValid():
        if block.length() > 1 and block.begin().fragment().charFormat().fontWeight() >= 600:
            bold.append(block.text())
        block = block.next()
    assert bold == ["The record says", "Please clarify"]
