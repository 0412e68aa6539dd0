"""Working facts out: what was asked, what the tables add, and the row each worked-out fact rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from encoder.core.book import HOSPITAL, PRACTITIONER, Book
from encoder.core.codes import Diagnosis, Indicator, Pair, Relation, Row
from encoder.core.tree.model import NOTHING, Case, Condition, Derived, Tree, Values
from encoder.core.tree.near import Near
from encoder.errors import DataError

Evidence = Row | Relation | Indicator | Pair | None

_CODE = re.compile(r"[0-9A-Z]{4}[0-9A-Z]|[0-9A-Z]{7}")
HOWS = {
    "value": 1,
    "copy": 1,
    "lookup": None,
    "relation": 2,
    "withdrawn": 2,
    "attribute": 2,
    "indicator": 2,
    "pair": 2,
    "diagnosis": 2,
    "covered": 1,
    "known": 1,
    "same": 2,
    "differ": 2,
}
"""Every way to work a fact out, and how many arguments it takes (None: one or more)."""

_BY_NAME = {"lookup", "attribute", "indicator", "diagnosis"}  # their first argument is a table or a field

WHOLE = len("S72.001A")
"""How long a diagnosis is with its point and its seventh character."""
SIDES = {"right": "right", "left": "left"}


def works_from(case: Case) -> tuple[str, ...]:
    """Names of the facts that a case works from, and codes; its table, its field or its value is none."""
    if case.how in {"value", "covered"}:
        return ()
    names = case.args[1:] if case.how in _BY_NAME else case.args
    return tuple(name for name in names if name)


@lru_cache(maxsize=4096)
def is_code(text: str) -> bool:
    """Whether an argument is a literal code and not the name of a fact (fact names are lower case)."""
    return _CODE.fullmatch(text) is not None


def rests_on(tree: Tree, fact: str) -> frozenset[str]:
    """Every name that a fact depends on, itself included."""
    found: set[str] = set()
    left = [fact]
    while left:
        name = left.pop()
        if name in found:
            continue
        found.add(name)
        derived = tree.derived.get(name)
        if derived is not None:
            left += [n for case in derived.cases for n in (*works_from(case), *case.when.facts())]
    return frozenset(found)


@lru_cache(maxsize=8)
def _leaning(tree: Tree) -> Mapping[str, frozenset[str]]:
    """By name, the worked-out facts that may change with it; an edit between codes goes by the claim too."""
    found: dict[str, set[str]] = {}
    for fact in tree.derived:
        names = rests_on(tree, fact)
        cases = (case for name in names if name in tree.derived for case in tree.derived[name].cases)
        hidden = {"claim"} if any(case.how == "pair" for case in cases) else set()
        for name in names | hidden:
            found.setdefault(name, set()).add(fact)
    return {name: frozenset(facts) for name, facts in found.items()}


@lru_cache(maxsize=8)
def _cases(tree: Tree) -> Mapping[str, Near[Case]]:
    """The ways to work each fact out, filed so that not all of them are tried."""
    return {fact.id: Near(fact.cases) for fact in tree.derived.values()}


@dataclass(frozen=True, slots=True)
class Worked:
    """A worked-out fact: its values and the table row that gave them."""

    values: Values
    evidence: Evidence = None


_NOT_WORKED = Worked(NOTHING)


class FactSheet(Mapping[str, Values]):
    """All facts of one case on one date of service; derived ones are worked out when first asked for.

    Raises DataError where two ways to one fact disagree or facts depend on each other in a circle: both are faults of
    the shipped tree, shown with the fact and the place.
    """

    __slots__ = ("_asked", "_book", "_tree", "_under_way", "_worked", "on")

    def __init__(self, tree: Tree, book: Book, on: date, asked: Mapping[str, Values]) -> None:
        self._tree = tree
        self._book = book
        self.on = on
        self._asked = asked
        self._worked: dict[str, Worked] = {}
        self._under_way: list[str] = []

    def extended(self, taken: Mapping[str, Values]) -> FactSheet:
        """The sheet with more answers taken; what was worked out and does not rest on them is kept."""
        sheet = FactSheet(self._tree, self._book, self.on, {**self._asked, **taken})
        leaning = _leaning(self._tree)
        sheet._worked = kept = self._worked.copy()
        for name in taken:
            for fact in leaning.get(name, NOTHING).intersection(kept):
                del kept[fact]
        return sheet

    def __getitem__(self, name: str) -> Values:
        return self.get(name)

    def get(self, name: str, default: Values = NOTHING) -> Values:  # type: ignore[override]
        """The values of a fact, empty when unknown (never raises, unlike a plain mapping's item)."""
        values = self._asked.get(name)
        if values is None:
            worked = self._worked.get(name)
            values = worked.values if worked is not None else self.worked(name).values
        return values or default

    def meets(self, when: Condition) -> bool:
        """Whether a condition holds, as ``when.holds`` says it, without a call for each fact."""
        asked, known = self._asked, self._worked
        for fact, values in when.terms:
            held = asked.get(fact)
            if held is None:
                worked = known.get(fact)
                held = worked.values if worked is not None else self.worked(fact).values
            if values.isdisjoint(held):
                return False
        return True

    def __iter__(self) -> Iterator[str]:
        yield from self._asked
        yield from self._tree.derived

    def __len__(self) -> int:
        return len(self._asked) + len(self._tree.derived)

    @property
    def book(self) -> Book:
        """The tables it works from."""
        return self._book

    @property
    def asked(self) -> Mapping[str, Values]:
        """The facts that were asked, without the worked-out ones."""
        return self._asked

    def one(self, name: str) -> str:
        """The single value of a fact or of a literal code; empty when unknown or not single."""
        if is_code(name):
            return name
        values = self[name]
        return next(iter(values)) if len(values) == 1 else ""

    def worked(self, name: str) -> Worked:
        """A worked-out fact with its evidence; empty for asked or unknown names."""
        if name not in self._worked:
            self._worked[name] = self._work_out(name)
        return self._worked[name]

    def known(self) -> Iterable[Worked]:
        """Every fact worked out so far, with its evidence."""
        return self._worked.values()

    def _work_out(self, name: str) -> Worked:
        derived = self._tree.derived.get(name)
        if derived is None:
            return _NOT_WORKED
        if name in self._under_way:
            circle = " > ".join([*self._under_way, name])
            raise DataError(
                f"Cycle: tree '{self._tree.id}': facts depend on each other in a circle: {circle}; break it."
            )
        self._under_way.append(name)
        try:
            found: Worked | None = None
            for case in _cases(self._tree)[name].holding(self):
                worked = self._case(case)
                if found is not None and found.values != worked.values:
                    raise DataError(_disagree(derived, self))
                found = found or worked
        finally:
            self._under_way.pop()
        return found or _NOT_WORKED

    def _case(self, case: Case) -> Worked:
        how, args = case.how, case.args
        if how == "value":
            return Worked(frozenset(args))
        if how == "copy":
            return Worked(self[args[0]], self.worked(args[0]).evidence)
        if how == "known":
            return Worked(frozenset(("yes" if self[args[0]] else "no",)))
        if how in {"same", "differ"}:
            return self._compared(how, self.one(args[0]), self.one(args[1]))
        if how == "covered":
            loaded = any(e.table == args[0] and e.span.covers(self.on) for e in self._book.editions())
            return Worked(frozenset(("yes" if loaded else "no",)))
        if how == "lookup":
            row = self._book.row(args[0], tuple(self.one(fact) for fact in args[1:]), self.on)
            return Worked(frozenset((row.code,)) if row.code else NOTHING, row) if row else _NOT_WORKED
        return self._from_tables(how, args)

    def _compared(self, how: str, first: str, second: str) -> Worked:
        """same: yes or no once both are known; differ: yes when both are known and unlike, else no."""
        known = bool(first and second)
        if how == "differ":
            return Worked(frozenset(("yes" if known and first != second else "no",)))
        return Worked(frozenset(("yes" if first == second else "no",))) if known else _NOT_WORKED

    def _from_tables(self, how: str, args: tuple[str, ...]) -> Worked:
        if how in {"attribute", "indicator", "diagnosis"}:
            subject = self.one(args[1])
            return self._of_code(how, args[0], subject) if subject else _NOT_WORKED
        first, second = self.one(args[0]), self.one(args[1])
        if not (first and second):
            return _NOT_WORKED
        if how == "pair":
            return self._pair(first, second)
        relation = self._book.relation(first, second, self.on)
        if how == "withdrawn":
            return Worked(frozenset(("yes" if relation.withdrawn else "no",)), relation)
        return Worked(frozenset((str(relation.state),)), relation)

    def _of_code(self, how: str, field: str, subject: str) -> Worked:
        if how == "indicator":
            figure = self._book.indicator(subject, field, self.on)
            return Worked(frozenset((figure.value if figure else "not_loaded",)), figure)
        if how == "attribute":
            code = self._book.code(subject)
            return Worked(frozenset((str(getattr(code, field)),))) if code else _NOT_WORKED
        row = diagnosis(self._book, subject)
        if row is None:
            return _NOT_WORKED
        whole = len(subject) == WHOLE and subject[-1] in row.seventh.split()
        missing = "yes" if row.seventh and not whole else "no"
        known = {
            "family": row.family,
            "stem": row.code,
            "side": SIDES.get(row.laterality, ""),
            "area": row.area,
            "seventh_missing": missing,
        }
        return Worked(frozenset((known[field],)) if known[field] else NOTHING)

    def _pair(self, first: str, second: str) -> Worked:
        setting = HOSPITAL if "outpatient" in self["claim"] else PRACTITIONER
        pair = self._book.pair(first, second, setting, self.on)
        if pair is None:
            return Worked(frozenset(("none",)))
        column = "first" if pair.column1 == first else "second"
        return Worked(frozenset((f"{column}_{pair.indicator}",)), pair)


def _disagree(derived: Derived, facts: FactSheet) -> str:
    clash = "; ".join(str(case) for case in derived.cases if case.when.holds(facts))
    return f"Conflict: {derived.where}: two ways to '{derived.id}' disagree ({clash}); let one apply."


def diagnosis(book: Book, written: str) -> Diagnosis | None:
    """The diagnosis row of a code as written, with or without its seventh character; None when the scope lacks it.

    A seventh character stands in the seventh place, with X in the places that the code leaves empty.
    """
    row = book.diagnosis(written)
    if row is None and len(written) == WHOLE:
        stem = book.diagnosis(written[:-1].rstrip("X")) or book.diagnosis(written[:-1])
        row = stem if stem is not None and stem.seventh else None
    return row
