"""The result: what goes on the claim, and the proof beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from encoder.core.beside.ticks import Tick
from encoder.core.case_state import DATE
from encoder.core.tree.explain import Result
from encoder.core.view import View
from encoder.gui.frames import Frame
from encoder.gui.look import Look
from encoder.gui.pages.band import Action, Band
from encoder.gui.pages.columns import ResultColumns
from encoder.gui.widgets.scroller import Scroller
from encoder.gui.widgets.splitter import Places
from encoder.gui.wording import result as words
from encoder.gui.wording.sources import Sources, lower_first, mark_codes

ASK_DETAILS, CHECK, COPY, NEW, SAVE, DATE_AGAIN = "details", "check", "copy", "new", "save", "date"
CHANGE = "change:"
SURGEON = "surgeon:"
_NEW_LINE = "\u2028"  # a line break within a paragraph


class ResultPage(QWidget):
    """One end of the questions.

    Signals:
        acted(str): ``details``, ``check``, ``copy``, ``new``, ``save``, ``date``, ``change:<question>`` or
            ``surgeon:<question>`` (the note does not say).
        ask_wanted(str): a refining question that is to be asked.
        leave_up(): to the way. back(): Backspace.
    """

    acted = Signal(str)
    ask_wanted = Signal(str)
    leave_up = Signal()
    back = Signal()

    def __init__(self, look: Look, places: Places, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sources = sources
        self.band = Band(look)
        self.columns = ResultColumns(look, places, sources)
        self._body = QFrame()
        self._body.setProperty("fill", "surface")
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.band)
        column.addWidget(self.columns, 1)
        self._area = Scroller(self._body)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._area)
        self.band.acted.connect(self.acted)
        self.band.leave_up.connect(self.leave_up)
        self.band.leave_down.connect(self._to_columns)
        self.columns.leave_up.connect(self.band.focus_primary)
        self.columns.ask_wanted.connect(self.ask_wanted)

    def show_result(
        self,
        view: View,
        result: Result,
        between: Sequence[str] = (),
        ticks: Sequence[Tick] = (),
        *,
        noted: bool = False,
    ) -> None:
        """Show another result; ``between`` are two questions whose answers do not go together.

        Args:
            ticks: the quotes of its documentation list; ``noted``: there is a note.
        """
        self.band.show_lines(words.lines(result, self._sources))
        self.band.show_verdict(words.verdict(result), _verdict(result), text=_stop_text(view, result, between))
        self.band.show_actions(_actions(view, result, between))
        self.columns.show_result(view, result, ticks, noted=noted)
        self._area.verticalScrollBar().setValue(0)

    def give_way(self, *, giving: bool) -> None:
        """Leave the place of the last column to what is opened beside the page, or take it again."""
        self.columns.give_way(giving=giving)

    def set_frame(self, _frame: Frame) -> None:
        """The frame decides how much stands beside the page; the columns follow from the width that is left."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.columns.set_stacked(stacked=self.width() < self.columns.least_width())

    def focus_main(self) -> None:
        """Put the focus on the primary action."""
        self.band.focus_primary()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Backspace:
            self.back.emit()
        elif event.key() == Qt.Key.Key_Left:
            self.leave_up.emit()
        elif not (event.text() and self.band.press_digit(event.text())):
            super().keyPressEvent(event)

    def _to_columns(self) -> None:
        first = self.columns.first()
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)


def _verdict(result: Result) -> str:
    if result.status == "stopped" and not result.review:
        return f"Stop. {result.verdict}"
    return result.verdict


def _stop_text(view: View, result: Result, between: Sequence[str]) -> str:
    """What an end without lines says: the facts that clash, why, and what to do."""
    if result.lines:
        return ""
    steps = {step.question: step for step in view.way}
    facts = " · ".join(f"**{steps[name].label}:** {steps[name].value}" for name in between if name in steps)
    return mark_codes(_NEW_LINE.join(part for part in (facts, result.say) if part))


def _actions(view: View, result: Result, between: Sequence[str]) -> list[Action]:
    steps = {step.question: step for step in view.way}
    copy = Action(COPY, _copy_words(result), "copy", ("Ctrl", "Shift", "C"))
    new = Action(NEW, "Start a new case", "plus", ("Ctrl", "N"))
    if len(between) > 1:
        first, second = (steps[name] for name in between[:2])
        return [
            Action(CHANGE + first.question, f"Change {lower_first(first.label)}", "edit", ("1",)),
            Action(CHANGE + second.question, f"Change {lower_first(second.label)}", "edit", ("2",)),
            Action(SURGEON + first.question, "Ask the surgeon", "query", ("0",)),
        ]
    if not result.lines:
        return [*_ways_back(view, result), copy]
    details = Action(ASK_DETAILS, f"Ask the details ({len(result.assumed)})", "right", ("1",))
    checked = Action(CHECK, "Check this claim", "check", ("2",))
    save = Action(SAVE, "Save the case", "save", ("Ctrl", "S"))
    return [copy, *([details] if result.assumed else []), *([checked] if view.claim != "inpatient" else []), save, new]


def _copy_words(result: Result) -> str:
    if not result.lines:
        return "Copy the reason"
    return "Copy, marked “review”" if result.review else "Copy lines and reason"


def _ways_back(view: View, result: Result) -> list[Action]:
    """The ways out of an end without lines: another date, or another answer to one of the last two questions."""
    if result.ref in ("O-NOEDITION", "O-PRE2019"):
        return [Action(DATE_AGAIN, "Change the date of service", "calendar", ("1",))]
    given = [step for step in view.way if step.state in ("answered", "not_documented") and step.question != DATE]
    last = reversed(given[-2:])
    return [
        Action(CHANGE + step.question, f"Change {lower_first(step.label)}", "edit", (str(place),))
        for place, step in enumerate(last, 1)
    ]
