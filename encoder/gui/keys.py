"""The keys of the window: what each does, wherever the focus is. A page may take some of them first."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

from encoder.gui.places import PLACES

if TYPE_CHECKING:
    from encoder.gui.desk import Desk

Does = Callable[[], object]


class Keys:
    """The shortcuts of a desk; while something lies over the page they can rest."""

    def __init__(self, desk: Desk) -> None:
        self._shortcuts: list[QShortcut] = []
        for key, does in _of_desk(desk).items():
            shortcut = QShortcut(QKeySequence(key), desk)
            shortcut.activated.connect(does)
            self._shortcuts.append(shortcut)

    def let(self, *, work: bool) -> None:
        """Let the keys work, or rest."""
        for shortcut in self._shortcuts:
            shortcut.setEnabled(work)


def _of_desk(desk: Desk) -> dict[str, Does]:
    case, work, first = desk.case, desk.work, desk.first

    def at_case(does: Does) -> Does:
        """Keys of the note and its quotes work where the case is on the screen."""
        return lambda: does() if desk.page() is case else None

    keys: dict[str, Does] = {
        "F1": desk.going.explain,
        "F6": partial(desk.next_pane, 1),
        "Shift+F6": partial(desk.next_pane, -1),
        "Ctrl+K": desk.open_finder,
        "Ctrl+Z": first.take_back,
        "Ctrl+Shift+C": desk.copy_page,
        "Ctrl+N": work.start_new,
        "Ctrl+S": desk.keeping.save,
        "Ctrl+L": desk.keeping.lock,
        "Ctrl+Return": first.enter,
        "Ctrl+Enter": first.enter,
        "Ctrl+Shift+Q": at_case(work.quote),
        "Ctrl+V": first.paste,
        "Ctrl+E": at_case(work.attach),
        "Ctrl+Shift+E": at_case(work.notes.take_off),
        "Ctrl+P": at_case(work.print),
        "F3": at_case(partial(case.step_mention, 1)),
        "Shift+F3": at_case(partial(case.step_mention, -1)),
        "Alt+M": case.question.turn_map,
        "Ctrl+R": first.start_from,
    }
    for number in range(1, 10):
        keys[f"Alt+{number}"] = partial(first.open_part, number)
    for number, place in enumerate(PLACES, 1):
        keys[f"Ctrl+{number}"] = partial(desk.show_place, place.id)
    return keys
