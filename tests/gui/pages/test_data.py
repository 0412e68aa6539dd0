"""The editions in the real window: files in by every way, nothing counts before it is agreed to, back and out again."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from encoder.core.edits.worth import NATIONAL
from encoder.gui import files
from encoder.gui.pages.data.page import DataPage
from encoder.gui.pages.data.report import OWN
from encoder.gui.places import CHECK, DATA
from encoder.store.edition_writer import Watcher
from tests.formats import made
from tests.screen import SIZE, Screen, own_screen
from tests.shots import COMPACT, JOINT
from tests.shots_claims import CLEAN, check, data, values

LONG = 60_000  # ms: three others may share the machine
PAIR = (("27365", "20932", "", "20190101", "*", "0", "Mutually exclusive procedures"),)


@pytest.fixture(scope="module")
def own_window(
    qapp: QApplication, database: Path, unmeasured: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Screen]:
    """A window with a folder for imports."""
    with own_screen(qapp, database, tmp_path_factory.mktemp("own")) as screen:
        yield screen


@pytest.fixture
def screen(own_window: Screen) -> Screen:
    own_window.window.resize(*SIZE)
    own_window.window.activateWindow()
    own_window.start_again()
    own_window.settle()
    return own_window


@pytest.fixture
def page(screen: Screen) -> DataPage:
    """The page without any imported edition."""
    page = data(screen)
    screen.desk.hints.clear_message()
    return page


@pytest.fixture
def july(page: DataPage, tmp_path: Path) -> Path:
    return values(tmp_path, page.work.library)


def states(page: DataPage) -> dict[str, str]:
    """How each edition stands to the date: the first of each name."""
    rows = page.table.editions.rows()
    return {f"{row.label} {row.edition} {row.origin}": row.state for row in reversed(rows)}


def titles(page: DataPage) -> list[str]:
    return [fact.label for part in page.report.sections() for fact in part.table.facts()]


def folder(page: DataPage) -> list[str]:
    """What lies in the folder of editions."""
    path = page.work.library.shelf.folder
    assert path is not None
    return sorted(file.name for file in path.iterdir() if not file.name.startswith(".")) if path.exists() else []


def read(qtbot: QtBot, page: DataPage, *paths: Path) -> None:
    """Read files until they wait to be used."""
    with qtbot.waitSignal(page.work.work.asked, timeout=LONG):
        page.doing.read(paths)


def bring(qtbot: QtBot, page: DataPage, *paths: Path) -> None:
    """Import files."""
    read(qtbot, page, *paths)
    with qtbot.waitSignal(page.work.work.ended, timeout=LONG):
        page.panel.agree.click()


def refused(qtbot: QtBot, page: DataPage, *paths: Path) -> str:
    """What is said of files that are not taken."""
    with qtbot.waitSignal(page.work.work.ended, timeout=LONG):
        page.doing.read(paths)
    return page.panel.error.text()


def message(screen: Screen) -> str:
    return screen.desk.hints.message()


# -- the table --------------------------------------------------------------------------------------------------------


def test_the_table_says_how_each_edition_stands_to_a_date(screen: Screen, page: DataPage) -> None:
    found = states(page)
    assert found["Add-on list 2026 Q2 bundled"] == "in force"
    assert found["Code pairs 2024 Q3 bundled"] == "ended"
    assert found["Values 2025 October bundled"] == "older, kept"
    assert found["CPT, official text none loaded –"] == "not loaded"
    assert page.gap.text().startswith("4 of 11 sets have no edition for 2026-05-01.")
    page.day.line.setFocus()
    page.day.line.selectAll()
    screen.type("2024-08-01")
    assert states(page)["Code pairs 2024 Q3 bundled"] == "in force"
    assert states(page)["Values 2025 October bundled"] == "begins later"
    page.day.line.selectAll()
    screen.type("2026-05-01")


def test_the_edition_beside_the_table_is_the_current_row(screen: Screen, page: DataPage) -> None:
    screen.press("Home", "Down")
    assert page.report.title.text() == "Add-on list 2026 Q2"
    assert not any(button.isVisible() for button in page.report.buttons.values())
    screen.press("Enter", "Delete")  # a bundled one is never rolled back
    assert states(page)["Add-on list 2026 Q2 bundled"] == "in force"


# -- import -----------------------------------------------------------------------------------------------------------


def test_what_changes_for_the_case_and_for_kept_codes_is_told_first(
    screen: Screen, page: DataPage, july: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.desk.book.turn_favourite("20934")
    screen.go_on(JOINT)
    screen.desk.show_place("data")
    monkeypatch.setattr(files, "open_files", lambda *_: [july])
    with qtbot.waitSignal(page.work.work.asked, timeout=LONG):
        page.choose.click()
    own = next(part for part in page.report.sections() if part.table.accessibleName() == OWN)
    assert [fact.label for fact in own.table.facts()] == ["20932", "20934", "27365"]
    while screen.desk.book.undo():
        pass


def test_an_import_by_dialog_reports_first_and_counts_when_agreed_to(
    screen: Screen, page: DataPage, july: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "open_files", lambda *_: [july])
    with qtbot.waitSignal(page.work.work.asked, timeout=LONG):
        page.choose.click()
    assert folder(page) == []
    assert "Values 2026 July imported" not in states(page)
    assert page.report.title.text() == "What would change"
    assert [part.table.accessibleName() for part in page.report.sections()] == [
        "Rows that were refused",
        "In the codes this program works with",
    ]
    (row,) = page.report.sections()[0].table.facts()
    last = len(july.read_bytes().splitlines())
    assert (row.label, row.text) == (f"line {last}", "'2093' is no code of five characters")
    assert row.cite == "PPRRVU2026_Jul.csv"
    changed = {fact.label: fact.text for fact in page.report.sections()[1].table.facts()}
    assert changed["20932"] == "work RVU 12.68 → **12.56**"
    assert changed["27365"] == "**no longer listed**"
    with qtbot.waitSignal(page.work.work.ended, timeout=LONG):
        page.panel.agree.click()
    assert folder(page) == ["pfs-2026-july.db"]
    assert states(page)["Values 2026 July imported"] == "begins later"
    assert page.report.title.text() == "What changed"
    assert message(screen) == "Imported Values 2026 July."
    row_now = page.table.row()
    assert row_now is not None
    assert row_now.imported
    assert page.table.hasFocus()


def test_what_was_read_is_left_with_escape_and_nothing_changed(
    screen: Screen, page: DataPage, july: Path, qtbot: QtBot
) -> None:
    read(qtbot, page, july)
    assert [hint.keys for hint in page.hints()] == [("Ctrl", "Enter"), ("Esc",), ("F6",)]
    with qtbot.waitSignal(page.work.work.ended, timeout=LONG):
        screen.press("Escape")
    assert folder(page) == []
    assert page.table.hasFocus()
    assert page.report.kind == "edition"
    assert "Values 2026 July imported" not in states(page)


def test_what_was_read_counts_with_one_key(screen: Screen, page: DataPage, july: Path, qtbot: QtBot) -> None:
    read(qtbot, page, july)
    with qtbot.waitSignal(page.work.work.ended, timeout=LONG):
        screen.press("Ctrl+Enter")
    assert folder(page) == ["pfs-2026-july.db"]


def test_files_are_dropped(page: DataPage, july: Path, qtbot: QtBot) -> None:
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(july))])
    where, do, button = QPointF(40, 40), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    over = QDragEnterEvent(where.toPoint(), do, dragged, button, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page, over)
    assert over.isAccepted()
    with qtbot.waitSignal(page.work.work.asked, timeout=LONG):
        QApplication.sendEvent(page, QDropEvent(where, do, dragged, button, Qt.KeyboardModifier.NoModifier))


@pytest.mark.parametrize("way", ["pasted", "typed"])
def test_a_path_is_pasted_or_typed(screen: Screen, page: DataPage, july: Path, qtbot: QtBot, way: str) -> None:
    with qtbot.waitSignal(page.work.work.asked, timeout=LONG):
        if way == "pasted":
            QGuiApplication.clipboard().setText(f'"{july}"')
            screen.press("Ctrl+V")
        else:
            page.panel.path.setFocus()
            screen.type(str(july))
            screen.press("Enter")
    assert page.panel.is_waiting()


def test_without_a_path_there_is_nothing_to_read(screen: Screen, page: DataPage) -> None:
    QGuiApplication.clipboard().setText(" ")
    screen.press("Ctrl+V")
    assert page.panel.error.text().startswith("There is no path to paste")
    page.panel.read.click()
    assert page.panel.error.text().startswith("There is no path to read")


@pytest.mark.parametrize(
    ("name", "content", "begins"),
    [
        ("notes.csv", b"a,b\n1,2\n", "notes.csv: none of the published layouts that this program knows"),
        ("cut.zip", made.zipped({"PPRRVU2026_Jul.csv": made.fees_csv()})[:400], "cut.zip"),
        ("gone.csv", None, "gone.csv"),
    ],
)
def test_a_wrong_file_is_refused_in_a_sentence_and_nothing_changed(
    page: DataPage, tmp_path: Path, qtbot: QtBot, name: str, content: bytes | None, begins: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    said = refused(qtbot, page, path)
    assert begins in said
    assert "python" not in said
    assert "--" not in said
    assert folder(page) == []
    assert page.panel.path.isVisible()


def test_reading_is_cancelled(page: DataPage, tmp_path: Path, qtbot: QtBot, screen: Screen) -> None:
    long = page.work.work
    stopped = [f"{code:05d}" for code in range(10_000, 30_000)]
    rows = [(code, "20930", "", "20190101", "*", "0", "Mutually exclusive procedures") for code in stopped]
    split = {1: rows[:5000], 2: rows[5000:10_000], 3: rows[10_000:15_000], 4: rows[15_000:]}
    parts = [made.put(tmp_path, name, each) for name, each in made.ptp_parts(split).items()]

    def stop(*_: object) -> None:
        page.panel.progress.cancel.click()

    long.progressed.connect(stop)
    with qtbot.waitSignal(long.ended, timeout=LONG):
        page.doing.read(parts)
    long.progressed.disconnect(stop)
    assert folder(page) == []
    assert message(screen).startswith("Cancelled")
    assert page.panel.path.isVisible()


def test_the_window_works_on_while_files_are_read(screen: Screen, page: DataPage, qtbot: QtBot) -> None:
    long, free = page.work.work, threading.Event()

    def job(watcher: Watcher) -> str:
        watcher.progress("reading code pairs", 41_000_000, 108_000_000)
        free.wait()
        return "done"

    done: list[object] = []
    page.panel.begin("reading code pairs", 4)
    with qtbot.waitSignal(long.progressed, timeout=LONG):
        long.start(job, done.append)
    qtbot.waitUntil(page.panel.progress.isVisible, timeout=LONG)
    assert page.panel.progress.bar.value() == 379
    assert ("Esc",) in [hint.keys for hint in page.hints()]
    page.doing.read([Path("other.csv")])
    assert message(screen) == "Something else is under way."
    claim = check(screen, CLEAN)
    assert claim.band.verdict.text() == "No denial in the loaded tables"
    screen.desk.show_place(DATA)
    with qtbot.waitSignal(long.ended, timeout=LONG):
        free.set()
    assert done == ["done"]
    assert page.panel.path.isVisible()


# -- what the files do not say ----------------------------------------------------------------------------------------


def test_a_first_day_that_no_file_says_is_asked_for(
    screen: Screen, page: DataPage, tmp_path: Path, qtbot: QtBot
) -> None:
    path = made.put(tmp_path, "add-ons.xlsx", made.aoc_xlsx())
    assert refused(qtbot, page, path) == ""
    assert page.panel.is_asking()
    assert page.panel.question.text.text().startswith("add-ons.xlsx does not say from when it holds.")
    page.panel.question.go_on.click()
    assert page.panel.question.fault.isVisible()
    screen.type("2026-07-01")
    with qtbot.waitSignal(page.work.work.asked, timeout=LONG):
        screen.press("Enter")
    assert page.report.second.text().startswith("NCCI add-on code edits, 2026 Q3.")
    assert "For 2026-07-01" in page.report.second.text()


def test_a_question_is_left_with_escape(screen: Screen, page: DataPage, tmp_path: Path, qtbot: QtBot) -> None:
    refused(qtbot, page, made.put(tmp_path, "add-ons.xlsx", made.aoc_xlsx()))
    screen.press("Escape")
    assert not page.panel.is_asking()
    assert page.table.hasFocus()
    assert folder(page) == []


def test_an_unknown_table_may_be_one_of_official_texts(
    screen: Screen, page: DataPage, tmp_path: Path, qtbot: QtBot
) -> None:
    path = made.put(tmp_path, "ours.csv", b"Number,Words\n27365,Our licensed words\n20932,Other licensed words\n")
    refused(qtbot, page, path)
    assert page.panel.columns.isVisible()
    page.panel.columns.click()
    fields = page.panel.question.fields
    page.panel.question.go_on.click()
    assert page.panel.question.fault.isVisible()
    fields["code"].setText("A")
    fields["long"].setText("B")
    with qtbot.waitSignal(page.work.work.ended, timeout=LONG):
        page.panel.question.go_on.click()
    assert page.panel.question.asks == "start"
    page.panel.question.day.line.setText("2026-01-01")
    page.panel.question.day.line.editingFinished.emit()
    with qtbot.waitSignal(page.work.work.asked, timeout=LONG):
        page.panel.question.go_on.click()
    with qtbot.waitSignal(page.work.work.ended, timeout=LONG):
        page.panel.agree.click()
    rows = check(screen, "27365-LT, S42.301A").list.rows()
    assert [row.second for row in rows if row.number == "1"] == ["Our licensed words"]


# -- one edition ------------------------------------------------------------------------------------------------------


def test_an_edition_is_rolled_back_answers_again_and_is_removed(
    screen: Screen, page: DataPage, july: Path, qtbot: QtBot
) -> None:
    bring(qtbot, page, july)
    screen.press("Delete")
    assert states(page)["Values 2026 July imported"] == "rolled back"
    assert message(screen).startswith("Rolled back pfs-2026-july")
    screen.press("Delete")
    assert states(page)["Values 2026 July imported"] == "begins later"
    screen.press("Up", "Down")
    buttons = page.report.buttons
    assert buttons["turn"].text() == "Roll back"
    buttons["remove"].click()
    assert page.report.keep.hasFocus()
    page.report.keep.click()
    assert folder(page) == ["pfs-2026-july.db"]
    buttons["remove"].click()
    page.report.sure.click()
    assert folder(page) == []
    assert "Values 2026 July imported" not in states(page)


def test_what_an_edition_changed_is_told_again_and_saved(
    screen: Screen, page: DataPage, july: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(qtbot, page, july)
    screen.press("Home")
    page.table.show_edition("pfs-2026-july")
    with qtbot.waitSignal(page.work.compared, timeout=LONG):
        screen.press("Enter")
    assert page.report.title.text() == "What changed"
    monkeypatch.setattr(files, "save_file", lambda *_: tmp_path / "report.txt")
    page.report.buttons["save"].click()
    kept = (tmp_path / "report.txt").read_text(encoding="utf-8")
    assert "20932 work rvu: 12.68, now 12.56" in kept
    assert message(screen) == "Wrote report.txt."
    monkeypatch.setattr(files, "save_file", lambda *_: tmp_path / "none" / "report.txt")
    page.report.buttons["save"].click()
    assert "cannot be written" in page.panel.error.text()


def test_editions_are_verified_and_damage_is_said(page: DataPage, july: Path, qtbot: QtBot, screen: Screen) -> None:
    bring(qtbot, page, july)
    with qtbot.waitSignal(page.work.verified, timeout=LONG):
        page.verify.click()
    assert page.report.second.text() == "Every row of every edition is as it was imported."
    home = page.work.library.shelf.folder
    assert home is not None
    page.work.library.again()
    (home / "pfs-2026-july.db").write_bytes(b"no database at all")
    screen.desk.tables_changed()
    assert [row.state for row in page.table.editions.rows() if row.imported] == ["damaged"]
    page.table.show_edition("pfs-2026-july")
    assert "damaged" in page.report.sections()[0].table.facts()[0].text
    assert not page.report.buttons["turn"].isVisible()
    page.report.buttons["remove"].click()
    page.report.sure.click()
    assert folder(page) == []


def test_an_imported_edition_answers_at_once_everywhere_and_its_roll_back_too(
    screen: Screen, page: DataPage, tmp_path: Path, qtbot: QtBot
) -> None:
    claim = check(screen, "27365-LT, 20932")
    claim.work.set_date(date(2026, 8, 3))
    assert claim.band.verdict.kind() != "deny"
    screen.desk.show_place(DATA)
    parts = made.ptp_parts() | made.ptp_parts({3: [*PAIR, *made.PTP[3:]]})
    bring(qtbot, page, *(made.put(tmp_path, name, each) for name, each in parts.items()))
    screen.desk.show_place(CHECK)
    assert claim.band.verdict.kind() == "deny"
    assert any("code pairs 2026 Q3, 27365 → 20932" in row.cite for row in claim.list.rows())
    screen.desk.show_place(DATA)
    screen.press("Delete")
    screen.desk.show_place(CHECK)
    assert claim.band.verdict.kind() != "deny"


def test_localities_that_were_imported_price_the_claim(
    screen: Screen, page: DataPage, tmp_path: Path, qtbot: QtBot
) -> None:
    bring(qtbot, page, made.put(tmp_path, "GPCI2026.csv", made.gpci_csv(two_works=True, year=2026)))
    claim = check(screen, "27365-LT")
    box = claim.head.locality
    assert box.isEnabled()
    assert [box.itemData(at) for at in range(box.count())] == [NATIONAL, "0210201", "1011200", "0121201"]
    national = claim.side.values.table.text()
    with qtbot.waitSignal(claim.work.mended):
        box.setCurrentIndex(1)
        box.activated.emit(1)
    assert claim.side.values.table.text() != national


# -- packs ------------------------------------------------------------------------------------------------------------


def test_a_pack_goes_out_signed_and_comes_in_where_its_key_is_trusted(
    screen: Screen, page: DataPage, july: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(qtbot, page, july)
    page.pack.click()
    packs, long = page.packs, page.work.work
    packs.export.click()
    assert packs.error.text().startswith("Give the pack a name")
    pack = tmp_path / "office-1.pack"
    monkeypatch.setattr(files, "save_file", lambda *_: tmp_path / "office")
    packs.new_passphrase.setText("a long phrase")
    with qtbot.waitSignal(long.ended, timeout=LONG):
        packs.make.click()
    assert packs.new_passphrase.text() == ""
    monkeypatch.setattr(files, "save_file", lambda *_: pack)
    packs.name.setText("office")
    packs.version.setText("1")
    with qtbot.waitSignal(long.ended, timeout=LONG):
        packs.export.click()
    packs.sign.click()
    assert packs.error.text() == "Choose the pack and the secret key that signs it."
    monkeypatch.setattr(files, "open_file", lambda *_: tmp_path / "office.key")
    packs.choose_secret.click()
    packs.passphrase.setText("another phrase")
    with qtbot.waitSignal(long.ended, timeout=LONG):
        packs.sign.click()
    assert "passphrase" in packs.error.text()
    packs.passphrase.setText("a long phrase")
    with qtbot.waitSignal(long.ended, timeout=LONG):
        packs.sign.click()
    assert (tmp_path / "office-1.pack.minisig").exists()
    page.work.remove("pfs-2026-july")
    assert "trusted" in refused(qtbot, page, pack)
    packs.key.setText("nonsense")
    packs.trust.click()
    assert packs.error.isVisible()
    packs.key.setText(str(tmp_path / "office.pub"))
    packs.trust.click()
    assert [fact.action for fact in packs.keys.facts()] == ["trust no longer"]
    bring(qtbot, page, pack)
    assert states(page)["Values 2026 July imported"] == "begins later"
    page.report.kind = "edition"
    page.table.show_edition("pfs-2026-july")
    page.tables_changed()
    assert "Pack" in titles(page)
    page.work.remove("pfs-2026-july")
    content = bytearray(pack.read_bytes())
    content[len(content) // 2] ^= 1
    pack.write_bytes(content)
    assert "office-1.pack" in refused(qtbot, page, pack)
    assert "pfs-2026-july.db" not in folder(page)
    page.pack.click()
    packs.keys.opened.emit(packs.keys.facts()[0].id)
    assert packs.keys.facts() == ()


# -- frames -----------------------------------------------------------------------------------------------------------


def test_in_a_narrow_window_the_report_stands_in_place_of_the_table(
    screen: Screen, page: DataPage, july: Path, qtbot: QtBot
) -> None:
    screen.window.resize(*COMPACT)
    screen.settle()
    assert page.table.isVisible()
    assert not page.beside.isVisible()
    read(qtbot, page, july)
    assert page.beside.isVisible()
    assert not page.table.isVisible()
    with qtbot.waitSignal(page.work.work.ended, timeout=LONG):
        screen.press("Escape")
    screen.press("Escape")
    assert page.table.isVisible()
    assert screen.desk.page() is page


def test_f1_explains_editions(screen: Screen, page: DataPage) -> None:
    screen.press("F1")
    assert screen.desk.page().article.accessibleName() == "Editions and imports"  # type: ignore[attr-defined]
