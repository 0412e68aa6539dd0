"""The few whose condition may hold are found, whatever they are filed under."""

from __future__ import annotations

from dataclasses import dataclass

from encoder.core.tree.model import ANY, Condition
from encoder.core.tree.near import Near
from tests.core.bench import Bench


@dataclass(frozen=True)
class Thing:
    name: str
    when: Condition


def when(*terms: tuple[str, str]) -> Condition:
    return Condition(tuple((fact, frozenset(values.split())) for fact, values in terms))


THINGS = (
    Thing("always", ANY),
    Thing("femur", when(("bone", "femur"))),
    Thing("joint at the femur or fibula", when(("form", "joint"), ("bone", "femur fibula"))),
    Thing("chips", when(("form", "chips"))),
    Thing("hardware or vessels", when(("work", "hardware vessels"))),
)


def found(bench: Bench, asked: dict[str, str]) -> list[str]:
    return sorted(thing.name for thing in Near(THINGS).holding(bench.facts(asked)))


def test_what_has_no_condition_always_holds(bench: Bench) -> None:
    assert found(bench, {}) == ["always"]


def test_each_term_must_hold(bench: Bench) -> None:
    assert found(bench, {"form": "joint", "bone": "fibula"}) == ["always", "joint at the femur or fibula"]
    assert found(bench, {"form": "chips", "bone": "fibula"}) == ["always", "chips"]
    assert found(bench, {"form": "joint", "bone": "knee"}) == ["always"]


def test_what_two_values_lead_to_is_found_once(bench: Bench) -> None:
    assert found(bench, {"work": "hardware+vessels"}) == ["always", "hardware or vessels"]


def test_all_that_hold_are_found(bench: Bench) -> None:
    expected = ["always", "femur", "hardware or vessels", "joint at the femur or fibula"]
    assert found(bench, {"form": "joint", "bone": "femur", "work": "vessels"}) == expected
