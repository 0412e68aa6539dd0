"""The rail at the left: the mark, and the places of the program. In narrow windows a menu stands in for it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QToolButton, QVBoxLayout, QWidget

from encoder.gui.look import Look
from encoder.gui.places import Place


class Rail(QFrame):
    """Checkable buttons, one for each place.

    Signals:
        chosen(str): the id of a place.
    """

    chosen = Signal(str)

    def __init__(self, look: Look, places: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setProperty("fill", "sunken")
        self.setProperty("edge", "right")
        self._mark = QLabel()
        self._mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._mark.setAccessibleName("Graftpath")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._mark)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        stretched = False
        for number, place in enumerate(places, 1):
            if place.at_foot and not stretched:
                self._column.addStretch(1)
                stretched = True
            self._column.addWidget(self._button(place, number))
        self._group.idClicked.connect(lambda at: self.chosen.emit(places[at].id))
        self._places = tuple(places)
        self._dress()
        look.changed.connect(self._dress)

    def _button(self, place: Place, number: int) -> QToolButton:
        button = QToolButton()
        button.setText(place.name)
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setProperty("rail", True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(f"{place.name} (Ctrl+{number})")
        button.setAccessibleName(place.name)
        button.setAccessibleDescription(f"Key: Ctrl+{number}")
        self._group.addButton(button, number - 1)
        self._buttons[place.id] = button
        return button

    def show_place(self, place: str) -> None:
        """Mark a place as the one that is shown."""
        self._buttons[place].setChecked(True)
        self._dress()

    def focus_main(self) -> None:
        """Put the focus on the place that is shown."""
        shown = self._group.checkedButton()
        if shown is not None:
            shown.setFocus(Qt.FocusReason.TabFocusReason)

    def _dress(self) -> None:
        px = self._look.px
        self.setFixedWidth(px("rail"))
        self._mark.setFixedHeight(px("place_bar"))
        self._mark.setPixmap(self._look.mark())
        for place in self._places:
            button = self._buttons[place.id]
            button.setFixedWidth(px("rail") - px("edge"))
            button.setIconSize(QSize(px("icon_rail"), px("icon_rail")))
            button.setIcon(self._look.icon(place.icon, "accent" if button.isChecked() else "text2", "icon_rail"))
