"""The strip of editions above the page and the bar of keys below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from encoder.gui.look import Look
from encoder.gui.widgets.buttons import EnterButton
from encoder.gui.widgets.focus import OWN_RING
from encoder.gui.widgets.paint import box, hairline, keys_width, paint_icon, paint_keys, spoken_keys

EditionState = Literal["covers", "older", "newer", "none"]
StripForm = Literal["full", "short", "mark"]
_STATES: dict[EditionState, tuple[str, str, str]] = {  # icon, ink of the icon, ink of the words
    "covers": ("ok", "ok", "text2"),
    "older": ("warn", "warn", "warn"),
    "newer": ("warn", "warn", "warn"),
    "none": ("warn", "warn", "warn"),
}
_SAYS: dict[EditionState, str] = {
    "covers": "covers the date",
    "older": "older than this date",
    "newer": "begins after this date",
    "none": "no edition covers the date",
}
_BRIEF: dict[EditionState, str] = {"covers": "", "older": "older", "newer": "newer", "none": "none"}


@dataclass(frozen=True, slots=True)
class Hint:
    """Keys and what they do now. A dash among the keys (``("1", "–", "8")``) reads "to"."""

    keys: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class EditionMark:
    """One table and whether its edition covers the date of service: covers, older, newer, or none that covers it."""

    text: str
    state: EditionState = "covers"


class HintBar(QLabel):
    """The keys that work now, and at the right where the case stands. A message takes their place until it is cleared.

    Hints stand in order of use: the right side goes first where there is no room, then the last hints. The tooltip has
    them all.

    Signals:
        message_cleared(): the message went, by time or by :meth:`clear_message`.
    """

    message_cleared = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._hints: tuple[Hint, ...] = ()
        self._right = ("", "")
        self._message: tuple[str, str, str, str] | None = None  # text, note, icon, ink
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear_message)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def set_hints(self, hints: Sequence[Hint]) -> None:
        """Show other keys."""
        self._hints = tuple(hints)
        self._say()

    def hints(self) -> tuple[Hint, ...]:
        """The keys shown."""
        return self._hints

    def right(self) -> str:
        """The words at the right end."""
        return self._right[0]

    def set_right(self, text: str, icon: str = "") -> None:
        """The quiet words at the right, such as "Saved 10:42"."""
        self._right = (text, icon)
        self._say()

    def show_message(self, text: str, note: str = "", *, seconds: float = 0, icon: str = "ok", ink: str = "ok") -> None:
        """Say something in place of the keys, to readers at once ("Copied ..."); gone after ``seconds``, 0: never."""
        self._message = (text, note, icon, ink)
        self._timer.stop()
        if seconds:
            self._timer.start(round(seconds * 1000))
        self._say()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, f"{text} {note}".strip()))

    def clear_message(self) -> None:
        """Show the keys again."""
        if self._message is not None:
            self._message = None
            self._timer.stop()
            self._say()
            self.message_cleared.emit()

    def message(self) -> str:
        """What is being said in place of the keys, or nothing."""
        return self._message[0] if self._message else ""

    def _say(self) -> None:
        hints = [f"{spoken_keys(hint.keys)}: {hint.text}" for hint in self._hints]
        said = " ".join(part for part in self._message[:2] if part) if self._message else "; ".join(hints)
        self.setText(f"{said}. {self._right[0]}".strip(". ") if self._right[0] else said)
        self.setToolTip("\n".join(hints))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.frame("least_width"), self._look.px("hints"))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px("control"), self._look.px("hints"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), look.colour("sunken"))
        hairline(painter, look, QPointF(0, 0), QPointF(self.width(), 0))
        if self._message:
            self._paint_message(painter, *self._message)
        else:
            self._paint_hints(painter)
        painter.end()

    def _paint_message(self, painter: QPainter, text: str, note: str, icon: str, ink: str) -> None:
        look, x = self._look, float(self._look.px("pane"))
        paint_icon(painter, look, icon, ink, x, self.height() / 2, "icon_text")
        x = _write(painter, look, text, x + look.px("icon_text") + look.px("snug"), self.height(), ink)
        _write(painter, look, note, x + look.px("page"), self.height(), "text2")

    def _paint_hints(self, painter: QPainter) -> None:
        look, gap, between = self._look, self._look.px("snug"), self._look.px("page")
        metrics = QFontMetricsF(look.font("small"))
        widths = [keys_width(look, hint.keys) + gap + metrics.horizontalAdvance(hint.text) for hint in self._hints]
        room = self.width() - 2 * look.px("pane")
        right, icon = self._right
        right_width = metrics.horizontalAdvance(right) + (look.px("icon_text") + gap if icon else 0)
        with_right = bool(right) and sum(widths) + between * len(widths) + right_width <= room
        x = float(look.px("pane"))
        for hint, width in zip(self._hints, widths, strict=True):
            if x + width > self.width() - look.px("pane") + 1:
                break
            after = paint_keys(painter, look, hint.keys, x, self.height() / 2)
            _write(painter, look, hint.text, after + gap, self.height(), "text2")
            x += width + between
        if with_right:
            x = self.width() - look.px("pane") - right_width
            if icon:
                paint_icon(painter, look, icon, "text3", x, self.height() / 2, "icon_text")
                x += look.px("icon_text") + gap
            _write(painter, look, right, x, self.height(), "text3")


class EditionsStrip(EnterButton):
    """Which editions answer for the date of service. A click (the button's own ``clicked``) opens them.

    Forms: ``full``, every table; ``short``, two counts; ``mark``, one mark with its words for the place bar. A full
    strip that does not fit shows itself short. :meth:`say` puts plain words in place of the marks.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._look = look
        self._lead, self._words = "", ""
        self._editions: tuple[EditionMark, ...] = ()
        self._form: StripForm = "full"
        self.setProperty(OWN_RING, True)
        self.set_form("full")
        look.changed.connect(self.updateGeometry)

    def set_editions(self, lead: str, editions: Sequence[EditionMark]) -> None:
        """``lead`` stands before the marks: "Editions on 2026-05-01"."""
        if (lead, tuple(editions), "") == (self._lead, self._editions, self._words):
            return
        self._lead, self._editions, self._words = lead, tuple(editions), ""
        self.setAccessibleName(lead + ": " + "; ".join(f"{each.text}, {_SAYS[each.state]}" for each in editions))
        self.setToolTip("\n".join(f"{each.text}: {_SAYS[each.state]}" for each in editions))
        self._measure_again()

    def say(self, words: str) -> None:
        """Plain words in place of the marks, such as "No edition covers this date"."""
        self._words = words
        self.setAccessibleName(words)
        self.setToolTip(words)
        self._measure_again()

    def set_form(self, form: StripForm) -> None:
        """full, short or mark."""
        self._form = form
        across = QSizePolicy.Policy.Fixed if form == "mark" else QSizePolicy.Policy.Ignored
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self._measure_again()

    def shown_form(self) -> StripForm:
        """The form in use: a full strip that does not fit is short."""
        if self._form == "full" and not self._words and self._width(self._parts("full")) > self.width():
            return "short"
        return self._form

    def _is_brief(self) -> bool:
        """Whether the marks say "older" alone, because the whole words do not fit."""
        whole = [(self._lead, None), *((_full(each), each.state) for each in self._editions)]
        return self._width(whole) > self.width()

    def _measure_again(self) -> None:
        self.updateGeometry()
        self.update()

    def _parts(self, form: StripForm) -> list[tuple[str, EditionState | None]]:
        """The words to show, each with the state whose icon stands before it."""
        if self._words:
            return [(self._words, "none")]
        if form == "full":
            brief = self._is_brief()
            return [(self._lead, None), *((_full(each, brief=brief), each.state) for each in self._editions)]
        count = {state: sum(each.state == state for each in self._editions) for state in _STATES}
        what = "edition" if count["covers"] == 1 else "editions"
        verb = "covers" if count["covers"] == 1 else "cover"
        parts: list[tuple[str, EditionState | None]] = []
        if count["covers"] and (form == "short" or count["covers"] == len(self._editions)):
            parts.append((f"{count['covers']} {what} {verb} the date", "covers"))
        for state in ("older", "newer"):
            if count[state]:
                noun = (" edition" if count[state] == 1 else " editions") if form == "mark" else ""
                parts.append((f"{count[state]}{noun} {state}", state))
        if count["none"]:
            parts.append((f"{count['none']} without an edition", "none"))
        return parts

    def _width(self, parts: Sequence[tuple[str, EditionState | None]]) -> float:
        look = self._look
        metrics = QFontMetricsF(look.font("small"))
        icon = look.px("icon_text") + look.px("key_pad")
        words = sum(metrics.horizontalAdvance(text) + (icon if state else 0) for text, state in parts)
        return words + look.px("pane") * (len(parts) - 1) + 2 * self._pad()

    def _pad(self) -> int:
        return self._look.px("tight" if self._form == "mark" else "pane")

    def sizeHint(self) -> QSize:
        look = self._look
        if self._form == "mark":
            return QSize(int(self._width(self._parts("mark"))) + 2, look.px("control"))
        return QSize(look.frame("least_width"), look.px("editions"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() if self._form == "mark" else QSize(self._look.px("control"), self._look.px("editions"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, form = self._look, self.shown_form()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if form != "mark":
            painter.fillRect(self.rect(), look.colour("hover" if self.underMouse() else "sunken"))
            edge = self.height() - look.px("edge")
            hairline(painter, look, QPointF(0, edge), QPointF(self.width(), edge))
        elif self.underMouse():
            box(painter, look, QRectF(self.rect()), fill="hover")
        x = float(self._pad())
        metrics = QFontMetricsF(look.font("small"))
        right = self.width() - self._pad() - (metrics.horizontalAdvance("show") if form == "short" else 0)
        for text, state in self._parts(form):
            ink = "text3"
            if state:
                icon, icon_ink, ink = _STATES[state]
                paint_icon(painter, look, icon, icon_ink, x, self.height() / 2, "icon_text")
                x += look.px("icon_text") + look.px("key_pad")
            room = right - look.px("pane") - x
            said = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room) if self._words else text
            x = _write(painter, look, said, x, self.height(), ink) + look.px("pane")
        if form == "short":
            _write(painter, look, "show", right, self.height(), "accent")
        if self.hasFocus():
            box(painter, look, QRectF(self.rect()), edge="accent", width="ring")
        painter.end()


def _full(edition: EditionMark, *, brief: bool = False) -> str:
    says = _BRIEF if brief else _SAYS
    return edition.text if edition.state == "covers" else f"{edition.text}: {says[edition.state]}"


def _write(painter: QPainter, look: Look, text: str, x: float, height: int, ink: str) -> float:
    """Small words in one line, in the middle of a bar; gives the x after them."""
    font = look.font("small")
    width = QFontMetricsF(font).horizontalAdvance(text)
    painter.setFont(font)
    painter.setPen(look.colour(ink))
    painter.drawText(QRectF(x, 0, width + 1, height), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
    return x + width
