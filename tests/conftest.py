"""What every test may ask for: the code database, built once, and the book that reads it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from coverage import Coverage

from db.build import REGISTER, ROOT, SOURCES, Beside, build
from encoder import paths
from encoder.commands.shipped import Shipped
from encoder.core.tree.model import Tree
from encoder.store import case_key
from encoder.store.codebook import Codebook
from encoder.store.tree_file import read_tree
from tests.tiny import Tiny

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["GRAFTPATH_DATA"] = os.devnull  # no test reads what somebody imported on this machine


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("database") / "encoder.db"
    build(SOURCES, REGISTER, path)
    return path


@pytest.fixture(scope="session")
def book(database: Path) -> Iterator[Codebook]:
    book = Codebook.open(database)
    yield book
    book.close()


@pytest.fixture(scope="session")
def tree() -> Tree:
    return read_tree(paths.resources() / "tree", "structural_allograft")


@pytest.fixture(scope="session")
def shipped(database: Path) -> Shipped:
    """The installation as it is shipped, over the database of the tests."""
    return Shipped(database, paths.resources(), paths.cases())


@pytest.fixture(scope="session")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Codebook]:
    """The tables of facts alone; the lookup tables have proofs of their own."""
    folder = tmp_path_factory.mktemp("facts")
    shutil.copytree(SOURCES, folder / "sources", ignore=shutil.ignore_patterns("lookups"))
    build(folder / "sources", REGISTER, folder / "facts.db", Beside(ROOT / "resources" / "search", None, None))
    book = Codebook.open(folder / "facts.db")
    yield book
    book.close()


@pytest.fixture(scope="module")
def unmeasured() -> Iterator[None]:
    """No coverage meanwhile: for proofs that go thousands of times through what other tests cover once."""
    measured = Coverage.current()
    if measured:
        measured.stop()
    yield
    if measured:
        measured.start()


@pytest.fixture
def cheap_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """One guess at a passphrase costs a thousandth of what it costs a user."""
    monkeypatch.setattr(case_key, "_MEMORY_KIB", 64)
    monkeypatch.setattr(case_key, "_PASSES", 1)


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    return Tiny(tmp_path)
