"""Find or do anything: one field over the window for a code, a term, a question or a command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QShortcut,
)
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from encoder.gui.actions import Action
from encoder.gui.book_work import BookWork
from encoder.gui.look import Look
from encoder.gui.searching import Sought, Wish
from encoder.gui.widgets.bars import HintBar
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.find_field import FindField
from encoder.gui.widgets.flow import Flow
from encoder.gui.widgets.hits import HitList, HitRow
from encoder.gui.widgets.paint import box
from encoder.gui.widgets.settle import lay_out_now
from encoder.gui.widgets.text import Words
from encoder.gui.wording import hits
from encoder.gui.wording import palette as words

_RECENT = 8
_ROWS = 12


class Palette(QWidget):
    """It lies over the page and takes the keyboard; Esc closes it and puts the focus back where it was.

    What was looked for is remembered as long as the window is open, and written nowhere.

    Signals:
        code_wanted(str), place_wanted(str), ask_wanted(str): a page, a place in the questions, a question to answer.
        closed().
    """

    code_wanted = Signal(str)
    place_wanted = Signal(str)
    ask_wanted = Signal(str)
    closed = Signal()

    def __init__(
        self,
        look: Look,
        book: BookWork,
        actions: Callable[[], Sequence[Action]],
        question: Callable[[str], str],
        parent: QWidget,
    ) -> None:
        """``actions`` gives every action that works now, ``question`` the name of a place in the questions."""
        super().__init__(parent)
        self.book, self._look, self._actions, self._question = book, look, actions, question
        self._wish: Wish | None = None
        self._recent: list[str] = []
        self._offered: list[Action] = []
        self._back: QWidget | None = None
        self._correct = True
        self.hide()
        self._make(look)
        self._lay_out()
        self._connect()
        parent.installEventFilter(self)
        self._measure()
        look.changed.connect(self._measure)

    def _make(self, look: Look) -> None:
        self.sheet = QFrame(self)
        self.sheet.setBackgroundRole(QPalette.ColorRole.Base)
        self.sheet.setAutoFillBackground(True)  # then nothing below it is painted at each letter
        self.list = HitList(look, "What was found")
        self.field = FindField(look, "Find or do anything", self.list)
        self.field.setPlaceholderText("A code, a term, a question or a command")
        self.count = Words(look, "", "small", "text3", wrap=False)
        self.said = Words(look, "", "small", "text2")
        self.exact = KeyButton(look, "search exactly as typed", keys=("Alt", "X"), kind="link")
        self.filters: dict[str, KeyButton] = {}
        for name, title, _ in hits.FILTERS:
            button = KeyButton(look, title, small=True)
            button.setCheckable(True)
            button.setAccessibleDescription(f"Search in. Key: Alt+{len(self.filters) + 1}")
            button.setToolTip(f"Alt+{len(self.filters) + 1}")
            self.filters[name] = button
        self.hints = HintBar(look)

    def _lay_out(self) -> None:
        self.sheet.setAccessibleName("Find or do anything")
        self._column = QVBoxLayout(self.sheet)
        self._reading = QWidget()
        self._top, self._read = QHBoxLayout(), QHBoxLayout(self._reading)
        self._top.addWidget(self.field, 1)
        self._top.addWidget(self.count)
        self._read.addWidget(self.said, 1)
        self._read.addWidget(self.exact, 0, Qt.AlignmentFlag.AlignTop)
        self._chips = QWidget()
        self._chips.setAccessibleName("Search in")
        self._flow = flow = Flow(self._look, gap="tight")
        for button in self.filters.values():
            flow.addWidget(button)
        self._chips.setLayout(flow)
        self._middle, self._rows = QHBoxLayout(), QHBoxLayout()
        self._middle.addWidget(self._chips)
        self._rows.addWidget(self.list)
        self._column.addLayout(self._top)
        self._column.addLayout(self._middle)
        self._column.addWidget(self._reading)
        self._column.addLayout(self._rows)
        self._column.addWidget(self.hints)

    def _connect(self) -> None:
        self.field.textEdited.connect(lambda _text: self._type())
        self.field.exact_wanted.connect(self._turn_exact)
        self.field.left.connect(self.close_palette)
        self.exact.clicked.connect(self._turn_exact)
        self.list.chosen.connect(self._choose)
        for at, (name, button) in enumerate(self.filters.items(), 1):
            button.clicked.connect(partial(self.narrow, name))
            self._key(f"Alt+{at}", button.click)
        self._key("Escape", self.close_palette)
        self._key("Ctrl+K", self.close_palette)
        self.book.searching.found.connect(self._show_found)
        self.book.searching.failed.connect(self._show_fault)

    def _key(self, key: str, does: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(does)

    # -- opening and closing ------------------------------------------------------------------------------------------

    def open_palette(self) -> None:
        """Show the palette with an empty field; what has the focus gets it back afterwards."""
        self._back = self.window().focusWidget()
        self._offered = list(self._actions())
        self.narrow("all", again=False)
        self.field.clear()
        self._cover()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._type()

    def close_palette(self) -> None:
        """Hide it, and put the focus back."""
        self._leave()
        back = self._back
        if back is not None and isValid(back) and back.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        self._wish = None
        self.hide()
        self.closed.emit()

    # -- searching ----------------------------------------------------------------------------------------------------

    def narrow(self, name: str, *, again: bool = True) -> None:
        """Search in one code set alone, or in all."""
        for each, button in self.filters.items():
            button.setChecked(each == name)
        if again:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self._type()

    def look_for(self, text: str) -> None:
        """Put words into the field and search for them."""
        self.field.setText(text)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._type()

    def _turn_exact(self) -> None:
        """Search exactly as typed, or with letter errors mended again."""
        self._correct = not self._correct
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._search()

    def _type(self) -> None:
        """Something else is in the field."""
        self._correct = True
        self._search()

    def _narrowed(self) -> str:
        return next(name for name, button in self.filters.items() if button.isChecked())

    def _search(self) -> None:
        self.list.await_rows()
        text = self.field.text()
        if not text.strip():
            self._wish = None
            self._show(
                words.at_first(self._recent, self.book.collection.favourites, self._title, self._offered), "", ""
            )
            return
        systems = next(systems for name, _, systems in hits.FILTERS if name == self._narrowed())
        self._wish = Wish(text, self.book.on, systems, self._correct)
        self.book.searching.search(self._wish)

    def _title(self, code: str) -> str:
        return self.book.desk().title(code)

    def _show_found(self, sought: object) -> None:
        assert isinstance(sought, Sought)
        if sought.wish != self._wish or not self.isVisible():
            return
        narrowed = self._narrowed() != "all"
        rows = words.found(sought, self._edition, self._question, [] if narrowed else self._offered)
        count = len(sought.found.hits)
        self.exact.setText("correct letter errors" if not self._correct else "search exactly as typed")
        exact = bool(sought.found.corrected) or not self._correct
        self._show(rows, hits.said(sought.found), "1 hit" if count == 1 else f"{count} hits", exact=exact)

    def _edition(self, system: str) -> str:
        return self.book.desk().edition(words.TABLES.get(system, ""))

    def _show_fault(self, error: object) -> None:
        if self.isVisible() and self._wish is not None:
            self._show([HitRow("text", "", str(error))], "", "")

    def _show(self, rows: Sequence[HitRow], said: str, count: str, *, exact: bool = False) -> None:
        self.said.set_words(said)
        self.exact.setVisible(exact)
        self._reading.setVisible(exact or bool(said))
        self.count.set_words(count)
        self.hints.set_hints(words.KEYS)
        self.list.set_rows(rows)
        self._resize()
        if said or count:
            spoken = f"{self.said.text()} {count}".strip()
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, spoken))
        self.list.go_to_first()

    # -- choosing -----------------------------------------------------------------------------------------------------

    def _choose(self, row: object) -> None:
        assert isinstance(row, HitRow)
        if row.kind == "again":
            self.look_for(row.id)
            return
        if row.kind == "text":
            return
        self._remember()
        if row.kind == "command":
            self.close_palette()
            self._offered[int(row.id)].run()
        else:
            self._leave()
            {"code": self.code_wanted, "ask": self.ask_wanted}.get(row.kind, self.place_wanted).emit(row.id)

    def _remember(self) -> None:
        text = self.field.text().strip()
        if text:
            self._recent = [text, *(one for one in self._recent if one != text)][:_RECENT]

    # -- events -------------------------------------------------------------------------------------------------------

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays within the palette."""
        stops: list[QWidget] = [self.field, *self.filters.values()]
        stops += [each for each in (self.exact, self.list) if each.isVisible()]
        now = QApplication.focusWidget()
        at = stops.index(now) if now in stops else 0
        stops[(at + (1 if forward else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._cover()
            self._resize()
        return super().eventFilter(watched, event)

    def _cover(self) -> None:
        below = self.parentWidget()
        assert below is not None
        self.setGeometry(below.rect())

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.close_palette()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setOpacity(look.tokens.share("scrim"))
        painter.fillRect(self.rect(), look.colour("scrim"))
        painter.setOpacity(1)
        out = look.px("key_pad")
        around = QRectF(self.sheet.geometry()).adjusted(-out, -out, out, out)
        box(painter, look, around, fill="surface", edge="accent", width="ring", radius="radius_sheet")
        painter.end()

    def _resize(self) -> None:
        """As wide as the tokens say, or as the window lets it be; as high as its rows, up to twelve."""
        px = self._look.px
        if not self.isVisible():
            return
        width = min(px("palette"), self.width() - 2 * px("pane"))
        top = min(px("palette_top"), self.height() // 12)
        out = px("key_pad")
        width -= 2 * out
        inner = width - 2 * px("near")
        most = max(self.height() - top - px("pane") - self._rest(inner), px("palette_row"))
        self.list.setFixedHeight(self.list.wanted_height(inner, min(_ROWS * px("palette_row"), most)))
        before = self.sheet.geometry()
        self.sheet.setFixedWidth(width)
        lay_out_now()
        height = self._rest(inner) + self.list.height()
        self.sheet.setGeometry((self.width() - width) // 2, top + out, width, height)
        lay_out_now()
        if self.sheet.geometry() != before:
            edge = 2 * out
            self.update(before.united(self.sheet.geometry()).adjusted(-edge, -edge, edge, edge))

    def _rest(self, inner: int) -> int:
        """The height of all but the list."""
        px = self._look.px
        said = 0
        if self._reading.isVisibleTo(self.sheet):
            link = self.exact.sizeHint().width() + px("near") if self.exact.isVisibleTo(self.sheet) else 0
            said = max(self.said.heightForWidth(inner - link), self.exact.height() if link else 0) + px("near")
        chips = self._flow.heightForWidth(inner) + px("near")
        field = self.field.sizeHint().height() + px("snug") + px("near")
        return field + chips + said + px("near") + px("hints")

    def _measure(self) -> None:
        px = self._look.px
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for row, above, below in (
            (self._top, "snug", "near"),
            (self._middle, "", "near"),
            (self._read, "", "near"),
            (self._rows, "", "near"),
        ):
            row.setContentsMargins(px("near"), px(above) if above else 0, px("near"), px(below))
            row.setSpacing(px("part"))
        self._resize()
