"""Where the facts of a question lead: every way of the tree that agrees with them, and the claim at its end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from encoder.core.ask.lexicon import Facts, Lexicon, Term
from encoder.core.ask.reading import Reading
from encoder.core.page.evidence import Desk
from encoder.core.tree.model import Kind, Outcome, Question, Values
from encoder.core.tree.rules import Claim, claim
from encoder.core.tree.walk import Position, offered, walk
from encoder.core.tree.ways import Way, ways

SURGEON: Facts = {"claim": frozenset(("surgeon",))}
MATERIAL, FORM, PROCEDURE = "graft_material", "graft_form", "main_procedure"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a question says about an operation.

    ``given`` are the facts by question of the tree; ``clash`` names words that do not go together (empty: none);
    ``terms`` are the words taken in.
    """

    given: Facts
    clash: tuple[str, ...]
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class End:
    """One way that agrees with the facts, and the codes that its claim would carry.

    ``pending`` is a detail that must still be answered before the claim is whole; None where it is.
    """

    way: Way
    outcome: Outcome
    codes: tuple[str, ...]
    position: Position
    claim: Claim
    pending: Question | None

    def answer(self, question: str) -> str:
        """The answer given to a question, a detail included; empty when it is not asked."""
        steps = (*self.way.steps, *self.position.refined)
        return next((step.text for step in steps if step.question == question), "")


def meaning(reading: Reading, lexicon: Lexicon, extra: Facts | None = None) -> Meaning:
    """The facts of the terms of a question, put together: what is said first, then what is hinted at."""
    facts: dict[str, Values] = {}
    clash: list[str] = []
    terms: list[Term] = []
    hints: list[Facts] = []
    for text, term, denied in _terms(reading, lexicon):
        terms.append(term)
        said = term.facts if not denied else term.off or {}
        for question, values in said.items():
            both = values & facts[question] if question in facts else values
            if question in facts and not both and facts[question] and values:
                clash.append(text)
            facts[question] = both
        if not denied and term.hints:
            hints.append(term.hints)
    for question, values in (extra or {}).items():
        facts[question] = values & facts[question] if question in facts else values
    for hint in hints:
        if all(question not in facts or values & facts[question] for question, values in hint.items()):
            for question, values in hint.items():
                facts[question] = values & facts[question] if question in facts else values
    if "claim" not in facts:
        facts.update(SURGEON)
    return Meaning(facts, tuple(clash), tuple(terms))


def _terms(reading: Reading, lexicon: Lexicon) -> Iterable[tuple[str, Term, bool]]:
    for hit in reading.hits:
        for name in hit.of("term"):
            yield hit.text, lexicon.terms[name], hit.denied


def ends(desk: Desk, given: Facts) -> tuple[End, ...]:
    """Every way that agrees with the facts and ends in an outcome, "not documented" left out.

    A question that the facts name is answered with one of their answers; a fact whose question is not asked on a way
    changes nothing there.
    """
    deciding = {q.id for q in desk.tree.deciding()}
    asked = {question: values for question, values in given.items() if question in deciding and values}
    empty = {question for question, values in given.items() if not values}
    made = []
    for way in ways(desk.tree, desk.book, desk.on, asked):
        outcome = way.end
        if isinstance(outcome, Outcome) and _agrees(desk, way, empty):
            made += _with_details(desk, way, outcome, given)
    return tuple(made)


def _agrees(desk: Desk, way: Way, empty: set[str]) -> bool:
    for step in way.steps:
        answer = desk.tree.questions[step.question].answer(step.text)
        if step.question in empty or answer is None or not answer.only.holds(way.facts):
            return False
    return True


def _with_details(desk: Desk, way: Way, outcome: Outcome, given: Facts) -> list[End]:
    """The claims at the end of a way.

    Where a line has no code before a detail is answered, and nobody said it, there is one claim for each answer.
    """
    answers = {step.question: frozenset(step.answers) for step in way.steps}
    answers |= {q.id: given[q.id] for q in desk.tree.refining() if len(given.get(q.id, ())) == 1}
    position = walk(desk.tree, desk.book, answers, desk.on)
    pending = position.pending
    whole = all(spec.code or position.facts.one(spec.code_of) for spec in outcome.lines)
    if pending is None or whole or pending.kind is not Kind.ONE:
        return [_end(way, outcome, position)]
    offer = [answer.id for answer in offered(pending, position.facts)]
    wanted = given.get(pending.id, frozenset(offer))
    walked = ({**answers, pending.id: frozenset((detail,))} for detail in offer if detail in wanted)
    return [_end(way, outcome, walk(desk.tree, desk.book, taken, desk.on)) for taken in walked]


def _end(way: Way, outcome: Outcome, position: Position) -> End:
    made = claim(position)
    codes = tuple(line.code for line in made.lines)
    if not codes:
        named = (spec.code or position.facts.one(spec.code_of) for spec in outcome.lines)
        codes = tuple(code for code in named if code)
    return End(way, outcome, codes, position, made, position.pending)


def apart(found: Sequence[End]) -> Mapping[tuple[str, ...], tuple[End, ...]]:
    """The ends by the codes they carry, in the order found."""
    groups: dict[tuple[str, ...], list[End]] = {}
    for end in found:
        groups.setdefault(end.codes, []).append(end)
    return {codes: tuple(same) for codes, same in groups.items()}


def open_questions(desk: Desk, found: Sequence[End], given: Facts) -> tuple[Question, ...]:
    """The questions whose answer is still open and changes the codes, in the order they are asked."""
    several, telling = [], []
    for question in desk.tree.questions.values():
        by_answer: dict[str, set[tuple[str, ...]]] = {}
        for end in found:
            by_answer.setdefault(end.answer(question.id), set()).add(end.codes)
        by_answer.pop("", None)
        if len(by_answer) > 1 and len(given.get(question.id, ())) != 1:
            several.append(question)
            telling += [question] if len({frozenset(codes) for codes in by_answer.values()}) > 1 else []
    return tuple(telling or several)


def used(found: Sequence[End], term: Term) -> bool:
    """Whether a fact of a term was asked for on some way."""
    asked = {step.question for end in found for step in end.way.steps}
    asked |= {step.question for end in found for step in end.position.refined}
    return not asked.isdisjoint(term.facts) or not term.facts
