"""The pane beside the table: one edition and what can be done with it, or the report of what was read or verified."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.facts import Fact
from encoder.gui.widgets.flow import Flow
from encoder.gui.widgets.lines import IconLine
from encoder.gui.widgets.numbers import Numbers
from encoder.gui.widgets.scroller import Scroller
from encoder.gui.widgets.sections import Section
from encoder.gui.widgets.settle import lay_out_now
from encoder.gui.widgets.text import Inset, Words
from encoder.gui.wording import report as words
from encoder.gui.wording.data import EditionRow, edition_facts
from encoder.gui.wording.refusal import in_window
from encoder.store.edition_changes import Report
from encoder.store.editions import Held, Verified

Kind = Literal["edition", "waiting", "report"]
SHOWN = 12
"""Codes that change, until the user asks for all of them."""
_PART = "A part of the program. Where an imported edition covers a date, that one answers in its place."
OWN = "In your case, your favourites and your notes"


class ReportPane(QFrame):
    """Heads, numbers and sections; which of them are seen depends on what is shown.

    Signals:
        acted(str): compare, turn, verify or remove the edition that is shown; save the report.
    """

    acted = Signal(str)

    def __init__(
        self,
        look: Look,
        title: Callable[[str], str],
        own: Callable[[], Collection[str]],
        parent: QWidget | None = None,
    ) -> None:
        """``title`` gives the words of a code; ``own`` the codes that are told first: of the case, and kept ones."""
        super().__init__(parent)
        self._look, self._words_of, self._own = look, title, own
        self.kind: Kind = "edition"
        self._reports: tuple[Report, ...] = ()
        self._passed: tuple[tuple[str, str], ...] = ()
        self.setProperty("fill", "surface")
        self.setProperty("edge", "left")
        self.title = Words(look, "", "place")
        self.second = Words(look, "", "body", "text2")
        self.buttons = {
            "compare": KeyButton(look, "What changed", keys=("Enter",), small=True),
            "turn": KeyButton(look, "Roll back", icon="rollback", keys=("Del",), small=True),
            "verify": KeyButton(look, "Verify", icon="ok", small=True),
            "remove": KeyButton(look, "Remove…", small=True),
            "save": KeyButton(look, "Save report…", icon="save", small=True),
        }
        self.sure = KeyButton(look, "Remove it", small=True)
        self.keep = KeyButton(look, "Keep it", small=True)
        self._sure_line = IconLine(look, "warn", "warn", "")
        self._body = QVBoxLayout()
        inner = QWidget()
        inner.setProperty("fill", "none")
        inner.setLayout(self._body)
        self._inner, self._parts = inner, list[QWidget]()
        self._head = QVBoxLayout()
        self._row, self._sure_row = Flow(look), Flow(look)
        for button in self.buttons.values():
            self._row.addWidget(button)
        for widget in (self.sure, self.keep):
            self._sure_row.addWidget(widget)
        for item in (self.title, self.second):
            self._head.addWidget(item)
        self._head.addLayout(self._row)
        self._head.addWidget(self._sure_line)
        self._head.addLayout(self._sure_row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        self.area = Scroller(inner)
        column.addWidget(self.area, 1)
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, act=name: self._act(act))
        self.sure.clicked.connect(lambda: self.acted.emit("remove"))
        self.keep.clicked.connect(lambda: self._doubt(""))
        self._measure()
        look.changed.connect(self._measure)

    # -- what is shown ------------------------------------------------------------------------------------------------

    def show_edition(self, row: EditionRow, held: Held | None, on: date) -> None:
        """Show one edition: its dates, rows, files, and what can be done with it."""
        self.kind, self._reports, self._passed = "edition", (), ()
        self._begin(f"{row.label} {row.edition}", held.kind.title if held else _PART)
        self._offer("compare", "turn", "verify", "remove") if held else self._offer()
        if held is not None:
            self.buttons["turn"].setText("Let it answer again" if held.hidden else "Roll back")
            for name in ("compare", "turn", "verify"):
                self.buttons[name].setVisible(not held.fault)
        self._section("", edition_facts(row, held, on))
        if held is None and row.note:
            self._words(row.note)
        self._end()

    def show_reports(self, reports: Sequence[Report], passed: Sequence[tuple[str, str]], kind: Kind) -> None:
        """Show what was read and waits to be used, or what an edition changed; ``passed`` files were not read."""
        self.kind = kind
        self._reports, self._passed = tuple(reports), tuple(passed)
        only = len(reports) == 1
        title = "What would change" if kind == "waiting" else "What changed"
        self._begin(title, f"{words.named(reports[0])}. {words.against(reports[0])}" if only else "")
        self._offer("save")
        for report in reports:
            if not only:
                self._words(f"**{words.named(report)}.** {words.against(report)}", "body")
            self._add(Numbers(self._look, words.figures(report)))
            self._section("Rows that were refused", words.refused(report), _more(report))
            self._changes(report)
            self._section("Worth a look", words.notes(report))
        self._section("Files that were not read", words.passed(passed))
        self._end()

    def show_verified(self, found: Sequence[Verified]) -> None:
        """Show which editions are as they were imported."""
        self.kind, self._reports, self._passed = "report", (), ()
        wrong = sum(not one.sound for one in found)
        said = f"{wrong} of {len(found)} damaged." if wrong else "Every row of every edition is as it was imported."
        self._begin("Verified", said)
        self._offer()
        self._section(
            "",
            [
                Fact("", "", in_window(one.say), icon="ok" if one.sound else "stop", ink="ok" if one.sound else "stop")
                for one in found
            ],
        )
        self._end()

    def leave(self) -> None:
        """What waited here was left."""
        self.kind = "edition"

    def sections(self) -> list[Section]:
        """The tables that are shown."""
        return [part for part in self._parts if isinstance(part, Section)]

    def report(self) -> str:
        """The report as a text; empty when none is shown."""
        return words.as_text(self._reports, self._passed) if self._reports else ""

    def focus_main(self) -> None:
        """Put the focus on the first thing that can be done, else on the first table."""
        first = next((button for button in self.buttons.values() if button.isVisible()), None)
        tables = [part.table for part in self.sections()]
        (first or (tables[0] if tables else self)).setFocus(Qt.FocusReason.TabFocusReason)

    # -- inside -------------------------------------------------------------------------------------------------------

    def _act(self, name: str) -> None:
        if name == "remove":
            self._doubt(f"Remove {self.title.text()}? It is deleted from this computer.")
            self.keep.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.acted.emit(name)

    def _doubt(self, sentence: str) -> None:
        """Ask once more before an edition is deleted."""
        self._sure_line.set_words(sentence)
        for widget in (self._sure_line, self.sure, self.keep):
            widget.setVisible(bool(sentence))

    def _begin(self, title: str, second: str) -> None:
        self._doubt("")
        self.title.set_words(title)
        self.second.set_words(second)
        self.second.setVisible(bool(second))
        for part in self._parts:
            self._body.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts.clear()
        while self._body.count():
            self._body.takeAt(0)

    def _end(self) -> None:
        self._body.addStretch(1)
        self.area.verticalScrollBar().setValue(0)
        if self.isVisible():
            lay_out_now()

    def _offer(self, *names: str) -> None:
        for name, button in self.buttons.items():
            button.setVisible(name in names)

    def _add(self, part: QWidget) -> None:
        self._parts.append(part)
        self._body.addWidget(part)

    def _words(self, text: str, role: str = "small") -> None:
        self._add(Inset(self._look, text, role, "text2"))

    def _section(self, title: str, facts: Sequence[Fact], count: str = "") -> Section | None:
        if not facts:
            return None
        section = Section(self._look, title, most_label=0.4)
        if not title:
            section.table.setAccessibleName(self.title.text())
        self._add(section)  # first: what is shown without a parent is a window of its own
        section.show_facts(facts, count)
        return section

    def _changes(self, report: Report) -> None:
        """The codes of the scope that change: the first of them, and all when they are asked for."""
        found = words.changes(report, self._words_of)
        own = self._own()
        self._section(OWN, [fact for fact in found if fact.label in own])
        more = Fact("all", "", "", action=f"all {len(found)}")
        title = "In the codes this program works with"
        section = self._section(title, [*found[:SHOWN], more] if len(found) > SHOWN else found, words.counted(report))
        if section is None:
            self._words(f"In the codes this program works with {words.counted(report)}.")
        else:
            section.table.opened.connect(lambda _id: section.show_facts(found, words.counted(report)))

    def _measure(self) -> None:
        px = self._look.px
        self._head.setContentsMargins(px("pane"), px("part"), px("pane"), px("part"))
        self._head.setSpacing(px("snug"))
        side = px("pane") - px("snug")
        self._body.setContentsMargins(side, px("near"), side, px("near"))
        self._body.setSpacing(px("near"))


def _more(report: Report) -> str:
    told = len(report.told)
    return f"the first {told} of {report.refused:,}" if told < report.refused else f"{report.refused:,}"
