"""Sections of a note: where they begin and what kind they are. Headings are data (``resources/cues/sections.toml``).

A heading is a line of its own, the words before a colon or a row of dots at the begin of a line, or a known heading
with a colon in running text. What stands before the first heading, and under headings that nobody knows, is ``body``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from encoder.core.note.headings import (
    BODY,
    EITHER,
    LONG,
    OPERATION,
    ORNAMENT,
    SAID,
    TITLE,
    WORD,
    Headings,
    Mark,
    marks_of,
)

_TOLD = re.compile(r"\b(?:was|were|is|had been|underwent)\b")
_UNDER_WAY = re.compile(
    r"\b(incisions?|draped|prepped|supine|prone|decubitus|closed|closure|tourniquet|time[ -]?out"
    r"|taken to|brought to|induction)\b"
)
"""Words that no title has: three of them under a heading such as "procedure" tell the story."""
_ITEMS = re.compile(r"\n\s*[*+>-]")
_DONE = re.compile(
    r"\b(?:cuts?|sawn|split|ligated|divided|drains?|thawed|plates?|screws?|nail|closed|clips|sutured|capsule)\b"
)
_WORKED = re.compile(
    r"\b(?:cut|sawn|trimmed|shaped|interposed|seated|inlaid|fixed|plated|held|plate|screws|nail|lcp)\b"
)
"""Work on a graft that no name of an operation says."""
_MANY_ITEMS, _MANY_DONE = 4, 3
"""A list of so many steps with so many words of work is no list of names."""
_POSTOP = frozenset(("post", "op", "postop"))
_STORY = 200


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the note under one heading.

    Attributes:
        body: where its text begins, behind the heading.
        row: whether it is one row of a form, whose label is a part of what it says.
    """

    kind: str
    title: str
    start: int
    end: int
    body: int
    row: bool = False


def sections_of(text: str, folded: str, headings: Headings) -> tuple[Section, ...]:
    """The sections in order; together they cover the whole text."""
    marks = marks_of(text, folded, headings)
    if not marks or folded[: marks[0].start].strip(ORNAMENT):
        marks.insert(0, Mark(0, 0, BODY))
    else:
        marks[0] = Mark(0, marks[0].body, marks[0].kind)
    ends = [mark.start for mark in marks[1:]] + [len(text)]
    made: list[Section] = []
    titled = False
    for mark, end in zip(marks, ends, strict=True):
        kind, label = mark.kind, folded[mark.start : mark.body]
        if kind == EITHER:
            first = text[mark.start : mark.body].split()[:1]
            more = bool(made) and made[-1].kind == TITLE and made[-1].title.split()[:1] == first
            brief = more and end - mark.body <= _STORY and bool(OPERATION.match(folded[mark.body : end].lstrip()))
            kind = TITLE if brief or not (titled or _tells(folded[mark.body : end])) else "technique"
        elif kind == TITLE and (_steps(folded[mark.body : end]) or (titled and _tells(folded[mark.body : end]))):
            kind = "technique"
        elif not made and kind in ("technique", BODY) and _entitled(folded[mark.body : end]):
            kind = TITLE
        if kind == "plan" and made and made[-1].kind == "preoperative" and set(WORD.findall(label)) <= _POSTOP:
            kind = "diagnosis"  # "Pre-op: osteosarcoma. Post-op: same."
        titled = titled or (kind == TITLE and bool(folded[mark.body : end].strip(ORNAMENT)))
        title = text[mark.start : mark.body].strip(" \t\n:*_#.=-|[]")
        made.append(Section(kind, title, mark.start, end, mark.body, mark.row))
    told = any(s.kind in ("technique", BODY) and s.end - s.body >= _STORY for s in made)
    return tuple(made if told else (part for section in made for part in _told_on(folded, section)))


def _told_on(folded: str, section: Section) -> Iterator[Section]:
    """A title that goes on to tell the work, in a note without a story: "Wide resection; allograft cut, plated"."""
    names, more, work = folded[section.body : section.end].partition(";")
    if section.kind != TITLE or not more or len(set(_WORKED.findall(work))) < 2:
        yield section
        return
    turn = section.body + len(names) + 1
    yield replace(section, end=turn)
    yield Section("technique", "", turn, section.end, turn)


def section_at(sections: Sequence[Section], place: int) -> Section:
    """The section that holds a place."""
    return sections[max(0, bisect_right([section.start for section in sections], place) - 1)]


def _tells(folded: str) -> bool:
    """Whether the text under a heading like 'procedure' is the story rather than the name of it."""
    first, _, more = folded.lstrip(" \t").partition("\n")
    if (
        more
        and OPERATION.match(first)
        and len(first) <= _STORY
        and not (_TOLD.search(first) or _UNDER_WAY.search(first))
    ):
        return False
    if _steps(folded):
        return True
    if len(folded) > _STORY and len(set(_UNDER_WAY.findall(folded))) >= 3:
        return True
    first = folded.lstrip().partition("\n")[0]
    return len(folded) > LONG and len(_TOLD.findall(folded)) >= 3 and bool(_TOLD.search(first))


def _steps(folded: str) -> bool:
    """Whether a list is one of steps that were done, not of names."""
    return len(_ITEMS.findall(folded)) >= _MANY_ITEMS and len(set(_DONE.findall(folded))) >= _MANY_DONE


def _entitled(folded: str) -> bool:
    """Whether the first line of a note is the name of the operation: "Report: Resection of the calcaneus"."""
    first, _, more = folded.lstrip(" \t").partition("\n")
    told = _TOLD.search(first) or _UNDER_WAY.search(first) or SAID.search(first)
    return bool(more.strip() and OPERATION.match(first) and len(first) <= _STORY and not told)
