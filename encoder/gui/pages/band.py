"""The verdict band, the same on every end: what it is, the lines or the missing fact, and at the right what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.buttons import ButtonKind, KeyButton
from encoder.gui.widgets.text import Words
from encoder.gui.widgets.verdict import ClaimLine, CodeLines, VerdictKind, VerdictLine

_MOST = 5
_BESIDE = 2


@dataclass(frozen=True, slots=True)
class Action:
    """A button of the band. A digit among the keys presses it while the page has the focus."""

    id: str
    text: str
    icon: str = ""
    keys: tuple[str, ...] = ()


class Band(QFrame):
    """Verdict, lines or missing fact, words, and the actions, the first of them the primary one.

    Signals:
        acted(str): an action by its id.
        leave_up(), leave_down(): Up and Down from a button.
    """

    acted = Signal(str)
    leave_up = Signal()
    leave_down = Signal()

    def __init__(self, look: Look, width: str = "actions", parent: QWidget | None = None) -> None:
        """``width`` is the size of the tokens for the column of actions."""
        super().__init__(parent)
        self._look, self._width = look, width
        self._actions: tuple[Action, ...] = ()
        self.setProperty("fill", "surface")
        self.setProperty("edge", "bottom")
        self.verdict = VerdictLine(look)
        self.lines = CodeLines(look)
        self._title = Words(look, "", "title")
        self._text = Words(look, "", "body", "text2")
        kinds: list[ButtonKind] = ["primary", "plain", "plain", "plain", "plain"]
        self._buttons = [KeyButton(look, "", kind=kind, sheds=kind == "plain", parent=self) for kind in kinds]
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._left, self._right = QVBoxLayout(), QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._others = QGridLayout()
        for widget in (self.verdict, self._title, self.lines, self._text):
            self._left.addWidget(widget)
        self._left.addStretch(1)
        for place, button in enumerate(self._buttons):
            button.clicked.connect(lambda _checked=False, at=place: self.acted.emit(self._actions[at].id))
        self._right.addWidget(self._buttons[0])
        self._right.addLayout(self._others)
        self._right.addStretch(1)
        self._row.addLayout(self._left, 1)
        self._row.addLayout(self._right)
        self._measure()
        look.changed.connect(self._measure)

    def show_verdict(self, kind: VerdictKind, verdict: str, title: str = "", text: str = "") -> None:
        """Say what it is; ``title`` is the missing fact, ``text`` why it matters or what to do."""
        self.verdict.set_verdict(kind, verdict)
        self._title.set_words(title)
        self._title.setVisible(bool(title))
        self._text.set_words(text)
        self._text.setVisible(bool(text))

    def show_lines(self, lines: Sequence[ClaimLine]) -> None:
        """Show the claim lines; without any the space is given up."""
        if tuple(lines) != self.lines.lines():
            self.lines.set_lines(lines)
        self.lines.setVisible(bool(lines))

    def show_actions(self, actions: Sequence[Action]) -> None:
        """Offer other actions, the primary one first."""
        self._actions = tuple(actions)
        for place, button in enumerate(self._buttons):
            button.setVisible(place < len(actions))
            if place < len(actions):
                action = actions[place]
                button.setText(action.text)
                button.set_icon_name(action.icon)
                button.set_keys(action.keys)
        self._arrange()

    def actions_shown(self) -> tuple[Action, ...]:
        """The actions offered."""
        return self._actions

    def button(self, action: str) -> KeyButton:
        """The button of an action."""
        return self._buttons[next(place for place, each in enumerate(self._actions) if each.id == action)]

    def focus_primary(self) -> None:
        """Put the ring on the primary action."""
        self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def press_digit(self, digit: str) -> bool:
        """Press the action whose key is a digit; False when there is none."""
        found = next((each for each in self._actions if each.keys == (digit,)), None)
        if found is not None:
            self.button(found.id).click()
        return found is not None

    def minimumSizeHint(self) -> QSize:
        """As narrow as its parts under each other, so that buttons side by side do not keep it wide."""
        widest = max(button.sizeHint().width() for button in self._buttons[: len(self._actions) or 1])
        lines = self.lines.minimumSizeHint().width() if self.lines.lines() else 0
        return QSize(max(widest, lines) + 2 * self._look.px("page"), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Actions at the right of the words, two beside each other; below them where that is too narrow, in one row."""
        px, ways = self._look.px, QBoxLayout.Direction
        codes = px("code_column") if self.lines.lines() else 0
        least = codes + px("least_column") + px(self._width) + px("part") + 2 * px("page")
        stacked = self.width() < least
        first, *others = [button.sizeHint().width() + px("near") for button in self._buttons[: len(self._actions) or 1]]
        room = self.width() - 2 * px("page") + px("near")
        in_row = stacked and sum(others) <= room
        self._row.setDirection(ways.TopToBottom if stacked else ways.LeftToRight)
        self._right.setDirection(ways.LeftToRight if in_row and first + sum(others) <= room else ways.TopToBottom)
        self._buttons[0].setMinimumWidth(0 if stacked else px(self._width))
        self._place_others(len(others) if in_row else _BESIDE)

    def _place_others(self, beside: int) -> None:
        """The other actions in rows of ``beside``; where they do not come out even, the first has a row of its own."""
        others = self._buttons[1 : len(self._actions)]
        policies = QSizePolicy.Policy
        across = (
            policies.Ignored if beside == _BESIDE else policies.Preferred
        )  # the column is as wide as its token says
        alone = len(others) % beside if beside == _BESIDE else 0
        for place, button in enumerate(others):
            row, column = divmod(place + alone, beside)
            button.setSizePolicy(across, policies.Fixed)
            if place < alone:
                self._others.addWidget(button, 0, 0, 1, beside)
            else:
                self._others.addWidget(button, row, column)
        for column in range(_MOST):
            self._others.setColumnStretch(column, 1 if beside == _BESIDE and column < beside else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._buttons[0].isVisible():
            self._walk(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def _walk(self, by: int) -> None:
        """Up and Down go from button to button, and out of the band at its ends."""
        at = next((place for place, button in enumerate(self._buttons) if button.hasFocus()), 0) + by
        if at < 0:
            self.leave_up.emit()
        elif at >= len(self._actions):
            self.leave_down.emit()
        else:
            self._buttons[at].setFocus(Qt.FocusReason.TabFocusReason)

    def _measure(self) -> None:
        px = self._look.px
        self._row.setContentsMargins(px("page"), px("part"), px("page"), px("part"))
        self._row.setSpacing(px("part"))
        self._left.setSpacing(px("snug"))
        self._right.setSpacing(px("near"))
        self._others.setHorizontalSpacing(px("near"))
        self._others.setVerticalSpacing(px("near"))
        self._arrange()
