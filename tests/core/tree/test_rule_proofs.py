"""Rules and ways to a fact that cannot meet on one claim are told apart by their conditions alone."""

from __future__ import annotations

from dataclasses import replace

from encoder.core.tree.model import Case, Condition, Derived, Effect, Rule
from encoder.core.tree.rule_proofs import contradictions, two_ways, unsettled
from tests.core.bench import Bench


def when(fact: str, *values: str) -> Condition:
    return Condition(((fact, frozenset(values)),))


def said(bench: Bench, *rules: Rule) -> list[str]:
    tree = replace(bench.tree, rules=rules)
    return [fault.say.removesuffix("; let a fact tell them apart.") for fault in contradictions(tree, bench.book)]


def modify(name: str, value: str, condition: Condition, on: str = "primary") -> Rule:
    return Rule(name, name, condition, (Effect("modify", on, value=value),), ("list#1",), where=name)


LEFT, RIGHT = when("side", "left"), when("side", "right")


def test_rules_on_different_answers_to_one_question_cannot_meet(bench: Bench) -> None:
    assert said(bench, modify("a", "LT", LEFT), modify("b", "RT", RIGHT)) == []


def test_rules_on_answers_that_may_both_be_given_can_meet(bench: Bench) -> None:
    one, two = modify("a", "LT", when("work", "hardware")), modify("b", "RT", when("work", "vessels"))
    assert said(bench, one, two) == ["a (work = hardware) and b (work = vessels) put LT and RT on one line"]


def test_rules_that_meet_may_put_on_modifiers_that_go_together(bench: Bench) -> None:
    assert said(bench, modify("a", "LT", LEFT), modify("b", "22", LEFT), modify("c", "58", LEFT)) == []


def test_modifiers_clash_on_one_line_alone(bench: Bench) -> None:
    assert said(bench, modify("a", "LT", LEFT), modify("b", "RT", LEFT, "add_on")) == []
    assert said(bench, modify("a", "LT", LEFT), modify("b", "RT", LEFT, "all")) == [
        "a (side = left) and b (side = left) put LT and RT on one line"
    ]


def test_a_modifier_that_a_fact_gives_is_not_held_against_others(bench: Bench) -> None:
    """Its value is that of the answer which both rules name; the walk refuses what would still clash."""
    assert said(bench, modify("a", "side_modifier", LEFT), modify("b", "RT", LEFT)) == []


def test_one_split_does_not_clash_with_itself_but_with_a_side(bench: Bench) -> None:
    split = Rule("s", "s", LEFT, (Effect("split", "primary"), Effect("split", "primary")), ("list#1",), where="s")
    assert said(bench, split) == []
    assert said(bench, split, modify("b", "50", LEFT)) == [
        "s (side = left) and b (side = left) put 50 and LT on one line"
    ]


def ways(bench: Bench, *cases: Case) -> tuple[int, list[str]]:
    """How many pairs of ways to a fact are not told apart, and what is said of those that details bring together."""
    tree = replace(bench.tree, derived={"made": Derived("made", "Made", cases, "here")})
    return len([*two_ways(tree)]), [fault.say for fault in unsettled(tree)]


def test_ways_to_a_fact_that_exclude_each_other_or_are_the_same_need_no_walk(bench: Bench) -> None:
    assert ways(bench, Case("value", ("a",), LEFT), Case("value", ("b",), RIGHT)) == (0, [])
    assert ways(bench, Case("value", ("a",), LEFT), Case("value", ("a",), when("bone", "femur"))) == (0, [])


def test_ways_that_deciding_answers_bring_about_are_left_to_the_walk(bench: Bench) -> None:
    form, bone = when("form", "chips"), when("bone", "femur")
    assert ways(bench, Case("value", ("a",), form), Case("value", ("b",), bone)) == (1, [])


def test_ways_that_a_detail_or_an_end_brings_about_must_be_told_apart(bench: Bench) -> None:
    for condition, text in ((LEFT, "side = left"), (when("outcome", "chips"), "outcome = chips")):
        assert ways(bench, Case("value", ("a",), condition), Case("value", ("b",), when("bone", "femur"))) == (
            1,
            [
                f"here has two ways that may apply at once (value a when {text}; value b when bone = femur); "
                "let a fact tell them apart."
            ],
        )
