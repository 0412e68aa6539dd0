"""What a code is: the teaching picture, plain words, whose wording it is, and the notes of its row."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from encoder.core.page.model import CodePage
from encoder.gui.look import Look
from encoder.gui.pages.codes.panels import CodePanel
from encoder.gui.widgets.lines import IconLine
from encoder.gui.widgets.text import Inset
from encoder.gui.wording import code as words


class _Picture(QLabel):
    """A teaching picture with its description for readers."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._name = look, ""
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        look.changed.connect(self._draw)

    def show_picture(self, name: str) -> None:
        """Show another picture; gone without a name."""
        self._name = name
        self.setVisible(bool(name))
        self._draw()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _draw(self) -> None:
        if self._name:
            told = self._look.alternative(self._name)
            self.setPixmap(self._look.picture(self._name, "picture_code"))
            self.setAccessibleName(told.title)
            self.setAccessibleDescription(told.desc)
            self.setToolTip(told.desc)


class Overview(CodePanel):
    """The first panel of every page."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "What it is", parent)
        self.standing = IconLine(look, "warn", "warn", "", "body", "warn")
        self.picture = _Picture(look)
        self.plain = Inset(look, "", "body")
        self.wording = Inset(look, "", "label", "text3")
        beside = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, beside)
        self._row.setContentsMargins(0, 0, 0, 0)
        said = QVBoxLayout()
        said.addWidget(self.plain)
        said.addWidget(self.wording)
        said.addStretch(1)
        self._row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(said, 1)
        self._stands = QWidget()
        self._inset = QVBoxLayout(self._stands)
        self._inset.addWidget(self.standing)
        self.add(self._stands, 1)
        self.add(beside, 2)
        self._measure_standing()
        look.changed.connect(self._measure_standing)

    def show_page(self, page: CodePage) -> None:
        """Show picture and plain words of a page."""
        self.standing.set_words(page.standing)
        self._stands.setVisible(bool(page.standing))
        self.picture.show_picture(page.picture)
        self.plain.set_words(page.plain)
        self.plain.setVisible(bool(page.plain))
        self.wording.set_words(words.wording(page))

    def _measure_standing(self) -> None:
        self._inset.setContentsMargins(self._look.px("snug"), 0, self._look.px("snug"), 0)
