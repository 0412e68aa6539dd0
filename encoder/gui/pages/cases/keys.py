"""The keys of the cases: what each does by name, and those that work now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from encoder.gui.actions import Action
from encoder.gui.widgets.bars import Hint
from encoder.gui.widgets.focus import holds_focus
from encoder.gui.wording.cases import FILTERS

if TYPE_CHECKING:
    from encoder.gui.pages.cases.page import CasesPage


def commands(page: CasesPage) -> list[Action]:
    """What can be done on the page, by name."""
    if page.keeper.store != "open":
        return []
    made = [Action("Search the cases", ("Ctrl", "F"), page.search_cases, "label code words")]
    line = page.table.line()
    if line is not None:
        made += [
            Action(f"Resume case {line.label}", ("Enter",), partial(page.open_case, line.id), "open"),
            Action(f"Delete case {line.label}", ("Del",), partial(page.drop_case, line.id), "remove"),
        ]
    if page.can_take_back():
        made.append(Action("Bring the deleted case back", ("Ctrl", "Z"), page.take_back, "undo"))
    made += [
        Action(f"Show cases: {words}", ("Alt", str(number)), partial(page.show_part, number), "filter")
        for number, (_, words, _kinds) in enumerate(FILTERS, 1)
    ]
    made.append(Action("Export the list of cases", (), page.export, "csv save"))
    return [*made, Action("Choose another passphrase", (), page.change_passphrase, "password change")]


def hints(page: CasesPage) -> list[Hint]:
    """The keys that work now."""
    end = Hint(("Esc",), "back to the case")
    if page.keeper.store != "open" or page.asks_passphrase():
        return [Hint(("Enter",), "go on"), Hint(("Tab",), "next control"), end]
    find, filters = Hint(("Ctrl", "F"), "search here"), Hint(("Alt", "1", "–", str(len(FILTERS))), "filter")
    if not holds_focus(page.table):
        return [find, filters, Hint(("F6",), "next pane"), end]
    undo = [Hint(("Ctrl", "Z"), "bring back")] if page.can_take_back() else []
    return [Hint(("↑", "↓"), "choose"), Hint(("Enter",), "resume"), Hint(("Del",), "delete"), *undo, find, filters, end]
