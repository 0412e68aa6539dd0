"""The small parts of the window: frames, rail, clipboard, settings that are kept, help texts, keys that are shown."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from encoder import paths
from encoder.gui.clipboard import Clipboard
from encoder.gui.frames import Frame, frame_of
from encoder.gui.helptexts import HelpTexts
from encoder.gui.look import Look
from encoder.gui.places import PLACES
from encoder.gui.rail import Rail
from encoder.gui.settings import Choices, Settings
from encoder.gui.wording.sources import Sources
from encoder.store.codebook import Codebook
from encoder.store.tree_file import read_tree

# -- frames -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "text", "frame", "density"),
    [
        ((1366, 768), 1, Frame("wide", "tall"), "normal"),
        ((1366, 768), 2, Frame("middle", "low"), "tight"),
        ((1092, 600), 1, Frame("wide", "short"), "short"),
        ((1091, 700), 1, Frame("middle", "tall"), "normal"),
        ((598, 700), 1, Frame("middle", "tall"), "normal"),
        ((480, 760), 1, Frame("narrow", "tall"), "compact"),
        ((480, 519), 1, Frame("narrow", "low"), "tight"),
    ],
)
def test_a_window_has_the_frame_of_its_size_in_em(
    look: Look, size: tuple[int, int], text: float, frame: Frame, density: str
) -> None:
    look.set_text_scale(text)
    assert frame_of(look, *size) == frame
    assert frame.density == density
    assert frame.roomy == (frame.across != "narrow" and frame.down != "low")


# -- the rail ---------------------------------------------------------------------------------------------------------


def test_the_rail_has_a_named_button_with_a_key_for_every_place(look: Look, qtbot: QtBot) -> None:
    rail = Rail(look, PLACES)
    qtbot.addWidget(rail)
    rail.resize(rail.sizeHint().width(), 600)
    rail.show()
    buttons = rail.findChildren(QToolButton)
    assert [button.accessibleName() for button in buttons] == [place.name for place in PLACES]
    assert [button.toolTip() for button in buttons] == [f"{one.name} (Ctrl+{at})" for at, one in enumerate(PLACES, 1)]
    with qtbot.waitSignal(rail.chosen) as told:
        buttons[1].click()
    assert told.args == [PLACES[1].id]
    rail.show_place(PLACES[0].id)
    rail.focus_main()
    assert rail.focusWidget() is buttons[0]
    assert [button.isChecked() for button in buttons] == [True, *[False] * (len(buttons) - 1)]


# -- the clipboard ----------------------------------------------------------------------------------------------------


def test_what_was_copied_is_cleared_after_a_while(qapp: object, qtbot: QtBot) -> None:
    system = QGuiApplication.clipboard()
    Clipboard(seconds=0.01).put("27365-LT", clear=True)
    keeper = Clipboard(seconds=0.01)
    keeper.put("27365-LT", clear=True)
    assert system.text() == "27365-LT"
    qtbot.waitUntil(lambda: system.text() == "")


def test_what_was_copied_elsewhere_meanwhile_stays(qapp: object, qtbot: QtBot) -> None:
    system = QGuiApplication.clipboard()
    mine = Clipboard(seconds=0.01)
    mine.put("27365-LT", clear=True)
    system.setText("a phone number")
    other = Clipboard(seconds=0.05)
    other.put("", clear=True)
    system.setText("a phone number")
    with qtbot.waitSignal(other._timer.timeout):
        pass
    assert system.text() == "a phone number"


def test_clearing_can_be_turned_off(qapp: object) -> None:
    mine = Clipboard(seconds=0)
    mine.put("27365-LT", clear=True)
    mine.put("20932", clear=False)
    QTest.qWait(1)
    assert QGuiApplication.clipboard().text() == "20932"


# -- settings ---------------------------------------------------------------------------------------------------------


def test_choices_and_places_are_kept(tmp_path: Path, qapp: object) -> None:
    file = tmp_path / "settings.ini"
    first = Settings(file)
    assert first.choices == Choices()
    assert first.geometry().isEmpty()
    chosen = Choices("dark", 1.5, bundled_face=False, clear_clipboard=False, on_top=True)
    first.choose(chosen)
    first.keep_place("case.wide", "17.8,1,30.4")
    first.keep_geometry(QByteArray(b"where it was"))
    del first
    again = Settings(file)
    assert again.choices == chosen
    assert again.place("case.wide") == "17.8,1,30.4"
    assert again.place("result") == ""
    assert again.geometry() == QByteArray(b"where it was")


@pytest.mark.parametrize(
    ("kept", "found"),
    [
        ({"scheme": "sepia", "text": "huge", "on_top": "maybe"}, Choices()),
        ({"text": "9"}, Choices(text=2.0)),
        ({"text": "0.1"}, Choices()),
        ({"scheme": "light", "clear_clipboard": "False"}, Choices(scheme="light", clear_clipboard=False)),
    ],
)
def test_settings_that_make_no_sense_are_as_at_the_first_start(
    tmp_path: Path, qapp: object, kept: dict[str, str], found: Choices
) -> None:
    file = tmp_path / "settings.ini"
    store = QSettings(str(file), QSettings.Format.IniFormat)
    for name, value in kept.items():
        store.setValue(f"look/{name}", value)
    store.sync()
    assert Settings(file).choices == found


def test_a_settings_file_that_is_no_settings_file_is_passed_over(tmp_path: Path, qapp: object) -> None:
    file = tmp_path / "settings.ini"
    file.write_bytes(b"\x00\xff[look\nscheme===")
    assert Settings(file).choices == Choices()


# -- help texts -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def texts(book: Codebook) -> HelpTexts:
    tree = read_tree(paths.resources() / "tree", "structural_allograft")
    return HelpTexts(paths.resources() / "help", tree, book, Sources(book))


def test_every_topic_has_a_title_and_a_text_of_its_own(texts: HelpTexts) -> None:
    topics = texts.topics()
    assert [topic for topic, _ in topics[:2]] == ["program", "keys"]
    assert topics[-1] == ("sources", "Sources and editions")
    assert len({title for _, title in topics}) == len(topics)
    for topic, title in topics:
        text = texts.text(topic)
        assert text.startswith(f"# {title}\n")
        assert "is missing" not in text.partition("\n")[2][:80]


def test_the_keys_of_the_places_are_told(texts: HelpTexts) -> None:
    for number, place in enumerate(PLACES, 1):
        assert f"**Ctrl+{number}** {place.name.lower()}" in texts.text("keys")


def test_no_help_file_lies_unused(texts: HelpTexts) -> None:
    files = {file.stem for file in (paths.resources() / "help").glob("*.md")}
    assert files == {topic for topic, _ in texts.topics()} - {"sources"}


def test_every_question_can_be_explained_with_its_sources(texts: HelpTexts) -> None:
    tree = read_tree(paths.resources() / "tree", "structural_allograft")
    for question in tree.questions.values():
        title, text = texts.of_question(question.id)
        assert title == f"Help: {question.label}"
        assert len(text.split()) > 8
        assert "Sources: " in text


def test_a_question_without_a_topic_is_explained_by_its_answers(texts: HelpTexts) -> None:
    _, text = texts.of_question("side")
    assert text.startswith("# Which side?\n")
    assert "- **Left**" in text


def test_the_register_names_every_edition_and_source(texts: HelpTexts, book: Codebook) -> None:
    text = texts.text("sources")
    assert all(f"**{edition.label}**" in text for edition in book.editions())
    assert all(f"**{source.title}**" in text for source in book.sources())


def test_a_missing_help_text_says_so_in_its_place(book: Codebook, tmp_path: Path) -> None:
    tree = read_tree(paths.resources() / "tree", "structural_allograft")
    text = HelpTexts(tmp_path, tree, book, Sources(book)).text("graft_form")
    assert text.startswith("# Graft form\n\nThe help text resources/help/graft_form.md is missing or cannot be read")
    assert "install the program again" in text


def test_the_dates_of_the_tree_stand_in_the_register(texts: HelpTexts) -> None:
    assert f"{date(2019, 1, 1)} to {date(2026, 12, 31)}" in texts.text("sources")
