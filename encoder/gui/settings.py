"""What is kept of the window between two starts: how it looks and where it was. Nothing of a case is kept here."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths
from PySide6.QtGui import QGuiApplication

from encoder.gui.look.tokens import LEAST_TEXT, MOST_TEXT, Choice

_FILE = "graftpath.ini"
_LOOK, _PLACES = "look", "places"


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user chose on the settings page. ``text`` is 1.0 to 2.0 times the system's text size.

    ``lock_minutes``: the cases are locked after so many minutes without a key press.
    """

    scheme: Choice = "system"
    text: float = LEAST_TEXT
    bundled_face: bool = True
    clear_clipboard: bool = True
    on_top: bool = False
    lock_minutes: int = 10


class Settings:
    """An INI file in the user's configuration folder; places are kept for each arrangement of screens."""

    def __init__(self, file: Path) -> None:
        self._store = QSettings(str(file), QSettings.Format.IniFormat)
        self.choices = self._read_choices()

    @classmethod
    def of_user(cls) -> Settings:
        """The settings of whoever runs the program."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation)
        return cls(Path(folder) / _FILE)

    def choose(self, choices: Choices) -> None:
        """Keep other choices."""
        self.choices = choices
        for name in Choices.__slots__:
            self._store.setValue(f"{_LOOK}/{name}", str(getattr(choices, name)))

    def place(self, name: str) -> str:
        """A place kept for this arrangement of screens, or an empty string."""
        return self._text(f"{_PLACES}/{_screens()}/{name}")

    def keep_place(self, name: str, place: str) -> None:
        """Keep a place for this arrangement of screens."""
        self._store.setValue(f"{_PLACES}/{_screens()}/{name}", place)

    def geometry(self) -> QByteArray:
        """Where the window was; empty when it never was anywhere with these screens."""
        return QByteArray.fromBase64(self.place("window").encode())

    def keep_geometry(self, geometry: QByteArray) -> None:
        """Keep where the window is."""
        self.keep_place("window", geometry.toBase64().toStdString())

    def _text(self, key: str) -> str:
        value = self._store.value(key, "")
        return value if isinstance(value, str) else ",".join(value) if isinstance(value, list) else ""

    def _read_choices(self) -> Choices:
        """The choices kept; whatever is missing or no longer makes sense is as at the first start."""
        found = Choices()
        for scheme in get_args(Choice):
            if self._text(f"{_LOOK}/scheme") == scheme:
                found = replace(found, scheme=scheme)
        with suppress(ValueError):
            found = replace(found, text=min(max(float(self._text(f"{_LOOK}/text")), LEAST_TEXT), MOST_TEXT))
        with suppress(ValueError):
            found = replace(found, lock_minutes=max(int(self._text(f"{_LOOK}/lock_minutes")), 1))
        return replace(
            found,
            bundled_face=self._text(f"{_LOOK}/bundled_face") != "False",
            clear_clipboard=self._text(f"{_LOOK}/clear_clipboard") != "False",
            on_top=self._text(f"{_LOOK}/on_top") == "True",
        )


def _screens() -> str:
    """The screens by size and place, so that a window kept on a second screen is not opened where none is."""
    found = (screen.geometry() for screen in QGuiApplication.screens())
    return "_".join(f"{one.width()}x{one.height()}at{one.x()}.{one.y()}" for one in found)
