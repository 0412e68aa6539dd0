"""The bar at the top: label of the case, date of service, whose claim it is. Narrow windows fold the fields away.

A page that has a name and controls of its own shows them here in place of the fields of the case.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from encoder.gui.frames import Frame
from encoder.gui.look import Look
from encoder.gui.widgets.bars import EditionsStrip
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.case_button import CaseButton
from encoder.gui.widgets.choices import Segmented
from encoder.gui.widgets.dates import DateField
from encoder.gui.widgets.settle import lay_out_now
from encoder.gui.widgets.text import Words
from encoder.gui.widgets.verdict import VerdictLine

CLAIMS = (("surgeon", "Surgeon"), ("outpatient", "Facility, outpatient"), ("inpatient", "Facility, inpatient"))
_SHORT = {"surgeon": "surgeon", "outpatient": "outpatient", "inpatient": "inpatient"}


class PlaceBar(QFrame):
    """Fields in one row, or folded into one button that shows what they say.

    Signals:
        case_named(str): another label. dated(object): another date of service. claimed(str): another claim.
        menu_wanted(), new_wanted(), find_wanted(), pinned(bool): the buttons.
        left(): Esc in a field: back to the page.
    """

    case_named = Signal(str)
    dated = Signal(object)
    claimed = Signal(str)
    menu_wanted = Signal()
    new_wanted = Signal()
    find_wanted = Signal()
    pinned = Signal(bool)
    left = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._frame, self._unfolded = Frame(), False
        self._head: QWidget | None = None
        self.setProperty("fill", "surface")
        self.setProperty("edge", "bottom")
        self.menu = KeyButton(look, "", icon="menu")
        self.menu.setAccessibleName("Menu")
        self._says = CaseButton(look)
        self._title = Words(look, "", "place", wrap=False)
        self.case = QLineEdit()
        self._dated = DateField(look, "Date of service")
        self.date = self._dated.line
        self._error = VerdictLine(look, "error")
        self.claim = Segmented(look, "Claim", CLAIMS)
        self.new = KeyButton(look, "New case", icon="plus", keys=("Ctrl", "N"), small=True)
        self.search = KeyButton(look, "Find", icon="search", keys=("Ctrl", "K"))
        self.search.setAccessibleName("Find or do anything")
        self.pin = KeyButton(look, "On top", icon="pin")
        self.pin.setCheckable(True)
        self.mark = EditionsStrip(look)
        self.mark.set_form("mark")
        self._lay_out()
        self._connect()
        look.changed.connect(self._measure)

    def _lay_out(self) -> None:
        look = self._look
        self._fields = QWidget()
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._fields)
        self._pairs: list[QHBoxLayout] = []
        self._labels: list[Words] = []
        for words, inner in (("Case", self.case), ("Date of service", self._dated), ("Claim", self.claim)):
            pair = QHBoxLayout()
            self._labels.append(Words(look, words, "small", "text2", wrap=False))
            pair.addWidget(self._labels[-1])
            pair.addWidget(inner)
            pair.addStretch(0)
            self._pairs.append(pair)
            self._across.addLayout(pair)
        self._across.addStretch(1)
        self._row = QHBoxLayout()
        self._row.addWidget(self.menu)
        self._row.addWidget(self._title)
        self._row.addWidget(self._says)
        self._row.addWidget(self._fields, 1)
        self._row.addStretch(0)
        self._row.addWidget(self.mark)
        self._row.addWidget(self.search)
        self._row.addWidget(self.pin)
        self._row.addWidget(self.new)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._row)
        self._below = QHBoxLayout()
        self._column.addLayout(self._below)
        self._column.addWidget(self._error)
        self.case.setAccessibleName("Case")
        self.case.setAccessibleDescription("A label of your own, no name and no record number.")
        self.case.setPlaceholderText("label")
        self._error.hide()
        self._measure()

    def _connect(self) -> None:
        self.case.textEdited.connect(lambda text: self.case_named.emit(text.strip()))
        self._dated.dated.connect(self.dated)
        self._dated.refused.connect(self._refuse)
        self.claim.chosen.connect(self.claimed)
        self.menu.clicked.connect(self.menu_wanted)
        self.new.clicked.connect(self.new_wanted)
        self.search.clicked.connect(self.find_wanted)
        self.pin.toggled.connect(self.pinned)
        self._says.clicked.connect(lambda: self.unfold(unfolded=not self._unfolded))

    # -- what is shown ------------------------------------------------------------------------------------------------

    def show_case(self, case: str, on: date, claim: str) -> None:
        """Show label, date and claim as the case has them; what is being typed stays."""
        if self.case.text().strip() != case:
            self.case.setText(case)
        self._dated.show_date(on)
        if claim in dict(CLAIMS):
            self.claim.set_current(claim)
        self._says.show_case(case, on.isoformat(), _SHORT.get(claim, ""))

    def show_head(self, title: str, head: QWidget | None) -> None:
        """Show the name of a page and its own controls; without a name the fields of the case."""
        if self._head is not None:
            self._head.hide()
        self._title.set_words(title)
        self._head = head
        self._measure()
        if head is not None:
            head.show()

    def set_frame(self, frame: Frame) -> None:
        """Fields in the bar, or folded."""
        self._frame = frame
        self._measure()

    def unfold(self, *, unfolded: bool) -> None:
        """Show the folded fields below the bar, or fold them again."""
        self._unfolded = unfolded
        self._measure()
        lay_out_now()
        if self._unfolded:
            self.focus_date()

    def focus_main(self) -> None:
        """Put the focus on the first control of the bar."""
        first: QWidget = self.case if self._frame.across == "wide" else self._says
        if self._title.text():
            first = self._head or self.menu
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def focus_date(self) -> None:
        """Put the focus on the date of service, its text selected."""
        if self._frame.across != "wide" and not self._unfolded:
            self._unfolded = True
            self._measure()
            lay_out_now()
        self._dated.start_over()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._dated.put_back()
            if self._frame.across != "wide":
                self.unfold(unfolded=False)
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _refuse(self, sentence: str) -> None:
        self._error.set_words(sentence)
        self._error.setVisible(bool(sentence))
        lay_out_now()

    # -- measures -----------------------------------------------------------------------------------------------------

    def _measure(self) -> None:
        px, wide = self._look.px, self._frame.across == "wide"
        narrow = self._frame.across == "narrow"
        ways = QBoxLayout.Direction
        case = not self._title.text()
        self.menu.setVisible(not wide)
        self._title.setVisible(not case)
        self._says.setVisible(not wide and case)
        self.mark.setVisible(self._frame.across == "middle")
        self.pin.setVisible(narrow)
        self.search.set_keys(() if narrow else ("Ctrl", "K"))
        self.search.setText("" if narrow else "Find")
        self.new.setVisible(wide and case)
        self._unfolded = self._unfolded and not wide and case
        layout, other = (self._row, self._below) if wide else (self._below, self._row)
        for inner in filter(None, (self._fields, self._head)):
            other.removeWidget(inner)
            if layout.indexOf(inner) < 0:
                layout.insertWidget(3 if wide else 0, inner, 1)
        self._across.setDirection(ways.LeftToRight if wide else ways.TopToBottom)
        self._fields.setVisible(case and (wide or self._unfolded))
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(px("page") if wide else px("near"))
        widest = max(label.sizeHint().width() for label in self._labels)
        for pair, label in zip(self._pairs, self._labels, strict=True):
            pair.setSpacing(px("near"))
            pair.setStretch(pair.count() - 1, 0 if wide else 1)
            label.setMinimumWidth(0 if wide else widest)
        self._row.setSpacing(px("near") if case else px("page"))
        side, down = px("pane" if wide else "room"), px("room" if wide else "snug")
        self._column.setContentsMargins(side, down, side, down)
        self._column.setSpacing(px("near"))
        self.case.setFixedWidth(px("field_case"))
        self.date.setFixedWidth(px("field_date"))
        self.setMinimumHeight(px("place_bar") if wide else px("control") + 2 * px("snug"))
