"""The left of the code book: the search, what is on the page, favourites and notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from encoder.core.page.model import Panel
from encoder.gui.book_work import BookWork
from encoder.gui.look import Look
from encoder.gui.pages.codes.notes import OwnNotes
from encoder.gui.searching import Sought, Wish
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.choices import ComboBox
from encoder.gui.widgets.facts import Fact
from encoder.gui.widgets.find_field import FindField
from encoder.gui.widgets.hits import HitList, HitRow
from encoder.gui.widgets.scroller import Scroller
from encoder.gui.widgets.sections import Section
from encoder.gui.widgets.settle import lay_out_now
from encoder.gui.widgets.text import Words
from encoder.gui.wording import hits
from encoder.gui.wording import palette as words

KEYS = 9
"""Parts of a page that have a digit of their own."""


class CodeSide(QFrame):
    """What was found takes the place of contents and notes while a search is on.

    Signals:
        code_wanted(str), place_wanted(str), ask_wanted(str): what was chosen. part_wanted(str): a panel by its id.
        picker_wanted(): the picker of diagnoses. left(): Esc with no search on.
    """

    code_wanted = Signal(str)
    place_wanted = Signal(str)
    ask_wanted = Signal(str)
    part_wanted = Signal(str)
    picker_wanted = Signal()
    left = Signal()

    def __init__(
        self, look: Look, book: BookWork, question: Callable[[str], str], parent: QWidget | None = None
    ) -> None:
        """``question`` gives the name of a place in the questions."""
        super().__init__(parent)
        self._look, self._book, self._question = look, book, question
        self._wish: Wish | None = None
        self._correct = True
        self.setProperty("fill", "sunken")
        self.setProperty("edge", "right")
        self.list = HitList(look, "Codes that were found")
        self.field = FindField(look, "Find a code", self.list)
        self.field.setPlaceholderText("code, term or question")
        self.systems = ComboBox(look, "Search in")
        for name, title, _ in hits.FILTERS:
            self.systems.addItem(title if name != "all" else "All codes", name)
        self.said = Words(look, "", "small", "text2")
        self.exact = KeyButton(look, "search exactly as typed", keys=("Alt", "X"), kind="link")
        self.contents = Section(look, "On this page")
        self.own = OwnNotes(look, book)
        self.picker = KeyButton(look, "Pick a diagnosis", icon="codes", keys=("Ctrl", "G"), small=True)
        self._lay_out()
        self._connect()
        self.show_found(found=False)
        self._measure()
        look.changed.connect(self._measure)

    def _lay_out(self) -> None:
        self._found = QWidget()
        found = QVBoxLayout(self._found)
        found.setContentsMargins(0, 0, 0, 0)
        found.addWidget(self.said)
        found.addWidget(self.exact, 0, Qt.AlignmentFlag.AlignLeft)
        found.addWidget(self.list, 1)
        body = QWidget()
        body.setProperty("fill", "none")
        own = QVBoxLayout(body)
        own.setContentsMargins(0, 0, 0, 0)
        own.addWidget(self.contents)
        own.addWidget(self.own)
        own.addWidget(self.picker, 0, Qt.AlignmentFlag.AlignLeft)
        own.addStretch(1)
        self._inner, self._found_column = own, found
        self._parts = QStackedWidget()
        self._area = Scroller(body)
        self._parts.addWidget(self._area)
        self._parts.addWidget(self._found)
        self._column = QVBoxLayout(self)
        self._top = QHBoxLayout()
        self._top.addWidget(self.field, 1)
        self._column.addLayout(self._top)
        self._below = QHBoxLayout()
        self._below.addWidget(self.systems, 1)
        self._column.addLayout(self._below)
        self._column.addWidget(self._parts, 1)

    def _connect(self) -> None:
        self.field.textEdited.connect(lambda _text: self._type())
        self.field.exact_wanted.connect(self._turn_exact)
        self.field.left.connect(self._step_out)
        self.exact.clicked.connect(self._turn_exact)
        self.systems.activated.connect(lambda _at: self._narrow())
        self.list.chosen.connect(self._choose)
        self.contents.table.opened.connect(self.part_wanted)
        self.picker.clicked.connect(self.picker_wanted)
        self.own.code_wanted.connect(self.code_wanted)
        self.own.writing.connect(self._reveal_writing)
        self._book.searching.found.connect(self._show_found)
        self._book.searching.failed.connect(self._show_fault)

    # -- what is shown ------------------------------------------------------------------------------------------------

    def show_panels(self, code: str, panels: Sequence[Panel | tuple[str, str]]) -> None:
        """Show what is on the page of a code."""
        names = [(panel.id, panel.title) if isinstance(panel, Panel) else panel for panel in panels]
        self.contents.show_facts(
            [
                Fact(name, "", title, end=f"Alt {at}" if at <= KEYS else "", opens=True)
                for at, (name, title) in enumerate(names, 1)
            ]
        )
        self.own.show_code(code)
        if not self.own.is_writing():
            self._area.verticalScrollBar().setValue(0)

    def show_found(self, *, found: bool) -> None:
        """Show what was found, or contents and notes."""
        self._parts.setCurrentIndex(1 if found else 0)
        self.systems.setVisible(found)

    def is_searching(self) -> bool:
        """Whether what was found is shown."""
        return self._parts.currentIndex() == 1

    def focus_main(self) -> None:
        """Put the focus into the field, what is in it selected, and show again what it had found."""
        self.field.setFocus(Qt.FocusReason.TabFocusReason)
        self.field.selectAll()
        if self.field.text().strip() and not self.is_searching():
            self.show_found(found=True)

    def focus_contents(self) -> None:
        """Put the focus on the contents of the page."""
        self.show_found(found=False)
        table = self.contents.table if self.contents.table.facts() else self.own.favourites.table
        (table if table.facts() else self.picker).setFocus(Qt.FocusReason.TabFocusReason)

    # -- searching ----------------------------------------------------------------------------------------------------

    def _type(self) -> None:
        self._correct = True
        self._search()

    def _narrow(self) -> None:
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._search()

    def _turn_exact(self) -> None:
        self._correct = not self._correct
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._search()

    def _search(self) -> None:
        self.list.await_rows()
        text = self.field.text()
        if not text.strip():
            self._wish = None
            self.list.set_rows(())
            self.show_found(found=False)
            return
        systems = next(systems for name, _, systems in hits.FILTERS if name == self.systems.currentData())
        self._wish = Wish(text, self._book.on, systems, self._correct)
        self._book.searching.search(self._wish)

    def _show_found(self, sought: object) -> None:
        assert isinstance(sought, Sought)
        if sought.wish != self._wish:
            return
        rows = words.found(sought, lambda _system: "", self._question, [])
        self._show(rows, hits.said(sought.found))
        self.exact.setText("correct letter errors" if not self._correct else "search exactly as typed")
        self.exact.setVisible(bool(sought.found.corrected) or not self._correct)

    def _show_fault(self, error: object) -> None:
        if self._wish is not None:
            self._show([HitRow("text", "", str(error))], "")

    def _show(self, rows: Sequence[HitRow], said: str) -> None:
        self.list.show_rows(rows)
        self.said.set_words(said)
        self.said.setVisible(bool(said))
        self.exact.hide()
        self.show_found(found=True)

    def _reveal_writing(self) -> None:
        lay_out_now()
        for part in (self.own.text, self.own.save):
            self._area.ensureWidgetVisible(part, 0, self._look.px("near"))

    def _choose(self, row: object) -> None:
        assert isinstance(row, HitRow)
        if row.kind == "again":
            self.field.setText(row.id)
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self._type()
        elif row.kind == "code":
            self.code_wanted.emit(row.id)
        elif row.kind == "place":
            self.place_wanted.emit(row.id)
        elif row.kind == "ask":
            self.ask_wanted.emit(row.id)

    def _step_out(self) -> None:
        """From what was found to the contents; else out of the side."""
        if self.is_searching():
            self.show_found(found=False)
        else:
            self.left.emit()

    def _measure(self) -> None:
        px = self._look.px
        self._column.setContentsMargins(px("part"), px("part"), px("tight"), 0)
        self._column.setSpacing(px("near"))
        for row in (self._top, self._below):
            row.setContentsMargins(0, 0, px("near"), 0)
        self._inner.setSpacing(px("near"))
        self._found_column.setSpacing(px("near"))
