"""Opening the window: first its frame, then what it holds; and a sentence in its place when that cannot be had."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler, qWarning
from PySide6.QtWidgets import QApplication, QMainWindow

from encoder import paths
from encoder.errors import DataError, EncoderError, SetupError
from encoder.gui.look.first import first_tokens
from encoder.gui.look.tokens import read_tokens
from encoder.gui.settings import Settings
from encoder.gui.window import NAME, Window

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@dataclass(frozen=True, slots=True)
class Opening:
    """What the window is opened with.

    Attributes:
        on: the date of service to begin with; ``note`` a text file to show; ``fault`` a sentence to show instead.
        editions: the folder of the user's imported editions; ``own`` the file of favourites and notes; ``cases`` the
            folder of the encrypted cases. None keeps nothing.
        now: the clock.
    """

    database: Path
    resources: Path
    on: date
    case: str = ""
    note: Path | None = None
    compact: bool = False
    fault: str = ""
    editions: Path | None = None
    own: Path | None = None
    cases: Path | None = None
    now: Callable[[], datetime] | None = None

    def clock(self) -> datetime:
        """The time by the clock; without one, the morning of the date of service."""
        return self.now() if self.now is not None else datetime.combine(self.on, time())


def open_window(opening: Opening) -> int:
    """Open the window and stay until it is closed; the exit code.

    Raises:
        SetupError: there is no display.
    """
    need_display()
    app = _application()
    app.setApplicationName(NAME)
    app.setOrganizationName(NAME)
    window = open_with(app, opening, Settings.of_user())
    window.show()
    return app.exec()


def need_display() -> None:
    """Raise SetupError where Qt would abort for want of a display."""
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in _DISPLAYS):
        raise SetupError(f"There is no display for the window here; {_instead()}, or set DISPLAY.")


def _instead() -> str:
    return f"use the commands instead, for example: {paths.program()} decide --help"


def _application() -> QApplication:
    """The application. Where Qt gives up on the display it aborts; one line and the exit code then come first."""
    said: list[str] = []

    def hear(kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
        if kind is QtMsgType.QtFatalMsg:
            why = next(iter(said), text).partition("\n")[0].rstrip(". ")
            sys.stderr.write(f"No window can be opened on this display ({why}); {_instead()}, or mend DISPLAY.\n")
            sys.stderr.flush()
            os._exit(SetupError.exit_code)  # on the way back from here Qt aborts
        said.append(text)

    before = qInstallMessageHandler(hear)
    try:
        app = QApplication(sys.argv[:1])
    finally:
        qInstallMessageHandler(before)
    for text in said:
        qWarning(text)
    return app


def open_with(app: QApplication, opening: Opening, settings: Settings, *, at_once: bool = False) -> QMainWindow:
    """A window that fills itself once its frame is painted, or ``at_once``."""
    try:
        file = read_tokens(opening.resources / "tokens.toml")
        tokens = first_tokens(app, file, settings.choices.scheme, settings.choices.text)
        window = Window(tokens, settings, compact=opening.compact)
    except DataError as error:
        return _plain_window(str(error))

    def fill() -> None:
        from encoder.gui.furnish import furnish

        furnish(app, window, settings, opening)

    def fill_for_good() -> None:
        fill()
        gc.freeze()  # tree, tables and widgets stay to the end: the collector need not walk them after every answer

    if at_once:
        fill()
    else:
        window.when_painted(lambda: QTimer.singleShot(0, fill_for_good))
    return window


def _plain_window(sentence: str) -> QMainWindow:
    """A window without any look: what draws it is what is broken."""
    from encoder.gui.pages.error import ErrorPage

    window = QMainWindow()
    window.setWindowTitle(NAME)
    page = ErrorPage(sentence)
    page.copy_wanted.connect(lambda text, _said: QApplication.clipboard().setText(text))
    window.setCentralWidget(page)
    return window


def sentence_of(kind: type[BaseException], error: BaseException, _trace: TracebackType | None = None) -> str:
    """What is said of an error that nobody foresaw."""
    if isinstance(error, EncoderError):
        return str(error)
    return (
        f"The program made a mistake that it did not foresee ({kind.__name__}: {error}), so what it shows may not be "
        "right; start it again, and report this sentence with the answers that led here."
    )
