"""The list of ways of each date, made once: without it every new session would make its own."""

from __future__ import annotations

from functools import cache

import pytest

from encoder.core import session as session_module
from encoder.core.tree.reach import Reach


@pytest.fixture(scope="session", autouse=True)
def one_list_of_ways_a_date() -> None:
    """Sessions of these tests share what each date can end in; it depends on tree, tables and date alone."""
    patch = pytest.MonkeyPatch()
    patch.setattr(session_module, "Reach", cache(Reach))
