"""What the files of an import do not say, asked in place: first day, setting, columns, or whether it is right."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.choices import Segmented
from encoder.gui.widgets.dates import DateField
from encoder.gui.widgets.fields import Named, line
from encoder.gui.widgets.flow import Flow
from encoder.gui.widgets.lines import IconLine
from encoder.gui.widgets.text import Words

SETTINGS = (("practitioner", "Practitioner"), ("hospital", "Outpatient hospital"), ("dme", "Supplier"))
COLUMNS = ("code", "long", "medium", "short")
_ASKED = {
    "start": "**{where}** does not say from when it holds. What is its first day?",
    "setting": "**{where}** does not say for whom it is. Which setting is it?",
    "smaller": "{sentence} It looks cut. Is it right all the same?",
    "columns": "Which columns of **{where}** hold the code and the official texts? Write their letters or headings.",
}


class ImportQuestion(QWidget):
    """One question at a time.

    Signals:
        answered(str, object): what was asked, and a date, a setting, True, or the columns as they were written.
        left(): the import is not to go on.
    """

    answered = Signal(str, object)
    left = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.asks = ""
        self.text = IconLine(look, "query", "warn")
        self.day = DateField(look, "First day")
        self.setting = Segmented(look, "Setting", SETTINGS)
        self.fields = {name: line(f"Column of the {name}", "A") for name in COLUMNS}
        self._named = [Named(look, name.capitalize(), field, "field_date") for name, field in self.fields.items()]
        self.go_on = KeyButton(look, "Go on", kind="primary")
        self.leave = KeyButton(look, "Leave it", keys=("Esc",))
        self.fault = Words(look, "", "small", "stop")
        row = Flow(look)
        for widget in (self.day, self.setting, *self._named, self.go_on, self.leave):
            row.addWidget(widget)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.text)
        self._column.addLayout(row)
        self._column.addWidget(self.fault)
        self.day.refused.connect(self.refuse)
        for field in (self.day.line, *self.fields.values()):
            field.returnPressed.connect(self._answer)
        self.go_on.clicked.connect(self._answer)
        self.leave.clicked.connect(self.left)
        self._measure()
        look.changed.connect(self._measure)

    def ask(self, asks: str, where: str, sentence: str) -> None:
        """Ask for ``start``, ``setting``, ``smaller`` or ``columns`` of a file; ``sentence`` says what was found."""
        self.asks = asks
        found = sentence.partition("; it looks cut")[0] + "."
        self.text.set_words(_ASKED[asks].format(where=where, sentence=found))
        self.day.setVisible(asks == "start")
        self.setting.setVisible(asks == "setting")
        for named in self._named:
            named.setVisible(asks == "columns")
        self.go_on.setText("Import the smaller one" if asks == "smaller" else "Go on")
        self.refuse("")

    def refuse(self, sentence: str) -> None:
        """Say what is wrong with the answer; without a sentence nothing is."""
        self.fault.set_words(sentence)
        self.fault.setVisible(bool(sentence))

    def focus_main(self) -> None:
        """Put the focus on what is asked for."""
        if self.asks == "start":
            self.day.start_over()
            return
        firsts: dict[str, QWidget] = {
            "setting": self.setting.segment(self.setting.current()),
            "columns": self.fields["code"],
            "smaller": self.go_on,
        }
        firsts[self.asks].setFocus(Qt.FocusReason.TabFocusReason)

    def _answer(self) -> None:
        if self.asks == "start" and self.day.chosen() == date.min:
            self.refuse("Write the first day as year-month-day, for example 2026-07-01.")
            return
        written = ",".join(f"{name}={field.text().strip()}" for name, field in self.fields.items() if field.text())
        values: dict[str, object] = {
            "start": self.day.chosen(),
            "setting": self.setting.current(),
            "smaller": True,
            "columns": written,
        }
        self.answered.emit(self.asks, values[self.asks])

    def _measure(self) -> None:
        self._column.setSpacing(self._look.px("near"))
