"""What may still end on the claim, and what each answer ruled out; live after each answer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from encoder.core.view import View
from encoder.gui.look import Look
from encoder.gui.widgets.scroller import Scroller
from encoder.gui.widgets.sections import Section
from encoder.gui.widgets.text import Words
from encoder.gui.wording import case

_CODES_SHARE = 0.36  # of the width: the label of two codes with their plus


class PossiblePane(Scroller):
    """Two lists, one under the other.

    Signals:
        question_wanted(str): the question whose answer ruled a code out.
    """

    question_wanted = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._look = look
        body = QWidget()
        body.setProperty("fill", "none")
        self._column = QVBoxLayout(body)
        self.possible = Section(look, "Still possible", most_label=_CODES_SHARE)
        self.ruled_out = Section(look, "Ruled out", most_label=_CODES_SHARE, whole_cites=True)
        self._nothing = Words(look, "Nothing is left: the case ended without a line.", "small", "text2")
        for widget in (self.possible, self._nothing, self.ruled_out):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self.setWidget(body)
        self.ruled_out.table.opened.connect(self.question_wanted)
        self.ruled_out.table.setAccessibleDescription("Enter goes back to the answer that ruled a code out.")
        self._measure()
        look.changed.connect(self._measure)

    def show_view(self, view: View) -> None:
        """Show what is possible and ruled out now."""
        left = case.possible(view)
        gone = case.ruled_out(view)
        self.possible.table.align(gone)
        self.ruled_out.table.align(left)
        self.possible.show_facts(left, str(len(left)))
        self._nothing.setVisible(not left)
        self.ruled_out.show_facts(gone, str(len(gone)))

    def count(self) -> int:
        """How many families are still possible, for the tab."""
        return len(self.possible.table.facts())

    def _measure(self) -> None:
        px = self._look.px
        side = px("pane") - px("snug")
        self._column.setContentsMargins(side, px("pane"), side, px("near"))
        self._column.setSpacing(0)
