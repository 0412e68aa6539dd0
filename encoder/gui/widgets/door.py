"""The card that asks for a passphrase: to begin the store of cases, to open it, or to choose another one."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.fields import Named, line
from encoder.gui.widgets.flow import Flow
from encoder.gui.widgets.lines import IconLine
from encoder.gui.widgets.panels import Callout
from encoder.gui.widgets.scroller import Scroller
from encoder.gui.widgets.text import Heading, Inset
from encoder.gui.wording import cases as words

DoorKind = Literal["make", "open", "change"]
_BUTTONS: dict[DoorKind, str] = {"make": "Keep cases here", "open": "Open", "change": "Use the new passphrase"}


class Door(QFrame):
    """Fields for a passphrase that is never shown and let go of as soon as it is handed over.

    Signals:
        entered(str, str): the passphrase, and the old one where another was chosen.
        left(): the other button.
    """

    entered = Signal(str, str)
    left = Signal()

    def __init__(
        self, look: Look, kind: DoorKind, title: str, text: str, leave: str = "", parent: QWidget | None = None
    ) -> None:
        """``leave`` are the words of the other button; without them there is none."""
        super().__init__(parent)
        self._look, self._kind = look, kind
        self.setProperty("fill", "paper")
        self.setAccessibleName(title)
        self.title, self.text = Heading(look, title), Inset(look, text, "body", "text2")
        self.old = line("Passphrase until now", secret=True)
        self.first = line("New passphrase" if kind == "change" else "Passphrase", secret=True)
        self.again = line("The same once more", secret=True)
        self.go = KeyButton(look, _BUTTONS[kind], keys=("Enter",), kind="primary")
        self.leave = KeyButton(look, leave)
        self._length = IconLine(look, *words.length(""), "small")
        self._fault = IconLine(look, "stop", "stop", "", "small", "stop")
        self._warning = Callout(look, "warn", *words.MAKE_WARNING)
        fields = [self.old, self.first, self.again]
        shown = {"make": fields[1:], "open": fields[1:2], "change": fields}[kind]
        self._fields = QWidget()
        row = Flow(look, gap="part")
        for field in shown:
            row.addWidget(Named(look, field.accessibleName(), field, "field_secret"))
        self._fields.setLayout(row)
        self._column = QVBoxLayout(self)
        self._inner = QVBoxLayout()
        for widget in (self._fields, self._length, self._warning, self._fault):
            self._inner.addWidget(widget)
        self._buttons = QHBoxLayout()
        self._buttons.addWidget(self.leave)
        self._buttons.addStretch(1)
        self._buttons.addWidget(self.go)
        self._column.addWidget(self.title)
        self._column.addWidget(self.text)
        self._column.addLayout(self._inner)
        self._column.addLayout(self._buttons)
        self._length.setVisible(kind != "open")
        self._warning.setVisible(kind == "make")
        self.leave.setVisible(bool(leave))
        self._connect(shown)
        self.refuse("")
        self._measure()
        look.changed.connect(self._measure)

    def _connect(self, shown: list[QLineEdit]) -> None:
        for field in (self.old, self.first, self.again):
            field.returnPressed.connect(self._enter)
            field.textChanged.connect(self._typed)
            field.setVisible(field in shown)
        self.go.clicked.connect(self._enter)
        self.leave.clicked.connect(self.left)

    def refuse(self, sentence: str) -> None:
        """Say why it did not open; without a sentence all is well. Either way it can be tried again."""
        self._fault.set_words(sentence)
        self._fault.setVisible(bool(sentence))
        self.setEnabled(True)
        if sentence and self.isVisible():
            self.focus_main()

    def say(self, title: str, text: str) -> None:
        """Other words over the fields."""
        self.title.set_words(title)
        self.text.set_words(text)
        self.setAccessibleName(title)

    def focus_main(self) -> None:
        """Put the focus on the first field, what is in it selected."""
        field = self.old if self._kind == "change" else self.first
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.selectAll()

    def forget(self) -> None:
        """Empty every field."""
        for field in (self.old, self.first, self.again):
            field.clear()
        self.refuse("")

    def _typed(self) -> None:
        self._length.show_line(*words.length(self.first.text()))
        self._fault.hide()

    def _enter(self) -> None:
        first, again = self.first.text(), self.again.text()
        if self._kind != "open" and first and not again:
            self.again.setFocus(Qt.FocusReason.TabFocusReason)
        elif self._kind != "open" and first != again:
            self.refuse("The two passphrases are not the same; type them again.")
        elif not first:
            self.refuse("Type the passphrase.")
        else:
            self.setEnabled(False)
            self.entered.emit(first, self.old.text())

    def _measure(self) -> None:
        px = self._look.px
        side = px("wide") - px("snug")
        self._column.setContentsMargins(side, px("page"), side, px("page"))
        self._column.setSpacing(px("part"))
        self._inner.setContentsMargins(px("snug"), 0, px("snug"), 0)
        self._inner.setSpacing(px("near"))
        self._buttons.setContentsMargins(px("snug"), px("near"), px("snug"), 0)
        self.setMaximumWidth(px("door"))


class Hall(QFrame):
    """A door in the middle of a page, which scrolls where it is too low for it."""

    def __init__(self, look: Look, door: Door, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self.door = look, door
        self.setProperty("fill", "window")
        body = QWidget()
        body.setProperty("fill", "none")
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(door, 100)
        row.addStretch(1)
        self._column = QVBoxLayout(body)
        self._column.addStretch(2)
        self._column.addLayout(row)
        self._column.addStretch(3)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(Scroller(body))
        self._measure()
        look.changed.connect(self._measure)

    def _measure(self) -> None:
        room = self._look.px("part")
        self._column.setContentsMargins(room, room, room, room)
