"""The keys of the editions: what each does by name, and those that work now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from encoder.gui.actions import Action
from encoder.gui.widgets.bars import Hint
from encoder.gui.widgets.focus import holds_focus

if TYPE_CHECKING:
    from encoder.gui.pages.data.page import DataPage
    from encoder.gui.wording.data import EditionRow

_F6 = Hint(("F6",), "next pane")


def commands(page: DataPage) -> list[Action]:
    """What can be done on the page, by name."""
    if page.panel.is_waiting():
        made = [
            Action("Import what was read", ("Ctrl", "Enter"), page.take_enter, "use edition"),
            Action("Leave what was read", ("Esc",), page.panel.leave.click, "cancel import"),
        ]
    elif page.work.work.busy():
        made = [Action("Cancel what is under way", ("Esc",), page.work.work.cancel, "stop import")]
    else:
        made = [
            Action("Import files", ("Ctrl", "I"), page.choose_files, "open edition zip table"),
            Action("Import the path on the clipboard", ("Ctrl", "V"), page.take_paste, "paste folder"),
            Action("Verify all editions", (), page.verify.click, "check hash damaged"),
        ]
        row = page.table.row()
        made += [] if row is None else _of_edition(page, row)
    made.append(Action("Show what covers another date", (), page.day.line.setFocus, "day edition"))
    return [*made, Action("Packs and keys", (), page.pack.click, "export sign trust")]


def _of_edition(page: DataPage, row: EditionRow) -> list[Action]:
    """What the buttons beside the table do with the edition that is chosen, or with the report that is shown."""
    keys = {"compare": ("Enter",), "turn": ("Del",)} if page.report.kind == "edition" and row.imported else {}
    return [
        Action(
            f"{button.text().rstrip('…')}: {row.label} {row.edition}",
            keys.get(name, ()),
            button.click,
            "edition report",
        )
        for name, button in page.report.buttons.items()
        if button.isVisibleTo(page.report) and button.isEnabled()
    ]


def hints(page: DataPage) -> list[Hint]:
    """The keys that work now, by what has the focus."""
    choose, end = Hint(("Ctrl", "I"), "import"), Hint(("Esc",), "back to the case")
    if page.panel.is_waiting():
        return [Hint(("Ctrl", "Enter"), "import what was read"), Hint(("Esc",), "leave it"), _F6]
    if page.work.work.busy():
        end = Hint(("Esc",), "cancel")
    row = page.table.row()
    if not holds_focus(page.table) or row is None:
        return [choose, Hint(("Tab",), "next control"), _F6, end]
    turn = "let it answer again" if row.state == "rolled back" else "roll back"
    own = [Hint(("Enter",), "what changed"), Hint(("Del",), turn)]
    return [
        choose,
        Hint(("↑", "↓"), "choose an edition"),
        *(own if row.imported and row.state != "damaged" else []),
        Hint(("Ctrl", "V"), "paste a path"),
        end,
    ]
