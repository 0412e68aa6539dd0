"""From a row of the code book beside the decision to its noun; parameters stand in the order of the columns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from encoder.core.codes import Span
from encoder.core.procedures import PcsRow, PcsTables, PcsValue
from encoder.core.reference import IcdEntry, Modifier, Place, Supply
from encoder.store.shapes import Day, span


def modifier(
    code: str, title: str, kind: str, opens: int, use: str, not_for: str, start: Day, end: Day, cites: str
) -> Modifier:
    """A row of ``modifier``."""
    return Modifier(code, title, kind, bool(opens), use, not_for, span(start, end), tuple(cites.split()))


def place(code: str, title: str, plain: str, setting: str, start: Day, end: Day, cites: str) -> Place:
    """A row of ``place``."""
    return Place(code, title, plain, setting, span(start, end), tuple(cites.split()))


def supply(
    code: str, title: str, plain: str, kind: str, use: str, not_for: str, start: Day, end: Day, cites: str
) -> Supply:
    """A row of ``supply``."""
    return Supply(code, title, plain, kind, use, not_for, span(start, end), tuple(cites.split()))


def icd(code: str, title: str, kind: str, parent: str, seventh: str, letters: str) -> tuple[IcdEntry, str, str]:
    """A row of ``icd``: the entry, the entry whose seventh characters hold, and which of them do."""
    return IcdEntry(code, title, kind, parent, (), Span()), seventh, letters


IcdChange = tuple[str, date, tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def icd_change(change: str, on: str, before: str, after: str, cites: str) -> IcdChange:
    """A row of ``icd_change``: what happened on which day, the codes before and after, where it says so."""
    return change, date.fromisoformat(on), tuple(before.split()), tuple(after.split()), tuple(cites.split())


def pcs_row(
    table: str, parts: str, approaches: str, devices: str, qualifiers: str, start: Day, end: Day, cites: str
) -> PcsRow:
    """A row of ``procedure_table``."""
    return PcsRow(table, parts, approaches, devices, qualifiers, span(start, end), tuple(cites.split()))


PcsKey = tuple[str, str, str]


def pcs_value(
    system: str, operation: str, axis: str, value: str, label: str, side: str, plain: str
) -> tuple[PcsKey, PcsValue]:
    """A row of ``procedure_value``: where it holds, and what it means."""
    return (system, operation, axis), PcsValue(value, label, side, plain)


def pcs_tables(rows: Iterable[PcsRow], values: Iterable[tuple[PcsKey, PcsValue]]) -> PcsTables:
    """The hospital tables from their rows and values."""
    meanings: dict[PcsKey, dict[str, PcsValue]] = {}
    for key, value in values:
        meanings.setdefault(key, {})[value.value] = value
    return PcsTables(tuple(rows), meanings)
