"""Notes that are forms: rows with a label and a value, boxes before or behind their choices."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoder.core.note.cues import Cues
from encoder.core.note.reading import read
from encoder.core.note.rows import rows_of
from encoder.core.note.text import fold
from encoder.core.tree.model import Tree
from encoder.store.codebook import Codebook
from tests.notes.labels import ADD_ONS, Labelled, run

ROWS = (
    ("Diagnosis", "Ewing sarcoma, right femoral shaft"),
    ("Operation", "Wide resection right femoral shaft, segmental allograft"),
    ("Anaesthesia", "general"),
    ("Resection", "two saw cuts, 14 cm, en bloc with cuff of muscle"),
    ("Margins", "frozen negative"),
    ("Donor bone", "frozen femur from the bank"),
    ("Sizing", "measured against the specimen"),
    ("Trimmed", "yes, saw, 14 cm"),
    ("Shape", "full cylinder"),
    ("Placement", "put between the host ends"),
    ("Fixation", "long lateral plate"),
    ("Own bone", "not used"),
    ("Blood loss", "400 ml"),
)
WRITTEN = {
    "colon": "{}: {}",
    "dots": "{} ........ {}",
    "columns": "{:<24}{}",
    "brackets": "[{}] {}",
    "numbers": "4.1 {}: {}",
    "fields": "Field 07 {}: {}",
    "questions": "{}?  {}",
}


def lines(text: str, cues: Cues, tree: Tree, book: Codebook) -> set[str]:
    note = Labelled("note", text, "limb", (), (), "", None)
    return {line.split("-")[0] for line in run(note, cues, tree, book).lines}


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
def test_a_form_tells_the_operation_in_its_rows(written: str, cues: Cues, tree: Tree, book: Codebook) -> None:
    text = "OPERATION FORM\n" + "\n".join(written.format(*row) for row in ROWS)
    assert len(rows_of(fold(text))) == len(ROWS)
    assert lines(text, cues, tree, book) == {"27365", "20934"}


@pytest.mark.parametrize("none", ["none", "nil", "not opened", "not used"])
def test_a_row_that_says_none_leaves_the_graft_out(none: str, cues: Cues, tree: Tree, book: Codebook) -> None:
    kept = [row for row in ROWS if row[0] not in ("Donor bone", "Sizing", "Trimmed", "Shape", "Placement")]
    rows = [*kept[:5], ("Donor bone", none), *kept[5:]]
    text = "\n".join(f"{label}: {value}" for label, value in rows).replace(", segmental allograft", "")
    found = {(f.value, f.status) for f in read(text, cues).findings if f.fact == "graft_material"}
    assert ("donor_bone", "affirmed") not in found
    assert not lines(text, cues, tree, book) & ADD_ONS


def test_a_second_column_has_labels_of_its_own(cues: Cues) -> None:
    text = "\n".join(
        ["A. Identity: checked            B. Side: LEFT", *(f"{label}: {value}" for label, value in ROWS[2:])]
    )
    sides = [f for f in read(text, cues).findings if f.fact == "side"]
    assert [f.value for f in sides] == ["left"]


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ("Filling: [x] allograft  [ ] autograft", {("donor_bone", "affirmed"), ("own_bone", "negated")}),
        ("Filling: allograft [x]  autograft [ ]", {("donor_bone", "affirmed"), ("own_bone", "negated")}),
        ("Filling: allograft [ ]  autograft [x] (crest)", {("donor_bone", "negated"), ("own_bone", "affirmed")}),
    ],
)
def test_a_box_belongs_to_the_choice_behind_or_before_it(row: str, wanted: set[tuple[str, str]], cues: Cues) -> None:
    text = "\n".join([*(f"{label}: {value}" for label, value in ROWS[2:5]), row])
    found = {(m.origin, m.status.name) for m in read(text, cues).mentions}
    assert wanted <= found


def test_a_note_in_sentences_is_no_form() -> None:
    told = "The patient was placed supine and a long incision was made along the old scar: it was excised. " * 3
    assert rows_of(fold("\n".join([told] * 9))) == ()


@given(st.text(alphabet="ab :.[]\n\u2610", max_size=400))
def test_rows_lie_in_their_lines(text: str) -> None:
    for row in rows_of(text):
        assert row.start <= row.label < row.stop <= row.body <= len(text)
        assert "\n" not in text[row.start : row.stop]
