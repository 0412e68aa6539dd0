"""Asking as the program asks: the shipped words, tree and tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from encoder.commands.shipped import Shipped
from encoder.core.ask.answer import Answer
from encoder.core.ask.ask import Asker
from encoder.core.ask.lexicon import Lexicon
from encoder.core.page.evidence import Desk

NOW = date(2026, 5, 1)

Ask = Callable[..., Answer]
"""Asks a question, on a date or on ``NOW``."""


@pytest.fixture(scope="session")
def lexicon(shipped: Shipped) -> Lexicon:
    return shipped.lexicon(shipped.tree())


@pytest.fixture(scope="session")
def desk(shipped: Shipped) -> Desk:
    return shipped.desk(shipped.tree(), NOW)


@pytest.fixture(scope="session")
def asker(shipped: Shipped, lexicon: Lexicon) -> Asker:
    return Asker(lexicon, lambda day: shipped.reach(shipped.tree(), day))


@pytest.fixture(scope="session")
def ask(asker: Asker, desk: Desk) -> Ask:
    def asked(text: str, on: date = NOW) -> Answer:
        return asker.ask(text, desk if on == desk.on else desk.on_date(on))

    return asked
