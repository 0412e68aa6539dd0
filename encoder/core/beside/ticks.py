"""What ticks the documentation list of a result: the quote that shows each fact, or that none does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from encoder.core.beside.case_note import CaseNote
from encoder.core.evidence import Evidence, Quoted, counting
from encoder.core.note.evidence import evidence_of
from encoder.core.note.suggest import Walked
from encoder.core.tree.explain import ChecklistItem
from encoder.core.tree.model import NOTHING, Values
from encoder.core.tree.walk import Position

_MANY = frozenset(("other_work", "graft_placed"))
_OWN_WORDS = frozenset(("approach", "specimen"))
"""Facts that the answer to a question does not tick: they need words of their own."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A fact of the list with the quotes that show it, and the subject that they are tied to."""

    item: ChecklistItem
    quotes: tuple[Quoted, ...]
    subject: str


def name_of(item: ChecklistItem) -> str:
    """The name of a fact, the same for every code that asks for it."""
    return item.fact.rpartition(".")[2]


def settles(item: ChecklistItem) -> bool:
    """Whether the evidence of the item's question shows the fact too."""
    return bool(item.question) and item.question not in _MANY and name_of(item) not in _OWN_WORDS


def ticks(
    checklist: Iterable[ChecklistItem],
    evidence: Evidence,
    given: Mapping[str, Values],
    note: CaseNote | None,
    position: Position,
) -> tuple[Tick, ...]:
    """Every fact of a list with its quotes.

    What the coder tied to the fact itself counts first, also when that is nothing; then the words of the note that tell
    it (a donor piece cut, templated, fixed), then the evidence of the answer that settles it.

    Args:
        given: the answers by their question.
    """
    told = {} if note is None else evidence_of(note.reading, Walked(position, (), (), ()), ())
    made = []
    for item in checklist:
        quotes, subject = evidence.get(item.fact), item.fact
        if quotes is None and note is not None:
            found = told.get(name_of(item), [])[:1]
            quotes = tuple(quoted for finding in found for quoted in note.quoted(finding.start, finding.end))
        if not quotes and item.fact not in evidence and settles(item):
            answered = counting(evidence.get(item.question, ()), given.get(item.question, NOTHING))
            quotes, subject = answered, item.question if answered else item.fact
        made.append(Tick(item, quotes or (), subject))
    return tuple(made)
