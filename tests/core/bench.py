"""Walks and explains cases of the small tree for the tests of the core."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from encoder.core.session import Session
from encoder.core.tree.explain import Result, explain
from encoder.core.tree.facts import FactSheet
from encoder.core.tree.model import Case, Derived, Rule, Tree, Values
from encoder.core.tree.reach import Reach
from encoder.core.tree.rules import Claim, claim
from encoder.core.tree.walk import Position, parse_answer, walk
from encoder.store.codebook import Codebook
from tests.core.small import NOW

LISTED = {"claim": "surgeon", "form": "joint", "bone": "femur", "placed": "yes"}
"""The way to the add-on beside its listed primary."""
REFUSED = {"claim": "surgeon", "form": "joint", "bone": "fibula"}
"""The way to the primary that bars the add-on."""
CHIPS = {"claim": "surgeon", "form": "chips", "bone": "femur"}


@dataclass(frozen=True)
class Bench:
    """A tree with its tables."""

    tree: Tree
    book: Codebook
    _reach: dict[tuple[Tree, date], Reach] = field(default_factory=dict)

    def with_rules(self, *rules: Rule) -> Bench:
        """The same tree with other rules."""
        return Bench(replace(self.tree, rules=rules), self.book)

    def answers(self, given: Mapping[str, str]) -> dict[str, Values]:
        return {question: parse_answer(self.tree, self.book, question, text) for question, text in given.items()}

    def at(self, given: Mapping[str, str], on: date = NOW) -> Position:
        return walk(self.tree, self.book, self.answers(given), on)

    def claim(self, given: Mapping[str, str], on: date = NOW) -> Claim:
        return claim(self.at(given, on))

    def lines(self, given: Mapping[str, str], on: date = NOW) -> list[str]:
        """The claim lines as they are entered, with their roles."""
        return [f"{line.role} {line.text}" for line in self.claim(given, on).lines]

    def reach(self, on: date = NOW) -> Reach:
        if (self.tree, on) not in self._reach:
            self._reach[self.tree, on] = Reach(self.tree, self.book, on)
        return self._reach[self.tree, on]

    def explained(self, given: Mapping[str, str], on: date = NOW, case: str = "") -> Result:
        return explain(self.at(given, on), self.book, self.reach(on), case)

    def facts(self, asked: Mapping[str, str], *cases: Case, on: date = NOW) -> FactSheet:
        """Facts of a case; ``cases`` are the ways to a fact called ``made``."""
        tree = replace(self.tree, derived={**self.tree.derived, "made": Derived("made", "Made here", cases, "here")})
        values = {name: frozenset(filter(None, text.split("+"))) for name, text in asked.items()}
        return FactSheet(tree, self.book, on, values)

    def session(self, on: date = NOW) -> Session:
        return Session(self.tree, self.book, on)
