"""What is still possible, which answer ruled the rest out, and which details could still bring a code."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace
from datetime import date

from encoder.core.tree.facts import rests_on
from encoder.core.tree.model import ANY, Case, Effect, LineSpec, Rule
from encoder.core.tree.reach import Reach, left_at, possible_codes
from encoder.core.tree.walk import Step
from tests.core.bench import LISTED, Bench
from tests.core.small import NOW

DETAILS = {"20680", "20955", "20956"}
"""What other work can add wherever a claim has lines."""


def along(bench: Bench, given: dict[str, str], on: date = NOW) -> list[set[str]]:
    """The codes before the first answer and after each one, without those that details add."""
    steps = [Step(question, (answer,)) for question, answer in given.items()]
    return [set(codes) - DETAILS for codes in bench.reach(on).along(steps)]


def test_each_answer_narrows_what_can_be_reached(bench: Bench) -> None:
    assert along(bench, LISTED) == [
        {"20932", "27365", "27646", "27447"},
        {"20932", "27365", "27646", "27447"},
        {"20932", "27365", "27646", "27447"},
        {"20932", "27365"},
        {"20932", "27365"},
    ]
    assert along(bench, {"claim": "surgeon", "form": "chips", "bone": "fibula"})[2:] == [
        {"27365", "27646", "27447"},
        {"27646"},
    ]
    assert along(bench, {"claim": "surgeon", "form": "none"})[-1] == set()


def test_a_twin_reaches_what_its_twin_reaches(bench: Bench) -> None:
    assert along(bench, {**LISTED, "claim": "outpatient"}) == along(bench, LISTED)


def test_going_back_and_another_way_on_is_what_a_first_look_sees(bench: Bench) -> None:
    reach = bench.reach(NOW)
    steps = [Step(question, (answer,)) for question, answer in LISTED.items()]
    other = [*steps[:1], Step("form", ("chips",)), Step("bone", ("fibula",))]
    for looked in (steps, steps[:2], [], other, other[:2], steps, steps):
        assert reach.along(looked) == Reach(bench.tree, bench.book, NOW).along(looked)


def test_what_can_be_reached_goes_by_the_date(bench: Bench) -> None:
    assert along(bench, {}, date(2025, 12, 31)) == [{"20932", "27365", "27646", "27445"}]
    assert along(bench, {}, date(2018, 12, 31)) == [set()]


def test_details_stay_open_on_the_way_to_an_end_with_lines(bench: Bench) -> None:
    steps = [Step(question, (answer,)) for question, answer in LISTED.items()]
    assert [codes >= DETAILS for codes in bench.reach().along(steps)] == [True] * 5
    none = [Step("claim", ("surgeon",)), Step("form", ("none",))]
    assert bench.reach().along(none)[-1] == frozenset()


def test_a_detail_adds_only_where_the_answers_so_far_let_its_rule_hold(bench: Bench) -> None:
    chips = bench.tree.rules[0]
    chips = replace(
        chips, when=replace(ANY, terms=(("form", frozenset(("chips",))), ("work", frozenset(("hardware",)))))
    )
    added = replace(chips, effects=(Effect("line", line=LineSpec("other", "20680")),))
    reach = Reach(replace(bench.tree, rules=(added,)), bench.book, NOW)
    ends = [reach.along([Step("claim", ("surgeon",)), Step("form", (form,))])[-1] for form in ("chips", "joint")]
    assert ["20680" in end for end in ends] == [True, False]


def test_the_details_that_could_bring_a_code_are_named(bench: Bench) -> None:
    reach = bench.reach()
    assert reach.details_for("20680") == {"work"}
    assert reach.details_for("20955") == {"work", "donor"}
    assert reach.details_for("27365") == frozenset()


def test_nothing_keeps_a_reach_alive(bench: Bench) -> None:
    gc.disable()
    try:
        reach = Reach(bench.tree, bench.book, NOW)
        reach.along([Step("claim", ("surgeon",))])
        alive = weakref.ref(reach)
        del reach
        assert alive() is None
    finally:
        gc.enable()


def test_a_rule_of_another_material_swaps_nothing_in(bench: Bench) -> None:
    chips = replace(ANY, terms=(("form", frozenset(("chips",))), ("side", frozenset(("left",)))))
    put = Rule("put", "Put.", chips, (Effect("replace", "primary", value="primary"),), ("list#a",))
    reach = Reach(replace(bench.tree, rules=(put,)), bench.book, NOW)
    assert [rule.id for rule, _ in reach.swapped_to("20680")] == []
    assert reach.swapped_to("27365") == []  # the way itself gives it
    assert reach.details_for("27365") == {"side"}
    code = replace(put, effects=(Effect("replace", "primary", value="20680"),))
    ((rule, ways),) = Reach(replace(bench.tree, rules=(code,)), bench.book, NOW).swapped_to("20680")
    assert rule == code
    assert {way["form"] for way in ways} == {"chips"}


def test_a_code_put_in_place_of_another_is_brought_by_the_details_of_its_rule(bench: Bench) -> None:
    side = (("side", frozenset(("left",))),)
    put = Rule("put", "Put.", replace(ANY, terms=side), (Effect("replace", "primary", value="27447"),), ("list#a",))
    reach = Reach(replace(bench.tree, rules=(put,)), bench.book, NOW)
    assert reach.details_for("27447") == {"side"}
    assert all("27447" in codes for codes in reach.along([Step("claim", ("surgeon",)), Step("form", ("chips",))]))


def test_a_code_that_waits_for_a_picked_or_answered_detail_can_be_reached(bench: Bench) -> None:
    """An end whose code a detail gives: a pick of the listed primaries, a row by a detail, or the copy of one."""
    details = bench.tree.questions
    pick = replace(details["diagnosis_code"], id="primary_code", source="allowed:add_on")
    donor = (Case("lookup", ("by_donor", "donor")),)
    listed = bench.tree.outcomes["listed"]
    reached = {}
    for name, fact, cases in (
        ("pick", "primary_code", ()),
        ("row", "donor_code", donor),
        ("copy", "copied", (Case("copy", ("donor_code",)),)),
        ("nothing", "unknown", ()),
        ("unasked", "unasked", (Case("lookup", ("by_bone", "second_bone_of_none")),)),
        (
            "empty",
            "empty",
            (Case("lookup", ("by_form", "form"), replace(ANY, terms=(("form", frozenset(("none",))),))),),
        ),
    ):
        derived = dict(bench.tree.derived)
        if cases:
            derived[fact] = replace(derived["primary"], id=fact, cases=cases)
        outcomes = {**bench.tree.outcomes, "listed": replace(listed, lines=(LineSpec("primary", "", fact),))}
        tree = replace(
            bench.tree, questions={**details, "primary_code": pick}, derived=derived, outcomes=outcomes, rules=()
        )
        steps = [Step(question, (answer,)) for question, answer in LISTED.items()]
        reached[name] = set(Reach(tree, bench.book, NOW).along(steps)[-1])
    assert reached == {
        "pick": {"27365"},
        "row": {"20955", "20956"},
        "copy": {"20955", "20956"},
        "nothing": set(),
        "unasked": set(),
        "empty": set(),
    }


def test_an_answer_that_left_none_of_some_codes_is_found() -> None:
    reached = [frozenset("abc"), frozenset("ab"), frozenset("a")]
    assert left_at(frozenset("c"), reached) == 0
    assert left_at(frozenset("bc"), reached) == 1
    assert left_at(frozenset("ac"), reached) is None
    assert left_at(frozenset("z"), reached) == -1


def test_a_fact_rests_on_all_that_it_is_worked_out_from(bench: Bench) -> None:
    assert rests_on(bench.tree, "bone") == {"bone"}
    assert rests_on(bench.tree, "relation") == {"relation", "add_on", "primary", "form", "bone"}
    assert rests_on(bench.tree, "has_diagnosis") == {"has_diagnosis", "diagnosis", "coded", "outcome_kind", "claim"}


def test_a_line_may_take_its_own_code_or_those_of_its_tables(bench: Bench) -> None:
    def codes(spec: LineSpec) -> set[str]:
        return possible_codes(bench.tree, bench.book, spec)

    assert codes(LineSpec("other", "20680")) == {"20680"}
    assert codes(LineSpec("primary", "", "primary")) == {"27365", "27646", "27445", "27447"}
    assert codes(LineSpec("add_on", "", "add_on")) == {"20932"}
    assert codes(LineSpec("primary", "", "bone")) == set()
