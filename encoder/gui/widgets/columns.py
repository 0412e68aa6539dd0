"""Columns beside each other, each scrolling alone, or under each other in one page that scrolls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.facts import FactTable
from encoder.gui.widgets.scroller import Scroller
from encoder.gui.widgets.splitter import Splitter


class Stack(QWidget):
    """Parts under each other. ``gap`` between them and ``above`` (and below) all are sizes of the tokens."""

    def __init__(self, look: Look, parts: Sequence[QWidget], gap: str, above: str = "", *, inset: bool = False) -> None:
        """``inset`` leaves room at the sides, so that the words of its tables stand in line with the page."""
        super().__init__()
        self._look, self._gap, self._above, self._inset = look, gap, above, inset
        self.parts = tuple(parts)
        self.setProperty("fill", "none")
        self._column = QVBoxLayout(self)
        for part in parts:
            self._column.addWidget(part)
        self._column.addStretch(1)
        self._measure()
        look.changed.connect(self._measure)

    def has_parts(self) -> bool:
        """Whether any part is shown."""
        return any(not part.isHidden() for part in self.parts)

    def tables(self) -> list[FactTable]:
        """The tables of facts in the parts, from the top."""
        return [table for part in self.parts for table in part.findChildren(FactTable)]

    def _measure(self) -> None:
        px = self._look.px
        side = px("part") - px("snug") // 2 if self._inset else 0
        above = px(self._above) if self._above else 0
        self._column.setContentsMargins(side, above, side, above)
        self._column.setSpacing(px(self._gap))


class Columns(QWidget):
    """Stacks as the panes of a splitter. A column without parts is gone."""

    def __init__(
        self,
        splitter: Splitter,
        stacks: Sequence[Stack],
        *,
        least: str,
        weights: Sequence[float],
        scrolls: bool,
        parent: QWidget | None = None,
    ) -> None:
        """``scrolls``: under each other they scroll here; else the page around them does."""
        super().__init__(parent)
        self.stacks = tuple(stacks)
        self.splitter = splitter
        self.areas = [Scroller() for _ in stacks]
        for area, weight in zip(self.areas, weights, strict=True):
            splitter.add(area, least=least, weight=weight)
        self._whole = QWidget()
        self._whole.setProperty("fill", "none")
        self._under = QVBoxLayout(self._whole)
        self._under.setContentsMargins(0, 0, 0, 0)
        self._under.setSpacing(0)
        self.one = Scroller(self._whole) if scrolls else self._whole
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(splitter)
        column.addWidget(self.one)
        self._stacked = True
        self._given = False
        self.set_stacked(stacked=False)

    def set_stacked(self, *, stacked: bool) -> None:
        """The columns under each other, or beside each other."""
        if stacked == self._stacked:
            return
        self._stacked = stacked
        for area, stack in zip(self.areas, self.stacks, strict=True):
            if stacked:
                area.takeWidget()
                stack.setAutoFillBackground(False)  # the area had turned it on
                self._under.addWidget(stack)
            else:
                self._under.removeWidget(stack)
                area.setWidget(stack)
            stack.show()
        self.splitter.setVisible(not stacked)
        self.one.setVisible(stacked)
        self.show_columns()

    def is_stacked(self) -> bool:
        """Whether the columns stand under each other."""
        return self._stacked

    def give_way(self, *, giving: bool) -> None:
        """Leave the place of the last column to what is opened beside the page, or take it again."""
        self._given = giving
        self.show_columns()

    def is_giving(self) -> bool:
        """Whether the place of the last column is left to something else."""
        return self._given

    def show_columns(self) -> None:
        """Show the columns that have parts."""
        for area, stack in zip(self.areas, self.stacks, strict=True):
            given = self._given and not self._stacked and stack is self.stacks[-1]
            area.setVisible(stack.has_parts() and not given)

    def to_top(self) -> None:
        """Show the beginning of every column."""
        for area in (*self.areas, self.one):
            if isinstance(area, Scroller):
                area.verticalScrollBar().setValue(0)
