"""What a note says against itself stops the case: its form against its text, its list against its story."""

from __future__ import annotations

import pytest

from encoder.core.note.cues import Cues
from encoder.core.note.details import second
from encoder.core.note.facts import SILENT, Missing, Suggestion
from encoder.core.note.geometry import is_plain
from encoder.core.note.procedure import main_procedure
from encoder.core.note.reading import read
from encoder.core.note.shape import form
from encoder.core.note.suggest import facts_of
from encoder.core.tree.model import Tree
from encoder.store.codebook import Codebook
from tests.notes.labels import Labelled, Result, run

FORM = (
    "Side: left\nBone: femur\nRegion: {region}\nDiagnosis: osteosarcoma\nResection: wide, en bloc, margins negative\n"
    "Filling: {filling}\nShape of graft: {shape}\nGraft work: measured against the specimen, cut with the saw to 12 "
    "cm\n"
    "Placement: seated in the gap, plate and screws\n"
)
RING = "( ) osteoarticular  (x) full cylinder  ( ) hemicortical"
HALF = "( ) osteoarticular  ( ) full cylinder  (x) hemicortical"
WIDE = "DIAGNOSIS: Osteosarcoma, left {bone}.\nPROCEDURE: Wide resection, left {bone}; {said}.\nDESCRIPTION: "
OUT = "The femur was sawn and removed en bloc, margins negative. "
PIECE = "A donor femur was measured against the specimen, cut to 12 cm{shape} and placed with a plate and screws. "


def outcome(text: str, cues: Cues, tree: Tree, book: Codebook) -> Result:
    return run(Labelled("note", text, "limb", (), (), "", None), cues, tree, book)


def codes(text: str, cues: Cues, tree: Tree, book: Codebook) -> set[str]:
    return {line.split("-")[0] for line in outcome(text, cues, tree, book).lines}


def test_a_form_in_rows_gives_the_bone_in_two_of_them(cues: Cues, tree: Tree, book: Codebook) -> None:
    said = FORM.format(region="diaphysis", filling="frozen allograft", shape=RING)
    assert codes(said, cues, tree, book) == {"27365", "20934"}
    distal = FORM.format(region="[ ] proximal  [x] distal", filling="frozen allograft", shape=HALF)
    assert codes(distal, cues, tree, book) == {"27365", "20933"}
    both = FORM.format(region="distal and shaft", filling="frozen allograft", shape=RING)
    assert codes(both, cues, tree, book) == set()


@pytest.mark.parametrize(
    "against",
    [
        "a complete tubular segment that bridges the whole gap",
        "a hollow cylinder, both ends cut square, between the two host ends",
    ],
)
def test_a_ticked_form_that_a_remark_speaks_against_gives_none(
    against: str, cues: Cues, tree: Tree, book: Codebook
) -> None:
    said = FORM.format(region="diaphysis", filling="frozen allograft", shape=HALF)
    assert codes(said, cues, tree, book) == {"27365", "20933"}
    assert codes(f"{said}Graft remark: {against}\n", cues, tree, book) == set()


@pytest.mark.parametrize("kept", ["The knee joint was not opened.", "The knee joint remained closed."])
def test_no_joint_surface_is_replaced_in_a_joint_that_stayed_closed(
    kept: str, cues: Cues, tree: Tree, book: Codebook
) -> None:
    said = WIDE.format(bone="distal femur", said="osteoarticular allograft")
    piece = PIECE.format(shape=" with its condyles and cartilage")
    assert codes(said + OUT + piece, cues, tree, book) == {"27365", "20932"}
    assert codes(said + OUT + kept + " " + piece, cues, tree, book) == set()


@pytest.mark.parametrize("denied", ["No donor tissue was opened. ", "No allograft was used. "])
def test_a_story_that_denies_all_donor_bone_stops_a_structural_piece(
    denied: str, cues: Cues, tree: Tree, book: Codebook
) -> None:
    said = WIDE.format(bone="femoral shaft", said="intercalary allograft")
    piece = PIECE.format(shape=", a full cylinder,")
    assert codes(said + OUT + piece, cues, tree, book) == {"27365", "20934"}
    assert codes(said + OUT + denied + piece, cues, tree, book) == set()


def test_donor_bone_that_only_a_list_counts_stops_another_filling(cues: Cues, tree: Tree, book: Codebook) -> None:
    said = (
        "DIAGNOSIS: Aneurysmal bone cyst, left proximal tibia.\nPROCEDURE: Curettage, left proximal tibia.\n"
        "DESCRIPTION: The cyst was curetted and burred. The cavity was filled with calcium sulfate.\n"
    )
    assert codes(said, cues, tree, book) == {"27635"}
    stopped = outcome(f"{said}IMPLANTS: Cancellous allograft, 30 cc.\n", cues, tree, book)
    assert stopped.lines == ()
    assert "graft_material" in {missing.question for missing in stopped.walked.missing}


def test_the_other_limb_prepared_and_cut_stops_the_side(cues: Cues, tree: Tree, book: Codebook) -> None:
    said = WIDE.format(bone="femoral shaft", said="intercalary allograft")
    other = "The right leg was prepped. An incision was made on the front of the right leg. "
    piece = PIECE.format(shape=", a full cylinder,")
    stopped = outcome(said + other + OUT + piece, cues, tree, book)
    assert stopped.lines == ()
    assert "side" in {missing.question for missing in stopped.walked.missing}


@pytest.mark.parametrize("left", ["It was not opened.", "It was not opened and more autograft was added."])
def test_what_was_at_hand_and_left_is_not_the_graft_that_was_used(
    left: str, cues: Cues, tree: Tree, book: Codebook
) -> None:
    said = (
        "DIAGNOSIS: Nonunion, left femoral shaft.\nPROCEDURE: Plating of nonunion, left femoral shaft, with iliac "
        "crest autograft.\nDESCRIPTION: The ends were freshened and a plate was applied. Through a separate incision "
        f"cancellous bone was taken from the iliac crest. It was packed around the nonunion. Allograft was available. "
        f"{left}"
    )
    donor = {(f.status, f.quote) for f in read(said, cues).findings if f.value == "donor_bone"}
    assert ("negated", "was not opened") in donor
    assert codes(said, cues, tree, book) == {"27472"}


def test_a_brief_note_tells_the_work_behind_its_title(cues: Cues, tree: Tree, book: Codebook) -> None:
    said = (
        "Dx: Ewing sarcoma, left femoral shaft\nProc: wide resection left femoral shaft en bloc with muscle cuff, 12 "
        "cm; frozen donor femur measured and cut to 12 cm, a full cylinder, interposed; plate, 12 screws\nEBL: 200"
    )
    assert codes(said, cues, tree, book) == {"27365", "20934"}


def test_a_dictation_without_signs_is_read(cues: Cues, tree: Tree, book: Codebook) -> None:
    said = (
        "this is the dictation for today the diagnosis is osteosarcoma of the left femoral shaft and the procedure "
        "is wide resection of the left femoral shaft with intercalary allograft we made a lateral incision and we cut "
        "the femur above and below with a saw and removed it en bloc with a cuff of muscle the margins were negative "
        "then we thawed the donor femur and measured it against the specimen and cut it to twelve centimeters a full "
        "cylinder then we placed it between the host ends and fixed it with a long plate and screws blood loss was "
        "three hundred and she went to recovery in good condition thank you"
    )
    assert codes(said, cues, tree, book) == {"27365", "20934"}


def test_no_ticked_denies_what_its_row_asks(cues: Cues) -> None:
    form = "Side: left\nProcedure: curettage, left femur\nSurgeon: one\nAllograft used: {boxes}\nDrain: none\n"
    for boxes, status in (("[ ] Yes  [x] No", "negated"), ("[x] Yes  [ ] No", "affirmed")):
        found = read(form.format(boxes=boxes), cues).findings
        assert {f.status for f in found if f.value == "donor_bone"} == {status}


def test_a_list_that_says_no_donor_bone_stops_a_donor_piece(cues: Cues, tree: Tree, book: Codebook) -> None:
    said = WIDE.format(bone="femoral shaft", said="intercalary allograft")
    piece = PIECE.format(shape=", a full cylinder,")
    assert codes(f"{said}{OUT}{piece}\nIMPLANTS: Plate.\n", cues, tree, book) == {"27365", "20934"}
    assert codes(f"{said}{OUT}{piece}\nIMPLANTS: No allograft. Plate.\n", cues, tree, book) == set()


def test_a_list_that_says_no_donor_bone_stops_chips_too(cues: Cues, tree: Tree, book: Codebook) -> None:
    said = (
        "DIAGNOSIS: Aneurysmal bone cyst, left proximal tibia.\nPROCEDURE: Curettage, left proximal tibia.\n"
        "DESCRIPTION: The cyst was curetted and burred. Cancellous allograft chips were packed in.\n"
    )
    assert codes(said, cues, tree, book) == {"27638"}
    assert codes(f"{said}IMPLANTS: No allograft.\n", cues, tree, book) == set()


def test_another_bone_in_the_story_or_at_the_pathologist_stops(cues: Cues, tree: Tree, book: Codebook) -> None:
    said = WIDE.format(bone="distal femur", said="osteoarticular allograft")
    piece = PIECE.format(shape=" with its condyles and cartilage")
    end = "The proximal femur was sawn and removed en bloc, margins negative. "
    assert codes(said + OUT + piece, cues, tree, book) == {"27365", "20932"}
    assert codes(said + end + piece, cues, tree, book) == set()
    assert codes(f"{said}{OUT}{piece}\nSPECIMENS: Distal femur.\n", cues, tree, book) == {"27365", "20932"}
    assert codes(f"{said}{OUT}{piece}\nSPECIMENS: Proximal tibia.\n", cues, tree, book) == set()


# ---- of two operations


def test_a_second_operation_that_the_note_does_not_tell_is_asked(cues: Cues) -> None:
    made = second(facts_of(read("PROCEDURE: Wide resection, left femur.", cues), cues), "second_bone")
    assert isinstance(made, Missing)
    assert made.because == SILENT


def test_a_second_title_whose_story_resects_nothing_stops(cues: Cues, tree: Tree, book: Codebook) -> None:
    titles = (
        "DIAGNOSIS: Osteosarcoma, left femoral shaft and right proximal humerus.\nPROCEDURES:\n1. Wide resection, left "
        "femoral shaft, with intercalary allograft.\n2. Wide resection, right proximal humerus.\nDESCRIPTION: "
    )
    piece = PIECE.format(shape=", a full cylinder,")
    later = (
        "The humerus was opened. The lesion of the humerus was curetted with curettes. A wide resection of the humerus "
        "was not performed."
    )
    assert outcome(titles + OUT + piece + later, cues, tree, book).lines == ()
    assert read(titles + OUT + piece + "The femur was checked again.", cues).parts == ()


# ---- what carries an answer


def test_a_name_that_is_itself_a_form_is_plain(cues: Cues) -> None:
    mention = read("DESCRIPTION: A shell allograft was fixed with pins.", cues).mentions[0]
    assert is_plain(mention, mention.forms[0])


def test_a_tumor_that_is_only_looked_at_is_no_repair(cues: Cues) -> None:
    made = main_procedure(
        facts_of(read("DESCRIPTION: The tumor was looked at. A plate was applied.", cues), cues), "main_procedure"
    )
    assert isinstance(made, Missing)


@pytest.mark.parametrize(
    "told",
    [
        "The donor femur was cut to 12 cm, a hollow cylinder, as a sleeve around the stem of the rotating hinge knee, "
        "cemented in it and plated.",
        "The donor femur was cut to 12 cm and the long stem was cemented into the allograft. A cortical strut "
        "allograft was laid along the junction with cables.",
    ],
)
def test_a_piece_around_a_stem_is_a_composite_whatever_stands_beside_it(told: str, cues: Cues) -> None:
    said = f"PROCEDURE: Wide resection, left femur; allograft as a sleeve.\nDESCRIPTION: It came out en bloc. {told}"
    made = form(facts_of(read(said, cues), cues), "graft_form")
    assert isinstance(made, Suggestion)
    assert made.answer == "sleeve"


def test_parts_that_came_out_and_went_in_are_a_revision(cues: Cues) -> None:
    said = (
        "DESCRIPTION: The femoral and tibial components were removed. A new distal femoral endoprosthesis was cemented."
    )
    made = main_procedure(facts_of(read(said, cues), cues), "main_procedure")
    assert isinstance(made, Suggestion)
    assert made.answer == "arthroplasty"


def test_a_list_of_steps_under_procedure_is_the_story(cues: Cues) -> None:
    said = "PROCEDURE:\n- Supine, draped.\n- Bone cut.\n- Graft thawed.\n- Plates and screws.\n- Closed over drains.\n"
    assert {line.kind for line in read(said, cues).lines} == {"technique"}


def test_a_long_text_under_procedure_is_the_story(cues: Cues) -> None:
    said = (
        "PROCEDURE:\nThe patient lay supine and was draped. After induction a lateral incision was made. "
        + "It held. " * 30
    )
    assert next(line.kind for line in read(said, cues).lines) == "technique"


def test_a_tumor_removed_in_its_entirety_says_no_margin(cues: Cues, tree: Tree, book: Codebook) -> None:
    said = (
        "DIAGNOSIS: Osteosarcoma, left femoral shaft.\nPROCEDURE: Removal of tumor, left femoral shaft; intercalary "
        "allograft.\nDESCRIPTION: The tumor was removed in its entirety. "
    )
    piece = PIECE.format(shape=", a full cylinder, 3 cm wide and sound,")
    stopped = outcome(said + piece, cues, tree, book)
    assert stopped.lines == ()
    assert "main_procedure" in {missing.question for missing in stopped.walked.missing}
