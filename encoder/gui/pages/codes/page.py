"""The code book: search, contents and own notes at the left, the page of a code or the picker of diagnoses beside."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from encoder.core.page.model import CodePage
from encoder.core.view import View
from encoder.errors import EncoderError
from encoder.gui.actions import Action
from encoder.gui.frames import Frame
from encoder.gui.pages.codes import keys
from encoder.gui.pages.codes.columns import CodeColumns
from encoder.gui.pages.codes.head import CodeHead
from encoder.gui.pages.codes.picker import PickerPane
from encoder.gui.pages.codes.side import CodeSide
from encoder.gui.pages.codes.visited import Visited
from encoder.gui.pages.page import Page, Pane, Tools
from encoder.gui.widgets.bars import Hint
from encoder.gui.widgets.focus import holds_focus
from encoder.gui.widgets.settle import lay_out_now
from encoder.gui.widgets.splitter import Splitter
from encoder.gui.widgets.text import Words
from encoder.gui.wording import code as words

_FIRST = (
    "**Find a code at the left**, or with Ctrl+K from everywhere: its digits, words in any order, abbreviations, also "
    "with letter errors. What the tables hold on it stands here, for the date of service of the case."
)
_CPT = "cpt"
_LONGEST = 40  # signs of what was typed that a refusal repeats
_NO_CODE = "Nothing to copy yet: open the page of a code first."


class CodesPage(Page):
    """One code at a time; the codes that were looked at can be gone back through."""

    topic = "codes"

    def __init__(self, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = tools.look
        self._look, self._tools, self.book = look, tools, tools.book()
        self._frame = Frame()
        self.shown: CodePage | None = None
        self.visited = Visited()
        self._beside = self._starts = False
        self._on = self.book.on
        self.side = CodeSide(look, self.book, self._question)
        self.top = CodeHead(look)
        self.columns = CodeColumns(look, tools.settings, tools.sources)
        self.picker = PickerPane(look, self.book)
        self.nothing = Words(look, _FIRST, "body", "text2")
        self._lay_out()
        self._connect()
        self._measure()
        look.changed.connect(self._measure)
        self._show_side()

    def _lay_out(self) -> None:
        self._code = QWidget()
        code = QVBoxLayout(self._code)
        code.setContentsMargins(0, 0, 0, 0)
        code.setSpacing(0)
        code.addWidget(self.top)
        code.addWidget(self.columns, 1)
        self._empty = QWidget()
        self._empty_column = QVBoxLayout(self._empty)
        self._empty_column.addWidget(self.nothing)
        self._empty_column.addStretch(1)
        self.right = QStackedWidget()
        for part in (self._empty, self._code, self.picker):
            part.setMinimumHeight(self._look.px("edge"))
            self.right.addWidget(part)
        self._splitter = Splitter(self._look, "codes", self._tools.settings)
        self._splitter.add(self.side, size="code_side", least="least_possible")
        self._splitter.add(self.right, least="least_column")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._splitter)

    def _connect(self) -> None:
        side, top = self.side, self.top
        side.code_wanted.connect(self.open)
        side.part_wanted.connect(self.columns.focus_panel)
        side.place_wanted.connect(self._tools.open_question)
        side.ask_wanted.connect(self._tools.ask)
        side.picker_wanted.connect(self.pick)
        side.left.connect(self._leave_side)
        side.own.said.connect(lambda said: self._tools.say(said, ""))
        side.own.left.connect(lambda: side.own.add.setFocus(Qt.FocusReason.OtherFocusReason))
        top.copy_wanted.connect(self.copy_code)
        top.favourite_wanted.connect(self.turn_favourite)
        top.back_wanted.connect(lambda: self.go(-1))
        top.forward_wanted.connect(lambda: self.go(1))
        top.list_wanted.connect(self.seek)
        top.start_wanted.connect(self.start)
        self.columns.start_wanted.connect(self.start)
        self.columns.turned.connect(self.changed)
        self.columns.code_wanted.connect(self.open)
        self.columns.leave_up.connect(lambda: self.top.copy.setFocus(Qt.FocusReason.OtherFocusReason))
        self.picker.code_wanted.connect(self.open)
        self.picker.copy_wanted.connect(self._tools.copy)
        self.picker.left.connect(self._leave_picker)
        self.book.kept.connect(self._show_favourite)
        self._tools.session.listen(self._hear)
        for key, does in self._keys().items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(does)

    def _keys(self) -> dict[str, Callable[[], object]]:
        return {
            "Alt+Left": lambda: self.go(-1),
            "Alt+Right": lambda: self.go(1),
            "Ctrl+D": self.turn_favourite,
            "Ctrl+Shift+N": self.write_note,
            "Ctrl+F": self.seek,
            "Ctrl+G": self.pick,
            "Ctrl+Shift+T": lambda: self.copy_code(True),
        }

    def _refuse(self, sentence: str) -> None:
        """Say why nothing was done."""
        self._tools.copy("", sentence)

    def _question(self, place: str) -> str:
        question = self._tools.session.tree.questions.get(place.partition("=")[0])
        return question.label if question else "End"

    # -- codes --------------------------------------------------------------------------------------------------------

    def open(self, what: object) -> None:
        """Show the page of a code, and remember it for the way back."""
        code = self.book.known(str(what))
        if not code:
            self._refuse(f"No table here names the code {str(what).strip()[:_LONGEST]}.")
            return
        self.visited.add(code)
        self._show_code(code)

    def go(self, by: int) -> None:
        """Back or forward through the codes that were looked at."""
        if self.visited.step(by):
            self._show_code(self.visited.now())

    def _show_code(self, code: str) -> None:
        try:
            page = self.book.page(code)
        except EncoderError as error:
            self._refuse(str(error))
            return
        if page is None:  # an edition that held it has gone
            self.shown = None
            self._show_side()
            self._refuse(f"No table names {code} any longer.")
            return
        self._on, self.shown = self.book.on, page
        leads = self.book.leads(page.code)
        self._starts = bool(leads) or page.system == _CPT
        self.top.show_page(page, starts=self._starts)
        self.top.show_steps(*self.visited.around())
        self.columns.show_page(page, leads, self.book.desk().title)
        self.side.show_panels(page.code, self.columns.shown())
        self.side.show_found(found=False)
        self._show_favourite()
        self._beside = True
        self.right.setCurrentWidget(self._code)
        self._arrange()
        if self.isVisible():
            self.columns.focus_main()
        self.changed.emit()

    def _hear(self, _view: View) -> None:
        if self.book.on != self._on and self.isVisible():
            self._read_again()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.book.on != self._on:
            self._read_again()

    def _read_again(self) -> None:
        """Another date, or other tables."""
        self._on = self.book.on
        picking = self.is_picking()
        focus: QWidget | None = self.window().focusWidget()
        if self.shown is not None:
            self._show_code(self.visited.now())
        else:
            self._show_side()
        if picking:
            self._show_picker()
            self.picker.show_offer()
        if focus is not None and focus.isVisible():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def tables_changed(self) -> None:
        self._read_again()

    def _show_side(self) -> None:
        self.side.show_panels("", ())
        self.right.setCurrentWidget(self._empty)
        self._arrange()

    # -- what is done -------------------------------------------------------------------------------------------------

    def copied(self) -> tuple[str, str]:
        if self.is_picking():
            return self.picker.copied()
        if self.shown is None:
            return "", _NO_CODE
        code = self.shown.code.removeprefix("pos:")
        return code, f"Copied {code}."

    def copy_code(self, titled: bool) -> None:
        """Copy the code, with its title or without."""
        if titled and self.shown is not None:
            self._tools.copy(words.copied(self.shown), f"Copied {self.shown.code} with its title.")
        else:
            self._tools.copy(*self.copied())

    def turn_favourite(self) -> None:
        """Put the code among the favourites, or take it out."""
        if self.shown is None:
            return
        try:
            now = self.book.turn_favourite(self.shown.code)
        except EncoderError as error:
            self._refuse(str(error))
        else:
            said = "is a favourite now" if now else "is no favourite any longer"
            self._tools.say(f"{self.shown.code} {said}.", "Ctrl+Z takes it back.")

    def _show_favourite(self) -> None:
        if self.shown is not None:
            self.top.show_favourite(self.book.is_favourite(self.shown.code), self.book.fault)

    def origin(self) -> tuple[str, str]:
        if self.shown is None or not self._starts or self.is_picking():
            return "", ""
        return self.shown.code, self.columns.other()

    def start(self, other: str = "", way: int = 0) -> None:
        """Go to the answers that lead to the code, and to another one beside it."""
        if self.shown is not None:
            self._tools.start_from(self.shown.code, other, way)

    def write_note(self) -> None:
        """Write a note on the code that is shown."""
        if self.shown is not None:
            self.side.show_found(found=False)
            self._show_beside(beside=False)
            self.side.own.write()

    def is_picking(self) -> bool:
        """Whether the picker of diagnoses is beside the search."""
        return self.right.currentWidget() is self.picker

    def pick(self) -> None:
        """Open the picker of diagnoses."""
        self._show_picker()
        self.picker.start()
        self.changed.emit()

    def _show_picker(self) -> None:
        self.right.setCurrentWidget(self.picker)
        self._show_beside(beside=True)

    def _leave_picker(self) -> None:
        self.right.setCurrentWidget(self._code if self.shown is not None else self._empty)
        self.focus_main()
        self.changed.emit()

    def seek(self) -> None:
        """Go to the search."""
        self._show_beside(beside=False)
        self.side.focus_main()

    def _leave_side(self) -> None:
        if self.shown is not None:
            self._show_beside(beside=True)
            self.columns.focus_main()
        else:
            self._tools.show_place("case")

    def take_back(self) -> bool:
        try:
            done = self.book.undo()
        except EncoderError as error:
            self._refuse(str(error))
            return True
        if done:
            self._tools.say("Took the last change of favourites and notes back.", "")
        return done

    def take_enter(self) -> bool:
        if self.side.own.is_writing():
            self.side.own.keep()
        return True

    def show_part(self, number: int) -> bool:
        if self.shown is not None and self.right.currentWidget() is self._code:
            names = [name for name, _ in self.columns.shown()]
            if number <= len(names):
                self._show_beside(beside=True)
                self.columns.focus_panel(names[number - 1])
        return True

    def commands(self) -> list[Action]:
        return keys.commands(self)

    # -- focus and frames ---------------------------------------------------------------------------------------------

    def focus_main(self) -> None:
        if self.is_picking() and self.right.isVisibleTo(self):
            self.picker.focus_main()
        elif self.shown is not None and self.right.isVisibleTo(self):
            self.columns.focus_main()
        else:
            self.side.focus_main()

    def panes(self) -> list[Pane]:
        panes: list[Pane] = []
        if self.side.isVisible():
            panes.append((self.side, self.side.focus_main))
        if self.right.isVisible() and self.is_picking():
            panes.append((self.picker, self.picker.focus_main))
        elif self.right.isVisible() and self.shown is not None:
            panes.append((self.top, lambda: self.top.copy.setFocus(Qt.FocusReason.TabFocusReason)))
            panes += self.columns.columns()
        return panes

    def hints(self) -> list[Hint]:
        return keys.hints(self)

    def set_frame(self, frame: Frame) -> None:
        self._frame = frame
        self._arrange()

    def _show_beside(self, *, beside: bool) -> None:
        """In a narrow window the page of the code, or the search in its place."""
        self._beside = beside
        self._arrange()

    def _arrange(self) -> None:
        across = self._frame.across
        both = across != "narrow"
        nothing = self.right.currentWidget() is self._empty
        self.side.setVisible(both or not self._beside or nothing)
        self.right.setVisible(both or (self._beside and not nothing))
        self.columns.set_stacked(stacked=across != "wide")
        self.top.set_room(wide=across == "wide", narrow=not both)
        self._splitter.set_frame(f"codes.{across}")
        if self.isVisible():
            lay_out_now()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.is_picking() and holds_focus(self.right):
            self._leave_picker()
        elif self.side.is_searching() and holds_focus(self.side):
            self.side.show_found(found=False)
            self.side.field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._frame.across == "narrow" and self._beside:
            self.seek()
        else:
            super().keyPressEvent(event)

    def _measure(self) -> None:
        px = self._look.px
        self._empty_column.setContentsMargins(px("wide"), px("wide"), px("wide"), px("wide"))
        self.nothing.setMaximumWidth(px("report"))
