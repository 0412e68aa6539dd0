"""Sentences about the end of a way: its codes, what it rests on, what is still open, and how the words were read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from encoder.core.ask.answer import Draft, near_questions, refused
from encoder.core.ask.ends import FORM, MATERIAL, PROCEDURE, End, Meaning
from encoder.core.ask.kinds import WHICH
from encoder.core.codes import State
from encoder.core.page.edits import add_on_list
from encoder.core.page.evidence import Desk, Said
from encoder.core.tree.explain import answer_text
from encoder.core.tree.walk import Step


def lines_of(end: End) -> tuple[str, ...]:
    """The claim lines as they are entered, or the codes while a detail is open."""
    lines = end.claim.lines
    return tuple(line.text for line in lines) if lines else end.codes


def titles(desk: Desk, codes: Iterable[str]) -> Iterable[Said]:
    """Each code with its title."""
    for code in dict.fromkeys(codes):
        held, procedure = desk.book.code(code), desk.book.procedure(code)
        if held is not None:
            yield Said(f"{code}: {held.title}.", (desk.code_row(held),), held.cites)
        elif procedure is not None:
            yield Said(f"{code}: {procedure.title}.", (desk.procedure_row(procedure),), procedure.cites)


def relations(desk: Desk, codes: Sequence[str]) -> Iterable[Said]:
    """The add-on row that lets an add-on stand on the claim."""
    for add_on in codes:
        for primary in codes:
            if add_on != primary and add_on_list(desk, add_on):
                relation = desk.book.relation(add_on, primary, desk.on)
                if relation.state is State.ALLOWED and relation.row is not None:
                    row = relation.row
                    yield Said(
                        f"{primary} is on the list of primaries of {add_on}.", (desk.relation_row(row),), row.cites
                    )


def conditions_of(desk: Desk, found: Sequence[End]) -> Iterable[Said]:
    """What the note must still show: answers that are needed for the code and were not in the question."""
    if any(end.answer("graft_placed") for end in found):
        question = desk.tree.questions["graft_placed"]
        yield Said(
            "Only when the note describes templating, cutting and placing the piece with the joint surface; otherwise "
            "ask the surgeon.",
            (desk.tree_row("question:graft_placed"),),
            question.cites,
        )
    if len({end.answer(MATERIAL) for end in found}) > 1 and any(end.pending for end in found):
        harvest = desk.tree.questions["own_bone_harvest"]
        yield Said(
            "No graft is named: the patient's own bone through a separate incision may count apart (20900, 20902).",
            (desk.tree_row(f"question:{harvest.id}"),),
            harvest.cites,
        )
    pending = found[0].pending
    if pending is not None:
        yield Said(f"Still to be answered: {pending.ask}", (desk.tree_row(f"question:{pending.id}"),), pending.cites)


def remarks(desk: Desk, end: End) -> Iterable[Said]:
    """Reviews and warnings of the end."""
    for text in end.claim.reviews or ((end.outcome.review,) if end.outcome.review else ()):
        yield Said(f"Second look: {text}", (desk.outcome_row(end.outcome),), end.outcome.cites)
    for name in dict.fromkeys(end.claim.warnings):
        warning = desk.tree.warnings[name]
        yield Said(f"{warning.id}: {warning.say}", (desk.tree_row(f"warning:{name}"),), warning.cites)


def doubts(desk: Desk, codes: Sequence[str], said: Meaning) -> Iterable[Said]:
    """A diagnosis in the words that is not among those that fit a code of the claim."""
    labels = {answer.id: answer.say for answer in desk.tree.questions["diagnosis"].answers}
    for code in filter(None, map(desk.book.code, codes)):
        fitting = desk.lore.fits.families.get(code.category, ())
        for family in dict.fromkeys(term.family for term in said.terms if term.family):
            if fitting and family not in fitting:
                say = f"{labels[family]} is not among the diagnoses that fit {code.code}: look at it again."
                yield Said(say, (desk.code_row(code),), desk.lore.fits.cites)


def read_as(desk: Desk, end: End, said: Meaning) -> str:
    """How the words were read, so that a reader can see what was taken for granted."""
    told = []
    for step in end.way.steps:
        question = desk.tree.questions[step.question]
        if step.question in said.given and step.question != "claim":
            told.append(f"{question.label}: {answer_text(question, Step(step.question, step.answers))}")
    claim_ = "inpatient hospital claim" if "inpatient" in said.given["claim"] else "surgeon's or outpatient claim"
    return f"Read as: {'; '.join([claim_, *told])}."


def settled_only(said: Meaning) -> Meaning:
    """Only the facts that are settled to one answer."""
    return Meaning({q: v for q, v in said.given.items() if len(v) == 1}, said.clash, said.terms)


def settled_facts(desk: Desk, said: Meaning) -> tuple[tuple[str, str], ...]:
    """The answers that the words settle, in the order of the tree's questions, to start a case with."""
    alone = settled_only(said).given
    return tuple((name, next(iter(alone[name]))) for name in desk.tree.questions if name in alone)


def some_codes(found: Sequence[End]) -> tuple[str, ...]:
    """The first codes on the claims of some ends, each once."""
    return tuple(dict.fromkeys(code for end in found for code in end.codes))[:6]


def nothing_fits(desk: Desk, said: Meaning) -> Draft:
    """No way agrees with all words."""
    words = ", ".join(term.id.removeprefix("site:").replace("_", " ") for term in said.terms)
    why = f"no way of the tree holds all of this together ({words}). "
    why += "Ask about one site and one procedure, or answer the questions one by one."
    return refused(why, near_questions(desk, (PROCEDURE, FORM)), WHICH)
