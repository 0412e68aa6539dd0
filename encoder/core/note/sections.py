"""Sections of a note: where they begin and what kind they are. Headings are data (``resources/cues/sections.toml``).

A heading is a line of its own, the words before a colon or a row of dots at the begin of a line, or a known heading
with a colon in running text. What stands before the first heading, and under headings that nobody knows, is ``body``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

TITLE, BODY = "title", "body"
EITHER = "title_or_technique"
_LINE = re.compile(r"[^\n]*\n?")
_LEAD = re.compile(r"[\s#*>_=|+-]*(?:(?:\d{1,2}|[a-z])[.)]\s+)?[\s*_]*")
_LABEL = re.compile(r"([^\n:.]{2,70}?)(?:[*_ ]*:[*_]*|\s*\.{2,}:?)(?=[\s*_]|$)")
_INLINE = re.compile(r"(?:(?<=[.;])|(?<=\s\s)|(?<=\n)|(?<=\bperiod))[ \t]{0,8}([a-z][a-z /()-]{1,50}?):(?=\s)")
_WORD = re.compile(r"[a-z]+")
_TOLD = re.compile(r"\b(?:was|were|is|had been|underwent)\b")
_LONG = 260
_ORNAMENT = " \n*_#>-=|.()0123456789"
_HEAD_WORDS = 9
_BARE = frozenset(("admin", "surgeons"))
"""Sections of a few words: long text behind an unknown heading after them is the story."""


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the note under one heading. ``body`` is where its text begins, behind the heading."""

    kind: str
    title: str
    start: int
    end: int
    body: int


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings that are known: whole ones, and words that give an unknown one away, in the order they are tried."""

    whole: Mapping[str, str]
    words: Sequence[tuple[str, frozenset[str]]]

    def kind(self, label: str, *, guess: bool) -> str:
        """The kind of a heading; empty when it is none."""
        words = _WORD.findall(label)
        if not words or len(words) > _HEAD_WORDS:
            return ""
        kind = self.whole.get(" ".join(words), "")
        if kind or not guess:
            return kind
        there = frozenset(words)
        return next((kind for kind, needed in self.words if needed <= there), "")


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    body: int
    kind: str


def sections_of(text: str, folded: str, headings: Headings) -> tuple[Section, ...]:
    """The sections in order; together they cover the whole text."""
    marks = sorted({mark.start: mark for mark in _marks(text, folded, headings)}.values(), key=lambda m: m.start)
    marks = [
        mark for mark, before in zip(marks, [None, *marks], strict=False) if not before or mark.start >= before.body
    ]
    if not marks or folded[: marks[0].start].strip(_ORNAMENT):
        marks.insert(0, _Mark(0, 0, BODY))
    else:
        marks[0] = _Mark(0, marks[0].body, marks[0].kind)
    ends = [mark.start for mark in marks[1:]] + [len(text)]
    made: list[Section] = []
    titled = False
    for mark, end in zip(marks, ends, strict=True):
        kind = mark.kind
        if kind == EITHER:
            kind = "technique" if titled or _tells(folded[mark.body : end]) else TITLE
        titled = titled or kind == TITLE
        made.append(Section(kind, text[mark.start : mark.body].strip(" \t\n:*_#.=-|"), mark.start, end, mark.body))
    return tuple(made)


def section_at(sections: Sequence[Section], place: int) -> Section:
    """The section that holds a place."""
    return sections[max(0, bisect_right([section.start for section in sections], place) - 1)]


def _tells(folded: str) -> bool:
    """Whether the text under a heading like 'procedure' is the story rather than the name of it."""
    first = folded.lstrip().partition("\n")[0]
    return len(folded) > _LONG and len(_TOLD.findall(folded)) >= 3 and bool(_TOLD.search(first))


def _marks(text: str, folded: str, headings: Headings) -> Iterator[_Mark]:
    last = ""
    for line in _LINE.finditer(folded):
        whole = line[0].strip()
        if not whole:
            continue
        lead = _LEAD.match(folded, line.start(), line.end())
        start = lead.end() if lead else line.start()
        label = _LABEL.match(folded, start, line.end())
        if label:
            kind = headings.kind(label[1], guess=True)
            rest = folded[label.end() : line.end()].strip(" *_\n")
            unknown = len(label[1].split()) <= _HEAD_WORDS and (not rest or (last in _BARE and len(rest) > _LONG))
            if kind or unknown:
                last = kind or BODY
                yield _Mark(start, label.end(), last)
        elif len(whole) <= 70:
            kind = headings.kind(whole, guess=whole.startswith("#") or text[start : line.end()].isupper())
            if kind:
                last = kind
                yield _Mark(start, line.end(), kind)
    for found in _INLINE.finditer(folded):
        kind = headings.kind(found[1], guess=False)
        if kind:
            yield _Mark(found.start(1), found.end(), kind)
