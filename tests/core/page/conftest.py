"""Code pages of what is shipped, on any date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from encoder.commands.shipped import Shipped
from encoder.core.page.evidence import Desk
from encoder.core.page.model import CodePage
from encoder.core.page.page import page
from encoder.core.reverse import first_answers
from tests.core.small import NOW

Pages = Callable[..., CodePage]
"""The page of a code, on a date or on ``NOW``."""


@pytest.fixture(scope="session")
def desk(shipped: Shipped) -> Desk:
    return shipped.desk(shipped.tree(), NOW)


@pytest.fixture(scope="session")
def pages(shipped: Shipped, desk: Desk) -> Pages:
    def made(code: str, on: date = NOW) -> CodePage:
        there = desk.on_date(on)
        found = page(there, code, first_answers(there, shipped.reach(desk.tree, on), code))
        assert found is not None
        return found

    return made
