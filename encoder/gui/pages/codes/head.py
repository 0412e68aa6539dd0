"""The head of a code page: the code, its title, short facts, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from encoder.core.page.model import CodePage
from encoder.gui.look import Look
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.flow import Flow
from encoder.gui.widgets.panels import TagLabel
from encoder.gui.widgets.text import Words
from encoder.gui.wording import code as words


class CodeHead(QFrame):
    """Code and title at the left, the buttons at the right; in a narrow window the buttons stand below.

    Signals:
        copy_wanted(bool): copy the code, with its title when true. favourite_wanted(): put it among the favourites, or
            take it out. back_wanted(), forward_wanted(): through the codes that were looked at. list_wanted(): back to
            the search, where it is not beside the page. start_wanted(): the answers that lead to the code.
    """

    copy_wanted = Signal(bool)
    favourite_wanted = Signal()
    back_wanted = Signal()
    forward_wanted = Signal()
    list_wanted = Signal()
    start_wanted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setProperty("fill", "surface")
        self.setProperty("edge", "bottom")
        self.code = Words(look, "", "code_large", wrap=False)
        self.title = Words(look, "", "place")
        self.back = KeyButton(look, "", icon="back", kind="flat")
        self.forward = KeyButton(look, "", icon="right", kind="flat")
        self.list = KeyButton(look, "Search", icon="search")
        self.copy = KeyButton(look, "Copy", icon="copy", kind="primary")
        self.whole = KeyButton(look, "With title", icon="copy")
        self.favourite = KeyButton(look, "", icon="star")
        self.favourite.setCheckable(True)
        self.start = KeyButton(look, "Start from it", icon="case")
        self._tags = QWidget()
        self._tags_row = Flow(look, gap="tight")
        self._tags.setLayout(self._tags_row)
        self._shown: list[TagLabel] = []
        self._lay_out()
        self._name_buttons()
        self.copy.clicked.connect(lambda: self.copy_wanted.emit(False))
        self.whole.clicked.connect(lambda: self.copy_wanted.emit(True))
        self.favourite.clicked.connect(self.favourite_wanted)
        self.back.clicked.connect(self.back_wanted)
        self.forward.clicked.connect(self.forward_wanted)
        self.list.clicked.connect(self.list_wanted)
        self.start.clicked.connect(self.start_wanted)
        self._measure()
        look.changed.connect(self._measure)

    def _lay_out(self) -> None:
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._first, self._named = QHBoxLayout(), QVBoxLayout()
        for button in (self.back, self.forward):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            self._first.addWidget(button)
        self._first.addWidget(self.code)
        self._first.addStretch(1)
        self._named.addWidget(self.title)
        self._named.addWidget(self._tags)
        self._said = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._said.addLayout(self._first)
        self._said.addLayout(self._named, 1)
        self._row.addLayout(self._said, 1)
        self._buttons = QWidget()
        flow = Flow(self._look)
        for button in (self.list, self.copy, self.whole, self.favourite, self.start):
            flow.addWidget(button)
        self._buttons.setLayout(flow)
        self._row.addWidget(self._buttons, 0, Qt.AlignmentFlag.AlignVCenter)

    def _name_buttons(self) -> None:
        self.show_steps("", "")
        self.back.setAccessibleDescription("Key: Alt+Left")
        self.forward.setAccessibleDescription("Key: Alt+Right")
        self.copy.setAccessibleName("Copy the code")
        self.copy.setAccessibleDescription("Key: Ctrl+Shift+C")
        self.copy.setToolTip("Copy the code (Ctrl+Shift+C)")
        self.whole.setAccessibleName("Copy the code with its title")
        self.whole.setToolTip("Copy the code with its title (Ctrl+Shift+T)")
        self.whole.setAccessibleDescription("Key: Ctrl+Shift+T")
        self.favourite.setToolTip("Favourite (Ctrl+D)")
        self.start.setAccessibleDescription("Key: Ctrl+R")
        self.start.setToolTip("The answers that lead to the code, to start the tree with (Ctrl+R)")

    def show_page(self, page: CodePage, *, starts: bool) -> None:
        """Show the head of a page; ``starts``: a case can be started from its code."""
        self.start.setVisible(starts)
        self.start.setAccessibleName(words.start(page.code, ""))
        self.code.set_words(page.code)
        self.title.set_words(page.title.replace("`", "'").replace("**", "* *"))
        for tag in self._shown:
            self._tags_row.removeWidget(tag)
            tag.hide()
            tag.deleteLater()
        self._shown = [TagLabel(self._look, tag) for tag in words.tags(page)]
        for label in self._shown:
            self._tags_row.addWidget(label)
            label.show()
        self._tags.updateGeometry()

    def show_favourite(self, favourite: bool, fault: str) -> None:
        """Show whether the code is a favourite; ``fault`` says why none can be kept."""
        self.favourite.set_icon_name("starred" if favourite else "star")
        self.favourite.setChecked(favourite)
        self.favourite.setAccessibleName("Take out of the favourites" if favourite else "Put among the favourites")
        self.favourite.setAccessibleDescription(f"Key: Ctrl+D. {fault}".strip())
        self.favourite.setEnabled(not fault)
        self.favourite.updateGeometry()

    def show_steps(self, back: str, forward: str) -> None:
        """Show the codes to go back and forward to; an empty one is none."""
        self.back.setEnabled(bool(back))
        self.forward.setEnabled(bool(forward))
        self.back.setToolTip(f"Back to {back} (Alt+Left)" if back else "No code was looked at before")
        self.forward.setToolTip(f"Forward to {forward} (Alt+Right)" if forward else "No code comes after this one")
        self.back.setAccessibleName(f"Back to {back}" if back else "Back to the code before")
        self.forward.setAccessibleName(f"Forward to {forward}" if forward else "Forward to the next code")

    def set_room(self, *, wide: bool, narrow: bool) -> None:
        """The buttons below where there is little room across."""
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.LeftToRight if wide else ways.TopToBottom)
        self._said.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self.list.setVisible(narrow)
        self._named.setContentsMargins(self._look.px("near") if narrow else 0, 0, 0, 0)

    def _measure(self) -> None:
        px = self._look.px
        self._row.setContentsMargins(px("near"), px("room"), px("pane"), px("room"))
        self._row.setSpacing(px("near"))
        self._said.setSpacing(px("near"))
        self._first.setSpacing(px("hair"))
        self._named.setSpacing(px("tight"))
