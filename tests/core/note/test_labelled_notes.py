"""The labelled notes: every tuned one comes out as labelled; of the kept ones only the total is looked at."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from encoder.core.note.cues import Cues
from encoder.core.tree.model import NOT_DOCUMENTED, Tree
from encoder.store.codebook import Codebook
from tests.notes.labels import Labelled, Score, notes, run

TUNED = {note.name: note for note in notes("tuned")}
KEPT, UNREAD = tuple(notes("kept")), tuple(notes("unread"))
EVERY = [*TUNED.values(), *KEPT, *UNREAD]


@pytest.fixture(scope="module")
def kept(cues: Cues, tree: Tree, book: Codebook) -> Score:
    return score_of(KEPT, cues, tree, book)


@pytest.fixture(scope="module")
def unread(cues: Cues, tree: Tree, book: Codebook) -> Score:
    return score_of(UNREAD, cues, tree, book)


def score_of(read: Iterable[Labelled], cues: Cues, tree: Tree, book: Codebook) -> Score:
    score = Score()
    for note in read:
        score.add(run(note, cues, tree, book))
    return score


@pytest.mark.parametrize("name", TUNED)
def test_a_tuned_note_comes_out_as_labelled(name: str, cues: Cues, tree: Tree, book: Codebook) -> None:
    result = run(TUNED[name], cues, tree, book)
    assert result.verdict in ("right", "stopped rightly"), (result.lines, result.walked.missing)


def test_the_findings_of_the_tuned_notes_are_right(cues: Cues, tree: Tree, book: Codebook) -> None:
    score = score_of(TUNED.values(), cues, tree, book)
    assert score.precision >= 0.95
    assert score.recall >= 0.9
    assert score.statuses_right >= 0.95 * score.statuses


def test_no_note_that_was_not_tuned_on_gets_an_add_on_that_it_does_not_carry(kept: Score, unread: Score) -> None:
    assert (kept.verdicts["wrong add-on"], unread.verdicts["wrong add-on"]) == (0, 0)


def test_nine_in_ten_affirmed_findings_of_the_kept_notes_are_right(kept: Score) -> None:
    assert kept.precision >= 0.9


def test_there_are_enough_notes_and_a_third_is_kept_of_those_labelled_in_full() -> None:
    full = [note for note in TUNED.values() if note.findings is not None and not note.name.startswith("blind_")]
    assert len(full) + len(KEPT) >= 80
    assert len(KEPT) >= (len(full) + len(KEPT)) / 3


@pytest.mark.parametrize("note", EVERY, ids=lambda note: note.name)
def test_every_label_quotes_its_note_and_names_a_value_of_the_tree(note: Labelled, tree: Tree) -> None:
    for fact, value, status, quote in note.findings or ():
        assert quote in note.text
        assert status in ("affirmed", "negated", "history", "planned", "uncertain")
        question = tree.questions.get(fact)
        assert question is None or question.answer(value) is not None, (fact, value)
    for name in note.missing:
        assert name in tree.questions


@pytest.mark.parametrize("note", EVERY, ids=lambda note: note.name)
def test_every_finding_quotes_the_text_exactly_and_every_suggestion_is_carried(
    note: Labelled, cues: Cues, tree: Tree, book: Codebook
) -> None:
    result = run(note, cues, tree, book)
    for finding in result.told.findings:
        assert note.text[finding.start : finding.end] == finding.quote
        assert finding.quote.strip()
    for question, answer, numbers in result.told.suggestions:
        assert numbers, question
        assert answer != NOT_DOCUMENTED
        assert {result.told.findings[number].status for number in numbers} == {"affirmed"}, question
