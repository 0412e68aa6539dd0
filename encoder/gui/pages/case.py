"""The case: the way at the left, the question or its end in the middle, what helps at the right; in three frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from encoder.core.tree.explain import Result
from encoder.core.view import View
from encoder.gui import hints
from encoder.gui.frames import Frame
from encoder.gui.look import Look
from encoder.gui.note_work import NOTHING_SEEN, Seen
from encoder.gui.pages.page import Page, Pane
from encoder.gui.pages.question import QuestionPage
from encoder.gui.pages.result import ResultPage
from encoder.gui.pages.stop import StopPage
from encoder.gui.panes.right import Part, RightPane
from encoder.gui.panes.way import WayPane
from encoder.gui.widgets.bars import Hint
from encoder.gui.widgets.focus import holds_focus
from encoder.gui.widgets.settle import lay_out_now
from encoder.gui.widgets.splitter import Places, Splitter
from encoder.gui.widgets.way_line import WayLine
from encoder.gui.wording import case as words
from encoder.gui.wording.sources import Sources

Kind = Literal["question", "result", "stop"]


class CasePage(Page):
    """Shows a View. It keeps which panes are open; the case itself is kept by the session.

    Signals:
        left_question(): Esc with nothing open.
    """

    left_question = Signal()

    def __init__(
        self, look: Look, places: Places, sources: Sources, pictures: frozenset[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._frame = Frame()
        self._view: View | None = None
        self._seen = NOTHING_SEEN
        self.stayed = False  # the last View changed nothing but quotes and what the note says
        self.kind: Kind = "question"
        self._way_open = self._right_open = self._help_open = False
        self.way, self.way_line = WayPane(look), WayLine(look)
        self.question = QuestionPage(look, pictures)
        self.result = ResultPage(look, places, sources)
        self.stop = StopPage(look)
        self.right = RightPane(look, places)
        self.right.setMinimumHeight(look.px("edge"))
        self._centre = QStackedWidget()
        self._centre.setProperty("fill", "surface")
        self._centre.setMinimumHeight(look.px("edge"))  # the page that asks for most must not make the window taller
        for page in (self.question, self.result, self.stop):
            self._centre.addWidget(page)
        self._tabs = QTabBar()
        self._tabs.setExpanding(True)
        self._tabs.setAccessibleName("Parts of the page")
        for name in ("Answers", "Possible", "Note"):
            self._tabs.addTab(name)
        self._columns = Splitter(look, "case", places)
        self._columns.add(self.way, size="way", least="least_way")
        self._columns.add(self._centre, least="least_column")
        self._columns.add(self.right, size="right", least="least_tabs")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.way_line, self._tabs):
            column.addWidget(widget)
        column.addWidget(self._columns, 1)
        self._connect()
        self._arrange()

    def _connect(self) -> None:
        for page in (self.question, self.result, self.stop):
            page.leave_up.connect(self.open_way)
        self.way.steps.left.connect(self.close_way)
        self.way_line.clicked.connect(self.open_way)
        self.question.changed.connect(self.changed)
        self.right.help_closed.connect(self.close_help)
        self.result.columns.evidence_wanted.connect(self.open_help)
        self.stop.checked.connect(self.right.check.show_checks)
        self._tabs.currentChanged.connect(lambda _at: self._tab_chosen())

    # -- what is shown ------------------------------------------------------------------------------------------------

    def show_view(self, view: View, between: Sequence[str] = (), seen: Seen = NOTHING_SEEN) -> None:
        """Show the case as it stands, in one repaint. Panes that were opened for the last question are closed.

        Where nothing but quotes or the note is another, the page stays as it is, and what is said of them changes.
        """
        before, self._view, self._seen = self._view, view, seen
        self.stayed = before is not None and _as_before(before, view)
        if self.stayed:
            self._show_seen(view, seen)
            return
        kind: Kind = "question" if view.ask else "stop" if view.result and view.result.queries else "result"
        moved = kind != self.kind or (view.ask is not None and view.ask.question != self.question.asked())
        if view.ask is not None:
            self.question.show_ask(view.ask, _detail(view), view.meant, seen.remarks, seen.conflict)
        elif view.result is not None and kind == "stop":
            self._show_query(view, view.result, seen)
        elif view.result is not None:
            self.result.show_result(view, view.result, between, seen.ticks, noted=seen.loaded)
        if kind != "question":
            self.question.answers.clear()  # no row is laid out in the width of another page
        self.kind = kind
        if moved:
            self._way_open = self._right_open = self._help_open = False
            self._tabs.setCurrentIndex(0)
        self.right.possible.show_view(view)
        self.right.show_check(checking=kind == "stop")
        self._show_way()
        at = ("question", "result", "stop").index(kind)
        if kind == "result":  # it is wider than a question: neither is laid out in the width of the other
            self._rearrange()
            self._centre.setCurrentIndex(at)
        else:
            self._centre.setCurrentIndex(at)
            self._arrange()

    def _show_query(self, view: View, result: Result, seen: Seen) -> None:
        self.stop.show_query(result, seen.query, seen.about)
        self.right.check.show_after(view, seen.query or result.queries[0])

    def _show_seen(self, view: View, seen: Seen) -> None:
        """What the note and the quotes add, and nothing else."""
        if view.ask is not None:
            self.question.remark(seen.remarks, seen.conflict)
        elif view.result is not None and self.kind == "stop":
            self._show_query(view, view.result, seen)
        elif view.result is not None:
            self.result.columns.show_ticks(view.result, seen.ticks, noted=seen.loaded)
        self._show_way()
        lay_out_now()

    def forget(self) -> None:
        """The next View is of another case."""
        self._view = None

    def set_frame(self, frame: Frame) -> None:
        """Three columns, two, or one."""
        self._frame = frame
        for page in (self.question, self.result, self.stop):
            page.set_frame(frame)
        self._show_way()
        self._arrange()

    def page(self) -> QuestionPage | ResultPage | StopPage:
        """The page in the middle."""
        if self.kind == "question":
            return self.question
        return self.result if self.kind == "result" else self.stop

    def focus_main(self) -> None:
        self.page().focus_main()

    def hints(self) -> list[Hint]:
        return hints.of_case(self)

    def refuse(self, sentence: str) -> bool:
        """Say at the question what is wrong with a code as typed; False where no code can be typed."""
        typed = self.kind == "question" and self.question.code.isVisibleTo(self)
        if typed:
            self.question.refuse(sentence)
        return typed

    def paste_note(self) -> None:
        """Take the note from the clipboard and show it."""
        self.open_part("note")
        self.right.note.paste()

    def step_mention(self, by: int) -> None:
        """Go to the next mention in the note, which is shown for it; the focus stays, where the page stays."""
        if not self.right.note.isVisible():
            self.open_part("note")
        self.right.note.step(by)

    def panes(self) -> list[Pane]:
        panes: list[Pane] = []
        if self._centre.isVisible():
            panes.append((self._centre, self.focus_main))
        if self._help_open:
            panes.append((self.right, self.right.help.article.setFocus))
        elif self.right.isVisible():
            panes += self.right.panes()
        if self.way.isVisible():
            panes.append((self.way, self.way.steps.go_to_last))
        return panes

    # -- panes --------------------------------------------------------------------------------------------------------

    def open_way(self) -> None:
        """Go to the way, which narrow windows open for it."""
        self._way_open = self._frame.across != "wide"
        self._show_way()
        self._arrange()
        lay_out_now()
        self.way.steps.go_to_last()

    def close_way(self) -> None:
        """Back from the way to the page."""
        self._way_open = False
        self._rearrange()
        self.page().focus_main()

    def open_part(self, part: Part) -> None:
        """Show what is possible, or the note, and go there."""
        self._help_open, self._right_open = False, True
        if self._frame.across == "narrow":
            self._tabs.setCurrentIndex(2 if part == "note" else 1)
        self._rearrange()
        self.right.focus_part(part)
        self.changed.emit()

    def open_main(self) -> None:
        """Back to the page, from whatever pane is open."""
        self._way_open = self._right_open = self._help_open = False
        self._tabs.setCurrentIndex(0)
        self._rearrange()
        self.page().focus_main()
        self.changed.emit()

    def open_help(self, title: str, text: str) -> None:
        """Show an article beside the page, or over it in a narrow window."""
        self.right.help.show_text(title, text)
        self._help_open = True
        self._rearrange()
        self.right.help.article.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def close_help(self) -> None:
        """Away with help, back to the page."""
        if self._help_open:
            self._help_open = False
            self._rearrange()
            self.page().focus_main()
            self.changed.emit()

    def help_is_open(self) -> bool:
        """Whether help is shown."""
        return self._help_open

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._help_open:
            self.close_help()
        elif self._way_open or self._right_open or self._tabs.currentIndex() > 0 or not holds_focus(self.page()):
            self.open_main()
        else:
            self.left_question.emit()

    def _tab_chosen(self) -> None:
        at = self._tabs.currentIndex()
        self._help_open = self._way_open = False
        if at:
            self.right.show_part("note" if at == 2 else "top")
        self._rearrange()
        self.changed.emit()

    def _show_way(self) -> None:
        if self._view is None:
            return
        steps = words.way(self._view, noted=self._seen.loaded)
        if self._frame.across == "wide" or self._way_open:
            self.way.steps.set_steps(steps)
        self.way_line.set_steps(steps)

    def _arrange(self) -> None:
        """Which panes are seen."""
        across, narrow = self._frame.across, self._frame.across == "narrow"
        beside = self.kind != "result" or self._right_open
        right = self._help_open or (self._tabs.currentIndex() > 0 if narrow else beside and not self._way_open)
        both = across == "wide" and self.kind != "result"
        self.right.set_mode("one" if narrow else "both" if both else "tabs")
        self.result.give_way(giving=right and across == "wide")
        self.right.show_help(shown=self._help_open)
        self.way_line.setVisible(across != "wide")
        self._tabs.setVisible(narrow)
        self._tabs.setTabText(0, {"question": "Answers", "result": "Result", "stop": "Query"}[self.kind])
        self._tabs.setTabText(1, self.right.top_name())
        self.way.setVisible(across == "wide" or self._way_open)
        self.right.setVisible(right)
        self._centre.setVisible(not narrow or not (right or self._way_open))
        self._columns.set_frame(f"case.{across}", {2: "right" if across == "wide" else "right_tabs"})

    def _rearrange(self) -> None:
        """The same, carried out at once."""
        self._arrange()
        lay_out_now()


def _as_before(before: View, view: View) -> bool:
    """Whether nothing changed but quotes."""
    way = tuple(replace(step, quotes=()) for step in view.way)
    if way != tuple(replace(step, quotes=()) for step in before.way):
        return False
    kept = {name: getattr(before, name) for name in ("way", "evidence", "can_undo", "can_go_back", "case")}
    return replace(view, **kept) == before


def _detail(view: View) -> str:
    """What is said over a refining question: how many of them are still not asked."""
    if view.ask is None or not view.ask.refines or view.result is None or not view.result.lines:
        return ""
    left = sum(step.state in ("assumed", "confirm") for step in view.way)
    return f"A detail, {f'{left} more after this' if left else 'the last one'}. Esc goes back to the result."
