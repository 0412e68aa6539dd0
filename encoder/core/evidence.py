"""The evidence of a case: stretches of the note that were tied to answers, and to facts of the documentation list.

Evidence never decides anything. It belongs to an answer: when another answer is given it waits, and counts again when
that answer comes back. So nothing is lost by going back and forth, and no quote stands under an answer that it does not
prove.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from encoder.core.tree.model import NOTHING, Values


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch of a document. Its words stay out of its representation: that may end in the text of an error.

    Attributes:
        document: the name of the document; ``start`` and ``end`` are characters in its text, where ``quote`` stands.
        place: where that is, in words: heading and line.
        answers: the answers it proves; empty for whichever is given, and for facts of the documentation list.
    """

    document: str
    start: int
    end: int
    quote: str = field(repr=False)
    place: str = ""
    answers: Values = NOTHING

    @property
    def words(self) -> str:
        """The quote on one line."""
        return " ".join(self.quote.split())


Evidence = Mapping[str, tuple[Quoted, ...]]
"""Quotes by the question, or the fact of the documentation list, that they were tied to. A fact with no quotes at all
had some taken off by the coder."""


def counting(quotes: Iterable[Quoted], given: Values) -> tuple[Quoted, ...]:
    """The quotes that prove what is given; those of another answer wait."""
    return tuple(quote for quote in quotes if quote.answers <= given)


def tied(quotes: Iterable[Quoted], given: Values) -> tuple[Quoted, ...]:
    """The quotes once an answer is given: what was for whichever answer is now for this one."""
    return distinct(quote if quote.answers else replace(quote, answers=given) for quote in quotes)


def distinct(quotes: Iterable[Quoted]) -> tuple[Quoted, ...]:
    """The quotes in order, the same stretch for the same answers once."""
    held: dict[tuple[str, int, int, Values], Quoted] = {}
    for quote in quotes:
        held.setdefault((quote.document, quote.start, quote.end, quote.answers), quote)
    return tuple(held.values())
