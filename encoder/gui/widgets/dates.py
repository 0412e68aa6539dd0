"""A field for a date as year-month-day, with a calendar beside it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.buttons import KeyButton

_LENGTH = len("2026-05-01")


class DateField(QWidget):
    """What is typed counts as soon as it is a whole and right date; a wrong one is said when the field is left.

    Signals:
        dated(date): another date. refused(str): what is wrong with what was typed; empty when nothing is.
    """

    dated = Signal(object)
    refused = Signal(str)

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        """``name`` is the accessible name of the field."""
        super().__init__(parent)
        self._look, self._on, self._fault = look, date.min, ""
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText("2026-05-01")
        self._calendar = KeyButton(look, "", icon="calendar")
        self._calendar.setAccessibleName(f"Choose the {name[:1].lower()}{name[1:]} in a calendar")
        self.setFocusProxy(self.line)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.line)
        self._row.addWidget(self._calendar)
        self.line.editingFinished.connect(self._take)
        self.line.textEdited.connect(self._take_whole)
        self._calendar.clicked.connect(self._show_calendar)
        self._measure()
        look.changed.connect(self._measure)

    def chosen(self) -> date:
        """The last right date."""
        return self._on

    def show_date(self, on: date) -> None:
        """Show a date, without a signal; what is being typed stays while the date is the same."""
        if on != self._on or not self.line.hasFocus():
            self._on = on
            self.put_back()

    def put_back(self) -> None:
        """Show the last right date again."""
        self.line.setText(self._on.isoformat() if self._on != date.min else "")
        self._refuse("")

    def start_over(self) -> None:
        """Put the focus into the field, its text selected."""
        self.line.setFocus(Qt.FocusReason.TabFocusReason)
        self.line.selectAll()

    def _take_whole(self, text: str) -> None:
        self._refuse("")
        if len(text) == _LENGTH and not fault_of(text):
            self._take()

    def _take(self) -> None:
        text = self.line.text().strip()
        if not text and self._on == date.min:  # nothing was asked for yet
            return
        fault = fault_of(text)
        self._refuse(fault)
        if not fault and date.fromisoformat(text) != self._on:
            self._on = date.fromisoformat(text)
            self.dated.emit(self._on)

    def _refuse(self, sentence: str) -> None:
        if sentence != self._fault:
            self._fault = sentence
            self.line.setProperty("error", bool(sentence))
            self.line.style().unpolish(self.line)
            self.line.style().polish(self.line)
            self.refused.emit(sentence)

    def _show_calendar(self) -> None:
        calendar = QCalendarWidget(self)
        calendar.setWindowFlags(Qt.WindowType.Popup)
        calendar.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        if self._on != date.min:
            calendar.setSelectedDate(QDate(self._on.year, self._on.month, self._on.day))
        calendar.setAccessibleName("Calendar")

        def take(day: QDate) -> None:
            self.line.setText(day.toString(Qt.DateFormat.ISODate))
            calendar.close()
            self._take()

        calendar.activated.connect(take)
        calendar.clicked.connect(take)
        calendar.move(self.line.mapToGlobal(QPoint(0, self.line.height())))
        calendar.show()
        calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def _measure(self) -> None:
        self._row.setSpacing(self._look.px("tight"))
        self.line.setFixedWidth(self._look.px("field_date"))


def fault_of(text: str) -> str:
    """What is wrong with a date as typed, in one sentence; empty when nothing is."""
    try:
        if len(text) != _LENGTH:
            raise ValueError
        date.fromisoformat(text)
    except ValueError as error:
        why = str(error).rstrip(".").lower()
        known = {"month must be in 1..12": "there is no such month", "day is out of range for month": "no such day"}
        return f"“{text}”: {known.get(why, 'no date')}; write year-month-day, for example 2026-05-01"
    return ""
