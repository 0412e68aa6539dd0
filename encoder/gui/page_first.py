"""Keys that the page on the screen may take: undo, paste, Ctrl+Enter, from a code, and its parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from encoder.gui.case_work import CaseWork
from encoder.gui.pages.page import Page

_TOP, _LAST = 2, 3  # what is possible, and the note


@dataclass(frozen=True, slots=True)
class PageFirst:
    """What a key means on the page; else for the case behind it, or without anything in hand."""

    page: Callable[[], Page]
    work: CaseWork
    to_case: Callable[[], object]
    start: Callable[[str, str, int], object]

    def take_back(self) -> None:
        """Ctrl+Z."""
        if not self.page().take_back():
            self.work.undo()

    def paste(self) -> None:
        """Ctrl+V."""
        if not self.page().take_paste():
            self.to_case()
            self.work.page.paste_note()

    def enter(self) -> None:
        """Ctrl+Enter."""
        if not self.page().take_enter():
            self.work.enter_answer()

    def start_from(self) -> None:
        """Ctrl+R: from the code of the page, else from one that is typed."""
        self.start(*self.page().origin(), 0)

    def open_part(self, number: int) -> None:
        """Alt and a digit; the case has three parts."""
        if not self.page().show_part(number) and number <= _LAST:
            self.to_case()
            if number == 1:
                self.work.page.open_main()
            else:
                self.work.page.open_part("note" if number > _TOP else "top")
