"""One case beside the list: where it stands, its answers, and what is kept of it."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from encoder.core.kept import Kept, Row
from encoder.core.tree.model import Tree
from encoder.gui.look import Look
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.facts import Fact, FactTable
from encoder.gui.widgets.flow import Flow
from encoder.gui.widgets.lines import IconLine
from encoder.gui.widgets.panels import SectionTitle
from encoder.gui.widgets.scroller import Scroller
from encoder.gui.widgets.text import Heading, Inset
from encoder.gui.wording import cases as words
from encoder.gui.wording.sources import mark_codes


class CaseSide(QFrame):
    """Shows a case that is not at work, or the one that is.

    Signals:
        open_wanted(str), drop_wanted(str): the case is to be taken up, or to be deleted.
    """

    open_wanted = Signal(str)
    drop_wanted = Signal(str)

    def __init__(self, look: Look, tree: Tree, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._tree = look, tree
        self._row: Row | None = None
        self.setProperty("fill", "sunken")
        self._title, self._about = Heading(look, "", "place"), Inset(look, "", "small", "text2")
        self._where = IconLine(look, "case", "text2", "", "body", "text")
        self.open = KeyButton(look, "Resume", keys=("Enter",), kind="primary")
        self.drop = KeyButton(look, "Delete", icon="close", keys=("Del",))
        self._kept = Inset(look, "", "small", "text2")
        self._heading = SectionTitle(look, "Answers")
        self.answers = FactTable(look, "Answers of the case", label_role="small", text_role="small")
        body = QWidget()
        body.setProperty("fill", "none")
        self._column = QVBoxLayout(body)
        self._rows = QVBoxLayout()
        self._rows.addWidget(self._where)
        buttons = Flow(look)
        buttons.addWidget(self.open)
        buttons.addWidget(self.drop)
        self._rows.addLayout(buttons)
        for widget in (self._title, self._about):
            self._column.addWidget(widget)
        self._column.addLayout(self._rows)
        for part in (self._kept, self._heading, self.answers):
            self._column.addWidget(part)
        self._column.addStretch(1)
        self._body = body
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroller(body))
        self.open.clicked.connect(lambda: self._tell(self.open_wanted))
        self.drop.clicked.connect(lambda: self._tell(self.drop_wanted))
        self.show_row(None)
        self._measure()
        look.changed.connect(self._measure)

    def show_row(self, row: Row | None, *, at_work: bool = False) -> None:
        """Show a case by its row; its answers follow. None shows nothing.

        Args:
            at_work: it is the case at work.
        """
        same = row is not None and self._row is not None and row.id == self._row.id
        self._row = row
        self._body.setVisible(row is not None)
        if row is None:
            return
        icon, ink, where = words.STANDING.get(row.standing.kind, ("case", "text2", row.standing.kind))
        self._title.set_words(row.label or words.NO_LABEL)
        self._about.set_words(words.about(row))
        point = f"**{where}:** {mark_codes(row.standing.say)}" if row.standing.say else f"**{where}**"
        self._where.show_line(icon, ink, "\u2028".join((point, *(f"`{line}`" for line in row.standing.lines))))
        self.open.setText("Go to it" if at_work else "Resume")
        if not same:
            self._kept.set_words("")
            self.answers.set_facts([])
            self._heading.hide()

    def show_kept(self, row: Row, kept: Kept) -> None:
        """Show what is kept of the case, if it is still the one shown."""
        if self._row is None or row.id != self._row.id:
            return
        answers = words.answers(kept, self._tree)
        self._kept.set_words(words.holdings(kept))
        self.answers.set_facts([Fact(name, label, text) for name, label, text in answers])
        self._heading.set_title("Answers", str(len(answers)))
        self._heading.setVisible(bool(answers))

    def focus_main(self) -> None:
        """Put the focus on the first button."""
        self.open.setFocus()

    def _tell(self, signal: SignalInstance) -> None:
        if self._row is not None:
            signal.emit(self._row.id)

    def _measure(self) -> None:
        px = self._look.px
        self._column.setContentsMargins(px("room"), px("pane"), px("room"), px("pane"))
        self._column.setSpacing(px("near"))
        self._rows.setContentsMargins(px("snug"), 0, px("snug"), px("tight"))
        self._rows.setSpacing(px("room"))
