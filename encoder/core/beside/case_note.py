"""The note of a case: one or several documents, joined and read, and where in them something stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from encoder.core.evidence import Quoted
from encoder.core.note.cues import Cues
from encoder.core.note.reading import Progress, Reading, read
from encoder.core.note.sections import section_at
from encoder.core.query import Quote
from encoder.core.tree.model import NOTHING, Values

PASTED = "operative note"
"""The name of a document that came without one."""
_NO_BRACKETS = str.maketrans("[]()", "    ")
"""A place stands in brackets."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a case, read: its name without the folder, and its text."""

    name: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Part:
    """A document in the joined text: its name, and where it begins and ends."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class CaseNote:
    """The documents of a case as one text, and what was read in it. Its words stand in no representation of it."""

    parts: tuple[Part, ...]
    reading: Reading = field(repr=False)

    @property
    def text(self) -> str:
        """The joined text, as it is shown."""
        return self.reading.text

    def part_at(self, place: int) -> Part:
        """The document that holds a character; between two documents the one before."""
        return self.parts[max(0, bisect_right([part.start for part in self.parts], place) - 1)]

    def text_of(self, part: Part) -> str:
        """The text of one document."""
        return self.text[part.start : part.end]

    def quoted(self, start: int, end: int, answers: Values = NOTHING) -> Iterator[Quoted]:
        """A stretch of the text as evidence, without the blanks around it; one quote for each document it touches."""
        for part in self.parts:
            first, last = max(start, part.start), min(end, part.end)
            stretch = self.text[first:last]
            if first < last and stretch.strip():
                first += len(stretch) - len(stretch.lstrip())
                stretch = stretch.strip()
                at = first - part.start
                yield Quoted(part.name, at, at + len(stretch), stretch, self._within(part, first), answers)

    def where(self, quoted: Quoted) -> tuple[int, int] | None:
        """Where a quote stands in the joined text; None when the document is gone or has other words there."""
        for part in self.parts:
            if part.name == quoted.document and self.text_of(part)[quoted.start : quoted.end] == quoted.quote:
                return part.start + quoted.start, part.start + quoted.end
        return None

    def quote(self, start: int, end: int) -> Quote:
        """A stretch as a query quotes it: on one line, with document, heading and line.

        A document that is the only one goes without its name: names of files may tell the patient's.
        """
        part = self.part_at(start)
        name = part.name if len(self.parts) > 1 else PASTED
        place = f"{name}, {self._within(part, start)}".translate(_NO_BRACKETS)
        return Quote(" ".join(self.text[start:end].split()), " ".join(place.split()))

    def _within(self, part: Part, place: int) -> str:
        """Heading and line of a place, the line counted in its document."""
        row = self.text.count("\n", part.start, place) + 1
        section = section_at(self.reading.sections, place)
        title = " ".join(section.title.split()).lower() if section.start >= part.start else ""
        return f"{title}, line {row}" if title else f"line {row}"


def read_note(parts: Sequence[Part], text: str, cues: Cues, progress: Progress | None = None) -> CaseNote:
    """Read the joined text of a case.

    Args:
        progress: called now and then with the characters read and their number.
    """
    return CaseNote(tuple(parts), read(text, cues, progress))
