"""Which modifiers a code takes: by its indicators, by general rules, by the part of the body, by exemption."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from encoder.core.page.evidence import Desk
from encoder.core.page.modifiers import verdict, verdicts


def of(desk: Desk, code: str, name: str) -> str:
    held = desk.book.code(code)
    assert held is not None
    return verdict(desk, held, desk.lore.modifiers[name]).verdict


@pytest.mark.parametrize(
    ("code", "name", "state"),
    [
        ("20932", "50", "refused"),
        ("27365", "50", "allowed"),
        ("20932", "51", "refused"),
        ("20932", "62", "refused"),
        ("27365", "62", "conditional"),
        ("27365", "66", "refused"),
        ("27365", "80", "allowed"),
        ("27365", "AS", "allowed"),
        ("27365", "26", "refused"),
        ("27365", "25", "refused"),
        ("27365", "LT", "allowed"),
        ("22612", "LT", "conditional"),
        ("27713", "50", "not_loaded"),
    ],
)
def test_a_modifier_has_its_verdict_on_a_code(desk: Desk, code: str, name: str, state: str) -> None:
    assert of(desk, code, name) == state


def test_an_exemption_goes_before_the_indicator_and_says_what_speaks_against_it(desk: Desk) -> None:
    held = desk.book.code("20932")
    assert held is not None
    entry = verdict(desk, held, desk.lore.modifiers["62"])
    assert (entry.field, entry.value) == ("co_surgeon_ind", "1")
    assert "CMS pays co-surgeons" in entry.against
    early = verdict(desk.on_date(date(2018, 1, 1)), held, desk.lore.modifiers["62"])
    assert (early.verdict, early.against) == ("refused", "")


def test_nothing_is_taken_from_an_indicator_of_another_year(desk: Desk) -> None:
    held = desk.book.code("27365")
    assert held is not None
    entry = verdict(desk.on_date(date(2027, 2, 1)), held, desk.lore.modifiers["50"])
    assert (entry.verdict, entry.value) == ("not_loaded", "")
    assert "nothing is taken from another year" in entry.why


def test_an_indicator_whose_value_has_no_meaning_decides_nothing(desk: Desk) -> None:
    held = desk.book.code("27365")
    assert held is not None
    entry = verdict(desk, held, replace(desk.lore.modifiers["50"], values={}))
    assert (entry.verdict, entry.value) == ("not_loaded", "1")
    assert "whose meaning is not known" in entry.why


def test_single_fingers_and_toes_are_shown_where_they_fit(desk: Desk) -> None:
    sited = {name for name, modifier in desk.lore.modifiers.items() if modifier.sites}
    assert sited
    shown = {}
    for code in ("27365", "28108", "26210"):
        held = desk.book.code(code)
        assert held is not None
        shown[code] = {entry.modifier for entry in verdicts(desk, held)} & sited
    assert shown["27365"] == set()
    assert {of(desk, code, name) for code, names in shown.items() for name in names} == {"conditional"}
    assert not shown["28108"] & shown["26210"]


def test_every_verdict_gives_its_reason_and_its_rows(desk: Desk) -> None:
    for name in ("20932", "27365", "27447", "11010"):
        held = desk.book.code(name)
        assert held is not None
        for entry in verdicts(desk, held):
            assert entry.why
            assert entry.when
            assert entry.not_when
            assert entry.rows[-1].table == "modifiers"
            assert entry.cites
