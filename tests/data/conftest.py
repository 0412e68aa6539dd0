"""The program over what is shipped; its ways of a date are listed once for all proofs."""

from __future__ import annotations

import pytest

from encoder.commands.shipped import Shipped
from tests.data.program import Program


@pytest.fixture(scope="session")
def program(shipped: Shipped) -> Program:
    return Program(shipped)
