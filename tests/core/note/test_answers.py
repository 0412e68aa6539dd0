"""How findings become answers: what outranks what, what contradicts, what stops the walk."""

from __future__ import annotations

import pytest

from encoder.core.note.cues import Cues
from encoder.core.note.facts import CONTRADICTION, SILENT, UNCLEAR
from encoder.core.note.reading import read
from encoder.core.note.suggest import Walked, walk_note
from encoder.core.tree.model import Tree
from encoder.store.codebook import Codebook
from tests.notes.labels import ON

OUT = "The bone was resected en bloc with a cuff of muscle and negative margins. "


def walked(text: str, cues: Cues, tree: Tree, book: Codebook) -> Walked:
    return walk_note(read(text, cues), cues, tree, book, ON)


def answers(text: str, cues: Cues, tree: Tree, book: Codebook) -> dict[str, str]:
    return {one.question: one.answer for one in walked(text, cues, tree, book).suggestions}


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        (
            "PROCEDURE: Wide resection of right femoral shaft, intercalary allograft.\n"
            f"DESCRIPTION: {OUT}The stem was cemented into the allograft, and the composite was inserted.",
            "graft_form",
            "sleeve",
        ),
        (
            "PROCEDURE: Wide resection of right tibial shaft.\n"
            f"DESCRIPTION: {OUT}A hemicortical allograft strut was cut and fixed with screws.",
            "graft_form",
            "hemicortical",
        ),
        (
            "PROCEDURE: Wide resection of right iliac wing and acetabulum, chondrosarcoma.\n"
            f"DESCRIPTION: {OUT}No reconstruction was needed.",
            "bone",
            "pelvis_acetabulum",
        ),
        (
            "DIAGNOSIS: Osteosarcoma of the right proximal tibia.\n"
            "PROCEDURE: Wide resection of right proximal tibia and fibula.\n"
            f"DESCRIPTION: {OUT}No reconstruction was needed.",
            "bone",
            "proximal_tibia",
        ),
        (
            "PROCEDURE: Wide resection of right femur, sarcoma, with distal femoral osteoarticular allograft.\n"
            f"DESCRIPTION: {OUT}The osteoarticular allograft was measured, cut, inset and plated.",
            "bone",
            "distal_femur",
        ),
        (
            "DIAGNOSIS: Displaced right femoral neck fracture.\nPROCEDURE: Right hip hemiarthroplasty.\n"
            "DESCRIPTION: A cemented stem was implanted.",
            "fracture_site",
            "femoral_neck",
        ),
        (
            "PROCEDURE: Wide resection of right femoral shaft.\n"
            f"DESCRIPTION: {OUT}The osteoarticular allograft was thawed. "
            "The osteoarticular allograft was returned to the bank. An intercalary allograft was cut and plated.",
            "graft_form",
            "complete",
        ),
        (
            "PROCEDURE: Curettage of right distal femur cyst.\n"
            "DESCRIPTION: The cyst was curetted. DBM allograft was packed in.",
            "graft_material",
            "donor_bone",
        ),
        (
            "PROCEDURE: Removal of components and revision right total knee arthroplasty.\n"
            "DESCRIPTION: Tibial and femoral components were cemented.",
            "main_procedure",
            "arthroplasty",
        ),
        (
            "PROCEDURE: 1. Removal of right ankle prosthesis.\n2. Right total ankle arthroplasty.\n"
            "DESCRIPTION: New components were cemented.",
            "main_procedure",
            "implant_removal",
        ),
        (
            "PROCEDURE: Left total hip arthroplasty.\nDESCRIPTION: The neck was cut and the head removed.",
            "graft_material",
            "cement_metal",
        ),
        ("PROCEDURE: Left above-knee amputation.", "graft_material", "nothing"),
        (
            "PROCEDURE: Wide resection of right distal femur, allograft.\n"
            f"DESCRIPTION: {OUT}The allograft comprising the distal femur and its joint surface was inserted.",
            "graft_form",
            "osteoarticular",
        ),
        (
            "PROCEDURE: Revision left total hip arthroplasty.\n"
            "DESCRIPTION: The femoral component was well fixed and left in place. The cup was loose and was removed. "
            "A new cup was impacted.",
            "arthroplasty_operation",
            "revision_cup",
        ),
    ],
)
def test_the_stronger_evidence_decides(
    text: str, question: str, answer: str, cues: Cues, tree: Tree, book: Codebook
) -> None:
    assert answers(text, cues, tree, book).get(question) == answer


@pytest.mark.parametrize(
    ("text", "question", "because"),
    [
        ("PROCEDURE: Wide resection of right femur and of the sternum, no reconstruction.", "region", CONTRADICTION),
        (
            "PROCEDURE: Wide resection of right distal femur, allograft.\n"
            f"DESCRIPTION: {OUT}The allograft {'very ' * 50}slowly was placed.",
            "graft_material",
            UNCLEAR,
        ),
        ("PROCEDURE: Open biopsy of left femur.\nDESCRIPTION: No graft was used.", "main_procedure", SILENT),
        (
            "PROCEDURE: Wide resection of right distal femur.\n"
            f"DESCRIPTION: The lesion was curetted. {OUT}No graft was used.",
            "main_procedure",
            CONTRADICTION,
        ),
        (
            "PROCEDURE: Wide resection of right distal femur.\n"
            f"DESCRIPTION: {OUT}The osteoarticular allograft was measured, inset and plated. It was not cut.",
            "graft_placed",
            CONTRADICTION,
        ),
        (
            "PROCEDURE: Wide resection of right distal femur, osteoarticular allograft.\n"
            f"DESCRIPTION: {OUT}Allograft chips were packed.",
            "graft_form",
            CONTRADICTION,
        ),
        (
            "PROCEDURE: Wide resection of right distal femur.\nDESCRIPTION: No graft was used.",
            "main_procedure",
            UNCLEAR,
        ),
        (
            "DIAGNOSIS: Osteosarcoma, right distal femur. Enchondroma, right distal femur.\n"
            f"PROCEDURE: Wide resection of right distal femur.\nDESCRIPTION: {OUT}No graft was used.",
            "diagnosis",
            UNCLEAR,
        ),
        (
            "PROCEDURE: Right wrist arthroplasty.\nDESCRIPTION: Bone cement was packed in.",
            "arthroplasty_operation",
            SILENT,
        ),
        (
            "PROCEDURE: Wide resection of right femoral shaft and right humerus shaft.\n"
            "DESCRIPTION: Both were resected en bloc with negative margins. No graft was used.",
            "bone",
            CONTRADICTION,
        ),
    ],
)
def test_what_the_note_does_not_carry_is_named(
    text: str, question: str, because: str, cues: Cues, tree: Tree, book: Codebook
) -> None:
    missing = {one.question: one.because for one in walked(text, cues, tree, book).missing}
    assert missing.get(question) == because


@pytest.mark.parametrize(
    ("told", "because"),
    [
        ("The lesion was excised as a single unit.", UNCLEAR),
        ("The lesion was excised as a single unit with a rim of normal muscle.", ""),
        ("The distal femur was delivered out of the wound without entering the tumor.", ""),
    ],
)
def test_whole_is_wide_only_with_what_lay_around_it(
    told: str, because: str, cues: Cues, tree: Tree, book: Codebook
) -> None:
    text = f"DIAGNOSIS: Osteosarcoma, right distal femur.\nPROCEDURE: Tumor surgery.\nDESCRIPTION: {told} No graft."
    done = walked(text, cues, tree, book)
    assert {m.question: m.because for m in done.missing}.get("main_procedure", "") == because


def test_dashes_behind_a_title_of_one_line_tell_the_operation(cues: Cues) -> None:
    title = "PROC: Wide resection right femur, intercalary allograft\n"
    told = "- lateral approach\n- segment out en bloc\n- allograft cut, plated\n- closed\n"
    assert {m.line.kind for m in read(title + told, cues).mentions} == {"title", "body"}
    short = read(title + "- allograft, plated\n- flap\n", cues)
    assert {m.line.kind for m in short.mentions} == {"title"}


def test_a_lesion_scraped_beside_a_nail_is_no_tumour_operation(cues: Cues, tree: Tree, book: Codebook) -> None:
    text = (
        "DIAGNOSIS: Myeloma, left humerus.\nPROCEDURE: Intramedullary nailing, left humerus.\n"
        "DESCRIPTION: The lesion was curetted. Bone cement was packed in. The nail was locked."
    )
    missing = {one.question: one.because for one in walked(text, cues, tree, book).missing}
    assert missing.get("main_procedure") == UNCLEAR


def test_the_graft_says_which_part_of_the_bone_where_the_story_names_two(
    cues: Cues, tree: Tree, book: Codebook
) -> None:
    text = (
        "PROCEDURE: Wide resection of tumor of right tibia.\n"
        "DESCRIPTION: The proximal tibia was resected en bloc with muscle. The distal tibia was excised en bloc. "
        "A donor tibial diaphysis was cut at both ends, set between the host ends and plated."
    )
    assert answers(text, cues, tree, book).get("bone") == "tibia_shaft"


def test_a_title_whose_own_graft_the_story_never_names_contradicts_it(cues: Cues, tree: Tree, book: Codebook) -> None:
    text = (
        "PROCEDURE: Curettage of right distal radius cyst with allograft chips.\n"
        "DESCRIPTION: The cyst was curetted. Iliac crest bone graft was packed in."
    )
    missing = {one.question: one.because for one in walked(text, cues, tree, book).missing}
    assert missing.get("graft_material") == CONTRADICTION


def test_what_a_relative_clause_tells_of_the_bone_is_not_its_place(cues: Cues) -> None:
    text = "The tumor is in the left humeral shaft, which was nailed last year. It was resected en bloc with muscle."
    reading = read(text, cues)
    assert {(f.fact, f.status) for f in reading.findings if f.fact in ("bone", "side")} == {
        ("bone", "affirmed"),
        ("side", "affirmed"),
    }


def test_a_side_that_differs_stops_a_case_that_is_else_complete(cues: Cues, tree: Tree, book: Codebook) -> None:
    text = (
        "DIAGNOSIS: Sarcoma, left femoral shaft.\nPROCEDURE: Wide resection of right femoral shaft.\n"
        f"DESCRIPTION: {OUT}No graft was used."
    )
    done = walked(text, cues, tree, book)
    assert done.position.status == "query"
    assert done.position.stopped_at == "side"


def test_a_planned_graft_stays_planned_also_where_the_plan_has_an_if(cues: Cues) -> None:
    reading = read("PLAN: If the margin is clear, an intercalary allograft.", cues)
    assert {(f.value, f.status) for f in reading.findings if f.fact == "graft_material"} == {("donor_bone", "planned")}
