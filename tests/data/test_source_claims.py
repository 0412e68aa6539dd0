"""What the text that the product started from says about 20932, claim by claim, and where the product serves it."""

from __future__ import annotations

import pytest

from encoder import paths
from encoder.core.tree.model import Tree
from encoder.store.case_file import read_cases
from encoder.store.codebook import Codebook
from tests.commands.calls import LISTED
from tests.data.auditor import codes, relations
from tests.data.program import NOW, Program

pytestmark = pytest.mark.usefixtures("unmeasured")

CASES = {case.id: case for case in read_cases(paths.cases())}


def page(name: str) -> str:
    return (paths.resources() / "help" / f"{name}.md").read_text(encoding="utf-8").lower()


def outcome(case: str) -> tuple[str, bool]:
    """Where a case ends, and whether an add-on of this kind is on its claim."""
    expect = CASES[case].expect
    return expect.outcome, any(line.startswith(("20932", "20933", "20934")) for line in expect.lines or ())


def test_1_a_graft_of_a_donor_rebuilds_bone_and_soft_tissue_alone_is_another_outcome(
    book: Codebook, program: Program
) -> None:
    code = book.code("20932")
    assert code is not None
    assert "rebuild" in code.title
    assert "donor" in code.plain
    assert "after death" in page("graft_material")
    assert "cadaveric" in page("graft_material")
    soft = program.decide({**LISTED, "main_procedure": "graft_only", "graft_form": "soft_tissue"})
    assert soft["next"] is not None
    assert soft["next"]["question"] == "soft_tissue_kind"
    assert any(case.expect.outcome == "O-SOFT" for case in CASES.values())
    assert "rebuilding soft tissue alone is not `20932`" in page("graft_form")


@pytest.mark.parametrize(
    ("indication", "case", "end"),
    [
        ("tumour", "golden_01", ("O-20932", True)),
        ("tumour of a bone that is not listed", "golden_09", ("O-BARRED", False)),
        ("osteochondral cyst", "golden_13", ("O-CURET", False)),
        ("arthritis", "other_no_resection_shoulder", ("O-NL", False)),
        ("arthritis of the ankle without an implant", "other_no_resection_leg_ankle", ("O-NL", False)),
        ("injury", "other_no_resection_complete", ("O-NL", False)),
        ("injury that did not heal", "golden_37", ("O-NONUN", False)),
        ("avascular necrosis", "golden_26", ("O-NL", False)),
        ("implant removal at the ankle", "golden_20", ("O-20932", True)),
        ("implant removal at the hip", "golden_19", ("O-BARRED", False)),
    ],
)
def test_2_each_reason_for_a_graft_is_a_way_in_and_ends_where_the_lists_say(
    indication: str, case: str, end: tuple[str, bool]
) -> None:
    assert outcome(case) == end, indication


@pytest.mark.parametrize("word", ["tumour", "osteochondral cyst", "arthritis", "degenerative", "necrosis", "injury"])
def test_2_the_help_names_each_reason(word: str) -> None:
    assert word in page("main_procedure")


def test_3_the_limb_is_to_be_kept_and_an_amputation_carries_no_add_on() -> None:
    text = page("graft_material")
    assert all(word in text for word in ("limb", "function", "structure", "amputated"))
    amputations = [case for case in CASES.values() if case.expect.outcome == "O-AMP"]
    assert amputations
    assert not any(outcome(case.id)[1] for case in amputations)


def test_4_the_graft_is_matched_to_what_is_replaced_and_its_forms_are_shown(tree: Tree) -> None:
    assert "matched to what is missing" in page("graft_material")
    pictures = {answer.id: answer.picture for answer in tree.questions["graft_form"].answers}
    assert all(pictures[form] for form in ("osteoarticular", "hemicortical", "complete", "plug", "chips", "strut"))
    for name in {*pictures.values()} - {""}:
        assert (paths.resources() / "pictures" / "row" / f"{name}.svg").is_file()


def test_5_each_step_of_the_technique_is_a_fact_that_the_note_must_show(book: Codebook) -> None:
    labels = {fact.label for code in ("27365", "20932") for fact in book.documentation(code)}
    assert {"Way to the bone", "Margin", "Templated", "Cut to shape", "Placed", "Fixed"} <= labels


@pytest.mark.parametrize("word", ["plate", "screws", "nail", "rod", "wire"])
def test_6_every_kind_of_fixation_is_named_and_inside(book: Codebook, program: Program, word: str) -> None:
    (fixed,) = [fact.say for fact in book.documentation("20932") if fact.label == "Fixed"]
    assert word in fixed
    assert "inside the add-on" in fixed
    fixation = program.decide({**LISTED, "other_work": "internal_fixation"})
    assert codes(fixation["lines"]) == {"27365", "20932"}


def test_7_partial_and_complete_grafts_have_codes_of_their_own_shown_as_often_confused(program: Program) -> None:
    assert "often confused" in page("graft_form")
    for form, code in (("hemicortical", "20933"), ("complete", "20934")):
        answers = {name: answer for name, answer in LISTED.items() if name != "graft_placed"}
        decided = program.decide({**answers, "graft_form": form})
        assert codes(decided["lines"]) == {"27365", code}
    against = {item["code"] for item in program.decide(LISTED)["why_not"]}
    assert {"20933", "20934"} <= against


def test_8_it_stands_beside_a_radical_resection_or_one_implant_removal_alone() -> None:
    listed = {primary for add_on, primary in relations("allowed", NOW) if add_on == "20932"}
    barred = {primary for add_on, primary in relations("barred", NOW) if add_on == "20932"}
    removals = {"23334", "23335", "24160", "24164", "25250", "25251", "26320", "27090", "27091", "27488", "27704"}
    assert listed & removals == {"27704"}
    assert barred & removals == {"27090", "27091"}
    assert len(listed - removals) == 9
    joints = {"24155", "23195", "27122", "25210", "25215", "25240", "28130"}
    assert not listed & joints


def test_10_every_section_that_was_behind_an_account_is_open(program: Program, book: Codebook) -> None:
    """Description, guidelines, documentation, modifiers, diagnoses, edits, values and history."""
    code = book.code("20932")
    assert code is not None
    assert (code.title, code.plain, code.span.start) != ("", "", None)
    assert [*book.documentation("20932")]
    assert [*book.pairs("20932")]
    fields = {figure.field for figure in book.indicators("20932")}
    assert {"mult_proc_ind", "bilateral_ind", "assistant_ind", "co_surgeon_ind", "work_rvu", "status"} <= fields
    assert len({figure.edition for figure in book.indicators("20932")}) > 2
    diagnosed = program.complete({**LISTED, "diagnosis": "malignant_primary_limb", "diagnosis_code": "C40.22"})
    assert diagnosed["status"] == "decided"
