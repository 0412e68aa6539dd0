"""Faults that show without walking: dangling ids, twins that differ, details that decide, citations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from encoder.core.book import Book
from encoder.core.tree.facts import is_code, rests_on, works_from
from encoder.core.tree.model import END, Condition, Kind, Question, Tree
from encoder.core.tree.rules import ROLES
from encoder.core.tree.walk import END_FACTS, NOT_ASKED


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault. ``kind`` is a word for the sort of it, ``say`` the sentence with the trail or row that shows it."""

    kind: str
    say: str


def names(tree: Tree, book: Book) -> Iterator[Fault]:
    """Ids that lead nowhere: in next, query, warn, code_of, conditions, lookups, families, twins."""
    if tree.start not in tree.questions:
        yield Fault("dangling", f"tree '{tree.id}' starts at '{tree.start}', which is no question; mend 'start'.")
    for band in tree.bands:
        if band.outcome not in tree.outcomes:
            yield Fault(
                "dangling", f"{band.where} ends in outcome '{band.outcome}', which does not exist; mend the name."
            )
    for name in tree.usual_way:
        if name not in tree.questions:
            yield Fault("dangling", f"tree '{tree.id}': usual_way names '{name}', which is no question; mend the name.")
    for question in tree.questions.values():
        yield from _question_names(tree, question)
    for fact in tree.derived.values():
        for case in fact.cases:
            yield from _condition(tree, case.when, fact.where)
            if case.how == "lookup":
                yield from _lookup_names(tree, book, case.args, fact.where)
            for name in (*works_from(case), *case.when.facts()):
                if fact.id in rests_on(tree, name):
                    yield Fault("cycle", f"{fact.where} depends on itself by way of '{name}'; break the circle.")
            yield from (_no_fact(name, fact.where) for name in works_from(case) if not _known(tree, name))
    for outcome in tree.outcomes.values():
        yield from _condition(tree, outcome.when, outcome.where)
        yield from (_no_warning(name, outcome.where) for name in outcome.warn if name not in tree.warnings)
        yield from (
            _no_fact(s.code_of, outcome.where) for s in outcome.lines if s.code_of and not _known(tree, s.code_of)
        )
        yield from (_no_fact(name, outcome.where) for name in outcome.between if name not in tree.questions)
    for rule in tree.rules:
        yield from _condition(tree, rule.when, rule.where)
        for effect in rule.effects:
            if effect.how == "warn" and effect.value not in tree.warnings:
                yield _no_warning(effect.value, rule.where)
            if effect.line and effect.line.code_of and not _known(tree, effect.line.code_of):
                yield _no_fact(effect.line.code_of, rule.where)
            spoken = [effect.on] if effect.on not in {"", "all", *ROLES} else []
            if effect.how == "replace" or (effect.how == "modify" and effect.value.islower()):
                spoken.append(effect.value)
            yield from (_no_fact(name, rule.where) for name in spoken if not _known(tree, name))
    for family in tree.families:
        for code in family.codes:
            if book.code(code) is None:
                yield Fault(
                    "code", f"{family.where} names {code}, which no table of codes holds; add the row or mend it."
                )


def _question_names(tree: Tree, question: Question) -> Iterator[Fault]:
    if question.query not in tree.queries:
        yield Fault("dangling", f"{question.where}: query '{question.query}' does not exist; add it or mend the name.")
    for go in (*question.go, *(go for answer in question.answers for go in answer.go)):
        yield from _condition(tree, go.when, question.where)
        if go.to != END and go.to not in tree.questions and go.to not in tree.outcomes:
            yield Fault("dangling", f"{question.where}: next '{go.to}' is no question and no outcome; mend the name.")
        if go.to in tree.questions and tree.questions[go.to].refines:
            yield Fault(
                "refines", f"{question.where}: next '{go.to}' is a refining question; deciding ways never lead to one."
            )
    for answer in question.answers:
        yield from _condition(tree, answer.only, f"{question.where}, answer '{answer.id}'")
        if answer.query and answer.query not in tree.queries:
            yield Fault(
                "dangling", f"{question.where}, answer '{answer.id}': query '{answer.query}' does not exist; mend it."
            )
        if not question.refines and not (answer.go or question.go or answer.query):
            yield Fault("gap", f"{question.where}, answer '{answer.id}' leads nowhere; give it 'next'.")
    yield from _condition(tree, question.asked, question.where)
    if question.usual and question.usual != NOT_ASKED and question.answer(question.usual) is None:
        yield Fault("dangling", f"{question.where}: usual '{question.usual}' is none of its answers; mend it.")
    for answer_id, twin in question.same_ways:
        if question.answer(answer_id) is None or question.answer(twin) is None:
            yield Fault(
                "dangling", f"{question.where}: same_ways names '{answer_id}' and '{twin}'; both must be answers."
            )
        else:
            yield from _twins(tree, question, answer_id, twin)
    if question.kind is Kind.PICK and not _known(tree, question.source.split(":")[1]):
        yield _no_fact(question.source.split(":")[1], question.where)


def _twins(tree: Tree, question: Question, answer_id: str, twin: str) -> Iterator[Fault]:
    """Twins have identical ways: no condition that decides speaks of one without the other."""
    first, second = question.answer(answer_id), question.answer(twin)
    if first is not None and second is not None and (first.go, first.query) != (second.go, second.query):
        yield Fault(
            "twins",
            f"{question.where}: '{answer_id}' and '{twin}' are said to have the same ways but lead on differently.",
        )
    deciding = [(o.where, o.when) for o in tree.outcomes.values()]
    deciding += [(q.where, a.only) for q in tree.deciding() for a in q.answers]
    deciding += [(q.where, go.when) for q in tree.deciding() for a in q.answers for go in (*a.go, *q.go)]
    for where, condition in deciding:
        for fact, values in condition.terms:
            if fact == question.id and (answer_id in values) != (twin in values):
                yield Fault(
                    "twins",
                    f"{where} tells '{answer_id}' from '{twin}' of '{question.id}': said to have the same ways.",
                )


def _condition(tree: Tree, condition: Condition, where: str) -> Iterator[Fault]:
    for fact, values in condition.terms:
        if not _known(tree, fact):
            yield _no_fact(fact, where)
        question = tree.questions.get(fact)
        if question is not None and question.kind is not Kind.PICK:
            for value in sorted(values):
                if question.answer(value) is None:
                    yield Fault("dangling", f"{where}: '{value}' is no answer of question '{fact}'; mend the value.")


def _lookup_names(tree: Tree, book: Book, args: tuple[str, ...], where: str) -> Iterator[Fault]:
    columns = book.columns(args[0])
    if not columns:
        yield Fault("dangling", f"{where}: table '{args[0]}' does not exist; add it to the lookups or mend the name.")
    elif len(columns) != len(args) - 1:
        yield Fault(
            "dangling", f"{where}: table '{args[0]}' is keyed by {', '.join(columns)}; {len(args) - 1} facts are given."
        )
    for row in book.rows(args[0]):
        yield from (_no_warning(name, f"row '{row.id}'") for name in row.warn if name not in tree.warnings)


def _known(tree: Tree, name: str) -> bool:
    return is_code(name) or name in tree.questions or name in tree.derived or name in END_FACTS


def _no_fact(name: str, where: str) -> Fault:
    return Fault("dangling", f"{where} speaks of '{name}', which is no question and no worked-out fact; mend the name.")


def _no_warning(name: str, where: str) -> Fault:
    return Fault("dangling", f"{where} raises warning '{name}', which does not exist; add it or mend the name.")


def citations(tree: Tree, book: Book) -> Iterator[Fault]:
    """Every citation has a known source and a locator; every source of the register is cited somewhere."""
    known = {source.id for source in book.sources()}
    cited: set[str] = set()
    for where, cites in _cited(tree, book):
        if not cites:
            yield Fault("citation", f"{where} has no citation; every entry needs a source and a place in it.")
        for cite in cites:
            source, _, locator = cite.partition("#")
            cited.add(source)
            if source not in known:
                yield Fault(
                    "citation",
                    f"{where} cites '{cite}', but sources.toml has no '{source}'; add the source or mend the citation.",
                )
            elif not locator:
                yield Fault("citation", f"{where} cites '{cite}' without a place; write {source}#<place>.")
    for name in sorted(known - cited):
        yield Fault(
            "source", f"sources.toml: '{name}' is cited nowhere; cite it where it supports something or remove it."
        )


def _cited(tree: Tree, book: Book) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield f"tree '{tree.id}'", tree.cites
    for question in tree.questions.values():
        yield question.where, question.cites
    for outcome in tree.outcomes.values():
        yield outcome.where, outcome.cites
        if outcome.open:
            for _, _, cite in outcome.open.sides:
                yield outcome.where, (cite,)
    for rule in tree.rules:
        yield rule.where, rule.cites
        if rule.open:
            yield from ((rule.where, (cite,)) for _, _, cite in rule.open.sides)
    for warning in tree.warnings.values():
        yield warning.where, warning.cites
    for query in tree.queries.values():
        yield query.where, query.cites
    for family in tree.families:
        yield family.where, family.cites
    yield from book.edit_rules().cited()
    for table in book.tables():
        for row in book.rows(table):
            yield f"row '{row.id}'", row.cites
    for code in book.codes():
        yield f"code {code.code}", code.cites
        for relation in book.relations(code.code):
            yield f"row '{relation.id}'", relation.cites
        for figure in book.indicators(code.code):
            yield f"indicator {figure.code} {figure.field} {figure.edition}", figure.cites
        for pair in book.pairs(code.code):
            yield f"row '{pair.id}'", pair.cites
        for fact in book.documentation(code.code):
            yield f"documentation '{fact.id}'", fact.cites
    for edition in book.editions():
        yield f"edition {edition.table} {edition.edition}", edition.cites
    for figure in book.indicators("*"):
        yield f"indicator of every code, {figure.field} {figure.edition}", figure.cites
    yield from book.citations()


def refining(tree: Tree) -> Iterator[Fault]:
    """Refining answers decide nothing: no condition that chooses a question, an answer or an outcome speaks of one."""
    details = {question.id for question in tree.refining()}
    for where, condition in deciding_conditions(tree):
        for fact in condition.facts():
            if fact in details:
                yield Fault(
                    "refines", f"{where} decides by '{fact}', which only refines; give the change a rule of its own."
                )


def deciding_conditions(tree: Tree) -> Iterator[tuple[str, Condition]]:
    """Every condition that chooses an outcome, a next question or an offer, with the place it stands at."""
    for outcome in tree.outcomes.values():
        yield outcome.where, outcome.when
    for question in tree.deciding():
        for go in (*question.go, *(go for answer in question.answers for go in answer.go)):
            yield question.where, go.when
        for answer in question.answers:
            yield question.where, answer.only
