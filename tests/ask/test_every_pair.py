"""Every primary beside every structural add-on is answered as the list says, whichever way round it is asked."""

from __future__ import annotations

import csv
from itertools import product

import pytest

from db.build import SOURCES
from encoder.core.page.evidence import Desk
from tests.ask.conftest import NOW, Ask

pytestmark = pytest.mark.usefixtures("unmeasured")

STRUCTURAL = ("20932", "20933", "20934")


def _relations() -> list[dict[str, str]]:
    with (SOURCES / "relations.csv").open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


def _state(rows: list[dict[str, str]], add_on: str, primary: str) -> str:
    """What the file itself says of a pair on the date."""
    day = NOW.isoformat()
    kinds = [
        row["kind"]
        for row in rows
        if (row["add_on"], row["primary"]) == (add_on, primary)
        and row["from"] <= day
        and day <= (row["until"] or "9999-12-31")
    ]
    return kinds[0] if kinds else "not_listed"


def test_every_primary_beside_every_structural_add_on_is_answered_as_the_list_says(ask: Ask, desk: Desk) -> None:
    rows = _relations()
    add_ons = {row["add_on"] for row in rows}
    primaries = [code.code for code in desk.book.codes() if code.code not in add_ons and code.span.covers(NOW)]
    assert len(primaries) > 400
    for number, (add_on, primary) in enumerate(product(STRUCTURAL, primaries)):
        state = _state(rows, add_on, primary)
        first, second = (add_on, primary) if number % 2 else (primary, add_on)
        answer = ask(f"can {first} go with {second}?")
        assert (answer.kind, answer.state, answer.answered) == ("pair", state, True), answer.question
        if state != "not_listed":
            assert any(row.table == "aoc" and add_on in row.key and primary in row.key for row in answer.rows)
        assert answer.say.startswith("Yes. ") == (state == "allowed"), answer.say
