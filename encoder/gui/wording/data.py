"""Editions in words: what is loaded of each set, what of it answers on a date, and how far an import is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from encoder.core.codes import Edition, Span
from encoder.gui.widgets.facts import Fact
from encoder.gui.wording.case import spaced
from encoder.gui.wording.refusal import in_window
from encoder.gui.wording.sources import dates
from encoder.store.edition_tables import KINDS
from encoder.store.editions import Held

OFFERED = ("cpt_licensed", "gpci", "hcpcs")
"""Sets that are named in the table although nothing of them is loaded; the others are there once they are imported."""
_NONE = {"cpt_licensed": "needs your licence"}


class Shelf(Protocol):
    """What the table is made from: the library of the window."""

    def bundled(self) -> Iterable[Edition]: ...

    def size(self, edition: Edition) -> int: ...


@dataclass(frozen=True, slots=True)
class EditionRow:
    """One row of the table.

    Attributes:
        id: of an imported edition; empty for a bundled one and for a set of which nothing is loaded.
        first: the first row of its set; the others are set in.
        state: in words; ``icon`` and ``ink`` say the same.
    """

    id: str
    table: str
    label: str
    edition: str
    held: str
    rows: str
    state: str
    icon: str = ""
    ink: str = "text2"
    first: bool = True
    note: str = ""

    @property
    def imported(self) -> bool:
        """Whether it is the user's own."""
        return bool(self.id)

    @property
    def origin(self) -> str:
        """Where it comes from."""
        return "imported" if self.id else "–" if self.state == "not loaded" else "bundled"


@dataclass(frozen=True, slots=True)
class _One:
    """An edition of either kind."""

    label: str
    edition: str
    span: Span
    rows: int
    note: str
    held: Held | None = None

    @property
    def out(self) -> str:
        """Why it answers for nothing; empty where it may."""
        return "damaged" if self.held and self.held.fault else "rolled back" if self.held and self.held.hidden else ""


def rows(held: Sequence[Held], book: Shelf, on: date) -> list[EditionRow]:
    """The table: every set with its editions, newest first, and how each stands to a date."""
    sets: dict[str, list[_One]] = {edition.table: [] for edition in book.bundled()}
    for one in held:
        sets.setdefault(one.kind.name, []).append(
            _One(one.kind.label, spaced(one.edition), one.own, int(one.meta["kept"]), one.fault or one.note, one)
        )
    for edition in book.bundled():
        made = _One(edition.label, spaced(edition.edition), edition.span, book.size(edition), edition.note)
        sets[edition.table].append(made)
    found = [row for table, some in sets.items() for row in _set(table, some, on)]
    missing = (KINDS[table] for table in OFFERED if table not in sets)
    empty = (
        EditionRow("", kind.name, kind.label, "none loaded", _NONE.get(kind.name, ""), "–", "not loaded", "info")
        for kind in missing
    )
    return [*found, *empty]


def _set(table: str, some: Sequence[_One], on: date) -> Iterator[EditionRow]:
    """The rows of one set: imported ones first, as they answer first, each part newest first."""
    ordered = sorted(some, key=lambda one: (bool(one.held), one.span.start or date.min), reverse=True)
    usable = [one for one in ordered if not one.out]
    answering = next((one for one in usable if _covers(one, on)), None)
    begun = [one for one in usable if (one.span.start or date.min) <= on]
    last = max(begun, key=lambda one: one.span.end or date.max, default=None)
    for place, one in enumerate(ordered):
        state, icon, ink = _state(one, on, answering, last)
        yield EditionRow(
            one.held.id if one.held else "",
            table,
            one.label,
            one.edition,
            dates(one.span.start, one.span.end) if not one.out or (one.held and not one.held.fault) else "",
            f"{one.rows:,}" if one.rows else "–",
            state,
            icon,
            ink,
            first=place == 0,
            note=one.note,
        )


def _covers(one: _One, on: date) -> bool:
    return (one.held.span if one.held else one.span).covers(on)


def _state(one: _One, on: date, answering: _One | None, last: _One | None) -> tuple[str, str, str]:
    """State, icon and ink."""
    if one.out:
        return one.out, *(("stop", "stop") if one.out == "damaged" else ("rollback", "text2"))
    if one is answering:
        return "in force", "ok", "ok"
    if _covers(one, on):
        return "older, kept", "", "text2"
    if (one.span.start or date.min) > on:
        return ("begins later", "", "text2") if answering else ("begins later", "warn", "warn")
    if answering is None and one is last:
        return "ended", "warn", "warn"
    return "older, kept", "", "text2"


def gaps(table: Sequence[EditionRow], on: date, *, brief: bool = False) -> str:
    """How many sets have no edition in force on the date, and what that means; empty when all have one."""
    sets = list(dict.fromkeys(row.table for row in table if row.state != "not loaded"))
    without = [name for name in sets if not any(row.table == name and row.state == "in force" for row in table)]
    if not without:
        return ""
    verb = "has" if len(without) == 1 else "have"
    more = "" if brief else " Cases and claims of that date say so and do not guess."
    return f"**{len(without)} of {len(sets)} sets {verb} no edition for {on}.**{more}"


def spoken(row: EditionRow, on: date) -> str:
    """A row for readers."""
    rows_said = f"{row.rows} rows" if row.rows != "–" else ""
    said = (f"{row.label} {row.edition}", row.origin.strip("–"), row.held, rows_said, f"on {on}: {row.state}")
    return ", ".join(part for part in said if part)


# -- one edition ------------------------------------------------------------------------------------------------------


def edition_facts(row: EditionRow, held: Held | None, on: date) -> list[Fact]:
    """One edition in facts: how it stands to the date, its dates and rows, and where it came from."""
    facts = [Fact("", f"On {on}", _standing(row), icon=row.icon, ink=row.ink)]
    if held is None:
        held_for = [Fact("", "Dates", row.held)] if row.held else []
        return [*facts, *held_for, *([Fact("", "Rows", f"{row.rows} of the scope")] if row.rows != "–" else [])]
    if held.fault:
        return [*facts, Fact("", "Why", in_window(held.fault))]
    refused, repeated = (int(held.meta.get(name, "0")) for name in ("refused", "repeated"))
    more = [f"{refused:,} refused"] * bool(refused) + [f"{repeated:,} stood there twice"] * bool(repeated)
    facts.append(Fact("", "Dates", dates(held.own.start, held.own.end)))
    if held.span != held.own:
        facts.append(Fact("", "Answers", f"{dates(held.span.start, held.span.end)}: its rows keep their own days"))
    facts.append(Fact("", "Rows", ", ".join([row.rows, *more])))
    facts.append(Fact("", "Files", ", ".join(held.files)))
    if "pack_id" in held.meta:
        facts.append(Fact("", "Pack", f"{held.meta['pack_id']}, version {held.meta['pack_version']}"))
    content = held.meta.get("content_sha256", "")
    facts.append(Fact("", "Content", f"SHA-256 {content[:16]} …", hint=content))
    facts.append(Fact("", "Called", held.id))
    return facts


def _standing(row: EditionRow) -> str:
    says = {
        "in force": "in force: it answers for this date",
        "older, kept": "older: a newer one is loaded, and this one is kept for its dates",
        "ended": "ended: no edition of this set covers the date, and that is said wherever it matters",
        "begins later": "begins later than this date",
        "rolled back": "rolled back: it is kept and answers for nothing",
        "damaged": "damaged: it answers for nothing",
        "not loaded": "not loaded",
    }
    return says[row.state]
