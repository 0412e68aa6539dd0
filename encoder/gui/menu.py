"""The menu of a window too narrow for the rail: the places, and what else is done from everywhere."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from encoder.gui.places import PLACES

if TYPE_CHECKING:
    from encoder.gui.desk import Desk


def show_menu(desk: Desk) -> None:
    """Open the menu under its button."""
    menu, button = QMenu(desk), desk.bar.menu
    for number, place in enumerate(PLACES, 1):
        menu.addAction(f"{place.name}\tCtrl+{number}", partial(desk.show_place, place.id))
    menu.addSeparator()
    menu.addAction("Find or do anything\tCtrl+K", desk.open_finder)
    menu.addAction("New case\tCtrl+N", desk.work.start_new)
    menu.addAction("Save the case\tCtrl+S", desk.keeping.save)
    menu.addAction("Case, date of service, claim", desk.bar.focus_date)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
