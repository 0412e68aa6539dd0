"""What is still possible, and which answer ruled out the rest: a filter over every way on one date of service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import product

from encoder.core.book import Book
from encoder.core.tree.facts import FactSheet, is_code, works_from
from encoder.core.tree.model import Condition, Kind, LineSpec, Outcome, Tree
from encoder.core.tree.walk import Step, end_facts, picks
from encoder.core.tree.ways import ways

Codes = frozenset[str]


@dataclass(frozen=True, slots=True)
class _Reached:
    answers: Mapping[str, str]
    codes: Codes
    lines: Codes


class Reach:
    """The codes that each way of a tree can end in on one date; built once a date, then only filtered."""

    def __init__(self, tree: Tree, book: Book, on: date) -> None:
        self.tree, self.on = tree, on
        self._twins = {
            question.id: dict(question.same_ways) for question in tree.questions.values() if question.same_ways
        }
        self._added = added = _Added(tree, book)
        self._codes_along = lru_cache(maxsize=32)(self._filtered)
        self._ways: list[_Reached] = []
        for way in ways(tree, book, on):
            if isinstance(way.end, Outcome):
                facts = FactSheet(tree, book, on, end_facts(way.end, way.facts.asked, way.facts))
                lines = Codes()
                for spec in way.end.lines:
                    lines |= _codes_of(tree, book, spec.code or spec.code_of, facts)
                codes = lines | added.codes(facts) if way.end.kind == "decided" else lines
                self._ways.append(_Reached({s.question: s.text for s in way.steps}, codes, lines))

    def along(self, steps: Sequence[Step]) -> tuple[Codes, ...]:
        """The codes that can still be reached before the first answer, and after each one (details left open)."""
        return self._codes_along(tuple(steps))

    def _filtered(self, steps: tuple[Step, ...]) -> tuple[Codes, ...]:
        left = self._ways
        reached = [_codes(left)]
        for step in steps:
            text = self._twins.get(step.question, {}).get(step.text, step.text)
            left = [way for way in left if way.answers.get(step.question) == text]
            reached.append(_codes(left))
        return tuple(reached)

    def leading_to(self, code: str) -> tuple[tuple[Mapping[str, str], bool], ...]:
        """The answers of every way that can end in a code, and whether the way itself gives it, not only a detail."""
        return tuple((way.answers, code in way.lines) for way in self._ways if code in way.codes)

    def details_for(self, code: str) -> frozenset[str]:
        """The refining questions whose answers could put a code on the claim."""
        return self._added.questions.get(code, frozenset())


def left_at(codes: Codes, along: Sequence[Codes]) -> int | None:
    """Index of the answer after which none of the codes could be reached any more.

    None when one of them still can; -1 when none could be reached before the first answer.
    """
    return next((place - 1 for place, reached in enumerate(along) if codes.isdisjoint(reached)), None)


def _codes_of(tree: Tree, book: Book, name: str, facts: FactSheet) -> Codes:
    """A code itself, or those that a fact has, or can still take by details that nobody answered yet."""
    known = facts.one(name)
    if known:
        return frozenset((known,))
    question, derived = tree.questions.get(name), tree.derived.get(name)
    if question is not None:
        return frozenset(picks(question, book, facts, facts.on) if question.kind is Kind.PICK else ())
    found: set[str] = set()
    for case in derived.cases if derived else ():
        if case.how == "copy" and case.when.holds(facts):
            found |= _codes_of(tree, book, case.args[0], facts)
        elif case.how == "lookup" and case.when.holds(facts):
            keys = product(*(_values_of(tree, fact, facts) for fact in case.args[1:]))
            rows = (book.row(case.args[0], key, facts.on) for key in keys)
            found |= {row.code for row in rows if row is not None}
    return frozenset(found - {""})


def _values_of(tree: Tree, fact: str, facts: FactSheet) -> list[str]:
    """The value of a fact, or all that a detail can give it."""
    question = tree.questions.get(fact)
    if question is not None and question.refines and not facts.one(fact):
        return [answer.id for answer in question.answers]
    return [facts.one(fact)]


def _codes(reached: Iterable[_Reached]) -> Codes:
    return Codes().union(*(way.codes for way in reached))


class _Added:
    """Codes that refining rules can add at this site or put in place of another, by what the deciding facts must be."""

    def __init__(self, tree: Tree, book: Book) -> None:
        refining = {question.id for question in tree.refining()}
        self._parts: list[tuple[Condition, frozenset[str], Codes]] = []
        self.questions: dict[str, frozenset[str]] = {}
        for rule in tree.rules:
            codes: set[str] = set()
            for effect in rule.effects:
                if effect.line is not None and not effect.line.role.startswith("second"):
                    codes |= possible_codes(tree, book, effect.line)
                elif effect.how == "replace" and is_code(effect.value):
                    codes.add(effect.value)
            if codes:
                open_ = {fact for fact in rule.when.facts() if not rests_on(tree, fact).isdisjoint(refining)}
                self._parts.append((rule.when, frozenset(open_), frozenset(codes)))
                asked = frozenset().union(*(rests_on(tree, fact) for fact in rule.when.facts())) & refining
                for code in codes:
                    self.questions[code] = self.questions.get(code, frozenset()) | asked

    def codes(self, facts: FactSheet) -> Codes:
        return frozenset().union(*(codes for when, open_, codes in self._parts if _may_hold(when, open_, facts)))


def _may_hold(when: Condition, open_: frozenset[str], facts: FactSheet) -> bool:
    """Whether a condition can still come true: a fact that waits for a refining answer is empty until then."""
    for fact, values in when.terms:
        held = facts.get(fact)
        if values.isdisjoint(held) and (held or fact not in open_):
            return False
    return True


def rests_on(tree: Tree, fact: str) -> frozenset[str]:
    """Every name that a fact depends on, itself included."""
    found: set[str] = set()
    left = [fact]
    while left:
        name = left.pop()
        if name in found:
            continue
        found.add(name)
        derived = tree.derived.get(name)
        if derived is not None:
            left += [n for case in derived.cases for n in (*works_from(case), *case.when.facts())]
    return frozenset(found)


def possible_codes(tree: Tree, book: Book, spec: LineSpec) -> set[str]:
    """The codes that a line may take: its own, or all that the tables of its fact give."""
    if spec.code:
        return {spec.code}
    derived = tree.derived.get(spec.code_of)
    tables = [case.args[0] for case in derived.cases if case.how == "lookup"] if derived else []
    return {row.code for table in tables for row in book.rows(table) if row.code}
