"""What every page of the window is, and what it is given to work with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from encoder.core.session import Session
from encoder.gui.frames import Frame
from encoder.gui.helptexts import HelpTexts
from encoder.gui.look import Look
from encoder.gui.settings import Choices, Settings
from encoder.gui.widgets.bars import EditionMark, Hint
from encoder.gui.wording.sources import Sources
from encoder.store.library import Library

if TYPE_CHECKING:
    from encoder.gui.actions import Action
    from encoder.gui.book_work import BookWork
    from encoder.gui.keeper import Keeper

Pane = tuple[QWidget, Callable[[], object]]
"""A part of the window that F6 stops at, and what puts the focus into it."""
Strip = tuple[str, Sequence[EditionMark]]
"""What the strip of editions says: its first words, and a mark for each table."""
NO_STRIP: Strip = ("", ())


@dataclass(frozen=True)
class Tools:
    """What the desk hands to the pages that it makes.

    Attributes:
        say: a message in the hint bar and a note to it; ``copy`` puts a text on the clipboard and says so.
        show_place: goes to a place of the rail; ``choose`` uses other settings at once and keeps them.
        library: the tables of the window; ``tables_changed`` is called when an edition came or went.
        book: the code book at work, made when it is first asked for; ``keeper`` is the store of cases.
        open_code: goes to the page of a code, ``ask`` to the answer to a plain question; ``start_from`` takes a code,
            one beside it or nothing, and which of the ways, and shows the answers that lead to it.
        open_question: goes to a question of the tree or to what explains it; ``explain_question`` shows its help alone.
        assume: begins the case again with answers to confirm, and with the words for what they came from.
    """

    look: Look
    settings: Settings
    session: Session
    sources: Sources
    texts: HelpTexts
    say: Callable[[str, str], object]
    copy: Callable[[str, str], object]
    show_place: Callable[[str], object]
    choose: Callable[[Choices], object]
    library: Library
    tables_changed: Callable[[], object]
    book: Callable[[], BookWork]
    keeper: Callable[[], Keeper]
    open_code: Callable[[str], object]
    ask: Callable[[str], object]
    start_from: Callable[[str, str, int], object]
    open_question: Callable[[str], object]
    explain_question: Callable[[str], object]
    assume: Callable[[Mapping[str, str], str], object]


class Page(QWidget):
    """A page. It knows no other page; it is made when its place is first shown, and kept.

    Attributes:
        title: its name in the bar at the top; empty where the fields of the case stand there. ``head`` are its own
            controls beside the name. ``topic`` is its text of help.

    Signals:
        changed(): what the keys do now, or what the strip of editions says, is another.
    """

    changed = Signal()
    title = ""
    topic = ""
    head: QWidget | None = None

    def focus_main(self) -> None:
        """Put the focus where work goes on."""
        self.setFocus()

    def set_frame(self, frame: Frame) -> None:
        """Another width or height of the window."""

    def panes(self) -> list[Pane]:
        """The parts that F6 goes through, in order."""
        return [(self, self.focus_main)]

    def hints(self) -> list[Hint]:
        """The keys that work now."""
        return [Hint(("Esc",), "back to the case"), Hint(("Tab",), "next control"), Hint(("F6",), "next pane")]

    def commands(self) -> list[Action]:
        """What can be done here by name, for the palette."""
        return []

    def open(self, what: object) -> None:
        """Show what another page hands over."""

    def editions(self) -> Strip | None:
        """What the strip of editions says; None for the editions of the case, NO_STRIP for no strip at all."""
        return None

    def tables_changed(self) -> None:
        """An edition of the tables came or went."""

    def take_back(self) -> bool:
        """Ctrl+Z; False where the page has nothing of its own to undo, and the case undoes its last change."""
        return False

    def take_paste(self) -> bool:
        """Ctrl+V outside of a text field; False where the page takes nothing, and the note of the case does."""
        return False

    def take_enter(self) -> bool:
        """Ctrl+Enter; False where it does nothing here, and the query of the case takes it."""
        return False

    def origin(self) -> tuple[str, str]:
        """The code that Ctrl+R starts from, and one beside it; empty where the page shows none."""
        return "", ""

    def show_part(self, number: int) -> bool:
        """Alt and a digit: a part of this page; False where there is none, and the part of the case is opened."""
        return False

    def explain(self) -> bool:
        """F1; False when the help page is the best there is."""
        return False

    def copied(self) -> tuple[str, str]:
        """What Ctrl+Shift+C copies, and what is then said; an empty text and why there is nothing to copy."""
        return "", "There is nothing to copy on this page."
