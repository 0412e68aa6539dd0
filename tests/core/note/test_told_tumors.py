"""What a story without a title tells of a bone: a tumour out whole, scooped out, out somehow; or no tumour at all."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from encoder.core.note.cues import Cues
from encoder.core.note.facts import CURETTAGE, RADICAL, Suggestion
from encoder.core.note.procedure import main_procedure
from encoder.core.note.reading import Reading, read
from encoder.core.note.suggest import facts_of

TOLD = tomllib.loads((Path(__file__).parent / "told_tumors.toml").read_text(encoding="utf-8"))
REACHED = {RADICAL: 54, CURETTAGE: 30}
"""Of the sentences of each kind, how many are understood."""
NEAR = (
    "The distal clavicle was resected in one piece for arthritis of the joint.",
    "The infected tibial segment was resected in one piece with a cuff of healthy muscle.",
    "The lipoma was removed in one piece with a cuff of normal fat.",
    "The loose stem was removed in one piece with its cement mantle.",
    "The nidus was removed in one block with a rim of normal bone.",
    "The old allograft was removed whole and the marrow was negative for tumor on frozen section.",
    "The patella was taken out in one piece.",
    "The pathological fracture was fixed with a long nail; the tumour was not opened.",
    "The knee was opened, the tumour was not seen, and the femur was cut for the total knee.",
    "The tumour was biopsied through normal muscle. The wound was closed in layers.",
    "The femoral head was removed whole with its capsule for osteonecrosis.",
)
"""What came out whole for another cause than a tumour, or stayed."""


def said(text: str, cues: Cues) -> str:
    """What is made of a story, or why nothing is."""
    made = main_procedure(facts_of(read(f"DESCRIPTION OF PROCEDURE: {text}", cues), cues), "main_procedure")
    return made.answer if isinstance(made, Suggestion) else made.because


def facts(reading: Reading, name: str) -> set[str]:
    return {f.value for f in reading.findings if f.fact == name and f.status == "affirmed"}


@pytest.mark.parametrize("kind", REACHED)
def test_most_ways_to_tell_of_a_tumour_are_understood(kind: str, cues: Cues) -> None:
    assert sum(said(text, cues) == kind for text in TOLD[kind]) >= REACHED[kind]


@pytest.mark.parametrize("text", [*TOLD["unclear_margin"], *TOLD["segment_other"], *TOLD[CURETTAGE], *NEAR])
def test_what_is_no_wide_resection_is_not_read_as_one(text: str, cues: Cues) -> None:
    assert said(text, cues) != RADICAL


@pytest.mark.parametrize("text", [*TOLD["segment_other"], *NEAR])
def test_bone_that_goes_for_another_cause_is_not_scooped_out(text: str, cues: Cues) -> None:
    assert said(text, cues) != CURETTAGE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The tumour was never seen. The femur was sawn through.", RADICAL),
        ("The tumour was never seen. The tumour was removed. The femur was sawn through.", RADICAL),
        ("The sarcoma was never seen. It came away as one. The block was handed off.", RADICAL),
        ("The femur was sawn 3 cm above the sarcoma. The shaft was taken out.", RADICAL),
        ("The lower end with the sarcoma in its muscle tube came up. It was not fragmented.", RADICAL),
        ("The humerus was resected in one piece.", "unclear"),
        ("The dead bone was resected en bloc, in one piece.", "unclear"),
        ("The tumour was removed. The femur was sawn through.", "tumor_margin_unclear"),
        ("The incision was extended 3 cm above the sarcoma. The shaft was exposed.", "silent"),
    ],
)
def test_a_tumour_that_is_never_met_or_well_passed_came_out_whole(text: str, expected: str, cues: Cues) -> None:
    assert said(text, cues) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The knee was resurfaced with cemented components.", "arthroplasty"),
        ("The old socket was knocked out and a new cup cemented.", "arthroplasty"),
        ("The tumour was exposed and a new stem was cemented.", "silent"),
        ("The break of the olecranon was plated.", "bone_repair"),
        ("The nonunion of the tibia was plated and grafted.", "bone_repair"),
        ("The femur was derotated by thirty degrees.", "bone_repair"),
        ("The metastasis was exposed and the fracture was plated.", "silent"),
        ("The knee was fused with a long nail.", "other_surgery"),
    ],
)
def test_an_operation_on_a_joint_or_a_break_needs_no_title(text: str, expected: str, cues: Cues) -> None:
    assert said(text, cues) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Cuboid nutcracker fracture, R, plated", {"right"}),
        ("Dome osteotomy of the tibia on the left through two small cuts", {"left"}),
        ("Osteotomy of the humerus, dexter", {"right"}),
        ("Excision of the tumour that was left on the left in the clavicle", {"left"}),
    ],
)
def test_a_side_may_be_set_apart_or_told_in_latin(title: str, expected: set[str], cues: Cues) -> None:
    assert facts(read(f"PROCEDURE: {title}.", cues), "side") == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Removal of a chondrosarcoma arising from the blade of the scapula", {"scapula"}),
        ("Graft taken from the scapula", set()),
        ("Prox. hum. (R) cyst, curettage", {"proximal_humerus"}),
        ("Curettage of the distal metaphyseal cyst of the left femur", {"distal_femur"}),
        ("Rotational osteotomy through the surgical neck", {"proximal_humerus"}),
    ],
)
def test_a_bone_is_told_by_its_parts(title: str, expected: set[str], cues: Cues) -> None:
    assert facts(read(f"PROCEDURE: {title}.", cues), "bone") == expected
