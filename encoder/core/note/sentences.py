"""Sentences of a section: whole ones, telegraphic lines, list items; abbreviations and decimals do not end one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from encoder.core.note.text import ABBREVIATED

_LOOKED, _WIDEST, _FULL, _MOSTLY = 20_000, 140, 0.7, 0.5
"""How much is looked at; the widest line of a wrapped note; how full its lines are, and how many of them."""
MOST = 700
"""Characters after which a sentence without an end is cut; longer ones are no sentences."""
_END = re.compile(r"[.!?;]+[\"')\]]*(?=\s|$)|\n")
_BULLET = re.compile(r"\s*(?:[-*+>]\s|\(?\d{1,2}[.)]\s|\(?[a-z][.)]\s|[\u2610\u2611])")
_PERIOD = re.compile(r"\bperiod\b\s*")
_MARKS = re.compile(r"[.,;:!?](?=\s|$)")
_SPARSE, _ENOUGH = 250, 400
"""Characters for each sign in a text that was typed as it was spoken, and from which length that can be told."""
_BEGINS = re.compile(
    r"(?<!that )(?<!which )(?<!what )(?<!as )(?<!because )(?<!where )(?<!when )(?<!until )(?<!whom )(?<!since )"
    r"(?<!while )"
    r"(?<!and )(?<!so )(?<!if )(?<!before )(?<!after )(?<!than )(?<!and then )"
    r"\b(?:(?:and )?(?:so )?(?:then|now|next|finally|afterwards|after that)\b"
    r"|(?:and |so )?(?:we|i|she|he|they) (?!are|were to)[a-z]+"
    r"|(?:and )?(?:the )?(?:pre|post)?(?:operative )?(?:diagnosis|procedure|title|operation|plan|indication|findings) "
    r"(?:is|was|were|are|should|will)\b"
    r"|there (?:is|was|were)\b|(?:and )?(?:blood loss|ebl|e b l|counts|cultures|weight bearing|no complications)\b)"
)
"""Where a new thing is said in a text without signs."""


class Typed(Enum):
    """What ends a sentence: signs; the word "period" of a dictation; or, without either, that a new thing is said."""

    SIGNED = "signed"
    PERIODS = "periods"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Sentence:
    """Where a sentence stands in the whole text."""

    start: int
    end: int


def sentences_of(folded: str, start: int, end: int, *, lines: bool, typed: Typed) -> Iterator[Sentence]:
    """The sentences between two places.

    Args:
        lines: every line is one of its own (titles, diagnoses, lists), also where it goes on in small letters.
        typed: what ends a sentence in this note.
    """
    at = start
    for stop in sorted({*_stops(folded, start, end, lines=lines, typed=typed)}):
        yield from _cut(folded, at, stop)
        at = stop
    yield from _cut(folded, at, end)


def typed(folded: str) -> Typed:
    """How the sentences of a note end; a dictation that nobody edited has few signs, or says them as words."""
    if len(_PERIOD.findall(folded, 0, _LOOKED)) >= 3 and folded.count(". ", 0, _LOOKED) < 3:
        return Typed.PERIODS
    signs, size = len(_MARKS.findall(folded, 0, _LOOKED)), min(len(folded), _LOOKED)
    return Typed.BARE if size >= _ENOUGH and signs * _SPARSE <= size else Typed.SIGNED


def wrapped(folded: str) -> bool:
    """Whether lines were broken at a width, so that a line break ends nothing by itself."""
    lines = [line.rstrip() for line in folded[:_LOOKED].split("\n")]
    inside = [len(line) for line, after in pairwise(lines) if line and after.strip()]
    width = max(inside, default=0)
    return width <= _WIDEST and sum(size >= _FULL * width for size in inside) >= _MOSTLY * len(inside)


def _stops(folded: str, start: int, end: int, *, lines: bool, typed: Typed) -> Iterator[int]:
    if typed is Typed.PERIODS:
        yield from (found.end() for found in _PERIOD.finditer(folded, start, end))
        return
    if typed is Typed.BARE:
        yield from (found.start() for found in _BEGINS.finditer(folded, start, end) if found.start() > start)
    for found in _END.finditer(folded, start, end):
        if found[0] == "\n":
            if lines or _line_ends(folded, found.start(), start, end):
                yield found.end()
        elif found[0][0] != "." or not ABBREVIATED.search(folded, max(start, found.start() - 12), found.start() + 1):
            yield found.end()


def _line_ends(folded: str, at: int, start: int, end: int) -> bool:
    """Whether a line break also ends the sentence: what follows is no continuation of a wrapped line."""
    after = folded[at + 1 : min(end, at + 60)]
    if not after.strip() or after[:1] == "\n" or _BULLET.match(after):
        return True
    line = folded[max(start, folded.rfind("\n", start, at) + 1) : at].rstrip()
    return len(line) < 55 or line[-1:] in ":|"


def _cut(folded: str, start: int, end: int) -> Iterator[Sentence]:
    while start < end:
        stop = min(end, start + MOST)
        if stop < end:
            space = folded.rfind(" ", start, stop)
            stop = space + 1 if space > start else stop
        left, right = start, stop
        while left < right and folded[left].isspace():
            left += 1
        while right > left and folded[right - 1].isspace():
            right -= 1
        if left < right:
            yield Sentence(left, right)
        start = stop
