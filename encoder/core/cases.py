"""Worked cases, and what it means that one holds: the result is what its source says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from encoder.core.book import Book
from encoder.core.codes import Cites
from encoder.core.tree.explain import Result, explain
from encoder.core.tree.model import Tree
from encoder.core.tree.reach import Reach
from encoder.core.tree.walk import Position, parse_answer, walk


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come out; None or empty where the source says nothing about it.

    ``lines`` are written as on a claim (27365-LT). ``absent`` codes must not be on the claim. ``missing`` is the id of
    the query that a stop raises.
    """

    status: str
    outcome: str
    lines: tuple[str, ...] | None
    warnings: tuple[str, ...]
    absent: tuple[str, ...]
    review: bool | None
    missing: str


@dataclass(frozen=True, slots=True)
class Case:
    """One worked case, written from its sources."""

    id: str
    say: str
    why: str
    cites: Cites
    on: date
    answers: Mapping[str, str]
    expect: Expected


def replay(case: Case, tree: Tree, book: Book, reach: Reach | None = None) -> tuple[Position, Result]:
    """Walk a case.

    Raises:
        UsageError: an answer of the case does not exist in the tree.
    """
    answers = {question: parse_answer(tree, book, question, text) for question, text in case.answers.items()}
    position = walk(tree, book, answers, case.on)
    return position, explain(position, book, reach or Reach(tree, book, case.on))


def differences(case: Case, position: Position, result: Result) -> Iterator[str]:
    """What is not as the source says, one sentence each; none when the case holds."""
    wanted, lines = case.expect, tuple(line.text for line in result.lines)
    if position.aside:
        yield f"{case.id}: answers are not on the way: {', '.join(step.question for step in position.aside)}"
    if result.status != wanted.status:
        yield f"{case.id}: status is {result.status}, {wanted.status} was expected"
    if wanted.outcome and result.ref != wanted.outcome:
        yield f"{case.id}: outcome is {result.ref} ({result.outcome}), {wanted.outcome} was expected"
    if wanted.lines is not None and lines != wanted.lines:
        yield f"{case.id}: lines are {' '.join(lines) or 'none'}, {' '.join(wanted.lines) or 'none'} was expected"
    found = {warning.id for warning in result.warnings}
    for name in wanted.warnings:
        if name not in found:
            yield f"{case.id}: warning {name} is missing ({' '.join(sorted(found)) or 'none'} found)"
    for code in wanted.absent:
        if any(line.code == code for line in result.lines):
            yield f"{case.id}: {code} is on the claim and must not be"
    if wanted.review is not None and bool(result.review) != wanted.review:
        yield f"{case.id}: review is {bool(result.review)}, {wanted.review} was expected"
    if wanted.missing and (position.query is None or position.query.id != wanted.missing):
        asked = position.query.id if position.query else "nothing"
        yield f"{case.id}: the stop asks about {asked}, {wanted.missing} was expected"
