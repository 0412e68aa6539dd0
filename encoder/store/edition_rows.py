"""Questions to one imported edition: every SQL statement against the tables of ``edition_tables`` that a book asks.

A row becomes the same noun that the code database gives, with the id and hash its own kind has there.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from encoder.core.book import HOSPITAL, PRACTITIONER
from encoder.core.codes import Indicator, Pair, RelationRow
from encoder.core.fees import Locality, Values
from encoder.errors import DataError
from encoder.store import shapes
from encoder.store.edition_tables import FACTORS, FIGURES, PAYMENT
from encoder.store.editions import Held, connect

SETTINGS = {"ptp_practitioner": PRACTITIONER, "ptp_hospital": HOSPITAL}
BASIS = {
    "1": "Closed list (type 1): payable only with a listed primary",
    "2": "No list (type 2): the payer decides which primaries it accepts",
    "3": "Partial list (type 3): the payer may accept further primaries",
}
ANY = "*"


@dataclass(frozen=True, slots=True)
class Descriptor:
    """The official texts of a code, from the user's own licensed files; one that was not imported is empty."""

    code: str
    long: str
    medium: str
    short: str

    @property
    def text(self) -> str:
        """The longest there is."""
        return self.long or self.medium or self.short


@dataclass(frozen=True, slots=True)
class IcdRow:
    """One row of an order file: a code, or a heading that no claim may carry."""

    code: str
    billable: bool
    short_title: str
    title: str


class Rows:
    """One edition, opened; ask only what its kind holds. Any method may raise DataError when the file is damaged."""

    def __init__(self, held: Held) -> None:
        self.held = held
        with self._sound():
            self._connection = connect(held.path)
        self.pairs_of = lru_cache(maxsize=4)(self._read_pairs)  # a code may have thousands
        self.relations_of = lru_cache(maxsize=1024)(self._read_relations)
        self.figures_of = lru_cache(maxsize=512)(self._read_figures)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def pairs_between(self, first: str, second: str) -> list[Pair]:
        """The edits between two codes, either first; an edit of indicator 9 never applied and is no edit."""
        both = (first, second, second, first)
        try:  # asked for each two lines of each claim, so without the detour of _sound where nothing is wrong
            found = self._connection.execute(_BETWEEN, both).fetchall()
        except (sqlite3.Error, ValueError):
            with self._sound():
                found = self._read(_BETWEEN, both)
        return self._pairs(found) if found else []

    def _read_pairs(self, code: str) -> tuple[Pair, ...]:
        """Every edit that names a code, ended ones too, in the order of codes and days."""
        with self._sound():
            found = self._read(_NAMING, (code, code))
        return tuple(self._pairs(found))

    def _pairs(self, rows: Iterable[tuple[str, ...]]) -> list[Pair]:
        setting = SETTINGS[self.held.kind.name]
        with self._sound():
            return [
                Pair(
                    f"ptp:{setting}:{one}>{two}@{start}",
                    one,
                    two,
                    setting,
                    indicator,
                    self._rationales[say],
                    shapes.span(start, end),
                    self._cites(f"{one}:{two}"),
                    self.held.edition,
                )
                for one, two, start, end, indicator, say in rows
                if indicator != "9"
            ]

    @cached_property
    def _rationales(self) -> dict[str, str]:
        """The texts that the rows number."""
        return dict(self._connection.execute("SELECT id, say FROM rationale"))

    def _read_relations(self, code: str) -> tuple[RelationRow, ...]:
        """Every add-on row that names a code, as add-on or as primary, in the order of codes and days."""
        sql = """SELECT add_on, primary_code, from_date, until_date, add_on_until, primary_until, edit_type, note
                 FROM add_on WHERE add_on = ? OR primary_code = ? ORDER BY add_on, primary_code, from_date"""
        made: list[RelationRow] = []
        with self._sound():
            for add_on, primary, start, *ends, kind, note in self._read(sql, (code, code)):
                row_id = f"aoc:{add_on}>{primary}"
                if made and (made[-1].add_on, made[-1].primary) == (add_on, primary):
                    row_id += f"@{start}"  # the first keeps the id it has in the bundled table
                made.append(
                    self._relation(row_id, add_on, primary, kind, note, start, min(filter(None, ends), default=None))
                )
        return tuple(made)

    def _relation(
        self, row_id: str, add_on: str, primary: str, kind: str, note: str, start: str, end: str | None
    ) -> RelationRow:
        """One add-on row; it holds while the edit and both codes do."""
        listed = primary != ANY
        basis = f"{BASIS[kind]}. {note}" if note and listed else BASIS[kind]
        cells = (row_id, add_on, primary, "allowed" if listed else "contractor_defined", basis)
        text = json.dumps([*cells, kind, start, end], ensure_ascii=False, separators=(",", ":"))
        cites = self._cites(f"{add_on}:{primary}" if listed else add_on)
        digest = hashlib.sha256(text.encode()).hexdigest()[:16]
        return RelationRow(*cells, shapes.span(start, end), cites, digest, kind)

    def _read_figures(self, code: str) -> dict[str, Indicator]:
        """Every figure of a code by its field; of the whole fee schedule for ``*``."""
        with self._sound():
            found = self._of_fees(code) if self.held.kind.name == "pfs" else self._of_limits(code)
        edition, span, cites = self.held.edition, self.held.span, self._cites(code)
        return {  # a cell that is empty as published says nothing, and is no figure
            name: Indicator(code, name, value, edition, span, cites) for name, value in found.items() if value
        }

    def _of_limits(self, code: str) -> dict[str, str]:
        kind = self.held.kind
        fields = FIGURES[kind.name]
        for row in self._read(f"SELECT {', '.join(fields)} FROM {kind.table} WHERE code = ?", (code,)):
            return dict(zip(fields.values(), map(str, row), strict=True))
        return {}

    def _of_fees(self, code: str) -> dict[str, str]:
        if code == ANY:
            return {name: self.held.meta.get(f"fact:{name}", "") for name in FACTORS}
        found = self.values_of(code, "") or {}
        if found:
            factor = Decimal(found.pop("conversion_factor"))  # a figure of the whole schedule
            found[PAYMENT] = f"{(Decimal(found['facility_total_rvu']) * factor):.2f}"
        return {name: value for name, value in found.items() if name not in ("code", "modifier")}

    def values_of(self, code: str, modifier: str) -> dict[str, str] | None:
        """The row of the fee schedule for a code and modifier, by column."""
        return self._row("WHERE code = ? AND modifier = ?", code, modifier)

    def hcpcs(self, code: str) -> dict[str, str] | None:
        """The row of a Level II code or modifier, by column."""
        return self._row("WHERE code = ?", code)

    def icd(self, code: str) -> IcdRow | None:
        """A row of the order file."""
        row = self._row("WHERE code = ?", code)
        return IcdRow(code, row["billable"] == "1", row["short_title"], row["title"]) if row else None

    def begins(self, stem: str) -> bool:
        """Whether a code, or one below it, is in the order file."""
        return self._row("WHERE code >= ? AND code < ? || '~'", stem, stem) is not None

    def descriptor(self, code: str) -> Descriptor | None:
        """The official texts of a code."""
        row = self._row("WHERE code = ?", code)
        return Descriptor(**row) if row else None

    def localities(self) -> tuple[Locality, ...]:
        """Every payment locality with its indices, by state and name."""
        sql = "SELECT mac, locality, state, name, work, pe, mp FROM locality ORDER BY state, name"
        with self._sound():
            return tuple(
                Locality(mac, number, state, name, Decimal(work), Decimal(pe), Decimal(mp))
                for mac, number, state, name, work, pe, mp in self._read(sql, ())
            )

    def _row(self, where: str, *values: str) -> dict[str, str] | None:
        """The first row of the table, as text by column."""
        kind = self.held.kind
        with self._sound():
            rows = self._read(f"SELECT {', '.join(kind.names)} FROM {kind.table} {where} LIMIT 1", values)
        return dict(zip(kind.names, map(str, rows[0]), strict=True)) if rows else None

    def _cites(self, where: str) -> tuple[str, ...]:
        return (f"{self.held.cite}#{where}",)

    def _read(self, sql: str, values: Sequence[str]) -> list[tuple[str, ...]]:
        try:
            return self._connection.execute(sql, values).fetchall()
        except UnicodeEncodeError:  # asked for bytes that are no text: no row holds them
            return []

    @contextmanager
    def _sound(self) -> Iterator[None]:
        """A damaged page hands over anything: say it."""
        try:
            yield
        except (sqlite3.Error, ValueError, TypeError, LookupError, ArithmeticError) as error:
            raise DataError(
                f"The imported edition {self.held.path.name} is damaged ({error}); remove it with 'encoder data remove "
                f"{self.held.id}' and import it again."
            ) from error


_PAIR = "SELECT column1, column2, from_date, until_date, modifier_indicator, rationale FROM pair"
_BETWEEN = f"{_PAIR} WHERE column1 = ? AND column2 = ? UNION ALL {_PAIR} WHERE column1 = ? AND column2 = ?"
_NAMING = f"{_PAIR} WHERE column1 = ? UNION ALL {_PAIR} WHERE column2 = ? ORDER BY 1, 2, 3"


def values_of(code: str, modifier: str, row: Mapping[str, str]) -> Values | None:
    """A row of the fee schedule as what a payment is worked out from; None where a figure is missing."""
    if not {"status", "work_rvu", "facility_pe_rvu", "mp_rvu"} <= row.keys():
        return None
    office = row.get("nonfacility_pe_rvu")
    return Values(
        code,
        modifier,
        row["status"],
        Decimal(row["work_rvu"]),
        Decimal(row["facility_pe_rvu"]),
        Decimal(office) if office else None,
        Decimal(row["mp_rvu"]),
        row.get("nonfacility_na") == "NA",
    )
