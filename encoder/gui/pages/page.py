"""What every page of the window is, and what it is given to work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from encoder.core.session import Session
from encoder.gui.frames import Frame
from encoder.gui.helptexts import HelpTexts
from encoder.gui.look import Look
from encoder.gui.settings import Choices, Settings
from encoder.gui.widgets.bars import Hint
from encoder.gui.wording.sources import Sources

Pane = tuple[QWidget, Callable[[], object]]
"""A part of the window that F6 stops at, and what puts the focus into it."""


@dataclass(frozen=True)
class Tools:
    """What the desk hands to the pages that it makes.

    Attributes:
        say: a message in the hint bar; ``copy`` puts a text on the clipboard and says so.
        show_place: goes to a place of the rail; ``choose`` uses other settings at once and keeps them.
    """

    look: Look
    settings: Settings
    session: Session
    sources: Sources
    texts: HelpTexts
    say: Callable[[str], object]
    copy: Callable[[str, str], object]
    show_place: Callable[[str], object]
    choose: Callable[[Choices], object]


class Page(QWidget):
    """A page. It knows no other page; it is made when its place is first shown, and kept.

    Signals:
        changed(): what the keys do now is another.
    """

    changed = Signal()

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

    def explain(self) -> bool:
        """F1; False when the help page is the best there is."""
        return False

    def copied(self) -> tuple[str, str]:
        """What Ctrl+Shift+C copies, and what is then said; an empty text and why there is nothing to copy."""
        return "", "There is nothing to copy on this page."
