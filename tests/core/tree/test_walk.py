"""Answers in, position out: where a case stands, what is asked next, what is set aside and why a walk stops."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from encoder.core.tree.model import NOT_DOCUMENTED, Question
from encoder.core.tree.walk import Position, Step, offered, ordered, parse_answer, pickable, picks, walk, way
from encoder.errors import DataError, UsageError
from tests.core.bench import CHIPS, LISTED, REFUSED, Bench
from tests.core.small import NOW, Small


def trail(position: Position) -> dict[str, str]:
    return {step.question: step.text for step in position.trail}


def later(position: Position) -> list[str]:
    return [question.id for question in position.later]


# ---------------------------------------------------------------------------------------------- the deciding way


def test_without_an_answer_the_first_question_is_asked(bench: Bench) -> None:
    position = bench.at({})
    assert position.pending is bench.tree.questions["claim"]
    assert (position.status, position.trail, position.later, position.outcome) == ("incomplete", (), (), None)


def test_each_answer_leads_to_the_next_question_and_the_last_to_an_outcome(bench: Bench) -> None:
    asked = []
    for count in range(len(LISTED) + 1):
        position = bench.at(dict(list(LISTED.items())[:count]))
        asked.append(position.pending and position.pending.id)
    assert asked == ["claim", "form", "bone", "placed", None]
    assert position.outcome is bench.tree.outcomes["listed"]
    assert (position.status, trail(position)) == ("decided", LISTED)


def test_one_answer_may_lead_on_in_different_ways_by_what_the_tables_say(bench: Bench) -> None:
    """The same answer goes on to a question, or ends, by whether the add-on is allowed."""
    listed, refused = bench.at(LISTED), bench.at(REFUSED)
    assert listed.outcome is not None
    assert refused.outcome is not None
    assert (listed.outcome.id, refused.outcome.id) == ("listed", "refused")


def test_an_outcome_may_be_named_by_an_answer(bench: Bench) -> None:
    position = bench.at({"claim": "surgeon", "form": "none"})
    assert position.outcome is bench.tree.outcomes["outside"]
    assert (position.status, later(position)) == ("stopped", [])


@pytest.mark.parametrize(("on", "outcome"), [(date(2018, 12, 31), "before"), (date(2027, 1, 1), "after")])
def test_on_a_date_outside_the_tree_nothing_is_asked_and_every_answer_is_kept(
    bench: Bench, on: date, outcome: str
) -> None:
    position = bench.at(LISTED, on)
    assert position.outcome is bench.tree.outcomes[outcome]
    assert (position.status, position.trail) == ("stopped", ())
    assert {step.question for step in position.aside} == {*LISTED}


# ---------------------------------------------------------------------------------------------- what is not documented


@pytest.mark.parametrize("question", LISTED)
def test_what_is_not_documented_stops_with_the_query_of_the_question(bench: Bench, question: str) -> None:
    position = bench.at({**LISTED, question: NOT_DOCUMENTED})
    assert position.query is bench.tree.queries[bench.tree.questions[question].query]
    assert (position.status, position.stopped_at, position.outcome) == ("query", question, None)
    before = list(LISTED)[: list(LISTED).index(question)]
    assert list(trail(position)) == [*before, question]
    assert [step.question for step in position.aside] == list(LISTED)[len(before) + 1 :]


def test_an_answer_that_leaves_something_open_raises_its_own_query(bench: Bench) -> None:
    position = bench.at({"claim": "surgeon", "form": "unclear"})
    assert position.query is bench.tree.queries["form"]
    assert position.status == "query"


def test_a_detail_that_is_not_documented_stops_too_and_keeps_the_outcome_in_sight(bench: Bench) -> None:
    position = bench.at({**LISTED, "side": NOT_DOCUMENTED, "work": "hardware"})
    assert (position.status, position.stopped_at) == ("query", "side")
    assert position.outcome is bench.tree.outcomes["listed"]
    assert position.aside == (Step("work", ("hardware",)),)


# ---------------------------------------------------------------------------------------------- refining questions


def test_details_are_asked_at_an_end_with_lines_and_their_usual_answers_stand_in(bench: Bench) -> None:
    position = bench.at(LISTED)
    assert later(position) == ["side", "work", "diagnosis"]
    assert position.facts.one("work") == "none"
    assert position.facts["side"] == frozenset()
    assert position.facts.one("claim_add_on") == "20932"


def test_a_detail_without_a_usual_answer_must_be_answered(bench: Bench) -> None:
    position = bench.at({**LISTED, "work": "vessels"})
    assert position.pending is bench.tree.questions["donor"]
    assert (position.status, position.outcome) == ("incomplete", bench.tree.outcomes["listed"])
    assert bench.at({**LISTED, "work": "vessels", "donor": "fibula"}).status == "decided"


def test_of_two_details_that_must_be_answered_the_first_is_asked(bench: Bench) -> None:
    position = bench.at({**LISTED, "work": "second_site+vessels"})
    assert position.pending is bench.tree.questions["donor"]
    position = bench.at({**LISTED, "work": "second_site+vessels", "donor": "crest"})
    assert position.pending is bench.tree.questions["second_bone"]


def test_a_detail_is_asked_only_where_its_condition_holds(bench: Bench) -> None:
    position = bench.at({**LISTED, "donor": "fibula", "diagnosis": "malignant"})
    assert position.aside == (Step("donor", ("fibula",)),)
    assert later(position) == ["side", "work", "diagnosis_code"]


# ---------------------------------------------------------------------------------------------- set aside, and back


def test_a_changed_answer_keeps_all_that_still_makes_sense(bench: Bench) -> None:
    chips = bench.at({**LISTED, "form": "chips", "side": "left"})
    assert trail(chips) == {"claim": "surgeon", "form": "chips", "bone": "femur", "side": "left"}
    assert chips.aside == (Step("placed", ("yes",)),)
    assert trail(bench.at({**LISTED, "side": "left"})) == {**LISTED, "side": "left"}


def test_an_answer_that_is_no_longer_offered_is_set_aside_and_the_question_asked_again(bench: Bench) -> None:
    tree = bench.tree
    only = tree.questions["bone"].answers[2].only
    narrow = replace(only, terms=(("form", frozenset(("chips",))),))
    answers = tuple(replace(a, only=narrow) if a.id == "knee" else a for a in tree.questions["bone"].answers)
    spoiled = replace(tree, questions={**tree.questions, "bone": replace(tree.questions["bone"], answers=answers)})
    position = walk(spoiled, bench.book, bench.answers({**LISTED, "bone": "knee"}), NOW)
    assert position.pending is spoiled.questions["bone"]
    assert [step.question for step in position.aside] == ["bone", "placed"]
    assert trail(walk(spoiled, bench.book, bench.answers({**CHIPS, "bone": "knee"}), NOW))["bone"] == "knee"


def test_a_picked_code_of_another_family_or_date_is_set_aside(bench: Bench) -> None:
    fits = {**LISTED, "diagnosis": "malignant", "diagnosis_code": "C40.21"}
    assert trail(bench.at(fits)) == fits
    other = bench.at({**fits, "diagnosis": "trauma"})
    assert other.aside == (Step("diagnosis_code", ("C40.21",)),)
    assert later(other) == ["side", "work", "diagnosis_code"]
    assert bench.at(fits, date(2023, 9, 30)).aside == (Step("diagnosis_code", ("C40.21",)),)


def test_an_answer_to_nothing_counts_as_none(bench: Bench) -> None:
    position = walk(bench.tree, bench.book, {"claim": frozenset(), "no_such": frozenset(("x",))}, NOW)
    assert position.pending is bench.tree.questions["claim"]
    assert position.aside == (Step("claim", ()),)


# ---------------------------------------------------------------------------------------------- what is offered


def test_only_answers_that_make_sense_are_offered(bench: Bench) -> None:
    work = bench.tree.questions["work"]
    offers = {bone: [a.id for a in offered(work, bench.facts({"bone": bone}))] for bone in ("femur", "knee")}
    assert offers["femur"] == ["none", "hardware", "vessels", "second_site"]
    assert offers["knee"] == ["none", "hardware", "vessels"]


def test_a_diagnosis_is_picked_from_its_family_on_the_date(bench: Bench) -> None:
    question = bench.tree.questions["diagnosis_code"]
    facts = bench.facts({"diagnosis": "trauma"})
    assert picks(question, bench.book, facts, NOW) == ("S42", "S42.2")
    assert picks(question, bench.book, facts, date(2023, 9, 30)) == ()
    assert pickable(question, bench.book, "S42.211A")
    assert not pickable(question, bench.book, "27365")


def primaries(bench: Bench) -> Question:
    return replace(bench.tree.questions["diagnosis_code"], id="primary_code", source="allowed:add_on")


def test_a_primary_is_picked_from_those_that_may_carry_the_add_on_on_the_date(bench: Bench) -> None:
    question, facts = primaries(bench), bench.facts({"form": "joint"})
    assert picks(question, bench.book, facts, NOW) == ("27365",)
    assert picks(question, bench.book, facts, date(2018, 12, 31)) == ()
    assert pickable(question, bench.book, "27646")
    assert not pickable(question, bench.book, "C40.21")


def test_a_picked_primary_counts_only_where_it_may_carry_the_add_on(bench: Bench) -> None:
    question = primaries(bench)
    tree = replace(bench.tree, questions={**bench.tree.questions, "primary_code": question})
    for code, counts in (("27365", True), ("27646", False)):
        answers = {**bench.answers(LISTED | {"diagnosis": "trauma"}), "primary_code": frozenset((code,))}
        position = walk(tree, bench.book, answers, NOW)
        assert any(step.question == "primary_code" for step in position.refined) == counts


def test_answers_are_written_in_the_order_of_the_question(bench: Bench) -> None:
    work = bench.tree.questions["work"]
    assert ordered(work, frozenset(("vessels", "hardware"))) == ("hardware", "vessels")
    assert ordered(work, frozenset(("z", "a", "vessels"))) == ("vessels", "a", "z")
    position = bench.at({**LISTED, "work": "vessels+hardware"})
    assert trail(position)["work"] == "hardware+vessels"


# ---------------------------------------------------------------------------------------------- what cannot be taken


@pytest.mark.parametrize(
    ("question", "text", "sentence"),
    [
        ("forms", "joint", "The tree 'small' has no question 'forms'; did you mean 'form'."),
        (
            "xyz",
            "joint",
            "The tree 'small' has no question 'xyz'; it is one of: claim, form, bone, placed, side, work, donor, "
            "second_bone, diagnosis, diagnosis_code.",
        ),
        ("form", "joints", "Question 'form' has no answer 'joints'; did you mean 'joint'."),
        (
            "form",
            "xyz",
            "Question 'form' has no answer 'xyz'; it is one of: joint, chips, none, unclear, not_documented.",
        ),
        ("form", "", "Question 'form' has no answer ''; it is one of: joint, chips, none, unclear, not_documented."),
        ("form", "joint+chips", "Question 'form' takes one answer, not 2 (joint+chips); give the one that applies."),
        ("work", "none+hardware", "Answer 'none' of question 'work' excludes the others; give it alone."),
        (
            "work",
            "hardware+not_documented",
            "Answer 'not_documented' of question 'work' excludes the others; give it alone.",
        ),
        ("diagnosis_code", "Z99.9", "Question 'diagnosis_code' has no answer 'Z99.9'; it is one of: not_documented."),
        (
            "diagnosis_code",
            "S42.2+C40.21",
            "Question 'diagnosis_code' takes one answer, not 2 (S42.2+C40.21); give the one that applies.",
        ),
    ],
)
def test_what_is_no_answer_is_refused_in_a_sentence(bench: Bench, question: str, text: str, sentence: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_answer(bench.tree, bench.book, question, text)
    assert str(refused.value) == sentence


def test_what_is_an_answer_is_split(bench: Bench) -> None:
    taken = {"form": "joint", "work": " hardware + vessels ", "side": "not_documented", "diagnosis_code": "C40.21"}
    found = [sorted(parse_answer(bench.tree, bench.book, *item)) for item in taken.items()]
    assert found == [["joint"], ["hardware", "vessels"], ["not_documented"], ["C40.21"]]


# ---------------------------------------------------------------------------------------------- a tree at fault


def test_a_way_is_written_as_the_command_line_writes_it() -> None:
    assert way((Step("form", ("joint",)), Step("work", ("a", "b")))) == "form=joint, work=a+b"
    assert way(()) == "no answers"


FAULTS: Mapping[str, tuple[str, str, str, dict[str, str], str]] = {
    "no next applies": (
        *("small.toml", '  { when = { form = "chips" }, to = "end" },\n', ""),
        CHIPS,
        "Gap: small.toml: question 'bone': this way leads nowhere (claim=surgeon, form=chips, bone=femur); let exactly "
        "one 'next' apply.",
    ),
    "two nexts apply": (
        *("small.toml", 'when = { form = "chips" }, to', 'when = { form = ["chips", "joint"] }, to'),
        LISTED,
        "Conflict: small.toml: question 'bone': this way leads to placed and end at once (claim=surgeon, form=joint, "
        "bone=femur); let exactly one 'next' apply.",
    ),
    "no outcome matches": (
        *("small.outcomes.toml", 'when = { form = "chips" }', 'when = { form = "chips", bone = "knee" }'),
        CHIPS,
        "Gap: no outcome of tree 'small' matches the way claim=surgeon, form=chips, bone=femur on 2026-05-01; add one.",
    ),
    "no outcome matches on the date": (
        *("small.outcomes.toml", 'when = { form = "chips" }', 'when = { form = "chips" }\nuntil = 2025-12-31'),
        CHIPS,
        "Gap: no outcome of tree 'small' matches the way claim=surgeon, form=chips, bone=femur on 2026-05-01; add one.",
    ),
    "two outcomes match": (
        *("small.outcomes.toml", 'relation = ["barred", "not_listed"] }', 'relation = ["barred", "allowed"] }'),
        LISTED,
        "Conflict: 2 outcomes match one way (claim=surgeon, form=joint, bone=femur, placed=yes): small.outcomes.toml: "
        "outcome 'listed' when form = joint and relation = allowed and placed = yes; small.outcomes.toml: outcome "
        "'refused' when form = joint and relation = allowed or barred; let one match.",
    ),
    "a next leads back": (
        *("small.toml", 'say = "Yes", next = "end"', 'say = "Yes", next = "form"'),
        LISTED,
        "Cycle: small.toml: question 'placed': the way returns to 'form' (claim=surgeon, form=joint, bone=femur, "
        "placed=yes); break the circle.",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_tree_at_fault_is_told_with_the_way_that_shows_it(small: Small, bench: Bench, fault: str) -> None:
    file, old, new, given, sentence = FAULTS[fault]
    small.change(file, old, new)
    with pytest.raises(DataError) as told:
        walk(small.tree(), bench.book, bench.answers(given), NOW)
    assert str(told.value) == sentence
