"""What the page of the editions does: what its parts want goes to the work, and what comes back is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from encoder.errors import EncoderError, UsageError
from encoder.gui import files
from encoder.gui.editions_work import EditionsWork, Packing
from encoder.gui.pages.data.intake import ImportPanel
from encoder.gui.pages.data.packs import PacksPane
from encoder.gui.pages.data.report import ReportPane
from encoder.gui.pages.data.table import EditionsTable
from encoder.gui.widgets.focus import holds_focus
from encoder.gui.wording.refusal import in_window
from encoder.gui.wording.sources import upper_first
from encoder.store.edition_writer import CancelledError

if TYPE_CHECKING:
    from encoder.formats.plan import Plan, Wish
    from encoder.store.edition_changes import Report
    from encoder.store.editions import Verified


class Doing(QObject):
    """Imports, comparisons, roll backs and packs.

    Signals:
        shown(QWidget): a pane is to be seen. left(): what waited there was left; the edition is to be seen again.
        focus_wanted(): the focus is to go where work goes on. changed(): the keys do something else now.
    """

    shown = Signal(object)
    left = Signal()
    focus_wanted = Signal()
    changed = Signal()

    def __init__(
        self,
        work: EditionsWork,
        table: EditionsTable,
        panel: ImportPanel,
        report: ReportPane,
        packs: PacksPane,
        say: Callable[[str, str], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._work, self._table, self._panel, self._report, self._packs = work, table, panel, report, packs
        self._say = say
        self._files: tuple[Path, ...] = ()
        self._wish: Wish | None = None
        self._passed: tuple[tuple[str, str], ...] = ()
        self._packing = False
        long = work.work
        table.compare_wanted.connect(self.compare)
        table.turn_wanted.connect(self.turn)
        report.acted.connect(self._act)
        panel.wanted.connect(self.read)
        panel.answered.connect(self._answer)
        panel.columns_wanted.connect(self._ask_columns)
        panel.cancelled.connect(long.cancel)
        panel.agreed.connect(work.agree)
        work.planned.connect(self._planned)
        work.imported.connect(self._imported)
        work.said.connect(say)
        work.failed.connect(self._failed)
        work.compared.connect(self._compared)
        work.verified.connect(self._verified)
        work.keys_changed.connect(self._show_keys)
        long.progressed.connect(panel.show_progress)
        long.asked.connect(self._asked)
        long.ended.connect(self._ended)
        packs.export_wanted.connect(self._export)
        packs.sign_wanted.connect(self._sign)
        packs.keys_wanted.connect(self._make_keys)
        packs.trusted.connect(lambda key: self._at_keys(lambda: work.trust(key)))
        packs.distrusted.connect(lambda key: self._at_keys(lambda: work.distrust(key)))

    # -- import -------------------------------------------------------------------------------------------------------

    def read(self, paths: Sequence[Path]) -> None:
        """Read files or folders, report what they hold, and wait."""
        if not self._is_busy():
            self._files, self._wish, self._passed = tuple(paths), None, ()
            self._read()

    def agree(self) -> None:
        """Let what was read count."""
        if self._panel.is_waiting():
            self._work.agree()

    def _read(self) -> None:
        self._begin("looking at the files", lambda: self._work.read(self._files, self._wish), count=len(self._files))

    def _begin(self, what: str, doing: Callable[[], object], *, count: int = 0, packing: bool = False) -> None:
        if not self._is_busy():
            self._packing = packing
            self._packs.refuse("")
            self._panel.begin(what, count)
            doing()
            self.changed.emit()

    def _is_busy(self) -> bool:
        busy = self._work.work.busy()
        if busy:
            self._say("Something else is under way.", "Wait for its end, or cancel it.")
        return busy

    def _planned(self, plan: Plan) -> None:
        self._passed = plan.passed
        self._panel.show_plan(plan)

    def _asked(self, reports: Sequence[Report]) -> None:
        self._report.show_reports(reports, self._passed, "waiting")
        self._panel.wait_for_answer()
        self.shown.emit(self._report)
        self.changed.emit()

    def _ask_columns(self) -> None:
        self._panel.ask("columns", self._files[0].name, "")

    def _answer(self, asks: str, value: object) -> None:
        from encoder.formats.plan import Wish

        wish = self._wish or Wish()
        if asks == "columns":
            from encoder.formats.cpt import columns

            try:
                wish = replace(wish, columns=columns(str(value)))
            except UsageError as error:
                self._panel.question.refuse(in_window(str(error)))
                return
            self._wish = wish
        elif isinstance(value, date):
            self._wish = replace(wish, start=value)
        elif asks == "setting":
            self._wish = replace(wish, setting=str(value))
        else:
            self._wish = replace(wish, smaller=True)
        self._read()

    def _imported(self, reports: Sequence[Report]) -> None:
        self._table.show_edition(reports[0].id)
        self._report.show_reports(reports, self._passed, "report")

    def _failed(self, error: EncoderError) -> None:
        """Say what ended the work, where it was begun; ask for what the files do not say."""
        from encoder.formats.recognise import UNKNOWN

        asks, where = getattr(error, "asks", ""), getattr(error, "where", "")
        if asks:
            self._panel.ask(asks, where, str(error))
        elif isinstance(error, CancelledError):
            self._say(upper_first(str(error)), "")
        elif self._packing:
            self._packs.refuse(in_window(str(error)))
        else:
            unknown = len(self._files) == 1 and str(error).endswith(f"{UNKNOWN}.")
            self._panel.refuse(in_window(str(error)), columns=unknown)

    def _ended(self) -> None:
        """The work is over, whatever came of it."""
        if not self._panel.is_asking():
            waited = self._panel.is_waiting() or holds_focus(self._panel)
            self._panel.show_field()
            if self._report.kind == "waiting":
                self._report.leave()
                self.left.emit()
            if waited:
                self.focus_wanted.emit()
        self.changed.emit()

    # -- one edition --------------------------------------------------------------------------------------------------

    def compare(self, edition: str) -> None:
        """Work out what an edition changed."""
        self._begin("comparing", lambda: self._work.compare(edition))

    def verify(self, editions: Sequence[str]) -> None:
        """Read all of some editions."""
        self._begin("verifying", lambda: self._work.verify(editions))

    def turn(self, edition: str) -> None:
        """Roll back, or let a hidden edition answer again."""
        held = next((one for one in self._work.held() if one.id == edition), None)
        if held is not None and not self._is_busy():
            (self._work.restore if held.hidden else self._work.hide)(edition)

    def _act(self, name: str) -> None:
        row = self._table.row()
        if name == "save":
            self._save()
        elif row is not None and row.imported:
            doing: dict[str, Callable[[str], object]] = {
                "compare": self.compare,
                "turn": self.turn,
                "verify": lambda edition: self.verify([edition]),
                "remove": self._remove,
            }
            doing[name](row.id)

    def _remove(self, edition: str) -> None:
        if not self._is_busy():
            self._work.remove(edition)
            self.focus_wanted.emit()

    def _compared(self, report: Report) -> None:
        self._report.show_reports([report], (), "report")
        self.shown.emit(self._report)

    def _verified(self, found: Sequence[Verified]) -> None:
        self._report.show_verified(found)
        self.shown.emit(self._report)

    def _save(self) -> None:
        file = files.save_file(self._report, "Save the report", "import-report.txt", "Text (*.txt)")
        if file is None:
            return
        try:
            file.write_text(self._report.report(), encoding="utf-8")
        except OSError as error:
            self._panel.refuse(f"The report cannot be written to {file} ({error.strerror}); choose another folder.")
        else:
            self._say(f"Wrote {file.name}.", "")

    # -- packs --------------------------------------------------------------------------------------------------------

    def show_packs(self, on: date) -> None:
        """Show the packs and the keys that are trusted; the quarter of a date is offered."""
        licensed = any(held.kind.name == "cpt_licensed" and not held.hidden for held in self._work.held())
        self._packs.show_quarter(f"{on.year}Q{(on.month + 2) // 3}", licensed=licensed)
        self._show_keys()
        self.shown.emit(self._packs)

    def _show_keys(self) -> None:
        self._packs.key.clear()
        try:
            self._packs.show_keys([key.id for key in self._work.trusted()])
        except EncoderError as error:
            self._packs.refuse(in_window(str(error)))

    def _export(self, out: Path, packing: Packing) -> None:
        self._begin("packing", lambda: self._work.export(out, packing), packing=True)

    def _sign(self, pack: Path, secret: Path, passphrase: str) -> None:
        self._begin("signing", lambda: self._work.sign(pack, secret, passphrase), packing=True)

    def _make_keys(self, name: Path, passphrase: str) -> None:
        self._begin("making keys", lambda: self._work.make_keys(name, passphrase), packing=True)

    def _at_keys(self, doing: Callable[[], object]) -> None:
        self._packing = True
        doing()
