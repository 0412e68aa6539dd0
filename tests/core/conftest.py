"""The small tree and its tables, made once; a test that spoils them takes a ``Small`` of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from encoder.store.codebook import Codebook
from tests.core.bench import Bench
from tests.core.small import Small


@pytest.fixture(scope="session")
def small_book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Codebook]:
    with closing(Codebook.open(Small(tmp_path_factory.mktemp("small")).build())) as book:
        yield book


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path)


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory, small_book: Codebook) -> Bench:
    return Bench(Small(tmp_path_factory.mktemp("small")).tree(), small_book)
