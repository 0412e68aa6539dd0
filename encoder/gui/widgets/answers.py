"""The answers of a question: a list that digits, arrows and the pointer answer, and nothing else does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.answer_bars import FilterBar, MoreBar
from encoder.gui.widgets.answer_rows import AnswerDelegate, AnswerModel, AnswerRow, Density, Option
from encoder.gui.widgets.rows import Index, RowList
from encoder.gui.widgets.text import plain

AnswerKind = Literal["one", "many"]
_DIGITS = "123456789"
_PLAIN = (
    Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier
)
_CLOSER: dict[Density, Density] = {"normal": "short", "short": "short", "compact": "compact", "tight": "tight"}
_WALK = frozenset(
    {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
)


class AnswerList(RowList):
    """Rows with key, picture, words and what the note says.

    Digits 1 to 9 and 0 answer while the list has the focus. No row is current on a new question, so Enter answers
    nothing until an arrow key or the pointer has gone to a row. More than nine answers: letters shorten the list, and
    digits then stand for the rows that are left. Where several answers may be given, digits, Space and clicks tick and
    make the row current, and Enter hands over what is ticked; with nothing ticked Enter ticks the current row.

    Signals:
        answered(list): the ids of the answer given, one or several.
        ticked(list): the ids ticked so far, where several may be.
        back(): Backspace with nothing typed.
        leave_up(): Up from the first row or from none, or Left: to the way.
        current_changed(str): the id of the current row, or an empty string.
        resting(bool): the list has the focus and no row is current; the page then rings its heading.
        entered(): Enter, pressed anew, with no row current and nothing ticked; by itself it answers nothing.
    """

    answered = Signal(list)
    ticked = Signal(list)
    back = Signal()
    leave_up = Signal()
    current_changed = Signal(str)
    resting = Signal(bool)
    entered = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._options: tuple[Option, ...] = ()
        self._kind: AnswerKind = "one"
        self._chosen: set[str] = set()
        self._filter = ""
        self._told_current = ""
        self._model = AnswerModel(self)
        self._delegate = AnswerDelegate(look, self)
        self._filter_bar = FilterBar(look, self)
        self._more_bar = MoreBar(look, self)
        self._margins = (0, 0)
        self._density: Density = "normal"
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.clicked.connect(self._click)
        self.verticalScrollBar().valueChanged.connect(self._count_hidden)
        self.verticalScrollBar().rangeChanged.connect(self._count_hidden)

    # -- what is shown ----------------------------------------------------------------------------------------------

    def set_question(
        self,
        ask: str,
        options: Sequence[Option],
        kind: AnswerKind = "one",
        chosen: Iterable[str] = (),
        density: Density | None = None,
    ) -> None:
        """Offer other answers, in another density if one is given. No row is current.

        ``ask`` is the accessible name; ``chosen`` were given earlier.
        """
        self._density = density or self._density
        self._options, self._kind, self._chosen, self._filter = tuple(options), kind, set(chosen), ""
        self._delegate.with_pictures = any(option.picture and not option.not_documented for option in options)
        self._delegate.with_ticks = kind == "many"
        self.setAccessibleName(ask)
        ticks = "Digits and Space tick, Enter hands over what is ticked." if kind == "many" else "Digits answer."
        letters = " Letters shorten the list." if self.is_long() else ""
        self.setAccessibleDescription(ticks + letters)
        self._show()
        self.scrollToTop()

    def remark(self, options: Sequence[Option]) -> None:
        """Say something else of the same answers; what is typed, ticked and current stays."""
        current = self.current_id()
        self._options = tuple(options)
        self._show()
        rows = [row.option.id if row.option else "" for row in self.rows()]
        if current in rows:
            self.setCurrentIndex(self._model.index(rows.index(current), 0))

    def clear(self) -> None:
        """Offer nothing, until the page has made room for the next question."""
        self._model.set_rows(())

    def set_density(self, density: Density) -> None:
        """normal, compact (narrow window), short (low window) or tight (very low: no second lines).

        Where that leaves answers out of sight, rows move closer, and then their plain words go, if all are seen so.
        """
        if density != self._density:
            self._density = density
            self.measure_again()

    def rows(self) -> tuple[AnswerRow, ...]:
        """The rows in sight of the filter, headings among them."""
        return self._model.rows()

    def keys(self) -> dict[str, str]:
        """The digits that answer now, each with the id of its answer."""
        return {row.key: row.option.id for row in self.rows() if row.option and row.key}

    def is_long(self) -> bool:
        """Whether letters shorten the list: more answers than there are digits."""
        return sum(not option.not_documented for option in self._options) > len(_DIGITS)

    def filter_text(self) -> str:
        """The letters typed so far."""
        return self._filter

    def ticked_ids(self) -> list[str]:
        """The ids ticked so far, in the order of the list."""
        return [option.id for option in self._options if option.id in self._chosen]

    def answer_ticked(self) -> None:
        """Hand over what is ticked: for a button beside the list. Nothing ticked, nothing said."""
        if self._ticks():
            self.answered.emit(self.ticked_ids())

    def current_id(self) -> str:
        """The id of the current row, or an empty string."""
        option = self._option(self.currentIndex())
        return option.id if option else ""

    # -- keys and pointer -------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), event.text()
        plain = not event.modifiers() & ~_PLAIN
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self._enter(held=event.isAutoRepeat())
        elif key == Qt.Key.Key_Backspace and plain:
            self._rub_out()
        elif key == Qt.Key.Key_Escape and self._filter:
            self._set_filter("")
        elif plain and (key == Qt.Key.Key_Left or (key == Qt.Key.Key_Up and self._at_top())):
            self.leave_up.emit()
        elif plain and len(text) == 1 and text in f"0{_DIGITS}":
            self._take(self.keys().get(text, ""))
        elif key == Qt.Key.Key_Space and plain:
            self._space()
        elif plain and text.isalpha() and self.is_long():
            self._set_filter(self._filter + text)
        elif key in _WALK or event.matches(QKeySequence.StandardKey.Copy):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell_rest()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.resting.emit(False)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._tell_current(current)

    def _tell_current(self, current: Index) -> None:
        option = self._option(current)
        now = option.id if option else ""
        if now != self._told_current:
            self._told_current = now
            self.current_changed.emit(now)
        self._tell_rest()

    def _tell_rest(self) -> None:
        self.resting.emit(self.hasFocus() and not self._told_current)

    def _at_top(self) -> bool:
        current = self.currentIndex()
        first = next((row for row, shown in enumerate(self.rows()) if shown.option), 0)
        return not current.isValid() or current.row() <= first

    def _enter(self, *, held: bool) -> None:
        current = self.current_id()
        if self._ticks() and current:
            self.answered.emit(self.ticked_ids())
        elif current:
            self._take(current)
        elif not held and not self._ticks():
            self.entered.emit()

    def _ticks(self) -> bool:
        return self._kind == "many" and bool(self._chosen)

    def _space(self) -> None:
        if self._kind == "many" and self.current_id():
            self._take(self.current_id())
        elif self._filter:
            self._set_filter(f"{self._filter} ")

    def _rub_out(self) -> None:
        if self._filter:
            self._set_filter(self._filter[:-1])
        else:
            self.back.emit()

    def _click(self, index: QModelIndex) -> None:
        option = self._option(index)
        if option:
            self._take(option.id)

    def _take(self, taken: str) -> None:
        """Answer with an option, or tick it where several may be given."""
        option = next((option for option in self._options if option.id == taken), None)
        if option is None:
            return
        if self._kind == "one" or option.alone or option.not_documented:
            self.answered.emit([option.id])
            return
        alone = {each.id for each in self._options if each.alone or each.not_documented}
        self._chosen = (self._chosen - alone) ^ {option.id}
        self._show()
        at = next(place for place, row in enumerate(self.rows()) if row.option is option)
        self.setCurrentIndex(self._model.index(at, 0))
        self.ticked.emit(self.ticked_ids())

    def _option(self, index: Index) -> Option | None:
        return self._model.item(index).option if index.isValid() else None

    # -- rows, filter and the bars above and below --------------------------------------------------------------------

    def _set_filter(self, text: str) -> None:
        self._filter = text
        self._show()
        self.scrollToTop()

    def _show(self) -> None:
        self._model.set_rows(self._filtered())
        self._tell_current(self.currentIndex())
        shown = sum(row.option is not None and not row.option.not_documented for row in self.rows())
        whole = sum(not option.not_documented for option in self._options)
        self._filter_bar.show_filter(self._filter, shown, whole)
        self._arrange()

    def _filtered(self) -> list[AnswerRow]:
        typed = self._filter.casefold().split()
        found: list[AnswerRow] = []
        digits = iter(_DIGITS)
        group = ""
        for option in self._options:
            if not (option.not_documented or _matches(option, typed)):
                continue
            if option.group and option.group != group:
                found.append(AnswerRow(None, heading=option.group))
            group = option.group
            tickable = self._kind == "many" and not (option.alone or option.not_documented)
            key = "0" if option.not_documented else next(digits, "")
            found.append(AnswerRow(option, key, chosen=option.id in self._chosen, tickable=tickable))
        return found

    def row_width(self) -> int:
        gap = self.look.px("tight") if self.verticalScrollBar().isVisible() else 0
        return self.viewport().width() - gap

    def measure_again(self) -> None:
        self._arrange()
        super().measure_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Make room for the filter above a long list, and below a list that does not fit for the keys out of sight."""
        above = self._filter_bar.sizeHint().height() if self.is_long() else 0
        fits = self._find_density(self.height() - above)
        below = 0 if fits else self._more_bar.sizeHint().height()
        policies = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policies.ScrollBarAlwaysOff if fits else policies.ScrollBarAlwaysOn)
        self._filter_bar.setVisible(bool(above))
        self._more_bar.setVisible(bool(below))
        self._filter_bar.setGeometry(0, 0, self.width(), above)
        self._more_bar.setGeometry(0, self.height() - below, self.width(), below)
        if (above, below) != self._margins:
            self._margins = (above, below)
            self.setViewportMargins(0, above, 0, below)
        self._count_hidden()

    def _find_density(self, height: int) -> bool:
        """Take the roomiest rows that are all seen at once, else the usual ones; whether all are seen."""
        rows, closer = self._delegate, _CLOSER[self._density]
        before = (rows.density, rows.brief)
        tried: list[tuple[Density, bool]] = [(self._density, False)]
        if not self.is_long():
            tried += [(closer, False), (closer, True), ("tight", True)]
        for rows.density, rows.brief in dict.fromkeys(tried):
            if self._fits(height):
                break
        else:
            rows.density, rows.brief = tried[0]
        if (rows.density, rows.brief) != before:
            self.place_rows()
        return self._fits(height)

    def _fits(self, height: int) -> bool:
        """Whether all rows are seen at once. A list with too many rows even at their least height is not measured."""
        if self._delegate.least_height() * len(self.rows()) > height:
            return False
        return self.content_height(self.width()) <= height

    def _count_hidden(self) -> None:
        if not self._margins[1]:
            return  # all answers are seen
        width, height, gap = self.row_width(), self.viewport().height(), self.look.px("tight")
        above = below = 0
        keys: list[str] = []
        top = -self.verticalScrollBar().value()
        for place, row in enumerate(self.rows()):
            bottom = top + self._delegate.height(self._model.index(place, 0), width)
            if row.option is not None and bottom - 1 - gap > height:
                below += 1
                keys.extend([row.key] if row.key else [])
            elif row.option is not None and top < 0:
                above += 1
            top = bottom
        self._more_bar.show_hidden(above, below, keys)


def _matches(option: Option, typed: Sequence[str]) -> bool:
    words = f"{plain(option.text)} {option.second} {option.short} {option.group}".casefold().replace("-", " ").split()
    return all(any(word.lstrip("(“").startswith(part) for word in words) for part in typed)
