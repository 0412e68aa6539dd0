"""Worked claims typed into the real window, and the way from a decided case or a new edition to a checked claim."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from encoder.core.claim_cases import ClaimCase, differences
from encoder.gui.pages.check.page import CheckPage
from encoder.gui.pages.data.page import DataPage
from encoder.store.claim_file import read_claims
from tests.formats import made
from tests.screen import Screen, own_screen
from tests.shots_claims import check

CLAIMS = read_claims(Path(__file__).parents[1] / "claims")
EACH = 9
"""Every claim is proved where the checks are; of those one in so many is typed."""

pytestmark = pytest.mark.usefixtures("unmeasured")


@pytest.fixture(scope="module")
def window(qapp: QApplication, database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    with own_screen(qapp, database, tmp_path_factory.mktemp("own")) as screen:
        yield screen


@pytest.fixture
def screen(window: Screen) -> Screen:
    window.window.activateWindow()
    window.start_again()
    return window


def typed(screen: Screen, case: ClaimCase) -> CheckPage:
    """The page with a claim typed line by line."""
    page = check(screen)
    page.work.set_date(case.claim.on)
    page.work.set_setting(case.claim.setting)
    for text in (*(line.text for line in case.claim.lines), *case.claim.diagnoses):
        screen.type(text)
        screen.press("Enter")
    return page


def entered_alike(case: ClaimCase) -> bool:
    """Whether lines as typed hold all of a claim; who reports a line is told in files alone."""
    return bool(case.claim.lines) and not any(line.practitioner for line in case.claim.lines)


@pytest.mark.parametrize("case", [one for one in CLAIMS if entered_alike(one)][::EACH], ids=lambda case: case.id)
def test_a_worked_claim_typed_line_by_line_is_found_to_be_what_its_source_says(screen: Screen, case: ClaimCase) -> None:
    page = typed(screen, case)
    assert [*differences(case, page.work.checked)] == []
    rows = page.list.rows()
    assert sorted(row.finding for row in rows if row.finding >= 0) == list(range(len(page.work.checked.findings)))
    texts = ["".join(part.text for part in row.parts).split(" ")[0] for row in rows if row.spot and row.first]
    assert texts == [*case.claim.diagnoses, *("-".join((o.code, *o.modifiers)) for o in case.claim.lines)]


def test_a_decided_case_is_checked_spoiled_mended_and_copied_by_keyboard(screen: Screen) -> None:
    """Osteosarcoma of the distal femur: the tree decides, a second add-on is put on, its denial is mended."""
    screen.press("1", "1", "1", "1")  # donor bone, limb, radical resection, a joint surface
    screen.type("dist fem")
    screen.press("Down", "Enter", "1")
    screen.press("2")
    page = screen.desk.page()
    assert isinstance(page, CheckPage)
    assert page.band.verdict.text() == "No denial in the loaded tables"
    screen.type("20934-51")
    screen.press("Enter")
    assert page.band.verdict.kind() == "deny"
    screen.press("Up", "Ctrl+Enter", "Ctrl+Shift+C")
    copied = QGuiApplication.clipboard().text()
    assert [line.split("  ")[0] for line in copied.split("\n\n")[0].splitlines()] == ["27365", "20932"]
    assert "No denial in the loaded tables" in copied
    screen.press("Ctrl+Z")
    assert [line.text for line in page.work.claim().lines] == ["27365", "20932", "20934-51"]


def test_a_quarter_is_imported_answers_for_its_dates_alone_and_is_rolled_back(
    screen: Screen, qtbot: QtBot, tmp_path: Path
) -> None:
    """Code pairs of 2026 Q3 by keyboard: a claim of August is denied by a row that begins in July."""
    page = check(screen, "27365-LT, 20932")
    rows = [("27365", "20932", "", "20260701", "*", "0", "Mutually exclusive procedures"), *made.PTP[3:]]
    for name, content in (made.ptp_parts() | made.ptp_parts({3: rows})).items():
        made.put(tmp_path, name, content)
    screen.desk.show_place("data")
    data = screen.desk.page()
    assert isinstance(data, DataPage)
    QGuiApplication.clipboard().setText(str(tmp_path))
    with qtbot.waitSignal(data.work.work.asked, timeout=60_000):
        screen.press("Ctrl+V")
    with qtbot.waitSignal(data.work.work.ended, timeout=60_000):
        screen.press("Ctrl+Enter")
    found = []
    for day in ("2026-08-03", "2026-05-01"):
        screen.desk.show_place("check")
        page.head.day.start_over()
        screen.type(day)
        found.append(page.band.verdict.kind())
    assert found == ["deny", "decided"]
    page.head.day.start_over()
    screen.type("2026-08-03")
    screen.desk.show_place("data")
    screen.press("Delete")
    screen.desk.show_place("check")
    assert page.band.verdict.kind() != "deny"
