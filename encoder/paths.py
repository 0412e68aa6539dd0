"""Where the shipped files are: in the checkout, and in the frozen program, which unpacks them beside itself."""

from __future__ import annotations

import sys
from pathlib import Path


def _frozen() -> Path | None:
    """The folder of the frozen program's files; None when it runs from source."""
    folder: str | None = getattr(sys, "_MEIPASS", None)
    return Path(folder) if folder else None


def _root() -> Path:
    return _frozen() or Path(__file__).resolve().parents[1]


def resources() -> Path:
    """The folder of hand-written files: trees, sources, pictures, help."""
    return _root() / "resources"


def database() -> Path:
    """The code database that ``db/build.py`` makes."""
    return _root() / "db" / "encoder.db"


def cases() -> Path:
    """The folder of the worked cases, which the frozen program carries for its self-check."""
    frozen = _frozen()
    return frozen / "cases" if frozen else _root() / "tests" / "cases"
