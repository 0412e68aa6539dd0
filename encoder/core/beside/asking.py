"""Queries with the note at hand: the sentences that raise the question, those that point the other way, the choices."""

from __future__ import annotations

from collections.abc import Iterator

from encoder.core.beside.case_note import CaseNote
from encoder.core.beside.marks import Beside
from encoder.core.note.evidence import options_of
from encoder.core.note.facts import Missing
from encoder.core.query import draft
from encoder.core.tree.explain import QueryDraft
from encoder.core.tree.model import Query
from encoder.core.tree.walk import Position

_SET_ASIDE = frozenset(("history", "admin"))
_MOST_QUOTES = 6


def about_question(note: CaseNote, beside: Beside, position: Position, case: str = "") -> QueryDraft | None:
    """The query of a stop with the quotes of the note put in, for and against, and the choices that they support.

    Where an answer of the question has a query of its own and the note speaks of it, that one is drafted.
    """
    stopped = position.query
    if stopped is None:
        return None
    query = _raised(beside, position) or stopped
    missing = Missing(beside.question, beside.because, beside.missing)
    quotes = tuple(note.quote(start, end) for start, end in _sentences(note, beside))
    text = draft(query, case, position.on, quotes, options_of(missing))
    return QueryDraft(query.fact, query.topic, query.why, text, position.stopped_at)


def _raised(beside: Beside, position: Position) -> Query | None:
    """The query of an answer that the missing findings name."""
    question = position.tree.questions[beside.question]
    answers = (question.answer(finding.value) for finding in beside.missing)
    name = next((answer.query for answer in answers if answer is not None and answer.query), "")
    return position.tree.queries.get(name)


def _sentences(note: CaseNote, beside: Beside) -> Iterator[tuple[int, int]]:
    """The sentences in which the note speaks of the question, in the order of the text; history is set aside."""
    places = [(mark.start, mark.end) for mark in beside.marks]
    places += [(finding.start, finding.end) for finding in beside.missing]
    numbers = {finding.sentence for finding in beside.missing}
    near = [
        line
        for line in note.reading.lines
        if line.number in numbers
        or (line.kind not in _SET_ASIDE and any(line.start <= start < line.end for start, _ in places))
    ]
    return ((line.start, line.end) for line in near[:_MOST_QUOTES])
