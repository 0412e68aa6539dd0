"""Which code for a site, a procedure and a graft.

The words become answers of the tree; every way that agrees with them is walked. One claim at all their ends is the
answer; several are told apart by the first question that is still open.
"""

from __future__ import annotations

from collections.abc import Sequence

from encoder.core.ask.answer import Draft, Missing, Talk, near_codes, near_questions, refused
from encoder.core.ask.ends import FORM, MATERIAL, PROCEDURE, End, Meaning, apart, ends, open_questions, used
from encoder.core.ask.kinds import DECIDED, OPEN, STOPPED, WHICH
from encoder.core.ask.lexicon import Term
from encoder.core.ask.telling import (
    conditions_of,
    doubts,
    lines_of,
    nothing_fits,
    read_as,
    relations,
    remarks,
    settled_facts,
    settled_only,
    some_codes,
    titles,
)
from encoder.core.codes import Code, Row
from encoder.core.page.beside import NOT_LOADED
from encoder.core.page.evidence import Desk, Said, cites_of
from encoder.core.tree.explain import answer_text
from encoder.core.tree.model import Question
from encoder.core.tree.walk import Step

GEOMETRY = "graft_geometry"
FEW, MOST_ANSWERS = 3, 14


def which(desk: Desk, said: Meaning, known: Sequence[Code] = ()) -> Draft:
    """The code for what the words say, or what is still open.

    Args:
        known: codes that the answer must carry ("which primary goes with 20932 for ...").
    """
    beyond = closed(desk)
    if beyond is not None:
        return beyond
    kinds = {term.kind for term in said.terms}
    sited = kinds & {"site", "procedure", "form"} and {"region", PROCEDURE} & said.given.keys()
    if not sited and not known:
        return _too_little(desk, said)
    found = ends(desk, said.given)
    if known:
        found = tuple(end for end in found if all(code.code in end.codes for code in known))
    found = _narrowed(found, said)
    if not found:
        return nothing_fits(desk, said)
    stray = _stray(found, said)
    if stray:
        return refused(
            f"nothing in the tree takes in '{stray.id.removeprefix('site:').replace('_', ' ')}' here.",
            near_questions(desk, (PROCEDURE,)),
            WHICH,
        )
    groups = apart(found)
    if len(groups) == 1:
        return _decided(desk, found, said)
    return _open(desk, found, said)


def closed(desk: Desk) -> Draft | None:
    """The answer on a date that the tree does not answer for; None on any other."""
    band = desk.tree.band(desk.on)
    if band is None:
        return None
    outcome = desk.tree.outcomes[band.outcome]
    said = Said(f"{outcome.verdict}.", (desk.outcome_row(outcome),), outcome.cites)
    return refused(outcome.say, near_questions(desk, (PROCEDURE,)), WHICH, (said,), NOT_LOADED)


def _narrowed(found: tuple[End, ...], said: Meaning) -> tuple[End, ...]:
    """Ends with a line, where there are any: a stop beside them is for words that were not said.

    Where nothing is said of a graft, the ends without one come first.
    """
    coded = tuple(end for end in found if end.codes or _meant(end, said)) or found
    if MATERIAL in said.given:
        return coded
    return tuple(sorted(coded, key=lambda end: end.answer(MATERIAL) != "nothing"))


def _meant(end: End, said: Meaning) -> bool:
    """Whether a stop follows from an answer that the words named among others."""
    return any(step.text in said.given.get(step.question, ()) for step in end.way.steps[-1:])


def _stray(found: Sequence[End], said: Meaning) -> Term | None:
    """A site or approach that was said and that no way asks for."""
    watched = [term for term in said.terms if term.kind in ("site", "scope")]
    return next((term for term in watched if not used(found, term)), None)


def _decided(desk: Desk, found: Sequence[End], said: Meaning) -> Draft:
    end = found[0]
    outcome = end.outcome
    codes = end.codes
    rows = [desk.outcome_row(outcome), *(desk.lookup_row(row) for row in end.claim.rows)]
    talk = Talk()
    if codes:
        talk.add(f"{' + '.join(lines_of(end))}: {outcome.verdict}.", rows, outcome.cites)
    else:
        talk.add(f"{outcome.verdict}.", rows, outcome.cites)
    talk.all(titles(desk, codes))
    talk.add(outcome.say, (desk.outcome_row(outcome),), outcome.cites)
    for row in end.claim.rows:
        if row.say:
            talk.add(row.say, (desk.lookup_row(row),), row.cites)
    talk.all(relations(desk, codes))
    talk.all(conditions_of(desk, found))
    talk.all(doubts(desk, codes, said))
    talk.all(remarks(desk, end))
    talk.add(read_as(desk, end, said))
    questions = [step.question for step in end.way.steps]
    state = DECIDED if codes else STOPPED
    return Draft(
        WHICH,
        tuple(talk.said),
        state,
        codes,
        bool(codes) or outcome.kind == "stopped",
        (),
        (*near_codes(desk, codes), *near_questions(desk, questions[-2:])),
        facts=settled_facts(desk, said),
    )


def _open(desk: Desk, found: Sequence[End], said: Meaning) -> Draft:
    """Several claims are possible: what they share, and what the first open question decides."""
    open_ = open_questions(desk, found, said.given)
    shared = [code for code in found[0].codes if all(code in end.codes for end in found)]
    talk = Talk()
    question = open_[0]
    missing = _missing(desk, question, found)
    row, cites = (desk.tree_row(f"question:{question.id}"),), question.cites
    lead = f"{' + '.join(shared)} either way; what goes with it" if shared else "The code"
    talk.add(f"{lead} depends on what is not said: {question.ask}", row, cites)
    for _, words, options in missing.answers:
        shown = " or ".join(" + ".join(codes) if codes else "no line" for codes in options[:FEW])
        more = f" or {len(options) - FEW} more" if len(options) > FEW else ""
        talk.add(f"{words}: {shown}{more}.", row, cites)
    for later in open_[1:FEW]:
        talk.add(f"Then: {later.ask}", (desk.tree_row(f"question:{later.id}"),), later.cites)
    talk.all(titles(desk, shared or some_codes(found)))
    talk.all(conditions_of(desk, found))
    talk.add(read_as(desk, found[0], settled_only(said)))
    near_by = all(len(options) <= FEW for _, _, options in missing.answers)
    if not shared and not near_by:
        talk.said[0] = Said(f"I cannot answer that yet. {talk.said[0].say}", talk.said[0].rows, talk.said[0].cites)
    return Draft(
        WHICH,
        tuple(talk.said),
        OPEN,
        tuple(shared),
        bool(shared) or near_by,
        (missing,),
        (*near_questions(desk, [q.id for q in open_[:FEW]]), *near_codes(desk, some_codes(found))),
        facts=settled_facts(desk, said),
    )


def _missing(desk: Desk, question: Question, found: Sequence[End]) -> Missing:
    """The answers of an open question with the claims that they leave, in the order of the question."""
    by_answer: dict[str, dict[tuple[str, ...], None]] = {}
    for end in found:
        by_answer.setdefault(end.answer(question.id), {})[lines_of(end)] = None
    order = [answer.id for answer in question.answers if answer.id in by_answer][:MOST_ANSWERS]
    told = tuple((name, answer_text(question, Step(question.id, (name,))), tuple(by_answer[name])) for name in order)
    return Missing(question.id, question.ask, told)


def _too_little(desk: Desk, said: Meaning) -> Draft:
    """Neither a site nor a procedure is named: too much is open for an answer."""
    by_form = _by_form(desk, said)
    wanted = [name for name in (MATERIAL, PROCEDURE, FORM, "region") if name not in said.given]
    missing = tuple(
        Missing(q.id, q.ask, tuple((a.id, a.say, ()) for a in q.answers))
        for q in (desk.tree.questions[name] for name in wanted)
    )
    asks = " ".join(part.ask for part in missing[:FEW])
    if by_form:
        codes = tuple(row.code for row in by_form)
        rows = tuple(map(desk.lookup_row, by_form))
        cites = cites_of(*(row.cites for row in by_form))
        talk = Talk().add(f"By its form {' or '.join(codes)}, and only beside a listed primary: {asks}", rows, cites)
        talk.all(Said(f"{row.code}: {row.say}", (desk.lookup_row(row),), row.cites) for row in by_form)
        return Draft(
            WHICH,
            tuple(talk.said),
            OPEN,
            codes,
            True,
            missing[:FEW],
            (*near_codes(desk, codes), *near_questions(desk, wanted)),
            facts=settled_facts(desk, said),
        )
    return Draft(
        WHICH,
        (Said(f"I cannot answer that: the question leaves too much open. {asks}"),),
        OPEN,
        (),
        False,
        missing[:FEW],
        near_questions(desk, wanted),
        facts=settled_facts(desk, said),
    )


def _by_form(desk: Desk, said: Meaning) -> list[Row]:
    """The add-ons that the form of a donor piece stands for, when the form is named and nothing else is."""
    forms = said.given.get(FORM, frozenset())
    rows = (desk.book.row(GEOMETRY, (form, ""), desk.on) for form in sorted(forms))
    found = [row for row in rows if row is not None and row.code]
    return found if len(found) == len(forms) and "donor_bone" in said.given.get(MATERIAL, ()) else []
