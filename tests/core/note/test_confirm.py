"""A title's piece that the story bears out; what takes it back; what was only talked about."""

from __future__ import annotations

import pytest

from encoder.core.note.cues import Cues
from encoder.core.note.reading import read
from encoder.core.tree.model import Tree
from encoder.store.codebook import Codebook
from tests.notes.labels import ADD_ONS, Labelled, run

TITLE = "PROCEDURE: Wide resection of right distal femur osteosarcoma; osteoarticular allograft.\n"
RESECTED = "DESCRIPTION: The distal femur was resected en bloc with a cuff of muscle and negative margins. "
PIECE = "The graft was brought out. Condyle width measured 84 mm against the specimen. The shaft was sawn to 14 cm. "
HELD = "A lateral plate with eight screws holds the whole. "


def walked(text: str, cues: Cues, tree: Tree, book: Codebook) -> tuple[set[str], set[str]]:
    note = Labelled("note", text, "limb", (), (), "", None)
    result = run(note, cues, tree, book)
    return {line.split("-")[0] for line in result.lines}, {missing.question for missing in result.walked.missing}


@pytest.mark.parametrize(
    "told",
    [
        PIECE + HELD,
        PIECE + "Two lag screws and a DCP then. The wound was closed.",
        "A frozen distal femur had been ordered. " + PIECE.replace("The graft", "It") + HELD,
    ],
)
def test_a_piece_that_is_named_cut_and_held_is_the_one_of_the_title(
    told: str, cues: Cues, tree: Tree, book: Codebook
) -> None:
    found = {f.value for f in read(TITLE + RESECTED + told, cues).findings if f.fact == "graft_material" and not f.cue}
    assert "donor_bone" in found
    lines, missing = walked(TITLE + RESECTED + told, cues, tree, book)
    assert lines == {"27365", "20932"} or "graft_placed" in missing


@pytest.mark.parametrize(
    "told",
    [
        PIECE + "It was not used. " + HELD,
        PIECE + "It was discarded. " + HELD,
        PIECE + "It will be placed at a second stage. " + HELD,
        PIECE + "A cement spacer was placed. " + HELD,
        PIECE + "A rotating hinge was cemented. " + HELD,
        PIECE + "The wound was closed. " + HELD,
        PIECE + "A drain was placed. The skin was stapled.",
        PIECE + "If it fits a plate will be placed. A temporary plate was fixed.",
        "Chips of allograft were packed. " + HELD,
        "The vessels were tied. " + HELD,
        PIECE + "It was placed in saline.",
    ],
)
def test_what_takes_it_back_gives_no_add_on(told: str, cues: Cues, tree: Tree, book: Codebook) -> None:
    for text in (TITLE + RESECTED + told, (TITLE + RESECTED + told).upper()):
        assert not walked(text, cues, tree, book)[0] & ADD_ONS


CUT = "The graft was brought out, measured and cut to 14 cm. "


@pytest.mark.parametrize(
    "told",
    [
        "The defect was spanned with a plate and packed with a sponge.",
        "Because of bleeding we stopped here. A plate bridges the gap. It will go in next week.",
        "The culture of the graft grew staph. Plate and screws.",
        "A custom hinge was then put in with a stem and two screws.",
        "The knee was fused with a long nail and screws.",
        "The tubercle was fixed with two screws. The skin was closed.",
        "External fixator pins were placed.",
        "The trochanter was reattached with wires.",
        "A fracture of the ankle was plated at the same sitting.",
        "The graft went back. Plate and screws.",
        "We told them that a second operation is needed for the graft. The trochanter was wired.",
    ],
)
def test_a_plate_on_another_thing_puts_no_graft_in(told: str, cues: Cues, tree: Tree, book: Codebook) -> None:
    assert not walked(TITLE + RESECTED + CUT + told, cues, tree, book)[0] & ADD_ONS


def test_scrapings_are_no_wide_resection_whatever_the_title_says(cues: Cues, tree: Tree, book: Codebook) -> None:
    told = "DETAILS: Brown tissue was evacuated by curettes. The radius was held. Graft chips were packed in."
    lines, _ = walked("TITLE: Wide resection of tumor, left distal radius, with allograft\n" + told, cues, tree, book)
    assert not lines


def test_own_bone_that_was_not_taken_leaves_the_one_that_was_put_back(cues: Cues) -> None:
    told = (
        "DETAILS: The patient's own bone was frozen in nitrogen. The autograft was placed in the gap and plated. "
        "No iliac crest autograft was harvested."
    )
    own = [m for m in read(told, cues).mentions if m.origin == "own_bone" and m.placed and not m.retold]
    assert own


def test_margins_saw_cuts_and_a_tumour_tell_a_resection(cues: Cues, tree: Tree, book: Codebook) -> None:
    told = (
        "DIAGNOSIS: Osteosarcoma of the left femoral shaft.\nDETAILS: The shaft was exposed. Holes were joined with a "
        "saw. This gave a margin of 2 cm. The piece with the tumor was submitted intact. A cement spacer was placed."
    )
    note = Labelled("note", told, "limb", (), (), "", None)
    trail = {step.question: step.text for step in run(note, cues, tree, book).walked.position.trail}
    assert trail["main_procedure"] == "radical_resection"


def test_a_title_without_a_form_is_not_borne_out(cues: Cues, tree: Tree, book: Codebook) -> None:
    bare = TITLE.replace("osteoarticular ", "")
    assert not walked(bare + RESECTED + PIECE + HELD, cues, tree, book)[0] & ADD_ONS


def test_a_story_of_another_shape_than_the_title_stops(cues: Cues, tree: Tree, book: Codebook) -> None:
    other = "The graft was brought out. Its condyles were sawn off and discarded. It was cut to 14 cm at both ends. "
    assert not walked(TITLE + RESECTED + other + HELD, cues, tree, book)[0] & ADD_ONS


def test_a_bulk_piece_under_a_metal_joint_is_borne_out(cues: Cues) -> None:
    note = (
        "PROCEDURE: Revision total knee, tibial component; bulk allograft to tibia.\n"
        "DETAILS: The graft was opened. Head trimmed. Two screws 4.0. The tibial component was cemented. Closed."
    )
    donor = [m for m in read(note, cues).mentions if m.origin == "donor_bone" and m.placed]
    assert donor


def test_the_graft_may_be_either_where_the_own_bone_is_named_too(cues: Cues) -> None:
    note = (
        "PROCEDURE: Wide resection of left femoral shaft; intercalary allograft; iliac crest autograft.\n"
        "DETAILS: The graft was shown to the resident. A plate was fixed."
    )
    alone = note.replace("; iliac crest autograft", "")
    assert not [m for m in read(note, cues).mentions if m.origin == "donor_bone" and m.placed]
    assert [m for m in read(alone, cues).mentions if m.origin == "donor_bone" and m.placed]


def test_what_is_held_behind_the_closure_is_another_thing(cues: Cues) -> None:
    note = (
        TITLE + RESECTED + "The graft was brought out. The wound was closed in layers. A plate was fixed. It was cut."
    )
    assert not [m for m in read(note, cues).mentions if m.origin == "donor_bone" and m.placed]


def test_a_heading_tumour_may_stand_over_the_story(cues: Cues) -> None:
    told = "TUMOUR: Medial approach. The artery was ligated. The bone was cut with a saw and the specimen delivered."
    assert "diagnosis" not in {line.kind for line in read(told, cues).lines}
    assert {line.kind for line in read("TUMOUR:\nPROCEDURE: Biopsy.", cues).lines} == {"title"}


def test_a_later_paragraph_of_the_indications_may_tell_the_operation(cues: Cues) -> None:
    told = "The limb was marked and draped. The muscle was divided, the artery ligated, the bone cut with a saw."
    assert "body" in {line.kind for line in read(f"INDICATIONS: Pain for a year.\n\n{told}", cues).lines}


# ------------------------------------------------------------------------------------------------ talk


@pytest.mark.parametrize(
    "talk",
    [
        "We had told her in clinic that an osteoarticular allograft could be placed.",
        "Amputation, rotationplasty and an endoprosthesis were all laid out.",
        "He was told that a rotating hinge can fail.",
        "We went over the choices, a spacer, a hinge and an allograft.",
    ],
)
def test_what_was_only_talked_about_is_not_told(talk: str, cues: Cues) -> None:
    reading = read("DETAILS: Supine. An incision was made. " + talk + " The skin was closed.", cues)
    assert [line.kind for line in reading.lines][2] == "consent"
    assert not [f for f in reading.findings if f.fact in ("graft_material", "other_kind") and f.told]


def test_a_decision_at_the_table_is_told_all_the_same(cues: Cues) -> None:
    said = "We had told her that a graft would be placed, and decided against the allograft."
    reading = read("DETAILS: Supine. An incision was made. " + said, cues)
    assert {line.kind for line in reading.lines} == {"technique"}


def test_a_talk_at_the_begin_leaves_the_diagnosis_its_place(cues: Cues) -> None:
    reading = read("Osteosarcoma of the right olecranon; he was told of the risks. An incision was made.", cues)
    assert ("side", "right") in {(f.fact, f.value) for f in reading.findings}


# ------------------------------------------------------------------------------------------------ titles in words


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        ("The operation is a wide resection of the left proximal humerus with allograft.", "leading"),
        ("Procedure was curettage of the distal femur.", "leading"),
        ("The operation was well tolerated by him.", "body"),
        ("The operation was a resection " + "of a long bone and a lot more " * 9 + ".", "body"),
    ],
)
def test_a_dictation_says_its_title_in_words(first: str, kind: str, cues: Cues) -> None:
    note = f"This woman of 42 was seen by us and has a tumor. {first} The patient was supine. An incision was made."
    assert [line.kind for line in read(note, cues).lines][1] == kind


def test_a_title_goes_on_behind_a_semicolon(cues: Cues) -> None:
    note = (
        "CONSULTANT'S NOTE (typed)\nResection of the right proximal tibia; epiphyseal cut; intercalary donor tibia.\n"
        "An incision was made and it was closed."
    )
    assert [line.kind for line in read(note, cues).lines][:4] == ["leading", "leading", "leading", "leading"]


# ------------------------------------------------------------------------------------------------ other guards

STAGED = (
    "PREOPERATIVE DIAGNOSIS: Defect of the left distal femur with antibiotic spacer, after resection of osteosarcoma\n"
    "PROCEDURE: Removal of cement spacer and osteoarticular allograft reconstruction of the left distal femur\n"
    "TECHNIQUE: The spacer was removed in one piece. "
)


def test_a_second_stage_gives_no_resection_with_add_on(cues: Cues, tree: Tree, book: Codebook) -> None:
    placed = "The osteoarticular allograft was measured, cut to 14 cm, put on the tibia and fixed with a plate."
    note = Labelled("note", STAGED + placed, "limb", (), (), "", None)
    position = run(note, cues, tree, book).walked.position
    assert position.outcome is not None
    assert position.outcome.id == "staged"


def test_a_second_stage_without_a_graft_says_nothing_of_the_tumour(cues: Cues, tree: Tree, book: Codebook) -> None:
    note = STAGED.replace(" and osteoarticular allograft reconstruction", "").replace("Removal", "Exchange")
    assert not walked(note + "A new spacer was made.", cues, tree, book)[0]


def test_a_box_that_is_empty_gives_its_form_to_no_ticked_piece(cues: Cues) -> None:
    note = "DETAILS: Reconstruction: [ ] cement [x] allograft, hemicortical [ ] allograft, osteoarticular"
    forms = {(f.value, f.status) for f in read(note, cues).findings if f.fact == "graft_form"}
    assert ("osteoarticular", "affirmed") not in forms


def test_none_behind_another_entry_is_no_graft_left_out(cues: Cues) -> None:
    def nothing(text: str) -> bool:
        return any(m.origin == "nothing" for m in read(text, cues).mentions)

    assert not nothing("IMPLANTS: plate and six screws, drain none")
    assert nothing("IMPLANTS: none")


@pytest.mark.parametrize(
    ("rest", "right"),
    [
        ("SPECIMENS: distal femur\nDETAILS: It was lifted off. The wound was closed.", True),
        ("SPECIMENS: curettings of the distal femur\nDETAILS: It was lifted off. The wound was closed.", False),
        ("SPECIMENS: one jar\nDETAILS: Osteotomy at 14 cm. The tumor was lifted off. The wound was closed.", True),
        ("SPECIMENS: one jar\nDETAILS: The tumor was lifted off. The wound was closed.", False),
    ],
)
def test_a_titled_resection_needs_a_bone_that_left_the_wound(
    rest: str, right: bool, cues: Cues, tree: Tree, book: Codebook
) -> None:
    title = "PROCEDURE: Wide resection of left distal femur; cement spacer.\nDIAGNOSIS: Osteosarcoma\n"
    note = Labelled("note", title + rest + " A cement spacer was placed.", "limb", (), (), "", None)
    trail = {step.question: step.text for step in run(note, cues, tree, book).walked.position.trail}
    assert (trail.get("main_procedure") == "radical_resection") is right


ANKLE = (
    "PREOPERATIVE DIAGNOSIS: Loose total ankle, left\n"
    "PROCEDURE: Removal of total ankle implant, left, and ankle transplantation with donor distal tibia and talus.\n"
    "DETAILS: The tibial and talar components were removed. "
)


def test_an_ankle_given_by_a_donor_has_its_joint_surface(cues: Cues, tree: Tree, book: Codebook) -> None:
    told = (
        "The donor distal tibia and donor talus were measured and cut with the articular surface. The segments were "
        "implanted and fixed with screws."
    )
    assert walked(ANKLE + told, cues, tree, book)[0] == {"27704", "20932"}
    assert not walked(ANKLE + told.replace(" with the articular surface", ""), cues, tree, book)[0] & ADD_ONS
