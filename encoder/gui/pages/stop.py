"""The stop: one fact is missing. The query to the surgeon as a draft, and the check that it leads nowhere."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QVBoxLayout, QWidget

from encoder import paths
from encoder.core.query import ASKS, PLACEHOLDER, SAYS, check
from encoder.core.tree.explain import Result
from encoder.gui.frames import Frame
from encoder.gui.look import Look
from encoder.gui.pages.band import Action, Band
from encoder.gui.widgets.panels import SectionTitle
from encoder.gui.widgets.scroller import Scroller
from encoder.gui.widgets.text import STRONG
from encoder.gui.wording.sources import mark_codes, upper_first
from encoder.store.cue_file import read_query_words

COPY, ENTER, NEW = "copy", "enter", "new"
_CHECK_MS = 200
_EDITED = "every word can be edited; the check beside it follows"


class StopPage(QWidget):
    """The missing fact, why it matters, and the draft. What is edited stays while the same fact is missing.

    Signals:
        acted(str): ``copy``, ``enter`` (back to the question), ``new``.
        checked(list): the checks of the draft, after each pause in typing.
        leave_up(): to the way. back(): Backspace outside the draft.
    """

    acted = Signal(str)
    checked = Signal(list)
    leave_up = Signal()
    back = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._shown = ""
        self._words = read_query_words(paths.resources() / "query_words.toml")
        self.band = Band(look, "actions_stop")
        self._title = SectionTitle(look, "Query draft", _EDITED)
        self.draft = Draft(look)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_CHECK_MS)
        self._timer.timeout.connect(self.check_now)
        self._paper = QFrame()
        self._paper.setProperty("fill", "sunken")
        self._inner = QVBoxLayout(self._paper)
        self._inner.addWidget(self._title)
        self._inner.addWidget(self.draft, 1)
        body = QFrame()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.band)
        column.addWidget(self._paper, 1)
        self._area = Scroller(body)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._area)
        self.band.acted.connect(self.acted)
        self.band.leave_up.connect(self.leave_up)
        self.band.leave_down.connect(lambda: self.draft.setFocus(Qt.FocusReason.TabFocusReason))
        self.draft.textChanged.connect(self._timer.start)
        self._measure()
        look.changed.connect(self._measure)

    def show_query(self, result: Result) -> None:
        """Show the stop of a result."""
        query = result.queries[0]
        self.band.show_lines(())
        self.band.show_verdict("ask", result.verdict, upper_first(query.fact), mark_codes(query.why))
        self.band.show_actions(
            (
                Action(COPY, "Copy the query", "copy", ("Ctrl", "Shift", "C")),
                Action(ENTER, "Enter the answer", "edit", ("Ctrl", "Enter")),
                Action(NEW, "Start a new case", "plus", ("Ctrl", "N")),
            )
        )
        if query.text != self._shown:
            self._shown = query.text
            self.draft.show_draft(query.text)
        self.check_now()

    def forget(self) -> None:
        """Let go of the draft and what was edited in it."""
        self._shown = ""
        self.draft.clear()

    def text(self) -> str:
        """The draft as it stands."""
        return self.draft.toPlainText()

    def quote(self, sentence: str) -> None:
        """Put a sentence of the note into the draft, quoted, in place of the placeholder or at the cursor."""
        self.draft.put_quote(sentence)
        self.check_now()

    def check_now(self) -> None:
        """Check the draft and tell."""
        self._timer.stop()
        self.checked.emit(list(check(self.text(), self._words)))

    def set_frame(self, frame: Frame) -> None:
        """The words over the draft for a frame of the window."""
        self._title.set_title("Query draft", "every word can be edited" if frame.across == "narrow" else _EDITED)

    def focus_main(self) -> None:
        """Put the focus on the primary action."""
        self.band.focus_primary()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not event.modifiers():
            self.back.emit()
        elif event.key() == Qt.Key.Key_Left and not event.modifiers():
            self.leave_up.emit()
        else:
            super().keyPressEvent(event)

    def _measure(self) -> None:
        px = self._look.px
        self._inner.setContentsMargins(px("page") - px("snug"), px("part"), px("page"), px("pane"))
        self._inner.setSpacing(px("near"))
        self.draft.setMinimumHeight(px("least_draft_height"))


class Draft(QTextEdit):
    """The text of the query: plain text with the line height of the tokens and its two headings in bold."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setProperty("fill", "paper")
        self.setAccessibleName("Query draft")
        look.changed.connect(self._dress)

    def show_draft(self, text: str) -> None:
        """Show another draft; what was typed before is gone."""
        self.setPlainText(text)
        self._dress()
        self.document().clearUndoRedoStacks()

    def put_quote(self, sentence: str) -> None:
        """Put a quoted sentence in place of the placeholder, or at the cursor."""
        found = self.document().find(PLACEHOLDER)
        cursor = found if not found.isNull() else self.textCursor()
        cursor.insertText(f'"{" ".join(sentence.split())}" [operative note]')
        self.setTextCursor(cursor)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        found = self.document().find(PLACEHOLDER)
        if event.reason() != Qt.FocusReason.MouseFocusReason and not found.isNull():
            self.setTextCursor(found)  # what is pasted next takes the place of the placeholder

    def _dress(self) -> None:
        line = QTextBlockFormat()
        height = QTextBlockFormat.LineHeightTypes.FixedHeight
        line.setLineHeight(self._look.tokens.line_height("body"), height.value)
        changes = self.blockSignals(True)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(line)
        block = self.document().begin()
        while block.isValid():
            if block.text() in (SAYS, ASKS):
                cursor.setPosition(block.position())
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
                kept = cursor.charFormat()
                kept.setFontWeight(STRONG)
                cursor.mergeCharFormat(kept)
            block = block.next()
        self.blockSignals(changes)
