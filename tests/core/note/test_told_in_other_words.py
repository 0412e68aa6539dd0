"""What a story says without naming it again, and what it says against its title: pieces, parts, measures, sides."""

from __future__ import annotations

import pytest

from encoder.core.note.cues import Cues
from encoder.core.note.reading import Reading, read
from encoder.core.tree.model import Tree
from encoder.store.codebook import Codebook
from tests.notes.labels import ADD_ONS, Labelled, Result, run

OUT = "The shaft was sawn and removed en bloc with a cuff of muscle, margins negative. "
SHAFT = f"DIAGNOSIS: Osteosarcoma, right femoral shaft.\nPROCEDURE: {{named}}.\nDESCRIPTION: {OUT}"
WIDE = SHAFT.format(named="Wide resection of right femoral shaft")
CYLINDER = "A donor femur was measured against the specimen and sawn to a cylinder of 12 cm. "
FIBULA = "From the left leg a free fibula was raised on the peroneal vessels. "
JOINED = "Artery end to end, two veins. "


def outcome(text: str, cues: Cues, tree: Tree, book: Codebook) -> Result:
    return run(Labelled("note", text, "limb", (), (), "", None), cues, tree, book)


def codes(text: str, cues: Cues, tree: Tree, book: Codebook) -> set[str]:
    return {line.split("-")[0] for line in outcome(text, cues, tree, book).lines}


def facts(reading: Reading, *names: str) -> set[tuple[str, str]]:
    return {(f.fact, f.value) for f in reading.findings if f.fact in names and f.status == "affirmed"}


@pytest.mark.parametrize("length", ["9 cm", "10.5 cm", "10,5 cm", "9 centimetres"])
def test_a_measure_with_a_decimal_is_read_like_one_without(length: str, cues: Cues) -> None:
    reading = read(f"{WIDE}A donor femur was thawed. The shaft was shortened to {length}. It was placed.", cues)
    assert facts(reading, "cut", "templated") == {("cut", "yes"), ("templated", "yes")}


def test_a_number_behind_the_side_belongs_to_what_follows(cues: Cues) -> None:
    reading = read("FINDINGS: Osteosarcoma of the femur, LEFT, 1.8 cm from the growth plate.", cues)
    assert facts(reading, "side") == {("side", "left")}


def test_a_gap_that_was_left_has_no_side(cues: Cues) -> None:
    reading = read(
        "Dx: Ewing sarcoma, right fibula\nOp: wide resection, right fibula\nRecon: none required, gap left", cues
    )
    assert facts(reading, "side") == {("side", "right")}


@pytest.mark.parametrize(
    ("letterhead", "expected"),
    [("- LEFT DISTAL FEMUR", "left"), ("- R LEG", "right"), ("- LEFT LATERAL DECUBITUS", ""), ("- L TEAM", "")],
)
def test_a_letterhead_says_the_side_where_nothing_else_does(
    letterhead: str, expected: str, cues: Cues, tree: Tree, book: Codebook
) -> None:
    note = f"OPERATIVE REPORT {letterhead}:\n{WIDE.replace('right ', '')}{CYLINDER}It was plated in the gap."
    sides = [s.answer for s in outcome(note, cues, tree, book).walked.suggestions if s.question == "side"]
    assert sides == ([expected] if expected else [])


def test_an_operation_may_stand_in_the_line_behind_the_diagnosis(cues: Cues) -> None:
    reading = read("Dx: Ewing, femoral diaphysis\nWide excision 15 cm, marrow neg\nThe skin was closed.", cues)
    assert [line.kind for line in reading.lines] == ["diagnosis", "leading", "body"]


def test_a_short_line_about_the_approach_is_no_title(cues: Cues) -> None:
    reading = read("Brief note.\nSarcoma R distal tibia.\nAnkle opened, distal 8 cm of tibia out en bloc.", cues)
    assert [line.kind for line in reading.lines] == ["leading", "leading", "body"]


@pytest.mark.parametrize(
    "fate",
    [
        "It came with both condyles and their cartilage, but these were sawn off, and the knee was fused with a plate.",
        "It carried its cartilage; the joint end was discarded and a hinge was cemented into it.",
        "The cartilage had been stripped. The knee was fused with a nail.",
    ],
)
def test_a_joint_that_was_taken_off_the_piece_gives_no_form(fate: str, cues: Cues, tree: Tree, book: Codebook) -> None:
    for named in ("", " with allograft", " with osteoarticular allograft"):
        text = (
            f"DIAGNOSIS: Sarcoma.\nPROCEDURE: Wide resection left distal femur{named}.\nDESCRIPTION: The distal femur "
            f"was removed en bloc with a cuff. A donor distal femur was measured, cut to 14 cm and plated. {fate}"
        )
        assert "20932" not in codes(text, cues, tree, book)


def test_what_was_inlaid_beside_a_wall_that_stayed_is_a_part_of_one(cues: Cues, tree: Tree, book: Codebook) -> None:
    said = "The medial cortex was sawn out en bloc with the tumor and a cuff of muscle. The lateral wall was not cut. "
    piece = "A donor femur was measured against the specimen, cut to fit and inlaid; five screws. "
    assert codes(WIDE.replace(OUT, said) + piece, cues, tree, book) == {"27365", "20933"}
    assert not codes(WIDE.replace(OUT, said) + piece.replace(" and inlaid", " and placed"), cues, tree, book)


def test_that_there_is_no_joint_surface_is_no_part_of_one(cues: Cues, tree: Tree, book: Codebook) -> None:
    said = WIDE.replace("The shaft was", "A third of the circumference of the shaft was")
    piece = (
        "A donor femur was measured; a matching piece of its posterior wall was cut to fit; no joint surface on it. "
    )
    assert codes(f"{said}{piece}Held with three screws.", cues, tree, book) == {"27365", "20933"}


@pytest.mark.parametrize(
    "fate",
    [
        "It went back to the bank unused. Nothing was placed in the gap.",
        "Nothing was placed in the gap. The donor femur was returned and not implanted.",
    ],
)
def test_where_the_last_word_is_that_it_stayed_out_nothing_was_put_in(
    fate: str, cues: Cues, tree: Tree, book: Codebook
) -> None:
    assert codes(f"{WIDE}A donor femur was opened and thawed. {fate}", cues, tree, book) == {"27365"}
    titled = SHAFT.format(named="Wide resection of right femoral shaft, intercalary allograft")
    assert not codes(f"{titled}A donor femur was opened and thawed. {fate}", cues, tree, book)


def test_parts_of_a_hip_out_and_in_are_a_revision_without_a_title(cues: Cues, tree: Tree, book: Codebook) -> None:
    told = (
        "Right hip today. Now loose on both sides. The stem came out with a hook. The cup was lifted off. A donor "
        "strut was laid along the femur and cabled. {new}"
    )
    assert codes(told.format(new="A porous shell was impacted with five screws."), cues, tree, book) == {"27134"}
    assert not codes(told.format(new="The wound was closed."), cues, tree, book)


@pytest.mark.parametrize(
    ("meeting", "expected"),
    [
        ("The fibula was threaded into the cylinder and both were set between the host ends.", {"20934", "20955"}),
        ("The fibula was placed in the gap instead of the cylinder.", {"20955"}),
        ("The fibula was placed in the gap and plated.", set()),
        ("The cylinder was discarded. The fibula was placed in the gap and plated.", {"20955"}),
    ],
)
def test_a_piece_called_by_its_form_is_met_again_behind_own_bone(
    meeting: str, expected: set[str], cues: Cues, tree: Tree, book: Codebook
) -> None:
    got = codes(f"{WIDE}{CYLINDER}{FIBULA}{meeting} {JOINED}", cues, tree, book)
    assert got - {"27365"} == expected


def test_a_title_with_a_piece_over_a_story_with_a_prosthesis_stops(cues: Cues, tree: Tree, book: Codebook) -> None:
    named = "Wide resection left distal femur{}"
    told = "DESCRIPTION: The distal femur was removed en bloc with a cuff. A rotating hinge prosthesis was cemented."
    note = f"DIAGNOSIS: Osteosarcoma.\nPROCEDURE: {named}.\n{told}"
    assert codes(note.format(""), cues, tree, book) == {"27365", "27447"}
    assert not codes(note.format(" with osteoarticular allograft"), cues, tree, book)
    assert not codes(note.format(" with osteoarticular allograft") + " The allograft was cut.", cues, tree, book)


def test_a_head_that_runs_in_the_donors_socket_stands_beside_the_piece(cues: Cues, tree: Tree, book: Codebook) -> None:
    told = (
        "DIAGNOSIS: Chondrosarcoma, left acetabulum.\nPROCEDURE: Wide resection of the left acetabulum.\nDESCRIPTION: "
        "The acetabulum was sawn and removed en bloc. A donor hemipelvis with its socket and cartilage was compared "
        "with the specimen, cut and plated into the defect. "
    )
    head = "We implanted a bipolar head on a cemented stem, which {}. "
    beside = told + head.format("articulates with the cartilage of the allograft socket")
    assert codes(beside, cues, tree, book) == {"27076", "20932", "27125"}
    assert not codes(told + head.format("was reduced"), cues, tree, book) & ADD_ONS


def test_the_blocks_of_a_tendon_are_no_form_of_a_bone_graft(cues: Cues, tree: Tree, book: Codebook) -> None:
    told = (
        "PROCEDURE: Ligament reconstruction, right knee.\nTECHNIQUE: Arthroscopic ACL reconstruction. Graft: allograft "
        "bone-patellar tendon-bone, irradiated. Bone blocks trimmed to cylinders and pulled into the tunnels."
    )
    assert codes(told, cues, tree, book) == {"29888"}
    assert facts(read(told, cues), "graft_material") == {("graft_material", "donor_bone")}


def test_a_joint_line_on_the_screen_is_no_joint_of_chips(cues: Cues) -> None:
    told = "Void packed with 20 cc of crushed cancellous bank bone. Screening: joint line level."
    assert facts(read(told, cues), "graft_form") == {("graft_form", "chips")}
