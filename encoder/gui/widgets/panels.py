"""The heads and boxes of a panel: a section title with its count, and a call-out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.paint import Tag, box, key_width, paint_icon, paint_key, paint_tags, spoken_keys, tag_width
from encoder.gui.widgets.text import STRONG, Block, Inset, Run, Words, plain

CalloutKind = Literal["ok", "warn", "stop"]
_ICONS: dict[CalloutKind, str] = {"ok": "ok", "warn": "warn", "stop": "stop"}


class SectionTitle(Inset):
    """The name of a section and, quieter, how many or how much: "Documentation  9 of 10 facts quoted"."""

    def __init__(self, look: Look, text: str, count: str = "", parent: QWidget | None = None) -> None:
        self._title, self._count = text, count
        super().__init__(look, parent=parent)
        self.set_title(text, count)

    def set_title(self, text: str, count: str = "") -> None:
        """Show another name and count."""
        self._title, self._count = text, count
        self.set_words(f"{plain(text)}, {count}" if count else text)

    def _runs(self) -> list[Run]:
        count = [Run(f"  {self._count}", "body", "text3")] if self._count else []
        return [Run(self._title, "body", "text", STRONG), *count]


class KeyLine(Words):
    """A key cap, and beside it what the key does."""

    def __init__(self, look: Look, key: str, text: str, parent: QWidget | None = None) -> None:
        self._key = key
        super().__init__(look, text, "small", "text2", parent=parent)
        self.setAccessibleName(f"{spoken_keys([key])}: {text}")

    def _cap(self) -> int:
        return round(key_width(self._look, self._key)) + self._look.px("near")

    def _padded(self, block: Block) -> QSize:
        return QSize(super()._padded(block).width() + self._cap(), max(round(block.height), self._look.px("key")))

    def heightForWidth(self, width: int) -> int:
        return max(super().heightForWidth(width - self._cap()), self._look.px("key"))

    def _paint(self, painter: QPainter) -> Block:
        block = self._block(self.width() - self._cap())
        down = max((self._look.px("key") - self._look.tokens.line_height("small")) / 2, 0)
        block.draw(painter, self._cap(), down)
        paint_key(painter, self._look, self._key, 0, self._look.px("key") / 2)
        return block


class TagLabel(QLabel):
    """A tag standing alone."""

    def __init__(self, look: Look, tag: Tag, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._tag = look, tag
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_tag(tag)
        look.changed.connect(self.updateGeometry)

    def set_tag(self, tag: Tag) -> None:
        """Show another tag."""
        self._tag = tag
        self.setText(tag.text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(int(tag_width(self._look, self._tag)), self._look.px("tag"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_tags(painter, self._look, [self._tag], 0, self.height() / 2)
        painter.end()


class Callout(QFrame):
    """A tinted box for what needs the eye: icon, a bold sentence, words, and below them whatever the page adds.

    Kinds: warn, stop, ok; each with its icon, so the tint never speaks alone.
    """

    def __init__(
        self,
        look: Look,
        kind: CalloutKind,
        title: str,
        text: str = "",
        tag: Tag | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._kind = look, kind
        self._title = Words(look, title, "body", kind, weight=STRONG)
        self._text = Words(look, text)
        self._body = QVBoxLayout(self)
        self._rows: list[QHBoxLayout] = []
        head = self._add_row()
        head.addWidget(self._title, 1)
        if tag:
            head.addWidget(TagLabel(look, tag))
        self._body.addWidget(self._text)
        self._measure()
        self.set_words(title, text)
        look.changed.connect(self._measure)

    def set_words(self, title: str, text: str = "") -> None:
        """Show another sentence and other words."""
        self._title.set_words(title)
        self._text.set_words(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(plain(title))
        self.setAccessibleDescription(plain(text))

    def set_kind(self, kind: CalloutKind) -> None:
        """Turn into another kind of box."""
        self._kind = kind
        self._title.set_ink(kind)
        self.update()

    def add(self, widget: QWidget) -> None:
        """Put a widget below the words."""
        self._body.addWidget(widget)

    def add_buttons(self, buttons: Sequence[QWidget]) -> None:
        """Put buttons side by side below the words."""
        row = self._add_row()
        for button in buttons:
            row.addWidget(button)
        row.addStretch()
        self._measure()

    def _add_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._rows.append(row)
        self._body.addLayout(row)
        return row

    def _measure(self) -> None:
        px = self._look.px
        left = px("part") + px("icon_row") + px("near")
        self._body.setContentsMargins(left, px("room"), px("part"), px("part"))
        self._body.setSpacing(px("tight"))
        for place, row in enumerate(self._rows):
            row.setSpacing(px("near"))
            row.setContentsMargins(0, px("tight") if place else 0, 0, 0)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        box(
            painter,
            look,
            QRectF(self.rect()),
            fill=f"{self._kind}_tint",
            edge=f"{self._kind}_line",
            radius="radius_panel",
        )
        middle = look.px("room") + look.tokens.line_height("body") / 2
        paint_icon(painter, look, _ICONS[self._kind], self._kind, look.px("part"), middle)
        painter.end()
