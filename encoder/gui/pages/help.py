"""The help page: what the program is and is not, its keys, every help text, and the sources."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from encoder.gui.frames import Frame
from encoder.gui.look import Look
from encoder.gui.pages.page import Page
from encoder.gui.widgets.article import Article
from encoder.gui.widgets.facts import Fact, FactTable
from encoder.gui.widgets.panels import SectionTitle
from encoder.gui.widgets.scroller import Scroller


class HelpPage(Page):
    """Topics at the left, the text at the right; in a narrow window the topics stand above it."""

    def __init__(
        self, look: Look, topics: Sequence[tuple[str, str]], text: Callable[[str], str], parent: QWidget | None = None
    ) -> None:
        """``text`` gives the Markdown of a topic."""
        super().__init__(parent)
        self._look, self._text = look, text
        self.topics = FactTable(look, "Topics of help", text_role="body", label_role="body")
        self.article = Article(look, "Help")
        self._side = QFrame()
        self._side.setProperty("fill", "sunken")
        self._side.setProperty("edge", "right")
        body = QWidget()
        body.setProperty("fill", "none")
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.topics)
        inner.addStretch(1)
        self._list = QVBoxLayout(self._side)
        self._list.addWidget(SectionTitle(look, "Help"))
        self._list.addWidget(Scroller(body), 1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self._side)
        self._row.addWidget(self.article, 1)
        self._named = list(topics)
        self.topics.opened.connect(self.show_topic)
        self.show_topic(self._named[0][0])
        self._measure()
        look.changed.connect(self._measure)

    def show_topic(self, topic: str) -> None:
        """Show a topic and mark it in the list."""
        self.topics.set_facts(
            [Fact(name, "", f"**{title}**" if name == topic else title, opens=True) for name, title in self._named]
        )
        at = next(place for place, (name, _) in enumerate(self._named) if name == topic)
        self.topics.setCurrentIndex(self.topics.model().index(at, 0))
        self.article.setAccessibleName(self._named[at][1])
        self.article.show_text(self._text(topic))

    def open(self, what: object) -> None:
        """Show a topic that another page is about."""
        self.show_topic(str(what))

    def set_frame(self, frame: Frame) -> None:
        """Topics beside the text; in a narrow window they take less room."""
        self._side.setFixedWidth(self._look.px("contents" if frame.across != "narrow" else "least_possible"))

    def focus_main(self) -> None:
        """Put the focus on the topics."""
        self.topics.setFocus(Qt.FocusReason.TabFocusReason)

    def _measure(self) -> None:
        px = self._look.px
        self._list.setContentsMargins(px("pane") - px("snug"), px("pane"), px("near"), 0)
        self._list.setSpacing(px("near"))
        self._side.setFixedWidth(px("contents"))
