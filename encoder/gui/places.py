"""The places of the program, each with its page: the one list that the rail, the menu and the keys are made from.

A further page is a module in ``encoder/gui/pages`` with a class derived from ``Page``, and one entry here. Ctrl with
the number of the entry goes there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

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


def _cases(tools: Tools) -> Page:
    from encoder.gui.pages.cases.page import CasesPage

    return CasesPage(tools, tools.keeper())


def _check(tools: Tools) -> Page:
    from encoder.gui.claim_work import ClaimWork
    from encoder.gui.pages.check.page import CheckPage

    book, work = tools.library, ClaimWork(tools.library, tools.session.on)
    walk = partial(tools.show_place, CASE)
    return CheckPage(tools.look, tools.settings, tools.sources, book, work, tools.say, tools.copy, walk)


def _ask(tools: Tools) -> Page:
    from encoder.gui.ask_work import AskWork
    from encoder.gui.pages.ask.page import AskPage

    return AskPage(tools, AskWork(tools.book()))


def _codes(tools: Tools) -> Page:
    from encoder.gui.pages.codes.page import CodesPage

    return CodesPage(tools)


def _audit(tools: Tools) -> Page:
    from encoder.gui.audit_work import AuditWork
    from encoder.gui.pages.audit.page import AuditPage

    return AuditPage(tools.look, AuditWork(tools.library), tools.say)


def _data(tools: Tools) -> Page:
    from encoder.gui.editions_work import EditionsWork
    from encoder.gui.pages.data.page import DataPage

    def own() -> set[str]:
        result, kept = tools.session.view().result, tools.book().collection
        of_case = {line.code for line in result.lines} if result else set()
        return {*of_case, *kept.favourites, *(note.code for note in kept.notes)}

    work = EditionsWork(tools.library, tools.tables_changed)
    return DataPage(tools.look, tools.settings, work, tools.sources.title, tools.say, tools.session.on, own)


def _help(tools: Tools) -> Page:
    from encoder.gui.pages.help import HelpPage

    return HelpPage(tools.look, tools.texts.topics(), tools.texts.text)


def _settings(tools: Tools) -> Page:
    from encoder.gui.pages.settings import SettingsPage

    page = SettingsPage(tools.look, tools.settings)
    page.chosen.connect(tools.choose)
    return page


CASE, CASES, CHECK, CODES, ASK, AUDIT, DATA = "case", "cases", "check", "codes", "ask", "audit", "data"
HELP, SETTINGS = "help", "settings"
PLACES = (
    Place(CASE, "Case", "case", _case),
    Place(CASES, "Cases", "cases", _cases),
    Place(CHECK, "Check", "check", _check),
    Place(CODES, "Codes", "codes", _codes),
    Place(ASK, "Ask", "ask", _ask),
    Place(AUDIT, "Audit", "audit", _audit),
    Place(DATA, "Data", "data", _data),
    Place(HELP, "Help", "help", _help, at_foot=True),
    Place(SETTINGS, "Settings", "settings", _settings, at_foot=True),
)
