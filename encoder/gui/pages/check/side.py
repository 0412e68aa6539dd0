"""Beside the findings: the proof of the current one, the claim after its fixes, what was checked, values."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from encoder.core.edits.findings import Checked
from encoder.core.edits.worth import FeeBook
from encoder.gui.claim_work import Mended
from encoder.gui.look import Look
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.figures import Figures
from encoder.gui.widgets.lines import IconLine
from encoder.gui.widgets.scroller import Scroller
from encoder.gui.widgets.sections import Section, ValueBox
from encoder.gui.widgets.text import Inset
from encoder.gui.wording import claim as words
from encoder.gui.wording.findings import proof
from encoder.gui.wording.sources import Sources

_NOT_HERE = "Not decided here: whether the note carries the codes."


class CheckSide(QFrame):
    """Sections under each other, which scroll together.

    Signals:
        walk_wanted(): the questions of the case are to be asked.
    """

    walk_wanted = Signal()

    def __init__(self, look: Look, sources: Sources, book: FeeBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._sources, self._book = look, sources, book
        self.setProperty("fill", "sunken")
        self.written = Section(look, "How lines are written", most_label=0.6)
        self.why = Section(look, "Why this finding")
        self.after = Section(look, "After the fixes that are sure")
        self.left = IconLine(look, "ok", "ok", "", "small", "text2")
        self.checked = Section(look, "Checked")
        self.unsure = Section(look, "Not sure")
        self.against = Inset(look, "", "label", "text3")
        self.not_here = Inset(look, _NOT_HERE, "small", "text2")
        self.walk = KeyButton(look, "Walk the questions", kind="link")
        self.values = ValueBox(look)
        body = QWidget()
        body.setProperty("fill", "none")
        self._body = QVBoxLayout(body)
        self._insets = [QVBoxLayout(), QVBoxLayout()]
        self._insets[0].addWidget(self.left)
        self._insets[1].addWidget(self.walk)
        self._body.addWidget(self.written)
        self._body.addWidget(self.why)
        self._body.addWidget(self.after)
        self._body.addLayout(self._insets[0])
        for widget in (self.checked, self.unsure, self.against, self.not_here):
            self._body.addWidget(widget)
        self._body.addLayout(self._insets[1])
        self._body.addWidget(self.values)
        self._body.addStretch(1)
        self.area = Scroller(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.area)
        self.walk.clicked.connect(self.walk_wanted)
        self.values.show_figures(Figures(), opened=False)
        self._measure()
        look.changed.connect(self._measure)

    def show_checked(self, checked: Checked) -> None:
        """Show what was checked, and against what; what follows from fixes comes a moment later."""
        self.written.show_facts(() if checked.claim.lines else words.WRITTEN)
        self.checked.show_facts(words.checks(checked))
        self.unsure.show_facts(words.unsure(checked))
        said = words.against(checked)
        self.against.set_words(said)
        self.against.setVisible(bool(said))
        for widget in (self.not_here, self.walk):
            widget.setVisible(bool(said))
        if not words.fixable(checked):
            self.after.show_facts([])
            self.left.hide()

    def show_finding(self, checked: Checked, place: int) -> None:
        """Show everything behind a finding; -1 for none."""
        known = 0 <= place < len(checked.findings)
        self.why.show_facts(proof(checked.findings[place], self._sources, checked.editions) if known else [])

    def show_mended(self, mended: Mended) -> None:
        """Show the claim after every fix, and what its lines are worth as they stand."""
        self.after.show_facts(words.mended_lines(mended, self._sources) if mended.fixes else [])
        self.left.setVisible(bool(mended.fixes))
        self.left.show_line(*words.mended_verdict(mended))

    def show_values(self, checked: Checked) -> None:
        """Show what the claim is worth; closed while something denies or needs a look."""
        self.values.show_figures(words.values(checked.claim, self._book), opened=checked.clean)

    def _measure(self) -> None:
        px = self._look.px
        side = px("pane") - px("snug")
        self._body.setContentsMargins(side, px("part"), side, px("part"))
        self._body.setSpacing(px("near"))
        for inset in self._insets:
            inset.setContentsMargins(px("snug"), 0, 0, px("near"))
