"""How far long work is: a bar, how much is done, what is left, and the button that ends it."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.text import STRONG, Words
from encoder.gui.wording.progress import amount, left

_WHOLE = 1000


class ProgressView(QWidget):
    """A bar with words around it. Nothing moves by itself: what cannot be told yet stands at nothing.

    Signals:
        cancelled(): the work is to end.
    """

    cancelled = Signal()

    def __init__(self, look: Look, safe: str, parent: QWidget | None = None) -> None:
        """``safe`` says what a cancelled work leaves."""
        super().__init__(parent)
        self._look, self._clock, self._part = look, QElapsedTimer(), ""
        self._title = Words(look, "", "body", weight=STRONG)
        self.cancel = KeyButton(look, "Cancel", icon="close", keys=("Esc",))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, _WHOLE)
        self.bar.setAccessibleName("Progress")
        self._count, self._left = Words(look, "", "small"), Words(look, "", "small", "text2", wrap=False)
        self._note = Words(look, "", "small", "text3")
        self._head, self._counts = QHBoxLayout(), QHBoxLayout()
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignTop)
        self._counts.addWidget(self._count)
        self._counts.addWidget(self._left)
        self._counts.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._head)
        self._column.addWidget(self.bar)
        self._column.addLayout(self._counts)
        self._column.addWidget(self._note)
        self._column.addWidget(Words(look, safe, "small", "text2"))
        self.cancel.clicked.connect(self.cancelled)
        self._measure()
        look.changed.connect(self._measure)

    def begin(self, title: str) -> None:
        """Work begins."""
        self._part = ""
        self._title.set_words(title)
        self.show_progress(title, 0, 0)

    def set_title(self, title: str) -> None:
        """Say better what is done."""
        self._title.set_words(title)

    def show_progress(self, part: str, done: int, size: int, *, words: str = "", note: str = "") -> None:
        """Show how far a part of the work is; ``words`` stand beside the amount, the ``note`` below it."""
        if part != self._part:
            self._part = part
            self._clock.restart()
        self.bar.setValue(_WHOLE * done // size if size else 0)
        self._count.set_words(" · ".join(said for said in (amount(done, size), words) if said))
        self._left.set_words(left(done, size, self._clock.elapsed() / 1000))
        self._note.set_words(note)
        self._note.setVisible(bool(note))

    def _measure(self) -> None:
        px = self._look.px
        self._head.setSpacing(px("near"))
        self._counts.setSpacing(px("pane"))
        self._column.setSpacing(px("snug"))
