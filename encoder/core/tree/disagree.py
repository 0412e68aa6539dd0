"""An imported add-on list that says another thing than the questions were made for: a stop that names both sides."""

from __future__ import annotations

from dataclasses import dataclass

from encoder.core.book import Book
from encoder.core.codes import Relation, RelationRow, State
from encoder.core.editions import editions_on
from encoder.core.tree.walk import Position

LISTS = "aoc"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What the imported list says of an add-on and a primary, and a bar of ours (None where there is none).

    ``imported`` and ``bundled`` are the names of the two editions.
    """

    relation: Relation
    bar: RelationRow | None
    imported: str
    bundled: str

    @property
    def theirs(self) -> str:
        """What the imported list says."""
        pair = f"{self.relation.add_on} beside {self.relation.primary}"
        if self.relation.state is not State.ALLOWED or self.relation.row is None:
            return f"{self.imported} does not allow {pair}"
        return f"{self.imported} allows {pair} (row {self.relation.row.id})"

    @property
    def ours(self) -> str:
        """What the bundled tables say."""
        if self.bar is not None:
            return f"the row {self.bar.id} beside {self.bundled} bars it"
        has = "does not have the pair" if self.relation.state is State.ALLOWED else "allows it"
        return f"{self.bundled}, from which the questions were made, {has}"

    @property
    def review(self) -> str:
        """Both in one sentence, with what to do."""
        return f"{self.theirs}; {self.ours}. Read both before the claim goes out: no line is made up here."


def disagreement(position: Position, book: Book) -> Disagreement | None:
    """What an end for imported lists stops at; None for any other end."""
    outcome = position.outcome
    if outcome is None or not outcome.imported:
        return None
    found = (position.facts.worked(fact).evidence for fact in outcome.when.facts())
    relation = next(one for one in found if isinstance(one, Relation))
    rows = (one for one in book.relations(relation.add_on) if one.primary == relation.primary and one.kind == "barred")
    answering = next(note.edition for note in editions_on(book, position.on) if note.edition.table == LISTS)
    others = [edition for edition in book.editions() if edition.table == LISTS and edition != answering]
    named = [f"{edition.label} {edition.edition}" for edition in (answering, *others[-1:])]  # the bundled one is last
    bar = next((one for one in rows if one.span.covers(position.on)), None)
    return Disagreement(relation, bar, named[0], named[-1])
