"""The audit in the real window: a file in, findings out, stopped and gone on with, counted, filtered, looked back."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from encoder.gui import files
from encoder.gui.pages.audit.page import AuditPage
from encoder.gui.places import AUDIT
from encoder.gui.wording import audit as words
from encoder.store import audit_run
from tests.screen import Screen
from tests.shots import COMPACT
from tests.shots_claims import CLAIMS, HEAD, claims

LONG = 60_000  # ms


@pytest.fixture
def page(screen: Screen) -> AuditPage:
    screen.desk.show_place(AUDIT)
    page = screen.desk.page()
    assert isinstance(page, AuditPage)
    page.form.against.setCurrentIndex(0)
    page.show_part(1)
    screen.desk.hints.clear_message()
    return page


def run(qtbot: QtBot, page: AuditPage, file: Path) -> None:
    """Audit a file and read what was found."""
    page.take_file(file)
    with qtbot.waitSignal(page.work.found, timeout=LONG):
        page.form.run.click()


def found(page: AuditPage) -> list[tuple[str, str, str]]:
    return [(row.claim, row.severity, row.kind) for row in page.findings.model.rows()]


def tables(page: AuditPage) -> list[str]:
    """Each table of the summary as it is read out."""
    return page.summary.spoken()


def choose(qtbot: QtBot, page: AuditPage, box: str, key: str) -> None:
    """Choose in one of the filters."""
    combo = getattr(page.findings, box)
    with qtbot.waitSignal(page.work.found, timeout=LONG):
        combo.setCurrentIndex(combo.findData(key))


# -- the file ---------------------------------------------------------------------------------------------------------


def test_the_columns_of_a_chosen_file_are_told(
    page: AuditPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = claims(tmp_path)
    monkeypatch.setattr(files, "open_file", lambda *_: file)
    page.form.choose.click()
    facts = {fact.label: fact.text for fact in page.form.columns.table.facts()}
    assert facts["cpt"] == "procedure code"
    assert facts["Passed over"] == "patient"
    assert page.form.out.text() == str(tmp_path / "claims-findings.csv")
    assert page.form.run.hasFocus()
    monkeypatch.setattr(files, "save_file", lambda *_: tmp_path / "elsewhere.csv")
    page.form.place.click()
    assert page.form.asked().out == tmp_path / "elsewhere.csv"


@pytest.mark.parametrize("way", ["dropped", "pasted", "typed"])
def test_a_file_comes_by_every_way(screen: Screen, page: AuditPage, tmp_path: Path, way: str) -> None:
    file = claims(tmp_path)
    if way == "dropped":
        dragged = QMimeData()
        dragged.setUrls([QUrl.fromLocalFile(str(file))])
        button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        copy = Qt.DropAction.CopyAction
        QApplication.sendEvent(page, QDragEnterEvent(QPoint(9, 9), copy, dragged, button, none))
        QApplication.sendEvent(page, QDropEvent(QPointF(9, 9), copy, dragged, button, none))
    elif way == "pasted":
        page.tabs.setFocus()
        QGuiApplication.clipboard().setText(str(file))
        screen.press("Ctrl+V")
    else:
        page.form.source.setFocus()
        page.form.source.clear()
        screen.type(str(file))
        screen.press("Enter")
    assert page.form.source.text() == str(file)
    assert page.form.run.isEnabled()


def test_a_missing_column_is_said_and_the_audit_cannot_run(page: AuditPage, tmp_path: Path) -> None:
    file = tmp_path / "claims.csv"
    file.write_text("claim,cpt\n1,27365\n", encoding="utf-8")
    page.take_file(file)
    (missing,) = [fact for fact in page.form.columns.table.facts() if fact.ink == "stop"]
    assert missing.label == "date of service"
    assert missing.text.startswith("**missing**")
    assert not page.form.run.isEnabled()


def test_a_file_that_cannot_be_read_is_refused(page: AuditPage, tmp_path: Path, screen: Screen) -> None:
    page.take_file(tmp_path / "none.csv")
    assert "none.csv" in page.form.error.text()
    assert not page.form.run.isEnabled()
    page.tabs.setFocus()
    QGuiApplication.clipboard().setText(" ")
    screen.press("Ctrl+V")
    assert page.form.error.text().startswith("There is no path to paste")


def test_the_findings_never_overwrite_the_claims(page: AuditPage, tmp_path: Path) -> None:
    file = claims(tmp_path)
    page.take_file(file)
    page.form.out.setText(str(file))
    page.form.run.click()
    assert page.form.error.text().startswith("The findings would overwrite the claims")
    assert not page.work.work.busy()


# -- the audit --------------------------------------------------------------------------------------------------------


def test_an_audit_counts_by_kind_code_and_locality_and_writes_its_findings(
    screen: Screen, page: AuditPage, tmp_path: Path, qtbot: QtBot
) -> None:
    run(qtbot, page, claims(tmp_path))
    assert page.summary.title.text() == "5 claims, 10 lines audited."
    kinds, codes, places = tables(page)
    assert "add-ons: deny 2, look 0, note 0" in kinds
    assert "code pairs: deny 1" in kinds
    assert codes.startswith("20932: lines 2, US$ 1,945.95; 20934: lines 2, US$ 1,297.30")
    assert places.startswith("0111205: lines 2, US$ 1,945.95; 1320201: lines 2, US$ 1,297.30")
    assert "No locality indices are loaded" in places
    assert page.tabs.tabText(2) == "Findings 5"
    assert screen.desk.hints.message() == "Wrote claims-findings.csv."
    with (tmp_path / "claims-findings.csv").open(encoding="utf-8", newline="") as written:
        rows = list(csv.DictReader(written))
    assert [(row["claim"], row["severity"], row["kind"]) for row in rows] == found(page)
    assert "patient" not in rows[0]


def test_what_has_no_loaded_value_is_never_worth_nothing(page: AuditPage, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "claims.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([HEAD, ("1", "1", "20932", "", "2", "2024-08-01", "C40.22", "", "x")])
    with qtbot.waitSignal(page.work.audited, timeout=LONG) as told:
        run(qtbot, page, file)
    (audited,) = told.args
    assert words.numbers(audited)[-1] == ("not loaded", "US$ at stake on denied lines")
    assert tables(page)[1].startswith("20932: lines 1, US$ not loaded")


def test_findings_are_filtered_and_the_current_one_is_told_in_full(
    screen: Screen, page: AuditPage, tmp_path: Path, qtbot: QtBot
) -> None:
    run(qtbot, page, claims(tmp_path))
    page.show_part(3)
    assert page.findings.table.hasFocus()
    assert page.findings.detail.text().startswith("line 2 · deny · 51 on 20932")
    choose(qtbot, page, "kind", "add_on")
    assert [claim for claim, _, _ in found(page)] == ["1003", "1005"]
    assert page.findings.count.text() == "2 findings of 5"
    with qtbot.waitSignal(page.work.found, timeout=LONG):
        page.findings.text.setFocus()
        screen.type("1005")
        screen.press("Enter")
    assert [claim for claim, _, _ in found(page)] == ["1005"]
    choose(qtbot, page, "severity", "note")
    assert found(page) == []
    page.show_part(3)
    assert page.findings.text.hasFocus()


def test_an_audit_is_stopped_and_goes_on_from_there(
    screen: Screen, page: AuditPage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_run, "PORTION", 200)
    file = tmp_path / "many.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        write = csv.writer(out).writerow
        write(HEAD)
        for number in range(4000):
            write((f"{number}", "1", "20934", "", "1", "2026-05-01", "C40.22", "", "x"))
    page.take_file(file)

    def stop(*_: object) -> None:
        page.progress.cancel.click()

    page.work.counted.connect(stop)
    with qtbot.waitSignal(page.work.audited, timeout=LONG):
        screen.press("Ctrl+Enter")
    page.work.counted.disconnect(stop)
    qtbot.waitUntil(lambda: not page.work.work.busy(), timeout=LONG)
    assert page.summary.title.text().startswith("Stopped after ")
    assert not (tmp_path / "many-findings.csv").exists()
    assert page.form.run.isEnabled()
    with qtbot.waitSignal(page.work.found, timeout=LONG):
        screen.press("Ctrl+Enter")
    assert page.summary.title.text() == "4,000 claims, 4,000 lines audited. It went on where it had been stopped."
    assert page.findings.count.text() == "the first 1,000 of 4,000 findings"


def test_a_look_back_tells_the_differences_alone(page: AuditPage, tmp_path: Path, qtbot: QtBot, screen: Screen) -> None:
    file = tmp_path / "claims.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([HEAD, *CLAIMS, ("9", "1", "27458", "LT", "1", "2026-05-01", "M21.752", "", "x")])
    page.take_file(file)
    days = [page.form.against.itemData(at) for at in range(page.form.against.count())]
    assert days[0] == ""
    page.form.against.setCurrentIndex(days.index("2025-12-31"))
    with qtbot.waitSignal(page.work.found, timeout=LONG):
        page.form.run.click()
    assert "Differences to the tables on 2025-12-31 alone." in page.summary.title.text()
    assert page.findings.change.isVisibleTo(page.findings)
    # 27458 came with 2026; every other edit of the file was the same in 2025
    assert [(row.change, row.claim, row.rule) for row in page.findings.model.rows()] == [("new", "9", "code_not_yet")]


# -- frames and keys --------------------------------------------------------------------------------------------------


def test_parts_are_opened_by_keys(screen: Screen, page: AuditPage) -> None:
    for number in (3, 2, 1):
        screen.press(f"Alt+{number}")
        assert page.parts.currentIndex() == number - 1
    assert ("Ctrl", "O") in [hint.keys for hint in page.hints()]
    screen.press("F1")
    assert screen.desk.page().article.accessibleName() == "Auditing a file of claims"  # type: ignore[attr-defined]


def test_in_a_narrow_window_columns_stand_below_and_findings_keep_what_matters(
    screen: Screen, page: AuditPage, tmp_path: Path, qtbot: QtBot
) -> None:
    run(qtbot, page, claims(tmp_path))
    screen.window.resize(*COMPACT)
    page.show_part(3)
    screen.settle()
    hidden = [page.findings.table.isColumnHidden(column) for column in range(6)]
    assert hidden == [False, True, False, True, False, False]
    page.show_part(1)
    screen.settle()
    below = page.form.columns.mapTo(page, page.form.columns.rect().topLeft()).y()
    assert below > page.form.run.mapTo(page, page.form.run.rect().bottomLeft()).y()
