"""A part that a word before it makes half, a piece that was at hand and is then worked, and sides of rows and plans."""

from __future__ import annotations

import pytest

from encoder.core.note.cues import Cues
from encoder.core.note.reading import read
from encoder.core.tree.model import Tree
from encoder.store.codebook import Codebook
from tests.notes.labels import FOLDER, Labelled, Result, run

HEAD = "DIAGNOSIS: Osteosarcoma, left femoral shaft.\nPROCEDURE: {title}, left femoral shaft; {graft}.\nDESCRIPTION: "
OUT = "The femur was sawn above and below and removed en bloc with a cuff of muscle, margins negative. "
WALL = "The medial wall of the femur was left in continuity. "


def outcome(text: str, cues: Cues, tree: Tree, book: Codebook) -> Result:
    return run(Labelled("note", text, "limb", (), (), "", None), cues, tree, book)


def lines(text: str, cues: Cues, tree: Tree, book: Codebook) -> tuple[str, ...]:
    return outcome(text, cues, tree, book).lines


def wide(said: str, graft: str = "structural allograft") -> str:
    return HEAD.format(title="Wide resection", graft=graft) + OUT + said


@pytest.mark.parametrize("half", ["hemi-tubular", "semi-tubular", "half-tube", "hemi-cylindrical", "half-pipe"])
def test_half_of_a_tube_is_no_tube(half: str, cues: Cues, tree: Tree, book: Codebook) -> None:
    said = (
        f"Bank allograft femur was split and cut down to a {half} piece 9 cm long, matched, laid in, plate and screws."
    )
    found = outcome(wide(WALL + said), cues, tree, book)
    assert set(found.lines) <= {"27365-LT", "20933"}
    forms = {f.value for f in found.told.findings if f.fact == "graft_form" and f.status == "affirmed"}
    assert forms == {"hemicortical"}


def test_a_piece_that_lies_outside_the_joint_has_no_joint_surface(cues: Cues) -> None:
    said = "Allograft: medial half of a donor metaphysis, extra-articular, cut to fit, seated, plate and screws."
    found = read(wide(WALL + said), cues).findings
    assert {f.value for f in found if f.fact == "graft_form" and f.status == "affirmed"} == {"hemicortical"}


def test_the_joint_part_that_nobody_used_leaves_the_inlay(cues: Cues, tree: Tree, book: Codebook) -> None:
    said = (
        "The tissue bank had supplied a femoral allograft, from which a trapezoid of cortex was fashioned after tracing"
        " the window. This inlay closed the window in the wall; none of the donor's articular portion was used. It was "
        "locked under a plate with screws through it. The remainder of the allograft was discarded."
    )
    assert lines(wide(WALL + said, "inlay allograft"), cues, tree, book) == ("27365-LT", "20933")


@pytest.mark.parametrize(
    "used",
    [
        "An allograft femur was available, it was laid alongside, 12 cm were cut from the shaft, and this closed tube "
        "of bone was set between the ends with a plate and screws.",
        "The donor femur was taken out of its double wrap and soaked. A length of 12 cm was sawn from the shaft to "
        "match the specimen. It is a complete tube and was interposed between both host ends with a plate and screws.",
        "A donor femoral shaft, a full cylinder, was sized off the specimen and cut to 12 cm. It was offered up to the "
        "femur and secured to both host ends with a plate and ten screws.",
        "Allograft femur was sized off the specimen, cut to 12 cm, a full-round diaphyseal spacer between proximal and "
        "distal host bone, plated with four screws in each host end.",
    ],
)
def test_a_piece_that_was_at_hand_and_is_then_worked_is_used(used: str, cues: Cues, tree: Tree, book: Codebook) -> None:
    assert lines(wide(used, "intercalary allograft"), cues, tree, book) == ("27365-LT", "20934")


@pytest.mark.parametrize(
    "left", ["An allograft femur was available.", "An allograft femur was available, it was not opened."]
)
def test_a_piece_that_was_only_at_hand_is_not(left: str, cues: Cues, tree: Tree, book: Codebook) -> None:
    assert not {"20932", "20933", "20934"} & {line[:5] for line in lines(wide(left), cues, tree, book)}


def test_the_side_of_a_row_about_the_place_counts(cues: Cues) -> None:
    said = (FOLDER / "read" / "ac" / "ac48_form_prox_tibia_hemi.txt").read_text(encoding="utf-8")
    assert "Location: L proximal tibia" in said
    assert {f.value for f in read(said, cues).findings if f.fact == "side"} == {"left"}


def test_the_side_that_was_planned_counts_where_no_other_is_told(cues: Cues, tree: Tree, book: Codebook) -> None:
    said = (
        "Operation booked: resection {side} distal femur and osteoarticular allograft.\n"
        "Operation done: above-knee amputation{done}.\n"
        "Donor femur not thawed, returned to the bank. Femur cut in its upper third. No implant and no graft.\n"
    )
    assert lines(said.format(side="right", done=""), cues, tree, book) == ("27590-RT",)
    assert lines(said.format(side="right", done=", left"), cues, tree, book) == ("27590-LT",)


def test_the_isthmus_of_a_bone_is_its_shaft(cues: Cues, tree: Tree, book: Codebook) -> None:
    said = (
        "A chondrosarcoma of the right femur, it sits right in the isthmus. The femur was sawn above and below and the "
        "segment came out en bloc with wide margins. A donor femur was cut to the same length, a pipe all the way "
        "round, set between both host ends and held by a plate with screws."
    )
    assert lines(said, cues, tree, book) == ("27365-RT", "20934")
    tibia = said.replace("femur", "tibia").replace("right in the isthmus", "in the middle")
    assert lines(tibia, cues, tree, book) == ("27645-RT", "20934")


def test_the_wall_that_is_left_as_a_strut_is_no_strut_graft(cues: Cues) -> None:
    found = read(wide("The medial cortex remains as an unbroken strut."), cues).findings
    assert not [f for f in found if f.value == "strut"]


def test_an_incision_in_the_form_of_a_letter_is_no_side(cues: Cues) -> None:
    said = "OPERATION: Calcanectomy right, wide.\nTECHNIQUE: Extended lateral L and medial counter incision. Bone out."
    assert {f.value for f in read(said, cues).findings if f.fact == "side"} == {"right"}


def test_a_dictation_may_begin_with_its_bone(cues: Cues) -> None:
    said = "So this is the right humerus. She was supine. The old plate came out and a new one was put on."
    assert {f.value for f in read(said, cues).findings if f.fact == "side"} == {"right"}


def test_what_took_time_took_no_bone(cues: Cues, tree: Tree, book: Codebook) -> None:
    said = (
        "So this is the right humerus. Diagnosis nonunion of the humeral shaft. The radial nerve was in scar tissue "
        "and took an hour to free, it's intact. The plate came out. Both ends were freshened and a new plate put on "
        "with a donor cylinder between the ends. There was no infection and no tumor here."
    )
    assert not [f for f in read(said, cues).findings if f.value == "radical_resection"]
    assert not {"20932", "20933", "20934"} & {line[:5] for line in lines(said, cues, tree, book)}


@pytest.mark.parametrize("pad", ["Bovie pad: L thigh", "Grounding pad on left buttock", "IV in the left arm"])
def test_what_lies_on_the_other_limb_is_no_side(pad: str, cues: Cues) -> None:
    said = f"{wide('').replace('left', 'right')}{pad}. The femur was closed in layers."
    assert {f.value for f in read(said, cues).findings if f.fact == "side"} == {"right"}
