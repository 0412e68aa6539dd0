"""The pages of the places, one of them on the screen; what went wrong takes the place of a page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from encoder.gui.frames import Frame
from encoder.gui.pages.error import ErrorPage
from encoder.gui.pages.page import Page, Tools
from encoder.gui.places import PLACES


class Stage(QStackedWidget):
    """Each page is made when it is first wanted, and kept.

    Signals:
        changed(): what the page on the screen lets the keys do, or what it says of editions, is another.
        copy_wanted(str, str), undone(): what the sentence of a fault offers.
    """

    changed = Signal()
    copy_wanted = Signal(str, str)
    undone = Signal()

    def __init__(self, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._frame = Frame()
        self._made: dict[str, Page] = {}
        self._error: ErrorPage | None = None
        self.setProperty("fill", "surface")

    def page_of(self, place: str) -> Page:
        """The page of a place, made when it is first wanted."""
        if place not in self._made:
            page = next(each for each in PLACES if each.id == place).make(self._tools)
            page.set_frame(self._frame)
            page.changed.connect(self.changed)
            self.addWidget(page)
            self._made[place] = page
        return self._made[place]

    def page(self) -> Page:
        """The page on the screen."""
        page = self.currentWidget()
        assert isinstance(page, Page)
        return page

    def show_page(self, place: str) -> Page:
        """Put the page of a place on the screen."""
        page = self.page_of(place)
        self.setCurrentWidget(page)
        return page

    def show_fault(self, sentence: str, *, can_undo: bool) -> None:
        """Say a fault in place of the page."""
        if self._error is None:
            self._error = ErrorPage(sentence)
            self._error.copy_wanted.connect(self.copy_wanted)
            self._error.undone.connect(self.undone)
            self.addWidget(self._error)
        self._error.show_fault(sentence, can_undo=can_undo)
        self.setCurrentWidget(self._error)
        self._error.focus_main()

    def is_fault(self) -> bool:
        """Whether a fault is on the screen."""
        return self.currentWidget() is self._error

    def tables_changed(self) -> None:
        """An edition of the tables came or went."""
        for page in self._made.values():
            page.tables_changed()

    def set_frame(self, frame: Frame) -> None:
        """Another width or height of the window."""
        self._frame = frame
        for page in self._made.values():
            page.set_frame(frame)
