"""The commands as a script calls them: every way of a date, and decisions."""

from __future__ import annotations

import io
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypedDict, cast

from encoder.commands import decide
from encoder.commands.shipped import Shipped
from tests.commands.calls import Kept, Line, Path, call
from tests.data.auditor import STRUCTURAL, codes

NOW = date(2026, 5, 1)


class Why(TypedDict):
    rule: str
    say: str
    cites: list[str]


class WhyNot(TypedDict):
    code: str
    say: str
    because: dict[str, str]


class Next(TypedDict):
    question: str
    answers: list[dict[str, str]]


class Decided(TypedDict):
    """What is read of ``decide --json`` here."""

    status: str
    outcome: dict[str, str]
    lines: list[Line]
    trail: list[dict[str, str]]
    next: Next | None
    assumed: list[dict[str, str]]
    why: list[Why]
    why_not: list[WhyNot]
    queries: list[dict[str, str]]
    edits: list[dict[str, str | None]]


@dataclass
class Program:
    """The commands, called as a script calls them."""

    shipped: Shipped
    ways: dict[date, list[Path]] = field(default_factory=dict)

    def paths(self, on: date = NOW) -> list[Path]:
        if on not in self.ways:
            self.ways[on] = call(self.shipped, "tree", "paths", "--dos", on.isoformat()).paths
        return self.ways[on]

    def decide(self, answers: Mapping[str, str], on: date = NOW) -> Decided:
        kept = Kept(io.StringIO(), io.StringIO())
        given = [f"{question}={answer}" for question, answer in answers.items()]
        decide.run(Namespace(answer=given, answers=None, tree=None, json=True, note=None), self.shipped, kept, on)
        return cast(Decided, kept.objects[0])

    def complete(self, answers: Mapping[str, str], on: date = NOW) -> Decided:
        """Decide; a detail that must be answered and was not gets its first answer."""
        decided = self.decide(answers, on)
        while decided["status"] == "incomplete" and decided["next"] is not None:
            answers = {**answers, decided["next"]["question"]: decided["next"]["answers"][0]["id"]}
            decided = self.decide(answers, on)
        return decided

    def listed(self, on: date = NOW) -> list[Path]:
        """A way for each of the ten primaries with each structural add-on."""
        found = {codes(way["lines"]): way for way in self.paths(on) if codes(way["lines"]) & STRUCTURAL}
        assert len(found) == 30
        return [*found.values()]
