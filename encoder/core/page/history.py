"""The history of a code: its dates, what took its place, figures that changed, and edits that were withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from encoder.core.codes import Code, RelationRow
from encoder.core.page.evidence import Desk
from encoder.core.page.lore import Service
from encoder.core.page.model import Event, Year

FLOOR = "product-rule#floor-2019"
SHOWN = 4
"""Codes that an event names before it counts the rest."""


def known_before(code: Code) -> bool:
    """Whether the first day of a code is only the first day that the program answers for."""
    return FLOOR in code.cites


def replaces(desk: Desk, code: str) -> tuple[Code, ...]:
    """The codes in whose place a code came."""
    return tuple(other for other in desk.book.codes() if other.replaced_by == code)


def history(desk: Desk, code: Code, years: tuple[Year, ...], services: tuple[Service, ...]) -> tuple[Event, ...]:
    """The events of a code, oldest first; those without a day come last."""
    events = [*_dates(desk, code), *_changes(years), *_withdrawn(desk, code)]
    events.sort(key=lambda event: event.on or date.max)
    said = [service for service in services if service.state == "history"]
    return (*events, *(Event(None, f"{service.say}.", service.cites, desk.service_row(service)) for service in said))


def _dates(desk: Desk, code: Code) -> Iterator[Event]:
    row = desk.code_row(code)
    start, end = code.span.start, code.span.end
    if known_before(code):
        yield Event(start, "In use by this day, the first that the program answers for", code.cites, row)
    elif start is not None:
        yield Event(start, "New", code.cites, row)
    for older in replaces(desk, code.code):
        yield Event(start, f"Came in the place of {older.code}", older.cites, desk.code_row(older))
    if end is not None:
        after = f"{code.replaced_by} takes its place" if code.replaced_by else "no code is named in its place"
        yield Event(end, f"Last day; {after}", code.cites, row)


def _changes(years: tuple[Year, ...]) -> Iterator[Event]:
    """Each year whose work or total value differs from the one before."""
    for before, after in pairwise(years):
        for name, old, new in (("Work", before.work, after.work), ("Total", before.total, after.total)):
            if old and new and old != new:
                yield Event(after.start, f"{name} value {old} to {new}", after.cites, after.rows[0])


def _withdrawn(desk: Desk, code: Code) -> Iterator[Event]:
    """Add-on rows that have ended, put together by their last day and what they said."""
    ended: dict[tuple[date, str, str], list[RelationRow]] = {}
    for row in desk.book.relations(code.code):
        if row.span.end is not None:
            ended.setdefault((row.span.end, row.kind, row.basis), []).append(row)
    for (end, kind, basis), rows in ended.items():
        others = [row.primary if row.add_on == code.code else row.add_on for row in rows]
        what = "Bar" if kind == "barred" else "Place on the add-on list"
        named = ", ".join(others[:SHOWN]) + (f" and {len(others) - SHOWN} more" if len(others) > SHOWN else "")
        yield Event(end, f"{what} ended, with {named}: {basis}", rows[0].cites, desk.relation_row(rows[0]))
