"""Proofs about a tree: every way ends in exactly one outcome with valid codes, and the refining rules never clash.

Dates fall into intervals between the days on which some row, rule, code or edition begins or ends; within an interval
nothing changes, so one proof of its first day holds for all of it. Intervals in which the deciding facts see the same
are walked once. Nothing trusts the order of the files. Each fault
names the trail or the row that shows it, and one run shows all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from encoder.core.book import Book
from encoder.core.codes import Row, Span
from encoder.core.tree import faults as static
from encoder.core.tree.facts import FactSheet, is_code, rests_on
from encoder.core.tree.faults import Fault
from encoder.core.tree.model import LineSpec, Outcome, Tree
from encoder.core.tree.rule_proofs import Search, contradictions, two_ways, unsettled
from encoder.core.tree.walk import END_FACTS, Step, way
from encoder.core.tree.ways import Way, ways
from encoder.errors import DataError


@dataclass
class Proof:
    """What was proved: the first day of each interval, counts for the report, and the faults found."""

    dates: tuple[date, ...] = ()
    ways: int = 0
    rules: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether no fault was found."""
        return not self.faults


def prove(tree: Tree, book: Book) -> Proof:
    """Prove a tree against its tables on every date of service."""
    broken = sorted({*static.names(tree, book)}) or sorted({*unsettled(tree)})
    if broken:
        return Proof(faults=broken)
    proof = Proof(faults=[*static.refining(tree), *static.citations(tree, book)])
    proof.dates = intervals(tree, book)
    seen, unsure = Seen(), {fact.id for fact, *_ in two_ways(tree)}
    walked: dict[object, list[Way]] = {}
    spans = _dated(tree, book, _deciding(tree))
    for on in proof.dates:
        era = tuple((span.start is None or span.start <= on, span.end is None or on <= span.end) for span in spans)
        if era not in walked:
            walked[era] = [_settled(found, unsure) for found in ways(tree, book, on)]
            _prove_day(tree, book, on, walked[era], proof, seen)
        proof.ways += len(walked[era])
        seen.remember(walked[era], on)
    proof.faults += contradictions(tree, book)
    search = Search(tree, book, seen.looks.values())
    proof.rules = len(tree.rules)
    seen.answers |= {(q.id, a.id) for q in tree.refining() for a in q.answers if search.offers(q, a)}
    seen.answers |= {(q.id, "") for q in tree.refining() if search.asks(q)}
    seen.ends |= {f"query_{tree.questions[name].query}" for name, _ in seen.answers}
    seen.rules = {rule.id for rule in tree.rules if search.fires(rule)}
    seen.warnings |= {e.value for r in tree.rules if r.id in seen.rules for e in r.effects if e.how == "warn"}
    proof.faults = sorted({*proof.faults, *seen.unreached(tree, book)})
    return proof


def intervals(tree: Tree, book: Book) -> tuple[date, ...]:
    """The first day of every interval in which nothing that the tree can see changes."""
    spans = [tree.span, *(rule.span for rule in tree.rules), *_dated(tree, book, tree.derived)]
    first, last = tree.span.start or date.min, tree.span.end or date.max
    starts = {first - timedelta(days=1), first}
    for span in spans:
        starts |= {day for day in (span.start, span.end and span.end + timedelta(days=1)) if day}
    return tuple(sorted(day for day in starts if first - timedelta(days=1) <= day <= last + timedelta(days=1)))


def _dated(tree: Tree, book: Book, facts: Iterable[str]) -> list[Span]:
    """The days of bands and outcomes, and of all that some facts can see: rows, codes, relations, figures, editions."""
    cases = [case for fact in facts if fact in tree.derived for case in tree.derived[fact].cases]
    tables, loaded, fields = (
        {case.args[0] for case in cases if case.how == how} for how in ("lookup", "covered", "indicator")
    )
    rows = [row for table in sorted(tables) for row in book.rows(table)]
    codes = {row.code for row in rows} | {spec.code for o in tree.outcomes.values() for spec in o.lines}
    codes |= {name for case in cases for name in case.args if is_code(name)}
    spans = [band.span for band in tree.bands] + [outcome.span for outcome in tree.outcomes.values()]
    spans += [row.span for row in rows]
    spans += [edition.span for edition in book.editions() if edition.table in loaded]
    for code in sorted(codes):
        held = book.code(code) or book.procedure(code)
        spans += [held.span] if held else []
        spans += [row.span for row in book.relations(code) if row.add_on in codes]
        spans += [figure.span for figure in book.indicators(code) if figure.field in fields]
        if any(case.how == "pair" for case in cases):
            spans += [pair.span for pair in book.pairs(code)]
    return spans


def _deciding(tree: Tree) -> frozenset[str]:
    """The facts that choose a way, an outcome or the code of a line, with all that they rest on."""
    named = {fact for _, condition in static.deciding_conditions(tree) for fact in condition.facts()}
    named |= {spec.code_of for outcome in tree.outcomes.values() for spec in outcome.lines}
    named |= {fact.id for fact, *_ in two_ways(tree)}
    return frozenset[str]().union(*(rests_on(tree, name) for name in named))


@dataclass
class Seen:
    """What some way on some date has used, so that the rest can be shown as unreachable."""

    ends: set[str] = field(default_factory=set)
    answers: set[tuple[str, str]] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)
    rows: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    warnings: set[str] = field(default_factory=set)
    looks: dict[object, tuple[Way, date]] = field(default_factory=dict)

    def remember(self, walked: list[Way], on: date) -> None:
        """Keep one decided way for each outcome, set of lines, material and date, for rules to be tried on."""
        for found in walked:
            if isinstance(found.end, Outcome) and found.end.kind == "decided":
                codes = tuple(found.facts.one(spec.code_of) for spec in found.end.lines)
                material = found.facts.get("graft_material")
                self.looks.setdefault((found.end.id, codes, material, on), (found, on))

    def note(self, facts: FactSheet) -> None:
        """Remember the lookup rows that a sheet has used, with their codes and warnings."""
        for row in (worked.evidence for worked in facts.known()):
            if isinstance(row, Row):
                self.rows.add(row.id)
                self.codes.add(row.code)
                self.warnings.update(row.warn)

    def unreached(self, tree: Tree, book: Book) -> Iterator[Fault]:
        """Outcomes, queries, answers, rules, warnings and rows that nothing led to."""
        for outcome in tree.outcomes.values():
            if outcome.id not in self.ends and not outcome.imported:
                yield _unreached(f"{outcome.where} is reached by no way on any date; lead a way to it or remove it.")
        for query in tree.queries.values():
            if f"query_{query.id}" not in self.ends:
                yield _unreached(f"{query.where} is raised by no answer; use it or remove it.")
        for question in tree.questions.values():
            twins = {answer for answer, _ in question.same_ways}
            for answer in question.answers:
                if answer.id not in twins and (question.id, answer.id) not in self.answers:
                    yield _unreached(
                        f"{question.where}: answer '{answer.id}' is offered on no way; mend 'only' or remove it."
                    )
        for rule in tree.rules:
            if rule.id not in self.rules:
                yield _unreached(f"{rule.where} never applies ({rule.when}); mend its condition or remove it.")
        for warning in tree.warnings.values():
            if warning.id not in self.warnings:
                yield _unreached(f"{warning.where} is raised on no way; raise it or remove it.")
        cases = [case for fact in tree.derived.values() for case in fact.cases if case.how == "lookup"]
        for table in book.tables():
            keys = [case.args[1:] for case in cases if case.args[0] == table]
            if not keys:
                yield _unreached(f"lookup table '{table}' is used by no fact; use it or remove it.")
            for row in book.rows(table) if keys else ():
                if row.id not in self.rows and not any(self._answered(tree, key, row) for key in keys):
                    yield _unreached(f"row '{row.id}' is used on no way and date; lead a way to it or remove it.")

    def _answered(self, tree: Tree, key: tuple[str, ...], row: Row) -> bool:
        """Whether a row that waits for a detail is keyed by answers that were all offered and codes that were given."""
        decided = all(name in tree.questions and not tree.questions[name].refines for name in key)
        return not decided and all(
            (name, value) in self.answers or (name in tree.derived and value in self.codes)
            for name, value in zip(key, row.key, strict=True)
            if name
        )


def _unreached(say: str) -> Fault:
    return Fault("unreachable", say)


def _settled(found: Way, unsure: Iterable[str]) -> Way:
    """The way as found; at fault where two ways to a fact disagree on it."""
    try:
        for name in () if found.fault else unsure:
            found.facts.worked(name)
    except DataError as clash:
        return replace(found, end=None, fault=f"{clash} The answers are {way(found.steps)}.")
    return found


def _prove_day(tree: Tree, book: Book, on: date, found_ways: list[Way], proof: Proof, seen: Seen) -> None:
    """Check every way of one date, and the claim lines at its end."""
    lookups = [fact.id for fact in tree.derived.values() if any(case.how == "lookup" for case in fact.cases)]
    for found in found_ways:
        seen.answers.update((s.question, a) for s in found.steps for a in s.answers)
        if found.fault:
            proof.faults.append(fault(on, found.fault))
            continue
        seen.ends.add(found.end_id)
        if not isinstance(found.end, Outcome):
            continue
        seen.warnings.update(found.end.warn)
        for spec in found.end.lines:
            proof.faults += _line(tree, book, found, found.end, spec)
        for fact in lookups:
            found.facts.worked(fact)
        seen.note(found.facts)


def _line(tree: Tree, book: Book, found: Way, outcome: Outcome, spec: LineSpec) -> Iterator[Fault]:
    """A claim line has a code, valid on the date, at the end of the way or after the details that must be answered."""
    on = found.facts.on
    codes = {spec.code or found.facts.one(spec.code_of): way(found.steps)}
    if "" in codes:
        codes = {}
        for sheet in Search(tree, book, ()).completed(found):
            codes.setdefault(sheet.one(spec.code_of), _given(tree, sheet))
    for code, answers in codes.items():
        if not code:
            say = f"{outcome.where}: no row gives '{spec.code_of}' from {on} by {answers}; add the row."
            yield Fault("gap", say)
        elif problem := invalid(book, code, on):
            yield Fault("code", f"{outcome.where}, way {answers}: {problem}")


def _given(tree: Tree, facts: FactSheet) -> str:
    """The answers behind some facts, without those that are only assumed."""
    asked = ((tree.questions[name], values) for name, values in facts.asked.items() if name not in END_FACTS)
    return way([Step(q.id, tuple(sorted(values))) for q, values in asked if values != {q.usual}])


def fault(on: date, say: str) -> Fault:
    """A fault that the walk met, sorted by the word its sentence begins with."""
    kind = say.partition(":")[0].lower()
    return Fault(kind if kind in {"gap", "conflict", "cycle"} else "data", f"from {on}: {say}")


def invalid(book: Book, code: str, on: date) -> str:
    """Why a code may not stand on a claim of this date; empty when it may."""
    held, procedure = book.code(code), book.procedure(code)
    span: Span | None = held.span if held else procedure.span if procedure else None
    if span is None:
        return f"{code} is in no table of codes; add the row."
    if not span.covers(on):
        return f"{code} is valid from {span.start} to {span.end or 'now'}, not on {on}; date the row."
    return ""
