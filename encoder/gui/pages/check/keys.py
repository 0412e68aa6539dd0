"""The keys of the claim check: what each does by name, and those that work now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from encoder.gui.actions import Action
from encoder.gui.pages.check.head import SETTINGS
from encoder.gui.widgets.bars import Hint
from encoder.gui.widgets.focus import holds_focus
from encoder.gui.wording import claim as words
from encoder.gui.wording.sources import lower_first

if TYPE_CHECKING:
    from encoder.gui.pages.check.page import CheckPage

_F6, _ESC = Hint(("F6",), "next pane"), Hint(("Esc",), "back to the case")


def commands(page: CheckPage) -> list[Action]:
    """What can be done on the page, by name."""
    checked, row = page.work.checked, page.list.row()
    count = words.fixable(checked)
    made = []
    if count:
        name = "Apply the fix" if count == 1 else f"Apply all {count} fixes"
        made.append(Action(name, ("Ctrl", "Enter"), page.take_enter, "mend claim"))
    if row is not None and row.fix:
        made.append(Action(f"Apply: {row.fix}", ("Enter",), partial(page.fix, row.finding), "fix finding"))
    if row is not None and row.spot is not None:
        made.append(Action("Change the line that is chosen", ("F2",), partial(page.edit, row.spot), "edit"))
        made.append(Action("Take the line off that is chosen", ("Del",), partial(page.remove, row.spot), "delete"))
    made.append(Action("Paste lines of a claim", ("Ctrl", "V"), page.take_paste, "clipboard"))
    made.append(Action("Enter a line of the claim", (), page.entry.focus_main, "type add code"))
    made.append(Action("Change the date of service of the claim", (), page.head.day.line.setFocus, "dos day"))
    made += [
        Action(f"Check as: {lower_first(name)}", (), partial(page.work.set_setting, setting), "setting hospital")
        for setting, name in SETTINGS
        if setting != checked.claim.setting
    ]
    if page.head.locality.isEnabled():
        made.append(Action("Choose the locality of the values", (), page.head.locality.setFocus, "payment place"))
    made.append(Action("Go to the claim", ("Alt", "1"), partial(page.show_part, 1), "lines findings"))
    made.append(Action("Go to what was checked", ("Alt", "2"), partial(page.show_part, 2), "proof values"))
    return made


def hints(page: CheckPage) -> list[Hint]:
    """The keys that work now, by what has the focus."""
    rows, row = page.list.rows(), page.list.row()
    if holds_focus(page.entry):
        up = [Hint(("↑",), "to the findings")] if rows else []
        return [Hint(("Enter",), page.entry.take.text().lower()), Hint(("Ctrl", "V"), "paste lines"), *up, _F6, _ESC]
    if not page.list.hasFocus() or row is None:
        return [Hint(("Ctrl", "V"), "paste lines"), Hint(("Tab",), "next control"), _F6, _ESC]
    keys = [one.key for one in rows if one.key]
    digits = [Hint((keys[0],) if len(keys) == 1 else (keys[0], "–", keys[-1]), "apply that fix")] if keys else []
    here = [Hint(("Enter",), "apply")] if row.fix else []
    all_keys = [Hint(("Ctrl", "Enter"), "apply all")] if words.fixable(page.work.checked) > 1 else []
    line = [Hint(("F2",), "change"), Hint(("Del",), "take off")] if row.spot else []
    return [*digits, *here, *all_keys, Hint(("Ctrl", "Z"), "undo"), *line, Hint(("Ctrl", "V"), "paste lines"), _F6]
