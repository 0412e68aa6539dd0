"""The stop: one fact is missing. The query to the surgeon as a draft, and the check that it leads nowhere."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QVBoxLayout, QWidget

from encoder import paths
from encoder.core.query import ASKS, PLACEHOLDER, SAYS, About, Quote, check
from encoder.core.tree.explain import QueryDraft, Result
from encoder.gui.frames import Frame
from encoder.gui.look import Look
from encoder.gui.pages.band import Action, Band
from encoder.gui.widgets.panels import SectionTitle
from encoder.gui.widgets.scroller import Scroller
from encoder.gui.widgets.text import STRONG
from encoder.gui.wording.sources import mark_codes, upper_first
from encoder.store.cue_file import read_query_words

COPY, ENTER, PRINT, SAVE = "copy", "enter", "print", "save"
_CHECK_MS = 200
_EDITED = "every word can be edited; the check beside it follows"


class StopPage(QWidget):
    """The missing fact, why it matters, and the draft. What is edited stays with its question.

    Signals:
        acted(str): ``copy``, ``enter`` (back to the question), ``print``, ``save``.
        checked(list): the checks of the draft, after each pause in typing.
        edited(): the draft was.
        leave_up(): to the way. back(): Backspace outside the draft.
    """

    acted = Signal(str)
    edited = Signal()
    checked = Signal(list)
    leave_up = Signal()
    back = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._shown = self._question = ""
        self._drafts: dict[str, str] = {}
        self._about: About | None = None
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
        self.draft.textChanged.connect(self._edit)
        self._measure()
        look.changed.connect(self._measure)

    def show_query(self, result: Result, query: QueryDraft | None = None, about: About | None = None) -> None:
        """Show the stop of a result.

        Args:
            query: its draft with the quotes of the note; without a note the one of the result.
            about: what the check is to know beside the text.
        """
        query = query or result.queries[0]
        self._about = about
        self.band.show_lines(())
        self.band.show_verdict("ask", result.verdict, upper_first(query.fact), mark_codes(query.why))
        self.band.show_actions(
            (
                Action(COPY, "Copy the query", "copy", ("Ctrl", "Shift", "C")),
                Action(ENTER, "Enter the answer", "edit", ("Ctrl", "Enter")),
                Action(PRINT, "Print or PDF…", "print", ("Ctrl", "P")),
                Action(SAVE, "Save", "save", ("Ctrl", "S")),
            )
        )
        edited = self._drafts.get(query.question, "")
        if query.question != self._question or (query.text != self._shown and not edited):
            self._shown, self._question = query.text, query.question
            self.draft.show_draft(edited or query.text)
        self.check_now()

    def drafts(self) -> dict[str, str]:
        """What was edited, by the question that the query is about."""
        return dict(self._drafts)

    def take_up(self, drafts: Mapping[str, str]) -> None:
        """Edited drafts that were kept."""
        self._drafts = dict(drafts)

    def forget(self) -> None:
        """Let go of the draft and what was edited in it."""
        self._shown = self._question = ""
        self._drafts = {}
        self._about = None
        self.draft.show_draft("")

    def _edit(self) -> None:
        if self.text() == self._shown:
            self._drafts.pop(self._question, None)
        else:
            self._drafts[self._question] = self.text()
        self.edited.emit()

    def text(self) -> str:
        """The draft as it stands."""
        return self.draft.toPlainText()

    def quote(self, quote: Quote) -> None:
        """Put words of the note into the draft, with their place, for the placeholder or below the last quote."""
        self.draft.put_quote(quote)
        self.check_now()

    def check_now(self) -> None:
        """Check the draft and tell."""
        self._timer.stop()
        self.checked.emit(list(check(self.text(), self._words, self._about)))

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
        """Show another draft, which is no edit of the one before."""
        before = self.blockSignals(True)
        self.setPlainText(text)
        self._dress()
        self.document().clearUndoRedoStacks()
        self.blockSignals(before)

    def put_quote(self, quote: Quote) -> None:
        """Put a quote in place of the placeholder, or below the last quote of the record."""
        found = self.document().find(PLACEHOLDER)
        if found.isNull():
            found = self._below_quotes()
            found.insertText(f"\n{quote}")
        else:
            found.insertText(str(quote))
        self.setTextCursor(found)
        self._dress()

    def _below_quotes(self) -> QTextCursor:
        """The end of the record's words; of the whole draft where its heading was edited away."""
        block = self.document().begin()
        while block.isValid() and block.text() != SAYS:
            block = block.next()
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        if block.isValid():
            while block.next().isValid() and block.next().text().strip():
                block = block.next()
            cursor.setPosition(block.position() + block.length() - 1)
        return cursor

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
