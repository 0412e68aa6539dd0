"""The window itself: title, place on the screen, and the bare frame that is painted before anything is read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from encoder.gui.look.first import dot
from encoder.gui.look.tokens import Tokens
from encoder.gui.settings import Settings

NAME = "Graftpath"
_FIRST_SIZE = (105, 58)  # em of the body font: 1366 x 754 px at 13 px
_COMPACT_SIZE = (37, 58)


class Window(QMainWindow):
    """An empty window in its own colours; what it holds is put in when it is ready.

    The first paint shows the frame (rail, bars, panes) without words, so the window is there before the look and the
    tables are read.
    """

    def __init__(self, tokens: Tokens, settings: Settings, *, compact: bool = False) -> None:
        super().__init__()
        self._settings, self._compact = settings, compact
        self._on_top = False
        self.setWindowTitle(NAME)
        self.setCentralWidget(_Frame(tokens))
        whole = settings.choices.text  # large text may need more room than a small screen has: then panes scroll
        self.setMinimumSize(round(tokens.frame("least_width") / whole), round(tokens.frame("least_height") / whole))
        self.set_on_top(compact or settings.choices.on_top)
        width, height = _COMPACT_SIZE if compact else _FIRST_SIZE
        self._fit(round(width * tokens.em), round(height * tokens.em))
        if not compact and not settings.geometry().isEmpty():
            self.restoreGeometry(settings.geometry())

    def when_painted(self, then: Callable[[], object]) -> None:
        """Call back once the bare frame was painted for the first time."""
        frame = self.centralWidget()
        assert isinstance(frame, _Frame)
        frame.then = then

    def hold(self, content: QWidget) -> None:
        """Put the content in place of the bare frame."""
        self.setCentralWidget(content)

    def set_on_top(self, on_top: bool) -> None:
        """Keep the window above all others, or no longer."""
        if on_top != self._on_top:
            from PySide6.QtCore import Qt  # its many names take as long to make as the bare window

            self._on_top = on_top
            shown = self.isVisible()
            self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint, on_top)
            if shown:
                self.show()  # Qt hides a window whose flags change
                self.activateWindow()

    def is_on_top(self) -> bool:
        """Whether the window stays above all others."""
        return self._on_top

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._compact:
            self._settings.keep_geometry(self.saveGeometry())
        super().closeEvent(event)

    def _fit(self, width: int, height: int) -> None:
        """As large as asked for, or as the screen allows."""
        room = self.screen().availableGeometry()
        self.resize(min(width, room.width()), min(height, room.height()))


class _Frame(QWidget):
    """The fills of rail, bars and panes, as they will be."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._tokens = tokens
        self.then: Callable[[], object] | None = None

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, px, width, height = self._tokens, self._tokens.px, self.width(), self.height()
        wide = width >= tokens.frame("wide")
        rail = px("rail") if wide else 0
        bar, strip, hints = px("place_bar"), px("editions") if wide else 0, px("hints")
        way, right = (px("way"), px("right")) if wide else (0, 0)
        painter = QPainter(self)
        painter.drawPixmap(self.rect(), dot(tokens, "surface"))
        sunken = dot(tokens, "sunken")
        for rect in (
            QRect(0, 0, rail, height),
            QRect(rail, bar, width - rail, strip),
            QRect(rail, bar + strip, way, height - bar - strip - hints),
            QRect(width - right, bar + strip, right, height - bar - strip - hints),
            QRect(rail, height - hints, width - rail, hints),
        ):
            painter.drawPixmap(rect, sunken)
        painter.end()
        then, self.then = self.then, None
        if then is not None:
            then()
