"""The check of a query's draft, beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from encoder.core.query import QueryCheck
from encoder.core.tree.explain import QueryDraft
from encoder.core.view import View
from encoder.gui.look import Look
from encoder.gui.widgets.facts import Fact
from encoder.gui.widgets.panels import SectionTitle
from encoder.gui.widgets.scroller import Scroller
from encoder.gui.widgets.sections import Section
from encoder.gui.widgets.settle import lay_out_now
from encoder.gui.widgets.text import Inset
from encoder.gui.wording.case import answered
from encoder.gui.wording.sources import many


class CheckPane(Scroller):
    """The check of the draft, and what happens when the answer comes."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._look = look
        body = QWidget()
        body.setProperty("fill", "none")
        self._column = QVBoxLayout(body)
        self.section = Section(look, "Query check")
        self._title = SectionTitle(look, "When the answer comes")
        self._after = Inset(look, "", "small", "text2")
        self._column.addWidget(self.section)
        self._column.addWidget(self._title)
        self._column.addWidget(self._after)
        self._column.addStretch(1)
        self.setWidget(body)
        self._measure()
        look.changed.connect(self._measure)

    def show_checks(self, checks: Sequence[QueryCheck]) -> None:
        """Show which rules of a query the draft keeps."""
        facts, passed = [], 0
        for one in checks:
            passed += one.passed
            icon, ink = ("tick", "ok") if one.passed else ("warn", "warn")
            text = one.say if one.passed else f"{one.say}: **not yet.** {one.fix}"
            facts.append(Fact(one.id, "", text, icon=icon, ink=ink))
        self.section.show_facts(facts, f"{passed} of {len(facts)} pass")
        lay_out_now()

    def show_after(self, view: View, query: QueryDraft) -> None:
        """Say which question the answer reopens and what stays."""
        label = next((step.label for step in view.way if step.question == query.question), query.topic)
        stay = answered(view) - 1
        kept = f" The {many(stay, 'answer')} before it {'stays' if stay == 1 else 'stay'}." if stay > 0 else ""
        self._after.set_words(f"It reopens **{label}**.{kept}")

    def _measure(self) -> None:
        px = self._look.px
        side = px("pane") - px("snug")
        self._column.setContentsMargins(side, px("pane"), side, px("near"))
        self._column.setSpacing(px("tight"))
