"""A process of its own that opens a window, prints what was measured in it as JSON, and ends.

``python -m benchmarks.opened empty`` opens an empty window, ``program`` the program up to its first question. Both
print moments in seconds, on the clock that the starting process reads too. ``case`` and ``cases`` answer one worked
case, or all golden ones several times, in the window, and print how long each answer took; ``noted`` does the same with
a note of a thousand words beside them, ``kept`` with each answer kept encrypted, and ``typed`` types into the palette.
Every kind prints the largest memory that the process ever held, in MB.

Only what a kind needs is imported, and nothing of the program or of Python before its own start would import it.
"""

from __future__ import annotations

import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from encoder.gui.desk import Desk

WIDTH, HEIGHT = 1366, 768


def empty() -> dict[str, object]:
    """A main window of the program's size with nothing in it."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QMainWindow

    told: dict[str, object] = {}

    class Empty(QMainWindow):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            told.setdefault("painted", time.monotonic())
            QTimer.singleShot(0, app.quit)

    app = QApplication([])
    window = Empty()
    window.resize(WIDTH, HEIGHT)
    window.show()
    app.exec()
    return told


def program() -> dict[str, object]:
    """The program as a user starts it, until its first question is painted."""
    from encoder.gui.window import Window

    told: dict[str, object] = {}
    call_back = Window.when_painted

    def when_painted(window: Window, then: Callable[[], object]) -> None:
        def painted() -> None:
            told["painted"] = time.monotonic()
            _quit_at_question(told)
            then()

        call_back(window, painted)

    Window.when_painted = when_painted  # type: ignore[method-assign, assignment]
    from encoder.__main__ import main

    if main([]) != 0 or "asked" not in told:
        raise SystemExit("The program ended before it had shown a question.")
    return told


def _quit_at_question(told: dict[str, object]) -> None:
    """End the program once the answers of the first question are painted."""
    from PySide6.QtWidgets import QApplication

    from encoder.gui.desk import Desk

    begin = Desk.begin

    def begun(desk: Desk) -> None:
        begin(desk)

        def painted() -> None:
            told["asked"] = time.monotonic()
            QApplication.quit()

        after_paint(desk.case.question.answers.viewport(), painted)

    Desk.begin = begun  # type: ignore[method-assign, assignment]


def after_paint(widget: QWidget, then: Callable[[], object]) -> None:
    """Call once the widget, and all that is painted with it, was painted for the next time."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                watched.removeEventFilter(self)
                QTimer.singleShot(0, then)  # runs when the paint of the whole window is over
                self.deleteLater()
            return False

    widget.installEventFilter(Watch(widget))


def answers(kind: str) -> dict[str, object]:
    """Worked cases, answered in the window; or letters, typed into the palette."""
    if kind == "typed":
        from benchmarks import typed

        return typed.letters()
    from benchmarks import answered

    kinds = {"case": answered.once, "cases": answered.golden, "noted": answered.noted, "kept": answered.kept}
    return kinds[kind]()


def peak_memory() -> float | None:
    """The largest memory that this process ever held, in MB; None where the system does not say it."""
    import platform
    from pathlib import Path

    system = platform.system()
    if system == "Linux":
        # Not getrusage: that counts in what the starting process held.
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM:"))
    if system == "Darwin":
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    return None


def main(kind: str) -> None:
    """Open a window of a kind and print what it told."""
    told = empty() if kind == "empty" else program() if kind == "program" else answers(kind)
    import json

    print(json.dumps({**told, "memory": peak_memory()}))


if __name__ == "__main__":
    main(sys.argv[1])
