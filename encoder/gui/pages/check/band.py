"""The verdict on a claim, and what can be done with all of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from encoder.core.edits.findings import Checked
from encoder.gui.look import Look
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.text import Words
from encoder.gui.widgets.verdict import VerdictLine
from encoder.gui.wording import claim as words

_COPY, _FIX = ("Ctrl", "Shift", "C"), ("Ctrl", "Enter")


class CheckBand(QFrame):
    """One line that says what it is, one that says what that means, and two buttons."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setProperty("fill", "surface")
        self.setProperty("edge", "bottom")
        self.verdict = VerdictLine(look)
        self._means = Words(look, "", "small", "text2")
        self._roomy = True
        self.copy = KeyButton(look, "Copy", icon="copy", keys=_COPY)
        self.fix_all = KeyButton(look, "Apply all fixes", keys=_FIX, kind="primary")
        said, self._buttons = QVBoxLayout(), QHBoxLayout()
        said.addWidget(self.verdict)
        said.addWidget(self._means)
        self._buttons.addWidget(self.copy)
        self._buttons.addWidget(self.fix_all)
        self._buttons.addStretch(0)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.addLayout(said, 1)
        self._row.addLayout(self._buttons)
        self._row.setAlignment(self._buttons, Qt.AlignmentFlag.AlignVCenter)
        self._measure()
        look.changed.connect(self._measure)

    def show_checked(self, checked: Checked) -> None:
        """Show the verdict, and what there is to do."""
        kind, said, means = words.verdict(checked)
        self.verdict.set_verdict(kind, said)
        self._means.set_words(means)
        self.fix_all.setText(words.apply_all(checked))
        self.fix_all.setVisible(bool(words.fixable(checked)))
        self.copy.setVisible(bool(checked.claim.lines))
        self._means.setVisible(self._roomy or not checked.claim.lines)
        self._arrange()

    def set_roomy(self, *, roomy: bool) -> None:
        """The second line and the keys of the buttons only where there is room for them."""
        self._roomy = roomy
        self._means.setVisible(roomy or not self.copy.isVisibleTo(self))
        self.copy.set_keys(_COPY if roomy else ())
        self.fix_all.set_keys(_FIX if roomy else ())
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Buttons beside the words, or below them where that is too narrow."""
        px, ways = self._look.px, QBoxLayout.Direction
        shown = [button for button in (self.copy, self.fix_all) if button.isVisibleTo(self)]
        need = sum(button.sizeHint().width() + px("near") for button in shown) + px("least_column") + 2 * px("pane")
        self._row.setDirection(ways.TopToBottom if self.width() < need else ways.LeftToRight)

    def _measure(self) -> None:
        px = self._look.px
        self._row.setContentsMargins(px("pane"), px("part"), px("pane"), px("part"))
        self._row.setSpacing(px("near"))
        self._buttons.setSpacing(px("near"))
        self._arrange()
