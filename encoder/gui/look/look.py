"""The look in use. The window makes one and hands it to everything it builds; there is no global."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPixmap
from PySide6.QtWidgets import QApplication

from encoder.errors import DataError, UsageError
from encoder.gui.look import fonts
from encoder.gui.look.icons import Alternative, Drawings
from encoder.gui.look.style import fill_in, palette
from encoder.gui.look.tokens import LEAST_TEXT, MOST_TEXT, Choice, Scheme, Tokens, read_tokens


class Look(QObject):
    """Colours, sizes, fonts, icons and pictures for the scheme and text size in use.

    Signals:
        changed: scheme, text size or face is another; whoever measured or painted does it again.
    """

    changed = Signal()

    def __init__(self, app: QApplication, resources: Path, parent: QObject | None = None) -> None:
        """Dress the application: Fusion, face, palette, style sheet. DataError when a shipped file is unusable."""
        super().__init__(parent)
        self._app = app
        self._file = read_tokens(resources / "tokens.toml")
        try:
            self._sheet = (resources / "look.qss").read_text(encoding="utf-8")
        except OSError as error:
            raise DataError("resources/look.qss is missing or cannot be read; install the program again") from error
        self._drawings = Drawings(resources)
        self._system_font = QFont(app.font())
        self.has_bundled_face = fonts.install(resources / "fonts", self._file)
        self._bundled_face = True
        self._choice: Choice = "system"
        self._text_scale = LEAST_TEXT
        self._fonts: dict[tuple[str, int | None], QFont] = {}
        self._measures: dict[str, int] = {}
        self._colours: dict[str, QColor] = {}
        self._kept: dict[Hashable, QPixmap] = {}
        self.tokens = self._read_state()
        app.setStyle("Fusion")
        self._dress()
        app.styleHints().colorSchemeChanged.connect(self._refresh)

    # -- what is chosen ---------------------------------------------------------------------------------------------

    @property
    def scheme(self) -> Scheme:
        """The scheme in use, light or dark."""
        return self.tokens.scheme

    @property
    def choice(self) -> Choice:
        """What was chosen: follow the system, light or dark."""
        return self._choice

    @property
    def text_scale(self) -> float:
        """The size of text beside the system's, 1.0 to 2.0."""
        return self._text_scale

    def set_scheme(self, choice: Choice) -> None:
        """Follow the system, or fix light or dark."""
        if choice not in ("system", "light", "dark"):
            raise UsageError(f"the colour scheme is {choice!r}; it can be system, light or dark")
        self._choice = choice
        hints = self._app.styleHints()
        if choice == "system":
            hints.unsetColorScheme()
        else:
            hints.setColorScheme(Qt.ColorScheme.Dark if choice == "dark" else Qt.ColorScheme.Light)
        self._refresh()

    def set_text_scale(self, scale: float) -> None:
        """Text, icons, rows and paddings at 1.0 to 2.0 times the system's text size, or the nearest of the two."""
        self._text_scale = min(max(scale, LEAST_TEXT), MOST_TEXT)
        self._refresh()

    def set_bundled_face(self, bundled: bool) -> None:
        """Write in the bundled face (the default) or in the system's."""
        if bundled != self._bundled_face:
            self._bundled_face = bundled
            self._dress()
            self.changed.emit()

    # -- what it gives ----------------------------------------------------------------------------------------------

    def colour(self, name: str) -> QColor:
        """A colour of the token file in the scheme in use."""
        found = self._colours.get(name)
        if found is None:
            found = self._colours[name] = QColor(self.tokens.colour(name))
        return found

    def px(self, name: str) -> int:
        """A measure of the token file in px for the text size in use."""
        found = self._measures.get(name)
        if found is None:
            found = self._measures[name] = self.tokens.px(name)
        return found

    def frame(self, name: str) -> int:
        """A width or height of the window in px at which the frame changes (wide, middle, tall, low ...)."""
        return self.tokens.frame(name)

    def font(self, role: str, weight: int | None = None) -> QFont:
        """The font of a type role (body, small, label, answer, title, code, code_large ...), or in another weight."""
        key = (role, weight)
        if key not in self._fonts:
            self._fonts[key] = fonts.role_font(self._base_font(), self.tokens, role, weight)
        return self._fonts[key]

    def pixmap(self, name: str, ink: str = "text2", size: str = "icon_row", ratio: float | None = None) -> QPixmap:
        """An icon in a token colour and a token size; ``ratio`` is the device pixel ratio, else the screen's."""
        return self._drawings.icon(name, self.tokens.colour(ink), self.px(size), ratio or self._app.devicePixelRatio())

    def icon(self, name: str, ink: str = "text2", size: str = "icon_row") -> QIcon:
        """The same as a QIcon, with its disabled form in text3."""
        made = QIcon(self.pixmap(name, ink, size))
        made.addPixmap(self.pixmap(name, "text3", size), QIcon.Mode.Disabled)
        return made

    def mark(self, size: str = "mark", ink: str = "text") -> QPixmap:
        """The mark of the program, in a token colour and a token size."""
        return self._drawings.mark(self.tokens, ink, self.px(size), self._app.devicePixelRatio())

    def row_picture(self, name: str, size: str = "picture", ratio: float | None = None) -> QPixmap:
        """A picture for an answer row (72 x 44 grid), a token size wide."""
        return self._drawings.picture(f"row/{name}", self.tokens, self.px(size), ratio or self._app.devicePixelRatio())

    def row_pictures(self) -> frozenset[str]:
        """The names of the row pictures there are."""
        return self._drawings.row_pictures()

    def picture(self, name: str, size: str = "picture_help", ratio: float | None = None) -> QPixmap:
        """A teaching picture, a token size wide."""
        return self._drawings.picture(name, self.tokens, self.px(size), ratio or self._app.devicePixelRatio())

    def alternative(self, name: str) -> Alternative:
        """Title and description of a picture, for accessible name and description; ``row/name`` for a row picture."""
        return self._drawings.alternative(name)

    def kept(self, key: Hashable, make: Callable[[], QPixmap]) -> QPixmap:
        """A small drawing that is made once for the scheme and text size in use, and drawn many times."""
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = make()
        return found

    def svg(self, path: str) -> str:
        """The text of an SVG file of the resources, such as ``pictures/body_map``."""
        return self._drawings.text(path)

    # -- inside -----------------------------------------------------------------------------------------------------

    def _read_state(self) -> Tokens:
        dark = self._choice == "dark" or (self._choice == "system" and self._system_is_dark())
        em = fonts.points(self._system_font) * fonts.dots_per_point() * self._text_scale
        return Tokens(self._file, "dark" if dark else "light", em)

    def _system_is_dark(self) -> bool:
        return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark

    def _refresh(self) -> None:
        tokens = self._read_state()
        if tokens != self.tokens:
            self.tokens = tokens
            self._dress()
            self.changed.emit()

    def _base_font(self) -> QFont:
        if not (self._bundled_face and self.has_bundled_face):
            return self._system_font
        font = QFont(self._system_font)
        font.setFamily(self._file.family)
        return font

    def _dress(self) -> None:
        self._fonts.clear()
        self._measures.clear()
        self._colours.clear()
        self._kept.clear()
        self._app.setFont(self.font("body"))
        self._app.setPalette(palette(self.tokens))
        self._app.setStyleSheet(fill_in(self._sheet, self.tokens, fonts.dots_per_point()))
