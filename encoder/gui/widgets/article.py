"""An article: headings, paragraphs, lists and pictures, read from a little Markdown and dressed from the tokens."""

from __future__ import annotations

import re

from PySide6.QtCore import QUrl
from PySide6.QtGui import QFont, QResizeEvent, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument, QTextList
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.text import STRONG

_PICTURE = re.compile(r"^!\[\]\(([a-z_]+)\)$", re.MULTILINE)
_ROLES = {0: "body", 1: "title_short", 2: "answer", 3: "body"}
_SMALL = "sources:"  # a paragraph that begins so is written small


class Article(QTextBrowser):
    """A text that scrolls and can be read, selected and copied; it opens no links.

    A line ``![](name)`` shows a teaching picture with its description below it, so that the description is there for
    everybody. Words between backticks are codes.
    """

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        """``name`` is the accessible name."""
        super().__init__(parent)
        self._look, self._text = look, ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setAccessibleName(name)
        look.changed.connect(self._lay_out)

    def show_text(self, text: str) -> None:
        """Show another text, from its top."""
        if text != self._text:
            self._text = text
            self._lay_out()
        self.verticalScrollBar().setValue(0)

    def text(self) -> str:
        """The text shown, as Markdown."""
        return self._text

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_lines_short()

    def _keep_lines_short(self) -> None:
        """No line is longer than can be read with ease, however wide the pane."""
        frame = self.document().rootFrame()
        shape = frame.frameFormat()
        spare = self.viewport().width() - self._look.px("sheet")
        if shape.rightMargin() != max(spare, self._look.px("pane")):
            shape.setRightMargin(max(spare, self._look.px("pane")))
            frame.setFrameFormat(shape)
        self.document().documentLayout().documentSize()  # laid out to its end now, or the scroll bar would grow later

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        if kind == QTextDocument.ResourceType.ImageResource.value:
            return self._look.picture(name if isinstance(name, str) else name.toString())
        return super().loadResource(kind, name)

    def _lay_out(self) -> None:
        text = _PICTURE.sub(lambda match: self._pictured(match[1]), self._text)
        self.document().setDocumentMargin(self._look.px("pane"))
        self.document().setIndentWidth(self._look.px("page"))
        self.document().setDefaultFont(self._look.font("body"))
        self.document().setMarkdown(text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        self._dress()
        self._keep_lines_short()

    def _pictured(self, name: str) -> str:
        told = self._look.alternative(name)
        return f"![{told.title}]({name})\n\n*{told.desc}*"

    def _dress(self) -> None:
        look, px = self._look, self._look.px
        block, cursor = self.document().begin(), QTextCursor(self.document())
        heights = QTextBlockFormat.LineHeightTypes
        while block.isValid():
            level = block.blockFormat().headingLevel()
            small = block.text().lower().startswith(_SMALL)
            role = "small" if small else _ROLES.get(level, "body")
            shape = QTextBlockFormat()
            pictured = "\ufffc" in block.text()
            if pictured:
                shape.setLineHeight(0, heights.SingleHeight.value)
            else:
                shape.setLineHeight(look.tokens.line_height(role), heights.FixedHeight.value)
            shape.setTopMargin(px("part") if level > 1 else 0)
            shape.setBottomMargin(px("tight") if level or isinstance(block.textList(), QTextList) else px("near"))
            cursor.setPosition(block.position())
            cursor.mergeBlockFormat(shape)
            self._dress_words(block.position(), block.length() - 1, role, level)
            block = block.next()
        cursor.setPosition(0)
        self.setTextCursor(cursor)

    def _dress_words(self, start: int, length: int, role: str, level: int) -> None:
        """Fonts of a block: codes in theirs, captions small, everything else in the role's."""
        cursor = QTextCursor(self.document())
        at = start
        pieces: list[tuple[int, int, QTextCharFormat]] = []
        fragments = self.document().findBlock(start).begin()
        while not fragments.atEnd():
            fragment = fragments.fragment()
            pieces.append((fragment.position(), fragment.length(), fragment.charFormat()))
            fragments += 1
        for at, count, was in pieces:
            now = QTextCharFormat()
            if was.fontFixedPitch():
                now.setFont(self._look.font("code_small" if role == "small" else "code"))
            elif was.fontItalic():
                now.setFont(self._look.font("small"))
                now.setForeground(self._look.colour("text3"))
            elif not was.isImageFormat():
                strong = was.fontWeight() > QFont.Weight.Medium or level > 0
                now.setFont(self._look.font(role, STRONG if strong else None))
                if role == "small":
                    now.setForeground(self._look.colour("text3"))
            cursor.setPosition(at)
            cursor.setPosition(at + count, QTextCursor.MoveMode.KeepAnchor)
            if not was.isImageFormat():
                cursor.setCharFormat(now)
