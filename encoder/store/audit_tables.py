"""The tables of an audit: claim lines beside the edits, in a database in memory.

Nothing of a claim is written to a disk here: the database is in memory, claims and lines have numbers of their own, and
what is kept of a line is its codes, its day and its units. The edits are asked from a book, code by code, when a code
first stands on a claim; so an audit takes any book, and only the part of it that the claims need.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from encoder.core.add_on import is_add_on
from encoder.core.book import HOSPITAL, PRACTITIONER, Book
from encoder.core.claim import Claim
from encoder.core.codes import Span
from encoder.core.editions import edits_on
from encoder.core.edits.icd import read
from encoder.core.edits.rules import EditRules
from encoder.core.edits.traits import CONTRACTOR, SEVERAL, loaded, traits
from encoder.store.audit_query import QUERY
from encoder.store.audit_schema import INDEXES, OF_CLAIMS, TABLES, Row, columns

FIRST, LAST = "0000-00-00", "9999-12-31"
LIMITS = {PRACTITIONER: "mue_practitioner", HOSPITAL: "mue_outpatient_hospital"}
PAIRS = {PRACTITIONER: "ptp_practitioner", HOSPITAL: "ptp_hospital"}


class AuditTables:
    """The tables in memory. ``put`` replaces the claims and adds the edits that they need."""

    def __init__(self, book: Book, as_of: date | None = None) -> None:
        """Prepare empty tables.

        Args:
            as_of: the day whose tables every line is held against; None for its own date of service.
        """
        self.book = book
        self.as_of = as_of
        self.rules: EditRules = book.edit_rules()
        self.connection = sqlite3.connect(":memory:", check_same_thread=False)
        self.connection.execute("PRAGMA temp_store = MEMORY")
        for name, declared in TABLES.items():
            keyed = " WITHOUT ROWID" if "PRIMARY KEY" in declared else ""
            self.connection.execute(f"CREATE TABLE {name} ({declared}){keyed}")
        for index in INDEXES:
            self.connection.execute(index)
        self.connection.execute(f"CREATE TABLE answer ({', '.join(Row._fields)})")
        self._sure_from = {
            setting: min((_first(e.span) for e in book.editions() if e.table == table), default=FIRST)
            for setting, table in PAIRS.items()
        }
        self._codes: set[str] = set()
        self._days: set[date] = set()
        self._add_ons: set[str] = set()
        self._marks: dict[tuple[str, ...], tuple[str, str]] = {}
        self._names: set[str] = set()
        self._written: set[str] = set()
        self._categories = sorted({code.category for code in book.codes()})
        self._put_rules()

    def close(self) -> None:
        """Forget everything."""
        self.connection.close()

    def interrupt(self) -> None:
        """Stop a query that runs in another thread."""
        self.connection.interrupt()

    def put(self, claims: Sequence[Claim]) -> None:
        """Put claims in place of those before; they are numbered from 1, and so are their lines and diagnoses."""
        for table in OF_CLAIMS:
            self.connection.execute(f"DELETE FROM {table}")
        lines: list[tuple[object, ...]] = []
        diagnoses: list[tuple[object, ...]] = []
        for number, claim in enumerate(claims, 1):
            for place, line in enumerate(claim.lines):
                day = claim.day(place)
                asked = self.as_of or day
                self._need_code(line.code)
                self._need_day(asked)
                pointers = "".join(f",{at + 1}" for at in line.pointers) + "," if line.pointers else ""
                lines.append(
                    (
                        *(number, place + 1, line.code, day.isoformat(), asked.isoformat(), line.practitioner),
                        *(
                            claim.setting,
                            line.units,
                            pointers,
                            *self._need_marks(line.modifiers),
                            int(line.code in self._add_ons),
                        ),
                    )
                )
            for place, written in enumerate(claim.diagnoses, 1):
                self._need_diagnosis(written)
                diagnoses.append((number, place, written))
        self._insert("line", lines)
        self._insert("diagnosis", diagnoses)

    def rows(self, table: str) -> list[tuple[object, ...]]:
        """Every row of a table, to be handed to another engine."""
        return self.connection.execute(f"SELECT * FROM {table}").fetchall()

    def judge(self) -> None:
        """Run the query over the claims; another thread may do it meanwhile, since it is one step of the engine."""
        self.connection.execute("DELETE FROM answer")
        self.connection.execute(f"INSERT INTO answer {QUERY}")

    def answer(self) -> list[Row]:
        """The rows that the query gave, by claim and line."""
        return sorted(map(Row._make, self.connection.execute("SELECT * FROM answer")))

    # ------------------------------------------------------------------------------------------ edits of a code

    def _need_code(self, code: str) -> None:
        """Everything that the book says about a code, once."""
        if code in self._codes:
            return
        self._codes.add(code)
        held = self.book.code(code)
        if held is not None:
            self._insert("code", [(code, *_days(held.span), held.area, held.category)])
        elif loaded(self.book, code):
            self._insert("code", [(code, FIRST, LAST, "", "")])
        if is_add_on(self.book, code):
            self._add_ons.add(code)
        rows = [(_days(days), row) for days, row in self.book.relation_days(code) if row.add_on == code]
        self._insert("relation", ((code, row.primary, row.kind, row.id, *days) for days, row in rows))
        open_rows = [(days, row, row.primary in CONTRACTOR) for days, row in rows if row.list_type in ("2", "3")]
        lists = {(code, int(payer), row.id if payer else code, *days) for days, row, payer in open_rows}
        self._insert("open_list", sorted(lists))
        self._insert("pair", self._pairs(code))
        self._insert("unit_limit", self._limits(code))
        held_traits = list(self._traits(code))
        self._insert("trait", held_traits)
        self._insert("verdict", self._verdicts(code, held_traits))

    def _pairs(self, code: str) -> Iterator[tuple[object, ...]]:
        """The edits between a code and those that stood on a claim before: of two codes the later one brings them."""
        for days, pair in self.book.pair_days(code):
            if {pair.column1, pair.column2} <= self._codes:
                dated, sure = int(pair.span.start is not None), self._sure_from[pair.setting]
                key = pair.setting, pair.column1, pair.column2, pair.indicator
                yield *key, dated, sure, pair.id, pair.edition, *_days(days)

    def _limits(self, code: str) -> Iterator[tuple[object, ...]]:
        """The limits of a code; of two editions that speak of a day, the first of the book counts."""
        for setting, field in LIMITS.items():
            taken: list[tuple[str, str]] = []
            for days, figure in self.book.indicator_days(code):
                if figure.field == field:
                    for start, last in _apart(_days(days), taken):
                        day = date.fromisoformat(start) if start > FIRST else date.min
                        mai = self.book.indicator(code, f"{field}_mai", day)
                        if figure.value.isdecimal():
                            most = int(figure.value)
                            yield setting, code, most, mai.value if mai else "", figure.edition, start, last
                    taken.append(_days(days))

    def _traits(self, code: str) -> Iterator[tuple[str, ...]]:
        """The traits that rules ask for; where two editions speak of a day, the first of the book counts."""
        for field in sorted(self.rules.fields):
            taken: list[tuple[str, str]] = []
            for trait in traits(self.book, code, field):
                span, row = _days(trait.span), trait.row
                for piece in [span] if field in SEVERAL else _apart(span, taken):
                    yield code, field, trait.value, row.table, row.key, row.edition, *piece
                taken.append(span)

    def _verdicts(self, code: str, held: Iterable[tuple[str, ...]]) -> Iterator[tuple[object, ...]]:
        """The policies that a trait of the code fires."""
        by_value: dict[tuple[str, str], list[tuple[str, ...]]] = {}
        for _, field, value, *rest in held:
            by_value.setdefault((field, value), []).append(tuple(rest))
        for position, policy in enumerate(self.rules.policies):
            for row in by_value.get((policy.field, policy.value), ()):
                yield code, policy.modifier, policy.setting, position, policy.rule, *row

    # ------------------------------------------------------------------------------------------ days, marks, diagnoses

    def _need_day(self, day: date) -> None:
        """Which tables cover a day, and the day whose rows stand for it, once."""
        if day not in self._days:
            self._days.add(day)
            for note in edits_on(self.book, day):
                stands = note.stands(day)
                marks = int(note.state == "covers"), int(note.edition.complete)
                row = (note.edition.table, day.isoformat(), *marks, stands.isoformat() if stands else "")
                self._insert("table_day", [row])

    def _need_marks(self, modifiers: tuple[str, ...]) -> tuple[str, str]:
        """The name of a set of modifiers and its side; what the rules say of it is put in place once."""
        found = self._marks.get(modifiers)
        if found is None:
            sides = {side for m in modifiers if (side := self.rules.side(m))}
            found = " ".join(sorted(modifiers)), sides.pop() if len(sides) == 1 else "both" if sides else ""
            self._marks[modifiers] = found
            if found[0] not in self._names:
                self._names.add(found[0])
                self._put_marks(found[0], tuple(sorted(set(modifiers))), modifiers)
        return found

    def _put_marks(self, name: str, once: tuple[str, ...], modifiers: tuple[str, ...]) -> None:
        rules = self.rules
        ways = {m: rules.opens(m) for m in once}
        held = set(ways.values())
        sites = {rules.side(m) for m, way in ways.items() if way == "site"}
        flags = ("distinct" in held, "global" in held, bool({"visit", "laboratory"} & held), "site" in held)
        named = ("LT" in once, "RT" in once, "left" in sites, "right" in sites)
        self._insert("mark_set", [(name, *map(int, flags), len(modifiers), *map(int, named))])
        known = (rules.modifiers[m] for m in once if m in rules.modifiers)
        self._insert("mark", ((name, one.modifier, one.opens, one.setting, one.region) for one in known))
        self._insert("mark_wrong", ((name, *wrong) for wrong in _wrong(rules, once, modifiers)))

    def _need_diagnosis(self, written: str) -> None:
        """What the tables say of a diagnosis as written, once."""
        if written in self._written:
            return
        self._written.add(written)
        one = read(self.book, written)
        known = one.fault, one.table, one.key, one.family, one.area, one.side
        self._insert("dx", [(written, *known, *_days(one.span))])
        matching = [rule for rule in self.rules.diagnoses if rule.matches(written, one.family)]
        self._insert("dx_match", [(written, rule.id) for rule in matching])
        self._insert(
            "dx_apart",
            sorted(
                {
                    (written, rule.code_area, category)
                    for rule in self.rules.sites
                    if rule.diagnosis_area == one.area and (not rule.families or one.family in rule.families)
                    for category in ([rule.category] if rule.category else self._categories)
                }
            ),
        )

    def _put_rules(self) -> None:
        rules = self.rules.diagnoses
        self._insert("dx_rule", [(r.id, r.rule, r.field, r.value, int(r.first), *_days(r.span)) for r in rules])
        self._insert("dx_absent", [(r.id, family) for r in rules for family in sorted(r.absent)])

    def _insert(self, table: str, rows: Iterable[tuple[object, ...]]) -> None:
        marks = ", ".join("?" for _ in columns(table))
        self.connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", rows)


def _wrong(rules: EditRules, once: tuple[str, ...], modifiers: tuple[str, ...]) -> Iterator[tuple[str, str, str, str]]:
    """What is wrong with a set of modifiers by itself: rule, what it names, and the row that says so."""
    for modifier in once:
        if modifier not in rules.modifiers:
            yield "modifier_unknown", modifier, "", ""
        if modifiers.count(modifier) > 1:
            yield "modifier_repeated", modifier, "", ""
    for pair in rules.clashes:
        if pair <= set(once):
            one, other = sorted(pair, key=lambda modifier: (rules.modifiers[modifier].place, modifier))
            yield "modifier_clash", f"{one} and {other}", "edits", f"{one}:{other}"


def _first(span: Span) -> str:
    return span.start.isoformat() if span.start else FIRST


def _days(span: Span) -> tuple[str, str]:
    return _first(span), span.end.isoformat() if span.end else LAST


def _before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(1)).isoformat()


def _after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(1)).isoformat()


def _apart(days: tuple[str, str], taken: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """What is left of some days when others are taken out."""
    left = [days]
    for first, last in taken:
        kept: list[tuple[str, str]] = []
        for start, end in left:
            if last < start or end < first:
                kept.append((start, end))
                continue
            if start < first:
                kept.append((start, _before(first)))
            if last < end:
                kept.append((_after(last), end))
        left = kept
    return left
