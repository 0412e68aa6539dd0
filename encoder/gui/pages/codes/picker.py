"""A diagnosis picked by its kind, site and side; the seventh character is chosen where one is due."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from encoder.core import picker
from encoder.core.picker import Picked, Wish
from encoder.gui.book_work import BookWork
from encoder.gui.look import Look
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.choices import ComboBox
from encoder.gui.widgets.facts import Fact, FactTable
from encoder.gui.widgets.fields import Named
from encoder.gui.widgets.flow import Flow
from encoder.gui.widgets.scroller import Scroller
from encoder.gui.widgets.settle import lay_out_now
from encoder.gui.widgets.text import Heading, Inset
from encoder.gui.wording.sources import many, upper_first

_ANY = {"family": "any kind", "site": "any site", "side": "any side"}
_FIRST = "Choose a kind of diagnosis; the codes that fit stand here."
_NONE = "No code fits these choices; open one of them again."


class PickerPane(QWidget):
    """Three choices above the codes that are left.

    Signals:
        code_wanted(str): the page of a code. copy_wanted(str, str): a code for the clipboard, and what is then said.
        left(): back to the page of the code.
    """

    code_wanted = Signal(str)
    copy_wanted = Signal(str, str)
    left = Signal()

    def __init__(self, look: Look, book: BookWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._book = look, book
        self._wish = Wish()
        self._picked: tuple[Picked, ...] = ()
        self.heading = Heading(look, "Pick a diagnosis", "title_short")
        self.count = Inset(look, "", "small", "text2")
        self.boxes = {
            "family": ComboBox(look, "Kind, by behaviour"),
            "site": ComboBox(look, "Site"),
            "side": ComboBox(look, "Side"),
        }
        self.seventh = ComboBox(look, "Seventh character")
        self.codes = FactTable(look, "Codes that fit", label_role="body", text_role="body")
        self.copy = KeyButton(look, "Copy code", icon="copy", keys=("Ctrl", "Shift", "C"), kind="primary")
        self.open = KeyButton(look, "Open its page", icon="open")
        self.anew = KeyButton(look, "Choose anew", icon="rollback")
        self.leave = KeyButton(look, "Close", icon="close", keys=("Esc",))
        choices, doing = QWidget(), QWidget()
        row = Flow(look)
        for name, control in (
            *((c.accessibleName(), c) for c in self.boxes.values()),
            ("Seventh character", self.seventh),
        ):
            row.addWidget(Named(look, name, control))
        choices.setLayout(row)
        buttons = Flow(look)
        for button in (self.copy, self.open, self.anew, self.leave):
            buttons.addWidget(button)
        doing.setLayout(buttons)
        body = QWidget()
        body.setProperty("fill", "none")
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        for part in (choices, doing, self.count, self.codes):
            inner.addWidget(part)
        inner.addStretch(1)
        self._inner = inner
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.heading)
        self._column.addWidget(Scroller(body), 1)
        self._connect()
        self._measure()
        look.changed.connect(self._measure)

    def _connect(self) -> None:
        for name, control in self.boxes.items():
            control.activated.connect(lambda _at, of=name: self._choose(of))
        self.seventh.activated.connect(lambda _at: self._show_codes())
        self.codes.opened.connect(self._copy_row)
        self.codes.selectionModel().currentChanged.connect(lambda _now, _before: self._show_row())
        self.copy.clicked.connect(lambda: self.copy_wanted.emit(*self.copied()))
        self.open.clicked.connect(lambda: self.code_wanted.emit(self.code()) if self.code() else None)
        self.anew.clicked.connect(self.start)
        self.leave.clicked.connect(self.left)

    def start(self) -> None:
        """Begin with nothing chosen."""
        self._wish = Wish()
        self.show_offer()
        self.focus_main()

    def show_offer(self) -> None:
        """Offer what still goes together on the date of the case, and show the codes that are left."""
        desk, wish = self._book.desk(), self._wish
        offer = picker.offered(desk, wish)
        self._fill(
            "family", [(kind.id, f"{kind.group}: {kind.label}" if kind.group else kind.label) for kind in offer.kinds]
        )
        self._fill("site", [(site, site) for site in offer.sites])
        self._fill("side", [(side, side) for side in offer.sides])
        self._picked = picker.picked(desk, wish)
        letters = {letter: means for each in self._picked for letter, means in each.sevenths}
        before = self.seventh.currentData()
        self.seventh.clear()
        for letter, means in letters.items():
            self.seventh.addItem(f"{letter}  {means}" if means else letter, letter)
        self.seventh.setCurrentIndex(max(self.seventh.findData(before), 0))
        self.seventh.setEnabled(bool(letters))
        self.seventh.updateGeometry()
        self.seventh.setToolTip("" if letters else "None of these codes takes a seventh character.")
        self._show_codes()

    def _fill(self, name: str, offered: Sequence[tuple[str, str]]) -> None:
        """Offer choices beside what is chosen, and the way back from it."""
        control, chosen = self.boxes[name], str(getattr(self._wish, name))
        control.clear()
        control.addItem(_ANY[name], "")
        for value, said in offered:
            control.addItem(upper_first(said), value)
        control.setCurrentIndex(max(control.findData(chosen), 0))
        control.updateGeometry()

    def _choose(self, name: str) -> None:
        value = {each: str(control.currentData()) for each, control in self.boxes.items()}
        self._wish = Wish(value["family"], value["site"], value["side"])
        self.show_offer()
        self.boxes[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def _letter(self, each: Picked) -> str:
        """The seventh character for a code: the chosen one where it takes it, else its first."""
        letters = [letter for letter, _ in each.sevenths]
        chosen = str(self.seventh.currentData() or "")
        return chosen if chosen in letters else letters[0] if letters else ""

    def _show_codes(self) -> None:
        rows = []
        for each in self._picked:
            means = dict(each.sevenths).get(self._letter(each), "")
            rows.append(
                Fact(
                    each.whole(self._letter(each)),
                    each.whole(self._letter(each)),
                    f"{each.title}, {means}" if means else each.title,
                    code=True,
                    action="copy",
                    cite=each.note,
                )
            )
        self.codes.set_facts(rows)
        self.codes.setVisible(bool(rows))
        count = f"**{many(len(rows), 'code')}** on {self._book.on}" if rows else ""
        self.count.set_words(count or (_NONE if self._wish.family else _FIRST))
        self._show_row()
        if self.isVisible():
            lay_out_now()

    def code(self) -> str:
        """The current code with its seventh character, or the only one there is."""
        rows, at = self.codes.facts(), self.codes.currentIndex().row()
        return rows[at].id if 0 <= at < len(rows) else rows[0].id if len(rows) == 1 else ""

    def copied(self) -> tuple[str, str]:
        """What is copied, and what is then said."""
        code = self.code()
        return (code, f"Copied {code}.") if code else ("", "Nothing to copy yet: choose one of the codes.")

    def _show_row(self) -> None:
        for button in (self.copy, self.open):
            button.setEnabled(bool(self.code()))
            button.setToolTip("" if self.code() else "Choose one of the codes first.")

    def _copy_row(self, code: str) -> None:
        self.copy_wanted.emit(code, f"Copied {code}.")

    def focus_main(self) -> None:
        """Put the focus on the first choice."""
        self.boxes["family"].setFocus(Qt.FocusReason.TabFocusReason)

    def _measure(self) -> None:
        px = self._look.px
        self._column.setContentsMargins(px("pane") - px("tight"), px("pane"), px("tight"), 0)
        self._column.setSpacing(px("near"))
        self._inner.setContentsMargins(px("tight"), px("tight"), px("part"), px("pane"))
        self._inner.setSpacing(px("part"))
