"""What is still possible, and which answer ruled out the rest: a filter over every way on one date of service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from encoder.core.book import Book
from encoder.core.tree.facts import FactSheet, rests_on
from encoder.core.tree.model import Kind, LineSpec, Outcome, Rule, Tree, Values
from encoder.core.tree.walk import Step, end_facts, picks
from encoder.core.tree.ways import ways

Codes = frozenset[str]


Answered = Mapping[str, str]
Swap = tuple[Rule, str]


@dataclass(frozen=True, slots=True)
class _Reached:
    answers: Answered
    codes: Codes
    lines: Codes
    swaps: tuple[Swap, ...]


@dataclass(frozen=True, slots=True)
class _Narrowed:
    """The ways that are left after one more answer, and their codes."""

    step: Step
    left: list[_Reached]
    codes: Codes


class Reach:
    """The codes that each way of a tree can end in on one date; built once a date, then only filtered."""

    def __init__(self, tree: Tree, book: Book, on: date) -> None:
        self.tree, self.on = tree, on
        self._twins = {
            question.id: dict(question.same_ways) for question in tree.questions.values() if question.same_ways
        }
        self._added = added = _Added(tree, book)
        self._narrowed: list[_Narrowed] = []
        self._ways: list[_Reached] = []
        for way in ways(tree, book, on):
            if isinstance(way.end, Outcome):
                facts = way.facts.extended(end_facts(way.end, way.facts))
                lines = Codes()
                for spec in way.end.lines:
                    lines |= _codes_of(tree, book, spec.code or spec.code_of, facts)
                more, swaps = added.codes(facts) if way.end.kind == "decided" else (Codes(), ())
                codes = lines.union(more, (code for _, code in swaps))
                self._ways.append(_Reached({s.question: s.text for s in way.steps}, codes, lines, swaps))
        self._all = _codes(self._ways)

    def along(self, steps: Sequence[Step]) -> tuple[Codes, ...]:
        """The codes that can still be reached before the first answer, and after each one (details left open)."""
        same = 0
        for held, step in zip(self._narrowed, steps, strict=False):
            if held.step != step:
                break
            same += 1
        del self._narrowed[same:]  # a case goes on from its last answer, or back to an early one
        left = self._narrowed[-1].left if self._narrowed else self._ways
        for step in steps[same:]:
            text = self._twins.get(step.question, {}).get(step.text, step.text)
            left = [way for way in left if way.answers.get(step.question) == text]
            self._narrowed.append(_Narrowed(step, left, _codes(left)))
        return (self._all, *(held.codes for held in self._narrowed))

    def leading_to(self, code: str) -> tuple[tuple[Answered, bool], ...]:
        """The answers of every way that can end in a code, and whether the way itself gives it, not only a detail."""
        return tuple((way.answers, code in way.lines) for way in self._ways if code in way.codes)

    def swapped_to(self, code: str) -> list[tuple[Rule, list[Answered]]]:
        """The rules that can put a code in place of another, each with the answers of every way where it does so."""
        found: dict[str, tuple[Rule, list[Answered]]] = {}
        for way in self._ways:
            for rule, put in way.swaps:
                if put == code and code not in way.lines:
                    found.setdefault(rule.id, (rule, []))[1].append(way.answers)
        return list(found.values())

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
        self._parts: list[_Part] = []
        self._anyhow = Codes()
        self.questions: dict[str, frozenset[str]] = {}
        for rule in tree.rules:
            specs = [effect.line for effect in rule.effects if effect.line is not None]
            added = [spec for spec in specs if not spec.role.startswith("second")]
            put = tuple(effect.value for effect in rule.effects if effect.how == "replace")
            codes = frozenset(code for spec in added for code in possible_codes(tree, book, spec))
            if not (codes or put):
                continue
            rests = {fact: rests_on(tree, fact) for fact in rule.when.facts()}
            asked = frozenset().union(*rests.values()) & refining
            open_ = frozenset(fact for fact, names in rests.items() if not names.isdisjoint(refining))
            # what was asked is looked at first; a term that can only wait for a detail or hold never rules anything out
            terms = [term for term in rule.when.terms if not (term[0] in open_ and _waits_only(tree, *term))]
            terms.sort(key=lambda term: term[0] in tree.derived)
            if terms or put:
                self._parts.append(_Part(rule, tuple(terms), open_, codes, put, asked))
            else:
                self._anyhow |= codes
            for code in codes:
                self.questions[code] = self.questions.get(code, frozenset()) | asked

    def codes(self, facts: FactSheet) -> tuple[Codes, tuple[Swap, ...]]:
        """The codes that rules can add with these facts, and those that each can put in place of the primary.

        A code that only the answers about a second site give belongs to that site, and no way has it yet.
        """
        added = self._anyhow
        swaps: list[Swap] = []
        for part in self._parts:
            if part.may_hold(facts):
                added |= part.codes
                put = [(part.rule, code) for name in part.put if (code := facts.one(name))]
                swaps += put
                for _, code in put:
                    self.questions[code] = self.questions.get(code, frozenset()) | part.asked
        return added, tuple(swaps)


def _waits_only(tree: Tree, fact: str, values: Values) -> bool:
    """Whether a fact that waits for details can have no other value: a detail itself, or one that is just set."""
    derived = tree.derived.get(fact)
    return derived is None or all(case.how == "value" and case.args[0] in values for case in derived.cases)


@dataclass(frozen=True, slots=True)
class _Part:
    """A rule that brings codes.

    ``terms`` are what of its condition a way can rule out, ``put`` the facts or codes that it puts in place of the
    primary, ``asked`` the refining questions that it rests on.
    """

    rule: Rule
    terms: tuple[tuple[str, Values], ...]
    open_: frozenset[str]
    codes: Codes
    put: tuple[str, ...]
    asked: frozenset[str]

    def may_hold(self, facts: FactSheet) -> bool:
        """Whether the condition can still come true: a fact that waits for a refining answer is empty until then."""
        for fact, values in self.terms:
            held = facts.get(fact)
            if values.isdisjoint(held) and (held or fact not in self.open_):
                return False
        return True


def possible_codes(tree: Tree, book: Book, spec: LineSpec) -> set[str]:
    """The codes that a line may take: its own, or all that the tables of its fact give."""
    if spec.code:
        return {spec.code}
    derived = tree.derived.get(spec.code_of)
    tables = [case.args[0] for case in derived.cases if case.how == "lookup"] if derived else []
    return {row.code for table in tables for row in book.rows(table) if row.code}
