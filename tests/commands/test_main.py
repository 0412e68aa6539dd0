"""The program as it is started: clock, display, streams, and what is said when something goes wrong on the way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from encoder import __main__ as program
from encoder import paths
from encoder.commands import line
from encoder.gui import start

pytestmark = pytest.mark.usefixtures("unmeasured")

ROOT = Path(program.__file__).parents[1]
START = """
import sys
from pathlib import Path
from encoder import paths
paths.database = lambda: Path(sys.argv[1])
from encoder.__main__ import main
sys.exit(main(sys.argv[2:]))
"""
"""Starts the program over a database that the tests have built."""


@pytest.fixture(autouse=True)
def built(database: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(paths, "database", lambda: database)
    return database


def environment(**changed: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **changed}


def started(database: Path, *words: str, stdout: int, **changed: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", START, str(database), *words]
    return subprocess.run(
        command, stdout=stdout, stderr=subprocess.PIPE, env=environment(**changed), check=False, timeout=60
    )


# ---------------------------------------------------------------------------------------------- the clock


class Clock(datetime):
    """Stands still on a day."""

    @classmethod
    def now(cls, tz: object = None) -> Clock:
        return cls(2025, 6, 1, 23, 59)


def test_without_a_date_of_service_today_is_taken_from_the_clock(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(program, "datetime", Clock)
    assert program.main(["decide", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["dos"] == "2025-06-01"
    assert program.main(["decide", "--json", "--dos", "2026-05-01"]) == 0
    assert json.loads(capsys.readouterr().out)["dos"] == "2026-05-01"


def test_the_words_are_those_of_the_call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["encoder", "code", "27365"])
    assert program.main() == 0
    assert capsys.readouterr().out.startswith("27365  ")


# ---------------------------------------------------------------------------------------------- the window


def test_without_a_command_the_window_opens_on_the_files_of_the_program(
    monkeypatch: pytest.MonkeyPatch, built: Path
) -> None:
    opened: list[start.Opening] = []

    def open_window(opening: start.Opening) -> int:
        opened.append(opening)
        return 7

    monkeypatch.setattr(program, "datetime", Clock)
    monkeypatch.setattr(start, "open_window", open_window)
    monkeypatch.setenv(program.FAULT, "The code database could not be built.")
    assert program.main(["--dos", "2026-05-01", "--case", "17"]) == 7
    assert program.main([]) == 7
    given, usual = opened
    assert (given.database, given.resources) == (built, paths.resources())
    assert (given.on, given.case, given.fault) == (date(2026, 5, 1), "17", "The code database could not be built.")
    assert (given.editions, given.own, given.cases) == (paths.editions(), paths.own_codes(), paths.kept_cases())
    assert usual.on == given.clock().date() == date(2025, 6, 1)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")
def test_without_a_display_one_sentence_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert program.main([]) == 4
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == (
        "There is no display for the window here; use the commands instead, for example: python run.py decide --help, "
        "or set DISPLAY.\n"
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")
def test_a_display_that_does_not_answer_is_one_sentence_too() -> None:
    without = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "XAUTHORITY")
    environment = {name: value for name, value in os.environ.items() if name not in without}
    environment |= {"DISPLAY": ":98765", "PYTHONPATH": str(Path(paths.__file__).parents[1])}
    command = [sys.executable, "-m", "encoder"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout) == (4, "")
    (said,) = done.stderr.splitlines()
    assert said.startswith("No window can be opened on this display (")
    assert "display :98765" in said
    assert said.endswith("for example: python run.py decide --help, or mend DISPLAY.")


# ---------------------------------------------------------------------------------------------- what goes wrong


def fails(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def run(*_: object) -> int:
        raise error

    monkeypatch.setattr(line, "run", run)


def test_a_wrong_call_is_said_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["decide", "--dos", "today"]) == 2
    shown = capsys.readouterr()
    assert (shown.out, shown.err.count("\n")) == ("", 1)


def test_ctrl_c_ends_without_a_word(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    fails(monkeypatch, KeyboardInterrupt())
    assert program.main(["decide"]) == 130
    assert capsys.readouterr() == ("", "")


def test_a_file_that_nobody_else_spoke_of_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fails(monkeypatch, PermissionError(13, "Permission denied", "/somewhere/encoder.db"))
    assert program.main(["decide"]) == 4
    assert capsys.readouterr() == (
        "",
        "/somewhere/encoder.db cannot be used (Permission denied); make room, or name a place that can be used.\n",
    )


def test_what_nobody_foresaw_is_one_sentence_without_what_was_typed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fails(monkeypatch, RuntimeError("Doe, Jane"))
    assert program.main(["decide"]) == 3
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("The program made a mistake that it did not foresee")
    assert "(RuntimeError at test_main.py, line " in shown.err
    assert shown.err.count("\n") == 1
    assert "Doe" not in shown.err


def test_without_a_console_a_command_still_ends_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert program.main(["code", "27365"]) == 0
    assert program.main(["code", "99999"]) == 2


# ---------------------------------------------------------------------------------------------- streams


@pytest.mark.parametrize("words", [["code", "27365"], ["tree", "paths"]], ids=["a little", "a lot"])
def test_a_reader_that_leaves_early_is_no_fault(built: Path, words: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        ended = started(built, *words, stdout=writer)
    finally:
        os.close(writer)
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told_in_one_sentence(built: Path) -> None:
    with Path("/dev/full").open("w") as full:
        ended = started(built, "code", "27365", stdout=full.fileno())
    assert ended.returncode == 4
    assert ended.stderr == (
        b"The output cannot be written (No space left on device); make room, or name a place that can be used.\n"
    )


def test_what_is_printed_is_utf_8_wherever_it_is_printed(built: Path) -> None:
    ended = started(
        built, "tree", "outline", stdout=subprocess.PIPE, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0"
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert "“Bone”" in ended.stdout.decode("utf-8")


def test_the_package_can_be_started() -> None:
    command = [sys.executable, "-m", "encoder", "code"]
    ended = subprocess.run(command, capture_output=True, env=environment(), check=False, timeout=60)
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert ended.stderr == b"The following arguments are required: CODE; see encoder code --help.\n"
