"""What the note says of a question: every mention with its status, and a suggestion only where it is plain."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from encoder.core.beside.marks import Beside, beside, evidence
from encoder.core.note.cues import Cues
from encoder.core.note.suggest import ASSUMED, walk_note
from encoder.core.tree.model import Tree
from encoder.store.codebook import Codebook
from tests.core.beside.conftest import ON, Reader, Walker

NOTE = (
    "History: In 2021 a bone cyst of the right tibia was curetted and filled with allograft chips.\n"
    "Procedure: Wide resection of the left distal femur was carried out en bloc.\n"
    "Back table: The distal femoral osteoarticular allograft was thawed, templated and cut. It was plated.\n"
)
CONTRA = f"Operation: Wide resection, left distal femur, intercalary allograft.\n{NOTE}"
TUMOUR = {"graft_material": "donor_bone", "region": "limb", "main_procedure": "radical_resection"}
SPINE_NOTE = (
    "Procedure: Anterior cervical discectomy and fusion C5-C6 with decompression of the spinal cord.\n"
    "Technique: The disc was removed, the cord decompressed, and structural allograft tapped into the space.\n"
)
SPINE = {"graft_material": "donor_bone", "region": "spine", "spine_graft": "donor_structural", "spine_listed": "yes"}
"""The answers before the code of a fusion is picked."""
NOTES = sorted((Path(__file__).parents[2] / "notes" / "tuned").glob("*.txt"))[::3]


def of(found: Beside) -> set[tuple[str, str, str]]:
    return {(mark.status, mark.answer, mark.quote) for mark in found.marks}


def test_every_mention_has_its_status_and_what_carries_is_suggested(
    noted: Reader, walked: Walker, cues: Cues, tree: Tree, book: Codebook
) -> None:
    note = noted(NOTE)
    found = beside(note, cues, walked(TUMOUR), tree.questions["graft_form"], book)
    assert found.answers == ("osteoarticular",)
    assert not found.contradicts
    assert ("history", "chips", "allograft chips") in of(found)
    assert [mark.quote for mark in found.marks if mark.carries] == ["distal femoral osteoarticular"]
    assert [mark.status for mark in found.of("chips")] == ["history"]
    for mark in found.marks:
        assert note.text[mark.start : mark.end] == mark.quote
    assert "allograft" not in repr(found)


def test_a_contradiction_suggests_nothing_and_shows_both_sides(
    noted: Reader, walked: Walker, cues: Cues, tree: Tree, book: Codebook
) -> None:
    found = beside(noted(CONTRA), cues, walked(TUMOUR), tree.questions["graft_form"], book)
    assert found.answers == ()
    assert found.contradicts
    assert {"osteoarticular", "complete"} <= {mark.answer for mark in found.marks if mark.status == "affirmed"}


def test_the_answers_of_the_coder_count_and_not_what_was_suggested(
    noted: Reader, walked: Walker, cues: Cues, tree: Tree, book: Codebook
) -> None:
    """The bone depends on the main procedure: what the coder answered to it is what the note is asked with."""
    note = noted(NOTE)
    with_form = {**TUMOUR, "graft_form": "osteoarticular"}
    found = beside(note, cues, walked(with_form), tree.questions["bone"], book)
    assert found.answers == ("distal_femur",)
    undocumented = beside(
        note, cues, walked({"graft_material": "not_documented"}), tree.questions["graft_material"], book
    )
    assert undocumented.answers == ("donor_bone",)


def test_work_on_the_graft_is_marked_where_each_part_of_it_stands(
    noted: Reader, walked: Walker, cues: Cues, tree: Tree, book: Codebook
) -> None:
    answers = {**TUMOUR, "graft_form": "osteoarticular", "bone": "distal_femur"}
    found = beside(noted(NOTE), cues, walked(answers), tree.questions["graft_placed"], book)
    assert found.answers == ("yes",)
    assert {"templated", "cut", "plated"} <= {mark.quote for mark in found.marks}


def test_a_question_that_no_note_answers_and_codes_to_pick_suggest_nothing(
    noted: Reader, walked: Walker, cues: Cues, tree: Tree, book: Codebook
) -> None:
    note, position = noted(NOTE), walked({**TUMOUR, "graft_form": "osteoarticular", "bone": "distal_femur"})
    for name in ("claim", "effort", "diagnosis_code"):
        found = beside(note, cues, position, tree.questions[name], book)
        assert found.answers == ()
        assert not found.contradicts


def test_evidence_of_an_answer_is_what_carries_it_and_each_wording_once(
    noted: Reader, walked: Walker, cues: Cues, tree: Tree, book: Codebook
) -> None:
    note = noted(f"{NOTE}The Distal Femoral  Osteoarticular allograft was fixed.")
    found = beside(note, cues, walked(TUMOUR), tree.questions["graft_form"], book)
    quotes = evidence(note, found, frozenset(("osteoarticular",)))
    assert [quote.words for quote in quotes][:1] == ["distal femoral osteoarticular"]
    assert len({quote.words.casefold() for quote in quotes}) == len(quotes)
    assert all(quote.answers == {"osteoarticular"} for quote in quotes)
    assert evidence(note, found, frozenset(("chips",))) == ()


@pytest.mark.parametrize("file", NOTES, ids=lambda file: file.stem)
def test_the_note_suggests_beside_a_question_what_it_answers_alone(
    file: Path, noted: Reader, cues: Cues, tree: Tree, book: Codebook
) -> None:
    """Whoever takes every suggestion goes the way that ``encoder note`` goes."""
    note = noted(file.read_text(encoding="utf-8"))
    alone = walk_note(note.reading, cues, tree, book, ON)
    for made in alone.suggestions:
        found = beside(note, cues, alone.position, tree.questions[made.question], book)
        assert "+".join(found.answers) == made.answer, made.question
        assert any(mark.carries for mark in found.marks), made.question
        assert evidence(note, found, frozenset(found.answers)), made.question
    for missing in alone.missing:
        assert beside(note, cues, alone.position, tree.questions[missing.question], book).answers == ()
    assert set(ASSUMED) == {"claim"}


def test_an_answer_that_is_not_offered_is_not_suggested(
    noted: Reader, walked: Walker, cues: Cues, tree: Tree, book: Codebook
) -> None:
    narrower = replace(tree.questions["graft_form"], answers=tree.questions["graft_form"].answers[1:])
    assert "osteoarticular" not in {answer.id for answer in narrower.answers}
    assert beside(noted(NOTE), cues, walked(TUMOUR), narrower, book).answers == ()


def test_a_code_that_is_picked_is_suggested_where_it_is_offered(
    noted: Reader, walked: Walker, cues: Cues, tree: Tree, book: Codebook
) -> None:
    note = noted(SPINE_NOTE)
    found = beside(note, cues, walked(SPINE), tree.questions["spine_primary"], book)
    assert found.answers == ("22551",)
    assert [mark.answer for mark in found.marks if mark.carries][:1] == ["22551"]
    assert evidence(note, found, frozenset(("22551",)))


def test_what_the_coder_did_not_find_in_the_note_is_no_answer_to_build_on(
    noted: Reader, walked: Walker, cues: Cues, tree: Tree, book: Codebook
) -> None:
    answers = {**TUMOUR, "graft_form": "osteoarticular", "bone": "distal_femur", "graft_placed": "yes"}
    position = walked({**answers, "side": "not_documented", "diagnosis": "malignant_primary_limb"})
    assert beside(noted(NOTE), cues, position, tree.questions["diagnosis"], book).question == "diagnosis"
