"""The panel of an import: where files come from, what is asked of them, how far it is, and what it waits for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from encoder.gui.files import typed
from encoder.gui.look import Look
from encoder.gui.pages.data.question import ImportQuestion
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.flow import set_across
from encoder.gui.widgets.lines import IconLine
from encoder.gui.widgets.progress import ProgressView
from encoder.gui.wording.case import spaced
from encoder.gui.wording.sources import many, upper_first

if TYPE_CHECKING:
    from encoder.formats.plan import Plan

_DROP = "Drop published files, zips, folders or a pack here, or paste a path."
_AT_ONCE = 300  # ms: shorter work shows nothing of itself
_SAFE = "Nothing changes before the end. Cancel leaves everything as it was."
_READ = "**Read in full, and nothing has changed yet.** What it would change is in the report."
_STEPS = ("looking", "reading", "verifying", "comparing")


class ImportPanel(QFrame):
    """One of three: a field for paths, a question, or a bar of progress; a refusal stands above the field.

    Signals:
        wanted(list): paths to be read. answered(str, object): what the files do not say, as it was asked.
        columns_wanted(): the columns of a table are to be named.
        cancelled(): the work is to end. agreed(): what was read is to be used.
    """

    wanted = Signal(object)
    answered = Signal(str, object)
    columns_wanted = Signal()
    cancelled = Signal()
    agreed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.timeout.connect(self._show_work)
        self.setProperty("fill", "sunken")
        self.setProperty("edge", "top")
        self.error = IconLine(look, "stop", "stop", "", "body", "stop")
        self.error.hide()
        self.columns = KeyButton(look, "It is a table of official CPT texts: name its columns", kind="link")
        self.columns.hide()
        self.question = ImportQuestion(look)
        self._make_field(look)
        self.progress = ProgressView(look, _SAFE)
        self._make_waiting(look)
        self._column = QVBoxLayout(self)
        for part in (self.error, self.columns, self._ways, self.question, self.progress, self._waiting):
            self._column.addWidget(part)
        self.question.answered.connect(self.answered)
        self.question.left.connect(self.show_field)
        self.progress.cancelled.connect(self.cancelled)
        self.columns.clicked.connect(self.columns_wanted)
        self.show_field()
        self._measure()
        look.changed.connect(self._measure)

    def _make_field(self, look: Look) -> None:
        self._ways = QWidget()
        row = QHBoxLayout(self._ways)
        row.setContentsMargins(0, 0, 0, 0)
        self.path = QLineEdit()
        self.path.setPlaceholderText(_DROP)
        self.path.setAccessibleName("Path of a file or folder to import")
        self.read = KeyButton(look, "Read", icon="import")
        row.addWidget(self.path, 1)
        row.addWidget(self.read)
        self.path.returnPressed.connect(self._take_path)
        self.read.clicked.connect(self._take_path)
        self._field = row

    def _make_waiting(self, look: Look) -> None:
        """What was read waits to be used."""
        self._waiting = QWidget()
        self.leave = KeyButton(look, "Leave it", icon="close", keys=("Esc",))
        self.agree = KeyButton(look, "Import", icon="import", keys=("Ctrl", "Enter"), kind="primary")
        self._ends = QHBoxLayout()
        self._ends.addStretch(1)
        self._ends.addWidget(self.leave)
        self._ends.addWidget(self.agree)
        self._ready = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._waiting)
        self._ready.setContentsMargins(0, 0, 0, 0)
        self._ready.addWidget(IconLine(look, "info", "accent", _READ), 1)
        self._ready.addLayout(self._ends)
        self.leave.clicked.connect(self.cancelled)
        self.agree.clicked.connect(self.agreed)

    # -- what is shown ------------------------------------------------------------------------------------------------

    def show_field(self) -> None:
        """Wait for files."""
        self._show(self._ways)

    def refuse(self, sentence: str, *, columns: bool = False) -> None:
        """Say what went wrong, above the field; without a sentence nothing did. ``columns`` offers to name them."""
        self.error.set_words(sentence)
        self.error.setVisible(bool(sentence))
        self.columns.setVisible(columns)

    def ask(self, asks: str, where: str, sentence: str) -> None:
        """Ask for what a file does not say; see :class:`ImportQuestion`."""
        self.refuse("")
        self.question.ask(asks, where, sentence)
        self._show(self.question)
        self.question.focus_main()

    def begin(self, what: str, files: int) -> None:
        """Show that work begins."""
        self.refuse("")
        self.progress.begin(f"{upper_first(what)}: {many(files, 'file')}" if files else upper_first(what))
        self._late.start(_AT_ONCE)

    def show_plan(self, plan: Plan) -> None:
        """Show which editions are being read."""
        names = [f"{one.kind.title}, {spaced(one.edition)}" for one in plan.editions]
        files = sum(len(one.files) + len(one.aside) for one in plan.editions)
        self.progress.set_title(f"Reading {' · '.join(names)}: {many(files, 'file')}")

    def show_progress(self, what: str, done: int, size: int) -> None:
        """Show how far it is."""
        said = "" if size else upper_first(what)
        self.progress.show_progress(what, done, size, words=said, note=_steps(what))

    def wait_for_answer(self) -> None:
        """What was read waits to be used, or left."""
        self._show(self._waiting)
        self.agree.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_waiting(self) -> bool:
        """Whether what was read waits to be used."""
        return self._waiting.isVisibleTo(self)

    def is_asking(self) -> bool:
        """Whether something is asked of the files."""
        return self.question.isVisibleTo(self)

    def focus_main(self) -> None:
        """Put the focus where the panel waits for something."""
        if self.is_asking():
            self.question.focus_main()
        elif self._ways.isVisibleTo(self):
            self.path.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            (self.agree if self.is_waiting() else self.progress.cancel).setFocus(Qt.FocusReason.TabFocusReason)

    # -- inside -------------------------------------------------------------------------------------------------------

    def _show_work(self) -> None:
        self._show(self.progress)

    def _show(self, part: QWidget) -> None:
        self._late.stop()
        for each in (self._ways, self.question, self.progress, self._waiting):
            each.setVisible(each is part)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        set_across(self._ready, across=self.width() >= self._look.px("sheet"))

    def _take_path(self) -> None:
        paths: Sequence[Path] = typed(self.path.text())
        if paths:
            self.path.clear()
            self.wanted.emit(paths)
        else:
            self.refuse("There is no path to read: paste the path of a file or a folder first.")

    def _measure(self) -> None:
        px = self._look.px
        self._column.setContentsMargins(px("pane"), px("room"), px("pane"), px("room"))
        self._column.setSpacing(px("near"))
        for layout in (self._field, self._ready, self._ends):
            layout.setSpacing(px("near"))


def _steps(what: str) -> str:
    """The steps of an import, those behind it ticked, the one under way strong."""
    first = what.partition(" ")[0]
    now = {"indexing": "verifying"}.get(first, first)
    if now not in _STEPS:
        return ""
    at = _STEPS.index(now)
    names = ("layout known", "rows read", "verified", "compared")
    doing = ("looking at the files", "reading", "verifying", "comparing with the edition before")
    done = [f"✓ {name}" for name in names[:at]]
    later = ", ".join(("read", "verify", "compare", "report")[at:] if at < len(names) - 1 else ["report"])
    return "   ".join([*done, f"**{doing[at]}**", f"then {later}"])
