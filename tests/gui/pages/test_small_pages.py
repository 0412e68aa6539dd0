"""Help, settings, and the page of a fault."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from encoder.gui.frames import Frame
from encoder.gui.look import Look
from encoder.gui.pages.error import ErrorPage
from encoder.gui.pages.help import HelpPage
from encoder.gui.pages.page import Page
from encoder.gui.pages.settings import SettingsPage
from encoder.gui.settings import Choices, Settings

TOPICS = [("program", "What it is"), ("keys", "Keys"), ("sources", "Sources")]


def shown(page: Page) -> Page:
    page.resize(900, 600)
    page.show()
    page.activateWindow()
    page.focus_main()
    return page


@pytest.fixture
def gone() -> Iterator[list[QWidget]]:
    made: list[QWidget] = []
    yield made
    for page in made:
        page.close()
        page.deleteLater()


def test_a_page_without_more_to_say_has_its_defaults(look: Look, gone: list[QWidget]) -> None:
    page = shown(Page())
    gone.append(page)
    assert page.panes() == [(page, page.focus_main)]
    assert [hint.keys for hint in page.hints()] == [("Esc",), ("Tab",), ("F6",)]
    assert page.copied()[0] == ""
    assert not page.explain()
    page.set_frame(Frame())


def test_a_topic_is_opened_by_keyboard_and_marked(look: Look, gone: list[QWidget]) -> None:
    page = HelpPage(look, TOPICS, lambda topic: f"# {topic}\n\nAll about {topic}.")
    gone.append(shown(page))
    assert page.focusWidget() is page.topics
    assert page.article.accessibleName() == "What it is"
    QTest.keyClick(page.topics, Qt.Key.Key_Down)
    QTest.keyClick(page.topics, Qt.Key.Key_Return)
    assert page.article.accessibleName() == "Keys"
    assert "All about keys." in page.article.text()
    assert [fact.text for fact in page.topics.facts()] == ["What it is", "**Keys**", "Sources"]
    assert page.topics.currentIndex().row() == 1
    wide = page.article.width()
    page.set_frame(Frame("narrow", "tall"))
    assert page.topics.isVisible()
    page.resize(480, 600)
    assert page.article.width() < wide


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("dark", {"scheme": "dark"}),
        ("1.5", {"text": 1.5}),
        ("Write in the bundled font", {"bundled_face": False}),
        ("Clear the clipboard 60 s after copying", {"clear_clipboard": False}),
        ("Keep the window above all others", {"on_top": True}),
    ],
)
def test_every_setting_is_told(
    look: Look, gone: list[QWidget], qtbot: QtBot, tmp_path: Path, name: str, changed: dict[str, object]
) -> None:
    kept = Settings(tmp_path / "settings.ini")
    kept.choose(Choices(scheme="light"))
    page = SettingsPage(look, kept)
    gone.append(shown(page))
    boxes = {box.text(): box for box in (page.face, page.clipboard, page.on_top)}
    with qtbot.waitSignal(page.chosen) as told:
        if name in boxes:
            boxes[name].click()
        else:
            (page.text if name[0].isdigit() else page.scheme).segment(name).click()
    assert told.args == [replace(Choices(scheme="light"), **changed)]  # type: ignore[arg-type]


def test_settings_show_what_is_chosen_and_take_the_nearest_size(
    look: Look, gone: list[QWidget], qtbot: QtBot, tmp_path: Path
) -> None:
    kept = Settings(tmp_path / "settings.ini")
    page = SettingsPage(look, kept)
    gone.append(shown(page))
    assert page.focusWidget() is page.scheme.segment("system")
    with qtbot.assertNotEmitted(page.chosen):
        page.show_choices(Choices("dark", 1.4, False, False, True))
    assert (page.scheme.current(), page.text.current()) == ("dark", "1.5")
    assert [box.isChecked() for box in (page.face, page.clipboard, page.on_top)] == [False, False, True]
    page.focus_main()
    assert page.scheme.current() == "system"


def test_a_fault_is_read_and_copied(look: Look, gone: list[QWidget], qtbot: QtBot) -> None:
    page = ErrorPage("tree.toml: question form is missing; install the program again.")
    gone.append(shown(page))
    assert page.focusWidget() is page.copy
    assert not page.undo.isVisible()
    assert (
        page.accessibleName()
        == "The questions cannot be asked: tree.toml: question form is missing; install the program again."
    )
    with qtbot.waitSignal(page.copy_wanted) as told:
        QTest.keyClick(page.copy, Qt.Key.Key_Space)
    assert told.args == ["tree.toml: question form is missing; install the program again.", "Copied the sentence."]


def test_a_fault_of_an_answer_can_be_taken_back(look: Look, gone: list[QWidget], qtbot: QtBot) -> None:
    page = ErrorPage("first")
    gone.append(shown(page))
    page.show_fault("Two rows answer for C40.22.", can_undo=True)
    page.focus_main()
    assert page.focusWidget() is page.undo
    assert page.sentence.text() == "Two rows answer for C40.22."
    with qtbot.waitSignal(page.undone):
        page.undo.click()
