"""The code book behind the window: favourites and notes in their file, what is refused, and searches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from encoder import paths
from encoder.core.session import Session
from encoder.core.tree.model import Tree
from encoder.errors import InputError, SetupError, UsageError
from encoder.gui.book_work import BookWork
from encoder.gui.searching import Sought, Wish
from encoder.store.library import Library

ON, TODAY = date(2026, 5, 1), date(2026, 11, 25)


@pytest.fixture(scope="module")
def library(database: Path) -> Iterator[Library]:
    library = Library.open(database)
    yield library
    library.close()


def made(library: Library, tree: Tree, file: Path | None) -> BookWork:
    return BookWork(library, Session(tree, library, ON), paths.resources(), file, TODAY)


def test_what_is_kept_is_there_at_the_next_start(
    qapp: QApplication, library: Library, tree: Tree, tmp_path: Path
) -> None:
    file = tmp_path / "below" / "codes.json"
    book = made(library, tree, file)
    assert book.turn_favourite("20932")
    book.write_note("20932", " Keep the lot number. ")
    again = made(library, tree, file)
    assert again.collection.favourites == ("20932",)
    note = again.collection.notes[0]
    assert (note.text, note.written) == ("Keep the lot number.", TODAY)
    assert not again.changed(note)
    assert not again.turn_favourite("20932")
    assert again.undo()
    assert made(library, tree, file).collection == again.collection == book.collection


def test_a_file_that_cannot_be_read_is_said_and_never_written_over(
    qapp: QApplication, library: Library, tree: Tree, tmp_path: Path
) -> None:
    file = tmp_path / "codes.json"
    file.write_text("{broken", encoding="utf-8")
    book = made(library, tree, file)
    assert "cannot be read" in book.fault
    with pytest.raises(InputError):
        book.turn_favourite("20932")
    assert file.read_text(encoding="utf-8") == "{broken"
    assert book.collection.favourites == ()


def test_what_cannot_be_written_is_not_shown_as_kept(
    qapp: QApplication, library: Library, tree: Tree, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    book = made(library, tree, None)
    book._file = tmp_path / "file" / "codes.json"
    with qtbot.assertNotEmitted(book.kept), pytest.raises(SetupError):
        book.turn_favourite("20932")
    assert book.collection.favourites == ()
    assert not book.undo()


def test_a_refused_note_leaves_the_one_it_was_to_replace(qapp: QApplication, library: Library, tree: Tree) -> None:
    book = made(library, tree, None)
    book.write_note("20932", "Keep the lot number.")
    with pytest.raises(UsageError):
        book.write_note("20932", "MRN 1234567", book.collection.notes[0])
    assert [note.text for note in book.collection.notes] == ["Keep the lot number."]
    book.write_note("20932", "", book.collection.notes[0])
    assert book.collection.notes == ()


def test_codes_are_known_as_they_may_be_written(qapp: QApplication, library: Library, tree: Tree) -> None:
    book = made(library, tree, None)
    assert [book.known(text) for text in (" 20932 ", "c40.22", "POS:21", "lt", "", "nothing", "\0")] == [
        *("20932", "C40.22", "pos:21", "LT", "", "", ""),
    ]
    assert book.page("nothing") is None


def test_the_last_of_many_wishes_is_found(qapp: QApplication, library: Library, tree: Tree, qtbot: QtBot) -> None:
    """Typing goes on while a search runs: what waits is replaced, and only the last is sure to come."""
    book = made(library, tree, None)
    searching = book.searching
    came: list[Sought] = []
    searching.found.connect(came.append)
    last = Wish("20932", ON)
    with qtbot.waitSignal(searching.found, timeout=30_000, check_params_cb=lambda sought: sought.wish == last):
        for text in ("2", "20", "209", "2093"):
            searching.search(Wish(text, ON))
        searching.search(last)
    assert [sought.wish.text for sought in came] == ["2", "20932"]
    assert came[-1].found.hits[0].code == "20932"
    searching.again()
    with qtbot.waitSignal(searching.found, timeout=30_000):
        searching.search(last)
    assert came[-1] == came[1]


def test_a_damaged_table_is_said(
    qapp: QApplication, library: Library, tree: Tree, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = made(library, tree, None)
    searching = book.searching
    monkeypatch.setattr(library, "twin", lambda: Library.open(tmp_path / "none.db"))
    with qtbot.waitSignal(searching.failed, timeout=30_000) as told:
        searching.search(Wish("20932", ON))
    assert "The code database is missing" in str(told.args[0])
