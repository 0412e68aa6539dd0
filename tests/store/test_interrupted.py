"""Killed between any two steps, an import is done or was never begun, and the next start leaves nothing behind.

A process that is killed runs no clean-up. So each step is tried in a child of a child: it imports, and ends itself
before the step, as a power cut would.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from encoder.store.edition_writer import Watcher
from encoder.store.editions import verify
from tests.formats import made
from tests.store.shelves import Shelves

KILLED = 9
CHILD = """
import json, os, shutil, sqlite3, sys
from pathlib import Path
from encoder.formats.intake import bring
from encoder.formats.plan import plan
from encoder.store.library import Library

database, folder, copies, *files = map(Path, sys.argv[1:])
done = []


CHANGES = "os.rename", "os.remove", "os.mkdir", "sqlite3.connect"


def watched(event, given):  # every call that may change the folder
    if (event in CHANGES or (event == "open" and given[2] & os.O_ACCMODE)) and str(folder) in str(given):
        done.append(event)
        if len(done) == step:
            os._exit(9)


def bring_all():
    library = Library.open(database, target)
    bring(plan(files), library)


ends = []
step = 0
sys.addaudithook(watched)
while True:
    step += 1
    target = copies / str(step)
    shutil.copytree(folder, target) if folder.exists() else None
    child = os.fork()
    if child == 0:
        done.clear()
        folder = target
        bring_all()
        os._exit(0)
    ends.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    if ends[-1] != 9:
        break
print(json.dumps(ends))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be copied there; the steps are the same")
def test_an_import_that_is_killed_is_done_or_was_never_begun(shelves: Shelves, tmp_path: Path) -> None:
    old = shelves.file("MCR_MUE_PractitionerServices_Eff_04-01-2026.csv", made.mue_csv())
    shelves.file("GPCI2025.csv", made.gpci_csv())
    shelves.library.close()
    rows = [("20932", "7", *made.MUE[0][2:]), *made.MUE[1:]]
    files = [
        shelves.put("MCR_MUE_PractitionerServices_Eff_04-01-2026.csv", made.mue_csv(rows)),
        shelves.put("AOC_V2026Q2-MCR.xlsx", made.aoc_xlsx()),
        shelves.put("25LOCCO.csv", made.counties_csv()),
    ]
    copies = tmp_path / "copies"
    copies.mkdir()
    child = subprocess.run(
        [sys.executable, "-c", CHILD, *map(str, (shelves.database, shelves.folder, copies, *files))],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert child.returncode == 0, child.stderr
    ends = json.loads(child.stdout)
    assert ends[-1] == 0
    assert len(ends) > 12, ends
    before, after = {"gpci-2025", old.id}, {"gpci-2025", old.id, "aoc-2026q2", "locality-2025"}
    seen: list[str] = []
    for step, _ in enumerate(ends, 1):
        shelves.folder = copies / str(step)
        library = shelves.again()
        ids = {held.id for held in library.shelf.all()}
        limit = library.indicator("20932", "mue_practitioner", old.start)
        assert limit is not None
        assert (ids, limit.value) in ((before, "1"), (after, "7")), step
        assert shelves.names == sorted(f"{name}.db" for name in ids), step
        assert all(verify(held, Watcher()).sound for held in library.shelf.all())
        seen.append("before" if ids == before else "after")
    assert seen == sorted(seen, reverse=True)  # once it counts, it counts
    assert set(seen) == {"before", "after"}
