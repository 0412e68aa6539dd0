"""What the window holds: bars, the pages of the places, and the one case behind them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from encoder.core.session import Session
from encoder.core.view import View
from encoder.gui.case_work import CaseWork
from encoder.gui.frames import Frame, frame_of
from encoder.gui.going import Going
from encoder.gui.helptexts import HelpTexts
from encoder.gui.keeper import Keeper
from encoder.gui.keeping import Keeping
from encoder.gui.keys import Keys
from encoder.gui.look import Look
from encoder.gui.menu import show_menu
from encoder.gui.messages import Messages
from encoder.gui.page_first import PageFirst
from encoder.gui.pages.case import CasePage
from encoder.gui.pages.page import NO_STRIP, Page, Pane, Tools
from encoder.gui.place_bar import PlaceBar
from encoder.gui.places import CASE, DATA, PLACES
from encoder.gui.rail import Rail
from encoder.gui.settings import Choices, Settings
from encoder.gui.stage import Stage
from encoder.gui.start import Opening
from encoder.gui.widgets.bars import EditionsStrip, Hint, HintBar
from encoder.gui.widgets.focus import holds_focus
from encoder.gui.widgets.settle import lay_out_now
from encoder.gui.wording import case as words
from encoder.gui.wording.sources import Sources
from encoder.store.library import Library

if TYPE_CHECKING:
    from encoder.gui.book_work import BookWork
    from encoder.gui.palette import Palette


class Desk(QWidget):
    """The content of the window. Pages tell what the user wants, the session answers with a View, the case shows it.

    Signals:
        on_top(bool): the window is to stay above all others, or no longer.
    """

    on_top = Signal(bool)

    def __init__(
        self,
        look: Look,
        settings: Settings,
        session: Session,
        sources: Sources,
        texts: HelpTexts,
        library: Library,
        opening: Opening,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._opening = opening
        self.look, self._settings, self.texts = look, settings, texts
        self._sources, self._library = sources, library
        self._frame = Frame()
        self.rail, self.bar = Rail(look, PLACES), PlaceBar(look)
        self.strip, self.hints = EditionsStrip(look), HintBar(look)
        self.messages, self.going = Messages(self.hints, settings), Going(self)
        self.stage = Stage(self._tools(session))
        case = self.stage.page_of(CASE)
        assert isinstance(case, CasePage)
        self.case, self.session = case, session
        self.work = CaseWork(session, case, self)
        self.keeper = Keeper(opening.cases, opening.clock, self.work, self)
        self.keeping = Keeping(self, settings)
        column = QVBoxLayout()
        column.setSpacing(0)
        for widget in (self.bar, self.strip):
            column.addWidget(widget)
        column.addWidget(self.stage, 1)
        column.addWidget(self.hints)
        self._room = QWidget()
        row = QHBoxLayout(self._room)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        self._rooms = QStackedLayout(self)
        self._rooms.addWidget(self._room)
        self._rooms.addWidget(self.keeping.gate)
        self.rail.show_place(CASE)
        self._connect()
        self._keys = Keys(self)
        self.keeping.begin()
        look.changed.connect(self._reframe)

    def _tools(self, session: Session) -> Tools:
        going, messages = self.going, self.messages
        return Tools(
            look=self.look,
            settings=self._settings,
            session=session,
            sources=self._sources,
            texts=self.texts,
            library=self._library,
            book=lambda: self.book,
            keeper=lambda: self.keeper,
            say=messages.say,
            copy=messages.copy,
            show_place=self.show_place,
            choose=self.choose,
            tables_changed=self.tables_changed,
            open_code=going.open_code,
            ask=going.ask,
            start_from=going.start_from,
            open_question=going.open_question,
            explain_question=going.explain_question,
            assume=going.assume,
        )

    def _connect(self) -> None:
        work, bar, case = self.work, self.bar, self.case
        messages = self.messages
        work.shown.connect(self._show)
        work.failed.connect(lambda sentence: self.show_fault(sentence, can_undo=True))
        work.said.connect(lambda text, note, done: messages.say(text, note) if done else messages.tell(text))
        work.copy_wanted.connect(messages.copy)
        work.case_wanted.connect(lambda: self.show_place(CASE))
        work.date_wanted.connect(bar.focus_date)
        work.check_wanted.connect(self.going.check_case)
        case.question.help_wanted.connect(self.going.explain)
        work.save_wanted.connect(self.keeping.save)
        bar.case_named.connect(work.name_case)
        bar.dated.connect(work.set_date)
        bar.claimed.connect(partial(work.answer, "claim"))
        bar.new_wanted.connect(work.start_new)
        bar.menu_wanted.connect(partial(show_menu, self))
        bar.pinned.connect(self.on_top)
        bar.find_wanted.connect(self.open_finder)
        bar.left.connect(lambda: self.page().focus_main())
        self.rail.chosen.connect(self.show_place)
        self.stage.changed.connect(self._show_hints)
        self.stage.changed.connect(self._show_editions)
        self.stage.copy_wanted.connect(messages.copy)
        self.stage.undone.connect(work.undo)
        for strip in (self.strip, bar.mark):
            strip.clicked.connect(self._show_all_editions)
        self.hints.message_cleared.connect(self._show_hints)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)

    # -- the case -----------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Show the case for the first time and put the focus on its question."""
        self.work.begin()

    def view(self) -> View | None:
        """The case as it is shown."""
        return self.work.view

    def _show(self, view: View) -> None:
        """Bring the bars in line with a View, in one repaint; the focus goes to the page unless it is in a bar."""
        in_bars = any(holds_focus(bar) and bar.isVisible() for bar in (self.bar, self.strip, self.rail))
        self.hints.clear_message()
        if self.stage.is_fault():
            self.show_place(CASE)
        self.bar.show_case(view.case, view.on, view.claim)
        self._show_editions()
        if self.page() is self.case and not self.case.stayed:
            if not in_bars:
                self.case.focus_main()
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.case, words.spoken(view)))
        self._show_hints()
        lay_out_now()

    def _show_editions(self) -> None:
        """The strip of editions: those of the case, or what the page on the screen says itself."""
        view, own = self.view(), self.page().editions()
        lead, marks = own or ("", ())
        if own is None and view is not None:
            lead, marks = f"Editions on {view.on}", words.editions(view)
        instead = words.no_edition(view) if own is None and view is not None else ""
        self.strip.setVisible(self._frame.across != "middle" and own != NO_STRIP)
        for strip in (self.strip, self.bar.mark):
            if instead:
                strip.say(instead)
            else:
                strip.set_editions(lead, marks)

    def tables_changed(self) -> None:
        """An edition came or went: everything that was read of the tables is read again, and the case told anew."""
        self._library.again()
        self._sources.again()
        if "book" in vars(self):
            self.book.again()
        self.work.do(self.session.again)
        self.stage.tables_changed()

    def show_fault(self, sentence: str, *, can_undo: bool = False) -> None:
        """Say a fault in place of the page."""
        if "finder" in vars(self) and self.finder.isVisible():
            self.finder.close_palette()
        self.bar.show_head("", None)
        self.rail.show_place(CASE)
        self.stage.show_fault(sentence, can_undo=can_undo)
        self._show_hints()

    # -- places -------------------------------------------------------------------------------------------------------

    def page(self) -> Page:
        """The page on the screen."""
        return self.stage.page()

    def show_place(self, place: str) -> None:
        """Show a place of the rail."""
        page = self.stage.show_page(place)
        self.rail.show_place(place)
        self.bar.show_head(page.title, page.head)
        self._show_editions()
        page.focus_main()
        self._show_hints()
        lay_out_now()

    def show_gate(self, *, shown: bool) -> None:
        """Show the door of the cases in place of everything, and let no key work; or what lies behind it."""
        if shown and "finder" in vars(self) and self.finder.isVisible():
            self.finder.close_palette()
        self._keys.let(work=not shown)
        self._rooms.setCurrentWidget(self.keeping.gate if shown else self._room)
        if shown:
            self.keeping.gate.door.focus_main()
        else:
            self.page().focus_main()
        lay_out_now()

    # -- the code book ------------------------------------------------------------------------------------------------

    @cached_property
    def book(self) -> BookWork:
        """The code book at work."""
        from encoder.gui.book_work import BookWork

        opening = self._opening
        today = opening.clock().date()
        return BookWork(self._library, self.session, opening.resources, opening.own, today, self)

    @cached_property
    def finder(self) -> Palette:
        """Find or do anything."""
        from encoder.gui.actions import of_desk
        from encoder.gui.palette import Palette

        palette = Palette(self.look, self.book, partial(of_desk, self), self.going.question_name, self)
        palette.code_wanted.connect(self.going.open_code)
        palette.ask_wanted.connect(self.going.ask)
        palette.place_wanted.connect(self.going.open_question)
        palette.closed.connect(lambda: self._keys.let(work=True))
        return palette

    def open_finder(self) -> None:
        """Open the palette; its keys alone work then."""
        self._keys.let(work=False)
        self.finder.open_palette()

    def _show_all_editions(self) -> None:
        view = self.view()
        if self.page().title:
            self.show_place(DATA)
        elif view is not None:
            self.show_place(CASE)
            self.case.open_help("Editions", words.editions_text(view))

    # -- settings -----------------------------------------------------------------------------------------------------

    def choose(self, choices: Choices) -> None:
        """Use other settings at once and keep them."""
        before = self._settings.choices
        self._settings.choose(choices)
        use_choices(self.look, choices)
        self.keeping.wait()
        if choices.on_top != before.on_top:
            self.on_top.emit(choices.on_top)

    def show_on_top(self, on_top: bool) -> None:
        """Show whether the window stays above all others."""
        self.bar.pin.blockSignals(True)
        self.bar.pin.setChecked(on_top)
        self.bar.pin.blockSignals(False)

    # -- keys ---------------------------------------------------------------------------------------------------------

    @cached_property
    def first(self) -> PageFirst:
        """The keys that the page on the screen may take."""
        return PageFirst(self.page, self.work, partial(self.show_place, CASE), self.going.start_from)

    def copy_page(self) -> None:
        """Copy what the page on the screen holds."""
        self.messages.copy(*(self.work.copied() if self.page() is self.case else self.page().copied()))

    def at_case(self, doing: Callable[[], object]) -> Callable[[], object]:
        """The same after a step to the case."""

        def done() -> None:
            self.show_place(CASE)
            doing()

        return done

    def choices(self) -> Choices:
        """The settings in use."""
        return self._settings.choices

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.keeping.idle.watch(self.window().windowHandle())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.page() is not self.case:
            self.show_place(CASE)
        else:
            super().keyPressEvent(event)

    def next_pane(self, by: int) -> None:
        """From pane to pane: bar, editions, those of the page, rail."""
        panes: list[Pane] = [(self.bar, self.bar.focus_main)]
        if self.strip.isVisible():
            panes.append((self.strip, lambda: self.strip.setFocus(Qt.FocusReason.TabFocusReason)))
        panes += self.page().panes()
        if self.rail.isVisible():
            panes.append((self.rail, self.rail.focus_main))
        at = next((place for place, (whole, _) in enumerate(panes) if holds_focus(whole)), 0)
        panes[(at + by) % len(panes)][1]()

    def _focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            self._show_hints()

    def _show_hints(self) -> None:
        if self.hints.message():
            return
        shown = self.page().hints()
        if self.page() is self.case and holds_focus(self.bar):
            shown = [Hint(("Enter",), "take it"), Hint(("Esc",), "back to the page"), Hint(("F6",), "next pane")]
        if tuple(shown) != self.hints.hints():
            self.hints.set_hints(shown)

    # -- frames -------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._reframe()
        if self.isVisible():  # Qt forgets a layout that is asked for while the window is being shown
            lay_out_now()

    def _reframe(self) -> None:
        frame = frame_of(self.look, self.width(), self.height())
        if frame == self._frame and self.view() is not None:
            return
        self._frame = frame
        self.rail.setVisible(frame.across == "wide")
        self.strip.set_form("full" if frame.across == "wide" else "short")
        self.bar.set_frame(frame)
        self._show_editions()
        self.stage.set_frame(frame)


def use_choices(look: Look, choices: Choices) -> None:
    """Dress the application as chosen."""
    look.set_scheme(choices.scheme)
    look.set_text_scale(choices.text)
    look.set_bundled_face(choices.bundled_face)
