"""The pane of the note: pasted, opened or dropped, shown as it is, never stored."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QTextCursor
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from encoder.gui.look import Look
from encoder.gui.panes.note import NotePane
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.text import Words
from encoder.gui.widgets.verdict import VerdictLine

TEXT = "Back table\nThe distal femoral allograft was thawed.\n\nDr. Müller – 12½ cm"


@pytest.fixture
def note(look: Look) -> Iterator[NotePane]:
    note = NotePane(look)
    note.resize(396, 300)
    note.show()
    yield note
    note.close()
    note.deleteLater()


def refusal(note: NotePane) -> str:
    line = note.findChild(VerdictLine)
    assert isinstance(line, VerdictLine)
    return line.text() if line.isVisible() else ""


def button(note: NotePane, text: str) -> KeyButton:
    return next(one for one in note.findChildren(KeyButton) if one.text() == text)


def test_the_text_is_shown_as_it_is_and_counted(note: NotePane) -> None:
    note.show_text(f"\n{TEXT}\n")
    assert note.text() == TEXT
    assert note.view.isReadOnly()
    assert "The note, 13 words" in [label.text() for label in note.findChildren(Words)]


def test_pasting_takes_the_clipboard_and_says_when_there_is_nothing(note: NotePane) -> None:
    QGuiApplication.clipboard().setText(TEXT)
    button(note, "Paste").click()
    assert note.text() == TEXT
    QGuiApplication.clipboard().clear()
    button(note, "Paste").click()
    assert refusal(note) == "There is no text to paste: copy the note first."
    assert note.text() == TEXT
    note.show_text(TEXT)
    assert refusal(note) == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_text_file_is_opened_in_the_encodings_of_hospitals(note: NotePane, tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "note.txt"
    file.write_bytes(TEXT.encode(encoding))
    note.open_file(file)
    assert note.text() == TEXT
    assert refusal(note) == ""


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"MZ\0\0", "it is no plain text"),
        (b"\x81 \x8d", "its letters are in no encoding known here"),
        (b" " * 2_000_001, "it is larger than 2 MB"),
    ],
)
def test_what_is_no_text_is_refused_and_the_note_stays(note: NotePane, tmp_path: Path, data: bytes, why: str) -> None:
    note.show_text(TEXT)
    file = tmp_path / "scan.pdf"
    file.write_bytes(data)
    note.open_file(file)
    assert refusal(note) == f"scan.pdf cannot be shown: {why}; save the note as plain text (.txt) and open that."
    assert note.text() == TEXT


def test_a_file_that_is_not_there_is_said(note: NotePane, tmp_path: Path) -> None:
    note.open_file(tmp_path / "gone.txt")
    assert refusal(note).startswith("gone.txt cannot be shown: No such file or directory;")


def test_a_file_is_chosen_in_a_dialog(note: NotePane, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "note.txt"
    file.write_text(TEXT, encoding="utf-8")
    for chosen, shown in (("", ""), (str(file), TEXT)):
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, given=chosen: (given, ""))
        button(note, "Open…").click()
        assert note.text() == shown


def drop(note: NotePane, data: QMimeData) -> bool:
    actions, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), actions, data, buttons, none)
    enter.ignore()
    note.dragEnterEvent(enter)
    if enter.isAccepted():
        note.dropEvent(QDropEvent(QPointF(9, 9), actions, data, buttons, none))
    return enter.isAccepted()


def test_text_and_files_are_dropped(note: NotePane, tmp_path: Path) -> None:
    data = QMimeData()
    assert not drop(note, data)
    data.setText("Dropped words.")
    assert drop(note, data)
    assert note.text() == "Dropped words."
    file = tmp_path / "note.txt"
    file.write_text(TEXT, encoding="utf-8")
    data.setUrls([QUrl.fromLocalFile(str(file))])
    assert drop(note, data)
    assert note.text() == TEXT


def test_a_selection_is_quoted_where_a_query_wants_one(note: NotePane, qtbot: QtBot) -> None:
    note.show_text(TEXT)
    quote = button(note, "Quote")
    assert not quote.isVisible()
    note.offer_quote(offered=True)
    assert note.selection() == ""
    note.view.moveCursor(QTextCursor.MoveOperation.Start)
    note.view.moveCursor(QTextCursor.MoveOperation.Down, QTextCursor.MoveMode.KeepAnchor)
    note.view.moveCursor(QTextCursor.MoveOperation.NextWord, QTextCursor.MoveMode.KeepAnchor)
    assert note.selection() == "Back table The"
    with qtbot.waitSignal(note.quote_wanted):
        quote.click()
    note.offer_quote(offered=False)
    assert not quote.isVisible()
