"""The published files at their full size, where a folder of them is named in GRAFTPATH_CMS; skipped elsewhere."""

from __future__ import annotations

import gzip
import os
import random
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from encoder.core.book import PRACTITIONER
from encoder.core.codes import State
from encoder.formats.intake import bring
from encoder.formats.plan import Wish, plan
from encoder.formats.sources import find
from encoder.store.edition_changes import Report
from encoder.store.edition_writer import Watcher
from encoder.store.editions import verify
from encoder.store.library import Library
from tests.formats.made import read_source

CMS = Path(os.environ.get("GRAFTPATH_CMS", ""))
pytestmark = pytest.mark.skipif(
    "GRAFTPATH_CMS" not in os.environ, reason="GRAFTPATH_CMS names no folder of published files"
)
JULY = date(2026, 7, 1)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory, database: Path) -> Iterator[tuple[Library, dict[str, Report]]]:
    """All of it, imported; the derived tables of 2026 need a date."""
    with closing(Library.open(database, tmp_path_factory.mktemp("home") / "editions")) as library:
        dated = (sorted(CMS.glob("pfs_2026/*_payable.csv")), Wish(JULY))
        calls = [
            (sorted(CMS.glob("ptp/*.zip")), Wish()),
            *(([path], Wish()) for path in sorted(CMS.glob("pfs/*.zip"))),
            (sorted(CMS.glob("aoc/*")), Wish()),
            (sorted(CMS.glob("mue/*.csv")), Wish()),
            *(([path], Wish()) for path in sorted(CMS.glob("icd10*/cms_*.zip"))),
            (sorted(CMS.glob("icd10cm/*CONVERSION*.xlsx")), Wish()),
            (sorted(CMS.glob("hcpcs/*.csv.gz")), Wish()),
            (sorted(CMS.glob("pfs_2026/GPCI*.csv")), Wish()),
            dated,
        ]
        reports = [report for paths, wish in calls for report in bring(plan(paths, wish), library, wish)]
        yield library, {report.id: report for report in reports}


def test_every_row_of_the_published_files_is_kept(everything: tuple[Library, dict[str, Report]]) -> None:
    _, reports = everything
    read = {name: report.read for name, report in reports.items()}
    assert read["ptp_practitioner-2024q3"] == reports["ptp_practitioner-2024q3"].kept == 2_546_017
    assert read["pfs-2025-october"] == reports["pfs-2025-october"].kept == 19_090
    assert read["aoc-2026q2"] == reports["aoc-2026q2"].kept == 9_000
    assert read["mue-2024q3"] == reports["mue-2024q3"].kept == 14_677
    assert read["icd10cm-fy2026"] == reports["icd10cm-fy2026"].kept == 98_186
    assert (read["icd10cm-fy2025"], read["icd10pcs-fy2026"], read["hcpcs-2025q4"]) == (97_584, 80_029, 8_846)
    assert (read["gpci-2025"], read["locality-2025"], read["anesthesia-2025"]) == (109, 110, 109)
    assert {name for name, report in reports.items() if report.refused} == set()
    assert reports["icd10cm-fy2026"].before == "icd10cm-fy2025"
    assert reports["ptp_practitioner-2024q3"].changes == ()  # our own tables of facts agree with the whole edition


def test_every_edition_verifies(everything: tuple[Library, dict[str, Report]]) -> None:
    library, _ = everything
    assert [
        checked.say for checked in (verify(held, Watcher()) for held in library.shelf.all()) if not checked.sound
    ] == []


def edits() -> Iterator[list[str]]:
    """The edits as the files give them, read here in the plainest way."""
    for path in sorted(CMS.glob("ptp/*.zip")):
        with zipfile.ZipFile(path) as archive, archive.open(archive.namelist()[0]) as stream:
            for line in stream:
                cells = line.decode().rstrip("\r\n").split("\t")
                if len(cells) == 7 and len(cells[0]) == 5:
                    yield cells


def test_random_pairs_agree_with_a_direct_reading_of_the_files(everything: tuple[Library, dict[str, Report]]) -> None:
    library, _ = everything
    chance = random.Random(20932)
    wanted = [(row[0], row[1]) for row in edits() if chance.random() < 0.002]
    codes = sorted({code for pair in wanted for code in pair})
    wanted += [(chance.choice(codes), chance.choice(codes)) for _ in wanted]
    assert len(wanted) > 10_000
    known: dict[frozenset[str], list[list[str]]] = {frozenset(pair): [] for pair in wanted}
    for row in edits():
        if (key := frozenset(row[:2])) in known:
            known[key].append(row)
    for one, other in wanted:
        day = date(chance.randint(1997, 2024), chance.randint(1, 9), chance.randint(1, 28))
        text = day.strftime("%Y%m%d")
        held = [row for row in known[frozenset((one, other))] if row[5] != "9" and row[3] <= text]
        held = [row for row in held if row[4] == "*" or text <= row[4]]
        pair = library.pair(one, other, PRACTITIONER, day)
        assert (pair and pair.indicator) == min((row[5] for row in held), default=None), (one, other, day)


def test_every_add_on_row_is_honoured_both_ways(everything: tuple[Library, dict[str, Report]]) -> None:
    library, _ = everything
    (source,) = find(sorted(CMS.glob("aoc/*.xlsx")))
    _, rows, _ = read_source(source)
    beside: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for add_on, primary, start, *ends, _kind, _note in rows:
        last = min((str(end) for end in ends if end), default="9999-12-31")
        beside.setdefault((str(add_on), str(primary)), []).append((str(start), last))
    for (add_on, primary), spans in beside.items():
        for day in {*(start for start, _ in spans), *(last for _, last in spans), "2026-05-01", "2026-07-01"} - {
            "9999-12-31"
        }:
            state = library.relation(add_on, primary, date.fromisoformat(day)).state
            listed = primary != "*" and any(start <= day <= last for start, last in spans)
            assert (state is State.ALLOWED) == listed, (add_on, primary, day)


def test_unit_limits_are_exact(everything: tuple[Library, dict[str, Report]]) -> None:
    library, _ = everything
    (source,) = find(sorted(CMS.glob("mue/*.csv")))
    _, rows, _ = read_source(source)
    for code, units, mai, *_ in rows:
        limit = library.indicator(str(code), "mue_practitioner", date(2024, 8, 1))
        kind = library.indicator(str(code), "mue_practitioner_mai", date(2024, 8, 1))
        assert (limit and limit.value, kind and kind.value) == (str(units), mai)


def test_both_layouts_of_a_table_say_the_same(tmp_path: Path) -> None:
    sources = {source.name: source for source in find(sorted(CMS.glob("pfs/*.zip")))}
    csv, fixed = (read_source(sources[name])[1] for name in ("PPRRVU2025_Oct.csv", "PPRRVU2025_Oct.txt"))
    assert csv == fixed
    order, codes = (
        read_source(source)[1]
        for source in find(sorted(CMS.glob("icd10cm/cms_2026_dx.zip")))
        if source.name in ("icd10cm_order_2026.txt", "icd10cm_codes_2026.txt")
    )
    if len(codes) > len(order):
        order, codes = codes, order
    assert [(row[0], row[4]) for row in order if row[2]] == [(row[0], row[4]) for row in codes]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not say how much memory was used")
def test_the_largest_import_is_quick_and_small(tmp_path: Path, database: Path) -> None:
    """In a process of its own, so that its memory is its own."""
    script = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from encoder.formats.intake import bring\n"
        "from encoder.formats.plan import plan\n"
        "from encoder.store.library import Library\n"
        "book = Library.open(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "started = time.perf_counter()\n"
        "bring(plan(map(Path, sys.argv[3:])), book)\n"
        "took = time.perf_counter() - started\n"
        "status = Path('/proc/self/status').read_text()\n"
        "print(took, int(status.partition('VmHWM:')[2].split()[0]) / 1024)\n"
    )
    parts = [str(path) for path in sorted(CMS.glob("ptp/*.zip"))]
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script, str(database), str(tmp_path / "editions"), *parts],
        capture_output=True,
        text=True,
        check=True,
        cwd=root,
    )
    seconds, megabytes = map(float, done.stdout.split())
    assert seconds < 120
    assert megabytes < 150


def test_the_compressed_level_two_file_is_read_as_it_is(tmp_path: Path) -> None:
    (path,) = sorted(CMS.glob("hcpcs/*.csv.gz"))
    loose = tmp_path / path.name.removesuffix(".gz")
    loose.write_bytes(gzip.decompress(path.read_bytes()))
    packed, plain = (read_source(find([one])[0])[1] for one in (path, loose))
    assert packed == plain
