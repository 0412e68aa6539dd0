"""The window: how soon it is there, how soon an answer shows the next question, and what memory it takes."""

from __future__ import annotations

import functools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.run import ROOT, Row

STARTS = 15  # of each, one after the other in turn, so that both meet the same machine
PAINT_RATIO = 1.5
NEXT_MS = 16
KEYSTROKE_MS = 20
MEMORY_MB = 120
PATIENCE = 300  # seconds


@dataclass(frozen=True)
class Told:
    """What a window told: seconds from the start of its process, pairs of milliseconds (clock, processor), MB.

    ``cases`` is how many were answered, ``letters`` pairs of milliseconds (window held, hits painted) for each letter.
    """

    moments: dict[str, float]
    questions: list[list[float]]
    ends: list[list[float]]
    cases: int
    memory: float | None
    letters: list[list[float]] = field(default_factory=list)


def first_paint() -> Row:
    """From the start of the process until the first paint is finished."""
    return _start("first paint", "painted", PAINT_RATIO)


def first_question() -> Row:
    """From the start of the process until the first question can be answered."""
    return _start("first question painted", "asked", None)


def _start(name: str, moment: str, budget: float | None) -> Row:
    ours = statistics.median(told.moments[moment] for told in _starts()["program"])
    theirs = statistics.median(told.moments["painted"] for told in _starts()["empty"])
    return Row(
        name,
        f"{ours * 1000:.0f} ms",
        f"empty PySide6 window {theirs * 1000:.0f} ms",
        f"ratio {budget}" if budget else "",
        ours / theirs <= budget if budget else None,
        ours / theirs,
    )


def next_question() -> Row:
    """From an answer until the next question is painted."""
    return _page("answer to painted next question", _many().questions, NEXT_MS)


def next_question_noted() -> Row:
    """The same with a note of a thousand words beside the question, marked anew for each."""
    return _page("answer to painted next question, 1,000-word note", open_one("noted").questions, NEXT_MS)


def next_question_kept() -> Row:
    """The same with every answer kept encrypted, in a store that holds many cases."""
    return _page("answer to painted next question, cases kept", open_one("kept").questions, NEXT_MS)


def keystroke() -> Row:
    """From a letter typed into the palette until the window answers again; the search itself is in another thread."""
    held, painted = (sorted(column) for column in zip(*open_one("typed").letters, strict=True))
    return Row(
        "letter typed into the palette",
        f"window held p95 {_p95(held):.1f} ms",
        f"median {statistics.median(held):.1f} ms, hits painted p95 {_p95(painted):.1f} ms, {len(held)} letters",
        f"{KEYSTROKE_MS} ms",
        _p95(held) <= KEYSTROKE_MS,
    )


def result() -> Row:
    """From the last answer until the result or the query is painted."""
    return _page("answer to painted result or query", _many().ends, None)


def memory() -> Row:
    """The most that the program holds until a first case is decided in its window."""
    return _memory("peak memory, a case decided", open_one("case"), MEMORY_MB)


def memory_of_a_day() -> Row:
    """The most that it holds while many cases are decided one after the other."""
    told = _many()
    return _memory(f"peak memory, {told.cases} cases", told, None)


def _memory(name: str, told: Told, budget: int | None) -> Row:
    empty = _starts()["empty"][0].memory
    if told.memory is None or empty is None:
        return Row(name, "not told by this system", "", f"{budget} MB" if budget else "", None)
    return Row(
        name,
        f"{told.memory:.0f} MB",
        f"empty PySide6 window {empty:.0f} MB",
        f"{budget} MB" if budget else "",
        told.memory <= budget if budget else None,
        told.memory / empty,
    )


def _page(name: str, times: Sequence[Sequence[float]], budget: int | None) -> Row:
    """The 95th percentile over all answers of the golden cases."""
    clock, processor = (sorted(column) for column in zip(*times, strict=True))
    return Row(
        name,
        f"p95 {_p95(clock):.1f} ms",
        f"median {statistics.median(clock):.1f} ms, processor p95 {_p95(processor):.1f} ms, {len(clock)} answers",
        f"{budget} ms" if budget else "",
        _p95(clock) <= budget if budget else None,
    )


def _p95(ordered: Sequence[float]) -> float:
    return ordered[int(len(ordered) * 0.95)]


@functools.cache
def _starts() -> dict[str, list[Told]]:
    """The starts of both windows, in turn; the first of each warms up the disk and is not counted."""
    runs: dict[str, list[Told]] = {"empty": [], "program": []}
    for counted in range(STARTS + 1):
        for kind, found in runs.items():
            told = open_one(kind)
            if counted:
                found.append(told)
    return runs


@functools.cache
def _many() -> Told:
    return open_one("cases")


def open_one(kind: str) -> Told:
    """What a window told that was opened offscreen in a process of its own, with settings of its own."""
    with tempfile.TemporaryDirectory() as folder:
        home = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"), folder)
        environment = {**os.environ, **home, "QT_QPA_PLATFORM": "offscreen"}
        command = [sys.executable, "-m", "benchmarks.opened", kind]
        started = time.monotonic()
        process = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, timeout=PATIENCE, check=True
        )
    said = json.loads(process.stdout)
    return Told(
        {name: said[name] - started for name in ("painted", "asked") if name in said},
        said.get("questions", []),
        said.get("ends", []),
        said.get("cases", 0),
        said["memory"],
        said.get("letters", []),
    )


MEASURES = {
    "first-paint": first_paint,
    "first-question": first_question,
    "next-question": next_question,
    "next-question-note": next_question_noted,
    "next-question-kept": next_question_kept,
    "result": result,
    "palette": keystroke,
    "memory": memory,
    "memory-day": memory_of_a_day,
}
