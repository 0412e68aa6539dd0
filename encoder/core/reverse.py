"""From a code back to the facts: which answers lead to it, in few groups, and the answers as assumptions to start with.

Every way of the tree on the date is looked through, so that nothing is left out; ways that differ in one answer only
are put together. The result says what the note must hold for the code, never that it holds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from encoder.core.page.evidence import POS, Desk
from encoder.core.tree.facts import rests_on
from encoder.core.tree.model import LineSpec, Question, Rule, Tree, Values
from encoder.core.tree.reach import Reach, possible_codes
from encoder.errors import UsageError

Answered = Mapping[str, Values]
Group = tuple[tuple[str, Values], ...]


@dataclass(frozen=True, slots=True)
class Need:
    """One answer, or one of several, that a trail asks for. ``every`` when any answer of the question will do."""

    question: str
    label: str
    ask: str
    answers: tuple[str, ...]
    say: tuple[str, ...]
    every: bool


@dataclass(frozen=True, slots=True)
class Trail:
    """One group of ways to a code: what must be answered, in the order of the walk.

    ``details`` are refining answers of which one puts the code on the claim; they are empty where the way itself does.
    ``ways`` counts the ways put together.
    """

    needs: tuple[Need, ...]
    details: tuple[Need, ...]
    ways: int

    @property
    def assumed(self) -> Mapping[str, str]:
        """The answers that are settled by the code alone, to start the tree with as assumptions to confirm."""
        return {need.question: need.answers[0] for need in self.needs if len(need.answers) == 1}


def trails(desk: Desk, reach: Reach, code: str, beside: str = "") -> tuple[Trail, ...]:
    """The groups of ways that can end in a code on the reach's date; the ways that give it themselves come first.

    Empty when no way leads to it.

    Args:
        beside: a second code that must stand on the same claim; empty asks for none.
    """
    tree = desk.tree
    found = reach.leading_to(code)
    if beside:
        others = [answers for answers, _ in reach.leading_to(beside)]
        found = tuple(way for way in found if way[0] in others)
    own = [answers for answers, gives in found if gives]
    swaps = reach.swapped_to(code)
    swapped = {id(answers) for _, ways in swaps for answers in ways}
    by_detail = [answers for answers, gives in found if not gives and id(answers) not in swapped]
    keyed = {question for question, _ in _keys(desk, code, _end_lines(tree))}
    details = _details(desk, code)
    sides = tuple(need for need in details if need.question in keyed)
    made = [_trail(tree, group, sides, count) for group, count in _grouped(tree, own)]
    for rule, ways in () if beside else swaps:
        made += [_trail(tree, group, _asked_by(tree, rule), count) for group, count in _grouped(tree, ways)]
    if by_detail:
        made.append(_trail(tree, _common(by_detail), details, len(by_detail)))
    return tuple(made)


def differing(found: Sequence[Trail]) -> tuple[tuple[Need, ...], ...]:
    """What tells each trail from the others: what it asks for that not all of them ask for in the same words."""
    asked = [(*trail.needs, *trail.details) for trail in found]
    return tuple(tuple(one for one in needs if not all(one in others for others in asked)) for needs in asked)


def written(desk: Desk, text: str) -> str:
    """A code as somebody wrote it, as the tables write it.

    Raises:
        UsageError: no table names it.
    """
    code = text.strip().upper()
    place = desk.place(code)
    if place is not None:
        return POS + place.code
    if not desk.title(code):
        raise UsageError(f"No table here names the code '{text}'; check it, or look it up in the code book.")
    return code


def _common(ways: list[Mapping[str, str]]) -> Group:
    """What all of many ways ask for: the questions that each of them answers, with every answer given."""
    shared = [question for question in ways[0] if all(question in answers for answers in ways)]
    return tuple((question, frozenset(answers[question] for answers in ways)) for question in shared)


def _grouped(tree: Tree, ways: Iterable[Mapping[str, str]]) -> list[tuple[Group, int]]:
    """Ways put together as long as two of them differ in the answers to one question only."""
    order = {question: place for place, question in enumerate(tree.questions)}
    groups: dict[Group, int] = {}
    for answers in ways:
        group = tuple((question, frozenset((text,))) for question, text in answers.items())
        groups[group] = groups.get(group, 0) + 1
    settled = False
    while not settled:
        settled = True
        for question in sorted({q for group in groups for q, _ in group}, key=lambda q: -order[q]):
            merged: dict[Group, tuple[Values, int]] = {}
            for group, count in groups.items():
                values = dict(group).get(question)
                rest = tuple((q, frozenset() if q == question else v) for q, v in group)
                held, held_count = merged.get(rest, (frozenset(), 0))
                merged[rest] = (held | (values or frozenset()), held_count + count)
            settled = settled and len(merged) == len(groups)
            groups = {
                tuple((q, values if q == question else v) for q, v in rest): count
                for rest, (values, count) in merged.items()
            }
    return list(groups.items())


def _trail(tree: Tree, group: Group, details: tuple[Need, ...], count: int) -> Trail:
    return Trail(tuple(need(tree.questions[question], values) for question, values in group), details, count)


def need(question: Question, values: Values) -> Need:
    """A question with some of its answers, the answers whose ways are the same taken in."""
    twins = {twin: answer for answer, twin in question.same_ways}
    wanted = values | {twins[value] for value in values if value in twins}
    answers = [answer for answer in question.answers if answer.id in wanted]
    ids = tuple(answer.id for answer in answers) or tuple(sorted(wanted))
    words = tuple(answer.brief for answer in answers) or ids
    return Need(question.id, question.label, question.ask, ids, words, len(answers) == len(question.answers) > 1)


def _details(desk: Desk, code: str) -> tuple[Need, ...]:
    """The refining answers that can put the code on the claim: of the rules that add it, and of the tables behind."""
    tree = desk.tree
    found: dict[str, set[str]] = {}
    for question, value in _keys(desk, code, (*_end_lines(tree), *_rule_lines(tree))):
        if tree.questions[question].refines:
            found.setdefault(question, set()).add(value)
    keyed = frozenset(found)
    for rule in tree.rules:
        if rule.span.covers(desk.on) and _adds(desk, rule, code):
            for fact, values in rule.when.terms:
                if fact in tree.questions and tree.questions[fact].refines and fact not in keyed:
                    found.setdefault(fact, set()).update(values)
    order = {question: place for place, question in enumerate(tree.questions)}
    return tuple(need(tree.questions[q], frozenset(found[q])) for q in sorted(found, key=lambda q: order[q]))


def _asked_by(tree: Tree, rule: Rule) -> tuple[Need, ...]:
    """The refining answers that a rule asks for."""
    terms = [(tree.questions[fact], values) for fact, values in rule.when.terms if fact in tree.questions]
    return tuple(need(question, values) for question, values in terms if question.refines)


def _adds(desk: Desk, rule: Rule, code: str) -> bool:
    lines = (effect.line for effect in rule.effects if effect.line is not None)
    return any(code in possible_codes(desk.tree, desk.book, line) for line in lines)


def _keys(desk: Desk, code: str, lines: Iterable[LineSpec]) -> Iterable[tuple[str, str]]:
    """Question and answer of every row that gives the code on the date, in the lookup tables behind claim lines."""
    tree = desk.tree
    facts = {fact for spec in lines if spec.code_of for fact in rests_on(tree, spec.code_of)}
    cases = [case for fact in facts if fact in tree.derived for case in tree.derived[fact].cases]
    for table in sorted({case.args[0] for case in cases if case.how == "lookup"}):
        columns = desk.book.columns(table)
        for row in desk.book.rows(table):
            if row.code == code and row.span.covers(desk.on):
                yield from ((q, v) for q, v in zip(columns, row.key, strict=True) if v and q in tree.questions)


def _end_lines(tree: Tree) -> tuple[LineSpec, ...]:
    return tuple(spec for outcome in tree.outcomes.values() for spec in outcome.lines)


def _rule_lines(tree: Tree) -> tuple[LineSpec, ...]:
    return tuple(effect.line for rule in tree.rules for effect in rule.effects if effect.line is not None)


def first_answers(desk: Desk, reach: Reach, code: str) -> Answered:
    """One whole way that gives the code, for what depends on the way alone; donor bone before other materials."""
    found = [answers for answers, gives in reach.leading_to(code) if gives]
    chosen = max(found, key=lambda answers: "donor_bone" in answers.values(), default={})
    return {question: frozenset(text.split("+")) for question, text in chosen.items()}
