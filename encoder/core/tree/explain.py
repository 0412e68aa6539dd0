"""From a position to an explained result: why these lines, why not the others, what to document, what stays open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from encoder.core.book import HOSPITAL, PRACTITIONER, Book
from encoder.core.codes import Cites, Relation, State
from encoder.core.edits.findings import EditCheck
from encoder.core.edits.lines import check_lines
from encoder.core.query import draft
from encoder.core.tree.disagree import disagreement
from encoder.core.tree.model import NOT_DOCUMENTED, Family, Open, Question, Rule, Tree
from encoder.core.tree.reach import Codes, Reach, left_at
from encoder.core.tree.rules import Claim, Line, claim
from encoder.core.tree.walk import Position, Step


@dataclass(frozen=True, slots=True)
class Why:
    """One reason: the row that fired, in words, with its citation and dates. ``code`` is the line it is about."""

    rule: str
    say: str
    cites: Cites
    start: date | None
    end: date | None
    code: str = ""
    hash: str = ""


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why one code is not on the claim: an answer (question and answer id) or a row (rule) ruled it out."""

    code: str
    family: str
    say: str
    question: str = ""
    answer: str = ""
    rule: str = ""
    cites: Cites = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """One warning of the catalogue that applies."""

    id: str
    severity: str
    say: str
    cites: Cites


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One fact that the note must show; ``answer`` is what the coder answered to the question that settles it."""

    fact: str
    label: str
    say: str
    question: str
    answer: str
    cites: Cites


@dataclass(frozen=True, slots=True)
class Value:
    """Figures of one line on the date, as text; empty where the edition does not hold them."""

    code: str
    work: str
    total: str
    dollars: str
    edition: str


@dataclass(frozen=True, slots=True)
class QueryDraft:
    """A query about one fact, ready to edit, and the question that its answer reopens."""

    fact: str
    topic: str
    why: str
    text: str
    question: str


@dataclass(frozen=True, slots=True)
class Result:
    """Everything the screen, the command line and the record say about a position."""

    status: str
    outcome: str
    ref: str
    verdict: str
    say: str
    review: tuple[str, ...]
    open: Open | None
    lines: tuple[Line, ...]
    why: tuple[Why, ...]
    why_not: tuple[WhyNot, ...]
    warnings: tuple[Notice, ...]
    checklist: tuple[ChecklistItem, ...]
    edits: tuple[EditCheck, ...]
    values: tuple[Value, ...]
    queries: tuple[QueryDraft, ...]
    hospital_code: str
    assumed: tuple[Question, ...]


LEADS = {"decided": "Decided", "review": "Review required", "query": "Stop: ask the surgeon", "stopped": "Stop"}
_RANK = {"stop": 0, "warn": 1, "note": 2}


def explain(position: Position, book: Book, reach: Reach, case: str = "") -> Result:
    """Explain an end or a stop; where the walk is still under way, status is incomplete and only ``why`` is empty."""
    made = claim(position)
    outcome, query = position.outcome, position.query
    clash = disagreement(position, book)
    reviews = () if query else (*made.reviews, *([clash.review] if clash else []))
    queries = (_query(position, case),) if query else ()
    lead = LEADS["query" if query else "review" if reviews else outcome.kind if outcome else "stopped"]
    if query is not None:
        verdict, say, name, ref = f"{lead}. One fact is missing", query.why, f"query_{query.id}", "O-QUERY"
    elif outcome is not None:
        said = outcome.without if made.dropped and outcome.without else outcome.verdict
        verdict = said if outcome.kind == "stopped" and not reviews else f"{lead}: {said}"
        say, name = outcome.say, outcome.id
        ref = next((rule.becomes for _, rule in made.dropped if rule.becomes), outcome.ref)
    else:
        verdict, say, name, ref = "", "", "", ""
    ended = position.status != "incomplete"
    return Result(
        status=position.status,
        outcome=name,
        ref=ref,
        verdict=verdict,
        say=say,
        review=reviews,
        open=_open(position, made),
        lines=made.lines,
        why=_why(position, made, book) if ended else (),
        why_not=_why_not(position, made, book, reach) if ended else (),
        warnings=_warnings(position.tree, made.warnings) if ended else (),
        checklist=_checklist(position, made, book) if ended else (),
        edits=check_lines(made.lines, book, setting_of(position), position.on, position.facts.one("diagnosis_code")),
        values=tuple(_value(line, book, position.on) for line in made.lines),
        queries=queries,
        hospital_code=position.facts.one("hospital_code") if made.lines else "",
        assumed=position.later if made.lines else (),
    )


def _open(position: Position, made: Claim) -> Open | None:
    """What the sources leave open here: of the end itself, else of the first rule that says so."""
    if position.outcome is None or position.query is not None:
        return None
    return position.outcome.open or next((rule.open for rule in made.fired if rule.open), None)


def setting_of(position: Position) -> str:
    """The table of code pairs that the claim is held against."""
    return HOSPITAL if "outpatient" in position.facts["claim"] else PRACTITIONER


def _query(position: Position, case: str) -> QueryDraft:
    query = position.query
    assert query is not None
    return QueryDraft(query.fact, query.topic, query.why, draft(query, case, position.on), position.stopped_at)


def _warnings(tree: Tree, ids: Iterable[str]) -> tuple[Notice, ...]:
    found = [tree.warnings[name] for name in dict.fromkeys(ids)]
    return tuple(
        Notice(w.id, w.severity, w.say, w.cites) for w in sorted(found, key=lambda w: (_RANK[w.severity], w.id))
    )


# ---------------------------------------------------------------------------------------------- why


def _why(position: Position, made: Claim, book: Book) -> tuple[Why, ...]:
    reasons = [
        Why(
            row.id,
            row.say or f"The table gives {row.code} for these answers.",
            row.cites,
            row.span.start,
            row.span.end,
            row.code,
            row.hash,
        )
        for row in made.rows
    ]
    reasons += [_of_relation(relation) for relation in _relations(position, made, book)]
    span, outcome, query = position.tree.span, position.outcome, position.query
    if query is not None:
        reasons.append(Why(f"query:{query.id}", query.why, query.cites, span.start, span.end))
        return tuple(reasons)
    assert outcome is not None
    start, end = outcome.span.start or span.start, outcome.span.end or span.end
    reasons.append(Why(f"outcome:{outcome.id}", outcome.say, outcome.cites, start, end))
    clash = disagreement(position, book)
    if clash is not None:
        told = ((clash.relation.row, clash.theirs), (clash.bar, clash.ours))
        reasons += [
            Why(row.id, f"{say[0].upper()}{say[1:]}.", row.cites, row.span.start, row.span.end)
            for row, say in told
            if row is not None
        ]
    for rule in made.fired:
        if _of_loading(position.tree, rule):
            continue  # its warning says it already
        start, end = rule.span.start or span.start, rule.span.end or span.end
        reasons.append(Why(f"rule:{rule.id}", rule.say, rule.cites, start, end))
    return tuple(reasons)


def _of_loading(tree: Tree, rule: Rule) -> bool:
    """Whether a rule just warns that no edition of a table covers the date: no reason for any code."""
    missing = (tree.derived[fact] for fact, values in rule.when.terms if fact in tree.derived and "no" in values)
    loading = any(case.how == "covered" for fact in missing for case in fact.cases)
    return loading and all(effect.how == "warn" for effect in rule.effects)


def _relations(position: Position, made: Claim, book: Book) -> list[Relation]:
    """Rows between add-ons and primaries that belong together; without an add-on, the bar against the fitting one."""
    found = []
    for add_on_role, primary_role in (("add_on", "primary"), ("second_add_on", "second_primary")):
        for add_on in (line for line in made.lines if line.role == add_on_role):
            near = [line for line in made.lines if line.role == primary_role]
            found += [book.relation(add_on.code, primary.code, position.on) for primary in near]
    fitting = position.facts.one("add_on")
    if fitting and not found:
        found = [book.relation(fitting, line.code, position.on) for line in made.lines if line.role == "primary"]
    return [relation for relation in found if relation.row is not None]


def _of_relation(relation: Relation) -> Why:
    row = relation.row
    assert row is not None
    if relation.state is State.ALLOWED:
        say = f"{relation.add_on} is paid only with a primary of its closed list. {relation.primary} is on it."
    else:
        say = f"{relation.add_on} is barred with {relation.primary}. {row.basis}."
    return Why(row.id, say, row.cites, row.span.start, row.span.end, relation.add_on, row.hash)


# ---------------------------------------------------------------------------------------------- why not


def _why_not(position: Position, made: Claim, book: Book, reach: Reach) -> tuple[WhyNot, ...]:
    claimed = {line.code for line in made.lines}
    along = reach.along(position.steps)
    found = []
    for family in position.tree.families:
        if family.near:
            found += [
                _reason(code, family, position, made, book, reach, along)
                for code in family.codes
                if code not in claimed
            ]
    return tuple(found)


def _reason(
    code: str, family: Family, position: Position, made: Claim, book: Book, reach: Reach, along: Sequence[Codes]
) -> WhyNot:
    if not position.steps:
        rule = f"outcome:{position.outcome.id}" if position.outcome else ""
        return WhyNot(code, family.id, position.outcome.verdict if position.outcome else "", rule=rule)
    for gone, rule_ in made.dropped:
        if gone == code:
            return WhyNot(code, family.id, rule_.say, rule=f"rule:{rule_.id}", cites=rule_.cites)
    if code == position.facts.one("add_on"):
        fitting = _fitting(code, family, position, book)
        if fitting is not None:
            return fitting
    index = left_at(frozenset((code,)), along)
    if index == -1:
        held = book.code(code)
        dates = (
            f"; valid {held.span.start} to {held.span.end or 'now'}"
            if held and not held.span.covers(position.on)
            else ""
        )
        return WhyNot(
            code,
            family.id,
            f"No way leads to it here: it is for {family.needs}{dates}",
            rule=f"family:{family.id}",
            cites=family.cites,
        )
    if index is not None:
        return _by_answer(code, family, position, position.steps[index])
    return _by_detail(code, family, position, reach)


def _fitting(code: str, family: Family, position: Position, book: Book) -> WhyNot | None:
    """The add-on that fits the form, with the row or the absence of one that keeps it off this primary."""
    primary = position.facts.one("primary")
    if position.query is not None or not primary:
        return None
    relation = book.relation(code, primary, position.on)
    if relation.state is State.BARRED and relation.row is not None:
        return WhyNot(
            code,
            family.id,
            f"Barred with {primary}. {relation.row.basis}",
            rule=relation.row.id,
            cites=relation.row.cites,
        )
    outcome = position.outcome
    if relation.state is State.NOT_LISTED and outcome is not None:
        return WhyNot(
            code,
            family.id,
            f"{primary} is not on its closed list of primaries",
            rule=f"outcome:{outcome.id}",
            cites=family.cites,
        )
    return None


def _by_answer(code: str, family: Family, position: Position, step: Step) -> WhyNot:
    question = position.tree.questions[step.question]
    brief = "not documented" if NOT_DOCUMENTED in step.answers else answer_text(question, step)
    return WhyNot(
        code,
        family.id,
        f"{question.label}: {_lower(brief)}. {code} is for {family.needs}",
        step.question,
        step.text,
        "",
        family.cites,
    )


def _by_detail(code: str, family: Family, position: Position, reach: Reach) -> WhyNot:
    """A code that only a refining answer could have added: name that question and what stands there."""
    asked = reach.details_for(code)
    for step in position.refined:
        if step.question in asked:
            return _by_answer(code, family, position, step)
    later = next((question for question in position.later if question.id in asked), None)
    if later is None:
        return _by_answer(code, family, position, position.steps[-1])
    usual = later.answer(later.usual)
    taken = f"taken as {_lower(usual.brief)}" if usual else "nothing assumed"
    say = f"{later.label}: not asked yet, {taken}. {code} is for {family.needs}"
    return WhyNot(code, family.id, say, later.id, later.usual, "", family.cites)


def answer_text(question: Question, step: Step) -> str:
    """The answers of a step in words, for the way so far and the reasons."""
    words = []
    for answer_id in step.answers:
        answer = question.answer(answer_id)
        words.append(answer.brief if answer else "Not documented" if answer_id == NOT_DOCUMENTED else answer_id)
    return ", ".join(words)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


# ---------------------------------------------------------------------------------------------- documentation, values


def _checklist(position: Position, made: Claim, book: Book) -> tuple[ChecklistItem, ...]:
    steps = {step.question: step for step in position.trail}
    subjects: list[str] = []
    for line in made.lines:
        held = book.code(line.code)
        subjects += [line.code, *([f"category:{held.category}"] if held else [])]
    items: dict[str, ChecklistItem] = {}
    for subject in dict.fromkeys(subjects):
        for fact in book.documentation(subject):
            step = steps.get(fact.question)
            answer = answer_text(position.tree.questions[fact.question], step) if step else ""
            items.setdefault(
                fact.label, ChecklistItem(fact.id, fact.label, fact.say, fact.question, answer, fact.cites)
            )
    return tuple(items.values())


def _value(line: Line, book: Book, on: date) -> Value:
    fields = ("work_rvu", "facility_total_rvu", "national_facility_payment_usd")
    found = [book.indicator(line.code, field, on) for field in fields]
    work, total, dollars = (figure.value if figure else "" for figure in found)
    return Value(line.code, work, total, dollars, next((figure.edition for figure in found if figure), ""))
