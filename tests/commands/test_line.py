"""The grammar: what can be called, and what a wrong call is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from encoder.commands import line
from encoder.commands.shipped import Shipped
from encoder.errors import UsageError
from tests.commands.calls import call


def refusal(*words: str) -> str:
    with pytest.raises(UsageError) as refused:
        line.parse(words)
    return str(refused.value)


def test_without_a_command_the_window_is_meant_with_its_options() -> None:
    bare = line.parse([])
    assert (bare.command, bare.dos, bare.case, bare.note, bare.compact) == (None, None, "", None, False)
    words = ["--dos", "2026-05-01", "--case", "17", "--note", "note.txt", "--compact"]
    full = line.parse(words)
    assert (full.command, full.dos, full.case) == (None, date(2026, 5, 1), "17")
    assert (full.note, full.compact) == (Path("note.txt"), True)


@pytest.mark.parametrize(
    "words",
    [
        ["decide"],
        ["decide", "-a", "claim=surgeon", "-a", "region=limb", "--answers", "a.toml", "--tree", "t", "--json"],
        ["code", "27365", "--json", "--dos", "2026-05-01"],
        ["tree", "check", "--json", "--tree", "t"],
        ["tree", "outline", "--dos", "2026-05-01"],
        ["tree", "paths", "--limit", "3"],
        ["self-check", "--json"],
    ],
)
def test_each_documented_call_is_understood(words: list[str]) -> None:
    assert line.parse(words).command == words[0]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("nope", "Argument COMMAND: invalid choice: 'nope' (choose from "),
        ("tree", "The following arguments are required: check|outline|paths; see encoder tree --help."),
        ("tree grow", "Argument check|outline|paths: invalid choice: 'grow' (choose from "),
        ("code", "The following arguments are required: CODE; see encoder code --help."),
        ("code 27365 27645", "Unrecognized arguments: 27645; see encoder --help."),
        ("decide --limit 3", "Unrecognized arguments: --limit 3; see encoder --help."),
        ("decide -a", "Argument -a/--answer: expected one argument; see encoder decide --help."),
        ("--json decide", "Unrecognized arguments: --json; see encoder --help."),
        ("tree paths --limit 0", "Argument --limit: '0' is no number above zero; see encoder tree paths --help."),
        ("tree paths --limit -3", "Argument --limit: "),
        ("tree paths --limit x", "Argument --limit: 'x' is no number above zero; see encoder tree paths --help."),
    ],
)
def test_a_wrong_call_is_told_in_one_sentence_that_names_the_help(words: str, sentence: str) -> None:
    told = refusal(*words.split())
    assert told.startswith(sentence)
    assert told.endswith(" --help.")
    assert "\n" not in told


@pytest.mark.parametrize(
    "text",
    [
        *("today", "2026", "2026-5-1", "01.05.2026", "2026-02-30", "2026-13-01", "0000-01-01", "20260501", ""),
        *("2026-W01-1", "2026-05-01T00:00", " 2026-05-01", "\u0662026-05-01"),
    ],
)
@pytest.mark.parametrize("place", ["before", "after"])
def test_what_is_no_date_is_refused_before_and_after_the_command(text: str, place: str) -> None:
    words = [f"--dos={text}", "decide"] if place == "before" else ["decide", f"--dos={text}"]
    assert refusal(*words).startswith(
        f"Argument --dos: '{text}' is no date; write year-month-day, for example 2026-05-01; see encoder "
    )


@pytest.mark.parametrize("text", ["2026-05-01", "0001-01-01", "9999-12-31", "2024-02-29"])
def test_what_is_a_date_is_one(text: str) -> None:
    assert line.parse(["--dos", text]).dos == date.fromisoformat(text)


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("words", [["decide"], ["code", "27365"], ["tree", "paths"], ["tree", "outline"]])
def test_any_date_is_answered(shipped: Shipped, on: str, words: list[str]) -> None:
    called = call(shipped, *words, "--json", "--dos", on)
    assert called.code in {0, 1}
    assert called.err == ""


def test_the_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        line.parse(["--help"])
    shown = capsys.readouterr().out
    assert ended.value.code == 0
    assert all(f"\n    {command} " in shown for command in ("decide", "code", "tree", "self-check"))
