"""What is measured is what a user starts, and the table says when a budget is broken."""

from __future__ import annotations

import time

import pytest

from benchmarks import audit, cases, decisions, imports, notes, run, search, window, work


def test_the_program_is_timed_from_its_start_to_its_first_question() -> None:
    before = time.monotonic()
    told = window.open_one("program")
    assert 0 < told.moments["painted"] < told.moments["asked"] < time.monotonic() - before


def test_the_table_names_what_a_row_is_held_against(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = {
        "kept": lambda: run.Row("kept", "1 ms", "other 2 ms", "ratio 1.5", True, 0.5),
        "broken": lambda: run.Row("broken", "3 s", "", "2 s", False),
        "free": lambda: run.Row("free", "4 MB", "other 2 MB", "", None, 2),
    }
    monkeypatch.setattr(window, "MEASURES", rows)
    monkeypatch.setattr(decisions, "MEASURES", {})
    monkeypatch.setattr(work, "MEASURES", {})
    monkeypatch.setattr(audit, "MEASURES", {})
    monkeypatch.setattr(imports, "MEASURES", {})
    monkeypatch.setattr(notes, "MEASURES", {})
    monkeypatch.setattr(cases, "MEASURES", {})
    monkeypatch.setattr(search, "MEASURES", {})
    assert run.main([]) == 1
    assert [line.split() for line in capsys.readouterr().out.splitlines()] == [
        ["measured", "value", "held", "against", "ratio", "budget"],
        ["kept", "1", "ms", "other", "2", "ms", "0.50", "ratio", "1.5", "within"],
        ["broken", "3", "s", "2", "s", "OVER"],
        ["free", "4", "MB", "other", "2", "MB", "2.00"],
    ]
    assert run.main(["--only", "free"]) == 0
