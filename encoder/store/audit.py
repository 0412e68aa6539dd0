"""The audit of many claims: the query over the tables, and its rows as findings in words.

Claims are handed over in portions; what an audit holds in memory does not grow with their number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby

from encoder.core.book import HOSPITAL, Book
from encoder.core.claim import Claim
from encoder.core.editions import edits_on
from encoder.core.edits.findings import Finding, RowRef, listing
from encoder.store.audit_schema import Row
from encoder.store.audit_tables import PAIRS, AuditTables


class Audit:
    """An audit against the tables of one book, as of a day or by the dates of service."""

    def __init__(self, book: Book, as_of: date | None = None) -> None:
        self.tables = AuditTables(book, as_of)
        self._as_of = as_of
        self._book = book
        self._rules = book.edit_rules().rules
        self._editions: dict[tuple[str, date], str] = {}

    def close(self) -> None:
        """Let go of the tables; a query under way is stopped."""
        self.tables.close()

    def find(self, claims: Sequence[Claim]) -> list[tuple[Finding, ...]]:
        """The findings of each claim, those of its lines in their order."""
        self.tables.put(claims)
        self.tables.judge()
        return self.findings(claims, self.tables.answer())

    def findings(self, claims: Sequence[Claim], rows: Iterable[Row]) -> list[tuple[Finding, ...]]:
        """The answer about some claims in words."""
        found: list[tuple[Finding, ...]] = [()] * len(claims)
        for number, of_claim in groupby(rows, lambda row: row.claim):
            claim = claims[number - 1]
            found[number - 1] = tuple(self._finding(claim, one) for one in _together(of_claim))
        return found

    def _finding(self, claim: Claim, rows: Sequence[Row]) -> Finding:
        """The finding that one or more rows say, in the words of its rule."""
        first = rows[0]
        rule = self._rules[first.rule]
        line = first.line - 1
        days = [claim.day(line)] if line >= 0 else [claim.day(place) for place in range(len(claim.lines))]
        day = self._as_of or min(days)
        others = [row.other - 1 for row in rows if row.other]
        codes = tuple(dict.fromkeys(claim.lines[other].code for other in others))
        code = claim.lines[line].code if line >= 0 else ""
        refs = tuple(dict.fromkeys(self._row(claim.setting, row, day) for row in rows if row.source))
        return Finding(
            rule.id,
            rule.kind,
            rule.severity,
            rule.warning,
            _say(rule.say, code, codes, first.value, first.more, first.units, first.most, day, first.ends),
            rule.rationale,
            (line, *others) if line >= 0 else (),
            (first.place - 1,) if first.place else (),
            refs[0] if refs else None,
            None,
            rule.cites,
            refs[1:],
            max(first.units - first.most, 0),
        )

    def _row(self, setting: str, row: Row, day: date) -> RowRef:
        """The table row that fired, with the name of its edition."""
        if row.edition:
            return RowRef(row.source, row.row_key, row.edition)
        mue = "mue_hospital" if setting == HOSPITAL else "mue"
        table = {"ptp": PAIRS[setting], "mue": mue}.get(row.source, row.source)
        if (table, day) not in self._editions:
            labels = {note.edition.table: note.edition.edition for note in edits_on(self._book, day)}
            self._editions[table, day] = labels.get(table, "")
        return RowRef(row.source, row.row_key, self._editions[table, day])


@lru_cache(65_536)
def _say(
    words: str,
    code: str,
    others: tuple[str, ...],
    value: str,
    more: str,
    units: int,
    limit: int,
    day: date,
    end: str,
) -> str:
    """The words of a rule filled in; the same few come again and again."""
    other = listing(others)
    return words.format(code=code, other=other, value=value, more=more, units=units, limit=limit, day=day, end=end)


def _together(rows: Iterable[Row]) -> list[list[Row]]:
    """Rows of one claim; those that say the same of a line, each against another line, together."""
    found: dict[object, list[Row]] = {}
    for row in rows:
        found.setdefault((row.line, row.place, row.rule, row.value), []).append(row)
    return list(found.values())
