"""The guided tree as data: questions, answers, worked-out facts, outcomes, rules, warnings, queries.

Everything is frozen and says where it stands in the file, so that a fault can be shown. The model interprets
nothing; ``walk`` walks it, ``rules`` applies the refining rules, ``proofs`` proves it.

A *fact* has a name and a set of values. Asked facts are named after their question. Worked-out facts (``Derived``)
come from the tables. A fact that nobody asked and nothing defines is empty, and no condition on it holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from encoder.core.codes import ALWAYS, Cites, Span

NOT_DOCUMENTED = "not_documented"
END = "end"

Values = frozenset[str]
Facts = Mapping[str, Values]
NOTHING: Values = frozenset()


@dataclass(frozen=True, slots=True)
class Condition:
    """A conjunction of "this fact has one of these values"; empty always holds. No negation, no order."""

    terms: tuple[tuple[str, Values], ...] = ()

    def holds(self, facts: Facts) -> bool:
        """Whether every term shares a value with its fact."""
        for fact, values in self.terms:  # a plain loop, since a proof asks this millions of times
            held = facts.get(fact, NOTHING)
            if values.isdisjoint(held):
                return False
        return True

    def facts(self) -> tuple[str, ...]:
        """Names of the facts it speaks of."""
        return tuple(fact for fact, _ in self.terms)

    def __str__(self) -> str:
        return " and ".join(f"{fact} = {' or '.join(sorted(values))}" for fact, values in self.terms) or "always"


ANY = Condition()


class Kind(StrEnum):
    """How a question is answered: one answer, several, or one picked from rows of a table."""

    ONE = "one"
    MANY = "many"
    PICK = "pick"


@dataclass(frozen=True, slots=True)
class Go:
    """Where an answer leads when its condition holds: a question, an outcome reached by name, or END."""

    to: str
    when: Condition = ANY


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a question.

    Attributes:
        say: the clinical term; ``plain`` is the second line; ``short`` is for narrow places and the way so far.
        only: when it is offered at all.
        query: the query that this answer raises (it names something the note leaves open); empty for none.
        alone: in a question with several answers, this one excludes the others.
        regions: shapes of the body map that choose it.
    """

    id: str
    say: str
    plain: str = ""
    short: str = ""
    group: str = ""
    picture: str = ""
    go: tuple[Go, ...] = ()
    only: Condition = ANY
    query: str = ""
    alone: bool = False
    regions: tuple[str, ...] = ()

    @property
    def brief(self) -> str:
        """The text for the way so far."""
        return self.short or self.say


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``refines`` questions never decide which outcome is reached: they act through rules.

    Attributes:
        asked: when a refining question is asked (deciding questions are reached by ``Go``).
        usual: the answer that stands in for a refining question nobody asked yet; empty means it must be asked.
        query: the query that "not documented" raises.
        same_ways: pairs (answer, twin) whose ways are identical; the proofs walk the twin only, and prove it.
        source: for PICK, ``diagnoses:<fact>`` or ``allowed:<fact>``.
    """

    id: str
    label: str
    ask: str
    hint: str
    kind: Kind
    answers: tuple[Answer, ...]
    query: str
    cites: Cites
    help: str = ""
    go: tuple[Go, ...] = ()
    refines: bool = False
    asked: Condition = ANY
    usual: str = ""
    same_ways: tuple[tuple[str, str], ...] = ()
    source: str = ""
    map: bool = False
    review: str = ""
    where: str = ""

    def answer(self, answer_id: str) -> Answer | None:
        """The answer with this id, or None."""
        for answer in self.answers:  # a plain loop: every way of the tree asks for this at every step
            if answer.id == answer_id:
                return answer
        return None


@dataclass(frozen=True, slots=True)
class Case:
    """One way to work a fact out; of all cases of a fact exactly one may apply.

    ``how`` is one of ``facts.HOWS``; ``args`` are table and fact names, or codes written as five digits.
    """

    how: str
    args: tuple[str, ...]
    when: Condition = ANY

    def __str__(self) -> str:
        return f"{self.how} {' '.join(self.args)} when {self.when}"


@dataclass(frozen=True, slots=True)
class Derived:
    """A fact that is worked out from others, never asked."""

    id: str
    say: str
    cases: tuple[Case, ...]
    where: str = ""


@dataclass(frozen=True, slots=True)
class LineSpec:
    """One claim line of an outcome or rule: a role and either a code or the fact that holds it."""

    role: str
    code: str = ""
    code_of: str = ""
    modifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Open:
    """What the sources leave open at a branch: the question, and what speaks for each side.

    ``sides`` are (heading, text, citation) triples, shown with the review mark.
    """

    ask: str
    sides: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One end of the tree.

    ``kind`` is decided or stopped (a stop without a query: nothing to bill here); queries are made from ``Query``.
    ``ref`` is the name auditors know it by (O-20932). ``named`` outcomes are reached by ``Go`` alone. ``between`` names
    two questions whose answers do not go together. ``without`` is the verdict when a rule takes the add-on off.
    ``imported`` ends stop a claim that only an imported table makes possible: no way leads there with the tables we
    ship.
    """

    id: str
    ref: str
    kind: str
    verdict: str
    say: str
    when: Condition
    named: bool
    lines: tuple[LineSpec, ...]
    warn: tuple[str, ...]
    review: str
    open: Open | None
    cites: Cites
    span: Span = ALWAYS
    between: tuple[str, ...] = ()
    without: str = ""
    imported: bool = False
    where: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a rule does to the claim: ``how`` is line, modify, drop, replace, split, warn or review."""

    how: str
    on: str = ""
    line: LineSpec | None = None
    value: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A row that changes the claim because of a refining answer. Rules are applied all at once, never in order.

    ``becomes`` is the name auditors know the result by where the rule takes the add-on off the claim.
    """

    id: str
    say: str
    when: Condition
    effects: tuple[Effect, ...]
    cites: Cites
    span: Span = ALWAYS
    open: Open | None = None
    becomes: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Caution:
    """One warning of the catalogue. ``severity`` is stop, warn or note."""

    id: str
    severity: str
    say: str
    cites: Cites
    where: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """The material of a query to the surgeon about one fact; it never names a code.

    ``fact`` is the noun phrase of the stop ("the form of the donor material"); ``why`` says what depends on it.
    """

    id: str
    ref: str
    topic: str
    fact: str
    why: str
    ask: str
    cites: Cites
    where: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """Codes that stand or fall together on the screen: "still possible" and "why not" speak of families.

    ``needs`` finishes the sentence "this code is for ..."; ``near`` families are explained at every result.
    """

    id: str
    title: str
    needs: str
    codes: tuple[str, ...]
    near: bool
    cites: Cites
    where: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """Dates of service outside the tree, and the outcome they end in."""

    span: Span
    outcome: str
    where: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """A whole tree; equal only to itself. ``sha256`` is the hash of the files it was read from."""

    id: str
    title: str
    edition: str
    sha256: str
    start: str
    span: Span
    bands: tuple[Band, ...]
    usual_way: tuple[str, ...]
    questions: Mapping[str, Question]
    derived: Mapping[str, Derived]
    outcomes: Mapping[str, Outcome]
    rules: tuple[Rule, ...]
    warnings: Mapping[str, Caution]
    queries: Mapping[str, Query]
    families: tuple[Family, ...]
    cites: Cites = ()

    def band(self, on: date) -> Band | None:
        """The band that a date outside the tree falls into; None inside."""
        return next((b for b in self.bands if b.span.covers(on)), None)

    def refining(self) -> tuple[Question, ...]:
        """The refining questions in the order they are asked."""
        return tuple(q for q in self.questions.values() if q.refines)

    def deciding(self) -> tuple[Question, ...]:
        """The questions that decide which codes apply."""
        return tuple(q for q in self.questions.values() if not q.refines)
