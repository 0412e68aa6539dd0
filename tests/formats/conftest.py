"""The folder of editions that imports are tested with."""

from __future__ import annotations

from tests.store.conftest import shelves, small_database

__all__ = ["shelves", "small_database"]
