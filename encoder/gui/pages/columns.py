"""The three columns of a result. Each scrolls alone where there is room; else they stand under each other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from encoder.core.beside.ticks import Tick
from encoder.core.tree.explain import Result
from encoder.core.view import View
from encoder.gui.look import Look
from encoder.gui.widgets.columns import Columns, Stack
from encoder.gui.widgets.facts import FactTable
from encoder.gui.widgets.scroller import reveal
from encoder.gui.widgets.sections import OpenBox, Section, ValueBox
from encoder.gui.widgets.splitter import Places, Splitter
from encoder.gui.wording import result as words
from encoder.gui.wording.sources import Sources, mark_codes

_WIDTHS = (1.16, 1.0, 0.92)
_ANY_WIDTH = (1 << 24) - 1  # Qt's own largest width of a widget
_CODES_SHARE = 0.28  # of the width: where the codes of a family wrap


class ResultColumns(Columns):
    """Why, why not and the rules; warnings, documentation, diagnosis; edits, what is open, values.

    Signals:
        ask_wanted(str): a refining question that is to be asked.
        evidence_wanted(str, str): title and text of the evidence of a row.
        fact_wanted(str): a fact of the documentation list, to be shown in the note.
        leave_up(): Up from the first row of a column.
    """

    ask_wanted = Signal(str)
    evidence_wanted = Signal(str, str)
    fact_wanted = Signal(str)
    leave_up = Signal()

    def __init__(self, look: Look, places: Places, sources: Sources, parent: QWidget | None = None) -> None:
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
        columns = (
            (self.box, self.why, self.why_not, self.applied),
            (self.warnings, self.documentation, self.diagnosis, self.hospital),
            (self.edits, self.open, self.values),
        )
        stacks = [Stack(look, parts, "part", "pane", inset=True) for parts in columns]
        splitter = Splitter(look, "result", places)
        super().__init__(splitter, stacks, least="least_column", weights=_WIDTHS, scrolls=False, parent=parent)
        self.open.table.opened.connect(self.ask_wanted)
        for section in (self.box, self.why, self.why_not, self.applied, self.warnings, self.edits):
            section.table.opened.connect(lambda name, here=section.table: self.show_evidence(here, name))
        self.documentation.table.opened.connect(self.fact_wanted)
        self._join()

    def show_result(self, view: View, result: Result, ticks: Sequence[Tick] = (), *, noted: bool = False) -> None:
        """Show another result, its documentation list with the quotes of the note."""
        sources = self._sources
        asked = result.open.ask if result.open else ""
        self.box.show_open(mark_codes(" ".join((*result.review, asked)).strip()), words.open_sides(result, sources))
        self.why.show_facts(words.why(result, sources))
        self.why_not.show_facts(words.why_not(result, sources))
        self.applied.show_facts(words.applied(result, sources))
        self.warnings.show_facts(words.warnings(result, sources), words.warnings_count(result))
        self.show_ticks(result, ticks, noted=noted)
        self.diagnosis.show_facts(words.diagnosis(view, sources))
        self.hospital.show_facts(words.hospital(result, sources))
        self.edits.show_facts(words.edits(result, sources), words.edits_count(result))
        self.open.show_facts(words.assumed(result), "taken as usual until then")
        self.values.show_figures(words.values(result), opened=result.status == "decided" and not result.review)
        shown = [stack.has_parts() for stack in self.stacks]
        for stack in self.stacks:
            stack.setMaximumWidth(self._look.px("sheet") if sum(shown) == 1 else _ANY_WIDTH)
        self.to_top()
        self.show_columns()
        self.splitter.set_frame("result")

    def show_ticks(self, result: Result, ticks: Sequence[Tick], *, noted: bool) -> None:
        """Show the documentation list with other quotes."""
        facts = words.documentation(result, self._sources, ticks, noted=noted)
        self.documentation.show_facts(facts, words.documentation_count(result, ticks, noted=noted))

    def show_evidence(self, table: FactTable, name: str) -> None:
        """Show the evidence of a row."""
        fact = next((fact for fact in table.facts() if fact.id == name), None)
        if fact is not None:
            self.evidence_wanted.emit(*words.evidence_text(fact))

    def least_width(self) -> int:
        """The width in px that the columns need beside each other."""
        count = len(self.areas) - self.is_giving()
        return count * self._look.px("least_column") + (count - 1) * self._look.px("handle")

    def first(self) -> FactTable | None:
        """The first table that shows anything."""
        return next(iter(self._tables()), None)

    def _tables(self) -> list[FactTable]:
        return [table for stack in self.stacks for table in stack.tables() if table.isVisibleTo(self) and table.facts()]

    def _join(self) -> None:
        """Up and Down go on from table to table; a current row is brought into sight."""
        for stack in self.stacks:
            for table in stack.tables():
                table.leave_up.connect(lambda here=table: self._step(here, -1))
                table.leave_down.connect(lambda here=table: self._step(here, 1))
                table.selectionModel().currentChanged.connect(lambda now, _then, here=table: reveal(here, now))

    def _step(self, here: FactTable, by: int) -> None:
        column = next(stack for stack in self.stacks if here in stack.tables())
        shown = [
            table for table in (self._tables() if self.is_stacked() else column.tables()) if table in self._tables()
        ]
        at = shown.index(here) + by
        if at < 0:
            self.leave_up.emit()
        elif at < len(shown):
            rows = shown[at].model().rowCount()
            shown[at].setFocus(Qt.FocusReason.TabFocusReason)
            shown[at].setCurrentIndex(shown[at].model().index(0 if by > 0 else rows - 1, 0))
