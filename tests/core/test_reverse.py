"""From a code back to the facts: the groups of answers that lead to it hold, are complete, and are few."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product
from math import prod

import pytest

from encoder.commands.shipped import Shipped
from encoder.core.page.evidence import Desk
from encoder.core.reverse import Trail, differing, first_answers, trails, written
from encoder.core.tree.reach import Reach
from encoder.core.tree.rules import claim
from encoder.core.tree.walk import Position, walk
from encoder.errors import UsageError
from tests.core.small import NOW

CODES = ("20932", "20933", "20934", "27365", "27646", "27704", "27447", "27356", "20955", "27870", "0QRB0KZ")


@pytest.fixture(scope="module")
def desk(shipped: Shipped) -> Desk:
    return shipped.desk(shipped.tree(), NOW)


@pytest.fixture(scope="module")
def reach(shipped: Shipped, desk: Desk) -> Reach:
    return shipped.reach(desk.tree, NOW)


def _walked(desk: Desk, answers: dict[str, str]) -> Position:
    return walk(desk.tree, desk.book, {name: frozenset((value,)) for name, value in answers.items()}, desk.on)


def _ends_in(desk: Desk, answers: dict[str, str], details: dict[str, str], code: str) -> bool:
    """Whether the claim carries the code; details that it waits for are answered with the first that leads on."""
    position = _walked(desk, answers | details)
    if position.pending is not None and position.pending.id not in details:
        offered = (answer.id for answer in position.pending.answers)
        return any(_ends_in(desk, answers, details | {position.pending.id: answer}, code) for answer in offered)
    return code in {line.code for line in claim(position).lines}


def _ways(desk: Desk, trail: Trail) -> Iterator[dict[str, str]]:
    """Every combination of the answers of a trail."""
    for chosen in product(*(need.answers for need in trail.needs)):
        yield {need.question: answer for need, answer in zip(trail.needs, chosen, strict=True)}


def _own(desk: Desk, reach: Reach, code: str) -> list[Trail]:
    """The trails whose ways give the code themselves: they come first, until each way is in one of them."""
    own: list[Trail] = []
    given = sum(gives for _, gives in reach.leading_to(code))
    for trail in trails(desk, reach, code):
        if sum(taken.ways for taken in own) < given:
            own.append(trail)
    assert sum(trail.ways for trail in own) == given > 0
    return own


@pytest.mark.parametrize("code", CODES)
def test_every_combination_of_a_trail_ends_in_the_code(desk: Desk, reach: Reach, code: str) -> None:
    for trail in _own(desk, reach, code):
        for answers in _ways(desk, trail):
            details = {need.question: need.answers[0] for need in trail.details}
            assert _ends_in(desk, answers, details, code), (answers, details)


@pytest.mark.parametrize("code", CODES)
def test_no_way_to_the_code_is_left_out_and_the_groups_are_few(desk: Desk, reach: Reach, code: str) -> None:
    found = _own(desk, reach, code)
    assert len(found) <= 6
    for trail in found:
        twins = {need.question: {t for t, _ in desk.tree.questions[need.question].same_ways} for need in trail.needs}
        assert prod(len({*need.answers} - twins[need.question]) for need in trail.needs) == trail.ways


def test_what_a_trail_settles_are_the_assumptions_to_start_with(desk: Desk, reach: Reach) -> None:
    by_resection, by_ankle = trails(desk, reach, "20932")
    assert by_resection.assumed == {
        "graft_material": "donor_bone",
        "region": "limb",
        "main_procedure": "radical_resection",
        "graft_form": "osteoarticular",
        "graft_placed": "yes",
    }
    assert by_ankle.assumed["implant"] == "ankle"
    assert {need.question for need in by_resection.needs} - {*by_resection.assumed} == {"claim", "bone"}


def test_several_ways_are_told_apart_by_what_only_some_of_them_ask(desk: Desk, reach: Reach) -> None:
    by_resection, by_ankle = differing(trails(desk, reach, "20932"))
    assert {need.question: need.answers[0] for need in by_resection} == {
        "main_procedure": "radical_resection",
        "bone": "scapula",
    }
    assert {need.question: need.answers[0] for need in by_ankle} == {
        "main_procedure": "implant_removal",
        "implant": "ankle",
        "ankle_after": "donor_segment",
    }
    assert differing(trails(desk, reach, "27415")) == ((),)
    assert differing(()) == ()


def test_a_code_is_read_as_the_tables_write_it(desk: Desk) -> None:
    assert [written(desk, text) for text in (" 20932 ", "c40.21", "0qrb0kz", "POS:21")] == [
        "20932",
        "C40.21",
        "0QRB0KZ",
        "pos:21",
    ]
    with pytest.raises(UsageError, match="No table here names the code '99X'"):
        written(desk, "99X")


def test_a_question_that_any_answer_settles_is_marked(desk: Desk, reach: Reach) -> None:
    trail = trails(desk, reach, "27447")[0]
    every = {need.question for need in trail.needs if need.every}
    assert every == {"graft_material"}
    need = next(need for need in trail.needs if need.question == "graft_material")
    assert need.say[0] == "Donor bone"
    assert (need.label, need.ask) == (
        desk.tree.questions["graft_material"].label,
        desk.tree.questions["graft_material"].ask,
    )


def test_answers_with_the_same_ways_stand_together(desk: Desk, reach: Reach) -> None:
    need = next(need for need in trails(desk, reach, "20932")[0].needs if need.question == "claim")
    assert need.answers == ("surgeon", "outpatient")


@pytest.mark.parametrize(
    ("code", "details"),
    [
        ("20902", {"own_bone_harvest": {"separate_large"}, "other_work": {"own_bone_large"}}),
        ("20680", {"other_work": {"hardware_other_site"}}),
        ("27358", {"other_work": {"lesion_fixation"}}),
    ],
)
def test_a_code_that_a_detail_adds_names_the_detail(
    desk: Desk, reach: Reach, code: str, details: dict[str, set[str]]
) -> None:
    (trail,) = trails(desk, reach, code)
    assert {need.question: {*need.answers} for need in trail.details} == details
    assert trail.ways == len(reach.leading_to(code))


@pytest.mark.parametrize("code", ["24435", "26205", "23485", "28420", "27067"])
def test_a_version_with_own_bone_is_reached_by_own_bone_beside_donor_bone(desk: Desk, reach: Reach, code: str) -> None:
    swapped = [trail for trail in trails(desk, reach, code) if trail.assumed["graft_material"] == "donor_bone"]
    assert swapped
    for trail in swapped:
        (work,) = trail.details
        assert (work.question, work.answers) == ("other_work", ("own_bone_small", "own_bone_large"))
        for answers in _ways(desk, trail):
            for detail in work.answers:
                assert _ends_in(desk, answers, {"other_work": detail}, code), answers


@pytest.mark.parametrize("code", ["24435", "26205", "23485", "28420", "27067"])
def test_a_code_that_a_rule_swaps_in_can_be_reached_and_names_its_details(desk: Desk, reach: Reach, code: str) -> None:
    assert code in reach.along(())[0]
    assert "other_work" in reach.details_for(code)
    for _, ways in reach.swapped_to(code):
        for answers in ways:
            steps = walk(desk.tree, desk.book, {q: frozenset((a,)) for q, a in answers.items()}, desk.on).steps
            assert code in reach.along(steps)[-1]


def test_each_rule_that_swaps_a_code_in_names_its_own_answers(desk: Desk, reach: Reach) -> None:
    found = {trail.assumed["graft_material"]: trail for trail in trails(desk, reach, "27067") if trail.details}
    asked = {material: [(n.question, n.answers) for n in trail.details] for material, trail in found.items()}
    assert asked == {
        "donor_bone": [("other_work", ("own_bone_small", "own_bone_large"))],
        "own_bone": [("own_bone_harvest", ("separate_small", "separate_large"))],
    }
    for trail in found.values():
        for answers in _ways(desk, trail):
            details = {need.question: need.answers[0] for need in trail.details}
            assert _ends_in(desk, answers, details, "27067"), answers


def test_a_procedure_of_the_inpatient_claim_needs_its_side(desk: Desk, reach: Reach) -> None:
    (trail,) = trails(desk, reach, "0QRB0KZ")
    assert [(need.question, need.answers) for need in trail.details] == [("inpatient_side", ("right",))]


def test_a_second_code_leaves_the_ways_that_can_carry_both(desk: Desk, reach: Reach) -> None:
    (trail,) = trails(desk, reach, "27365", "20932")
    assert {need.question: need.answers for need in trail.needs}["graft_form"] == ("osteoarticular",)
    assert len(trails(desk, reach, "27646", "20932")) == 0
    assert trails(desk, reach, "20932", "27365") == (trail,)


@pytest.mark.parametrize("code", ["99999", "", "22614", "C40.21", "62"])
def test_a_code_that_no_way_leads_to_has_no_trail(desk: Desk, reach: Reach, code: str) -> None:
    assert trails(desk, reach, code) == ()
    assert first_answers(desk, reach, code) == {}


def test_trails_go_by_the_date(shipped: Shipped, desk: Desk) -> None:
    for on, leads in ((date(2025, 12, 31), True), (date(2026, 1, 1), False)):
        assert bool(trails(desk.on_date(on), shipped.reach(desk.tree, on), "27445")) is leads


def test_one_whole_way_is_with_donor_bone_where_there_is_one(desk: Desk, reach: Reach) -> None:
    answers = first_answers(desk, reach, "27365")
    assert answers["graft_material"] == {"donor_bone"}
    assert "27365" in {line.code for line in claim(walk(desk.tree, desk.book, answers, desk.on)).lines}
    assert first_answers(desk, reach, "27646")["main_procedure"] == {"radical_resection"}
