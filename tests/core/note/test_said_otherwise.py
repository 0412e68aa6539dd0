"""The donor piece in the words of many surgeons: which form each way of saying it has, and what is no piece at all.

`said/form.tsv` and `said/material.tsv` hold a label and a text each, written by people who had not seen the cues. Each
text is put into a short note of a wide resection. More of them understood is better; a near miss read as a structural
piece is a fault, whatever else is gained.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from encoder.core.note.cues import Cues
from encoder.core.note.forms import STRUCTURAL
from encoder.core.tree.model import Tree
from encoder.store.codebook import Codebook
from tests.notes.labels import ADD_ONS, Labelled, run

SAID = Path(__file__).parent / "said"
WIDE = (
    "DIAGNOSIS: Osteosarcoma, left distal femur.\n"
    "PROCEDURE: Wide resection of tumour, left distal femur, and reconstruction.\n"
    "DESCRIPTION: Through a medial approach the tumour was resected en bloc with a wide margin of normal tissue. "
    "{said} The wound was closed in layers."
)
FORMS = {
    "osteoarticular": ("osteoarticular", 18),
    "cylinder": ("complete", 23),
    "partial": ("hemicortical", 30),
    "stem": ("sleeve", 12),
    "strut": ("strut", 13),
    "chips": ("chips", 14),
    "plug": ("plug", 7),
}
"""The form that each label stands for, and how many of its texts are understood: the least that may be."""
MATERIALS = {
    "donor_placed": ({"donor_bone"}, 54),
    "own_bone": ({"own_bone", "vascularized_own"}, 20),
    "own_returned": ({"own_bone"}, 6),
    "synthetic": ({"cement_metal"}, 14),
    "cement_metal": ({"cement_metal"}, 20),
}
NO_PIECE = ("donor_not_used", "donor_past", "donor_planned", "unclear")
NEARLY = {"donor_not_used": 1}
"""How many of them are still taken for a piece without a form, where the walk stops."""


@dataclass(frozen=True)
class Said:
    """One text with its label, and what the note around it was read as."""

    label: str
    text: str
    material: str
    form: str
    codes: frozenset[str]


@pytest.fixture(scope="module")
def forms(cues: Cues, tree: Tree, book: Codebook) -> list[Said]:
    return list(_read_all("form", cues, tree, book))


@pytest.fixture(scope="module")
def materials(cues: Cues, tree: Tree, book: Codebook) -> list[Said]:
    return list(_read_all("material", cues, tree, book))


def _read_all(file: str, cues: Cues, tree: Tree, book: Codebook) -> Iterator[Said]:
    for line in (SAID / f"{file}.tsv").read_text(encoding="utf-8").splitlines():
        label, text = line.split("\t")
        yield _read(label, text, cues, tree, book)


def _read(label: str, text: str, cues: Cues, tree: Tree, book: Codebook) -> Said:
    result = run(Labelled("note", WIDE.format(said=text), "limb", (), (), "", None), cues, tree, book)
    answers = {suggestion.question: suggestion.answer for suggestion in result.walked.suggestions}
    codes = frozenset(line.split("-")[0] for line in result.lines)
    return Said(label, text, answers.get("graft_material", ""), answers.get("graft_form", ""), codes)


def test_no_form_is_taken_for_a_structural_one(forms: list[Said]) -> None:
    for said in forms:
        expected = FORMS.get(said.label, ("", 0))[0]
        assert said.form == expected or said.form not in STRUCTURAL, said


@pytest.mark.parametrize("label", FORMS)
def test_a_form_in_other_words_is_understood_as_often_as_it_was(label: str, forms: list[Said]) -> None:
    form, least = FORMS[label]
    assert Counter(said.form for said in forms if said.label == label)[form] >= least


def test_nothing_but_a_piece_that_was_put_in_is_a_structural_one(materials: list[Said]) -> None:
    for said in materials:
        assert said.label == "donor_placed" or said.form not in STRUCTURAL, said
        assert said.label == "donor_placed" or not said.codes & ADD_ONS, said


@pytest.mark.parametrize("label", NO_PIECE)
def test_a_piece_that_was_not_put_in_is_none(label: str, materials: list[Said]) -> None:
    taken = [said for said in materials if said.label == label and said.material == "donor_bone"]
    assert len(taken) <= NEARLY.get(label, 0), taken


@pytest.mark.parametrize("label", MATERIALS)
def test_a_filling_in_other_words_is_understood_as_often_as_it_was(label: str, materials: list[Said]) -> None:
    values, least = MATERIALS[label]
    assert sum(said.material in values for said in materials if said.label == label) >= least


@pytest.mark.parametrize(
    ("text", "material", "form"),
    [
        ("An allogeneic plug was pressed into the hole in the cartilage.", "donor_bone", "plug"),
        ("A bank strut was cabled along the shaft.", "donor_bone", "strut"),
        ("Milled donor bone was packed in to rebuild the medial third.", "donor_bone", "chips"),
        ("Two donor cylinders capped with cartilage were pressed into the condyle.", "donor_bone", "plug"),
        ("The focal cartilage defect was filled with an osteoarticular allograft.", "donor_bone", ""),
        ("Deep-frozen bone was packed into the gap and plated.", "donor_bone", ""),
        ("Banked bone of the shaft was plated between the two host ends.", "donor_bone", "complete"),
        ("The donor femur was lashed to the intact shaft with cables.", "donor_bone", "strut"),
        ("A hemicylindrical donor piece was strapped on top of the complete shaft.", "donor_bone", ""),
        ("A donor distal femur with both condyles was plated to the shaft.", "donor_bone", "osteoarticular"),
        ("Banked bone of 12 cm was compressed at both junctions.", "donor_bone", "complete"),
    ],
)
def test_what_a_piece_is_called_and_what_is_said_of_it(
    text: str, material: str, form: str, cues: Cues, tree: Tree, book: Codebook
) -> None:
    said = _read("", text, cues, tree, book)
    assert (said.material, said.form) == (material, form)
