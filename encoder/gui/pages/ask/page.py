"""The Ask place: plain questions, and from a code back to the facts. Both may start the tree with assumptions."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from encoder.core.view import View
from encoder.gui.actions import Action
from encoder.gui.ask_work import AskWork
from encoder.gui.frames import Frame
from encoder.gui.pages.ask import keys
from encoder.gui.pages.ask.origin import OriginPart
from encoder.gui.pages.ask.question import QuestionPart
from encoder.gui.pages.page import Page, Pane, Tools
from encoder.gui.widgets.bars import Hint
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.choices import Segmented
from encoder.gui.widgets.flow import Flow
from encoder.gui.widgets.panels import Callout
from encoder.gui.widgets.settle import lay_out_now
from encoder.gui.wording import ask as words
from encoder.gui.wording import origin

QUESTION, CODE = "question", "code"
_PARTS = ((QUESTION, "A question"), (CODE, "From a code"))
_ASKED = "the question asked"
_NO_ANSWER = "Nothing to copy yet: ask a question first."
_NO_START = "There is nothing to start the tree with yet."


class AskPage(Page):
    """Two parts, one at a time; before a case under way goes, it asks."""

    title = "Ask"
    topic = "ask"

    def __init__(self, tools: Tools, work: AskWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = tools.look
        self._tools, self._look, self.work = tools, look, work
        self._wanted: tuple[Mapping[str, str], str] = ({}, "")
        self.part = Segmented(look, "Part of the page", _PARTS)
        self.head = QWidget()
        Flow(look, self.head).addWidget(self.part)
        self.question = QuestionPart(look, work, tools.sources)
        self.code = OriginPart(look, work, tools.sources)
        self.replace = Callout(look, "warn", "")
        self.yes = KeyButton(look, "Replace the case", icon="case", keys=("Ctrl", "Enter"))
        self.no = KeyButton(look, "Keep it", keys=("Esc",))
        self.replace.add_buttons((self.yes, self.no))
        self.replace.hide()
        self._above = QVBoxLayout()
        self._above.addWidget(self.replace)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._above)
        for part in (self.question, self.code):
            column.addWidget(part, 1)
        self.code.hide()
        self._on = work.session.on
        self._connect()
        self._measure()
        look.changed.connect(self._measure)

    def _connect(self) -> None:
        tools = self._tools
        self.part.chosen.connect(self._show_part)
        for part in (self.question, self.code):
            part.code_wanted.connect(tools.open_code)
            part.question_wanted.connect(tools.explain_question)
            part.start_wanted.connect(self._start)
            part.changed.connect(self.changed)
        self.question.copy_wanted.connect(lambda: tools.copy(*self.copied()))
        self.yes.clicked.connect(self._begin)
        self.no.clicked.connect(self.keep)
        tools.session.listen(self._follow)

    # -- what is shown ------------------------------------------------------------------------------------------------

    def open(self, what: object) -> None:
        """Ask a question, or begin from a code, the one beside it, and one of the ways."""
        if isinstance(what, str):
            self._turn(QUESTION)
            self.question.ask(what)
        elif isinstance(what, tuple):
            self._turn(CODE)
            code, with_code, way = what
            if code:
                self.code.look_up(code, with_code, way)
            else:
                self.code.focus_main()

    def tables_changed(self) -> None:
        self._answer_again()

    def _follow(self, view: View) -> None:
        """Another date of service: the same is asked again."""
        if view.on != self._on:
            self._answer_again()

    def _answer_again(self) -> None:
        self._on = self.work.session.on
        self.question.again_on()
        self.code.again_on()

    def _turn(self, part: str) -> None:
        self.part.set_current(part)
        self.question.setVisible(part == QUESTION)
        self.code.setVisible(part == CODE)
        self._keep_quiet()

    def is_asking(self) -> bool:
        """Whether the part for questions is shown."""
        return self.part.current() == QUESTION

    def _show_part(self, part: str) -> None:
        self._turn(part)
        self.changed.emit()
        lay_out_now()

    def show_part(self, number: int) -> bool:
        """Alt+1 the question, Alt+2 from a code."""
        if number > len(_PARTS):
            return False
        self._show_part(_PARTS[number - 1][0])
        self.focus_main()
        return True

    def set_frame(self, frame: Frame) -> None:
        for part in (self.question, self.code):
            part.set_frame(frame)

    def hasHeightForWidth(self) -> bool:
        """What scrolls must not make the window taller."""
        return False

    # -- starting the tree --------------------------------------------------------------------------------------------

    def _start(self) -> None:
        """Begin the case with what the part settles; a case under way is not replaced unasked."""
        asking = self.is_asking()
        if asking:
            self._wanted = (self.question.facts, _ASKED)
        else:
            self._wanted = (self.code.given(), self.code.meant())
        if not self._wanted[0]:
            self._tools.copy("", _NO_START)
        elif self.work.under_way():
            self.replace.set_words(*origin.replace(self.work.under_way()))
            self.replace.show()
            self._measure()
            lay_out_now()
            self.yes.setFocus()
            self.changed.emit()
        else:
            self._begin()

    def _begin(self) -> None:
        self._keep_quiet()
        self._tools.assume(*self._wanted)

    def keep(self) -> None:
        """Keep the case under way."""
        self._keep_quiet()
        self.focus_main()
        self.changed.emit()

    def _keep_quiet(self) -> None:
        self.replace.hide()
        self._measure()

    def take_enter(self) -> bool:
        """Ctrl+Enter starts the tree, and where that was asked about, it replaces the case."""
        if self.replace.isHidden():
            self._start()
        else:
            self._begin()
        return True

    # -- keys ---------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.replace.isHidden():
            self.keep()
        else:
            super().keyPressEvent(event)

    def focus_main(self) -> None:
        (self.question if self.is_asking() else self.code).focus_main()

    def panes(self) -> list[Pane]:
        part = self.question if self.is_asking() else self.code
        return [(part.fields, part.focus_main), *part.sheet.panes()]

    def hints(self) -> list[Hint]:
        return keys.hints(self)

    def commands(self) -> list[Action]:
        return keys.commands(self)

    def copied(self) -> tuple[str, str]:
        answer = self.question.answer
        if self.is_asking() and answer is not None:
            return words.copied(answer, self._tools.sources), "Copied the answer and its rows."
        return "", _NO_ANSWER

    def _measure(self) -> None:
        px = self._look.px
        shown = not self.replace.isHidden()
        side = px("page")
        self._above.setContentsMargins(side, px("part"), side, 0) if shown else self._above.setContentsMargins(
            0, 0, 0, 0
        )
