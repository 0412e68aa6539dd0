"""The panels of a code page in three columns, each scrolling alone; under each other where there is little room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from encoder.core.page.model import CodePage, Panel
from encoder.core.reverse import Trail
from encoder.gui.look import Look
from encoder.gui.pages.codes.overview import Overview
from encoder.gui.pages.codes.pairs import PairsPanel
from encoder.gui.pages.codes.panels import CodePanel
from encoder.gui.pages.codes.values import ValuesPanel
from encoder.gui.widgets.columns import Columns, Stack
from encoder.gui.widgets.facts import Fact
from encoder.gui.widgets.focus import holds_focus
from encoder.gui.widgets.scroller import area_of, reveal
from encoder.gui.widgets.settle import lay_out_now
from encoder.gui.widgets.splitter import Places, Splitter
from encoder.gui.wording import code as words
from encoder.gui.wording.sources import Sources

_COLUMNS = (
    ("overview", "mistaken", "documentation", "held", words.LEADS),
    ("add_ons", "edits", "tabular", "axes", "sevenths", "guidelines", "diagnoses"),
    ("values", "modifiers", words.FIGURES, "facility", "history", "above", "below", words.SOURCES),
)
_WEIGHTS = (1.0, 1.5, 0.9)
_CODES_SHARE = 0.24  # of the width: where modifiers of one verdict wrap


class CodeColumns(Columns):
    """Every panel there is; a page shows those that it has.

    Signals:
        code_wanted(str): the page of another code. turned(): another row is current.
        leave_up(): Up from the first panel of a column.
        start_wanted(str, int): the answers that lead to the code and to another one or none, one of the ways chosen.
    """

    code_wanted = Signal(str)
    turned = Signal()
    leave_up = Signal()
    start_wanted = Signal(str, int)

    def __init__(self, look: Look, places: Places, sources: Sources, parent: QWidget | None = None) -> None:
        self._look, self._sources = look, sources
        self._page: CodePage | None = None
        self._title: Callable[[str], str] = lambda _code: ""
        self._opened: set[str] = set()
        self.overview, self.pairs, self.values = Overview(look), PairsPanel(look), ValuesPanel(look)
        own: dict[str, CodePanel] = {"overview": self.overview, "edits": self.pairs, "values": self.values}
        own["modifiers"] = CodePanel(look, "Modifiers", most_label=_CODES_SHARE)
        self.panels = {name: own.get(name) or CodePanel(look, name) for column in _COLUMNS for name in column}
        stacks = [
            Stack(look, [self.panels[name] for name in column], "tight", "part", inset=True) for column in _COLUMNS
        ]
        splitter = Splitter(look, "code", places)
        super().__init__(splitter, stacks, least="least_code_column", weights=_WEIGHTS, scrolls=True, parent=parent)
        self._connect()

    def _connect(self) -> None:
        self.pairs.code_wanted.connect(self.code_wanted)
        self.pairs.pairs.current.connect(lambda _row: self.turned.emit())
        self.pairs.start_wanted.connect(lambda other: self.start_wanted.emit(other, 0))
        for panel in self.panels.values():
            panel.opened.connect(self._open)
            panel.leave_up.connect(lambda here=panel: self._step(here, -1))
            panel.leave_down.connect(lambda here=panel: self._step(here, 1))
            panel.table.selectionModel().currentChanged.connect(lambda now, _old, here=panel.table: reveal(here, now))
            panel.table.selectionModel().currentChanged.connect(lambda _now, _old: self.turned.emit())

    # -- what is shown ------------------------------------------------------------------------------------------------

    def show_page(self, page: CodePage, leads: Sequence[Trail], title: Callable[[str], str]) -> None:
        """Show another page, from its top; ``leads`` lead to it, ``title`` gives the words of a code."""
        self._page, self._title = page, title
        self._opened.clear()
        held = {panel.id: panel for panel in page.panels}
        for name, panel in self.panels.items():
            panel.setVisible(name in held or name == words.SOURCES)
            if name in held:
                self._show_panel(panel, held[name])
        self._show_more(words.LEADS, "Which answers lead to it", words.leads(leads))
        self._show_more(words.FIGURES, "Indicators", words.figures(page))
        self.panels[words.SOURCES].show_panel("Sources", "", words.all_sources(page, self._sources), "")
        for own in (self.overview, self.pairs, self.values):
            own.show_page(page)
        self.to_top()
        self.show_columns()
        self.splitter.set_frame(f"code.{sum(stack.has_parts() for stack in self.stacks)}")

    def _show_more(self, name: str, title: str, facts: Sequence[Fact]) -> None:
        """A panel beside those of the page; gone without rows."""
        self.panels[name].show_panel(title, "", facts, "")
        self.panels[name].setVisible(bool(facts))

    def _show_panel(self, panel: CodePanel, held: Panel) -> None:
        page = self._page
        assert page is not None
        facts = self._facts(held.id)
        if not facts and not held.count:
            facts = [Fact("", "", held.empty or "Nothing is held.")]
        panel.show_panel(
            held.title, words.count(page, held), facts, words.sources(held, self._sources), words.old(held)
        )

    def _facts(self, name: str) -> list[Fact]:
        assert self._page is not None
        return words.facts(self._page, name, self._opened, self._title)

    def _open(self, name: str) -> None:
        if name.startswith(words.CODE):
            self.code_wanted.emit(name.removeprefix(words.CODE))
        elif name.startswith(words.WAY):
            self.start_wanted.emit("", int(name.removeprefix(words.WAY)))
        elif name.startswith(words.GROUP):
            self._opened ^= {name}
            for part in ("diagnoses", "mistaken", "add_ons"):
                if self._page is not None and self.panels[part].isVisibleTo(self):
                    self.panels[part].show_facts(self._facts(part))
            lay_out_now()

    def shown(self) -> list[tuple[str, str]]:
        """Ids and names of the panels that are shown, in reading order."""
        return [(name, self.panels[name].table.accessibleName()) for name in self._order()]

    def _order(self) -> list[str]:
        return [name for column in _COLUMNS for name in column if not self.panels[name].isHidden()]

    # -- focus --------------------------------------------------------------------------------------------------------

    def focus_panel(self, name: str) -> None:
        """Bring a panel into sight and put the focus on it."""
        panel = self.panels[name]
        area = area_of(panel)
        inside = area.widget() if area is not None else None
        if area is not None and inside is not None:
            lay_out_now()
            top = panel.mapTo(inside, panel.rect().topLeft()).y()
            area.verticalScrollBar().setValue(top - self._look.px("part"))
        panel.focus_main()

    def focus_main(self) -> None:
        """Put the focus on the first panel."""
        names = self._order()
        if names:
            self.focus_panel(names[0])

    def columns(self) -> list[tuple[QWidget, Callable[[], object]]]:
        """The columns that F6 stops at."""
        if self.is_stacked():
            return [(self.one, self.focus_main)]
        found: list[tuple[QWidget, Callable[[], object]]] = []
        for area, names in zip(self.areas, _COLUMNS, strict=True):
            first = next((name for name in names if not self.panels[name].isHidden()), "")
            if first:
                found.append((area, partial(self.focus_panel, first)))
        return found

    def other(self) -> str:
        """The other code of the pair that has the focus, among the code pairs or the add-ons; empty for none."""
        if holds_focus(self.pairs):
            return self.pairs.other()
        table = self.panels["add_ons"].table
        row = table.currentIndex().row()
        name = table.facts()[row].id if table.hasFocus() and row >= 0 else ""
        return name.removeprefix(words.CODE) if name.startswith(words.CODE) else ""

    def holds_focus(self) -> bool:
        """Whether a panel has the focus."""
        return holds_focus(self)

    def _step(self, here: CodePanel, by: int) -> None:
        order = self._order()
        if not self.is_stacked():
            column = next(names for names in _COLUMNS if here in [self.panels[name] for name in names])
            order = [name for name in order if name in column]
        at = next(at for at, name in enumerate(order) if self.panels[name] is here) + by
        if at < 0:
            self.leave_up.emit()
        elif at < len(order):
            panel = self.panels[order[at]]
            panel.focus_main()
            if by < 0 and panel.table.hasFocus():
                panel.table.setCurrentIndex(panel.table.model().index(len(panel.table.facts()) - 1, 0))
            area, inside = area_of(panel), panel.first()
            if area is not None and not isinstance(inside, type(panel.table)):
                area.ensureWidgetVisible(inside)
