"""A display of its own, and what a hand at the keyboard does on it."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from encoder import paths

ROOT = Path(__file__).resolve().parents[2]
LOOKS = ROOT / "tests" / "frozen" / "screen.py"
SIZE = (1366, 768)
FULL = 100  # colours of a window with words and pictures; the bare frame has a few
SECONDS = 120  # until what is waited for counts as not coming; it comes in a fraction of one
_NEEDED = ("Xvfb", "xdotool")


def lacking() -> str:
    """Why the program cannot be shown on a display here; an empty string when it can."""
    if not sys.platform.startswith("linux"):
        return "needs Linux"
    missing = [name for name in _NEEDED if shutil.which(name) is None]
    if missing:
        return f"needs {' and '.join(missing)}; Debian and Ubuntu: apt install xvfb xdotool"
    return "" if paths.database().is_file() else "needs the code database: python run.py db"


class Display:
    """One display, on which one program is open at a time."""

    def __init__(self, name: str, home: Path) -> None:
        """``home`` is the home folder of who works on it."""
        dropped = ("WAYLAND_DISPLAY", "XDG_CONFIG_HOME", "XAUTHORITY")
        kept = {key: value for key, value in os.environ.items() if key not in dropped}
        own = {"DISPLAY": name, "HOME": str(home), "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "xcb"}
        self.name, self.home, self.env = name, home, {**kept, **own}

    @contextmanager
    def program(self, *words: str) -> Iterator[None]:
        """The program, open and filled; its window is then closed, and it must end well and without a word."""
        command = [sys.executable, "-P", "-m", "encoder", *words]
        process = subprocess.Popen(command, env=self.env, cwd=ROOT, stderr=subprocess.PIPE, text=True)
        try:
            self._do("windowfocus", "--sync", self._window())
            self._look("picture", str(self.home / "window.png"), str(FULL))
            yield
            _ask_to_close(self.name, int(self._window()))
            _, said = process.communicate(timeout=SECONDS)
            assert (process.returncode, said) == (0, "")
        finally:
            if process.poll() is None:
                process.kill()
                process.communicate(timeout=SECONDS)

    def press(self, *keys: str) -> None:
        """Press keys: "1", "Return", "ctrl+shift+c"."""
        self._do("key", *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self._do("type", text)

    def clipboard(self) -> list[str]:
        """The lines on the clipboard, once there are any."""
        return self._look("clipboard").split("\n")

    def move(self, left: int, top: int, width: int, height: int) -> None:
        """Move the window and make it as large."""
        self._do("windowmove", "--sync", self._window(), str(left), str(top))
        self._do("windowsize", "--sync", self._window(), str(width), str(height))

    def place(self) -> tuple[int, ...]:
        """Left, top, width and height of the window."""
        lines = self._do("getwindowgeometry", "--shell", self._window()).split("\n")
        found = dict(line.split("=", 1) for line in lines)
        return tuple(int(found[name]) for name in ("X", "Y", "WIDTH", "HEIGHT"))

    def _window(self) -> str:
        """The id of the window, waited for until it is seen."""
        return self._do("search", "--sync", "--onlyvisible", "--name", "^Graftpath$").split("\n")[0]

    def _do(self, *words: str) -> str:
        return self._call("xdotool", *words)

    def _look(self, *words: str) -> str:
        return self._call(sys.executable, str(LOOKS), *words)

    def _call(self, *command: str) -> str:
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=SECONDS, check=True)
        return done.stdout.strip()


@pytest.fixture(scope="module")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Display]:
    """An empty display of 1366 x 768."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "{}x{}x24".format(*SIZE), "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as told:
            number = told.readline().strip()
        yield Display(f":{number}", tmp_path_factory.mktemp("home"))
    finally:
        server.terminate()
        server.wait(SECONDS)


class _ClientMessage(ctypes.Structure):
    """XClientMessageEvent of Xlib, with the room of an XEvent."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("room", ctypes.c_long * 24),
    )


def _ask_to_close(name: str, window: int) -> None:
    """Send a window what the cross in its corner sends."""
    x = ctypes.CDLL("libX11.so.6")
    x.XOpenDisplay.restype = ctypes.c_void_p
    x.XInternAtom.restype = ctypes.c_ulong
    x.XInternAtom.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int)
    x.XSendEvent.argtypes = (ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_long, ctypes.c_void_p)
    x.XCloseDisplay.argtypes = (ctypes.c_void_p,)
    display = x.XOpenDisplay(name.encode())
    protocols, delete = (x.XInternAtom(display, atom, 0) for atom in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW"))
    message = _ClientMessage(type=33, window=window, message_type=protocols, format=32)
    message.data[0] = delete
    x.XSendEvent(display, window, 0, 0, ctypes.byref(message))
    x.XCloseDisplay(display)
