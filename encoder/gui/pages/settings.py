"""Settings: how the window looks, what happens to the clipboard, and when the cases are locked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from encoder.gui.look import Look
from encoder.gui.look.tokens import Choice
from encoder.gui.pages.page import Page
from encoder.gui.settings import Choices, Settings
from encoder.gui.widgets.choices import CheckBox, Segmented
from encoder.gui.widgets.scroller import Scroller
from encoder.gui.widgets.text import MEDIUM, Heading, Inset, Words

_SCHEMES = (("system", "As the system"), ("light", "Light"), ("dark", "Dark"))
_TEXTS = (("1.0", "100 %"), ("1.25", "125 %"), ("1.5", "150 %"), ("1.75", "175 %"), ("2.0", "200 %"))
_LOCKS = (("5", "After 5 minutes"), ("10", "10 minutes"), ("30", "30 minutes"))


class SettingsPage(Page):
    """Every setting works at once and is kept for the next start.

    Signals:
        chosen(Choices): another choice.
    """

    chosen = Signal(object)

    def __init__(self, look: Look, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._settings, self._choices = look, settings, settings.choices
        self._parts: list[QVBoxLayout] = []
        body = QWidget()
        body.setProperty("fill", "none")
        self._column = QVBoxLayout(body)
        self._column.addWidget(Heading(look, "Settings"))
        self.scheme = Segmented(look, "Colours", _SCHEMES)
        self.text = Segmented(look, "Size of the text", _TEXTS)
        self.face = CheckBox(look, "Write in the bundled font")
        self.clipboard = CheckBox(look, "Clear the clipboard 60 s after copying")
        self.on_top = CheckBox(look, "Keep the window above all others")
        self.lock = Segmented(look, "Lock the cases", _LOCKS)
        self._add("Colours", "Dark or light, or whatever the system says.", self.scheme)
        self._add("Size of the text", "Rows, icons and pictures grow with it.", self.text)
        self._add("Font", "Its zeros in codes are slashed: 0QRC0KZ. Without it the system's font is used.", self.face)
        self._add("Clipboard", "Only if it still holds what was copied here.", self.clipboard)
        self._add("Window", "For working beside the chart; the narrow window has a pin for it too.", self.on_top)
        self._add(
            "Lock the cases", "Where cases are kept: without a key press for so long. Ctrl+L does it now.", self.lock
        )
        kept = (
            "Kept on this computer: these settings and where the window was; cases only behind a passphrase of yours."
        )
        self._column.addWidget(Inset(look, kept, "small", "text3"))
        self._column.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(Scroller(body))
        self.show_choices(settings.choices)
        self._connect()
        self._measure()
        look.changed.connect(self._measure)

    def _add(self, title: str, words: str, control: QWidget) -> None:
        part = QVBoxLayout()
        part.addWidget(Words(self._look, title, "body", weight=MEDIUM))
        part.addWidget(Words(self._look, words, "small", "text2"))
        part.addWidget(control)
        self._parts.append(part)
        self._column.addLayout(part)

    def _connect(self) -> None:
        schemes: dict[str, Choice] = {"system": "system", "light": "light", "dark": "dark"}
        self.scheme.chosen.connect(lambda key: self._choose(lambda was: replace(was, scheme=schemes[key])))
        self.text.chosen.connect(lambda key: self._choose(lambda was: replace(was, text=float(key))))
        self.face.toggled.connect(lambda on: self._choose(lambda was: replace(was, bundled_face=on)))
        self.clipboard.toggled.connect(lambda on: self._choose(lambda was: replace(was, clear_clipboard=on)))
        self.on_top.toggled.connect(lambda on: self._choose(lambda was: replace(was, on_top=on)))
        self.lock.chosen.connect(lambda key: self._choose(lambda was: replace(was, lock_minutes=int(key))))

    def show_choices(self, choices: Choices) -> None:
        """Show the choices as they are."""
        self._choices = choices
        self.scheme.set_current(choices.scheme)
        nearest = min(_TEXTS, key=lambda text: abs(float(text[0]) - choices.text))
        self.text.set_current(nearest[0])
        self.lock.set_current(min(_LOCKS, key=lambda each: abs(int(each[0]) - choices.lock_minutes))[0])
        for box, on in (
            (self.face, choices.bundled_face),
            (self.clipboard, choices.clear_clipboard),
            (self.on_top, choices.on_top),
        ):
            box.blockSignals(True)
            box.setChecked(on)
            box.blockSignals(False)

    def focus_main(self) -> None:
        self.show_choices(self._settings.choices)
        self.scheme.segment(self.scheme.current()).setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self, change: Callable[[Choices], Choices]) -> None:
        self._choices = change(self._choices)
        self.chosen.emit(self._choices)

    def _measure(self) -> None:
        px = self._look.px
        self._column.setContentsMargins(px("page"), px("pane"), px("page"), px("pane"))
        self._column.setSpacing(px("page"))
        for part in self._parts:
            part.setSpacing(px("tight"))
            part.setContentsMargins(px("snug"), 0, 0, 0)
