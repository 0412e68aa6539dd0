"""Where files are: the shipped ones, in the checkout or beside the frozen program, and the user's own."""

from __future__ import annotations

import os
import sys
from pathlib import Path

DATA = "GRAFTPATH_DATA"
"""Names another folder for what the user's own data is kept in: on a stick, on a share, in a test."""


def _frozen() -> Path | None:
    """The folder of the frozen program's files; None when it runs from source."""
    folder: str | None = getattr(sys, "_MEIPASS", None)
    return Path(folder) if folder else None


def _root() -> Path:
    return _frozen() or Path(__file__).resolve().parents[1]


def program() -> str:
    """How the program is called, for sentences that say what to type."""
    return Path(sys.executable).stem if _frozen() else "python run.py"


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


def data() -> Path:
    """The folder of the user's own data; it need not be there yet."""
    named = os.environ.get(DATA)
    if named:
        return Path(named)
    import platformdirs

    return platformdirs.user_data_path("Graftpath", appauthor=False)


def own_codes() -> Path:
    """The file of the user's favourites and notes on codes."""
    return data() / "codes.json"


def kept_cases() -> Path:
    """The folder of the encrypted cases."""
    return data() / "cases"


def editions() -> Path:
    """The folder of the editions that the user imported."""
    return data() / "editions"
