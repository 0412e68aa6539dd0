"""Nothing of a note leaves the memory of the program: no log, no file, no setting, no text of an error."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from encoder.errors import InputError
from encoder.gui import note_reader
from encoder.gui.widgets.verdict import VerdictLine
from encoder.store.documents import document_of
from tests.gui.look.dress import body_font
from tests.screen import Screen
from tests.shots import ANSWERED, NOTE, TUMOUR

CANARY = "Quettle"
SECRET = NOTE.replace("OPERATIVE REPORT", f"OPERATIVE REPORT of {CANARY}, Ann").replace(
    "The distal femoral", f"For {CANARY} the distal femoral"
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that every temporary and every personal file goes to."""
    for name in ("HOME", "TMPDIR", "TEMP", "TMP", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield tmp_path
    monkeypatch.undo()
    tempfile.tempdir = None


def holds(folder: Path, words: str) -> list[Path]:
    """The files that hold some words, in any of the ways a program writes them."""
    forms = [words.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [file for file in files if any(form in file.read_bytes() for form in forms)]


def test_a_note_leaves_no_trace(
    qapp: QApplication, database: Path, home: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    note = home / "given" / "note.txt"
    note.parent.mkdir()
    note.write_text(SECRET, encoding="utf-8")
    with body_font(qapp):
        screen = Screen(qapp, database, home / "settings.ini", note=note)
        screen.wait_for_note()
        assert CANARY in screen.desk.case.right.note.text()
        screen.go_on(TUMOUR)
        start = SECRET.index(CANARY)
        screen.desk.case.right.note.show_place(start, start + len(CANARY))
        screen.press("Ctrl+E", "F3", "0", "Ctrl+Shift+C", "Ctrl+Enter", "1")
        screen.go_on(ANSWERED)
        screen.press("Ctrl+Shift+C")
        screen.desk.choose(replace(screen.settings.choices, scheme="dark"))
        screen.window.resize(480, 760)
        screen.settle()
        screen.close()
    QGuiApplication.clipboard().clear()
    assert (home / "settings.ini").exists()
    assert holds(home, CANARY) == [note]
    assert CANARY not in caplog.text
    out, err = capfd.readouterr()
    assert CANARY not in out + err


@pytest.mark.usefixtures("cheap_key")
def test_a_saved_case_leaves_no_word_that_can_be_read(
    qapp: QApplication, database: Path, home: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    passphrase = "a sentence to keep"
    with body_font(qapp):
        screen = Screen(qapp, database, home / "settings.ini", cases=home / "cases")
        keeper = screen.desk.keeper
        screen.wait(keeper.opened, lambda: keeper.make(passphrase))
        screen.read_note(SECRET)
        screen.desk.session.set_case(f"{CANARY} 12-044")
        screen.go_on({**TUMOUR, "graft_form": "not_documented"})
        screen.desk.case.stop.draft.setPlainText(f"To Dr {CANARY}.")
        screen.press("Ctrl+S", "Ctrl+L")
        screen.wait(keeper.opened, lambda: keeper.unlock(passphrase))
        assert [row.label for row in keeper.rows()] == [f"{CANARY} 12-044"]
        assert holds(home, CANARY) == []
        for held in (keeper.rows(), keeper._last, screen.desk.work.kept(saved=True)):
            assert f"Dr {CANARY}" not in repr(held)
            assert f"of {CANARY}, Ann" not in repr(held)
        screen.close()
    assert {file.name for file in (home / "cases").iterdir()} == {"cases.db", "cases.key"}
    for words in (CANARY, passphrase, "osteoarticular"):
        assert holds(home, words) == []
        assert words not in caplog.text + "".join(capfd.readouterr())


def test_no_error_carries_words_of_a_note(
    qapp: QApplication,
    database: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """An error while a note is read is told by its kind; the representations that errors carry hold no words of it."""
    with body_font(qapp):
        screen = Screen(qapp, database, tmp_path / "settings.ini")
        screen.read_note(SECRET)
        screen.go_on(TUMOUR)
        screen.press("1")
        work, pane = screen.desk.work, screen.desk.case.right.note
        assert screen.view().evidence
        for held in (screen.view().evidence, work.seen.ticks, pane.note, pane.reader, work.notes.selected):
            assert CANARY not in repr(held)

        def fail(_parts: object, text: str, *_rest: object) -> None:
            raise ValueError(text)

        monkeypatch.setattr(note_reader, "read_note", fail)
        screen.read_note(f"{SECRET} again")
        said = [line.text() for line in pane.findChildren(VerdictLine) if line.isVisible()]
        assert said == ["The note cannot be read here (ValueError); save it as plain text and open that."]
        screen.close()
    assert CANARY not in "".join(capfd.readouterr())


def test_a_broken_file_is_told_by_its_name_alone() -> None:
    heads: tuple[tuple[str, Callable[[bytes], bytes]], ...] = (
        ("x.pdf", lambda words: b"%PDF-1.7\n" + words),
        ("x.docx", lambda words: b"PK\x03\x04" + words),
        ("x.txt", lambda words: b"\0\1\2" * 9 + words),
    )
    for name, make in heads:
        with pytest.raises(InputError) as refused:
            document_of(name, make(SECRET.encode()))
        assert CANARY not in str(refused.value)
