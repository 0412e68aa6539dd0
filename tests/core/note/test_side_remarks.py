"""What is said of a part of the piece, beside it or of another thing does not take the piece back; what is, does."""

from __future__ import annotations

import pytest

from encoder.core.note.cues import Cues
from encoder.core.tree.model import Tree
from encoder.store.codebook import Codebook
from tests.notes.labels import ADD_ONS, Labelled, run

CYLINDER = (
    "DIAGNOSIS: Osteosarcoma, right femoral shaft.\n"
    "PROCEDURE: Wide resection, right femoral shaft; intercalary allograft.\n"
    "DESCRIPTION: The shaft was cut at two levels and removed en bloc with a cuff of muscle, margins negative. A "
    "frozen donor femur was measured against the specimen, cut to 14 cm and placed between the host ends with a long "
    "plate. "
)
JOINT = (
    "DIAGNOSIS: Osteosarcoma, left distal femur.\n"
    "PROCEDURE: Wide resection, left distal femur; osteoarticular allograft.\n"
    "DESCRIPTION: The femur was cut at 15 cm and the distal femur removed en bloc, margins negative. The donor distal "
    "femur with its condyles and cartilage was measured, cut to 15 cm and fixed with a plate. Ligaments were sewn to "
    "those of the graft. "
)


def lines(text: str, cues: Cues, tree: Tree, book: Codebook) -> set[str]:
    note = Labelled("note", text, "limb", (), (), "", None)
    return {line.split("-")[0] for line in run(note, cues, tree, book).lines}


@pytest.mark.parametrize(
    "remark",
    [
        "The surplus of the donor bone was discarded.",
        "There was no gap at the graft and no impingement of the graft on the vessels.",
        "No supplementary graft was used.",
        "A second allograft was not needed.",
        "Autograft was not harvested (parents declined).",
        "The old record was not available.",
        "Nothing else was discarded.",
        "The soleus went back to its bed over the graft.",
        "Contact was good over three quarters of the circumference.",
        "Two tubes for drainage. Cylinder plaster.",
        "The canal of the graft was filled with antibiotic cement.",
        "A calcium sulphate filler was packed at the junctions.",
    ],
)
def test_a_side_remark_takes_nothing_back(remark: str, cues: Cues, tree: Tree, book: Codebook) -> None:
    assert lines(CYLINDER + remark, cues, tree, book) == {"27365", "20934"}
    assert lines(JOINT + remark, cues, tree, book) == {"27365", "20932"}


@pytest.mark.parametrize(
    "remark",
    [
        "The graft was contaminated and discarded.",
        "It was then taken out again and returned to the bank.",
        "In the end the allograft was not used; a spacer was placed.",
        "The donor bone cracked and was removed again. A cement spacer filled the gap.",
    ],
)
def test_what_is_said_of_the_whole_piece_takes_it_back(remark: str, cues: Cues, tree: Tree, book: Codebook) -> None:
    for operation in (CYLINDER, JOINT):
        assert not lines(operation + remark, cues, tree, book) & ADD_ONS


def test_a_graft_that_no_word_calls_a_donors_is_of_unknown_origin(cues: Cues, tree: Tree, book: Codebook) -> None:
    unsaid = (
        CYLINDER.replace("intercalary allograft", "intercalary graft")
        .replace("A frozen donor femur", "The intercalary graft")
        .replace("host ends", "bone ends")
    )
    assert "graft" in unsaid
    assert not lines(unsaid, cues, tree, book) & ADD_ONS


@pytest.mark.parametrize(
    ("said", "add_on"),
    [
        ("partial (hemicortical) intercalary allograft", "20933"),
        ("hemicortical intercalary allograft", "20933"),
        ("intercalary allograft", "20934"),
    ],
)
def test_a_part_of_the_circumference_between_two_cuts_is_a_part(
    said: str, add_on: str, cues: Cues, tree: Tree, book: Codebook
) -> None:
    text = (
        "DIAGNOSIS: Parosteal osteosarcoma, right femoral shaft.\n"
        f"PROCEDURE: Wide resection, right femoral shaft; {said}.\n"
        "DESCRIPTION: The bone was sawn and removed en bloc, margins negative. The donor femur was measured, cut to "
        "the pattern of the specimen and fixed in the defect with screws."
    )
    assert lines(text, cues, tree, book) == {"27365", add_on}


def test_a_form_said_twice_outweighs_a_stray_hint_and_two_plain_ones_stop(
    cues: Cues, tree: Tree, book: Codebook
) -> None:
    stray = JOINT + "The lateral wall of the graft was drilled."
    assert lines(stray, cues, tree, book) == {"27365", "20932"}
    both = JOINT + "The allograft was a full cylinder of shaft without any joint surface."
    assert not lines(both, cues, tree, book) & ADD_ONS


def test_a_graft_of_an_earlier_operation_is_no_graft_of_today(cues: Cues, tree: Tree, book: Codebook) -> None:
    text = (
        "DIAGNOSIS: Degenerative arthritis of a distal femoral osteoarticular allograft placed in 2009, left knee.\n"
        "PROCEDURE: Total knee arthroplasty, left.\n"
        "DESCRIPTION: The arthrotomy showed bare bone. The allograft was sound. All components were cemented."
    )
    assert lines(text, cues, tree, book) == {"27447"}
