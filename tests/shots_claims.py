"""The pictures of the claim check, the editions and the audit, with real lines and small files in published layouts."""

from __future__ import annotations

import csv
import threading
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from encoder.core.claim import Claim
from encoder.gui.pages.audit.page import AuditPage
from encoder.gui.pages.check.page import CheckPage
from encoder.gui.pages.data.page import DataPage
from encoder.gui.places import AUDIT, CHECK, DATA
from encoder.store.edition_writer import Watcher
from encoder.store.library import Library
from tests.formats import made
from tests.screen import ON, Screen

EVERYTHING = "27365-LT, 20932-51*2, 20934, 69990, 20680-LT, C40.21"
CLEAN = "27365-LT:A, 20932:A, C40.22"
HEAD = ("claim", "line", "cpt", "modifier", "units", "date of service", "dx", "locality", "patient")
CLAIMS = (
    ("1001", "1", "27365", "LT", "1", "2026-05-01", "C40.22", "0111205", "a"),
    ("1001", "2", "20932", "51", "2", "2026-05-01", "C40.22", "0111205", "a"),
    ("1002", "1", "27365", "RT", "1", "2026-05-04", "C40.21", "0111205", "b"),
    ("1002", "2", "20932", "", "1", "2026-05-04", "C40.21", "0111205", "b"),
    ("1002", "3", "20934", "", "1", "2026-05-04", "C40.21", "0111205", "b"),
    ("1003", "1", "20934", "", "1", "2026-05-06", "C40.21", "1320201", "c"),
    ("1004", "1", "24150", "LT", "1", "2026-05-07", "C40.02", "1320201", "d"),
    ("1004", "2", "20933", "", "1", "2026-05-07", "C40.02", "1320201", "d"),
    ("1005", "1", "27702", "LT", "1", "2026-05-08", "M19.072", "1320201", "e"),
    ("1005", "2", "20932", "", "1", "2026-05-08", "M19.072", "1320201", "e"),
)
_FIGURES = {
    "status": (2,),
    "work_rvu": (4,),
    "facility_pe_rvu": (7,),
    "mp_rvu": (9,),
    "facility_total_rvu": (11,),
    "pctc_ind": (12,),
    "global_days": (13,),
    "mult_proc_ind": (17,),
    "bilateral_ind": (18,),
    "assistant_ind": (19,),
    "co_surgeon_ind": (20,),
    "team_surgeon_ind": (21,),
}
"""Where each figure of a code stands in a row of the file."""
_LATE = 350  # ms: the bar of progress is shown a moment after the work began


def values(folder: Path, book: Library) -> Path:
    """The bundled values as a file of the second half of 2026: some changed, one code gone, one row cut short."""
    on, rows = date(2026, 7, 1), list[Sequence[str]]()
    for code in (one.code for one in book.codes()):
        known = {name: book.indicator(code, name, on) for name in _FIGURES}
        if known["work_rvu"] is None or code == "27365":
            continue
        row = list(made.FEE_ROWS[0])
        row[0] = code
        for name, places in _FIGURES.items():
            for place in places:
                row[place] = figure.value if (figure := known[name]) else row[place]
        if code in ("20932", "20933", "20934"):
            row[4] = f"{float(row[4]) - 0.12:.2f}"
        rows.append(row)
    data = made.fees_csv(rows, title="2026 {} July Release", wide=True)
    return made.put(folder, "PPRRVU2026_Jul.csv", data + b"2093,,A ROW THAT ENDS\r\n")


def claims(folder: Path) -> Path:
    """A file of past claims."""
    file = folder / "claims.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([HEAD, *CLAIMS])
    return file


# -- the claim check --------------------------------------------------------------------------------------------------


def check(screen: Screen, typed: str = "") -> CheckPage:
    """The claim check with some lines."""
    screen.desk.show_place(CHECK)
    page = screen.desk.page()
    assert isinstance(page, CheckPage)
    page.entry.left.emit()
    page.work.open(Claim((), ON))
    page.show_part(1)
    page.entry.focus_main()
    if typed:
        page.entry.field.clear()
        screen.type(typed)
        screen.wait(page.work.mended, lambda: screen.press("Enter"))
        page.focus_main()
    return page


def check_second(screen: Screen) -> None:
    """The second finding with everything behind it, and in a narrow window what was checked."""
    page = check(screen, EVERYTHING)
    screen.press("Down")
    if not page.side.isVisible():
        page.show_part(2)


def check_typing(screen: Screen) -> None:
    """A line that is being typed, and one that cannot be read."""
    check(screen, "27365-LT")
    screen.press("F6")
    screen.desk.page().entry.focus_main()  # type: ignore[attr-defined]
    screen.type("2093-")
    screen.press("Enter")


# -- the editions -----------------------------------------------------------------------------------------------------


def folder(screen: Screen) -> Path:
    """Where the files of the pictures lie."""
    shelf = screen.desk.page().work.library.shelf.folder  # type: ignore[attr-defined]
    path = Path(shelf).parent / "files"
    path.mkdir(exist_ok=True)
    return path


def data(screen: Screen) -> DataPage:
    """The editions, nothing imported."""
    screen.desk.show_place(DATA)
    page = screen.desk.page()
    assert isinstance(page, DataPage)
    if page.work.work.busy():
        screen.wait(page.work.work.ended, page.work.work.cancel)
    if not page.table.isVisible() or page.panel.is_asking():
        screen.press("Escape")
    page.panel.refuse("")
    if page.pack.isChecked():
        page.pack.click()
    for held in page.work.held():
        page.work.remove(held.id)
    page.report.leave()
    page.tables_changed()
    page.table.setCurrentIndex(page.table.editions.index(0, 0))
    page.focus_main()
    return page


def data_waiting(screen: Screen) -> DataPage:
    """What was read waits to be used."""
    page = data(screen)
    screen.wait(page.work.work.asked, lambda: page.doing.read([values(folder(screen), page.work.library)]))
    return page


def data_imported(screen: Screen) -> None:
    """What was read counts."""
    page = data_waiting(screen)
    screen.wait(page.work.work.ended, page.panel.agree.click)
    page.table.setFocus()


def data_edition(screen: Screen) -> None:
    """An imported edition and what can be done with it, rolled back."""
    data_imported(screen)
    page = screen.desk.page()
    assert isinstance(page, DataPage)
    row = page.table.row()
    assert row is not None
    page.report.kind = "edition"
    page.doing.turn(row.id)
    page.table.setFocus()


def data_running(screen: Screen) -> None:
    """An import under way."""
    page = data(screen)
    long = page.work.work

    def job(watcher: Watcher) -> None:
        watcher.progress("reading code pairs, part 2 of 4", 41_248_000, 108_338_900)
        while not watcher.cancelled():
            threading.Event().wait(0.01)

    page.panel.begin("reading code pairs", 4)
    screen.wait(long.progressed, lambda: long.start(job, lambda _made: None))
    loop = QEventLoop()
    QTimer.singleShot(_LATE, loop, loop.quit)
    loop.exec()
    page.panel.focus_main()


def data_refused(screen: Screen) -> None:
    """A file that is none of the published ones."""
    page = data(screen)
    file = made.put(folder(screen), "notes.csv", b"a,b\n1,2\n")
    screen.wait(page.work.work.ended, lambda: page.doing.read([file]))


def data_asks(screen: Screen) -> None:
    """A file that does not say from when it holds."""
    page = data(screen)
    file = made.put(folder(screen), "add-ons.xlsx", made.aoc_xlsx())
    screen.wait(page.work.work.ended, lambda: page.doing.read([file]))


def data_packs(screen: Screen) -> None:
    """Packs and keys."""
    data(screen).pack.click()


# -- the audit --------------------------------------------------------------------------------------------------------


def audit(screen: Screen) -> AuditPage:
    """The audit with a file of claims."""
    screen.desk.show_place(AUDIT)
    page = screen.desk.page()
    assert isinstance(page, AuditPage)
    page.take_file(claims(folder(screen)))
    return page


def audited(screen: Screen, part: int) -> None:
    """What came of the audit."""
    page = audit(screen)
    screen.wait(page.work.found, page.form.run.click)
    page.show_part(part)


CLAIM_SCENES: dict[str, Callable[[Screen], object]] = {
    "check_empty": check,
    "check": lambda screen: check(screen, EVERYTHING),
    "check_finding": check_second,
    "check_clean": lambda screen: check(screen, CLEAN),
    "check_typing": check_typing,
    "data": data,
    "data_waiting": data_waiting,
    "data_imported": data_imported,
    "data_edition": data_edition,
    "data_running": data_running,
    "data_refused": data_refused,
    "data_asks": data_asks,
    "data_packs": data_packs,
    "audit_empty": lambda screen: screen.desk.show_place(AUDIT),
    "audit_file": audit,
    "audit_summary": lambda screen: audited(screen, 2),
    "audit_findings": lambda screen: audited(screen, 3),
}
"""Each picture by its name, and what brings the window there."""
