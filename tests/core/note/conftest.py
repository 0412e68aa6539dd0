"""What the tests of the note share: the shipped cues and tree, read once."""

from __future__ import annotations

import pytest

from encoder import paths
from encoder.core.note.cues import Cues
from encoder.core.tree.model import Tree
from encoder.store.cue_file import read_cues
from encoder.store.tree_file import read_tree


@pytest.fixture(scope="session")
def cues() -> Cues:
    return read_cues(paths.resources() / "cues")


@pytest.fixture(scope="session")
def tree() -> Tree:
    return read_tree(paths.resources() / "tree", "structural_allograft")
