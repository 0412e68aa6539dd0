"""Is a code for what the question describes: yes, only under conditions, or no, and then which code is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from encoder.core.ask import pairs
from encoder.core.ask.answer import Draft, Near, Talk, near_codes, near_questions
from encoder.core.ask.ends import FORM, MATERIAL, PROCEDURE, End, Meaning, apart, ends, open_questions
from encoder.core.ask.kinds import USE
from encoder.core.ask.lexicon import Facts, Term
from encoder.core.ask.telling import conditions_of, nothing_fits, read_as, settled_only, some_codes, titles
from encoder.core.ask.which import FEW, MOST_ANSWERS
from encoder.core.codes import Code, State
from encoder.core.page.diagnoses import diagnoses
from encoder.core.page.edits import add_on_list
from encoder.core.page.evidence import Desk, Said, cites_of

_OF_FORM = {"20932": "osteoarticular", "20933": "hemicortical", "20934": "complete"}


def use(desk: Desk, code: Code, said: Meaning, setting: str = "") -> Draft:
    """Whether a code is for what the words describe: yes, only under conditions, or no, and then which code is.

    An add-on that is not listed beside the procedure described is answered as a pair of codes.
    """
    found = ends(desk, said.given)
    near = (*near_codes(desk, (code.code,)), *near_questions(desk, (PROCEDURE, FORM)))
    if not found:
        return nothing_fits(desk, said)
    carrying = tuple(end for end in found if code.code in end.codes)
    primaries = _primaries(desk, found, code)
    if not carrying and add_on_list(desk, code.code) and 0 < len(primaries) <= FEW:
        states = [desk.book.relation(code.code, primary, desk.on).state for primary in primaries]
        if State.ALLOWED not in states:
            return pairs.against(desk, code.code, primaries, setting)
    if not carrying:
        return _not_for(desk, code, found, said, near)
    row, cites = (desk.code_row(code),), code.cites
    talk = Talk()
    if len(carrying) == len(found):
        talk.add(f"{code.code} is for this: every way that agrees with the words carries it.", row, cites)
        state = "yes"
    else:
        talk.add(f"{code.code} is for this only under conditions: {_needs(desk, carrying, found)}.", row, cites)
        state = "conditional"
    talk.all(titles(desk, (code.code, *primaries[:FEW])))
    talk.all(conditions_of(desk, carrying))
    first = carrying[0]
    talk.add(first.outcome.say, (desk.outcome_row(first.outcome),), first.outcome.cites)
    talk.add(read_as(desk, first, settled_only(said)))
    return Draft(USE, tuple(talk.said), state, (code.code,), True, (), near, "yes" if state == "yes" else "")


def _primaries(desk: Desk, found: Sequence[End], code: Code) -> tuple[str, ...]:
    """The codes on the claims of the ends that are no add-ons."""
    codes = (c for end in found for c in end.codes if c != code.code and not add_on_list(desk, c))
    return tuple(dict.fromkeys(c for c in codes if desk.book.code(c) is not None))


def indication(desk: Desk, code: Code, term: Term, answers: Facts) -> Draft:
    """Whether a code is for a diagnosis, where nothing else is named: by the families that fit it and that warn."""
    near = (*near_codes(desk, (code.code,)), *near_questions(desk, ("diagnosis", PROCEDURE)))
    group = next((g for g in diagnoses(desk, code, answers) if g.family == term.family), None)
    label = next((a.say for a in desk.tree.questions["diagnosis"].answers if a.id == term.family), term.family)
    notes = [
        Said(f"{service.say}.", (desk.service_row(service),), service.cites)
        for service in desk.lore.services_of(code.code, code.category)
        if "indication" in service.about
    ]
    row, cites = (desk.code_row(code),), desk.lore.fits.cites
    warned = (
        [Said(f"{w.id}: {w.say}", (desk.tree_row(f"warning:{w.id}"),), w.cites) for w in group.warnings]
        if group
        else []
    )
    if group is not None and group.fits:
        head = Said(
            f"{label} may be the diagnosis of {code.code}; what was done decides, not the diagnosis.", row, cites
        )
        return Draft(USE, (head, *warned, *notes), "conditional", (code.code,), True, (), near)
    if group is not None and all(warned.id in desk.lore.fits.doubt for warned in group.warnings):
        head = Said(
            f"{label} warns with {code.code}: what was done decides, and the note must bear it out.", row, cites
        )
        return Draft(USE, (head, *warned, *notes), "conditional", (code.code,), True, (), near)
    head = Said(f"{code.code} is not for this diagnosis alone ({label}): what was done decides.", row, cites)
    return Draft(USE, (head, *warned, *notes), "no", (code.code,), True, (), near, "no")


def _needs(desk: Desk, carrying: Sequence[End], found: Sequence[End]) -> str:
    """What tells the ways that carry a code from the others: the answers that they need."""
    told = []
    for question in desk.tree.deciding():
        mine = {end.answer(question.id) for end in carrying} - {""}
        others = {end.answer(question.id) for end in found} - {""}
        if mine and mine != others and len(mine) <= len(others):
            order = [answer.brief for answer in question.answers if answer.id in mine]
            told.append(f"{question.label} is {' or '.join(order[:MOST_ANSWERS])}")
    return "; ".join(told)


def _not_for(desk: Desk, code: Code, found: Sequence[End], said: Meaning, near: tuple[Near, ...]) -> Draft:
    """The words rule a code out: say what the code is for, and where the words lead."""
    family = next((f for f in desk.tree.families if code.code in f.codes), None)
    talk = Talk()
    cites = cites_of(family.cites if family else (), code.cites)
    rows = (desk.code_row(code), *((desk.tree_row(f"family:{family.id}"),) if family else ()))
    needs = f": it is for {family.needs}" if family else ""
    talk.add(f"{code.code} is not for this{needs}.", rows, cites)
    groups = apart(found)
    if len(groups) <= FEW:
        for codes, same in groups.items():
            end = same[0]
            lead = " + ".join(codes) if codes else "No line"
            talk.add(
                f"The words lead to {lead}: {end.outcome.verdict}." if codes else f"{lead}: {end.outcome.verdict}.",
                (desk.outcome_row(end.outcome),),
                end.outcome.cites,
            )
            talk.all(titles(desk, codes))
            talk.add(end.outcome.say, (desk.outcome_row(end.outcome),), end.outcome.cites)
    else:
        open_ = open_questions(desk, found, said.given)
        for question in open_[:1]:
            talk.add(
                f"Which code it is depends on: {question.ask}",
                (desk.tree_row(f"question:{question.id}"),),
                question.cites,
            )
    talk.add(read_as(desk, found[0], settled_only(said)))
    codes_ = some_codes(found) if len(groups) <= FEW else ()
    return Draft(USE, tuple(talk.said), "no", codes_, True, (), (*near, *near_codes(desk, codes_)), "no")


def form_of(code: str) -> Mapping[str, frozenset[str]]:
    """The form that a structural add-on stands for, as a fact; empty for other codes."""
    form = _OF_FORM.get(code)
    return {FORM: frozenset((form,)), MATERIAL: frozenset(("donor_bone",))} if form else {}
