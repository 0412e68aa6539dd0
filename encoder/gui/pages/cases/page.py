"""Cases: what was begun, waits for the surgeon or was decided; taken up, looked for, deleted. And the store's door."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from encoder.core.kept import Kept, Row
from encoder.errors import EncoderError
from encoder.gui import files
from encoder.gui.actions import Action
from encoder.gui.frames import Frame
from encoder.gui.keeper import Keeper
from encoder.gui.look import Look
from encoder.gui.pages.cases import keys
from encoder.gui.pages.cases.side import CaseSide
from encoder.gui.pages.cases.table import CasesTable
from encoder.gui.pages.page import NO_STRIP, Page, Pane, Strip, Tools
from encoder.gui.widgets.bars import Hint
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.choices import Segmented
from encoder.gui.widgets.door import Door, Hall
from encoder.gui.widgets.fields import SearchField
from encoder.gui.widgets.flow import Flow
from encoder.gui.widgets.lines import IconLine
from encoder.gui.widgets.settle import lay_out_now
from encoder.gui.widgets.splitter import Splitter
from encoder.gui.widgets.text import Heading, Inset, Words
from encoder.gui.wording import cases as words
from encoder.store.case_list import write_list

_FIND = "Label, code or words"


class CasesPage(Page):
    """A door where the store is not open; then the list, and one case beside it."""

    title = "Cases"
    topic = "cases"

    def __init__(self, tools: Tools, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._say, self.keeper = tools.look, tools.say, keeper
        self._frame = Frame()
        self._gone: list[tuple[Row, Kept]] = []
        look, self._tree = tools.look, tools.session.tree
        self._make_head(look)
        self.make = Hall(look, Door(look, "make", words.MAKE_TITLE, words.MAKE_WORDS))
        self.unlock = Hall(look, Door(look, "open", words.OPEN_TITLE, words.OPEN_WORDS))
        self.other = Hall(look, Door(look, "change", words.CHANGE_TITLE, words.CHANGE_WORDS, "Leave it"))
        self.table, self.side = CasesTable(look), CaseSide(look, self._tree)
        self._make_list(tools)
        self._pages = QStackedWidget()
        for each in (self.make, self.unlock, self.other, self._list):
            self._pages.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        self._connect()
        self._measure()
        look.changed.connect(self._measure)
        self._show()

    def _make_head(self, look: Look) -> None:
        self.head = QWidget()
        self.search = SearchField(look, "Search the cases", _FIND)
        self.filter = Segmented(look, "Which cases", [(name, each) for name, each, _ in words.FILTERS])
        self.new = KeyButton(look, "New case", icon="plus", keys=("Ctrl", "N"), kind="primary")
        row = Flow(look)
        for widget in (self.search, self.filter, self.new):
            row.addWidget(widget)
        self.head.setLayout(row)
        self.head.setFocusProxy(self.search)

    def _make_list(self, tools: Tools) -> None:
        look = self._look
        self.nothing = QFrame()
        self.nothing.setProperty("fill", "surface")
        self.nothing.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._nothing = Heading(look, "", "title_short"), Inset(look, "", "body", "text2")
        empty = QVBoxLayout(self.nothing)
        empty.addStretch(2)
        for widget in self._nothing:
            empty.addWidget(widget)
        empty.addStretch(3)
        self._shown = QStackedWidget()
        self._shown.addWidget(self.table)
        self._shown.addWidget(self.nothing)
        self.fault = IconLine(look, "stop", "stop", "", "small", "stop")
        self._count = Words(look, "", "small", "text2", wrap=False)
        self.lock = KeyButton(look, "Lock", icon="lock", keys=("Ctrl", "L"), small=True)
        self.change = KeyButton(look, "Passphrase…", icon="edit", small=True)
        self.csv = KeyButton(look, "Export CSV…", icon="save", small=True)
        foot = QFrame()
        foot.setProperty("fill", "sunken")
        foot.setProperty("edge", "top")
        self._foot = QHBoxLayout(foot)
        self._foot.addWidget(self._count, 1)
        for button in (self.lock, self.change, self.csv):
            self._foot.addWidget(button)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        self._above = QVBoxLayout()
        self._above.addWidget(self.fault)
        left.addLayout(self._above)
        self._middle = QVBoxLayout()
        self._middle.addWidget(self._shown)
        left.addLayout(self._middle, 1)
        left.addWidget(foot)
        self._list = Splitter(look, "cases", tools.settings)
        self._list.add(self._left, least="least_table")
        self._list.add(self.side, size="right", least="least_side")

    def _connect(self) -> None:
        keeper = self.keeper
        keeper.changed.connect(self._show)
        keeper.listed.connect(self._show_rows)
        keeper.refused.connect(self._refuse)
        keeper.shut.connect(self._gone.clear)
        self.make.door.entered.connect(lambda passphrase, _old: keeper.make(passphrase))
        self.unlock.door.entered.connect(lambda passphrase, _old: keeper.unlock(passphrase))
        self.other.door.entered.connect(lambda new, old: keeper.change_passphrase(old, new, self._changed_passphrase))
        self.other.door.left.connect(self._leave_door)
        self.search.textChanged.connect(lambda _text: self._show_rows())
        self.search.left_down.connect(self.focus_table)
        self.filter.chosen.connect(lambda _which: self._show_rows())
        self.new.clicked.connect(keeper.start_new)
        self.table.turned.connect(self._show_case)
        self.table.leave_up.connect(self.search.setFocus)
        for part in (self.table, self.side):
            part.open_wanted.connect(self.open_case)
            part.drop_wanted.connect(self.drop_case)
        self.lock.clicked.connect(keeper.lock)
        self.change.clicked.connect(self.change_passphrase)
        self.csv.clicked.connect(self.export)

    # -- what is shown ------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        """The door or the list, as the store stands."""
        store = self.keeper.store
        hall = {"none": self.make, "locked": self.unlock}.get(store)
        if hall is not None or self._pages.currentWidget() is not self.other:
            self._pages.setCurrentWidget(hall or self._list)
        if store == "open":
            for each in (self.make, self.unlock):
                each.door.forget()
        self._show_head()
        self.fault.set_words(self.keeper.fault)
        self.fault.setVisible(bool(self.keeper.fault))
        self._show_rows()
        self.changed.emit()

    def _show_head(self) -> None:
        """A door stands alone; a narrow window keeps its room for the list."""
        shown = self.keeper.store == "open"
        for part in (self.search, self.filter):
            part.setVisible(shown)
        self.new.setVisible(shown and self._frame.across == "wide")

    def _show_rows(self) -> None:
        if not self.isVisible():  # the list may be long, and an answer is not to wait for it
            return
        rows = self.keeper.rows()
        found = words.wanted(rows, self.filter.current(), self.search.text())
        for name, each in words.counts(rows, brief=self._frame.across == "narrow").items():
            segment = self.filter.segment(name)
            segment.setText(each)
            segment.updateGeometry()
        self.table.show_lines([words.line(row, self.keeper.today()) for row in found])
        self._shown.setCurrentWidget(self.table if found else self.nothing)
        nothing = words.NOTHING_FOUND if rows else words.EMPTY
        for part, said in zip(self._nothing, nothing, strict=True):
            part.set_words(said)
        self.nothing.setAccessibleName(". ".join(nothing))
        self._count.set_words(words.shown(len(found), len(rows)))
        self.csv.setEnabled(bool(found))
        line = self.table.line()
        self._show_case(line.id if line is not None else "")

    def _show_case(self, name: str) -> None:
        row = next((each for each in self.keeper.rows() if each.id == name), None)
        self.side.show_row(row, at_work=row is not None and row == self.keeper.row())
        if row is not None:
            self.keeper.read(name, partial(self.side.show_kept, row))

    def _refuse(self, sentence: str) -> None:
        """Say at the door why it did not open, else in the hint bar."""
        hall = self._pages.currentWidget()
        if isinstance(hall, Hall) and not hall.door.isEnabled():
            hall.door.refuse(sentence)

    def editions(self) -> Strip | None:
        return NO_STRIP

    def set_frame(self, frame: Frame) -> None:
        """Two columns, or the list alone."""
        self._frame, narrow = frame, frame.across == "narrow"
        self.side.setVisible(frame.across == "wide")
        for button, name in ((self.lock, "Lock"), (self.change, "Passphrase…")):
            button.setText("" if narrow else name)
            button.setAccessibleName(name)
        self._list.set_frame(f"cases.{frame.across}")
        self._show_head()
        self._show_rows()
        if self.isVisible():
            lay_out_now()

    # -- what the coder does ------------------------------------------------------------------------------------------

    def open_case(self, name: str) -> None:
        """Take up a case; the one that is at work is gone to."""
        row = self.keeper.row()
        if row is not None and row.id == name:
            self.keeper.go_to()
        else:
            self.keeper.open_case(name)

    def drop_case(self, name: str) -> None:
        """Delete a case for good; Ctrl+Z brings it back until the window is closed or locked."""
        self.keeper.drop(name, self._dropped)

    def _dropped(self, row: Row, kept: Kept) -> None:
        self._gone.append((row, kept))
        self._say(f"Deleted {row.label or 'the case'}.", "Ctrl+Z brings it back.")
        self.focus_main()
        self.changed.emit()

    def can_take_back(self) -> bool:
        """Whether a case was deleted that can still be brought back."""
        return bool(self._gone)

    def take_back(self) -> bool:
        """Bring the case back that was deleted last."""
        if self.can_take_back():
            row, kept = self._gone.pop()
            self.keeper.bring_back(row, kept)
            self._say(f"Brought {row.label or 'the case'} back.", "")
            self.changed.emit()
        return True

    def search_cases(self) -> None:
        """Search the list."""
        if self.keeper.store == "open":
            self._leave_door()
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()

    def change_passphrase(self) -> None:
        """Ask for another passphrase."""
        self._pages.setCurrentWidget(self.other)
        self.other.door.forget()
        self.other.door.focus_main()
        self.changed.emit()

    def asks_passphrase(self) -> bool:
        """Whether another passphrase is being asked for."""
        return self._pages.currentWidget() is self.other

    def _changed_passphrase(self) -> None:
        self._leave_door()
        self._say("From now on the new passphrase opens the cases.", "")

    def _leave_door(self) -> None:
        self.other.door.forget()
        if self.keeper.store == "open":
            self._pages.setCurrentWidget(self._list)
            self.focus_main()
        self.changed.emit()

    def export(self) -> None:
        """Write the cases that are shown into a CSV file."""
        shown = {line.id for line in self.table.cases.rows()}
        file = files.save_file(self, "Export the list of cases", "cases.csv", "CSV (*.csv)")
        if file is None:
            return
        try:
            write_list(file, [row for row in self.keeper.rows() if row.id in shown])
        except EncoderError as error:
            self.fault.set_words(str(error))
            self.fault.show()
        else:
            self._say(f"Wrote {file.name}.", "Labels, dates, codes and where each stands; no word of a note.")

    # -- the page -----------------------------------------------------------------------------------------------------

    def focus_main(self) -> None:
        page = self._pages.currentWidget()
        if isinstance(page, Hall):
            page.door.focus_main()
        elif self.table.cases.rows():
            self.focus_table()
        else:
            self.nothing.setFocus(Qt.FocusReason.TabFocusReason)

    def focus_table(self) -> None:
        """Put the focus on the list."""
        if self.table.cases.rows():
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def panes(self) -> list[Pane]:
        if isinstance(self._pages.currentWidget(), Hall):
            return [(self._pages, self.focus_main)]
        beside: list[Pane] = [(self.side, self.side.focus_main)] if self.side.isVisible() else []
        return [(self._left, self.focus_main), *beside]

    def show_part(self, number: int) -> bool:
        """A filter of the list."""
        if self.keeper.store == "open" and number <= len(words.FILTERS):
            self.filter.segment(words.FILTERS[number - 1][0]).click()
            self.focus_table()
        return True

    def hints(self) -> list[Hint]:
        return keys.hints(self)

    def commands(self) -> list[Action]:
        return keys.commands(self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_rows()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Find):
            self.search_cases()
        elif event.key() == Qt.Key.Key_Escape and self.asks_passphrase():
            self._leave_door()
        else:
            super().keyPressEvent(event)

    def _measure(self) -> None:
        px = self._look.px
        self.search.setFixedWidth(px("field_code"))
        self._foot.setContentsMargins(px("pane"), px("snug"), px("pane"), px("snug"))
        self._foot.setSpacing(px("near"))
        self._above.setContentsMargins(px("pane"), 0, px("pane"), 0)
        self._middle.setContentsMargins(px("near"), 0, px("hair"), 0)
        self.nothing.setContentsMargins(px("pane"), 0, px("pane"), 0)
