"""A line of words with an icon before it: what is worth a look, what went wrong, what passed."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.paint import paint_icon
from encoder.gui.widgets.text import Block, Run, Words, runs


class IconLine(Words):
    """Icon and words, which wrap and may carry marks. The icon has an ink of its own, the words have theirs."""

    def __init__(
        self,
        look: Look,
        icon: str,
        ink: str,
        text: str = "",
        role: str = "body",
        words: str = "text",
        parent: QWidget | None = None,
    ) -> None:
        self._icon, self._icon_ink = icon, ink
        super().__init__(look, text, role, words, parent=parent)

    def show_line(self, icon: str, ink: str, text: str) -> None:
        """Show another line."""
        self._icon, self._icon_ink = icon, ink
        self.set_words(text)
        self.update()

    def _runs(self) -> list[Run]:
        return runs(self._marked, self._role, self._ink)

    def _room(self) -> int:
        return self._look.px("icon_row") + self._look.px("near")

    def _padded(self, block: Block) -> QSize:
        return super()._padded(block) + QSize(self._room(), 0)

    def heightForWidth(self, width: int) -> int:
        return super().heightForWidth(width - self._room())

    def _paint(self, painter: QPainter) -> Block:
        block = self._block(self.width() - self._room())
        middle = self._look.tokens.line_height(self._role) / 2
        paint_icon(painter, self._look, self._icon, self._icon_ink, 0, middle)
        block.draw(painter, self._room(), 0)
        return block
