"""Work that is done at build or check time: the proof of the tree, the build of the code database."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from benchmarks.run import Row
from db.build import REGISTER, SOURCES, build
from encoder import paths
from encoder.core.tree.proofs import prove
from encoder.store.codebook import Codebook
from encoder.store.tree_file import read_tree


def proof() -> Row:
    """The proof of the whole tree, on every date."""
    book = Codebook.open(paths.database())
    times, ways = [], 0
    for _ in range(5):
        tree = read_tree(paths.resources() / "tree", "structural_allograft")
        started = time.perf_counter()
        done = prove(tree, book)
        times.append(time.perf_counter() - started)
        assert done.holds, done.faults[:3]
        ways = done.ways
    took = sorted(times)[len(times) // 2]
    return Row("proof of the whole tree", f"{took:.2f} s", f"{ways} ways on every date", "2 s", took <= 2)


def database() -> Row:
    """The build of the code database from its sources."""
    times = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(3):
            started = time.perf_counter()
            build(SOURCES, REGISTER, Path(folder) / "encoder.db")
            times.append(time.perf_counter() - started)
    took = sorted(times)[1]
    return Row("database build", f"{took:.2f} s", "", "15 s", took <= 15)


MEASURES = {"proof": proof, "database": database}
