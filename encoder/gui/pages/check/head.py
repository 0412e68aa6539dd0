"""What a claim is checked for: date of service, setting, and the locality of its values."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from encoder.core.book import HOSPITAL, PRACTITIONER
from encoder.core.claim import Claim
from encoder.core.edits.worth import NATIONAL, FeeBook
from encoder.gui.look import Look
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.choices import ComboBox, Segmented
from encoder.gui.widgets.dates import DateField
from encoder.gui.widgets.flow import Flow
from encoder.gui.widgets.text import Words

SETTINGS = ((PRACTITIONER, "Practitioner"), (HOSPITAL, "Outpatient hospital"))
_NONE = "No locality indices are loaded for this date; the data page imports them."


class CheckHead(QWidget):
    """The controls of the bar at the top.

    Signals:
        dated(date), set(str), placed(str): another date, setting or locality. paste_wanted(): lines are to be pasted.
    """

    dated = Signal(object)
    set = Signal(str)
    placed = Signal(str)
    paste_wanted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = DateField(look, "Date of service")
        self.setting = Segmented(look, "Setting", SETTINGS)
        self.locality = ComboBox(look, "Locality of the values")
        self.paste = KeyButton(look, "Paste lines", icon="paste")
        self._labels = [Words(look, name, "small", "text2", wrap=False) for name in ("Date of service", "Values")]
        row = Flow(look)
        for widget in (self._labels[0], self.day, self.setting, self._labels[1], self.locality, self.paste):
            row.addWidget(widget)
        self.setLayout(row)
        self.setFocusProxy(self.day.line)
        self.day.dated.connect(self.dated)
        self.setting.chosen.connect(self.set)
        self.locality.activated.connect(lambda at: self.placed.emit(self.locality.itemData(at)))
        self.paste.clicked.connect(self.paste_wanted)

    def show_claim(self, claim: Claim) -> None:
        """Show what the claim says."""
        self.day.show_date(claim.on)
        self.setting.set_current(claim.setting)
        self.locality.setCurrentIndex(max(self.locality.findData(claim.locality or NATIONAL), 0))

    def show_localities(self, book: FeeBook, claim: Claim) -> None:
        """Offer the localities that are loaded for the date of a claim."""
        self.locality.clear()
        self.locality.addItem("National", NATIONAL)
        for place in book.localities(claim.on):
            self.locality.addItem(f"{place.state} {place.number}, {place.name}", f"{place.contractor}{place.number}")
        self.locality.setEnabled(self.locality.count() > 1)
        self.locality.setToolTip("" if self.locality.count() > 1 else _NONE)
        self.show_claim(claim)

    def set_room(self, *, wide: bool, low: bool) -> None:
        """Labels only where there is room across, the button only where there is room down: its key still pastes."""
        for label in self._labels:
            label.setVisible(wide)
        self.paste.setVisible(not low)
