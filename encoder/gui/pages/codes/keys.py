"""The keys of the code book: what each does by name, and those that work now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from encoder.gui.actions import Action
from encoder.gui.widgets.bars import Hint
from encoder.gui.widgets.focus import holds_focus
from encoder.gui.wording import code as words

if TYPE_CHECKING:
    from encoder.gui.pages.codes.page import CodesPage


def commands(page: CodesPage) -> list[Action]:
    """What can be done on the page, by name."""
    made = [
        Action("Search in the code book", ("Ctrl", "F"), page.seek, "find code"),
        Action("Pick a diagnosis", ("Ctrl", "G"), page.pick, "icd site side"),
    ]
    if page.shown is None:
        return made
    code = page.shown.code
    own, other = page.origin()
    start = [Action(words.start(own, other), ("Ctrl", "R"), partial(page.start, other), "answers lead case")]
    return [
        Action(f"Copy {code}", ("Ctrl", "Shift", "C"), lambda: page.copy_code(False)),
        Action(f"Copy {code} with its title", ("Ctrl", "Shift", "T"), lambda: page.copy_code(True)),
        Action(f"Favourite: {code}", ("Ctrl", "D"), page.turn_favourite, "star keep"),
        Action(f"Write a note on {code}", ("Ctrl", "Shift", "N"), page.write_note, "own"),
        *(start if own else []),
        Action("Back to the code before", ("Alt", "←"), lambda: page.go(-1)),
        Action("Forward to the next code", ("Alt", "→"), lambda: page.go(1)),
        *made,
    ]


def hints(page: CodesPage) -> list[Hint]:
    """The keys that work now, by what has the focus."""
    if holds_focus(page.side.own.text):
        return [
            Hint(("Ctrl", "Enter"), "save the note"),
            Hint(("Esc",), "leave it"),
            Hint(("Tab",), "next control"),
        ]
    if page.is_picking() and holds_focus(page.right):
        return [
            Hint(("Tab",), "next choice"),
            Hint(("Ctrl", "Shift", "C"), "copy the code"),
            Hint(("Esc",), "close"),
        ]
    if holds_focus(page.side.field):
        return [
            Hint(("↑", "↓"), "choose"),
            Hint(("Enter",), "open"),
            Hint(("Ctrl", "↓"), "next group"),
            Hint(("Esc",), "back to the page"),
            Hint(("Ctrl", "G"), "pick a diagnosis"),
        ]
    if page.shown is None:
        return [
            Hint(("Ctrl", "F"), "search"),
            Hint(("Ctrl", "G"), "pick a diagnosis"),
            Hint(("Esc",), "to the case"),
        ]
    own, other = page.origin()
    last = min(len(page.columns.shown()), 9)
    return [
        Hint(("Alt", "1", "–", str(last)), "panel"),
        Hint(("Ctrl", "F"), "search"),
        *([Hint(("Ctrl", "R"), f"start from it{f' with {other}' if other else ''}")] if own else []),
        Hint(("Ctrl", "Shift", "C"), "copy"),
        Hint(("Ctrl", "D"), "favourite"),
        Hint(("Ctrl", "Shift", "N"), "note"),
        Hint(("Alt", "←"), "back"),
        Hint(("F6",), "next pane"),
        Hint(("Ctrl", "K"), "find or do anything"),
    ]
