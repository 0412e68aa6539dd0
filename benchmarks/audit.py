"""The audit of a million claim lines: time and memory, how they grow, and DuckDB doing the code pairs alone.

The claims are made here: five lines each, nine in ten without a fault, half of the codes outside the tables, as an
orthopaedic department might send them. Each audit is a process of its own, so that its memory is its own. DuckDB joins
the same lines with the same code pairs and does nothing else: it reads no file of claims and puts nothing into words.
"""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb

from benchmarks.run import ROOT, Row, median
from encoder import paths
from encoder.core.book import PRACTITIONER
from encoder.core.claim import Claim
from encoder.core.claim_text import parse_line
from encoder.core.edits.check import check
from encoder.store.audit_run import PORTION
from encoder.store.audit_schema import TABLES
from encoder.store.audit_tables import AuditTables
from encoder.store.claims_file import ClaimsFile, FileClaim
from encoder.store.codebook import Codebook

SIZES = (10_000, 100_000, 1_000_000)
CLAIMS_A_SECOND = 10_000
ROUNDS = 100
ON = date(2026, 5, 1)
TEN_LINES = (
    *("27365-LT", "20932", "27645-RT", "20934-XS", "20680-59"),
    *("20902", "27450-LT", "69990", "27357", "11044-59"),
)
HEADER = ("Claim ID", "Line", "HCPCS", "Mod 1", "Mod 2", "Units", "Date of service", "Dx 1", "Locality")
LISTED = {"27365": "C40.2", "27645": "C40.2", "23220": "C40.0", "24150": "C40.0", "25170": "C40.0"}
OTHERS = {"27447": "M17.1", "27130": "M16.1", "23472": "M19.01", "24363": "M19.02"}
BESIDE = ("99223", "73552", "88309", "01392", "72170", "76000", "88311", "99232")
FAULTS = ((("20934", "", ""),), (("20932", "51", ""),), (("69990", "", ""),), (("20932", "", "2"), ("20680", "", "")))
PAIRS = """
SELECT COUNT(*)
FROM line i
JOIN line o ON o.claim = i.claim AND o.day = i.day AND o.who = i.who AND o.line <> i.line
JOIN pair p ON p.column1 = o.code AND p.column2 = i.code AND p.setting = i.setting
           AND i.day BETWEEN p.from_day AND p.until_day
"""
RUN = "import resource, sys; from encoder.__main__ import main; main(sys.argv[1:]); \
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"


def lines(count: int) -> Iterator[tuple[object, ...]]:
    """Claim lines, five a claim."""
    chance = random.Random(7)
    for number in range(count // 5):
        side = chance.choice(("LT", "RT"))
        primary = chance.choice((*LISTED, *OTHERS))
        made: list[tuple[str, str, str]] = [(primary, side, "")]
        if primary in LISTED:
            made.append((chance.choice(("20932", "20933", "20934")), "", ""))
        if chance.random() < 0.1:
            made += chance.choice(FAULTS)
        made += [(code, "", "") for code in chance.sample(BESIDE, 5 - len(made))]
        day = f"{chance.choice((2025, 2026))}-{chance.randint(1, 9):02}-{chance.randint(1, 28):02}"
        diagnosis = (LISTED | OTHERS)[primary] + {"LT": "2", "RT": "1"}[side]
        locality = chance.choice(("0111205", "0310200", "0910203", "1320201"))
        for place, (code, modifier, units) in enumerate(made, 1):
            yield f"A{number:07}", place, code, modifier, "", units or "1", day, diagnosis, locality


def write(path: Path, count: int) -> None:
    """A file of claims."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(lines(count))


def audited(path: Path) -> tuple[float, int]:
    """Seconds and peak memory in kilobytes of an audit in a process of its own."""
    started = time.perf_counter()
    words = ["audit", str(path), "--out", str(path.with_suffix(".found.csv"))]
    done = subprocess.run(
        [sys.executable, "-c", RUN, *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    return time.perf_counter() - started, int(done.stdout.split()[-1])


def pairs_alone(path: Path) -> tuple[float, float]:
    """Seconds for the code pairs of the same lines alone: here portion by portion, in DuckDB over all at once."""
    engine = duckdb.connect()
    engine.execute("SET threads = 2")
    for name in ("line", "pair"):
        engine.execute(f"CREATE TABLE {name} ({TABLES[name].split(', PRIMARY KEY (')[0]})")
    took, found = 0.0, 0
    with closing(Codebook.open(paths.database())) as book, ClaimsFile(path, PRACTITIONER) as file:
        tables = AuditTables(book)
        claims = [one.claim for one in file.claims() if isinstance(one, FileClaim)]
        for start in range(0, len(claims), PORTION // 5):
            tables.put(claims[start : start + PORTION // 5])
            started = time.perf_counter()
            found += tables.connection.execute(PAIRS).fetchone()[0]
            took += time.perf_counter() - started
            _fill(engine, "line", ((int(str(claim)) + start, *rest) for claim, *rest in tables.rows("line")))
        _fill(engine, "pair", tables.rows("pair"))
    started = time.perf_counter()
    assert engine.execute(PAIRS).fetchall() == [(found,)]
    return took, time.perf_counter() - started


def _fill(engine: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Sequence[object]]) -> None:
    """Load rows over a file, which is far quicker than one by one."""
    with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="", delete=False) as file:
        csv.writer(file).writerows(rows)
    engine.execute(f"COPY {table} FROM '{file.name}' (HEADER false, NULLSTR '\\N')")
    Path(file.name).unlink()


def audit() -> Row:
    """A million lines, beside a tenth and a hundredth of them; and the code pairs alone, here and in DuckDB."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{count}.csv" for count in SIZES]
        for path, count in zip(files, SIZES, strict=True):
            write(path, count)
        times, peaks = zip(*(audited(path) for path in files), strict=True)
        ours, theirs = pairs_alone(files[-1])
    speed = SIZES[-1] / 5 / times[-1]
    told = ", ".join(
        f"{count:,}: {took:.1f} s, {peak // 1024} MB" for count, took, peak in zip(SIZES, times, peaks, strict=True)
    )
    return Row(
        "audit of claim lines",
        f"{told}; {speed:,.0f} claims/s",
        f"code pairs alone: here {ours:.2f} s, DuckDB {theirs:.2f} s",
        f"{CLAIMS_A_SECOND:,} claims/s, memory flat, time linear",
        speed >= CLAIMS_A_SECOND and peaks[2] < 1.25 * peaks[1] and times[2] < 13 * times[1],
        ours / theirs,
    )


def claim_check() -> Row:
    """The check of one claim of ten lines and two diagnoses."""
    claim = Claim(tuple(parse_line(text) for text in TEN_LINES), ON, ("C40.22", "C40.21"))
    times = []
    with closing(Codebook.open(paths.database())) as book:
        for _ in range(ROUNDS):
            started = time.perf_counter()
            checked = check(claim, book)
            times.append(time.perf_counter() - started)
    assert checked.payable is False
    took = median(times)
    return Row("check of a claim of ten lines", f"{took:.2f} ms", "", "5 ms", took <= 5)


MEASURES = {"check": claim_check, "audit": audit}
