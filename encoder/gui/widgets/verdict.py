"""The verdict band: one line that says what it is, and the claim lines with their large codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.paint import Tag, hairline, paint_icon, paint_tags, tags_width
from encoder.gui.widgets.text import MEDIUM, STRONG, Block, Run, Words, plain

VerdictKind = Literal["decided", "review", "ask", "deny", "ended", "no_edition", "error", "conflict"]
_SMALL = ("error", "conflict")

_VERDICTS: dict[VerdictKind, tuple[str, str]] = {  # icon, ink
    "decided": ("ok", "ok"),
    "review": ("review", "warn"),
    "ask": ("query", "warn"),
    "deny": ("stop", "stop"),
    "ended": ("info", "text2"),
    "no_edition": ("info", "text2"),
    "error": ("stop", "stop"),
    "conflict": ("warn", "warn"),
}


class VerdictLine(Words):
    """Icon and words of a verdict: decided, review, ask (stop and ask the surgeon), deny, no_edition.

    ``error`` is the small line under a field that says what is wrong with what was typed; ``conflict`` the one under a
    question that says what does not agree in the note.
    """

    def __init__(
        self, look: Look, kind: VerdictKind = "decided", text: str = "", parent: QWidget | None = None
    ) -> None:
        self._kind: VerdictKind = kind
        super().__init__(look, text, parent=parent)
        self.set_verdict(kind, text)

    def set_verdict(self, kind: VerdictKind, text: str) -> None:
        """Show another verdict."""
        self._kind = kind
        self.set_words(text)
        self._measure_again()

    def kind(self) -> VerdictKind:
        """The verdict shown."""
        return self._kind

    def _runs(self) -> list[Run]:
        ink = _VERDICTS[self._kind][1]
        if self._kind in _SMALL:
            return [Run(plain(self._marked), "small", ink)]
        return [Run(plain(self._marked), "answer", ink, STRONG)]

    def _icon_size(self) -> str:
        return "icon_text" if self._kind in _SMALL else "icon_verdict"

    def _icon_room(self) -> int:
        return self._look.px(self._icon_size()) + self._look.px("tight" if self._kind in _SMALL else "near")

    def _padded(self, block: Block) -> QSize:
        return super()._padded(block) + QSize(self._icon_room(), 0)

    def heightForWidth(self, width: int) -> int:
        return super().heightForWidth(width - self._icon_room())

    def _paint(self, painter: QPainter) -> Block:
        look = self._look
        block = self._block(self.width() - self._icon_room())
        icon, ink = _VERDICTS[self._kind]
        line = look.tokens.line_height("small" if self._kind in _SMALL else "answer")
        paint_icon(painter, look, icon, ink, 0, line / 2, self._icon_size())
        block.draw(painter, self._icon_room(), 0)
        return block


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One line of the claim in words: the code with its modifiers (``27365-LT``), what it is, and how it is billed."""

    code: str
    title: str
    second: str = ""
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class _Shape:
    """A claim line laid out in a width: its words begin at ``x``; the tag stands beside or below them."""

    code: Block
    title: Block
    second: Block | None
    x: float
    below: bool
    height: float


class CodeLine(QLabel):
    """A claim line with a large code. The code is never elided and never breaks; its words wrap."""

    def __init__(self, look: Look, line: ClaimLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._column = look, 0.0
        self._laid_out: dict[float, _Shape] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_line(line)
        look.changed.connect(self._measure_again)

    def set_line(self, line: ClaimLine) -> None:
        """Show another line."""
        self._line = line
        self.setText(f"{line.code}: {line.title}")
        said = (line.second, line.tag.text if line.tag else "")
        self.setAccessibleDescription(", ".join(part for part in said if part))
        self._measure_again()

    def line(self) -> ClaimLine:
        """The line shown."""
        return self._line

    def code_width(self) -> float:
        """The width of the code in px."""
        return Block(self._look, [Run(self._line.code, "code_large")]).width

    def set_column(self, width: float) -> None:
        """The width that the codes of all lines take together, so that their words start in one column."""
        if width != self._column:
            self._column = width
            self._measure_again()

    def _measure_again(self) -> None:
        self._laid_out.clear()
        self.updateGeometry()
        self.update()

    def _shape(self, width: float) -> _Shape:
        if width not in self._laid_out:
            self._laid_out[width] = self._lay_out(width)
        return self._laid_out[width]

    def _lay_out(self, width: float) -> _Shape:
        look, line = self._look, self._line
        code = Block(look, [Run(line.code, "code_large")])
        x = max(self._column, code.width, look.px("code_column")) + look.px("pane")
        room = max(width - x, 1)
        beside = tags_width(look, [line.tag]) + look.px("pane") if line.tag else 0
        below = line.tag is not None and room - beside < look.px("least_column")
        room = max(room - (0 if below else beside), 1)
        title = Block(look, [Run(line.title, "body", "text", MEDIUM)], room)
        second = Block(look, [Run(line.second, "small", "text2")], room) if line.second else None
        height = title.height + (second.height if second else 0)
        return _Shape(code, title, second, x, below, height + (look.px("tag") + look.px("tight") if below else 0))

    def sizeHint(self) -> QSize:
        return QSize(self._look.px("least_draft"), self.heightForWidth(self._look.px("least_draft")))

    def minimumSizeHint(self) -> QSize:
        return QSize(int(self._shape(1).x) + self._look.px("code_column"), self._look.px("control"))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        shape = self._shape(width)
        return round(max(shape.code.height, shape.height) + self._look.px("tight"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, shape = self._look, self._shape(self.width())
        painter = QPainter(self)
        middle = self.height() / 2
        shape.code.draw(painter, 0, middle - shape.code.height / 2)
        y = middle - shape.height / 2
        shape.title.draw(painter, shape.x, y)
        if shape.second:
            shape.second.draw(painter, shape.x, y + shape.title.height)
        tags = [self._line.tag] if self._line.tag else []
        if shape.below:
            paint_tags(painter, look, tags, shape.x, y + shape.height - look.px("tag") / 2)
        else:
            paint_tags(painter, look, tags, self.width() - tags_width(look, tags), middle)
        painter.end()


class CodeLines(QWidget):
    """The claim lines under each other, their words in one column, a hairline between them."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._lines: list[CodeLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setAccessibleName("Claim lines")
        self._measure()
        look.changed.connect(self._measure)

    def set_lines(self, lines: Sequence[ClaimLine]) -> None:
        """Show other lines, in the same widgets: no code of the lines before is ever left standing."""
        while len(self._lines) > len(lines):
            old = self._lines.pop()
            old.hide()
            self._column.removeWidget(old)
            old.deleteLater()
        for widget, line in zip(self._lines, lines, strict=False):
            widget.set_line(line)
        for line in lines[len(self._lines) :]:
            made = CodeLine(self._look, line, self)
            self._lines.append(made)
            self._column.addWidget(made)
        self._measure()

    def lines(self) -> tuple[ClaimLine, ...]:
        """The lines shown."""
        return tuple(widget.line() for widget in self._lines)

    def _measure(self) -> None:
        self._column.setSpacing(self._look.px("edge"))
        widest = max((widget.code_width() for widget in self._lines), default=0)
        for widget in self._lines:
            widget.set_column(widest)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        for widget in self._lines[1:]:
            y = widget.geometry().top() - self._look.px("edge") / 2
            hairline(painter, self._look, QPointF(0, y), QPointF(self.width(), y))
        painter.end()
