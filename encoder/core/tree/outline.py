"""The tree as a document: questions with answers and where they lead, facts, ends, rules, tables and texts.

It is made from the tree and its tables alone, so that a certified coder who reads and signs it has read what the
program does. Every entry stands with its id, its sources and, where it has some, its dates.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from encoder.core.book import Book
from encoder.core.codes import Cites, Row, Span
from encoder.core.tree.facts import is_code
from encoder.core.tree.model import (
    END,
    Answer,
    Case,
    Condition,
    Derived,
    Effect,
    Family,
    Go,
    Kind,
    LineSpec,
    Open,
    Outcome,
    Question,
    Rule,
    Tree,
)

_AT_THE_END = {
    "outcome": "End",
    "outcome_kind": "Kind of end",
    "claim_primary": "Primary on the claim",
    "claim_add_on": "Add-on on the claim",
}
"""Names of the facts that an end adds."""
_LINES = {
    "primary": "the primary",
    "add_on": "the add-on",
    "second_primary": "the second primary",
    "second_add_on": "the second add-on",
    "other": "another procedure",
    "all": "every line",
}
_HOWS = {
    "copy": "the same as {0}",
    "relation": "what the add-on list says of {0} beside {1}",
    "withdrawn": "whether a bar between {0} and {1} has ended",
    "pair": "the edit between {0} and {1}",
    "known": "whether {0} is known",
    "same": "whether {0} and {1} are the same",
    "differ": "whether {0} and {1} differ",
}
_PAIRS = {
    f"{place}_{indicator}": f"{place} code in column 1, indicator {indicator}"
    for place in ("first", "second")
    for indicator in "019"
}
"""What the edit between two codes is, in words."""
_FIELDS = {
    "attribute": "the {0} of {1}",
    "indicator": "the published figure {0} of {1}",
    "diagnosis": "the {0} of the diagnosis {1}",
}


def outline(tree: Tree, book: Book, on: date) -> Iterator[str]:
    """The lines of the document, in Markdown, for a date of service."""
    yield f"# {tree.title}"
    yield ""
    yield f"Tree `{tree.id}`, edition {tree.edition}, sha256 {tree.sha256[:16]}. Printed for {on}."
    yield f"It answers for {tree.span.start} to {tree.span.end}. A code is named by number and in our own wording."
    yield ""
    for band in tree.bands:
        yield f"Dates of service {_days(band.span)}: {tree.outcomes[band.outcome].verdict}."
    yield from _section("Questions that decide")
    for question in tree.deciding():
        yield from _question(tree, question)
    yield from _section("Questions that refine")
    for question in tree.refining():
        yield from _question(tree, question)
    yield from _section("Facts that are worked out")
    for fact in tree.derived.values():
        yield from _derived(tree, fact)
    yield from _section("Ends")
    for outcome in tree.outcomes.values():
        yield from _outcome(tree, outcome)
    yield from _section("Rules of the refining answers")
    for rule in tree.rules:
        yield from _rule(tree, rule)
    yield from _section("Tables")
    for table in book.tables():
        yield from _table(tree, book, table, on)
    yield from _section("Add-on list")
    for code in book.codes():
        yield from _listed(book, code.code, on)
    yield from _section("Warnings")
    for warning in tree.warnings.values():
        yield f"- {warning.id} ({warning.severity}): {warning.say} {_cited(warning.cites)}"
    yield from _section("Queries")
    for query in tree.queries.values():
        yield f"- {query.ref} {query.topic}: {query.ask} {query.why} {_cited(query.cites)}"
    yield from _section("Codes that are explained when they are not on the claim")
    for family in tree.families:
        yield _family(family)
    yield ""
    yield "Read and approved: ______________________  Date: ______________"


def _section(title: str) -> Iterator[str]:
    yield ""
    yield f"## {title}"


# ---------------------------------------------------------------------------------------------- questions


def _question(tree: Tree, question: Question) -> Iterator[str]:
    yield ""
    yield f"### {question.ask}"
    yield f"`{question.id}`. {question.hint} {_cited(question.cites)}"
    if question.refines:
        yield f"Asked when {_condition(tree, question.asked)}. {_usual(question)}"
    if question.kind is Kind.MANY:
        yield "Several answers may be given."
    if question.kind is Kind.PICK:
        yield "- one code of the table"
    for answer in question.answers:
        yield from _answer(tree, question, answer)
    yield f"- The note does not say: stop, and ask about {tree.queries[question.query].fact}"
    if question.go:
        yield from _ways(tree, "An answer that names no way leads to", question.go, "")
    if question.review:
        yield f"**Review:** {question.review}"


def _usual(question: Question) -> str:
    usual = question.answer(question.usual)
    if usual is not None:
        return f"Until asked, taken as: {usual.say}."
    return "Nothing is assumed." if question.usual else "Must be answered."


def _answer(tree: Tree, question: Question, answer: Answer) -> Iterator[str]:
    text = f"- {answer.say}"
    if answer.plain:
        text += f" ({answer.plain})"
    if answer.only.terms:
        text += f"; offered when {_condition(tree, answer.only)}"
    if answer.query:
        yield f"{text}: stop, and ask about {tree.queries[answer.query].fact}"
    elif answer.go and not question.refines:
        yield from _ways(tree, text, answer.go, "  ")
    else:
        yield text


def _ways(tree: Tree, text: str, ways: tuple[Go, ...], indent: str) -> Iterator[str]:
    """A single way stands beside its text, several below it."""
    if len(ways) == 1 and not ways[0].when.terms:
        yield f"{text}: {_target(tree, ways[0])}"
        return
    yield f"{text}:"
    for go in ways:
        yield f"{indent}- when {_condition(tree, go.when)}: {_target(tree, go)}"


def _target(tree: Tree, go: Go) -> str:
    if go.to == END:
        return "the end that matches"
    return f"end: {tree.outcomes[go.to].verdict}" if go.to in tree.outcomes else tree.questions[go.to].ask


# ---------------------------------------------------------------------------------------------- facts and conditions


def _derived(tree: Tree, fact: Derived) -> Iterator[str]:
    yield f"- “{fact.say}” (`{fact.id}`):"
    for case in fact.cases:
        when = f"when {_condition(tree, case.when)}: " if case.when.terms else ""
        yield f"  - {when}{_case(tree, case)}"


def _case(tree: Tree, case: Case) -> str:
    if case.how == "value":
        return case.args[0].replace("_", " ")
    if case.how == "covered":
        return f"whether a loaded edition of “{case.args[0].replace('_', ' ')}” covers the date of service"
    if case.how == "lookup":
        keys = ", ".join(_fact(tree, name) for name in case.args[1:] if name)
        return f"the row of the table “{case.args[0].replace('_', ' ')}” for {keys}"
    if case.how in _FIELDS:
        return _FIELDS[case.how].format(case.args[0].replace("_", " "), _fact(tree, case.args[1]))
    return _HOWS[case.how].format(*(_fact(tree, name) for name in case.args))


def _condition(tree: Tree, condition: Condition) -> str:
    said = (f"{_fact(tree, fact)} is {_values(tree, fact, values)}" for fact, values in condition.terms)
    return " and ".join(said) or "always"


def _fact(tree: Tree, name: str) -> str:
    if is_code(name):
        return name
    if name in tree.questions:
        return f"“{tree.questions[name].label}”"
    return f"“{tree.derived[name].say}”" if name in tree.derived else f"“{_AT_THE_END[name]}”"


def _values(tree: Tree, fact: str, values: frozenset[str]) -> str:
    return " or ".join(_value(tree, fact, value) for value in sorted(values))


def _value(tree: Tree, fact: str, value: str) -> str:
    answer = tree.questions[fact].answer(value) if fact in tree.questions else None
    if fact == "outcome":
        return tree.outcomes[value].ref
    return answer.brief if answer else _PAIRS.get(value) or value.replace("_", " ")


# ---------------------------------------------------------------------------------------------- ends and rules


def _outcome(tree: Tree, outcome: Outcome) -> Iterator[str]:
    yield ""
    yield f"### {outcome.ref}: {outcome.verdict}"
    yield f"`{outcome.id}`, {outcome.kind}. {outcome.say} {_cited(outcome.cites)}"
    yield "Reached by name." if outcome.named else f"When {_condition(tree, outcome.when)}."
    if outcome.span != Span():
        yield f"Holds {_days(outcome.span)}."
    for spec in outcome.lines:
        yield f"- line: {_code(tree, spec)} as {_LINES[spec.role]}"
    if outcome.without:
        yield f"- where a rule takes the add-on off: {outcome.without}"
    for name in outcome.warn:
        yield f"- warns {name}"
    if outcome.review:
        yield f"- **Review:** {outcome.review}"
    yield from _open(outcome.open)


def _open(left: Open | None) -> Iterator[str]:
    if left is not None:
        yield f"- Open: {left.ask}"
        for head, say, cite in left.sides:
            yield f"  - {head}: {say} [{cite}]"


def _rule(tree: Tree, rule: Rule) -> Iterator[str]:
    yield f"- `{rule.id}`: when {_condition(tree, rule.when)}: {rule.say} {_cited(rule.cites)}"
    for effect in rule.effects:
        yield f"  - {_effect(tree, effect)}"
    if rule.becomes:
        yield f"  - the result is then {rule.becomes}"
    if rule.span != Span():
        yield f"  - holds {_days(rule.span)}"
    yield from (f"  {line}" for line in _open(rule.open))


def _effect(tree: Tree, effect: Effect) -> str:
    if effect.line:
        return f"adds {_code(tree, effect.line)} as {_LINES[effect.line.role]}"
    if effect.how in {"warn", "review"}:
        return f"warns {effect.value}" if effect.how == "warn" else f"**Review:** {effect.value}"
    target = _LINES.get(effect.on) or f"the line of {_fact(tree, effect.on)}"
    if effect.how == "modify":
        value = f"the modifier of {_fact(tree, effect.value)}" if effect.value.islower() else effect.value
        return f"puts {value} on {target}"
    if effect.how == "replace":
        return f"puts {_fact(tree, effect.value)} in the place of {target}"
    return f"takes {target} off the claim" if effect.how == "drop" else f"makes {target} two lines, RT and LT"


def _code(tree: Tree, spec: LineSpec) -> str:
    return "-".join((spec.code or _fact(tree, spec.code_of), *spec.modifiers))


# ---------------------------------------------------------------------------------------------- tables and texts


def _table(tree: Tree, book: Book, table: str, on: date) -> Iterator[str]:
    yield ""
    yield f"### {table.replace('_', ' ')}"
    for row in book.rows(table):
        if row.span.covers(on):
            yield _row(tree, book, row)


def _row(tree: Tree, book: Book, row: Row) -> str:
    columns = zip(book.columns(row.table), row.key, strict=True)
    key = ", ".join(_value(tree, name, value) for name, value in columns if value)
    held = book.code(row.code) or book.procedure(row.code)
    parts = [f"- {key}: **{row.code or 'no code'}**", f"{held.title}." if held else "", row.say, *row.warn]
    parts += [f"**Review:** {row.review}" if row.review else "", f"(`{row.id}`, {_days(row.span)})"]
    return " ".join([*filter(None, parts), _cited(row.cites)])


def _listed(book: Book, add_on: str, on: date) -> Iterator[str]:
    for kind, says in (("allowed", "is paid only with"), ("barred", "is barred with")):
        rows = [
            row for row in book.relations(add_on) if (row.add_on, row.kind) == (add_on, kind) and row.span.covers(on)
        ]
        if rows:
            yield f"- {add_on} {says}: {', '.join(sorted(row.primary for row in rows))}"


def _family(family: Family) -> str:
    return f"- {family.title} ({', '.join(family.codes)}): for {family.needs} {_cited(family.cites)}"


def _days(span: Span) -> str:
    if span.start and span.end:
        return f"from {span.start} to {span.end}"
    if span.start or span.end:
        return f"from {span.start}" if span.start else f"until {span.end}"
    return "on every date"


def _cited(cites: Cites) -> str:
    return f"[{', '.join(cites)}]"
