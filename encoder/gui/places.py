"""The places of the program, each with its page: the one list that the rail, the menu and the keys are made from.

A further page is a module in ``encoder/gui/pages`` with a class derived from ``Page``, and one entry here. Ctrl with
the number of the entry goes there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from encoder.gui.pages.page import Page, Tools


@dataclass(frozen=True, slots=True)
class Place:
    """One place: its id, name, icon, what makes its page, and whether it stands at the foot of the rail."""

    id: str
    name: str
    icon: str
    make: Callable[[Tools], Page]
    at_foot: bool = False


def _case(tools: Tools) -> Page:
    from encoder.gui.pages.case import CasePage

    return CasePage(tools.look, tools.settings, tools.sources, tools.look.row_pictures())


def _help(tools: Tools) -> Page:
    from encoder.gui.pages.help import HelpPage

    return HelpPage(tools.look, tools.texts.topics(), tools.texts.text)


def _settings(tools: Tools) -> Page:
    from encoder.gui.pages.settings import SettingsPage

    page = SettingsPage(tools.look, tools.settings)
    page.chosen.connect(tools.choose)
    return page


CASE, HELP, SETTINGS = "case", "help", "settings"
PLACES = (
    Place(CASE, "Case", "case", _case),
    Place(HELP, "Help", "help", _help, at_foot=True),
    Place(SETTINGS, "Settings", "settings", _settings, at_foot=True),
)
