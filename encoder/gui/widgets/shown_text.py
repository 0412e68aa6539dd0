"""A text as Qt shows it: the same characters, counted in UTF-16 units, with breaks where a line would have no end.

Python counts characters, Qt counts units of 16 bits: a character beyond U+FFFF is two of them. A stretch without a
blank that is longer than any word would hold the window up for a minute while Qt looks for a place to break it, so it
is broken here, and the place of every character is known on both sides.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_SOLID = re.compile(r"\S+")
_MARK, _JOINER = "\ufeff", "\u2060"
"""Qt drops a byte order mark at the begin of a text; a word joiner is as invisible and stays."""
MOST_SOLID = 2000
MOST_LINE = 20_000


class ShownText:
    """The words that Qt is given, and where each character of the text stands among its units."""

    def __init__(self, text: str) -> None:
        breaks = sorted(set(_breaks(text)))
        self._wider = sorted([*breaks, *(found.end() for found in _ASTRAL.finditer(text))])
        self._units = [place + before for before, place in enumerate(self._wider, 1)]
        shown = text.replace(_MARK, _JOINER)
        if breaks:
            ends = [*breaks, len(shown)]
            shown = "\n".join(shown[start:end] for start, end in zip([0, *breaks], ends, strict=True))
        self.shown = shown

    def unit(self, place: int) -> int:
        """Where a character begins, in units."""
        return place + bisect_right(self._wider, place)

    def place(self, unit: int) -> int:
        """The character that begins at a unit, or the next one."""
        return unit - bisect_right(self._units, unit)


def _breaks(text: str) -> Iterator[int]:
    """Where lines are broken that are longer than Qt lays out at once."""
    at = 0
    for line in text.split("\n"):
        if len(line) > MOST_LINE:
            yield from range(at + MOST_LINE, at + len(line), MOST_LINE)
        if len(line) > MOST_SOLID:
            for word in _SOLID.finditer(line):
                yield from range(at + word.start() + MOST_SOLID, at + word.end(), MOST_SOLID)
        at += len(line) + 1
