"""Every way through the deciding questions, once."""

from __future__ import annotations

from datetime import date

from encoder.core.tree.model import NOT_DOCUMENTED
from encoder.core.tree.walk import walk
from encoder.core.tree.ways import Way, ways
from tests.core.bench import Bench
from tests.core.small import NOW, Small


def listed(bench: Bench, on: date = NOW) -> list[Way]:
    return list(ways(bench.tree, bench.book, on))


def test_each_way_is_listed_once_with_the_end_it_comes_to(bench: Bench) -> None:
    found = {", ".join(f"{s.question}={s.text}" for s in way.steps): way.end_id for way in listed(bench)}
    joint, chips = "claim=surgeon, form=joint", "claim=surgeon, form=chips"
    assert found == {
        f"{joint}, bone=femur, placed=yes": "listed",
        f"{joint}, bone=femur, placed=not_documented": "query_placed",
        f"{joint}, bone=fibula": "refused",
        f"{joint}, bone=knee": "refused",
        f"{joint}, bone=not_documented": "query_bone",
        f"{chips}, bone=femur": "chips",
        f"{chips}, bone=fibula": "chips",
        f"{chips}, bone=knee": "chips",
        f"{chips}, bone=not_documented": "query_bone",
        "claim=surgeon, form=none": "outside",
        "claim=surgeon, form=unclear": "query_form",
        "claim=surgeon, form=not_documented": "query_form",
        "claim=not_documented": "query_claim",
    }


def test_each_way_is_where_a_walk_with_its_answers_comes_to(bench: Bench) -> None:
    for way in listed(bench):
        position = walk(bench.tree, bench.book, {s.question: frozenset(s.answers) for s in way.steps}, NOW)
        assert position.steps == way.steps
        assert (position.query or position.outcome) is way.end
        assert bool(position.query) == any(NOT_DOCUMENTED in s.answers or "unclear" in s.answers for s in way.steps)


def test_a_twin_is_left_out(bench: Bench) -> None:
    assert not any("outpatient" in step.answers for way in listed(bench) for step in way.steps)


def test_given_answers_leave_the_ways_that_hold_them(bench: Bench) -> None:
    given = {"claim": frozenset(("outpatient",)), "bone": frozenset(("femur", "fibula"))}
    found = [way for way in ways(bench.tree, bench.book, NOW, given) if way.end_id != "query_form"]
    assert [(way.steps[0].text, way.steps[-1].text, way.end_id) for way in found] == [
        ("outpatient", "yes", "listed"),
        ("outpatient", "not_documented", "query_placed"),
        ("outpatient", "fibula", "refused"),
        ("outpatient", "femur", "chips"),
        ("outpatient", "fibula", "chips"),
        ("outpatient", "none", "outside"),
    ]


def test_ways_go_by_the_date(bench: Bench) -> None:
    assert [(way.steps, way.end_id) for way in listed(bench, date(2018, 12, 31))] == [((), "before")]
    primaries = [
        next(way.facts.one("primary") for way in listed(bench, on) if way.steps[-1].text == "knee")
        for on in (date(2025, 12, 31), date(2026, 1, 1))
    ]
    assert primaries == ["27445", "27447"]


def test_a_fault_of_the_tree_is_one_way_among_the_others(bench: Bench, small: Small) -> None:
    small.change("small.toml", '  { when = { form = "chips" }, to = "end" },\n', "")
    found = list(ways(small.tree(), bench.book, NOW))
    assert len(found) == len(listed(bench))
    faults = [way for way in found if way.fault]
    assert [way.steps[-1].text for way in faults] == ["femur", "fibula", "knee"]
    for way in faults:
        assert (way.end, way.end_id) == (None, "")
        assert way.fault.startswith("Gap: small.toml: question 'bone': this way leads nowhere (claim=surgeon")
