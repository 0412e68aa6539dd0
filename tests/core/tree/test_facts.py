"""Each way to work a fact out, what is unknown, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from encoder.core.codes import Indicator, Pair, Relation, Row
from encoder.core.tree.facts import HOWS, Evidence, diagnosis, is_code, works_from
from encoder.core.tree.model import Case, Condition
from encoder.core.tree.ways import ways
from encoder.errors import DataError
from tests.core.bench import Bench
from tests.core.small import NOW

ASKED = {
    "claim": "surgeon",
    "bone": "femur",
    "form": "joint",
    "second_bone": "fibula",
    "silent": "",
    "tumour": "C40.21",
    "break": "M84.551A",
    "hinge": "27445",
}
WAYS: dict[str, tuple[str, str, type | None]] = {
    "value yes": ("yes", "", None),
    "copy bone": ("femur", "", None),
    "copy add_on": ("20932", "by_form.joint", Row),
    "lookup by_bone bone": ("27365", "by_bone.femur", Row),
    "lookup by_form form": ("20932", "by_form.joint", Row),
    "lookup by_bone silent": ("", "", None),
    "relation add_on primary": ("allowed", "aoc:20932>27365", Relation),
    "relation 20932 27646": ("barred", "bar:20932>27646", Relation),
    "relation 20932 27447": ("not_listed", "", Relation),
    "relation silent primary": ("", "", None),
    "relation add_on silent": ("", "", None),
    "withdrawn 20932 27445": ("yes", "", Relation),
    "withdrawn 20932 27365": ("no", "aoc:20932>27365", Relation),
    "attribute category primary": ("resection", "", None),
    "attribute includes_graft 20932": ("graft_is_the_service", "", None),
    "attribute category silent": ("", "", None),
    "attribute category 99999": ("", "", None),
    "indicator bilateral_ind primary": ("1", "", Indicator),
    "indicator bilateral_ind hinge": ("not_loaded", "", None),
    "pair 27365 27445": ("first_1", "27365>27445", Pair),
    "pair 27445 27365": ("second_1", "27365>27445", Pair),
    "pair primary second_primary": ("second_0", "27646>27365", Pair),
    "pair 27365 27447": ("none", "", None),
    "diagnosis family tumour": ("malignant", "", None),
    "diagnosis stem break": ("M84.551", "", None),
    "diagnosis side tumour": ("right", "", None),
    "diagnosis side S42": ("", "", None),
    "diagnosis area tumour": ("lower_limb", "", None),
    "diagnosis seventh_missing tumour": ("no", "", None),
    "diagnosis seventh_missing break": ("no", "", None),
    "diagnosis seventh_missing stem": ("yes", "", None),
    "diagnosis family unknown": ("", "", None),
    "covered pfs": ("yes", "", None),
    "covered nothing": ("no", "", None),
    "known bone": ("yes", "", None),
    "known silent": ("no", "", None),
    "same bone bone": ("yes", "", None),
    "same bone second_bone": ("no", "", None),
    "same bone silent": ("", "", None),
    "differ bone second_bone": ("yes", "", None),
    "differ bone bone": ("no", "", None),
    "differ bone silent": ("no", "", None),
}


def row_of(evidence: Evidence) -> str:
    """The id of the table row that a fact rests on; figures have none."""
    held = evidence.row if isinstance(evidence, Relation) else evidence
    return "" if held is None or isinstance(held, Indicator) else held.id.removeprefix("ptp:practitioner:")


@pytest.mark.parametrize("way", WAYS)
def test_a_fact_is_worked_out_with_the_row_it_rests_on(bench: Bench, way: str) -> None:
    value, row, kind = WAYS[way]
    how, *args = way.split()
    asked = {**ASKED, "stem": "M84.551", "unknown": "Z99.9"}
    found = bench.facts(asked, Case(how, tuple(args))).worked("made")
    assert found.values == frozenset(filter(None, (value,)))
    assert row_of(found.evidence) == row
    assert found.evidence is None if kind is None else isinstance(found.evidence, kind)


def test_every_way_is_tried_here() -> None:
    assert {way.split()[0] for way in WAYS} == {*HOWS}


def test_facts_go_by_the_date_of_service(bench: Bench) -> None:
    knee = {"claim": "surgeon", "bone": "knee", "form": "joint"}
    found = {on: bench.facts(knee, on=on) for on in (date(2019, 9, 30), date(2025, 12, 31), date(2026, 1, 1))}
    assert [facts.one("primary") for facts in found.values()] == ["27445", "27445", "27447"]
    assert [facts.one("relation") for facts in found.values()] == ["barred", "not_listed", "not_listed"]
    assert [facts.one("withdrawn") for facts in found.values()] == ["no", "yes", "no"]
    assert bench.facts(knee, on=date(2018, 12, 31)).one("primary") == ""


def test_a_code_pair_is_looked_up_in_the_table_of_the_claim(bench: Bench) -> None:
    pairs = [bench.facts({"claim": claim}, Case("pair", ("27646", "27365"))) for claim in ("surgeon", "outpatient")]
    assert [facts.one("made") for facts in pairs] == ["first_0", "none"]


def test_a_row_that_gives_no_code_is_evidence_without_a_value(bench: Bench) -> None:
    chips = bench.facts({"form": "chips"}).worked("add_on")
    assert (chips.values, row_of(chips.evidence)) == (frozenset(), "by_form.chips")


def test_only_the_way_whose_condition_holds_is_taken(bench: Bench) -> None:
    femur = Case("value", ("one",), Condition((("bone", frozenset(("femur",))),)))
    fibula = Case("value", ("two",), Condition((("bone", frozenset(("fibula",))),)))
    found = [bench.facts({"bone": bone}, femur, fibula).one("made") for bone in ("femur", "fibula", "knee")]
    assert found == ["one", "two", ""]


def test_two_ways_that_agree_are_one_and_the_first_is_the_evidence(bench: Bench) -> None:
    ways = (Case("lookup", ("by_bone", "bone")), Case("value", ("27365",)))
    found = bench.facts({"bone": "femur"}, *ways).worked("made")
    assert (found.values, row_of(found.evidence)) == (frozenset(("27365",)), "by_bone.femur")


def test_two_ways_that_disagree_are_refused_with_both_each_time_they_are_asked(bench: Bench) -> None:
    facts = bench.facts({"bone": "femur"}, Case("lookup", ("by_bone", "bone")), Case("value", ("20680",)))
    for _ in range(2):
        with pytest.raises(DataError) as refused:
            facts.worked("made")
        assert str(refused.value) == (
            "Conflict: here: two ways to 'made' disagree (lookup by_bone bone when always; value 20680 when always); "
            "let one apply."
        )


def test_facts_in_a_circle_are_refused_with_the_circle(bench: Bench) -> None:
    facts = bench.facts({}, Case("known", ("made",)))
    with pytest.raises(DataError, match=r"^Cycle: tree 'small': facts depend .* in a circle: made > made; break it\.$"):
        facts.get("made")


def test_an_unknown_fact_is_empty_and_several_values_are_no_single_one(bench: Bench) -> None:
    facts = bench.facts({"work": "hardware+vessels", "bone": "femur"})
    assert facts["no_such_fact"] == frozenset()
    assert facts.get("no_such_fact", frozenset(("else",))) == {"else"}
    assert facts.get("work") == {"hardware", "vessels"}
    assert (facts.one("work"), facts.one("bone"), facts.one("20932"), facts.one("nothing")) == (
        "",
        "femur",
        "20932",
        "",
    )


def test_facts_are_a_mapping_of_what_was_asked_and_what_can_be_worked_out(bench: Bench) -> None:
    facts = bench.facts({"bone": "femur"})
    assert {"bone", "primary", "relation"} <= {*facts}
    assert len(facts) == len({*facts})
    assert facts.asked == {"bone": frozenset(("femur",))}
    assert facts.one("primary") == "27365"
    assert [row_of(worked.evidence) for worked in facts.known()] == ["by_bone.femur"]


def test_a_sheet_with_more_answers_says_what_a_new_one_would(bench: Bench) -> None:
    """Whatever was worked out before, on every way of the tree and for every fact."""
    for name in bench.tree.derived:
        for found in ways(bench.tree, bench.book, NOW):
            sheet = bench.facts({})
            for step in found.steps:
                sheet.worked(name)
                sheet = sheet.extended({step.question: frozenset(step.answers)})
            fresh = bench.facts({step.question: step.text for step in found.steps})
            assert sheet.asked == fresh.asked
            assert sheet.worked(name) == fresh.worked(name), (name, found.steps)


def test_an_edit_that_goes_by_the_claim_is_looked_up_again_for_another_claim(bench: Bench) -> None:
    case = Case("pair", ("27646", "27365"))
    sheet = bench.facts({"claim": "surgeon"}, case)
    assert sheet.one("made") == "first_0"
    assert sheet.extended({"claim": frozenset(("outpatient",))}).one("made") == "none"
    assert sheet.one("made") == "first_0"


@pytest.mark.parametrize(
    ("text", "code"),
    [("20932", True), ("0707T", True), ("0QRB0KZ", True), ("primary", False), ("2093", False), ("bone1", False)],
)
def test_a_code_is_told_from_the_name_of_a_fact(text: str, code: bool) -> None:
    assert is_code(text) is code


@pytest.mark.parametrize(
    ("case", "facts"),
    [
        ("value yes", ""),
        ("covered pfs", ""),
        ("lookup by_bone bone form", "bone form"),
        ("attribute category primary", "primary"),
        ("indicator bilateral_ind primary", "primary"),
        ("diagnosis side diagnosis_code", "diagnosis_code"),
        ("relation add_on primary", "add_on primary"),
        ("copy primary", "primary"),
    ],
)
def test_tables_fields_and_values_are_no_facts_to_work_from(case: str, facts: str) -> None:
    how, *args = case.split()
    assert works_from(Case(how, tuple(args))) == tuple(facts.split())


def test_a_key_that_is_left_empty_is_no_fact_to_work_from() -> None:
    assert works_from(Case("lookup", ("by_bone", "bone", ""))) == ("bone",)


@pytest.mark.parametrize(
    ("written", "row"),
    [
        ("C40.21", "C40.21"),
        ("M84.551A", "M84.551"),
        ("M84.551X", "M84.551"),
        ("M84.551XA", None),
        ("C40.21A", None),
        ("Z99.9", None),
        ("Z", None),
    ],
)
def test_a_diagnosis_is_found_with_and_without_its_seventh_character(
    bench: Bench, written: str, row: str | None
) -> None:
    found = diagnosis(bench.book, written)
    assert (found and found.code) == row
