"""A small installation to call the program on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.small import Small


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """The small tree in the folders of an installation, for tests to spoil."""
    made = Small(tmp_path)
    (tmp_path / "resources").mkdir()
    made.tree_folder.rename(tmp_path / "resources" / "tree")
    made.tree_folder = tmp_path / "resources" / "tree"
    for name in ("tokens.toml", "look.qss", "pictures/body_map.svg"):
        file = tmp_path / "resources" / name
        file.parent.mkdir(exist_ok=True)
        file.touch()
    return made
