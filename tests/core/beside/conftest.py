"""What the tests of the note beside the questions share: cues, tree and book, and a case walked with answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from encoder import paths
from encoder.core.beside.case_note import CaseNote, Document, read_note
from encoder.core.note.cues import Cues
from encoder.core.tree.model import Tree
from encoder.core.tree.walk import Position, parse_answer, walk
from encoder.store.codebook import Codebook
from encoder.store.cue_file import read_cues
from encoder.store.documents import joined

ON = date(2026, 5, 1)
Reader = Callable[..., CaseNote]
Walker = Callable[[Mapping[str, str]], Position]


@pytest.fixture(scope="session")
def cues() -> Cues:
    return read_cues(paths.resources() / "cues")


@pytest.fixture(scope="session")
def noted(cues: Cues) -> Reader:
    """Reads texts as the documents of one case, named a, b, c."""

    def read(*texts: str) -> CaseNote:
        text, parts = joined([Document(name, text) for name, text in zip("abc", texts, strict=False)])
        return read_note(parts, text, cues)

    return read


@pytest.fixture(scope="session")
def walked(tree: Tree, book: Codebook) -> Walker:
    """Walks the shipped tree with answers of a surgeon's claim."""

    def at(answers: Mapping[str, str]) -> Position:
        given = {"claim": "surgeon", **answers}
        return walk(tree, book, {name: parse_answer(tree, book, name, text) for name, text in given.items()}, ON)

    return at
