"""The query of a stop with the note at hand: its quotes, what points the other way, and the choices they support."""

from __future__ import annotations

from encoder import paths
from encoder.core.beside.asking import about_question
from encoder.core.beside.marks import beside
from encoder.core.note.cues import Cues
from encoder.core.query import PLACEHOLDER, About, check
from encoder.core.tree.explain import QueryDraft
from encoder.core.tree.model import Tree
from encoder.store.codebook import Codebook
from encoder.store.cue_file import read_query_words
from tests.core.beside.conftest import Reader, Walker
from tests.core.beside.test_marks import CONTRA, TUMOUR

VAGUE = (
    "Procedure: Wide resection of the left distal femur was carried out en bloc.\n"
    "Reconstruction: The defect was filled with a bulk structural allograft. It was fixed with two plates.\n"
)
STOP = {**TUMOUR, "graft_form": "not_documented"}


def asked(
    text: str, noted: Reader, walked: Walker, cues: Cues, tree: Tree, stop: dict[str, str], book: Codebook
) -> QueryDraft:
    note, position = noted(text), walked(stop)
    found = beside(note, cues, position, tree.questions[position.stopped_at], book)
    query = about_question(note, found, position, "12-044")
    assert query is not None
    checked = check(query.text, read_query_words(paths.resources() / "query_words.toml"), About(record=note.text))
    assert [one.id for one in checked if not one.passed] == []
    return query


def test_a_vague_note_is_quoted_and_the_question_stays_open(
    noted: Reader, walked: Walker, cues: Cues, tree: Tree, book: Codebook
) -> None:
    query = asked(VAGUE, noted, walked, cues, tree, STOP, book)
    assert query.question == "graft_form"
    assert "case 12-044" in query.text
    assert (
        '"The defect was filled with a bulk structural allograft." [operative note, reconstruction, line 2]'
        in query.text
    )
    assert PLACEHOLDER not in query.text
    assert query.text.count("[ ] ") == 3


def test_a_contradiction_is_quoted_on_both_sides_and_offers_what_the_note_says(
    noted: Reader, walked: Walker, cues: Cues, tree: Tree, book: Codebook
) -> None:
    query = asked(CONTRA, noted, walked, cues, tree, STOP, book)
    assert "intercalary allograft" in query.text
    assert "osteoarticular allograft" in query.text
    assert "allograft chips" not in query.text, "an earlier operation is set aside"
    assert "[ ] distal femoral osteoarticular\n[ ] intercalary\n[ ] Description:" in query.text


def test_an_answer_with_a_query_of_its_own_is_asked_with_that(
    noted: Reader, walked: Walker, cues: Cues, tree: Tree, book: Codebook
) -> None:
    """A resection whose margin is unclear asks for the margin, not for the procedure at large."""
    raised = {answer.id: answer.query for answer in tree.questions["main_procedure"].answers if answer.query}
    assert raised, "the tree asks of some answers with a query of their own"
    stop = {"graft_material": "donor_bone", "region": "limb", "main_procedure": "not_documented"}
    note, position = (
        noted("Operation: resection of a tumour of the left distal femur.\nThe tumour was resected.\n"),
        walked(stop),
    )
    found = beside(note, cues, position, tree.questions["main_procedure"], book)
    query = about_question(note, found, position)
    assert query is not None
    named = {finding.value for finding in found.missing} & raised.keys()
    expected = tree.queries[raised[next(iter(named))]] if named else position.query
    assert expected is not None
    assert query.fact == expected.fact


def test_where_nothing_stops_there_is_no_query(
    noted: Reader, walked: Walker, cues: Cues, tree: Tree, book: Codebook
) -> None:
    note, position = noted(VAGUE), walked(TUMOUR)
    assert about_question(note, beside(note, cues, position, tree.questions["graft_form"], book), position) is None
