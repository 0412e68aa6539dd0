"""The pictures of the cases: the doors, the list, and a case that is saved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from encoder.core.case_state import CaseState
from encoder.core.kept import Kept, Row, Standing
from encoder.gui.pages.cases.page import CasesPage
from tests.screen import NOW, Screen
from tests.shots import LABEL, NOTE, TUMOUR

PASSPHRASE = "a sentence to keep"
_SAID = (  # what stands in the list beside the case at work
    ("12-051", "waiting", "the form of the donor material", ()),
    ("12-048", "ask", "the margin of the resection", ()),
    ("12-039", "review", "a vascularized graft beside a donor cylinder", ("27365-LT", "20955")),
    ("12-038", "decided", "this primary may carry the add-on", ("27645-RT", "20932")),
    ("12-037", "decided", "this primary may carry the add-on", ("25170-RT", "20932")),
    ("12-036", "alone", "the graft is inside the code", ("27356-RT",)),
    ("12-033", "decided", "this primary may carry the add-on", ("23220-LT", "20932")),
    ("12-030", "alone", "the code book bars the add-on", ("27646-LT",)),
    ("12-028", "alone", "a plug for a cartilage defect has a code of its own", ("27415-LT",)),
    ("12-019", "stopped", "no edition covers the date", ()),
    ("12-015", "alone", "the graft is inside the code", ("27134-RT",)),
    ("12-012", "decided", "this primary may carry the add-on", ("27365-LT", "20934")),
    ("12-010", "decided", "this primary may carry the add-on", ("27365-LT", "20933")),
)


def page(screen: Screen) -> CasesPage:
    made = screen.desk.stage.page_of("cases")
    assert isinstance(made, CasesPage)
    return made


def rows() -> Iterator[tuple[Row, Kept]]:
    """Cases of some days."""
    for number, (label, kind, say, lines) in enumerate(_SAID):
        on = date(2026, 5, 1).replace(day=20 - number)
        when = NOW.replace(day=NOW.day - number).isoformat(timespec="minutes")
        kept = Kept(CaseState(on, label, {"claim": frozenset({"surgeon"})}), saved=number % 3 == 0)
        yield Row(label, label, on, "surgeon", Standing(kind, say, lines), kept.saved, when), kept


def doors(screen: Screen) -> Iterator[str]:
    """Each door of the cases in turn."""
    cases = page(screen)
    screen.press("Ctrl+2")
    yield "cases_make"
    cases.make.door.first.setText("short")
    cases.make.door.again.setText("other")
    screen.press("Enter")
    yield "cases_make_refused"
    keeper = screen.desk.keeper
    screen.wait(keeper.opened, lambda: keeper.make(PASSPHRASE))
    cases.change.click()
    yield "cases_change"
    screen.press("Escape", "Ctrl+L")
    yield "cases_locked"
    screen.wait(keeper.opened, lambda: keeper.unlock(PASSPHRASE))


def lists(screen: Screen) -> Iterator[str]:
    """The list: empty, full, and with nothing found."""
    keeper = screen.desk.keeper
    screen.press("Ctrl+2")
    yield "cases_empty"
    for held, kept in rows():
        keeper.bring_back(held, kept)
    screen.press("Escape")
    screen.desk.session.set_case(LABEL)
    screen.read_note(NOTE)
    screen.go_on(TUMOUR)
    screen.press("Ctrl+S")
    yield "cases_saved"
    screen.press("Ctrl+2", "Home")
    screen.flush_cases()
    yield "cases"
    screen.press("Ctrl+F")
    screen.type("nobody")
    yield "cases_nothing"
    screen.press("Escape")


def draw(screen: Screen, folder: Path, only: str) -> int:
    """Draw every picture whose name contains ``only``; how many were made."""
    made = 0
    folder.mkdir(parents=True, exist_ok=True)
    for scene in (doors, lists):
        for name in scene(screen):
            screen.settle()
            if only in name:
                screen.window.grab().save(str(folder / f"{name}.png"))
                made += 1
    return made
