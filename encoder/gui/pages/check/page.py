"""Claim check: lines typed or pasted, their findings beside them, and a fix that one key applies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QTabBar, QVBoxLayout, QWidget

from encoder.core.claim import Claim
from encoder.core.edits.worth import FeeBook
from encoder.errors import UsageError
from encoder.gui.actions import Action
from encoder.gui.claim_work import LINE, ClaimWork, Mended, Shown, Spot
from encoder.gui.frames import Frame
from encoder.gui.look import Look
from encoder.gui.pages.check import keys
from encoder.gui.pages.check.band import CheckBand
from encoder.gui.pages.check.entry import Entry
from encoder.gui.pages.check.head import CheckHead
from encoder.gui.pages.check.list import CheckList
from encoder.gui.pages.check.side import CheckSide
from encoder.gui.pages.page import Page, Pane, Strip
from encoder.gui.widgets.bars import Hint
from encoder.gui.widgets.settle import lay_out_now
from encoder.gui.widgets.splitter import Places, Splitter
from encoder.gui.wording import claim as words
from encoder.gui.wording.findings import rows
from encoder.gui.wording.sources import Sources, many

_TABS = ("Claim", "Checked")


class CheckPage(Page):
    """The claim at the left, beside it what was checked; one of the two where the window is narrow."""

    title = "Check a claim"
    topic = "check"
    head: CheckHead

    def __init__(
        self,
        look: Look,
        places: Places,
        sources: Sources,
        book: FeeBook,
        work: ClaimWork,
        say: Callable[[str, str], object],
        copy: Callable[[str, str], object],
        walk: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        """``say`` says what was done, ``copy`` copies and says so; ``walk`` goes to the questions of the case."""
        super().__init__(parent)
        self._look, self._sources, self._book, self.work = look, sources, book, work
        self._say, self._copy = say, copy
        self._frame = Frame()
        self.head = CheckHead(look)
        self.band = CheckBand(look)
        self.list, self.entry = CheckList(look), Entry(look)
        self.side = CheckSide(look, sources, book)
        self.side.walk_wanted.connect(walk)
        self._lay_out(places)
        self._connect()
        self.tables_changed()

    def _lay_out(self, places: Places) -> None:
        left = QFrame()
        left.setProperty("fill", "surface")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.band, self.list, self.entry):
            column.addWidget(widget, 1 if widget is self.list else 0)
        self._left = left
        self._tabs = QTabBar()
        self._tabs.setExpanding(True)
        self._tabs.setAccessibleName("Parts of the page")
        for name in _TABS:
            self._tabs.addTab(name)
        self._columns = Splitter(self._look, "check", places)
        self._columns.add(left, least="least_findings")
        self._columns.add(self.side, size="claim_right", least="least_side")
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._tabs)
        page.addWidget(self._columns, 1)

    def _connect(self) -> None:
        work = self.work
        work.shown.connect(self._show)
        work.mended.connect(self._show_mended)
        self.head.dated.connect(self._set_date)
        self.head.set.connect(work.set_setting)
        self.head.placed.connect(work.set_locality)
        self.head.paste_wanted.connect(self.take_paste)
        self.band.copy.clicked.connect(lambda: self._copy(*self.copied()))
        self.band.fix_all.clicked.connect(self._fix_all)
        self.list.fix_wanted.connect(self.fix)
        self.list.edit_wanted.connect(self.edit)
        self.list.remove_wanted.connect(self.remove)
        self.list.turned.connect(self._turned)
        self.list.leave_down.connect(self.entry.focus_main)
        self.entry.typed.connect(work.type)
        self.entry.taken.connect(self._take)
        self.entry.pasted.connect(self._paste)
        self.entry.left.connect(self._leave_entry)
        self.entry.left_up.connect(self._to_list)
        self._tabs.currentChanged.connect(lambda _at: self._turn())

    # -- what is shown ------------------------------------------------------------------------------------------------

    def open(self, what: object) -> None:
        """Check a claim that comes from elsewhere; undo brings back what was here."""
        assert isinstance(what, Claim)
        self.entry.clear()
        self.work.open(what)
        self.head.show_localities(self._book, what)

    def _show(self, shown: Shown) -> None:
        checked = shown.checked
        claim = self.work.claim()
        self.head.show_claim(claim)
        self.band.show_checked(checked)
        self.list.set_rows(rows(shown, self._sources))
        self.side.show_checked(checked)
        row = self.list.row()
        self.side.show_finding(checked, row.finding if row else -1)
        if shown.editing is None:
            self.entry.show_place(str(len(claim.lines) + 1), "")
        self.changed.emit()
        if self.isVisible():
            lay_out_now()

    def _show_mended(self, mended: Mended) -> None:
        self.side.show_mended(mended)
        self.side.show_values(self.work.checked)

    def _turned(self, finding: int) -> None:
        self.side.show_finding(self.work.checked, finding)
        self.changed.emit()
        if self.isVisible():
            lay_out_now()

    def editions(self) -> Strip | None:
        return words.marks(self.work.checked)

    def tables_changed(self) -> None:
        self.head.show_localities(self._book, self.work.claim())
        self.work.again()

    def _set_date(self, on: date) -> None:
        self.work.set_date(on)
        self.head.show_localities(self._book, self.work.claim())

    def set_frame(self, frame: Frame) -> None:
        """Two columns, or tabs."""
        self._frame = frame
        self._arrange()

    def _turn(self) -> None:
        """The other tab: the focus goes along."""
        self._arrange()
        if not self._tabs.hasFocus():
            self.focus_main()

    def _arrange(self) -> None:
        wide = self._frame.across == "wide"
        self._tabs.setVisible(not wide)
        self._left.setVisible(wide or self._tabs.currentIndex() == 0)
        self.side.setVisible(wide or self._tabs.currentIndex() == 1)
        self.head.set_room(wide=wide, low=self._frame.down == "low")
        self.band.set_roomy(roomy=self._frame.roomy)
        self._columns.set_frame(f"check.{self._frame.across}")
        if self.isVisible():
            lay_out_now()
        self.changed.emit()

    def focus_main(self) -> None:
        """The list where there is something to fix, else the field."""
        if not self._left.isVisibleTo(self):
            self._to_side()
        elif any(row.fix for row in self.list.rows()) and not self.entry.field.text():
            self._to_list()
        else:
            self.entry.focus_main()

    def panes(self) -> list[Pane]:
        panes: list[Pane] = []
        if self._left.isVisible():
            panes += [(self.list, self._to_list)] if self.list.rows() else []
            panes.append((self.entry, self.entry.focus_main))
        if self.side.isVisible():
            panes.append((self.side, self._to_side))
        return panes

    def hints(self) -> list[Hint]:
        return keys.hints(self)

    def commands(self) -> list[Action]:
        return keys.commands(self)

    # -- what is done -------------------------------------------------------------------------------------------------

    def _take(self, text: str) -> None:
        try:
            self.work.enter(text)
        except UsageError as error:
            self.entry.refuse(str(error))
        else:
            self.entry.clear()
            self.list.scrollToBottom()

    def _leave_entry(self) -> None:
        """Esc in the field: what was typed goes, what was being changed stays as it was."""
        self.entry.clear()
        self.work.edit(None)

    def edit(self, spot: Spot) -> None:
        """Put a line into the field, to be changed."""
        if not self.work.holds(spot):  # it is being typed
            self.entry.focus_main()
            return
        text = self.work.edit(spot)
        number = str(spot.place + 1) if spot.kind == LINE else chr(ord("A") + spot.place)
        self.entry.show_place(number, text, changing=True)
        self.entry.refuse("")
        self.entry.focus_main()
        self.entry.field.selectAll()

    def remove(self, spot: Spot) -> None:
        """Take a line off."""
        if not self.work.holds(spot):
            self._leave_entry()
            self._keep_focus()
            return
        said = self.work.text(spot)
        self.entry.clear()
        self.work.remove(spot)
        self._say(f"Took {said} off.", "Ctrl+Z brings it back.")
        self._keep_focus()

    def fix(self, place: int) -> None:
        """Apply the fix of a finding."""
        finding = self.work.checked.findings[place]
        if finding.fix is not None:
            self.entry.clear()
            self.work.fix(finding.fix)
            self._say(f"Done: {finding.fix.say}.", "Ctrl+Z takes it back.")
            self._keep_focus()

    def _fix_all(self) -> None:
        self.entry.clear()
        count = self.work.fix_all()
        if count:
            self._say(f"{many(count, 'fix').replace('fixs', 'fixes')} applied.", "Ctrl+Z takes them back.")
            self._keep_focus()
        elif any(row.fix for row in self.list.rows()):
            self._say("No fix is sure without the note.", "With the note in hand apply one by its digit.")

    def _keep_focus(self) -> None:
        if not self.list.rows():
            self.entry.focus_main()

    def take_back(self) -> bool:
        """Undo the last change of the claim; the case is left alone."""
        self.entry.clear()
        if not self.work.undo():
            self._say("There is nothing to undo on this claim.", "")
        self.head.show_localities(self._book, self.work.claim())
        return True

    def take_enter(self) -> bool:
        """Apply every fix."""
        self._fix_all()
        return True

    def show_part(self, number: int) -> bool:
        """The claim, or what was checked: tabs in a narrow window, panes in a wide one."""
        if number > len(_TABS):
            return False
        self._tabs.setCurrentIndex(number - 1)
        (self._to_side if number > 1 else self.focus_main)()
        return True

    def _to_side(self) -> None:
        self.side.walk.setFocus(Qt.FocusReason.TabFocusReason)

    def take_paste(self) -> bool:
        """Lines from the clipboard."""
        self._paste(QGuiApplication.clipboard().text())
        return True

    def _paste(self, text: str) -> None:
        try:
            lines, diagnoses = self.work.paste(text)
        except UsageError as error:
            self.entry.refuse(str(error))
        else:
            self.entry.clear()
            codes = f" and {many(len(diagnoses), 'code')} of diagnosis" if diagnoses else ""
            self._say(f"Pasted {many(len(lines), 'line')}{codes}.", "Ctrl+Z takes them back.")
            self.focus_main()

    def copied(self) -> tuple[str, str]:
        text = words.as_text(self.work.checked, self._sources)
        return text, "Copied the lines and the findings." if text else "There is no line to copy yet."

    def _to_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._tabs.currentIndex() and self._frame.across != "wide":
            self._tabs.setCurrentIndex(0)
        else:
            super().keyPressEvent(event)
