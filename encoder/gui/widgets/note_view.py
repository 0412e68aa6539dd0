"""The text of a note with its mentions marked: never altered, every mark where the text has it, its status in words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QPlainTextDocumentLayout, QPlainTextEdit, QTextEdit, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.shown_text import ShownText
from encoder.gui.widgets.text import STRONG

_Underline = QTextCharFormat.UnderlineStyle
_EXACT = QTextCursor.MoveMode.KeepAnchor
_AROUND = 4000
"""Characters before and behind what is in sight in which marks are drawn beforehand."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a kind of mention is drawn: its word, inks, and a line that differs in form and not in colour alone."""

    word: str
    ink: str = "text2"
    fill: str = ""
    line: _Underline = _Underline.SingleUnderline


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of the text shown. ``label`` stands in the margin beside its first line."""

    start: int
    end: int
    style: Style
    label: str


class NoteView(QPlainTextEdit):
    """One of several documents, read-only, with marks and a margin that names them.

    Signals:
        selected(): another stretch is selected, or none.
    """

    selected = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._texts: tuple[str, ...] = ()
        self._shown: list[ShownText] = []
        self._documents: list[QTextDocument] = []
        self._at = 0
        self._marks: tuple[Marked, ...] = ()
        self._current = -1
        self._drawn = (0, 0)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.setAcceptDrops(False)
        self._margin = _Margin(self)
        self._holder = QObject(self)  # an editor deletes a document of its own when it is given another
        self._empty = self._new_document()
        self.setDocument(self._empty)
        self.updateRequest.connect(self._follow)
        self.selectionChanged.connect(self.selected)
        look.changed.connect(self._dress)
        self._dress()

    # -- what is shown ------------------------------------------------------------------------------------------------

    def set_texts(self, texts: Sequence[str]) -> None:
        """Show other documents, the last of the new ones in front; what was there already is kept as it stands."""
        if tuple(texts) == self._texts:
            return
        kept = dict(zip(self._texts, zip(self._shown, self._documents, strict=True), strict=True))
        pairs = [kept.get(text) or self._made(text) for text in texts]
        new = [place for place, text in enumerate(texts) if text not in kept]
        self._texts = tuple(texts)
        self._shown = [shown for shown, _ in pairs]
        self._documents = [document for _, document in pairs]
        self._marks, self._current = (), -1
        self.show_document(new[-1] if new else min(self._at, len(texts) - 1))

    def _made(self, text: str) -> tuple[ShownText, QTextDocument]:
        shown = ShownText(text)
        document = self._new_document()
        document.setPlainText(shown.shown)
        return shown, document

    def _new_document(self) -> QTextDocument:
        document = QTextDocument(self._holder)
        document.setUndoRedoEnabled(False)
        document.setDocumentLayout(QPlainTextDocumentLayout(document))
        self._dress_document(document)
        return document

    def show_document(self, at: int) -> None:
        """Show one of the documents, from where it was left; none when there is none."""
        self._at = max(at, 0)
        wanted = self._documents[self._at] if self._documents else self._empty
        if self.document() is not wanted:
            self._marks, self._current = (), -1  # they were those of the other document
            self.setDocument(wanted)
        self._draw_marks()

    def shown(self) -> int:
        """Which of the documents is shown."""
        return self._at

    def embolden(self, at: int, stretches: Sequence[tuple[int, int]]) -> None:
        """Write the headings of a document in bold."""
        shown, cursor = self._shown[at], QTextCursor(self._documents[at])
        bold = QTextCharFormat()
        bold.setFontWeight(STRONG)
        cursor.beginEditBlock()
        for start, end in stretches:
            cursor.setPosition(shown.unit(start))
            cursor.setPosition(shown.unit(end), _EXACT)
            cursor.mergeCharFormat(bold)
        cursor.endEditBlock()

    def set_marks(self, marks: Sequence[Marked], current: int = -1) -> None:
        """Mark other stretches of the document shown, in their order; ``current`` is the one that was gone to."""
        if (tuple(marks), current) != (self._marks, self._current):
            self._marks, self._current = tuple(marks), current
            self._draw_marks()

    def marks(self) -> tuple[Marked, ...]:
        """What is marked."""
        return self._marks

    def selection(self) -> tuple[int, int]:
        """The stretch that is selected, in characters of the document shown; both ends alike when none is."""
        if not self._documents:
            return 0, 0
        cursor, shown = self.textCursor(), self._shown[self._at]
        return shown.place(cursor.selectionStart()), shown.place(cursor.selectionEnd())

    def select(self, start: int, end: int) -> None:
        """Select a stretch and bring it into sight."""
        self.setTextCursor(self.cursor_of(start, end))
        self._reveal()

    def go_to(self, start: int) -> None:
        """Bring a place into sight; nothing is selected."""
        self.setTextCursor(self.cursor_of(start, start))
        self._reveal()

    def cursor_of(self, start: int, end: int) -> QTextCursor:
        """A cursor over a stretch of the document shown."""
        shown, cursor = self._shown[self._at], QTextCursor(self.document())
        cursor.setPosition(shown.unit(start))
        cursor.setPosition(shown.unit(end), _EXACT)
        return cursor

    def _reveal(self) -> None:
        """Bring the cursor into sight, with some lines before and after it."""
        rect, view = self.cursorRect(), self.viewport().rect()
        room = min(2 * rect.height(), view.height() // 4)
        if rect.top() < view.top() + room or rect.bottom() > view.bottom() - room:
            self.centerCursor()

    # -- marks --------------------------------------------------------------------------------------------------------

    def _draw_marks(self) -> None:
        """Draw the marks in sight and those around; of a long document the others wait until it is scrolled."""
        first, last = self._in_sight()
        self._drawn = first - _AROUND, last + _AROUND
        selections = []
        shapes: dict[tuple[Style, bool], QTextCharFormat] = {}
        for place in self._places(*self._drawn):
            mark = self._marks[place]
            key = (mark.style, place == self._current)
            if key not in shapes:
                shapes[key] = self._shape(*key)
            made = QTextEdit.ExtraSelection()
            made.cursor, made.format = self.cursor_of(mark.start, mark.end), shapes[key]
            selections.append(made)
        self.setExtraSelections(selections)
        self._margin.update()

    def _shape(self, style: Style, current: bool) -> QTextCharFormat:
        shape = QTextCharFormat()
        shape.setUnderlineStyle(style.line)
        shape.setUnderlineColor(self._look.colour(style.ink))
        fill = "tint_line" if current else style.fill
        if fill:
            shape.setBackground(self._look.colour(fill))
        return shape

    def _in_sight(self) -> tuple[int, int]:
        """The characters at the top and at the foot of the view."""
        if not self._documents:
            return 0, 0
        shown = self._shown[self._at]
        last = self.cursorForPosition(self.viewport().rect().bottomRight()).position()
        return shown.place(self.firstVisibleBlock().position()), shown.place(last)

    def _places(self, first: int, last: int) -> range:
        """The marks that begin between two characters."""
        starts = [mark.start for mark in self._marks]
        return range(bisect_left(starts, first), bisect_right(starts, last))

    def labels(self) -> list[tuple[int, Marked, bool]]:
        """The labels in sight: the middle of the line, the mark, and whether it is the current one.

        Marks of one line that are alike share a label.
        """
        found: list[tuple[int, Marked, bool]] = []
        for place in self._places(*self._in_sight()):
            mark = self._marks[place]
            middle = self.cursorRect(self.cursor_of(mark.start, mark.start)).center().y() + 1
            same = bool(found) and (found[-1][0], found[-1][1].label) == (middle, mark.label)
            if same and place == self._current:
                found.pop()
            elif same:
                continue
            found.append((middle, mark, place == self._current))
        return found

    # -- size and dress -----------------------------------------------------------------------------------------------

    def margin_width(self) -> int:
        """The width of the margin: none where the pane is narrow, and the words stand below the text alone."""
        px = self._look.px
        return px("note_margin") if self.width() >= px("right_tabs") + px("note_margin") else 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_margin()
        super().resizeEvent(event)
        self._place_margin()

    def _place_margin(self) -> None:
        width = self.margin_width()
        self.setViewportMargins(width, 0, 0, 0)
        inner = self.contentsRect()
        self._margin.setGeometry(QRect(inner.left(), inner.top(), width, inner.height()))
        self._margin.setVisible(bool(width))

    def _follow(self, _rect: QRect, down: int) -> None:
        """Keep margin and marks in line with what is in sight."""
        self._margin.update()
        if down and self._marks:
            first, last = self._in_sight()
            if first < self._drawn[0] or last > self._drawn[1]:
                self._draw_marks()

    def _dress(self) -> None:
        for document in (self._empty, *self._documents):
            self._dress_document(document)
        self._place_margin()
        self._draw_marks()

    def _dress_document(self, document: QTextDocument) -> None:
        document.setDefaultFont(self._look.font("body"))
        document.setDocumentMargin(self._look.px("near"))


class _Margin(QWidget):
    """Beside the first line of each mark its status and key, in words."""

    def __init__(self, view: NoteView) -> None:
        super().__init__(view)
        self._view = view
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return QSize(self._view.margin_width(), 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._view._look
        painter = QPainter(self)
        height, right = look.tokens.line_height("label"), self.width() - look.px("tight")
        below = -float(height)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for middle, mark, current in self._view.labels():
            top = max(middle - height / 2, below)
            font = look.font("label", STRONG if current or mark.style.fill else None)
            painter.setFont(font)
            painter.setPen(look.colour(mark.style.ink))
            painter.drawText(QRectF(0, top, right, height), flags, mark.label)
            if current:
                left = right - QFontMetricsF(font).horizontalAdvance(mark.label) - look.px("snug")
                painter.fillRect(
                    QRectF(QPointF(left, top), QPointF(left + look.px("ring"), top + height)), look.colour("accent")
                )
            below = top + height
        painter.end()
