"""The operative note: pasted, opened or dropped, shown as it is and held in memory alone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.panels import SectionTitle
from encoder.gui.widgets.verdict import VerdictLine
from encoder.gui.wording.sources import many

_ENDINGS = (".txt", ".md")
_MOST_BYTES = 2_000_000
_EMPTY = (
    "No note yet. Paste it with Ctrl+V, or drop a text file here.\n\n"
    "The note stays in memory only:\nit is stored nowhere and goes with the case."
)


class NotePane(QFrame):
    """The text of the note, to be read and copied from. It is never altered.

    Signals:
        quote_wanted(): the selection is to be quoted in the query.
    """

    quote_wanted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setAcceptDrops(True)
        self.setProperty("fill", "sunken")
        self._title = SectionTitle(look, "The note")
        self._paste = KeyButton(look, "Paste", icon="paste", small=True)
        self._open = KeyButton(look, "Open…", icon="open", small=True)
        self._quote = KeyButton(look, "Quote", icon="quote", small=True)
        self._quote.setToolTip("Put the selected sentence into the query (Ctrl+Shift+Q)")
        self._quote.clicked.connect(self.quote_wanted)
        self._quote.hide()
        self._error = VerdictLine(look, "error")
        self.view = QPlainTextEdit()
        self.view.setReadOnly(True)
        self.view.setTabChangesFocus(True)
        self.view.setPlaceholderText(_EMPTY)
        self.view.setAccessibleName("The note")
        self.view.setAccessibleDescription("The operative note, to be read; it is not stored.")
        self.view.setAcceptDrops(False)
        self._head = QHBoxLayout()
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._quote)
        self._head.addWidget(self._paste)
        self._head.addWidget(self._open)
        self._error_row = QHBoxLayout()
        self._error_row.addWidget(self._error)
        paper = QFrame()
        paper.setProperty("fill", "surface")
        self._sheet = QVBoxLayout(paper)
        self._sheet.addWidget(self.view)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addLayout(self._error_row)
        self._column.addWidget(paper, 1)
        self._paste.clicked.connect(self.paste)
        self._open.clicked.connect(self._choose)
        self.show_text("")
        self._measure()
        look.changed.connect(self._measure)

    def show_text(self, text: str) -> None:
        """Show a note, or none."""
        self.view.setPlainText(text.strip())
        words = len(text.split())
        self._title.set_title("The note", many(words, "word") if words else "")
        self._refuse("")

    def offer_quote(self, *, offered: bool) -> None:
        """Offer to quote the selection in a query, or no longer."""
        self._quote.setVisible(offered)

    def text(self) -> str:
        """The note as it is, or an empty string."""
        return self.view.toPlainText()

    def selection(self) -> str:
        """What is selected in the note, lines parted by a space."""
        return " ".join(self.view.textCursor().selectedText().split())

    def paste(self) -> None:
        """Take the note from the clipboard."""
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self.show_text(text)
        else:
            self._refuse("There is no text to paste: copy the note first.")

    def open_file(self, file: Path) -> None:
        """Show a text file; what keeps it from being read is said in the pane."""
        try:
            self.show_text(_read(file))
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else str(error)
            self._refuse(f"{file.name} cannot be shown: {why}; save the note as plain text (.txt) and open that.")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.open_file(Path(files[0]))
        elif event.mimeData().text().strip():
            self.show_text(event.mimeData().text())
        event.acceptProposedAction()

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Open a note", "", f"Text ({' '.join(f'*{e}' for e in _ENDINGS)})")
        if name:
            self.open_file(Path(name))

    def _refuse(self, sentence: str) -> None:
        self._error.set_words(sentence)
        self._error.setVisible(bool(sentence))

    def _measure(self) -> None:
        px = self._look.px
        self._column.setContentsMargins(0, px("room"), 0, 0)
        self._column.setSpacing(px("near"))
        self._head.setContentsMargins(px("pane") - px("snug"), 0, px("pane"), 0)
        self._head.setSpacing(px("tight"))
        self._error_row.setContentsMargins(px("pane"), 0, px("pane"), 0)
        self._sheet.setContentsMargins(px("near"), 0, px("hair"), 0)
        self.view.document().setDocumentMargin(px("near"))


def _read(file: Path) -> str:
    """The text of a file; ValueError says why it is no text."""
    data = file.read_bytes()
    if len(data) > _MOST_BYTES:
        raise ValueError(f"it is larger than {_MOST_BYTES // 1_000_000} MB")
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ValueError("it is no plain text")
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError("its letters are in no encoding known here")
