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
    "The allograft was measured and cut. Its cortex cracked when the first screw went in. We abandoned it and put in a "
    "metal hinge.",
    "The allograft was measured and cut but proved unfit. A distal femoral replacement was used in its place.",
    "The allograft was measured, cut and tried in. The soft tissues would not close over it, so it came out again and "
    "a hinge went in.",
    "The allograft had been measured and cut when the bank telephoned that the donor had tested positive. It was "
    "quarantined. A cement spacer was placed.",
    "The graft was measured and cut. Gram stain of the graft showed organisms. It went in the bin. A spacer was made.",
    "After the allograft had been measured and cut the patient arrested. The wound was packed and covered. The graft "
    "stays in the freezer.",
    "The allograft was measured and cut to 14 cm, then set aside as a spare. A distal femoral prosthesis was cemented.",
    "The allograft was measured and cut to 14 cm and seated; alignment was poor and it was taken out. The limb was "
    "then reconstructed with a distal femoral replacement.",
    "The osteoarticular allograft was measured, cut and seated last month; it got infected and was removed today.",
    "The allograft was measured and cut. Unfortunately it was 3 cm short. We turned to a distal femoral replacement.",
    "We intended to measure, cut and seat the allograft at a later date. A cement spacer holds the space.",
    "An allograft would have been measured, cut and plated had the margins been clear. They were not.",
    "The allograft was sent for, but it never arrived. The defect was plated and filled with a cement spacer.",
    "The allograft supplied was of the wrong side. The knee was rebuilt with a prosthesis that was seated and plated.",
    "The resident measured and cut the allograft; I judged it unusable. A distal femoral replacement was implanted.",
    "The allograft, although measured and cut, is not part of the final construct. A distal femoral replacement was "
    "placed.",
    "The allograft was measured and cut, and held for the second stage. A cement spacer was placed and plated.",
    "Allograft measured, cut. Not implanted: fungal growth on culture. Distal femoral replacement in.",
    "Graft: [ ] Allograft  [x] None. A hinge was implanted.",
    "The allograft was measured and cut. Menisci were sewn to the graft. There was bleeding; the graft was withdrawn "
    "and a temporary fixator put on.",
    "The donor femur was measured and cut to 14 cm. A stemmed component was cemented into the graft.",
    "The resected femur was measured, cut and frozen in liquid nitrogen, put back between the ends and plated.",
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


SHAFT = (
    "PROCEDURE: Wide resection of right femoral shaft osteosarcoma with structural allograft.\n"
    "DESCRIPTION: The femoral shaft was resected en bloc with a cuff of muscle and negative margins. "
)
WEAK = (
    "The bank bone was measured, cut and plated. Both ends of the wound were closed.",
    "The bank bone was cut and fixed with a plate at the proximal junction.",
    "The host canal was reamed at both ends. The allograft was placed and plated.",
    "An allograft was thawed. A half cylinder and a full cylinder had been sent; one of them was cut and plated.",
    "Two cortical struts of allograft were cut to 12 cm, laid along the plate and cabled at both ends.",
    "The medullary canal was filled with a fibular allograft dowel, cut at both ends, and the femur was plated.",
    "The allograft bone was morselized. A titanium mesh cylinder packed with it was set between the host ends "
    "and plated "
    "at both junctions.",
    "A metal cylinder was set between the two host ends. Both junctions were packed with allograft.",
    "Allograft chips filled a tube of mesh, cut at both ends, which was fixed at both junctions.",
    "The patient's own fibula was cut at both ends, set between the host ends and plated at both junctions. Allograft "
    "chips were added.",
    "A fibular allograft was passed inside the canal across the gap, and plated at both junctions.",
    "Allograft was packed at both junctions and the femur was plated.",
    "The allograft was placed. The proximal junction and the distal junction of the plate were locked.",
    "Both ends of the host were freshened and the femur shortened, plated, with allograft at the docking site.",
    "Two allograft cortical plates were cut at both ends and wired over both junctions.",
    "The femoral allograft was nailed, both ends of the nail locked.",
    "The intercalary allograft of the first operation was intact and left in place.",
    "Last year an intercalary allograft had been placed. It was removed today. A metal spacer was cemented.",
    "The femoral stem was cemented through the donor femur. The joint was reduced. The donor capsule was sewn "
    "to the host.",
    "The donor femur had no cartilage left. It was cut and plated. The donor capsule was sewn to the host.",
    "The bank bone was cut and plated beneath the condyles. The knee was reduced. The host meniscus was sutured to the "
    "rim of the host plateau.",
)


@pytest.mark.parametrize("trap", WEAK)
def test_hints_of_other_things_give_no_add_on(trap: str, cues: Cues, tree: Tree, book: Codebook) -> None:
    assert not lines(SHAFT + trap, cues, tree, book) & ADD_ONS
    assert not lines((SHAFT + trap).replace(". ", ".\n").upper(), cues, tree, book) & ADD_ONS
