"""What is said in the hint bar: that something was done, why nothing was, and what was copied."""

from __future__ import annotations

from encoder.gui.clipboard import SECONDS, Clipboard
from encoder.gui.settings import Settings
from encoder.gui.widgets.bars import HintBar

_SECONDS = 8  # that a message stays


class Messages:
    """Messages in a hint bar, and the clipboard, whose every use is said there."""

    def __init__(self, hints: HintBar, settings: Settings) -> None:
        self._hints, self._settings = hints, settings
        self._clipboard = Clipboard(hints)

    def say(self, text: str, note: str = "") -> None:
        """Say that something was done."""
        self._hints.show_message(text, note, seconds=_SECONDS)

    def tell(self, text: str) -> None:
        """Say why nothing was done."""
        self._hints.show_message(text, seconds=_SECONDS, icon="info", ink="text2")

    def copy(self, text: str, said: str) -> None:
        """Put a text on the clipboard and say so; without a text say why there is none."""
        if not text:
            self.tell(said)
            return
        clear = self._settings.choices.clear_clipboard
        self._clipboard.put(text, clear=clear)
        self.say(said, f"The clipboard is cleared in {SECONDS} s." if clear else "")
