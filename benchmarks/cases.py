"""The encrypted store of cases beside plain SQLite: one case written, and all of them opened and listed."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.run import ROOT, Row
from encoder.core.beside.case_note import Document
from encoder.core.case_state import CaseState
from encoder.core.evidence import Quoted
from encoder.core.kept import Kept, Standing, row, to_text
from encoder.core.kept import Row as CaseRow
from encoder.store.cases import Cases

if TYPE_CHECKING:
    from collections.abc import Callable

CASES_HELD = 2_000
PASSPHRASE = "a sentence to keep"
_WRITTEN = 200
_WRITE_RATIO, _OPEN_MS = 3.0, 1_000


def made(count: int) -> Iterator[tuple[CaseRow, Kept]]:
    """So many cases with ten answers, three quotes and a note of a thousand words, or a little more."""
    text = ""
    for file in sorted((ROOT / "tests" / "notes" / "tuned").glob("*.txt")):
        if len(text.split()) < 1_000:
            text += file.read_text(encoding="utf-8")
    for number in range(count):
        on = date(2026, 1, 1) + timedelta(days=number % 365)
        answers = {f"question_{each}": frozenset({f"answer_{each}"}) for each in range(10)}
        quotes = {f"question_{each}": (Quoted("note", each, each + 40, text[each : each + 40]),) for each in range(3)}
        state = CaseState(on, f"case {number}", answers, evidence=quotes)
        kept = Kept(state, True, (Document("note", f"{number} {text}"),))
        yield (
            row(f"{number:016x}", kept, Standing("decided", "it may", ("27365-LT", "20932")), "2026-11-26T09:15"),
            kept,
        )


def fill(folder: Path, passphrase: str, count: int) -> None:
    """A new store with so many cases."""
    with closing(Cases.make(folder, passphrase)) as store:
        for held, kept in made(count):
            store.keep(held, kept)


def written() -> Row:
    """One case with its note, written as it is after an answer; plain SQLite writes the same in the same way."""
    with tempfile.TemporaryDirectory() as folder:
        with closing(Cases.make(Path(folder) / "cases", PASSPHRASE)) as store:
            ours = _times(store.keep)
        with closing(sqlite3.connect(Path(folder) / "plain.db", isolation_level=None)) as plain:
            plain.execute("PRAGMA journal_mode = WAL")
            plain.execute("PRAGMA synchronous = FULL")
            plain.execute("CREATE TABLE kept (id TEXT PRIMARY KEY, row TEXT, body TEXT, note TEXT) STRICT")

            def keep(held: CaseRow, kept: Kept) -> None:
                values = held.id, held.to_text(), to_text(kept), kept.documents[0].text
                plain.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", values)

            theirs = _times(keep)
    return Row(
        "one case kept, encrypted",
        f"{ours * 1000:.2f} ms",
        f"plain SQLite {theirs * 1000:.2f} ms",
        f"ratio {_WRITE_RATIO:.0f}",
        ours / theirs <= _WRITE_RATIO,
        ours / theirs,
    )


def _times(keep: Callable[[CaseRow, Kept], object]) -> float:
    times = []
    for held, kept in made(_WRITTEN):
        started = time.perf_counter()
        keep(held, kept)
        times.append(time.perf_counter() - started)
    return median(times)


def opened() -> Row:
    """From the passphrase to the list of all cases; most of it is what makes a guess dear."""
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder) / "cases", PASSPHRASE, CASES_HELD)
        times = []
        for _ in range(5):
            started = time.perf_counter()
            with closing(Cases.open(Path(folder) / "cases", PASSPHRASE)) as store:
                assert len(store.rows()) == CASES_HELD
                times.append(time.perf_counter() - started)
    took = median(times) * 1000
    return Row(f"{CASES_HELD:,} cases opened and listed", f"{took:.0f} ms", "", f"{_OPEN_MS} ms", took <= _OPEN_MS)


MEASURES = {"case-kept": written, "cases-opened": opened}
