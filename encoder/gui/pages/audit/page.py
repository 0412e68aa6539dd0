"""Audit: a file of past claims held against the same edits; what was found, counted, filtered and written to a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from encoder.errors import EncoderError
from encoder.gui import files
from encoder.gui.actions import Action
from encoder.gui.audit_work import Audited, AuditWork, Counts
from encoder.gui.look import Look
from encoder.gui.pages.audit import keys
from encoder.gui.pages.audit.findings import AuditFindings
from encoder.gui.pages.audit.form import AuditForm
from encoder.gui.pages.audit.summary import AuditSummary
from encoder.gui.pages.page import NO_STRIP, Page, Pane, Strip
from encoder.gui.widgets.bars import Hint
from encoder.gui.widgets.progress import ProgressView
from encoder.gui.wording import audit as words
from encoder.gui.wording.refusal import in_window
from encoder.store.findings_file import FoundRows, Wanted

_TABS = ("File", "Summary", "Findings")
_SAFE = "What is done is kept: stopped and run again, it goes on from there. Nothing of a claim is kept anywhere else."
_FORM, _SUMMARY, _FINDINGS = range(3)


class AuditPage(Page):
    """Three parts as tabs: the file, the summary, the findings; at the foot how far an audit is."""

    title = "Audit a file of claims"
    topic = "audit"

    def __init__(
        self, look: Look, work: AuditWork, say: Callable[[str, str], object], parent: QWidget | None = None
    ) -> None:
        """``say`` says what was done."""
        super().__init__(parent)
        self._look, self.work, self._say = look, work, say
        self._written: Path | None = None
        self.setAcceptDrops(True)
        self.form, self.summary, self.findings = AuditForm(look), AuditSummary(look), AuditFindings(look)
        self.tabs = QTabBar()
        self.tabs.setExpanding(True)
        self.tabs.setAccessibleName("Parts of the audit")
        self.parts = QStackedWidget()
        for name, part in zip(_TABS, (self.form, self.summary, self.findings), strict=True):
            self.tabs.addTab(name)
            self.parts.addWidget(part)
        self.progress = ProgressView(look, _SAFE)
        self._foot = QFrame()
        self._foot.setProperty("fill", "sunken")
        self._foot.setProperty("edge", "top")
        self._inner = QVBoxLayout(self._foot)
        self._inner.addWidget(self.progress)
        self._foot.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self.parts, 1)
        column.addWidget(self._foot)
        self._counts = Counts(0, 0, 0, 0)
        self._connect()
        self._measure()
        look.changed.connect(self._measure)
        self.tables_changed()

    def _connect(self) -> None:
        work = self.work
        self.tabs.currentChanged.connect(self._turned)
        self.form.file_named.connect(self.take_file)
        self.form.run_wanted.connect(self.run)
        self.findings.wanted.connect(self._read)
        self.progress.cancelled.connect(work.work.cancel)
        work.counted.connect(self._count)
        work.audited.connect(self._audited)
        work.found.connect(self._found)
        work.failed.connect(self._failed)
        work.work.progressed.connect(self._show_progress)
        work.work.ended.connect(self._ended)
        shortcut = QShortcut(QKeySequence("Ctrl+O"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.form.choose_file)

    # -- the file -----------------------------------------------------------------------------------------------------

    def take_file(self, file: Path) -> None:
        """Show a file of claims and how its columns are understood."""
        self.form.show_file(file)
        try:
            columns: Sequence[tuple[str, str]] = self.work.columns(file)
        except EncoderError as error:
            self.form.show_columns([])
            self.form.refuse(in_window(str(error)))
        else:
            self.form.show_columns(words.columns(columns))
        self.tabs.setCurrentIndex(_FORM)
        self.focus_main()

    def run(self) -> None:
        """Run the audit that is asked for."""
        if self.work.work.busy() or not self.form.run.isEnabled():
            return
        self.form.refuse("")
        asked = self.form.asked()
        self._counts = Counts(0, 0, 0, 0)
        try:
            self.work.run(asked)
        except EncoderError as error:
            self.form.refuse(str(error))
        else:
            self.progress.begin(f"Auditing {asked.source.name}")
            self._foot.show()
            self.form.run.setEnabled(False)
            self.progress.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
            self.changed.emit()

    def _count(self, counts: Counts) -> None:
        self._counts = counts

    def _show_progress(self, what: str, done: int, size: int) -> None:
        self.progress.show_progress(what, done, size, words=words.progress(self._counts))

    def _audited(self, audited: Audited) -> None:
        localities = any(edition.table == "gpci" for edition in self.work.library.editions())
        self.summary.show_audited(audited, localities=localities)
        if audited.whole:
            self._written = audited.asked.out
            self.findings.begin(look_back=audited.asked.against is not None)
            self._say(f"Wrote {audited.asked.out.name}.", "")
        self.tabs.setCurrentIndex(_SUMMARY)

    def _failed(self, error: EncoderError) -> None:
        self.form.refuse(in_window(str(error)))
        self.tabs.setCurrentIndex(_FORM)

    def _ended(self) -> None:
        """The work is over, whatever came of it."""
        self._foot.hide()
        self.form.run.setEnabled(True)
        if self.isVisible():
            self.focus_main()
        self.changed.emit()

    # -- findings -----------------------------------------------------------------------------------------------------

    def _read(self, wanted: Wanted) -> None:
        if self._written is not None:
            self.work.read(self._written, wanted)

    def _found(self, found: FoundRows) -> None:
        self.findings.show_found(found)
        self.tabs.setTabText(_FINDINGS, f"Findings {found.all:,}")

    # -- the page -----------------------------------------------------------------------------------------------------

    def editions(self) -> Strip | None:
        return NO_STRIP

    def tables_changed(self) -> None:
        self.form.show_days(words.days(self.work.library.editions()))

    def focus_main(self) -> None:
        at = self.parts.currentIndex()
        if at == _SUMMARY:
            self.tabs.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            (self.form if at == _FORM else self.findings).focus_main()

    def panes(self) -> list[Pane]:
        foot: list[Pane] = [(self._foot, self.progress.cancel.setFocus)] if self._foot.isVisible() else []
        return [
            (self.tabs, lambda: self.tabs.setFocus(Qt.FocusReason.TabFocusReason)),
            (self.parts, self.focus_main),
            *foot,
        ]

    def hints(self) -> list[Hint]:
        return keys.hints(self)

    def commands(self) -> list[Action]:
        return keys.commands(self)

    def take_enter(self) -> bool:
        """Run the audit."""
        self.run()
        return True

    def show_part(self, number: int) -> bool:
        """The file, the summary or the findings."""
        self.tabs.setCurrentIndex(number - 1)
        self.focus_main()
        return True

    def take_paste(self) -> bool:
        """The path of a file, or a file that was copied."""
        paths = files.dropped(QGuiApplication.clipboard().mimeData())
        if paths:
            self.take_file(paths[0])
        else:
            self.form.refuse("There is no path to paste: copy the path of a file of claims first.")
        return True

    def _turned(self, at: int) -> None:
        self.parts.setCurrentIndex(at)
        self.changed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files.dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take_file(files.dropped(event.mimeData())[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.work.work.busy():
            self.work.work.cancel()
        else:
            super().keyPressEvent(event)

    def _measure(self) -> None:
        px = self._look.px
        self._inner.setContentsMargins(px("pane"), px("room"), px("pane"), px("room"))
