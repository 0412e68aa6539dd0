"""Which edition of a table stands for a date: the one that covers it, else the nearest, said as older or newer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from encoder.core.book import Book
from encoder.core.codes import ICD_LIST, Edition


@dataclass(frozen=True, slots=True)
class EditionNote:
    """One table's edition for the date: ``state`` is covers, older (ends before the date) or newer (begins after)."""

    edition: Edition
    state: str

    def stands(self, on: date) -> date | None:
        """The day whose rows stand for the date: itself, the last day of the edition before it, or none."""
        if self.state == "covers":
            return on
        return self.edition.span.end if self.state == "older" else None


def editions_on(book: Book, on: date) -> tuple[EditionNote, ...]:
    """One edition for each table of the decision: the one that covers the date, else the nearest."""
    return nearest(book.editions(), on)


def nearest(editions: Iterable[Edition], on: date) -> tuple[EditionNote, ...]:
    """One edition for each table: the one that covers the date, else the nearest, said as older or newer."""
    chosen: dict[str, EditionNote] = {}
    for edition in editions:
        state = state_on(edition, on)
        held = chosen.get(edition.table)
        if held is None or _closer(edition, state, held):
            chosen[edition.table] = EditionNote(edition, state)
    return tuple(chosen.values())


def edits_on(book: Book, on: date) -> tuple[EditionNote, ...]:
    """The editions that a claim is held against: those of the decision, and the whole list of diagnoses."""
    listed = (edition for edition in book.book_editions() if edition.table == ICD_LIST)
    return nearest((*book.editions(), *listed), on)


def state_on(edition: Edition, on: date) -> str:
    """How an edition stands to a date: covers, older or newer."""
    span = edition.span
    return "covers" if span.covers(on) else "older" if span.end and span.end < on else "newer"


def _closer(edition: Edition, state: str, held: EditionNote) -> bool:
    if "covers" in (state, held.state):
        return state == "covers" and held.state != "covers"
    mine, other = edition.span, held.edition.span
    if state != held.state:
        return state == "older"
    return (
        (mine.end or date.max) > (other.end or date.max)
        if state == "older"
        else (mine.start or date.min) < (other.start or date.min)
    )
