"""The decision logic, table by table, as its sources set it out: what each bone, site and joint must come to.

The tables stand here a second time on purpose, written from the sources and not from the files that the program reads.
"""

from __future__ import annotations

import random

import pytest

from encoder import paths
from encoder.store.case_file import read_cases
from tests.commands.calls import Path
from tests.data.auditor import STRUCTURAL, codes, details, of_role, rows, rules, toml
from tests.data.program import NOW, Program

pytestmark = pytest.mark.usefixtures("unmeasured")

CASES = {case.id: case for case in read_cases(paths.cases())}
ADD_ON = {"osteoarticular": "20932", "hemicortical": "20933", "complete": "20934"}
RADICAL = {"claim": "surgeon", "region": "limb", "main_procedure": "radical_resection"}
ALLOWED, BARRED, NOT_LISTED = "O-2093", "O-BARRED", "O-NL"

RESECTIONS = {
    "clavicle": ("23200", BARRED),
    "scapula": ("23210", ALLOWED),
    "proximal_humerus": ("23220", ALLOWED),
    "humerus_shaft": ("24150", ALLOWED),
    "distal_humerus": ("24150", ALLOWED),
    "radial_head": ("24152", BARRED),
    "radius": ("25170", ALLOWED),
    "ulna": ("25170", ALLOWED),
    "olecranon": ("25170", ALLOWED),
    "carpal": ("25999", NOT_LISTED),
    "metacarpal": ("26250", NOT_LISTED),
    "finger_proximal_middle": ("26260", NOT_LISTED),
    "finger_distal": ("26262", NOT_LISTED),
    "pelvis_partial": ("27075", ALLOWED),
    "pelvis_acetabulum": ("27076", ALLOWED),
    "innominate": ("27077", ALLOWED),
    "ischium_trochanter": ("27078", BARRED),
    "proximal_femur": ("27365", ALLOWED),
    "femur_shaft": ("27365", ALLOWED),
    "distal_femur": ("27365", ALLOWED),
    "patella": ("27365", ALLOWED),
    "proximal_tibia": ("27645", ALLOWED),
    "tibia_shaft": ("27645", ALLOWED),
    "distal_tibia": ("27645", ALLOWED),
    "fibula": ("27646", BARRED),
    "talus": ("27647", BARRED),
    "calcaneus": ("27647", BARRED),
    "other_tarsal": ("28171", NOT_LISTED),
    "metatarsal": ("28173", NOT_LISTED),
    "toe_phalanx": ("28175", NOT_LISTED),
}
"""Each bone: the code of its radical resection, and what the lists say of all three add-ons beside it."""
SHAFTS = {"humerus_shaft", "femur_shaft", "tibia_shaft"}
"""Between two joints: a piece with a joint surface does not fit there, and the two answers contradict each other."""

CURETTAGE = {
    "clavicle_scapula": ("23140", "23145", "23146"),
    "proximal_humerus": ("23150", "23155", "23156"),
    "humerus": ("24110", "24115", "24116"),
    "radial_head_olecranon": ("24120", "24125", "24126"),
    "radius_ulna": ("25120", "25125", "25126"),
    "carpal": ("25130", "25135", "25136"),
    "metacarpal": ("26200", "26205", "26200"),
    "finger_phalanx": ("26210", "26215", "26210"),
    "pelvis_superficial": ("27065", "27065", "27065"),
    "pelvis_deep": ("27066", "27066", "27066"),
    "femur": ("27355", "27357", "27356"),
    "tibia_fibula": ("27635", "27637", "27638"),
    "talus_calcaneus": ("28100", "28102", "28103"),
    "tarsal_metatarsal": ("28104", "28106", "28107"),
    "toe_phalanx": ("28108", "28108", "28108"),
}
"""Each site of a cyst or benign tumour: the code without graft, with own bone, with donor bone."""

ARTHROPLASTY = {
    "shoulder hemi": "23470",
    "shoulder total": "23472",
    "shoulder revision_one": "23473",
    "shoulder revision_both": "23474",
    "elbow total": "24363",
    "elbow revision_one": "24370",
    "elbow revision_both": "24371",
    "wrist total": "25446",
    "wrist revision": "25449",
    "hip total": "27130",
    "hip conversion": "27132",
    "hip revision_both": "27134",
    "hip revision_cup": "27137",
    "hip revision_stem": "27138",
    "knee unicompartmental": "27446",
    "knee total": "27447",
    "knee revision_one": "27486",
    "knee revision_both": "27487",
    "ankle total": "27702",
    "ankle revision": "27703",
}
REMOVAL = {
    "shoulder_one": "23334",
    "shoulder_both": "23335",
    "elbow": "24160",
    "radial_head": "24164",
    "wrist": "25250",
    "wrist_complicated": "25251",
    "hip": "27090",
    "hip_complicated": "27091",
    "knee": "27488",
    "hand": "26320",
}
"""Joint implants other than the ankle's, taken out: none carries an add-on."""

OUTCOMES = """
O-20932 O-20933 O-20934 O-BARRED O-NL O-CURET O-27415 O-29867 O-28899 O-23929 O-24999 O-27299 O-27899 O-25999 O-29999
O-APC O-ARTH O-SPINE O-VASC O-NONUN O-FRAC O-STRUT O-JRES O-INF O-AMP O-FUSE O-STAGE O-SOFT O-CHIPS O-NOGRAFT O-NONE
O-CRANIO O-PRE2019 O-PCS
"""
QUERIES = {
    "R-01": {"How the tumour was removed"},
    "R-02": {"Work on the donor segment"},
    "R-03": {"Form of the graft"},
    "R-04": {"Bone", "Side"},
    "R-05": {"Diagnosis"},
    "R-06": {"Session"},
}
"""What must be asked of the surgeon: margins, joint surface and templating, form, bone and side, pathology, session."""

OPEN = {
    "the note under 20934 in the code book": "golden_25",
    "a composite of donor bone and prosthesis": "golden_32",
    "the radical resection of a carpal bone": "resection_carpal_osteoarticular",
    "a toe phalanx with own bone": "curettage_toe_own_apart",
    "two bones out in one block": "detail_two_bones_one_piece",
    "a reconstruction on a later day": "golden_27b",
    "a donor femoral head at the ankle": "implant_ankle_femoral_head",
    "a donor plug on the tibial side of the ankle": "cartilage_ankle_tibia_donor",
    "a donor plug through the scope elsewhere than at the knee": "cartilage_scope_elsewhere_donor",
    "navigation beside a bone tumour resection": "detail_navigation",
    "a hinge knee after its code ended": "date_hinge_gone",
    "a bulk donor joint without any resection": "golden_26",
}
"""Branches that the sources leave uncertain, and a case that comes to each."""


def ways(program: Program, **answers: str) -> list[tuple[dict[str, str], Path]]:
    """Ways with these answers, and with nothing undocumented."""
    found = []
    for way in program.paths():
        trail = dict(way["trail"])
        if answers.items() <= trail.items() and "not_documented" not in trail.values() and not undecided(way):
            found.append((trail, way))
    return found


def undecided(way: Path) -> bool:
    return way["outcome"].startswith("query_")


def refs() -> dict[str, str]:
    """The name that auditors know each outcome by."""
    return {str(outcome["id"]): str(outcome["ref"]) for outcome in toml(".outcomes")["outcome"]}  # type: ignore[index]


# ---------------------------------------------------------------------------------------------- tables


@pytest.mark.parametrize("bone", RESECTIONS)
@pytest.mark.parametrize("form", ADD_ON)
def test_each_resection_with_each_form_of_donor_bone(program: Program, bone: str, form: str) -> None:
    primary, state = RESECTIONS[bone]
    found = ways(program, **RADICAL, graft_material="donor_bone", bone=bone, graft_form=form)
    assert found
    for _, way in found:
        if form == "osteoarticular" and bone in SHAFTS:
            assert (way["lines"], refs()[way["outcome"]]) == ([], "O-CONTRA")
            continue
        add_ons = [line["code"] for line in of_role("add_on", way["lines"])]
        assert [line["code"] for line in of_role("primary", way["lines"])] == [primary]
        assert add_ons == ([ADD_ON[form]] if state is ALLOWED else [])
        assert refs()[way["outcome"]].startswith(state)


def test_every_bone_that_can_be_answered_is_in_the_table(program: Program) -> None:
    found = [(trail["bone"], way) for trail, way in ways(program, **RADICAL) if "bone" in trail]
    assert {bone for bone, _ in found} == {*RESECTIONS, "other"}
    assert {refs()[way["outcome"]] for bone, way in found if bone == "other"} == {"O-OUTSIDE"}


@pytest.mark.parametrize("site", CURETTAGE)
def test_each_cyst_or_benign_tumour_without_graft_with_own_and_with_donor_bone(program: Program, site: str) -> None:
    without, own, donor = CURETTAGE[site]
    materials = {"nothing": without, "cement_metal": without, "own_bone": own, "donor_bone": donor}
    for material, code in materials.items():
        found = ways(program, claim="surgeon", graft_material=material, main_procedure="curettage", curettage_site=site)
        assert found
        assert {tuple(line["code"] for line in way["lines"]) for _, way in found} == {(code,)}, material


@pytest.mark.parametrize("joint", ARTHROPLASTY)
def test_each_arthroplasty_stands_alone(program: Program, joint: str) -> None:
    name, operation = joint.split()
    found = ways(program, claim="surgeon", arthroplasty_joint=name, arthroplasty_operation=operation)
    for material in ("donor_bone", "own_bone", "nothing", "cement_metal"):
        lines = [codes(way["lines"]) for trail, way in found if trail["graft_material"] == material]
        assert lines == [{ARTHROPLASTY[joint]}] * len(lines), material
        assert lines


@pytest.mark.parametrize("implant", REMOVAL)
def test_each_implant_removal_but_that_of_the_ankle_stands_alone(program: Program, implant: str) -> None:
    found = ways(program, claim="surgeon", graft_material="donor_bone", implant=implant)
    assert {tuple(codes(way["lines"])) for _, way in found} == {(REMOVAL[implant],)}


def test_the_ankle_implant_removal_carries_the_add_on_only_where_nothing_else_was_put_in(program: Program) -> None:
    ankle = {"claim": "surgeon", "graft_material": "donor_bone", "implant": "ankle"}
    for form, add_on in ADD_ON.items():
        found = ways(program, **ankle, ankle_after="donor_segment", graft_form=form)
        assert {tuple(line["code"] for line in way["lines"]) for _, way in found} == {("27704", add_on)}
    after = {"revision": "27703", "total": "27702", "fusion": "27870", "donor_block": "27704"}
    for answer, code in after.items():
        assert {codes(way["lines"]) for _, way in ways(program, **ankle, ankle_after=answer)} == {frozenset((code,))}
    empty = ways(program, **{**ankle, "graft_material": "nothing", "ankle_after": "nothing"})
    assert {codes(way["lines"]) for _, way in empty} == {frozenset(("27704",))}


# ---------------------------------------------------------------------------------------------- outcomes and queries


def test_every_outcome_of_the_decision_logic_is_served() -> None:
    assert {*OUTCOMES.split()} - {*refs().values()} == set()


def test_every_outcome_of_the_decision_logic_is_the_end_of_a_case() -> None:
    assert {*OUTCOMES.split()} - {case.expect.outcome for case in CASES.values()} == set()


@pytest.mark.parametrize("ref", QUERIES)
def test_every_query_of_the_decision_logic_is_served(ref: str) -> None:
    assert {query["topic"] for query in toml(".texts")["query"].values() if query["ref"] == ref} == QUERIES[ref]


@pytest.mark.parametrize("branch", OPEN)
def test_what_the_sources_leave_open_asks_for_a_second_look(branch: str) -> None:
    assert CASES[OPEN[branch]].expect.review is True


# ---------------------------------------------------------------------------------------------- rules


def test_the_common_way_takes_seven_answers_at_most(program: Program) -> None:
    """The claim is kept from case to case, so six are left; fewer where no joint surface was placed."""
    for trail, way in ways(program, **RADICAL, graft_material="donor_bone"):
        if codes(way["lines"]) & STRUCTURAL:
            assert len(trail) <= 7, trail


def test_the_deciding_ways_stay_few_enough_to_print_and_read(program: Program) -> None:
    assert len(program.paths()) < 2500


def test_no_diagnosis_changes_a_line(program: Program) -> None:
    """It only warns, whatever it is: every family, and the codes of each drawn at random, at each listed result."""
    families: dict[str, list[str]] = {}
    for row in rows("diagnoses"):
        families.setdefault(row["family"], []).append(row["code"])
    chance = random.Random(20932)
    for number, answer in enumerate(details()["diagnosis"]):
        way = program.listed()[number % 30]
        code = chance.choice(sorted(families.get(answer["id"], [""])))
        given = {"diagnosis": answer["id"]} | ({"diagnosis_code": code} if code else {})
        lines = program.complete({**dict(way["trail"]), **given}, NOW)["lines"]
        assert [(line["code"], line["modifiers"]) for line in lines] == [
            (line["code"], line["modifiers"]) for line in way["lines"]
        ], given


def test_rules_of_the_diagnosis_only_warn() -> None:
    for name, rule in rules().items():
        spoken = " ".join(rule.get("when", {}))
        if "diagnosis" in spoken or "seventh" in spoken:
            assert all({"warn", "review"} & {*effect} for effect in rule.get("effect", [])), name
