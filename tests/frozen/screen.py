"""What is on an X display, seen by a process of its own: ``screen.py picture FILE COLOURS`` or ``screen.py clipboard``.

``picture`` waits until the screen shows at least so many colours, and keeps it; ``clipboard`` waits for a text and
prints it. Both give up after a while, with exit code 1.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

PATIENCE_MS, EVERY_MS = 60_000, 50


def picture(app: QGuiApplication, file: str, least: int) -> bool:
    """Keep the screen once it shows that many colours."""
    image = app.primaryScreen().grabWindow(0).toImage()
    colours = {image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}
    return len(colours) >= least and image.save(file)


def clipboard() -> bool:
    """Print what is on the clipboard, once there is something."""
    text = QGuiApplication.clipboard().text()
    sys.stdout.write(text)
    return bool(text)


def main(words: list[str]) -> int:
    """Look again and again."""
    app = QGuiApplication([])
    look: Callable[[], bool] = clipboard if words[0] == "clipboard" else lambda: picture(app, words[1], int(words[2]))
    timer = QTimer(interval=EVERY_MS)
    timer.timeout.connect(lambda: look() and app.exit(0))
    timer.start()
    QTimer.singleShot(PATIENCE_MS, lambda: app.exit(1))
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
