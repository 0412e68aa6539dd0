"""Imports at full size, and the questions that are asked most of an imported edition.

The code pairs are those of the folder that GRAFTPATH_CMS names; without one, as many rows are made up in their layout.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb

from benchmarks.run import Row, median
from encoder import paths
from encoder.core.book import PRACTITIONER
from encoder.formats.intake import bring
from encoder.formats.plan import plan
from encoder.formats.recognise import Whole
from encoder.formats.sources import find
from encoder.store.library import Library

ROWS = 2_546_017
ON = date(2024, 8, 1)
NAME = "ccipra-v302r0-f{}.txt"


def pairs() -> Row:
    """The whole practitioner edition of code pairs: checked, verified and switched in, beside DuckDB reading the same.

    The import runs in a process of its own, whose memory it is; DuckDB reads the unpacked texts and checks nothing.
    """
    with tempfile.TemporaryDirectory() as folder:
        files = _files(Path(folder))
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.imports", folder, *map(str, files)],
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).resolve().parents[1],
        )
        took, memory, kept = done.stdout.split()
        beside = _duckdb(Path(folder), files)
    seconds, megabytes = float(took), float(memory)
    within = seconds <= 25 and megabytes <= 150
    value = f"{seconds:.1f} s, {megabytes:.0f} MB, {int(kept):,} rows"
    return Row("import of the code pairs", value, f"DuckDB {beside:.1f} s", "25 s, 150 MB", within, seconds / beside)


def _duckdb(folder: Path, files: list[Path]) -> float:
    texts = []
    for number, source in enumerate(find(files)):
        texts.append(folder / f"{number}.tsv")
        with source.open() as stream, texts[-1].open("wb") as out:
            while block := stream.read(1 << 20):
                out.write(block)
    with duckdb.connect(str(folder / "pairs.duckdb")) as connection:
        started = time.perf_counter()
        connection.execute(
            "CREATE TABLE pair AS SELECT * FROM read_csv(?, delim = '\t', header = false, all_varchar = true, "
            "null_padding = true, strict_mode = false) WHERE length(column0) = 5",
            [[str(text) for text in texts]],
        )
        return time.perf_counter() - started


def lookup() -> Row:
    """One pair of codes on a date, in an imported edition of the full size."""
    with tempfile.TemporaryDirectory() as folder:
        book = Library.open(paths.database(), Path(folder) / "editions")
        files = _files(Path(folder))
        bring(plan(files), book)
        codes = sorted({line[:5] for line in _lines(files) if len(line) > 5 and line[5] == "\t"})
        chance = random.Random(1)
        wanted = [(chance.choice(codes), chance.choice(codes)) for _ in range(20_000)]
        times = []
        for one, other in wanted:
            started = time.perf_counter()
            book.pair(one, other, PRACTITIONER, ON)
            times.append(time.perf_counter() - started)
        book.close()
    value = median(times) * 1000
    return Row("lookup of a code pair", f"{value:.1f} us", f"{len(wanted):,} random pairs", "10 us", value <= 10)


def opening() -> Row:
    """What the editions cost at the start of a program that has none, beside the code database alone."""
    times, alone = [], []
    for _ in range(200):
        started = time.perf_counter()
        book = Library.open(paths.database(), Path("no such folder"))
        book.relations("20932")
        times.append(time.perf_counter() - started)
        book.close()
        started = time.perf_counter()
        bundled = super(Library, Library).open(paths.database())
        bundled.relations("20932")
        alone.append(time.perf_counter() - started)
        bundled.close()
    value, beside = median(times), median(alone)
    return Row(
        "start without imports", f"{value:.2f} ms", f"code database alone {beside:.2f} ms", "+1 ms", value <= beside + 1
    )


def _files(folder: Path) -> list[Path]:
    named = os.environ.get("GRAFTPATH_CMS")
    if named:
        return sorted(Path(named).glob("ptp/*.zip"))
    made = []
    for part in range(1, 5):
        path = folder / NAME.format(part)
        with path.open("w", encoding="utf-8", newline="\r\n") as out:
            out.write("Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale\n")
            out.writelines(_made(part))
        made.append(path)
    return made


def _made(part: int) -> Iterator[str]:
    """A quarter of the rows, in the order of the published file: each code with some hundred partners."""
    left = ROWS // 4 + (ROWS % 4 if part == 4 else 0)
    for column1 in range(part * 20_000, part * 20_000 + 20_000):
        for column2 in range(10_000, 10_000 + min(left, 200) * 3, 3):
            yield f"{column1:05d}\t{column2}\t \t20{column2 % 20:02d}0101\t*\t{column1 % 2}\tReason {column2 % 12}\n"
            left -= 1
        if not left:
            return


def _lines(files: list[Path]) -> Iterator[str]:
    for source in find(files):
        with Whole(source) as content:
            yield from content.lines()


def _peak() -> float:
    """The most memory that this process had, in megabytes; 0 where the system does not say."""
    status = Path("/proc/self/status")
    return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024 if status.exists() else 0


MEASURES = {"import": pairs, "pair": lookup, "start": opening}


if __name__ == "__main__":
    place, *given = map(Path, sys.argv[1:])
    library = Library.open(paths.database(), place / "editions")
    begun = time.perf_counter()
    (report,) = bring(plan(given), library)
    took = time.perf_counter() - begun
    print(took, _peak(), report.kept)
