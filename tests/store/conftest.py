"""What the tests of editions may ask for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.shelves import Shelves
from tests.tiny import Tiny


@pytest.fixture(scope="session")
def small_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small code database, built once; nobody writes to it."""
    return Tiny(tmp_path_factory.mktemp("small")).build()


@pytest.fixture
def shelves(small_database: Path, tmp_path: Path) -> Iterator[Shelves]:
    made = Shelves(small_database, tmp_path)
    yield made
    made.library.close()
