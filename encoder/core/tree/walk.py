"""Walking the tree: answers in, position out. Pure functions; the date of service is an argument.

A walk replays the answers from the start. An answer that is not reached, or no longer offered, is *set aside*: it
stays with the case, is shown, and counts again should the way lead back to it. So changing an early answer keeps
every later answer that still makes sense and drops none in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache

from encoder.core.book import Book
from encoder.core.codes import State
from encoder.core.tree.facts import FactSheet, diagnosis
from encoder.core.tree.model import END, NOT_DOCUMENTED, Answer, Kind, Outcome, Query, Question, Tree, Values
from encoder.core.tree.near import Near
from encoder.errors import DataError, UsageError

Answers = Mapping[str, Values]
NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Step:
    """One answered question on the way. ``answers`` are in the order of the question."""

    question: str
    answers: tuple[str, ...]

    @property
    def text(self) -> str:
        """The answer as the command line and the record write it: ids joined by a plus."""
        return "+".join(self.answers)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a case stands.

    Attributes:
        steps: the answered deciding questions, in order; ``refined`` the answered refining ones.
        pending: the question that must be answered next; None at an end.
        later: refining questions that apply and nobody answered yet; their usual answer is assumed.
        outcome: the end reached, also while refining questions are pending; None before.
        query: the query of a stop; the position is then an end without claim lines.
        aside: answers of the case that are not on the way.
        facts: all facts, worked out on the date.
    """

    tree: Tree
    on: date
    steps: tuple[Step, ...]
    refined: tuple[Step, ...]
    pending: Question | None
    later: tuple[Question, ...]
    outcome: Outcome | None
    query: Query | None
    stopped_at: str
    aside: tuple[Step, ...]
    facts: FactSheet

    @property
    def trail(self) -> tuple[Step, ...]:
        """Every answer that counts, in order."""
        return self.steps + self.refined

    @property
    def status(self) -> str:
        """decided, query, stopped or incomplete."""
        if self.query:
            return "query"
        if self.outcome is None or self.pending is not None:
            return "incomplete"
        return self.outcome.kind


def walk(tree: Tree, book: Book, answers: Answers, on: date) -> Position:
    """Replay answers on a date of service.

    Args:
        answers: question id to the set of answer ids; ids must exist (see ``parse_answer``).

    Raises:
        DataError: the shipped tree has a gap or a conflict on this way; the message shows the way.
    """
    return _Walker(tree, book, on).replay(answers)


def offered(question: Question, facts: FactSheet) -> tuple[Answer, ...]:
    """The answers of a question that make sense with the facts so far, without "not documented"."""
    return tuple(answer for answer in question.answers if answer.only.holds(facts))


def parse_answer(tree: Tree, book: Book, question_id: str, text: str) -> Values:
    """Check one written answer and split it.

    Raises:
        UsageError: no such question or answer, several answers to a question that takes one, or an answer that
            excludes the others given beside them.
    """
    question = tree.questions.get(question_id)
    if question is None:
        raise UsageError(f"The tree '{tree.id}' has no question '{question_id}'; {_near(question_id, tree.questions)}.")
    ids = [part.strip() for part in text.split("+")]
    for answer_id in ids:
        known = answer_id == NOT_DOCUMENTED or question.answer(answer_id) is not None
        if not known and not (question.kind is Kind.PICK and pickable(question, book, answer_id)):
            names = [a.id for a in question.answers] + [NOT_DOCUMENTED]
            raise UsageError(f"Question '{question_id}' has no answer '{answer_id}'; {_near(answer_id, names)}.")
    if len(ids) > 1 and question.kind is not Kind.MANY:
        raise UsageError(
            f"Question '{question_id}' takes one answer, not {len(ids)} ({text}); give the one that applies."
        )
    alone = [i for i in ids if i == NOT_DOCUMENTED or ((a := question.answer(i)) is not None and a.alone)]
    if alone and len(ids) > 1:
        raise UsageError(f"Answer '{alone[0]}' of question '{question_id}' excludes the others; give it alone.")
    return frozenset(ids)


def pickable(question: Question, book: Book, answer_id: str) -> bool:
    """Whether a picked answer exists in the table the question draws on (a diagnosis may carry a seventh character)."""
    table, _ = question.source.split(":")
    return diagnosis(book, answer_id) is not None if table == "diagnoses" else book.code(answer_id) is not None


def picks(question: Question, book: Book, facts: FactSheet, on: date) -> tuple[str, ...]:
    """The codes a PICK question offers with the facts so far, in code order."""
    table, fact = question.source.split(":")
    subject = facts.one(fact)
    if table == "diagnoses":
        return tuple(d.code for d in book.diagnoses(subject) if d.span.covers(on))
    allowed = (r.primary for r in book.relations(subject) if r.add_on == subject and r.kind == "allowed")
    return tuple(sorted({code for code in allowed if book.relation(subject, code, on).state is State.ALLOWED}))


def ordered(question: Question, values: Values) -> tuple[str, ...]:
    """Answer ids in the order of the question; picked and undocumented ones last."""
    rank = {answer.id: place for place, answer in enumerate(question.answers)}
    return tuple(sorted(values, key=lambda value: (rank.get(value, len(rank)), value)))


def end_facts(outcome: Outcome, sheet: FactSheet) -> dict[str, Values]:
    """The facts that an end adds to a sheet, for refining questions and rules to speak of."""
    codes = {spec.role: spec.code or sheet.one(spec.code_of) for spec in outcome.lines}
    return {
        "outcome": frozenset((outcome.id,)),
        "outcome_kind": frozenset((outcome.kind,)),
        "claim_primary": frozenset(c for c in (codes.get("primary"),) if c),
        "claim_add_on": frozenset(c for c in (codes.get("add_on"),) if c),
    }


END_FACTS = ("outcome", "outcome_kind", "claim_primary", "claim_add_on")
"""Facts that exist only at an end; refining questions and rules may speak of them."""


def advance(
    tree: Tree, question: Question, given: Values, facts: FactSheet, steps: Sequence[Step]
) -> Question | Outcome | Query:
    """Where an answer leads: the next question, an outcome, or the query that an undocumented fact raises.

    Args:
        facts: the facts with this answer taken; ``steps`` the way up to and with it, for the message of a fault.

    Raises:
        DataError: no way or several ways lead on, no outcome or several match, or the way turns in a circle.
    """
    if NOT_DOCUMENTED in given:
        return tree.queries[question.query]
    answer = question.answer(next(iter(given)))
    if answer is not None and answer.query:
        return tree.queries[answer.query]
    ways = (answer.go if answer else ()) or question.go
    targets = [go.to for go in ways if go.when.holds(facts)]
    if len(targets) != 1:
        kind, what = ("Conflict", f"leads to {' and '.join(targets)} at once") if targets else ("Gap", "leads nowhere")
        raise DataError(f"{kind}: {question.where}: this way {what} ({way(steps)}); let exactly one 'next' apply.")
    target = targets[0]
    if target == END:
        return matching(tree, facts, steps)
    if target in tree.outcomes:
        return tree.outcomes[target]
    if any(step.question == target for step in steps):
        raise DataError(f"Cycle: {question.where}: the way returns to '{target}' ({way(steps)}); break the circle.")
    return tree.questions[target]


def matching(tree: Tree, facts: FactSheet, steps: Sequence[Step]) -> Outcome:
    """The one outcome whose condition the facts meet; a gap or a conflict raises DataError with the way."""
    found = [outcome for outcome in _near_ends(tree).holding(facts) if outcome.span.covers(facts.on)]
    if len(found) == 1:
        return found[0]
    if found:
        both = "; ".join(f"{o.where} when {o.when}" for o in found)
        raise DataError(f"Conflict: {len(found)} outcomes match one way ({way(steps)}): {both}; let one match.")
    raise DataError(f"Gap: no outcome of tree '{tree.id}' matches the way {way(steps)} on {facts.on}; add one.")


@lru_cache(maxsize=8)
def _near_ends(tree: Tree) -> Near[Outcome]:
    return Near(outcome for outcome in tree.outcomes.values() if not outcome.named)


def way(steps: Sequence[Step]) -> str:
    """A way in words, for messages: question=answer, question=answer."""
    return ", ".join(f"{step.question}={step.text}" for step in steps) or "no answers"


class _Walker:
    def __init__(self, tree: Tree, book: Book, on: date) -> None:
        self.tree, self.book, self.on = tree, book, on
        self.steps: list[Step] = []
        self.refined: list[Step] = []
        self.sheet = FactSheet(tree, book, on, {})

    def take(self, facts: Mapping[str, Values]) -> None:
        self.sheet = self.sheet.extended(facts)

    def replay(self, answers: Answers) -> Position:
        band = self.tree.band(self.on)
        if band is not None:
            return self._end(answers, self.tree.outcomes[band.outcome])
        question = self.tree.questions[self.tree.start]
        while True:
            given = self._given(question, answers, self.sheet)
            if given is None:
                return self._position(answers, pending=question)
            self._take(question, given, self.steps)
            stop = advance(self.tree, question, given, self.sheet, self.steps)
            if isinstance(stop, Query):
                return self._position(answers, query=stop, stopped_at=question.id)
            if isinstance(stop, Outcome):
                return self._end(answers, stop)
            question = stop

    def _end(self, answers: Answers, outcome: Outcome) -> Position:
        self.take(end_facts(outcome, self.sheet))
        pending: Question | None = None
        later: list[Question] = []
        for question in self.tree.refining():
            facts = self.sheet
            if not question.asked.holds(facts):
                continue
            given = self._given(question, answers, facts)
            if given is not None:
                self._take(question, given, self.refined)
                if NOT_DOCUMENTED in given:
                    query = self.tree.queries[question.query]
                    return self._position(answers, query=query, stopped_at=question.id, outcome=outcome)
            elif question.usual:
                later.append(question)
                if question.usual != NOT_ASKED:
                    self.take({question.id: frozenset((question.usual,))})
            elif pending is None:
                pending = question
        return self._position(answers, pending=pending, later=tuple(later), outcome=outcome)

    def _given(self, question: Question, answers: Answers, facts: FactSheet) -> Values | None:
        """The case's answer to a question, if every part of it is still offered."""
        given = answers.get(question.id)
        if not given:
            return None
        for value in given - {NOT_DOCUMENTED}:
            answer = question.answer(value)
            if answer is not None and not answer.only.holds(facts):
                return None
            if answer is None and not self._fits(question, facts, value):
                return None
        return given

    def _fits(self, question: Question, facts: FactSheet, code: str) -> bool:
        """Whether a picked code belongs to what the question offers now."""
        table, fact = question.source.split(":")
        subject = facts.one(fact)
        if table == "diagnoses":
            row = diagnosis(self.book, code)
            return row is not None and row.family == subject and row.span.covers(self.on)
        return self.book.relation(subject, code, self.on).state is State.ALLOWED

    def _take(self, question: Question, given: Values, into: list[Step]) -> None:
        self.take({question.id: given})
        into.append(Step(question.id, ordered(question, given)))

    def _position(
        self,
        answers: Answers,
        *,
        pending: Question | None = None,
        later: tuple[Question, ...] = (),
        outcome: Outcome | None = None,
        query: Query | None = None,
        stopped_at: str = "",
    ) -> Position:
        used = {step.question for step in (*self.steps, *self.refined)}
        aside = tuple(
            Step(name, ordered(self.tree.questions[name], values))
            for name, values in answers.items()
            if name not in used and name in self.tree.questions
        )
        return Position(
            self.tree,
            self.on,
            tuple(self.steps),
            tuple(self.refined),
            pending,
            later,
            outcome,
            query,
            stopped_at,
            aside,
            self.sheet,
        )


def _near(word: str, names: Iterable[str]) -> str:
    names = list(names)
    close = get_close_matches(word, names, 1)
    return f"did you mean '{close[0]}'" if close else f"it is one of: {', '.join(names)}"
