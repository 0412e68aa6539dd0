"""What the window holds: bars, the pages of the places, and the one case behind them. The window's keys are here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from encoder.core.session import Session
from encoder.core.view import View
from encoder.gui.case_work import CaseWork
from encoder.gui.clipboard import SECONDS, Clipboard
from encoder.gui.frames import Frame, frame_of
from encoder.gui.helptexts import HelpTexts
from encoder.gui.look import Look
from encoder.gui.pages.case import CasePage
from encoder.gui.pages.error import ErrorPage
from encoder.gui.pages.page import Page, Pane, Tools
from encoder.gui.place_bar import PlaceBar
from encoder.gui.places import CASE, HELP, PLACES
from encoder.gui.rail import Rail
from encoder.gui.settings import Choices, Settings
from encoder.gui.widgets.bars import EditionsStrip, Hint, HintBar
from encoder.gui.widgets.focus import holds_focus
from encoder.gui.widgets.settle import lay_out_now
from encoder.gui.wording import case as words
from encoder.gui.wording.sources import Sources

_STORED = "Nothing about a case is stored"
_MESSAGE_SECONDS = 8


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
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._settings, self._texts = look, settings, texts
        self._frame = Frame()
        self._clipboard = Clipboard(self)
        self._tools = Tools(look, settings, session, sources, texts, self.say, self.copy, self.show_place, self.choose)
        self._made: dict[str, Page] = {}
        self._error: ErrorPage | None = None
        self.rail, self.bar = Rail(look, PLACES), PlaceBar(look)
        self.strip, self.hints = EditionsStrip(look), HintBar(look)
        self.pages = QStackedWidget()
        self.pages.setProperty("fill", "surface")
        case = self.page_of(CASE)
        assert isinstance(case, CasePage)
        self.case, self.session = case, session
        self.work = CaseWork(session, case, self)
        column = QVBoxLayout()
        column.setSpacing(0)
        for widget in (self.bar, self.strip):
            column.addWidget(widget)
        column.addWidget(self.pages, 1)
        column.addWidget(self.hints)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        self.rail.show_place(CASE)
        self.hints.set_right(_STORED, "lock")
        self._connect()
        self._set_keys()
        look.changed.connect(self._reframe)

    def _connect(self) -> None:
        work, bar, case, session = self.work, self.bar, self.case, self.session
        work.shown.connect(self._show)
        work.failed.connect(lambda sentence: self.show_fault(sentence, can_undo=True))
        work.said.connect(lambda text, note, done: self.say(text, note) if done else self.tell(text))
        work.copy_wanted.connect(self.copy)
        work.case_wanted.connect(lambda: self.show_place(CASE))
        work.date_wanted.connect(bar.focus_date)
        case.question.help_wanted.connect(self.explain)
        bar.case_named.connect(session.set_case)
        bar.dated.connect(work.set_date)
        bar.claimed.connect(partial(work.answer, "claim"))
        bar.new_wanted.connect(work.start_new)
        bar.menu_wanted.connect(self._show_menu)
        bar.pinned.connect(self.on_top)
        bar.left.connect(case.focus_main)
        self.rail.chosen.connect(self.show_place)
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
        if self.pages.currentWidget() is self._error:
            self.show_place(CASE)
        self.bar.show_case(view.case, view.on, view.claim)
        marks, instead = words.editions(view), words.no_edition(view)
        for strip in (self.strip, self.bar.mark):
            if instead:
                strip.say(instead)
            else:
                strip.set_editions(f"Editions on {view.on}", marks)
        if not in_bars:
            self.case.focus_main()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.case, words.spoken(view)))
        self._show_hints()
        lay_out_now()

    def show_fault(self, sentence: str, *, can_undo: bool = False) -> None:
        """Say a fault in place of the page."""
        if self._error is None:
            self._error = ErrorPage(sentence)
            self._error.copy_wanted.connect(self.copy)
            self._error.undone.connect(self.work.undo)
            self.pages.addWidget(self._error)
        self._error.show_fault(sentence, can_undo=can_undo)
        self.rail.show_place(CASE)
        self.pages.setCurrentWidget(self._error)
        self._error.focus_main()
        self._show_hints()

    # -- places -------------------------------------------------------------------------------------------------------

    def page_of(self, place: str) -> Page:
        """The page of a place, made when it is first wanted."""
        if place not in self._made:
            page = next(each for each in PLACES if each.id == place).make(self._tools)
            page.set_frame(self._frame)
            page.changed.connect(self._show_hints)
            self.pages.addWidget(page)
            self._made[place] = page
        return self._made[place]

    def page(self) -> Page:
        """The page on the screen."""
        page = self.pages.currentWidget()
        assert isinstance(page, Page)
        return page

    def show_place(self, place: str) -> None:
        """Show a place of the rail."""
        page = self.page_of(place)
        self.pages.setCurrentWidget(page)
        self.rail.show_place(place)
        page.focus_main()
        self._show_hints()
        lay_out_now()

    def _show_menu(self) -> None:
        menu = QMenu(self)
        for number, place in enumerate(PLACES, 1):
            menu.addAction(f"{place.name}\tCtrl+{number}", partial(self.show_place, place.id))
        menu.addSeparator()
        menu.addAction("New case\tCtrl+N", self.work.start_new)
        menu.addAction("Case, date of service, claim", self.bar.focus_date)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.bar.menu.mapToGlobal(self.bar.menu.rect().bottomLeft()))

    def explain(self) -> None:
        """Help at the question; on pages without help of their own the help page."""
        view = self.view()
        if self.page() is not self.case:
            if not self.page().explain():
                self.show_place(HELP)
        elif self.case.help_is_open():
            self.case.close_help()
        elif view is not None and view.ask is not None:
            question = view.ask.question
            self.work.do(lambda: self.case.open_help(*self._texts.of_question(question)))
        else:
            self.work.do(lambda: self.case.open_help("Help", self._texts.text("program")))

    def _show_all_editions(self) -> None:
        view = self.view()
        if view is not None:
            self.show_place(CASE)
            self.case.open_help("Editions", words.editions_text(view))

    # -- settings, clipboard, messages --------------------------------------------------------------------------------

    def choose(self, choices: Choices) -> None:
        """Use other settings at once and keep them."""
        before = self._settings.choices
        self._settings.choose(choices)
        use_choices(self._look, choices)
        if choices.on_top != before.on_top:
            self.on_top.emit(choices.on_top)

    def show_on_top(self, on_top: bool) -> None:
        """Show whether the window stays above all others."""
        self.bar.pin.blockSignals(True)
        self.bar.pin.setChecked(on_top)
        self.bar.pin.blockSignals(False)

    def copy(self, text: str, said: str) -> None:
        """Put a text on the clipboard and say so; without a text say why there is none."""
        if not text:
            self.tell(said)
            return
        clear = self._settings.choices.clear_clipboard
        self._clipboard.put(text, clear=clear)
        self.say(said, f"The clipboard is cleared in {SECONDS} s." if clear else "")

    def say(self, text: str, note: str = "") -> None:
        """Say in the hint bar that something was done."""
        self.hints.show_message(text, note, seconds=_MESSAGE_SECONDS)

    def tell(self, text: str) -> None:
        """Say in the hint bar why nothing was done."""
        self.hints.show_message(text, seconds=_MESSAGE_SECONDS, icon="info", ink="text2")

    # -- keys ---------------------------------------------------------------------------------------------------------

    def _set_keys(self) -> None:
        case, work = self.case, self.work
        keys: dict[str, Callable[[], object]] = {
            "F1": self.explain,
            "F6": partial(self._next_pane, 1),
            "Shift+F6": partial(self._next_pane, -1),
            "Ctrl+Z": work.undo,
            "Ctrl+Shift+C": lambda: self.copy(*(work.copied() if self.page() is case else self.page().copied())),
            "Ctrl+N": work.start_new,
            "Ctrl+Return": work.enter_answer,
            "Ctrl+Enter": work.enter_answer,
            "Ctrl+Shift+Q": work.quote,
            "Ctrl+V": lambda: self._at_case(case.paste_note),
            "Alt+1": lambda: self._at_case(case.open_main),
            "Alt+2": lambda: self._at_case(partial(case.open_part, "top")),
            "Alt+3": lambda: self._at_case(partial(case.open_part, "note")),
            "Alt+M": case.question.turn_map,
        }
        for number, place in enumerate(PLACES, 1):
            keys[f"Ctrl+{number}"] = partial(self.show_place, place.id)
        for key, does in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(does)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.page() is not self.case:
            self.show_place(CASE)
        else:
            super().keyPressEvent(event)

    def _at_case(self, doing: Callable[[], object]) -> None:
        self.show_place(CASE)
        doing()

    def _next_pane(self, by: int) -> None:
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
        frame = frame_of(self._look, self.width(), self.height())
        if frame == self._frame and self.view() is not None:
            return
        self._frame = frame
        self.rail.setVisible(frame.across == "wide")
        self.strip.setVisible(frame.across != "middle")
        self.strip.set_form("full" if frame.across == "wide" else "short")
        self.bar.set_frame(frame)
        for page in self._made.values():
            page.set_frame(frame)


def use_choices(look: Look, choices: Choices) -> None:
    """Dress the application as chosen."""
    look.set_scheme(choices.scheme)
    look.set_text_scale(choices.text)
    look.set_bundled_face(choices.bundled_face)
