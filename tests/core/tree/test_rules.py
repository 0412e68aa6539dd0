"""What refining answers do to the claim: lines, modifiers, what is taken off, and rules that contradict each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from encoder.core.codes import Span
from encoder.core.tree.model import ANY, NOT_DOCUMENTED, Condition, Effect, LineSpec, Rule
from encoder.core.tree.rules import ROLES, Line, firing
from encoder.errors import DataError
from tests.core.bench import CHIPS, LISTED, REFUSED, Bench


def rule(name: str, *effects: Effect, when: Condition = ANY) -> Rule:
    return Rule(name, f"{name} applies.", when, effects, ("manual#rule",), where=f"rule '{name}'")


def adds(code: str, role: str = "other") -> Effect:
    return Effect("line", line=LineSpec(role, code))


# ---------------------------------------------------------------------------------------------- lines


def test_a_line_is_written_as_it_is_entered_and_says_its_role_plainly() -> None:
    line = Line("20932", "second_add_on", 1, ("XS", "LT"))
    assert (line.text, line.plain_role) == ("20932-XS-LT", "add_on")
    assert (Line("27365", "primary").text, Line("27365", "primary").plain_role) == ("27365", "primary")


def test_an_end_has_its_lines_with_the_rows_they_come_from(bench: Bench) -> None:
    made = bench.claim(LISTED)
    assert [(line.role, line.text, line.units) for line in made.lines] == [
        ("primary", "27365", 1),
        ("add_on", "20932", 1),
    ]
    assert [row.id for row in made.rows] == ["by_bone.femur", "by_form.joint"]
    assert (made.warnings, made.reviews, made.dropped) == (("W01",), (), ())


def test_a_row_warns_and_asks_for_a_second_look_beside_its_outcome(bench: Bench) -> None:
    made = bench.claim(REFUSED)
    assert bench.lines(REFUSED) == ["primary 27646"]
    assert (made.warnings, made.reviews) == (("W02",), ("Look again.", "Look again"))


@pytest.mark.parametrize(
    "given",
    [
        {"claim": "surgeon"},
        {**LISTED, "work": "vessels"},
        {**LISTED, "form": NOT_DOCUMENTED},
        {**LISTED, "side": NOT_DOCUMENTED},
        {"claim": "surgeon", "form": "none"},
    ],
    ids=["under way", "a detail to answer", "not documented", "a detail not documented", "stopped"],
)
def test_without_an_end_there_is_no_line(bench: Bench, given: dict[str, str]) -> None:
    assert bench.claim(given).lines == ()


def test_the_order_of_the_lines_is_by_role(bench: Bench) -> None:
    roles = [adds("2068" + str(place), role) for place, role in enumerate(reversed(ROLES))]
    made = bench.with_rules(rule("all", *roles))
    assert [line.split()[0] for line in made.lines(CHIPS)] == ["primary", *ROLES]


# ---------------------------------------------------------------------------------------------- which rules fire


def test_rules_fire_when_their_condition_holds_on_the_date(bench: Bench) -> None:
    knee = {"claim": "surgeon", "form": "chips", "bone": "knee"}
    days = [date(2019, 9, 30), date(2019, 10, 1), date(2025, 12, 31), date(2026, 1, 1)]
    fired = [[rule.id for rule in bench.claim(knee, on).fired] for on in days]
    assert fired == [["values"], ["withdrawn", "values"], ["withdrawn"], []]


def test_a_rule_of_some_years_fires_on_its_first_and_last_day_alone(bench: Bench) -> None:
    dated = replace(rule("dated"), span=Span(date(2020, 1, 1), date(2020, 12, 31)))
    some = bench.with_rules(dated)
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1)]
    facts = some.at(CHIPS).facts
    assert [bool(firing(some.tree, facts, day)) for day in days] == [False, True, True, False]


def test_several_other_works_fire_their_rules_side_by_side(bench: Bench) -> None:
    given = {**LISTED, "work": "hardware+vessels", "donor": "fibula", "side": "left"}
    assert [rule.id for rule in bench.claim(given).fired] == ["left", "hardware", "vessels", "vessels_side"]
    assert bench.lines(given) == ["primary 27365-LT", "add_on 20932", "other 20680-XS", "other 20955-LT"]
    assert bench.claim(given).reviews == ("Is it another site?",)


# ---------------------------------------------------------------------------------------------- effects


def test_an_add_on_that_other_work_bars_is_taken_off_with_the_rule_that_did_it(bench: Bench) -> None:
    made = bench.claim({**LISTED, "work": "vessels", "donor": "crest"})
    assert [line.text for line in made.lines] == ["27365", "20956"]
    assert [(code, rule.becomes) for code, rule in made.dropped] == [("20932", "O-BARRED")]


def test_a_primary_inside_the_other_gives_way_to_it(bench: Bench) -> None:
    given = {**LISTED, "work": "second_site", "second_bone": "fibula"}
    assert bench.lines(given) == ["primary 27646", "add_on 20932"]
    assert "W03" in bench.claim(given).warnings


def test_both_sides_are_one_line_with_50_or_two_lines_by_the_indicator(bench: Bench) -> None:
    assert bench.lines({**CHIPS, "side": "both"}) == ["primary 27365-50"]
    assert bench.lines({**CHIPS, "bone": "fibula", "side": "both"}) == ["primary 27646-RT", "primary 27646-LT"]
    assert bench.lines({**CHIPS, "bone": "knee", "side": "both"}) == ["primary 27447-RT", "primary 27447-LT"]


def test_an_effect_on_all_meets_every_line_and_one_by_a_code_only_its_own(bench: Bench) -> None:
    every = bench.with_rules(rule("all", Effect("modify", "all", value="58")))
    assert every.lines(LISTED) == ["primary 27365-58", "add_on 20932-58"]
    own = bench.with_rules(rule("own", Effect("modify", "claim_add_on", value="58")))
    assert own.lines(LISTED) == ["primary 27365", "add_on 20932-58"]


def test_payment_modifiers_come_first_and_sides_last(bench: Bench) -> None:
    given = ("LT", "XS", "62", "22", "Q7", "GC")
    made = bench.with_rules(*(rule(m.lower(), Effect("modify", "primary", value=m)) for m in given))
    assert made.lines(CHIPS) == ["primary 27365-22-62-XS-LT-GC-Q7"]


def test_what_is_said_twice_is_said_once(bench: Bench) -> None:
    effects = (Effect("warn", value="W01"), Effect("review", value="Look."), Effect("review", value="Look."))
    made = bench.with_rules(rule("twice", *effects)).claim(LISTED)
    assert (made.warnings, made.reviews) == (("W01",), ("Look.",))


# ---------------------------------------------------------------------------------------------- contradictions


def refusal(bench: Bench, *rules: Rule, given: dict[str, str] = LISTED) -> str:
    with pytest.raises(DataError) as refused:
        bench.with_rules(*rules).claim(given)
    return str(refused.value)


def test_two_rules_that_replace_one_line_are_refused(bench: Bench) -> None:
    one, two = (rule(name, Effect("replace", "primary", value=code)) for name, code in (("a", "27447"), ("b", "27646")))
    assert refusal(bench, one, two) == (
        "Conflict: rule 'a' and rule 'b' both replace the primary line; let one of them apply."
    )


def test_two_rules_that_add_one_line_are_refused(bench: Bench) -> None:
    said = "Conflict: rule 'b' adds 20680 a second time as other; let one rule add it."
    assert refusal(bench, rule("a", adds("20680")), rule("b", adds("20680"))) == said


def test_one_code_may_stand_in_two_roles(bench: Bench) -> None:
    made = bench.with_rules(rule("a", adds("27365", "second_primary")))
    assert made.lines(LISTED) == ["primary 27365", "add_on 20932", "second_primary 27365"]


def test_modifiers_that_exclude_each_other_are_refused(bench: Bench) -> None:
    """Those that the table of clashes names, and no others."""
    clashes = bench.book.edit_rules().clashes
    assert {frozenset(("LT", "RT")), frozenset(("62", "80")), frozenset(("22", "52"))} <= set(clashes)
    for pair in clashes:
        group = sorted(pair)
        one, two = (rule(value.lower(), Effect("modify", "primary", value=value)) for value in group)
        said = f"Conflict: {one.where} and {two.where} put {', '.join(group)} on 27365 at once; let one of them apply."
        assert refusal(bench, one, two) == said


def test_a_modifier_that_the_line_brings_along_may_clash_too(bench: Bench) -> None:
    line = rule("line", Effect("line", line=LineSpec("other", "20680", "", ("RT",))))
    left = rule("left", Effect("modify", "all", value="LT"))
    assert refusal(bench, line, left) == ("Conflict: rule 'left' put LT, RT on 20680 at once; let one of them apply.")


def test_a_line_that_no_row_gives_is_refused_with_the_answers(bench: Bench) -> None:
    line = rule("line", Effect("line", line=LineSpec("other", "", "donor_code")))
    assert refusal(bench, line, given=CHIPS).startswith(
        "rule 'line': no table row gives 'donor_code' for the other line (claim=surgeon, form=chips, bone=femur, "
    )
