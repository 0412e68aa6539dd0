"""Questions without a code: modifiers for a situation, words of the trade, groups of codes, diagnoses, and which code.

None as an answer means that the question is not understood.
"""

from __future__ import annotations

from encoder.core.ask import about, diagnosing, inside, modifying, outside, which
from encoder.core.ask.answer import Draft, refused
from encoder.core.ask.ends import meaning
from encoder.core.ask.kinds import WHICH
from encoder.core.ask.lexicon import FAMILY, GLOSSARY, TERM
from encoder.core.ask.question import CONDITIONS, Question

_SETTLES = ("site", "procedure", "form", "material", "approach", "scope", "claim", "diagnosis", "detail")
_NOT_OF_MODIFIERS = (
    *CONDITIONS,
    *("price", "rvu", "pay", "units", "global", "facility", "valid", "start", "alone", "edits"),
)
_NOT_OF_WORDS = (*_NOT_OF_MODIFIERS, "difference")
_HARMLESS = ("fixation", "templating", "cutting", "placing", "closure", "exploring", "bleeding", "imaging")
"""Work inside every operation here: named beside it, it changes no code."""


def answer(q: Question) -> Draft | None:
    """The answer to a question that names no code."""
    r, desk = q.r, q.desk
    if r.modifiers:
        beyond = q.clinical() or q.situations or r.cue("bars", "may", *_NOT_OF_MODIFIERS) or r.loose
        return None if beyond else about.what(desk, r.modifiers)
    if q.situations and r.cue("modifier"):
        return modifying.which_modifier(desk, q.situations)
    if q.situations and not q.terms:
        return None
    if r.has(GLOSSARY) and (_means(q) or _is_one_word(q)):
        return outside.meaning_of(desk, [q.lexicon.glossary[name] for name in r.ids(GLOSSARY)])
    if r.has(FAMILY) and r.cue("family") and not q.sited():
        return outside.family(desk, [q.lexicon.families[name] for name in r.ids(FAMILY)])
    if r.cue("diagnosis") and not r.cue("pcs"):
        if any(term.kind == "procedure" for term in q.terms):
            return None  # words for an operation beside those for a diagnosis
        sites = [term.id.removeprefix("site:") for term in q.terms if term.kind == "site"]
        side = next((term.id for term in q.terms if term.kind == "side"), "")
        return diagnosing.pick(desk, q.terms, sites, side)
    return _work(q) or _operation(q)


def _work(q: Question) -> Draft | None:
    """Work asked about by its name: whether it is inside the structural add-ons, or its own codes."""
    if not q.topics:
        return None
    supply = any(topic.id == "supply" for topic in q.topics)
    if supply or (q.r.cue("included", "may") and q.only_donor()):
        return inside.included_in_structural(q.desk, q.topics)
    shaped = q.sited() or any(term.kind == "form" for term in q.terms)
    codes = [code for topic in q.topics for code in topic.codes if q.desk.book.code(code)]
    return about.what(q.desk, codes) if codes and not shaped else None


def _operation(q: Question) -> Draft | None:
    """Words for an operation: which code it is, or what the note must say for it."""
    r = q.r
    if not any(term.kind in _SETTLES for term in q.terms) or r.cue(*_NOT_OF_WORDS) or r.loose:
        return None
    if r.cue("replaced") and not any(term.kind in ("form", "material") for term in q.terms):
        return None  # a code was replaced, not a bone
    beside = [topic.label for topic in q.topics if topic.id not in _HARMLESS]
    if beside:
        why = f"the code of an operation is answered for the operation alone, without '{beside[0]}' beside it."
        return refused(why, q.near(), WHICH)
    kinds = {term.kind for term in q.terms}
    if r.cue("may") and not r.cue("which") and not ("procedure" in kinds and kinds & {"material", "form"}):
        return None
    draft = which.which(q.desk, meaning(r, q.lexicon))
    if r.cue("note"):
        return about.note(q.desk, draft.codes) if draft.codes else None
    return draft


def _is_one_word(q: Question) -> bool:
    """Nothing but one word of the trade."""
    return len(q.r.hits) == 1 and q.r.hits[0].end == len(q.r.tokens)


def _means(q: Question) -> bool:
    """A question about what words mean, not about the code for them."""
    r = q.r
    if r.cue("meaning") or (r.cue("difference") and len(r.ids(GLOSSARY)) > 1):
        return True
    covered = {place for hit in r.hits if hit.of(GLOSSARY) for place in range(hit.start, hit.end)}
    beyond = any(hit.of(TERM) and not covered.issuperset(range(hit.start, hit.end)) for hit in r.hits)
    return r.cue("what_is") and not beyond and not r.cue("family")
