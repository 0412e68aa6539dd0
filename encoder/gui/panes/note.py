"""The note beside the question: pasted, opened or dropped, its mentions marked; this pane writes it nowhere."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QResizeEvent,
    QTextCharFormat,
)
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QProgressBar, QTabBar, QVBoxLayout, QWidget

from encoder.core.beside.case_note import CaseNote, Document
from encoder.core.note.cues import Cues
from encoder.gui.look import Look
from encoder.gui.note_reader import NoteReader, Pasted, Read, Source
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.note_view import Marked, NoteView, Style
from encoder.gui.widgets.panels import SectionTitle
from encoder.gui.widgets.text import Words
from encoder.gui.widgets.verdict import VerdictLine
from encoder.gui.wording import note as words
from encoder.gui.wording.sources import many
from encoder.store.documents import ENDINGS

_EMPTY = (
    "No note yet. Paste it with Ctrl+V, or drop files here: text, Markdown, RTF, Word or PDF.\n\n"
    "It stays in memory and goes with the case,\nunless you save the case with Ctrl+S."
)
_Line = QTextCharFormat.UnderlineStyle
_STYLES: dict[words.Kind, Style] = {
    "stated": Style(words.WORDS["stated"], "accent", "tint"),
    "quoted": Style(words.WORDS["quoted"], "ok", "ok_tint"),
    "mentioned": Style(words.WORDS["mentioned"]),
    "conflict": Style(words.WORDS["conflict"], "warn", "warn_tint", _Line.WaveUnderline),
    "unclear": Style(words.WORDS["unclear"], "warn", "", _Line.DotLine),
    "negated": Style(words.WORDS["negated"], "text2", "", _Line.DashUnderline),
    "history": Style(words.WORDS["history"], "text2", "", _Line.DotLine),
    "planned": Style(words.WORDS["planned"], "text2", "", _Line.DashDotLine),
    "uncertain": Style(words.WORDS["uncertain"], "text2", "", _Line.WaveUnderline),
}
_FIRST: tuple[words.Kind, ...] = ("stated", "conflict", "unclear", "quoted")
"""What is brought into sight with a new question."""


class NotePane(QFrame):
    """The documents of the case, to be read, selected and quoted from. Their text is never altered.

    Signals:
        changed(): another note was read, or none is left.
        quote_wanted(): the selection, or the mention gone to, is to be quoted. take_off_wanted(): a quote is to go.
        stepped(): another mention was gone to.
    """

    changed = Signal()
    quote_wanted = Signal()
    take_off_wanted = Signal()
    stepped = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._documents: tuple[Document, ...] = ()
        self._mentions: tuple[words.Mention, ...] = ()
        self._current = -1
        self._quoted, self._more = False, ""
        self.note: CaseNote | None = None
        self.cues: Cues | None = None
        self.reader = NoteReader(self)
        self.setAcceptDrops(True)
        self.setProperty("fill", "sunken")
        self._make_parts()
        self._lay_out()
        self._connect()
        self._measure()
        self._show_foot()
        look.changed.connect(self._measure)

    def _make_parts(self) -> None:
        look = self._look
        self._title = SectionTitle(look, "The note")
        self._remove = KeyButton(look, "", icon="close", small=True, kind="flat")
        self._paste = KeyButton(look, "Paste", icon="paste", small=True)
        self._open = KeyButton(look, "Open…", icon="open", small=True)
        self._tabs = QTabBar()
        self._tabs.setDrawBase(False)
        self._tabs.setUsesScrollButtons(True)
        self._tabs.setAccessibleName("Documents of the case")
        self._progress_words = Words(look, "", "small", "text2")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName("Reading the note")
        self._cancel = KeyButton(look, "Cancel", icon="close", small=True)
        self._error = VerdictLine(look, "error")
        self.view = NoteView(look)
        self.view.setPlaceholderText(_EMPTY)
        self.view.setAccessibleName("The note")
        self.view.setAccessibleDescription(
            "The operative note, to be read. It is stored only with a case that is saved."
        )
        self._before = KeyButton(look, "", icon="up", small=True)
        self._next = KeyButton(look, "", icon="down", small=True)
        self._said = Words(look, "", "small", "text2")
        self._quote = KeyButton(look, "Quote", icon="quote", small=True)
        self._off = KeyButton(look, "Take off", icon="close", small=True)
        for button, name, hint in (
            (self._remove, "Remove this document", "Remove this document from the case"),
            (self._before, "Mention before", "The mention before (Shift+F3)"),
            (self._next, "Next mention", "The next mention (F3)"),
            (self._paste, "Paste", "Paste a note, or files (Ctrl+V)"),
            (self._open, "Open…", "Open text, Markdown, RTF, Word or PDF"),
            (self._quote, "Quote", "Quote the selection, or the mention gone to, for the answer (Ctrl+E)"),
            (self._off, "Take off", "Take a quote off the answer (Ctrl+Shift+E)"),
        ):
            button.setAccessibleName(name)
            button.setToolTip(hint)

    def _lay_out(self) -> None:
        self._head, self._tab_row, self._progress_row = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        self._error_row = QHBoxLayout()
        self._head.addWidget(self._title, 1)
        for button in (self._remove, self._paste, self._open):
            self._head.addWidget(button)
        self._tab_row.addWidget(self._tabs, 1)
        bar = QVBoxLayout()
        bar.addWidget(self._progress_words)
        bar.addWidget(self._progress)
        self._progress_row.addLayout(bar, 1)
        self._progress_row.addWidget(self._cancel)
        self._error_row.addWidget(self._error)
        paper = QFrame()
        paper.setProperty("fill", "surface")
        self._sheet = QVBoxLayout(paper)
        self._sheet.addWidget(self.view)
        self._foot = QFrame()
        self._foot.setProperty("edge", "top")
        self._foot_row = QHBoxLayout(self._foot)
        for button in (self._before, self._next):
            self._foot_row.addWidget(button)
        said = QVBoxLayout()
        said.addStretch(1)
        said.addWidget(self._said)
        said.addStretch(1)
        self._foot_row.addLayout(said, 1)
        for button in (self._quote, self._off):
            self._foot_row.addWidget(button)
        self._column = QVBoxLayout(self)
        for row in (self._head, self._tab_row, self._progress_row, self._error_row):
            self._column.addLayout(row)
        self._column.addWidget(paper, 1)
        self._column.addWidget(self._foot)

    def _connect(self) -> None:
        self._remove.clicked.connect(self.remove_document)
        self._remove.hide()
        self._paste.clicked.connect(self.paste)
        self._open.clicked.connect(self._choose)
        self._tabs.currentChanged.connect(self._turn)
        self._cancel.clicked.connect(self.reader.cancel)
        self._before.clicked.connect(lambda: self.step(-1))
        self._next.clicked.connect(lambda: self.step(1))
        self._quote.clicked.connect(self.quote_wanted)
        self._off.clicked.connect(self.take_off_wanted)
        self.reader.read.connect(self._take)
        self.reader.refused.connect(self._refuse)
        self.reader.going_on.connect(self._show_progress)
        self.reader.ended.connect(self._hide_progress)
        self._hide_progress()
        self._refuse("")

    def text(self) -> str:
        """The document shown, or an empty string."""
        return self._documents[self.view.shown()].text if self._documents else ""

    # -- documents ----------------------------------------------------------------------------------------------------

    def documents(self) -> tuple[Document, ...]:
        """The documents of the case, in the order of their tabs."""
        return self._documents

    def add_text(self, text: str) -> None:
        """Read a pasted text as one more document."""
        self._read([Pasted(text)], self._documents)

    def open_files(self, files: Sequence[Path]) -> None:
        """Read files as more documents of the case."""
        self._read(files, self._documents)

    def give(self, documents: Sequence[Document]) -> None:
        """Read documents that were kept with the case."""
        if documents:
            self._read([], documents)

    def paste(self) -> None:
        """Take a note, or files, from the clipboard."""
        sources = _sources(QGuiApplication.clipboard().mimeData())
        if sources:
            self._read(sources, self._documents)
        else:
            self._refuse("There is no text to paste: copy the note first.")

    def remove_document(self) -> None:
        """Take the document shown out of the case; quotes from it stay with their answers."""
        at = self.view.shown()
        self._read([], (*self._documents[:at], *self._documents[at + 1 :]))

    def clear(self) -> None:
        """Let go of every document, at once."""
        self.reader.cancel()
        self._refuse("")
        self._documents, self.note = (), None
        self._mentions, self._current = (), -1
        self._show_documents()
        self.changed.emit()

    def _read(self, sources: Sequence[Source], before: Sequence[Document]) -> None:
        self._refuse("")
        self.reader.start(sources, before)

    def _take(self, read: Read) -> None:
        self._documents, self.note, self.cues = read.documents, read.note, read.cues
        self._mentions, self._current = (), -1
        self._show_documents()
        self.changed.emit()

    def _show_documents(self) -> None:
        self.view.set_texts([document.text for document in self._documents])
        if self.note is not None:
            for at, part in enumerate(self.note.parts):
                heads = (s for s in self.note.reading.sections if s.title and part.start <= s.start < part.end)
                ends = ((s.start, min(s.start + len(s.title) + 1, s.body, part.end)) for s in heads)
                self.view.embolden(at, [(start - part.start, end - part.start) for start, end in ends])
        self._tabs.blockSignals(True)
        while self._tabs.count():
            self._tabs.removeTab(0)
        for document in self._documents:
            at = self._tabs.addTab(words.document_name(document.name))
            self._tabs.setTabToolTip(at, document.name)
        self._tabs.setCurrentIndex(self.view.shown())
        self._tabs.blockSignals(False)
        self._tabs.setVisible(len(self._documents) > 1)
        self._remove.setVisible(bool(self._documents))
        self._mark()

    def _turn(self, at: int) -> None:
        self.view.show_document(at)
        self._mark()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        sources = _sources(event.mimeData())
        if sources:
            self._read(sources, self._documents)
        event.acceptProposedAction()

    def _choose(self) -> None:
        kinds = f"Notes ({' '.join(f'*{ending}' for ending in ENDINGS)})"
        names, _ = QFileDialog.getOpenFileNames(self, "Open notes", "", kinds)
        if names:
            self.open_files([Path(name) for name in names])

    # -- mentions -----------------------------------------------------------------------------------------------------

    def show_mentions(self, mentions: Sequence[words.Mention], *, anew: bool = False) -> None:
        """Mark other mentions; with a new question the first that carries something is brought into sight."""
        now = self.current()
        self._mentions = tuple(mentions)
        self._current = -1 if now is None or anew else self._place_of(now)
        first = next((m for kind in _FIRST for m in self._mentions if m.kind == kind), None)
        self._mark()
        if anew and first is not None and not self.view.hasFocus():
            self._reveal(first)

    def _place_of(self, mention: words.Mention) -> int:
        places = [(other.start, other.end) for other in self._mentions]
        here = (mention.start, mention.end)
        return places.index(here) if here in places else -1

    def mentions(self) -> tuple[words.Mention, ...]:
        """What is marked, in the order of the text of all documents."""
        return self._mentions

    def current(self) -> words.Mention | None:
        """The mention gone to."""
        return self._mentions[self._current] if self._current >= 0 else None

    def step(self, by: int) -> None:
        """Go to the next mention or the one before, round at the end; the focus stays where it is."""
        count = len(self._mentions)
        if not count:
            return
        self._current = (self._current + by) % count if self._current >= 0 else (0 if by > 0 else count - 1)
        mention = self._mentions[self._current]
        self._reveal(mention)
        self._mark()
        quote = self.note.text[mention.start : mention.end] if self.note else ""
        said = f"{words.told(mention, self._current + 1, count)}: {quote}"
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.view, said))
        self.stepped.emit()

    def show_place(self, start: int, end: int) -> None:
        """Select a stretch of the joined text."""
        at, offset = self._document_at(start)
        self._show_document(at)
        self.view.select(start - offset, end - offset)

    def selection(self) -> tuple[int, int] | None:
        """What is selected in the joined text, else the mention gone to; None for neither."""
        if self.note is None:
            return None
        start, end = self.view.selection()
        part = self.note.parts[self.view.shown()]
        if start < end and part.name and self.note.text[part.start + start : part.start + end].strip():
            return part.start + start, part.start + end
        now = self.current()
        return (now.start, now.end) if now else None

    def say_quotes(self, *, quoted: bool, more: str = "") -> None:
        """Whether a quote can be taken off here; ``more`` is said of quotes that wait, or of the fact to be quoted."""
        self._quoted, self._more = quoted, more
        self._show_foot()

    def _reveal(self, mention: words.Mention) -> None:
        at, offset = self._document_at(mention.start)
        self._show_document(at)
        self.view.go_to(mention.start - offset)

    def _document_at(self, place: int) -> tuple[int, int]:
        assert self.note is not None
        part = self.note.part_at(place)
        return self.note.parts.index(part), part.start

    def _show_document(self, at: int) -> None:
        if at != self.view.shown():
            self._tabs.setCurrentIndex(at)

    def _mark(self) -> None:
        """Mark what is in the document shown, count it on every tab, and say where one is."""
        marked: list[Marked] = []
        current = -1
        counts = [0] * len(self._documents)
        starts = [part.start for part in self.note.parts] if self.note else []
        for place, mention in enumerate(self._mentions):
            at = max(0, bisect_right(starts, mention.start) - 1)
            offset = starts[at]
            counts[at] += 1
            if at == self.view.shown():
                if place == self._current:
                    current = len(marked)
                style = _STYLES[mention.kind]
                label = f"{style.word} · {mention.key}" if mention.key else style.word
                marked.append(Marked(mention.start - offset, mention.end - offset, style, label))
        self.view.set_marks(marked, current)
        for at, count in enumerate(counts if len(counts) > 1 else ()):
            name = words.document_name(self._documents[at].name)
            self._tabs.setTabText(at, f"{name} · {count}" if count else name)
        quoted = sum(mention.kind == "quoted" for mention in self._mentions)
        count_words = words.counted(len(self._mentions), quoted) if self.note else ""
        self._title.set_title("The note", count_words)
        self._show_foot()

    # -- what is said -------------------------------------------------------------------------------------------------

    def _show_foot(self) -> None:
        now, count = self.current(), len(self._mentions)
        said = words.told(now, self._current + 1, count) if now else self._more
        self._foot.setVisible(self.note is not None)
        self._said.set_words(said or (f"{many(count, 'mention')} · F3 next" if count else ""))
        for button in (self._before, self._next):
            button.setVisible(bool(count))
        self._off.setVisible(self._quoted)

    def _show_progress(self, what: str, at: int, of: int) -> None:
        self._progress_words.set_words(f"Reading {what} {at:,} of {of:,}")
        self._progress.setRange(0, of)
        self._progress.setValue(at)
        self._set_progress(shown=True)

    def _hide_progress(self) -> None:
        self._set_progress(shown=False)

    def _set_progress(self, *, shown: bool) -> None:
        for widget in (self._progress_words, self._progress, self._cancel):
            widget.setVisible(shown)

    def _refuse(self, sentence: str) -> None:
        self._error.set_words(sentence)
        self._error.setVisible(bool(sentence))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        """In a narrow pane the buttons show their icons alone; their names stay."""
        wide = self.view.margin_width() > 0
        for button, name in (
            (self._paste, "Paste"),
            (self._open, "Open…"),
            (self._quote, "Quote"),
            (self._off, "Take off"),
        ):
            button.setText(name if wide else "")
            button.updateGeometry()

    def _measure(self) -> None:
        px = self._look.px
        self._column.setContentsMargins(0, px("room"), 0, 0)
        self._column.setSpacing(px("near"))
        self._head.setContentsMargins(px("pane") - px("snug"), 0, px("pane"), 0)
        self._head.setSpacing(px("tight"))
        for row in (self._progress_row, self._error_row):
            row.setContentsMargins(px("pane"), 0, px("pane"), 0)
            row.setSpacing(px("near"))
        self._sheet.setContentsMargins(px("near"), 0, px("hair"), 0)
        self._foot_row.setContentsMargins(px("part"), px("tight"), px("pane"), px("snug"))
        self._foot_row.setSpacing(px("tight"))


def _sources(data: QMimeData | None) -> list[Source]:
    """The files in what is dropped or pasted, else its text; Qt gives nothing at all for a clipboard without data."""
    if data is None:
        return []
    files: list[Source] = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if files:
        return files
    return [Pasted(data.text())] if data.text().strip() else []
