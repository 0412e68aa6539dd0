"""Whatever a title promises, a graft that the story does not put in never reaches an add-on."""

from __future__ import annotations

import pytest

from encoder.core.note.cues import Cues
from encoder.core.tree.model import Tree
from encoder.store.codebook import Codebook
from tests.notes.labels import ADD_ONS, Labelled, run

TITLE = "PROCEDURE: Wide resection of right distal femur osteosarcoma with osteoarticular allograft.\n"
RESECTED = "DESCRIPTION: The distal femur was resected en bloc with a cuff of muscle and negative margins. "
LEFT_OUT = (
    "The osteoarticular allograft was thawed, measured and cut to 14 cm. It was too narrow and was not used.",
    "The osteoarticular allograft was opened and templated. The decision was made not to implant it.",
    "The allograft was cut on the back table, but we elected not to place it.",
    "The allograft was templated, cut and held against the defect; the fit was poor and it was returned to the bank.",
    "The allograft was available in the room.",
    "The allograft was thawed in saline and placed on the back table.",
    "The allograft was measured and placed in warm antibiotic solution. The wound was closed over a spacer.",
    "An osteoarticular allograft could not be obtained. A cement spacer was placed.",
    "We had planned to place an osteoarticular allograft, cut to 14 cm, in a second stage. A spacer was placed.",
    "The allograft will be templated, cut and placed in eight weeks. A spacer was inserted.",
    "Instead of the osteoarticular allograft a rotating hinge was implanted.",
    "A rotating hinge was implanted rather than the osteoarticular allograft that had been thawed.",
    "In lieu of allograft, a distal femoral endoprosthesis was cemented.",
    "The allograft had been considered, templated and ordered. The patient had declined it. A hinge was implanted.",
    "No allograft was used. A distal femoral endoprosthesis was implanted.",
    "An endoprosthesis was implanted without allograft.",
    "The graft was contaminated and discarded. A spacer was molded and inserted.",
    "The allograft was dropped on the floor after it had been measured and cut. A spacer was inserted.",
    "The allograft was implanted, but its condyle fractured and it was removed and discarded. A hinge was implanted.",
    "Skin allograft was applied to the flap donor site. A hinge was implanted.",
    "The patient is a recipient of a renal allograft. The kidney was protected. A hinge was implanted.",
    "The resected segment was irradiated and reimplanted into the same defect with a plate.",
    "The defect was filled with synthetic allograft and a spacer.",
    "Two years ago an osteoarticular allograft was measured, cut and placed at another hospital.",
    "If the margin is negative an osteoarticular allograft will be measured, cut and placed.",
    "The osteoarticular allograft was templated and cut. The surgeon then opted against it and placed a hinge.",
    "Chips of allograft were packed around the stem of a distal femoral endoprosthesis.",
)
NOT_WIDE = (
    "The lesion was curetted and burred. The osteoarticular allograft was measured, cut, inset and plated.",
    "The tumor was removed piecemeal. The osteoarticular allograft was measured, cut, inset and plated.",
    "A biopsy was taken. The osteoarticular allograft was measured, cut, inset and plated.",
)


def lines(text: str, cues: Cues, tree: Tree, book: Codebook) -> set[str]:
    note = Labelled("trap", text, "limb", (), (), "", None)
    return {line.split("-")[0] for line in run(note, cues, tree, book).lines}


@pytest.mark.parametrize("trap", LEFT_OUT)
def test_a_graft_that_is_not_put_in_gets_no_add_on(trap: str, cues: Cues, tree: Tree, book: Codebook) -> None:
    assert not lines(TITLE + RESECTED + trap, cues, tree, book) & ADD_ONS


@pytest.mark.parametrize("trap", LEFT_OUT)
def test_nor_in_capitals_or_telegraphic_lines(trap: str, cues: Cues, tree: Tree, book: Codebook) -> None:
    assert not lines((TITLE + RESECTED + trap).upper(), cues, tree, book) & ADD_ONS
    assert not lines((TITLE + RESECTED + trap).replace(". ", ".\n"), cues, tree, book) & ADD_ONS


@pytest.mark.parametrize("trap", NOT_WIDE)
def test_a_tumour_that_does_not_come_out_whole_gets_no_add_on(
    trap: str, cues: Cues, tree: Tree, book: Codebook
) -> None:
    assert not lines(TITLE + "DESCRIPTION: " + trap, cues, tree, book) & ADD_ONS


def test_the_same_note_with_the_graft_put_in_gets_it(cues: Cues, tree: Tree, book: Codebook) -> None:
    told = "The osteoarticular allograft was measured against the specimen, cut to 14 cm, inset and plated."
    assert lines(TITLE + RESECTED + told, cues, tree, book) == {"27365", "20932"}


def test_a_second_graft_may_take_the_place_of_the_first(cues: Cues, tree: Tree, book: Codebook) -> None:
    told = (
        "The first allograft was too small and was returned. "
        "A second osteoarticular allograft was measured, cut and plated."
    )
    assert lines(TITLE + RESECTED + told, cues, tree, book) == {"27365", "20932"}


BULK = "PROCEDURE: Wide resection of right distal femur osteosarcoma with structural allograft.\n"
NO_FORM = (
    "A bulk allograft was measured, cut and fixed below the joint surface of the native condyles.",
    "The structural allograft was measured, cut and plated, preserving the cartilage of the patient's own condyles.",
    "The massive allograft was sized, trimmed and inset. The articular surface of the patella was intact.",
    "The allograft was measured, cut and placed beneath the articular surface.",
    "After segmental resection the structural allograft was measured, cut, inset and plated.",
    "The intercalary gap was filled with bulk allograft that was measured and cut to fit.",
    "The structural allograft was measured, cut and plated. An osteoarticular graft was not necessary.",
    "The structural allograft was measured, cut and plated; an intercalary allograft had been discussed.",
    "The bulk allograft was measured, cut and plated. The native tibial plateau cartilage was preserved.",
    "The allograft was measured, cut, and wedged under the subchondral plate and cartilage.",
)


@pytest.mark.parametrize("trap", NO_FORM)
def test_a_piece_whose_form_is_not_said_gets_no_add_on(trap: str, cues: Cues, tree: Tree, book: Codebook) -> None:
    assert not lines(BULK + RESECTED + trap, cues, tree, book) & ADD_ONS
    assert not lines((BULK + RESECTED + trap).upper(), cues, tree, book) & ADD_ONS
