"""Keeping cases as the coder meets it: saving, the locked door, what the hint bar says, and locking after a while."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from encoder.core.kept import OPEN, Row
from encoder.gui.idle import Idle
from encoder.gui.places import CASE, CASES, PLACES
from encoder.gui.settings import Settings
from encoder.gui.widgets.door import Door, Hall
from encoder.gui.wording import cases as words

if TYPE_CHECKING:
    from encoder.gui.desk import Desk

_NO_FOLDER = "No folder is set for cases; name one in GRAFTPATH_DATA."
_NOT_OPEN = "There is nothing to lock: no cases are open."
_NOTHING = "Nothing to save yet: answer a question, give the case a label, or add its note."


class Keeping:
    """Joins the store of cases with the desk. ``gate`` stands in place of everything while the cases are locked."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        self._desk, self._settings, keeper = desk, settings, desk.keeper
        self._save_then = False
        look = desk.look
        self.gate = Hall(look, Door(look, "open", words.OPEN_TITLE, words.OPEN_WORDS, words.WITHOUT))
        self.idle = Idle(desk)
        self.idle.passed.connect(keeper.lock)
        self.gate.door.entered.connect(lambda passphrase, _old: keeper.unlock(passphrase))
        self.gate.door.left.connect(lambda: desk.show_gate(shown=False))
        keeper.opened.connect(self._opened)
        keeper.shut.connect(self._shut)
        keeper.changed.connect(self.show_foot)
        keeper.refused.connect(self._refused)
        keeper.taken_up.connect(self._taken_up)
        desk.work.shown.connect(lambda _view: self.show_foot())

    def begin(self) -> None:
        """As the window opens: the door, where there are cases."""
        self.show_foot()
        if self._desk.keeper.store == "locked":
            self._desk.show_gate(shown=True)

    def locked(self) -> bool:
        """Whether the door stands before everything."""
        return self.gate.isVisibleTo(self._desk)

    def save(self) -> None:
        """Save the case with its note, quotes and queries; where there is no open store, make or open it first."""
        desk, keeper = self._desk, self._desk.keeper
        if not keeper.possible():
            desk.messages.tell(_NO_FOLDER)
        elif keeper.store != "open":
            self._save_then = True
            desk.show_place(CASES)
        elif keeper.save():
            desk.messages.say("Saved with its note, quotes and queries.", "Later changes too.")
        else:
            desk.messages.tell(_NOTHING)

    def lock(self) -> None:
        """Lock the cases now."""
        if self._desk.keeper.store == "open":
            self._desk.keeper.lock()
        else:
            self._desk.messages.tell(_NOT_OPEN)

    def wait(self) -> None:
        """Lock when nobody uses the window for as long as is chosen."""
        open_now = self._desk.keeper.store == "open"
        self.idle.wait(self._settings.choices.lock_minutes if open_now else 0)

    def show_foot(self) -> None:
        """What the hint bar says of keeping."""
        keeper, work = self._desk.keeper, self._desk.work
        said = words.foot(keeper.store, keeper.row(), fault=bool(keeper.fault), noted=bool(work.documents()))
        self._desk.hints.set_right(*said)

    def _opened(self) -> None:
        self.gate.door.forget()
        self.wait()
        if self.locked():
            self._desk.show_gate(shown=False)
        if self._save_then:
            self._save_then = False
            self._desk.show_place(CASE)
            self.save()
        else:
            self._tell_of_last()

    def _tell_of_last(self) -> None:
        """After a crash, or the next morning: which case was under way."""
        last = next(iter(self._desk.keeper.rows()), None)
        if last is not None and last.standing.kind == OPEN and self._desk.work.kept(saved=False).empty:
            place = [place.id for place in PLACES].index(CASES) + 1
            said = f"{last.label or 'A case'} is in progress."
            self._desk.messages.say(said, f"Ctrl+{place} and Enter resume it.")

    def _shut(self) -> None:
        self.wait()
        self.gate.door.say(words.LOCKED_TITLE, words.LOCKED_WORDS)
        self.gate.door.leave.hide()  # what is on the screen behind it is not for whoever comes by
        self._desk.show_gate(shown=True)

    def _refused(self, sentence: str) -> None:
        if self.locked():
            self.gate.door.refuse(sentence)
        elif self._desk.keeper.store == "open":
            self._desk.messages.tell(sentence)

    def _taken_up(self, row: Row, lost: Sequence[str]) -> None:
        note = words.lost(lost, self._desk.session.tree) if lost else "Ctrl+Z leads back to the case before."
        say = partial(self._desk.messages.say, f"{row.label or 'The case'} goes on.", note)
        reader = self._desk.case.right.note.reader
        if reader.busy():
            reader.ended.connect(say, Qt.ConnectionType.SingleShotConnection)
        else:
            say()
