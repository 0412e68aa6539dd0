"""Every way through the deciding questions: the finite list that proofs, "still possible" and the outline work on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from encoder.core.book import Book
from encoder.core.tree.facts import FactSheet
from encoder.core.tree.model import NOT_DOCUMENTED, Outcome, Query, Question, Tree, Values
from encoder.core.tree.walk import Step, advance, offered, way
from encoder.errors import DataError


@dataclass(frozen=True, slots=True)
class Way:
    """One way from the first question to an end.

    ``end`` is the outcome or the query reached; None where the tree is at fault there, and ``fault`` says why.
    """

    steps: tuple[Step, ...]
    end: Outcome | Query | None
    facts: FactSheet
    fault: str = ""

    @property
    def end_id(self) -> str:
        """Id of the outcome, or ``query_`` with the id of the query."""
        if isinstance(self.end, Query):
            return f"query_{self.end.id}"
        return self.end.id if self.end else ""


def ways(tree: Tree, book: Book, on: date, given: Mapping[str, Values] | None = None) -> Iterator[Way]:
    """Every way on a date of service, twins of ``same_ways`` left out.

    With ``given``, a question named there is answered with each of its values alone, offered on the way or not.

    A fault of the tree does not end the walk: it comes back as a way with ``fault`` set.
    """
    band = tree.band(on)
    if band is not None:
        yield Way((), tree.outcomes[band.outcome], FactSheet(tree, book, on, {}))
        return
    yield from _explore(tree, FactSheet(tree, book, on, {}), given or {}, tree.questions[tree.start], ())


def _explore(
    tree: Tree, known: FactSheet, given: Mapping[str, Values], question: Question, steps: tuple[Step, ...]
) -> Iterator[Way]:
    try:
        choices = sorted(given.get(question.id, ())) or _choices(question, known)
    except DataError as fault:
        yield Way(steps, None, known, f"{fault} The answers are {way(steps)}.")
        return
    for answer_id in choices:
        values = frozenset((answer_id,))
        facts = known.extended({question.id: values})
        trail = (*steps, Step(question.id, (answer_id,)))
        try:
            stop = advance(tree, question, values, facts, trail)
        except DataError as fault:
            yield Way(trail, None, facts, str(fault))
            continue
        if isinstance(stop, Question):
            yield from _explore(tree, facts, given, stop, trail)
        else:
            yield Way(trail, stop, facts)


def _choices(question: Question, facts: FactSheet) -> list[str]:
    twins = {answer for answer, _ in question.same_ways}
    return [answer.id for answer in offered(question, facts) if answer.id not in twins] + [NOT_DOCUMENTED]
