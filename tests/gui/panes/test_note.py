"""The pane of the note: pasted, opened or dropped, read beside the window, shown as it is, never stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QTabBar
from pytestqt.qtbot import QtBot

from encoder.gui import note_reader
from encoder.gui.look import Look
from encoder.gui.panes.note import NotePane
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.text import Words
from encoder.gui.widgets.verdict import VerdictLine
from encoder.gui.wording.note import Mention

TEXT = "Back table: The distal femoral allograft was thawed.\n\nDr. Müller – 12½ cm"
SECOND = "Implants: one plate."
PATIENCE = 60_000


@pytest.fixture
def note(look: Look) -> Iterator[NotePane]:
    note = NotePane(look)
    note.resize(396, 300)
    note.show()
    yield note
    note.reader.close()
    note.close()
    note.deleteLater()


@pytest.fixture
def read(note: NotePane, qtbot: QtBot) -> Callable[[Callable[[], object]], None]:
    """Does something and waits until what it started is read or refused."""

    def until(doing: Callable[[], object]) -> None:
        with qtbot.waitSignal(note.reader.ended, timeout=PATIENCE):
            doing()

    return until


Read = Callable[[Callable[[], object]], None]


def refusal(note: NotePane) -> str:
    line = note.findChild(VerdictLine)
    assert isinstance(line, VerdictLine)
    return line.text() if line.isVisible() else ""


def button(note: NotePane, name: str) -> KeyButton:
    return next(one for one in note.findChildren(KeyButton) if name in (one.text(), one.accessibleName()))


def words(note: NotePane) -> list[str]:
    return [label.text() for label in note.findChildren(Words) if label.isVisible()]


def tabs(note: NotePane) -> QTabBar:
    found = note.findChild(QTabBar)
    assert isinstance(found, QTabBar)
    return found


# -- documents --------------------------------------------------------------------------------------------------------


def test_without_a_note_there_is_none_to_remove(note: NotePane, read: Read) -> None:
    assert not button(note, "Remove this document").isVisible()
    read(lambda: note.add_text(TEXT))
    assert button(note, "Remove this document").isVisible()


def test_the_text_is_shown_as_it_is(note: NotePane, read: Read) -> None:
    read(lambda: note.add_text(TEXT))
    assert note.text() == note.view.toPlainText() == TEXT
    assert note.note is not None
    assert note.note.text == TEXT
    assert note.view.isReadOnly()
    assert "The note, no mention" in words(note)


def test_pasting_takes_the_clipboard_and_says_when_there_is_nothing(note: NotePane, read: Read) -> None:
    QGuiApplication.clipboard().setText(TEXT)
    read(button(note, "Paste").click)
    assert note.text() == TEXT
    QGuiApplication.clipboard().clear()
    button(note, "Paste").click()
    assert refusal(note) == "There is no text to paste: copy the note first."
    assert note.text() == TEXT
    note.clear()
    assert refusal(note) == ""
    assert note.text() == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_text_file_is_opened_in_the_encodings_of_hospitals(
    note: NotePane, read: Read, tmp_path: Path, encoding: str
) -> None:
    file = tmp_path / "note.txt"
    file.write_bytes(TEXT.encode(encoding))
    read(lambda: note.open_files([file]))
    assert (note.text(), refusal(note)) == (TEXT, "")
    assert [document.name for document in note.documents()] == ["note.txt"]


def test_what_cannot_be_read_is_said_and_everything_stays(note: NotePane, read: Read, tmp_path: Path) -> None:
    read(lambda: note.add_text(TEXT))
    program, good = tmp_path / "scan.bin", tmp_path / "good.txt"
    program.write_bytes(b"MZ\0\0")
    good.write_text(SECOND, encoding="utf-8")
    read(lambda: note.open_files([good, program]))
    assert refusal(note).startswith("scan.bin is no text;")
    assert [document.text for document in note.documents()] == [TEXT]
    read(lambda: note.open_files([tmp_path / "gone.txt"]))
    assert refusal(note).startswith("gone.txt cannot be read (No such file or directory)")
    read(lambda: note.open_files([good]))
    assert refusal(note) == ""


def test_an_error_that_nobody_foresaw_is_told_by_its_kind_alone(
    note: NotePane, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> None:
        raise KeyError(TEXT)

    monkeypatch.setattr(note_reader, "read_note", fail)
    read(lambda: note.add_text(TEXT))
    assert refusal(note) == "The note cannot be read here (KeyError); save it as plain text and open that."
    assert note.documents() == ()


def test_files_are_chosen_in_a_dialog(
    note: NotePane, read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for file, text in zip(files, (TEXT, SECOND), strict=True):
        file.write_text(text, encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([], ""))
    button(note, "Open…").click()
    assert not note.reader.busy()
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(file) for file in files], ""))
    read(button(note, "Open…").click)
    assert [document.name for document in note.documents()] == ["a.txt", "b.txt"]


def drop(note: NotePane, data: QMimeData) -> bool:
    actions, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), actions, data, buttons, none)
    enter.ignore()
    note.dragEnterEvent(enter)
    if enter.isAccepted():
        note.dropEvent(QDropEvent(QPointF(9, 9), actions, data, buttons, none))
    return enter.isAccepted()


def test_text_and_files_are_dropped(note: NotePane, read: Read, tmp_path: Path) -> None:
    data = QMimeData()
    assert not drop(note, data)
    data.setText(" \n")
    assert drop(note, data)
    assert not note.reader.busy()
    data.setText("Dropped words.")
    read(lambda: drop(note, data))
    assert note.text() == "Dropped words."
    file = tmp_path / "note.txt"
    file.write_text(TEXT, encoding="utf-8")
    data.setUrls([QUrl.fromLocalFile(str(file))])
    read(lambda: drop(note, data))
    assert note.text() == TEXT
    assert len(note.documents()) == 2


def test_several_documents_stand_on_tabs_and_each_can_be_taken_out(note: NotePane, read: Read) -> None:
    read(lambda: note.add_text(TEXT))
    assert not tabs(note).isVisible()
    read(lambda: note.add_text(SECOND))
    read(lambda: note.add_text(SECOND))
    assert [tabs(note).tabText(at) for at in range(tabs(note).count())] == ["Operative note", "Operative note 2"]
    assert note.text() == SECOND
    tabs(note).setCurrentIndex(0)
    assert note.text() == TEXT
    read(button(note, "Remove this document").click)
    assert [document.text for document in note.documents()] == [SECOND]
    assert not tabs(note).isVisible()
    read(button(note, "Remove this document").click)
    assert note.note is None
    assert not button(note, "Remove this document").isVisible()
    assert note.selection() is None


# -- long work --------------------------------------------------------------------------------------------------------


def test_a_long_reading_shows_how_far_it_is_and_cancelling_leaves_everything_as_it_was(
    note: NotePane, read: Read, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    read(lambda: note.add_text(TEXT))
    going, ended = Event(), Event()

    def slow(_file: Path, progress: Callable[[int, int], None]) -> None:
        try:
            while not going.wait(0.01):
                progress(12, 200)
            progress(13, 200)
        finally:
            ended.set()

    monkeypatch.setattr(note_reader, "read_document", slow)
    with qtbot.waitSignal(note.reader.going_on, timeout=PATIENCE):
        note.open_files([tmp_path / "long.pdf"])
    assert "Reading long.pdf, page 12 of 200" in words(note)
    button(note, "Cancel").click()
    assert not note.reader.busy()
    assert not button(note, "Cancel").isVisible()
    assert ended.wait(PATIENCE)
    qtbot.wait(1)
    assert [document.text for document in note.documents()] == [TEXT]
    assert refusal(note) == ""


def test_what_is_read_last_counts(note: NotePane, read: Read) -> None:
    note.add_text(TEXT * 50)
    read(lambda: note.add_text(SECOND))
    assert [document.text for document in note.documents()] == [SECOND]


# -- mentions ---------------------------------------------------------------------------------------------------------


def at(text: str, said: str, kind: str = "stated", offset: int = 0) -> Mention:
    start = offset + text.index(said)
    return Mention(start, start + len(said), kind, "1", "With a joint surface")  # type: ignore[arg-type]


def test_mentions_are_gone_to_round_and_round_over_all_documents(note: NotePane, read: Read, qtbot: QtBot) -> None:
    read(lambda: note.add_text(TEXT))
    read(lambda: note.add_text(SECOND))
    note.step(1)
    assert note.current() is None
    found = [at(TEXT, "allograft"), at(SECOND, "plate", "negated", len(TEXT) + 2)]
    note.show_mentions(found, anew=True)
    assert note.view.shown() == 0, "the first that carries something is brought into sight"
    assert [tabs(note).tabText(place) for place in (0, 1)] == ["Operative note · 1", "Operative note 2 · 1"]
    assert "2 mentions · F3 next" in words(note)
    with qtbot.waitSignal(note.stepped):
        button(note, "Next mention").click()
    assert "1 of 2: stated · 1 With a joint surface" in words(note)
    note.step(1)
    assert note.view.shown() == 1
    assert note.selection() == (found[1].start, found[1].end)
    note.step(1)
    assert note.current() == found[0]
    button(note, "Mention before").click()
    assert note.current() == found[1]
    note.show_mentions(found[1:])
    assert note.current() == found[1]
    note.show_mentions(found[:1])
    assert note.current() is None
    note.step(-1)
    assert note.current() == found[0]


def test_a_selection_is_told_in_the_joined_text_and_goes_before_the_mention(note: NotePane, read: Read) -> None:
    read(lambda: note.add_text(TEXT))
    read(lambda: note.add_text(SECOND))
    assert note.selection() is None
    place = len(TEXT) + 2 + SECOND.index("one")
    note.show_place(place, place + 3)
    assert note.selection() == (place, place + 3)
    assert note.note is not None
    assert note.note.text[place : place + 3] == "one"
    blank = SECOND.index(" ")
    note.view.select(blank, blank + 1)
    assert note.selection() is None


def test_a_quote_can_be_taken_off_only_where_there_is_one(note: NotePane, read: Read, qtbot: QtBot) -> None:
    read(lambda: note.add_text(TEXT))
    assert not button(note, "Take off").isVisible()
    note.say_quotes(quoted=True, more="“cut” goes with the answer you give.")
    assert "“cut” goes with the answer you give." in words(note)
    with qtbot.waitSignal(note.take_off_wanted):
        button(note, "Take off").click()
    with qtbot.waitSignal(note.quote_wanted):
        button(note, "Quote").click()


def test_in_a_narrow_pane_buttons_show_their_icons_and_keep_their_names(note: NotePane, read: Read, look: Look) -> None:
    read(lambda: note.add_text(TEXT))
    note.resize(look.px("right_tabs"), 300)
    assert button(note, "Paste").text() == ""
    note.resize(396, 300)
    assert button(note, "Paste").text() == "Paste"
