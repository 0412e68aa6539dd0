"""A coder's own favourites and notes on codes: plain values, and whether what a note speaks of has changed since.

A note remembers what its row said when it was written. After an update of the tables the row may say something else:
the note is then flagged, never dropped. Notes are about codes; what looks like a patient is refused.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from encoder.core.page.evidence import Desk
from encoder.errors import UsageError

LONGEST = 2000
_PERSONAL = (
    (re.compile(r"\b\d{6,}\b"), "a number of six digits or more"),
    (re.compile(r"\b\d{3}-\d{2}-\d{4}\b"), "a social security number"),
    (re.compile(r"\b\d{3}[-. ]\d{3}[-. ]\d{4}\b"), "a telephone number"),
    (re.compile(r"\S+@\S+\.\w+"), "an electronic address"),
    (re.compile(r"\b(?:MRN|DOB)\b", re.IGNORECASE), "a record number or date of birth"),
    (re.compile(r"\b(?:Mr|Mrs|Ms|Miss)\.? [A-Z]\w+"), "a name"),
)


@dataclass(frozen=True, slots=True)
class OwnNote:
    """One note on a code. ``table`` and ``key`` name the row it speaks of; ``hash`` is what the row said then."""

    code: str
    text: str
    written: date
    table: str
    key: str
    hash: str


@dataclass(frozen=True, slots=True)
class Collection:
    """Everything a coder keeps about codes, in the order it was put there."""

    favourites: tuple[str, ...] = ()
    notes: tuple[OwnNote, ...] = ()

    def notes_on(self, code: str) -> tuple[OwnNote, ...]:
        """The notes on a code, oldest first."""
        return tuple(note for note in self.notes if note.code == code)


def with_favourite(collection: Collection, code: str) -> Collection:
    """The collection with a code among the favourites; once is enough."""
    return (
        collection if code in collection.favourites else replace(collection, favourites=(*collection.favourites, code))
    )


def without_favourite(collection: Collection, code: str) -> Collection:
    """The collection without a favourite."""
    return replace(collection, favourites=tuple(kept for kept in collection.favourites if kept != code))


def with_note(
    collection: Collection, desk: Desk, code: str, text: str, written: date, table: str = "", key: str = ""
) -> Collection:
    """The collection with one more note.

    Args:
        table, key: the row that the note speaks of; left out, it is the row of the code itself.

    Raises:
        UsageError: the text is empty or too long, it looks like a patient, or no table holds the row.
    """
    said = text.strip()
    if not said or len(said) > LONGEST:
        raise UsageError(f"The note on {code} has {len(said)} characters; write between 1 and {LONGEST}.")
    found = personal(said)
    if found:
        raise UsageError(f"The note on {code} seems to hold {found[0]}; notes are about codes: take it out.")
    table, key = (table, key) if table else (system_of(desk, code), code)
    digest = hash_of(desk, table, key)
    if not digest:
        raise UsageError(f"No table holds the row '{key}' of '{table}'; a note needs a code or a row that exists.")
    return replace(collection, notes=(*collection.notes, OwnNote(code, said, written, table, key, digest)))


def without_note(collection: Collection, note: OwnNote) -> Collection:
    """The collection without a note."""
    return replace(collection, notes=tuple(kept for kept in collection.notes if kept != note))


def changed(desk: Desk, note: OwnNote) -> bool:
    """Whether the row that a note speaks of says something else now, or is gone."""
    return hash_of(desk, note.table, note.key) != note.hash


def personal(text: str) -> tuple[str, ...]:
    """What in a text looks like a patient; empty when nothing does."""
    return tuple(what for pattern, what in _PERSONAL if pattern.search(text))


def system_of(desk: Desk, code: str) -> str:
    """The table that a code stands in; empty when none names it."""
    book = desk.book
    held = (
        ("cpt", book.code(code)),
        ("icd10cm", desk.diagnosis(code)),
        ("icd10pcs", book.procedure(code)),
        ("modifiers", book.modifier(code)),
        ("hcpcs", book.supply(code)),
        ("icd10cm_list", book.icd_entry(code)),
    )
    return next((table for table, row in held if row is not None), "")


def hash_of(desk: Desk, table: str, key: str) -> str:
    """A short hash over what a row says, whatever its sources; empty when there is no such row."""
    said = list(_said(desk, table, key))
    if not said:
        return ""
    return hashlib.sha256(json.dumps(said, default=str, ensure_ascii=False).encode()).hexdigest()[:16]


def _said(desk: Desk, table: str, key: str) -> Iterable[object]:
    """What a row says, as plain values; nothing when there is none."""
    book = desk.book
    if table == "cpt" and (code := book.code(key)) is not None:
        yield from (code.title, code.plain, code.site, code.category, code.includes_graft, code.replaced_by)
        yield from (code.span.start, code.span.end)
    elif table == "icd10cm" and (row := desk.diagnosis(key)) is not None:
        yield from (row.code, row.title, row.laterality, row.seventh, row.note, row.span.start, row.span.end)
    elif table == "icd10pcs" and (procedure := book.procedure(key)) is not None:
        yield from (procedure.title, procedure.span.start, procedure.span.end)
    elif table == "modifiers" and (modifier := book.modifier(key)) is not None:
        yield from (modifier.title, modifier.use, modifier.not_for)
    elif table == "hcpcs" and (supply := book.supply(key)) is not None:
        yield from (supply.title, supply.plain, supply.use, supply.not_for, supply.span.start, supply.span.end)
    elif table == "icd10cm_list" and (entry := book.icd_entry(key)) is not None:
        yield from (entry.title, entry.kind, entry.seventh, entry.span.start, entry.span.end)
    elif table == "aoc":
        _, _, codes = key.partition(":")
        yield from (r.hash for r in book.relations(codes.partition(">")[0]) if r.id == key)
    elif table.startswith("ptp"):
        pair_codes = key.rpartition(":")[2].partition(">")[0]
        found = (p for p in book.pairs(pair_codes) if p.id == key)
        yield from ((p.column1, p.column2, p.indicator, p.rationale, p.span.start, p.span.end) for p in found)
    elif ":" in key:
        name, _, field = key.partition(":")
        yield from ((f.value, f.span.start, f.span.end) for f in book.indicators(name) if f.field == field)
    else:
        yield from (lookup.hash for lookup in book.rows(table) if lookup.id == key)
