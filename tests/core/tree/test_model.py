"""Conditions, and what a tree answers about itself."""

from __future__ import annotations

from datetime import date

from encoder.core.tree.model import ANY, Condition
from tests.core.bench import Bench


def condition(**terms: str) -> Condition:
    return Condition(tuple((fact, frozenset(values.split())) for fact, values in terms.items()))


def test_a_condition_holds_when_each_fact_has_one_of_its_values() -> None:
    both = condition(form="joint chips", bone="femur")
    holds = {"form": frozenset(("chips",)), "bone": frozenset(("femur", "fibula"))}
    assert both.holds(holds)
    assert not both.holds({**holds, "form": frozenset(("none",))})
    assert both.facts() == ("form", "bone")


def test_no_condition_holds_on_a_fact_that_nobody_asked_and_an_empty_one_always_does() -> None:
    assert not condition(form="joint").holds({})
    assert ANY.holds({})


def test_a_condition_reads_as_a_sentence() -> None:
    assert str(condition(form="joint chips", bone="femur")) == "form = chips or joint and bone = femur"
    assert str(ANY) == "always"


def test_the_way_so_far_shows_the_short_text_of_an_answer_where_it_has_one(bench: Bench) -> None:
    form = bench.tree.questions["form"]
    none, chips = form.answer("none"), form.answer("chips")
    assert none is not None
    assert chips is not None
    assert (none.say, none.brief, chips.brief) == ("No graft", "None", "Chips")
    assert form.answer("no_such_answer") is None


def test_questions_decide_or_refine(bench: Bench) -> None:
    assert [question.id for question in bench.tree.deciding()] == ["claim", "form", "bone", "placed"]
    details = ["side", "work", "donor", "second_bone", "diagnosis", "diagnosis_code"]
    assert [question.id for question in bench.tree.refining()] == details


def test_dates_outside_the_tree_fall_into_a_band(bench: Bench) -> None:
    days = [date(2018, 12, 31), date(2019, 1, 1), date(2026, 12, 31), date(2027, 1, 1)]
    bands = [bench.tree.band(day) for day in days]
    assert [band and band.outcome for band in bands] == ["before", None, None, "after"]
