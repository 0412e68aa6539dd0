"""Help at the question, beside the page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.article import Article
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.panels import SectionTitle


class HelpPane(QFrame):
    """An article with a head and a key to close it.

    Signals:
        closed(): Esc, or the button.
    """

    closed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setProperty("fill", "surface")
        self._title = SectionTitle(look, "Help")
        self._close = KeyButton(look, "Close", icon="close", keys=("Esc",), kind="flat", small=True)
        self.article = Article(look, "Help")
        self._head = QHBoxLayout()
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._close)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(self.article, 1)
        self._close.clicked.connect(self.closed)
        self._measure()
        look.changed.connect(self._measure)

    def show_text(self, title: str, text: str) -> None:
        """Show an article."""
        self._title.set_title(title)
        self.article.setAccessibleName(title)
        self.article.show_text(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _measure(self) -> None:
        px = self._look.px
        self._column.setContentsMargins(0, px("room"), 0, 0)
        self._column.setSpacing(0)
        self._head.setContentsMargins(px("pane") - px("snug"), 0, px("near"), 0)
