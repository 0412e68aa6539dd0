"""The frozen program as a user has it: a folder that may not be written, started from elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest

import run

SECONDS = 120


@dataclass(frozen=True)
class Frozen:
    """A copy of the program and of its surroundings.

    Attributes:
        program: what is started. folder: all that belongs to it. elsewhere: where it is started, and its user's home.
        who: how subprocess is told to be somebody who may not write into the folder.
    """

    program: Path
    folder: Path
    elsewhere: Path
    who: dict[str, int]

    def environment(self, **more: str) -> dict[str, str]:
        """A poor one: nothing of Python, Qt or the checkout reaches the program."""
        return {"PATH": os.defpath, "HOME": str(self.elsewhere), "LC_ALL": "C.UTF-8", **more}

    def call(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end; ``more`` is added to its environment."""
        return subprocess.run(
            [str(self.program), *words],
            cwd=self.elsewhere,
            env=self.environment(**more),
            capture_output=True,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
            user=self.who.get("user"),
            group=self.who.get("group"),
        )


def lacking(what: str) -> NoReturn:
    """This machine cannot show it. Where the whole proof is wanted that is a failure."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}, and the proof needs it")
    pytest.skip(what)


@pytest.fixture(scope="session")
def built() -> Path:
    """The folder that ``python run.py build`` made."""
    if not run.FROZEN.is_file():
        lacking(f"{run.FROZEN} is not there: python run.py build")
    return run.FROZEN.parent


@pytest.fixture(scope="session")
def frozen(built: Path) -> Iterator[Frozen]:
    place = Path(tempfile.mkdtemp(prefix="graftpath-"))  # not below tmp_path: nobody else may enter that
    place.chmod(0o755)
    folder, elsewhere = place / "Gräft path", place / "elsewhere"
    shutil.copytree(built, folder, symlinks=True)
    elsewhere.mkdir()
    elsewhere.chmod(0o777)
    parts = [folder, *(part for part in folder.rglob("*") if not part.is_symlink())]
    for part in parts:
        part.chmod(0o555 if part.is_dir() or os.access(part, os.X_OK) else 0o444)
    root = sys.platform != "win32" and os.getuid() == 0  # who may write everywhere; nobody may not
    yield Frozen(folder / run.FROZEN.name, folder, elsewhere, {"user": 65534, "group": 65534} if root else {})
    for part in parts:
        part.chmod(0o755)
    shutil.rmtree(place)
