"""The bar at the top: label of the case, date of service, whose claim it is. Narrow windows fold the fields away."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QCalendarWidget, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from encoder.gui.frames import Frame
from encoder.gui.look import Look
from encoder.gui.widgets.bars import EditionsStrip
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.case_button import CaseButton
from encoder.gui.widgets.choices import Segmented
from encoder.gui.widgets.settle import lay_out_now
from encoder.gui.widgets.text import Words
from encoder.gui.widgets.verdict import VerdictLine

CLAIMS = (("surgeon", "Surgeon"), ("outpatient", "Facility, outpatient"), ("inpatient", "Facility, inpatient"))
_SHORT = {"surgeon": "surgeon", "outpatient": "outpatient", "inpatient": "inpatient"}
_DATE_LENGTH = len("2026-05-01")


class PlaceBar(QFrame):
    """Fields in one row, or folded into one button that shows what they say.

    Signals:
        case_named(str): another label. dated(object): another date of service. claimed(str): another claim.
        menu_wanted(), new_wanted(), pinned(bool): the buttons.
        left(): Esc in a field: back to the page.
    """

    case_named = Signal(str)
    dated = Signal(object)
    claimed = Signal(str)
    menu_wanted = Signal()
    new_wanted = Signal()
    pinned = Signal(bool)
    left = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._frame, self._unfolded = Frame(), False
        self._on = date.min
        self.setProperty("fill", "surface")
        self.setProperty("edge", "bottom")
        self.menu = KeyButton(look, "", icon="menu")
        self.menu.setAccessibleName("Menu")
        self._says = CaseButton(look)
        self.case = QLineEdit()
        self.date = QLineEdit()
        self._calendar = KeyButton(look, "", icon="calendar")
        self._error = VerdictLine(look, "error")
        self.claim = Segmented(look, "Claim", CLAIMS)
        self.new = KeyButton(look, "New case", icon="plus", keys=("Ctrl", "N"), small=True)
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
        dated = QHBoxLayout()
        dated.addWidget(self.date)
        dated.addWidget(self._calendar)
        parts: tuple[tuple[str, QWidget | QHBoxLayout], ...] = (
            ("Case", self.case),
            ("Date of service", dated),
            ("Claim", self.claim),
        )
        for words, inner in parts:
            pair = QHBoxLayout()
            self._labels.append(Words(look, words, "small", "text2", wrap=False))
            pair.addWidget(self._labels[-1])
            if isinstance(inner, QWidget):
                pair.addWidget(inner)
            else:
                pair.addLayout(inner)
            pair.addStretch(0)
            self._pairs.append(pair)
            self._across.addLayout(pair)
        self._across.addStretch(1)
        self._dated = dated
        self._row = QHBoxLayout()
        self._row.addWidget(self.menu)
        self._row.addWidget(self._says)
        self._row.addWidget(self._fields, 1)
        self._row.addStretch(0)
        self._row.addWidget(self.mark)
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
        self.date.setAccessibleName("Date of service")
        self.date.setPlaceholderText("2026-05-01")
        self._calendar.setAccessibleName("Choose the date of service in a calendar")
        self._error.hide()
        self._measure()

    def _connect(self) -> None:
        self.case.textEdited.connect(lambda text: self.case_named.emit(text.strip()))
        self.date.editingFinished.connect(self._take_date)
        self.date.textEdited.connect(self._take_whole_date)
        self.claim.chosen.connect(self.claimed)
        self._calendar.clicked.connect(self._show_calendar)
        self.menu.clicked.connect(self.menu_wanted)
        self.new.clicked.connect(self.new_wanted)
        self.pin.toggled.connect(self.pinned)
        self._says.clicked.connect(lambda: self.unfold(unfolded=not self._unfolded))

    # -- what is shown ------------------------------------------------------------------------------------------------

    def show_case(self, case: str, on: date, claim: str) -> None:
        """Show label, date and claim as the case has them; what is being typed stays."""
        if self.case.text().strip() != case:
            self.case.setText(case)
        if on != self._on or not self.date.hasFocus():
            self._on = on
            self.date.setText(on.isoformat())
            self._refuse("")
        if claim in dict(CLAIMS):
            self.claim.set_current(claim)
        self._says.show_case(case, on.isoformat(), _SHORT.get(claim, ""))

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
        first = self.case if self._frame.across == "wide" else self._says
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def focus_date(self) -> None:
        """Put the focus on the date of service, its text selected."""
        if self._frame.across != "wide" and not self._unfolded:
            self._unfolded = True
            self._measure()
            lay_out_now()
        self.date.setFocus(Qt.FocusReason.TabFocusReason)
        self.date.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.date.setText(self._on.isoformat())
            self._refuse("")
            if self._frame.across != "wide":
                self.unfold(unfolded=False)
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # -- the date -----------------------------------------------------------------------------------------------------

    def _take_whole_date(self, text: str) -> None:
        """While typing, a date counts as soon as it is whole and right; a wrong one is said when the field is left."""
        self._refuse("")
        if len(text) == _DATE_LENGTH and not _fault(text):
            self._take_date()

    def _take_date(self) -> None:
        text = self.date.text().strip()
        fault = _fault(text)
        self._refuse(fault)
        if not fault and date.fromisoformat(text) != self._on:
            self._on = date.fromisoformat(text)
            self.dated.emit(self._on)

    def _refuse(self, sentence: str) -> None:
        if sentence != self._error.text() or bool(sentence) != self._error.isVisibleTo(self):
            self._error.set_words(sentence)
            self._error.setVisible(bool(sentence))
            self.date.setProperty("error", bool(sentence))
            self.date.style().unpolish(self.date)
            self.date.style().polish(self.date)
            lay_out_now()

    def _show_calendar(self) -> None:
        calendar = QCalendarWidget(self)
        calendar.setWindowFlags(Qt.WindowType.Popup)
        calendar.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setSelectedDate(QDate(self._on.year, self._on.month, self._on.day))
        calendar.setAccessibleName("Calendar")

        def take(day: QDate) -> None:
            self.date.setText(day.toString(Qt.DateFormat.ISODate))
            calendar.close()
            self._take_date()

        calendar.activated.connect(take)
        calendar.clicked.connect(take)
        calendar.move(self.date.mapToGlobal(QPoint(0, self.date.height())))
        calendar.show()
        calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    # -- measures -----------------------------------------------------------------------------------------------------

    def _measure(self) -> None:
        px, wide = self._look.px, self._frame.across == "wide"
        narrow = self._frame.across == "narrow"
        ways = QBoxLayout.Direction
        self.menu.setVisible(not wide)
        self._says.setVisible(not wide)
        self.mark.setVisible(self._frame.across == "middle")
        self.pin.setVisible(narrow)
        self.new.setVisible(wide)
        self._unfolded = self._unfolded and not wide
        layout, other = (self._row, self._below) if wide else (self._below, self._row)
        other.removeWidget(self._fields)
        if layout.indexOf(self._fields) < 0:
            layout.insertWidget(2 if wide else 0, self._fields, 1)
        self._across.setDirection(ways.LeftToRight if wide else ways.TopToBottom)
        self._fields.setVisible(wide or self._unfolded)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(px("page") if wide else px("near"))
        widest = max(label.sizeHint().width() for label in self._labels)
        for pair, label in zip(self._pairs, self._labels, strict=True):
            pair.setSpacing(px("near"))
            pair.setStretch(pair.count() - 1, 0 if wide else 1)
            label.setMinimumWidth(0 if wide else widest)
        self._dated.setSpacing(px("tight"))
        self._row.setSpacing(px("near"))
        side, down = px("pane" if wide else "room"), px("room" if wide else "snug")
        self._column.setContentsMargins(side, down, side, down)
        self._column.setSpacing(px("near"))
        self.case.setFixedWidth(px("field_case"))
        self.date.setFixedWidth(px("field_date"))
        self.setMinimumHeight(px("place_bar") if wide else px("control") + 2 * px("snug"))


def _fault(text: str) -> str:
    """What is wrong with a date as typed, in one sentence; empty when nothing is."""
    try:
        if len(text) != _DATE_LENGTH:
            raise ValueError
        date.fromisoformat(text)
    except ValueError as error:
        why = str(error).rstrip(".").lower()
        known = {"month must be in 1..12": "there is no such month", "day is out of range for month": "no such day"}
        return f"“{text}”: {known.get(why, 'no date')}; write year-month-day, for example 2026-05-01"
    return ""
