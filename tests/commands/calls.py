"""Calling the program in-process: words in, exit code and both streams out, as a shell would see them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypedDict

from encoder.commands import line
from encoder.commands.output import Output
from encoder.commands.shipped import Shipped
from encoder.errors import EncoderError

TODAY = date(2026, 5, 1)
LISTED = {
    "claim": "surgeon",
    "graft_material": "donor_bone",
    "region": "limb",
    "main_procedure": "radical_resection",
    "graft_form": "osteoarticular",
    "bone": "distal_femur",
    "graft_placed": "yes",
}
"""The way to 20932 beside the resection of the femur."""


class Line(TypedDict):
    code: str
    role: str
    units: int
    modifiers: list[str]
    title: str


class Path(TypedDict):
    trail: list[tuple[str, str]]
    outcome: str
    lines: list[Line]


@dataclass(frozen=True)
class Called:
    """What a call left behind."""

    code: int
    out: str
    err: str

    @property
    def object(self) -> dict[str, object]:
        """The one JSON object on stdout."""
        value = json.loads(self.out)
        assert isinstance(value, dict)
        return value

    @property
    def paths(self) -> list[Path]:
        """The ways that ``tree paths`` printed, one a line."""
        return [json.loads(text) for text in self.out.splitlines()]


def call(shipped: Shipped, *words: str, today: date = TODAY) -> Called:
    """Run a command; errors are said as ``__main__`` says them."""
    out, err = io.StringIO(), io.StringIO()
    output = Output(out, err)
    try:
        code = line.run(line.parse(words), shipped, output, today)
    except EncoderError as error:
        code = line.told(error, output)
    return Called(code, out.getvalue(), err.getvalue())


def answered(trail: Mapping[str, str]) -> Iterator[str]:
    """The words that give answers to ``decide``."""
    for question, answer in trail.items():
        yield from ("-a", f"{question}={answer}")


@dataclass(frozen=True)
class Kept(Output):
    """Keeps each JSON object as it was handed over, for the tests that make thousands of calls."""

    objects: list[Mapping[str, object]] = field(default_factory=list)

    def json(self, value: Mapping[str, object], *, line: bool = False) -> None:
        self.objects.append(value)
