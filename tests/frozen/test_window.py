"""The frozen program's window on a real X display: it opens, is seen, and decides a case by its keys."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from encoder import paths
from encoder.core.session import Session
from encoder.store.codebook import Codebook
from encoder.store.tree_file import read_tree
from tests.frozen.conftest import SECONDS, Frozen, lacking
from tests.frozen.test_commands import ANSWERS

ON = date(2026, 5, 1)
WIDTH, HEIGHT = 1366, 768
FULL = 100  # colours of a window with words and pictures; the bare frame has a few

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X displays are for Linux")


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A display of our own, so that keys go nowhere else."""
    for tool in ("Xvfb", "xdotool"):
        if shutil.which(tool) is None:
            lacking(f"{tool} is missing: apt install {tool.lower()}")
    read, write = os.pipe()
    size = f"{WIDTH}x{HEIGHT}x24"
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()  # written once the display answers
    assert number, "Xvfb did not start"
    yield f":{number}"
    server.terminate()
    server.wait(SECONDS)


@pytest.fixture
def window(frozen: Frozen, display: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [str(frozen.program), "--dos", ON.isoformat()],
        cwd=frozen.elsewhere,
        env=frozen.environment(DISPLAY=display),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        user=frozen.who.get("user"),
        group=frozen.who.get("group"),
    )
    yield process
    process.kill()
    process.communicate(timeout=SECONDS)


def tool(display: str, *words: str) -> None:
    """Find the window and type into it."""
    subprocess.run(["xdotool", *words], env={**os.environ, "DISPLAY": display}, timeout=SECONDS, check=True)


def look(display: str, *words: str) -> str:
    """Look at the display through a process of its own."""
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("screen.py")), *words],
        env={**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, f"nothing was seen: {' '.join(words)}"
    return done.stdout


def keys() -> list[str]:
    """The keys that answer the case, as the questions offer them: a digit, or in a long list words and a digit."""
    tree = read_tree(paths.resources() / "tree", "structural_allograft")
    book = Codebook.open(paths.database())
    session = Session(tree, book, ON, answers={"claim": frozenset(("surgeon",))})
    pressed: list[str] = []
    while (ask := session.view().ask) is not None:
        (option,) = (option for option in ask.options if option.id == ANSWERS[ask.question])
        written = [] if option.key else ["space" if sign == " " else sign for sign in option.say.lower()]
        pressed += [*written, option.key or "1"]
        session.answer(ask.question, option.id)
    book.close()
    return pressed


def test_it_opens_and_decides_a_case(
    display: str, frozen: Frozen, window: subprocess.Popen[str], tmp_path: Path
) -> None:
    tool(display, "search", "--sync", "--onlyvisible", "--name", "Graftpath", "windowfocus", "--sync")
    question, result = tmp_path / "question.png", tmp_path / "result.png"
    look(display, "picture", str(question), str(FULL))
    assert ink(question) > 0.01
    tool(display, "key", *keys())
    tool(display, "key", "ctrl+shift+c")
    claim = look(display, "clipboard").splitlines()
    assert [line.split()[0] for line in claim[:2]] == ["27365", "20932"]
    look(display, "picture", str(result), str(FULL))
    assert result.read_bytes() != question.read_bytes()
    assert window.poll() is None
    window.terminate()
    assert window.communicate(timeout=SECONDS) == ("", "")


def ink(file: Path) -> float:
    """The share of dark dots in the middle of the screen, where the question stands."""
    image = QImage(str(file))
    dots = [(x, y) for x in range(WIDTH // 4, WIDTH // 2) for y in range(HEIGHT // 8, HEIGHT // 2)]
    return sum(QColor(image.pixel(x, y)).lightness() < 100 for x, y in dots) / len(dots)
