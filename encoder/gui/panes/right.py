"""The right pane: what is possible, or the check of a query, over the note; as panes or tabs; help over both."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from encoder.gui.look import Look
from encoder.gui.pages.page import Pane
from encoder.gui.panes.check import CheckPane
from encoder.gui.panes.help import HelpPane
from encoder.gui.panes.note import NotePane
from encoder.gui.panes.possible import PossiblePane
from encoder.gui.widgets.focus import holds_focus
from encoder.gui.widgets.splitter import Places, Splitter

Part = Literal["top", "note"]
Mode = Literal["both", "tabs", "one"]


class RightPane(QFrame):
    """Two parts, and help.

    Signals:
        help_closed(): help was closed.
    """

    help_closed = Signal()

    def __init__(self, look: Look, places: Places, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._mode: Mode = "both"
        self._part: Part = "top"
        self.setProperty("fill", "sunken")
        self.possible, self.check = PossiblePane(look), CheckPane(look)
        self.note, self.help = NotePane(look), HelpPane(look)
        self._top = QStackedWidget()
        self._top.addWidget(self.possible)
        self._top.addWidget(self.check)
        self._tabs = QTabBar()
        self._tabs.setExpanding(True)
        self._tabs.setAccessibleName("Beside the page")
        for name in ("Possible", "Note"):
            self._tabs.addTab(name)
        self._both = Splitter(look, "right", places, Qt.Orientation.Vertical)
        self._both.add(self._top, least="least_possible")
        self._both.add(self.note, least="least_note")
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self._tabs)
        inner.addWidget(self._both, 1)
        self._over = QStackedWidget()
        self._over.addWidget(body)
        self._over.addWidget(self.help)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._over)
        self._tabs.currentChanged.connect(lambda at: self.show_part("note" if at else "top"))
        self.help.closed.connect(self.help_closed)
        self._arrange()

    def set_mode(self, mode: Mode) -> None:
        """Both parts under each other, one of them by tabs, or one of them chosen from outside."""
        self._mode = mode
        self._arrange()

    def show_part(self, part: Part) -> None:
        """Choose a part where only one is shown."""
        self._part = part
        self._tabs.blockSignals(True)
        self._tabs.setCurrentIndex(1 if part == "note" else 0)
        self._tabs.blockSignals(False)
        self._arrange()

    def show_check(self, *, checking: bool) -> None:
        """The check of a query in place of what is possible."""
        self._top.setCurrentWidget(self.check if checking else self.possible)
        self.name_tabs()

    def show_help(self, *, shown: bool) -> None:
        """Help over both parts, or no longer."""
        self._over.setCurrentIndex(1 if shown else 0)

    def name_tabs(self) -> None:
        """Write the counts on the tabs."""
        checking = self._top.currentWidget() is self.check
        self._tabs.setTabText(0, "Check" if checking else f"Possible {self.possible.count()}")
        self._tabs.setTabToolTip(0, "Alt+2")
        self._tabs.setTabToolTip(1, "Alt+3")

    def top_name(self) -> str:
        """What stands on the tab of the upper part."""
        return self._tabs.tabText(0)

    def focus_part(self, part: Part) -> None:
        """Put the focus into a part."""
        if self._mode != "both":
            self.show_part(part)
        if part == "note":
            self.note.view.setFocus(Qt.FocusReason.TabFocusReason)
            return
        checking = self._top.currentWidget() is self.check
        lists = self.possible
        tables = [self.check.section.table] if checking else [lists.possible.table, lists.ruled_out.table]
        next((table for table in tables if table.facts()), tables[0]).setFocus(Qt.FocusReason.TabFocusReason)

    def panes(self) -> list[Pane]:
        """The parts that are seen, each with what puts the focus into it."""
        parts: list[Pane] = []
        if self._top.isVisible():
            parts.append((self._top, lambda: self.focus_part("top")))
        if self.note.isVisible():
            parts.append((self.note, lambda: self.focus_part("note")))
        return parts

    def holds_focus(self, part: Part) -> bool:
        """Whether the focus is in a part."""
        return holds_focus(self.note if part == "note" else self._top)

    def _arrange(self) -> None:
        both = self._mode == "both"
        self._tabs.setVisible(self._mode == "tabs")
        self._top.setVisible(both or self._part == "top")
        self.note.setVisible(both or self._part == "note")
