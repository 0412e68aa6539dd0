"""A fault, said instead of a page: what happened, where, why, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from encoder.gui.pages.page import Page


class ErrorPage(Page):
    """One sentence, to be read and copied. It is made of plain widgets, so that it also works when the look is broken.

    Signals:
        copy_wanted(str, str): the sentence is to be copied, and what is then said.
        undone(): the last answer is to be taken back.
    """

    copy_wanted = Signal(str, str)
    undone = Signal()

    def __init__(self, sentence: str, *, can_undo: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._title = QLabel("The questions cannot be asked")
        self._title.setProperty("title", True)
        self._after = QLabel(
            "No code is shown while this stands. Copy the sentence for whoever looks after the program."
        )
        self._after.setWordWrap(True)
        self.copy = QPushButton("Copy this sentence")
        self.undo = QPushButton("Take the last answer back")
        row = QHBoxLayout()
        for button in (self.copy, self.undo):
            row.addWidget(button)
        row.addStretch(1)
        inner = QVBoxLayout()
        for widget in (self._title, self.sentence, self._after):
            inner.addWidget(widget)
        inner.addLayout(row)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addLayout(inner)
        column.addStretch(2)
        em = self.fontMetrics().height()  # no token is at hand when the look itself is broken
        wide = em * 3
        column.setContentsMargins(wide, em, wide, em)
        inner.setSpacing(em)
        self.copy.clicked.connect(lambda: self.copy_wanted.emit(*self.copied()))
        self.undo.clicked.connect(self.undone)
        self.show_fault(sentence, can_undo=can_undo)

    def show_fault(self, sentence: str, *, can_undo: bool = False) -> None:
        """Say another fault; ``can_undo`` offers to take the last answer back."""
        self.sentence.setText(sentence)
        self.setAccessibleName(f"The questions cannot be asked: {sentence}")
        self.undo.setVisible(can_undo)
        self.undo.setDefault(can_undo)
        self.copy.setDefault(not can_undo)

    def copied(self) -> tuple[str, str]:
        return self.sentence.text(), "Copied the sentence."

    def focus_main(self) -> None:
        (self.undo if self.undo.isDefault() else self.copy).setFocus(Qt.FocusReason.OtherFocusReason)
