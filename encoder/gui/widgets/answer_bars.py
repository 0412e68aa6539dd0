"""The two bars of a list of answers: what was typed to shorten it, and the answers out of sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.paint import keys_width, paint_icon, paint_keys
from encoder.gui.widgets.text import STRONG


class _Bar(QLabel):
    """A line of words and keys over the list; the pointer goes through it, readers hear its text."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px("find"), self._look.px("control_small") + self._look.px("tight"))

    def _write(self, painter: QPainter, text: str, x: float, ink: str = "text2", weight: int | None = None) -> float:
        font = self._look.font("small", weight)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(self._look.colour(ink))
        painter.drawText(int(x), round(self.height() / 2 + (metrics.ascent() - metrics.descent()) / 2), text)
        return x + metrics.horizontalAdvance(text)


class FilterBar(_Bar):
    """What was typed, how many answers are left, and the key that takes a letter away."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        self._typed, self._shown, self._whole = "", 0, 0

    def show_filter(self, typed: str, shown: int, whole: int) -> None:
        """Say what was typed and how many answers of how many are left."""
        self._typed, self._shown, self._whole = typed, shown, whole
        self.setText(
            f"{typed.strip()}: {shown} of {whole} answers" if typed else f"{whole} answers, letters shorten the list"
        )
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, gap = self._look, self._look.px("snug")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        paint_icon(painter, look, "search", "accent" if self._typed else "text3", 0, middle, "icon_text")
        x = float(look.px("icon_text") + gap)
        if not self._typed:
            self._write(painter, f"{self._whole} answers. Letters shorten the list.", x)
        else:
            x = self._write(painter, self._typed, x, "text", STRONG) + look.px("part")
            x = self._write(painter, f"{self._shown} of {self._whole}", x) + look.px("part")
            x = paint_keys(painter, look, ["Backspace"], x, middle) + gap
            x = self._write(painter, "one letter less", x, "text3") + look.px("part")
            x = paint_keys(painter, look, ["Esc"], x, middle) + gap
            self._write(painter, "all answers", x, "text3")
        painter.end()


class MoreBar(_Bar):
    """How many answers are out of sight, with the keys that give them all the same."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        self._above, self._below, self._keys = 0, 0, tuple[str, ...]()

    def show_hidden(self, above: int, below: int, keys: Sequence[str]) -> None:
        """Say how many answers are above and below what is seen, and the keys of those below."""
        self._above, self._below, self._keys = above, below, tuple(keys)
        self.setText(f"{self._words()} {' '.join(self._keys)}".strip())
        self.update()

    def _words(self) -> str:
        if self._below:
            return f"{self._below} more {'answer' if self._below == 1 else 'answers'}{':' if self._keys else ''}"
        return f"{self._above} {'answer' if self._above == 1 else 'answers'} above" if self._above else ""

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._words():
            return
        look, gap = self._look, self._look.px("snug")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        paint_icon(painter, look, "down" if self._below else "up", "text2", 0, middle, "icon_tag")
        x = self._write(painter, self._words(), look.px("icon_tag") + gap) + gap
        if self._below and self._keys and x + keys_width(look, self._keys) < self.width():
            x = paint_keys(painter, look, self._keys, x, middle) + gap
            hint = "the keys work from here"
            if x + QFontMetricsF(look.font("small")).horizontalAdvance(hint) < self.width():
                self._write(painter, hint, x, "text3")
        painter.end()
