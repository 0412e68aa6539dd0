"""Every measurement in one run, printed as one table: ``python run.py bench``.

Times are medians (95th percentiles where it says so) of this machine in this run; what counts is the ratio to the thing
beside it, or the budget. ``--only NAME`` measures one row.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

HEAD = ("measured", "value", "held against", "ratio", "budget", "")


@dataclass(frozen=True)
class Row:
    """One line of the table: what, how much, beside what, what is allowed, and how often the other's time it takes."""

    name: str
    value: str
    beside: str
    budget: str
    within: bool | None
    ratio: float | None = None


Measure = Callable[[], Row]


def median(times: Sequence[float]) -> float:
    """The median of some seconds, in milliseconds."""
    return statistics.median(times) * 1000


def main(words: list[str] | None = None) -> int:
    """Measure and print; 1 when a budget is broken."""
    from benchmarks import audit, cases, decisions, imports, notes, search, window, work

    parts = (window, decisions, work, imports, search, notes, audit, cases)
    measures: dict[str, Measure] = {name: measure for part in parts for name, measure in part.MEASURES.items()}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=sorted(measures), help="measure one row")
    chosen = parser.parse_args(words).only
    rows = [measure() for name, measure in measures.items() if chosen in (None, name)]
    lines = [HEAD, *(_cells(row) for row in rows)]
    widths = [max(len(text) for text in column) for column in zip(*lines, strict=True)]
    for line in lines:
        print("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip())
    return 1 if any(row.within is False for row in rows) else 0


def _cells(row: Row) -> tuple[str, ...]:
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    verdict = {True: "within", False: "OVER", None: ""}[row.within]
    return row.name, row.value, row.beside, ratio, row.budget, verdict


if __name__ == "__main__":
    sys.exit(main())
