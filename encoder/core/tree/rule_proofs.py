"""Proofs about the refining rules, for every combination of refining answers at once.

Two rules that would contradict each other must exclude each other: some fact of one value stands in both with different
values. So must two ways to one fact that a detail can bring about. A line that a rule adds must have a code whenever
the rule applies. So no combination of details can clash, and none needs to be walked. That each rule and each detail
can happen at all is shown by finding a case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations, islice

from encoder.core.book import Book
from encoder.core.codes import Span
from encoder.core.tree.facts import FactSheet, is_code, rests_on
from encoder.core.tree.faults import Fault
from encoder.core.tree.model import (
    ANY,
    NOTHING,
    Answer,
    Case,
    Condition,
    Derived,
    Effect,
    Kind,
    Outcome,
    Question,
    Rule,
    Tree,
    Values,
)
from encoder.core.tree.reach import possible_codes
from encoder.core.tree.walk import END_FACTS, NOT_ASKED, end_facts, offered, picks
from encoder.core.tree.ways import Way

TRIES = 4000
"""How many combinations of details are tried for one rule at one end before the next end is taken."""


def contradictions(tree: Tree, book: Book) -> Iterator[Fault]:
    """Pairs of rules that could clash on one claim, and lines that a rule could add without a code."""
    for first, second in combinations(tree.rules, 2):
        clash = _clash(tree, book, first, second)
        if clash and not _exclude(tree, first.when, second.when):
            yield Fault(
                "conflict",
                f"{first.where} ({first.when}) and {second.where} ({second.when}) {clash}; let a fact tell them apart.",
            )
    for rule in tree.rules:
        for effect in rule.effects:
            yield from _outdated(tree, book, rule, effect)
            if effect.line is not None:
                yield from _codeless(tree, book, rule, effect)


def two_ways(tree: Tree) -> Iterator[tuple[Derived, Case, Case]]:
    """Every two ways to one fact that their conditions do not tell apart."""
    for fact in tree.derived.values():
        for one, other in combinations(fact.cases, 2):
            if (one.how, one.args) != (other.how, other.args) and not _exclude(tree, one.when, other.when):
                yield fact, one, other


def unsettled(tree: Tree) -> Iterator[Fault]:
    """Two ways to one fact that some details could bring together; where no detail takes part, the walk shows it."""
    details = {question.id for question in tree.refining()} | {*END_FACTS}
    for fact, one, other in two_ways(tree):
        if any(rests_on(tree, name) & details for name in (*one.when.facts(), *other.when.facts())):
            say = f"{fact.where} has two ways that may apply at once ({one}; {other}); let a fact tell them apart."
            yield Fault("conflict", say)


def _exclude(tree: Tree, first: Condition, second: Condition) -> bool:
    """Whether some fact of a single value stands in both conditions with nothing in common."""
    terms = dict(second.terms)
    return any(
        fact in terms and values.isdisjoint(terms[fact]) and not _many(tree, fact) for fact, values in first.terms
    )


def _many(tree: Tree, fact: str) -> bool:
    return fact in tree.questions and tree.questions[fact].kind is Kind.MANY


def _clash(tree: Tree, book: Book, first: Rule, second: Rule) -> str:
    clashes = book.edit_rules().clashes
    for one in first.effects:
        for other in second.effects:
            if one.how == other.how == "replace" and one.on == other.on:
                return f"both replace the {one.on} line"
            if one.line and other.line and one.line.role == other.line.role:
                shared = possible_codes(tree, book, one.line) & possible_codes(tree, book, other.line)
                if shared:
                    return f"both add {', '.join(sorted(shared))} as {one.line.role}"
            both = _modifiers(one) | _modifiers(other)
            if _modifiers(one) and _modifiers(other) and _meet(one.on, other.on):
                pair = next((pair for pair in clashes if pair <= both and not pair <= _modifiers(one)), None)
                if pair:
                    return f"put {' and '.join(sorted(pair))} on one line"
    return ""


def _modifiers(effect: Effect) -> Values:
    """The modifiers that an effect puts on a line; a split puts a side on each of two."""
    if effect.how == "modify":
        return frozenset() if effect.value.islower() else frozenset((effect.value,))
    return frozenset(("LT", "RT")) if effect.how == "split" else frozenset()


def _meet(one: str, other: str) -> bool:
    return one == other or "all" in (one, other)


def _codeless(tree: Tree, book: Book, rule: Rule, effect: Effect) -> Iterator[Fault]:
    """A line by a fact: its table has a row for each answer the rule names, or the rule names a fact made of it."""
    line = effect.line
    assert line is not None
    if line.code or any(fact != line.code_of and line.code_of in rests_on(tree, fact) for fact in rule.when.facts()):
        return
    terms = dict(rule.when.terms)
    derived = tree.derived.get(line.code_of)
    for case in derived.cases if derived else ():
        named = [terms.get(fact) for fact in case.args[1:]] if case.how == "lookup" else [None]
        if len(named) != 1 or named[0] is None:
            yield Fault(
                "gap",
                f"{rule.where} adds a line by '{line.code_of}' without naming the answers that give it; name them.",
            )
            continue
        held = {row.key[0]: row for row in book.rows(case.args[0])}
        for value in sorted(named[0]):
            if value not in held or not _spans(held[value].span, rule.span, tree.span):
                yield Fault(
                    "gap",
                    f"{rule.where}: table '{case.args[0]}' has no row for '{value}' on every date of the rule; add it.",
                )


def _outdated(tree: Tree, book: Book, rule: Rule, effect: Effect) -> Iterator[Fault]:
    """A code that a rule names itself is in the tables, and valid on every date of the rule."""
    code = effect.line.code if effect.line else effect.value if effect.how == "replace" else ""
    if not is_code(code):
        return
    held = book.code(code)
    if held is None:
        yield Fault("code", f"{rule.where}: {code} is in no table of codes; add the row.")
    elif not _spans(held.span, rule.span, tree.span):
        days = f"{held.span.start} to {held.span.end or 'now'}"
        yield Fault("code", f"{rule.where}: {code} is valid from {days}, not on every date of the rule; date the rule.")


def _spans(row: Span, *inner: Span) -> bool:
    starts = [span.start for span in inner if span.start]
    ends = [span.end for span in inner if span.end]
    return (not row.start or (bool(starts) and row.start <= max(starts))) and (
        not row.end or (bool(ends) and min(ends) <= row.end)
    )


class Search:
    """Finds a case in which a rule applies, a detail is asked, an answer is offered."""

    def __init__(self, tree: Tree, book: Book, ends: Iterable[tuple[Way, date]]) -> None:
        self.tree, self.book = tree, book
        self.details = tree.refining()
        self._ids = frozenset(question.id for question in self.details)
        self._named = {value for rule in tree.rules for _, values in rule.when.terms for value in values}
        self._wants: dict[Values, Values] = {}
        self._rests: dict[str, tuple[Values, bool]] = {}
        self._turning = {  # these say "no" until details are answered, so what goes by them can turn
            fact.id for fact in tree.derived.values() if any(case.how in {"known", "differ"} for case in fact.cases)
        }
        self._ways = iter(sorted(ends, key=lambda end: end[1], reverse=True))
        self._made: list[FactSheet] = []

    def fires(self, rule: Rule) -> bool:
        """Whether the rule applies in some case."""
        return self._found(rule.when, rule.span)

    def asks(self, question: Question) -> bool:
        """Whether the detail is asked in some case."""
        return self._found(question.asked, Span())

    def offers(self, question: Question, answer: Answer) -> bool:
        """Whether the detail is asked with this answer on offer in some case."""
        return self._found(Condition((*question.asked.terms, *answer.only.terms)), Span())

    def completed(self, way: Way) -> Iterator[FactSheet]:
        """The facts of an end after every combination of answers to the details that must be answered."""
        wanted = frozenset(question.id for question in self.details if not question.usual)
        for sheet in self._sheets(way, way.facts.on):
            yield from self._answered(sheet, list(self.details), wanted, ANY)

    def _ends(self) -> Iterator[FactSheet]:
        """The facts at every end, latest date first; made when first needed."""
        yield from self._made
        for way, on in self._ways:
            fresh = [*self._sheets(way, on)]
            self._made += fresh
            yield from fresh

    def _sheets(self, way: Way, on: date) -> Iterator[FactSheet]:
        """The facts at an end, and those of its twin (an outpatient claim goes the ways of the surgeon's)."""
        assert isinstance(way.end, Outcome)
        asked = way.facts.asked
        twins = [
            {**asked, name: frozenset((answer,))}
            for name, values in asked.items()
            for answer, twin in self.tree.questions[name].same_ways
            if twin in values
        ]
        for facts in (asked, *twins):
            yield FactSheet(self.tree, self.book, on, {**facts, **end_facts(way.end, way.facts)})

    def _found(self, when: Condition, span: Span) -> bool:
        for sheet in self._ends():
            if span.covers(sheet.on) and self._may(when, sheet, self._ids) and self._details_for(when, sheet):
                return True
        return False

    def _may(self, when: Condition, sheet: FactSheet, left: Values, above: Values = NOTHING) -> bool:
        """Whether every term holds or can still come to hold by the details left."""
        return all(self._can(fact, values, sheet, left, above) for fact, values in when.terms)

    def _can(self, fact: str, values: Values, sheet: FactSheet, left: Values, above: Values) -> bool:
        """Whether a fact has one of the values, or waits for a detail that can still give it one."""
        if not values.isdisjoint(sheet.get(fact)):
            return True
        if fact in above or not self._waits(fact, sheet, left):
            return False
        derived = self.tree.derived.get(fact)
        return derived is None or any(
            (case.how != "value" or case.args[0] in values) and self._may(case.when, sheet, left, above | {fact})
            for case in derived.cases
        )

    def _waits(self, fact: str, sheet: FactSheet, left: Values) -> bool:
        """Whether a detail left can give a fact a value: it has none yet, or goes by one that can still turn."""
        if fact not in self._rests:
            names = rests_on(self.tree, fact)
            self._rests[fact] = (names & self._ids, bool(names & self._turning))
        details, turns = self._rests[fact]
        return not details.isdisjoint(left) and (turns or not sheet.get(fact))

    def _details_for(self, when: Condition, sheet: FactSheet) -> bool:
        wanted = self._wanted(frozenset(fact for fact in when.facts() if self._waits(fact, sheet, self._ids)))
        tries = self._answered(sheet, list(self.details), wanted, when)
        return any(when.holds(tried) for tried in islice(tries, TRIES))

    def _wanted(self, waiting: Values) -> Values:
        """The details that some facts rest on, and those that must be answered for them to be asked."""
        if waiting not in self._wants:
            found: Values = frozenset()
            left = waiting
            while left:
                names = frozenset(name for fact in left for name in rests_on(self.tree, fact)) & self._ids
                left = frozenset(fact for name in names - found for fact in self.tree.questions[name].asked.facts())
                found |= names
            self._wants[waiting] = found
        return self._wants[waiting]

    def _answered(self, sheet: FactSheet, left: list[Question], wanted: Values, when: Condition) -> Iterator[FactSheet]:
        """Every combination of answers to the wanted details, the others as usual; details not asked are left out.

        A combination is given up, and handed over as far as it went, once the details left cannot bring the condition.
        """
        while left and not left[0].asked.holds(sheet):
            left = left[1:]
        if not left or not self._may(when, sheet, frozenset(question.id for question in left)):
            yield sheet
            return
        question, rest = left[0], left[1:]
        tried = self._tried(question, sheet, when) if question.id in wanted else self._taken(question, sheet)
        for value in tried:
            taken = sheet if value == {NOT_ASKED} else sheet.extended({question.id: value})
            yield from self._answered(taken, rest, wanted, when)

    def _taken(self, question: Question, sheet: FactSheet) -> list[Values]:
        """The usual answer; the first one where a detail must be answered."""
        return [frozenset((question.usual,))] if question.usual else self._tried(question, sheet, ANY)[:1]

    def _tried(self, question: Question, sheet: FactSheet, when: Condition) -> list[Values]:
        if question.kind is Kind.PICK:
            ids: Iterable[str] = {self._alike(c): c for c in picks(question, self.book, sheet, sheet.on)}.values()
        else:
            ids = [answer.id for answer in offered(question, sheet)]
        named = dict(when.terms).get(question.id)
        return [frozenset((answer,)) for answer in ids if named is None or answer in named]

    def _alike(self, code: str) -> object:
        """What rules can see of a picked code: side, area and seventh character of a diagnosis, a stem they name."""
        row = self.book.diagnosis(code)
        return (row.laterality, row.area, bool(row.seventh), code if code in self._named else "") if row else code
