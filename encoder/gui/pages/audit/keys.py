"""The keys of the audit: what each does by name, and those that work now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from encoder.gui.actions import Action
from encoder.gui.widgets.bars import Hint

if TYPE_CHECKING:
    from encoder.gui.pages.audit.page import AuditPage

_PARTS = ("the file of claims", "the summary of the audit", "the findings of the audit")


def commands(page: AuditPage) -> list[Action]:
    """What can be done on the page, by name."""
    made = [Action("Choose a file of claims", ("Ctrl", "O"), page.form.choose_file, "open csv audit")]
    if page.work.work.busy():
        made.append(Action("Stop the audit", ("Esc",), page.work.work.cancel, "cancel"))
    elif page.form.run.isEnabled():
        made.append(Action("Run the audit", ("Ctrl", "Enter"), page.run, "start claims"))
    made.append(Action("Paste the path of a file of claims", ("Ctrl", "V"), page.take_paste, "clipboard"))
    made.append(Action("Choose where the findings go", (), page.form.choose_place, "save out csv"))
    made += [
        Action(f"Go to {name}", ("Alt", str(number)), partial(page.show_part, number), "audit")
        for number, name in enumerate(_PARTS, 1)
    ]
    return made


def hints(page: AuditPage) -> list[Hint]:
    """The keys that work now."""
    end = Hint(("Esc",), "stop the audit" if page.work.work.busy() else "back to the case")
    run = [Hint(("Ctrl", "Enter"), "run the audit")] if page.form.run.isEnabled() else []
    parts = Hint(("Alt", "1", "–", "3"), "file, summary, findings")
    return [Hint(("Ctrl", "O"), "choose a file"), *run, parts, Hint(("F6",), "next pane"), end]
