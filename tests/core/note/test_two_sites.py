"""Two tumours resected in one session: each operation is read by itself; one operation is never taken for two."""

from __future__ import annotations

import pytest

from encoder.core.note.cues import Cues
from encoder.core.note.reading import read
from encoder.core.tree.model import Tree
from encoder.store.codebook import Codebook
from tests.notes.labels import Labelled, notes, run

HEAD = "DIAGNOSIS: Osteosarcoma at two places, left femoral shaft and right proximal humerus.\n"
TITLES = (
    "PROCEDURES:\n1. Wide resection, left femoral shaft, with intercalary allograft.\n"
    "2. Wide resection, right proximal humerus, with osteoarticular allograft.\n"
)
FEMUR = (
    "The femur was sawn at two levels and 14 cm of shaft removed en bloc, margins negative. A donor femur was measured "
    "against the specimen, cut to 14 cm, a full cylinder, and placed between the host ends; plates. Closed in layers. "
)
HUMERUS = (
    "The humerus was sawn at 10 cm and its upper end removed en bloc, margins negative. The donor humerus with its "
    "head and cartilage was measured against the specimen, cut to 10 cm and reduced in the glenoid; plate. The cuff "
    "was sewn to that of the graft. Closed. "
)
CHANGE = ("", "New drapes and instruments. ", "SITE 2. ", "The second limb was prepared. ")
BOTH = ("27365-LT", "20934", "23220-RT", "20932-XS")


def lines(text: str, cues: Cues, tree: Tree, book: Codebook) -> tuple[str, ...]:
    return run(Labelled("note", text, "limb", (), (), "", None), cues, tree, book).lines


@pytest.mark.parametrize("change", CHANGE)
def test_each_operation_gets_its_own_piece(change: str, cues: Cues, tree: Tree, book: Codebook) -> None:
    text = f"{HEAD}{TITLES}DESCRIPTION: {FEMUR}{change}{HUMERUS}"
    assert len(read(text, cues).parts) == 2
    assert lines(text, cues, tree, book) == BOTH


def test_what_the_second_operation_does_not_say_stops_it(cues: Cues, tree: Tree, book: Codebook) -> None:
    unsaid = HUMERUS.replace(" with its head and cartilage", "").replace(" and reduced in the glenoid", "")
    unsaid = unsaid.replace("The cuff was sewn to that of the graft. ", "")
    text = f"{HEAD}{TITLES.replace('osteoarticular', 'structural')}DESCRIPTION: {FEMUR}{unsaid}"
    result = run(Labelled("note", text, "limb", (), (), "", None), cues, tree, book)
    assert result.lines == ()
    assert "second_form" in {missing.question for missing in result.walked.missing}


def test_a_second_resection_without_donor_bone_has_no_form(cues: Cues, tree: Tree, book: Codebook) -> None:
    filled = (
        "The humerus was sawn at 10 cm and its upper end removed en bloc, margins negative. The gap was "
        "filled with antibiotic cement as a spacer."
    )
    titles = TITLES.replace("osteoarticular allograft", "cement spacer")
    text = f"{HEAD}{titles}DESCRIPTION: {FEMUR}{filled}"
    assert lines(text, cues, tree, book) == ("27365-LT", "20934", "23220-RT")
    assert lines(f"{text} No allograft was used here.", cues, tree, book) == ("27365-LT", "20934", "23220-RT")
    for out in ("The graft was then found contaminated and discarded.", "The allograft was not used in the end."):
        assert lines(f"{text} {out}", cues, tree, book) == ()


def test_where_the_second_was_not_resected_the_note_does_not_say(cues: Cues, tree: Tree, book: Codebook) -> None:
    text = f"{HEAD}{TITLES}DESCRIPTION: {FEMUR}The humerus was looked at."
    assert lines(text, cues, tree, book) == ()


def test_one_operation_is_not_taken_for_two(cues: Cues) -> None:
    for folder in ("tuned", "kept"):
        for note in notes(folder):
            if "second_site" not in str(note.findings) and not any("XS" in line for line in note.lines or ()):
                assert read(note.text, cues).parts == (), note.name
