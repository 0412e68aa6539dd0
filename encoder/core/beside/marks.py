"""What the note says of one question: every mention with its status, and the answer it suggests, if it suggests one.

A suggestion is made from the answers of the coder, not from what the note suggested before; it stays a mark beside an
answer until the coder takes it. The rules are those of ``note.suggest``, asked for one question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from encoder.core.beside.case_note import CaseNote
from encoder.core.book import Book
from encoder.core.evidence import Quoted, distinct
from encoder.core.note.cues import Cues
from encoder.core.note.evidence import told
from encoder.core.note.facts import CONTRADICTION, SILENT, Facts, Made, Missing, Suggestion
from encoder.core.note.findings import NAMES, TOLD, Finding
from encoder.core.note.status import AFFIRMED
from encoder.core.note.suggest import MAKERS, Walked, facts_of
from encoder.core.tree.model import NOT_DOCUMENTED, Kind, Question, Values
from encoder.core.tree.walk import Position, Step, offered, picks

_ACTS = ("templated", "cut", "placed", "fixed")
_ALSO = {"graft_placed": _ACTS, "diagnosis_code": ("diagnosis",)}
"""Questions that other facts of the note speak of too."""
_YES = {"graft_placed": "yes"}
_MOST_OWN = 4
_MOST_QUOTES = 6


@dataclass(frozen=True, slots=True)
class Mark:
    """One mention in the note.

    Attributes:
        start, end: its place in the joined text; ``quote`` stands there.
        status: affirmed, negated, history, planned or uncertain; ``cue`` are the words that made it so.
        answer: the answer it speaks of; empty when the question offers none.
        carries: it carries what is suggested.
    """

    start: int
    end: int
    quote: str = field(repr=False)
    status: str
    answer: str = ""
    cue: str = field(default="", repr=False)
    carries: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """The note beside a question.

    Attributes:
        marks: every mention, in the order of the text.
        answers: what the note suggests; empty where it suggests nothing.
        because: why it suggests nothing: silent, unclear or contradiction.
        missing: the mentions that show why.
    """

    question: str
    marks: tuple[Mark, ...] = ()
    answers: tuple[str, ...] = ()
    because: str = SILENT
    missing: tuple[Finding, ...] = field(default=(), repr=False)

    def of(self, answer: str) -> tuple[Mark, ...]:
        """The mentions of one answer."""
        return tuple(mark for mark in self.marks if mark.answer == answer)

    @property
    def contradicts(self) -> bool:
        """Whether the note says it in ways that do not agree."""
        return self.because == CONTRADICTION and bool(self.missing)


def beside(note: CaseNote, cues: Cues, position: Position, question: Question, book: Book) -> Beside:
    """What the note says of a question, after the answers that stand before it on the way."""
    given = _before(position, question.id)
    facts = facts_of(note.reading, cues)
    facts.given = {step.question: Suggestion(step.question, step.text, ()) for step in given}
    offer = offer_of(question, position, book)
    made = suggested(facts, question, offer)
    found = made.findings if isinstance(made, Suggestion) else ()
    walked = Walked(position, (*facts.given.values(), *((made,) if found else ())), (), ())
    mentioned = {question.id, *_ALSO.get(question.id, ())}
    shown = {finding for finding in told(note.reading, walked).findings if finding.fact in mentioned}
    carried = {_place(finding) for finding in found}
    places = {_place(finding) for finding in shown}
    shown |= {finding for finding in found if _place(finding) not in places}
    if isinstance(made, Missing):
        shown |= {_named(finding, question) for finding in made.findings}
    marks = {_mark(finding, question, offer, carried) for finding in shown}
    ordered = tuple(sorted(marks, key=lambda mark: (mark.start, mark.end, mark.status, mark.answer)))
    if isinstance(made, Missing):
        return Beside(question.id, ordered, (), made.because, made.findings)
    return Beside(question.id, ordered, tuple(made.answer.split("+")), "")


def offer_of(question: Question, position: Position, book: Book) -> tuple[str, ...]:
    """The answers that a question offers after those before it, codes where one is picked."""
    if question.kind is Kind.PICK:
        return picks(question, book, position.facts, position.on)
    return tuple(answer.id for answer in offered(question, position.facts))


def suggested(facts: Facts, question: Question, offer: Sequence[str]) -> Made:
    """The answer that the note suggests to a question as it is offered, its findings made those of the question."""
    made = MAKERS.get(question.id, Facts.plain)(facts, question.id)
    if isinstance(made, Missing):
        return made
    values = [value for value in offer if value in made.answer.split("+")]
    if not values:
        return Missing(question.id, SILENT)
    answer = "+".join(values)
    return Suggestion(question.id, answer, _own(facts, question.id, answer, made.findings))


def _own(facts: Facts, fact: str, answer: str, carried: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What carries an answer, as findings of its own fact: the plain ones, told in the story or the title."""
    held = set(facts.reading.findings)
    if "+" in answer or any((f.fact, f.value) == (fact, answer) and f in held for f in carried):
        return carried
    own = dict.fromkeys(replace(finding, fact=fact, value=answer, cue="", weak=False) for finding in carried)
    plain = [finding for finding in own if finding.status == AFFIRMED and finding.section in NAMES | TOLD]
    return tuple((plain or list(own))[:_MOST_OWN])


def _before(position: Position, question: str) -> tuple[Step, ...]:
    """The answers that stand before a question on the way, without those that the note did not give."""
    steps: list[Step] = []
    for step in position.trail:
        if step.question == question:
            break
        if NOT_DOCUMENTED not in step.answers:
            steps.append(step)
    return tuple(steps)


def _named(finding: Finding, question: Question) -> Finding:
    """What a question is missing, as a finding of the question where it speaks of one of its answers."""
    return replace(finding, fact=question.id) if question.answer(finding.value) else finding


def _place(finding: Finding) -> tuple[int, int]:
    return finding.start, finding.end


def _mark(finding: Finding, question: Question, offer: Sequence[str], carried: set[tuple[int, int]]) -> Mark:
    value = _YES.get(question.id, finding.value)
    answer = value if question.answer(value) or value in offer else ""
    carries = finding.status == AFFIRMED and _place(finding) in carried
    return Mark(finding.start, finding.end, finding.quote, finding.status, answer, finding.cue, carries)


def evidence(note: CaseNote, beside: Beside, given: Values) -> tuple[Quoted, ...]:
    """The mentions that prove an answer, those that carry the suggestion first; of every wording the first."""
    told = [mark for mark in beside.marks if mark.status == AFFIRMED]
    whole = given <= set(beside.answers)
    near = [mark for mark in told if mark.answer in given or (whole and mark.carries and not mark.answer)]
    worded: dict[str, Mark] = {}
    for mark in sorted(near, key=lambda mark: not mark.carries):
        worded.setdefault(" ".join(mark.quote.casefold().split()), mark)
    chosen = tuple(worded.values())[:_MOST_QUOTES]
    return distinct(quoted for mark in chosen for quoted in note.quoted(mark.start, mark.end, given))
