"""Data: every edition that is loaded, and everything that is done with editions."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from encoder.gui import files
from encoder.gui.actions import Action
from encoder.gui.editions_work import EditionsWork
from encoder.gui.frames import Frame
from encoder.gui.look import Look
from encoder.gui.pages.data import keys
from encoder.gui.pages.data.doing import Doing
from encoder.gui.pages.data.intake import ImportPanel
from encoder.gui.pages.data.packs import PacksPane
from encoder.gui.pages.data.report import ReportPane
from encoder.gui.pages.data.table import EditionsTable
from encoder.gui.pages.page import NO_STRIP, Page, Pane, Strip
from encoder.gui.widgets.bars import Hint
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.dates import DateField
from encoder.gui.widgets.flow import Flow
from encoder.gui.widgets.focus import holds_focus
from encoder.gui.widgets.lines import IconLine
from encoder.gui.widgets.settle import lay_out_now
from encoder.gui.widgets.splitter import Places, Splitter
from encoder.gui.widgets.text import Words
from encoder.gui.wording import data as words
from encoder.gui.wording.refusal import in_window

_KINDS = "Published files (*.zip *.csv *.txt *.xlsx *.gz *.pack);;All files (*)"


class DataPage(Page):
    """The table at the left, at the right one edition, a report or the packs, at the foot the import."""

    title = "Data and editions"
    topic = "data"

    def __init__(
        self,
        look: Look,
        places: Places,
        work: EditionsWork,
        title: Callable[[str], str],
        say: Callable[[str, str], object],
        on: date,
        own: Callable[[], Collection[str]],
        parent: QWidget | None = None,
    ) -> None:
        """``title`` gives the words of a code, ``say`` says what was done; ``on`` is the date to begin with.

        Args:
            own: the codes of the case on the screen, and those that are kept as favourites or with a note.
        """
        super().__init__(parent)
        self._look, self.work = look, work
        self._on, self._frame = on, Frame()
        self._beside = False
        self.setAcceptDrops(True)
        self._make_head(look)
        self.gap = IconLine(look, "warn", "warn", "", "body", "text2")
        self.faults = QWidget()
        self.table = EditionsTable(look)
        self.panel = ImportPanel(look)
        self.report, self.packs = ReportPane(look, title, own), PacksPane(look)
        self.beside = QStackedWidget()
        for pane in (self.report, self.packs):
            self.beside.addWidget(pane)
        self.doing = Doing(work, self.table, self.panel, self.report, self.packs, say, self)
        self._lay_out(places)
        self._connect()
        self._measure()
        look.changed.connect(self._measure)
        self.tables_changed()
        self.table.setCurrentIndex(self.table.editions.index(0, 0))

    def _make_head(self, look: Look) -> None:
        self.head = QWidget()
        self.day = DateField(look, "Date to show editions for")
        self.day.show_date(self._on)
        self._said = Words(look, "Show what covers", "small", "text2", wrap=False)
        self.choose = KeyButton(look, "Import files…", icon="import", keys=("Ctrl", "I"))
        self.verify = KeyButton(look, "Verify all", icon="ok")
        self.pack = KeyButton(look, "Packs and keys", icon="lock")
        self.pack.setCheckable(True)
        row = Flow(look)
        for widget in (self._said, self.day, self.choose, self.verify, self.pack):
            row.addWidget(widget)
        self.head.setLayout(row)
        self.head.setFocusProxy(self.day.line)

    def _lay_out(self, places: Places) -> None:
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        self._above = QVBoxLayout()
        self._above.addWidget(self.gap)
        self._fault_lines: list[IconLine] = []
        left.addLayout(self._above)
        self._middle = QVBoxLayout()
        self._middle.addWidget(self.table)
        left.addLayout(self._middle, 1)
        self._columns = Splitter(self._look, "data", places)
        self._columns.add(self._left, least="least_table")
        self._columns.add(self.beside, size="report", least="least_report")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._columns, 1)
        column.addWidget(self.panel)

    def _connect(self) -> None:
        doing = self.doing
        self.day.dated.connect(self._show_date)
        self.choose.clicked.connect(self.choose_files)
        self.verify.clicked.connect(lambda: doing.verify([held.id for held in self.work.held()]))
        self.pack.toggled.connect(self._show_packs)
        self.table.chosen.connect(lambda _id, _at: self._show_edition())
        doing.shown.connect(lambda pane: self._show_pane(pane, opened=True))
        doing.left.connect(self._show_edition)
        doing.focus_wanted.connect(self.focus_main)
        doing.changed.connect(self.changed)
        shortcut = QShortcut(QKeySequence("Ctrl+I"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.choose_files)

    # -- what is shown ------------------------------------------------------------------------------------------------

    def editions(self) -> Strip | None:
        return NO_STRIP

    def tables_changed(self) -> None:
        """Read the list of editions anew."""
        library = self.work.library
        rows = words.rows(self.work.held(), library, self._on)
        self.table.show_rows(rows, self._on)
        gap = words.gaps(rows, self._on, brief=not self._frame.roomy)
        self.gap.show_line("warn" if gap else "ok", "warn" if gap else "ok", gap or f"Every set covers {self._on}.")
        for line in self._fault_lines:
            self._above.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._fault_lines = [
            IconLine(self._look, "stop", "stop", in_window(fault), "small", "stop") for fault in library.faults()
        ]
        for line in self._fault_lines:
            self._above.addWidget(line)
        self.verify.setEnabled(bool(self.work.held()))
        if self.report.kind == "edition":
            self._show_edition()

    def _show_date(self, on: object) -> None:
        assert isinstance(on, date)
        self._on = on
        self.tables_changed()
        self.changed.emit()

    def _show_edition(self) -> None:
        """Show the current row beside the table, unless a report waits there to be used."""
        row = self.table.row()
        if row is None or self.report.kind == "waiting":
            return
        held = next((one for one in self.work.held() if one.id == row.id), None)
        self.report.show_edition(row, held, self._on)
        self._show_pane(self.report, opened=self._beside and self._frame.across != "wide")

    def _show_pane(self, pane: QWidget, *, opened: bool) -> None:
        """Show a pane beside the table; in a narrow window in its place, when it is ``opened``."""
        self._beside = opened
        self.beside.setCurrentWidget(pane)
        self.pack.blockSignals(True)
        self.pack.setChecked(pane is self.packs)
        self.pack.blockSignals(False)
        self._arrange()

    def _arrange(self) -> None:
        wide = self._frame.across == "wide"
        self.beside.setVisible(wide or self._beside)
        self._left.setVisible(wide or not self._beside)
        self._columns.set_frame(f"data.{self._frame.across}")
        self._said.setVisible(wide)
        if self.isVisible():
            lay_out_now()

    def set_frame(self, frame: Frame) -> None:
        """Two columns, or one with the pane in place of the table."""
        self._frame = frame
        self.tables_changed()
        self._arrange()

    def focus_main(self) -> None:
        if self.panel.is_asking() or self.panel.is_waiting():
            self.panel.focus_main()
        elif self._left.isVisibleTo(self):
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._focus_beside()

    def _focus_beside(self) -> None:
        (self.packs if self.beside.currentWidget() is self.packs else self.report).focus_main()

    def panes(self) -> list[Pane]:
        panes: list[Pane] = [(self._left, self.focus_main)] if self._left.isVisible() else []
        if self.beside.isVisible():
            panes.append((self.beside, self._focus_beside))
        return [*panes, (self.panel, self.panel.focus_main)]

    def hints(self) -> list[Hint]:
        return keys.hints(self)

    def commands(self) -> list[Action]:
        return keys.commands(self)

    def _show_packs(self, shown: bool) -> None:
        if shown:
            self.doing.show_packs(self._on)
            self.packs.focus_main()
        else:
            self._beside = False
            self._show_edition()
            self.focus_main()

    # -- events -------------------------------------------------------------------------------------------------------

    def take_enter(self) -> bool:
        """Let what was read count."""
        self.doing.agree()
        return True

    def take_paste(self) -> bool:
        """A path, or files copied in a file manager."""
        paths = files.dropped(QGuiApplication.clipboard().mimeData())
        if paths:
            self.doing.read(paths)
        else:
            self.panel.refuse("There is no path to paste: copy the path of a file or folder first.")
        return True

    def choose_files(self) -> None:
        """Choose files to import."""
        chosen = files.open_files(self, "Import published files", _KINDS)
        if chosen:
            self.doing.read(chosen)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files.dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.doing.read(files.dropped(event.mimeData()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.panel.is_asking():
            self.panel.show_field()
            self.focus_main()
        elif self.work.work.busy():
            self.work.work.cancel()
        elif (self._frame.across != "wide" and self._beside) or self.beside.currentWidget() is self.packs:
            self._beside = False
            self._show_edition()
            self.focus_main()
        elif not holds_focus(self.table):
            self.focus_main()
        else:
            super().keyPressEvent(event)

    def _measure(self) -> None:
        px = self._look.px
        self._above.setContentsMargins(px("pane"), px("part"), px("pane"), px("part"))
        self._above.setSpacing(px("near"))
        self._middle.setContentsMargins(px("near"), 0, px("hair"), 0)
