"""What an audit found, counted."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from encoder.gui.audit_work import Audited
from encoder.gui.look import Look
from encoder.gui.widgets.figures import Figures, FigureTable
from encoder.gui.widgets.flow import set_across
from encoder.gui.widgets.lines import IconLine
from encoder.gui.widgets.numbers import Numbers
from encoder.gui.widgets.panels import SectionTitle
from encoder.gui.widgets.scroller import Scroller
from encoder.gui.wording import audit as words

_NOT_YET = "No audit was run yet. Its summary will stand here."


class AuditSummary(Scroller):
    """The numbers, and below them kinds, codes and localities beside each other."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._look = look
        self._numbers: Numbers | None = None
        self.title = IconLine(look, "info", "text2", _NOT_YET)
        self._tables = [
            _Table(look, name) for name in ("By kind", "By code, denied lines", "By locality, denied lines")
        ]
        body = QWidget()
        body.setProperty("fill", "none")
        self._column = QVBoxLayout(body)
        self._top = QVBoxLayout()
        self._top.addWidget(self.title)
        self._column.addLayout(self._top)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for table in self._tables:
            self._across.addWidget(table, 1)
        self._column.addLayout(self._across)
        self._column.addStretch(1)
        self.setWidget(body)
        for table in self._tables:
            table.show_figures(Figures())
        self._measure()
        look.changed.connect(self._measure)

    def show_audited(self, audited: Audited, *, localities: bool) -> None:
        """Show what came of an audit; ``localities`` says whether their indices are loaded."""
        icon, ink = ("ok", "ok") if audited.whole else ("clock", "warn")
        self.title.show_line(icon, ink, words.title(audited))
        if self._numbers is not None:
            self._column.removeWidget(self._numbers)
            self._numbers.hide()
            self._numbers.deleteLater()
        self._numbers = Numbers(self._look, words.numbers(audited))
        self._column.insertWidget(1, self._numbers)
        found = (words.by_kind(audited), words.by_code(audited), words.by_locality(audited, loaded=localities))
        for table, figures in zip(self._tables, found, strict=True):
            table.show_figures(figures)

    def spoken(self) -> list[str]:
        """The tables by kind, code and locality as they are read out."""
        return [table.figures.text() for table in self._tables]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        set_across(self._across, across=self.width() >= self._look.px("sheet"))

    def _measure(self) -> None:
        px = self._look.px
        side = px("pane") - px("snug")
        self._top.setContentsMargins(px("snug"), 0, px("snug"), 0)
        self._column.setContentsMargins(side, px("pane"), side, px("pane"))
        self._column.setSpacing(px("part"))
        self._across.setSpacing(px("wide"))


class _Table(QFrame):
    """A title over figures; gone without any."""

    def __init__(self, look: Look, title: str) -> None:
        super().__init__()
        self._look = look
        self.figures = FigureTable(look)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._inner = QVBoxLayout()
        self._inner.addWidget(self.figures)
        self._column.addWidget(SectionTitle(look, title))
        self._column.addLayout(self._inner)
        self._column.addStretch(1)
        self._measure()
        look.changed.connect(self._measure)

    def show_figures(self, figures: Figures) -> None:
        """Show other figures."""
        self.figures.set_figures(figures)
        self.setVisible(bool(figures.rows or figures.note))

    def _measure(self) -> None:
        self._column.setSpacing(self._look.px("tight"))
        self._inner.setContentsMargins(self._look.px("snug"), 0, self._look.px("snug"), 0)
