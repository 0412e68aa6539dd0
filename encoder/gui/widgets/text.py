"""Words: runs of text laid out with the line heights of the tokens, and the label that shows them.

A text may carry three marks: ``**the word one looks for**``, `` `20932` `` (a code: SemiBold, slashed zero) and
``~~struck~~``. Codes and dates never break over two lines; only what is said to be a quote is elided.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.paint import box

MEDIUM = int(QFont.Weight.Medium)
STRONG = int(QFont.Weight.DemiBold)

_MARKS = re.compile(r"\*\*(.+?)\*\*|`(.+?)`|~~(.+?)~~")
_INNER_HYPHEN = re.compile(r"(?<=\d)-(?=\w)|(?<=\badd)-(?=on)", re.IGNORECASE)
_JOINED_HYPHEN = "-\u2060"  # a word joiner after the hyphen of a code, a date or an add-on: no line ends there
_CODE_ROLES = {"small": "code_small", "label": "code_small"}
_ANY_WIDTH = 1e6


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one font and one ink. ``weight`` of 0 is the role's own."""

    text: str
    role: str = "body"
    ink: str = "text"
    weight: int = 0
    strike: bool = False


def runs(text: str, role: str = "body", ink: str = "text", weight: int = 0) -> list[Run]:
    """Read the marks of a text into runs."""
    found: list[Run] = []
    at = 0
    for match in _MARKS.finditer(text):
        if match.start() > at:
            found.append(Run(text[at : match.start()], role, ink, weight))
        strong, code, struck = match.groups()
        if strong:
            found.append(Run(strong, role, ink, STRONG))
        elif code:
            found.append(Run(code, _CODE_ROLES.get(role, "code"), ink))
        else:
            found.append(Run(struck, role, "text3", weight, strike=True))
        at = match.end()
    if at < len(text):
        found.append(Run(text[at:], role, ink, weight))
    return found


def plain(text: str) -> str:
    """The text without its marks, for readers and the clipboard."""
    return _MARKS.sub(lambda match: match[1] or match[2] or match[3], text)


class Block:
    """Runs laid out in a width (px; None for one line). The first run sets the line height."""

    def __init__(self, look: Look, parts: Sequence[Run], width: float | None = None, *, elide: bool = False) -> None:
        first = parts[0] if parts else Run("")
        if elide and width is not None:
            fitted = QFontMetricsF(_font(look, first)).elidedText(
                "".join(part.text for part in parts), Qt.TextElideMode.ElideRight, max(width, 0)
            )
            self.elided = fitted != "".join(part.text for part in parts)
            parts = [Run(fitted, first.role, first.ink, first.weight)]
        else:
            self.elided = False
        self._step = look.tokens.line_height(first.role)
        self._layout = QTextLayout("", _font(look, first))
        self._layout.setTextOption(_wrapping())
        self._layout.setCacheEnabled(True)  # drawn again and again
        pieces = [_INNER_HYPHEN.sub(_JOINED_HYPHEN, part.text) for part in parts]
        self._layout.setText("".join(pieces))
        self._ink = look.colour(first.ink)
        if len(parts) > 1 or first.strike:  # one plain run is written in the font and the pen of the whole
            at, formats = 0, []
            for part, piece in zip(parts, pieces, strict=True):
                formats.append(_range(look, part, at, len(piece)))
                at += len(piece)
            self._layout.setFormats(formats)
        self._lay_out(_ANY_WIDTH if width is None else max(width, 1))

    def _lay_out(self, width: float) -> None:
        self._layout.beginLayout()
        count = 0
        self.width = 0.0
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, count * self._step + (self._step - line.height()) / 2))
            self.width = max(self.width, line.naturalTextWidth())
            count += 1
        self._layout.endLayout()
        self.height = count * self._step

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Draw with the top left corner at x, y."""
        painter.setPen(self._ink)
        self._layout.draw(painter, QPointF(x, y))


@cache
def _wrapping() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def _font(look: Look, part: Run) -> QFont:
    return look.font(part.role, part.weight or None)


def _range(look: Look, part: Run, start: int, length: int) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length = start, length
    style = QTextCharFormat()
    style.setFont(_font(look, part))
    style.setForeground(look.colour(part.ink))
    style.setFontStrikeOut(part.strike)
    made.format = style
    return made


class Words(QLabel):
    """A label in a type role and an ink of the tokens, with their line height; it wraps and elides nothing.

    The accessible name is the text without marks.
    """

    def __init__(
        self,
        look: Look,
        text: str = "",
        role: str = "body",
        ink: str = "text",
        *,
        weight: int = 0,
        wrap: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._blocks: dict[float | None, Block] = {}
        self._marked, self._role, self._ink, self._weight, self._wrap = text, role, ink, weight, wrap
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self.set_words(text)
        look.changed.connect(self._measure_again)

    def set_words(self, text: str) -> None:
        """Show another text; it may carry marks."""
        if text == self._marked and self.text() == plain(text):
            return
        self._marked = text
        self.setText(plain(text))
        self._measure_again()

    def set_ink(self, ink: str) -> None:
        """Write in another colour of the tokens."""
        self._ink = ink
        self._blocks.clear()
        self.update()

    def set_role(self, role: str) -> None:
        """Write in another type role."""
        self._role = role
        self._measure_again()

    def _measure_again(self) -> None:
        self._blocks.clear()
        self.updateGeometry()
        self.update()

    def _runs(self) -> list[Run]:
        return runs(self._marked, self._role, self._ink, self._weight)

    def _pads(self) -> tuple[int, int]:
        """Room around the words, across and down."""
        return 0, 0

    def _block(self, width: float | None) -> Block:
        if width not in self._blocks:
            self._blocks[width] = Block(self._look, self._runs(), width)
        return self._blocks[width]

    def _padded(self, block: Block) -> QSize:
        across, down = self._pads()
        return QSize(int(block.width) + 1 + 2 * across, round(block.height) + 2 * down)

    def sizeHint(self) -> QSize:
        return self._padded(self._block(None))

    def minimumSizeHint(self) -> QSize:
        if not self._wrap:
            return self.sizeHint()
        longest = max(self.text().split(), key=len, default="")
        return self._padded(Block(self._look, [Run(longest, self._role, self._ink, self._weight)]))

    def hasHeightForWidth(self) -> bool:
        return self._wrap

    def heightForWidth(self, width: int) -> int:
        across, down = self._pads()
        return round(self._block(width - 2 * across if self._wrap else None).height) + 2 * down

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint(painter)
        painter.end()

    def _paint(self, painter: QPainter) -> Block:
        across, down = self._pads()
        block = self._block(self.width() - 2 * across if self._wrap else None)
        block.draw(painter, across, down if self._wrap else (self.height() - block.height) / 2)
        return block


class Inset(Words):
    """Words that stand ``snug`` px inside the widget, in line with headings and with the rows of tables."""

    def _pads(self) -> tuple[int, int]:
        return self._look.px("snug"), 0


class Heading(Words):
    """The question or the name of a page.

    It can wear the focus ring, for a list below it that has the focus and no current row. The ring needs room, so the
    words stand ``snug`` px inside the widget; the page takes that off its margin.
    """

    def __init__(self, look: Look, text: str = "", role: str = "title", parent: QWidget | None = None) -> None:
        self._ringed = False
        super().__init__(look, text, role, parent=parent)

    def set_ringed(self, ringed: bool) -> None:
        """Draw the focus ring around the words, or take it away. Nothing moves."""
        self._ringed = ringed
        self.update()

    def is_ringed(self) -> bool:
        """Whether the ring is drawn."""
        return self._ringed

    def _pads(self) -> tuple[int, int]:
        return self._look.px("snug"), self._look.px("hair")

    def _paint(self, painter: QPainter) -> Block:
        block = super()._paint(painter)
        if self._ringed:
            around = self._padded(block)
            ring = QRectF(0, 0, min(around.width(), self.width()), around.height())
            box(painter, self._look, ring, edge="accent", width="ring")
        return block
