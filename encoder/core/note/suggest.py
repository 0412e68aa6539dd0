"""From findings to suggested answers, question by question, in the order of the walk.

A suggestion needs affirmed evidence that is strong enough; where findings contradict each other or only half say a
thing, nothing is suggested and the reason is kept. Stopping is a good answer; a guess is not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from encoder.core.book import Book
from encoder.core.note import answers, details, procedure, shape
from encoder.core.note.cues import Cues
from encoder.core.note.facts import SILENT, Facts, Made, Missing, Suggestion
from encoder.core.note.findings import NAMES, TOLD, Finding
from encoder.core.note.naming import DONOR, NOT_TOLD
from encoder.core.note.reading import Reading
from encoder.core.note.status import AFFIRMED
from encoder.core.tree.model import NOT_DOCUMENTED, Kind, Question, Tree, Values
from encoder.core.tree.walk import Position, pickable, walk

ASSUMED = {"claim": "surgeon"}
"""Answers that no note carries; taken as the tree's usual ones, and said."""
_MOST_ADDED = 4
MAKERS: Mapping[str, Callable[[Facts, str], Made]] = {
    "graft_material": answers.material,
    "region": answers.region,
    "main_procedure": procedure.main_procedure,
    "graft_form": shape.form,
    "graft_placed": shape.worked,
    "side": details.side,
    "diagnosis": details.diagnosis,
    "surgeons": details.surgeons,
    "other_work": details.other_work,
    "second_bone": details.second,
    "second_side": details.second,
    "second_form": details.second,
    "second_placed": details.second,
}


@dataclass(frozen=True, slots=True)
class Walked:
    """A note walked with its suggestions alone.

    Attributes:
        missing: the questions that it does not answer, in the order they came up.
        added: findings that follow from others, made for a question that was asked.
    """

    position: Position
    suggestions: tuple[Suggestion, ...]
    missing: tuple[Missing, ...]
    added: tuple[Finding, ...]


def walk_note(reading: Reading, cues: Cues, tree: Tree, book: Book, on: date) -> Walked:
    """Walk the tree with what the note suggests; stop where it does not."""
    return _Walk(facts_of(reading, cues), tree, book, on).run()


def facts_of(reading: Reading, cues: Cues) -> Facts:
    """The facts of a note; of two operations those of the first, with the second beside them."""
    if not reading.parts:
        return Facts(reading, cues)
    first, second = reading.parts
    return Facts(first, cues, second=Facts(second, cues))


@dataclass
class _Walk:
    facts: Facts
    tree: Tree
    book: Book
    on: date
    given: dict[str, Values] = field(default_factory=dict)
    missing: list[Missing] = field(default_factory=list)
    added: list[Finding] = field(default_factory=list)

    def run(self) -> Walked:
        self.given = {name: frozenset((answer,)) for name, answer in ASSUMED.items() if name in self.tree.questions}
        position = self._as_far_as_it_goes()
        asked: set[str] = set()
        while position.status == "decided":
            question = next((q for q in position.later if q.id not in asked), None)
            if question is None:
                break
            asked.add(question.id)
            self._answer(question, position)
            position = self._as_far_as_it_goes()
        return Walked(position, tuple(self.facts.given.values()), tuple(self.missing), tuple(self.added))

    def _as_far_as_it_goes(self) -> Position:
        """Answer what is asked until the note does not say."""
        while True:
            position = walk(self.tree, self.book, self.given, self.on)
            if position.pending is None or not self._answer(position.pending, position):
                return position

    def _answer(self, question: Question, position: Position) -> bool:
        """Answer a question from the note; whether the walk may go on."""
        made = MAKERS.get(question.id, Facts.plain)(self.facts, question.id)
        if isinstance(made, Missing):
            return self._stop(question, made)
        order = [answer.id for answer in question.answers if answer.only.holds(position.facts)]
        values = sorted((value for value in made.answer.split("+") if value in order), key=order.index)
        if question.kind is Kind.PICK and pickable(question, self.book, made.answer):
            values = [made.answer]
        elif question.kind is Kind.PICK or not values:
            return self._stop(question, Missing(question.id, SILENT))
        answer = "+".join(values)
        self.facts.given[question.id] = Suggestion(question.id, answer, self._own(question.id, answer, made.findings))
        self.given[question.id] = frozenset(values)
        return True

    def _stop(self, question: Question, missing: Missing) -> bool:
        """Keep what is missing. Contradictions and half answers are "not documented"; a side that differs stops too."""
        silent = missing.because == SILENT
        if question.id == "graft_material" and any(f.cue == NOT_TOLD and f.value == DONOR for f in missing.findings):
            unplaced = [Missing("graft_placed", missing.because, missing.findings)]
        else:
            unplaced = []
        if not (silent and question.usual) or question.id == "side":
            self.missing += [missing, *unplaced]
        if (silent or question.usual) and question.id != "side":
            return False
        self.given[question.id] = frozenset((NOT_DOCUMENTED,))
        return True

    def _own(self, name: str, value: str, carried: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """The findings of a suggestion as findings of its own fact; what follows from others is added to the note's."""
        if "+" in value or any(
            f.fact == name and f.value == value for f in carried if f in self.facts.reading.findings
        ):
            return carried
        made = list(dict.fromkeys(replace(f, fact=name, value=value, cue="", weak=False) for f in carried))
        near = [f for f in made if f.status == AFFIRMED and f.section in NAMES | TOLD] or made
        new = near[:_MOST_ADDED]
        self.added += [finding for finding in new if finding not in self.added]
        return tuple(new)
