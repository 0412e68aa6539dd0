"""What the page is told of a case: the question with its answers, the way so far, the codes that are still possible.

Made anew for each View, from the state of the case and where it stands; nothing is kept here.
"""

from __future__ import annotations

from encoder.core.book import Book
from encoder.core.case_state import DATE, CaseState
from encoder.core.evidence import Quoted, counting
from encoder.core.tree.explain import answer_text
from encoder.core.tree.model import NOT_DOCUMENTED, NOTHING, Family, Kind, Question, Tree, Values
from encoder.core.tree.reach import Codes, left_at
from encoder.core.tree.walk import Position, Step, offered, ordered, picks
from encoder.core.view import Ask, Candidate, Option, WayStep

KEYS = 9
"""Answers that have a digit of their own; the others are reached by typing letters."""


def ask_of(state: CaseState, question: Question, position: Position, book: Book) -> Ask:
    """A question as it is asked, with the answers that are offered."""
    facts = position.facts
    given = state.answers.get(question.id) or state.earlier.get(question.id) or frozenset()
    options = options_of(question, position, book, given)
    was = ""
    undocumented = NOT_DOCUMENTED in given
    if given and not undocumented and not any(option.chosen for option in options):
        was = answer_text(question, Step(question.id, ordered(question, given)))
    return Ask(
        question=question.id,
        label=question.label,
        text=question.ask,
        hint=question.hint,
        help=question.help,
        kind="many" if question.kind is Kind.MANY else "one",
        options=options,
        map=question.map,
        refines=question.refines,
        usual=question.usual,
        was=was,
        seventh=question.source.startswith("diagnoses:") and bool(facts.one("diagnosis")),
        undocumented=undocumented,
        assumed=_assumed(state, question, options),
    )


def _assumed(state: CaseState, question: Question, options: tuple[Option, ...]) -> tuple[str, ...]:
    """The assumed answer to a question that nobody answered, where all of it is still offered."""
    values = state.assumed.get(question.id, NOTHING)
    if question.id in state.answers or not values:
        return ()
    offer = {option.id for option in options}
    codes = tuple(offer) if question.kind is Kind.PICK else ()  # with a seventh character, which no row of it has
    fits = all(value in (*offer, NOT_DOCUMENTED) or value.startswith(codes) for value in values)
    return ordered(question, values) if fits else ()


def way_of(state: CaseState, tree: Tree, position: Position, asked: Question | None) -> tuple[WayStep, ...]:
    """The steps of the way: what was answered, what is asked, what is assumed, and what is usually still asked."""
    steps = [WayStep(DATE, "Date of service", state.on.isoformat(), "answered")]
    seen = set()
    for step in position.trail:
        question = tree.questions[step.question]
        seen.add(step.question)
        told = "not_documented" if NOT_DOCUMENTED in step.answers else "answered"
        if asked is not None and asked.id == question.id:
            told = "now"
        steps.append(WayStep(question.id, question.label, answer_text(question, step), told, _quotes(state, step)))
    for step in position.aside:
        question = tree.questions[step.question]
        seen.add(step.question)
        told = "now" if asked is not None and asked.id == question.id else "dropped"
        steps.append(WayStep(question.id, question.label, answer_text(question, step), told))
    if asked is not None and asked.id not in seen:
        seen.add(asked.id)
        steps.append(WayStep(asked.id, asked.label, "Being asked", "now"))
    for question in _to_confirm(state, tree, position, seen):
        seen.add(question.id)
        given = Step(question.id, ordered(question, state.assumed[question.id]))
        steps.append(WayStep(question.id, question.label, answer_text(question, given), "confirm"))
    for question in position.later:
        if question.id not in seen:
            usual = question.answer(question.usual)
            value = usual.brief if usual else "not asked yet"
            steps.append(WayStep(question.id, question.label, value, "assumed"))
    if position.outcome is None and position.query is None:
        todo = (tree.questions[name] for name in tree.usual_way if name not in seen)
        steps += [WayStep(question.id, question.label, "", "todo") for question in todo]
    return tuple(steps)


def _quotes(state: CaseState, step: Step) -> tuple[Quoted, ...]:
    """The quotes that prove an answer."""
    return counting(state.evidence.get(step.question, ()), frozenset(step.answers))


def _to_confirm(state: CaseState, tree: Tree, position: Position, seen: set[str]) -> tuple[Question, ...]:
    """The questions with an assumed answer that may still be asked, in the order of the tree."""
    ended = position.pending is None
    later = {question.id for question in position.later}
    return tuple(
        question
        for question in tree.questions.values()
        if question.id in state.assumed and question.id not in seen and (not ended or question.id in later)
    )


def candidates_of(
    tree: Tree, book: Book, position: Position, along: tuple[Codes, ...]
) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
    """The families of codes that are still possible, and those that an answer ruled out, the last first.

    Args:
        along: the codes that each step of the way left.
    """
    possible: list[Candidate] = []
    ruled_out: list[tuple[int, Candidate]] = []
    for family in tree.families:
        left = frozenset(family.codes) & along[-1]
        if left:
            possible.append(_candidate(book, family, tuple(c for c in family.codes if c in left), True))
            continue
        index = left_at(frozenset(family.codes), along)
        if family.near and index is not None and index >= 0:
            step = position.steps[index]
            question = tree.questions[step.question]
            because = f"{question.label}: {answer_text(question, step)}"
            fresh = index == len(position.steps) - 1
            ruled_out.append((index, _candidate(book, family, family.codes, False, because, step.question, fresh)))
    named = {code for family in tree.families for code in family.codes}
    rest = tuple(sorted(along[-1] - named))
    if rest:
        possible.append(Candidate("other", "other procedures, own codes", rest, (), True, "", "", False))
    ruled_out.sort(key=lambda item: -item[0])
    return tuple(possible), tuple(candidate for _, candidate in ruled_out)


def _candidate(
    book: Book,
    family: Family,
    codes: tuple[str, ...],
    possible: bool,
    because: str = "",
    question: str = "",
    fresh: bool = False,
) -> Candidate:
    roles = tuple(
        "add_on" if (held := book.code(code)) and held.category.startswith("addon") else "primary" for code in codes
    )
    return Candidate(family.id, family.title, codes, roles, possible, because, question, fresh)


def options_of(question: Question, position: Position, book: Book, given: Values = NOTHING) -> tuple[Option, ...]:
    """The answers that a question offers at a position, in the order of the screen, digits on the first nine."""
    made: list[Option] = []
    if question.kind is Kind.PICK:
        for code in picks(question, book, position.facts, position.on):
            made.append(_pick(code, len(made) + 1, given, book))
        return tuple(made)
    for place, answer in enumerate(offered(question, position.facts), 1):
        key = str(place) if place <= KEYS else ""
        texts = (answer.say, answer.plain, answer.brief, answer.group, answer.picture)
        made.append(Option(answer.id, *texts, key, answer.id in given, answer.regions, answer.alone))
    return tuple(made)


def _pick(code: str, place: int, given: Values, book: Book) -> Option:
    diagnosis, held = book.diagnosis(code), book.code(code)
    title = diagnosis.title if diagnosis else held.title if held else code
    plain = diagnosis.seventh if diagnosis else held.plain if held else ""
    return Option(code, f"{code}  {title}", plain, code, "", "", str(place) if place <= KEYS else "", code in given)
