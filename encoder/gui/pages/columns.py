"""The three columns of a result. Each scrolls alone where there is room; else they stand under each other."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from encoder.core.tree.explain import Result
from encoder.core.view import View
from encoder.gui.look import Look
from encoder.gui.widgets.facts import FactTable
from encoder.gui.widgets.scroller import Scroller
from encoder.gui.widgets.sections import OpenBox, Section, ValueBox
from encoder.gui.widgets.splitter import Places, Splitter
from encoder.gui.wording import result as words
from encoder.gui.wording.sources import Sources, mark_codes

_WIDTHS = (1.16, 1.0, 0.92)
_ANY_WIDTH = (1 << 24) - 1  # Qt's own largest width of a widget
_CODES_SHARE = 0.28  # of the width: where the codes of a family wrap


class ResultColumns(QWidget):
    """Why, why not and the rules; warnings, documentation, diagnosis; edits, what is open, values.

    Signals:
        ask_wanted(str): a refining question that is to be asked.
        evidence_wanted(str, str): title and text of the evidence of a row.
        leave_up(): Up from the first row of a column.
    """

    ask_wanted = Signal(str)
    evidence_wanted = Signal(str, str)
    leave_up = Signal()

    def __init__(self, look: Look, places: Places, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._sources = look, sources
        self.box = OpenBox(look)
        self.why = Section(look, "Why", text_role="body")
        self.why_not = Section(look, "Why not", most_label=_CODES_SHARE)
        self.applied = Section(look, "Rules on the claim")
        self.warnings = Section(look, "Warnings")
        self.documentation = Section(look, "Documentation")
        self.diagnosis = Section(look, "Diagnosis")
        self.hospital = Section(look, "Inpatient hospital claim")
        self.edits = Section(look, "Edits checked")
        self.open = Section(look, "Not asked yet")
        self.values = ValueBox(look)
        self._bodies = [
            _Body(look, (self.box, self.why, self.why_not, self.applied)),
            _Body(look, (self.warnings, self.documentation, self.diagnosis, self.hospital)),
            _Body(look, (self.edits, self.open, self.values)),
        ]
        self._splitter = Splitter(look, "result", places)
        self._areas = [Scroller() for _ in self._bodies]
        for area, weight in zip(self._areas, _WIDTHS, strict=True):
            self._splitter.add(area, least="least_column", weight=weight)
        self._page = QVBoxLayout(self)
        self._page.setContentsMargins(0, 0, 0, 0)
        self._page.setSpacing(0)
        self._page.addWidget(self._splitter)
        self._stacked = True
        self.set_stacked(stacked=False)
        self.open.table.opened.connect(self.ask_wanted)
        for section in (self.box, self.why, self.why_not, self.applied, self.warnings, self.documentation, self.edits):
            section.table.opened.connect(lambda name, here=section.table: self._show_evidence(here, name))
        self._join()

    def show_result(self, view: View, result: Result) -> None:
        """Show another result."""
        sources = self._sources
        asked = result.open.ask if result.open else ""
        self.box.show_open(mark_codes(" ".join((*result.review, asked)).strip()), words.open_sides(result, sources))
        self.why.show_facts(words.why(result, sources))
        self.why_not.show_facts(words.why_not(result, sources))
        self.applied.show_facts(words.applied(result, sources))
        self.warnings.show_facts(words.warnings(result, sources), words.warnings_count(result))
        self.documentation.show_facts(words.documentation(result, sources), words.documentation_count(result))
        self.diagnosis.show_facts(words.diagnosis(view, sources))
        self.hospital.show_facts(words.hospital(result, sources))
        self.edits.show_facts(words.edits(result, sources), words.edits_count(result))
        self.open.show_facts(words.assumed(result), "taken as usual until then")
        self.values.show_figures(words.values(result), opened=result.status == "decided" and not result.review)
        shown = [body.has_parts() for body in self._bodies]
        for area, body, seen in zip(self._areas, self._bodies, shown, strict=True):
            area.setVisible(seen)
            area.verticalScrollBar().setValue(0)
            body.setMaximumWidth(self._look.px("sheet") if sum(shown) == 1 else _ANY_WIDTH)
        self._splitter.set_frame("result")

    def set_stacked(self, *, stacked: bool) -> None:
        """The columns under each other, in a page that scrolls, or beside each other."""
        if stacked == self._stacked:
            return
        self._stacked = stacked
        for area, body in zip(self._areas, self._bodies, strict=True):
            if stacked:
                area.takeWidget()
                body.setAutoFillBackground(False)  # the area had turned it on
                self._page.addWidget(body)
            else:
                self._page.removeWidget(body)
                area.setWidget(body)
            body.show()
        self._splitter.setVisible(not stacked)

    def least_width(self) -> int:
        """The width in px that the columns need beside each other."""
        return len(self._areas) * self._look.px("least_column") + (len(self._areas) - 1) * self._look.px("handle")

    def first(self) -> FactTable | None:
        """The first table that shows anything."""
        return next(iter(self._tables()), None)

    def _tables(self) -> list[FactTable]:
        return [table for body in self._bodies for table in body.tables() if table.isVisibleTo(self) and table.facts()]

    def _show_evidence(self, table: FactTable, name: str) -> None:
        fact = next((fact for fact in table.facts() if fact.id == name), None)
        if fact is not None:
            self.evidence_wanted.emit(*words.evidence_text(fact))

    def _join(self) -> None:
        """Up and Down go on from table to table; a current row is brought into sight."""
        for body in self._bodies:
            for table in body.tables():
                table.leave_up.connect(lambda here=table: self._step(here, -1))
                table.leave_down.connect(lambda here=table: self._step(here, 1))
                table.selectionModel().currentChanged.connect(lambda now, _then, here=table: self._reveal(here, now))

    def _step(self, here: FactTable, by: int) -> None:
        column = next(body for body in self._bodies if here in body.tables())
        shown = [table for table in (self._tables() if self._stacked else column.tables()) if table in self._tables()]
        at = shown.index(here) + by
        if at < 0:
            self.leave_up.emit()
        elif at < len(shown):
            rows = shown[at].model().rowCount()
            shown[at].setFocus(Qt.FocusReason.TabFocusReason)
            shown[at].setCurrentIndex(shown[at].model().index(0 if by > 0 else rows - 1, 0))

    def _reveal(self, table: FactTable, now: QModelIndex) -> None:
        area = _scroller(table)
        inside = area.widget() if area is not None else None
        if area is not None and inside is not None and now.isValid():
            row = table.visualRect(now)
            place = table.mapTo(inside, row.center())
            area.ensureVisible(place.x(), place.y(), 0, row.height() // 2 + self._look.px("pane"))


class _Body(QWidget):
    """The sections of one column."""

    def __init__(self, look: Look, parts: tuple[QWidget, ...]) -> None:
        super().__init__()
        self._look = look
        self._parts = parts
        self._column = QVBoxLayout(self)
        for part in parts:
            self._column.addWidget(part)
        self._column.addStretch(1)
        self.setProperty("fill", "none")
        self._measure()
        look.changed.connect(self._measure)

    def has_parts(self) -> bool:
        """Whether any section of the column shows something."""
        return any(not part.isHidden() for part in self._parts)

    def tables(self) -> list[FactTable]:
        """The tables of facts in the column, from the top."""
        return [part.table for part in self._parts if isinstance(part, Section | OpenBox)]

    def _measure(self) -> None:
        px = self._look.px
        side = px("part") - px("snug") // 2
        self._column.setContentsMargins(side, px("pane"), side, px("pane"))
        self._column.setSpacing(px("part"))


def _scroller(widget: QWidget) -> QScrollArea | None:
    """The area that scrolls the widget."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above
