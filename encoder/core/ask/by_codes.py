"""Questions that name codes: cues and words beside them decide what is asked, in the order of how much they pin down.

None as an answer means that the question is not understood.
"""

from __future__ import annotations

from dataclasses import replace

from encoder.core.add_on import is_add_on
from encoder.core.ask import about, dates, diagnosing, figures, inside, lists, modifying, pairs, paying, use, which
from encoder.core.ask.answer import Draft, near_codes, refused
from encoder.core.ask.ends import meaning
from encoder.core.ask.question import CONDITIONS, SIDES, Question
from encoder.core.book import HOSPITAL
from encoder.core.codes import Code
from encoder.core.page.edits import add_on_list

MOST_CODES, MOST_COMPARED = 6, 4
_CENTRE = ("asc", "surgery center", "ambulatory surgery center", "payment indicator")
_NOT_OF_WORDS = (
    *CONDITIONS,
    *("price", "rvu", "units", "global", "facility", "replaced", "valid", "start", "difference", "alone", "edits"),
)
_NOT_OF_MODIFIERS = (
    *("units", "global", "note", "diagnosis", "valid", "replaced", "start", "facility", "alone", "primary", "add_on"),
)

_SHAPES = ("form", "material")


def answer(q: Question) -> Draft | None:
    """The answer to a question with at least one code."""
    if q.r.others:
        return _of_diagnosis(q) if q.codes else _other_systems(q)
    if len(q.codes) == 1:
        return _single(q, q.codes[0])
    compared = len(q.codes) <= MOST_COMPARED
    if compared and q.r.cue("difference") and not q.clinical():
        return pairs.difference(q.desk, q.codes)
    if q.chooses():
        return _choice(q) if compared else None
    return _several(q)


# ---------------------------------------------------------------------------------------------- other systems


def _of_diagnosis(q: Question) -> Draft | None:
    row = q.desk.diagnosis(q.r.others[0])
    if len(q.r.others) != 1 or len(q.codes) != 1 or row is None or q.clinical():
        return None
    return diagnosing.supports(q.desk, q.codes[0], q.r.others[0], row, q.answers(q.codes[0]))


def _other_systems(q: Question) -> Draft | None:
    if q.clinical() or q.r.modifiers:
        return None
    if q.r.cue("valid", "ended") and len(q.r.others) == 1:
        return dates.valid(q.desk, q.r.others[0], ended=q.r.cue("ended"))
    return about.what(q.desk, q.r.others)


# ---------------------------------------------------------------------------------------------- several codes


def _choice(q: Question) -> Draft | None:
    """The one of several codes that the words describe; without words, what tells them apart."""
    if q.scopes:
        known = {code for scope in q.scopes for code in scope.codes}
        fitting = [code for code in q.codes if code.code in known]
        return about.what(q.desk, [fitting[0].code]) if len(fitting) == 1 else None
    if not q.terms:
        return pairs.difference(q.desk, q.codes)
    said = meaning(q.r, q.lexicon)
    drafts = [use.use(q.desk, code, said, q.setting) for code in q.codes if q.leads_to(code)]
    fit = [draft for draft in drafts if draft.state in ("yes", "conditional")]
    return fit[0] if len(fit) == 1 and len(drafts) == len(q.codes) else None


def _several(q: Question) -> Draft | None:
    r, codes = q.r, [code.code for code in q.codes]
    if len(codes) > MOST_CODES:
        why = f"more than {MOST_CODES} codes are named; the claim check takes any number."
        return refused(why, near_codes(q.desk, codes))
    if r.without and not r.cue("why"):
        return _without(q)
    if r.cue("each"):
        return None
    if r.cue("note") and not q.clinical():
        return about.note(q.desk, codes)
    if r.cue("price", "rvu") and not r.cue("may") and not q.clinical():
        return paying.price(q.desk, codes, q.place(), relative=r.cue("rvu"))
    contradicted = _contradicted(q)
    if contradicted is not None:
        return contradicted
    if r.modifiers and r.cue("modifier") and not r.cue("may", "together", "edits"):
        return modifying.may_modifier(q.desk, q.codes, r.modifiers)
    names = [*r.modifiers, *(s.modifiers[0] for s in q.situations if s.modifiers[0] not in SIDES)]
    if any(name not in q.desk.lore.modifiers for name in names):
        return None
    modifiers = [q.desk.lore.modifiers[name] for name in dict.fromkeys(names)]
    conditions = [cue for cue in CONDITIONS if r.cue(cue)]
    draft = pairs.together(q.desk, codes, q.setting, modifiers, conditions)
    return replace(draft, polar="") if r.cue("modifier") else draft


def _without(q: Question) -> Draft | None:
    """One code without another: whether it stands alone. Other codes that are turned down are not answered."""
    rest = [code for code in q.codes if code.code not in q.r.without]
    if len(q.codes) != len(("code", "without")) or len(rest) != 1 or q.clinical() or not q.says("without"):
        return None
    return figures.whether_add_on(q.desk, rest[0], alone=True)


def _contradicted(q: Question) -> Draft | None:
    """Two codes and words beside them: the words must not rule the add-on out; other mixtures are not answered."""
    if not q.clinical() or (any(code.category == "autograft_harvest" for code in q.codes) and q.only_own_bone()):
        return None
    add_ons = [code for code in q.codes if use.form_of(code.code)]
    if len(q.codes) != len(("add-on", "primary")) or len(add_ons) != 1:
        why = "codes and words for an operation are mixed; ask about the codes alone, or about the words alone."
        return refused(why, q.near())
    draft = use.use(q.desk, add_ons[0], meaning(q.r, q.lexicon), q.setting)
    return draft if draft.state == "no" else None


# ---------------------------------------------------------------------------------------------- one code


def _single(q: Question, code: Code) -> Draft | None:
    r, desk = q.r, q.desk
    if r.modifiers or (q.situations and not q.only_sides()):
        return _modifiers(q, code)
    if r.cue(*CONDITIONS) or (r.without and not r.cue("why")):
        return None
    if r.cue("modifier") and not q.clinical() and not q.topics:
        return modifying.modifiers_of(desk, code)
    if r.cue("note") and not q.clinical():
        return about.note(desk, [code.code])
    graft = q.graft()
    if graft and (r.cue("included") or (q.starts_polar() and not r.cue("may", "together") and _holds_graft(code))):
        return inside.included(desk, code, q.topics, graft)
    if q.clinical() and not r.cue("included"):
        return _code_and_words(q, code)
    if q.topics:
        return inside.included(desk, code, q.topics, graft) if r.cue("included", "may", "together") else None
    shaped = use.form_of(code.code) and all(term.kind in _SHAPES for term in q.terms)
    if r.cue("included") and q.clinical() and not shaped:
        return None
    if q.clinical() or (q.sited() and (q.starts_polar() or r.cue("may"))):
        return _code_and_words(q, code)
    return _dates_and_figures(q, code) or _claim(q, code)


def _holds_graft(code: Code) -> bool:
    return code.includes_graft not in ("none", "not_defined")


def _modifiers(q: Question, code: Code) -> Draft | None:
    if q.clinical() or q.topics or q.r.cue(*_NOT_OF_MODIFIERS):
        return None
    names = q.r.modifiers or q.situations[0].modifiers[:1]
    return modifying.may_modifier(q.desk, [code], names)


def _code_and_words(q: Question, code: Code) -> Draft | None:
    """One code and words for an operation: which code is wanted, or is this code for it?"""
    r, beyond = q.r, which.closed(q.desk)
    if beyond is not None:
        return beyond
    grafts = [term for term in q.terms if term.kind in ("form", "material")]
    if grafts and len(grafts) == len(q.terms) and not is_add_on(q.desk.book, code.code) and not q.topics:
        return which.which(q.desk, meaning(r, q.lexicon, q.shared(code)), [code])
    if r.cue("which") and r.cue("primary"):
        return which.which(q.desk, meaning(r, q.lexicon, use.form_of(code.code)), [code])
    if q.topics or r.cue(*_NOT_OF_WORDS) or r.loose or not q.leads_to(code):
        return None
    if q.terms and all(term.family for term in q.terms):
        return use.indication(q.desk, code, q.terms[-1], q.answers(code))
    return use.use(q.desk, code, meaning(r, q.lexicon), q.setting)


def _dates_and_figures(q: Question, code: Code) -> Draft | None:
    """A question about one code whose cue names a date, a figure or a table; None where no cue does."""
    r, desk = q.r, q.desk
    money = r.cue("price", "rvu", "pay") and not r.cue("may")
    if r.cue("replaced"):
        return dates.replaced(desk, code)
    figure = q.figure()
    if figure is not None and q.starts_polar() and not r.loose:
        return figures.has_value(desk, code, figure.figure, figure.value)
    if r.cue("facility") or q.says("status") or (money and not r.cue("rvu") and q.setting == HOSPITAL):
        return figures.facility(desk, code, centre=q.says(*_CENTRE), inpatient_only=q.says("inpatient only"))
    if money:
        return paying.price(desk, [code.code], q.place(), relative=r.cue("rvu"))
    if r.cue("units") or r.numbers:
        wanted = max(r.numbers, default=2 if q.says("twice") else 0)
        return figures.units(desk, code, "outpatient_hospital" if q.setting == HOSPITAL else "", wanted)
    if r.cue("global"):
        return figures.global_days(desk, code)
    if r.cue("diagnosis"):
        return diagnosing.fitting(desk, code, q.answers(code))
    if r.cue("start"):
        return dates.began(desk, code)
    if r.cue("valid", "ended") and not r.cue("may"):
        return dates.valid(desk, code.code, ended=r.cue("ended"))
    return None


def _claim(q: Question, code: Code) -> Draft | None:
    """A question about one code and its place on a claim, or about the code itself."""
    r, desk = q.r, q.desk
    if q.place():
        return None
    if r.cue("alone") and not q.lists():
        return figures.whether_add_on(desk, code, alone=True)
    if (r.cue("bars") or r.loose) and q.lists():
        return lists.barred(desk, code)
    if r.cue("primary"):
        return figures.whether_add_on(desk, code, alone=True) if q.says_is() else lists.primaries(desk, code)
    if r.cue("add_on"):
        asks = q.lists() and not q.says_is()
        return lists.add_ons(desk, code) if asks else figures.whether_add_on(desk, code, alone=False)
    if r.cue("valid", "ended"):
        return dates.valid(desk, code.code, ended=r.cue("ended"))
    if r.cue("edits"):
        return lists.edits(desk, code, q.setting)
    if r.cue("included") and not q.starts_polar():
        return inside.contents(desk, code)
    if r.cue("why", "bars", "difference", "included", "support") or r.loose:
        return None
    if r.cue("may", "together"):
        return _partners(q, code) if q.lists() else None
    if q.setting:
        return None
    return about.what(desk, [code.code])


def _partners(q: Question, code: Code) -> Draft:
    """What goes with a code: primaries of an add-on, add-ons of a primary."""
    return lists.primaries(q.desk, code) if add_on_list(q.desk, code.code) else lists.add_ons(q.desk, code)
