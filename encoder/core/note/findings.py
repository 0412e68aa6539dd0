"""A finding: a fact with its value, status and place, and the words that made the status."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from encoder.core.note.cues import Cue
from encoder.core.note.phrases import Hit
from encoder.core.note.sections import Section
from encoder.core.note.status import AFFIRMED, Statuses
from encoder.core.note.text import Words

NAMES = frozenset(("title", "leading"))
"""Sections that name the operation without telling it."""
TOLD = frozenset(("technique", "body", "findings"))
"""Sections in which the operation is told; only they prove that something was done."""
STATED = frozenset(("diagnosis", "preoperative"))
LISTS = NAMES | {"implants"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact that the note mentions.

    Attributes:
        start, end: its place in the text as shown; ``quote`` is the text there.
        cue: the words that made the status, or the heading; empty when it is plainly said.
        section: kind of the section; ``sentence`` counts the sentences of the note.
        weak: names a thing without telling that it was done.
    """

    fact: str
    value: str
    status: str
    start: int
    end: int
    quote: str
    cue: str
    section: str
    sentence: int
    weak: bool = False

    @property
    def told(self) -> bool:
        """Whether it is affirmed where the operation is told."""
        return self.status == AFFIRMED and self.section in TOLD


def fits(cue: Cue, section: str, marks: frozenset[str]) -> bool:
    """Whether a cue counts in a sentence: in its sections, beside the marks it needs, without those that bar it."""
    if cue.sections and section not in cue.sections:
        return False
    return (not cue.needs or bool(cue.needs & marks)) and not cue.bars & marks


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, looked through: its words, what was found in them, and how cues speak of it."""

    number: int
    section: Section
    kind: str
    words: Words
    hits: tuple[Hit[Cue], ...]
    marks: frozenset[str]
    statuses: Statuses
    lists: Mapping[str, frozenset[str]]
    start: int
    end: int
