"""Where the headings of a note stand: known ones, ones given away by their words, rows and columns of a form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from encoder.core.note.rows import rows_of

TITLE, BODY = "title", "body"
EITHER = "title_or_technique"
_LINE = re.compile(r"[^\n]*\n?")
_LEAD = re.compile(r"[\s#*>_=|+-]*(?:(?:\d{1,2}|[a-z])[.)]\s+)?[\s*_]*")
_LABEL = re.compile(r"([^\n:.]{2,70}?)(?:[*_ ]*:[*_]*|\s*\.{2,}:?)(?=[\s*_]|$)")
_BULLET = re.compile(r"\s*[*+>-]\s")
_COLUMN = re.compile(r"([a-z][a-z /&()-]{2,40}?) {3,}(?=\S)")
_DASH = re.compile(r"([a-z][a-z /().-]{1,40}?) -(?=\s)")
_DOTTED = re.compile(r"([a-z][a-z /()-]{2,40}?)\.(?=\s)")
_DOTTED_KINDS = frozenset(
    ("technique", "indications", "history", "consent", "findings", EITHER, TITLE, BODY, "diagnosis")
)
_NEXT = re.compile(
    r" +((?!performed|done|carried|note|report|of|on|and|in|for|to|with|under|as|at|by|were|been|continued)[a-z0-9]+)"
)
_FIRST = re.compile(r"[a-z]+(?:[ -][a-z]+)?")
_DOCUMENT = re.compile(r"\b(?:record|note|report)$")
"""What a document calls itself, which a dash joins to a name, not to a section."""
_STEP = re.compile(r" {0,3}(?:\d{1,2}:\d\d|\(?[a-z0-9]{1,2}[.)]|\d{1,2} ) *\S")
"""A line of a form without a label: a numbered step, or one with the time of the clock."""
_SECOND = re.compile(r" {3,}(?:[a-z0-9][.)] )?([a-z][a-z /-]{1,40}):(?=\s)")
"""A second label in the same row of a form, in a column of its own."""
_INLINE = re.compile(r"(?:(?<=[.;])|(?<=\s\s)|(?<=\n)|(?<=\bperiod))[ \t]{0,8}([a-z][a-z /()-]{1,50}?):(?=\s)")
_CAPITAL = re.compile(r"(?<=[ \t])([A-Z][A-Za-z() -]{1,50}):(?=\s)")
_CAPITAL_WORD = re.compile(r"\b[A-Z]")
WORD = re.compile(r"[a-z]+")
OPERATION = re.compile(
    r"(?!.*\b(?:report|record|notes?|log|form|sheet|clinic|service|department|unit|hospital|adult|list|theatre|team)\b)"
    r".*\b(?:resection|excision|curettage|transplant(?:ation)?|reconstruction|arthroplasty|replacement|fusion"
    r"|arthrodesis|fixation|osteotomy|revision|removal|grafting|acdf|orif)\b"
)
"""What a first line in capitals says when it is the name of the operation and no letterhead."""
_REMARK, _BOOKED = re.compile(r"\([^)]*\)"), re.compile(r"\b(?:scheduled|booked|planned|proposed|consent\w*)\b")
SAID = re.compile(r"\b(?:was|were|is|are|had|has|will|we|i|he|she|then|this|that|it)\b")
"""Words of a sentence: a label with one of them is no heading that can be told by its words."""
LONG = 260
ORNAMENT = " \n*_#>-=|.()0123456789"
_HEAD_WORDS = 9
_WRAP = 50
_CAPITALS = 6
_SHORT = 5
_UNTOLD = frozenset(
    (
        "admin",
        "surgeons",
        "history",
        "indications",
        TITLE,
        EITHER,
        "diagnosis",
        "preoperative",
        "specimens",
        "planned_title",
    )
)
"""Sections before the story: long text behind an unknown heading after them is the story."""


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings that are known.

    Attributes:
        whole: headings as written, with their kind.
        words: words that give an unknown one away, in the order they are tried.
        short: those that may stand before their text without a sign between: "Dx UBC left tibia".
    """

    whole: Mapping[str, str]
    words: Sequence[tuple[str, frozenset[str]]]
    short: frozenset[str]

    def kind(self, label: str, *, guess: bool) -> str:
        """The kind of a heading; empty when it is none."""
        if guess and _REMARK.search(label) and not _BOOKED.search(label):
            label = _REMARK.sub("", label) or label
        words = WORD.findall(label)
        if not words or len(words) > _HEAD_WORDS:
            return ""
        kind = self.whole.get(" ".join(words), "")
        if kind or not guess or SAID.search(label):
            return kind
        there = frozenset(words)
        return next((kind for kind, needed in self.words if needed <= there), "")


@dataclass(frozen=True, slots=True)
class Mark:
    """A heading: where it begins, where its text begins, and the kind of section it opens."""

    start: int
    body: int
    kind: str
    row: bool = False


def _rows(text: str, folded: str, headings: Headings) -> list[Mark]:
    """The rows of a form, and the headings that stand between them on lines of their own."""
    rows = rows_of(folded)
    made = []
    for row in rows:
        kind = headings.kind(folded[row.label : row.stop], guess=True)
        made.append(Mark(row.label, row.body, kind or BODY, row=True))
        end = folded.find("\n", row.body)
        for found in _SECOND.finditer(folded, row.body, len(folded) if end < 0 else end):
            made.append(Mark(found.start(1), found.end(), headings.kind(found[1], guess=True) or BODY, row=True))
    held = {row.start for row in rows}
    for line in _LINE.finditer(folded) if rows else ():
        whole = line[0].strip(ORNAMENT + ":")
        if line.start() in held or not whole:
            continue
        kind = headings.kind(whole, guess=False)
        if not kind and _STEP.match(line[0]):
            made.append(Mark(line.start(), line.start(), BODY))
        if kind or len(whole) > LONG:
            made.append(Mark(line.start(), line.end() if kind else line.start(), kind or BODY))
    return made


def _dotted(folded: str, start: int, end: int, headings: Headings) -> Mark | None:
    """A known heading that ends with a full stop and stands before the text it heads: "Technique. The patient ..."."""
    before = folded[:start].rstrip(" \t>*_#")
    goes_on = before[-1:] == "\n" and before.rstrip()[-1:].isalnum() and not before.endswith("\n\n")
    found = None if goes_on and _wrapped(before) else _DOTTED.match(folded, start, end)
    kind = headings.kind(found[1], guess=False) if found else ""
    return Mark(start, found.end(), kind) if found and kind in _DOTTED_KINDS else None


def _wrapped(before: str) -> bool:
    """Whether a line breaks in the middle of a sentence: it is as long as a line of a wrapped text."""
    return len(before.rstrip().rpartition("\n")[2]) >= _WRAP


def _column(folded: str, start: int, end: int, headings: Headings) -> Mark | None:
    """A heading in a column of its own, or a known one before a dash, with what belongs to it behind."""
    for pattern in (_COLUMN, _DASH):
        found = pattern.match(folded, start, end)
        kind = headings.kind(found[1], guess=pattern is _COLUMN) if found else ""
        if found and kind and not (pattern is _DASH and _DOCUMENT.search(found[1])):
            return Mark(start, found.end(), kind)
    return None


def _bare(text: str, folded: str, start: int, end: int, headings: Headings, *, usual: bool) -> Mark | None:
    """A short known heading at the begin of a line without a sign behind it: "Dx UBC left tibia", "PROCEDURE Wide ...".

    Args:
        usual: the note has such headings; then any known one counts.
    """
    found = _FIRST.match(folded, start, end)
    for label in (found[0], found[0].partition(" ")[0]) if found else ():
        stop = start + len(label)
        after = _NEXT.match(folded, stop, end)
        loud = text[start:stop].isupper() and not text[stop:end].isupper()
        kind = headings.kind(label, guess=False) if after and (usual or loud or label in headings.short) else ""
        if kind and after and not SAID.match(after[1]):
            return Mark(start, after.start(1), kind)
    return None


def _stands_alone(line: str) -> bool:
    """Whether a line of capitals in a note of small letters may be a heading that nobody knows."""
    return len(line.split()) <= _CAPITALS and line[-1] not in ".,;" and not any(sign.isdigit() for sign in line)


def marks_of(text: str, folded: str, headings: Headings) -> list[Mark]:
    """The headings of a note in order: those of a form with rows, else those of a text; none within another."""
    every = _rows(text, folded, headings) or list(_marks(text, folded, headings))
    found = sorted({mark.start: mark for mark in every}.values(), key=lambda m: m.start)
    return [
        mark for mark, before in zip(found, [None, *found], strict=False) if not before or mark.start >= before.body
    ]


def _marks(text: str, folded: str, headings: Headings) -> Iterator[Mark]:
    last, bared = "", False
    loud = text.isupper()
    for line in _LINE.finditer(folded):
        whole = line[0].strip()
        if not whole:
            continue
        lead = _LEAD.match(folded, line.start(), line.end())
        start = lead.end() if lead else line.start()
        label = _LABEL.match(folded, start, line.end())
        if label:
            rest = folded[label.end() : line.end()].strip(" *_\n")
            short = len(label[1].split()) <= _SHORT and not _BULLET.match(folded, line.start(), start)
            kind = headings.kind(label[1], guess=not rest or short)
            unknown = len(label[1].split()) <= _HEAD_WORDS and (not rest or (last in _UNTOLD and len(rest) > LONG))
            if kind or unknown:
                last = kind or BODY
                yield Mark(start, label.end(), last)
        elif dotted := _dotted(folded, start, line.end(), headings):
            last = dotted.kind
            yield dotted
        elif column := _column(folded, start, line.end(), headings):
            last = column.kind
            yield column
        elif bare := _bare(text, folded, start, line.end(), headings, usual=bared):
            last, bared = bare.kind, True
            yield bare
        elif len(whole) <= 70:
            capitals = text[start : line.end()].isupper()
            kind = headings.kind(whole, guess=whole.startswith("#") or capitals)
            kind = "" if kind == BODY and loud else kind
            if not kind and capitals and not loud and not last and OPERATION.match(whole):
                last = TITLE
                yield Mark(start, start, TITLE)
            elif not kind and capitals and not loud and _stands_alone(whole):
                kind = BODY
            if kind:
                last = kind
                yield Mark(start, line.end(), kind)
    for found in _INLINE.finditer(folded):
        kind = headings.kind(found[1], guess=False)
        if kind:
            yield Mark(found.start(1), found.end(), kind)
    for found in _CAPITAL.finditer(text):
        yield from _within(found, headings)


def _within(found: re.Match[str], headings: Headings) -> Iterator[Mark]:
    """A known heading with a capital and a colon in running text: "left tibia PROCEDURE: Wide resection"."""
    for word in _CAPITAL_WORD.finditer(found[1]):
        label = found[1][word.start() :]
        kind = headings.kind(label.lower(), guess=False)
        if kind:
            yield Mark(found.start(1) + word.start(), found.end(), kind)
            return
