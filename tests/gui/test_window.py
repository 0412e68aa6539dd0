"""Opening the window: first its frame, then what it holds, where it was left, or the sentence of what is broken."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter
from pytestqt.qtbot import QtBot

from encoder import paths
from encoder.errors import DataError, SetupError
from encoder.gui import start
from encoder.gui.desk import Desk
from encoder.gui.pages.error import ErrorPage
from encoder.gui.settings import Choices, Settings
from encoder.gui.start import Opening, need_display, open_window, open_with, sentence_of
from encoder.gui.window import Window
from tests.gui.look.dress import body_font
from tests.screen import ON, Screen
from tests.shots import COMPACT, NOTE

Open = Callable[..., Screen]


@pytest.fixture
def opened(qapp: QApplication, database: Path, tmp_path: Path) -> Iterator[Open]:
    """Opens windows that share one file of settings, and closes them."""
    screens: list[Screen] = []

    def opening(**more: object) -> Screen:
        screens.append(Screen(qapp, more.pop("database", database), tmp_path / "settings.ini", **more))  # type: ignore[arg-type]
        return screens[-1]

    with body_font(qapp):
        yield opening
        for screen in screens:
            screen.close()


def fault_page(window: QMainWindow) -> ErrorPage:
    page = window.centralWidget()
    assert isinstance(page, ErrorPage)
    return page


def fault(window: QMainWindow) -> str:
    return fault_page(window).sentence.text()


# -- as it was left ---------------------------------------------------------------------------------------------------


def test_place_handles_and_choices_are_as_they_were_left(opened: Open) -> None:
    first = opened(size=None)
    room = first.window.screen().availableGeometry()
    assert first.window.width() == min(room.width(), 105 * 13)
    first.window.resize(760, 640)
    first.desk.choose(Choices("dark", 1.0, clear_clipboard=False))
    handles = first.desk.case.findChildren(QSplitter)[0]
    handles.moveSplitter(420, 2)
    first.settle()
    left = handles.sizes()
    first.close()
    again = opened(size=None)
    assert again.window.size().toTuple() == (760, 640)
    assert again.look.scheme == "dark"
    assert not again.settings.choices.clear_clipboard
    assert again.desk.case.findChildren(QSplitter)[0].sizes() == left
    again.desk.choose(Choices())


def test_a_compact_window_is_narrow_on_top_and_leaves_the_kept_place_alone(opened: Open, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text(NOTE, encoding="utf-8")
    compact = opened(size=None, compact=True, note=note, case="12-044")
    window = compact.window
    assert isinstance(window, Window)
    assert window.width() < 500
    assert window.is_on_top()
    assert compact.desk.bar.pin.isChecked()
    compact.wait_for_note()
    assert compact.desk.case.right.note.text() == NOTE
    assert compact.desk.bar.case.text() == "12-044"
    compact.window.close()
    assert compact.settings.geometry().isEmpty()


def test_the_smallest_window_holds_without_scrolling_sideways(opened: Open) -> None:
    screen = opened(size=(10, 10))
    least = screen.window.minimumSize()
    assert (screen.window.width(), screen.window.height()) == (least.width(), least.height())
    assert least.width() <= COMPACT[0]
    assert screen.desk.width() == screen.window.width()
    screen.desk.choose(Choices(text=2.0))
    screen.settle()
    assert screen.desk.width() == screen.window.width()
    screen.desk.choose(Choices())


# -- in two steps -----------------------------------------------------------------------------------------------------


def test_the_frame_is_painted_before_anything_is_read(
    qapp: QApplication, database: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    hook = sys.excepthook
    with body_font(qapp):
        opening = Opening(database, paths.resources(), ON)
        window = open_with(qapp, opening, Settings(tmp_path / "settings.ini"))
        assert not isinstance(window.centralWidget(), Desk)
        window.show()
        qtbot.waitUntil(lambda: isinstance(window.centralWidget(), Desk))
        assert window.focusWidget() is window.centralWidget().case.question.answers  # type: ignore[union-attr]
        window.close()
        window.deleteLater()
    sys.excepthook = hook


def test_the_program_opens_its_window_and_ends_with_it(
    qapp: QApplication, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook, seen = sys.excepthook, []

    def once(_words: object) -> QApplication:
        return qapp

    def stay() -> int:
        window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, Window) and one.isVisible())
        seen.append(window.windowTitle())
        window.close()
        window.deleteLater()
        return 0

    monkeypatch.setattr(start, "QApplication", once)
    monkeypatch.setattr(qapp, "exec", stay, raising=False)
    monkeypatch.setattr(Settings, "of_user", lambda: Settings(tmp_path / "settings.ini"))
    with body_font(qapp):
        assert open_window(Opening(database, paths.resources(), ON)) == 0
    assert seen == ["Graftpath"]
    sys.excepthook = hook


def test_without_a_display_a_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SetupError, match="There is no display for the window here; use the commands instead"):
        need_display()
    monkeypatch.setenv("DISPLAY", ":0")
    need_display()


def test_settings_are_kept_in_the_folder_of_the_user(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("APPDATA", str(tmp_path))
    Settings.of_user().keep_place("case", "1,2")
    assert Settings.of_user().place("case") == "1,2"


# -- what is broken ---------------------------------------------------------------------------------------------------


def resources(tmp_path: Path) -> Path:
    shutil.copytree(paths.resources(), tmp_path / "resources")
    return tmp_path / "resources"


def test_a_broken_tree_is_said_in_the_window(opened: Open, tmp_path: Path) -> None:
    folder = resources(tmp_path)
    file = folder / "tree" / "structural_allograft.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('id = "donor_bone"', "id = 7", 1), encoding="utf-8")
    screen = opened(resources=folder)
    assert "structural_allograft.toml" in fault(screen.window)
    fault_page(screen.window).copy.click()
    assert QGuiApplication.clipboard().text() == fault(screen.window)


def test_two_trees_are_one_too_many(opened: Open, tmp_path: Path) -> None:
    folder = resources(tmp_path)
    shutil.copy(folder / "tree" / "structural_allograft.toml", folder / "tree" / "another.toml")
    assert fault(opened(resources=folder).window).startswith("resources/tree holds 2 trees")


def test_a_broken_database_is_said_in_the_window(opened: Open, tmp_path: Path) -> None:
    file = tmp_path / "encoder.db"
    file.write_bytes(b"no database")
    assert "encoder.db" in fault(opened(database=file).window)


def test_a_database_that_could_not_be_built_is_said_in_the_window(opened: Open) -> None:
    said = "db/sources/codes.csv, line 7: code must be five digits, not 2736; correct it and start again"
    assert fault(opened(fault=said).window) == said


@pytest.mark.parametrize(
    ("file", "text"), [("tokens.toml", "schema = 2"), ("look.qss", None), ("look.qss", "a { color: @nothing; }")]
)
def test_a_broken_look_is_said_in_a_plain_window(opened: Open, tmp_path: Path, file: str, text: str | None) -> None:
    folder = resources(tmp_path)
    if text is None:
        (folder / file).unlink()
    else:
        (folder / file).write_text(text, encoding="utf-8")
    screen = opened(resources=folder)
    assert screen.window.windowTitle() == "Graftpath"
    assert file.split(".", maxsplit=1)[0] in fault(screen.window)
    fault_page(screen.window).copy.click()
    assert QGuiApplication.clipboard().text() == fault(screen.window)


def test_what_nobody_foresaw_is_said_with_its_kind() -> None:
    assert sentence_of(DataError, DataError("tree.toml: no questions")) == "tree.toml: no questions"
    said = sentence_of(ZeroDivisionError, ZeroDivisionError("by zero"))
    assert "(ZeroDivisionError: by zero)" in said
    assert "start it again" in said
