"""The frozen program's commands, from a folder that it may not write and from another working folder."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.commands.calls import LISTED
from tests.frozen.conftest import Frozen

ANSWERS = {**LISTED, "side": "left"}


def test_it_decides_a_case(frozen: Frozen) -> None:
    given = [word for question, answer in ANSWERS.items() for word in ("-a", f"{question}={answer}")]
    called = frozen.call("--dos", "2026-05-01", "decide", *given, "--json")
    assert (called.returncode, called.stderr) == (0, "")
    told = json.loads(called.stdout)
    assert told["status"] == "decided"
    assert [(line["code"], line["modifiers"]) for line in told["lines"]] == [("27365", ["LT"]), ("20932", [])]


def test_it_proves_itself(frozen: Frozen) -> None:
    called = frozen.call("self-check", "--json")
    assert (called.returncode, called.stderr) == (0, "")
    told = json.loads(called.stdout)
    assert told["holds"]
    assert told["problems"] == []
    assert told["cases"] > 188
    assert told["encryption"].startswith("SQLCipher 4.")
    assert told["python"] == ".".join(map(str, sys.version_info[:3]))


def test_it_tells_of_a_code_in_words(frozen: Frozen) -> None:
    called = frozen.call("code", "20932")
    assert (called.returncode, called.stderr) == (0, "")
    assert "20932" in called.stdout


@pytest.mark.parametrize(
    "words", [["decide", "-a", "side=up"], ["code", "99999"], ["nothing"], ["decide", "--answers", "nowhere.toml"]]
)
def test_a_wrong_call_is_one_sentence(frozen: Frozen, words: list[str]) -> None:
    called = frozen.call(*words)
    assert called.returncode in (2, 3)
    assert called.stdout == ""
    assert len(called.stderr.splitlines()) == 1
    assert "Traceback" not in called.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")
def test_without_a_display_it_says_so(frozen: Frozen) -> None:
    for display, said in (({}, "There is no display for the window here"), ({"DISPLAY": ":98765"}, "No window can")):
        called = frozen.call(**display)
        assert (called.returncode, called.stdout) == (4, "")
        assert called.stderr.startswith(said)
        assert len(called.stderr.splitlines()) == 1
        assert "encoder decide --help" in called.stderr
        assert "run.py" not in called.stderr


def test_it_leaves_nothing_behind(frozen: Frozen) -> None:
    def state() -> dict[Path, tuple[int, int]]:
        return {part: (part.stat().st_size, part.stat().st_mtime_ns) for part in frozen.folder.rglob("*")}

    before = state()
    assert frozen.call("code", "27365").returncode == 0
    assert state() == before
    assert list(frozen.elsewhere.iterdir()) == []
